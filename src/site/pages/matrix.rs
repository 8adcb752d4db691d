//! The matrix of clauses and documents.

use std::collections::BTreeSet;

use crate::assess::ClaimRef;
use crate::id::{ClauseKey, StandardIndex};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{Chip, Column, Link, MatrixFilters, MatrixGroup, MatrixPage, MatrixRow, Pagination};
use crate::site::navigation::standard_link;
use crate::site::portal::Portal;
use crate::site::rows::{rows, tops};
use crate::url::SitePath;

/// A part of the matrix ends with the group that brings it to this many claims.
const MAX_CLAIMS: usize = 1_500;

/// A part of a matrix: the clauses at the top of its groups.
type Groups = Vec<ClauseKey>;

/// A matrix for each standard, in parts where it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    portal.reading.standards.indexes().flat_map(|standard| parts_of(portal, standard)).collect()
}

fn parts_of(portal: &Portal<'_>, standard: StandardIndex) -> Vec<Job> {
    let parts = split(portal, standard);
    let of = parts.len();
    let first = path(portal, standard);
    let job = |(number, groups): (usize, Groups)| {
        Job::page(layout::part(&first, number), move |portal| matrix(portal, standard, &groups, (number, of)))
    };
    (1..).zip(parts).map(job).collect()
}

fn path(portal: &Portal<'_>, standard: StandardIndex) -> SitePath {
    layout::by_standard(&portal.reading.standards, standard, "matrix", "html")
}

/// Groups of clauses in parts of bounded length; a large handbook's matrix has one part a group.
fn split(portal: &Portal<'_>, standard: StandardIndex) -> Vec<Groups> {
    let mut parts: Vec<Groups> = vec![Vec::new()];
    let mut length = 0;
    for top in tops(portal, standard) {
        let claims: usize = rows(portal, top).iter().map(|key| portal.assessment.clause(*key).claims.len()).sum();
        if length > 0 && length + claims > MAX_CLAIMS {
            parts.push(Vec::new());
            length = 0;
        }
        length += claims;
        if let Some(part) = parts.last_mut() {
            part.push(top);
        }
    }
    parts
}

fn matrix(portal: &Portal<'_>, standard: StandardIndex, groups: &Groups, (number, of): (usize, usize)) -> MatrixPage {
    let path = layout::part(&path(portal, standard), number);
    let keys: Vec<ClauseKey> = groups.iter().flat_map(|top| rows(portal, *top)).collect();
    let claims = || keys.iter().flat_map(|key| &portal.assessment.clause(*key).claims);
    let filters = filters(portal, claims());
    let used: BTreeSet<Column> = claims().map(|claim| column(portal, claim)).collect();
    let columns: Vec<Column> = used.into_iter().collect();
    let title =
        portal.labels.fill("say.matrix_title", &[("standard", &portal.reading.standards.catalogue(standard).title)]);
    MatrixPage {
        frame: portal.frame(&path, title, "matrix"),
        standard: standard_link(&portal.reading.standards, standard),
        others: others(portal, standard, "matrix"),
        figures: portal.figures(standard),
        groups: groups
            .iter()
            .map(|top| MatrixGroup {
                clause: portal.bare_clause_link(*top),
                rows: rows(portal, *top).into_iter().map(|key| row(portal, key, &columns, &filters)).collect(),
            })
            .collect(),
        filters,
        columns,
        pagination: pagination(portal, standard, number, of),
        csv: url(&layout::by_standard(&portal.reading.standards, standard, "matrix", "csv")),
    }
}

fn column(portal: &Portal<'_>, claim: &ClaimRef) -> Column {
    Column::of_type(&portal.document(claim.document).kind)
}

fn filters<'a>(portal: &Portal<'_>, claims: impl Iterator<Item = &'a ClaimRef> + Clone) -> MatrixFilters {
    let documents = claims.map(|claim| portal.document(claim.document));
    let kinds: BTreeSet<_> = documents.clone().map(|document| portal.kind(&document.kind)).collect();
    let owners: BTreeSet<String> =
        documents.flat_map(|document| document.owners.iter()).map(ToString::to_string).collect();
    MatrixFilters { kinds: kinds.into_iter().collect(), owners: owners.into_iter().collect() }
}

fn row(portal: &Portal<'_>, key: ClauseKey, columns: &[Column], filters: &MatrixFilters) -> MatrixRow {
    let assessed = portal.assessment.clause(key);
    let claims = &assessed.claims;
    let cell = |wanted: &Column| {
        let mut chips: Vec<Chip> = Vec::new();
        for claim in claims.iter().filter(|claim| column(portal, claim) == *wanted) {
            chips.push(chip(portal, claim, filters));
        }
        chips.sort_by(|a, b| a.id.cmp(&b.id));
        chips
    };
    MatrixRow {
        clause: portal.bare_clause_link(key),
        unit: portal.reading.standards.is_unit(key),
        part_of: assessed.part_of.map(|unit| portal.reading.standards.clause(unit).id.to_string()),
        cells: columns.iter().map(cell).collect(),
    }
}

fn chip(portal: &Portal<'_>, claim: &ClaimRef, filters: &MatrixFilters) -> Chip {
    let document = portal.document(claim.document);
    let place = |owner: &str| filters.owners.binary_search_by(|known| known.as_str().cmp(owner)).ok();
    Chip {
        id: document.id().map_or_else(|| document.title.to_string(), ToString::to_string),
        title: document.title.to_string(),
        url: portal.claim_url(claim),
        state: claim.state,
        later: portal.later_states(claim.document),
        extent: claim.extent,
        kind: document.kind.to_string(),
        owners: document.owners.iter().filter_map(|owner| place(owner)).collect(),
    }
}

/// The same page for each other standard.
pub(super) fn others(portal: &Portal<'_>, standard: StandardIndex, name: &str) -> Vec<Link> {
    let standards = &portal.reading.standards;
    let has_page = |other: &StandardIndex| name == "matrix" || !standards.is_guide(*other);
    let others = standards.indexes().filter(|other| *other != standard).filter(has_page);
    others
        .map(|other| Link {
            text: portal.reading.standards.catalogue(other).title.clone(),
            url: url(&layout::by_standard(&portal.reading.standards, other, name, "html")),
        })
        .collect()
}

fn pagination(portal: &Portal<'_>, standard: StandardIndex, number: usize, of: usize) -> Option<Pagination> {
    if of < 2 {
        return None;
    }
    let parts = split(portal, standard);
    let before: usize = parts[..number - 1].iter().map(Vec::len).sum();
    let name = |key: &ClauseKey| portal.reading.standards.clause(*key).id.to_string();
    let text = |groups: &Groups| match groups.as_slice() {
        [] => String::new(),
        [only] => name(only),
        [first, .., last] => format!("{}–{}", name(first), name(last)),
    };
    let first = path(portal, standard);
    Some(Pagination {
        number,
        of,
        first: before + 1,
        last: before + parts[number - 1].len(),
        total: parts.iter().map(Vec::len).sum(),
        parts: (1..)
            .zip(&parts)
            .map(|(number, groups)| Link { text: text(groups), url: url(&layout::part(&first, number)) })
            .collect(),
    })
}
