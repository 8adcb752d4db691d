//! Periods of indicators without a value.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, find_indicator};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Indicator, Kind, Objective, VALUE_DUE_DAYS};

pub(super) const RULE: Rule = Rule {
    id: RuleId("value-missing"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A period of an indicator, or an objective, ended more than 31 days ago and has no value.",
    why: "Clause 9.1 requires monitoring and measurement. A period without a value shows that nobody measured, whatever the earlier values say.",
    fix: "Write the value of the period under `values`. If it was measured only since or until a day, write that day under `from` or `until`.",
    example: "period: quarter, values: {2026-Q1: 92.1}, on 2026-08-01",
    check: Check::Handbook(check),
};

/// The help for an indicator without values.
const HELP: &str = "write the value of each period under `values`, or the day since which it is measured under `from`";

/// The maximum number of periods named.
const MAX_NAMED: usize = 3;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Indicators) {
        let Some(indicator) = Indicator::from_entry(&placed_entry.entry) else { continue };
        let missing = indicator.missing_periods(as_of);
        if missing.is_empty() {
            continue;
        }
        let hidden_count = missing.len().saturating_sub(MAX_NAMED);
        let periods = missing.iter().take(MAX_NAMED).map(ToString::to_string);
        let period_list = join_names(periods.chain((hidden_count > 0).then(|| format!("{hidden_count} more"))));
        let message = format!("indicator {} has no value for {period_list}", placed_entry.id());
        let place = placed_entry
            .place(placed_entry.entry.record.get("values").map_or(placed_entry.entry.id.span, |values| values.span));
        // The first period distinguishes the finding from others.
        let first = missing.first().map_or_else(String::new, |period| format!(": {period}"));
        let problem = Problem::new(RULE.id, place, message).with_subject(format!("{}{first}", placed_entry.id()));
        problems.push(problem.help(HELP));
    }
    for (_, placed_entry) in entries(assessed, Kind::Objectives) {
        let Some(objective) = Objective::from_entry(&placed_entry.entry) else { continue };
        if objective.end_date().is_some_and(|ends| ends.plus_days(VALUE_DUE_DAYS) >= as_of) {
            continue;
        }
        if objective.is_reached(find_indicator(assessed.reading, objective), as_of).is_none() {
            let message = match objective.end_date() {
                Some(ends) => {
                    format!("objective {} ended on {ends}, and no value says whether it was reached", placed_entry.id())
                }
                None => {
                    format!("it is not known when objective {} ends, nor whether it was reached", placed_entry.id())
                }
            };
            let period = objective.deciding_periods(find_indicator(assessed.reading, objective));
            let period =
                period.first().map_or_else(|| "the last period before its end".to_owned(), |period| period.to_string());
            let help = format!("write the value of {period} under `values`, or into its indicator");
            let place = placed_entry.place(placed_entry.entry.record.span_of("ends"));
            problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
        }
    }
}
