//! Tables of entries that several pages show.

use crate::assess::{Clock, EntryLife};
use crate::date::Date;
use crate::handbook::EntryIndex;
use crate::register::{Action, Entry, Improvement, Nonconformity};
use crate::site::deadlines::NO_DAY;
use crate::site::entries::{join_names, tone};
use crate::site::model::{AgeMeter, Grid, GridCell, GridRow, Mark, Tone};
use crate::site::portal::Portal;

/// A table of nonconformities: title, source, state, owner, due date and age.
pub(super) fn findings(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let columns = portal.column_headings(&["id", "nonconformity", "source", "state", "owner", "due"]);
    let rows = nonconformities(portal, entries).map(|(index, nonconformity)| {
        let mut row = finding(portal, index, nonconformity);
        let source = portal.reference_links(nonconformity.entry().record.references("source"));
        row.cells.insert(2, GridCell::links(source));
        row
    });
    Grid { label: label.to_owned(), columns, rows: rows.collect(), ..Grid::default() }
}

/// The findings of one audit, without the column for their source.
pub(super) fn findings_of_audit(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let columns = portal.column_headings(&["id", "nonconformity", "state", "owner", "due"]);
    let rows = nonconformities(portal, entries).map(|(index, nonconformity)| finding(portal, index, nonconformity));
    Grid { label: label.to_owned(), columns, rows: rows.collect(), ..Grid::default() }
}

/// A table of nonconformities with their remaining fields, such as the source and cause, below the title.
pub(super) fn detailed_findings_grid(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let columns = portal.column_headings(&["id", "nonconformity", "state", "owner", "due"]);
    let rows = nonconformities(portal, entries).map(|(index, nonconformity)| {
        let mut row = finding(portal, index, nonconformity);
        row.cells[1].remark = portal.details(index, &["grade", "clauses", "owner", "due"]);
        row
    });
    Grid { label: label.to_owned(), columns, rows: rows.collect(), ..Grid::default() }
}

fn nonconformities<'a>(
    portal: &'a Portal<'_>,
    entries: &'a [EntryIndex],
) -> impl Iterator<Item = (EntryIndex, Nonconformity<'a>)> {
    entries.iter().filter_map(|index| Some((*index, Nonconformity::from_entry(&portal.entry(*index).entry)?)))
}

fn finding(portal: &Portal<'_>, index: EntryIndex, nonconformity: Nonconformity<'_>) -> GridRow {
    let as_of = portal.assessment.clock.as_of;
    let entry = nonconformity.entry();
    let grades = &portal.reading.settings.registers.nonconformities.grades;
    let due = nonconformity.due(grades, as_of);
    let clauses: Vec<String> = entry.clauses().iter().map(|clause| clause.value.to_string()).collect();
    let days_text = unclear_date_text(portal, due.is_none() && nonconformity.has_unclear_due(grades, as_of));
    let is_completed = portal.assessment.entry(index).is_some_and(EntryLife::is_completed);
    let age = ageing(portal, nonconformity, due).filter(|_| portal.shows_figures());
    // The bar shows how much time is left, so completed entries have none.
    let (age, time_used) = match age {
        Some(age) if is_completed && days_text.is_empty() => (None, age.words),
        age => (age, days_text),
    };
    let notes = [clauses.join(", "), nonconformity.grade_name().map_or("", |name| portal.grade(name)).to_owned()];
    let notes: Vec<&str> = notes.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let cells = vec![
        portal.entry_cell(index),
        GridCell { note: notes.join(" · "), ..GridCell::text(entry.title()) },
        GridCell { note: remark(portal, index, nonconformity), ..GridCell::mark(portal.entry_mark(index)) },
        GridCell::text(join_names(entry.owners())),
        GridCell { age, note: time_used, ..GridCell::day(due) },
    ];
    GridRow { id: portal.entry(index).anchor.clone(), cells }
}

/// The text shown instead of a date that cannot be read.
fn unclear_date_text(portal: &Portal<'_>, is_unclear: bool) -> String {
    if is_unclear { portal.labels.text(NO_DAY).to_owned() } else { String::new() }
}

