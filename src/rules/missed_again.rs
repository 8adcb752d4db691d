//! Targets that were missed in two consecutive periods.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryState};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Indicator, Kind, Reference};

pub(super) const RULE: Rule = Rule {
    id: RuleId("missed-again"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An indicator missed its target in two periods running, and no nonconformity or improvement has it as its `source`.",
    why: "Two misses in a row are a trend. Clause 10.2 requires action, and an auditor will ask who is taking it.",
    fix: "Add a nonconformity or an improvement with the ID of the indicator under `source`.",
    example: "target: \">= 90%\", values: {2026-Q2: 81, 2026-Q3: 78.6}",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Indicators) {
        let missed = Indicator::from_entry(&placed_entry.entry)
            .map(|indicator| indicator.missed_values(as_of))
            .unwrap_or_default();
        let [.., (before, _), (last, _)] = missed[..] else { continue };
        if has_follow_up(assessed, placed_entry.id(), before.days.from) {
            continue;
        }
        let message = format!("indicator {} missed its target in {before} and again in {last}", placed_entry.id());
        let help = "add a nonconformity or an improvement with the indicator as its `source`";
        let place = placed_entry.place(placed_entry.entry.record.span_of("values"));
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
    }
}

/// Whether a nonconformity or an improvement names an indicator as its source. One that was rejected, or closed before
/// the first of the two periods, does not count.
fn has_follow_up(assessed: &Assessed<'_>, id: &str, since: Date) -> bool {
    [Kind::Nonconformities, Kind::Improvements].into_iter().any(|kind| {
        entries(assessed, kind).any(|(index, placed_entry)| {
            let mut sources = placed_entry.entry.record.references("source").iter();
            let is_source = sources.any(|source| matches!(&source.value, Reference::Id(known) if known.as_str() == id));
            let life = assessed.assessment.entry(index);
            let is_live = life.is_some_and(|life| {
                life.state != EntryState::Rejected && life.closed.is_none_or(|closed| closed >= since)
            });
            is_source && is_live
        })
    })
}
