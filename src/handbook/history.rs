//! Texts of documents as they were on earlier days, as far as anybody could tell.
//!
//! An assessment reads no repository: whoever wants findings to say which words changed gathers the texts before
//! (`history::earlier_texts`) and hands them in. Without them nothing is judged otherwise, only told in less detail.

use std::collections::HashMap;
use std::sync::Arc;

use super::DocumentIndex;
use crate::date::Date;

/// A text that is asked for: a file of the handbook as it was at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileOnDate {
    /// The file's path relative to the handbook's folder, as it is today.
    pub(crate) file: Arc<str>,
    /// The day.
    pub(crate) on: Date,
}

/// What became of asking for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EarlierText {
    /// The whole file as it was.
    Text(String),
    /// It cannot be told, for this reason: half a sentence, without a full stop.
    Unknown(String),
}

/// What the repository says of the text that was approved as a document's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApprovedText {
    /// It is the text of today.
    Same,
    /// It is another one, which a commit of this day brought; `words` are the lines that show what differs.
    Other {
        /// The day of the commit.
        on: Date,
        /// What differs, each line with a line feed before it.
        words: String,
    },
    /// Nothing proves which text it was, for this reason: half a sentence, without a full stop.
    Unknown(String),
    /// The handbook is in no repository.
    NoRepository,
}

/// Texts as they were on earlier days.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    texts: HashMap<FileOnDate, EarlierText>,
    approved: HashMap<DocumentIndex, ApprovedText>,
}

impl History {
    /// What is known of a text; nothing when nobody asked for it.
    pub(crate) fn at(&self, moment: &FileOnDate) -> Option<&EarlierText> {
        self.texts.get(moment)
    }

    /// What is known of the text that was approved; nothing when nobody asked.
    pub(crate) fn approved(&self, document: DocumentIndex) -> Option<&ApprovedText> {
        self.approved.get(&document)
    }

    /// The same with what is known of approved texts.
    pub(crate) fn with_approved(self, approved: HashMap<DocumentIndex, ApprovedText>) -> History {
        History { approved, ..self }
    }
}

impl FromIterator<(FileOnDate, EarlierText)> for History {
    fn from_iter<I: IntoIterator<Item = (FileOnDate, EarlierText)>>(texts: I) -> History {
        History { texts: texts.into_iter().collect(), ..History::default() }
    }
}
