//! Documents that depend on a document that has changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{self, Assessed, Clock, Life, State};
use crate::date::Date;
use crate::difference::{WordChange, WordChanges, find_changes};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex, EarlierText, FileOnDate, Handbook, Reading};
use crate::id::DocumentId;

use crate::markdown;
use crate::place::{Located, SourceText};
use crate::source::{self, front_matter};

pub(super) const RULE: Rule = Rule {
    id: RuleId("suspect"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document has not been reviewed since a document it depends on changed or was replaced.",
    why: "A procedure written for the old policy may contradict the new one while both are in force.",
    fix: "Check that the document is still correct, change it if necessary, then record the review with `clausebook \
          review ID --by ROLE`.",
    example: "depends_on: [POL-CHG-001], which got a new version after the last review of this document",
    check: Check::Document(check),
};

/// A dependency of a document that changed after the document was last reviewed.
struct Suspect<'a> {
    /// The entry of `depends_on`.
    relation: &'a Located<DocumentId>,
    /// The document that changed.
    target: &'a Document,
    /// The day of the change.
    changed: Date,
    /// The day on which the dependent document was last approved or reviewed.
    reviewed: Date,
    /// Whether the change is that another document replaced it.
    is_replaced: bool,
}

impl Suspect<'_> {
    /// The text of the changed document on the day on which the dependent document was reviewed.
    fn reviewed_text(&self) -> FileOnDate {
        FileOnDate { file: self.target.path().clone(), date: self.reviewed }
    }
}

/// The earlier texts needed to show which words changed in dependencies, by path and day without duplicates.
pub(crate) fn wanted_texts(reading: &Reading, clock: Clock) -> BTreeSet<FileOnDate> {
    let Reading { settings, handbook, .. } = reading;
    if settings.severity(RULE.id, RULE.severity).is_none() {
        return BTreeSet::new();
    }
    let lives = assess::lives(handbook, clock);
    let of = |(index, _)| suspects(handbook, &lives, clock.as_of, index).filter(|suspect| !suspect.is_replaced);
    handbook.controlled().flat_map(of).map(|suspect| suspect.reviewed_text()).collect()
}

/// The dependencies of a document that changed after it was last reviewed.
fn suspects<'a>(
    handbook: &'a Handbook,
    lives: &'a [Life],
    as_of: Date,
    index: DocumentIndex,
) -> impl Iterator<Item = Suspect<'a>> {
    let life = &lives[index.at()];
    let last_review = life.last_review.filter(|_| is_used(life.state));
    let relations = handbook.document(index).front().filter(|_| last_review.is_some()).into_iter();
    relations.flat_map(|front| &front.depends_on).filter_map(move |relation| {
        let target = handbook.lookup.by_id(&relation.value).filter(|target| *target != index)?;
        let replaced = lives[target.at()].replaced.filter(|day| *day <= as_of);
        let changed = replaced.or_else(|| last_change(handbook, lives, as_of, target));
        let changed = changed.filter(|changed| Some(*changed) > last_review)?;
        let is_replaced = replaced.is_some();
        Some(Suspect { relation, target: handbook.document(target), changed, reviewed: last_review?, is_replaced })
    })
}

/// A change that makes a document suspect, for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SuspectLink {
    /// The document that changed, or `None` if this edition does not show it.
    pub(crate) target: Option<DocumentIndex>,
    /// The document that replaced it, if that is the change.
    pub(crate) successor: Option<DocumentIndex>,
    /// Whether another document replaced it.
    pub(crate) is_replaced: bool,
    /// The day of the change.
    pub(crate) changed: Date,
    /// The day on which the dependent document was last approved or reviewed.
    pub(crate) reviewed: Date,
    /// The summary of the change in its revision history.
    pub(crate) summary: Option<String>,
}

/// Returns the changes that make a document suspect; empty if the settings turn the rule off. An edition shows those in
/// the whole handbook.
pub(crate) fn suspect_links(assessed: &Assessed<'_>, index: DocumentIndex) -> Vec<SuspectLink> {
    let Reading { settings, handbook, .. } = assessed.reading;
    if settings.severity(RULE.id, RULE.severity).is_none() {
        return Vec::new();
    }
    let whole = assessed.whole();
    let Some(whole_index) = index_in_whole(assessed, index) else { return Vec::new() };
    let as_of = whole.assessment.clock.as_of;
    let link = |suspect: Suspect<'_>| {
        let target = handbook.lookup.by_id(&suspect.relation.value);
        let visible_target = target.filter(|_| !suspect.is_replaced);
        let summary = visible_target.and_then(|_| newest_change(suspect.target, as_of)?.summary.as_ref());
        SuspectLink {
            target,
            successor: target.and_then(|target| handbook.document(target).superseded_by.first().copied()),
            is_replaced: suspect.is_replaced,
            changed: suspect.changed,
            reviewed: suspect.reviewed,
            summary: summary.map(|text| text.value.trim().to_owned()),
        }
    };
    suspects(&whole.reading.handbook, &whole.assessment.lives, as_of, whole_index).map(link).collect()
}

