//! The lists of entries that share pages: their order on a day, and the page of each entry.

use std::collections::BTreeMap;

use super::entry_state::{EntryLife, EntryState};
use super::{Assessed, Assessment};
use crate::date::Date;
use crate::handbook::{EntryIndex, Reading};
use crate::register::{KINDS, Kind, PagePlace};
use crate::url::SitePath;

/// The maximum number of entries on one page of a list.
const PAGE_ENTRIES: usize = 200;

/// A list of entries on one page.
#[derive(Clone, Debug)]
pub(crate) struct EntryPage {
    /// The page.
    pub(crate) path: SitePath,
    /// The entries that it shows, in order.
    pub(crate) entries: Vec<EntryIndex>,
}

/// The pages of all lists. A list is sorted before it is split into pages, so that its first page shows what matters
/// first.
#[derive(Debug, Default)]
pub(crate) struct EntryLists {
    pages: BTreeMap<Kind, Vec<EntryPage>>,
    /// The page of each entry that is not on the first page of its list, by the entry's index; empty if there is none.
    later_pages: Vec<Option<SitePath>>,
}

/// The groups of entries in the order of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EntryRank {
    /// Something is still to be done.
    Open,
    /// The effect is still to be checked.
    WaitsForEffect,
    /// Nothing is to be done.
    Settled,
}

impl EntryLists {
    fn new(reading: &Reading, assessment: &Assessment) -> EntryLists {
        let mut lists = EntryLists::default();
        for row in KINDS {
            if let PagePlace::List(name) = row.page {
                lists.add_list(reading, assessment, row.kind, name);
            }
        }
        lists
    }

    /// Adds the list of a kind. Its first page exists even if there are no entries.
    fn add_list(&mut self, reading: &Reading, assessment: &Assessment, kind: Kind, name: &str) {
        let registers = &reading.handbook.registers;
        let lives = registers.of_kind(kind).filter_map(|(index, _)| Some((index, assessment.entry(index)?)));
        let mut sorted: Vec<((EntryRank, i32), EntryIndex)> =
            lives.map(|(index, life)| (sort_key(kind, index, life), index)).collect();
        sorted.sort_unstable();
        let mut pages: Vec<EntryPage> = Vec::new();
        for (at, part) in sorted.chunks(PAGE_ENTRIES).enumerate() {
            let path = SitePath::page(&if at == 0 { name.to_owned() } else { format!("{name}-{}", at + 1) });
            let entries: Vec<EntryIndex> = part.iter().map(|(_, index)| *index).collect();
            if at > 0 {
                self.later_pages.resize(registers.entries.len(), None);
                entries.iter().for_each(|index| self.later_pages[index.at()] = Some(path.clone()));
            }
            pages.push(EntryPage { path, entries });
        }
        if pages.is_empty() && registers.has(kind) {
            pages.push(EntryPage { path: SitePath::page(name), entries: Vec::new() });
        }
        self.pages.insert(kind, pages);
    }

    /// The pages of a kind; empty if its entries have pages of their own.
    pub(crate) fn pages(&self, kind: Kind) -> &[EntryPage] {
        self.pages.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// The sort key of an entry: open ones by date, then those awaiting a check of effectiveness, then all others, latest
/// first. Management reviews are listed latest first.
fn sort_key(kind: Kind, index: EntryIndex, life: &EntryLife) -> (EntryRank, i32) {
    let days = |day: Option<Date>| day.map_or(i32::MAX, |day| Date::MIN.days_until(day));
    // An overdue entry with an unreadable date comes first.
    let days_since_min = |day: Option<Date>| day.map_or(i32::MIN, |day| Date::MIN.days_until(day));
    let rank = EntryRank::of(life);
    let key = match (rank, life.state) {
        _ if kind == Kind::ManagementReviews => {
            return (EntryRank::Settled, -i32::try_from(index.0).unwrap_or(i32::MAX));
        }
        (EntryRank::WaitsForEffect, _) => days_since_min(life.effect_due),
        (EntryRank::Open, EntryState::Overdue) => days_since_min(life.due),
        (EntryRank::Open, _) => days(life.due),
        (EntryRank::Settled, _) => -days(life.closed.or(life.due)),
    };
    (rank, key)
}

impl EntryRank {
    /// The group of an entry.
    pub(crate) fn of(life: &EntryLife) -> EntryRank {
        match life.state {
            EntryState::WaitsForEffect => EntryRank::WaitsForEffect,
            state if state.is_open() => EntryRank::Open,
            _ => EntryRank::Settled,
        }
    }
}

impl<'a> Assessed<'a> {
    /// The lists of entries that share pages, sorted on first use.
    pub(crate) fn entry_lists(self) -> &'a EntryLists {
        self.assessment.entry_lists.get_or_init(|| EntryLists::new(self.reading, self.assessment))
    }

    /// The page that shows an entry.
    pub(crate) fn entry_page(self, index: EntryIndex) -> &'a SitePath {
        let later_page = self.entry_lists().later_pages.get(index.at()).and_then(Option::as_ref);
        later_page.unwrap_or(&self.reading.handbook.registers.entry(index).page)
    }
}
