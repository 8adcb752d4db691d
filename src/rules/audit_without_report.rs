//! Internal audits without a report in time.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, has_report};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("audit-without-report"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An internal audit was held longer ago than `audits.report_within`, and no report in force is named.",
    why: "The report is the evidence of the audit. Without one, the managers concerned do not know the results.",
    fix: "Write the report, have it approved, and name it under `report`.",
    example: "held: {from: 2026-09-08, to: 2026-09-10}, without `report`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (_, placed) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed.entry).filter(|audit| audit.is_internal()) else { continue };
        let Some(held) = audit.held(as_of) else { continue };
        let limit = held.to.plus(reading.settings.registers.audits.report_within);
        if limit >= as_of || has_report(reading, assessment, audit) {
            continue;
        }
        let ago = days_text(held.to.days_until(as_of));
        let (message, key) = match audit.report() {
            None => (format!("audit {} was held {ago} ago and has no report", placed.id()), "held"),
            Some(report) => {
                let report = report.value.as_str();
                (format!("audit {} was held {ago} ago, and its report {report} is not in force", placed.id()), "report")
            }
        };
        let place = placed.place(placed.entry.record.span_of(key));
        let help = format!("name a report in force: `clausebook set {} report=ID`", placed.id());
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed.id()).help(help));
    }
}
