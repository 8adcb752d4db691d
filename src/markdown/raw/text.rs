//! Text between raw tags.

use std::ops::Range;

use super::element::ContentModel;
use super::source::RawHtml;
use crate::html::{decode_references, entity_at};
use crate::markdown::reader::Reader;
use crate::place::Span;

impl Reader<'_> {
    /// Handles text between tags: words, white space and character references, each with its place.
    pub(super) fn read_raw_text(&mut self, raw: &RawHtml<'_>, range: Range<usize>) {
        let text = &raw.html[range.clone()];
        if self.allowed_content() == ContentModel::Parts && text.trim().is_empty() {
            return;
        }
        if self.is_preformatted() {
            return self.read_preformatted(raw, &range);
        }
        let mut at = range.start;
        while at < range.end {
            at += self.read_raw_word(raw, at..range.end);
        }
        self.write_run();
    }

    /// Handles text whose white space is displayed as written.
    fn read_preformatted(&mut self, raw: &RawHtml<'_>, range: &Range<usize>) {
        let text = decode_references(&raw.html[range.clone()]);
        self.out.push_text(&text);
        self.out.content.verbatim(&text);
        self.substance += u32::from(!text.trim().is_empty());
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.running.push_code(&words, raw.span(range));
        self.running.separate_cells();
    }

    /// Reads white space, a character reference or plain characters at the start of a range; returns the length.
    fn read_raw_word(&mut self, raw: &RawHtml<'_>, range: Range<usize>) -> usize {
        let rest = &raw.html[range.clone()];
        let blank = rest.len() - rest.trim_ascii_start().len();
        if blank > 0 {
            self.read_raw_blank(raw.span(&(range.start..range.start + blank)));
            return blank;
        }
        if let Some((length, value)) = entity_at(rest) {
            self.running.push_prose(&value, raw.span(&(range.start..range.start + length)));
            return length;
        }
        let stops = |(at, c): (usize, char)| (at > 0 && (c == '&' || c.is_ascii_whitespace())).then_some(at);
        let length = rest.char_indices().find_map(stops).unwrap_or(rest.len());
        self.running.push_prose(&rest[..length], raw.span(&(range.start..range.start + length)));
        length
    }

    fn read_raw_blank(&mut self, span: Span) {
        if !self.running.text.is_empty() && !self.running.text.ends_with([' ', '\n']) {
            self.running.push_prose(" ", span);
        }
    }
}
