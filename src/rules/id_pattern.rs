//! Ids that do not look as the settings lay down.

use crate::assess::Assessed;
use super::{Check, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("id-pattern"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "An id does not match `id_pattern` in the settings.",
    why: "An id can never be changed once others refer to it, so it has to be right from the start.",
    mend: "Give the document an id that follows the pattern, before anybody refers to it.",
    example: "id: change-policy, with id_pattern: \"[A-Z]{3}-[A-Z]{3}-[0-9]{3}\"",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let Some(pattern) = &assessed.reading.settings.id_pattern else { return };
    let document = subject.document;
    let Some(id) = document.front().and_then(|front| front.id.as_ref()).filter(|_| document.is_controlled()) else { return };
    if !pattern.regex.is_match(id.value.as_str()) {
        let message = format!("the id {} does not match the pattern `{}`", id.value, pattern.text);
        faults.push(Fault::new(RULE.id, document.place(id.span), message).help("`id_pattern` in the settings lays down what ids look like"));
    }
}
