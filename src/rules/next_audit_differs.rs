//! A next audit in the settings that is not in the register.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, collect_visits};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("next-audit-differs"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "`certificate.next_audit` in the settings is not the next visit in the register of audits.",
    why: "The register takes precedence, so the day in the settings is shown nowhere and misleads anyone who reads it there.",
    fix: "Remove `next_audit`, or correct the register.",
    example: "next_audit: 2027-05-18, where the next visit is planned for 2027-06-08",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let Some(certificate) = &reading.settings.certificate else { return };
    let Some(next_audit) = certificate.next_audit.filter(|_| reading.handbook.registers.has(Kind::Audits)) else {
        return;
    };
    let next = collect_visits(reading, assessment.clock.as_of).into_iter().find(|visit| !visit.is_held);
    let message = match next {
        Some(next) if (next.days.from..=next.days.to).contains(&next_audit) => return,
        Some(next) => {
            let id = reading.handbook.registers.entry(next.audit).id();
            format!(
                "the next audit is {next_audit} here, but the next visit in the register, {id}, begins on {}",
                next.days.from
            )
        }
        None => format!("the next audit is {next_audit} here, but the register has no visit planned"),
    };
    let place = reading.settings.place(certificate.span_of("next_audit"));
    problems.push(Problem::new(RULE.id, place, message).help("remove `next_audit`: the register takes precedence"));
}
