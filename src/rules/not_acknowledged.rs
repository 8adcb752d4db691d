//! Documents that their readers have not acknowledged in time.

use super::registers::days_text;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{AcknowledgementCount, Assessed, count_acknowledgements};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("not-acknowledged"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "Readers had time to acknowledge a version, and not all who were asked have done so, or nobody was asked, or a count cannot be read.",
    why: "Publishing a policy is not enough: auditors will ask staff what it says.",
    fix: "Ask the people who have not acknowledged it, then add a count of `acknowledgements` with the day and where the evidence is kept.",
    example: "acknowledge: {within: 10 days}, approved: 2026-11-01, with 40 of 86 acknowledged, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let Some(count) = count_acknowledgements(assessed.reading, assessed.assessment, subject.index) else { return };
    if count.due >= as_of || count.is_complete() {
        return;
    }
    let document = subject.document;
    let written = document.front().and_then(|front| front.acknowledge.as_ref());
    let place = written.map_or_else(|| document.front_matter_place(), |written| document.place(written.span));
    let help = match count.asked_count {
        0 => {
            "ask the people who must know it to acknowledge it, then add the count to the register of `acknowledgements`"
        }
        _ => {
            "ask the people who have not acknowledged it, then add the new count to the register of `acknowledgements`"
        }
    };
    problems.push(Problem::new(RULE.id, place, message(count, as_of)).help(help));
}

fn message(acknowledgements: AcknowledgementCount, as_of: Date) -> String {
    let AcknowledgementCount { due, asked_count, given_count, unreadable_count: unread, .. } = acknowledgements;
    let delay = days_text(due.days_until(as_of));
    let message = match (asked_count, given_count) {
        (0, _) => format!(
            "there is no record that anyone was asked to acknowledge this version; the deadline was {due}, {delay} ago"
        ),
        (1, 0) => {
            format!("the one person asked has not acknowledged this version; the deadline was {due}, {delay} ago")
        }
        _ => format!(
            "{given_count} of {asked_count} people have acknowledged this version; the deadline was {due}, {delay} ago"
        ),
    };
    match unread {
        0 => message,
        1 => format!("{message}; 1 count that may be for it cannot be read"),
        _ => format!("{message}; {unread} counts that may be for it cannot be read"),
    }
}
