//! Corrective actions whose effect has not been checked.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryLife, EntryState};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::PlacedEntry;
use crate::register::{Effect, Kind, Nonconformity, RESULT_HELP, effect_command};
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("effect-not-checked"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A nonconformity is closed, the day for checking the effect has passed, and no check with a result is recorded, nobody is named who did it, or its words deny the result.",
    why: "Clause 10.1 requires you to check whether corrective actions worked.",
    fix: "Check on new samples, and record the result with `clausebook close ID --effect RESULT --by ROLE`.",
    example: "closed: 2026-08-14, effect: {due: 2026-11-12}, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (index, placed_entry) in entries(assessed, Kind::Nonconformities).chain(entries(assessed, Kind::Improvements)) {
        let Some(life) = assessed.assessment.entry(index) else { continue };
        let problem = unattributed_check(placed_entry, life, as_of).or_else(|| denied_check(placed_entry, life));
        if let Some(problem) = problem {
            problems.push(problem);
            continue;
        }
        if !life.has_late_effect(as_of) {
            continue;
        }
        let message = match life.effect_due {
            Some(due) => {
                let delay = days_text(due.days_until(as_of));
                format!("the check of the effect of {} was due on {due} and is {delay} late", placed_entry.id())
            }
            None => format!("the due date for checking the effect of {} is unknown", placed_entry.id()),
        };
        let record = &placed_entry.entry.record;
        let span = record.record("effect").map_or_else(|| record.span_of("closed"), |effect| effect.span_of("due"));
        let help = format!("check on new samples, then run `{}`; {RESULT_HELP}", effect_command(&placed_entry.entry));
        problems
            .push(Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help));
    }
}

/// A positive result does not count if its words deny it.
fn denied_check(placed_entry: &PlacedEntry, life: &EntryLife) -> Option<Problem> {
    let words = Effect::from_entry(&placed_entry.entry).denied_in_words()?;
    if life.state != EntryState::WaitsForEffect {
        return None;
    }
    let span = placed_entry.entry.record.record("effect")?.span_of("words");
    let message = format!(
        "the result of the check of {} is `effective`, but its words say `{}`, so it counts as not checked",
        placed_entry.id(),
        clip(words)
    );
    let help = "correct the result, or say in `words` what was seen";
    Some(Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help))
}

/// A check does not count if it is not known who made it.
fn unattributed_check(placed_entry: &PlacedEntry, life: &EntryLife, as_of: Date) -> Option<Problem> {
    let effect = Nonconformity::from_entry(&placed_entry.entry)?.effect();
    if life.state != EntryState::WaitsForEffect || !effect.lacks_checker(as_of) {
        return None;
    }
    let key = if effect.who().is_empty() { "checked" } else { "who" };
    let span = placed_entry.entry.record.record("effect")?.span_of(key);
    let message =
        format!("nobody is named who checked the effect of {}, so it counts as not checked", placed_entry.id());
    let help = "name under `effect.who` the role that checked, which is not the owner";
    Some(Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help))
}
