//! The home page: the state of the management system and links to its parts.

use super::attention::attention;
use super::calendar::{entries, scheduled_reviews};
use super::certificate::{is_expired, next_visit, overdue_visits};
use super::forecast::forecast;
use super::open_entries;
use crate::assess::{Assessment, newest_later_day};
use crate::date::Date;
use crate::finding::Severity;
use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;
use crate::site::body;
use crate::site::changes::{DatedChange, newest};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{
    Certificate, Frame, GroupCoverage, HeatTile, HomePage, Html, Link, MapRow, RecentChange, StateCount, StateTally,
    Tally, Tone, hundredths, percentage,
};
use crate::site::portal::Portal;
use crate::site::register::Register;
use crate::site::rows::{group_clauses, top_clauses};

/// The number of days ahead for which reviews are shown.
const REVIEW_DAYS: i32 = 90;
/// The maximum number of reviews shown.
const MAX_REVIEWS: usize = 12;
/// The maximum number of changes shown.
const MAX_CHANGES: usize = 6;
/// The maximum number of documents in the tooltip of a clause.
const MAX_IN_HINT: usize = 3;

/// The home page.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::home(), home)]
}

fn home(portal: &Portal<'_>) -> HomePage {
    let main = portal.reading.standards.main();
    let tops = main.map_or_else(Vec::new, |main| top_clauses(portal, main));
    let reviews = upcoming(portal);
    let Register { documents, tally } = portal.register();
    let others = portal.reading.standards.to_cover().filter(|standard| Some(*standard) != main);
    if !portal.shows_figures() {
        return home_without_figures(portal);
    }
    HomePage {
        frame: frame(portal),
        introduction: introduction(portal),
        later_files: newest_later_day(&portal.reading.handbook, portal.assessment.clock.as_of),
        standard: main.map(|main| portal.standard_link(main)).unwrap_or_default(),
        figures: Some(main.map(|main| portal.figures(main)).unwrap_or_default()),
        forecast: forecast(portal),
        groups: tops.iter().map(|top| group(portal, *top)).collect(),
        map: tops.iter().map(|top| map_row(portal, *top)).collect(),
        states: shares(&tally.states),
        tally: tally.clone(),
        documents: documents.len(),
        attention: attention(portal),
        errors: Assessment::count(portal.assessment, Severity::Error),
        reviews: entries(portal, &reviews[..reviews.len().min(MAX_REVIEWS)]),
        reviews_more: reviews.len().saturating_sub(MAX_REVIEWS),
        changes: changes(portal),
        certificate: certificate(portal),
        entries: open_entries::of_home(portal),
        others: others.map(|standard| (portal.standard_link(standard), portal.figures(standard))).collect(),
    }
}

/// The home page without anything that depends on states or verdicts.
fn home_without_figures(portal: &Portal<'_>) -> HomePage {
    let main = portal.reading.standards.main();
    HomePage {
        frame: frame(portal),
        introduction: introduction(portal),
        later_files: None,
        standard: main.map(|main| portal.standard_link(main)).unwrap_or_default(),
        figures: None,
        forecast: None,
        groups: Vec::new(),
        map: Vec::new(),
        states: Vec::new(),
        tally: Tally::default(),
        documents: portal.register().documents.len(),
        attention: Vec::new(),
        errors: 0,
        reviews: Vec::new(),
        reviews_more: 0,
        changes: changes(portal),
        certificate: certificate(portal),
        entries: open_entries::of_home(portal),
        others: Vec::new(),
    }
}

/// The handbook's page at the address of the home page, if there is one.
fn own_page(portal: &Portal<'_>) -> Option<DocumentIndex> {
    let home = layout::home();
    portal.reading.handbook.indexed().find(|(_, document)| document.url == home).map(|(index, _)| index)
}

fn frame(portal: &Portal<'_>) -> Frame {
    let home_document = own_page(portal).map(|index| portal.document(index));
    let title = home_document.map_or(portal.reading.settings.title.as_str(), |document| &document.title);
    let pictures = home_document.is_some_and(|document| document.file.body.has_diagrams());
    Frame {
        description: portal.reading.settings.description.clone(),
        pictures,
        registers: portal.reading.handbook.registers.has_any(),
        ..portal.frame(&layout::home(), title, "home")
    }
}

