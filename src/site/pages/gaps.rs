//! The page of gaps: what is missing, with the owner and the next step.

use super::clause::{draft_reason_key, reason};
use super::matrix::others;
use crate::assess::{ClauseAssessment, ItemAssessment, ItemVerdict, Provider, Verdict};
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, StandardIndex};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{ClauseGap, GapsPage, ItemGap, Person, Shared};
use crate::site::portal::Portal;
use crate::standard::Basis;

/// The maximum number of documents listed with a gap.
const MAX_DOCUMENTS: usize = 20;

/// The gaps of each standard to cover.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |standard| {
        let path = layout::standard_path(&portal.reading.standards, standard, "gaps", "html");
        Job::page(path, move |portal| gaps(portal, standard))
    };
    portal.reading.standards.to_cover().map(job).collect()
}

fn gaps(portal: &Portal<'_>, standard: StandardIndex) -> GapsPage {
    let path = layout::standard_path(&portal.reading.standards, standard, "gaps", "html");
    let with = |basis: Basis| {
        let open = |item: &&ItemAssessment| {
            item.basis == basis && !matches!(item.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded)
        };
        let mut items: Vec<&ItemAssessment> = portal.assessment.items[standard.at()].iter().filter(open).collect();
        items.sort_by_key(|item| (item.verdict, item.item));
        items.into_iter().map(|item| item_gap(portal, item)).collect()
    };
    let unneeded = portal.assessment.items[standard.at()].iter().filter(|item| item.verdict == ItemVerdict::NotNeeded);
    let title =
        portal.labels.fill("say.gaps_title", &[("standard", &portal.reading.standards.catalogue(standard).title)]);
    GapsPage {
        frame: portal.frame(&path, title, "gaps"),
        standard: portal.standard_link(standard),
        others: others(portal, standard, "gaps"),
        figures: portal.figures(standard),
        clauses: clause_gaps(portal, standard),
        required: with(Basis::Required),
        expected: with(Basis::Expected),
        not_needed: unneeded.map(|item| item_gap(portal, item)).collect(),
        csv: url(&layout::standard_path(&portal.reading.standards, standard, "gaps", "csv")),
    }
}

/// Uncovered coverage units, sorted by verdict, worst first, then in clause order.
pub(super) fn clause_gaps(portal: &Portal<'_>, standard: StandardIndex) -> Vec<ClauseGap> {
    let open = |clause: &&ClauseAssessment| {
        portal.reading.standards.is_unit(clause.clause) && clause.verdict.is_some_and(Verdict::is_gap)
    };
    let mut clauses: Vec<&ClauseAssessment> = portal.assessment.clauses[standard.at()].iter().filter(open).collect();
    clauses.sort_by_key(|clause| (clause.verdict, clause.clause));
    clauses.into_iter().filter_map(|clause| clause_gap(portal, clause)).collect()
}

fn clause_gap(portal: &Portal<'_>, assessed: &ClauseAssessment) -> Option<ClauseGap> {
    let verdict = assessed.verdict?;
    let mut documents: Vec<DocumentIndex> = assessed.claims.iter().map(|claim| claim.document).collect();
    documents.dedup();
    documents.truncate(MAX_DOCUMENTS);
    let step = match verdict {
        Verdict::Partial if assessed.rolled_up => "rolled_up",
        Verdict::Draft => draft_reason_key(portal, assessed),
        _ => verdict.as_str(),
    };
    Some(ClauseGap {
        clause: portal.bare_clause_link(assessed.clause),
        verdict,
        reason: reason(portal, assessed),
        owner: owner(portal, &documents, assessed.clause),
        next_step: portal.labels.text(&format!("say.next.{step}")).to_owned(),
        documents: portal.document_links(&documents),
    })
}

fn item_gap(portal: &Portal<'_>, assessed: &ItemAssessment) -> ItemGap {
    let item = portal.reading.standards.item_at(assessed.item);
    let documents: Vec<DocumentIndex> =
        assessed.providers.iter().map(|provider| provider.document).take(MAX_DOCUMENTS).collect();
    let best = assessed.providers.iter().max_by_key(|provider| provider.verdict());
    let is_empty = assessed.verdict == ItemVerdict::Draft && best.is_some_and(Provider::is_discounted);
    let step = format!("say.next_item.{}", if is_empty { "draft_empty" } else { assessed.verdict.as_str() });
    let next_step =
        (assessed.verdict != ItemVerdict::NotNeeded).then(|| portal.labels.fill(&step, &[("id", item.id.as_str())]));
    ItemGap {
        id: item.id.to_string(),
        name: item.name.clone(),
        clause: portal.bare_clause_link(assessed.clause),
        keep: item.keep,
        basis: item.basis,
        unverified: item.unverified,
        verdict: assessed.verdict,
        reason: portal.item_reason(assessed),
        owner: owner(portal, &documents, assessed.clause),
        next_step,
        documents: portal.document_links(&documents),
    }
}

/// The owner of a gap: the owner of a document that addresses it, otherwise of the first document with an owner in its
/// group.
fn owner(portal: &Portal<'_>, documents: &[DocumentIndex], clause: ClauseKey) -> Option<Shared<Person>> {
    let owner_of = |index: &DocumentIndex| portal.people(&portal.document(*index).owners);
    let group = || {
        let group = portal.groups.get(portal.groups.group_of_clause(&portal.reading.standards, clause)?)?;
        group.documents.iter().find_map(owner_of)
    };
    documents.iter().find_map(owner_of).or_else(group)
}
