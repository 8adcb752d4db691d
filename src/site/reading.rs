//! Reading times, and the changes that readers need to know.

use super::theme::Labels;
use crate::assess::{Assessed, Assessment, State};
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Handbook};
use crate::markdown::Body;
use crate::source::front_matter::Change;

/// Words that a careful reader reads per minute.
const WORDS_PER_MINUTE: u32 = 220;
/// Characters per minute in scripts without spaces between words.
const CHARACTERS_PER_MINUTE: u32 = 450;
/// The number of days for which a change counts as recent.
pub(crate) const RECENT_DAYS: i32 = 90;

/// The minutes needed to read a document, rounded up; 0 only for an empty one.
pub(crate) fn minutes(body: &Body) -> u32 {
    // Script without spaces was also counted as a few long words, which does not matter.
    body.words.div_ceil(WORDS_PER_MINUTE).max(body.cjk_chars.div_ceil(CHARACTERS_PER_MINUTE))
}

/// A reading time in words: `45 min`, `2 h 5 min`.
pub(crate) fn in_words(labels: &Labels, minutes: u32) -> String {
    match (minutes / 60, (minutes % 60).to_string()) {
        (0, rest) => labels.fill("say.minutes", &[("n", &rest)]),
        (hours, rest) => labels.fill("say.hours", &[("h", &hours.to_string()), ("n", &rest)]),
    }
}

/// Whether readers must know a document: it was approved and is not retired.
pub(crate) fn applies(assessed: Assessed<'_>, index: DocumentIndex) -> bool {
    is_in_use(assessed.assessment.state(index))
}

fn is_in_use(state: State) -> bool {
    !matches!(state, State::Retired | State::Draft | State::InReview)
}

/// The recent changes of a document, newest first.
pub(crate) fn recent_changes<'a>(assessed: Assessed<'a>, index: DocumentIndex) -> Vec<(Date, &'a Change)> {
    let mut list: Vec<_> = dated_changes(assessed.reading.handbook.document(index))
        .filter(|(on, _)| is_recent(assessed.assessment.clock.as_of, *on))
        .collect();
    list.reverse();
    list.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    list
}

/// The date of a recent approval, if the document has no dated revision history.
pub(crate) fn recent_approval(assessed: Assessed<'_>, index: DocumentIndex) -> Option<Date> {
    recently_approved(assessed.reading.handbook.document(index), assessed.assessment.clock.as_of)
}

fn recently_approved(document: &Document, as_of: Date) -> Option<Date> {
    let approved = document.front()?.approved.as_ref()?.value;
    let says_more = dated_changes(document).next().is_some();
    (!says_more && is_recent(as_of, approved)).then_some(approved)
}

/// The date of the last change that readers need to know, if it is recent and the document applies.
pub(crate) fn changed_recently(assessed: Assessed<'_>, index: DocumentIndex) -> Option<Date> {
    last_change(&assessed.reading.handbook, assessed.assessment, index)
}

/// Like [`changed_recently`], for use before there is a portal.
pub(crate) fn last_change(handbook: &Handbook, assessment: &Assessment, index: DocumentIndex) -> Option<Date> {
    if !is_in_use(assessment.state(index)) {
        return None;
    }
    let (document, as_of) = (handbook.document(index), assessment.clock.as_of);
    let last = dated_changes(document).map(|(on, _)| on).filter(|on| is_recent(as_of, *on)).max();
    last.or_else(|| recently_approved(document, as_of))
}

fn dated_changes(document: &Document) -> impl Iterator<Item = (Date, &Change)> {
    let changes = document.front().map_or(&[][..], |front| &front.changes);
    changes.iter().filter_map(|change| Some((change.date.as_ref()?.value, change)))
}

fn is_recent(as_of: Date, on: Date) -> bool {
    (0..=RECENT_DAYS).contains(&on.days_until(as_of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_takes_a_minute_for_220_words() {
        let of = |words: u32, dense: u32| minutes(&Body { words, cjk_chars: dense, ..Body::default() });
        assert_eq!([0, 1, 220, 221, 2200].map(|words| of(words, 0)), [0, 1, 1, 2, 10]);
        assert_eq!([of(3, 901), of(2, 0)], [3, 1]);
    }
}
