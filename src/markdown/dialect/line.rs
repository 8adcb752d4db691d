//! Lines of a text, with their markers of quotes and lists.

use std::ops::Range;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::markdown) struct Line {
    /// Byte offset of the start.
    pub(crate) start: usize,
    /// Byte offset of the content, after white space and markers of quotes and lists.
    pub(crate) content: usize,
    /// Byte offset of the end, excluding the line end and trailing white space.
    pub(crate) end: usize,
}

impl Line {
    /// The content after the markers.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.content..self.end).unwrap_or_default()
    }

    /// Whether there is no content after the markers.
    pub(crate) fn is_blank(&self) -> bool {
        self.content >= self.end
    }

    /// The markers before the content.
    pub(crate) fn marks<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.content).unwrap_or_default()
    }
}

/// All lines of a text.
pub(in crate::markdown) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let line = &text[start..end];
        let trimmed = start + line.trim_ascii_end().len();
        lines.push(Line { start, content: (start + marks_length(line)).min(trimmed), end: trimmed });
        start = end + 1;
    }
    lines
}

/// Length of the white space and the markers of quotes and lists at the start of a line.
pub(in crate::markdown) fn marks_length(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        match list_mark(&bytes[at..]) {
            Some(length) => at += length,
            None => return at,
        }
    }
}

/// Length of a list marker that is followed by white space.
fn list_mark(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let length = match bytes.get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if digits > 0 => digits + 1,
        _ => return None,
    };
    matches!(bytes.get(length), Some(b' ' | b'\t')).then_some(length)
}

/// The markers that subsequent lines need in order to belong to the same quotes and lists.
pub(in crate::markdown) struct ContainerPrefix(Vec<u8>);

impl ContainerPrefix {
    /// Derives the prefix from the markers of a line; list markers become spaces.
    pub(crate) fn from_markers(marks: &str) -> ContainerPrefix {
        ContainerPrefix(marks.bytes().map(|byte| if matches!(byte, b'>' | b'\t') { byte } else { b' ' }).collect())
    }

    /// Start of a line's content within these containers; `None` if the line is outside them.
    ///
    /// Up to three spaces may be missing, as in front of any block; on a blank line, all of them.
    pub(crate) fn enter(&self, text: &str, line: &Line) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = line.start;
        let mut missing = 0;
        for mark in &self.0 {
            match bytes.get(at).filter(|_| at < line.end) {
                Some(byte) if byte == mark => at += 1,
                Some(_) if *mark == b'>' => at = quote_mark(bytes, at, line.end)?,
                None if *mark == b'>' => return None,
                _ => missing += 1,
            }
        }
        (missing <= 3 || at >= line.end).then_some(at)
    }

    /// Whether the containers include a quote.
    pub(crate) fn is_quote(&self) -> bool {
        self.0.contains(&b'>')
    }

    /// The prefix of a blank line in these containers.
    pub(crate) fn blank(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The spaces to add before a line's content so that the line is within these containers.
    pub(crate) fn missing(&self, text: &str, line: &Line, content: usize) -> String {
        let existing = text.get(line.start..content).unwrap_or_default();
        let blank = self.blank();
        if existing.len() >= blank.len() || existing.contains('>') || blank.contains('>') {
            return String::new();
        }
        " ".repeat(blank.len() - existing.len())
    }
}

/// Position after a quote marker, which may be preceded by up to three spaces.
fn quote_mark(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let spaces = bytes[at..end].iter().take_while(|byte| **byte == b' ').count();
    (spaces <= 3 && bytes.get(at + spaces) == Some(&b'>')).then_some(at + spaces + 1)
}

/// Four columns of indentation at `at`; `None` if the line is indented less.
pub(super) fn indented(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(at..end)?;
    let spaces = rest.bytes().take(4).take_while(|byte| *byte == b' ').count();
    match rest.as_bytes().get(spaces) {
        _ if spaces == 4 => Some(at..at + 4),
        Some(b'\t') => Some(at..at + spaces + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quote_and_list_markers_are_not_content() {
        for (text, content) in [
            ("  - > 1. word", "word"),
            ("-word", "-word"),
            (">>word  ", "word"),
            ("* * *", "*"),
            ("- ", ""),
            ("\t:::note\r", ":::note"),
        ] {
            assert_eq!(lines(text)[0].text(text), content, "{text:?}");
        }
    }

    #[test]
    fn a_line_stays_within_the_marks_or_leaves_them() {
        let text = "> - a\n>   b\n>\n> c\nd\n\n   e";
        let all = lines(text);
        let nest = ContainerPrefix::from_markers(all[0].marks(text));
        let inside: Vec<Option<&str>> =
            all.iter().map(|line| nest.enter(text, line).map(|at| &text[at..line.end.max(at)])).collect();
        assert_eq!(inside[1..], [Some("b"), Some(""), Some("c"), None, None, None]);
        assert_eq!(indented("\tx", 0, 2), Some(0..1));
        assert_eq!(indented("   x", 0, 4), None);
    }
}
