//! Effects that were checked by the person responsible for them.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::name::share_person;
use crate::register::{Kind, Nonconformity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("effect-checked-by-owner"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The effect of corrective actions was checked by the owner of the nonconformity.",
    why: "The owner has an interest in closing it; an auditor expects an independent check.",
    fix: "Have somebody else check, and name that role under `effect.who`.",
    example: "owner: Change Manager, effect: {who: Change Manager, checked: 2026-11-05, result: effective}",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Nonconformities) {
        let Some(effect) = Nonconformity::from_entry(&placed_entry.entry).map(Nonconformity::effect) else { continue };
        if effect.checked(as_of).is_none() {
            continue;
        }
        let is_owner = |name: &str| placed_entry.entry.owners().iter().any(|owner| share_person(&owner.value, name));
        for who in effect.who().iter().filter(|who| is_owner(&who.value)) {
            let message = format!("the effect of {} was checked by its owner, {}", placed_entry.id(), who.value);
            problems.push(
                Problem::new(RULE.id, placed_entry.place(who.span), message)
                    .with_subject(placed_entry.id())
                    .help("have somebody else check the effect"),
            );
        }
    }
}
