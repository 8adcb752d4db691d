//! The mapping from spreadsheet columns to keys of entries.

use super::cell::on_one_line;
use crate::date::DateFormat;
use crate::register::{Key, KindRow, ValueType};
use crate::text::shorten;

/// How to read columns.
#[derive(Debug)]
pub(crate) struct Columns<'a> {
    /// The kind of the entries.
    pub(crate) kind: &'static KindRow,
    /// Every key of its entries.
    pub(crate) keys: Vec<&'static Key>,
    /// Pairs of column and key given by the user.
    pub(crate) map: &'a [(String, String)],
    /// Date formats in addition to year-month-day.
    pub(crate) dates: &'a [DateFormat],
}

/// The key that a column maps to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) outer: &'static Key,
    /// The key inside the outer one, if any.
    pub(super) inner: Option<&'static Key>,
}

impl Column {
    /// The key that holds the value.
    pub(super) fn key(&self) -> &'static Key {
        self.inner.unwrap_or(self.outer)
    }

    /// The key as written by users: `due`, or `contract.ends`.
    pub(super) fn name(&self) -> String {
        self.inner.map_or_else(|| self.outer.name.to_owned(), |inner| format!("{}.{}", self.outer.name, inner.name))
    }

    /// Whether it is the note, which is Markdown.
    pub(super) fn is_note(&self) -> bool {
        self.inner.is_none() && self.outer.name == "note"
    }

    fn is_same(&self, other: &Column) -> bool {
        self.name() == other.name()
    }
}

/// Why rows cannot become a register; each variant is shown as a sentence fragment.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RegisterError {
    /// There are no rows below the first.
    #[error("it has no row below the names of its columns")]
    Empty,
    /// The user's mapping names an unknown column.
    #[error("there is no column `{0}`; it has {1}")]
    NoColumn(String, String),
    /// The user's mapping names an unknown key.
    #[error("`{0}` is not a key of {1}; keys that a column can be: {2}")]
    NoKey(String, &'static str, String),
    /// A row below the first one names the columns.
    #[error("the first row is `{0}`; the column names must be in the first row")]
    HeadersBelow(String),
    /// No column is the title of entries.
    #[error("no column is the title of the entries; name it with --map \"COLUMN=title\"")]
    NoTitle,
}

/// Common names of columns, each with its key.
const COLUMN_SYNONYMS: [(&str, &str); 32] = [
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

/// Whether other words may follow a value of this key.
pub(super) fn is_prose(key: &Key) -> bool {
    matches!(key.value_type, ValueType::Text) && !matches!(key.name, "id" | "owner")
}

impl Columns<'_> {
    /// Maps each column to a key, using each key only once.
    pub(super) fn map_columns(&self, heads: &[String]) -> Result<Vec<Option<Column>>, RegisterError> {
        for (column, key) in self.map {
            if !heads.contains(&on_one_line(column)) {
                return Err(RegisterError::NoColumn(column.clone(), heads.join(", ")));
            }
            if self.key(key).is_none() {
                return Err(RegisterError::NoKey(key.clone(), self.kind.name, self.names().join(", ")));
            }
        }
        let is_given = |column: &str, head: &str| on_one_line(column) == head;
        let explicit =
            |head: &str| self.map.iter().find(|(column, _)| is_given(column, head)).and_then(|(_, key)| self.key(key));
        let mut columns: Vec<Option<Column>> = heads.iter().map(|head| explicit(head)).collect();
        for find in [Columns::find_exact, Columns::synonym] {
            for (at, head) in heads.iter().enumerate().filter(|(_, head)| !head.is_empty()) {
                let candidate = if columns[at].is_none() { find(self, head) } else { None };
                let is_free = |column: &Column| !columns.iter().flatten().any(|other| other.is_same(column));
                if let Some(column) = candidate.filter(is_free) {
                    columns[at] = Some(column);
                }
            }
        }
        let has_title = columns.iter().flatten().any(|column| column.name() == "title");
        if has_title { Ok(columns) } else { Err(RegisterError::NoTitle) }
    }

    /// Returns the error, or reports that the columns are named further down.
    pub(super) fn explain(&self, error: RegisterError, first: &[String], below: &[&Vec<String>]) -> RegisterError {
        let is_about_columns = matches!(error, RegisterError::NoTitle | RegisterError::NoColumn(..));
        let names_them = |row: &&Vec<String>| {
            self.map_columns(&row.iter().map(|cell| on_one_line(cell)).collect::<Vec<_>>()).is_ok()
        };
        if !is_about_columns || !below.iter().any(names_them) {
            return error;
        }
        let said: Vec<String> = first.iter().map(|cell| on_one_line(cell)).filter(|cell| !cell.is_empty()).collect();
        RegisterError::HeadersBelow(shorten(&said.join(", "), 80).into_owned())
    }

    /// The names of all keys that a column can be.
    fn names(&self) -> Vec<String> {
        let inner = |outer: &'static Key| match outer.value_type {
            ValueType::Record(keys) => keys
                .iter()
                .filter(|key| is_flat(key.value_type))
                .map(|key| format!("{}.{}", outer.name, key.name))
                .collect(),
            holds if is_flat(holds) => vec![outer.name.to_owned()],
            _ => Vec::new(),
        };
        self.keys.iter().flat_map(|key| inner(key)).collect()
    }

    fn key(&self, name: &str) -> Option<Column> {
        let (outer, inner) = name.split_once('.').map_or((name, None), |(outer, inner)| (outer, Some(inner)));
        let outer = self.keys.iter().copied().find(|key| key.name == outer)?;
        match (outer.value_type, inner) {
            (ValueType::Record(keys), Some(inner)) => {
                let inner = keys.iter().find(|key| key.name == inner && is_flat(key.value_type))?;
                Some(Column { outer, inner: Some(inner) })
            }
            (holds, None) if is_flat(holds) => Some(Column { outer, inner: None }),
            _ => None,
        }
    }

    fn find_exact(&self, head: &str) -> Option<Column> {
        self.key(&head.to_lowercase().replace([' ', '-'], "_"))
    }

    fn synonym(&self, head: &str) -> Option<Column> {
        let plain = head.to_lowercase().replace(['_', '-', '.', '#'], " ");
        let plain = on_one_line(&plain);
        COLUMN_SYNONYMS.iter().filter(|(name, _)| *name == plain).find_map(|(_, key)| self.key(key))
    }
}

/// Whether a cell can hold such a value: one value, several values, or records that consist of names only.
fn is_flat(value_type: ValueType) -> bool {
    match value_type {
        ValueType::Pairs | ValueType::Values | ValueType::Record(_) => false,
        ValueType::Records(keys) => is_list_of_names(keys),
        _ => true,
    }
}

/// Whether records may be written as a list of names.
fn is_list_of_names(keys: &[Key]) -> bool {
    keys.first().is_some_and(|key| matches!(key.value_type, ValueType::Names))
        && keys.iter().skip(1).all(|key| !key.is_required)
}
