//! Internal audits without a report in time.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, ReportProblem, has_report, report_problem};
use crate::finding::{Problem, RuleId, Severity};
use crate::id::DocumentId;
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("audit-without-report"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An internal audit was held longer ago than `audits.report_within` and has no report: an approved document of evidence that is not empty and not older than the audit.",
    why: "The report is the evidence of the audit. Without one, the managers concerned do not know the results.",
    fix: "Write the report, have it approved, and name it under `report`.",
    example: "held: {from: 2026-09-08, to: 2026-09-10}, without `report`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry).filter(|audit| audit.is_internal()) else { continue };
        let Some(held_period) = audit.held(as_of) else { continue };
        let limit = reading.settings.registers.audits.report_due(held_period.to);
        if limit >= as_of || has_report(reading, assessment, audit) {
            continue;
        }
        let ago = days_text(held_period.to.days_until(as_of));
        let (message, key) = match audit.report() {
            None => (format!("audit {} was held {ago} ago and has no report", placed_entry.id()), "held"),
            Some(report) => {
                let why = describe_problem(assessed, audit, report.value.id());
                let report = report.value.as_str();
                (format!("audit {} was held {ago} ago, and its report {report} {why}", placed_entry.id()), "report")
            }
        };
        let place = placed_entry.place(placed_entry.entry.record.span_of(key));
        let help =
            format!("name an approved report of what was found: `clausebook set {} report=ID`", placed_entry.id());
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
    }
}

/// Why what is named as the report of an audit is not one, as the end of a sentence.
fn describe_problem(assessed: &Assessed<'_>, audit: Audit<'_>, id: Option<&DocumentId>) -> String {
    let Assessed { reading, assessment } = assessed;
    let document = id.and_then(|id| reading.handbook.lookup.by_id(id));
    match document.and_then(|document| report_problem(reading, assessment, audit, document)) {
        Some(ReportProblem::OtherType(doc_type)) => format!("is a document of type `{doc_type}`, not a report"),
        Some(ReportProblem::Empty) => "is empty".to_owned(),
        Some(ReportProblem::Older(approved)) => format!("was approved on {approved}, before the audit"),
        Some(ReportProblem::NotApproved) | None => "is not an approved document".to_owned(),
    }
}
