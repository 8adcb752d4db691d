//! Text in comments.

use super::words::{MAX_FINDINGS, doc_type};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::place::Span;
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("commented-text"),
    group: Group::Text,
    severity: Severity::Note,
    meaning: "A comment contains text that readers of the page cannot see. In a draft, only what an import left there is \
              checked; templates are not.",
    why: "The person who approved the page has not seen the comment, and an auditor who reads the file will ask what \
          it means.",
    fix: "Move the text into the document, or remove the comment once it is resolved. A comment of one or two words, \
          or one that tells a tool or an editor what to do, such as *do not edit*, is ignored.",
    example: "<!-- the Board still has to agree to this -->",
    check: Check::File(check),
};

/// Prefixes of comments that an import leaves in a draft: pending deletions, Word comments, and missing pictures.
const IMPORT_PREFIXES: [&str; 3] = ["Deleted by ", "Comment by ", "Picture that could not be read: "];

fn source_text<'f>(file: &FileView<'f>, span: Span) -> &'f str {
    file.file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// Whether a comment comes from an import.
fn is_from_import(comment: &str) -> bool {
    let inner = comment.trim_start_matches("<!--").trim_start();
    IMPORT_PREFIXES.iter().any(|beginning| inner.starts_with(beginning))
}

/// Tools that take instructions from comments.
const TOOLS: [&str; 8] = [
    "doctoc",
    "markdownlint",
    "prettier-ignore",
    "textlint",
    "cspell",
    "spell-checker",
    "all-contributors",
    "vale off",
];

/// Whether a comment is only for a tool.
fn is_for_tool(comment: &str) -> bool {
    let comment = comment.to_lowercase();
    TOOLS.iter().any(|tool| comment.contains(tool))
}

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let status = file.front.as_ref().and_then(|front| front.status.as_ref());
    if doc_type(file) == "template" {
        return;
    }
    let is_draft = status.is_some_and(|status| status.value == Status::Draft);
    let is_reported = |span: &&Span| {
        let comment = source_text(file, **span);
        if is_draft { is_from_import(comment) } else { !is_for_tool(comment) }
    };
    for span in file.body.comments.iter().filter(is_reported).take(MAX_FINDINGS) {
        let problem = Problem::new(RULE.id, file.place(*span), "this comment is not on the page");
        problems.push(problem.help("move its text into the document, or remove it"));
    }
}
