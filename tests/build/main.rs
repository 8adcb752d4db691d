//! `clausebook build` on whole handbooks.

mod applicability;
mod assessment;
mod changes;
mod entries;
mod german;
mod links;
mod names;
mod navigation;
mod own_places;
mod owners;
mod pages;
mod portal;
mod reach;
mod reader;
mod sources;
mod suspect;
mod tallies;
mod theme;
mod theme_templates;

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

/// The text of a page.
pub fn text(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path} is not in the site")).clone()).expect("UTF-8")
}

/// The verdict of a clause in an assessment.
pub fn verdict(assessment: &serde_json::Value, standard: usize, clause: &str) -> String {
    let clauses = assessment["standards"][standard]["clauses"].as_array().expect("clauses");
    let clause_data = clauses.iter().find(|entry| entry["id"] == clause).expect("the clause");
    clause_data["verdict"].as_str().unwrap_or("none").to_owned()
}
