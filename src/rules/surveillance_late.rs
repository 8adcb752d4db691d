//! Surveillance audits that a certificate requires but that are neither held nor planned.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, due_visits};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::AuditKind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("surveillance-late"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A surveillance audit that the certificate requires is neither held nor planned; a warning from 90 days before its last day.",
    why: "Without the first one within 12 months of the decision, or one in each later calendar year, the certificate is suspended.",
    fix: "Agree a date with the certification body, and add the audit to the register with `kind: surveillance`.",
    example: "certificate: {decided: 2025-06-02, …}, and no surveillance audit up to 2026-06-02",
    check: Check::Handbook(check),
};

/// The number of days before the last day from which there is a warning.
const WARNING_DAYS: i32 = 90;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    let Some(certificate) = &reading.settings.certificate else { return };
    let missing = due_visits(reading, certificate, as_of).into_iter().filter(|visit| {
        visit.kind == AuditKind::Surveillance && visit.is_missing() && visit.due.plus_days(-WARNING_DAYS) <= as_of
    });
    for visit in missing {
        let key = if certificate.decided.is_some() { "decided" } else { "issued" };
        let place = reading.settings.place(certificate.span_of(key));
        let help = "agree a date with the certification body, and add the audit with `kind: surveillance`";
        let problem = |message: String| {
            Problem::new(RULE.id, place.clone(), message)
                .help(help)
                .with_subject(format!("surveillance by {}", visit.due))
        };
        problems.push(if visit.due < as_of {
            problem(format!("the surveillance audit due by {} was not held", visit.due))
        } else {
            problem(format!("no surveillance audit is held or planned by {}", visit.due))
                .with_max_severity(Severity::Warning)
        });
    }
}
