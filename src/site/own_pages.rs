//! Which of its own pages a portal has, and the counts beside them.

use super::layout;
use crate::assess::{Assessed, Deadline, DeadlineKind, DeadlineState, ItemVerdict, Verdict};
use crate::chronicle::HandbookPast;
use crate::handbook::{Document, Handbook, Reading};
use crate::register::{KINDS, Kind};
use crate::standard::Basis;

/// A handbook with more documents than this gets no print pages, which would duplicate all content. Each document's own
/// page can still be printed as a controlled copy, and `clausebook pdf` makes its own print pages.
const MAX_PRINTED_DOCUMENTS: usize = 500;

/// An own page that the navigation lists.
#[derive(Clone, Debug)]
pub struct ListedPage {
    /// The key; the label is `pages.KEY`.
    pub key: &'static str,
    /// The address, relative to the site's root.
    pub path: String,
    /// The section that lists it; empty for the home page.
    pub section: &'static str,
    /// Computes the count beside it.
    pub(crate) count: CountFn,
    /// Whether the page is about figures, so that it is left out of editions without figures.
    pub(crate) needs_figures: bool,
}

/// A count computed from the assessment; `None` if a page has none.
pub(crate) type CountFn = fn(Assessed<'_>) -> Option<usize>;

/// The count of a page without one.
pub(crate) const NO_COUNT: CountFn = |_| None;

/// Open clauses and required items of the main standard.
pub(crate) fn count_gaps(Assessed { reading, assessment }: Assessed<'_>) -> Option<usize> {
    let clauses = assessment.clauses.first().into_iter().flatten();
    let is_open = |verdict: &Verdict| verdict.is_gap();
    let open = clauses
        .filter(|clause| reading.standards.is_unit(clause.clause) && clause.verdict.as_ref().is_some_and(is_open));
    let items = assessment.items.first().into_iter().flatten();
    let missing_items = items.filter(|item| {
        item.basis == Basis::Required && !matches!(item.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded)
    });
    Some(open.count() + missing_items.count())
}

/// The number of findings, as their page lists them.
pub(crate) fn count_findings(assessed: Assessed<'_>) -> Option<usize> {
    Some(assessed.assessment.findings.len())
}

/// The own pages that this portal has.
pub(super) fn select_pages(pages: Vec<ListedPage>, reading: &Reading, past: Option<&HandbookPast>) -> Vec<ListedPage> {
    let handbook = &reading.handbook;
    let has_any = |names: fn(&Document) -> bool| handbook.controlled().any(|(_, document)| names(document));
    // Readiness is unknown in editions that do not show entries.
    let is_whole = reading.settings.edition.as_ref().is_none_or(|edition| !edition.is_limited);
    let information = layout::information(&reading.standards).next().map(|(_, path)| path);
    let is_shown = |page: &ListedPage| match page.key {
        "information" => information.is_some(),
        "practices" => !reading.standards.practices().is_empty(),
        "history" => past.is_some(),
        "owners" => has_any(|document| document.owners.iter().any(|owner| !owner.is_empty())),
        "types" => has_any(|document| !document.doc_type.is_empty()),
        "roles" => has_any(|document| document.audience.iter().any(|role| !role.is_empty())),
        "tags" => has_any(is_tagged),
        "print" => has_print_pages(handbook),
        "acknowledgements" => !handbook.registers.may_withhold && uses_acknowledgements(handbook),
        "actions" => handbook.registers.has_any(),
        "certificate" => {
            is_whole && (handbook.registers.has(Kind::Audits) || reading.settings.shown_certificate().is_some())
        }
        // Pages of registers are named after the registers.
        key => KINDS.iter().find(|row| row.name == key).is_none_or(|row| handbook.registers.has(row.kind)),
    };
    let shows_figures = reading.settings.shows_figures();
    let uncounted = |page: ListedPage| if shows_figures { page } else { ListedPage { count: NO_COUNT, ..page } };
    let with_path = |page: ListedPage| match (page.key, &information) {
        ("information", Some(path)) => ListedPage { path: path.as_str().to_owned(), ..page },
        _ => page,
    };
    let visible = pages.into_iter().filter(|page| shows_figures || !page.needs_figures).filter(is_shown);
    visible.map(uncounted).map(with_path).collect()
}

fn is_tagged(document: &Document) -> bool {
    document.front().is_some_and(|front| !front.tags.is_empty())
}

/// Whether a document requires acknowledgement or acknowledgements are recorded.
fn uses_acknowledgements(handbook: &Handbook) -> bool {
    let asks_readers = |front: &crate::source::front_matter::FrontMatter| front.acknowledge.is_some();
    let any = handbook.controlled().any(|(_, document)| document.front().is_some_and(asks_readers));
    any || handbook.registers.has(Kind::Acknowledgements)
}

/// Whether the site of a handbook has print pages.
pub(super) fn has_print_pages(handbook: &Handbook) -> bool {
    (1..=MAX_PRINTED_DOCUMENTS).contains(&handbook.documents.len())
}

/// The number of open nonconformities that can be read; `None` if there is no register of them.
pub(crate) fn open_nonconformities(Assessed { reading, assessment }: Assessed<'_>) -> Option<usize> {
    let registers = &reading.handbook.registers;
    let nonconformities = registers.of_kind(Kind::Nonconformities).filter_map(|(index, _)| assessment.entry(index));
    registers.has(Kind::Nonconformities).then(|| nonconformities.filter(|life| life.state.is_open()).count())
}

/// The number of open nonconformities; `None` if there is no register of them, or it cannot be read in full.
pub(crate) fn count_open_nonconformities(assessed: Assessed<'_>) -> Option<usize> {
    let is_whole = !assessed.reading.handbook.registers.may_lack(Kind::Nonconformities);
    open_nonconformities(assessed).filter(|_| is_whole)
}

/// The number of late actions and decisions; `None` if there are none, or a register cannot be read in full.
pub(crate) fn count_overdue_actions(Assessed { reading, assessment }: Assessed<'_>) -> Option<usize> {
    let is_action = |deadline: &&Deadline| matches!(deadline.kind, DeadlineKind::Action | DeadlineKind::Decision);
    let overdue =
        assessment.deadlines.iter().filter(is_action).filter(|deadline| deadline.state == DeadlineState::Overdue);
    Some(overdue.count()).filter(|count| *count > 0 && reading.handbook.registers.unread().is_empty())
}
