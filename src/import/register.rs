//! Rows of a spreadsheet as entries of a register.
//!
//! The first row names the columns. Columns without a key are kept in the note of the entry, so nothing is lost. A
//! value that cannot be read is written unchanged, so that the check reports it; it never counts as done.

use std::collections::BTreeMap;

use super::cell::{as_markdown, on_one_line};
use super::columns::{Column, Columns, RegisterError, is_prose};
use super::sheet::{Sheet, letters};
use crate::date::{Date, is_time};
use crate::register::{Key, ValueType};
use crate::starter::quote_yaml;

/// The maximum number of rows after the first that are searched for column names.
const MAX_ABOVE: usize = 20;

/// A register that has not been written to disk.
#[derive(Debug)]
pub(crate) struct NewRegister {
    /// The content of the file.
    pub(crate) text: String,
    /// The number of entries.
    pub(crate) entries: usize,
    /// Columns that map to a key, with the key.
    pub(crate) mapped_columns: Vec<(String, String)>,
    /// Columns that are kept in notes.
    pub(crate) noted_columns: Vec<String>,
}

/// Converts the rows of a sheet to a register.
///
/// # Errors
/// If there are no rows, or the columns do not match.
pub(crate) fn register(sheet: &Sheet, columns: &Columns<'_>) -> Result<NewRegister, RegisterError> {
    let mut rows = sheet.rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
    let (_, first) = rows.next().ok_or(RegisterError::Empty)?;
    let heads = heads(first, sheet);
    let below: Vec<&Vec<String>> = rows.clone().take(MAX_ABOVE).map(|(_, row)| row).collect();
    let paired = columns.map_columns(&heads).map_err(|error| columns.explain(error, first, &below))?;
    let mut text = format!("{}:\n", columns.kind.name);
    let mut entries = 0;
    for (at, cells) in rows {
        entries += 1;
        let links = (0..cells.len()).map(|column| sheet.links.get(&(at, column)).map(String::as_str)).collect();
        text += &columns.entry(&heads, &paired, Row { cells, links, number: entries });
    }
    let pairs = || heads.iter().zip(&paired);
    let read = pairs().filter_map(|(head, column)| Some((head.clone(), column.as_ref()?.name()))).collect();
    let noted =
        pairs().filter(|(head, column)| column.is_none() && !head.is_empty()).map(|(head, _)| head.clone()).collect();
    if entries == 0 {
        Err(RegisterError::Empty)
    } else {
        Ok(NewRegister { text, entries, mapped_columns: read, noted_columns: noted })
    }
}

/// The names of columns, each on one line. An unnamed column with cells is named by its letter.
fn heads(first: &[String], sheet: &Sheet) -> Vec<String> {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_used = |at: usize| sheet.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty()));
    let head = |at: usize| {
        let name = first.get(at).map(|head| on_one_line(head)).unwrap_or_default();
        let letters = || letters(sheet.first_column.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)));
        if name.is_empty() && is_used(at) { format!("Column {}", letters()) } else { name }
    };
    (0..width).map(head).collect()
}

/// A row that becomes an entry.
struct Row<'a> {
    cells: &'a [String],
    /// The link of each cell.
    links: Vec<Option<&'a str>>,
    /// The number of the entry.
    number: usize,
}

impl<'a> Row<'a> {
    fn cell(&self, at: usize) -> Option<&'a str> {
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn link(&self, at: usize) -> Option<&'a str> {
        self.links.get(at).copied().flatten()
    }
}

/// Appends a link in brackets to its words, unless they contain it.
fn with_link(text: &str, link: Option<&str>) -> String {
    match link.filter(|link| !text.contains(link.trim_start_matches("mailto:"))) {
        Some(link) => format!("{text} ({link})"),
        None => text.to_owned(),
    }
}

