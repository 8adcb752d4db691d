//! Documents that auditors own or wrote among those they audit: nobody is independent of their own work.

use ahash::AHashMap;

use super::basis::was_approved_before;
use super::{Assessed, find_units};
use crate::date::Date;
use crate::handbook::{DocumentIndex, is_one_of};
use crate::id::{ClauseKey, ClauseRef};
use crate::name::split_names;
use crate::place::Located;
use crate::standard::Standards;

/// What is audited, and when.
#[derive(Clone, Copy)]
pub(crate) struct AuditedScope<'a> {
    /// The clauses.
    pub(crate) clauses: &'a [Located<ClauseRef>],
    /// The last day of the audit, if it was held.
    pub(crate) held: Option<Date>,
}

/// What an auditor owns or wrote of what they audit.
pub(crate) struct OwnWork<'a> {
    /// The auditor: a person or a role.
    pub(crate) person: &'a str,
    /// The documents, each with a clause that it addresses.
    pub(crate) documents: Vec<(DocumentIndex, ClauseKey)>,
}

/// A cache of whether a person or role is an owner or author of a document: few auditors check the same documents
/// repeatedly.
#[derive(Debug, Default)]
pub(crate) struct IndependenceCache<'a>(AHashMap<&'a str, AHashMap<DocumentIndex, bool>>);

impl<'a> IndependenceCache<'a> {
    /// Returns the people in an auditor's name (which may list several) who own or wrote documents that they audit.
    pub(crate) fn own_work(
        &mut self,
        assessed: &Assessed<'a>,
        auditor: &'a str,
        scope: AuditedScope<'_>,
    ) -> Vec<OwnWork<'a>> {
        let mut own_work = |person| OwnWork { person, documents: self.own_documents(assessed, person, scope) };
        // A name such as `R&D Manager` is one role if it is the owner's.
        let mut all = vec![own_work(auditor)];
        if all.iter().all(|one| one.documents.is_empty()) {
            let each = split_names(auditor).map(str::trim).filter(|name| *name != auditor.trim());
            all = each.map(own_work).collect();
        }
        all.retain(|one| !one.documents.is_empty());
        all
    }

    /// Returns the documents that an auditor owns or wrote and that are in force and address one of the clauses, each
    /// with such a clause. For an audit that was held, only documents with a version approved by then count.
    fn own_documents(
        &mut self,
        assessed: &Assessed<'a>,
        person: &'a str,
        AuditedScope { clauses, held }: AuditedScope<'_>,
    ) -> Vec<(DocumentIndex, ClauseKey)> {
        let Assessed { reading, assessment } = assessed;
        let ownership = self.0.entry(person).or_default();
        let mut own: Vec<(DocumentIndex, ClauseKey)> = Vec::new();
        let standards = &reading.standards;
        let parents = parent_clauses(standards, clauses).into_iter().map(|key| (key, Vec::new()));
        let units = find_units(standards, clauses).into_iter().map(|unit| (unit, standards.descendants(unit)));
        for (unit, parts) in units.chain(parents) {
            let parts = std::iter::once(unit).chain(parts);
            let claims = parts.flat_map(|key| &assessment.clause(key).claims).filter(|claim| claim.counts);
            for claim in claims.filter(|claim| claim.state.is_in_force()) {
                let document = reading.handbook.document(claim.document);
                let was_there = held.is_none_or(|held| was_in_force(assessed, claim.document, held));
                let mut is_theirs = || {
                    let cached = ownership.entry(claim.document);
                    *cached.or_insert_with(|| is_one_of(person, &document.owners, &document.authors))
                };
                if was_there && is_theirs() && own.iter().all(|(index, _)| *index != claim.document) {
                    own.push((claim.document, unit));
                }
            }
        }
        own
    }
}

/// Parent clauses among the audited clauses and everything below them. A document that addresses a parent clause covers
/// none of the clauses below it, but is still its owner's work.
fn parent_clauses(standards: &Standards, clauses: &[Located<ClauseRef>]) -> Vec<ClauseKey> {
    let keys = clauses.iter().filter_map(|clause| standards.find_reference(&clause.value));
    let all = keys.flat_map(|key| std::iter::once(key).chain(standards.descendants(key)));
    all.filter(|key| standards.descendants(*key).iter().any(|below| standards.is_unit(*below))).collect()
}

/// Whether a version of a document, current or earlier, had been approved by a day.
fn was_in_force(assessed: &Assessed<'_>, document: DocumentIndex, day: Date) -> bool {
    let approved = assessed.assessment.life(document).approved;
    approved.is_some_and(|approved| approved <= day)
        || was_approved_before(assessed.reading.handbook.document(document), day)
}
