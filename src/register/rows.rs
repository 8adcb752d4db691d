//! Registers that are tables: the header contains keys, and each row is read as an entry, as if it were a mapping.
//!
//! Nested keys are written with a dot: `contract.ends`. Several values in a cell are separated by semicolons.

use std::sync::Arc;

use super::decode::{RULES, RegisterFile, Terms};
use super::decoder::{Decoder, RejectedPlaces, read_entry};
use super::entry::Entry;
use super::figure_rows;
use super::key::{Key, ValueType};
use super::kinds::{KINDS, Kind};
use super::record::Record;
use super::table::{self, Cell, Row};
use super::value::Value;
use crate::finding::Problem;
use crate::id::DocumentId;
use crate::place::{Located, SourceText, Span};
use crate::spelling::{nearest, suggest_help};
use crate::text::clip;
use crate::yaml::{Entry as Line, Limits, Node, Reader, Scalar, Slot, Value as Tree};

/// A known column.
#[derive(Debug)]
struct Column {
    /// The key, and the nested key if there is one.
    key: &'static str,
    inner: Option<&'static str>,
    /// The type of its cells.
    value_type: ValueType,
    /// The span of its name.
    span: Span,
}

/// The columns of a table.
#[derive(Debug, Default)]
struct Header {
    /// All columns; `None` for a column that is not read.
    columns: Vec<Option<Column>>,
    /// Indices of columns without a name.
    nameless: Vec<usize>,
    /// Keys with more than one column.
    duplicates: Vec<UnclearKey>,
    /// Keys, and nested keys, whose values are unclear; without a nested key, all nested keys that are not written.
    unclear: Vec<UnclearKey>,
}

/// A key, and a nested key.
type UnclearKey = (&'static str, Option<&'static str>);

/// Decodes a table; `declared_kind` is the kind that its document names.
pub(super) fn read(source: Arc<SourceText>, declared_kind: Option<Kind>, terms: Terms<'_>) -> RegisterFile {
    let mut reader = Reader::new(&source, RULES);
    let mut file = RegisterFile { declared_kind, ..RegisterFile::empty(source.clone()) };
    match declared_kind.or_else(|| Kind::from_name(stem(source.path()))) {
        Some(kind) => file.read_table(kind, terms, &mut reader),
        None => {
            file.unread_kinds = KINDS.iter().map(|row| row.kind).collect();
            let name = source.path().rsplit('/').next().unwrap_or_default();
            let message = "nothing says which kind of entries this table holds".to_owned();
            let help =
                format!("name it after its kind, or write `{{file: {name}, kind: suppliers}}` under `registers`");
            reader.report_with_help(Span::from(0..0), message, Some(help));
        }
    }
    file.problems = reader.finish();
    file.add_unread_lists();
    file
}

/// Whether a text looks like a register: every column of its header is a key of one kind.
pub(super) fn is_register(text: &str) -> bool {
    let Some(row) = table::parse_header(text).filter(|row| row.problem.is_none()) else { return false };
    let has_column = |name: &str| row.cells.iter().any(|cell| cell.text == name);
    let is_header_of = |kind: Kind| row.cells.iter().all(|cell| column(kind, &cell.text).is_some());
    figure_rows::is_exact_header(&row)
        || (has_column("id") && has_column("title") && KINDS.iter().any(|row| is_header_of(row.kind)))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The key and the nested key that a column's name refers to.
pub(super) fn column(kind: Kind, name: &str) -> Option<(&'static Key, Option<&'static Key>)> {
    let (outer, inner) = name.split_once('.').map_or((name, None), |(outer, inner)| (outer, Some(inner)));
    let key = kind.keys().find(|key| key.name == outer)?;
    match (key.value_type, inner) {
        (ValueType::Record(keys), Some(inner)) => {
            let inner = keys.iter().find(|key| key.name == inner && fits_in_cell(key.value_type))?;
            Some((key, Some(inner)))
        }
        (holds, None) if fits_in_cell(holds) => Some((key, None)),
        _ => None,
    }
}

/// Whether a cell can hold a value of this type.
fn fits_in_cell(value_type: ValueType) -> bool {
    !matches!(value_type, ValueType::Record(_) | ValueType::Records(_) | ValueType::Pairs | ValueType::Values)
}

/// The names of all columns that a table of a kind can have.
fn column_names(kind: Kind) -> Vec<String> {
    let of = |key: &'static Key| match key.value_type {
        ValueType::Record(keys) => keys
            .iter()
            .filter(|key| fits_in_cell(key.value_type))
            .map(|inner| format!("{}.{}", key.name, inner.name))
            .collect(),
        holds if fits_in_cell(holds) => vec![key.name.to_owned()],
        _ => Vec::new(),
    };
    kind.keys().flat_map(of).collect()
}

