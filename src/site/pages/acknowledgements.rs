//! Acknowledgements by document: the number of readers asked, the number who confirmed, and the location of the
//! evidence.

use std::collections::BTreeSet;

use crate::assess::{AcknowledgementCount, count_acknowledgements};
use crate::handbook::DocumentIndex;
use crate::register::{Acknowledgement, Kind};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{EntriesPage, Frame, Grid, GridCell, GridRow, Link, Mark, Tone};
use crate::site::portal::Portal;

/// The maximum number of documents listed.
const MAX_ROWS: usize = 500;

/// The page, if documents require acknowledgement or acknowledgements are recorded, unless entries are withheld.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let is_shown = portal.has_navigation_item("acknowledgements");
    is_shown.then(|| Job::page(layout::own_path("acknowledgements.html"), page)).into_iter().collect()
}

fn page(portal: &Portal<'_>) -> EntriesPage {
    let title = portal.labels.text("pages.acknowledgements").to_owned();
    let columns = ["entry", "version", "due", "asked", "given", "missing", "state", "location"];
    let head = |column: &str| portal.labels.text(&format!("entries.column.{column}")).to_owned();
    let controlled = portal.reading.handbook.controlled();
    let asking = controlled
        .filter_map(|(index, _)| Some((index, count_acknowledgements(portal.reading, portal.assessment, index)?)));
    let mut rows: Vec<(DocumentIndex, AcknowledgementCount)> = asking.collect();
    rows.sort_by_key(|(index, count)| (count.is_complete(), count.due, *index));
    let grid = Grid {
        label: title.clone(),
        columns: columns
            .into_iter()
            .map(|column| if column == "entry" { head("document") } else { head(column) })
            .collect(),
        rows: rows.iter().map(|(index, count)| row(portal, *index, *count)).collect(),
        ..Grid::default()
    };
    EntriesPage {
        lead: portal.labels.text("lead.acknowledgements").to_owned(),
        counts: Vec::new(),
        owners: portal.register_owners(&[Kind::Acknowledgements]),
        grid: grid.at_most(MAX_ROWS),
        pagination: None,
        risks: None,
        frame: Frame {
            registers: true,
            ..portal.frame(&layout::own_path("acknowledgements.html"), title, "acknowledgements")
        },
    }
}

fn row(portal: &Portal<'_>, index: DocumentIndex, count: AcknowledgementCount) -> GridRow {
    let document = portal.document(index);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    let version = document.front().and_then(|front| front.version.as_ref()).map(|version| version.value.clone());
    GridRow {
        id: String::new(),
        cells: vec![
            GridCell { url: url(&document.url), ..GridCell::text(format!("{id} {}", document.title).trim()) },
            GridCell::text(version.unwrap_or_default()),
            GridCell::day(Some(count.due)),
            GridCell::text(count.asked_count.to_string()),
            GridCell::text(count.given_count.to_string()),
            GridCell::text((count.asked_count - count.given_count.min(count.asked_count)).to_string()),
            GridCell::mark(mark(portal, count)),
            GridCell::links(location_links(portal, index)),
        ],
    }
}

fn mark(portal: &Portal<'_>, count: AcknowledgementCount) -> Mark {
    match () {
        () if count.is_complete() => portal.tone(Tone::Current, "entry_state.done"),
        () if count.due < portal.assessment.clock.as_of => portal.tone(Tone::Overdue, "entry_state.overdue"),
        () => portal.tone(Tone::Open, "entry_state.open"),
    }
}

/// Links to the locations of the evidence.
fn location_links(portal: &Portal<'_>, index: DocumentIndex) -> Vec<Link> {
    let id = portal.document(index).id();
    let counts = portal.known_entries(Kind::Acknowledgements).into_iter();
    let mut seen_locations = BTreeSet::new();
    counts
        .filter_map(|entry| {
            let count =
                Acknowledgement::from_entry(&portal.entry(entry).entry).filter(|count| Some(count.document) == id)?;
            let is_new = seen_locations.insert(count.location.to_owned());
            is_new.then(|| Link { text: count.location.to_owned(), url: portal.entry_address(entry) })
        })
        .collect()
}

/// The acknowledgements of a document, in one line.
pub(super) fn in_words(portal: &Portal<'_>, index: DocumentIndex) -> Option<String> {
    let count = count_acknowledgements(portal.reading, portal.assessment, index).filter(|_| portal.shows_figures())?;
    let values = [
        ("given", &*count.given_count.to_string()),
        ("asked", &*count.asked_count.to_string()),
        ("date", &*portal.labels.day(count.due)),
    ];
    let key = if count.asked_count == 0 { "say.nobody_asked" } else { "say.acknowledged" };
    Some(portal.labels.fill(key, &values))
}
