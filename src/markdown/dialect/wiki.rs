//! Escapes links by ID that the parser would misread: `[[1]](https://…)` is an ordinary link of Markdown, and the
//! vertical bar in `[[ID|label]]` must not split a table cell.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Line;
use super::outline::Outline;
use crate::markdown::rewrite::Edits;

/// Whether a text may contain brackets that the parser misreads, that is, anything but `[[…]]` around more than a
/// number and without a bracket inside or directly after it.
pub(super) fn may_mislead(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"[[").any(|at| {
        let inner = &bytes[at + 2..];
        let Some(end) = memchr::memchr2(b'[', b']', inner) else { return true };
        !inner[end..].starts_with(b"]]")
            || matches!(inner.get(end + 2), Some(b'(' | b'[' | b']'))
            || inner.starts_with(b" ")
            || inner[..end].iter().all(u8::is_ascii_digit)
    })
}

/// Escapes everything that the parser would misread.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) {
    for lines in lines.split(|line| line.is_blank()) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
        let range = first.start..last.end.max(first.start);
        if memchr::memmem::find(&text.as_bytes()[range.clone()], b"[[").is_some() {
            let pairs = BracketPairs::find(text, lines, outline);
            Paragraph { text, lines, pairs, outline }.rewrite(edits);
        }
    }
}

/// The square brackets of some lines that are neither escaped nor in code.
struct BracketPairs {
    /// Positions of the opening brackets in order, each with the position of its closing bracket.
    opening: Vec<(usize, Option<usize>)>,
}

impl BracketPairs {
    fn find(text: &str, lines: &[Line], outline: &Outline) -> BracketPairs {
        let (mut opening, mut open): (Vec<(usize, Option<usize>)>, Vec<usize>) = (Vec::new(), Vec::new());
        for line in lines {
            let line_text = &text[line.start..line.end.max(line.start)];
            // The parser does not treat code split by a vertical bar as code.
            let code = if line_text.contains('|') { code_spans(line_text) } else { Vec::new() };
            let is_code = |at: usize| {
                let next = code.partition_point(|span| span.end <= at);
                outline.is_opaque(line.start + at) || code.get(next).is_some_and(|span| span.start <= at)
            };
            let mut is_escaped = false;
            for (at, byte) in line_text.bytes().enumerate() {
                match byte {
                    _ if is_escaped => {}
                    b'[' if !is_code(at) => {
                        open.push(opening.len());
                        opening.push((line.start + at, None));
                    }
                    b']' if !is_code(at) => {
                        if let Some(pair) = open.pop().and_then(|number| opening.get_mut(number)) {
                            pair.1 = Some(line.start + at);
                        }
                    }
                    _ => {}
                }
                is_escaped = byte == b'\\' && !is_escaped;
            }
        }
        BracketPairs { opening }
    }

    /// Each pair of adjacent opening brackets, with a flag for a third one before them.
    fn double_openings(&self) -> impl Iterator<Item = ([(usize, Option<usize>); 2], bool)> + '_ {
        let is_next = |one: Option<&(usize, Option<usize>)>, at: usize| one.is_some_and(|one| one.0 == at);
        let double_pairs = self.opening.windows(2).enumerate().filter(move |(number, pair)| {
            pair[1].0 == pair[0].0 + 1 && !is_next(self.opening.get(number + 2), pair[1].0 + 1)
        });
        double_pairs.map(move |(number, pair)| {
            let before = number.checked_sub(1).and_then(|before| self.opening.get(before));
            ([pair[0], pair[1]], before.is_some_and(|previous| previous.0 + 1 == pair[0].0))
        })
    }
}

/// Code spans of a line, each from a run of backticks to the next run of the same length.
fn code_spans(line: &str) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'`', line.as_bytes()) {
        match rows.last_mut().filter(|row| row.end == at) {
            Some(row) => row.end += 1,
            None => rows.push(at..at + 1),
        }
    }
    let is_escaped =
        |row: &Range<usize>| line[..row.start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    // The next run of each length, determined from the end.
    let mut next: BTreeMap<usize, usize> = BTreeMap::new();
    let mut closing = vec![None; rows.len()];
    for (number, row) in rows.iter().enumerate().rev() {
        closing[number] = next.insert(row.len(), number);
    }
    let (mut spans, mut number) = (Vec::new(), 0);
    while let Some(row) = rows.get(number) {
        match closing[number].filter(|_| !is_escaped(row)) {
            Some(close) => {
                spans.push(row.start..rows[close].end);
                number = close + 1;
            }
            None => number += 1,
        }
    }
    spans
}

