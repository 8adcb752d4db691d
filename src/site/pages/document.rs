//! Pages for the handbook's own files.

use std::cmp::Reverse;
use std::sync::OnceLock;

use super::map::neighbour_diagram;
use super::open_entries;
use super::related::{referring, relations};
use crate::assess::{State, edition_check, version_before};
use crate::finding::Finding;
use crate::handbook::{Document, DocumentIndex, ReviewRule};
use crate::markdown::Heading;
use crate::register::Kind;
use crate::site::body;
use crate::site::chips;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{
    AddressedClause, ClaimChip, Control, DocumentLink, DocumentPage, FindingRow, Frame, HistoryEntry, Html, Link,
    ProsePage, RedirectPage, ReviewRecord, Shared, SuspicionNote, TocEntry,
};
use crate::site::portal::Portal;
use crate::site::theme::{Theme, ThemeError};
use crate::source::front_matter::{Change, Extent, FrontMatter};
use crate::url::SitePath;

/// The maximum number of referring documents on a page.
const MAX_REFERENCES: usize = 100;
/// The maximum number of findings on a page.
const MAX_FINDINGS: usize = 50;

/// The maximum number of chips beside a document's title.
const MAX_CHIPS: usize = 4;

/// A page for each document and page except the home page, and one for each former address.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let home = layout::home();
    let pages =
        portal.reading.handbook.indexed().filter(|(_, document)| document.url != home).map(|(index, document)| {
            let path = document.url.clone();
            if document.is_controlled() {
                Job::from_parts(path, move |portal, theme| document_page(portal, index, theme))
            } else {
                Job::page(path, move |portal| prose_page(portal, index))
            }
        });
    pages.chain(aliases(portal)).collect()
}

fn document_page(portal: &Portal<'_>, index: DocumentIndex, theme: &Theme) -> Result<DocumentPage, ThemeError> {
    let document = portal.document(index);
    let rows = portal.row_renderer(&document.url.to_top(), theme);
    let (chips, chips_more) = shown_chips(portal, document);
    let visible_count = document.referenced_by.len().min(MAX_REFERENCES);
    let referenced_by = &document.referenced_by[..visible_count];
    Ok(DocumentPage {
        frame: portal.document_frame(index),
        id: document.id().map(ToString::to_string).unwrap_or_default(),
        kind: portal.kind(&document.doc_type),
        kind_url: portal.types.get(&document.doc_type).map_or_else(String::new, |entry| url(&entry.path)),
        badge: portal.badge(index),
        chips,
        chips_more,
        actions: portal.actions(index),
        suspicions: suspicions(portal, index),
        caveats: portal.caveat_notes(index),
        superseded_text: pending_version_notice(portal, index),
        control: control(portal, index),
        body: Html::new(&body::render_explained(portal, index, &document.url)),
        toc: toc(body::headings(document)).into(),
        clauses: addressed_clauses(portal, document),
        provides: document.provides.iter().map(|(key, _)| portal.item_row(portal.assessment.item(*key))).collect(),
        related: links_for_custom_templates(portal, theme, &document.related),
        depends_on: links_for_custom_templates(portal, theme, &document.depends_on),
        supersedes: links_for_custom_templates(portal, theme, &document.supersedes),
        superseded_by: portal.document_links(&document.superseded_by),
        referenced_by: links_for_custom_templates(portal, theme, referenced_by),
        referenced_by_more: document.referenced_by.len() - visible_count,
        relations: relations(portal, document, &rows)?,
        referenced_rows: referring(portal, referenced_by, &rows)?,
        vicinity: neighbour_diagram(portal, index),
        history: history(document).into(),
        versions: crate::site::versions::path(portal, index).map(|path| url(&path)),
        reviews: if portal.shows_figures() { reviews(document) } else { Vec::new() },
        findings: worst_findings(portal, index),
        more_findings: portal.document_findings[index.at()].len().saturating_sub(MAX_FINDINGS),
        entries: open_entries::of_document(portal, index).into(),
        pager: portal.pager(index),
    })
}

/// Links for custom templates; empty without them, since the built-in templates use the rendered rows.
fn links_for_custom_templates(
    portal: &Portal<'_>,
    theme: &Theme,
    documents: &[DocumentIndex],
) -> Vec<Shared<DocumentLink>> {
    if theme.has_own_templates() { portal.document_links(documents) } else { Vec::new() }
}

