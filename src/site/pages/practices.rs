//! ITIL practices for readers who look for them, with the clauses, documents and owners of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::State;
use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{Link, Practice, PracticesPage};
use crate::site::navigation::standard_link;
use crate::site::portal::Portal;
use crate::standard::PRACTICES;
use crate::url::SitePath;

/// The maximum number of documents listed with a practice.
const MAX_DOCUMENTS: usize = 30;

/// The page, if the main catalogue relates clauses to practices.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let is_known = !portal.reading.standards.practices().is_empty();
    is_known.then(|| Job::page(layout::own_path("practices.html"), practices)).into_iter().collect()
}

fn practices(portal: &Portal<'_>) -> PracticesPage {
    let clauses_by_practice = portal.reading.standards.practices();
    let main = portal.reading.standards.main();
    let crosswalk = SitePath::page(&format!("crosswalk/{PRACTICES}"));
    PracticesPage {
        frame: portal.frame(&layout::own_path("practices.html"), portal.labels.text("pages.practices"), "practices"),
        standard: main.map(|main| standard_link(&portal.reading.standards, main)).unwrap_or_default(),
        crosswalk: Link { text: portal.labels.text("practices.by_clause").to_owned(), url: url(&crosswalk) },
        practices: clauses_by_practice.iter().map(|(name, clauses)| practice(portal, name, clauses)).collect(),
    }
}

fn practice(portal: &Portal<'_>, name: &str, clauses: &[ClauseKey]) -> Practice {
    let claims = clauses.iter().flat_map(|clause| &portal.assessment.clause(*clause).claims);
    let shown: BTreeSet<DocumentIndex> =
        claims.filter(|claim| claim.state != State::Retired).map(|claim| claim.document).collect();
    let documents: Vec<DocumentIndex> = shown.into_iter().collect();
    let in_force = documents.iter().filter(|index| portal.assessment.state(**index).is_in_force());
    let owners: BTreeMap<&str, _> = in_force
        .flat_map(|index| portal.document(*index).owners.iter())
        .map(|owner| (&**owner, portal.owner(owner)))
        .collect();
    Practice {
        id: name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"),
        name: name.to_owned(),
        clauses: clauses.iter().map(|clause| portal.bare_clause_link(*clause)).collect(),
        documents: portal.document_links(&documents[..documents.len().min(MAX_DOCUMENTS)]),
        more: documents.len().saturating_sub(MAX_DOCUMENTS),
        owners: owners.into_values().collect(),
    }
}
