//! Command lines that record what happens to an entry.

use super::entry::Entry;
use super::grade::Grade;
use super::kinds::Kind;
use super::nonconformity::Nonconformity;
use super::views::{Action, PlannedEvent};
use crate::date::Date;
use crate::name::share_person;

/// Longest plausible duration of an audit or a review, in days.
const MAX_EVENT_DAYS: i32 = 14;

/// The command that records that an entry was held, closed or done. It contains the planned days only until they have
/// passed: after that, it is unclear whether the entry was held on them.
pub(crate) fn close_command(entry: &Entry, as_of: Date) -> String {
    let id = entry.id.value.as_str();
    match PlannedEvent::from_entry(entry).and_then(PlannedEvent::planned) {
        // A longer period is a window for the event; it is not known yet on which of its days it will take place.
        Some(days) if days.to < as_of || days.from.days_until(days.to) >= MAX_EVENT_DAYS => {
            format!("clausebook close {id} --on DATE")
        }
        Some(days) if days.from < days.to => format!("clausebook close {id} --from {} --on {}", days.from, days.to),
        Some(days) => format!("clausebook close {id} --on {}", days.to),
        None => format!("clausebook close {id}"),
    }
}

/// The command that records that an action or a decision was done.
pub(crate) fn action_command(entry: &Entry, action: Action<'_>) -> String {
    match action.id() {
        Some(id) => format!("clausebook close {}", id.as_str()),
        None => format!("clausebook close {} --action {}", entry.id.value, action.number),
    }
}

/// The command that changes the due date of an action or a decision.
pub(crate) fn new_due_date_command(entry: &Entry, action: Action<'_>) -> String {
    match action.id() {
        Some(id) => format!("clausebook set {} due=DATE", id.as_str()),
        None => format!("clausebook set {} --action {} due=DATE", entry.id.value, action.number),
    }
}

/// Explains `RESULT` in a command.
pub(crate) const RESULT_HELP: &str = "RESULT is `effective` or `not-effective`";

/// The command that records the check of effectiveness; it asks for the checker unless one is named who is not the
/// owner.
pub(crate) fn effect_command(entry: &Entry) -> String {
    let id = entry.id.value.as_str();
    let is_owner = |name: &str| entry.owners().iter().any(|owner| share_person(&owner.value, name));
    let names_other = |nonconformity: Nonconformity<'_>| {
        let checkers = nonconformity.effect().who();
        nonconformity.effect().names_checker() && !checkers.iter().any(|who| is_owner(&who.value))
    };
    let by = match Nonconformity::from_entry(entry) {
        Some(nonconformity) if !names_other(nonconformity) => " --by ROLE",
        _ => "",
    };
    format!("clausebook close {id} --effect RESULT{by}")
}

/// The command that postpones an entry.
pub(crate) fn postpone_command(entry: &Entry) -> String {
    let id = entry.id.value.as_str();
    match entry.kind {
        Kind::Audits | Kind::ManagementReviews => format!("clausebook set {id} planned=DATE"),
        _ => format!("clausebook set {id} due=DATE"),
    }
}

/// The command that postpones a nonconformity, with who agreed to it and why.
pub(crate) fn postpone_nonconformity_command(nonconformity: Nonconformity<'_>, grades: &[Grade]) -> String {
    let command = postpone_command(nonconformity.entry());
    if nonconformity.has_date(grades) { format!("{command} --by ROLE --reason TEXT") } else { command }
}
