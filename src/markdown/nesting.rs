//! Limits the nesting depth of lists and quotes.
//!
//! The Markdown parser examines every open list and quote on each line. This cost is negligible for ordinary texts, but
//! one line with 50,000 list marks followed by 50,000 empty lines would keep the parser busy for minutes.

/// Maximum nesting depth that is parsed.
const MAX_LEVELS: usize = 64;

/// A text in which lines nested too deeply have been neutralized; it has the same length in bytes as the original.
pub(super) struct FlattenedText {
    /// The text.
    pub(crate) text: String,
    /// Offset of the first mark that was too deep, for each affected line.
    pub(crate) places: Vec<usize>,
}

/// Replaces the mark at which a line exceeds the maximum depth by a letter; `None` if no line does, as in any ordinary
/// text.
pub(super) fn flatten(text: &str) -> Option<FlattenedText> {
    let mut places = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &bytes[start..end];
        if line.len() > MAX_LEVELS
            && let Some(at) = excess_offset(line)
        {
            places.push(start + at);
        }
        start = end + 1;
    }
    if places.is_empty() {
        return None;
    }
    let mut bytes = bytes.to_vec();
    for &place in &places {
        bytes[place] = b'x';
    }
    // Both the mark and the letter that replaces it are ASCII.
    String::from_utf8(bytes).ok().map(|text| FlattenedText { text, places })
}

/// Offset at which the marks at the start of a line exceed the limit. Two columns of indentation may hold one level.
fn excess_offset(line: &[u8]) -> Option<usize> {
    let mut levels = indentation(line) / 2;
    let mut at = 0;
    loop {
        at += line[at..].iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
        let length = mark_length(&line[at..])?;
        levels += 1;
        if levels > MAX_LEVELS {
            return (!is_thematic_break(line)).then_some(at);
        }
        at += length;
    }
}

fn indentation(line: &[u8]) -> usize {
    let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blank.map(|byte| if *byte == b'\t' { 4 } else { 1 }).sum()
}

/// Whether a line of one repeated character is a thematic break, whatever its length.
fn is_thematic_break(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    marks.next().is_some_and(|first| b"-*_".contains(first) && marks.all(|byte| byte == first))
}

/// Length of the quote, list, definition or footnote mark at the start of a line.
fn mark_length(line: &[u8]) -> Option<usize> {
    let ends = |at: usize| line.get(at).is_none_or(u8::is_ascii_whitespace);
    match line[0] {
        b'>' => Some(1),
        b'-' | b'*' | b'+' | b':' if ends(1) => Some(1),
        b'0'..=b'9' => {
            let digits = line.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            let closed = matches!(line.get(digits), Some(b'.' | b')')) && ends(digits + 1);
            closed.then_some(digits + 1)
        }
        b'[' if line.get(1) == Some(&b'^') => {
            let label = line.iter().position(|byte| *byte == b']')?;
            (line.get(label + 1) == Some(&b':')).then_some(label + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_nesting_is_left_unchanged() {
        let deep = format!("{}- item\n", "    ".repeat(30));
        for text in ["> > > quote\n", &"- ".repeat(60), &"- ".repeat(500), &"*".repeat(500), &deep, &"word ".repeat(90)]
        {
            assert!(flatten(text).is_none(), "{text}");
        }
    }

    #[test]
    fn marks_beyond_the_limit_are_text() {
        for mark in [">", "> ", "- ", "1. ", "> - ", "[^1]: - "] {
            let text = format!("a\n{}x\nb", mark.repeat(200));
            let flattened = flatten(&text).expect(mark);
            assert_eq!(flattened.text.len(), text.len());
            assert_eq!(flattened.places.len(), 1);
        }
        assert!(flatten(&format!("{}- item", " ".repeat(400))).is_some());
    }
}
