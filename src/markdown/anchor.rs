//! Unique anchors for headings, made as on GitHub.

use std::collections::HashMap;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use crate::place::Span;

/// The anchors of one text, all of which are distinct.
#[derive(Default)]
pub(super) struct Anchors {
    /// Every anchor assigned so far, with the number of times it was requested again.
    counts: HashMap<String, u32>,
}

impl Anchors {
    /// Returns the anchor as requested, or with a number appended if it is taken.
    pub(super) fn unique(&mut self, requested: &str) -> String {
        let Some(mut times) = self.counts.get(requested).copied() else {
            self.counts.insert(requested.to_owned(), 0);
            return requested.to_owned();
        };
        loop {
            times += 1;
            let candidate = format!("{requested}-{times}");
            if !self.counts.contains_key(&candidate) {
                self.counts.insert(requested.to_owned(), times);
                self.counts.insert(candidate.clone(), 0);
                return candidate;
            }
        }
    }
}

/// An anchor set by a tag of raw HTML.
pub(super) struct RawAnchor {
    /// The anchor as the author chose it.
    pub(crate) requested: String,
    /// Place of the attribute.
    pub(crate) span: Span,
    /// Length of the running text at the tag.
    pub(crate) text: u32,
    /// Whether the anchor is derived from the text of a heading instead of chosen by the author.
    pub(crate) is_generated: bool,
    /// The anchor assigned; `None` if another element already has it.
    pub(crate) id: Option<String>,
}

/// Derives an anchor from the text of a heading, as GitHub does: lower case, hyphens for spaces, no punctuation.
///
/// A heading of punctuation alone gives `section`, because an anchor must not be empty.
pub(crate) fn slug(text: &str) -> String {
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    let slug: String = lower.chars().filter_map(slug_char).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn slug_char(c: char) -> Option<char> {
    match c {
        ' ' => Some('-'),
        '-' | '_' | 'a'..='z' | '0'..='9' => Some(c),
        _ if c.is_ascii() => None,
        _ if c.is_alphabetic() || is_mark_or_digit(c) => Some(c),
        _ => None,
    }
}

/// GitHub keeps the characters that Unicode counts as part of a word: letters, marks, decimal digits and connecting
/// punctuation.
fn is_mark_or_digit(c: char) -> bool {
    use GeneralCategory::{ConnectorPunctuation, DecimalNumber, EnclosingMark, NonspacingMark, SpacingMark};
    matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        NonspacingMark | SpacingMark | EnclosingMark | DecimalNumber | ConnectorPunctuation
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        for (text, expected) in [
            ("Scope and purpose", "scope-and-purpose"),
            ("8.6.1 Incident management", "861-incident-management"),
            ("Roles & responsibilities", "roles--responsibilities"),
            ("What's new?", "whats-new"),
            ("snake_case – and dash", "snake_case--and-dash"),
            ("Über die Prüfung", "über-die-prüfung"),
            ("変更管理", "変更管理"),
            ("x² and ½", "x-and-"),
            ("⚠️ Warning", "\u{fe0f}-warning"),
            ("नीति", "नीति"),
            ("!!!", "section"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn a_second_heading_of_one_name_gets_a_number() {
        let mut anchors = Anchors::default();
        let given: Vec<String> = ["a", "a", "a-1", "a", "b"].iter().map(|wanted| anchors.unique(wanted)).collect();
        assert_eq!(given, ["a", "a-1", "a-1-1", "a-2", "b"]);
    }
}
