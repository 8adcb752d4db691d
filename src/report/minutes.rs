//! The draft of a management review's minutes: what the handbook can say on each input, and room for the rest.

use std::fmt::Write;

use super::plain;
use crate::assess::{Assessed, GatheredInput, ReviewInputs};
use crate::date::Date;
use crate::handbook::EntryIndex;
use crate::register::{Improvement, Indicator, Kind, Nonconformity};

/// The text of the draft, below its front matter.
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

fn write_input(out: &mut String, assessed: Assessed<'_>, gathered: &GatheredInput<'_>, ask: &[String]) {
    let _ = writeln!(out, "### {} {{#{}}}\n", gathered.input.title, gathered.input.id);
    gathered.entries.iter().for_each(|index| entry(out, assessed, *index));
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
    let (id, title) = (placed.id(), escaped(placed.entry.title()));
    let as_of = assessed.assessment.clock.as_of;
    if placed.entry.kind == Kind::ManagementReviews {
        for action in placed.entry.actions().filter(|action| action.is_decision) {
            let number = action.id().map_or("", |id| id.as_str());
            let when = done_or_due(action.done().filter(|done| *done <= as_of), action.due());
            let _ = writeln!(out, "- {number}: {} ({when})", escaped(action.what()));
        }
        return;
    }
    let state = assessed.assessment.entry(index).map_or("", |life| life.state.as_str()).replace('-', " ");
    let closed = assessed.assessment.entry(index).and_then(|life| life.closed);
    let due = Nonconformity::of(&placed.entry)
        .and_then(|one| one.due(&assessed.reading.settings.registers.nonconformities.grades, as_of))
        .or_else(|| Improvement::of(&placed.entry)?.due());
    let more = match placed.entry.kind {
        Kind::Audits | Kind::Nonconformities | Kind::Improvements => done_or_due(closed, due),
        _ => newest_or_due(assessed, index),
    };
    let comma = if more.is_empty() { "" } else { ", " };
    let _ = writeln!(out, "- [[{id}]] {title}: {state}{comma}{more}");
}

/// The newest value of an indicator, or the day by which something is due.
fn newest_or_due(assessed: Assessed<'_>, index: EntryIndex) -> String {
    let placed = assessed.reading.handbook.registers.entry(index);
    let values = Indicator::of(&placed.entry).map(|one| one.values(assessed.assessment.clock.as_of));
    if let Some((period, value)) = values.and_then(|values| values.last().copied()) {
        return format!("{value} in {period}");
    }
    let due = assessed.assessment.entry(index).and_then(|life| life.due);
    due.map_or_else(String::new, |due| format!("due on {due}"))
}

fn done_or_due(done: Option<Date>, due: Option<Date>) -> String {
    match (done, due) {
        (Some(done), _) => format!("done on {done}"),
        (None, Some(due)) => format!("due on {due}"),
        (None, None) => "no date".to_owned(),
    }
}

/// A text in which no sign is Markdown.
fn escaped(text: &str) -> String {
    plain(text).replace('\\', "\\\\").replace('[', "\\[").replace('<', "\\<").replace('`', "\\`").replace('*', "\\*")
}
