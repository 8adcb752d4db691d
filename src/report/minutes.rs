//! Draft minutes of a management review: the handbook's evidence for each input, and placeholders for the rest.

use std::fmt::Write;

use super::unread::unread_sentences;
use super::{count_noun, held_days, without_controls};
use crate::assess::{Assessed, CollectedInput, EntryLife, EntryState, Measurement, ReviewInputs};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex, Reading};
use crate::register::{Audit, Entry, Improvement, Kind};

/// Returns the body of the draft, without front matter.
pub(crate) fn draft(assessed: Assessed<'_>, review_inputs: &ReviewInputs<'_>) -> String {
    let since = review_inputs.from.map_or_else(String::new, |from| format!("from {from} "));
    let mut out = format!(
        "These minutes begin with the facts that the handbook recorded on {}, for the period {since}to {}.\n\n",
        assessed.assessment.clock.as_of, review_inputs.to
    );
    out.push_str("## Participants\n\nTODO: roles that were present\n\n## Inputs reviewed {#inputs}\n\n");
    for input in &review_inputs.inputs {
        write_input(&mut out, assessed, input, &review_inputs.contacts);
    }
    out.push_str("## Conclusions\n\nTODO: whether the system is still suitable, adequate and effective\n\n");
    out.push_str("## Decisions\n\n| No. | Decision | Owner | Due |\n| --- | --- | --- | --- |\n| TODO | | | |\n");
    out
}

/// Returns the classification for minutes that quote these inputs: the highest level of any entry or document in them,
/// and at least the second level. An unknown level counts as the highest.
pub(crate) fn classification<'a>(assessed: Assessed<'a>, review_inputs: &ReviewInputs<'_>) -> Option<&'a str> {
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
        let placed_entry = handbook.registers.entry(*index);
        let own_rank = if placed_entry.entry.classification_is_unclear() {
            highest
        } else {
            placed_entry.entry.classification().map_or(0, rank)
        };
        own_rank.max(of_document(&placed_entry.owner))
    };
    let inputs = || review_inputs.inputs.iter();
    let entries = inputs().flat_map(|input| input.entries.iter().chain(input.actions.iter().map(|(review, _)| review)));
    let documents = inputs().flat_map(|input| &input.documents).map(of_document);
    let quoted = entries.chain(&review_inputs.next).map(of_entry).chain(documents).max().unwrap_or(0);
    settings.classifications.get(quoted.max(1).min(highest)).map(String::as_str)
}

fn write_input(out: &mut String, assessed: Assessed<'_>, input: &CollectedInput<'_>, contacts: &[String]) {
    let _ = writeln!(out, "### {} {{#{}}}\n", input.input.title, input.input.id);
    input.entries.iter().for_each(|index| write_entry(out, assessed, *index));
    input.actions.iter().for_each(|(index, at)| write_action(out, assessed, *index, *at));
    for index in &input.documents {
        let document = assessed.reading.handbook.document(*index);
        if let Some(id) = document.id() {
            let _ = writeln!(out, "- [[{id}]], {}", assessed.assessment.state(*index).words());
        }
    }
    for sentence in unread_sentences(assessed.reading, Some(&input.unread_kinds)) {
        let _ = writeln!(out, "- {}", escape_markdown(&sentence));
    }
    if input.is_empty() && input.unread_kinds.is_empty() {
        let contact_list = contacts.join(", ");
        let whom = if contact_list.is_empty() {
            String::new()
        } else {
            format!(": ask the {}", escape_markdown(&contact_list))
        };
        let _ = writeln!(out, "- Nothing is recorded{whom}");
    }
    out.push_str("\nTODO: discussion and conclusions\n\n");
}

fn write_entry(out: &mut String, assessed: Assessed<'_>, index: EntryIndex) {
    let placed_entry = assessed.reading.handbook.registers.entry(index);
    let Some(life) = assessed.assessment.entry(index) else { return };
    let details = match placed_entry.entry.kind {
        Kind::Audits | Kind::Nonconformities | Kind::Improvements => dated_state(assessed, &placed_entry.entry, life),
        _ => [life.state.words(), newest_or_due(assessed, &placed_entry.entry, life)].join(", "),
    };
    let details = details.trim_end_matches(", ");
    let _ = writeln!(out, "- [[{}]] {}: {details}", placed_entry.id(), escape_markdown(placed_entry.entry.title()));
}