/// What remains to be done about a nonconformity.
fn remark(portal: &Portal<'_>, index: EntryIndex, nonconformity: Nonconformity<'_>) -> String {
    let as_of = portal.assessment.clock.as_of;
    let labels = portal.labels;
    if nonconformity.closed(as_of).is_none() {
        return overdue_actions(portal, nonconformity.entry());
    }
    let effect = nonconformity.effect();
    if let Some((on, _)) = effect.checked(as_of) {
        return labels.fill("registers.effect_checked", &[("date", &labels.day(on))]);
    }
    let Some(due) = portal.assessment.entry(index).and_then(|life| life.effect_due) else {
        return unclear_date_text(portal, effect.has_unclear_due());
    };
    let (date, checkers) = (labels.day(due), join_names(effect.who()));
    let key = if checkers.is_empty() { "registers.effect_by_nobody" } else { "registers.effect_by" };
    labels.fill(key, &[("date", &date), ("who", &checkers)])
}

/// The number of an entry's overdue actions in words; empty if there are none or this edition does not show figures.
pub(super) fn overdue_actions(portal: &Portal<'_>, entry: &Entry) -> String {
    let as_of = portal.assessment.clock.as_of;
    let overdue_count = entry.actions().filter(|action| action.is_overdue(as_of) && portal.shows_figures()).count();
    let key = if overdue_count == 1 { "registers.action_overdue" } else { "registers.actions_overdue" };
    match overdue_count {
        0 => String::new(),
        _ => portal.labels.fill(key, &[("n", &overdue_count.to_string())]),
    }
}

/// How long a nonconformity has been open, compared with its original due date and the limit for its grade.
fn ageing(portal: &Portal<'_>, nonconformity: Nonconformity<'_>, due: Option<Date>) -> Option<AgeMeter> {
    let as_of = portal.assessment.clock.as_of;
    let grades = &portal.reading.settings.registers.nonconformities.grades;
    let begin = nonconformity.found()?;
    let closed = nonconformity.closed(as_of);
    let failed_on = closed.and_then(|closed| nonconformity.effect().failed_since(closed, as_of));
    // If a nonconformity was reopened, its time continues.
    let closed = closed.filter(|_| failed_on.is_none());
    let used = i64::from(begin.days_until(closed.unwrap_or(as_of)).max(0));
    let limit =
        nonconformity.grade(grades).and_then(|grade| grade.close).map(|close| begin.days_until(begin.plus(close)));
    let allowed = due.map(|due| i64::from(begin.days_until(due).max(0)));
    let limit = limit.map(i64::from);
    let max_days = [Some(used), allowed, limit].into_iter().flatten().max().unwrap_or(1).max(1);
    let share = |days: i64| days * 100 / max_days;
    let is_late = used > allowed.unwrap_or(i64::MAX);
    let is_long = allowed.zip(limit).is_some_and(|(given, limit)| given > limit);
    let tone = match (is_late, is_long) {
        (true, _) => Tone::Overdue,
        (false, true) => Tone::DueSoon,
        _ => Tone::Current,
    };
    let words = match failed_on.filter(|_| is_late) {
        Some(day) => portal.labels.fill("registers.age_again", &[("date", &portal.labels.day(day))]),
        None => age_text(portal, used, allowed, closed.is_some()) + &grade_text(portal, limit.filter(|_| is_long)),
    };
    Some(AgeMeter { tone, words, used: share(used), given: share(allowed.unwrap_or(used)), limit: limit.map(share) })
}

/// How many days of those allowed were used, or how late it is or was.
fn age_text(portal: &Portal<'_>, used: i64, allowed: Option<i64>, is_closed: bool) -> String {
    let labels = portal.labels;
    let count = |key: &str, days: i64| labels.count(key, usize::try_from(days).unwrap_or(0));
    let Some(given) = allowed else {
        return count(if is_closed { "registers.age_closed" } else { "registers.age_open" }, used);
    };
    let (used_text, given_text) = (used.to_string(), given.to_string());
    let fill =
        |key: &str, late: &str| labels.fill(key, &[("late", late), ("used", &used_text), ("given", &given_text)]);
    match (used > given, is_closed) {
        (false, _) => fill("registers.age", ""),
        (true, false) => fill("registers.age_overdue", &count("registers.days_overdue", used - given)),
        (true, true) => fill("registers.age_late", &count("registers.days_late", used - given)),
    }
}

/// The days that the grade allows, if the agreed ones are more.
fn grade_text(portal: &Portal<'_>, limit: Option<i64>) -> String {
    limit.map_or_else(String::new, |limit| portal.labels.fill("registers.age_grade", &[("limit", &limit.to_string())]))
}

