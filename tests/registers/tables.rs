//! Entries as tables, and an independent table parser.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::reading::text;

/// Kinds whose entries fit in a table.
const FLAT: [&str; 4] = ["requirements", "issues", "suppliers", "acknowledgements"];

/// Converts entries to tables where possible, beside a register with the others.
pub fn as_tables(register: &Value) -> Vec<(String, String)> {
    let table = |kind: &&str| {
        let entries = register[*kind].as_array().cloned().unwrap_or_default();
        let rows: Vec<BTreeMap<String, String>> = entries.iter().map(|entry| cells("", entry)).collect();
        let columns: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
        let mut text = csv::Writer::from_writer(Vec::new());
        text.write_record(
            ["id", "title"]
                .into_iter()
                .chain(columns.iter().map(|key| key.as_str()).filter(|key| !matches!(*key, "id" | "title"))),
        )
        .expect("a header");
        for row in &rows {
            let cell = |key: &str| row.get(key).cloned().unwrap_or_default();
            let others = columns.iter().filter(|key| !matches!(key.as_str(), "id" | "title")).map(|key| cell(key));
            text.write_record([cell("id"), cell("title")].into_iter().chain(others)).expect("a row");
        }
        (format!("{kind}.csv"), String::from_utf8(text.into_inner().expect("a table")).expect("UTF-8"))
    };
    let mut rest = register.clone();
    rest.as_object_mut().expect("kinds").retain(|kind, _| !FLAT.contains(&kind.as_str()));
    FLAT.iter().map(table).chain([("register.yaml".to_owned(), rest.to_string())]).collect()
}

/// The keys and values of a mapping: nested keys with a dot, several values with semicolons.
fn cells(before: &str, value: &Value) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        let name = format!("{before}{key}");
        match value {
            Value::Object(_) => cells.extend(self::cells(&format!("{name}."), value)),
            Value::Array(several) => drop(cells.insert(name, several.iter().map(text).collect::<Vec<_>>().join("; "))),
            Value::String(text) => drop(cells.insert(name, text.clone())),
            other => drop(cells.insert(name, other.to_string())),
        }
    }
    cells
}

/// Reads the registers back as data; tables are parsed only by commas, dots and semicolons.
pub fn read_back(files: &[(String, String)]) -> Value {
    let mut register = serde_json::Map::new();
    for (name, text) in files {
        let Some(kind) = name.strip_suffix(".csv") else {
            let rest: Value = serde_json::from_str(text).expect("JSON");
            register.extend(rest.as_object().expect("kinds").clone());
            continue;
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let entry = |row: Result<csv::StringRecord, csv::Error>| {
            let mut entry = Value::Object(serde_json::Map::new());
            let row = row.expect("a row");
            for (key, cell) in header.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty()) {
                let value = match cell.split("; ").collect::<Vec<_>>()[..] {
                    [one] if matches!(key, "asked" | "given") => {
                        one.parse::<u64>().map_or(Value::from(one), Value::from)
                    }
                    [one] => Value::from(one),
                    ref several => Value::from(several.to_vec()),
                };
                match key.split_once('.') {
                    Some((outer, inner)) => entry[outer][inner] = value,
                    None => entry[key] = value,
                }
            }
            entry
        };
        register.insert(kind.to_owned(), reader.records().map(entry).collect());
    }
    Value::Object(register)
}
