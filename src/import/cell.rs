//! Cells of a spreadsheet as single lines of equivalent Markdown.

use crate::html::entity_at;
use crate::markdown::escape_dialects;

/// Joins a text into one line.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Converts a text to a line of Markdown. Characters that look like markup are escaped, and URLs are kept.
pub(super) fn as_markdown(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(escape_word).collect();
    let line = words.join(" ");
    let first = words.first().map_or("", String::as_str);
    let number = first.trim_end_matches(['.', ')']);
    let is_number =
        number.len() + 1 == first.len() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let line = match () {
        () if is_number => format!("{number}\\{}", &line[number.len()..]),
        () if line.starts_with(['#', '>', '+', '-', '=', ':', '|']) => format!("\\{line}"),
        () => line,
    };
    escape_dialects(&line)
}

/// Escapes a word, except for a URL in it.
fn escape_word(text: &str) -> String {
    let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min() else {
        return escape_inline(text);
    };
    let (before, rest) = text.split_at(at);
    let end = rest.find(['<', '>', '"', '`']).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches([')', ',', '.', ';', ':', '!', '?', ']']);
    let link = if escape_inline(address) == address { address.to_owned() } else { format!("<{address}>") };
    format!("{}{link}{}", escape_inline(before), escape_inline(&rest[address.len()..]))
}

/// Puts a backslash before each character that would be inline markup.
fn escape_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let next = rest.chars().nth(1);
        let is_word = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '*' | '`' | '[' | ']' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '<' => next.is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => entity_at(rest).is_some(),
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            _ => false,
        };
        out.extend(is_mark.then_some('\\'));
        out.push(c);
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_they_are() {
        for (text, expected) in [
            ("2*3*4 units and __init__", "2\\*3\\*4 units and \\_\\_init\\_\\_"),
            ("snake_case, 5 < 6 & R&D", "snake_case, 5 < 6 & R&D"),
            ("See [[PRO-1]]", "See \\[\\[PRO-1\\]\\]"),
            ("# one\n\n<script>x</script>", "\\# one \\<script>x\\</script>"),
            ("1. one", "1\\. one"),
            ("10:30 - done", "10:30 - done"),
            ("(https://e.org/a_b), https://e.org/*x*.", "(https://e.org/a_b), <https://e.org/*x*>."),
            ("C:\\dir\\*", "&#67;:\\dir\\\\\\*"),
            ("C:_old", "&#67;:\\_old"),
            ("&amp; {% note %}", "\\&amp; \\{\\% note %}"),
        ] {
            assert_eq!(as_markdown(text), expected, "{text}");
        }
    }
}
