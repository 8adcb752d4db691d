//! The columns of the register, shared by its page, its CSV file and its workbook.

use crate::assess::{Life, edition_check};
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex};
use crate::place::Located;
use crate::site::model::RegisterCell;
use crate::site::portal::Portal;
use crate::source::front_matter::FrontMatter;

/// A column.
#[derive(Clone, Copy)]
pub(super) struct RegisterColumn {
    /// The name in the CSV file, which other tools read.
    pub(super) name: &'static str,
    /// The label key of its heading on the page and in the workbook.
    pub(super) label: &'static str,
    /// The width in the workbook, in characters.
    pub(super) width: u8,
    /// Returns its value for a row.
    pub(super) value: fn(&DocumentFields<'_, '_>) -> ColumnValue,
    on_page: ColumnView,
    /// Whether it shows the document's state, so that it is left out of editions without figures.
    needs_figures: bool,
}

/// What the page shows of a column.
#[derive(Clone, Copy)]
enum ColumnView {
    /// The page does not have the column.
    Absent,
    /// The column's value.
    Value,
    /// A different cell, for example with a link.
    Cell(fn(&DocumentFields<'_, '_>) -> RegisterCell),
}

/// The value of a cell.
pub(super) enum ColumnValue {
    /// Text from the author.
    Text(String),
    /// A date.
    Day(Option<Date>),
    /// A word from the labels, given by group and key.
    Word(&'static str, &'static str),
    /// A document type.
    Type(String),
}

/// A document of the register.
pub(super) struct DocumentFields<'a, 'p> {
    portal: &'a Portal<'p>,
    document: &'a Document,
    life: &'a Life,
    index: DocumentIndex,
}

impl<'a, 'p> DocumentFields<'a, 'p> {
    /// The row of a document.
    pub(super) fn new(portal: &'a Portal<'p>, index: DocumentIndex) -> DocumentFields<'a, 'p> {
        DocumentFields { portal, document: portal.document(index), life: portal.assessment.life(index), index }
    }

    /// The changes since the last review that make the document suspect, as IDs with dates.
    fn changes_since_review(&self) -> String {
        let changed = self.portal.suspect_links(self.index).into_iter().map(|suspect| {
            let id = suspect.target.and_then(|target| self.portal.document(target).id());
            id.map_or_else(|| suspect.changed.to_string(), |id| format!("{id} ({})", suspect.changed))
        });
        changed.collect::<Vec<_>>().join(", ")
    }

    fn front<T>(&self, of: impl Fn(&FrontMatter) -> Option<T>) -> Option<T> {
        self.document.front().and_then(of)
    }

    fn text(&self, of: fn(&FrontMatter) -> &Option<Located<String>>) -> ColumnValue {
        ColumnValue::Text(self.front(|front| of(front).as_ref().map(|text| text.value.clone())).unwrap_or_default())
    }

    /// The approver's name, spelled as in the portal.
    fn approver_name(&self) -> String {
        self.portal.people(&self.document.approvers).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// The date from which it is effective, or a record's date.
    fn applies_from(&self) -> Option<Date> {
        self.front(|front| front.effective.as_ref().or(front.date.as_ref()).map(|day| day.value))
    }

    /// The date of the last check that its edition is the latest.
    fn last_edition_check(&self) -> Option<Date> {
        edition_check(self.document, self.portal.assessment.clock.as_of)?.last
    }

    fn day(&self, of: fn(&FrontMatter) -> &Option<Located<Date>>) -> ColumnValue {
        ColumnValue::Day(self.front(|front| of(front).as_ref().map(|day| day.value)))
    }
}

/// A column of the CSV file and the workbook only.
const fn column(
    name: &'static str,
    label: &'static str,
    width: u8,
    value: fn(&DocumentFields<'_, '_>) -> ColumnValue,
) -> RegisterColumn {
    RegisterColumn { name, label, width, value, on_page: ColumnView::Absent, needs_figures: false }
}

impl RegisterColumn {
    /// Shows the column on the page too.
    const fn on_page(self) -> RegisterColumn {
        RegisterColumn { on_page: ColumnView::Value, ..self }
    }

    /// Leaves the column out of editions without figures.
    const fn needing_figures(self) -> RegisterColumn {
        RegisterColumn { needs_figures: true, ..self }
    }