/// Writes a decision or an action of an earlier review.
fn write_action(out: &mut String, assessed: Assessed<'_>, index: EntryIndex, at: usize) {
    let placed_entry = assessed.reading.handbook.registers.entry(index);
    let Some(action) = placed_entry.entry.actions().nth(at) else { return };
    let as_of = assessed.assessment.clock.as_of;
    let name = match action.id() {
        Some(id) => id.as_str().to_owned(),
        None => format!("[[{}]] action {}", placed_entry.id(), action.number),
    };
    let when = match action.done().filter(|_| action.is_done(as_of)) {
        Some(done) => format!("done on {done}"),
        None => due(action.due(), as_of),
    };
    let _ = writeln!(out, "- {name}: {} ({when})", escape_markdown(action.what()));
}

/// The state of an audit, a nonconformity or an improvement, with its relevant dates.
fn dated_state(assessed: Assessed<'_>, entry: &Entry, life: &EntryLife) -> String {
    let as_of = assessed.assessment.clock.as_of;
    let state = match life.state {
        EntryState::DueSoon if entry.kind == Kind::Audits => "planned".to_owned(),
        EntryState::Open | EntryState::DueSoon => {
            // How far an improvement has got matters more than whether it is due soon.
            let stage = Improvement::from_entry(entry).and_then(Improvement::state);
            stage.map_or_else(|| "open".to_owned(), |stage| stage.replace('-', " "))
        }
        state => state.words(),
    };
    let ending = if entry.kind == Kind::Nonconformities { "closed" } else { "done" };
    match (life.state, life.closed) {
        (EntryState::Held, Some(last)) => {
            let days = Audit::from_entry(entry).and_then(|audit| audit.held(as_of));
            format!("held {}", days.map_or_else(|| format!("on {last}"), held_days))
        }
        (EntryState::WaitsForEffect, Some(closed)) => {
            format!("{ending} on {closed}; the check of its effect {}", was_due(life.effect_due, as_of))
        }
        (EntryState::Reopened, Some(closed)) => {
            format!("reopened: {ending} on {closed}, but not effective; {}", due(life.due, as_of))
        }
        (EntryState::Effective, Some(closed)) => format!("{ending} on {closed}, effective"),
        (_, Some(closed)) => format!("{ending} on {closed}"),
        (_, None) => match Audit::from_entry(entry).and_then(Audit::planned) {
            Some(days) if days.from < days.to => {
                format!("{state}, {} to {}{}", days.from, days.to, lateness(days.to, as_of))
            }
            Some(days) => format!("{state}, {}{}", days.to, lateness(days.to, as_of)),
            None => format!("{state}, {}", due(life.due, as_of)),
        },
    }
}

/// The newest value of an indicator or objective, or the day by which something is due.
fn newest_or_due(assessed: Assessed<'_>, entry: &Entry, life: &EntryLife) -> String {
    let as_of = assessed.assessment.clock.as_of;
    if let Some(Measurement { newest: Some((value, period)), target }) =
        Measurement::newest(assessed.reading, entry, as_of)
    {
        let target = target.map_or_else(String::new, |target| format!(" (target {target})"));
        return format!("{value} in {period}{target}");
    }
    life.due.map_or_else(String::new, |day| due(Some(day), as_of))
}

/// The due day of something, and how late it is.
fn due(day: Option<Date>, as_of: Date) -> String {
    day.map_or_else(|| "no due date".to_owned(), |day| format!("due on {day}{}", lateness(day, as_of)))
}

/// The due day and delay as a predicate: `was due on …` if the day has passed, `is due on …`, or `has no due date`.
fn was_due(day: Option<Date>, as_of: Date) -> String {
    let verb = day.map_or("has", |day| if day < as_of { "was" } else { "is" });
    format!("{verb} {}", due(day, as_of))
}

fn lateness(day: Date, as_of: Date) -> String {
    match day.days_until(as_of) {
        days if days > 0 => format!(", {} late", count_noun(days.unsigned_abs() as usize, "day")),
        _ => String::new(),
    }
}

/// Characters with a meaning in Markdown within a line.
const MARKDOWN_SIGNS: &str = "\\`*_[]<>&~|{}$";

/// Escapes all Markdown characters in a text.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in without_controls(text).chars() {
        if MARKDOWN_SIGNS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
