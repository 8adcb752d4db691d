//! Comments in the form of a link's definition, `[//]: # (words)`, that miss this form and are on the page.

use std::ops::Range;

use crate::markdown::dialect::marks_length;

/// The longest comment to look at, in bytes.
const MAX_REMARK_BYTES: usize = 2_000;

/// The most bytes before a comment in its line to look at.
const MAX_MARKS_BYTES: usize = 100;

/// Labels of such comments, and the signs of which one has to follow them. No text begins with `[//]`.
const LABELS: [(&str, &[&str]); 7] = [
    ("//", &[":", "#", "("]),
    ("comment", &[":#", ":<>", ":(", ":\"", "#(", "#\""]),
    ("comments", &[":#", ":<>", ":("]),
    ("", &[":#", ":<>"]),
    ("#", &[":#", ":<>"]),
    ("_", &[":#", ":<>"]),
    ("-", &[":#", ":<>"]),
];
/// The longest label with its brackets, in bytes.
const MAX_LABEL_BYTES: usize = 16;

/// All lines that begin such a comment, each up to the end that its author intended.
pub(super) fn remarks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut resume_at = 0;
    // A full-width bracket begins with this byte.
    memchr::memchr2_iter(b'[', 0xef, text.as_bytes()).filter_map(move |at| {
        let rest = &text[at..text.floor_char_boundary(at + MAX_REMARK_BYTES)];
        let words = opening(rest).filter(|_| at >= resume_at && begins_line(&text[..at]))?;
        let range = at..at + length(rest, words);
        resume_at = range.end;
        Some(range)
    })
}

/// The length of what precedes the words of a comment, with the sign that opens them.
fn opening(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(['[', '［'])?;
    let (label, _) = inside[..inside.floor_char_boundary(MAX_LABEL_BYTES)].split_once([']', '］'])?;
    let (_, signs) = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label))?;
    let after = inside[label.len()..].trim_start_matches([']', '］']).lines().next().unwrap_or_default();
    // White space does not matter, nor the width of a sign.
    let tight: String = after.chars().filter(|c| !c.is_whitespace()).take(3).map(narrow).collect();
    let is_heading = label.len() > 2 && after.trim_start().starts_with("# ");
    (is_heading || signs.iter().any(|sign| tight.starts_with(sign))).then(|| {
        let words = after.trim_start_matches(|c: char| c.is_whitespace() || ":：#＃<>".contains(c));
        let start = after.as_ptr().addr() - text.as_ptr().addr();
        start + after.len() - words.len()
    })
}

/// The sign that an East Asian keyboard writes wider.
fn narrow(c: char) -> char {
    match c {
        '：' => ':',
        '＃' => '#',
        '（' => '(',
        _ => c,
    }
}

/// Whether only marks of quotes, lists and cells precede a position in its line.
fn begins_line(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_MARKS_BYTES))..];
    let line = near.rsplit('\n').next().unwrap_or_default();
    marks_length(line) == line.len() || line.trim().is_empty()
}

/// The length of a comment whose words begin at a position: its line, or as far as the sign that closes it.
fn length(text: &str, words: usize) -> usize {
    let line = text.lines().next().unwrap_or_default().trim_end().len();
    let pair = [('(', ')'), ('"', '"'), ('\'', '\'')].into_iter().find(|(open, _)| text[words..].starts_with(*open));
    let Some((_, close)) = pair.filter(|(_, close)| !text[words + 1..line.max(words + 1)].contains(*close)) else {
        return line;
    };
    let mut lines = text.split_inclusive('\n');
    let mut end = lines.next().map_or(0, str::len);
    let mut paragraph_end = None;
    for next in lines {
        let is_empty = next.trim().is_empty();
        if next.starts_with('#') || is_empty && close != ')' {
            break;
        }
        paragraph_end = paragraph_end.or(is_empty.then_some(end));
        end += next.len();
        if next.trim_end().ends_with(close) {
            return text[..end].trim_end().len();
        }
    }
    text[..paragraph_end.unwrap_or(end)].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        remarks(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_are_found_to_the_end_that_was_meant() {
        for (text, remark) in [
            ("[//]: # (The desk (of Leeds) restores.)\nText", "[//]: # (The desk (of Leeds) restores.)"),
            ("[//]: # The desk restores.", "[//]: # The desk restores."),
            ("[comment]: <> The desk restores.", "[comment]: <> The desk restores."),
            ("[//] # (The desk)", "[//] # (The desk)"),
            ("[]: # (The desk)", "[]: # (The desk)"),
            ("[COMMENT]: # The desk restores.", "[COMMENT]: # The desk restores."),
            ("[comment] # The desk restores.", "[comment] # The desk restores."),
            ("[//]： # (The desk)", "[//]： # (The desk)"),
            ("［//］: # (The desk)", "［//］: # (The desk)"),
            ("- a\n  [//]: # (b)", "[//]: # (b)"),
            ("[//]: # (Done.) The desk", "[//]: # (Done.) The desk"),
            ("[//]: # (The desk\n\nrestores.)\n\nText", "[//]: # (The desk\n\nrestores.)"),
            ("[//]: # (The desk\nrestores.\n\nText", "[//]: # (The desk\nrestores."),
            ("[//]: # \"The desk\nrestores.\n\nText\"", "[//]: # \"The desk\nrestores."),
        ] {
            assert_eq!(found(text).first(), Some(&remark), "{text}");
        }
    }

    #[test]
    fn other_brackets_are_not_comments() {
        for text in [
            "[Comment]: the Board agreed",
            "[comment] #4711 is closed",
            "［重要］: x",
            "[]: none",
            "so [//]: # (x)",
            "[-] open",
            "[#1] x",
            "\\[//]: # (x)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
