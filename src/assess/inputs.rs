//! The handbook's evidence for each input of the management review over a period.

use super::{Assessed, Assessment, EntryLife, EntryState};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::register::{Audit, Entry, Kind, ManagementReview, Period};
use crate::standard::Input;

/// Entries that are data for an input: all of a kind, or those with a word under `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InputSource {
    kind: Kind,
    word: Option<&'static str>,
}

impl InputSource {
    /// The entries with a name in a catalogue; `None` if it is that of an item.
    pub(crate) fn from_name(name: &str) -> Option<InputSource> {
        let (kind, word) = match name {
            "complaints" => (Kind::Nonconformities, Some("complaint")),
            "system-changes" => (Kind::Improvements, Some("system-change")),
            name => (Kind::from_name(name)?, None),
        };
        Some(InputSource { kind, word })
    }

    fn contains(self, entry: &Entry) -> bool {
        self.word.is_none_or(|word| entry.record.text("kind") == Some(word))
    }
}

/// An input with the evidence that the handbook has for it.
#[derive(Clone, Debug)]
pub(crate) struct CollectedInput<'a> {
    /// The input.
    pub(crate) input: &'a Input,
    /// Entries of the period, and entries that are still open. Management reviews contribute their actions instead.
    pub(crate) entries: Vec<EntryIndex>,
    /// Decisions and actions of earlier reviews, each as its review and its index there: open ones first, then those
    /// completed in the period.
    pub(crate) actions: Vec<(EntryIndex, usize)>,
    /// Documents that provide this input.
    pub(crate) documents: Vec<DocumentIndex>,
    /// Kinds of its entries of which some cannot be read.
    pub(crate) unread_kinds: Vec<Kind>,
}

impl<'a> CollectedInput<'a> {
    fn new(input: &'a Input) -> CollectedInput<'a> {
        let (entries, actions, documents) = (Vec::new(), Vec::new(), Vec::new());
        CollectedInput { input, entries, actions, documents, unread_kinds: Vec::new() }
    }

    /// Whether nothing is recorded for this input.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.actions.is_empty() && self.documents.is_empty()
    }
}

/// The inputs to the next management review.
#[derive(Clone, Debug)]
pub(crate) struct ReviewInputs<'a> {
    /// The next planned review; if none is planned, the last one that should have been held.
    pub(crate) next: Option<EntryIndex>,
    /// The first day of the period, or `None` if no review determines it.
    pub(crate) from: Option<Date>,
    /// The last day of the period.
    pub(crate) to: Date,
    /// The inputs, in the order of the catalogue.
    pub(crate) inputs: Vec<CollectedInput<'a>>,
    /// Whom to ask for missing inputs: the owners of documents in force that address the clause.
    pub(crate) contacts: Vec<String>,
}

impl<'a> ReviewInputs<'a> {
    /// Gathers the inputs for `period`, or for the period of the next review if it is `None`.
    pub(crate) fn new(assessed: Assessed<'a>, period: Option<Period>) -> ReviewInputs<'a> {
        let next = next_review(assessed);
        let reviewed = review_period(assessed, period.or_else(|| review(assessed, next?)?.period()));
        let inputs =
            assessed.reading.standards.review_inputs().map(|input| collect_input(assessed, input, reviewed)).collect();
        ReviewInputs { next, from: reviewed.from, to: reviewed.to, inputs, contacts: find_contacts(assessed) }
    }
}

/// Whether any entries are relevant to the period of a review that has not been held yet.
pub(crate) fn has_entries(assessed: Assessed<'_>, next: ManagementReview<'_>, source: InputSource) -> bool {
    !entries(assessed, source, review_period(assessed, next.period())).is_empty()
}

/// The period that a review looks at.
#[derive(Clone, Copy)]
struct ReviewPeriod {
    /// The first day, or `None` if no review determines it.
    from: Option<Date>,
    /// The last day.
    to: Date,
}

impl ReviewPeriod {
    fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }
}

/// The period of a review: as recorded, or otherwise since the last review that was held.
fn review_period(assessed: Assessed<'_>, recorded: Option<Period>) -> ReviewPeriod {
    let as_of = assessed.assessment.clock.as_of;
    let since = last_review(assessed).and_then(|index| {
        let last = review(assessed, index)?;
        Some(last.period().map(|period| period.to).or_else(|| Some(last.held(as_of)?.to))?.plus_days(1))
    });
    ReviewPeriod { from: recorded.map(|period| period.from).or(since), to: recorded.map_or(as_of, |period| period.to) }
}

fn review<'a>(assessed: Assessed<'a>, index: EntryIndex) -> Option<ManagementReview<'a>> {
    ManagementReview::from_entry(&assessed.reading.handbook.registers.entry(index).entry)
}

fn reviews<'a>(assessed: Assessed<'a>) -> impl Iterator<Item = (EntryIndex, ManagementReview<'a>)> {
    let review_entries = assessed.reading.handbook.registers.of_kind(Kind::ManagementReviews);
    review_entries.filter_map(|(index, placed_entry)| Some((index, ManagementReview::from_entry(&placed_entry.entry)?)))
}

fn next_review(assessed: Assessed<'_>) -> Option<EntryIndex> {
    let as_of = assessed.assessment.clock.as_of;
    let open = || reviews(assessed).filter(|(_, review)| review.held(as_of).is_none());
    let planned = || open().filter_map(|(index, review)| Some((review.planned()?, index)));
    // A missed review does not determine the next one.
    let upcoming = planned().filter(|(planned, _)| planned.to >= as_of).min();
    upcoming.or_else(|| planned().max()).map(|(_, index)| index)
}