/// The findings in a document; if there are too many, the most severe ones.
fn worst_findings(portal: &Portal<'_>, index: DocumentIndex) -> Vec<FindingRow> {
    let mut all: Vec<usize> = portal.document_findings[index.at()].iter().map(|at| *at as usize).collect();
    if all.len() > MAX_FINDINGS {
        // Not sorted by position, so that the selection does not depend on the order of a register's lines.
        all.sort_by_key(|at| {
            let Finding { severity, problem, .. } = &portal.assessment.findings[*at];
            (Reverse(*severity), problem.rule, &problem.message)
        });
        all.truncate(MAX_FINDINGS);
    }
    all.into_iter().map(|at| portal.finding_row(at)).collect()
}

/// The chips beside the title, and the number of further clauses that the document claims.
fn shown_chips(portal: &Portal<'_>, document: &Document) -> (Vec<ClaimChip>, usize) {
    let mut chips = chips::document_chips(portal, document);
    let hidden_count = chips.len().saturating_sub(MAX_CHIPS);
    chips.truncate(MAX_CHIPS);
    (chips, hidden_count)
}

/// A notice about the version that is in force until the version shown takes effect; `None` if that has happened.
fn pending_version_notice(portal: &Portal<'_>, index: DocumentIndex) -> Option<String> {
    if !portal.shows_figures() {
        return None;
    }
    let is_future = portal.assessment.state(index) == State::Future;
    let version = version_before(portal.document(index), portal.assessment.clock.as_of).filter(|_| is_future)?;
    Some(portal.labels.fill("say.superseded_text", &[("version", version)]))
}

/// What makes the document suspect.
fn suspicions(portal: &Portal<'_>, index: DocumentIndex) -> Vec<SuspicionNote> {
    let note = |suspect: crate::rules::SuspectLink| {
        let front = suspect.target.and_then(|target| portal.document(target).front()).filter(|_| !suspect.is_replaced);
        SuspicionNote {
            document: suspect.target.map(|target| portal.document_link(target)),
            version: front.and_then(|front| front.version.as_ref()).map(|text| text.value.clone()),
            replaced: suspect.is_replaced,
            successor: suspect
                .successor
                .filter(|_| suspect.is_replaced)
                .map(|successor| portal.document_link(successor)),
            changed: suspect.changed,
            seen: suspect.reviewed,
            summary: suspect.summary,
        }
    };
    portal.suspect_links(index).into_iter().map(note).collect()
}

fn prose_page(portal: &Portal<'_>, index: DocumentIndex) -> ProsePage {
    let document = portal.document(index);
    ProsePage {
        frame: portal.document_frame(index),
        body: Html::new(&body::render_explained(portal, index, &document.url)),
        toc: toc(body::headings(document)),
        actions: portal.actions(index),
        pager: portal.pager(index),
    }
}

/// The table of contents of a page. First-level headings in the content are shown as second-level headings.
fn toc(headings: &[Heading]) -> Vec<TocEntry> {
    TocEntry::nest(headings.iter().map(|heading| (heading.level.max(2), heading.id.as_str(), heading.text.as_str())))
}

/// The control block of a document.
pub(super) fn control(portal: &Portal<'_>, index: DocumentIndex) -> Control {
    let document = portal.document(index);
    let life = portal.assessment.life(index);
    let Some(front) = document.front() else { return Control::default() };
    let text = |value: &Option<crate::place::Located<String>>| value.as_ref().map(|text| text.value.clone());
    let edition_check = edition_check(document, portal.assessment.clock.as_of).filter(|_| portal.shows_figures());
    Control {
        version: text(&front.version),
        owner: portal.people(&document.owners),
        author: portal.people(&document.authors),
        approver: portal.people(&document.approvers),
        reviewers: front.reviewers.iter().map(|name| portal.owner(&name.value)).collect(),
        approved: front.approved.as_ref().map(|date| date.value),
        effective: front.effective.as_ref().map(|date| date.value),
        date: front.date.as_ref().map(|date| date.value),
        last_review: life.last_review.filter(|_| portal.shows_figures()),
        next_review: life.next_review.filter(|_| portal.shows_figures()),
        interval: interval(portal, document),
        classification: document.classification.as_deref().map(str::to_owned),
        audience: document.audience.iter().map(|role| portal.role(role)).collect(),
        services: portal.party_links(Kind::Services, &front.services),
        locations: portal.party_links(Kind::Locations, &front.locations),
        retention: text(&front.retention),
        location: text(&front.location),
        issuer: text(&front.issuer),
        edition: text(&front.edition),
        acknowledged: super::acknowledgements::in_words(portal, index),
        checked: edition_check.and_then(|check| check.last),
        check_due: edition_check.and_then(|check| check.due),
        tags: portal.tags_of(document).map(|tag| tag.to_string()).collect(),
        source: document.path().to_string(),
        digest: document.shown_digest().to_string().chars().take(12).collect(),
        laid_out: OnceLock::new(),
    }
}

