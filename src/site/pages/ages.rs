//! The page of ages: the time since documents were last approved or reviewed.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{AgeColumn, AgeEntry, AgeSegment, AgesPage, Frame, State};
use crate::site::portal::Portal;

/// The number of columns for quarters of a year.
const QUARTER_COLUMNS: usize = 12;
/// The number of months in a quarter.
const MONTHS_PER_QUARTER: usize = 3;
/// The maximum number of documents listed per column; the register contains all.
const MAX_ENTRIES: usize = 25;

/// The page of ages.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own_path("ages.html"), ages)]
}

/// A document and the date of its last approval or review, if known.
type DocumentAge = (Option<Date>, DocumentIndex);

fn ages(portal: &Portal<'_>) -> AgesPage {
    let as_of = portal.assessment.clock.as_of;
    let columns = group_by_age(portal, as_of);
    let mut states: Vec<State> =
        columns.iter().flatten().map(|(_, document)| portal.assessment.state(*document)).collect();
    states.sort_unstable_by(|a, b| b.cmp(a));
    states.dedup();
    let max_count = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let undated = columns.last().map_or(0, Vec::len);
    let path = layout::own_path("ages.html");
    AgesPage {
        frame: Frame { pictures: true, ..portal.frame(&path, portal.labels.text("pages.ages"), "ages") },
        dated: columns.iter().map(Vec::len).sum::<usize>() - undated,
        undated,
        oldest: columns.iter().rev().skip(1).find_map(|list| list.first()).map(|aged| entry(portal, aged)),
        columns: columns.iter().enumerate().map(|(at, list)| column(portal, at, list, &states, max_count)).collect(),
        states,
    }
}

/// Documents by the number of quarters since their last approval or review, then older ones, then those without a date;
/// oldest first in each column.
fn group_by_age(portal: &Portal<'_>, as_of: Date) -> Vec<Vec<DocumentAge>> {
    let mut columns: Vec<Vec<DocumentAge>> = vec![Vec::new(); QUARTER_COLUMNS + 2];
    for (index, _) in portal.reading.handbook.controlled() {
        let life = portal.assessment.life(index);
        if life.state == State::Retired {
            continue;
        }
        // A future approval does not count yet.
        let date = life.last_review.filter(|date| *date <= as_of);
        let column = date.map_or(QUARTER_COLUMNS + 1, |date| {
            (months_between(date, as_of) / MONTHS_PER_QUARTER).min(QUARTER_COLUMNS)
        });
        columns[column].push((date, index));
    }
    columns.iter_mut().for_each(|list| list.sort_unstable());
    columns
}

/// The number of full months between two dates.
fn months_between(from: Date, to: Date) -> usize {
    let ((year, month, day), (to_year, to_month, to_day)) = (from.year_month_day(), to.year_month_day());
    let months = (i32::from(to_year) - i32::from(year)) * 12 + i32::from(to_month) - i32::from(month);
    usize::try_from(months - i32::from(to_day < day)).unwrap_or(0)
}

fn column(portal: &Portal<'_>, at: usize, list: &[DocumentAge], states: &[State], max_count: usize) -> AgeColumn {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    list.iter().for_each(|(_, document)| *counts.entry(portal.assessment.state(*document)).or_default() += 1);
    let (segments, top) = segments(states, &counts, max_count);
    AgeColumn {
        id: format!("age-{}", at + 1),
        from: (at <= QUARTER_COLUMNS).then_some(at * MONTHS_PER_QUARTER),
        to: (at < QUARTER_COLUMNS).then_some((at + 1) * MONTHS_PER_QUARTER),
        x: at * 100,
        top,
        segments,
        counts: states.iter().map(|state| counts.get(state).copied().unwrap_or(0)).collect(),
        total: list.len(),
        entries: list.iter().take(MAX_ENTRIES).map(|aged| entry(portal, aged)).collect(),
        more: list.len().saturating_sub(MAX_ENTRIES),
    }
}

/// The segments of a bar, from the bottom, and its top edge.
fn segments(states: &[State], counts: &BTreeMap<State, usize>, max_count: usize) -> (Vec<AgeSegment>, f64) {
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let mut below = 0;
    let mut segments = Vec::new();
    for (state, count) in states.iter().filter_map(|state| Some((*state, *counts.get(state)?))) {
        let share = |count: usize| 100.0 * count as f64 / max_count as f64;
        below += count;
        segments.push(AgeSegment { state, count, y: tenth(100.0 - share(below)), height: tenth(share(count)) });
    }
    let top = segments.last().map_or(100.0, |segment| segment.y);
    (segments, top)
}

fn entry(portal: &Portal<'_>, (on, index): &DocumentAge) -> AgeEntry {
    AgeEntry { on: *on, document: portal.document_link(*index), owner: portal.people(&portal.document(*index).owners) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(from: &str, to: &str) -> usize {
        months_between(from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn only_full_months_count() {
        assert_eq!(months("2026-08-22", "2026-11-22"), 3);
        assert_eq!(months("2026-08-23", "2026-11-22"), 2);
        assert_eq!(months("2026-11-22", "2026-11-22"), 0);
        assert_eq!(months("2023-11-22", "2026-11-21"), 35);
        assert_eq!(months("0001-01-01", "9999-12-31"), 119_987);
    }

    #[test]
    fn the_parts_of_a_bar_stand_on_one_another() {
        let counts = BTreeMap::from([(State::Overdue, 1), (State::Current, 2)]);
        let (parts, top) = segments(&[State::Current, State::Overdue], &counts, 4);
        assert_eq!(parts.iter().map(|part| (part.y, part.height)).collect::<Vec<_>>(), [(50.0, 50.0), (25.0, 25.0)]);
        assert_eq!(top, 25.0);
    }
}
