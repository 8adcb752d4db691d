//! Documents that claim to have taken effect before they were approved.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Document;
use crate::source::front_matter::FrontMatter;

pub(super) const RULE: Rule = Rule {
    id: RuleId("effective-before-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document is effective from a day before its approval, or a report was approved or effective before the day on \
              which it was made.",
    why: "Between the two days the document applied without approval, or before it was written, unless one of the dates is \
          wrong.",
    fix: "Correct the day; if the document applies from its approval or its date, remove `effective`.",
    example: "approved: 2026-03-01, effective: 2025-03-01",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return };
    // Only for reports: the date of a record changes whenever somebody checks it.
    if &*document.doc_type == "report" {
        problems.extend(before_its_date(document, front));
    }
    let (Some(approved), Some(effective)) = (&front.approved, &front.effective) else { return };
    // An earlier version may have applied before this approval; the current one cannot.
    if effective.value < approved.value {
        let message =
            format!("this document is effective from {} but was approved on {}", effective.value, approved.value);
        let help = "correct the day, or remove it if the document applies from its approval";
        problems.push(Problem::new(RULE.id, document.place(effective.span), message).help(help));
    }
}

/// Finds a report that was approved or effective before its own date.
fn before_its_date(document: &Document, front: &FrontMatter) -> Option<Problem> {
    let report_date = front.date.as_ref()?.value;
    let days = [("effective from", &front.effective), ("approved on", &front.approved)];
    let (event, day) =
        days.into_iter().find_map(|(event, day)| Some((event, day.as_ref().filter(|day| day.value < report_date)?)))?;
    let message = format!("this report is dated {report_date} but was {event} {}", day.value);
    Some(Problem::new(RULE.id, document.place(day.span), message).help("correct one of the two dates"))
}
