//! A handbook with everything that was read beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::Handbook;
use super::history::History;
use crate::config::Settings;
use crate::finding::Problem;
use crate::place::SourceText;
use crate::standard::Standards;

/// A handbook as read.
#[derive(Debug)]
pub struct Reading {
    /// The settings.
    pub settings: Settings,
    /// The standards that the settings name.
    pub(crate) standards: Standards,
    /// The handbook.
    pub(crate) handbook: Handbook,
    /// Problems that stand in no document.
    pub(crate) problems: Vec<Problem>,
    /// Where each asset is on this machine, by its path in the handbook.
    pub(crate) assets: BTreeMap<Arc<str>, PathBuf>,
    /// Texts of settings and catalogues, for showing lines.
    pub(crate) sources: Vec<Arc<SourceText>>,
    /// Earlier texts of documents; none unless they are gathered from a repository.
    pub(crate) history: History,
}

impl Reading {
    /// The text of a file that was read.
    pub(crate) fn text(&self, path: &str) -> Option<&SourceText> {
        let document = self.handbook.lookup.by_path(path).map(|index| &self.handbook.document(index).file.source);
        document.or_else(|| self.sources.iter().find(|text| **text.path() == *path)).map(|text| &**text)
    }

    /// The same with earlier texts of its documents.
    pub(crate) fn with_history(self, history: History) -> Reading {
        Reading { history, ..self }
    }

    /// The same with further texts of which findings show lines.
    pub(crate) fn with_texts(mut self, texts: Vec<Arc<SourceText>>) -> Reading {
        self.sources.extend(texts);
        self
    }
}
