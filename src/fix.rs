//! Automatic fixes of findings: edits of the file that contains them.

use crate::place::Span;

/// An automatic fix that removes a finding without changing anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    /// The fix as an imperative without a full stop: "write `policy.md`".
    pub(crate) title: String,
    /// The edits of the finding's file, sorted by place, without overlaps.
    pub(crate) edits: Vec<Edit>,
}

/// The replacement of a range in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// The byte range in the text of [`crate::place::SourceText`].
    pub(crate) span: Span,
    /// The replacement, which may be empty.
    pub(crate) text: String,
}

impl Fix {
    /// Creates a fix that replaces a single range.
    pub(crate) fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
    }
}

/// Applies edits to a text. They must be sorted by place and must not overlap.
pub(crate) fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut copied = 0;
    for edit in edits {
        out.push_str(&text[copied..edit.span.start as usize]);
        out.push_str(&edit.text);
        copied = edit.span.end as usize;
    }
    out + &text[copied..]
}

/// Converts edits to the text on disk, whose byte order mark and line endings are kept.
pub(crate) fn edits_on_disk(raw: &str, edits: &[Edit]) -> Vec<Edit> {
    let line_end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
    let mut places = OffsetMap::new(raw);
    let mut to_disk = |edit: &Edit| {
        let span = Span { start: places.disk_offset_of(edit.span.start), end: places.disk_offset_of(edit.span.end) };
        Edit { span, text: edit.text.replace('\n', line_end) }
    };
    edits.iter().map(&mut to_disk).collect()
}

/// Maps ascending offsets in the text as read to offsets on disk, in a single pass.
struct OffsetMap<'r> {
    bytes: &'r [u8],
    text_offset: u32,
    disk_offset: usize,
}

impl<'r> OffsetMap<'r> {
    fn new(raw: &'r str) -> OffsetMap<'r> {
        let mark = raw.len() - raw.strip_prefix('\u{feff}').unwrap_or(raw).len();
        OffsetMap { bytes: raw.as_bytes(), text_offset: 0, disk_offset: mark }
    }

    fn disk_offset_of(&mut self, place: u32) -> u32 {
        while self.text_offset < place && self.disk_offset < self.bytes.len() {
            let is_pair = self.bytes[self.disk_offset] == b'\r' && self.bytes.get(self.disk_offset + 1) == Some(&b'\n');
            self.disk_offset += if is_pair { 2 } else { 1 };
            self.text_offset += 1;
        }
        u32::try_from(self.disk_offset).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::place::SourceText;

    proptest! {
        #[test]
        fn edits_on_disk_read_as_edits_of_the_text_and_change_no_other_byte(
            raw in "(\u{feff})?([a-z\u{e9}]{0,4}(\r\n|\n|\r)?){0,8}",
            cuts in proptest::collection::vec(0_usize..64, 0..6),
            inserted in "[A-Z]{0,3}",
        ) {
            let text = SourceText::new("a.md", &raw);
            let text = text.as_str();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|at| text.floor_char_boundary(at)).collect();
            cuts.sort_unstable();
            let edits: Vec<Edit> = cuts
                .chunks_exact(2)
                .map(|pair| Edit { span: (pair[0]..pair[1]).into(), text: inserted.clone() })
                .collect();
            let new = apply_edits(&raw, &edits_on_disk(&raw, &edits));
            let read = SourceText::new("a.md", &new);
            // A cut between the two bytes of a line ending cannot occur, because they are one byte in the text.
            prop_assert_eq!(read.as_str(), apply_edits(text, &edits));
            prop_assert_eq!(raw.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
            prop_assert_eq!(apply_edits(&raw, &edits_on_disk(&raw, &[])), raw);
        }
    }
}
