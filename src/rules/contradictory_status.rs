//! Documents whose status contradicts their approval, title, version or text.

use std::ops::Range;

use super::words::{doc_type, is_prose, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::name::fold_case;
use crate::place::Place;
use crate::source::front_matter::{FrontMatter, Status};
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("contradictory-status"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A draft, or a document in review, has a date of approval that belongs to no earlier version; or the title, version \
              or beginning of an approved document says that it is a draft or withdrawn.",
    why: "A reader cannot tell whether to work by it, and an auditor will ask which of the two is true.",
    fix: "Correct the status or the statement that contradicts it. Record the approval of an earlier version under `changes`.",
    example: "status: draft, approved: 2026-10-05",
    check: Check::File(check),
};

/// Words for a document that is not yet, or no longer, in force.
const NOT_IN_FORCE_WORDS: [&str; 24] = [
    "draft",
    "in review",
    "wip",
    "work in progress",
    "not approved",
    "unapproved",
    "do not use",
    "not for use",
    "obsolete",
    "withdrawn",
    "superseded",
    "retired",
    "deprecated",
    "outdated",
    "expired",
    "entwurf",
    "veraltet",
    "ungültig",
    "zurückgezogen",
    "borrador",
    "obsoleto",
    "brouillon",
    "obsolète",
    "bozza",
];
/// Words that mark a version as not final.
const DRAFT_VERSION_WORDS: [&str; 9] =
    ["draft", "entwurf", "borrador", "brouillon", "bozza", "wip", "beta", "alpha", "preview"];

/// Labels of a status in a text.
const STATUS_LABELS: [&str; 6] = ["status", "state", "document status", "dokumentstatus", "estado", "statut"];
/// Opening sentences of a text that is not in force.
const DRAFT_SENTENCES: [&str; 14] = [
    "this document is a draft",
    "this document is still a draft",
    "this is a draft",
    "this version is a draft",
    "this document has not been approved",
    "this document is not approved",
    "this document is not yet approved",
    "this document is obsolete",
    "this document is withdrawn",
    "this document has been withdrawn",
    "this document has been superseded",
    "this document has been replaced",
    "dieses dokument ist ein entwurf",
    "dieses dokument ist nicht freigegeben",
];
/// The numbers of lines that are searched for a document control table, and for a notice.
const CONTROL_LINES: usize = 16;
const NOTICE_LINES: usize = 3;
/// The longest notice, in bytes; a longer line is a sentence.
const MAX_NOTICE_BYTES: usize = 60;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let Some(front) = file.front.as_ref().filter(|_| doc_type(file) != "page") else { return };
    let Some(status) = front.status.as_ref().map(|status| status.value) else { return };
    match status {
        Status::Draft | Status::InReview => problems.extend(approved_draft(file, front, status)),
        Status::Approved => problems.extend(find_draft_label(file, front).or_else(|| find_notice(file))),
        Status::Retired => {}
    }
}

/// Finds an approval date next to a status that denies it, unless the history names an earlier version that the date
/// may belong to.
fn approved_draft(file: &FileView<'_>, front: &FrontMatter, status: Status) -> Option<Problem> {
    let approved = front.approved.as_ref()?;
    let is_earlier = |version: &str| front.version.as_ref().is_some_and(|current| current.value != version);
    let versions = front.changes.iter().filter_map(|change| change.version.as_ref());
    // A status that comes only from the settings is not the author's statement.
    if !front.has_key("status")
        || front.is_unclear("approved")
        || versions.into_iter().any(|version| is_earlier(&version.value))
    {
        return None;
    }
    let message = format!("this document was approved on {}, but its status is {}", approved.value, status.as_str());
    let help =
        "set the status to `approved`, or remove `approved`; record the approval of an earlier version in `changes`";
    Some(Problem::new(RULE.id, file.place(approved.span), message).help(help))
}

