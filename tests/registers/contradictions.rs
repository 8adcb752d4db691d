//! Contradictory dates in a register are ignored; this removes them for the independent implementation.

use serde_json::{Value, json};

use super::calendar::{happened, plus_days};
use super::reading::text;

/// Returns the registers without impossible dates.
pub fn removed(mut lists: Value) -> Value {
    for one in entries(&mut lists, "nonconformities") {
        let found = text(&one["found"]).to_owned();
        forget_done_before(&found, &mut one["actions"]);
        // If it was closed before it was found, its closing date is unknown.
        let closed = one["closed"].as_str().filter(|closed| *closed >= found.as_str()).map(str::to_owned);
        let closed = closed.as_deref();
        // If its effect was checked before it was closed, the date is unknown, but the check is still due.
        if let (Some(closed), Some("effective")) = (closed, one["effect"]["result"].as_str())
            && one["effect"]["checked"].as_str().is_some_and(|checked| checked < closed)
        {
            let due = one["effect"]["due"].as_str().map_or_else(|| plus_days(closed, 90), str::to_owned);
            (one["effect"]["checked"], one["effect"]["due"]) = (Value::Null, json!(due));
        }
        let is_wrong = |day: &str| day < found.as_str() || closed.is_some_and(|closed| day > closed);
        if one["moved"].as_array().into_iter().flatten().any(|moved| is_wrong(text(&moved["date"]))) {
            // The due date is unknown, so it is late on every day.
            one["moved"] = json!([{"date": "", "to": ""}]);
        }
    }
    for one in entries(&mut lists, "management_reviews") {
        // Decisions cannot be done before the review is held, nor at all if it is not.
        let held = one["held"].as_str().or_else(|| one["held"]["from"].as_str()).unwrap_or("9999-12-31").to_owned();
        forget_done_before(&held, &mut one["decisions"]);
    }
    lists
}

/// Whether an action was open when its nonconformity was closed or, if that was not effective, is still open.
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
