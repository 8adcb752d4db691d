//! Documents whose status contradicts their approval, title, version or text.

use std::cell::LazyCell;
use std::ops::Range;

use super::notice::control_block::{Area, is_own_history, status_statement};
use super::notice::first_day::{later_day, later_first_day, written_day, year_in};
use super::notice::section_heading::{
    ends_part, first_day_of, is_state_name, last_day_of, limits_section, section_status,
};
use super::notice::things::names_event;
use super::notice::title_status::title_status;
use super::notice::{is_notice, is_version_line, is_version_remark, names_other_version};
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
use crate::source::{affirms_approval, is_not_in_force, is_pending, is_state};
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("contradictory-status"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A draft, or a document in review, has a date of approval that belongs to no earlier version; or the title, version, \
              control block, first or last lines of an approved document, its entry in `changes`, or the heading of a section that claims \
              clauses, say that it is a draft, not in force or effective later.",
    why: "A reader cannot tell whether to follow it, and an auditor will ask which of the two is true.",
    fix: "Correct the status or the statement that contradicts it. Record the approval of an earlier version under `changes`.",
    example: "status: draft, approved: 2026-10-05",
    check: Check::File(check),
};

/// Words that mark a version as not final.
const DRAFT_VERSION_WORDS: [&str; 27] = [
    "beta",
    "alpha",
    "preview",
    "snapshot",
    "nightly",
    "dev",
    "pre",
    "rc",
    "x",
    "next",
    "latest",
    "unreleased",
    "proposal",
    "proposed",
    "old",
    "none",
    "projet",
    "projekt",
    "current",
    "head",
    "main",
    "master",
    "trunk",
    "unversioned",
    "pending",
    "concept",
    "ドラフト",
];

/// First words of summaries that say that a version was not approved.
const REJECTED: [&str; 9] =
    ["rejected", "refused", "abgelehnt", "zurückgewiesen", "refusé", "refusée", "rechazado", "respinto", "afgewezen"];
/// Maximum number of words of such a summary; longer ones are about something else that was rejected.
const MAX_REJECTION_WORDS: usize = 4;
/// The number of first lines that are searched for a document control table.
const CONTROL_LINES: usize = 16;
/// The number of first lines that are searched for a notice.
const NOTICE_LINES: usize = 3;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let Some(front) = file.front.as_ref().filter(|_| doc_type(file) != "page") else { return };
    let Some(status) = front.status.as_ref().map(|status| status.value) else { return };
    match status {
        Status::Draft | Status::InReview => problems.extend(find_approved_draft(file, front, status)),
        Status::Approved => {
            problems.extend(find_draft_label(file, front).or_else(|| find_notice(file, front)));
            problems.extend(find_denied_change(file, front));
            problems.extend(file.body.headings.iter().filter_map(|heading| find_limited_section(file, front, heading)));
        }
        Status::Retired => {}
    }
}

/// Finds an approval date next to a status that denies it, unless the history names an earlier version that the date
/// may belong to.
fn find_approved_draft(file: &FileView<'_>, front: &FrontMatter, status: Status) -> Option<Problem> {
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
    if let Some(title) =
        front.title.as_ref().filter(|title| starts_later(front, &title.value) || ends_before(front, &title.value))
    {
        return Some(contradiction(file.place(title.span), "title", &title.value));
    }
    let version = front.version.as_ref()?;
    let is_word = |word: &str| {
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        DRAFT_VERSION_WORDS.contains(&letters) || is_not_in_force(letters)
    };
    let folded = fold_case(&version.value);
    // `$Revision$`, `[version]` and `v?` are fields.
    let field = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let names_none =
        matches!(field, "" | "version" | "revision" | "rev" | "v" | "id") || folded == "n/a" || folded.starts_with('$');
    // After IX comes X.
    let is_roman = version.value == "X";
    let is_unfinished = names_none || !is_roman && folded.split(|letter: char| !letter.is_alphanumeric()).any(is_word);
    // `1.0 in Prüfung`
    let remark = folded.trim_start_matches(|c: char| !c.is_alphabetic() || c == 'v');
    (is_unfinished || is_not_in_force(remark))
        .then(|| contradiction(file.place(version.span), "version", &version.value))
}