/// Consecutive lines that are not blank.
struct Paragraph<'t> {
    text: &'t str,
    lines: &'t [Line],
    pairs: BracketPairs,
    outline: &'t Outline,
}

impl Paragraph<'_> {
    fn rewrite(&self, edits: &mut Edits) {
        for ([outer, inner], is_third) in self.pairs.double_openings() {
            match (inner.1, outer.1) {
                (Some(close), Some(end)) if end == close + 1 => self.rewrite_id(outer.0, close, is_third, edits),
                // Brackets around a link.
                (Some(close), Some(end))
                    if !is_third && self.continues_link(close + 1) && !self.continues_link(end + 1) =>
                {
                    edits.insert(outer.0, "\\");
                }
                (Some(close), Some(end)) if !is_third && !self.outline.defines(&self.text[inner.0 + 1..close]) => {
                    // The first bracket in the text of a link, or in other brackets.
                    edits.insert(inner.0, "\\");
                    if self.continues_link(end + 1) {
                        edits.insert(close, "\\");
                    }
                }
                (Some(_), Some(_)) => {}
                // The parser would look for a closing bracket in the text that follows.
                _ if !is_third => edits.insert(outer.0, "\\"),
                _ => {}
            }
        }
    }

    /// Whether the text at a position continues an ordinary Markdown link after its brackets.
    fn continues_link(&self, at: usize) -> bool {
        let end = self.lines.last().map_or(at, |line| line.end.max(at)).min(at + MAX_DESTINATION_BYTES);
        is_destination(&self.text[at..self.text.floor_char_boundary(end)], self.outline)
    }

    /// Escapes parts of `[[…]]`, given the positions of the first opening and the first closing bracket.
    fn rewrite_id(&self, open: usize, close: usize, is_third: bool, edits: &mut Edits) {
        let inner = &self.text[open + 2..close];
        if !is_third && is_condition(inner) {
            edits.insert(open, "\\");
            return;
        }
        if !is_third && self.continues_link(close + 2) {
            edits.insert(open + 1, "\\");
            edits.insert(close, "\\");
            return;
        }
        if is_number(inner) && self.outline.defines(inner) {
            edits.insert(open, "\\");
            edits.insert(close + 1, "\\");
            return;
        }
        let number = self.lines.partition_point(|line| line.start <= open).saturating_sub(1);
        let Some(Line { start, end, .. }) = self.lines.get(number).copied().filter(|line| close + 2 <= line.end) else {
            return;
        };
        let line = &self.text[start..end];
        if !is_third {
            unwrap_link(line, open - start..close + 2 - start, start, self.outline, edits);
        }
        let is_row = || {
            line.find('|').is_some_and(|bar| bar + start < open)
                || line.rfind('|').is_some_and(|bar| bar + start > close)
        };
        if let Some(bar) = bar(inner).filter(|_| is_row()) {
            edits.insert(open + 2 + bar, "\\");
        }
    }
}

/// Whether double brackets are a condition of a shell, `[[ -f /etc/x ]]`, whose spaces matter: no name of a document
/// begins so.
fn is_condition(inner: &str) -> bool {
    let words = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' ')).unwrap_or_default().trim();
    let is_name = words.starts_with(|c: char| c.is_alphabetic() || c == '#');
    !words.is_empty()
        && (!is_name && !words.contains('|') || is_number(words) || words.contains(" == ") || words.contains(" = "))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Ends a link before a link by ID inside it, and resumes it afterwards, because links cannot be nested.
fn unwrap_link(line: &str, inner: Range<usize>, start: usize, outline: &Outline, edits: &mut Edits) {
    let (before, after) =
        (&line[..inner.start], &line[inner.end..line.floor_char_boundary(inner.end + MAX_DESTINATION_BYTES)]);
    let Some(open) = outer_opening(before) else { return };
    let Some(close) = after.find(['[', ']']).filter(|close| after[*close..].starts_with("](")) else { return };
    let Some(length) = parenthesized(&after[close + 2..]).filter(|_| is_destination(&after[close + 1..], outline))
    else {
        return;
    };
    let end = close + 2 + length.len() + 1;
    if before[open + 1..].trim().is_empty() {
        edits.delete(start + open..start + open + 1);
    } else {
        edits.insert(start + inner.start, after[close..end].to_owned());
    }
    if after[..close].trim().is_empty() {
        edits.delete(start + inner.end + close..start + inner.end + end);
    } else {
        edits.insert(start + inner.end, "[");
    }
}

