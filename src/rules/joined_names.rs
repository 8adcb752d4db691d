//! Several names in one text, where each should be an item of a list.

use std::cell::LazyCell;

use ahash::AHashSet;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, Handbook};
use crate::name::{party_key, split_joined};
use crate::place::Located;
use crate::register::Kind;
use crate::source::front_matter::FrontMatter;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("joined-names"),
    group: Group::FrontMatter,
    severity: Severity::Warning,
    meaning: "`owner`, `audience`, `services`, `locations` or `tags` has one text with several names that are used one by one elsewhere, so it counts as another name.",
    why: "Lists by role, owner, service or tag lack the document, and an edition for one of the roles or services withholds it.",
    fix: "Write a list with one name in each item.",
    example: "audience: Agent, Duty Manager, where other documents have audience: [Duty Manager] and audience: [Agent]",
    check: Check::Handbook(check),
};

/// What separates tags in one text. `Health and safety` may be a tag beside `health` and `safety`.
const TAG_SEPARATORS: [char; 4] = [',', ';', '、', '，'];

/// A key whose values are names of services, locations or tags.
struct NameList {
    key: &'static str,
    /// The kind of register that lists these names.
    kind: Option<Kind>,
    names: fn(&FrontMatter) -> &[Located<String>],
}

const LISTS: [NameList; 3] = [
    NameList { key: "services", kind: Some(Kind::Services), names: |front| &front.services },
    NameList { key: "locations", kind: Some(Kind::Locations), names: |front| &front.locations },
    NameList { key: "tags", kind: None, names: |front| &front.tags },
];

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (_, document) in handbook.controlled() {
        let Some(front) = document.front() else { continue };
        let roles = [("owner", &front.owner), ("audience", &front.audience)];
        for (key, name) in roles.into_iter().flat_map(|(key, names)| names.iter().map(move |name| (key, name))) {
            let parts = split_joined(&name.value);
            if parts.len() > 1 && parts.iter().all(|part| handbook.names.most_frequent(part.trim()).is_some()) {
                problems.push(problem(document, key, name, &parts));
            }
        }
    }
    for list in LISTS {
        check_list(handbook, list, problems);
    }
}

fn check_list(handbook: &Handbook, NameList { key, kind, names }: NameList, problems: &mut Vec<Problem>) {
    // If a register lists the names, `unknown-service` and `unknown-location` report the others.
    if kind.is_some_and(|kind| handbook.registers.has(kind)) {
        return;
    }
    let all = || handbook.controlled().filter_map(|(_, document)| Some((document, names(document.front()?))));
    let known: LazyCell<AHashSet<Box<str>>, _> =
        LazyCell::new(|| all().flat_map(|(_, names)| names).map(|name| party_key(&name.value)).collect());
    let each = all().flat_map(|(document, names)| names.iter().map(move |name| (document, names, name)));
    for (document, names, name) in each {
        let parts = match kind {
            Some(_) => split_joined(&name.value),
            None => name.value.split(TAG_SEPARATORS).filter(|part| !part.trim().is_empty()).collect(),
        };
        // A list that also has a part on its own means something else by the whole: `[Mail, Wiki, Mail and Wiki]`.
        let is_part = |other: &Located<String>| parts.iter().any(|part| party_key(part) == party_key(&other.value));
        let is_own_name = || kind.is_some() && names.iter().any(is_part);
        if parts.len() > 1 && parts.iter().all(|part| known.contains(&party_key(part))) && !is_own_name() {
            problems.push(problem(document, key, name, &parts));
        }
    }
}

fn problem(document: &Document, key: &str, name: &Located<String>, parts: &[&str]) -> Problem {
    let message = format!("`{}` is read as one name, but its parts are used as names elsewhere", clip(&name.value));
    let list: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
    let help = format!("write a list: `{key}: [{}]`", list.join(", "));
    Problem::new(RULE.id, document.place(name.span), message).help(help)
}
