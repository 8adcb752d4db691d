//! Documented information, and statements of applicability.

use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, StandardIndex};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{ApplicabilityPage, ApplicabilityRow, InformationGroup, InformationPage};
use crate::site::navigation::standard_link;
use crate::site::portal::Portal;
use crate::site::rows::{group_clauses, top_clauses};

/// The maximum number of documents listed with a clause.
const MAX_DOCUMENTS: usize = 20;

/// The documented information of each standard to cover that has any.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |(standard, path)| Job::page(path, move |portal| information(portal, standard));
    layout::information(&portal.reading.standards).map(job).collect()
}

fn information(portal: &Portal<'_>, standard: StandardIndex) -> InformationPage {
    let standards = &portal.reading.standards;
    let path = layout::standard_path(standards, standard, "information", "html");
    let title = portal.labels.fill("say.information_title", &[("standard", &standards.catalogue(standard).title)]);
    let group = |top: ClauseKey| {
        let items = group_clauses(portal, top).into_iter().flat_map(|key| standards.items_of(key).collect::<Vec<_>>());
        InformationGroup {
            clause: portal.bare_clause_link(top),
            items: items.map(|item| portal.item_row_with_lacking(portal.assessment.item(item))).collect(),
        }
    };
    InformationPage {
        frame: portal.frame(&path, title, "information"),
        standard: standard_link(standards, standard),
        figures: portal.figures(standard),
        count: standards.items(standard).count(),
        groups: top_clauses(portal, standard).into_iter().map(group).filter(|group| !group.items.is_empty()).collect(),
    }
}

/// A statement of applicability for each standard to cover that allows clauses to be excluded.
pub(super) fn applicability_jobs(portal: &Portal<'_>) -> Vec<Job> {
    let standards = &portal.reading.standards;
    let with_choice = standards.to_cover().filter(|standard| standards.has_excludable(*standard));
    let job = |standard| {
        let path = layout::applicability(standards, standard);
        Job::page(path, move |portal| applicability(portal, standard))
    };
    with_choice.map(job).collect()
}

fn applicability(portal: &Portal<'_>, standard: StandardIndex) -> ApplicabilityPage {
    let standards = &portal.reading.standards;
    let units = standards.clauses(standard).filter(|key| standards.is_unit(*key) && standards.is_excludable(*key));
    let rows: Vec<ApplicabilityRow> = units.map(|key| applicability_row(portal, key)).collect();
    let title = portal.labels.fill("say.applicability_title", &[("standard", &standards.catalogue(standard).title)]);
    ApplicabilityPage {
        frame: portal.frame(&layout::applicability(standards, standard), title, "matrix"),
        standard: standard_link(standards, standard),
        applicable: rows.iter().filter(|row| row.reason.is_none()).count(),
        rows,
    }
}

fn applicability_row(portal: &Portal<'_>, key: ClauseKey) -> ApplicabilityRow {
    let assessed = portal.assessment.clause(key);
    let mut documents: Vec<DocumentIndex> = assessed.claims.iter().map(|claim| claim.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.truncate(MAX_DOCUMENTS);
    ApplicabilityRow {
        clause: portal.bare_clause_link(key),
        reason: assessed.reason.clone(),
        documents: portal.document_links(&documents),
    }
}
