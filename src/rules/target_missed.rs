//! Newest values of indicators that miss their target, and objectives that were not reached.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, find_indicator};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Indicator, Kind, Objective, Target, format_figure};

pub(super) const RULE: Rule = Rule {
    id: RuleId("target-missed"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "The newest value of an indicator misses its target, or an objective was not reached.",
    why: "A missed target need not be a nonconformity. Clause 9.1 requires you to evaluate it, and the next management review will ask about it.",
    fix: "Find out why, and decide what is done about it: an action, an improvement or a nonconformity with the indicator as its `source`.",
    example: "target: \">= 90%\", values: {2026-Q3: 78.6}",
    check: Check::Handbook(check),
};

const HELP: &str = "record what is being done about it";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Indicators) {
        let Some(indicator) = Indicator::from_entry(&placed_entry.entry) else { continue };
        let Some((period, value)) = indicator.missed_values(as_of).pop() else { continue };
        let Some(target) = indicator.target() else { continue };
        let value = plain(&format_figure(value, &target.unit));
        let message =
            format!("indicator {} was {value} in {period}; its target is {}", placed_entry.id(), in_words(&target));
        let place = placed_entry.place(placed_entry.entry.record.span_of("values"));
        let problem = Problem::new(RULE.id, place, message).with_subject(format!("{}: {period}", placed_entry.id()));
        problems.push(problem.help(HELP));
    }
    for (_, placed_entry) in entries(assessed, Kind::Objectives) {
        let Some(objective) = Objective::from_entry(&placed_entry.entry) else { continue };
        if objective.is_reached(find_indicator(reading, objective), as_of) == Some(false) {
            let message = format!("objective {} was not reached", placed_entry.id());
            let place = placed_entry.place(placed_entry.entry.record.span_of("ends"));
            problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(HELP));
        }
    }
}

/// A target as part of a sentence: `at least 90%`.
fn in_words(target: &Target) -> String {
    let shown = plain(&target.to_string());
    let comparisons = [("≥", "at least"), ("≤", "no more than"), (">", "above"), ("<", "below"), ("=", "exactly")];
    let words = comparisons.iter().find_map(|(symbol, words)| Some(format!("{words}{}", shown.strip_prefix(symbol)?)));
    words.unwrap_or(shown)
}

/// A figure with ordinary spaces, for terminals.
fn plain(figure: &str) -> String {
    figure.replace('\u{a0}', " ")
}
