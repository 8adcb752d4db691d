//! Strings that are part of a source text.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use memchr::memmem;

use crate::place::{SourceText, Span};

/// A string that is stored as a range of its source, if it appears there unchanged.
#[derive(Clone)]
pub struct Excerpt(ExcerptText);

#[derive(Clone)]
enum ExcerptText {
    Own(Box<str>),
    /// A range of a source text.
    Part(Arc<SourceText>, Span),
}

impl Excerpt {
    /// The text.
    pub fn as_str(&self) -> &str {
        self
    }

    /// Refers to the source instead, if the string appears there within `span`.
    pub(super) fn find_in(&mut self, source: &Arc<SourceText>, span: Span) {
        let offset = match (&self.0, source.as_str().get(span.start as usize..span.end as usize)) {
            (ExcerptText::Own(text), Some(written)) if !text.is_empty() => find(written, text),
            _ => None,
        };
        if let Some(at) = offset {
            let start = span.start as usize + at;
            self.0 = ExcerptText::Part(source.clone(), Span::from(start..start + self.len()));
        }
    }
}

/// The offset of a string in a text. Its first line is searched for on its own: preparing the search for a long string
/// costs more than the search.
fn find(text: &str, string: &str) -> Option<usize> {
    let line = string.split('\n').next().filter(|line| !line.is_empty());
    let at = memmem::find(text.as_bytes(), line.unwrap_or(string).as_bytes())?;
    if text[at..].starts_with(string) { Some(at) } else { memmem::find(text.as_bytes(), string.as_bytes()) }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            ExcerptText::Own(text) => text,
            // The range was set where the same text was found.
            ExcerptText::Part(source, span) => &source.as_str()[span.start as usize..span.end as usize],
        }
    }
}

impl Default for Excerpt {
    fn default() -> Excerpt {
        Excerpt::from("")
    }
}

impl From<&str> for Excerpt {
    fn from(text: &str) -> Excerpt {
        Excerpt(ExcerptText::Own(text.into()))
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Excerpt {
        Excerpt(ExcerptText::Own(text.into()))
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Excerpt) -> bool {
        **self == **other
    }
}

impl Eq for Excerpt {}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str, source: &str, span: Span) -> (Excerpt, bool) {
        let mut excerpt = Excerpt::from(text);
        excerpt.find_in(&Arc::new(SourceText::new("a.md", source)), span);
        let is_part = matches!(excerpt.0, ExcerptText::Part(..));
        (excerpt, is_part)
    }

    #[test]
    fn excerpts_share_the_source_text() {
        let source = "## Zweck der Prüfung {#a}\n\nScope\n";
        let all = Span::from(0..source.len());
        for (text, span, is_part) in [
            ("Zweck der Prüfung", all, true),
            ("Scope", all, true),
            ("Scope", Span::from(0..20), false),
            ("Zweck der *Prüfung*", all, false),
            ("", all, false),
            // Not a range of the text: it ends beyond the text, or inside a character.
            ("Zweck", Span::from(0..source.len() + 1), false),
            ("Pr", Span::from(0..16), false),
        ] {
            let (excerpt, found) = found(text, source, span);
            assert_eq!((excerpt.as_str(), found), (text, is_part), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_changed(text in "[abé\n]{0,6}", source in "[abé\r\n]{0,30}", start in 0_u32..40, end in 0_u32..40) {
            let (excerpt, _) = found(&text, &source, Span { start, end });
            prop_assert_eq!(excerpt.as_str(), text);
        }
    }
}
