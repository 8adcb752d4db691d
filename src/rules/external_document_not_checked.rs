//! External documents whose edition was not checked in time.

use super::registers::days_text;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, EditionCheck, State, edition_check};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Span;
use crate::source::front_matter::FrontMatter;

pub(super) const RULE: Rule = Rule {
    id: RuleId("external-document-not-checked"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "Nobody has checked within the review interval that an external document is still the latest edition.",
    why: "People who work to a withdrawn standard or an old manual do the wrong thing with the right document in hand.",
    fix: "Ask the issuer for the latest edition. Write the day under `checked`, and a new edition under `edition`.",
    example: "issuer: Wrenwire Ltd, edition: 2024-03, review: 6 months, checked: 2026-03-01, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let (document, as_of) = (subject.document, assessed.assessment.clock.as_of);
    let is_used = !matches!(
        assessed.assessment.state(subject.index),
        State::Retired | State::Draft | State::InReview | State::Future
    );
    let Some(front) = document.front().filter(|_| is_used) else { return };
    let Some(check) = edition_check(document, as_of) else { return };
    let Some((span, message)) = edition_problem(front, check, as_of) else { return };
    let owner = document.owners.joined().unwrap_or("its owner".into());
    let help = format!("{owner}: ask the issuer for the latest edition, then write the day under `checked`");
    problems.push(Problem::new(RULE.id, document.place(span), message).help(help));
}

fn edition_problem(front: &FrontMatter, check: EditionCheck, as_of: Date) -> Option<(Span, String)> {
    match (&front.checked, check) {
        _ if front.is_unclear("checked") => {
            let message =
                "the date of the last check cannot be read, so nobody knows whether this edition is the latest";
            let checked_key = front.written_keys().find(|(key, _)| *key == "checked");
            Some((checked_key.map_or(front.opening, |(_, span)| span), message.to_owned()))
        }
        (Some(checked), EditionCheck { last: None, .. }) => {
            let day = checked.value;
            Some((checked.span, format!("the edition was checked on {day}, which is after {as_of}")))
        }
        (Some(checked), EditionCheck { last: Some(last), due: Some(due) }) if due < as_of => {
            let delay = days_text(due.days_until(as_of));
            let message =
                format!("the edition was last checked on {last}; the next check was due on {due}, {delay} ago");
            Some((checked.span, message))
        }
        (Some(_), _) => None,
        (None, _) => {
            let span = front.edition.as_ref().or(front.issuer.as_ref()).map_or(front.opening, |text| text.span);
            Some((span, "nobody has recorded when this edition was last known to be the latest".to_owned()))
        }
    }
}
