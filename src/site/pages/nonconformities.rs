//! Nonconformities and improvements: a page for each part of the list.

use std::collections::BTreeMap;

use super::entry_grids::{findings, improvements};
use crate::assess::EntryState;
use crate::date::Date;
use crate::handbook::{EntryIndex, EntryPage};
use crate::register::Kind;
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{Count, EntriesPage, Frame, Grid, Link, Mark, Pagination};
use crate::site::portal::Portal;

/// Nonconformities.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    of_kind(portal, Kind::Nonconformities, "nonconformities", findings)
}

/// Improvements.
pub(super) fn improvement_jobs(portal: &Portal<'_>) -> Vec<Job> {
    of_kind(portal, Kind::Improvements, "improvements", improvements)
}

/// Makes the table of entries; the text says what it shows.
type MakeGrid = fn(&Portal<'_>, &str, &[EntryIndex]) -> Grid;

fn of_kind(portal: &Portal<'_>, kind: Kind, key: &'static str, grid: MakeGrid) -> Vec<Job> {
    let pages = portal.reading.handbook.registers.pages(kind);
    let paths: Vec<_> = pages.iter().map(|page| page.path.clone()).collect();
    let job = |(number, page): (usize, EntryPage)| {
        let paths = paths.clone();
        Job::page(page.path.clone(), move |portal| {
            let labels = portal.labels;
            let is_known = |index: &EntryIndex| portal.assessment.entry(*index).is_some();
            let mut entries: Vec<EntryIndex> = page.entries.iter().copied().filter(is_known).collect();
            entries.sort_by_key(|index| (rank(portal, *index), *index));
            let title = labels.text(&format!("pages.{key}")).to_owned();
            EntriesPage {
                lead: labels.text(&format!("lead.{key}")).to_owned(),
                counts: counts(portal, kind),
                owners: portal.register_owners(&[kind]),
                grid: grid(portal, &title, &entries),
                pagination: pagination(portal, kind, number, &paths),
                frame: Frame { registers: true, ..portal.frame(&page.path, title, key) },
            }
        })
    };
    (1..).zip(pages).map(job).collect()
}

/// Open ones first, by date; then those that wait for something; then the rest, the latest first.
fn rank(portal: &Portal<'_>, index: EntryIndex) -> (u8, i32) {
    let life = portal.assessment.entry(index);
    let days = |day: Option<Date>| day.map_or(i32::MAX, |day| Date::FIRST.days_until(day));
    match life.map(|life| life.state) {
        Some(EntryState::WaitsForEffect) => (1, days(life.and_then(|life| life.effect_due))),
        Some(state) if state.is_open() => (0, days(life.and_then(|life| life.due))),
        _ => (2, -days(life.and_then(|life| life.closed.or(life.due)))),
    }
}

fn counts(portal: &Portal<'_>, kind: Kind) -> Vec<Count> {
    let mut numbers: BTreeMap<(u8, String), (usize, Mark)> = BTreeMap::new();
    for index in portal.known_entries(kind) {
        let mark = portal.entry_mark(index);
        numbers.entry((rank(portal, index).0, mark.word.clone())).or_insert_with(|| (0, mark)).0 += 1;
    }
    numbers.into_values().map(|(number, mark)| Count { number, mark }).collect()
}

fn pagination(portal: &Portal<'_>, kind: Kind, number: usize, paths: &[crate::url::SitePath]) -> Option<Pagination> {
    if paths.len() < 2 {
        return None;
    }
    let pages = portal.reading.handbook.registers.pages(kind);
    let before: usize = pages[..number - 1].iter().map(|page| page.entries.len()).sum();
    Some(Pagination {
        number,
        of: paths.len(),
        current: number,
        first: before + 1,
        last: before + pages[number - 1].entries.len(),
        total: pages.iter().map(|page| page.entries.len()).sum(),
        parts: (1..)
            .zip(paths)
            .map(|(number, path): (usize, _)| Link { text: number.to_string(), url: url(path) })
            .collect(),
    })
}