fn introduction(portal: &Portal<'_>) -> Option<Html> {
    let html = body::render_explained(portal, own_page(portal)?, &layout::home());
    (!html.trim().is_empty()).then(|| Html::new(&html))
}

fn group(portal: &Portal<'_>, top: ClauseKey) -> GroupCoverage {
    GroupCoverage { clause: portal.bare_clause_link(top), figures: portal.figures_of_group(top) }
}

fn map_row(portal: &Portal<'_>, top: ClauseKey) -> MapRow {
    let units = group_clauses(portal, top).into_iter().filter(|key| portal.reading.standards.is_unit(*key));
    MapRow { clause: portal.bare_clause_link(top), tiles: units.map(|key| tile(portal, key)).collect() }
}

fn tile(portal: &Portal<'_>, key: ClauseKey) -> HeatTile {
    let clause = portal.bare_clause_link(key);
    let mut documents: Vec<DocumentIndex> = Vec::new();
    for claim in &portal.assessment.clause(key).claims {
        if !documents.contains(&claim.document) {
            documents.push(claim.document);
        }
        if documents.len() > MAX_IN_HINT {
            break;
        }
    }
    let document_names = documents.iter().take(MAX_IN_HINT).map(|index| {
        let document = portal.document(*index);
        let owner = document.owners.joined().map(|owner| format!(", {owner}")).unwrap_or_default();
        format!("{} {}{owner}", document.id().map_or("", |id| id.as_str()), document.title)
    });
    let rest = (documents.len() > MAX_IN_HINT).then(|| "…".to_owned());
    let lines = std::iter::once(clause.title.clone()).chain(document_names).chain(rest);
    HeatTile { hint: lines.collect::<Vec<_>>().join("\n"), clause }
}

/// The segments of a bar with a width of 100.
fn shares(states: &[StateTally]) -> Vec<StateCount> {
    let total: usize = states.iter().map(|entry| entry.count).sum();
    let mut before = 0;
    let place = |entry: &StateTally| {
        let x = percentage(before, total);
        before += entry.count;
        StateCount { state: entry.state, count: entry.count, x, width: hundredths(percentage(before, total) - x) }
    };
    states.iter().map(place).collect()
}

fn upcoming(portal: &Portal<'_>) -> Vec<(Date, DocumentIndex)> {
    let as_of = portal.assessment.clock.as_of;
    let end = as_of.plus_days(REVIEW_DAYS);
    scheduled_reviews(portal).into_iter().filter(|(date, _)| (as_of..=end).contains(date)).collect()
}

fn changes(portal: &Portal<'_>) -> Vec<RecentChange> {
    let change = |dated: &DatedChange<'_>| RecentChange {
        on: dated.date,
        version: dated.change.version.as_ref().map(|text| text.value.clone()),
        summary: dated.change.summary.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        document: portal.document_link(dated.document),
    };
    newest(portal).iter().take(MAX_CHANGES).map(change).collect()
}

pub(super) fn certificate(portal: &Portal<'_>) -> Option<Certificate> {
    let settings = portal.reading.settings.shown_certificate()?;
    let main = portal.reading.standards.main();
    Some(Certificate {
        number: settings.number.clone(),
        standard: main.map(|main| portal.reading.standards.catalogue(main).title.clone()).unwrap_or_default(),
        body: settings.body.clone(),
        scope: settings.scope.clone(),
        issued: settings.issued,
        valid_to: settings.expires,
        expired: is_expired(portal).then(|| portal.tone(Tone::Overdue, "certificate.expired")),
        next_audit: next_visit(portal).map(|visit| (visit.title, visit.on)),
        overdue_visits: overdue_visits(portal),
        overdue_mark: portal.tone(Tone::Overdue, "entry_state.overdue"),
        more: portal.has_navigation_item("certificate").then(|| Link {
            text: portal.labels.text("pages.certificate").to_owned(),
            url: "certificate.html".to_owned(),
        }),
    })
}
