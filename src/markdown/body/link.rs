//! Links, images and mentions of clauses.

use std::fmt::{self, Write};

use super::Excerpt;
use crate::id::ClauseRef;
use crate::place::Span;

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The syntax in which the link was written.
    pub form: LinkForm,
    /// The destination as written; Markdown escapes are decoded, but percent-encoding is not. For
    /// `[[POL-CHG-001#scope]]` it is `POL-CHG-001#scope`.
    pub target: Excerpt,
    /// The text in brackets, or the alternative text of an image. Empty for `[[ID]]`, which shows the title of the
    /// document.
    pub text: Box<str>,
    /// The title after the destination; empty if there is none.
    pub title: Box<str>,
    /// The display size of an image, if the author specified it.
    pub size: Size,
    /// Place of the whole link.
    pub span: Span,
    /// Place of the destination, or of the whole link if the destination's place is unknown.
    pub target_span: Span,
    /// Whether the link is part of what the text asserts: it is neither struck out nor in a heading, a table header or
    /// a footnote.
    pub(crate) is_asserted: bool,
}

/// The syntax of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`, by reference, `<https://…>`, or a bare `https://…` in running text.
    Inline,
    /// `![alt](target)`.
    Image,
    /// `[[ID]]` or `[[ID|text]]`.
    Wiki,
    /// `<a href="…">` in raw HTML; removed from the page but still checked.
    RawLink,
    /// `<img src="…">` in raw HTML; removed from the page but still checked.
    RawImage,
}

impl Link {
    /// Whether the link embeds an image.
    pub fn is_image(&self) -> bool {
        matches!(self.form, LinkForm::Image | LinkForm::RawImage)
    }
}

/// A clause mentioned in running text; the handbook may not know its standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The clause as written.
    pub clause: ClauseRef,
    /// Place of the number.
    pub span: Span,
    /// Start of the number in [`Words::text`](super::super::Words::text).
    pub(crate) at: u32,
    /// The owner of the clause, as far as the mention has no prefix.
    pub(crate) owner: ClauseOwner,
}

/// The owner of a mentioned clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClauseOwner {
    /// The handbook's main standard, or the standard named by the prefix.
    Main,
    /// The standard with this designation, for example `ISO/IEC 27001:2022`.
    Named(String),
    /// A contract, a law or another document.
    Foreign,
}

/// The display size of an image, in pixels or per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: Option<Length>,
    /// Height.
    pub height: Option<Length>,
}

/// A length as written: one to four digits with an optional `%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    digits: [u8; 4],
    count: u8,
    is_per_cent: bool,
}

impl Length {
    fn read(text: &str) -> Option<Length> {
        let digits = text.strip_suffix('%').unwrap_or(text);
        let is_length = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let mut padded = digits.bytes().chain(std::iter::repeat(b'0'));
        let padded = std::array::from_fn(|_| padded.next().unwrap_or_default());
        let count = u8::try_from(digits.len()).ok().filter(|_| is_length)?;
        Some(Length { digits: padded, count, is_per_cent: digits.len() < text.len() })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.iter().take(usize::from(self.count));
        digits.copied().try_for_each(|digit| f.write_char(char::from(digit)))?;
        f.write_str(if self.is_per_cent { "%" } else { "" })
    }
}

impl Size {
    /// Whether an image of this size is invisible.
    pub(crate) fn is_invisible(&self) -> bool {
        let is_zero =
            |length: &Length| length.digits.iter().take(usize::from(length.count)).all(|digit| *digit == b'0');
        [self.width, self.height].iter().flatten().any(is_zero)
    }

    /// Reads one attribute; returns false if it does not give a valid size.
    pub(crate) fn read(&mut self, name: &str, value: &str) -> bool {
        let value = value.trim().trim_end_matches("px");
        let field = match name {
            "width" => &mut self.width,
            "height" => &mut self.height,
            _ => return false,
        };
        let length = Length::read(value);
        *field = length.or(*field);
        length.is_some()
    }
}
