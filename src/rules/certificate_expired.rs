//! Certificates whose last day has passed.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("certificate-expired"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "The last day of the certificate has passed.",
    why: "The portal shows a certificate that is no longer valid, and so may your tenders and contracts.",
    fix: "Enter the new certificate in the settings, or remove the old one.",
    example: "certificate: {expires: 2026-11-21}, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    let Some(certificate) = &settings.certificate else { return };
    let as_of = assessed.assessment.clock.as_of;
    if let Some(expires) = certificate.expires.filter(|expires| *expires < as_of) {
        let message = format!("the certificate expired on {expires}");
        let place = settings.place(certificate.span_of("expires"));
        problems.push(Problem::new(RULE.id, place, message).help("enter the new certificate, or remove the old one"));
    }
}
