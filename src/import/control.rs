//! The document control table at the start of a document, whose rows become front matter.

use serde_json::Value;

use super::control_labels::{is_head, key_for_label};
use super::tables::rows;
use super::tree::{Node, list, name, part, plain};
use crate::date::{Date, DateFormat, Interval};
use crate::id::DocumentId;

/// The content of control tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ControlData {
    /// Keys of front matter with their values, in the order of the table.
    pub(super) values: Vec<(&'static str, String)>,
    /// Rows that are unreadable or only describe the old document, kept as remarks in the front matter.
    pub(super) remarks: Vec<String>,
}

/// The number of blocks to search. Later tables belong to the document itself.
const FIRST_BLOCKS: usize = 8;
/// The minimum number of known rows that makes a table a control table.
const MIN_ROWS: usize = 2;
/// Unambiguous date formats.
const FORMATS: [&str; 6] = ["D MMMM YYYY", "D. MMMM YYYY", "MMMM D, YYYY", "MMMM D YYYY", "YYYY/MM/DD", "DD.MM.YYYY"];

/// Removes control tables from the start of a document. A table with unknown rows or with more than words stays in
/// place, but its values are used all the same.
pub(super) fn take_control_tables(blocks: &mut Vec<Node>, levels: &[String]) -> ControlData {
    let mut control = ControlData::default();
    let mut at = 0;
    while at < blocks.len().min(FIRST_BLOCKS) {
        let pairs = if name(&blocks[at]) == "Table" { pairs(&blocks[at]) } else { Vec::new() };
        let known_rows = pairs.iter().filter(|(label, _)| key_for_label(label).is_some()).count();
        if known_rows < MIN_ROWS {
            at += 1;
            continue;
        }
        let is_whole = known_rows == pairs.len() && !has_rich_content(&blocks[at]);
        pairs.iter().for_each(|(label, value)| control.add(label, value, levels));
        if is_whole {
            blocks.remove(at);
        } else {
            at += 1;
        }
    }
    control
}

/// Whether a table has notes, pictures, or links whose target differs from their words.
fn has_rich_content(value: &Value) -> bool {
    if name(value) == "Link" {
        let target = part(value, 2).get(0).and_then(Value::as_str).unwrap_or_default();
        return target.trim_start_matches("mailto:") != plain(part(value, 1));
    }
    match value {
        Value::Object(_) if matches!(name(value), "Note" | "Image") => true,
        Value::Object(entries) => entries.values().any(has_rich_content),
        _ => list(value).iter().any(has_rich_content),
    }
}

/// The labels and values of a table with two or four columns.
fn pairs(table: &Node) -> Vec<(String, String)> {
    let (rows, _) = rows(table);
    let text = |cell: &Vec<Node>| plain(&Value::Array(cell.clone()));
    let mut pairs = Vec::new();
    for row in rows {
        if row.len() % 2 == 1 || row.len() > 4 {
            return Vec::new();
        }
        // Column headings are not values.
        let is_head = row.chunks(2).any(|pair| is_head(&text(&pair[1])));
        let to_pair = |pair: &[Vec<Node>]| (if is_head { String::new() } else { text(&pair[0]) }, text(&pair[1]));
        pairs.extend(row.chunks(2).map(to_pair));
    }
    pairs.retain(|(label, value)| !label.is_empty() || !value.is_empty());
    pairs
}

impl ControlData {
    fn add(&mut self, label: &str, value: &str, levels: &[String]) {
        let value = value.trim();
        let Some(key) = key_for_label(label).filter(|_| !value.is_empty()) else { return };
        let label = label.trim().trim_end_matches(':');
        let read = match key {
            "id" => id(value).map(|id| ("id", id)),
            "next" => day(value).map(|day| ("review", format!("{{next: {day}}}"))),
            "review" => value.to_lowercase().parse::<Interval>().ok().map(|interval| ("review", interval.to_string())),
            "classification" => {
                let level = levels.iter().find(|level| level.eq_ignore_ascii_case(value));
                level.map(|level| ("classification", level.clone()))
            }
            "remark" => None,
            _ => Some((key, value.to_owned())),
        };
        match read.filter(|(key, _)| self.values.iter().all(|(existing, _)| existing != key)) {
            Some(read) => self.values.push(read),
            None => self.remarks.push(format!("{label}: {value}")),
        }
    }

    /// The value of a key.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }
}

/// Parses an ID, replacing any spaces and slashes by hyphens.
fn id(text: &str) -> Option<String> {
    let plain = text.split([' ', '/']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let is_id = plain.bytes().any(|byte| byte.is_ascii_digit());
    plain.parse::<DocumentId>().ok().filter(|_| is_id).map(|id| id.to_string())
}

fn day(text: &str) -> Option<Date> {
    let foreign = || FORMATS.iter().find_map(|format| format.parse::<DateFormat>().ok()?.parse_date(text));
    text.parse().ok().or_else(foreign)
}
