//! Earlier versions of documents, as far as they are known.
//!
//! An assessment does not read the repository: callers who want findings to say which words changed gather the earlier
//! texts first (`history::earlier_texts`) and pass them in. Without them the verdicts are the same, only less detailed.

use std::collections::HashMap;
use std::sync::Arc;

use super::DocumentIndex;
use crate::date::Date;

/// A file of the handbook as it was at the end of a given day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileOnDate {
    /// The file's path relative to the handbook's folder, as it is today.
    pub(crate) file: Arc<str>,
    /// The day.
    pub(crate) date: Date,
}

/// The result of looking up an earlier text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EarlierText {
    /// The whole content of the file.
    Text(String),
    /// The text is not known, for this reason: a clause without a full stop.
    Unknown(String),
}

/// The repository's evidence about the text that was approved as a document's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApprovedText {
    /// It is the current text.
    Same,
    /// It differs from the current text.
    Other {
        /// The date of the commit that introduced the approved text.
        on: Date,
        /// The lines that differ, each preceded by a line feed.
        words: String,
    },
    /// Nothing proves which text it was, but the first known text of the version, which names the same day of approval,
    /// differs from the current one.
    Edited {
        /// The date of the commit with the first known text.
        on: Date,
        /// The lines that differ, each preceded by a line feed.
        words: String,
        /// Why nothing proves which text was approved: a clause without a full stop.
        why: String,
    },
    /// It is the current text, but on this day, another text was approved as the same version.
    SecondOfVersion(Date),
    /// Nothing proves which text it was, for this reason: a clause without a full stop.
    Unknown(String),
    /// The handbook is not in a repository.
    NoRepository,
}

impl ApprovedText {
    /// Whether it is proved that another text was approved as the present version.
    pub(crate) fn is_other(&self) -> bool {
        matches!(self, ApprovedText::Other { .. } | ApprovedText::SecondOfVersion(_))
    }
}

/// Earlier versions of texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    texts: HashMap<FileOnDate, EarlierText>,
    approved: HashMap<DocumentIndex, ApprovedText>,
}

impl History {
    /// The earlier text; `None` if it was not requested.
    pub(crate) fn earlier_text(&self, moment: &FileOnDate) -> Option<&EarlierText> {
        self.texts.get(moment)
    }

    /// What is known of the approved text; `None` if it was not requested.
    pub(crate) fn approved(&self, document: DocumentIndex) -> Option<&ApprovedText> {
        self.approved.get(&document)
    }

    /// Adds what is known of approved texts.
    pub(crate) fn with_approved(self, approved: HashMap<DocumentIndex, ApprovedText>) -> History {
        History { approved, ..self }
    }
}

impl FromIterator<(FileOnDate, EarlierText)> for History {
    fn from_iter<I: IntoIterator<Item = (FileOnDate, EarlierText)>>(texts: I) -> History {
        History { texts: texts.into_iter().collect(), ..History::default() }
    }
}