fn interval(portal: &Portal<'_>, document: &Document) -> Option<String> {
    match document.review {
        ReviewRule::Every(interval) => {
            let (key, count) = match interval {
                crate::date::Interval::Days(days) => ("say.every_days", days),
                crate::date::Interval::Months(months) => ("say.every_months", months),
            };
            Some(portal.labels.count(key, count.into()))
        }
        ReviewRule::Next(_) | ReviewRule::Unknown => None,
        ReviewRule::Never => Some(portal.labels.text("say.no_review").to_owned()),
    }
}

/// The clauses that a document addresses, in the order of standards, each with the sections that address it.
pub(super) fn addressed_clauses(portal: &Portal<'_>, document: &Document) -> Vec<AddressedClause> {
    let mut keys: Vec<_> = document.claims.iter().map(|claim| claim.clause).collect();
    keys.sort();
    keys.dedup();
    let of = |key| {
        let claims: Vec<_> = document.claims.iter().filter(|claim| claim.clause == key).collect();
        let sections = claims.iter().filter_map(|claim| document.file.body.headings.get(claim.heading? as usize));
        let link = |heading: &Heading| Link {
            text: heading.text.to_string(),
            url: document.url.fragment_relative_to(&document.url, &heading.id),
        };
        let claims_whole_document = claims.iter().any(|claim| claim.heading.is_none());
        AddressedClause {
            clause: portal.clause_link(key),
            extent: claims.iter().map(|claim| claim.certain_extent()).max().unwrap_or(Extent::Partial),
            note: claims.iter().find_map(|claim| claim.note.clone()),
            sections: if claims_whole_document { Vec::new() } else { sections.map(link).collect() },
        }
    };
    keys.into_iter().map(of).collect()
}

/// The revision history, newest first.
pub(super) fn history(document: &Document) -> Vec<HistoryEntry> {
    let changes = document.front().map_or(&[][..], |front| &front.changes);
    let mut history: Vec<HistoryEntry> = changes.iter().map(history_entry).collect();
    history.reverse();
    history.sort_by_key(|entry| std::cmp::Reverse(entry.on));
    history
}

/// An entry of a revision history.
pub(super) fn history_entry(change: &Change) -> HistoryEntry {
    HistoryEntry {
        version: change.version.as_ref().map(|text| text.value.clone()),
        on: change.date.as_ref().map(|date| date.value),
        by: change.author.as_ref().map(|text| text.value.clone()),
        summary: change.summary.as_ref().map(|text| text.value.clone()),
    }
}

fn reviews(document: &Document) -> Vec<ReviewRecord> {
    let empty = FrontMatter::default();
    let front = document.front().unwrap_or(&empty);
    let mut reviews: Vec<ReviewRecord> = front
        .reviews
        .iter()
        .map(|review| ReviewRecord {
            on: review.date.value,
            by: review.reviewer.as_ref().map(|text| text.value.clone()),
            version: review.version.as_ref().map(|text| text.value.clone()),
            note: review.note.as_ref().map(|text| text.value.clone()),
            matches: review.digest.as_ref().map(|digest| document.has_digest(digest.value)),
        })
        .collect();
    reviews.sort_by_key(|review| std::cmp::Reverse(review.on));
    reviews
}

/// A redirect at each former address that is not in use.
fn aliases(portal: &Portal<'_>) -> Vec<Job> {
    let job = |(index, path): &(DocumentIndex, SitePath)| {
        let (index, place) = (*index, path.clone());
        Job::page(path.clone(), move |portal| redirect(portal, index, &place))
    };
    portal.reading.handbook.addresses.aliases.iter().map(job).collect()
}

fn redirect(portal: &Portal<'_>, index: DocumentIndex, place: &SitePath) -> RedirectPage {
    let document = portal.document(index);
    RedirectPage {
        frame: Frame { path: url(place), root: place.to_top(), title: document.title.to_string(), ..Frame::default() },
        target: url(&document.url),
    }
}
