//! Access to past texts in an edition, determined by the rules of their time and by today's.

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

/// Decides which past texts are shown.
pub(super) struct TextAccess<'a> {
    reading: &'a Reading,
    /// Today's terms.
    current_terms: AccessTerms,
    past_settings: Option<PastSettings>,
    /// The terms in commits, or `None` if they are not known.
    terms_by_commit: HashMap<ObjectName, Option<AccessTerms>>,
}

/// The settings that decide who may see a text.
struct AccessTerms {
    settings: Settings,
    vocabulary: Vocabulary,
}

impl AccessTerms {
    /// Creates terms from settings. Includes are cleared, because files that a past text inserted may differ from
    /// today's.
    fn new(settings: Settings) -> AccessTerms {
        let mut settings = settings;
        settings.documents.includes = Includes::default();
        AccessTerms { vocabulary: settings.vocabulary(), settings }
    }

    /// Applies today's edition and classification levels.
    fn with_edition_of(mut self, today: &Settings) -> AccessTerms {
        self.settings.edition.clone_from(&today.edition);
        self.settings.classifications.clone_from(&today.classifications);
        self
    }

    fn parse(&self, past: &PastText) -> ParsedFile {
        parse_file(SourceText::new(past.file.clone(), &past.text), &self.settings, &self.vocabulary)
    }
}

impl<'a> TextAccess<'a> {
    /// Creates it for a handbook in a folder. If everything is shown, git is not used.
    pub(super) fn new(handbook: &Path, reading: &'a Reading) -> TextAccess<'a> {
        let then = reading.settings.edition.as_ref().and_then(|_| PastSettings::new(handbook));
        TextAccess {
            reading,
            current_terms: AccessTerms::new(reading.settings.clone()),
            past_settings: then,
            terms_by_commit: HashMap::new(),
        }
    }

    /// Returns a text as parsed today, if this edition may show it and every other text that the version ever had, both
    /// by the terms of their commits and by today's: raising the classification of a version applies to all its texts.
    pub(super) fn visible_text(&mut self, proved: &ProvedText) -> Option<Arc<ParsedFile>> {
        let past = proved.past();
        let file = self.current_terms.parse(&past);
        let is_shown = self.may_show(&self.current_terms.settings, &file) && self.was_shown(&past);
        let mut others = proved.all_texts.iter().filter(|other| **other != past);
        let are_shown = is_shown && others.all(|other| self.is_shown(other));
        are_shown.then(|| Arc::new(file))
    }

    fn is_shown(&mut self, past: &PastText) -> bool {
        let file = self.current_terms.parse(past);
        self.may_show(&self.current_terms.settings, &file) && self.was_shown(past)
    }

    fn may_show(&self, settings: &Settings, file: &ParsedFile) -> bool {
        is_shown(settings, &self.reading.handbook.registers.known_parties, file)
    }

    /// Whether the edition would have shown a text in its commit. If the terms of that commit are not known, the text
    /// must state its level itself, in today's vocabulary.
    fn was_shown(&mut self, past: &PastText) -> bool {
        let today = &self.reading.settings;
        if today.edition.is_none() {
            return true;
        }
        let TextAccess { terms_by_commit, past_settings: then, .. } = self;
        let terms = terms_by_commit.entry(past.commit.clone()).or_insert_with(|| {
            let terms = terms_at_commit(then.as_ref()?, &past.commit)?;
            Some(terms.with_edition_of(today))
        });
        if let Some(terms) = terms {
            let file = terms.parse(past);
            return is_shown(&terms.settings, &self.reading.handbook.registers.known_parties, &file);
        }
        let mut plain = Settings::default();
        plain.content.clone_from(&today.content);
        plain.classifications.clone_from(&today.classifications);
        let plain = AccessTerms::new(plain).with_edition_of(today);
        let file = plain.parse(past);
        let has_classification = file.front.as_ref().is_some_and(|front| front.classification.is_some());
        has_classification && self.may_show(&plain.settings, &file)
    }
}

/// The terms in a commit.
fn terms_at_commit(then: &PastSettings, commit: &ObjectName) -> Option<AccessTerms> {
    Some(AccessTerms::new(settings::read(&then.text(commit)?)?))
}
