//! Rows of long lists as data, so that filters apply to the whole list and not only to the part on the page.

use serde::Serialize;

use super::columns::{DocumentFields, cell_text, page_columns};
use super::findings;
use super::register;
use crate::handbook::DocumentIndex;
use crate::site::blocks::MAX_NEIGHBOURS;
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Badge, DocumentLink, DocumentParties, FindingRow, NavigationDocument, RowFiles};
use crate::site::portal::Portal;
use crate::site::script::call;
use crate::url::SitePath;

/// A row of the register.
#[derive(Serialize)]
struct DocumentRow<'a> {
    url: &'a str,
    state: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    later: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suspect: bool,
    #[serde(skip_serializing_if = "is_unspecific")]
    about: DocumentParties,
    /// The text of each column; dates are formatted as `2027-01-31`.
    cells: Vec<String>,
}

/// A finding.
#[derive(Serialize)]
struct FindingData<'a> {
    severity: &'a str,
    rule: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<[&'a str; 3]>,
}

/// A document of the navigation.
#[derive(Serialize)]
struct ChapterRow {
    title: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    badge: Option<Badge>,
}

/// A data file for each chapter of the navigation, loaded when a reader unfolds it on a page of another chapter.
fn chapters(portal: &Portal<'_>) -> Vec<Job> {
    let job = |at: usize| Job::file(path("chapter", at), move |portal| chapter(portal, at));
    (0..portal.groups.iter().count()).map(job).collect()
}

fn chapter(portal: &Portal<'_>, at: usize) -> Vec<u8> {
    let documents = portal.groups.get(at).map_or(&[][..], |group| &group.documents);
    let row = |index: &DocumentIndex| {
        let NavigationDocument { title, url, badge } = portal.navigation_document(*index);
        ChapterRow { title, url, badge }
    };
    let rows: Vec<ChapterRow> = documents.iter().take(MAX_NEIGHBOURS).map(row).collect();
    call("clausebookChapter", &(at, rows, documents.len()))
}

/// A data file for each part of a list with several parts, and for each chapter.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let documents = ListSlice::split(portal.reading.handbook.controlled().count(), register::MAX_ROWS);
    let count = if portal.shows_figures() { portal.assessment.findings.len() } else { 0 };
    let findings = ListSlice::split(count, findings::MAX_ROWS);
    let long = |parts: Vec<ListSlice>| parts.into_iter().filter(|part| part.count > 1);
    let documents =
        long(documents).map(|part| Job::file(path("register", part.number), move |portal| rows(portal, &part)));
    let findings =
        long(findings).map(|part| Job::file(path("findings", part.number), move |portal| findings_data(portal, &part)));
    documents.chain(findings).chain(chapters(portal)).collect()
}

fn path(list: &str, number: usize) -> SitePath {
    layout::own_path(&format!("{}{number}.js", path_prefix(list)))
}

/// The start of the addresses of a list's files.
fn path_prefix(list: &str) -> String {
    format!("rows/{list}-")
}

/// The files of a list with this number of parts; `None` if there is only one.
pub(super) fn row_files(list: &str, parts: usize) -> Option<RowFiles> {
    (parts > 1).then(|| RowFiles { before: path_prefix(list), count: parts })
}

fn rows(portal: &Portal<'_>, part: &ListSlice) -> Vec<u8> {
    let documents = &portal.register().documents[part.range.clone()];
    let links: Vec<_> = documents.iter().map(|index| (*index, portal.document_link(*index))).collect();
    let rows: Vec<DocumentRow<'_>> = links.iter().map(|(index, link)| document_row(portal, *index, link)).collect();
    call("clausebookRows", &rows)
}

fn document_row<'a>(portal: &Portal<'_>, index: DocumentIndex, link: &'a DocumentLink) -> DocumentRow<'a> {
    let row = DocumentFields::new(portal, index);
    let badge = link.badge.as_ref();
    DocumentRow {
        url: &link.url,
        state: badge.and_then(|badge| badge.state).map_or("", |state| state.as_str()),
        later: badge.map_or("", |badge| &badge.later),
        suspect: badge.is_some_and(|badge| badge.suspect),
        about: portal.document_parties(index),
        cells: page_columns(portal).map(|column| cell_text(&row, column)).collect(),
    }
}

fn is_unspecific(parties: &DocumentParties) -> bool {
    *parties == DocumentParties::default()
}

fn findings_data(portal: &Portal<'_>, part: &ListSlice) -> Vec<u8> {
    let rows: Vec<FindingRow> =
        portal.all_findings().order[part.range.clone()].iter().map(|at| portal.finding_row(*at)).collect();
    let data = |row: &'_ FindingRow| -> serde_json::Value {
        let position = row.line.into_iter().chain(row.column).map(|number| format!(":{number}"));
        let place = std::iter::once(row.file.clone()).chain(position).collect();
        let document = row.document.as_ref().map(|link| [link.id.as_str(), link.title.as_str(), link.url.as_str()]);
        let data = FindingData {
            severity: row.severity.as_str(),
            rule: &row.rule,
            message: &row.message,
            help: row.help.as_deref(),
            place,
            document,
        };
        serde_json::to_value(data).unwrap_or_default()
    };
    call("clausebookRows", &rows.iter().map(data).collect::<Vec<_>>())
}
