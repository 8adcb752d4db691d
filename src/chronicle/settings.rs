//! Past settings, and how they read front matter.

use std::sync::Arc;

use crate::config::{self, SETTINGS_FILE, Settings};
use crate::history::FrontReading;
use crate::place::SourceText;
use crate::rules;

/// Parses settings, or returns `None` if anything in them is invalid.
pub(super) fn read(text: &str) -> Option<Settings> {
    config::read(&Arc::new(SourceText::new(SETTINGS_FILE, text)), &rules::rule_ids()).ok()
}

/// How settings read front matter.
pub(crate) fn front_reading(settings: &Settings) -> FrontReading {
    let vocabulary = settings.vocabulary();
    let main_standard = settings.standards.first().map(|standard| standard.value.clone());
    FrontReading { terms: vocabulary.cache_key(), vocabulary, main_standard }
}

/// Returns [`front_reading`] for unparsed settings, unless they are invalid.
pub(crate) fn front_reading_of(text: &str) -> Option<FrontReading> {
    Some(front_reading(&read(text)?))
}

/// How settings read front matter and decide who may see a text.
pub(super) fn edition_reading(settings: &Settings) -> FrontReading {
    let Settings { content, classifications, defaults, .. } = settings;
    let front = front_reading(settings);
    FrontReading { terms: format!("{} {content:?} {classifications:?} {defaults:?}", front.terms), ..front }
}

/// Returns [`edition_reading`] for unparsed settings, unless they are invalid.
pub(super) fn edition_reading_of(text: &str) -> Option<FrontReading> {
    Some(edition_reading(&read(text)?))
}
