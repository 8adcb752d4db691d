//! The certification cycle: which visits fall due in it, and whether each was held or is planned.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::CertificateSettings;
use crate::date::{Date, Interval};
use crate::handbook::{Document, EntryIndex, Reading};
use crate::register::{Audit, AuditKind, Kind, Period};
use crate::source::front_matter::Status;

/// How long before the certificate expires a recertification audit must have ended, unless the settings say otherwise.
const RECERTIFY_BEFORE: Interval = Interval::Days(60);

/// The assumed validity of a certificate if the day of the decision is not known.
const CERTIFICATE_VALIDITY: Interval = Interval::Months(36);

/// A visit of the certification body that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DueVisit {
    /// The kind of audit.
    pub(crate) kind: AuditKind,
    /// The first day on which an audit counts for it.
    pub(crate) from: Date,
    /// The day by which the audit must have ended.
    pub(crate) due: Date,
    /// The audit that was held or is planned for it, if any.
    pub(crate) audit: Option<EntryIndex>,
    /// Whether the settings announce its day and there is no register of audits.
    is_announced: bool,
}

/// A visit that only the settings announce, because there is no register of audits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AnnouncedVisit {
    /// Its day.
    pub(crate) day: Date,
    /// The kind of audit that falls due then, if known.
    pub(crate) kind: Option<AuditKind>,
}

/// An audit by the certification body on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    /// The audit.
    pub(crate) audit: EntryIndex,
    /// The kind of audit.
    pub(crate) kind: AuditKind,
    /// The days on which it was held or is planned.
    pub(crate) days: Period,
    /// Whether it was held.
    pub(crate) is_held: bool,
}

/// Returns visits of the certification body that were held by a day or are planned, sorted by day. A visit whose
/// planned days have passed without it being held is left out.
pub(crate) fn collect_visits(reading: &Reading, as_of: Date) -> Vec<Visit> {
    let audits = reading.handbook.registers.of_kind(Kind::Audits);
    let mut visits: Vec<Visit> = audits
        .filter_map(|(index, placed_entry)| {
            let audit = Audit::from_entry(&placed_entry.entry)?;
            let kind = audit.kind().filter(|kind| kind.is_visit())?;
            let held = audit.held(as_of);
            let days = held.or(audit.planned().filter(|planned| planned.to >= as_of))?;
            Some(Visit { audit: index, kind, days, is_held: held.is_some() })
        })
        .collect();
    visits.sort_by_key(|visit| (visit.days, visit.audit));
    visits
}

/// The first visit still to come.
pub(crate) fn next_visit(reading: &Reading, as_of: Date) -> Option<Visit> {
    collect_visits(reading, as_of).into_iter().find(|visit| !visit.is_held)
}

/// The surveillance audits and the recertification audit that a certificate requires, in order, as far as their days
/// are known. The first surveillance audit must end within twelve months of the decision; then there is one in each
/// later calendar year except the last.
pub(crate) fn due_visits(reading: &Reading, certificate: &CertificateSettings, as_of: Date) -> Vec<DueVisit> {
    let visits = collect_visits(reading, as_of);
    let decided = certificate.decided.or(certificate.issued);
    let mut due = decided.map_or_else(Vec::new, |decided| surveillance_visits(&visits, decided, certificate.expires));
    if let Some(expires) = certificate.expires {
        let by = expires.minus(certificate.recertify_before.unwrap_or(RECERTIFY_BEFORE));
        let begins = decided.unwrap_or_else(|| expires.minus(CERTIFICATE_VALIDITY));
        due.push(DueVisit::new(AuditKind::Recertification, begins.plus_days(1), by).with_audit(&visits));
    }
    let announced = announced_day(reading, certificate, as_of);
    let fits = |visit: &&mut DueVisit| announced.is_some_and(|day| visit.from <= day && day <= visit.due);
    if let Some(visit) = due.iter_mut().find(fits) {
        visit.is_announced = true;
    }
    due
}

/// The day of the next audit in the settings, until it has passed. A register takes precedence over the settings.
fn announced_day(reading: &Reading, certificate: &CertificateSettings, as_of: Date) -> Option<Date> {
    certificate.next_audit.filter(|day| *day >= as_of && !reading.handbook.registers.has(Kind::Audits))
}

