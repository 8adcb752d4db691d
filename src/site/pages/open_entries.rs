//! Entries of registers on other pages: those about a clause, those that name a document, and a summary of all.

use super::audit::{MAX_ROWS, approved_since};
use super::certificate::{next_visit, overdue_visits};
use super::entry_grids::{findings, overdue_actions};
use super::programme::audit_state;
use super::readiness::checklist;
use crate::assess::{Deadline, DeadlineKind, DeadlineState, EntryLife};
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::id::ClauseKey;
use crate::register::Kind;
use crate::site::model::{ClauseAudits, Grid, GridCell, GridRow, NamingEntries, OpenEntries};
use crate::site::own_pages::open_nonconformities;
use crate::site::portal::Portal;

/// The maximum number of entries in the table on a document's page, and of completed entries below it.
const MAX_ENTRIES: usize = 50;

/// The audits of a clause; `None` if there is no audit programme or it does not include the clause.
pub(super) fn of_clause(portal: &Portal<'_>, key: ClauseKey) -> Option<ClauseAudits> {
    let audit = portal.unit_audit(key)?;
    let label = |key: &str| portal.labels.text(key).to_owned();
    let changed = audit.last.map(|(held, _)| approved_since(portal, &[key], held)).unwrap_or_default();
    let either = |is_unseen: bool, otherwise: &str| label(if is_unseen { "audits.unseen" } else { otherwise });
    Some(ClauseAudits {
        mark: audit_state(portal, audit.state),
        last: audit.last.map(|(held, index)| (portal.entry_link(index), held)),
        no_last: either(audit.hidden.last, "audits.never"),
        next: audit.next.map(|(planned, index)| (portal.entry_link(index), planned.from)),
        no_next: either(audit.hidden.next, "audits.none_planned"),
        open: findings(portal, &label("audits.open"), &audit.open).at_most(MAX_ROWS),
        more_open: audit.hidden.open.then(|| label("audits.more_open")),
        changed: Grid { label: label("audits.changed_one"), ..super::audit::change_grid(portal, &changed, MAX_ROWS) },
    })
}

/// The entries that name a document: those that are not completed as a table, the completed ones as links.
pub(super) fn of_document(portal: &Portal<'_>, document: DocumentIndex) -> Option<NamingEntries> {
    let is_known = |index: &EntryIndex| portal.assessment.entry(*index).is_some();
    let naming: Vec<EntryIndex> =
        portal.reading.handbook.registers.entries_naming(document).iter().copied().filter(is_known).collect();
    if naming.is_empty() {
        return None;
    }
    // Without figures, no page shows what is completed.
    let is_completed = |index: &EntryIndex| {
        portal.shows_figures() && portal.assessment.entry(*index).is_some_and(EntryLife::is_completed)
    };
    let (completed, remaining): (Vec<EntryIndex>, Vec<EntryIndex>) =
        naming.iter().partition(|index| is_completed(index));
    let title = |index: EntryIndex| portal.entry(index).entry.title().to_owned();
    let label = portal.naming_title(&naming);
    let columns = portal.column_headings(&["id", "entry", "kind", "state"]);
    let rows = remaining.iter().take(MAX_ENTRIES).map(|index| naming_row(portal, *index)).collect();
    Some(NamingEntries {
        entries: Grid { label, columns, rows, ..Grid::default() },
        more: remaining.len().saturating_sub(MAX_ENTRIES),
        completed: completed.iter().take(MAX_ENTRIES).map(|index| (portal.entry_link(*index), title(*index))).collect(),
        more_completed: completed.len().saturating_sub(MAX_ENTRIES),
        as_of: portal.assessment.clock.as_of,
    })
}

fn naming_row(portal: &Portal<'_>, index: EntryIndex) -> GridRow {
    let entry = &portal.entry(index).entry;
    let cells = vec![
        portal.entry_cell(index),
        GridCell::text(entry.title()),
        GridCell::text(portal.kind_of_entry(index)),
        GridCell { note: overdue_actions(portal, entry), ..GridCell::mark(portal.entry_mark(index)) },
    ];
    GridRow { id: String::new(), cells }
}

/// A summary for the home page; `None` if there is no register or this edition withholds entries.
pub(super) fn of_home(portal: &Portal<'_>) -> Option<OpenEntries> {
    let registers = &portal.reading.handbook.registers;
    if !registers.has_any() || registers.may_withhold {
        return None;
    }
    let is_late = |deadline: &&Deadline| {
        deadline.state == DeadlineState::Overdue
            && matches!(deadline.kind, DeadlineKind::Action | DeadlineKind::Decision)
    };
    let is_visit_due = next_visit(portal).is_some() || !overdue_visits(portal).is_empty();
    // What cannot be read may be open as well.
    let at_least = |is_partial: bool, count: usize| match is_partial {
        true => portal.labels.fill("open_entries.at_least", &[("n", &count.to_string())]),
        false => count.to_string(),
    };
    let lacks_findings = registers.may_lack(Kind::Nonconformities);
    Some(OpenEntries {
        nonconformities: open_nonconformities(portal.assessed()).map(|count| at_least(lacks_findings, count)),
        actions: at_least(!registers.unread().is_empty(), portal.deadlines().filter(is_late).count()),
        // The certificate next to it names the visit.
        visit: next_visit(portal).filter(|_| portal.reading.settings.certificate.is_none()),
        ready: (is_visit_due && registers.has(Kind::Audits)).then(|| checklist(portal).mark),
    })
}
