//! Whether readers of an edition may see texts of the past: by what was said of them then, and by what is said today.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::settings;
use crate::config::Settings;
use crate::git::ObjectName;
use crate::handbook::{ParsedFile, Reading, is_shown};
use crate::history::{PastSettings, PastText, ProvedText};
use crate::place::SourceText;
use crate::project::parse_file;
use crate::source::{Includes, Vocabulary};

/// Settles which texts of the past are shown.
pub(super) struct TextAccess<'a> {
    reading: &'a Reading,
    /// The settings of today.
    today: AccessTerms,
    then: Option<PastSettings>,
    /// What held in commits; nothing where that cannot be known.
    known: HashMap<ObjectName, Option<AccessTerms>>,
}

/// What decides who may see a text.
struct AccessTerms {
    settings: Settings,
    vocabulary: Vocabulary,
}

impl AccessTerms {
    /// Those of some settings; files that a text of the past inserted are not those of today.
    fn of(settings: Settings) -> AccessTerms {
        let mut settings = settings;
        settings.documents.includes = Includes::default();
        AccessTerms { vocabulary: settings.vocabulary(), settings }
    }

    /// The same with the edition of today, and with its levels.
    fn in_edition_of(mut self, today: &Settings) -> AccessTerms {
        self.settings.edition.clone_from(&today.edition);
        self.settings.classifications.clone_from(&today.classifications);
        self
    }

    fn parse(&self, past: &PastText) -> ParsedFile {
        parse_file(SourceText::new(past.file.clone(), &past.text), &self.settings, &self.vocabulary)
    }
}

impl<'a> TextAccess<'a> {
    /// For a handbook that is read from a folder. Where everything is shown, git is not asked.
    pub(super) fn new(handbook: &Path, reading: &'a Reading) -> TextAccess<'a> {
        let then = reading.settings.edition.as_ref().and_then(|_| PastSettings::of(handbook));
        TextAccess { reading, today: AccessTerms::of(reading.settings.clone()), then, known: HashMap::new() }
    }

    /// A text as it is read today, when this edition may show it, and every other text that the version ever had, by what
    /// held in their commits and by what holds now: who raises the classification of a version means all of its texts.
    pub(super) fn shown(&mut self, proved: &ProvedText) -> Option<Arc<ParsedFile>> {
        let past = proved.past();
        let file = self.today.parse(&past);
        let is_shown = self.shows(&self.today.settings, &file) && self.was_shown(&past);
        let mut others = proved.of_version.iter().filter(|other| **other != past);
        let are_shown = is_shown && others.all(|other| self.is_shown(other));
        are_shown.then(|| Arc::new(file))
    }

    fn is_shown(&mut self, past: &PastText) -> bool {
        let file = self.today.parse(past);
        self.shows(&self.today.settings, &file) && self.was_shown(past)
    }

    fn shows(&self, settings: &Settings, file: &ParsedFile) -> bool {
        is_shown(settings, &self.reading.handbook.registers.known, file)
    }

    /// Whether the edition would have shown it in its commit. Where nobody knows what held there, it has to say its level
    /// itself, in the words of today.
    fn was_shown(&mut self, past: &PastText) -> bool {
        let today = &self.reading.settings;
        if today.edition.is_none() {
            return true;
        }
        let TextAccess { known, then, .. } = self;
        let terms = known.entry(past.commit.clone()).or_insert_with(|| {
            let terms = terms(then.as_ref()?, &past.commit)?;
            Some(terms.in_edition_of(today))
        });
        if let Some(terms) = terms {
            let file = terms.parse(past);
            return is_shown(&terms.settings, &self.reading.handbook.registers.known, &file);
        }
        let mut plain = Settings::default();
        plain.content.clone_from(&today.content);
        plain.classifications.clone_from(&today.classifications);
        let plain = AccessTerms::of(plain).in_edition_of(today);
        let file = plain.parse(past);
        let says = file.front.as_ref().is_some_and(|front| front.classification.is_some());
        says && self.shows(&plain.settings, &file)
    }
}

/// What held in a commit.
fn terms(then: &PastSettings, commit: &ObjectName) -> Option<AccessTerms> {
    Some(AccessTerms::of(settings::read(&then.text(commit)?)?))
}
