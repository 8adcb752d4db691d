//! The section of a pack with the inputs of a management review.

use super::context::Pack;
use super::evidence::{action_day, state, write_unread};
use super::lists::document_line;
use super::page::{CellLine, PackPage, PageCell, PageRow};
use crate::assess::{CollectedInput, ReviewInputs};
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::site::entries::join_names;

/// The columns of the table of an input.
const COLUMNS: [&str; 4] = ["pack.column.what", "registers.owner", "registers.due", "control.state"];

/// Writes the handbook's information on each input of the management review.
pub(super) fn write_inputs(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let review_inputs = ReviewInputs::new(pack.portal.assessed(), pack.options.period);
    let labels = pack.portal.labels;
    let to = review_inputs.to.to_string();
    page.paragraph(&match review_inputs.from {
        Some(from) => labels.fill("pack.for_period", &[("from", &from.to_string()), ("to", &to)]),
        None => labels.fill("pack.up_to", &[("to", &to)]),
    });
    let nothing = match review_inputs.contacts.as_slice() {
        [] => pack.label("not_recorded"),
        who => labels.fill("management.nothing", &[("who", &who.join(", "))]),
    };
    for input in &review_inputs.inputs {
        page.heading(2, input.input.id.as_str(), &input.input.title);
        write_unread(pack, page, &input.unread_kinds);
        let rows = rows(pack, input);
        if !rows.is_empty() || input.unread_kinds.is_empty() {
            page.table(&pack.heads(&COLUMNS), &rows, &nothing);
        }
    }
}

fn rows(pack: &Pack<'_, '_>, input: &CollectedInput<'_>) -> Vec<PageRow> {
    let entries = input.entries.iter().map(|index| entry_row(pack, *index));
    let actions = input.actions.iter().filter_map(|(index, at)| action_row(pack, *index, *at));
    let documents = input.documents.iter().map(|index| document_row(pack, *index));
    entries.chain(actions).chain(documents).collect()
}

/// An entry, with the newest value and the target of an indicator or objective.
fn entry_row(pack: &Pack<'_, '_>, index: EntryIndex) -> PageRow {
    let portal = pack.portal;
    let placed_entry = portal.entry(index);
    let text = format!("{} {}", placed_entry.id(), placed_entry.entry.title());
    let mut what = PageCell::link(text, pack.entry_address(index));
    let measured = portal.measurement_text(&placed_entry.entry);
    what.0.extend((!measured.is_empty()).then(|| CellLine::plain(measured)));
    let due = portal.assessment.entry(index).and_then(|life| life.due);
    PageRow::new(vec![
        what,
        PageCell::text(join_names(placed_entry.entry.owners())),
        PageCell::text(due.map(|day| day.to_string()).unwrap_or_default()),
        PageCell::text(state(pack, index)),
    ])
}

/// A decision or an action of an earlier review.
fn action_row(pack: &Pack<'_, '_>, index: EntryIndex, at: usize) -> Option<PageRow> {
    let placed_entry = pack.portal.entry(index);
    let action = placed_entry.entry.actions().nth(at)?;
    let name = action.id().map_or_else(|| placed_entry.id().to_owned(), |id| id.as_str().to_owned());
    Some(PageRow::new(vec![
        PageCell::link(format!("{name} {}", action.what()), pack.entry_address(index)),
        PageCell::text(join_names(action.who())),
        PageCell::text(action.due().map(|day| day.to_string()).unwrap_or_default()),
        PageCell::text(action_day(pack, action)),
    ]))
}

fn document_row(pack: &Pack<'_, '_>, index: DocumentIndex) -> PageRow {
    let portal = pack.portal;
    let state = portal.labels.text(&format!("state.{}", portal.assessment.state(index).as_str())).to_owned();
    let document = portal.document(index);
    let next_review = portal.assessment.life(index).next_review;
    PageRow::new(vec![
        PageCell(vec![document_line(pack, index)]),
        PageCell::text(document.owners.joined().unwrap_or_default().into_owned()),
        PageCell::text(next_review.map(|day| day.to_string()).unwrap_or_default()),
        PageCell::text(state),
    ])
}
