//! Sections of a pack about what was done: audits, reviews, changes, and what is open.

use super::documents::version;
use super::ground::{AUDITS_PATH, Pack};
use super::lists::named;
use super::shell::{Cell, Page, Piece, Row};
use crate::assess::{DeadlineState, GatheredInput, ReviewInputs};
use crate::finding::{Finding, Waived};
use crate::handbook::EntryIndex;
use crate::register::{Action, Audit, Effect, EffectResult, Kind, Nonconformity, Period};
use crate::site::changes::newest;
use crate::site::entries::joined;

const NO_REGISTER: &str = "The handbook has no such register, or this edition does not show it.";

fn days(period: Option<Period>) -> String {
    match period {
        Some(Period { from, to }) if from == to => from.to_string(),
        Some(Period { from, to }) => format!("{from} to {to}"),
        None => String::new(),
    }
}

fn state(pack: &Pack<'_, '_>, index: EntryIndex) -> String {
    let life = pack.portal.assessment.entry(index);
    life.map(|life| pack.portal.labels.text(&format!("entries.state.{}", life.state.as_str())).to_owned())
        .unwrap_or_default()
}

/// The audit programme and what was found.
pub(super) fn audits(pack: &Pack<'_, '_>, page: &mut Page) {
    let portal = pack.portal;
    let as_of = portal.assessment.clock.as_of;
    page.heading(2, "audits", "Audits");
    let row = |index: EntryIndex| {
        let entry = &portal.entry(index).entry;
        let audit = Audit::of(entry)?;
        let clauses: Vec<String> = entry.clauses().iter().map(|one| one.value.to_string()).collect();
        let auditors: Vec<&str> = audit.auditors().map(|(who, _)| who.value.as_str()).collect();
        let id = portal.entry(index).id();
        Some(Row::at(
            id,
            vec![
                Cell::text(format!("{id} {}", entry.title())),
                Cell::text(audit.kind().map_or("", |kind| kind.as_str())),
                Cell::text(days(audit.planned())),
                Cell::text(days(audit.held(as_of))),
                Cell::text(clauses.join(", ")),
                Cell::text(auditors.join(", ")),
                Cell::text(state(pack, index)),
            ],
        ))
    };
    let rows: Vec<Row> = portal.known_entries(Kind::Audits).into_iter().filter_map(row).collect();
    page.table(&["Audit", "Kind", "Planned", "Held", "Clauses", "Auditors", "State"], &rows, NO_REGISTER);
    page.heading(2, "findings", "Findings");
    let rows: Vec<Row> =
        portal.known_entries(Kind::Nonconformities).into_iter().filter_map(|index| finding(pack, index)).collect();
    let heads =
        ["Finding", "Grade", "Source", "Clauses", "Owner", "Cause", "Actions", "Due", "Closed", "Effect", "State"];
    page.table(&heads, &rows, NO_REGISTER);
}

fn finding(pack: &Pack<'_, '_>, index: EntryIndex) -> Option<Row> {
    let placed = pack.portal.entry(index);
    let found = Nonconformity::of(&placed.entry)?;
    let life = pack.portal.assessment.entry(index)?;
    let as_of = pack.portal.assessment.clock.as_of;
    let day = |day: Option<crate::date::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let clauses: Vec<String> = placed.entry.clauses().iter().map(|one| one.value.to_string()).collect();
    let references = pack.portal.reference_links(placed.entry.record.references("source"));
    let sources: Vec<String> = references.into_iter().map(|link| link.text).collect();
    Some(Row::at(
        placed.id(),
        vec![
            Cell::text(format!("{} {}", placed.id(), placed.entry.title())),
            Cell::text(found.grade_name().unwrap_or_default()),
            Cell::text(sources.join(", ")),
            Cell::text(clauses.join(", ")),
            Cell::text(joined(placed.entry.owners())),
            Cell::text(found.cause().unwrap_or_default()),
            Cell(placed.entry.actions().map(|action| action_line(pack, action)).collect()),
            Cell::text(day(life.due)),
            Cell::text(day(life.closed)),
            Cell::text(effect(found.effect(), as_of)),
            Cell::text(state(pack, index)),
        ],
    ))
}

