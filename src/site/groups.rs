//! Groups of clauses: the chapters by which readers find documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::handbook::{Document, DocumentIndex, Handbook};
use crate::id::ClauseKey;
use crate::site::layout;
use crate::site::theme::Labels;
use crate::standard::{Standards, tops};
use crate::url::SitePath;

/// The groups of the main standard, and a last one for documents that claim none of its clauses.
#[derive(Debug)]
pub(crate) struct Groups {
    list: Vec<Group>,
    /// The group of each document and page, and its position in the group.
    positions: Vec<(usize, usize)>,
}

/// A group of clauses.
#[derive(Debug)]
pub(crate) struct Group {
    /// The clause at the top of the group; `None` for the last group.
    pub(crate) clause: Option<ClauseKey>,
    /// The number of the clause, such as `8.6`; empty for the last group.
    pub(crate) number: String,
    /// The group's title.
    pub(crate) title: String,
    /// The page that lists the group's documents.
    pub(crate) path: SitePath,
    /// The group's pages, then its documents in clause order and, within a clause, in their own order.
    pub(crate) documents: Vec<DocumentIndex>,
}

impl Groups {
    /// Assigns each document to the group of its main clause, and each page to the group with the most documents from
    /// the page's folder.
    pub(crate) fn new(standards: &Standards, handbook: &Handbook, labels: &Labels) -> Groups {
        let tops = tops(standards);
        let mut list: Vec<Group> = tops.iter().map(|key| build_group(standards, *key)).collect();
        list.push(last_group(labels));
        let clauses = standards.main().into_iter().flat_map(|main| standards.clauses(main));
        let of_clauses: Vec<usize> = clauses.map(|key| top_position(standards, &tops, key)).collect();
        let of_document = |document: &Arc<Document>| {
            let key = main_clause(standards, document)?;
            Some((*of_clauses.get(key.clause.at())?, key))
        };
        let of_documents: Vec<Option<(usize, ClauseKey)>> = handbook.documents.par_iter().map(of_document).collect();
        let of_folders = folders(handbook, &of_documents);
        for (index, document) in handbook.indexed() {
            let by_folder = || of_folders.get(folder(document)).copied();
            let own_group = of_documents[index.at()].map(|(group, _)| group);
            let group = if document.is_controlled() { own_group } else { by_folder() };
            list[group.unwrap_or(tops.len())].documents.push(index);
        }
        let places = sort_documents(handbook, &mut list, &of_documents);
        Groups { list, positions: places }
    }

    /// All groups in order; the last one contains documents and pages that belong to no clause.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Group> {
        self.list.iter()
    }

    /// The group at a position.
    pub(crate) fn get(&self, group: usize) -> Option<&Group> {
        self.list.get(group)
    }

    /// The group of a document or page, and its position in the group.
    pub(crate) fn position(&self, document: DocumentIndex) -> (usize, usize) {
        self.positions[document.at()]
    }

    /// The group that contains a clause of the main standard.
    pub(crate) fn group_of_clause(&self, standards: &Standards, key: ClauseKey) -> Option<usize> {
        let chain: Vec<ClauseKey> = std::iter::once(key).chain(standards.ancestors(key)).collect();
        self.list.iter().position(|group| group.clause.is_some_and(|clause| chain.contains(&clause)))
    }

    /// The documents or pages before and after one in clause order, across groups.
    pub(crate) fn neighbours(&self, document: DocumentIndex) -> (Option<DocumentIndex>, Option<DocumentIndex>) {
        let (group, rank) = self.position(document);
        let before = rank.checked_sub(1).map(|rank| self.list[group].documents[rank]);
        let earlier = || self.list[..group].iter().rev().find_map(|group| group.documents.last().copied());
        let after = self.list[group].documents.get(rank + 1).copied();
        let later = || self.list[group + 1..].iter().find_map(|group| group.documents.first().copied());
        (before.or_else(earlier), after.or_else(later))
    }
}

fn build_group(standards: &Standards, key: ClauseKey) -> Group {
    let clause = standards.clause(key);
    Group {
        clause: Some(key),
        number: clause.id.to_string(),
        title: clause.title.clone().unwrap_or_default(),
        path: layout::own_path(&format!("groups/{}.html", clause.id)),
        documents: Vec::new(),
    }
}

fn last_group(labels: &Labels) -> Group {
    Group {
        clause: None,
        number: String::new(),
        title: labels.text("say.other_group").to_owned(),
        path: layout::own_path("groups/other.html"),
        documents: Vec::new(),
    }
}

/// The first clause of the main standard that a document claims in full; failing that, the first that it claims at all;
/// failing that, the first with an item that it provides.
fn main_clause(standards: &Standards, document: &Document) -> Option<ClauseKey> {
    let main = standards.main()?;
    let main_claims = || document.claims.iter().filter(|claim| claim.clause.standard == main);
    let full = main_claims().find(|claim| claim.certain_extent() == crate::source::front_matter::Extent::Full);
    let claimed = full.or_else(|| main_claims().next()).map(|claim| claim.clause);
    let provided =
        || document.provides.iter().map(|(item, _)| standards.clause_of(*item)).find(|key| key.standard == main);
    claimed.or_else(provided)
}

fn top_position(standards: &Standards, tops: &[ClauseKey], key: ClauseKey) -> usize {
    let chain: Vec<ClauseKey> = std::iter::once(key).chain(standards.ancestors(key)).collect();
    let below = tops.iter().position(|top| chain.contains(top));
    // A claim on the parent of several groups belongs to the first of them.
    let above = || tops.iter().position(|top| standards.parent(*top) == Some(key));
    below.or_else(above).unwrap_or(tops.len())
}

fn folder(document: &Document) -> &str {
    document.path().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The group with the most documents of each folder. Files are sorted by path, so documents of a folder are mostly
/// adjacent.
fn folders<'a>(handbook: &'a Handbook, groups: &[Option<(usize, ClauseKey)>]) -> BTreeMap<&'a str, usize> {
    let mut counts: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut groups = groups.iter();
    for of_folder in handbook.documents.chunk_by(|document, next| folder(document) == folder(next)) {
        let counts = counts.entry(of_folder.first().map_or("", |first| folder(first))).or_default();
        for (group, _) in groups.by_ref().take(of_folder.len()).flatten() {
            *counts.entry(*group).or_default() += 1;
        }
    }
    let most_frequent = |counts: BTreeMap<usize, usize>| {
        counts.into_iter().max_by_key(|(group, count)| (*count, std::cmp::Reverse(*group))).map(|(group, _)| group)
    };
    counts.into_iter().filter_map(|(folder, counts)| Some((folder, most_frequent(counts)?))).collect()
}

fn sort_documents(
    handbook: &Handbook,
    list: &mut [Group],
    clauses: &[Option<(usize, ClauseKey)>],
) -> Vec<(usize, usize)> {
    list.par_iter_mut().for_each(|group| {
        group.documents.sort_by_cached_key(|index| {
            let document = handbook.document(*index);
            let clause = clauses[index.at()].map(|(_, key)| key);
            (document.is_controlled(), clause, document.order(), document.id(), *index)
        });
    });
    let mut places = vec![(0, 0); handbook.documents.len()];
    for (at, group) in list.iter().enumerate() {
        for (rank, index) in group.documents.iter().enumerate() {
            places[index.at()] = (at, rank);
        }
    }
    places
}
