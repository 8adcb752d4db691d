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
    list.into_iter().map(|(on, document, _, change)| DatedChange { on: on.0, document, change }).collect()
}

/// Entries of revision histories that do not say when, by document.
pub(super) fn undated<'a>(portal: &Portal<'a>) -> Vec<(DocumentIndex, &'a Change)> {
    let of = |(index, document): (DocumentIndex, &'a crate::handbook::Document)| {
        let changes = document.front().map_or(&[][..], |front| &front.changes);
        changes.iter().filter(|change| change.on.is_none()).map(move |change| (index, change))
    };
    portal.reading.handbook.controlled().flat_map(of).collect()
}