impl RegisterFile {
    fn read_table(&mut self, kind: Kind, terms: Terms<'_>, reader: &mut Reader<'_>) {
        let source = self.source.clone();
        let text = source.as_str();
        if text.len() > Limits::REGISTER.bytes {
            self.unread_kinds.push(kind);
            let message = format!("this is longer than {} KiB", Limits::REGISTER.bytes / 1024);
            return reader.report_with_help(
                Span::from(0..0),
                message,
                Some("split it into several registers".to_owned()),
            );
        }
        let separators = table::Separators::commas(table::parse_header(text).as_ref());
        let mut rows = table::parse_rows(text, separators).into_iter();
        let Some(first) = rows.next() else {
            self.unread_kinds.push(kind);
            let message = "this table has no header".to_owned();
            return reader.report_with_help(Span::from(0..0), message, Some("begin it with `id,title`".to_owned()));
        };
        if figure_rows::is_header(kind, &first) {
            return self.read_figures(&first, rows.as_slice(), reader);
        }
        self.lists.push((kind, first.span));
        let Some(header) = Header::read(kind, &first, reader) else {
            self.unread_kinds.push(kind);
            return;
        };
        for row in rows {
            let mut entry_reader = Reader::new(&source, RULES);
            match header.read_entry(kind, row, text, terms, &mut entry_reader) {
                Some(entry) => self.entries.push(Arc::new(Entry { problems: entry_reader.finish(), ..entry })),
                None => {
                    self.unread_kinds.push(kind);
                    entry_reader.finish().into_iter().for_each(|problem| reader.push(problem));
                }
            }
        }
    }
}

impl Header {
    /// Reads the header; `None` if it does not allow reading any entry.
    fn read(kind: Kind, row: &Row, reader: &mut Reader<'_>) -> Option<Header> {
        if let Some((span, row_problem)) = row.problem {
            reader.report_with_help(span, row_problem, Some(QUOTE_HELP.to_owned()));
            return None;
        }
        if let [only] = row.cells.as_slice()
            && let Some(separator) = [";", "\t"].iter().find(|separator| only.text.contains(**separator))
        {
            let name = if *separator == ";" { "semicolons" } else { "tabs" };
            let message = format!("the columns of this table are separated by {name}");
            let help = "save it with commas between columns; a semicolon separates several values in one cell";
            reader.report_with_help(row.span, message, Some(help.to_owned()));
            return None;
        }
        let mut header = Header::default();
        for (at, cell) in row.cells.iter().enumerate() {
            header.nameless.extend(cell.text.is_empty().then_some(at));
            let column = header.read_column(kind, cell, reader);
            header.columns.push(column);
        }
        header.drop_duplicates();
        let missing: Vec<&Key> = kind.keys().filter(|key| key.is_required && !header.has_key(key.name)).collect();
        for key in missing {
            if !header.unclear.iter().any(|(unclear, _)| *unclear == key.name) {
                let problem =
                    Problem::new(RULES.invalid, reader.place(row.span), format!("column `{}` is missing", key.name));
                reader.push(problem.with_subject(key.name));
            }
            header.unclear.push((key.name, None));
        }
        header.has_key("id").then_some(header)
    }

    fn has_key(&self, key: &str) -> bool {
        self.columns.iter().flatten().any(|column| column.key == key)
    }

    fn read_column(&mut self, kind: Kind, cell: &Cell, reader: &mut Reader<'_>) -> Option<Column> {
        if cell.text.is_empty() {
            return None;
        }
        let Some((key, inner)) = column(kind, &cell.text) else {
            self.unclear.extend(report_unknown_column(kind, cell, reader));
            return None;
        };
        let (name, value_type) = (inner.map(|inner| inner.name), inner.unwrap_or(key).value_type);
        if self.columns.iter().flatten().any(|other_column| other_column.key == key.name && other_column.inner == name)
        {
            let message = format!("column `{}` appears more than once; none of them is read", clip(&cell.text));
            reader.report_with_help(cell.span, message, Some("keep one of them".to_owned()));
            self.duplicates.push((key.name, name));
            return None;
        }
        Some(Column { key: key.name, inner: name, value_type, span: cell.span })
    }

