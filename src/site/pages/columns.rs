//! The columns of the register, from which its CSV file and its workbook are made.

use crate::assess::Life;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex};
use crate::place::Located;
use crate::site::portal::Portal;
use crate::source::front_matter::FrontMatter;

/// A column.
pub(super) struct Column {
    /// Its name in the CSV file, which other tools read.
    pub(super) name: &'static str,
    /// The key of the words that head it in the workbook.
    pub(super) label: &'static str,
    /// Its width there, in characters.
    pub(super) width: u8,
    /// What stands in it.
    pub(super) value: fn(&Row<'_>) -> Value,
}

/// What stands in a cell.
pub(super) enum Value {
    /// Words of the author.
    Text(String),
    /// A day.
    Day(Option<Date>),
    /// One of our words, by the group of its label and its key; none where there is nothing to say.
    Word(&'static str, &'static str),
    /// A document type.
    Type(String),
}

/// A document of the register.
pub(super) struct Row<'a> {
    document: &'a Document,
    life: &'a Life,
    /// What changed after the document was last reviewed, and makes it suspect: ids with the days of their changes.
    suspect: String,
}

impl<'a> Row<'a> {
    /// The row of a document.
    pub(super) fn of(portal: &'a Portal<'_>, index: DocumentIndex) -> Row<'a> {
        let changed = crate::rules::suspicions(&portal.assessed(), index);
        let changed = changed.iter().map(|one| {
            let target = portal.document(one.target);
            format!("{} ({})", target.id().map(ToString::to_string).unwrap_or_default(), one.changed)
        });
        let suspect = changed.collect::<Vec<_>>().join(", ");
        Row { document: portal.document(index), life: portal.assessment.life(index), suspect }
    }

    fn front<T>(&self, of: impl Fn(&FrontMatter) -> Option<T>) -> Option<T> {
        self.document.front().and_then(of)
    }

    fn text(&self, of: fn(&FrontMatter) -> &Option<Located<String>>) -> Value {
        Value::Text(self.front(|front| of(front).as_ref().map(|text| text.value.clone())).unwrap_or_default())
    }

    fn day(&self, of: fn(&FrontMatter) -> &Option<Located<Date>>) -> Value {
        Value::Day(self.front(|front| of(front).as_ref().map(|day| day.value)))
    }
}

const fn column(name: &'static str, label: &'static str, width: u8, value: fn(&Row<'_>) -> Value) -> Column {
    Column { name, label, width, value }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// Every column, in order.
pub(super) const COLUMNS: &[Column] = &[
    column("id", "control.id", 14, |row| text(row.document.id().map(ToString::to_string).unwrap_or_default())),
    column("title", "control.name", 44, |row| text(&*row.document.title)),
    column("type", "control.type", 16, |row| Value::Type(row.document.kind.to_string())),
    column("version", "control.version", 9, |row| row.text(|front| &front.version)),
    column("status", "control.status", 12, |row| {
        row.document.status().map_or(text(""), |status| Value::Word("status", status.as_str()))
    }),
    column("state", "control.state", 12, |row| Value::Word("state", row.life.state.as_str())),
    column("suspect", "control.suspect", 26, |row| text(row.suspect.as_str())),
    column("owner", "control.owner", 26, |row| text(row.document.owners.joined().unwrap_or_default())),
    column("author", "control.author", 26, |row| text(row.document.authors.joined().unwrap_or_default())),
    column("approver", "control.approver", 26, |row| text(row.document.approvers.joined().unwrap_or_default())),
    column("approved", "control.approved", 12, |row| row.day(|front| &front.approved)),
    column("effective", "control.effective", 12, |row| row.day(|front| &front.effective)),
    column("last review", "control.last_review", 12, |row| Value::Day(row.life.last_review)),
    column("next review", "control.next_review", 12, |row| Value::Day(row.life.next_review)),
    column("classification", "control.classification", 14, |row| {
        text(row.document.classification.as_deref().unwrap_or_default())
    }),
    column("distribution", "control.audience", 30, |row| text(row.document.audience.join(", "))),
    column("location", "control.location", 30, |row| row.text(|front| &front.location)),
    column("retention", "control.retention", 30, |row| row.text(|front| &front.retention)),
    column("issuer", "control.issuer", 20, |row| row.text(|front| &front.issuer)),
    column("edition", "control.edition", 12, |row| row.text(|front| &front.edition)),
    column("path", "control.source", 50, |row| text(&**row.document.path())),
];
