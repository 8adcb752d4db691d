//! A row of a table of entries, actions or decisions.

use crate::assess::EntryLife;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::register::{Action, Indicator, Objective, Record};
use crate::site::portal::Portal;

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct TableRow<'a> {
    pub(super) index: EntryIndex,
    pub(super) placed_entry: &'a PlacedEntry,
    pub(super) life: EntryLife,
    /// The action or decision that the row shows; `None` if it shows the entry itself.
    pub(super) action: Option<Action<'a>>,
}

impl TableRow<'_> {
    /// The fields that the row shows.
    pub(super) fn record(&self) -> &Record {
        self.action.map_or(&self.placed_entry.entry.record, |action| action.record)
    }
}

/// The indicator that measures an objective.
pub(super) fn indicator_of<'a>(portal: &Portal<'a>, row: &TableRow<'a>) -> Option<Indicator<'a>> {
    Objective::from_entry(&row.placed_entry.entry)
        .and_then(|objective| crate::assess::find_indicator(portal.reading, objective))
}
