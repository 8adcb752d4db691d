//! Missing competences without an action.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Competence, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("gap-without-action"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A competence has a `gap`, and no action closes it.",
    why: "People who lack a competence are trained, helped or replaced; an auditor asks what was done and whether it helped.",
    fix: "Add an action that says who does it and by when, or write `gap: none` if there is no gap.",
    example: "gap: Nobody has restored the mail archive, without `actions`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (_, placed_entry) in entries(assessed, Kind::Competences) {
        let competence =
            Competence::from_entry(&placed_entry.entry).filter(|_| !placed_entry.entry.record.is_unclear("actions"));
        let Some(gap) = competence.and_then(Competence::gap) else { continue };
        if placed_entry.entry.actions().next().is_none() {
            let message = format!("{} has a gap, and no action closes it", placed_entry.id());
            let help = format!("add one with `clausebook new --action {}`", placed_entry.id());
            problems.push(
                Problem::new(RULE.id, placed_entry.place(gap), message).with_subject(placed_entry.id()).help(help),
            );
        }
    }
}
