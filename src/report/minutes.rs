//! Draft minutes of a management review: the handbook's evidence for each input, and placeholders for the rest.

use std::fmt::Write;

use super::{counted, plain};
use crate::assess::{Assessed, CollectedInput, EntryLife, EntryState, ReviewInputs};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex, Reading};
use crate::register::{Audit, Entry, Indicator, Kind};

/// Returns the body of the draft, without front matter.
pub(crate) fn draft(assessed: Assessed<'_>, gathered: &ReviewInputs<'_>) -> String {
    let since = gathered.from.map_or_else(String::new, |from| format!("from {from} "));
    let mut out = format!(
        "These minutes begin with the facts that the handbook recorded on {}, for the period {since}to {}.\n\n",
        assessed.assessment.clock.as_of, gathered.to
    );
    out.push_str("## Participants\n\nTODO: roles that were present\n\n## Inputs reviewed {#inputs}\n\n");
    for input in &gathered.inputs {
        write_input(&mut out, assessed, input, &gathered.ask);
    }
    out.push_str("## Conclusions\n\nTODO: whether the system is still suitable, adequate and effective\n\n");
    out.push_str("## Decisions\n\n| No. | Decision | Owner | Due |\n| --- | --- | --- | --- |\n| TODO | | | |\n");
    out
}

/// Returns the classification for minutes that quote these inputs: the highest level of any entry or document in them,
/// and at least the second level. An unknown level counts as the highest.
pub(crate) fn classification<'a>(assessed: Assessed<'a>, gathered: &ReviewInputs<'_>) -> Option<&'a str> {
    let Reading { settings, handbook, .. } = assessed.reading;
    let highest = settings.classifications.len().checked_sub(1)?;
    let rank = |level: &str| settings.classification_rank(level).unwrap_or(highest);
    let of_document = |index: &DocumentIndex| {
        let document = handbook.document(*index);
        let is_unclear = document.front().is_some_and(|front| front.classification_is_unclear());
        match document.classification.as_deref().filter(|_| !is_unclear) {
            Some(level) => rank(level),
            // An edition with a limit withholds such a document.
            None if is_unclear || settings.editions.has_classification_limit() => highest,
            None => 0,
        }
    };
    let of_entry = |index: &EntryIndex| {
        let placed = handbook.registers.entry(*index);
        let own = if placed.entry.classification_is_unclear() {
            highest
        } else {
            placed.entry.classification().map_or(0, rank)
        };
        own.max(of_document(&placed.owner))
    };
    let inputs = || gathered.inputs.iter();
    let entries = inputs().flat_map(|one| one.entries.iter().chain(one.actions.iter().map(|(review, _)| review)));
    let documents = inputs().flat_map(|one| &one.documents).map(of_document);
    let quoted = entries.chain(&gathered.next).map(of_entry).chain(documents).max().unwrap_or(0);
    settings.classifications.get(quoted.max(1).min(highest)).map(String::as_str)
}

fn write_input(out: &mut String, assessed: Assessed<'_>, gathered: &CollectedInput<'_>, ask: &[String]) {
    let _ = writeln!(out, "### {} {{#{}}}\n", gathered.input.title, gathered.input.id);
    gathered.entries.iter().for_each(|index| entry(out, assessed, *index));
    gathered.actions.iter().for_each(|place| action(out, assessed, *place));
    for index in &gathered.documents {
        let document = assessed.reading.handbook.document(*index);
        if let Some(id) = document.id() {
            let _ = writeln!(out, "- [[{id}]], {}", assessed.assessment.state(*index).as_str().replace('-', " "));
        }
    }
    if gathered.is_empty() {
        let who = ask.join(", ");
        let whom = if who.is_empty() { String::new() } else { format!(": ask the {}", escaped(&who)) };
        let _ = writeln!(out, "- Nothing is recorded{whom}");
    }
    out.push_str("\nTODO: what the directors said\n\n");
}

fn entry(out: &mut String, assessed: Assessed<'_>, index: EntryIndex) {
    let placed = assessed.reading.handbook.registers.entry(index);
    let Some(life) = assessed.assessment.entry(index) else { return };
    let more = match placed.entry.kind {
        Kind::Audits | Kind::Nonconformities | Kind::Improvements => days(assessed, &placed.entry, life),
        _ => newest_or_due(assessed, &placed.entry, life),
    };
    let state = life.state.as_str().replace('-', " ");
    let comma = if more.is_empty() { "" } else { ", " };
    let _ = writeln!(out, "- [[{}]] {}: {state}{comma}{more}", placed.id(), escaped(placed.entry.title()));
}

/// Writes a decision or an action of an earlier review.
fn action(out: &mut String, assessed: Assessed<'_>, (index, at): (EntryIndex, usize)) {
    let placed = assessed.reading.handbook.registers.entry(index);
    let Some(action) = placed.entry.actions().nth(at) else { return };
    let as_of = assessed.assessment.clock.as_of;
    let name = match action.id() {
        Some(id) => id.as_str().to_owned(),
        None => format!("[[{}]] action {}", placed.id(), action.number),
    };
    let when = match action.done().filter(|_| action.is_done(as_of)) {
        Some(done) => format!("done on {done}"),
        None => due(action.due(), as_of),
    };
    let _ = writeln!(out, "- {name}: {} ({when})", escaped(action.what()));
}

/// The days of an audit, a nonconformity or an improvement that are relevant in its state.
fn days(assessed: Assessed<'_>, entry: &Entry, life: &EntryLife) -> String {
    let as_of = assessed.assessment.clock.as_of;
    match (life.state, life.closed) {
        (EntryState::WaitsForEffect, Some(closed)) => {
            format!("done on {closed}, the check of its effect is {}", due(life.effect_due, as_of))
        }
        (EntryState::Reopened, Some(closed)) => {
            format!("done on {closed} without effect, again {}", due(life.due, as_of))
        }
        (_, Some(closed)) => format!("done on {closed}"),
        (_, None) => match Audit::of(entry).and_then(Audit::planned) {
            Some(days) if days.from < days.to => format!("{} to {}{}", days.from, days.to, late(days.to, as_of)),
            Some(days) => format!("{}{}", days.to, late(days.to, as_of)),
            None => due(life.due, as_of),
        },
    }
}

/// The newest value of an indicator, or the day by which something is due.
fn newest_or_due(assessed: Assessed<'_>, entry: &Entry, life: &EntryLife) -> String {
    let as_of = assessed.assessment.clock.as_of;
    let values = Indicator::of(entry).map(|one| one.values(as_of));
    if let Some((period, value)) = values.and_then(|values| values.last().copied()) {
        return format!("{value} in {period}");
    }
    life.due.map_or_else(String::new, |day| due(Some(day), as_of))
}

/// The due day of something, and how late it is.
fn due(day: Option<Date>, as_of: Date) -> String {
    day.map_or_else(|| "due, no date".to_owned(), |day| format!("due on {day}{}", late(day, as_of)))
}

fn late(day: Date, as_of: Date) -> String {
    match day.days_until(as_of) {
        days if days > 0 => format!(", {} late", counted(days.unsigned_abs() as usize, "day")),
        _ => String::new(),
    }
}

/// Characters with a meaning in Markdown within a line.
const SIGNS: &str = "\\`*_[]<>&~|{}$";

/// Escapes all Markdown characters in a text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in plain(text).chars() {
        if SIGNS.contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
