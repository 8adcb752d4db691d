//! The documents of the register in their order, and how many are in each state.

use std::collections::BTreeMap;

use super::model::{State, StateTally};
use crate::assess::Assessed;
use crate::handbook::DocumentIndex;

/// What all parts of the register show of the whole.
#[derive(Debug)]
pub(crate) struct Register {
    /// Every controlled document, by id.
    pub(crate) documents: Vec<DocumentIndex>,
    /// How many of them are in each state.
    pub(crate) states: Vec<StateTally>,
}

impl Register {
    /// Puts the documents in order and counts them.
    pub(super) fn of(assessed: Assessed<'_>) -> Register {
        let handbook = &assessed.reading.handbook;
        let mut documents: Vec<DocumentIndex> = handbook.controlled().map(|(index, _)| index).collect();
        documents.sort_by_key(|index| (handbook.document(*index).id(), *index));
        let states = tally(assessed, documents.iter().copied());
        Register { documents, states }
    }
}

/// How many documents are in each state that occurs, those in force first; a page has no state.
pub(super) fn tally(assessed: Assessed<'_>, documents: impl Iterator<Item = DocumentIndex>) -> Vec<StateTally> {
    let mut counts = BTreeMap::<State, usize>::new();
    let controlled = documents.filter(|index| assessed.reading.handbook.document(*index).id().is_some());
    controlled.for_each(|index| *counts.entry(assessed.assessment.state(index)).or_default() += 1);
    counts.into_iter().rev().map(|(state, count)| StateTally { state, count }).collect()
}