/// Finds a title or version that calls an approved document a draft or withdrawn.
fn find_draft_label(file: &FileView<'_>, front: &FrontMatter) -> Option<Problem> {
    if let Some((title, word)) = front.title.as_ref().and_then(|title| Some((title, title_status(&title.value)?))) {
        return Some(contradiction(file.place(title.span), "title", word));
    }
    let version = front.version.as_ref()?;
    let is_word = |word: &str| {
        let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        DRAFT_VERSION_WORDS.contains(&letters) || letters == "rc"
    };
    let is_unfinished = fold_case(&version.value).split(|letter: char| !letter.is_alphanumeric()).any(is_word);
    is_unfinished.then(|| contradiction(file.place(version.span), "version", &version.value))
}

/// Finds a notice at the start of a text, or a line of its document control table, that contradicts being in force.
fn find_notice(file: &FileView<'_>) -> Option<Problem> {
    // A notice in a template is about the documents made from it.
    if doc_type(file) == "template" {
        return None;
    }
    let text = file.words.text.as_str();
    for (number, line) in text.lines().take(CONTROL_LINES).enumerate() {
        let bare = line.trim_matches(|letter: char| !letter.is_alphanumeric());
        let folded = fold_case(bare);
        let is_contradictory = is_status_line(&folded) || number < NOTICE_LINES && is_notice(line, &folded);
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        let range = start..start + bare.len();
        if is_contradictory && is_prose(file.words, &range) && !is_item(file, &range) {
            return Some(contradiction(place(file, range), "text", bare));
        }
    }
    None
}

/// Whether a line is a list item, which may name the states of something else.
fn is_item(file: &FileView<'_>, range: &Range<usize>) -> bool {
    let line = file.source.line(file.source.place(file.words.source_span(range.clone())).line()).unwrap_or_default();
    let line = line.trim_start();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || rest.len() < line.len() && rest.starts_with(['.', ')'])
}

/// Whether a line or table row states the document's status: `Status: draft`.
fn is_status_line(folded: &str) -> bool {
    let status = STATUS_LABELS.iter().filter_map(|label| folded.strip_prefix(label));
    status.into_iter().any(|status| NOT_IN_FORCE_WORDS.contains(&status.trim_start_matches([':', ' '])))
}

fn is_notice(line: &str, folded: &str) -> bool {
    DRAFT_SENTENCES.iter().any(|sentence| folded.starts_with(sentence))
        || line.len() <= MAX_NOTICE_BYTES && title_status(line).is_some()
}

fn contradiction(place: Place, what: &str, claimed: &str) -> Problem {
    let message = format!("the {what} says `{}`, but the status is approved", clip(claimed));
    Problem::new(RULE.id, place, message).help(format!("correct the {what} or the status"))
}

/// The status in a title: in brackets, before a colon, next to a dash, or in capitals at either end.
fn title_status(title: &str) -> Option<&str> {
    let is_status = |part: &&str| NOT_IN_FORCE_WORDS.contains(&fold_case(part.trim()).as_str());
    let parts = title.split(['(', ')', '[', ']', ':', '–', '—', '|']).flat_map(|part| part.split(" - "));
    let ends = [title.split_whitespace().next(), title.split_whitespace().last()];
    let is_loud = |word: &&str| word.len() > 3 && !word.contains(char::is_lowercase);
    let loud = ends.into_iter().flatten().filter(is_loud);
    parts.map(str::trim).chain(loud).find(is_status)
}

#[cfg(test)]
mod tests {
    use super::title_status;

    #[test]
    fn titles_that_name_a_status_are_distinguished_from_others() {
        for title in
            ["DRAFT: Incidents", "Incidents (draft)", "[OBSOLETE] Incidents", "Incidents - Entwurf", "Incidents DRAFT"]
        {
            assert!(title_status(title).is_some(), "{title}");
        }
        for title in
            ["Incidents", "Draft agreements", "Handling of withdrawn documents", "Retired assets", "Incidents (desk)"]
        {
            assert_eq!(title_status(title), None, "{title}");
        }
    }
}
