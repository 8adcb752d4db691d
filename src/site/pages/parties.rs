//! Services, suppliers and locations: lists of each, and a page for each entry.

use std::collections::BTreeSet;

use super::entry_grids::actions;
use crate::assess::State;
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::register::{Kind, PagePlace, Record, STATE_COLUMN, Supplier, Value};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{AuditFact, EntriesPage, Frame, Grid, GridCell, GridRow, Link, Mark, PartyPage, Tone};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The maximum number of rows in a list.
const MAX_ROWS: usize = 500;
/// The maximum number of rows per table on an entry's page.
const MAX_OF_ONE: usize = 120;

/// The list of services and their pages.
pub(super) fn services(portal: &Portal<'_>) -> Vec<Job> {
    kind_jobs(portal, Kind::Services)
}

/// The list of suppliers and their pages.
pub(super) fn suppliers(portal: &Portal<'_>) -> Vec<Job> {
    kind_jobs(portal, Kind::Suppliers)
}

/// The list of locations and their pages.
pub(super) fn locations(portal: &Portal<'_>) -> Vec<Job> {
    kind_jobs(portal, Kind::Locations)
}

fn kind_jobs(portal: &Portal<'_>, kind: Kind) -> Vec<Job> {
    let registers = &portal.reading.handbook.registers;
    if !registers.has(kind) {
        return Vec::new();
    }
    let each = registers
        .of_kind(kind)
        .map(|(index, placed_entry)| Job::page(placed_entry.page.clone(), move |portal| page(portal, kind, index)));
    std::iter::once(Job::page(list_path(kind), move |portal| list(portal, kind))).chain(each).collect()
}

fn list_path(kind: Kind) -> SitePath {
    match kind.row().page {
        PagePlace::Each(folder) => SitePath::page(&format!("{folder}/index")),
        PagePlace::List(name) => SitePath::page(name),
    }
}

fn list(portal: &Portal<'_>, kind: Kind) -> EntriesPage {
    let key = kind.row().name;
    let title = portal.labels.text(&format!("pages.{key}")).to_owned();
    // The page of suppliers shows what is due next for each.
    let due = (kind == Kind::Suppliers && portal.shows_figures()).then_some("due");
    let columns: Vec<&str> = kind.row().columns.iter().copied().chain(due).collect();
    let row = |index: &EntryIndex| GridRow {
        id: String::new(),
        cells: columns.iter().map(|column| cell(portal, *index, column)).collect(),
    };
    let rows = portal.known_entries(kind).iter().map(row).collect();
    let columns = columns.iter().map(|column| column_label(portal, column)).collect();
    EntriesPage {
        lead: portal.labels.text(&format!("lead.{key}")).to_owned(),
        counts: Vec::new(),
        owners: portal.register_owners(&[kind]),
        grid: Grid { label: title.clone(), columns, rows, ..Grid::default() }.at_most(MAX_ROWS),
        pagination: None,
        risks: None,
        frame: Frame { registers: true, ..portal.frame(&list_path(kind), title, key) },
    }
}

fn column_label(portal: &Portal<'_>, column: &str) -> String {
    portal.labels.text(&format!("entries.column.{column}")).to_owned()
}

fn cell(portal: &Portal<'_>, index: EntryIndex, column: &str) -> GridCell {
    let record = &portal.entry(index).entry.record;
    match (column, record.get(column).map(|value| &value.value)) {
        ("id", _) => portal.entry_cell(index),
        (STATE_COLUMN, _) => GridCell::mark(portal.entry_mark(index)),
        ("due", _) => {
            let note = portal.due_kind(index).unwrap_or_default();
            GridCell { note, ..GridCell::day(portal.assessment.entry(index).and_then(|life| life.due)) }
        }
        ("note", _) => {
            let remark = portal.entry_note(index, &list_path(portal.entry(index).entry.kind));
            GridCell { remark, ..GridCell::default() }
        }
        (_, Some(Value::Day(day))) => GridCell::day(Some(*day)),
        (_, Some(value)) => {
            let AuditFact { text, links, .. } = fact(portal, column, value);
            GridCell { links, ..GridCell::text(text) }
        }
        (_, None) => GridCell::default(),
    }
}

