//! The documents of the register in order, and the number in each state.

use std::collections::BTreeMap;

use super::layout;
use super::model::{State, StateTally, Tally};
use crate::assess::Assessed;
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

/// The name of the list of all documents in the data for later days.
pub(super) const ALL_DOCUMENTS: &str = "states/all";

/// The list of the documents in a state.
pub(super) fn state_path(state: State) -> SitePath {
    layout::own_path(&format!("states/{}.html", state.as_str()))
}

/// Data shared by all parts of the register.
#[derive(Debug)]
pub(crate) struct Register {
    /// All controlled documents, by ID.
    pub(crate) documents: Vec<DocumentIndex>,
    /// The number of documents in each state.
    pub(crate) tally: Tally,
}

impl Register {
    /// Sorts and counts the documents.
    pub(super) fn new(assessed: Assessed<'_>) -> Register {
        let handbook = &assessed.reading.handbook;
        let mut documents: Vec<DocumentIndex> = handbook.controlled().map(|(index, _)| index).collect();
        documents.sort_by_key(|index| (handbook.document(*index).id(), *index));
        let tally = tally_states(assessed, ALL_DOCUMENTS, documents.iter().copied());
        Register { documents, tally }
    }
}

/// Counts the documents in each state that occurs, those in force first; pages have no state. `list` is the name of the
/// list in the data for later days.
pub(super) fn tally_states(
    assessed: Assessed<'_>,
    list: &str,
    documents: impl Iterator<Item = DocumentIndex>,
) -> Tally {
    if !assessed.reading.settings.shows_figures() {
        return Tally::default();
    }
    let mut counts = BTreeMap::<State, usize>::new();
    let controlled = documents.filter(|index| assessed.reading.handbook.document(*index).id().is_some());
    controlled.for_each(|index| *counts.entry(assessed.assessment.state(index)).or_default() += 1);
    let every = State::ALL.map(|state| counts.get(&state).copied().unwrap_or_default().to_string()).join(",");
    let states = counts.into_iter().rev().map(|(state, count)| StateTally { state, count }).collect();
    Tally { of: list.to_owned(), states, counts: every }
}
