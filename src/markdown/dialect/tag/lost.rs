//! Detects words for readers in tags that their replacement does not show.

use std::ops::Range;

use super::parse::{Attribute, Tag};
use super::replacement::{TagReplacement, escape_text};

/// Attributes whose values are settings, even if they consist of several words.
const SETTINGS: [&str; 12] =
    ["class", "classname", "style", "id", "icon", "size", "sizes", "options", "attr", "color", "cols", "permalink"];

/// The attributes of a tag with words for readers that the replacement does not show; `has_content` says whether the
/// tag has content.
pub(super) fn find_lost_attributes(
    tag: &Tag<'_>,
    has_content: bool,
    replacement: &TagReplacement,
) -> Vec<Range<usize>> {
    let shown_texts = shown_words(has_content, replacement);
    let is_lost = |attribute: &&Attribute<'_>| {
        let value = escape_text(attribute.value);
        let is_shown = || shown_texts.iter().any(|words| words.contains(value.replace("\\*", "").as_str()));
        !attribute.is_code
            && is_for_readers(attribute)
            && !shown_texts.iter().any(|words| words.contains(&value))
            && !is_shown()
    };
    tag.attributes.iter().filter(is_lost).map(|attribute| attribute.range.clone()).collect()
}

/// The words that a replacement shows.
fn shown_words(has_content: bool, replacement: &TagReplacement) -> Vec<&str> {
    match replacement {
        TagReplacement::Alert(_, title) | TagReplacement::Wrap(title) => title.as_deref().into_iter().collect(),
        TagReplacement::Link(..) if has_content => Vec::new(),
        TagReplacement::Link(_, title, explains) => title.as_deref().into_iter().chain(explains.as_deref()).collect(),
        TagReplacement::Image(_, alternative, caption) => {
            std::iter::once(alternative.as_str()).chain(caption.as_deref()).collect()
        }
        TagReplacement::Code(_) | TagReplacement::Invisible => Vec::new(),
    }
}

/// Whether a value has enough words to be addressed to readers.
fn is_for_readers(attribute: &Attribute<'_>) -> bool {
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'))
    };
    let words: Vec<&str> = attribute.value.split_whitespace().filter(is_word).collect();
    let name = attribute.name.to_ascii_lowercase();
    let is_setting = SETTINGS.contains(&name.as_str()) || name.starts_with("data");
    let min_words = if name == "footer" { 1 } else { 2 };
    !is_setting && words.len() >= min_words && words.iter().any(|word| word.chars().count() > 2)
}
