//! Whether readers have acknowledged the version of a document that is in force.

use std::collections::BTreeMap;

use super::Assessment;
use super::state::State;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::register::{Acknowledgement, Entry, Kind};
use crate::source::version::{is_same_version, version_key};

/// How many readers have acknowledged a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AcknowledgementCount {
    /// The day on which the version to be acknowledged took effect.
    pub(crate) effective_since: Date,
    /// The last day for readers to acknowledge it in time.
    pub(crate) due: Date,
    /// The number of readers asked to acknowledge it.
    pub(crate) asked_count: u64,
    /// The number of those readers who have acknowledged it.
    pub(crate) given_count: u64,
    /// The number of unreadable counts that may belong to this version.
    pub(crate) unreadable_count: usize,
}

impl AcknowledgementCount {
    /// Whether at least one reader was asked and all of them have acknowledged it.
    pub(crate) fn is_complete(self) -> bool {
        self.asked_count > 0 && self.given_count >= self.asked_count && self.unreadable_count == 0
    }
}

/// Returns how far a document that requires acknowledgement has been acknowledged on the day of the assessment. Returns
/// `None` if it is not in use, or if this is an edition that may not show all counts.
pub(crate) fn count_acknowledgements(
    reading: &Reading,
    assessment: &Assessment,
    index: DocumentIndex,
) -> Option<AcknowledgementCount> {
    let document = reading.handbook.document(index);
    let front = document.front().filter(|_| document.is_controlled() && !reading.handbook.registers.may_withhold)?;
    let requirement = front.acknowledge.as_ref().filter(|_| !front.is_unclear("acknowledge"))?.value;
    let life = assessment.life(index);
    if matches!(life.state, State::Retired | State::Draft | State::InReview | State::Future) {
        return None;
    }
    let clear_version = front.version.as_ref().filter(|_| !front.is_unclear("version"));
    let version = clear_version.map_or("", |version| version.value.trim());
    let version = CurrentVersion { document, version, only_major: requirement.only_major };
    let effective = front.effective.as_ref().map(|day| day.value);
    let current = life.approved.max(effective)?;
    let same = front.changes.iter().filter(|change| {
        change.version.as_ref().is_some_and(|change_version| version.includes(change_version.value.trim()))
    });
    let first = same.filter(|_| requirement.only_major).filter_map(|change| change.date()).min();
    let since = first.map_or(current, |first| first.min(current));
    // Before the version was approved, nobody could acknowledge it.
    let floor = life.approved.map_or(since, |approved| since.min(approved));
    let latest = collect_latest_counts(reading, assessment, version, floor);
    let (asked, given) = latest
        .values()
        .fold((0, 0), |(asked, given), (_, place_asked, place_given)| (asked + place_asked, given + place_given));
    let unread = count_unreadable(reading, assessment, version, floor, &latest);
    Some(AcknowledgementCount {
        effective_since: since,
        due: since.plus(requirement.within),
        asked_count: asked,
        given_count: given,
        unreadable_count: unread,
    })
}

/// Whether a count names a version that its document never had: one written differently, or higher than the current
/// one. Earlier versions may predate the revision history, and a version that was never approved will get its number
/// later.
pub(crate) fn names_unknown_version(document: &Document, count: Acknowledgement<'_>) -> bool {
    let Some(front) = document.front().filter(|front| !front.is_unclear("version") && !front.is_unclear("changes"))
    else {
        return false;
    };
    let version = front.version.as_ref().filter(|_| front.approved.is_some());
    let Some(current) = version.map(|version| version.value.trim()) else { return false };
    let mut earlier = front.changes.iter().filter_map(|change| change.version.as_ref());
    let is_known = is_same_version(count.version, current)
        || earlier.any(|version| is_same_version(&version.value, count.version));
    let numbers = |version: &str| {
        let mut numbers: Vec<u64> = version_key(version).split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        Some(numbers)
    };
    let is_earlier =
        || numbers(count.version).zip(numbers(current)).is_some_and(|(counted, current)| counted < current);
    !is_known && !is_earlier()
}

