//! Whether readers have acknowledged the version of a document that is in force.

use std::collections::BTreeMap;

use super::Assessment;
use super::state::State;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::register::{Acknowledgement, Kind};

/// How many readers have acknowledged a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    /// The day on which the version that asks for it took effect.
    pub(crate) since: Date,
    /// The last day on which readers are in time.
    pub(crate) due: Date,
    /// How many were asked.
    pub(crate) asked: u64,
    /// How many of them have acknowledged it.
    pub(crate) given: u64,
}

impl Acknowledged {
    /// Whether everybody who was asked has acknowledged it, and somebody was asked.
    pub(crate) fn is_complete(self) -> bool {
        self.asked > 0 && self.given >= self.asked
    }
}

/// How a document that asks for it has been acknowledged on the day. Nothing for one that is not in use, and where an
/// edition may not show all counts.
pub(crate) fn acknowledged(reading: &Reading, assessment: &Assessment, index: DocumentIndex) -> Option<Acknowledged> {
    let document = reading.handbook.document(index);
    let front = document.front().filter(|_| document.is_controlled() && !reading.handbook.registers.withholds)?;
    let wanted = front.acknowledge.as_ref().filter(|_| !front.is_unclear("acknowledge"))?.value;
    let life = assessment.life(index);
    if matches!(life.state, State::Retired | State::Draft | State::InReview | State::Future) {
        return None;
    }
    let version = front.version.as_ref().map_or("", |version| version.value.trim());
    let means = |other: &str| if wanted.only_major { major(other) == major(version) } else { other == version };
    let effective = front.effective.as_ref().map(|day| day.value);
    let current = life.approved.max(effective)?;
    let same = front.changes.iter().filter(|change| change.version.as_ref().is_some_and(|one| means(one.value.trim())));
    let first = same.filter(|_| wanted.only_major).filter_map(|change| change.on_day()).min();
    let since = first.map_or(current, |first| first.min(current));
    let (asked, given) = counted(reading, assessment, document, means);
    Some(Acknowledged { since, due: since.plus(wanted.within), asked, given })
}

/// The part of a version before its first dot.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// How many were asked and have acknowledged it: the latest count of each place.
fn counted(
    reading: &Reading,
    assessment: &Assessment,
    document: &Document,
    means: impl Fn(&str) -> bool,
) -> (u64, u64) {
    let mut latest: BTreeMap<&str, (Date, u64, u64)> = BTreeMap::new();
    for (index, placed) in reading.handbook.registers.of_kind(Kind::Acknowledgements) {
        let is_known = assessment.entry(index).is_some();
        let Some(count) = Acknowledgement::of(&placed.entry).filter(|_| is_known) else { continue };
        if Some(count.document) != document.id() || !means(count.version) {
            continue;
        }
        let new = (count.date, u64::from(count.asked), u64::from(count.given));
        latest
            .entry(count.location)
            .and_modify(|old| match new.0.cmp(&old.0) {
                std::cmp::Ordering::Greater => *old = new,
                std::cmp::Ordering::Equal => *old = (old.0, old.1 + new.1, old.2 + new.2),
                std::cmp::Ordering::Less => {}
            })
            .or_insert(new);
    }
    latest.values().fold((0, 0), |(asked, given), (_, more, done)| (asked + more, given + done))
}
