//! Audits of the parts of coverage units. Audits of all parts add up to an audit of the unit, just as claims on all
//! parts cover it.

use std::collections::{BTreeMap, BTreeSet};

use super::UnitAudit;
use crate::assess::applicability::Applicability;
use crate::date::Date;
use crate::handbook::{EntryIndex, Lookup};
use crate::id::{ClauseKey, DocumentId};
use crate::register::{Audit, Period};
use crate::standard::Standards;

/// The last and next audits of the smallest parts of clauses.
pub(super) struct PartAudits<'a> {
    standards: &'a Standards,
    applicability: &'a Applicability<'a>,
    audits: BTreeMap<ClauseKey, UnitAudit>,
}

impl<'a> PartAudits<'a> {
    pub(super) fn new(standards: &'a Standards, applicability: &'a Applicability<'a>) -> PartAudits<'a> {
        PartAudits { standards, applicability, audits: BTreeMap::new() }
    }

    /// The smallest applicable parts of a clause that contain requirements; the clause itself if there are none below
    /// it.
    fn smallest_parts(&self, key: ClauseKey) -> Vec<ClauseKey> {
        let below = self.standards.descendants(key);
        let is_smallest = |key: &ClauseKey| self.standards.children(*key).is_empty();
        let is_due =
            |key: &ClauseKey| !self.standards.clause(*key).informative && self.applicability.reason(*key).is_none();
        let parts: Vec<ClauseKey> = below.into_iter().filter(|key| is_smallest(key) && is_due(key)).collect();
        if parts.is_empty() { vec![key] } else { parts }
    }

    /// Records an internal audit for every part that it names, except those whose result cannot be read. `lookup` knows
    /// the findings that results name.
    pub(super) fn record_audit(&mut self, index: EntryIndex, audit: Audit<'_>, lookup: &Lookup, as_of: Date) {
        let clauses = audit.entry().clauses().iter().filter_map(|clause| self.standards.find_reference(&clause.value));
        let mut parts: BTreeSet<ClauseKey> = clauses.flat_map(|key| self.smallest_parts(key)).collect();
        let is_finding = |id: &DocumentId| lookup.entry(id).is_some() || lookup.is_withheld(id);
        let unclear = audit.clauses_with_unclear_result(is_finding);
        for key in unclear.filter_map(|clause| self.standards.find_reference(&clause.value)) {
            self.smallest_parts(key).iter().for_each(|part| _ = parts.remove(part));
        }
        for part in parts {
            let part_audit = self.audits.entry(part).or_default();
            match (audit.held(as_of), audit.planned()) {
                (Some(held), _) => {
                    let is_newer = part_audit.last.is_none_or(|(last, _)| last < held.to);
                    part_audit.last = if is_newer { Some((held.to, index)) } else { part_audit.last };
                }
                (None, Some(planned)) => {
                    let earlier = |existing: Option<(Period, EntryIndex)>| {
                        existing.filter(|(next, _)| *next <= planned).or(Some((planned, index)))
                    };
                    part_audit.next = earlier(part_audit.next);
                    part_audit.upcoming =
                        if planned.to >= as_of { earlier(part_audit.upcoming) } else { part_audit.upcoming };
                }
                (None, None) => {}
            }
        }
    }

    /// Combines the audits of a unit's parts. The last audit is that of the part audited longest ago; the next one is
    /// the audit after which none of the parts audited longest ago is still waiting.
    pub(super) fn combine_parts(&self, unit: ClauseKey) -> UnitAudit {
        let no_audit = UnitAudit::default();
        let parts = self.smallest_parts(unit);
        let parts: Vec<&UnitAudit> = parts.iter().map(|part| self.audits.get(part).unwrap_or(&no_audit)).collect();
        let day = |part: &UnitAudit| part.last.map(|(period, _)| period);
        let oldest = parts.iter().min_by_key(|part| day(part)).copied().unwrap_or(&no_audit);
        let oldest_parts = || parts.iter().filter(|part| day(part) == day(oldest));
        let all = |audit: fn(&UnitAudit) -> Option<(Period, EntryIndex)>| {
            let planned: Option<Vec<(Period, EntryIndex)>> = oldest_parts().map(|part| audit(part)).collect();
            planned.and_then(|planned| planned.into_iter().max())
        };
        UnitAudit {
            last: oldest.last,
            next: all(|part| part.next),
            upcoming: all(|part| part.upcoming),
            ..UnitAudit::default()
        }
    }
}
