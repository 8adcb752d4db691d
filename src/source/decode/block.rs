//! Locates front matter in a file and determines its notation.

use std::ops::Range;

use crate::yaml::{Limits, ParsedTree, Reader};

/// The notation of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// YAML between lines `---`.
    Yaml,
    /// TOML between lines `+++`.
    Toml,
    /// JSON between lines `{` and `}`.
    Json,
}

impl Notation {
    /// The notation of the front matter at the start of a text. A brace alone may be plain text, so a key must follow
    /// it.
    pub(super) fn detect(text: &str) -> Option<Notation> {
        let mut lines = text.split(['\n', '\r']);
        let first = lines.next()?;
        let mut has_key =
            || lines.find(|line| !line.trim().is_empty()).is_some_and(|line| line.trim_start().starts_with('"'));
        let fenced = [Notation::Yaml, Notation::Toml].into_iter().find(|notation| is_fence(first, notation.fence()));
        fenced.or_else(|| (is_fence(first, "{") && has_key()).then_some(Notation::Json))
    }

    /// The name of the format.
    pub(in crate::source) fn name(self) -> &'static str {
        match self {
            Notation::Yaml => "YAML",
            Notation::Toml => "TOML",
            Notation::Json => "JSON",
        }
    }

    pub(in crate::source) fn fence(self) -> &'static str {
        match self {
            Notation::Yaml => "---",
            Notation::Toml => "+++",
            Notation::Json => "}",
        }
    }

    fn is_closed_by(self, line: &str) -> bool {
        is_fence(line, self.fence()) || (self == Notation::Yaml && is_fence(line, "..."))
    }
}

/// The location of front matter in a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct FrontMatterBlock {
    pub(in crate::source) notation: Notation,
    pub(in crate::source) opening: Range<usize>,
    /// The text between the fences.
    pub(in crate::source) content: Range<usize>,
    pub(in crate::source) body_start: usize,
    pub(in crate::source) is_closed: bool,
}

impl FrontMatterBlock {
    /// Finds the block at the start of a text.
    ///
    /// An unclosed block is assumed to end before the first empty line.
    pub(in crate::source) fn find(text: &str) -> Option<FrontMatterBlock> {
        let notation = Notation::detect(text)?;
        let mut lines = lines_with_ends(text);
        let start = lines.next()?.len();
        let is_json = notation == Notation::Json;
        let opening = if is_json { 0..1 } else { 0..3 };
        let mut at = start;
        for line in lines {
            let end = at + line.len();
            if notation.is_closed_by(line) {
                // The braces are part of the JSON.
                let inside = if is_json { 0..end } else { start..at };
                return Some(FrontMatterBlock { notation, opening, content: inside, body_start: end, is_closed: true });
            }
            at = end;
        }
        if is_json {
            return None;
        }
        let key_lines = lines_with_ends(text).skip(1).take_while(|line| !line.trim().is_empty());
        let end = start + key_lines.map(str::len).sum::<usize>();
        Some(FrontMatterBlock { notation, opening, content: start..end, body_start: end, is_closed: false })
    }

    /// Parses its content.
    pub(in crate::source) fn parse(&self, reader: &mut Reader<'_>) -> ParsedTree {
        match self.notation {
            // JSON is a subset of YAML.
            Notation::Yaml | Notation::Json => reader.parse(self.content.clone(), Limits::FRONT_MATTER),
            Notation::Toml => reader.parse_toml(self.content.clone(), Limits::FRONT_MATTER),
        }
    }
}

/// The lines of a text, including their line endings.
fn lines_with_ends(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain(last).map(move |end| {
        let line = text.get(start..end).unwrap_or_default();
        start = end;
        line
    })
}

fn is_fence(line: &str, fence: &str) -> bool {
    line.strip_prefix(fence).is_some_and(|rest| rest.trim_end_matches(['\n', ' ', '\t']).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_begins_in_the_first_line_and_ends_with_a_fence() {
        let find = |text| FrontMatterBlock::find(text).map(|block| (block.content, block.body_start, block.is_closed));
        assert_eq!(find("---\na: b\n---\ntext"), Some((4..9, 13, true)));
        assert_eq!(find("---  \na: b\n...\t\ntext"), Some((6..11, 16, true)));
        assert_eq!(find("---\n---"), Some((4..4, 7, true)));
        assert_eq!(find("---\na: b\n\ntext"), Some((4..9, 9, false)));
        assert_eq!(find("---"), Some((3..3, 3, false)));
        assert_eq!(find("\n---\na: b\n---\n"), None);
        assert_eq!(find("----\na: b\n---\n"), None);
        assert_eq!(find("--- # x\n"), None);
        assert_eq!(find(""), None);
        assert_eq!(find("{\n \"a\": 1\n}\ntext"), Some((0..12, 12, true)));
        assert_eq!(find("{\n \"a\": 1\n"), None);
        assert_eq!(find("{\nwords\n}\n"), None);
    }
}
