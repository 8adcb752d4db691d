//! The matrix of clauses and documents.

use std::collections::BTreeSet;

use super::programme::since_last_audit;
use crate::assess::ClaimRef;
use crate::handbook::{Document, DocumentIndex};
use crate::id::{ClauseKey, StandardIndex};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{
    DocumentParties, Link, MatrixCell, MatrixChip, MatrixColumn, MatrixFilters, MatrixGroup, MatrixPage, MatrixRow,
};
use crate::site::portal::Portal;
use crate::site::register::tally_states;
use crate::site::rows::{MAX_SHOWN_CLAIMS, cell_claims, cell_list_name, column, group_clauses, top_clauses};
use crate::url::SitePath;

/// The maximum number of claims shown in a cell with many; the clause's page lists all.
const MAX_CHIPS: usize = 4;

/// A matrix for each standard. Its length is limited by the number of clauses.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |standard| Job::page(path(portal, standard), move |portal| matrix(portal, standard));
    portal.reading.standards.indexes().map(job).collect()
}

fn path(portal: &Portal<'_>, standard: StandardIndex) -> SitePath {
    layout::standard_path(&portal.reading.standards, standard, "matrix", "html")
}

fn matrix(portal: &Portal<'_>, standard: StandardIndex) -> MatrixPage {
    let tops = top_clauses(portal, standard);
    let keys: Vec<ClauseKey> = tops.iter().flat_map(|top| group_clauses(portal, *top)).collect();
    let claims = || keys.iter().flat_map(|key| &portal.assessment.clause(*key).claims);
    let filters = filters(portal, claims());
    let used: BTreeSet<MatrixColumn> = claims().map(|claim| column(portal, claim)).collect();
    let columns: Vec<MatrixColumn> = used.into_iter().collect();
    let title =
        portal.labels.fill("say.matrix_title", &[("standard", &portal.reading.standards.catalogue(standard).title)]);
    MatrixPage {
        frame: portal.frame(&path(portal, standard), title, "matrix"),
        standard: portal.standard_link(standard),
        others: others(portal, standard, "matrix"),
        figures: portal.figures(standard),
        groups: tops.iter().map(|top| group(portal, *top, &columns, &filters)).collect(),
        filters,
        audited: portal.reading.standards.clauses(standard).any(|key| portal.unit_audit(key).is_some()),
        columns,
        csv: url(&layout::standard_path(&portal.reading.standards, standard, "matrix", "csv")),
    }
}

fn group(portal: &Portal<'_>, top: ClauseKey, columns: &[MatrixColumn], filters: &MatrixFilters) -> MatrixGroup {
    let clause = portal.bare_clause_link(top);
    MatrixGroup {
        anchor: format!("g{}", clause.number),
        clause,
        figures: portal.figures_of_group(top),
        rows: group_clauses(portal, top).into_iter().map(|key| row(portal, top, key, columns, filters)).collect(),
    }
}

fn filters<'a>(portal: &Portal<'_>, claims: impl Iterator<Item = &'a ClaimRef> + Clone) -> MatrixFilters {
    let documents = claims.map(|claim| portal.document(claim.document));
    let kinds: BTreeSet<_> = documents.clone().map(|document| portal.kind(&document.doc_type)).collect();
    let owners: BTreeSet<String> =
        documents.flat_map(|document| document.owners.iter()).map(ToString::to_string).collect();
    MatrixFilters {
        kinds: kinds.into_iter().collect(),
        owners: owners.into_iter().collect(),
        about: portal.party_filters().clone(),
    }
}