/// Finds a summary of the current version that says that the version is not in force: `Draft for review`.
fn find_denied_change(file: &FileView<'_>, front: &FrontMatter) -> Option<Problem> {
    let change = front.newest_change(front.version.as_ref()?.value.trim(), |change| change.summary.is_some())?;
    let summary = change.summary.as_ref()?;
    let words = summary.value.trim().trim_end_matches(['.', '!']);
    // `Rejected by the board`
    let is_rejected = || REJECTED.contains(&fold_case(words.split(' ').next().unwrap_or_default()).as_str());
    let denies = is_not_in_force(words) || is_state(words) || is_pending(words) || is_notice(words, || false);
    let denies = denies || is_rejected() && words.split(' ').count() <= MAX_REJECTION_WORDS;
    denies.then(|| contradiction(file.place(summary.span), "summary of this version", &summary.value))
}

/// Finds a section that claims clauses although its heading says that it is not in force, or not in full.
fn find_limited_section(file: &FileView<'_>, front: &FrontMatter, heading: &Heading) -> Option<Problem> {
    if heading.claims.is_empty() {
        return None;
    }
    let claims_in_full = || heading.claims.iter().any(|claim| claim.extent == Extent::Full);
    let is_over = || ends_part(&heading.text) && ends_before(front, &heading.text);
    let is_limited = section_status(&heading.text)
        || claims_in_full() && (limits_section(&heading.text) || is_over())
        || part_starts_later(front, &heading.text);
    (is_limited && !is_state_among_others(file, heading))
        .then(|| contradiction(file.place(heading.span), "heading", &heading.text))
}

/// Whether a heading is the name of a state, beside headings of others: the text is about states.
fn is_state_among_others(file: &FileView<'_>, heading: &Heading) -> bool {
    let is_sibling = |other: &&Heading| other.level == heading.level && other.span != heading.span;
    is_state_name(&heading.text) && file.body.headings.iter().filter(is_sibling).any(|other| is_state_name(&other.text))
}

/// Whether a heading or a title ends with a last day before the document was in force: `Known errors (until 2025)`.
fn ends_before(front: &FrontMatter, heading: &str) -> bool {
    let Some(start) = first_day(front) else { return false };
    let Some(text) = last_day_of(heading) else { return false };
    match written_day(&text) {
        Some(day) => day < start,
        None => year_in(&text).is_some_and(|year| year < start.year_month_day().0),
    }
}

/// The day from which the front matter says that the document is in force.
fn first_day(front: &FrontMatter) -> Option<Date> {
    front.effective.as_ref().or(front.approved.as_ref()).map(|day| day.value)
}

/// Whether the heading of a part ends with a later first day than the front matter has: `Steps (from next year)`.
fn part_starts_later(front: &FrontMatter, heading: &str) -> bool {
    const NEXT: [&str; 5] = ["next ", "nächste", "prochain", "próximo", "volgend"];
    let Some(day) = first_day_of(heading) else { return false };
    let is_later = || first_day(front).is_some_and(|start| later_day(&day, start).is_some());
    NEXT.iter().any(|next| day.starts_with(next)) || is_later()
}

/// Whether a title ends with a later first day than the front matter has: `Known errors (from
/// 2027-01-01)`.
fn starts_later(front: &FrontMatter, heading: &str) -> bool {
    const FROM: [&str; 9] =
        ["from ", "as of ", "effective ", "valid from ", "ab ", "gültig ab ", "à partir de ", "a partir de ", "dal "];
    let inside = heading.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let Some(limit) = inside.map(|(_, limit)| fold_case(limit.trim())) else { return false };
    let Some(day) = FROM.iter().find_map(|from| limit.strip_prefix(from)) else { return false };
    // `Peak (from 2027-01-01 to 2027-01-06)` is a period, and a freeze of changes an event.
    let is_period = [" to ", " until ", " bis ", " au ", " al "].iter().any(|to| day.contains(to));
    let is_later = || first_day(front).is_some_and(|start| later_day(day, start).is_some());
    !is_period && !names_event(heading) && is_later()
}

/// Finds a notice at the start of a text, or a line of its document control table, that contradicts being in force.
fn find_notice(file: &FileView<'_>, front: &FrontMatter) -> Option<Problem> {
    // A notice in a template is about the documents made from it.
    if doc_type(file) == "template" {
        return None;
    }
    let text = file.words.text.as_str();
    // `Draft.`, `In review.` and `Approved.` below each other are names of states.
    let lists_states = LazyCell::new(|| text.lines().take(CONTROL_LINES).any(affirms_approval));
    for (number, line) in text.lines().take(CONTROL_LINES).enumerate() {
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        let range = start..start + bare.len();
        if !is_prose(file.words, &range) {
            continue;
        }
        if let Some(statement) = status_statement(file, front, bare, &range).filter(|_| !names_state(file, &range)) {
            return Some(contradiction(place(file, range), "text", &statement.replace("**", "")));
        }
        let source_line = LazyCell::new(|| SourceLine::new(file, &range));
        let says_state = || is_notice(line, || source_line.stands_out()) || is_version_remark(line, version(front));
        let is_contradictory = number < NOTICE_LINES
            && says_state()
            && !*lists_states
            && !names_other_version(bare, version(front))
            && !source_line.is_item()
            && !source_line.is_row()
            && !names_state(file, &range)
            || number == 0 && is_heading_notice(file, line, &range)
            || is_of_version(bare, front) && source_line.is_history_row() && is_own_history(file, &range);
        if is_contradictory {
            return Some(contradiction(place(file, range), "text", bare));
        }
        if let Some(problem) = find_late_start(file, front, bare, range) {
            return Some(problem);
        }
    }
    find_last_line(file, front).or_else(|| find_first_heading(file))
}

