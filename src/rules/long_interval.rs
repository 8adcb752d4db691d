//! Intervals and terms that are longer than a certificate is valid.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::date::{Date, Interval};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, PlacedEntry};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("long-interval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "An interval in the settings, for a contract, for a supplier's performance or for acknowledgements, the \
              acceptance of a risk, or a waiver is longer than 36 months, an action is due in more than 10 years, or a record is kept for \
              more than 100.",
    why: "Anything due that late falls after the certificate expires, so nobody is reminded of it.",
    fix: "Shorten the interval, or use an earlier date. A mistyped century is a common cause.",
    example: "audits: {every: 100 years}",
    check: Check::Handbook(check),
};

/// The longest interval, and the longest term of an acceptance or waiver: as long as a certificate is valid.
const MAX_INTERVAL: Interval = Interval::Months(36);
/// The longest term of an action.
const MAX_ACTION_TERM: Interval = Interval::Months(120);
/// The longest retention period of a record.
const MAX_RETENTION: Interval = Interval::Months(1200);

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    let as_of = assessed.assessment.clock.as_of;
    for interval in &settings.registers.intervals {
        problems.extend(check_interval(interval.value, MAX_INTERVAL, settings.place(interval.span)));
    }
    for waiver in &settings.waivers {
        problems.extend(check_term("this waiver", waiver.until.value, as_of, settings.place(waiver.until.span)));
    }
    let handbook = &assessed.reading.handbook;
    handbook.documents.iter().for_each(|document| problems.extend(check_document(document)));
    handbook.registers.entries.iter().for_each(|placed_entry| check_entry(placed_entry, as_of, problems));
}

/// Checks the time for acknowledgements and the retention period in front matter.
fn check_document(document: &Document) -> Vec<Problem> {
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return Vec::new() };
    let within =
        front.acknowledge.as_ref().map(|requirement| (requirement.value.within, MAX_INTERVAL, requirement.span));
    let retention = front.retention.as_ref().and_then(|retention| {
        let time = retention.value.split([',', ';']).next().unwrap_or_default();
        Some((time.trim().parse().ok()?, MAX_RETENTION, retention.span))
    });
    within
        .into_iter()
        .chain(retention)
        .filter_map(|(interval, max, span)| check_interval(interval, max, document.place(span)))
        .collect()
}

fn check_entry(placed_entry: &PlacedEntry, as_of: Date, problems: &mut Vec<Problem>) {
    let record = &placed_entry.entry.record;
    for (outer, key) in [("contract", "review"), ("performance", "every")] {
        let Some(inner) = record.record(outer) else { continue };
        let interval = inner.interval(key);
        problems.extend(
            interval
                .and_then(|interval| check_interval(interval, MAX_INTERVAL, placed_entry.place(inner.span_of(key)))),
        );
    }
    if let Some(accepted) = record.record("accepted")
        && let Some(until) = accepted.day("until")
    {
        let what = format!("the acceptance of {}", placed_entry.id());
        problems.extend(check_term(&what, until, as_of, placed_entry.place(accepted.span_of("until"))));
    }
    for action in placed_entry.entry.actions() {
        let Some(due) = action.due().filter(|due| *due > as_of.plus(MAX_ACTION_TERM)) else { continue };
        let message =
            format!("action {} of {} is due on {due}, in more than 10 years", action.number, placed_entry.id());
        problems.push(Problem::new(RULE.id, placed_entry.place(action.due_span()), message).help("correct the day"));
    }
}

/// Reports an interval that is longer than `max`.
fn check_interval(interval: Interval, max: Interval, place: Place) -> Option<Problem> {
    let message = format!("this interval is {interval}; the maximum is {max}");
    let is_long = Date::MIN.plus(interval) > Date::MIN.plus(max);
    is_long.then(|| Problem::new(RULE.id, place, message).help(format!("write `{max}` or less")))
}

/// Reports something that ends later than `max` from `as_of`.
fn check_term(what: &str, until: Date, as_of: Date, place: Place) -> Option<Problem> {
    let last = as_of.plus(MAX_INTERVAL);
    let message = format!("{what} ends on {until}, more than {MAX_INTERVAL} from now");
    (until > last).then(|| Problem::new(RULE.id, place, message).help(format!("use {last} or an earlier date")))
}
