//! Documents that rest on another one which has changed.

use std::sync::Arc;

use super::{Check, Context, Group, Rule, Subject};
use crate::assess::{Life, State};
use crate::config::Settings;
use crate::date::Date;
use crate::difference::{Change, Changes, changes};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex, Handbook};
use crate::id::{DocumentId};
use crate::history::{Earlier, Moment};
use crate::place::{Located, SourceText};
use crate::source::{self, front_matter};
use crate::markdown;

pub(super) const RULE: Rule = Rule {
    id: RuleId("suspect"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "A document that this one depends on has changed since this one was last approved or reviewed.",
    why: "A procedure written for the old policy may contradict the new one, and both are in force.",
    mend: "Look whether it still fits, change it if not, and record that with `clausebook review ID --by ROLE`.",
    example: "depends_on: [POL-CHG-001], which got a new version after the last review of this document",
    check: Check::Document(check),
};

/// A document that rests on one which changed after it was last looked at.
pub(crate) struct Suspect<'a> {
    /// The entry of `depends_on`.
    relation: &'a Located<DocumentId>,
    /// The document that changed.
    target: &'a Document,
    /// When it did.
    changed: Date,
    /// When the document that rests on it was last approved or reviewed.
    seen: Date,
}

impl Suspect<'_> {
    /// The text that was looked at: that of the document which changed, on the day when the other was reviewed.
    pub(crate) fn seen(&self) -> Moment {
        Moment { file: self.target.path().clone(), on: self.seen }
    }
}

/// Whether the settings leave the rule on.
pub(crate) fn is_suspicion_wanted(settings: &Settings) -> bool {
    settings.severity(RULE.id, RULE.severity).is_some()
}

/// What a document rests on that changed after it was last looked at.
pub(crate) fn suspects<'a>(
    handbook: &'a Handbook,
    (lives, as_of): (&'a [Life], Date),
    index: DocumentIndex,
) -> impl Iterator<Item = Suspect<'a>> {
    let life = &lives[index.at()];
    let seen = life.last_review.filter(|_| is_used(life.state));
    let relations = handbook.document(index).front().filter(|_| seen.is_some()).into_iter();
    relations.flat_map(|front| &front.depends_on).filter_map(move |relation| {
        let target = handbook.lookup.by_id(&relation.value).filter(|target| *target != index)?;
        let changed = last_change(handbook, (lives, as_of), target).filter(|changed| Some(*changed) > seen)?;
        Some(Suspect { relation, target: handbook.document(target), changed, seen: seen? })
    })
}

fn check(context: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let as_of = context.assessment.clock.as_of;
    for suspect in suspects(context.handbook, (&context.assessment.lives, as_of), subject.index) {
        let Suspect { relation, target, changed, seen } = &suspect;
        let version = target.front().and_then(|front| front.version.as_ref());
        let version = version.map_or_else(String::new, |version| format!(" (version {})", version.value));
        let message =
            format!("{}{version} changed on {changed}, after this document was last reviewed on {seen}", relation.value);
        let fault = Fault::new(RULE.id, subject.document.place(relation.span), message);
        faults.push(explain(context, fault, &suspect));
    }
}

/// Whether people may work by a document in this state; what is being written is looked at anyway.
fn is_used(state: State) -> bool {
    matches!(state, State::Current | State::DueSoon | State::Overdue | State::Changed)
}

/// The day on which a document that was approved once last changed, as far as it says so.
fn last_change(handbook: &Handbook, (lives, as_of): (&[Life], Date), index: DocumentIndex) -> Option<Date> {
    let life = &lives[index.at()];
    let approved = life.approved.filter(|approved| *approved <= as_of && is_used(life.state))?;
    let changed = newest_change(handbook.document(index), as_of).and_then(|change| change.on.as_ref());
    Some(changed.map_or(approved, |on| on.value.max(approved)))
}

fn newest_change(document: &Document, as_of: Date) -> Option<&front_matter::Change> {
    let dated = document.front()?.changes.iter().filter_map(|change| Some((change.on.as_ref()?.value, change)));
    // Of several on one day the first written wins: histories begin with the newest.
    dated.rev().filter(|(on, _)| *on <= as_of).max_by_key(|(on, _)| *on).map(|(_, change)| change)
}

/// Says what changed: by the document's own history, and by its words when its earlier text is known.
fn explain(context: &Context<'_>, fault: Fault, suspect: &Suspect<'_>) -> Fault {
    let change = newest_change(suspect.target, context.assessment.clock.as_of);
    let change = change.and_then(|change| Some((change, change.summary.as_ref()?)));
    let (mut help, fault) = match change {
        None => (NOTHING_SAID.to_owned(), fault),
        Some((change, summary)) => {
            let place = suspect.target.place(change.span);
            let summary = format!("what changed: {}", summary.value.trim());
            (summary, fault.related(place, "is the newest entry of its history"))
        }
    };
    match context.history.at(&suspect.seen()) {
        None => {}
        Some(Earlier::Text(before)) => help.push_str(&words(context, suspect, before)),
        Some(Earlier::Unknown(why)) => help.push_str(&format!("\nwhich words changed cannot be told: {why}")),
    }
    fault.help(help)
}

/// What is to be done where a document does not say what changed.
const NOTHING_SAID: &str = "look whether this document still fits, then record that with `clausebook review`";

/// The words that changed since, one line each for those that are gone and those that came.
fn words(context: &Context<'_>, suspect: &Suspect<'_>, before: &str) -> String {
    let before = Arc::new(SourceText::new(suspect.target.path().clone(), before));
    let start = source::decode(&before, &context.settings.vocabulary()).body_start;
    let before = markdown::parse(&before, start);
    let Changes { shown, more } = changes(&before.text, &suspect.target.file.body.text);
    if shown.is_empty() {
        let same = before.digest == suspect.target.file.body.digest;
        let what = if same { "its front matter did" } else { "links, code or claims on headings did" };
        return format!("\nno word of its text changed since {}; {what}", suspect.seen);
    }
    let lines = shown.iter().map(|Change { before, after }| format!("\n- {before}\n+ {after}"));
    let tail = if more { "\nand more" } else { "" };
    format!("\nwords that changed since {}:{}{tail}", suspect.seen, lines.collect::<String>())
}
