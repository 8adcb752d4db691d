//! Recertification audits that are not planned early enough.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, due_visits};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::AuditKind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("recertification-late"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "No recertification audit is held or planned to end `recertify_before` before the certificate expires.",
    why: "Findings must be closed and the decision made before the last day, or the certificate lapses and the cycle starts again.",
    fix: "Agree a date with the certification body, and add the audit to the register with `kind: recertification`.",
    example: "certificate: {expires: 2028-06-01, …}, and a recertification audit planned for May 2028",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let Some(certificate) = &reading.settings.certificate else { return };
    let due = due_visits(reading, certificate, assessment.clock.as_of);
    let missing = due.into_iter().find(|visit| visit.kind == AuditKind::Recertification && visit.is_missing());
    if let Some(visit) = missing {
        let message = format!("no recertification audit is planned to end by {}", visit.due);
        let place = reading.settings.place(certificate.span_of("expires"));
        let help = "agree a date with the certification body, and add the audit with `kind: recertification`";
        problems.push(Problem::new(RULE.id, place, message).help(help));
    }
}
