//! Documents that nothing links to.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("orphan-document"),
    group: Group::Links,
    severity: Severity::Note,
    meaning: "No other document or page links to this document, and no entry of another document's register names it.",
    why: "Readers find it only by searching or through lists. It may have been forgotten when something else changed.",
    fix: "Link to it from the pages its readers use, list it under `related`, or retire it.",
    example: "a work instruction that its procedure does not mention",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(id) = document.front().and_then(|front| front.id.as_ref()).filter(|_| document.is_controlled()) else {
        return;
    };
    let registers = &assessed.reading.handbook.registers;
    let is_named =
        registers.entries_naming(subject.index).iter().any(|entry| registers.entry(*entry).owner != subject.index);
    if is_named || !document.referenced_by.is_empty() || assessed.assessment.state(subject.index) == State::Retired {
        return;
    }
    let message = format!("no other document or page links to {}", id.value);
    problems.push(
        Problem::new(RULE.id, document.place(id.span), message).help("link to it from the pages its readers use"),
    );
}