/// The visit that the settings announce, if it is still to come and there is no register of audits.
pub(crate) fn announced_visit(reading: &Reading, as_of: Date) -> Option<AnnouncedVisit> {
    let certificate = reading.settings.shown_certificate()?;
    let day = announced_day(reading, certificate, as_of)?;
    let due = due_visits(reading, certificate, as_of).into_iter().find(|visit| visit.is_announced);
    Some(AnnouncedVisit { day, kind: due.map(|visit| visit.kind) })
}

/// Those accountable for the certificate and its visits: the owners of the documents with the audit programme, which
/// own the register of audits or provide the programme.
pub(crate) fn certificate_owners(reading: &Reading) -> Vec<Arc<str>> {
    let handbook = &reading.handbook;
    let item = Kind::Audits.row().item;
    let provides = |document: &Document| {
        let is_in_use = document.status() != Some(Status::Retired);
        is_in_use && document.provides.iter().any(|(key, _)| reading.standards.item_at(*key).id.as_str() == item)
    };
    let owners = handbook.registers.owners_of(Kind::Audits);
    let owners: Vec<&Document> = match owners.as_slice() {
        [] => handbook.controlled().map(|(_, document)| document).filter(|document| provides(document)).collect(),
        owners => owners.iter().map(|index| handbook.document(*index)).collect(),
    };
    let names: BTreeSet<Arc<str>> = owners.into_iter().flat_map(|document| document.owners.iter().cloned()).collect();
    names.into_iter().collect()
}

/// The surveillance audits of a certificate.
fn surveillance_visits(visits: &[Visit], decided: Date, expires: Option<Date>) -> Vec<DueVisit> {
    let due = |from: Date, by: Date| DueVisit::new(AuditKind::Surveillance, from, by);
    let first = due(decided.plus_days(1), decided.plus(Interval::Months(12))).with_audit(visits);
    // The first audit counts for its own year, even if it comes early.
    let held_on = visits.iter().find(|visit| Some(visit.audit) == first.audit).map_or(first.due, |visit| visit.days.to);
    let begins = held_on.min(first.due).year_month_day().0;
    let ends = expires.map_or(begins, |expires| expires.year_month_day().0);
    let mut due_visits = vec![first];
    for year in begins.saturating_add(1)..ends {
        let visit = due(Date::end_of_year(year - 1).plus_days(1), Date::end_of_year(year));
        // An audit that spans the end of a year counts for only one of the two years.
        let is_free = |visit: &&Visit| due_visits.iter().all(|due| due.audit != Some(visit.audit));
        let free: Vec<Visit> = visits.iter().filter(is_free).copied().collect();
        due_visits.push(visit.with_audit_in_year(&free));
    }
    due_visits
}

impl DueVisit {
    fn new(kind: AuditKind, from: Date, by: Date) -> DueVisit {
        DueVisit { kind, from, due: by, audit: None, is_announced: false }
    }

    /// Whether no audit was held or is planned for this visit.
    pub(crate) fn is_missing(&self) -> bool {
        self.audit.is_none() && !self.is_announced
    }

    /// Adds the audit that counts for this visit: one held or planned in time, otherwise one held late.
    fn with_audit(self, visits: &[Visit]) -> DueVisit {
        let fits = |visit: &&Visit| visit.kind == self.kind && visit.days.to >= self.from;
        let in_time = visits.iter().find(|visit| fits(visit) && visit.days.to <= self.due);
        let late = || visits.iter().find(|visit| fits(visit) && visit.is_held);
        DueVisit { audit: in_time.or_else(late).map(|visit| visit.audit), ..self }
    }

    /// Adds an audit that takes place on any day between `from` and `by`.
    fn with_audit_in_year(self, visits: &[Visit]) -> DueVisit {
        let is_in_it = |visit: &&Visit| visit.days.to >= self.from && visit.days.from <= self.due;
        let found = visits.iter().find(|visit| visit.kind == self.kind && is_in_it(visit));
        DueVisit { audit: found.map(|visit| visit.audit), ..self }
    }
}