/// A value as a fact, with links to what has a page.
fn fact(portal: &Portal<'_>, key: &str, value: &Value) -> AuditFact {
    let links = |links: Vec<Link>| AuditFact { links, ..AuditFact::default() };
    match (key, value) {
        ("services", Value::Names(names)) => links(portal.party_links(Kind::Services, names)),
        ("locations", Value::Names(names)) => links(portal.party_links(Kind::Locations, names)),
        (_, Value::Day(day)) => AuditFact { day: Some(*day), ..AuditFact::default() },
        (_, Value::References(references)) => links(portal.reference_links(references)),
        (_, Value::Clauses(clauses)) => links(portal.clause_refs(clauses)),
        (_, Value::Interval(interval)) => AuditFact { text: portal.interval_text(*interval), ..AuditFact::default() },
        ("inside", Value::Text(word)) => {
            AuditFact { text: portal.labels.text(&format!("parties.inside.{word}")).to_owned(), ..AuditFact::default() }
        }
        ("kind", Value::Text(word)) => {
            AuditFact { text: portal.labels.text(&format!("parties.kind.{word}")).to_owned(), ..AuditFact::default() }
        }
        (_, value) => AuditFact { text: value.texts().join(", "), ..AuditFact::default() },
    }
}

fn page(portal: &Portal<'_>, kind: Kind, index: EntryIndex) -> PartyPage {
    let placed_entry = portal.entry(index);
    let key = kind.row().name;
    let list = Link { text: portal.labels.text(&format!("pages.{key}")).to_owned(), url: url(&list_path(kind)) };
    let frame = portal.frame(&placed_entry.page, format!("{} {}", placed_entry.id(), placed_entry.entry.title()), key);
    let grids = [documents(portal, index), suppliers_of(portal, index), entries(portal, index)];
    let actions = actions(portal, portal.labels.text("registers.actions"), &[index]);
    PartyPage {
        frame: Frame { registers: true, crumbs: vec![list.into()], ..frame },
        id: placed_entry.id().to_owned(),
        mark: portal.entry_mark(index),
        facts: facts(portal, index).into(),
        note: portal.entry_note(index, &placed_entry.page),
        grids: grids
            .into_iter()
            .chain([actions])
            .filter(|grid| !grid.rows.is_empty())
            .map(|grid| grid.at_most(MAX_OF_ONE))
            .collect(),
    }
}

/// Keys that are shown elsewhere on the page or not at all.
const EXCLUDED_KEYS: [&str; 7] = ["id", "title", "note", "actions", "classification", "documents", STATE_COLUMN];

fn facts(portal: &Portal<'_>, index: EntryIndex) -> Vec<(String, AuditFact)> {
    let placed_entry = portal.entry(index);
    let mut facts = Vec::new();
    for (key, value) in placed_entry.entry.record.values().filter(|(key, _)| !EXCLUDED_KEYS.contains(key)) {
        match &value.value {
            Value::Record(record) => facts.extend(inner_facts(portal, key, record)),
            value => facts.push((column_label(portal, key), fact(portal, key, value))),
        }
    }
    if let Some(supplier) = Supplier::from_entry(&placed_entry.entry)
        && portal.shows_figures()
        && !portal.assessed().has_contract(supplier)
    {
        let text = portal.labels.text("parties.no_contract").to_owned();
        facts.push((column_label(portal, "contract"), AuditFact { text, ..AuditFact::default() }));
    }
    let due = portal.assessment.entry(index).and_then(|life| life.due);
    if let Some(due) = due.filter(|_| portal.shows_figures() && placed_entry.entry.kind == Kind::Suppliers) {
        let text = portal.due_kind(index).map_or_else(String::new, |kind| format!("{kind}: "));
        facts.push((column_label(portal, "due"), AuditFact { text, day: Some(due), ..AuditFact::default() }));
    }
    let owner = portal.document_link(placed_entry.owner);
    let link = Link { text: format!("{} {}", owner.id, owner.title), url: owner.url.clone() };
    facts.push((
        portal.labels.text("entries.register_of").to_owned(),
        AuditFact { links: vec![link], ..AuditFact::default() },
    ));
    facts
}

fn inner_facts(portal: &Portal<'_>, key: &str, record: &Record) -> Vec<(String, AuditFact)> {
    let label = |inner: &str| portal.labels.text(&format!("parties.{key}.{inner}")).to_owned();
    record.values().map(|(inner, value)| (label(inner), fact(portal, inner, &value.value))).collect()
}

