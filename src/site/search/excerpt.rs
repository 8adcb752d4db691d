//! The excerpts of sections shown in results.

use super::fold;
use super::text::Section;

/// The approximate maximum length in bytes, and the part reserved for text other than sentences.
const MAX_EXCERPT_BYTES: usize = 600;
const MAX_REST_BYTES: usize = 250;
/// The minimum length of a line that is cut: less says nothing.
const MIN_CUT_BYTES: usize = 40;
/// The mark at the end of a line that is cut.
const ELLIPSIS: &str = " …";

/// Characters at the end of a sentence.
const STOPS: [char; 10] = ['.', '!', '?', ':', ';', ',', '…', '。', '！', '？'];

/// The start of a section's text, one line per block: sentences, then list items and table rows, then code.
pub(super) fn excerpt(section: &Section<'_>) -> String {
    let lines = section.text.lines().chain(section.alternatives()).filter(|line| !line.is_empty());
    let lines: Vec<(&str, bool)> = lines.map(|line| (line, is_sentence(line))).collect();
    let lines_of = |sentences: bool| lines.iter().filter(move |line| line.1 == sentences).map(|(line, _)| *line);
    let rest: usize = lines_of(false).map(|line| line.len() + 1).sum();
    let mut text = String::with_capacity(MAX_EXCERPT_BYTES.min(section.text.len()) + 16);
    lines_of(true).for_each(|line| add_line(&mut text, line, MAX_EXCERPT_BYTES - rest.min(MAX_REST_BYTES)));
    lines_of(false).for_each(|line| add_line(&mut text, line, MAX_EXCERPT_BYTES));
    for code in section.code.iter().filter(|code| !code.is_register()) {
        // What does not fit is cut after the line breaks are gone, so there is a little more than fits.
        let start = truncate(&code.source, 2 * MAX_EXCERPT_BYTES);
        add_line(&mut text, &start.split_whitespace().collect::<Vec<_>>().join(" "), MAX_EXCERPT_BYTES);
    }
    text
}

fn is_sentence(line: &str) -> bool {
    match line.as_bytes().last() {
        Some(last) if last.is_ascii() => STOPS.contains(&char::from(*last)),
        _ => line.ends_with(STOPS),
    }
}

/// Appends as much of a line as fits, up to the end of a word, or nothing if that is too little.
fn add_line(text: &mut String, line: &str, max_bytes: usize) {
    let free_bytes = max_bytes.saturating_sub(text.len() + 1);
    if line.len() <= free_bytes {
        return push_line(text, line);
    }
    let start = truncate(line, free_bytes.saturating_sub(ELLIPSIS.len()));
    if start.len() >= MIN_CUT_BYTES {
        push_line(text, start.trim_end());
        text.push_str(ELLIPSIS);
    }
}

/// Appends a line without invisible characters.
fn push_line(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    if line.is_ascii() {
        return text.push_str(line);
    }
    line.split(fold::is_silent).for_each(|part| text.push_str(part));
}

/// Truncates text to `max_bytes` bytes at a character boundary, if possible between words.
pub(super) fn truncate(text: &str, max_bytes: usize) -> &str {
    if text.len() <= max_bytes {
        return text;
    }
    let text = &text[..text.floor_char_boundary(max_bytes)];
    text.rfind([' ', '\n']).filter(|space| *space > max_bytes / 2).map_or(text, |space| &text[..space])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_come_before_items_and_rows() {
        let section = Section::from_text("A sentence.\nFirst item\nSecond item\nA sen\u{ad}tence.");
        assert_eq!(excerpt(&section), "A sentence.\nA sentence.\nFirst item\nSecond item");
        let long = format!("{}\n{}", "Row of a table\n".repeat(60), "A sentence of some length.\n".repeat(60));
        let shown = excerpt(&Section::from_text(&long));
        assert!(
            shown.len() <= MAX_EXCERPT_BYTES && shown.starts_with("A sentence") && shown.contains("Row of a table"),
            "{shown}"
        );
    }

    #[test]
    fn a_line_that_does_not_fit_ends_at_a_word_or_is_left_out() {
        let sentences = "A sentence that fills most of the room there is. ".repeat(12);
        let rows = "Recertification audit in the third year\nUse the register of the certification body";
        for filled in (300..590).step_by(7) {
            let text = format!("{}.\n{rows}", &sentences[..filled].trim_end_matches(['.', ' ']));
            let shown = excerpt(&Section::from_text(&text));
            for line in shown.lines() {
                let whole = line.strip_suffix(ELLIPSIS).unwrap_or(line);
                let is_whole_words = text
                    .lines()
                    .any(|of| of.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
                assert!(is_whole_words && (line == whole || whole.len() >= MIN_CUT_BYTES / 2), "{shown}");
                assert!(line.ends_with(ELLIPSIS) || text.lines().any(|of| of == line), "{shown}");
            }
        }
    }

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(truncate("one two three", 8), "one two");
        assert_eq!(truncate("變更管理", 7), "變更");
    }
}