    /// Drops duplicate columns. Of duplicates, only the ID still counts, because other entries refer to it.
    fn drop_duplicates(&mut self) {
        self.unclear.extend(&self.duplicates);
        for column in &mut self.columns {
            let is_doubled =
                |column: &Column| column.key != "id" && self.duplicates.contains(&(column.key, column.inner));
            column.take_if(|known| is_doubled(known));
        }
    }

    /// Marks the unclear keys of an entry.
    fn mark_unclear(&self, kind: Kind, record: &mut Record) {
        for (outer, inner) in &self.unclear {
            record.mark_unclear([*outer]);
            let (Some(Value::Record(within)), Some(ValueType::Record(keys))) =
                (record.get_mut(outer), value_type(kind, outer))
            else {
                continue;
            };
            match inner {
                Some(inner) => within.mark_unclear([*inner]),
                None => {
                    let absent = keys.iter().map(|key| key.name).filter(|name| within.get(name).is_none());
                    let absent: Vec<&str> = absent.collect();
                    within.mark_unclear(absent);
                }
            }
        }
    }

    /// Reads the entry in a row. Only the ID of a broken row counts, if it is the first cell.
    fn read_entry(&self, kind: Kind, row: Row, text: &str, terms: Terms<'_>, reader: &mut Reader<'_>) -> Option<Entry> {
        if self.report_unreadable(&row, reader) {
            return self.broken_entry(kind, &row);
        }
        let span = row.span;
        let node = Node { span, value: Tree::Map(self.lines(row, text)) };
        let name = Located { value: kind.row().singular.to_owned(), span };
        let slot = Slot { key: &name, node: &node, is_item: true };
        let is_written =
            |name: &str| matches!(&node.value, Tree::Map(lines) if lines.iter().any(|line| line.key.value == name));
        for key in kind.keys().filter(|key| key.is_required && !is_written(key.name) && self.has_key(key.name)) {
            reader.report_missing_key(key.name, span);
        }
        let refused = RejectedPlaces::default();
        let mut entry = read_entry(kind, slot, &mut Decoder { reader, terms, refused: &refused, is_table: true })?;
        self.mark_unclear(kind, &mut entry.record);
        Some(entry)
    }

    /// Reports why a row as a whole is unreadable, and returns whether it is.
    fn report_unreadable(&self, row: &Row, reader: &mut Reader<'_>) -> bool {
        let nameless = self.nameless.iter().filter_map(|at| Some((*at, row.cells.get(*at)?)));
        let stray_cell = nameless.into_iter().find(|(_, cell)| !cell.text.is_empty()).filter(|_| row.problem.is_none());
        let Some((at, cell)) = stray_cell else { return report_broken_row(row, self.columns.len(), reader) };
        let message = format!("this cell is in column {}, which has no name", at + 1);
        reader.report_with_help(cell.span, message, Some("name the column in the header".to_owned()));
        true
    }

    fn broken_entry(&self, kind: Kind, row: &Row) -> Option<Entry> {
        let begins_with_id = self.columns.first()?.as_ref()?.key == "id";
        let first = row.cells.first().filter(|_| begins_with_id)?;
        let id = DocumentId::parse_lenient(&first.text)?;
        let value = Located { value: Value::Text(first.text.clone()), span: first.span };
        let mut record = Record::with_capacity(row.span, 1);
        record.push(kind.keys().find(|key| key.name == "id")?, value);
        record.mark_unclear(kind.keys().map(|key| key.name).filter(|name| *name != "id"));
        Some(Entry::new(kind, Located { value: id, span: first.span }, record))
    }

