//! Relations in front matter to documents that do not exist.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("dangling-relation"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "`related`, `depends_on` or `supersedes` names a document that does not exist, or the document itself.",
    why: "If a dependency points to no document, nobody is warned when something changes; if a replacement does, the \
          old document stays in force.",
    fix: "Correct the ID, or remove it.",
    example: "supersedes: [POL-CHG-000]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front() else { return };
    let lookup = &assessed.reading.handbook.lookup;
    let relations = [
        ("related", &front.related, &document.related),
        ("depends_on", &front.depends_on, &document.depends_on),
        ("supersedes", &front.supersedes, &document.supersedes),
    ];
    for (key, ids, targets) in relations {
        if key != "supersedes" && targets.len() == ids.len() && !targets.contains(&subject.index) {
            continue;
        }
        for id in ids.iter().filter(|id| !lookup.is_withheld(&id.value)) {
            let message = match lookup.by_id(&id.value) {
                Some(target) if target == subject.index => format!("`{key}` refers to the document itself"),
                Some(_) => continue,
                None => format!("`{key}` refers to {}, but no document has that ID", id.value),
            };
            let mut problem = Problem::new(RULE.id, document.place(id.span), message);
            if let Some(nearest_id) = lookup.nearest_id(id.value.as_str(), document.id()) {
                problem = problem.help(format!("did you mean `{nearest_id}`?"));
            }
            problems.push(problem);
        }
    }
}
