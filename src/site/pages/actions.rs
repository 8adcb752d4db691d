//! Every action and decision of every entry.

use std::collections::BTreeMap;

use super::entry_grids::{action_grid, action_mark, action_rank, action_row};
use crate::handbook::EntryIndex;
use crate::register::{Action, KINDS, Kind};
use crate::site::frames::Part;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Count, EntriesPage, Frame, Mark};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// A part of the list has at most this many actions.
const MAX_ACTIONS: usize = 200;

/// The list, in parts where it is long; none where there is no register.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    if portal.reading.handbook.registers.files.is_empty() {
        return Vec::new();
    }
    let parts = Part::split(sorted(portal).len(), MAX_ACTIONS);
    parts.into_iter().map(|part| Job::page(part.path(&path()), move |portal| page(portal, &part))).collect()
}

/// Where the list begins.
fn path() -> SitePath {
    layout::own("actions.html")
}

/// Every action with its entry, what is late first.
pub(super) fn sorted<'a>(portal: &Portal<'a>) -> Vec<(EntryIndex, Action<'a>)> {
    let as_of = portal.assessment.clock.as_of;
    let is_known = |(index, _): &(EntryIndex, &crate::handbook::PlacedEntry)| portal.assessment.entry(*index).is_some();
    let entries = portal.reading.handbook.registers.indexed().filter(is_known);
    let mut actions: Vec<(EntryIndex, Action<'a>)> =
        entries.flat_map(|(index, placed)| placed.entry.actions().map(move |action| (index, action))).collect();
    actions.sort_by_key(|(index, action)| (action_rank(as_of, *action), *index, action.number));
    actions
}

fn page(portal: &Portal<'_>, part: &Part) -> EntriesPage {
    let actions = sorted(portal);
    let title = portal.labels.text("pages.actions").to_owned();
    let kinds: Vec<Kind> = KINDS.iter().map(|row| row.kind).collect();
    let rows = actions[part.range.clone()].iter().map(|(index, action)| action_row(portal, *index, *action)).collect();
    EntriesPage {
        lead: portal.labels.text("lead.actions").to_owned(),
        counts: counts(portal, &actions),
        owners: portal.register_owners(&kinds),
        grid: action_grid(portal, &title, rows),
        pagination: part.pagination(&path()),
        frame: Frame { registers: true, ..portal.frame(&part.path(&path()), title, "actions") },
    }
}

fn counts(portal: &Portal<'_>, actions: &[(EntryIndex, Action<'_>)]) -> Vec<Count> {
    let as_of = portal.assessment.clock.as_of;
    let mut numbers: BTreeMap<u8, (usize, Mark)> = BTreeMap::new();
    for (_, action) in actions {
        let rank = action_rank(as_of, *action).0;
        numbers.entry(rank).or_insert_with(|| (0, action_mark(portal, *action))).0 += 1;
    }
    numbers.into_values().map(|(number, mark)| Count { number, mark }).collect()
}
