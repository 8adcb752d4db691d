//! Two readings of one handbook, such as two of its revisions.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Project, Refusal, parse_file};
use crate::config::Settings;
use crate::handbook::{ParsedFile, Reading};
use crate::place::SourceText;
use crate::source::{self, Entry, Vocabulary};

impl Project {
    /// Reads everything beside another reading of the same handbook, such as another revision of it: a text that both have is
    /// parsed once. It is read to be judged, without HTML.
    pub(crate) fn read_beside(&self, skipped: &[PathBuf], other: &Reading) -> Result<Reading, Refusal> {
        let (_, settings) = self.settings()?;
        let same = |one: &SourceText, text: &SourceText| one.path() == text.path() && one.as_str() == text.as_str();
        let is_alike = other.sources.iter().any(|text| same(text, &settings));
        let files = other.handbook.documents.iter().filter(|_| is_alike).map(|document| &document.file);
        let known: HashMap<&str, &Arc<ParsedFile>> = files.map(|file| (&**file.path(), file)).collect();
        let read = |entry: &Entry, settings: &Settings, vocabulary: &Vocabulary| {
            let text = source::read_text(entry)?;
            let are_same = |file: &&&Arc<ParsedFile>| settings.documents.includes.are(&file.body.included.files);
            match known.get(&*entry.path).filter(|file| same(&file.source, &text)).filter(are_same) {
                Some(file) => Ok(Arc::clone(file)),
                None => Ok(Arc::new(parse_file(text, settings, vocabulary).without_html())),
            }
        };
        self.gather(skipped, read)?.assemble(Some(other))
    }
}
