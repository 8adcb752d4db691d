//! The documents of the register in their order, and how many are in each state.

use std::collections::BTreeMap;

use super::layout;
use super::model::{State, StateTally, Tally};
use crate::assess::Assessed;
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

/// The list of all documents, as later counts of it are told apart.
pub(super) const ALL_DOCUMENTS: &str = "states/all";

/// The list of the documents in a state.
pub(super) fn state_path(state: State) -> SitePath {
    layout::own(&format!("states/{}.html", state.as_str()))
}

/// What all parts of the register show of the whole.
#[derive(Debug)]
pub(crate) struct Register {
    /// Every controlled document, by id.
    pub(crate) documents: Vec<DocumentIndex>,
    /// How many of them are in each state.
    pub(crate) tally: Tally,
}

impl Register {
    /// Puts the documents in order and counts them.
    pub(super) fn of(assessed: Assessed<'_>) -> Register {
        let handbook = &assessed.reading.handbook;
        let mut documents: Vec<DocumentIndex> = handbook.controlled().map(|(index, _)| index).collect();
        documents.sort_by_key(|index| (handbook.document(*index).id(), *index));
        let tally = tally(assessed, ALL_DOCUMENTS, documents.iter().copied());
        Register { documents, tally }
    }
}

/// How many documents are in each state that occurs, those in force first; a page has no state.
/// `of` tells the list from others.
pub(super) fn tally(assessed: Assessed<'_>, of: &str, documents: impl Iterator<Item = DocumentIndex>) -> Tally {
    if !assessed.reading.settings.shows_figures() {
        return Tally::default();
    }
    let mut counts = BTreeMap::<State, usize>::new();
    let controlled = documents.filter(|index| assessed.reading.handbook.document(*index).id().is_some());
    controlled.for_each(|index| *counts.entry(assessed.assessment.state(index)).or_default() += 1);
    let every = State::ALL.map(|state| counts.get(&state).copied().unwrap_or_default().to_string()).join(",");
    let states = counts.into_iter().rev().map(|(state, count)| StateTally { state, count }).collect();
    Tally { of: of.to_owned(), states, counts: every }
}
