//! The clauses and items that a new document is for, and its neighbouring documents.

use crate::assess::Assessed;
use crate::handbook::{Document, DocumentIndex};
use crate::id::{ClauseKey, ClauseRef, DocumentId, ItemKey, ItemRef};
use crate::standard::ResolveError;

/// Why a word is not a clause or item of the handbook's standards.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct ClauseOrItemError {
    message: String,
}

/// The term for items in messages.
const ITEM_TERM: &str = "item of documented information";

impl ClauseOrItemError {
    fn new(what: &str, word: &str, suggestion: Option<String>) -> ClauseOrItemError {
        let hint = match suggestion {
            Some(suggestion) => format!("; {suggestion}"),
            None if what == ITEM_TERM => {
                "; `clausebook new --missing` lists those that no document provides".to_owned()
            }
            None => String::new(),
        };
        ClauseOrItemError { message: format!("the standards of this handbook have no {what} `{word}`{hint}") }
    }
}

impl<'a> Assessed<'a> {
    /// The clause that a word names.
    pub(crate) fn clause(&self, word: &str) -> Result<ClauseKey, ClauseOrItemError> {
        let reference: ClauseRef = word.trim().parse().map_err(|_| ClauseOrItemError::new("clause", word, None))?;
        self.reading.standards.resolve(&reference).map_err(|error| {
            let suggestion = match error {
                ResolveError::Standard { nearest } => {
                    nearest.map(|id| format!("did you mean `{id}:{}`?", reference.clause))
                }
                ResolveError::Clause { nearest, .. } => {
                    self.reading.standards.suggest_clauses(&reference.clause, nearest)
                }
            };
            ClauseOrItemError::new("clause", word, suggestion)
        })
    }

    /// The item of documented information that a word names.
    pub(crate) fn item(&self, word: &str) -> Result<ItemKey, ClauseOrItemError> {
        let item_key = word.trim().parse::<ItemRef>().ok().and_then(|item| self.reading.standards.item(&item));
        let nearest = || self.reading.standards.nearest_item(word.trim());
        let suggestion = || nearest().map(|item| format!("did you mean `{item}`?"));
        item_key.ok_or_else(|| ClauseOrItemError::new(ITEM_TERM, word, suggestion()))
    }

    /// A clause as front matter refers to it: its number, with its standard unless that is the main one.
    pub(super) fn clause_text(&self, key: ClauseKey) -> String {
        let number = &self.reading.standards.clause(key).id;
        match self.reading.standards.main() {
            Some(main) if main == key.standard => number.to_string(),
            _ => format!("{}:{number}", self.reading.standards.catalogue(key.standard).id),
        }
    }

    /// The documents nearest to a clause: those that address it or a clause below it or provide an item of these, or
    /// otherwise the same for its parent clauses, up to its chapter.
    pub(super) fn neighbours(&self, key: ClauseKey) -> Vec<&'a Document> {
        let chapter = super::folder::chapter(&self.reading.standards, key);
        let above = std::iter::once(key).chain(self.reading.standards.ancestors(key));
        let mut last = false;
        let levels = above.take_while(|level| !std::mem::replace(&mut last, *level == chapter));
        let nearest_level = levels.map(|level| self.below(level)).find(|documents| !documents.is_empty());
        nearest_level.unwrap_or_default()
    }

    fn below(&self, level: ClauseKey) -> Vec<&'a Document> {
        let is_below =
            |key: ClauseKey| key == level || self.reading.standards.ancestors(key).any(|above| above == level);
        let answers = |document: &Document| {
            document.claims.iter().any(|claim| is_below(claim.clause))
                || document.provides.iter().any(|(item, _)| is_below(self.reading.standards.clause_of(*item)))
        };
        self.reading.handbook.controlled().map(|(_, document)| document).filter(|document| answers(document)).collect()
    }

    /// The document with an ID.
    pub(super) fn document(&self, id: &DocumentId) -> Option<DocumentIndex> {
        self.reading.handbook.lookup.by_id(id)
    }

    /// Whether an ID is in use, ignoring letter case, even by a document that this edition does not show.
    pub(super) fn is_taken(&self, id: &DocumentId) -> bool {
        let mut ids = self.reading.handbook.controlled().filter_map(|(_, document)| document.id());
        self.reading.handbook.lookup.is_withheld(id) || ids.any(|known_id| known_id.folded() == id.folded())
    }
}
