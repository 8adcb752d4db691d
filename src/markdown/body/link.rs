//! Links, images and mentions of clauses.

use std::fmt::{self, Write};

use super::Excerpt;
use crate::id::ClauseRef;
use crate::place::Span;

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it was written.
    pub form: LinkForm,
    /// The destination as written, decoded of Markdown's escapes but not of per cent signs.
    /// For `[[POL-CHG-001#scope]]` it is `POL-CHG-001#scope`.
    pub target: Excerpt,
    /// The text between the brackets, or an image's alternative text. Empty for `[[ID]]`, which takes the
    /// document's title.
    pub text: Box<str>,
    /// The title after the destination; empty when there is none.
    pub title: Box<str>,
    /// How large an image is shown, when its author says so.
    pub size: Size,
    /// Place of the whole link.
    pub span: Span,
    /// Place of the destination within it, or of the whole link where that is not known.
    pub target_span: Span,
    /// Whether it is a part of what the text says: not struck out, in a heading, in the head of a table or in a footnote.
    pub(crate) said: bool,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`, by reference, `<https://…>`, or a bare `https://…` in running text.
    Inline,
    /// `![alt](target)`.
    Image,
    /// `[[ID]]` or `[[ID|text]]`.
    Wiki,
    /// `<a href="…">` in raw HTML; removed from the page, checked all the same.
    RawLink,
    /// `<img src="…">` in raw HTML; removed from the page, checked all the same.
    RawImage,
}

impl Link {
    /// Whether it shows a picture rather than leading somewhere.
    pub fn is_image(&self) -> bool {
        matches!(self.form, LinkForm::Image | LinkForm::RawImage)
    }
}

/// A clause mentioned in running text; its standard may be one that the handbook does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The clause as written.
    pub clause: ClauseRef,
    /// Place of the number.
    pub span: Span,
    /// Where the number begins in [`Words::text`](super::super::Words::text).
    pub(crate) at: u32,
    /// What it belongs to, as far as it has no prefix.
    pub(crate) belonging: Belonging,
}

/// What a mention belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Belonging {
    /// The handbook's main standard, or the one that its prefix names.
    Main,
    /// The standard with this designation, such as `ISO/IEC 27001:2022`.
    Named(String),
    /// A contract, a law, or another document.
    Foreign,
}

/// How large an image is shown, in pixels or per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: Option<Length>,
    /// Height.
    pub height: Option<Length>,
}

/// A length as written: one to four digits, and `%` at most.
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
    /// Whether nothing of a picture of this size can be seen.
    pub(crate) fn is_nothing(&self) -> bool {
        let is_zero =
            |length: &Length| length.digits.iter().take(usize::from(length.count)).all(|digit| *digit == b'0');
        [self.width, self.height].iter().flatten().any(is_zero)
    }

    /// Reads one attribute; false when it says nothing about size that can be used.
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