/// Start of a link text that is still open at the end of a part of a line.
pub(super) fn outer_opening(before: &str) -> Option<usize> {
    let open = before.rfind(['[', ']'])?;
    let is_link = before[open..].starts_with('[') && !before[..open].ends_with(['\\', '!', '[']);
    is_link.then_some(open)
}

/// Maximum length of a link destination that is examined, in bytes.
const MAX_DESTINATION_BYTES: usize = 4_096;

/// The first vertical bar, unless it is escaped.
fn bar(text: &str) -> Option<usize> {
    let bar = text.find('|')?;
    (!text[..bar].ends_with('\\')).then_some(bar)
}

/// Whether the text after brackets continues an ordinary Markdown link.
fn is_destination(after: &str, outline: &Outline) -> bool {
    if let Some(label) = after.strip_prefix('[') {
        return label.split_once(']').is_some_and(|(label, _)| outline.defines(label));
    }
    let Some(inner) = after.strip_prefix('(').and_then(parenthesized) else { return false };
    let inner = inner.trim();
    let address = match inner.strip_prefix('<').and_then(|inside| inside.split_once('>')) {
        Some((_, title)) => return title.is_empty() || is_title(title.trim_start()),
        None => inner.split_ascii_whitespace().next().unwrap_or_default(),
    };
    let title = inner[address.len()..].trim_start();
    !address.is_empty() && (title.is_empty() || is_title(title))
}

/// The text up to the matching closing parenthesis.
fn parenthesized(text: &str) -> Option<&str> {
    let mut open = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(&text[..at]),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

fn is_title(text: &str) -> bool {
    text.len() >= 2
        && [('"', '"'), ('\'', '\''), ('(', ')')]
            .iter()
            .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    fn rewritten(text: &str) -> String {
        rewritten_by(text, rewrite)
    }

    #[test]
    fn markdown_keeps_its_links_whose_text_has_brackets() {
        assert_eq!(rewritten("[[1]](https://x.org/(a)) b"), "[\\[1\\]](https://x.org/(a)) b");
        assert_eq!(rewritten("[[1]](<a b.md> \"t\")"), "[\\[1\\]](<a b.md> \"t\")");
        assert_eq!(rewritten("[[1]][x]\n\n[x]: y"), "[\\[1\\]][x]\n\n[x]: y");
        assert_eq!(rewritten("[[1] b](c.md) [d [3]](e.md)"), "[\\[1\\] b](c.md) [d [3]](e.md)");
        assert_eq!(rewritten("[[1], [2]](b.md)"), "[\\[1\\], [2]](b.md)");
        assert_eq!(rewritten("if [[ x, see\n[a [1]](b.md)"), "if \\[[ x, see\n[a [1]](b.md)");
        assert_eq!(rewritten("a ` and [[1]](x.md)"), "a ` and [\\[1\\]](x.md)");
        assert_eq!(rewritten("[[1]], [[2]]\n\n[1]: x"), "\\[[1]\\], [[2]]\n\n[1]: x");
        assert_eq!(rewritten("if [[ -f x ]]; then [[ 3 ]]"), "if \\[[ -f x ]]; then \\[[ 3 ]]");
        for text in [
            "[[ A-1 ]]",
            "[[ the policy ]]",
            "[[A-1]] (x)",
            "[[A-1]](see below)",
            "[[A-1]]()",
            "[[A-1]][x]",
            "`[[1]](x)`",
            "    [[1]](x)",
        ] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn links_by_id_within_links_stay_links() {
        assert_eq!(rewritten("[see [[A-1|b]] here](c.md \"t\")"), "[see ](c.md \"t\")[[A-1|b]][ here](c.md \"t\")");
        assert_eq!(rewritten("[[[A-1]]](c.md)"), "[[[A-1]]](c.md)");
        assert_eq!(rewritten("[ [[A-1]] ](c.md)"), " [[A-1]] ");
        for text in ["[a] [[A-1]] [b](c.md)", "[see [[A-1]] here] (c)", "\\[see [[A-1]] here](c.md)"] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn bars_of_labels_split_no_cell() {
        assert_eq!(rewritten("| a | [[A-1|b]] |\n|-|-|\n"), "| a | [[A-1\\|b]] |\n|-|-|\n");
        for text in ["[[A-1|b]] c", "| [[A-1\\|b]] |", "| `[[A-1|b]]` |", "| [[A-1]] |"] {
            assert_eq!(rewritten(text), text);
        }
    }
}
