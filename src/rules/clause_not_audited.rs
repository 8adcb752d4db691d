//! Clauses whose last internal audit is too long ago or missing.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, AuditState, UnitAudit};
use crate::config::AuditCycle;
use crate::finding::{Problem, RuleId, Severity, StandardPart};
use crate::id::ClauseKey;
use crate::register::{Kind, close_command, postpone_command};

pub(super) const RULE: Rule = Rule {
    id: RuleId("clause-not-audited"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last internal audit of a clause is longer ago than `audits.every`, or there has been none and none is planned within that time of the programme's first audit.",
    why: "The programme must cover the whole management system. The certification body checks that before each visit.",
    fix: "Plan an internal audit that names the clause.",
    example: "clause 9.1, last audited on 2025-03-25, with `audits: {every: 12 months}`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let Some(audits) = &assessment.audits else { return };
    let Some(place) = reading.handbook.registers.list_place(Kind::Audits) else { return };
    let every = match reading.settings.registers.audits.every {
        AuditCycle::Every(interval) => format!("every {interval}"),
        AuditCycle::CalendarYear => "every calendar year".to_owned(),
    };
    for (key, unit) in audits.units() {
        let facts = reading.standards.clause(key);
        let name = format!("{} {}", facts.id, facts.title.as_deref().unwrap_or_default());
        let message = match (unit.state, unit.last) {
            (AuditState::Overdue, Some((last, audit))) => {
                let audit = reading.handbook.registers.entry(audit).id();
                let ago = super::registers::days_text(last.days_until(assessment.clock.as_of));
                format!(
                    "clause {} was last audited on {last} ({audit}), {ago} ago; the settings ask for an audit {every}",
                    name.trim()
                )
            }
            (AuditState::Never, _) if audits.programme_start.is_some() && unit.due.is_none() => {
                format!("clause {} has never been audited", name.trim())
            }
            _ => continue,
        };
        let help = help(*assessed, key, unit);
        problems.push(Problem::new(RULE.id, place.clone(), message).help(help).about(StandardPart::Clause(key)));
    }
}

/// The help for a clause that was not audited in time.
fn help(Assessed { reading, assessment }: Assessed<'_>, key: ClauseKey, unit: &UnitAudit) -> String {
    match unit.next {
        Some((next, audit)) if next.to < assessment.clock.as_of => {
            let audit = &reading.handbook.registers.entry(audit).entry;
            let (close, later) = (close_command(audit, assessment.clock.as_of), postpone_command(audit));
            format!("if {} has been held, run `{close}`; otherwise plan it again: `{later}`", audit.id.value)
        }
        Some((next, audit)) => {
            let audit = reading.handbook.registers.entry(audit).id();
            format!(
                "{audit} is planned for {}; bring it forward, or set `audits.every` to what you have agreed",
                next.from
            )
        }
        None => {
            let set = "--set kind=internal --set planned=DATE";
            format!(
                "add `{0}` to the `clauses` of a planned audit, or plan one: `clausebook new --register audits TITLE {set} --set clauses={0}`",
                reading.standards.clause(key).id
            )
        }
    }
}
