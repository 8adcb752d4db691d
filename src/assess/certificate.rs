//! The cycle of a certificate: which visits fall due in it, and whether they are held or planned.

use crate::config::CertificateSettings;
use crate::date::{Date, Interval};
use crate::handbook::{EntryIndex, Reading};
use crate::register::{Audit, AuditKind, Kind, Period};

/// How long before its last day a recertification audit must have ended, unless the settings say otherwise.
const RECERTIFY_BEFORE: Interval = Interval::Days(60);

/// How long a certificate is valid, where the day of its decision is not known.
const CYCLE: Interval = Interval::Months(36);

/// A visit of the certification body that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DueVisit {
    /// Its kind.
    pub(crate) kind: AuditKind,
    /// The first day on which an audit counts for it.
    pub(crate) from: Date,
    /// The day by which it is to have ended.
    pub(crate) by: Date,
    /// The audit that was held or is planned for it, if any.
    pub(crate) audit: Option<EntryIndex>,
}

/// An audit by the certification body as it stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    /// The audit.
    pub(crate) audit: EntryIndex,
    /// Its kind.
    pub(crate) kind: AuditKind,
    /// When it was held or is planned.
    pub(crate) days: Period,
    /// Whether it was held.
    pub(crate) is_held: bool,
}

/// Visits of the certification body that were held by a day or lie ahead, by day. One whose planned days have passed without
/// its being held is none.
pub(crate) fn visits(reading: &Reading, as_of: Date) -> Vec<Visit> {
    let audits = reading.handbook.registers.of_kind(Kind::Audits);
    let mut visits: Vec<Visit> = audits
        .filter_map(|(index, placed)| {
            let audit = Audit::of(&placed.entry)?;
            let kind = audit.kind().filter(|kind| kind.is_visit())?;
            let held = audit.held(as_of);
            let days = held.or(audit.planned().filter(|planned| planned.to >= as_of))?;
            Some(Visit { audit: index, kind, days, is_held: held.is_some() })
        })
        .collect();
    visits.sort_by_key(|visit| (visit.days, visit.audit));
    visits
}

/// The surveillance audits and the recertification that a certificate asks for, in order, as far as its days are known. The
/// first surveillance audit ends within twelve months of the decision; then there is one in each later calendar year but
/// the last.
pub(crate) fn due_visits(reading: &Reading, certificate: &CertificateSettings, as_of: Date) -> Vec<DueVisit> {
    let visits = visits(reading, as_of);
    let decided = certificate.decided.or(certificate.issued);
    let mut due = decided.map_or_else(Vec::new, |decided| surveillance(&visits, decided, certificate.expires));
    if let Some(expires) = certificate.expires {
        let by = expires.minus(certificate.recertify_before.unwrap_or(RECERTIFY_BEFORE));
        let begins = decided.unwrap_or_else(|| expires.minus(CYCLE));
        due.push(
            DueVisit { kind: AuditKind::Recertification, from: begins.plus_days(1), by, audit: None }.found(&visits),
        );
    }
    due
}

/// The surveillance audits of a certificate.
fn surveillance(visits: &[Visit], decided: Date, expires: Option<Date>) -> Vec<DueVisit> {
    let due = |from: Date, by: Date| DueVisit { kind: AuditKind::Surveillance, from, by, audit: None }.found(visits);
    let first = due(decided.plus_days(1), decided.plus(Interval::Months(12)));
    // The year of the first one is behind it, also of one that comes early.
    let held = visits.iter().find(|visit| Some(visit.audit) == first.audit).map_or(first.by, |visit| visit.days.to);
    let begins = held.min(first.by).parts().0;
    let ends = expires.map_or(begins, |expires| expires.parts().0);
    let later = begins.saturating_add(1)..ends;
    let of_year = |year: i16| due(Date::end_of_year(year - 1).plus_days(1), Date::end_of_year(year));
    std::iter::once(first).chain(later.map(of_year)).collect()
}

impl DueVisit {
    /// The same with the audit that counts for it: held or planned in time, else held late.
    fn found(self, visits: &[Visit]) -> DueVisit {
        let fits = |visit: &&Visit| visit.kind == self.kind && visit.days.to >= self.from;
        let in_time = visits.iter().find(|visit| fits(visit) && visit.days.to <= self.by);
        let is_yearly = self.from.parts().0 == self.by.parts().0 && self.by == Date::end_of_year(self.by.parts().0);
        let late = || visits.iter().find(|visit| fits(visit) && visit.is_held && !is_yearly);
        DueVisit { audit: in_time.or_else(late).map(|visit| visit.audit), ..self }
    }
}
