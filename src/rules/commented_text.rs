//! Text in comments.

use super::words::{MAX_FINDINGS, kind};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("commented-text"),
    group: Group::Text,
    severity: Severity::Note,
    meaning: "A comment contains text that readers of the page cannot see. Drafts and templates are not checked.",
    why: "The person who approved the page has not seen the comment, and an auditor who reads the file will ask what \
          it means.",
    fix: "Move the text into the document, or remove the comment once it is resolved. A comment of one or two words \
          is treated as an instruction to a tool.",
    example: "<!-- the Board still has to agree to this -->",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let status = file.front.as_ref().and_then(|front| front.status.as_ref());
    if kind(file) == "template" || status.is_some_and(|status| status.value == Status::Draft) {
        return;
    }
    for span in file.body.comments.iter().take(MAX_FINDINGS) {
        let problem = Problem::new(RULE.id, file.place(*span), "this comment is not on the page");
        problems.push(problem.help("move its text into the document, or remove it"));
    }
}