    /// A row as the equivalent YAML mapping, without empty cells.
    fn lines(&self, row: Row, text: &str) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::with_capacity(row.cells.len());
        let filled_cells = self.columns.iter().zip(row.cells).filter(|(_, cell)| !cell.text.is_empty());
        for (column, cell) in filled_cells.filter_map(|(column, cell)| Some((column.as_ref()?, cell))) {
            let span = cell.span;
            let value = node(column.value_type, cell, text);
            let Some(inner) = column.inner else {
                lines.push(line(column.key, column.span, value));
                continue;
            };
            let line_of_inner = line(inner, column.span, value);
            match lines.iter_mut().find(|line| line.key.value == column.key).map(|line| &mut line.value.value) {
                Some(Tree::Map(inner)) => inner.push(line_of_inner),
                _ => {
                    let value = Node { span, value: Tree::Map(vec![line_of_inner]) };
                    lines.push(line(column.key, column.span, value));
                }
            }
        }
        lines
    }
}

/// Reports why a row is unreadable below a header with this many columns, and returns whether it is.
pub(super) fn report_broken_row(row: &Row, columns: usize, reader: &mut Reader<'_>) -> bool {
    if let Some((span, row_problem)) = row.problem {
        reader.report_with_help(span, row_problem, Some(QUOTE_HELP.to_owned()));
        return true;
    }
    let cells = row.cells.len();
    let stray_cell = row.cells.iter().skip(columns).find(|cell| !cell.text.is_empty());
    if let Some(cell) = stray_cell {
        let message = format!("this row has {cells} cells, but the header has {columns} columns");
        reader.report_with_help(cell.span, message, Some(COMMA_HELP.to_owned()));
    } else if cells < columns {
        let message = format!("this row has {cells} of {columns} cells");
        reader.report_with_help(row.span, message, Some("write a comma for each cell that is empty".to_owned()));
    }
    stray_cell.is_some() || cells < columns
}

/// Reports an unknown column, and returns the key that may have been meant.
fn report_unknown_column(kind: Kind, cell: &Cell, reader: &mut Reader<'_>) -> Option<UnclearKey> {
    let (outer, inner) = cell.text.split_once('.').map_or((&*cell.text, None), |(outer, inner)| (outer, Some(inner)));
    let known_key = kind.keys().find(|key| key.name == outer);
    if let Some(key) = known_key.filter(|_| inner.is_none()) {
        let (message, help) = cell_refusal(key);
        reader.report_with_help(cell.span, message, Some(help));
        return Some((key.name, None));
    }
    let known_names = column_names(kind);
    let names = || known_names.iter().map(String::as_str);
    let message = format!("`{}` is not a known column", clip(&cell.text));
    reader.report_with_help(cell.span, message, suggest_help(&cell.text, names().collect::<Vec<_>>()));
    let near = nearest(&cell.text, names()).and_then(|near| column(kind, near));
    let near = near.map(|(key, inner)| (key.name, inner.map(|inner| inner.name)));
    near.or_else(|| known_key.map(|key| (key.name, None)))
}

/// Why a key cannot be a column, and what to do instead.
fn cell_refusal(key: &Key) -> (String, String) {
    match key.value_type {
        ValueType::Record(keys) => {
            let first = keys.first().map_or("", |key| key.name);
            let help = format!("give each of its keys a column, such as `{}.{first}`", key.name);
            (format!("`{}` is more than a cell can hold", key.name), help)
        }
        _ => {
            let help = "keep this register in YAML, or leave the column out".to_owned();
            (format!("a table cannot hold `{}`", key.name), help)
        }
    }
}

/// The type of a key.
fn value_type(kind: Kind, name: &str) -> Option<ValueType> {
    kind.keys().find(|key| key.name == name).map(|key| key.value_type)
}

const QUOTE_HELP: &str = "put quotation marks around the whole cell, and double each one within it";
const COMMA_HELP: &str = "put quotation marks around a cell that contains a comma";

fn line(name: &str, key: Span, value: Node) -> Line {
    Line { key: Located { value: name.to_owned(), span: key }, value }
}

/// A cell as the equivalent YAML value.
fn node(value_type: ValueType, cell: Cell, text: &str) -> Node {
    let scalar = |Cell { text, span }| Node { span, value: Tree::Scalar(Scalar { text, quoted: true }) };
    match value_type {
        ValueType::Names | ValueType::Clauses | ValueType::Ids | ValueType::Sources => {
            let items = table::split_values(&cell, text).into_iter().map(scalar).collect();
            Node { span: cell.span, value: Tree::List(items) }
        }
        _ => scalar(cell),
    }
}
