//! What contradicts itself in a register says nothing: the days that the independent reading does not believe.

use serde_json::{Value, json};

use super::reading::text;

/// Registers without the days that cannot be.
pub fn removed(mut lists: Value) -> Value {
    for one in entries(&mut lists, "nonconformities") {
        let found = text(&one["found"]).to_owned();
        forget_done_before(&found, &mut one["actions"]);
        // Closed before it was found, it was closed on no day that anybody knows.
        let closed = one["closed"].as_str().filter(|closed| *closed >= found.as_str());
        let is_wrong = |day: &str| day < found.as_str() || closed.is_some_and(|closed| day > closed);
        if one["moved"].as_array().into_iter().flatten().any(|moved| is_wrong(text(&moved["date"]))) {
            // Due on a day that nobody knows, and so late on each.
            one["moved"] = json!([{"date": "", "to": ""}]);
        }
    }
    for one in entries(&mut lists, "management_reviews") {
        let held = one["held"].as_str().or_else(|| one["held"]["from"].as_str()).unwrap_or_default().to_owned();
        forget_done_before(&held, &mut one["decisions"]);
    }
    lists
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
