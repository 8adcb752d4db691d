//! The list of all actions and decisions.

use std::collections::{BTreeMap, BTreeSet};

use super::entry_grids::{ActionRank, action_grid, action_mark, action_rank, action_row};
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::register::Action;
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Count, EntriesPage, Frame, Mark};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The maximum number of actions per part of the list.
const MAX_ACTIONS: usize = 200;

/// The list, in several parts if it is long; empty if there is no register.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    if !portal.reading.handbook.registers.has_any() {
        return Vec::new();
    }
    // Sorted and counted once for all parts.
    let sorted = sort_actions(portal);
    let counts = counts(portal, &sorted);
    let owners: BTreeSet<DocumentIndex> = sorted.iter().map(|((index, _), _)| portal.entry(*index).owner).collect();
    let job = |part: ListSlice| {
        let shown: Vec<ActionPlace> = sorted[part.range.clone()].iter().map(|(place, _)| *place).collect();
        let (counts, owners) = (counts.clone(), owners.clone());
        Job::page(part.path(&path()), move |portal| page(portal, &part, &shown, counts.clone(), &owners))
    };
    ListSlice::split(sorted.len(), MAX_ACTIONS).into_iter().map(job).collect()
}

/// An action, given by its entry and its position among the entry's actions.
type ActionPlace = (EntryIndex, usize);

/// The address of the first part.
fn path() -> SitePath {
    layout::own_path("actions.html")
}

/// All actions, late ones first.
fn sort_actions<'a>(portal: &Portal<'a>) -> Vec<(ActionPlace, Action<'a>)> {
    let clock = portal.assessment.clock;
    let is_known = |(index, _): &(EntryIndex, &crate::handbook::PlacedEntry)| portal.assessment.entry(*index).is_some();
    let entries = portal.reading.handbook.registers.indexed().filter(is_known);
    let of_entry = |(index, placed_entry): (EntryIndex, &'a crate::handbook::PlacedEntry)| {
        placed_entry.entry.actions().enumerate().map(move |(at, action)| ((index, at), action))
    };
    let mut actions: Vec<(ActionPlace, Action<'a>)> = entries.flat_map(of_entry).collect();
    actions.sort_by_cached_key(|((index, _), action)| (action_rank(clock, *action), *index, action.number));
    actions
}

fn page(
    portal: &Portal<'_>,
    part: &ListSlice,
    shown: &[ActionPlace],
    counts: Vec<Count>,
    owners: &BTreeSet<DocumentIndex>,
) -> EntriesPage {
    let title = portal.labels.text("pages.actions").to_owned();
    let row = |(index, at): &ActionPlace| {
        let action = portal.entry(*index).entry.actions().nth(*at)?;
        Some(action_row(portal, *index, action))
    };
    let rows = shown.iter().filter_map(row).collect();
    EntriesPage {
        risks: None,
        lead: portal.labels.text("lead.actions").to_owned(),
        counts,
        owners: owners.iter().map(|owner| portal.document_link(*owner)).collect(),
        grid: action_grid(portal, &title, rows),
        pagination: part.pagination(&path()),
        frame: Frame { registers: true, ..portal.part_frame(part, &path(), title, "actions") },
    }
}

fn counts(portal: &Portal<'_>, actions: &[(ActionPlace, Action<'_>)]) -> Vec<Count> {
    if !portal.shows_figures() {
        return Vec::new();
    }
    let clock = portal.assessment.clock;
    let mut numbers: BTreeMap<ActionRank, (usize, Mark)> = BTreeMap::new();
    for (_, action) in actions {
        let rank = action_rank(clock, *action).0;
        numbers.entry(rank).or_insert_with(|| (0, action_mark(portal, *action))).0 += 1;
    }
    numbers.into_values().map(|(number, mark)| Count { number, mark, ..Count::default() }).collect()
}
