//! Joins the lines of labels that span several lines.

use std::borrow::Cow;

use super::source::Line;

/// The lines with their numbers; lines spanned by a label in quotes or brackets are joined.
pub(super) fn join_labels<'a>(lines: &[Line<'a>]) -> Vec<(u32, Cow<'a, str>)> {
    join_lines(lines, NestingState { has_brackets: true, ..NestingState::default() })
}

/// Like [`join_labels`], but only for quotes, where brackets contain separate lines.
pub(super) fn join_quotes<'a>(lines: &[Line<'a>]) -> Vec<(u32, Cow<'a, str>)> {
    join_lines(lines, NestingState::default())
}

fn join_lines<'a>(lines: &[Line<'a>], closed: NestingState) -> Vec<(u32, Cow<'a, str>)> {
    let mut out: Vec<(u32, Cow<'a, str>)> = Vec::with_capacity(lines.len());
    let mut rest = lines;
    let mut may_join = true;
    while let Some((first, after)) = rest.split_first() {
        let count = if may_join { joined_line_count(rest, closed) } else { Some(1) };
        // An opening that is never closed is not searched for again.
        may_join = count.is_some();
        match count {
            Some(count) if count > 1 => {
                let text = rest[..count].iter().map(|line| line.text).collect::<Vec<_>>().join("<br>");
                out.push((first.number, Cow::Owned(text)));
                rest = &rest[count..];
            }
            _ => {
                out.push((first.number, Cow::Borrowed(first.text)));
                rest = after;
            }
        }
    }
    out
}

/// The number of lines that belong together; `None` if the first line opens something that is never closed.
fn joined_line_count(lines: &[Line<'_>], mut open: NestingState) -> Option<usize> {
    for (at, line) in lines.iter().enumerate() {
        open.scan(line.text);
        if !open.is_open() {
            return Some(at + 1);
        }
    }
    None
}

/// The state of quotes and brackets at a position in a text.
#[derive(Clone, Copy, Default)]
struct NestingState {
    has_brackets: bool,
    is_quoted: bool,
    depth: usize,
}

impl NestingState {
    fn is_open(&self) -> bool {
        self.is_quoted || self.depth > 0
    }

    fn scan(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'[' | b'{' if self.has_brackets && !self.is_quoted => self.depth += 1,
                b']' | b'}' if self.has_brackets && !self.is_quoted => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(texts: &[&str]) -> Vec<(u32, String)> {
        let given: Vec<Line<'_>> = (0..).zip(texts).map(|(number, text)| Line { number, text }).collect();
        join_labels(&given).into_iter().map(|(number, text)| (number, text.into_owned())).collect()
    }

    #[test]
    fn a_label_over_several_lines_is_on_one() {
        let joined = whole(&["A[\"One", "two\"] --> B", "B --> C[three", "four]"]);
        assert_eq!(joined, [(0, "A[\"One<br>two\"] --> B".to_owned()), (2, "B --> C[three<br>four]".to_owned())]);
    }

    #[test]
    fn unclosed_statements_stay_separate() {
        let apart = whole(&["A[One", "B --> C", "D[\"x\"]"]);
        assert_eq!(apart.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
