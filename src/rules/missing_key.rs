//! Keys that every controlled document needs.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::source::Notation;
use crate::source::front_matter::FrontMatter;

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-key"),
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "A document is missing a key required for its type.",
    why: "A controlled document is identified by ID, title, type, version and status (7.5.2), and a record by its \
          date.",
    fix: "Add the key to the front matter.",
    example: "---\nid: POL-CHG-001\ntitle: Change management policy\n---",
    check: Check::Document(check),
};

/// A key, the check whether a document has it, and the help.
type RequiredKey = (&'static str, fn(&FrontMatter) -> bool, &'static str);

/// The keys that every controlled document needs.
const ALWAYS_REQUIRED: [RequiredKey; 3] = [
    ("title", |front| front.title.is_some(), "add `title: ...`"),
    ("type", |front| front.doc_type.is_some(), "add a type, for example `type: policy`"),
    ("status", |front| front.status.is_some(), "add `status: draft`, `in-review`, `approved` or `retired`"),
];

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front() else { return };
    if !document.is_controlled() {
        let is_page = front.doc_type.as_ref().is_some_and(|kind| kind.value == crate::handbook::PAGE);
        if !is_page && !front.has_key("id") && !front.is_incomplete {
            problems.push(missing_key_problem(
                subject,
                "id",
                "add an ID, for example `id: POL-CHG-001`, or `type: page` if it only directs readers elsewhere",
            ));
        }
        return;
    }
    let is_record = &*document.doc_type == "record";
    let version = ("version", front.version.is_some() || is_record, "add `version: 1.0`");
    let date = ("date", front.date.is_some() || !is_record, "add the day when the record was made or last checked");
    let always = ALWAYS_REQUIRED.iter().map(|(key, has, help)| (*key, has(front), *help));
    for (key, is_present, help) in always.chain([version, date]) {
        if !is_present && !front.has_key(key) && !front.is_incomplete {
            problems.push(missing_key_problem(subject, key, help));
        }
    }
}

fn missing_key_problem(subject: CheckedDocument<'_>, key: &str, help: &str) -> Problem {
    let what = if subject.document.is_controlled() { subject.document.doc_type.as_ref() } else { "document" };
    let what = if what.is_empty() { "document" } else { what };
    let message = format!("this {what} is missing `{key}`");
    let problem = Problem::new(RULE.id, subject.document.front_matter_place(), message).with_subject(key);
    match subject.document.front().and_then(|front| front.notation) {
        Some(Notation::Toml) => problem.help(format!("{help}; between `+++` lines in TOML: `{key} = \"...\"`")),
        Some(Notation::Json) => problem.help(format!("{help}; between the braces in JSON: `\"{key}\": \"...\",`")),
        _ => problem.help(help),
    }
}
