//! The page of the certificate: its details, its cycle and the readiness for the next visit.

use super::readiness::checklist;
use crate::assess::{self, Deadline, DeadlineKind, DeadlineState, EntryState};
use crate::date::Date;
use crate::handbook::EntryIndex;
use crate::register::{Audit, Kind, Period};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{
    AuditFact, CertificatePage, CycleMark, CyclePicture, Frame, Grid, GridCell, GridRow, NextVisit, Tone,
};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The maximum number of events in the table below the picture.
const MAX_EVENTS: usize = 200;
/// The maximum number of overdue visits on the home page.
const MAX_OVERDUE_VISITS: usize = 3;
/// The width of the picture.
const WIDTH: i64 = 1_000;

/// The page, if the settings describe a certificate or there is a register of audits.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    portal.has_navigation_item("certificate").then(|| Job::page(path(), page)).into_iter().collect()
}

/// The address of the page.
pub(super) fn path() -> SitePath {
    layout::own_path("certificate.html")
}

/// An event of the cycle.
struct Event {
    days: Period,
    lane: Lane,
    /// The key of the label for a single event of its kind.
    kind: String,
    title: String,
    url: String,
    tone: Tone,
    state: &'static str,
}

/// The lane of an event in the picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Visit,
    Internal,
    Review,
    Certificate,
}

impl Lane {
    fn label(self) -> &'static str {
        match self {
            Lane::Visit => "certificate.visits",
            Lane::Internal => "certificate.internal",
            Lane::Review => "certificate.management",
            Lane::Certificate => "certificate.title",
        }
    }
}

fn page(portal: &Portal<'_>) -> CertificatePage {
    let frame = portal.frame(&path(), portal.labels.text("pages.certificate"), "certificate");
    let events = events(portal);
    let certificate = portal.reading.settings.shown_certificate();
    CertificatePage {
        frame: Frame { registers: true, ..frame },
        facts: facts(portal),
        scope: certificate.and_then(|certificate| certificate.scope.clone()),
        next: next_visit(portal),
        cycle: picture(portal, &events),
        events: table(portal, &events),
        ready: (!portal.reading.handbook.registers.may_withhold).then(|| checklist(portal)),
    }
}

fn facts(portal: &Portal<'_>) -> Vec<(String, AuditFact)> {
    let Some(certificate) = portal.reading.settings.shown_certificate() else { return Vec::new() };
    let main = portal.reading.standards.main();
    let standard = main.map(|main| portal.reading.standards.catalogue(main).title.clone());
    let text = |text: Option<String>| AuditFact { text: text.unwrap_or_default(), ..AuditFact::default() };
    let day = |day: Option<Date>| AuditFact { day, ..AuditFact::default() };
    [
        ("standard", text(standard)),
        ("no", text(certificate.number.clone())),
        ("body", text(certificate.body.clone())),
        ("decided", day(certificate.decided)),
        ("issued", day(certificate.issued)),
        (if is_expired(portal) { "expired_on" } else { "valid_to" }, day(certificate.expires)),
    ]
    .into_iter()
    .filter(|(_, fact)| !fact.text.is_empty() || fact.day.is_some())
    .map(|(key, fact)| (portal.labels.text(&format!("certificate.{key}")).to_owned(), fact))
    .collect()
}

/// Whether the certificate has expired.
pub(super) fn is_expired(portal: &Portal<'_>) -> bool {
    let expires = portal.reading.settings.shown_certificate().and_then(|certificate| certificate.expires);
    expires.is_some_and(|day| day < portal.assessment.clock.as_of)
}

/// The next visit of the certification body: the next one planned in a register, otherwise the date in the settings.
pub(super) fn next_visit(portal: &Portal<'_>) -> Option<NextVisit> {
    let as_of = portal.assessment.clock.as_of;
    if let Some(visit) = assess::next_visit(portal.reading, as_of) {
        let placed_entry = portal.entry(visit.audit);
        let title = format!("{} {}", placed_entry.id(), placed_entry.entry.title());
        return Some(NextVisit { title, url: portal.entry_address(visit.audit), on: visit.days.from });
    }
    let on = portal.reading.settings.shown_certificate()?.next_audit.filter(|day| *day >= as_of)?;
    Some(NextVisit { title: portal.labels.text("say.next_audit").to_owned(), url: String::new(), on })
}

/// The visits that were not held in time, oldest first; at most [`MAX_OVERDUE_VISITS`].
pub(super) fn overdue_visits(portal: &Portal<'_>) -> Vec<(String, Date)> {
    let is_overdue =
        |deadline: &&Deadline| deadline.kind == DeadlineKind::Visit && deadline.state == DeadlineState::Overdue;
    let visits = portal.deadlines().filter(is_overdue).filter(|_| portal.shows_figures());
    let visits = visits.filter_map(|deadline| Some((portal.deadline_words(deadline), deadline.end.or(deadline.day)?)));
    visits.take(MAX_OVERDUE_VISITS).collect()
}

