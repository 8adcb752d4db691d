//! Contradictory days in a register do not count: the independent implementation removes them.

use serde_json::{Value, json};

use super::calendar::{happened, plus_days};
use super::reading::text;

/// Removes impossible days from registers.
pub fn remove_impossible_days(mut lists: Value) -> Value {
    for entry in entries(&mut lists, "nonconformities") {
        let found_day = text(&entry["found"]).to_owned();
        forget_done_before(&found_day, &mut entry["actions"]);
        // If it was closed before it was found, the day of closing is not known.
        let closed = entry["closed"].as_str().filter(|closed| *closed >= found_day.as_str()).map(str::to_owned);
        let closed = closed.as_deref();
        forget_early_check(closed, &mut entry["effect"]);
        let is_wrong = |day: &str| day < found_day.as_str() || closed.is_some_and(|closed| day > closed);
        if entry["moved"].as_array().into_iter().flatten().any(|moved| is_wrong(text(&moved["date"]))) {
            // The due day is not known, so it is always late.
            entry["moved"] = json!([{"date": "", "to": ""}]);
        }
    }
    for improvement in entries(&mut lists, "improvements") {
        let done = improvement["done"].as_str().map(str::to_owned);
        forget_early_check(done.as_deref(), &mut improvement["effect"]);
    }
    for review in entries(&mut lists, "management_reviews") {
        // Decisions of a review cannot be done before it was held, and not at all if it was not held.
        let held_day =
            review["held"].as_str().or_else(|| review["held"]["from"].as_str()).unwrap_or("9999-12-31").to_owned();
        forget_done_before(&held_day, &mut review["decisions"]);
    }
    lists
}

/// If an effect was found good before the closing, the day is not known; the effect must still be checked.
fn forget_early_check(closed: Option<&str>, effect: &mut Value) {
    if let (Some(closed), Some("effective")) = (closed, effect["result"].as_str())
        && effect["checked"].as_str().is_some_and(|checked| checked < closed)
    {
        let due = effect["due"].as_str().map_or_else(|| plus_days(closed, 90), str::to_owned);
        (effect["checked"], effect["due"]) = (Value::Null, json!(due));
    }
}

/// Whether an action was still open when its nonconformity was closed; if that was not effective, whether it is open
/// now.
pub fn was_open((one, action): (&Value, &Value), closed: Option<&str>, day: &str) -> bool {
    let checked = happened(one["effect"]["checked"].as_str(), day);
    let failed = checked >= closed && checked.is_some() && one["effect"]["result"] == "not-effective";
    let by = closed.filter(|_| !failed).unwrap_or(day);
    happened(action["done"].as_str(), by).is_none()
}

fn entries<'l>(lists: &'l mut Value, kind: &str) -> impl Iterator<Item = &'l mut Value> {
    lists.get_mut(kind).and_then(Value::as_array_mut).into_iter().flatten()
}

fn forget_done_before(day: &str, actions: &mut Value) {
    for action in actions.as_array_mut().into_iter().flatten() {
        if action["done"].as_str().is_some_and(|done| done < day) {
            action["done"] = Value::Null;
        }
    }
}
