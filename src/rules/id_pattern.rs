//! IDs that do not match the pattern in the settings.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("id-pattern"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "An ID does not match `id_pattern` in the settings.",
    why: "Once other documents refer to an ID, it cannot be changed, so it has to be right from the start.",
    fix: "Give the document an ID that matches the pattern before other documents refer to it.",
    example: "id: change-policy, with id_pattern: \"[A-Z]{3}-[A-Z]{3}-[0-9]{3}\"",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let Some(pattern) = &assessed.reading.settings.id_pattern else { return };
    let document = subject.document;
    let Some(id) = document.front().and_then(|front| front.id.as_ref()).filter(|_| document.is_controlled()) else {
        return;
    };
    if !pattern.regex.is_match(id.value.as_str()) {
        let message = format!("ID {} does not match the pattern `{}`", id.value, pattern.text);
        problems.push(
            Problem::new(RULE.id, document.place(id.span), message)
                .help("choose an ID that matches `id_pattern` in the settings"),
        );
    }
}
