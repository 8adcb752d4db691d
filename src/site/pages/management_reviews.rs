//! Management reviews, and the handbook's information on each input of the next one.

use super::entry_grids::{action_grid, action_row, findings, improvements};
use super::nonconformities::pagination;
use crate::assess::{CollectedInput, EntryPage, ReviewInputs};
use crate::handbook::EntryIndex;
use crate::register::{Audit, Kind, ManagementReview};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Frame, Grid, GridCell, GridRow, Link, ManagementReviewPage, PlannedReview, ReviewInput};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The maximum number of rows for an input; the table of decisions may have twice as many.
const MAX_ROWS: usize = 100;
/// The maximum number of rows on the page.
const MAX_PAGE_ROWS: usize = 480;
/// The minimum number of rows for each input, whatever the total.
const MIN_ROWS: usize = 5;

/// The page, if there is a register of management reviews, in several parts if it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let pages = portal.assessed().entry_lists().pages(Kind::ManagementReviews);
    let parts: Vec<(SitePath, usize)> = pages.iter().map(|page| (page.path.clone(), page.entries.len())).collect();
    let job = |(at, part): (usize, &EntryPage)| {
        let pagination = pagination(at + 1, &parts);
        Job::page(part.path.clone(), move |portal| {
            let page = page(portal, at);
            let frame = Frame { detail: portal.part_detail(at + 1), ..page.frame };
            ManagementReviewPage { pagination: pagination.clone(), frame, ..page }
        })
    };
    pages.iter().enumerate().map(job).collect()
}

fn page(portal: &Portal<'_>, at: usize) -> ManagementReviewPage {
    let labels = portal.labels;
    let pages = portal.assessed().entry_lists().pages(Kind::ManagementReviews);
    let (path, reviews) = pages.get(at).map_or_else(|| (path(), &[][..]), |page| (page.path.clone(), &page.entries));
    let frame = portal.frame(&path, labels.text("pages.management_reviews"), "management_reviews");
    let review_inputs = ReviewInputs::new(portal.assessed(), None);
    let decisions = decisions(portal, labels.text("management.decisions"), reviews);
    // The first part of the page shows the inputs of the next review.
    let inputs = if at == 0 { &review_inputs.inputs[..] } else { &[] };
    let has_rows = |input: &&CollectedInput<'_>| !input.entries.is_empty() || !input.actions.is_empty();
    let filled = inputs.iter().filter(has_rows).count().max(1);
    let free_rows = MAX_PAGE_ROWS.saturating_sub(reviews.len() + decisions.rows.len());
    let max_rows = (free_rows / filled).clamp(MIN_ROWS, MAX_ROWS);
    ManagementReviewPage {
        frame: Frame { registers: true, ..frame },
        next: review_inputs.next.and_then(|index| planned(portal, index)),
        from: review_inputs.from,
        to: review_inputs.to,
        inputs: inputs.iter().map(|input| input_row(portal, input, &review_inputs.contacts, max_rows)).collect(),
        decisions,
        pagination: None,
        reviews: list(portal, labels.text("management.all"), reviews),
        owners: portal.register_owners(&[Kind::ManagementReviews]),
    }
}

/// The address of the first part.
fn path() -> SitePath {
    layout::own_path("management-reviews.html")
}

fn planned(portal: &Portal<'_>, index: EntryIndex) -> Option<PlannedReview> {
    let placed_entry = portal.entry(index);
    let as_of = portal.assessment.clock.as_of;
    let days = ManagementReview::from_entry(&placed_entry.entry)?.planned().filter(|planned| planned.to >= as_of)?;
    let (id, title) = (placed_entry.id().to_owned(), placed_entry.entry.title().to_owned());
    Some(PlannedReview { id, title, from: days.from, to: days.to })
}

fn input_row(portal: &Portal<'_>, collected: &CollectedInput<'_>, contacts: &[String], max_rows: usize) -> ReviewInput {
    let labels = portal.labels;
    let title = &collected.input.title;
    let contact_list = contacts.join(", ");
    let empty_text = match (collected.is_empty(), contact_list.is_empty()) {
        _ if !collected.unread_kinds.is_empty() => Some(portal.unread_notices(&collected.unread_kinds).join(" ")),
        (false, _) => None,
        (true, false) => Some(labels.fill("management.nothing", &[("who", &contact_list)])),
        (true, true) => Some(labels.text("management.nothing_nobody").to_owned()),
    };
    ReviewInput {
        id: collected.input.id.to_string(),
        title: title.clone(),
        grid: match collected.actions.as_slice() {
            [] => grid(portal, title, &collected.entries, max_rows),
            actions => Some(earlier_actions_grid(portal, title, actions).at_most(max_rows)),
        },
        links: more_link(portal, &collected.entries, max_rows),
        documents: portal.document_links(&collected.documents),
        nothing: empty_text,
    }
}

