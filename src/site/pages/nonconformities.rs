//! Lists of nonconformities and improvements, in several parts if they are long.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry_grids::{detailed_findings_grid, improvements};
use super::risks::risk_picture;
use crate::assess::{EntryPage, EntryRank};
use crate::handbook::EntryIndex;
use crate::register::Kind;
use crate::site::job::Job;
use crate::site::links::{url, url_at};
use crate::site::model::{Count, EntriesPage, Frame, Grid, Link, Pagination};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The list of nonconformities.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Nonconformities, "nonconformities", detailed_findings_grid)
}

/// The list of improvements.
pub(super) fn improvement_jobs(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Improvements, "improvements", improvements)
}

/// Builds a table of entries with the given label.
pub(super) type GridBuilder = fn(&Portal<'_>, &str, &[EntryIndex]) -> Grid;

/// The list of one kind, one page per part.
pub(super) fn list_jobs(portal: &Portal<'_>, kind: Kind, key: &'static str, grid: GridBuilder) -> Vec<Job> {
    let pages = portal.assessed().entry_lists().pages(kind);
    // Counted once for all parts.
    let parts: Arc<[(SitePath, usize)]> = pages.iter().map(|page| (page.path.clone(), page.entries.len())).collect();
    let counts = counts(portal, kind);
    let job = |(at, page): (usize, &EntryPage)| {
        let (parts, counts) = (parts.clone(), counts.clone());
        Job::page(page.path.clone(), move |portal| {
            let labels = portal.labels;
            let entries = portal.assessed().entry_lists().pages(kind).get(at).map_or(&[][..], |page| &page.entries);
            // The page of documents that ask for acknowledgement has the navigation's name.
            let words = if kind == Kind::Acknowledgements { "acknowledgement_counts" } else { key };
            let title = labels.text(&format!("pages.{words}")).to_owned();
            let detail = portal.part_detail(at + 1);
            EntriesPage {
                lead: labels.text(&format!("lead.{words}")).to_owned(),
                counts: counts.clone(),
                risks: risk_picture(portal, kind),
                owners: portal.register_owners(&[kind]),
                grid: grid(portal, &title, entries).without_empty_columns(),
                pagination: pagination(at + 1, &parts),
                frame: Frame { registers: true, detail, ..portal.frame(&parts[at].0, title, key) },
            }
        })
    };
    pages.iter().enumerate().map(job).collect()
}

fn counts(portal: &Portal<'_>, kind: Kind) -> Vec<Count> {
    if !portal.shows_figures() {
        return Vec::new();
    }
    let mut counts: BTreeMap<(EntryRank, String), Count> = BTreeMap::new();
    // In the order of the list, so that each count leads to its first row.
    for index in portal.assessed().entry_lists().pages(kind).iter().flat_map(|page| &page.entries) {
        let Some(life) = portal.assessment.entry(*index) else { continue };
        let mark = portal.entry_mark(*index);
        let count = counts.entry((EntryRank::of(life), mark.word.clone())).or_insert_with(|| {
            let anchor = &portal.entry(*index).anchor;
            Count { number: 0, mark, url: url_at(portal.assessed().entry_page(*index), anchor) }
        });
        count.number += 1;
    }
    counts.into_values().collect()
}

/// Links to the parts of a list. `parts` contains the address of each part and its number of entries.
pub(super) fn pagination(number: usize, parts: &[(SitePath, usize)]) -> Option<Pagination> {
    if parts.len() < 2 {
        return None;
    }
    let count = |parts: &[(SitePath, usize)]| parts.iter().map(|(_, entries)| entries).sum::<usize>();
    let before = count(&parts[..number - 1]);
    Some(Pagination {
        number,
        of: parts.len(),
        current: number,
        first: before + 1,
        last: before + parts[number - 1].1,
        total: count(parts),
        parts: (1..)
            .zip(parts)
            .map(|(number, (path, _)): (usize, _)| Link { text: number.to_string(), url: url(path) })
            .collect(),
    })
}
