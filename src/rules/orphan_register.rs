//! Registers that nobody owns.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("orphan-register"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A file looks like a register, but no document owns it.",
    why: "Nobody reads its entries: a document must say who may see them, so without one they are left out.",
    fix: "Name the file under `registers` in the document that it belongs to.",
    example: "content/9-evaluation/audits.yaml, which begins with `audits:` and is in no document's `registers`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for path in &assessed.reading.handbook.registers.orphans {
        let message = "no document owns this register, so its entries are left out";
        let name = path.rsplit('/').next().unwrap_or(path);
        let help = format!("write `registers: [{name}]` in the front matter of the document it belongs to");
        problems.push(Problem::new(RULE.id, Place::file(path.clone()), message).help(help));
    }
}
