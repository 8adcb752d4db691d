//! Rows of a spreadsheet as entries of a register.
//!
//! The first row names the columns. A column that means no key is kept in the note of its entry, so nothing is lost; a value that
//! cannot be read is written as it is, so that the check reports it: it never counts as done.

use super::sheet::Sheet;
use crate::date::{Date, DateFormat, is_time};
use crate::register::{Holds, Key, KindRow};
use crate::starter::yaml;

/// How columns are read.
#[derive(Debug)]
pub(crate) struct Columns<'a> {
    /// The kind of the entries.
    pub(crate) kind: &'static KindRow,
    /// Every key of its entries.
    pub(crate) keys: Vec<&'static Key>,
    /// Columns and keys that the user pairs.
    pub(crate) map: &'a [(String, String)],
    /// Forms of dates beside year-month-day.
    pub(crate) dates: &'a [DateFormat],
}

/// A register, not yet written.
#[derive(Debug)]
pub(crate) struct Register {
    /// Its text.
    pub(crate) text: String,
    /// How many entries it has.
    pub(crate) entries: usize,
    /// Columns that mean a key, with that.
    pub(crate) read: Vec<(String, &'static str)>,
    /// Columns that are kept in notes.
    pub(crate) noted: Vec<String>,
}

/// Why rows are no register; each half a sentence.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RegisterError {
    /// There is no row below the first.
    #[error("it has no row below the names of its columns")]
    Empty,
    /// The user pairs a column that is not there.
    #[error("there is no column `{0}`; it has {1}")]
    NoColumn(String, String),
    /// The user pairs a column with a key that is not there.
    #[error("`{0}` is not a key of {1}; keys that a column can be: {2}")]
    NoKey(String, &'static str, String),
    /// Nothing says what an entry is about.
    #[error("no column is the title of the entries; name it with --map \"COLUMN=title\"")]
    NoTitle,
}

/// What people call columns.
const NAMES: [(&str, &str); 32] = [
    ("no", "id"),
    ("number", "id"),
    ("ref", "id"),
    ("reference", "id"),
    ("nc number", "id"),
    ("audit number", "id"),
    ("summary", "title"),
    ("subject", "title"),
    ("description", "title"),
    ("issue", "title"),
    ("finding", "title"),
    ("name", "title"),
    ("responsible", "owner"),
    ("responsible person", "owner"),
    ("assigned to", "owner"),
    ("severity", "grade"),
    ("category", "grade"),
    ("date found", "found"),
    ("date raised", "found"),
    ("raised", "found"),
    ("root cause", "cause"),
    ("immediate action", "correction"),
    ("due date", "due"),
    ("target date", "due"),
    ("deadline", "due"),
    ("date closed", "closed"),
    ("closed on", "closed"),
    ("completed", "done"),
    ("clause", "clauses"),
    ("status", "state"),
    ("comment", "note"),
    ("comments", "note"),
];

/// Makes a register of rows.
///
/// # Errors
/// When there is nothing to make it of, or the columns do not fit.
pub(crate) fn register(sheet: &Sheet, columns: &Columns<'_>) -> Result<Register, RegisterError> {
    let mut rows = sheet.rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
    let (_, heads) = rows.next().ok_or(RegisterError::Empty)?;
    let keys = columns.pair(heads)?;
    if !keys.iter().flatten().any(|key| key.name == "title") {
        return Err(RegisterError::NoTitle);
    }
    let mut text = format!("{}:\n", columns.kind.name);
    let mut entries = 0;
    for (at, cells) in rows {
        entries += 1;
        let links = (0..cells.len()).map(|column| sheet.links.get(&(at, column)).map(String::as_str)).collect();
        text += &columns.entry(heads, &keys, Row { cells, links, number: entries });
    }
    let pairs = || heads.iter().zip(&keys);
    let read = pairs().filter_map(|(head, key)| Some((head.clone(), key.as_ref()?.name))).collect();
    let noted = pairs().filter(|(head, key)| key.is_none() && !head.is_empty()).map(|(head, _)| head.clone()).collect();
    if entries == 0 { Err(RegisterError::Empty) } else { Ok(Register { text, entries, read, noted }) }
}

/// A row that becomes an entry.
struct Row<'a> {
    cells: &'a [String],
    /// What each cell links to.
    links: Vec<Option<&'a str>>,
    /// Its number among the entries.
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

/// Words with what they link to in brackets, unless they say it.
fn with_link(text: &str, link: Option<&str>) -> String {
    match link.filter(|link| !text.contains(link.trim_start_matches("mailto:"))) {
        Some(link) => format!("{text} ({link})"),
        None => text.to_owned(),
    }
}

/// Whether a value may have other words behind it.
fn is_prose(key: &Key) -> bool {
    matches!(key.holds, Holds::Text) && !matches!(key.name, "id" | "owner")
}

impl Columns<'_> {
    /// The key of each column, each key once.
    fn pair(&self, heads: &[String]) -> Result<Vec<Option<&'static Key>>, RegisterError> {
        for (column, key) in self.map {
            if !heads.contains(column) {
                return Err(RegisterError::NoColumn(column.clone(), heads.join(", ")));
            }
            if self.key(key).is_none() {
                let known: Vec<&str> = self.keys.iter().filter(|key| is_flat(key.holds)).map(|key| key.name).collect();
                return Err(RegisterError::NoKey(key.clone(), self.kind.name, known.join(", ")));
            }
        }
        let given = |head: &str| self.map.iter().find(|(column, _)| column == head).and_then(|(_, key)| self.key(key));
        let mut keys: Vec<Option<&'static Key>> = heads.iter().map(|head| given(head)).collect();
        for find in [Columns::same, Columns::synonym] {
            for (at, head) in heads.iter().enumerate().filter(|(_, head)| !head.is_empty()) {
                let found = if keys[at].is_none() { find(self, head) } else { None };
                let is_free = |key: &&'static Key| keys.iter().flatten().all(|other| other.name != key.name);
                if let Some(key) = found.filter(is_free) {
                    keys[at] = Some(key);
                }
            }
        }
        Ok(keys)
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().copied().find(|key| key.name == name && is_flat(key.holds))
    }

    fn same(&self, head: &str) -> Option<&'static Key> {
        self.key(&head.to_lowercase().replace([' ', '-'], "_"))
    }

    fn synonym(&self, head: &str) -> Option<&'static Key> {
        let plain = head.to_lowercase().replace(['_', '-', '.', '#'], " ");
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        NAMES.iter().filter(|(name, _)| *name == plain).find_map(|(_, key)| self.key(key))
    }

    fn entry(&self, heads: &[String], keys: &[Option<&'static Key>], row: Row<'_>) -> String {
        let mut lines = Vec::new();
        let mut note = Vec::new();
        for (at, head) in heads.iter().enumerate() {
            let link = row.link(at);
            match (row.cell(at), keys.get(at).copied().flatten()) {
                (None, _) => note.extend(link.map(|link| format!("{head}: {link}"))),
                (Some(text), Some(key)) if key.name == "note" => note.push(with_link(text, link)),
                (Some(text), Some(key)) if is_prose(key) => {
                    lines.push(format!("{}: {}", key.name, self.value(key, &with_link(text, link))));
                }
                (Some(text), Some(key)) => {
                    lines.push(format!("{}: {}", key.name, self.value(key, text)));
                    note.extend(link.filter(|link| *link != text).map(|link| format!("{head}: {link}")));
                }
                (Some(text), None) => note.push(format!("{head}: {}", with_link(text, link))),
            }
        }
        // More cells than names of columns.
        let beyond = (heads.len()..row.cells.len()).filter_map(|at| Some(with_link(row.cell(at)?, row.link(at))));
        note.extend(beyond);
        if !lines.iter().any(|line| line.starts_with("id: ")) {
            lines.insert(0, format!("id: {}{:03}", self.kind.prefix, row.number));
        }
        lines.sort_by_key(|line| !line.starts_with("id: "));
        if !note.is_empty() {
            lines.push(format!("note: {}", yaml(&note.join("; "))));
        }
        format!("- {}\n", lines.join("\n  "))
    }

    /// A cell as YAML. What cannot be read stays as it is, for the check to report.
    fn value(&self, key: &Key, text: &str) -> String {
        let several = |signs: &[char]| {
            let items: Vec<String> =
                text.split(signs).map(str::trim).filter(|item| !item.is_empty()).map(yaml).collect();
            if items.len() == 1 { items.concat() } else { format!("[{}]", items.join(", ")) }
        };
        match key.holds {
            Holds::Day | Holds::Days => self.day(text).unwrap_or_else(|| yaml(text)),
            Holds::Word(words) => {
                let plain = text.to_lowercase().replace([' ', '_'], "-");
                words.iter().find(|word| **word == plain).map_or_else(|| yaml(text), |word| (*word).to_owned())
            }
            Holds::Grade | Holds::Level => yaml(&text.to_lowercase()),
            Holds::Clauses => several(&[',', ';', ' ', '\n']),
            Holds::Ids => several(&[',', ';', '\n']),
            Holds::Names => several(&[';', '\n']),
            // A target begins with a sign that means something else in YAML.
            Holds::Target => format!("\"{}\"", text.replace(['"', '\\'], "")),
            _ => yaml(text),
        }
    }

    fn day(&self, text: &str) -> Option<String> {
        let own = text.split_at_checked(10).filter(|(_, rest)| rest.is_empty() || is_time(rest));
        let own = own.and_then(|(day, _)| day.parse::<Date>().ok());
        let foreign = || self.dates.iter().find_map(|format| format.read(text));
        own.or_else(foreign).map(|day| day.to_string())
    }
}

/// Whether a cell can say it.
fn is_flat(holds: Holds) -> bool {
    !matches!(holds, Holds::Pairs | Holds::Values | Holds::Record(_) | Holds::Records(_))
}
