//! Converts the parser's marks, which count characters, to byte offsets in a file.

use crate::place::Span;

/// Converts character counts within a piece of a file to byte offsets in the whole file.
///
/// Marks arrive nearly in order, so each search starts at the previous result.
pub(super) struct Offsets<'t> {
    text: &'t str,
    base: usize,
    ascii: bool,
    characters: usize,
    bytes: usize,
}

impl<'t> Offsets<'t> {
    /// Creates a converter; `text` is the piece, `base` the offset of its first byte in the file.
    pub(super) fn new(text: &'t str, base: usize) -> Offsets<'t> {
        Offsets { text, base, ascii: text.is_ascii(), characters: 0, bytes: 0 }
    }

    /// The text of the piece.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Offset of the piece's first byte in the file.
    pub(super) fn base(&self) -> usize {
        self.base
    }

    /// Byte offset of a character within the piece, or the length of the piece if the character is beyond its end.
    pub(super) fn within(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        let offset = match character.checked_sub(self.characters) {
            Some(distance) => self.ahead(distance),
            None => self.behind(self.characters - character),
        };
        let Some(offset) = offset else { return self.text.len() };
        (self.characters, self.bytes) = (character, offset);
        offset
    }

    fn ahead(&self, count: usize) -> Option<usize> {
        let rest = &self.text[self.bytes..];
        rest.char_indices().nth(count).map(|(at, _)| self.bytes + at)
    }

    fn behind(&self, count: usize) -> Option<usize> {
        self.text[..self.bytes].char_indices().nth_back(count.checked_sub(1)?).map(|(at, _)| at)
    }

    /// Maps a byte range of the piece to the file.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::from(self.base + start..self.base + end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lead_to_bytes_in_any_order() {
        let mut offsets = Offsets::new("aé☃b", 10);
        let found: Vec<usize> = [4, 0, 2, 1, 3, 3, 99, 1].map(|at| offsets.within(at)).to_vec();
        assert_eq!(found, [7, 0, 3, 1, 6, 6, 7, 1]);
        assert_eq!(offsets.span(1, 3), Span { start: 11, end: 13 });
    }
}
