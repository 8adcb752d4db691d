//! Two readings of the same handbook, for example of two revisions.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Project, ProjectRefusal, parse_file};
use crate::config::Settings;
use crate::handbook::{ParsedFile, Reading};
use crate::place::SourceText;
use crate::source::{self, HandbookFile, Vocabulary};

impl Project {
    /// Reads the handbook alongside another reading of it, for example of another revision: a text that both share is
    /// parsed once. It is read for an assessment, without HTML.
    pub(crate) fn read_alongside(&self, skipped: &[PathBuf], other: &Reading) -> Result<Reading, ProjectRefusal> {
        let (_, settings) = self.settings()?;
        let same = |old_text: &SourceText, text: &SourceText| {
            old_text.path() == text.path() && old_text.as_str() == text.as_str()
        };
        let is_alike = other.sources.iter().any(|text| same(text, &settings));
        let parsed_files = if is_alike { parsed_by_path(other) } else { HashMap::new() };
        let read = |entry: &HandbookFile, settings: &Settings, vocabulary: &Vocabulary| {
            let text = source::read_text(entry)?;
            let are_same =
                |file: &&&Arc<ParsedFile>| settings.documents.includes.are_unchanged(&file.body.included.files);
            match parsed_files.get(&*entry.path).filter(|file| same(&file.source, &text)).filter(are_same) {
                Some(file) => Ok(Arc::clone(file)),
                None => Ok(Arc::new(parse_file(text, settings, vocabulary).without_html())),
            }
        };
        self.gather(skipped, read)?.assemble(Some(other))
    }

    /// Reads a variant of `other`, the handbook in this folder, in which some files have other texts, given by path:
    /// only these are parsed. No document may include one of them.
    pub(crate) fn read_with_texts(
        &self,
        skipped: &[PathBuf],
        other: &Reading,
        texts: &HashMap<String, String>,
    ) -> Result<Reading, ProjectRefusal> {
        let parsed_files = parsed_by_path(other);
        let read = |entry: &HandbookFile, settings: &Settings, vocabulary: &Vocabulary| {
            let parse = |text| Ok(Arc::new(parse_file(text, settings, vocabulary).without_html()));
            match (texts.get(&*entry.path), parsed_files.get(&*entry.path)) {
                (Some(text), _) => parse(SourceText::new(entry.path.clone(), text)),
                (None, Some(file)) => Ok(Arc::clone(file)),
                (None, None) => parse(source::read_text(entry)?),
            }
        };
        self.gather(skipped, read)?.assemble(Some(other))
    }
}

/// The parsed files of a reading, by path.
fn parsed_by_path(reading: &Reading) -> HashMap<&str, &Arc<ParsedFile>> {
    let files = reading.handbook.documents.iter().map(|document| &document.file);
    files.map(|file| (&**file.path(), file)).collect()
}