/// Entries as a table of their kind, if all are of one kind.
fn grid(portal: &Portal<'_>, label: &str, entries: &[EntryIndex], max_rows: usize) -> Option<Grid> {
    let visible = &entries[..entries.len().min(max_rows)];
    let kind = |index: &EntryIndex| portal.entry(*index).entry.kind;
    let first = kind(entries.first()?);
    let mut grid = match first {
        _ if visible.iter().any(|index| kind(index) != first) => mixed_grid(portal, label, visible),
        Kind::Nonconformities => findings(portal, label, visible),
        Kind::Improvements => improvements(portal, label, visible),
        Kind::Audits => audits(portal, label, visible),
        _ => mixed_grid(portal, label, visible),
    };
    // Several inputs can have the same entry, such as a complaint, so its rows are not anchors.
    grid.rows.iter_mut().for_each(|row| row.id.clear());
    Some(grid)
}

/// A table of entries of any kind: title, state, owner and due date.
fn mixed_grid(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let row = |index: &EntryIndex| {
        let placed_entry = portal.entry(*index);
        let kind = portal.labels.text(&format!("entries.one.{}", placed_entry.entry.kind.as_str())).to_owned();
        let measured = portal.measurement_text(&placed_entry.entry);
        let note = if measured.is_empty() { kind } else { format!("{kind} · {measured}") };
        let cells = vec![
            portal.entry_cell(*index),
            GridCell { note, ..GridCell::text(placed_entry.entry.title()) },
            GridCell::mark(portal.entry_mark(*index)),
            GridCell::text(join_names(placed_entry.entry.owners())),
            GridCell::day(portal.assessment.entry(*index).and_then(|life| life.due)),
        ];
        GridRow { id: String::new(), cells }
    };
    let columns = portal.column_headings(&["id", "entry", "state", "owner", "due"]);
    Grid { label: label.to_owned(), columns, rows: entries.iter().map(row).collect(), ..Grid::default() }
}

/// A link to the first entry that the table omits, with the number of omitted entries; empty if it contains all.
fn more_link(portal: &Portal<'_>, entries: &[EntryIndex], max_rows: usize) -> Vec<Link> {
    let rest = entries.get(max_rows..).unwrap_or_default();
    let link = |index: &EntryIndex| Link {
        text: portal.labels.count("count.more", rest.len()),
        url: portal.entry_address(*index),
    };
    rest.first().map(link).into_iter().collect()
}

fn audits(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let row = |index: &EntryIndex| {
        let entry = &portal.entry(*index).entry;
        let audit = Audit::from_entry(entry);
        let days = audit.and_then(|audit| audit.held(portal.assessment.clock.as_of).or(audit.planned()));
        let report = portal.reference_links(entry.record.references("report"));
        let remark = portal.entry_note_at_root(*index);
        let cells = vec![
            portal.entry_cell(*index),
            GridCell { remark, ..GridCell::text(entry.title()) },
            GridCell::days(days),
            GridCell::mark(portal.entry_mark(*index)),
            GridCell::links(report),
        ];
        GridRow { id: String::new(), cells }
    };
    let columns = portal.column_headings(&["id", "audit", "days", "state", "report"]);
    Grid { label: label.to_owned(), columns, rows: entries.iter().map(row).collect(), ..Grid::default() }
}

/// Decisions and actions of earlier reviews, in the given order.
fn earlier_actions_grid(portal: &Portal<'_>, label: &str, actions: &[(EntryIndex, usize)]) -> Grid {
    let row = |(index, at): &(EntryIndex, usize)| {
        Some(action_row(portal, *index, portal.entry(*index).entry.actions().nth(*at)?))
    };
    action_grid(portal, label, actions.iter().filter_map(row).collect())
}

/// Decisions and actions of reviews, in the given order of reviews.
fn decisions(portal: &Portal<'_>, label: &str, reviews: &[EntryIndex]) -> Grid {
    let of_review = |index: &EntryIndex| {
        let index = *index;
        portal.entry(index).entry.actions().map(move |action| action_row(portal, index, action)).collect::<Vec<_>>()
    };
    action_grid(portal, label, reviews.iter().flat_map(of_review).collect()).at_most(MAX_ROWS * 2)
}

fn list(portal: &Portal<'_>, label: &str, reviews: &[EntryIndex]) -> Grid {
    let as_of = portal.assessment.clock.as_of;
    let row = |index: &EntryIndex| {
        let placed_entry = portal.entry(*index);
        let review = ManagementReview::from_entry(&placed_entry.entry);
        let days = review.and_then(|review| review.held(as_of).or(review.planned()));
        let minutes = placed_entry.entry.record.references("minutes");
        // The column shows when the review was held or, if it has not been, when it is planned.
        let is_held = review.is_some_and(|review| review.held(as_of).is_some());
        let shown_keys = ["minutes", "held", if is_held { "held" } else { "planned" }];
        let cells = vec![
            portal.entry_cell(*index),
            GridCell { remark: portal.details(*index, &shown_keys), ..GridCell::text(placed_entry.entry.title()) },
            GridCell::days(days),
            GridCell::mark(portal.entry_mark(*index)),
            GridCell::links(portal.reference_links(minutes)),
        ];
        GridRow { id: placed_entry.anchor.clone(), cells }
    };
    let columns = portal.column_headings(&["id", "review", "days", "state", "minutes"]);
    Grid { label: label.to_owned(), columns, rows: reviews.iter().map(row).collect(), ..Grid::default() }
}
