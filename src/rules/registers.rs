//! Helpers shared by rules on registers.

use crate::assess::{Assessed, EntryState};
use crate::date::Date;
use crate::finding::{Problem, RuleId};
use crate::handbook::{EntryIndex, PlacedEntry, ReviewRule};
use crate::register::{
    Kind, Period, action_command, close_command, last_review, new_due_date_command, postpone_command,
};

/// The entries of a kind that exist on the day.
pub(super) fn entries<'a>(
    assessed: &Assessed<'a>,
    kind: Kind,
) -> impl Iterator<Item = (EntryIndex, &'a PlacedEntry)> + use<'a> {
    let assessment = assessed.assessment;
    let entries_of_kind = assessed.reading.handbook.registers.of_kind(kind);
    entries_of_kind.filter(move |(index, _)| assessment.entry(*index).is_some())
}

/// Reports actions or decisions that were not done by their due day.
pub(super) fn report_overdue_actions(
    assessed: &Assessed<'_>,
    rule: RuleId,
    decisions: bool,
    problems: &mut Vec<Problem>,
) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (index, placed_entry) in reading.handbook.registers.indexed() {
        if assessment.entry(index).is_none() {
            continue;
        }
        let overdue =
            placed_entry.entry.actions().filter(|action| action.is_decision == decisions && action.is_overdue(as_of));
        for action in overdue {
            let name = match action.id() {
                Some(id) => format!("decision {} of {}", id.as_str(), placed_entry.id()),
                None => format!("action {} of {}", action.number, placed_entry.id()),
            };
            let message = match action.due() {
                Some(due) => {
                    let delay = days_text(due.days_until(as_of));
                    format!("{name} was due on {due} and is {delay} late")
                }
                None => format!("{name} is not done, and its due date is unknown"),
            };
            let message = match action.what() {
                "" => message,
                what => format!("{message}: {what}"),
            };
            let who = join_names(action.who().iter().map(|who| who.value.clone()));
            let responsible = if who.is_empty() { "the person responsible".to_owned() } else { who };
            let (close, later) =
                (action_command(&placed_entry.entry, action), new_due_date_command(&placed_entry.entry, action));
            let help = format!("ask {responsible} to finish it, then run `{close}`; or agree a new date: `{later}`");
            problems
                .push(Problem::new(rule, placed_entry.place(action.due_span()), message).help(help).with_subject(name));
        }
    }
}

/// Reports that an audit or a management review that was not held is late, or may be.
pub(super) fn not_held_problem(
    rule: RuleId,
    as_of: Date,
    placed_entry: &PlacedEntry,
    planned: Option<Period>,
    is_unclear: bool,
) -> Option<Problem> {
    let name = format!("{} {}", placed_entry.entry.kind.row().singular, placed_entry.id());
    let message = match planned {
        Some(planned) if planned.to < as_of => {
            let delay = days_text(planned.to.days_until(as_of));
            format!("{name} was planned until {} and is {delay} late", planned.to)
        }
        None if is_unclear => format!("{name} was not held, and its planned date cannot be read"),
        _ => return None,
    };
    let place = placed_entry
        .place(placed_entry.entry.record.get("planned").map_or(placed_entry.entry.id.span, |planned| planned.span));
    let (close, later) = (close_command(&placed_entry.entry, as_of), postpone_command(&placed_entry.entry));
    let help = format!("if it has been held, run `{close}`; otherwise plan it again: `{later}`");
    Some(Problem::new(rule, place, message).with_subject(placed_entry.id()).help(help))
}

/// Reports requirements or issues that were never reviewed, or not in time.
pub(super) fn report_not_reviewed(assessed: &Assessed<'_>, rule: RuleId, kind: Kind, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (index, placed_entry) in entries(assessed, kind) {
        let Some(life) = assessment.entry(index).filter(|life| life.state == EntryState::Overdue) else { continue };
        let record = &placed_entry.entry.record;
        // Unreadable values are reported at their place.
        if record.is_unclear("reviewed") || reading.handbook.document(placed_entry.owner).review == ReviewRule::Unknown
        {
            continue;
        }
        let name = format!("{} {}", kind.row().singular, placed_entry.id());
        let message = match (last_review(&placed_entry.entry, as_of), life.due) {
            (Some(last), Some(due)) => {
                let delay = days_text(due.days_until(as_of));
                format!("{name} was last reviewed on {last}; the next review was due on {due}, {delay} ago")
            }
            _ => format!("no review of {name} is recorded up to {as_of}"),
        };
        let span = record.get("reviewed").map_or(placed_entry.entry.id.span, |day| day.span);
        let help =
            format!("make sure that it is still right, then run `clausebook set {} reviewed=DATE`", placed_entry.id());
        problems.push(Problem::new(rule, placed_entry.place(span), message).help(help).with_subject(placed_entry.id()));
    }
}

/// A number of days in words.
pub(super) fn days_text(count: i32) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// Several names as a list: `A, B and C`.
pub(super) fn join_names(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
