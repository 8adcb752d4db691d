//! What documents say of their own changes.

use std::cmp::Reverse;

use super::portal::Portal;
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::source::front_matter::Change;

/// An entry of a document's revision history that says when.
pub(super) struct DatedChange<'a> {
    /// The day.
    pub(crate) on: Date,
    /// The document.
    pub(crate) document: DocumentIndex,
    /// The entry's rank in its revision history.
    pub(crate) rank: usize,
    /// The entry.
    pub(crate) change: &'a Change,
}

/// All changes up to the day that is assessed, the newest first.
pub(super) fn newest<'a>(portal: &Portal<'a>) -> Vec<DatedChange<'a>> {
    let as_of = portal.assessment.clock.as_of;
    let mut list: Vec<(Reverse<Date>, DocumentIndex, Reverse<usize>, &Change)> = Vec::new();
    for (document, facts) in portal.reading.handbook.controlled() {
        let changes = facts.front().map_or(&[][..], |front| &front.changes);
        let dated = changes
            .iter()
            .enumerate()
            .filter_map(|(at, change)| Some((Reverse(change.on.as_ref()?.value), document, Reverse(at), change)));
        list.extend(dated.filter(|(on, ..)| on.0 <= as_of));
    }
    list.sort_by_key(|(on, document, at, _)| (*on, *document, *at));
    list.into_iter()
        .map(|(on, document, rank, change)| DatedChange { on: on.0, document, rank: rank.0, change })
        .collect()
}

/// Entries of revision histories that do not say when, by document, each with its rank in its history.
pub(super) fn undated(portal: &Portal<'_>) -> Vec<(DocumentIndex, usize)> {
    let of = |(index, document): (DocumentIndex, &'_ crate::handbook::Document)| {
        let changes = document.front().map_or(&[][..], |front| &front.changes);
        let undated = changes.iter().enumerate().filter(|(_, change)| change.on.is_none());
        undated.map(|(rank, _)| (index, rank)).collect::<Vec<_>>()
    };
    portal.reading.handbook.controlled().flat_map(of).collect()
}