/// The actions and decisions of entries, in the order of the entries.
pub(super) fn actions(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let of_entry = |index: &EntryIndex| {
        let index = *index;
        portal.entry(index).entry.actions().map(move |action| action_row(portal, index, action)).collect::<Vec<_>>()
    };
    action_grid(portal, label, entries.iter().flat_map(of_entry).collect())
}

/// A table of actions.
pub(super) fn action_grid(portal: &Portal<'_>, label: &str, rows: Vec<GridRow>) -> Grid {
    let columns = portal.column_headings(&["action", "entry", "state", "who", "due", "done"]);
    Grid { label: label.to_owned(), columns, rows, ..Grid::default() }
}

/// A row of a table of actions.
pub(super) fn action_row(portal: &Portal<'_>, index: EntryIndex, action: Action<'_>) -> GridRow {
    let as_of = portal.assessment.clock.as_of;
    let id = action.id().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let proof = action.record.references("proof");
    let what = if id.is_empty() { action.what().to_owned() } else { format!("{id}: {}", action.what()) };
    GridRow {
        id: String::new(),
        cells: vec![
            GridCell::text(what),
            portal.entry_cell(index),
            GridCell { links: portal.reference_links(proof), ..GridCell::mark(action_mark(portal, action)) },
            GridCell::text(join_names(action.who())),
            GridCell { note: unclear_date_text(portal, action.due().is_none()), ..GridCell::day(action.due()) },
            GridCell::day(action.done().filter(|done| *done <= as_of)),
        ],
    }
}

/// Whether an action is done, open, due soon or late.
pub(super) fn action_mark(portal: &Portal<'_>, action: Action<'_>) -> Mark {
    let state = portal.action_state(action);
    portal.tone(tone(state), &["entry_state.", state.as_str()].concat())
}

/// The groups of actions in the order of lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ActionRank {
    Late,
    DueSoon,
    Open,
    Done,
}

/// The sort key of an action: late ones by date, then those due soon and open ones by date, then those done, latest
/// first.
pub(super) fn action_rank(clock: Clock, action: Action<'_>) -> (ActionRank, i32) {
    let days = |day: Option<Date>| day.map_or(i32::MAX, |day| Date::MIN.days_until(day));
    let is_soon = action.due().is_some_and(|due| due <= clock.warning_end());
    match (action.is_done(clock.as_of), action.is_overdue(clock.as_of)) {
        (true, _) => (ActionRank::Done, -days(action.done())),
        // An action with an unreadable date comes first.
        (_, true) => (ActionRank::Late, action.due().map_or(i32::MIN, |due| days(Some(due)))),
        _ => (if is_soon { ActionRank::DueSoon } else { ActionRank::Open }, days(action.due())),
    }
}

/// A table of improvements: title, source, target, state, owner and due date.
pub(super) fn improvements(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let rows = entries.iter().filter_map(|index| {
        let improvement = Improvement::from_entry(&portal.entry(*index).entry)?;
        Some(improvement_row(portal, *index, improvement))
    });
    Grid {
        label: label.to_owned(),
        columns: portal.column_headings(&["id", "improvement", "source", "target", "state", "owner", "due"]),
        rows: rows.collect(),
        ..Grid::default()
    }
}

fn improvement_row(portal: &Portal<'_>, index: EntryIndex, improvement: Improvement<'_>) -> GridRow {
    let as_of = portal.assessment.clock.as_of;
    let entry = improvement.entry();
    let done = improvement.done(as_of).map(|done| portal.labels.day(done));
    let remark: Vec<String> = entry.record.text("reason").map(str::to_owned).into_iter().chain(done).collect();
    let shown_keys = ["source", "target", "owner", "due", "done", "reason"];
    GridRow {
        id: portal.entry(index).anchor.clone(),
        cells: vec![
            portal.entry_cell(index),
            GridCell { remark: portal.details(index, &shown_keys), ..GridCell::text(entry.title()) },
            GridCell::links(portal.reference_links(entry.record.references("source"))),
            GridCell::text(entry.record.text("target").unwrap_or_default()),
            GridCell { note: remark.join(" · "), ..GridCell::mark(portal.entry_mark(index)) },
            GridCell::text(join_names(entry.owners())),
            GridCell::day(improvement.due()),
        ],
    }
}
