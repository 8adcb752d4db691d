//! Exceptions in the settings that are not valid.

use ahash::AHashMap;

use super::{Check, Group, Rule};
use crate::assess::{Assessed, ItemVerdict};
use crate::config::{Settings, UnneededItem};
use crate::finding::{Problem, RuleId, Severity};
use crate::id::ItemKey;
use crate::place::{Located, Span};
use crate::placeholder::{is_reason, names_only_persons_or_roles};

/// The rule's name. Waivers cannot waive findings about waivers.
pub(crate) const REJECTED_EXCEPTION: RuleId = RuleId("rejected-exception");

pub(super) const RULE: Rule = Rule {
    id: REJECTED_EXCEPTION,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "An entry under `not_needed`, `excluded` or `waivers` cannot count: its item is unknown, always needed, named twice or provided after all, or its reason says nothing.",
    why: "An exception removes something that an auditor will ask for, so it must be true, allowed and explained.",
    fix: "Correct the entry or remove it. Write the reason as a sentence.",
    example: "not_needed: [{item: continuity-invocation-report, reason: TBD}]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    let mut seen: AHashMap<Result<ItemKey, String>, Span> = AHashMap::new();
    // An item is the same with or without the name of its standard.
    let name = |entry: &UnneededItem| {
        let item = &entry.item.value;
        assessed.reading.standards.item(item).ok_or_else(|| item.to_string())
    };
    for entry in &settings.not_needed {
        let place = settings.place(entry.item.span);
        match (not_needed(assessed, entry), seen.get(&name(entry))) {
            (Some((message, help)), _) => problems.push(Problem::new(RULE.id, place, message).help(help)),
            (None, Some(first)) => {
                let message = format!("`{}` is listed twice", entry.item.value);
                let problem = Problem::new(RULE.id, place, message).help("keep one of the two entries");
                problems.push(problem.related(settings.place(*first), "the first one"));
            }
            (None, None) => problems.extend(check_reason(settings, entry.reason.as_ref())),
        }
        seen.entry(name(entry)).or_insert(entry.item.span);
    }
    let excluded = settings.excluded.iter().map(|entry| entry.reason.as_ref());
    problems.extend(excluded.filter_map(|exception| check_reason(settings, exception)));
    for waiver in &settings.waivers {
        let place = |reason: &Located<String>| settings.place(reason.span);
        if !is_reason(&waiver.reason.value) {
            let message = format!("`{}` is not a reason for a waiver", waiver.reason.value.trim());
            problems.push(
                Problem::new(RULE.id, place(&waiver.reason), message)
                    .help("say in a sentence why the findings are excused"),
            );
        }
        if !names_only_persons_or_roles(&waiver.accepted_by.value) {
            let message = format!("`{}` is not an accountable person or role", waiver.accepted_by.value.trim());
            problems.push(
                Problem::new(RULE.id, place(&waiver.accepted_by), message).help("name the accountable person or role"),
            );
        }
    }
}

/// The message and help for an item listed as not needed, if there is a problem.
fn not_needed(assessed: &Assessed<'_>, entry: &UnneededItem) -> Option<(String, String)> {
    let standards = &assessed.reading.standards;
    let item = &entry.item.value;
    let Some(key) = standards.item(item) else {
        let suggestion = standards.nearest_item(item.item.as_str());
        let help = suggestion.map_or_else(|| "remove the entry".to_owned(), |near| format!("did you mean `{near}`?"));
        return Some((format!("no standard of this handbook has an item `{item}`"), help));
    };
    if !standards.item_at(key).conditional {
        let clause = &standards.clause(standards.clause_of(key)).id;
        let message = format!("`{item}` is always required: clause {clause} sets no condition");
        return Some((message, "remove the entry, and provide the item".to_owned()));
    }
    if standards.is_guide(key.standard) {
        let message = format!("`{item}` belongs to a standard that is only a guide, so nobody asks for it");
        return Some((message, "remove the entry".to_owned()));
    }
    let item_assessment = assessed.assessment.item(key);
    let (message, help) = match item_assessment.verdict {
        ItemVerdict::NotNeeded => return None,
        // It is missing because its reason is not valid, which is reported separately.
        ItemVerdict::Missing if item_assessment.share.is_none_or(|share| share.required == 0) => return None,
        ItemVerdict::Missing => (
            format!("`{item}` is listed as not needed, but a register has entries that need it"),
            "remove the entry, or correct the register",
        ),
        _ => (
            format!("`{item}` is listed as not needed, but a document provides it"),
            "remove the entry, or take the item out of `provides` in the document",
        ),
    };
    Some((message, help.to_owned()))
}

fn check_reason(settings: &Settings, reason: Option<&Located<String>>) -> Option<Problem> {
    let reason = reason.filter(|reason| !is_reason(&reason.value))?;
    let message = format!("`{}` is not a reason, so the entry does not count", reason.value.trim());
    Some(Problem::new(RULE.id, settings.place(reason.span), message).help("say in a sentence why"))
}
