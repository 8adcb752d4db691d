//! The differences between the resolved form of a content and its bytes.

use std::ops::Range;

/// A replacement for a range of bytes.
struct Edit {
    start: usize,
    end: usize,
    text: Box<str>,
}

/// Edits of a content, in no particular order.
#[derive(Default)]
pub(super) struct Edits(Vec<Edit>);

impl Edits {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Omits a range of bytes.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.add_edit(range, "");
    }

    /// Inserts a text.
    pub(super) fn insert(&mut self, at: usize, text: &str) {
        self.add_edit(at..at, text);
    }

    /// Replaces the last bytes of a content, unless they already equal the text.
    pub(super) fn replace(&mut self, range: Range<usize>, text: &str, bytes: &[u8]) {
        if bytes.get(range.clone()) != Some(text.as_bytes()) {
            self.add_edit(range, text);
        }
    }

    /// Adds an edit, which supersedes the most recent edits within its range.
    fn add_edit(&mut self, range: Range<usize>, text: &str) {
        let Range { start, end } = range;
        if start == end && text.is_empty() {
            return;
        }
        while start < end && self.0.pop_if(|edit| edit.start >= start).is_some() {}
        self.0.push(Edit { start, end, text: text.into() });
    }

    /// Trims white space at the end of the last edit, if that edit ends the content.
    pub(super) fn trim_last(&mut self, content_end: usize) {
        if let Some(edit) = self.0.last_mut().filter(|edit| edit.end == content_end) {
            edit.text = edit.text.trim_end().into();
        }
    }

    /// Writes the bytes with all edits applied, and without the ranges in `left_out`.
    pub(super) fn apply(&self, bytes: &[u8], left_out: impl Iterator<Item = Range<usize>>, out: &mut Vec<u8>) {
        let mut all: Vec<(Range<usize>, &str)> = left_out.map(|range| (range, "")).collect();
        all.extend(self.0.iter().map(|edit| (edit.start..edit.end, &*edit.text)));
        all.sort_by_key(|(range, _)| (range.start, range.end));
        let mut copied = 0;
        for (range, text) in all {
            if range.start >= copied {
                out.extend_from_slice(bytes.get(copied..range.start).unwrap_or_default());
                out.extend_from_slice(text.as_bytes());
                copied = range.end;
            }
        }
        out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    }
}
