//! Actions in the model handbook have the same owners and due dates in every document that lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex_lite::Regex;

/// Register entries that other documents repeat with owner and due date.
const ENTRY: &str = r"\b(?:MA-[0-9]|RA-[0-9]{2}|IMP-20[0-9]{2}-[0-9]{2}|D-20[0-9]{2}-[0-9]{2})\b";
const DATE: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

fn content() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a regular expression")
}

/// The rows of all tables in a document, each cell with its column heading in lower case.
fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut rows = Vec::new();
    let mut head: Option<Vec<String>> = None;
    for line in text.lines() {
        if !line.starts_with('|') {
            head = None;
            continue;
        }
        let line = line.replace("\\|", "/");
        let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        match &head {
            None => head = Some(cells.iter().map(|cell| cell.to_lowercase()).collect()),
            Some(head) => rows.push(head.iter().cloned().zip(cells).collect()),
        }
    }
    rows
}

/// The entries that a row is about: the only one in its first cells, and the action of a report that it implements.
fn entries(entry: &Regex, row: &[(String, String)]) -> Vec<String> {
    let begin: String = row.iter().take(3).map(|(_, cell)| format!("{cell} ")).collect();
    let ids: BTreeSet<&str> = entry.find_iter(&begin).map(|id| id.as_str()).collect();
    let Some(id) = ids.first().filter(|_| ids.len() == 1) else { return Vec::new() };
    let text = row.get(3).filter(|_| id.starts_with("RA-")).map_or("", |(_, cell)| cell);
    let carried_out = entry.find_iter(text).map(|found| found.as_str()).filter(|found| found.starts_with("MA-"));
    std::iter::once(*id).chain(carried_out).map(str::to_owned).collect()
}

/// Rows of a register, read independently of Clausebook: each entry, action and decision with its owner and due date,
/// under the headings of tables.
fn entries_of_register(text: &str) -> Vec<Vec<(String, String)>> {
    let register: serde_yaml::Value = serde_yaml::from_str(text).expect("YAML");
    let lists = register.as_mapping().expect("kinds").values().filter_map(serde_yaml::Value::as_sequence);
    let mut rows = Vec::new();
    for entry in lists.flatten() {
        let inner = ["actions", "decisions"].into_iter().filter_map(|key| entry.get(key)?.as_sequence());
        for item in inner.flatten().chain([entry]) {
            let text = |key: &str| match item.get(key) {
                Some(serde_yaml::Value::String(text)) => text.clone(),
                Some(serde_yaml::Value::Sequence(names)) => {
                    names.iter().filter_map(serde_yaml::Value::as_str).collect::<Vec<_>>().join(", ")
                }
                _ => String::new(),
            };
            // An action in the risk register starts with its number: `RA-04: …`.
            let number = text("what").split_once(": ").map(|(number, _)| number.to_owned());
            let number = number.filter(|number| number.starts_with("RA-")).unwrap_or_else(|| text("what"));
            let begin = if text("id").is_empty() { number } else { text("id") };
            let owner = if text("who").is_empty() { text("owner") } else { text("who") };
            let cells = [("id", begin), ("owner", owner), ("due", text("due")), ("what", text("what"))];
            rows.push(cells.map(|(head, cell)| (head.to_owned(), cell)).to_vec());
        }
    }
    rows
}

#[test]
fn an_action_has_one_owner_and_one_due_date_wherever_it_is_listed() {
    let (entry, date) = (regex(ENTRY), regex(DATE));
    let mut listed: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
    for file in walkdir::WalkDir::new(content()).into_iter().map(|file| file.expect("a file")) {
        let read = || std::fs::read_to_string(file.path()).expect("a text");
        let rows = match file.path().extension().and_then(|ending| ending.to_str()) {
            Some("md") => rows(&read()),
            Some("yaml") => entries_of_register(&read()),
            _ => continue,
        };
        for row in rows {
            for id in entries(&entry, &row) {
                for (column, cell) in &row {
                    let facts = match column.as_str() {
                        "owner" | "who" if !cell.is_empty() => vec![("owner", cell.clone())],
                        "due" => date.find_iter(cell).map(|day| ("due", day.as_str().to_owned())).collect(),
                        _ => Vec::new(),
                    };
                    for (what, value) in facts {
                        listed.entry((id.clone(), what)).or_default().insert(value);
                    }
                }
            }
        }
    }
    assert!(listed.len() >= 60, "{}", listed.len());
    for (entry, values) in listed {
        assert_eq!(values.len(), 1, "{entry:?}: {values:?}");
    }
}
