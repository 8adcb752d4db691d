//! Assessing a day before the files were last changed: today's files are judged for that day, although not all of their
//! text existed then.

use crate::date::Date;
use crate::handbook::{Document, Handbook, is_dated_by_content};
use crate::source::front_matter::Change;
use crate::source::version::is_same_version;

/// Returns the newest day of an approval, record or change if it is later than the assessed day. The files then differ
/// from those of that day.
pub(crate) fn newest_later_day(handbook: &Handbook, as_of: Date) -> Option<Date> {
    let newest = handbook.controlled().filter_map(|(_, document)| newest_day(document)).max();
    newest.filter(|newest| *newest > as_of)
}

fn newest_day(document: &Document) -> Option<Date> {
    let front = document.front()?;
    let date = front.date.as_ref().filter(|_| is_dated_by_content(&document.doc_type));
    let single = front.approved.iter().chain(date).map(|date| date.value);
    single.chain(front.changes.iter().filter_map(|change| change.date())).max()
}

/// Returns the version in force on a day before the current one was approved, as far as the revision history shows.
pub(crate) fn version_before(document: &Document, as_of: Date) -> Option<&str> {
    let front = document.front()?;
    let current = front.version.as_ref().map(|version| version.value.trim());
    let version = |change: &'_ Change| change.date().filter(|on| *on <= as_of);
    let earlier = front.changes.iter().filter(|change| version(change).is_some());
    let dated_versions = earlier.filter_map(|change| Some((change.date(), change.version.as_ref()?.value.trim())));
    let (_, version) = dated_versions.rev().max_by_key(|(on, _)| *on)?;
    (!current.is_some_and(|current| is_same_version(version, current))).then_some(version)
}

/// Whether the revision history shows that some version had been approved by a day, because it names an approver or
/// another version.
pub(crate) fn was_approved_before(document: &Document, day: Date) -> bool {
    let Some(front) = document.front() else { return false };
    let approved = front.changes.iter().filter(|change| !change.approver.is_empty()).filter_map(Change::date);
    approved.min().is_some_and(|first| first <= day) || version_before(document, day).is_some()
}
