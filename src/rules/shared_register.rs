//! Registers that two documents claim to own.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("shared-register"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "Two documents own the same register.",
    why: "The owner decides who may see the entries and who is accountable for them, so there can be only one.",
    fix: "Name the register in one of the documents, and link to its entries from the other.",
    example: "registers: [audits.yaml], in two documents of one folder",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (index, item, first) in &handbook.registers.shared {
        let document = handbook.document(*index);
        let Some(register) = document.front().and_then(|front| front.registers.get(*item)) else { continue };
        let place = document.place(register.file.span);
        let message = match first.map(|first| handbook.document(first)) {
            Some(first) if first.path() == document.path() => {
                format!("register `{}` is named twice", register.file.value)
            }
            Some(first) => format!("register `{}` is already owned by `{}`", register.file.value, first.path()),
            None => format!("register `{}` is already owned by another document", register.file.value),
        };
        problems.push(Problem::new(RULE.id, place, message).help("remove it here, and link to its entries by ID"));
    }
}