fn effect(effect: Effect<'_>, as_of: crate::date::Date) -> String {
    match (effect.checked(as_of), effect.due()) {
        (Some((day, EffectResult::Effective)), _) => format!("effective, checked on {day}"),
        (Some((day, _)), _) => format!("not effective, checked on {day}"),
        (None, Some(due)) => format!("to be checked by {due}"),
        (None, None) => String::new(),
    }
}

fn action_line(pack: &Pack<'_, '_>, action: Action<'_>) -> Piece {
    let as_of = pack.portal.assessment.clock.as_of;
    let when = match (action.done().filter(|done| *done <= as_of), action.due()) {
        (Some(done), _) => format!("done on {done}"),
        (None, Some(due)) if due < as_of => format!("overdue since {due}"),
        (None, Some(due)) => format!("due on {due}"),
        (None, None) => "no date".to_owned(),
    };
    Piece { text: format!("{} ({}, {when})", action.what(), joined(action.who())), to: None }
}

/// Management reviews with their decisions.
pub(super) fn reviews(pack: &Pack<'_, '_>, page: &mut Page) {
    let portal = pack.portal;
    let as_of = portal.assessment.clock.as_of;
    let row = |index: EntryIndex| {
        let entry = &portal.entry(index).entry;
        let review = crate::register::ManagementReview::of(entry)?;
        let minutes = portal.reference_links(entry.record.references("minutes"));
        let minutes: Vec<Piece> = minutes.into_iter().map(|link| Piece { text: link.text, to: None }).collect();
        Some(Row::at(
            portal.entry(index).id(),
            vec![
                Cell::text(format!("{} {}", portal.entry(index).id(), entry.title())),
                Cell::text(days(review.planned())),
                Cell::text(days(review.held(as_of))),
                Cell::text(joined(review.present())),
                Cell(minutes),
                Cell(entry.actions().map(|action| action_line(pack, action)).collect()),
                Cell::text(state(pack, index)),
            ],
        ))
    };
    let rows: Vec<Row> = portal.known_entries(Kind::ManagementReviews).into_iter().filter_map(row).collect();
    page.table(&["Review", "Planned", "Held", "Present", "Minutes", "Decisions", "State"], &rows, NO_REGISTER);
}

/// What the revision histories say, newest first.
pub(super) fn changes(pack: &Pack<'_, '_>, page: &mut Page) {
    if let Some(since) = pack.order.since {
        page.paragraph(&format!("Changes since {since}, newest first."));
    }
    let all = newest(pack.portal);
    let wanted = all.iter().filter(|change| pack.order.since.is_none_or(|since| change.on >= since));
    let row = |dated: &crate::site::changes::DatedChange<'_>| {
        let text = |value: &Option<crate::place::Located<String>>| {
            value.as_ref().map(|text| text.value.clone()).unwrap_or_default()
        };
        Row::of(vec![
            Cell::text(dated.on.to_string()),
            Cell(vec![named(pack, dated.document)]),
            Cell::text(text(&dated.change.version)),
            Cell::text(text(&dated.change.summary)),
            Cell::text(joined(&dated.change.approver)),
        ])
    };
    let rows: Vec<Row> = wanted.map(row).collect();
    page.table(
        &["Day", "Document", "Version", "What changed, and why", "Approved by"],
        &rows,
        "No document records a change.",
    );
    // What a version says today is on the page of its document.
    let current =
        pack.portal.reading.handbook.controlled().filter(|(_, document)| version(document).is_empty()).count();
    if current > 0 {
        page.paragraph(&format!("{current} documents have no version."));
    }
}