/// The documents about the entry.
fn documents(portal: &Portal<'_>, index: EntryIndex) -> Grid {
    let handbook = &portal.reading.handbook;
    let record = &portal.entry(index).entry.record;
    let mut list: BTreeSet<DocumentIndex> = handbook.registers.documents_of(index).iter().copied().collect();
    list.extend(
        record.references("documents").iter().filter_map(|reference| handbook.lookup.by_id(reference.value.id()?)),
    );
    if let Some(supplier) = Supplier::from_entry(&portal.entry(index).entry) {
        list.extend(supplier.documents().iter().filter_map(|reference| handbook.lookup.by_id(reference.value.id()?)));
    }
    let row = |document: &DocumentIndex| {
        let link = portal.document_link(*document);
        let provides = portal.document(*document).provides.iter();
        let items: Vec<&str> =
            provides.map(|(item, _)| portal.reading.standards.item_at(*item).name.as_str()).collect();
        let front = portal.document(*document).front();
        let cells = vec![
            GridCell {
                url: link.url.clone(),
                note: items.join(", "),
                ..GridCell::text(format!("{} {}", link.id, link.title).trim())
            },
            if portal.shows_figures() { GridCell::mark(state(portal, *document)) } else { GridCell::default() },
            GridCell::text(join_names(front.map_or(&[], |front| &front.owner))),
        ];
        GridRow { id: String::new(), cells }
    };
    let columns = portal.column_headings(&["document", "state", "owner"]);
    let label = portal.labels.text("entries.column.documents").to_owned();
    Grid { label, columns, rows: list.iter().map(row).collect(), ..Grid::default() }
}

/// A document's state as a mark.
fn state(portal: &Portal<'_>, document: DocumentIndex) -> Mark {
    let state = portal.assessment.state(document);
    let tone = match state {
        State::Current => Tone::Current,
        State::DueSoon => Tone::DueSoon,
        State::Overdue | State::Changed => Tone::Overdue,
        State::Future => Tone::Future,
        State::InReview => Tone::InReview,
        State::Draft => Tone::Open,
        State::Retired => Tone::Retired,
    };
    portal.tone(tone, &format!("state.{}", state.as_str()))
}

/// The suppliers that name the entry.
fn suppliers_of(portal: &Portal<'_>, index: EntryIndex) -> Grid {
    let columns = ["id", "title", "kind", "manager", STATE_COLUMN];
    let row = |supplier: &EntryIndex| GridRow {
        id: String::new(),
        cells: columns.iter().map(|column| cell(portal, *supplier, column)).collect(),
    };
    let naming = naming(portal, index).into_iter().filter(|entry| portal.entry(*entry).entry.kind == Kind::Suppliers);
    Grid {
        label: portal.labels.text("pages.suppliers").to_owned(),
        columns: columns.iter().map(|column| column_label(portal, column)).collect(),
        rows: naming.map(|entry| row(&entry)).collect(),
        ..Grid::default()
    }
}

/// Other entries that name the entry, such as nonconformities, risks and audits.
fn entries(portal: &Portal<'_>, index: EntryIndex) -> Grid {
    let row = |entry: &EntryIndex| {
        let placed_entry = portal.entry(*entry);
        let kind = portal.kind_of_entry(*entry);
        let due = portal.assessment.entry(*entry).and_then(|life| life.due);
        let cells = vec![
            portal.entry_cell(*entry),
            GridCell { note: kind, ..GridCell::text(placed_entry.entry.title()) },
            GridCell::mark(portal.entry_mark(*entry)),
            GridCell::text(join_names(placed_entry.entry.owners())),
            GridCell::day(due),
        ];
        GridRow { id: String::new(), cells }
    };
    let mut naming = naming(portal, index);
    naming.retain(|one| portal.entry(*one).entry.kind != Kind::Suppliers);
    Grid {
        label: portal.naming_title(&naming),
        columns: portal.column_headings(&["id", "entry", "state", "owner", "due"]),
        rows: naming.iter().map(row).collect(),
        ..Grid::default()
    }
}

/// All entries that name the entry by title or ID and are known on the build's day.
fn naming(portal: &Portal<'_>, index: EntryIndex) -> Vec<EntryIndex> {
    let registers = &portal.reading.handbook.registers;
    let all: BTreeSet<EntryIndex> =
        registers.entries_of(index).iter().chain(registers.named_by(index)).copied().collect();
    all.into_iter().filter(|entry| portal.assessment.entry(*entry).is_some()).collect()
}