/// The index in the whole handbook of a document in an edition; `None` if it has no ID there.
pub(super) fn index_in_whole(assessed: &Assessed<'_>, index: DocumentIndex) -> Option<DocumentIndex> {
    match assessed.reading.handbook.document(index).id() {
        _ if assessed.reading.full_handbook.is_none() => Some(index),
        id => id.and_then(|id| assessed.whole().reading.handbook.lookup.by_id(id)),
    }
}

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for suspect in suspects(&assessed.reading.handbook, &assessed.assessment.lives, as_of, subject.index) {
        let Suspect { relation, target, changed, reviewed: last_review, is_replaced } = &suspect;
        let version = target.front().and_then(|front| front.version.as_ref()).filter(|_| !is_replaced);
        let version = version.map_or_else(String::new, |version| format!(" (version {})", version.value));
        let what = if *is_replaced { "was replaced" } else { "changed" };
        let message = format!(
            "{}{version} {what} on {changed}, after this document was last reviewed on {last_review}",
            relation.value
        );
        let problem = Problem::new(RULE.id, subject.document.place(relation.span), message);
        problems.push(explain(assessed, problem, &suspect));
    }
}

/// Whether people may follow a document in this state. Drafts are still being revised anyway.
pub(super) fn is_used(state: State) -> bool {
    matches!(state, State::Current | State::DueSoon | State::Overdue | State::Changed)
}

/// The day of the last recorded change of a document that has been approved.
fn last_change(handbook: &Handbook, lives: &[Life], as_of: Date, index: DocumentIndex) -> Option<Date> {
    let life = &lives[index.at()];
    let approved = life.approved.filter(|approved| *approved <= as_of && is_used(life.state))?;
    let changed = newest_change(handbook.document(index), as_of).and_then(|change| change.date.as_ref());
    Some(changed.map_or(approved, |on| on.value.max(approved)))
}

fn newest_change(document: &Document, as_of: Date) -> Option<&front_matter::Change> {
    let dated = document.front()?.changes.iter().filter_map(|change| Some((change.date.as_ref()?.value, change)));
    // If several have the same day, the first in the file wins, because histories begin with the newest.
    dated.rev().filter(|(on, _)| *on <= as_of).max_by_key(|(on, _)| *on).map(|(_, change)| change)
}

/// Explains the change by the document's own history, and by the changed words if its earlier text is known.
fn explain(assessed: &Assessed<'_>, problem: Problem, suspect: &Suspect<'_>) -> Problem {
    if suspect.is_replaced {
        return problem.help(
            "check this document against what replaced it, name that under `depends_on`, then record the review",
        );
    }
    let change = newest_change(suspect.target, assessed.assessment.clock.as_of);
    let change = change.and_then(|change| Some((change, change.summary.as_ref()?)));
    let (mut help, problem) = match change {
        None => (NO_SUMMARY_HELP.to_owned(), problem),
        Some((change, summary)) => {
            let place = suspect.target.place(change.span);
            let summary = format!("what changed: {}", summary.value.trim());
            (summary, problem.related(place, "the latest entry in its history"))
        }
    };
    match assessed.reading.history.earlier_text(&suspect.reviewed_text()) {
        None => {}
        Some(EarlierText::Text(before)) => help.push_str(&changed_words(assessed, suspect, before)),
        Some(EarlierText::Unknown(why)) => help.push_str(&format!("\nthe changed words are not available: {why}")),
    }
    problem.help(help)
}

/// The help if a document does not say what changed.
const NO_SUMMARY_HELP: &str =
    "check that this document is still correct, then record the review with `clausebook review`";

/// The words that have changed since, one line each for deleted and inserted words.
fn changed_words(assessed: &Assessed<'_>, suspect: &Suspect<'_>, before: &str) -> String {
    let before = Arc::new(SourceText::new(suspect.target.path().clone(), before));
    let start = source::decode(&before, &assessed.reading.settings.vocabulary()).body_start;
    let includes = &assessed.reading.settings.documents.includes;
    let before = markdown::parse_with_includes(&before, start, includes);
    let WordChanges { shown: changes, has_more } = find_changes(&before.words.text, &suspect.target.file.words().text);
    if changes.is_empty() {
        let same = before.body.digest == suspect.target.file.body.digest;
        let what = if same { "its front matter did" } else { "links, code or claims on headings did" };
        return format!("\nno words changed since {}; {what}", suspect.reviewed);
    }
    let lines = changes.iter().map(|WordChange { before, after }| format!("\n- {before}\n+ {after}"));
    let tail = if has_more { "\nand more" } else { "" };
    format!("\nwords that changed since {}:{}{tail}", suspect.reviewed, lines.collect::<String>())
}