impl Columns<'_> {
    fn entry(&self, heads: &[String], paired: &[Option<Column>], row: Row<'_>) -> String {
        let mut lines = Lines::default();
        let mut note = Vec::new();
        let labelled = |head: &str, text: &str| as_markdown(&format!("{head}: {text}"));
        for (at, head) in heads.iter().enumerate() {
            let link = row.link(at);
            match (row.cell(at), paired.get(at).copied().flatten()) {
                (None, _) => note.extend(link.map(|link| labelled(head, link))),
                (Some(text), Some(column)) if column.is_note() => note.push(as_markdown(&with_link(text, link))),
                (Some(text), Some(column)) if is_prose(column.key()) => {
                    lines.add(column, self.value(column.key(), &on_one_line(&with_link(text, link))));
                }
                (Some(text), Some(column)) => {
                    lines.add(column, self.value(column.key(), text));
                    note.extend(link.filter(|link| *link != text).map(|link| labelled(head, link)));
                }
                (Some(text), None) => note.push(labelled(head, &with_link(text, link))),
            }
        }
        lines.finish(&format!("{}{:03}", self.kind.prefix, row.number), &note)
    }

    /// Converts a cell to YAML. Unreadable values stay unchanged for the check to report.
    fn value(&self, key: &Key, text: &str) -> String {
        let several = |separators: &[char]| {
            let items: Vec<String> =
                text.split(separators).map(str::trim).filter(|item| !item.is_empty()).map(quote_yaml).collect();
            if items.len() == 1 { items.concat() } else { format!("[{}]", items.join(", ")) }
        };
        match key.value_type {
            ValueType::Day | ValueType::Days => self.day(text).unwrap_or_else(|| quote_yaml(text)),
            ValueType::Word(words) => {
                let plain = text.to_lowercase().replace([' ', '_'], "-");
                words.iter().find(|word| **word == plain).map_or_else(|| quote_yaml(text), |word| (*word).to_owned())
            }
            ValueType::Grade | ValueType::Level => quote_yaml(&text.to_lowercase()),
            ValueType::Clauses => several(&[',', ';', ' ', '\n']),
            ValueType::Ids => several(&[',', ';', '\n']),
            ValueType::Names | ValueType::Records(_) => several(&[';', '\n']),
            // A target begins with a character that has a meaning in YAML.
            ValueType::Target => format!("\"{}\"", text.replace(['"', '\\'], "")),
            _ => quote_yaml(text),
        }
    }

    fn day(&self, text: &str) -> Option<String> {
        let iso_date = text.split_at_checked(10).filter(|(_, rest)| rest.is_empty() || is_time(rest));
        let iso_date = iso_date.and_then(|(day, _)| day.parse::<Date>().ok());
        let foreign = || self.dates.iter().find_map(|format| format.parse_date(text));
        iso_date.or_else(foreign).map(|day| day.to_string())
    }
}

/// The lines of an entry.
#[derive(Default)]
struct Lines {
    top_level: Vec<String>,
    /// Nested keys, by their outer keys.
    nested: BTreeMap<&'static str, Vec<String>>,
}

impl Lines {
    fn add(&mut self, column: Column, value: String) {
        let line = format!("{}: {value}", column.key().name);
        match column.inner {
            Some(_) => self.nested.entry(column.outer.name).or_default().push(line),
            None => self.top_level.push(line),
        }
    }

    /// Returns the entry, adding the given ID if it has none.
    fn finish(mut self, id: &str, note: &[String]) -> String {
        if !self.top_level.iter().any(|line| line.starts_with("id: ")) {
            self.top_level.insert(0, format!("id: {id}"));
        }
        self.top_level.sort_by_key(|line| !line.starts_with("id: "));
        self.top_level.extend(self.nested.iter().map(|(outer, lines)| format!("{outer}: {{{}}}", lines.join(", "))));
        if !note.is_empty() {
            self.top_level.push(format!("note: {}", quote_yaml(&note.join("; "))));
        }
        format!("- {}\n", self.top_level.join("\n  "))
    }
}
