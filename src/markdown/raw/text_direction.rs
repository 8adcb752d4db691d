//! Detects tags that display text in a different order from the source.

use memchr::memmem;

use super::attributes::Attributes;
use super::element::Element;
use super::source::RawHtml;
use crate::finding::reading;
use crate::html::Tag;
use crate::markdown::reader::Reader;
use crate::text::changes_direction;

/// Maximum number of bytes after a tag that are searched for characters of a right-to-left script.
const MAX_SCANNED_BYTES: usize = 2_000;

impl Reader<'_> {
    /// Reports a right-to-left direction around words without right-to-left characters, and direction-changing
    /// characters in a title.
    pub(super) fn report_text_direction(
        &mut self,
        raw: &RawHtml<'_>,
        tag: &Tag,
        attributes: &Attributes,
        element: &Element,
    ) {
        let name = element.name;
        let is_rtl = attributes.meaningful.get("dir").is_some_and(|value| value.eq_ignore_ascii_case("rtl"));
        if is_rtl && !self.has_rtl_letters(raw, tag, name) {
            let message = format!("`dir` shows what `<{name}>` contains in a different order from its source");
            self.add_problem(reading::TURNED_TEXT, raw.span(&tag.range), message, "remove `dir`");
        }
        let title = attributes.meaningful.get("title").and_then(|title| title.chars().find(|c| changes_direction(*c)));
        if let Some(c) = title {
            let code = u32::from(c);
            let message =
                format!("an invisible character (U+{code:04X}) changes the reading direction of what follows");
            self.add_problem(reading::TURNED_TEXT, raw.span(&tag.range), message, "remove it from the title");
        }
    }

    /// Whether the words of an element contain right-to-left characters.
    fn has_rtl_letters(&self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> bool {
        let text = self.source.as_str();
        let start = (raw.span(&tag.range).end as usize).min(text.len());
        let rest = text.get(start..text.floor_char_boundary(start + MAX_SCANNED_BYTES)).unwrap_or_default();
        let end = memmem::find(rest.as_bytes(), format!("</{name}").as_bytes()).unwrap_or(rest.len());
        rest[..end].contains(is_rtl)
    }
}

/// Whether a character belongs to Hebrew, Arabic or another right-to-left script.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