    /// Shows the column on the page too, with a different cell.
    const fn on_page_as(self, cell: fn(&DocumentFields<'_, '_>) -> RegisterCell) -> RegisterColumn {
        RegisterColumn { on_page: ColumnView::Cell(cell), ..self }
    }
}

/// The columns of this edition, in order.
pub(super) fn columns(portal: &Portal<'_>) -> impl Iterator<Item = &'static RegisterColumn> + Clone + use<> {
    let shows_figures = portal.shows_figures();
    COLUMNS.iter().filter(move |column| shows_figures || !column.needs_figures)
}

/// The columns that the page can show: first those shown initially, then the others in order.
pub(super) fn page_columns(portal: &Portal<'_>) -> impl Iterator<Item = &'static RegisterColumn> + use<> {
    let visible = columns(portal).filter(|column| !matches!(column.on_page, ColumnView::Absent));
    let rest = visible.clone().filter(|column| !INITIAL_COLUMNS.contains(&column.name));
    let first = INITIAL_COLUMNS.iter().filter_map(move |name| visible.clone().find(|column| column.name == *name));
    first.chain(rest)
}

/// The number of columns that the page shows initially.
pub(super) fn initial_column_count(portal: &Portal<'_>) -> usize {
    columns(portal).filter(|column| INITIAL_COLUMNS.contains(&column.name)).count()
}

/// The columns that the page shows initially, in order; an edition without figures shows fewer.
const INITIAL_COLUMNS: [&str; 5] = ["id", "title", "state", "owner", "next review"];

/// The cells of a row on the page, in the order of [`page_columns`].
pub(super) fn cells(row: &DocumentFields<'_, '_>) -> Vec<RegisterCell> {
    let cell = |column: &RegisterColumn| match (column.on_page, (column.value)(row)) {
        (ColumnView::Cell(cell), _) => cell(row),
        (_, ColumnValue::Text(text)) => RegisterCell::Text { text },
        (_, ColumnValue::Day(day)) => RegisterCell::Day { day },
        (_, ColumnValue::Word(group, key)) => {
            RegisterCell::Text { text: row.portal.labels.text(&format!("{group}.{key}")).to_owned() }
        }
        (_, ColumnValue::Type(kind)) => RegisterCell::Text { text: row.portal.kind(&kind).name },
    };
    page_columns(row.portal).map(cell).collect()
}

/// The text of a row's cell; dates are formatted as `2027-01-31`.
pub(super) fn cell_text(row: &DocumentFields<'_, '_>, column: &RegisterColumn) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    if let ColumnView::Cell(cell) = column.on_page {
        match cell(row) {
            RegisterCell::Text { text } => return text,
            RegisterCell::Day { day: on } => return day(on),
            _ => {}
        }
    }
    match (column.value)(row) {
        ColumnValue::Text(text) => text,
        ColumnValue::Day(on) => day(on),
        ColumnValue::Word(group, key) => row.portal.labels.text(&format!("{group}.{key}")).to_owned(),
        ColumnValue::Type(kind) => row.portal.kind(&kind).name,
    }
}

fn text(text: impl Into<String>) -> ColumnValue {
    ColumnValue::Text(text.into())
}

/// All columns, in order.
const COLUMNS: &[RegisterColumn] = &[
    column("id", "control.id", 14, |row| text(row.document.id().map(ToString::to_string).unwrap_or_default()))
        .on_page_as(|_| RegisterCell::Id),
    column("title", "control.name", 44, |row| text(&*row.document.title)).on_page_as(|_| RegisterCell::Title),
    column("type", "control.type", 16, |row| ColumnValue::Type(row.document.doc_type.to_string()))
        .on_page_as(|_| RegisterCell::Type),
    column("version", "control.version", 9, |row| row.text(|front| &front.version)).on_page(),
    column("status", "control.status", 12, |row| {
        row.document.status().map_or(text(""), |status| ColumnValue::Word("status", status.as_str()))
    })
    .on_page_as(|_| RegisterCell::Status)
    .needing_figures(),
    column("state", "control.state", 12, |row| ColumnValue::Word("state", row.life.state.as_str()))
        .on_page_as(|_| RegisterCell::State)
        .needing_figures(),
    column("suspect", "control.suspect", 26, |row| ColumnValue::Text(row.changes_since_review())).needing_figures(),
    column("owner", "control.owner", 26, |row| text(row.document.owners.joined().unwrap_or_default()))
        .on_page_as(|row| RegisterCell::Person { person: row.portal.people(&row.document.owners) }),
    column("author", "control.author", 26, |row| text(row.document.authors.joined().unwrap_or_default())),
    column("approver", "control.approver", 26, |row| text(row.document.approvers.joined().unwrap_or_default()))
        .on_page_as(|row| RegisterCell::Text { text: row.approver_name() }),
    column("approved", "control.approved", 12, |row| row.day(|front| &front.approved)),
    column("effective", "control.effective", 12, |row| row.day(|front| &front.effective))
        .on_page_as(|row| RegisterCell::Day { day: row.applies_from() }),
    column("last review", "control.last_review", 12, |row| ColumnValue::Day(row.life.last_review))
        .on_page()
        .needing_figures(),
    column("next review", "control.next_review", 12, |row| ColumnValue::Day(row.life.next_review))
        .on_page()
        .needing_figures(),
    column("classification", "control.classification", 14, |row| {
        text(row.document.classification.as_deref().unwrap_or_default())
    })
    .on_page(),
    column("distribution", "control.audience", 30, |row| text(row.document.audience.join(", "))).on_page(),
    column("location", "control.location", 30, |row| row.text(|front| &front.location)),
    column("retention", "control.retention", 30, |row| row.text(|front| &front.retention)).on_page(),
    column("issuer", "control.issuer", 20, |row| row.text(|front| &front.issuer)),
    column("edition", "control.edition", 12, |row| row.text(|front| &front.edition)),
    column("checked", "control.checked", 12, |row| ColumnValue::Day(row.last_edition_check())).needing_figures(),
    column("path", "control.source", 50, |row| text(&**row.document.path())),
];
