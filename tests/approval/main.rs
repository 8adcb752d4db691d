//! Approvals and reviews that are bound to a text.

mod approving;
mod attested;
mod binding;
mod clones;
mod earlier;
mod interrupted;
mod outside;
mod proving;
mod reused_days;
mod settings;

#[expect(dead_code, reason = "the suite of `check` needs more of it")]
#[path = "../check/support.rs"]
mod support;

use support::{DAY, Handbook};

/// The state of a document on the day of the tests.
fn state(handbook: &Handbook, id: &str) -> String {
    state_on(handbook, id, DAY)
}

/// The state of a document on a day.
fn state_on(handbook: &Handbook, id: &str, day: &str) -> String {
    let run = support::run(handbook.root(), &["check", "--as-of", day, "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).expect(&run.error);
    let mut documents = data["documents"].as_array().unwrap().iter();
    let document = documents.find(|document| document["id"] == id).unwrap_or_else(|| panic!("no {id}: {}", run.out));
    document["state"].as_str().unwrap().to_owned()
}
