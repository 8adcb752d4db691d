//! Reviews that are too far apart.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::date::{Date, Interval};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, ReviewRule};

pub(super) const RULE: Rule = Rule {
    id: RuleId("long-review-interval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document is reviewed less often than every 36 months.",
    why: "A certificate lasts three years: such a document may not be reviewed once between two certifications.",
    fix: "Shorten the interval, or name an earlier day.",
    example: "review: 5 years",
    check: Check::Document(check),
};

/// The maximum time between two reviews.
const MAX_INTERVAL: Interval = Interval::Months(36);

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let life = assessed.assessment.life(subject.index);
    let Some(front) = document.front().filter(|_| document.is_controlled() && life.state != State::Retired) else {
        return;
    };
    let start = life.last_review.or(document.approved());
    let Some(message) = long_interval_message(document, start) else { return };
    let (place, help) = match &front.review {
        Some(review) => (document.place(review.span), "write `review: 36 months` or less"),
        None => {
            (document.front_matter_place(), "add `review: 36 months` or less, or shorten the interval in the settings")
        }
    };
    problems.push(Problem::new(RULE.id, place, message).help(help));
}

fn long_interval_message(document: &Document, start: Option<Date>) -> Option<String> {
    let day = start.unwrap_or(Date::MIN);
    match document.review {
        ReviewRule::Every(interval) if day.plus(interval) > day.plus(MAX_INTERVAL) => {
            Some(format!("the review interval of this document is {interval}; the maximum is 36 months"))
        }
        ReviewRule::Next(next) if start.is_some_and(|start| next > start.plus(MAX_INTERVAL)) => {
            Some(format!("the next review, on {next}, is more than 36 months after {day}"))
        }
        _ => None,
    }
}
