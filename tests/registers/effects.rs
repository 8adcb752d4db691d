//! The expected check of an effect, from the YAML of an entry alone.

use serde_json::Value;

use super::calendar::{happened, plus_days};
use super::reading::id;

/// The day by which the effect is checked: a day that is written belongs to an earlier round if it lies before the
/// closing and there was such a round.
pub fn effect_day(entry: &Value, closed: &str, day: &str) -> String {
    let is_again = effect_checked(entry, day).is_some_and(|checked| checked < closed);
    match entry["effect"]["due"].as_str() {
        Some(due) if due >= closed || !is_again => due.to_owned(),
        _ => plus_days(closed, 90),
    }
}

/// Whether an entry says who checks its effect, or records a check.
pub fn asks_for_check(entry: &Value) -> bool {
    ["who", "checked", "result"].iter().any(|key| !entry["effect"][key].is_null())
}

pub fn is_by_nobody(entry: &Value, closed: &str, day: &str) -> bool {
    let is_recent = happened(entry["effect"]["checked"].as_str(), day).is_some_and(|checked| checked >= closed);
    let is_named = entry["effect"]["who"].as_str().is_some_and(|who| who != "TBD");
    is_recent && entry["effect"]["result"] == "effective" && !is_named
}

pub fn effect_checked<'v>(entry: &'v Value, day: &str) -> Option<&'v str> {
    happened(entry["effect"]["checked"].as_str(), day).filter(|_| entry["effect"]["result"].is_string())
}

pub fn check_effect(
    entry: &Value,
    closed: Option<&str>,
    due: Option<String>,
    day: &str,
    add: &mut impl FnMut(&str, String),
) {
    let Some(closed) = closed else { return };
    match effect_checked(entry, day).filter(|checked| *checked >= closed) {
        Some(_) if entry["effect"]["result"] == "not-effective" => add("reopened", id(entry)),
        Some(_) => {}
        None if due.is_some_and(|due| due.as_str() < day) => add("effect-not-checked", id(entry)),
        None => {}
    }
}