fn row(
    portal: &Portal<'_>,
    top: ClauseKey,
    key: ClauseKey,
    columns: &[MatrixColumn],
    filters: &MatrixFilters,
) -> MatrixRow {
    let standards = &portal.reading.standards;
    let above = |key| standards.ancestors(key).count();
    let assessed = portal.assessment.clause(key);
    MatrixRow {
        clause: portal.bare_clause_link(key),
        depth: above(key) - above(top),
        unit: standards.is_unit(key),
        // A part without requirements, or of a guide, does not show the verdict of its unit.
        part_of: assessed
            .part_of
            .filter(|_| assessed.verdict.is_some())
            .map(|unit| standards.clause(unit).id.to_string()),
        cells: columns.iter().map(|column| cell(portal, key, *column, filters)).collect(),
        audited: portal.unit_audit(key).map(|_| since_last_audit(portal, key)),
    }
}

fn cell(portal: &Portal<'_>, key: ClauseKey, column: MatrixColumn, filters: &MatrixFilters) -> MatrixCell {
    let claims = cell_claims(portal, key, column);
    let documents: BTreeSet<DocumentIndex> = claims.iter().map(|claim| claim.document).collect();
    let total = documents.len();
    let is_long = claims.len() > MAX_SHOWN_CLAIMS;
    let (visible, rest) = claims.split_at(claims.len().min(if is_long { MAX_CHIPS } else { claims.len() }));
    let about = about_all(portal, rest);
    let rest = rest.iter().map(|claim| portal.document(claim.document));
    let kinds: BTreeSet<String> = rest.clone().map(|document| document.doc_type.to_string()).collect();
    let owners: BTreeSet<usize> = rest.flat_map(|document| owners(document, filters)).collect();
    let shown_documents = visible.iter().map(|claim| claim.document).collect::<BTreeSet<_>>().len();
    MatrixCell {
        chips: visible.iter().map(|claim| chip(portal, claim, filters)).collect(),
        more: total - shown_documents,
        tally: is_long
            .then(|| tally_states(portal.assessed(), &cell_list_name(portal, key, column), documents.into_iter())),
        total,
        kinds: kinds.into_iter().collect(),
        owners: owners.into_iter().collect(),
        about,
    }
}

/// The services and locations that the documents of claims are about.
fn about_all(portal: &Portal<'_>, claims: &[&ClaimRef]) -> DocumentParties {
    let all: Vec<DocumentParties> = claims.iter().map(|claim| portal.document_parties(claim.document)).collect();
    let join = |of: fn(&DocumentParties) -> &Vec<usize>| {
        all.iter().flat_map(|parties| of(parties).iter().copied()).collect::<BTreeSet<usize>>().into_iter().collect()
    };
    DocumentParties { services: join(|about| &about.services), locations: join(|about| &about.locations) }
}

fn owners<'a>(document: &'a Document, filters: &'a MatrixFilters) -> impl Iterator<Item = usize> + 'a {
    let place = |owner: &str| filters.owners.binary_search_by(|candidate| candidate.as_str().cmp(owner)).ok();
    document.owners.iter().filter_map(move |owner| place(owner))
}

fn chip(portal: &Portal<'_>, claim: &ClaimRef, filters: &MatrixFilters) -> MatrixChip {
    let document = portal.document(claim.document);
    MatrixChip {
        id: document.id().map_or_else(|| document.title.to_string(), ToString::to_string),
        title: document.title.to_string(),
        lang: portal.other_lang(claim.document).map(str::to_owned),
        url: portal.claim_url(claim),
        state: claim.state,
        later: portal.later_states(claim.document),
        extent: claim.extent,
        kind: document.doc_type.to_string(),
        owners: owners(document, filters).collect(),
        about: portal.document_parties(claim.document),
    }
}

/// Links to the same page for the other standards.
pub(super) fn others(portal: &Portal<'_>, standard: StandardIndex, name: &str) -> Vec<Link> {
    let standards = &portal.reading.standards;
    let has_page = |other: &StandardIndex| name == "matrix" || !standards.is_guide(*other);
    let others = standards.indexes().filter(|other| *other != standard).filter(has_page);
    others
        .map(|other| Link {
            text: portal.reading.standards.catalogue(other).title.clone(),
            url: url(&layout::standard_path(&portal.reading.standards, other, name, "html")),
        })
        .collect()
}
