//! Conversion of the fictional organization's records to instructions on what to record.
//!
//! Headings keep their anchors and claims, so that links still work, and tables keep their columns. Results, samples
//! and dates are removed: a new handbook must not start with somebody else's evidence.

use super::records::{
    DATE_PREPOSITIONS, DEFAULT_INSTRUCTION, FIELDS_PREFIX, KEPT_HEADINGS, MONTHS, SECTION_INSTRUCTIONS,
};

/// The replacement for a table heading that is only a date.
const PERIOD: &str = "period";

/// Removes the evidence from a record's text.
///
/// If `keeps_where` is set, sections on where and how the evidence is kept retain their blocks without a date.
pub(super) fn instructions(body: &str, keeps_where: bool) -> String {
    let blocks = blocks(body);
    let mut out = String::new();
    let mut at = blocks.iter().position(|block| block.kind == Kind::Heading).unwrap_or(blocks.len());
    while let Some(heading) = blocks.get(at) {
        let end = blocks[at + 1..]
            .iter()
            .position(|block| block.kind == Kind::Heading)
            .map_or(blocks.len(), |next| at + 1 + next);
        section(heading.text, &blocks[at + 1..end], keeps_where, &mut out);
        at = end;
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Table,
    Text,
}

struct Block<'t> {
    kind: Kind,
    text: &'t str,
}

/// Splits a text at empty lines into headings, tables and other blocks.
fn blocks(body: &str) -> Vec<Block<'_>> {
    body.split("\n\n").map(|text| text.trim_matches('\n')).filter(|text| !text.trim().is_empty()).map(block).collect()
}

fn block(text: &str) -> Block<'_> {
    let kind = match text.as_bytes().first() {
        Some(b'#') => Kind::Heading,
        Some(b'|') => Kind::Table,
        _ => Kind::Text,
    };
    Block { kind, text }
}

fn section(heading: &str, blocks: &[Block<'_>], keeps_where: bool, out: &mut String) {
    let (title, attributes) = heading.split_once(" {#").map_or((heading, None), |(title, rest)| (title, Some(rest)));
    let title = without_dates(title);
    out.push_str(&title);
    if let Some(attributes) = attributes {
        out.push_str(" {#");
        out.push_str(attributes);
    }
    out.push_str("\n\n");
    if blocks.is_empty() {
        return;
    }
    let words = title.trim_start_matches('#').trim();
    let lasting = keeps_where && KEPT_HEADINGS.iter().any(|start| words.starts_with(start));
    let kept: Vec<String> = blocks.iter().filter_map(|block| retained_text(block, lasting)).collect();
    if kept.is_empty() || !lasting {
        out.push_str(&super::text::wrap(instruction(words), ""));
        out.push('\n');
    }
    kept.iter().for_each(|text| out.extend([text.as_str(), "\n\n"]));
}

/// The part of a block that is kept.
fn retained_text(block: &Block<'_>, lasting: bool) -> Option<String> {
    let stays = lasting && !is_dated(block.text);
    match block.kind {
        _ if stays => Some(block.text.to_owned()),
        Kind::Table => Some(empty_table(block.text)),
        _ => block.text.starts_with(FIELDS_PREFIX).then(|| block.text.to_owned()),
    }
}

fn instruction(heading: &str) -> &'static str {
    let heading = heading.to_lowercase();
    SECTION_INSTRUCTIONS.iter().find(|(word, _)| heading.contains(word)).map_or(DEFAULT_INSTRUCTION, |(_, text)| text)
}

/// A table with its columns and one empty row.
fn empty_table(table: &str) -> String {
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let rule = lines.next().unwrap_or_default();
    let cells: Vec<String> = head.trim().trim_matches('|').split('|').map(cell).collect();
    format!("| {} |\n{rule}\n|{}", cells.join(" | "), "  |".repeat(cells.len()))
}

fn cell(text: &str) -> String {
    let text = text.trim();
    match without_dates(text) {
        cell if cell.is_empty() && !text.is_empty() => PERIOD.to_owned(),
        cell => cell,
    }
}

/// Removes dates, numbers, and the prepositions before a date from a heading.
fn without_dates(heading: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in heading.split_whitespace() {
        if !is_time(word) {
            words.push(word);
        } else if words.last().is_some_and(|last| DATE_PREPOSITIONS.contains(last)) {
            words.pop();
        }
    }
    words.join(" ")
}

fn is_time(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let numbered = |letter| word.strip_prefix(letter).is_some_and(|rest| rest.len() == 1 && is_digits(rest));
    is_digits(word) || MONTHS.contains(&word) || numbered('Q') || numbered('H') || is_dated(word)
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text names a year of this century.
fn is_dated(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4 && number.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_leave_headings_with_the_words_that_lead_up_to_them() {
        for (heading, expected) in [
            ("## Sample checked on 2026-11-03", "## Sample checked"),
            ("## Survey of May 2026", "## Survey"),
            ("### Causes of the 28 unsuccessful changes", "### Causes of the unsuccessful changes"),
            ("July to September", ""),
            ("R1 target", "R1 target"),
        ] {
            assert_eq!(without_dates(heading), expected);
        }
    }

    #[test]
    fn evidence_becomes_instructions_and_anchors_stay() {
        let body = "It showed 12 of 12.\n\n## Results of Q3 2026 {#results clauses=\"9.1\"}\n\nWe met 3 of 4.\n\n| What | Q3 2026 |\n| --- | --- |\n| calls | 12 |\n\n## Location\n\nIn the tool.\n\nOn 2026-01-02 all was well.\n";
        assert_eq!(
            instructions(body, true),
            "## Results {#results clauses=\"9.1\"}\n\nEnter the measured figures for the whole period, with their source.\n\n| What | period |\n| --- | --- |\n|  |  |\n\n## Location\n\nIn the tool.\n\n"
        );
        assert!(!instructions(body, false).contains("tool"));
    }
}
