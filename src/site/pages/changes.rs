//! The revision histories of all documents, with a page for each quarter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::date::Date;
use crate::handbook::{Document, DocumentIndex};
use crate::site::changes::{DatedChange, newest, undated};
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{ChangeRow, ChangesPage, Frame, KeyedName, Link};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The maximum number of changes on a page.
const MAX_ROWS: usize = 300;

/// A calendar quarter: the year, and a number from 1 to 4.
type Quarter = (i16, i8);

/// A change and its date, if it has one.
struct Row {
    date: Option<Date>,
    document: DocumentIndex,
    /// The position in the document's revision history.
    rank: usize,
}

/// The changes of a quarter, or the undated changes.
struct Section {
    quarter: Option<Quarter>,
    rows: Vec<Row>,
}

/// A page for each quarter with changes; the newest one is at the address of the whole list. Changes are sorted once
/// for all pages.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let sections: Arc<[Section]> = sections(portal).into();
    if sections.is_empty() {
        return vec![Job::page(first_path(), |portal| page(portal, &[], None, &ListSlice::split(0, MAX_ROWS)[0]))];
    }
    let job = |at: usize, part: ListSlice| {
        let (path, sections) = (part.path(&path(at, sections[at].quarter)), sections.clone());
        Job::page(path, move |portal| page(portal, &sections, Some(at), &part))
    };
    let of = |at: usize| ListSlice::split(sections[at].rows.len(), MAX_ROWS).into_iter().map(move |part| (at, part));
    (0..sections.len()).flat_map(of).map(|(at, part)| job(at, part)).collect()
}

fn first_path() -> SitePath {
    layout::own_path("changes.html")
}

fn path(at: usize, quarter: Option<Quarter>) -> SitePath {
    match quarter {
        _ if at == 0 => first_path(),
        Some((year, quarter)) => layout::own_path(&format!("changes/{year:04}-q{quarter}.html")),
        None => layout::own_path("changes/undated.html"),
    }
}

/// The changes by quarter, newest first, followed by the undated changes.
fn sections(portal: &Portal<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for DatedChange { date: on, document, rank, .. } in newest(portal) {
        let (year, month, _) = on.year_month_day();
        let quarter = Some((year, (month - 1) / 3 + 1));
        if sections.last().is_none_or(|last| last.quarter != quarter) {
            sections.push(Section { quarter, rows: Vec::new() });
        }
        if let Some(last) = sections.last_mut() {
            last.rows.push(Row { date: Some(on), document, rank });
        }
    }
    let rows: Vec<Row> =
        undated(portal).into_iter().map(|(document, rank)| Row { date: None, document, rank }).collect();
    if !rows.is_empty() {
        sections.push(Section { quarter: None, rows });
    }
    sections
}

fn page(portal: &Portal<'_>, sections: &[Section], at: Option<usize>, part: &ListSlice) -> ChangesPage {
    let section = at.and_then(|at| sections.get(at));
    let first = path(at.unwrap_or(0), section.and_then(|section| section.quarter));
    let visible = section.map_or(&[][..], |section| &section.rows[part.range.clone()]);
    let name = |quarter: Option<Quarter>| match quarter {
        Some((year, quarter)) => {
            portal.labels.fill("say.quarter", &[("quarter", &quarter.to_string()), ("year", &year.to_string())])
        }
        None => portal.labels.text("say.undated").to_owned(),
    };
    let link =
        |(at, section): (usize, &Section)| Link { text: name(section.quarter), url: url(&path(at, section.quarter)) };
    let Filters { types, owners, clauses } = filters(portal, visible);
    let detail: Vec<String> =
        section.map(|section| name(section.quarter)).into_iter().chain(portal.part_detail(part.number)).collect();
    let detail = (!detail.is_empty()).then(|| detail.join(", "));
    ChangesPage {
        frame: Frame { detail, ..portal.frame(&part.path(&first), portal.labels.text("pages.changes"), "changes") },
        quarter: section.map(|section| name(section.quarter)),
        quarters: sections.iter().enumerate().map(link).collect(),
        types,
        owners,
        clauses,
        rows: visible.iter().filter_map(|change| row(portal, change)).collect(),
        pagination: part.pagination(&first),
    }
}

/// The options of a page's filters.
struct Filters {
    types: Vec<KeyedName>,
    owners: Vec<KeyedName>,
    clauses: Vec<String>,
}

fn filters(portal: &Portal<'_>, rows: &[Row]) -> Filters {
    let documents: BTreeSet<DocumentIndex> = rows.iter().map(|row| row.document).collect();
    let documents = || documents.iter().map(|index| portal.document(*index));
    let types: BTreeSet<&str> = documents().map(|document| &*document.doc_type).collect();
    let mut types: Vec<KeyedName> = types.into_iter().map(|kind| portal.kind(kind)).collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let owners: BTreeMap<String, String> = documents().flat_map(|document| owners(portal, document)).collect();
    let mut owners: Vec<KeyedName> = owners.into_iter().map(|(key, name)| KeyedName { key, name }).collect();
    owners.sort_by(|a, b| a.name.cmp(&b.name));
    let keys: BTreeSet<_> = documents().flat_map(|document| document.claims.iter().map(|claim| claim.clause)).collect();
    Filters { types, owners, clauses: keys.into_iter().map(|key| portal.clause_link(key).number).collect() }
}

/// The owners of a document, each with the key used in filters: the address of their page.
fn owners(portal: &Portal<'_>, document: &Document) -> Vec<(String, String)> {
    let key = |name: &str| portal.owners.get(name).map(|entry| url(&entry.path));
    document.owners.iter().filter_map(|name| Some((key(name)?, name.to_string()))).collect()
}

fn row(portal: &Portal<'_>, Row { date: on, document, rank }: &Row) -> Option<ChangeRow> {
    let facts = portal.document(*document);
    let change = facts.front()?.changes.get(*rank)?;
    let text = |value: &Option<crate::place::Located<String>>| value.as_ref().map(|text| text.value.clone());
    let keys: BTreeSet<_> = facts.claims.iter().map(|claim| claim.clause).collect();
    let clauses: Vec<String> = keys.into_iter().map(|key| portal.clause_link(key).number).collect();
    let approvers: Vec<&str> = change.approver.iter().map(|name| name.value.as_str()).collect();
    Some(ChangeRow {
        on: *on,
        document: portal.document_link(*document),
        version: text(&change.version),
        by: text(&change.author),
        approver: (!approvers.is_empty()).then(|| approvers.join(", ")),
        summary: text(&change.summary),
        owners: owners(portal, facts).into_iter().map(|(key, _)| key).collect::<Vec<_>>().join(" "),
        clauses: clauses.join(" "),
    })
}