fn finding_row(pack: &Pack<'_, '_>, finding: &Finding) -> Row {
    let about = finding.document.as_ref().map(|id| match pack.portal.reading.handbook.lookup.by_id(id) {
        Some(index) => named(pack, index),
        None => Piece { text: id.to_string(), to: None },
    });
    Row::of(vec![
        Cell::text(pack.portal.labels.text(&format!("severity.{}", finding.severity.as_str()))),
        Cell::text(finding.problem.rule.0),
        Cell(about.into_iter().collect()),
        Cell::message(&finding.problem.message),
    ])
}

/// What is wrong today. No pack goes without it.
pub(super) fn open(pack: &Pack<'_, '_>, page: &mut Page) {
    let assessment = pack.portal.assessment;
    page.heading(2, "findings", "Findings of the check");
    let rows: Vec<Row> = assessment.findings.iter().map(|finding| finding_row(pack, finding)).collect();
    page.table(&["Severity", "Rule", "Document", "What is wrong"], &rows, "None.");
    page.heading(2, "waivers", "Waived");
    let row = |waived: &Waived| {
        Row::of(vec![
            Cell::text(waived.finding.problem.rule.0),
            Cell::message(&waived.finding.problem.message),
            Cell::text(waived.reason.clone()),
            Cell::text(waived.who.clone()),
            Cell::text(waived.until.to_string()),
        ])
    };
    let rows: Vec<Row> = assessment.waived.iter().map(row).collect();
    page.table(&["Rule", "What is wrong", "Reason", "Who is accountable", "Until"], &rows, "None.");
    page.heading(2, "overdue", "Overdue");
    let late = pack.portal.deadlines().filter(|one| one.state == DeadlineState::Overdue);
    let row = |one: &crate::assess::Deadline| {
        let who: Vec<&str> = one.who.iter().map(|who| &**who).collect();
        let kind = pack.portal.labels.text(&format!("deadline.{}", one.kind.as_str())).to_owned();
        Row::of(vec![
            Cell::text(one.day.to_string()),
            Cell::text(kind),
            Cell::text(format!("{} {}", one.id, one.what).trim()),
            Cell::text(who.join(", ")),
        ])
    };
    let rows: Vec<Row> = late.map(row).collect();
    page.table(&["Day", "Kind", "What", "Who"], &rows, "None.");
}

/// What the handbook records on each input of the management review.
pub(super) fn inputs(pack: &Pack<'_, '_>, page: &mut Page) {
    let gathered = ReviewInputs::of(pack.portal.assessed(), pack.order.period);
    let since = gathered.from.map_or_else(String::new, |from| format!("from {from} "));
    page.paragraph(&format!("For the period {since}to {}.", gathered.to));
    for input in &gathered.inputs {
        page.heading(2, input.input.id.as_str(), &input.input.title);
        let rows = input_rows(pack, input);
        let nothing = match gathered.ask.as_slice() {
            _ if pack.portal.reading.settings.is_limited() => "Nothing that this edition shows.".to_owned(),
            [] => "Nothing is recorded.".to_owned(),
            who => format!("Nothing is recorded: ask the {}.", who.join(", ")),
        };
        page.table(&["What", "State"], &rows, &nothing);
    }
}

fn input_rows(pack: &Pack<'_, '_>, input: &GatheredInput<'_>) -> Vec<Row> {
    let portal = pack.portal;
    let entry = |index: &EntryIndex| {
        let placed = portal.entry(*index);
        let text = format!("{} {}", placed.id(), placed.entry.title());
        let has_place = matches!(placed.entry.kind, Kind::Audits | Kind::Nonconformities);
        let what =
            if has_place { Cell::link(text, format!("{AUDITS_PATH}#{}", placed.id())) } else { Cell::text(text) };
        Row::of(vec![what, Cell::text(state(pack, *index))])
    };
    let document = |index: &crate::handbook::DocumentIndex| {
        let state = portal.labels.text(&format!("state.{}", portal.assessment.state(*index).as_str())).to_owned();
        Row::of(vec![Cell(vec![named(pack, *index)]), Cell::text(state)])
    };
    input.entries.iter().map(entry).chain(input.documents.iter().map(document)).collect()
}