/// All events of the cycle, by date.
fn events(portal: &Portal<'_>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for kind in [Kind::Audits, Kind::ManagementReviews] {
        events.extend(portal.known_entries(kind).into_iter().filter_map(|index| entry_event(portal, index)));
    }
    let certificate = portal.reading.settings.shown_certificate();
    let clock = portal.assessment.clock;
    let days = certificate
        .into_iter()
        .flat_map(|certificate| [("is_issued", certificate.issued), ("expires", certificate.expires)]);
    events.extend(days.filter_map(|(key, day)| {
        let day = day?;
        let (tone, state) = match key {
            "expires" if day < clock.as_of => (Tone::Overdue, "certificate.expired"),
            "is_issued" if day <= clock.as_of => (Tone::Current, "entry_state.done"),
            "expires" if day <= clock.warning_end() => (Tone::DueSoon, "entry_state.due-soon"),
            _ => (Tone::Future, "entry_state.planned"),
        };
        let title = portal.labels.text(&format!("certificate.{key}")).to_owned();
        let kind = "certificate.title".to_owned();
        let days = Period::single_day(day);
        Some(Event { days, lane: Lane::Certificate, kind, title, url: String::new(), tone, state })
    }));
    events.extend(announced_event(portal));
    events.sort_by_key(|event| event.days);
    events
}

/// The next audit in the settings, where no register has it.
fn announced_event(portal: &Portal<'_>) -> Option<Event> {
    let clock = portal.assessment.clock;
    let visit = assess::announced_visit(portal.reading, clock.as_of)?;
    let (tone, state) = match visit.day <= clock.warning_end() {
        true => (Tone::DueSoon, "entry_state.due-soon"),
        false => (Tone::Future, "entry_state.planned"),
    };
    let kind = visit.kind.map_or("deadline.visit".to_owned(), |kind| format!("audit_kind.{}", kind.as_str()));
    let title = portal.labels.text("say.next_audit").to_owned();
    Some(Event { days: Period::single_day(visit.day), lane: Lane::Visit, kind, title, url: String::new(), tone, state })
}

fn entry_event(portal: &Portal<'_>, index: EntryIndex) -> Option<Event> {
    let as_of = portal.assessment.clock.as_of;
    let placed_entry = portal.entry(index);
    let entry = &placed_entry.entry;
    let held = entry.record.days("held").filter(|held| held.to <= as_of);
    let days = held.or_else(|| entry.record.days("planned"))?;
    let (lane, kind) = match Audit::from_entry(entry).map(Audit::kind) {
        Some(Some(kind)) if kind.is_visit() => (Lane::Visit, format!("audit_kind.{}", kind.as_str())),
        Some(kind) => {
            (Lane::Internal, kind.map_or("deadline.audit".to_owned(), |kind| format!("audit_kind.{}", kind.as_str())))
        }
        None => (Lane::Review, "deadline.management-review".to_owned()),
    };
    let (tone, state) = match held {
        Some(_) => (Tone::Current, "entry_state.held"),
        None if days.to < as_of => (Tone::Overdue, "entry_state.overdue"),
        None if portal.assessment.entry(index)?.state == EntryState::DueSoon => (Tone::DueSoon, "entry_state.due-soon"),
        None => (Tone::Future, "entry_state.planned"),
    };
    let title = format!("{} {}", placed_entry.id(), entry.title());
    Some(Event { days, lane, kind, title, url: portal.entry_address(index), tone, state })
}

fn picture(portal: &Portal<'_>, events: &[Event]) -> Option<CyclePicture> {
    let first = events.iter().map(|event| event.days.from).min()?;
    let last = events.iter().map(|event| event.days.to).max()?;
    let (begin, end) =
        (first_of_year(first.year_month_day().0), first_of_year(last.year_month_day().0.checked_add(1)?));
    let span = i64::from(begin.days_until(end)).max(1);
    let x = |day: Date| (i64::from(begin.days_until(day)) * WIDTH / span).clamp(0, WIDTH);
    let lane = |lane: Lane| {
        let marks = events.iter().filter(|event| event.lane == lane).map(|event| CycleMark {
            x: x(event.days.from),
            // The picture distinguishes only what was held, is planned or is overdue.
            mark: portal.tone(if event.tone == Tone::DueSoon { Tone::Future } else { event.tone }, event.state),
            url: event.url.clone(),
            title: format!("{}, {}", event.title, portal.days_text(event.days)),
        });
        (portal.labels.text(lane.label()).to_owned(), marks.take(MAX_EVENTS).collect())
    };
    let certificate = portal.reading.settings.shown_certificate();
    let valid = certificate.and_then(|certificate| Some((x(certificate.issued?), x(certificate.expires?))));
    Some(CyclePicture {
        years: (begin.year_month_day().0..=last.year_month_day().0)
            .map(|year| (x(first_of_year(year)), year))
            .collect(),
        today: x(portal.assessment.clock.as_of),
        valid: valid.map(|(from, to)| (from, (to - from).max(0))),
        lanes: [Lane::Visit, Lane::Internal, Lane::Review].map(lane).into_iter().collect(),
    })
}

fn first_of_year(year: i16) -> Date {
    format!("{year:04}-01-01").parse().unwrap_or(Date::MIN)
}

fn table(portal: &Portal<'_>, events: &[Event]) -> Grid {
    let row = |event: &Event| GridRow {
        id: String::new(),
        cells: vec![
            GridCell { url: event.url.clone(), ..GridCell::text(event.title.as_str()) },
            GridCell::text(portal.labels.text(&event.kind)),
            GridCell::days(Some(event.days)),
            GridCell::mark(portal.tone(event.tone, event.state)),
        ],
    };
    Grid {
        label: portal.labels.text("certificate.cycle").to_owned(),
        columns: portal.column_headings(&["event", "kind", "days", "state"]),
        rows: events.iter().take(MAX_EVENTS).map(row).collect(),
        hidden_count: events.len().saturating_sub(MAX_EVENTS),
        ..Grid::default()
    }
}
