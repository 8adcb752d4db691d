//! The order of entries, and their pages in the site.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::document::DocumentIndex;
use super::{PlacedEntry, note};
use crate::register::{Entry, PagePlace, RegisterFile};
use crate::url::SitePath;

/// Sorts entries and assigns each a page; for those that share pages, the first page of their list.
pub(super) fn place_entries(mut entries: Vec<(DocumentIndex, Arc<RegisterFile>, Arc<Entry>)>) -> Vec<PlacedEntry> {
    entries.sort_by(|(_, file, entry), (_, other_file, other)| {
        let in_files = || file.source.path().cmp(other_file.source.path()).then(entry.id.span.cmp(&other.id.span));
        let by_ids = || natural_parts(entry.id.value.as_str()).cmp(natural_parts(other.id.value.as_str()));
        entry.kind.cmp(&other.kind).then_with(by_ids).then_with(in_files)
    });
    // Entries of the same kind are consecutive.
    let mut last: Option<(&str, SitePath)> = None;
    let mut list_page = |name: &'static str| match &last {
        Some((known, page)) if *known == name => page.clone(),
        _ => last.insert((name, SitePath::page(name))).1.clone(),
    };
    let mut used_paths = BTreeSet::new();
    let place = |(owner, register, entry): (DocumentIndex, Arc<RegisterFile>, Arc<Entry>)| {
        let id = entry.id.value.as_str();
        let (page, anchor) = match entry.kind.row().page {
            PagePlace::Each(folder) => (entry_page(folder, id, &mut used_paths), String::new()),
            PagePlace::List(name) => (list_page(name), id.to_owned()),
        };
        PlacedEntry { page, owner, note: None, file: register, entry, anchor }
    };
    let mut placed_entries: Vec<PlacedEntry> = entries.into_iter().map(place).collect();
    placed_entries.par_iter_mut().for_each(|placed| {
        placed.note = note::parse(&placed.entry, &placed.file.source).map(Arc::new);
    });
    placed_entries
}

/// The page of an entry in a folder; if two IDs are equal to a file system, the second gets a number.
fn entry_page(folder: &str, id: &str, used_paths: &mut BTreeSet<SitePath>) -> SitePath {
    let name = if id.eq_ignore_ascii_case("index") { "entry-index" } else { id };
    let parsed = SitePath::parse(&format!("{folder}/{name}.html"));
    let base = parsed.unwrap_or_else(|_| SitePath::page(&format!("{folder}/{}", name.replace('/', "-"))));
    let mut path = base.clone();
    let mut number = 2;
    while !used_paths.insert(path.folded()) {
        path = base.numbered(number);
        number += 1;
    }
    path
}

/// The parts by which IDs are sorted, so that 2 precedes 10: words, each with the number that follows it.
fn natural_parts(id: &str) -> impl Iterator<Item = (&str, u64)> {
    let mut rest = id;
    std::iter::from_fn(move || {
        let digit = rest.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(digit);
        let end = after.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        let is_over = std::mem::replace(&mut rest, after).is_empty();
        (!is_over).then(|| (word, number.parse().unwrap_or(u64::MAX)))
    })
}
