//! The position in the certification cycle: which visit comes next if none is planned.

use crate::assess::certificate::{Visit, collect_visits};
use crate::date::{Date, Interval};
use crate::handbook::Reading;
use crate::register::AuditKind;

/// The maximum time between stage one and stage two; after it, certification starts over.
const MAX_STAGE_GAP: Interval = Interval::Months(12);

/// Without a certificate in the settings, a visit held longer ago does not show that one exists.
const CERTIFICATE_VALIDITY: Interval = Interval::Months(36);

/// The visits that were held, by day.
pub(super) fn held_visits(reading: &Reading, as_of: Date) -> Vec<Visit> {
    let mut held: Vec<Visit> = collect_visits(reading, as_of).into_iter().filter(|visit| visit.is_held).collect();
    held.sort_by_key(|visit| (visit.days.to, visit.audit));
    held
}

/// The kind of visit that comes next if none is planned.
pub(super) fn usual_visit_kind(reading: &Reading, as_of: Date) -> AuditKind {
    let certified = certificate_start(reading, as_of);
    let visit = held_visits(reading, as_of).pop();
    let is_recent = |visit: &Visit, time: Interval| visit.days.to.plus(time) >= as_of;
    match visit {
        // A certificate issued later shows that stage two was held.
        Some(visit) if visit.kind == AuditKind::StageOne && certified.is_none_or(|since| since <= visit.days.to) => {
            match certified {
                _ if is_recent(&visit, MAX_STAGE_GAP) => AuditKind::StageTwo,
                Some(_) => AuditKind::Surveillance,
                None => AuditKind::StageOne,
            }
        }
        _ if certified.is_some() => AuditKind::Surveillance,
        Some(visit) if is_recent(&visit, CERTIFICATE_VALIDITY) && !is_certificate_lost(reading, &visit, as_of) => {
            AuditKind::Surveillance
        }
        _ => AuditKind::StageOne,
    }
}

/// The first day of the certificate in the settings, if it is valid on the given day.
fn certificate_start(reading: &Reading, as_of: Date) -> Option<Date> {
    let certificate = reading.settings.certificate.as_ref()?;
    let is_valid = certificate.expires.is_none_or(|last| last >= as_of);
    certificate.issued.or(certificate.decided).filter(|day| *day <= as_of && is_valid)
}

/// Whether the certificate in the settings has expired.
pub(super) fn is_certificate_expired(reading: &Reading, as_of: Date) -> bool {
    let expires = reading.settings.certificate.as_ref().and_then(|certificate| certificate.expires);
    expires.is_some_and(|last| last < as_of)
}

/// Whether the certificate in the settings has expired and the visit did not renew it.
fn is_certificate_lost(reading: &Reading, visit: &Visit, as_of: Date) -> bool {
    let expires = reading.settings.certificate.as_ref().and_then(|certificate| certificate.expires);
    let renews = matches!(visit.kind, AuditKind::StageTwo | AuditKind::Recertification);
    let is_renewed = |last: Date| renews && visit.days.to.plus(MAX_STAGE_GAP) >= last;
    expires.is_some_and(|last| last < as_of && !is_renewed(last))
}
