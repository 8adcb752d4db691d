//! Documents whose status contradicts their approval, title, version or text.

use std::cell::LazyCell;
use std::ops::Range;

use super::notice::{is_notice, limits_section, title_status};
use super::words::{doc_type, is_prose, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::markdown::Heading;
use crate::name::fold_case;
use crate::place::{Place, Span};
use crate::source::front_matter::{Extent, FrontMatter, Status};
use crate::source::is_not_in_force;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("contradictory-status"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A draft, or a document in review, has a date of approval that belongs to no earlier version; or the title, version \
              or beginning of an approved document, or the heading of a section that claims clauses, says that it is a draft, not in force or effective later.",
    why: "A reader cannot tell whether to work by it, and an auditor will ask which of the two is true.",
    fix: "Correct the status or the statement that contradicts it. Record the approval of an earlier version under `changes`.",
    example: "status: draft, approved: 2026-10-05",
    check: Check::File(check),
};

/// Words that mark a version as not final.
const DRAFT_VERSION_WORDS: [&str; 9] = ["beta", "alpha", "preview", "snapshot", "nightly", "dev", "pre", "rc", "x"];

/// Labels of a status in a text.
const STATUS_LABELS: [&str; 6] = ["status", "state", "document status", "dokumentstatus", "estado", "statut"];
/// Labels of the first day on which a document applies; longer ones come first.
const START_LABELS: [&str; 14] = [
    "effective from",
    "effective as of",
    "effective date",
    "effective",
    "valid from",
    "in force from",
    "gültig ab",
    "in kraft ab",
    "en vigueur depuis le",
    "vigente desde",
    "vigente a partir de",
    "in vigore dal",
    "geldig vanaf",
    "obowiązuje od",
];
/// The longest line with such a label and a date, in bytes.
const MAX_START_BYTES: usize = 60;
/// The numbers of lines that are searched for a document control table, and for a notice.
const CONTROL_LINES: usize = 16;
const NOTICE_LINES: usize = 3;
fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let Some(front) = file.front.as_ref().filter(|_| doc_type(file) != "page") else { return };
    let Some(status) = front.status.as_ref().map(|status| status.value) else { return };
    match status {
        Status::Draft | Status::InReview => problems.extend(approved_draft(file, front, status)),
        Status::Approved => {
            problems.extend(find_draft_label(file, front).or_else(|| find_notice(file, front)));
            problems.extend(file.body.headings.iter().filter_map(|heading| section_problem(file, heading)));
        }
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
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        DRAFT_VERSION_WORDS.contains(&letters) || is_not_in_force(letters)
    };
    let folded = fold_case(&version.value);
    let names_none = !folded.contains(char::is_alphanumeric) || folded == "n/a";
    let is_unfinished = names_none || folded.split(|letter: char| !letter.is_alphanumeric()).any(is_word);
    is_unfinished.then(|| contradiction(file.place(version.span), "version", &version.value))
}

/// A section that claims clauses, and whose heading says that it is not in force, or not in full.
fn section_problem(file: &FileView<'_>, heading: &Heading) -> Option<Problem> {
    if heading.claims.is_empty() {
        return None;
    }
    let claims_in_full = || heading.claims.iter().any(|claim| claim.extent == Extent::Full);
    let says = title_status(&heading.text).is_some() || limits_section(&heading.text) && claims_in_full();
    says.then(|| contradiction(file.place(heading.span), "heading", &heading.text))
}

/// Finds a notice at the start of a text, or a line of its document control table, that contradicts being in force.
fn find_notice(file: &FileView<'_>, front: &FrontMatter) -> Option<Problem> {
    // A notice in a template is about the documents made from it.
    if doc_type(file) == "template" {
        return None;
    }
    let text = file.words.text.as_str();
    for (number, line) in text.lines().take(CONTROL_LINES).enumerate() {
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        let range = start..start + bare.len();
        let written = LazyCell::new(|| Written::new(file, &range));
        let is_contradictory = is_status_line(&fold_case(bare))
            || number < NOTICE_LINES && is_notice(line, || written.stands_out())
            || is_of_version(bare, front) && written.is_history_row();
        if is_contradictory && is_prose(file.words, &range) && !written.is_item() && !names_state(file, &range) {
            return Some(contradiction(place(file, range), "text", bare));
        }
        if let Some(problem) = late_start(file, front, (bare, range)) {
            return Some(problem);
        }
    }
    None
}

/// Finds a line that gives a later first day than the front matter: `Effective from 2027-01-01`.
fn late_start(file: &FileView<'_>, front: &FrontMatter, (line, range): (&str, Range<usize>)) -> Option<Problem> {
    if line.len() > MAX_START_BYTES {
        return None;
    }
    let folded = fold_case(line);
    let day = START_LABELS.iter().find_map(|label| folded.strip_prefix(label))?.trim_start_matches([':', ' ']);
    let day: Date = day.parse().ok()?;
    let start = front.effective.as_ref().or(front.approved.as_ref())?.value;
    let message =
        format!("the text says that this document applies from {day}, but its front matter says from {start}");
    let help = "write the day under `effective`, or correct the text";
    (day > start).then(|| Problem::new(RULE.id, place(file, range), message).help(help))
}

/// Whether a line names a state that the text is about: it is a heading below the first, or a defined term.
fn names_state(file: &FileView<'_>, range: &Range<usize>) -> bool {
    let span = file.words.source_span(range.clone());
    let is_inside = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    let is_heading = |heading: &Heading| is_inside(heading.span) && heading.level > 1;
    file.body.headings.iter().any(is_heading) || file.body.terms.iter().any(|term| is_inside(term.span))
}

/// A line of a text as it is written in its source.
struct Written<'s>(&'s str);

impl<'s> Written<'s> {
    fn new(file: &'s FileView<'_>, range: &Range<usize>) -> Written<'s> {
        let line = file.source.line(file.source.place(file.words.source_span(range.clone())).line());
        Written(line.unwrap_or_default().trim())
    }

    /// Whether the line is a quote, or in bold as a whole.
    fn stands_out(&self) -> bool {
        let is_bold = |mark: &&str| self.0.starts_with(*mark) && self.0.ends_with(*mark);
        self.0.starts_with("> ") || ["**", "__"].iter().any(is_bold)
    }

    /// Whether the line is a list item, which may name the states of something else.
    fn is_item(&self) -> bool {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        ["- ", "* ", "+ "].iter().any(|mark| self.0.starts_with(mark))
            || rest.len() < self.0.len() && rest.starts_with(['.', ')'])
    }

    /// Whether the line is a table row with a state in one of its cells.
    fn is_history_row(&self) -> bool {
        self.0.contains('|') && self.0.trim_matches('|').split('|').map(str::trim).any(is_not_in_force)
    }
}

/// Whether a line begins with the document's version, as its row in a revision history does.
fn is_of_version(line: &str, front: &FrontMatter) -> bool {
    let version = front.version.as_ref().map_or("", |version| version.value.trim());
    !version.is_empty() && line.strip_prefix(version).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a line or table row states the document's status: `Status: draft`.
fn is_status_line(folded: &str) -> bool {
    let status = STATUS_LABELS.iter().filter_map(|label| folded.strip_prefix(label));
    status.into_iter().any(|status| is_not_in_force(status.trim_start_matches([':', ' '])))
}

fn contradiction(place: Place, what: &str, claimed: &str) -> Problem {
    let message = format!("the {what} says `{}`, but the status is approved", clip(claimed));
    Problem::new(RULE.id, place, message).help(format!("correct the {what} or the status"))
}