fn last_review(assessed: Assessed<'_>) -> Option<EntryIndex> {
    let as_of = assessed.assessment.clock.as_of;
    reviews(assessed).filter_map(|(index, review)| Some((review.held(as_of)?.to, index))).max().map(|(_, index)| index)
}

/// The owners of documents in force that address the clause on review inputs.
fn find_contacts(assessed: Assessed<'_>) -> Vec<String> {
    let standards = &assessed.reading.standards;
    let main = standards.main().into_iter();
    let mut clauses = main.flat_map(|main| standards.clauses(main));
    let Some(key) = clauses.find(|key| !standards.clause(*key).inputs.is_empty()) else { return Vec::new() };
    let claims = assessed.assessment.clause(key).claims.iter().filter(|claim| claim.state.is_in_force());
    let documents = claims.map(|claim| assessed.reading.handbook.document(claim.document));
    let mut names: Vec<String> =
        documents.flat_map(|document| document.owners.iter()).map(ToString::to_string).collect();
    names.sort();
    names.dedup();
    names
}

fn collect_input<'a>(assessed: Assessed<'a>, input: &'a Input, period: ReviewPeriod) -> CollectedInput<'a> {
    let mut collected = CollectedInput::new(input);
    let is_unread = |kind: &Kind| assessed.reading.handbook.registers.may_lack(*kind);
    let kinds = input.from.iter().filter_map(|source| Some(InputSource::from_name(source)?.kind));
    collected.unread_kinds.extend(kinds.filter(is_unread));
    for source in &input.from {
        match InputSource::from_name(source) {
            Some(InputSource { kind: Kind::ManagementReviews, .. }) => {
                collected.actions.extend(actions(assessed, period));
            }
            Some(source) => collected.entries.extend(entries(assessed, source, period)),
            None => collected.documents.extend(providers(assessed, source)),
        }
    }
    collected.documents.sort_unstable();
    collected.documents.dedup();
    collected
}

fn providers(assessed: Assessed<'_>, id: &str) -> Vec<DocumentIndex> {
    let items = assessed.assessment.items.first().into_iter().flatten();
    let has_id = |item: &&super::ItemAssessment| assessed.reading.standards.item_at(item.item).id.as_str() == id;
    let counts = |document: &DocumentIndex| assessed.assessment.state(*document).is_in_force();
    items
        .filter(has_id)
        .flat_map(|item| item.providers.iter().map(|provider| provider.document))
        .filter(counts)
        .collect()
}

fn entries(assessed: Assessed<'_>, source: InputSource, period: ReviewPeriod) -> Vec<EntryIndex> {
    let kind_entries = assessed.reading.handbook.registers.of_kind(source.kind);
    let kind_entries = kind_entries.filter(|(_, placed_entry)| source.contains(&placed_entry.entry));
    let assessed_entries =
        kind_entries.filter_map(|(index, placed_entry)| Some((index, placed_entry, assessed.assessment.entry(index)?)));
    let concerns = assessed_entries
        .filter(|(_, placed_entry, life)| is_relevant(assessed.assessment, &placed_entry.entry, life, period));
    concerns.map(|(index, ..)| index).collect()
}

/// Decisions and actions of earlier reviews that are open or were completed in the period: open ones by due day, then
/// completed ones, latest first.
fn actions(assessed: Assessed<'_>, period: ReviewPeriod) -> Vec<(EntryIndex, usize)> {
    let as_of = assessed.assessment.clock.as_of;
    let held_reviews = reviews(assessed).filter(|(_, review)| review.held(as_of).is_some()).map(|(index, _)| index);
    let mut ranked_actions = Vec::new();
    for index in held_reviews {
        for (at, action) in assessed.reading.handbook.registers.entry(index).entry.actions().enumerate() {
            let rank = match action.done().filter(|_| action.is_done(as_of)) {
                None => (0, action.due().map_or(0, |due| Date::MIN.days_until(due))),
                Some(done) if period.contains(done) => (1, -Date::MIN.days_until(done)),
                Some(_) => continue,
            };
            ranked_actions.push((rank, (index, at)));
        }
    }
    ranked_actions.sort_unstable();
    ranked_actions.into_iter().map(|(_, action)| action).collect()
}

/// Whether an entry occurred, was due or was finished in the period, or is still open.
fn is_relevant(assessment: &Assessment, entry: &Entry, life: &EntryLife, period: ReviewPeriod) -> bool {
    let as_of = assessment.clock.as_of;
    let within = |day: Option<Date>| day.is_some_and(|day| period.contains(day));
    // Planned audits count if they fall in the period or should already have been held.
    if let Some(audit) = Audit::from_entry(entry) {
        let is_late = life.state == EntryState::Overdue;
        return is_late || within(audit.held(as_of).map(|held| held.to)) || within(life.due);
    }
    // Earlier reviews count if they have decisions that were open in the period.
    if let Some(review) = ManagementReview::from_entry(entry) {
        let is_past = review.held(as_of).is_some();
        return is_past && entry.actions().any(|action| !action.is_done(as_of) || within(action.done()));
    }
    let happened = || entry.past_events().iter().any(|event| event.date <= as_of && within(Some(event.date)));
    // A nonconformity or improvement finished or dropped before its due day was not due on that day.
    let is_over = matches!(entry.kind, Kind::Nonconformities | Kind::Improvements) && !life.is_unresolved();
    life.is_unresolved() || within(life.closed) || within(life.due) && !is_over || happened()
}