/// The part of a version before its first dot.
fn major(version: &str) -> String {
    version_key(version).split('.').next().unwrap_or_default().to_owned()
}

/// The version of a document that its readers acknowledge.
#[derive(Clone, Copy)]
struct CurrentVersion<'a> {
    document: &'a Document,
    version: &'a str,
    /// Whether acknowledging any version with the same first number is enough.
    only_major: bool,
}

impl CurrentVersion<'_> {
    /// Whether acknowledging `other` acknowledges this version.
    fn includes(self, other: &str) -> bool {
        if self.only_major { major(other) == major(self.version) } else { is_same_version(other, self.version) }
    }
}

/// The latest count per place: its day, the largest number of readers asked so far, and the number who acknowledged.
type LatestCounts<'a> = BTreeMap<&'a str, (Date, u64, u64)>;

/// Collects the latest count of each place. Readers who were asked once stay asked, because a later, lower count may be
/// of other readers.
fn collect_latest_counts<'a>(
    reading: &'a Reading,
    assessment: &Assessment,
    version: CurrentVersion<'_>,
    floor: Date,
) -> LatestCounts<'a> {
    let mut counts: BTreeMap<&str, BTreeMap<Date, (u64, u64)>> = BTreeMap::new();
    for (index, placed_entry) in reading.handbook.registers.of_kind(Kind::Acknowledgements) {
        let is_known = assessment.entry(index).is_some();
        let Some(count) = Acknowledgement::from_entry(&placed_entry.entry).filter(|_| is_known) else { continue };
        let is_of_document = Some(count.document) == version.document.id();
        let applies = is_of_document && version.includes(count.version) && count.date >= floor;
        if !applies || names_unknown_version(version.document, count) {
            continue;
        }
        let (asked, given) = counts.entry(count.location).or_default().entry(count.date).or_default();
        *asked += u64::from(count.asked);
        *given += u64::from(count.given);
    }
    let latest = |(place, days): (&'a str, BTreeMap<Date, (u64, u64)>)| {
        let asked = days.values().map(|(asked, _)| *asked).max()?;
        let (day, (_, given)) = days.last_key_value()?;
        Some((place, (*day, asked, *given)))
    };
    counts.into_iter().filter_map(latest).collect()
}

/// Counts the unreadable entries that may belong to the document, unless a later count of the same place replaces them.
fn count_unreadable(
    reading: &Reading,
    assessment: &Assessment,
    version: CurrentVersion<'_>,
    floor: Date,
    latest: &LatestCounts<'_>,
) -> usize {
    let document = version.document;
    let registers = &reading.handbook.registers;
    let may_count = |entry: &Entry| {
        let record = &entry.record;
        let is_clear = |key: &str| record.get(key).filter(|_| !record.is_unclear(key)).is_some();
        let is_other_document = is_clear("document")
            && record.references("document").iter().all(|reference| reference.value.id() != document.id());
        let is_other_version =
            is_clear("version") && record.text("version").is_some_and(|other| !version.includes(other.trim()));
        let place = record.text("location").filter(|_| is_clear("location")).and_then(|place| latest.get(place.trim()));
        let is_replaced = place.zip(record.day("date")).is_some_and(|((last, ..), day)| *last > day);
        let is_earlier = is_clear("date") && record.day("date").is_some_and(|day| day < floor);
        !is_other_document && !is_other_version && !is_replaced && !is_earlier
    };
    let assessed_entries =
        registers.of_kind(Kind::Acknowledgements).filter(|(index, _)| assessment.entry(*index).is_some());
    let is_last = |count: &Acknowledgement<'_>| latest.get(count.location).is_none_or(|(last, ..)| *last <= count.date);
    let has_unknown_version = |count: Acknowledgement<'_>| {
        let applies = Some(count.document) == document.id() && count.date >= floor && is_last(&count);
        applies && names_unknown_version(document, count)
    };
    let is_unread =
        |entry: &Entry| Acknowledgement::from_entry(entry).map_or_else(|| may_count(entry), has_unknown_version);
    assessed_entries.filter(|(_, placed_entry)| is_unread(&placed_entry.entry)).count()
        + registers.unreadable_count(Kind::Acknowledgements)
}