/// Whether the first line is a heading such as `DRAFT – do not use`, and not only the name of a state.
fn is_heading_notice(file: &FileView<'_>, line: &str, range: &Range<usize>) -> bool {
    names_state(file, range) && !is_not_in_force(line) && is_notice(line, || true)
}

/// Finds a last line such as `Version 1.0 – Draft`.
fn find_last_line(file: &FileView<'_>, front: &FrontMatter) -> Option<Problem> {
    let text = file.words.text.trim_end();
    let start = text.rfind('\n').map_or(0, |end| end + 1);
    let range = start..text.len();
    let is_state = is_version_line(&text[start..]) || is_version_remark(&text[start..], version(front));
    let is_other = || names_other_version(&text[start..], version(front));
    let is_own = is_state && !is_other() && is_prose(file.words, &range) && !names_state(file, &range);
    is_own.then(|| contradiction(place(file, range.clone()), "text", &text[range]))
}

/// Finds a title at the beginning of the text that says so: `# Handling of incidents (DRAFT)`.
fn find_first_heading(file: &FileView<'_>) -> Option<Problem> {
    let heading = file.body.headings.first().filter(|heading| heading.level == 1 && heading.claims.is_empty())?;
    let word = title_status(&heading.text)?;
    Some(contradiction(file.place(heading.span), "heading", word))
}

/// Finds a line that gives a later first day than the front matter: `Effective from 2027-01-01`.
fn find_late_start(file: &FileView<'_>, front: &FrontMatter, line: &str, range: Range<usize>) -> Option<Problem> {
    let start = first_day(front)?;
    let statement = match later_first_day(line, start)? {
        Some(day) => format!("says that this document applies from {day}"),
        None => format!("says `{line}`"),
    };
    let message = format!("the text {statement}, but its front matter says from {start}");
    let help = "write the day under `effective`, or correct the text";
    let is_own = Area::at(file, range.start) != Area::Section;
    is_own.then(|| Problem::new(RULE.id, place(file, range), message).help(help))
}

/// Whether a line names a state that the text is about: it is a heading below the first, or a defined term.
fn names_state(file: &FileView<'_>, range: &Range<usize>) -> bool {
    let span = file.words.source_span(range.clone());
    let is_inside = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    let is_heading = |heading: &Heading| is_inside(heading.span) && heading.level > 1;
    file.body.headings.iter().any(is_heading) || file.body.terms.iter().any(|term| is_inside(term.span))
}

/// A line of a text as it is written in its source.
struct SourceLine<'s>(&'s str);

impl<'s> SourceLine<'s> {
    fn new(file: &'s FileView<'_>, range: &Range<usize>) -> SourceLine<'s> {
        let line = file.source.line(file.source.place(file.words.source_span(range.clone())).line());
        SourceLine(line.unwrap_or_default().trim())
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

    /// Whether the line is a row of a table with several cells.
    fn is_row(&self) -> bool {
        self.0.contains("<td") || self.0.starts_with('|') && self.0.trim_matches('|').contains('|')
    }

    /// Whether the line is a table row with a state in one of its cells.
    fn is_history_row(&self) -> bool {
        self.0.contains('|') && self.0.trim_matches('|').split('|').map(str::trim).any(is_not_in_force)
    }
}

/// Whether a line begins with the document's version, as its row in a revision history does.
fn is_of_version(line: &str, front: &FrontMatter) -> bool {
    let version = version(front);
    !version.is_empty() && line.strip_prefix(version).is_some_and(|rest| rest.starts_with(' '))
}

/// The document's version; empty if it has none.
fn version(front: &FrontMatter) -> &str {
    front.version.as_ref().map_or("", |version| version.value.trim())
}

fn contradiction(place: Place, what: &str, claimed: &str) -> Problem {
    let message = format!("the {what} says `{}`, but the status is approved", clip(claimed));
    Problem::new(RULE.id, place, message).help(format!("correct the {what} or the status"))
}
