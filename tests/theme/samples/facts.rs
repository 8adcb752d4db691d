//! The sample's documents, and derived facts.

use std::str::FromStr;
use std::sync::LazyLock;

use clausebook::testing::date::Date;
use clausebook::testing::site::model::*;
use clausebook::testing::source::front_matter::{Extent, Status};

/// A document of the sample: a line of `documents.txt`.
pub struct Row {
    pub id: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub version: &'static str,
    pub owner: &'static str,
    pub state: State,
    pub next_review: &'static str,
    pub clauses: &'static str,
}

/// The documents in clause order.
pub static DOCUMENTS: LazyLock<Vec<Row>> = LazyLock::new(|| include_str!("documents.txt").lines().map(read).collect());

fn read(line: &'static str) -> Row {
    let mut cells = line.split('|').map(str::trim).chain(std::iter::repeat(""));
    let mut cell = || cells.next().unwrap_or_default();
    let (id, title, kind, version, owner) = (cell(), cell(), cell(), cell(), cell());
    let state = cell();
    let state = State::ALL.iter().find(|candidate| candidate.as_str() == state).copied().expect("a state");
    Row { id, title, kind, version, owner, state, next_review: cell(), clauses: cell() }
}

pub const GROUPS: &[&str] = &["4", "5", "6", "7", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "9", "10"];

pub fn date(text: &str) -> Date {
    Date::from_str(text).expect("a date")
}

pub(super) fn keyed_name(kind: &str) -> KeyedName {
    let mut name = kind.replace('-', " ");
    name[..1].make_ascii_uppercase();
    KeyedName { key: kind.to_owned(), name }
}

pub(super) fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

pub(super) fn owner(name: &str) -> Shared<Person> {
    Shared::new(Person { name: name.to_owned(), url: Some(format!("owners/{}.html", slug(name))), ..Person::default() })
}

pub(super) fn link(text: &str, url: &str) -> Link {
    Link { text: text.to_owned(), url: url.to_owned() }
}

pub(super) fn document_url(row: &Row) -> String {
    format!("documents/{}.html", row.id.to_lowercase())
}

pub(super) fn badge(row: &Row) -> Badge {
    let status = match row.state {
        State::Draft => Status::Draft,
        State::InReview => Status::InReview,
        State::Retired => Status::Retired,
        _ => Status::Approved,
    };
    let later = next_review(row).map_or_else(String::new, |next| format!("{next} overdue"));
    Badge { state: Some(row.state), status, later, suspect: false }
}

/// The day from which a document takes effect.
pub(super) fn applies_from(row: &Row) -> Option<Date> {
    let approved = badge(row).status == Status::Approved;
    approved.then(|| date(if row.state == State::Future { "2026-12-01" } else { "2026-03-09" }))
}

/// The date of a document's next review.
pub(super) fn next_review(row: &Row) -> Option<Date> {
    Date::from_str(row.next_review).ok()
}

pub fn document(row: &Row) -> Shared<DocumentLink> {
    document_at(row, document_url(row))
}

pub(super) fn document_at(row: &Row, url: String) -> Shared<DocumentLink> {
    Shared::new(DocumentLink {
        id: row.id.to_owned(),
        title: row.title.to_owned(),
        url,
        kind: Shared::new(keyed_name(row.kind)),
        badge: Some(badge(row)),
        lang: None,
    })
}

pub(super) fn by_id(id: &str) -> &'static Row {
    DOCUMENTS.iter().find(|row| row.id == id).expect("a document of the sample")
}

/// The claims of a document: the clause number, and the extent.
pub(super) fn claims(row: &Row) -> impl Iterator<Item = (&'static str, Extent)> {
    row.clauses.split_whitespace().map(|claim| match claim.strip_suffix("/partial") {
        Some(number) => (number, Extent::Partial),
        None => (claim, Extent::Full),
    })
}

pub(super) fn claimants(number: &str) -> Vec<(&'static Row, Extent)> {
    let claim =
        |row: &'static Row| claims(row).find(|(claimed, _)| *claimed == number).map(|(_, extent)| (row, extent));
    DOCUMENTS.iter().filter_map(claim).collect()
}

pub(super) fn verdict(number: &str) -> Verdict {
    let of = |(row, extent): (&Row, Extent)| match (row.state, extent) {
        (State::Current | State::DueSoon, Extent::Full) => Verdict::Covered,
        (State::Current | State::DueSoon, Extent::Partial) => Verdict::Partial,
        (State::Overdue | State::Changed, _) => Verdict::Stale,
        _ => Verdict::Draft,
    };
    claimants(number).into_iter().map(of).max().unwrap_or(Verdict::Missing)
}

pub(super) fn group_of(number: &str) -> Option<usize> {
    GROUPS.iter().position(|group| number == *group || number.starts_with(&format!("{group}.")))
}
