//! The cycle of a certificate: which visits fall due in it, and whether they are held or planned.

use crate::config::CertificateSettings;
use crate::date::{Date, Interval};
use crate::handbook::{EntryIndex, Reading};
use crate::register::{Audit, AuditKind, Kind, Period};

/// How long before its last day a recertification audit must have ended, unless the settings say otherwise.
const RECERTIFY_BEFORE: Interval = Interval::Days(60);

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

/// The surveillance audits and the recertification that a certificate asks for, in order; nothing where its days are not
/// known. The first surveillance audit ends within twelve months of the decision; then there is one in each calendar year
/// but the last.
pub(crate) fn due_visits(reading: &Reading, certificate: &CertificateSettings, as_of: Date) -> Vec<DueVisit> {
    let Some(decided) = certificate.decided.or(certificate.issued) else { return Vec::new() };
    let visits = visits(reading, as_of);
    let first = DueVisit {
        kind: AuditKind::Surveillance,
        from: decided.plus_days(1),
        by: decided.plus(Interval::Months(12)),
        audit: None,
    };
    let mut due = vec![first];
    if let Some(expires) = certificate.expires {
        let (begins, ends) = (first.by.parts().0, expires.parts().0);
        due.extend((begins.saturating_add(1)..ends).map(|year| DueVisit {
            kind: AuditKind::Surveillance,
            from: Date::end_of_year(year - 1).plus_days(1),
            by: Date::end_of_year(year),
            audit: None,
        }));
        let by = expires.minus(certificate.recertify_before.unwrap_or(RECERTIFY_BEFORE));
        due.push(DueVisit { kind: AuditKind::Recertification, from: decided.plus_days(1), by, audit: None });
    }
    due.iter_mut().for_each(|visit| visit.find(&visits));
    due
}

impl DueVisit {
    /// Finds the audit that counts for it: held or planned in time, else held late.
    fn find(&mut self, visits: &[Visit]) {
        let fits = |visit: &&Visit| visit.kind == self.kind && visit.days.to >= self.from;
        let in_time = visits.iter().find(|visit| fits(visit) && visit.days.to <= self.by);
        let is_yearly = self.from.parts().0 == self.by.parts().0 && self.by == Date::end_of_year(self.by.parts().0);
        let late = || visits.iter().find(|visit| fits(visit) && visit.is_held && !is_yearly);
        self.audit = in_time.or_else(late).map(|visit| visit.audit);
    }
}
