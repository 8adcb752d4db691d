//! The revision histories of documents.

use std::cmp::Reverse;

use super::portal::Portal;
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::source::front_matter::Change;

/// A dated entry of a document's revision history.
pub(super) struct DatedChange<'a> {
    /// The date of the entry.
    pub(crate) date: Date,
    /// The document.
    pub(crate) document: DocumentIndex,
    /// The position of the entry in its revision history.
    pub(crate) rank: usize,
    /// The entry.
    pub(crate) change: &'a Change,
}

/// All changes up to the build's day, newest first.
pub(super) fn newest<'a>(portal: &Portal<'a>) -> Vec<DatedChange<'a>> {
    let as_of = portal.assessment.clock.as_of;
    let mut list: Vec<(Reverse<Date>, DocumentIndex, Reverse<usize>, &Change)> = Vec::new();
    for (document, facts) in portal.reading.handbook.controlled() {
        let changes = facts.front().map_or(&[][..], |front| &front.changes);
        let dated = changes
            .iter()
            .enumerate()
            .filter_map(|(at, change)| Some((Reverse(change.date.as_ref()?.value), document, Reverse(at), change)));
        list.extend(dated.filter(|(on, ..)| on.0 <= as_of));
    }
    list.sort_by_key(|(on, document, at, _)| (*on, *document, *at));
    list.into_iter()
        .map(|(on, document, rank, change)| DatedChange { date: on.0, document, rank: rank.0, change })
        .collect()
}

/// Undated entries of revision histories: the document and the position in its history.
pub(super) fn undated(portal: &Portal<'_>) -> Vec<(DocumentIndex, usize)> {
    let of = |(index, document): (DocumentIndex, &'_ crate::handbook::Document)| {
        let changes = document.front().map_or(&[][..], |front| &front.changes);
        let undated = changes.iter().enumerate().filter(|(_, change)| change.date.is_none());
        undated.map(|(rank, _)| (index, rank)).collect::<Vec<_>>()
    };
    portal.reading.handbook.controlled().flat_map(of).collect()
}
