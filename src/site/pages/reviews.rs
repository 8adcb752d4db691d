//! Deadlines as iCalendar files, for all and for each owner, and as CSV.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::data::csv;
use super::feed::absolute_url;
use crate::assess::{Deadline, DeadlineKind, DeadlineSubject};
use crate::date::Date;
use crate::site::directory::unused_page;
use crate::site::icalendar::CalendarLines;
use crate::site::identity::uuid;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::portal::Portal;
use crate::url::SitePath;

/// The deadlines that a calendar can contain: those that are open and have a date.
fn dated_deadlines<'a>(portal: &Portal<'a>) -> impl Iterator<Item = &'a Deadline> + use<'a> {
    portal.open_deadlines().filter(|deadline| deadline.day.is_some())
}

/// The file of all deadlines and a file for each role; none without deadlines, since calendars must not be empty.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let events = Events::default();
    let of_owners = role_files(portal).into_iter().map(|(name, path)| {
        let events = events.clone();
        Job::file(path, move |portal| calendar(portal, &events, Some(&name)))
    });
    let of_all = || {
        Job::file(calendar_path(), {
            let events = events.clone();
            move |portal| calendar(portal, &events, None)
        })
    };
    let has_any = dated_deadlines(portal).next().is_some();
    of_owners.chain(has_any.then(of_all)).collect()
}

/// The files of roles with deadlines. If a role has a page as an owner, its file is next to the page.
pub(super) fn role_files(portal: &Portal<'_>) -> Vec<(Arc<str>, SitePath)> {
    let names: BTreeSet<&Arc<str>> = dated_deadlines(portal).flat_map(|deadline| &deadline.assignees).collect();
    let pages = portal.owners.iter().map(|(_, entry)| &entry.path).chain([&portal.owners.index]);
    let mut taken: BTreeSet<SitePath> = pages.map(SitePath::folded).collect();
    let mut file = |name: &Arc<str>| {
        let page = portal.owners.get(name).map(|entry| entry.path.clone());
        let page = page.unwrap_or_else(|| unused_page("owners", name, &mut taken));
        (name.clone(), calendar_path_for(&page))
    };
    names.into_iter().filter(|name| !name.is_empty()).map(&mut file).collect()
}

/// The CSV file of all deadlines.
pub(super) fn csv_jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::file(layout::own_path("deadlines.csv"), deadlines_csv)]
}

/// The address of the file with all deadlines.
pub(super) fn calendar_path() -> SitePath {
    layout::own_path("deadlines.ics")
}

/// The address of an owner's file, if there is one.
pub(super) fn owner_calendar_url(portal: &Portal<'_>, name: &str) -> Option<String> {
    let entry = portal.owners.get(name).filter(|_| portal.shows_figures())?;
    has_deadline(portal, name).then(|| url(&calendar_path_for(&entry.path)))
}

fn has_deadline(portal: &Portal<'_>, name: &str) -> bool {
    owner_deadlines(portal, name).next().is_some()
}

/// The address of the file next to a page.
fn calendar_path_for(page: &SitePath) -> SitePath {
    let name = page.as_str();
    layout::own_path(&format!("{}.ics", name.strip_suffix(".html").unwrap_or(name)))
}

fn owner_deadlines<'a>(portal: &Portal<'a>, name: &str) -> impl Iterator<Item = &'a Deadline> {
    let name = name.to_owned();
    dated_deadlines(portal).filter(move |deadline| belongs_to(deadline, &name))
}

fn belongs_to(deadline: &Deadline, owner: &str) -> bool {
    deadline.assignees.iter().any(|who| **who == *owner)
}

/// The events of all open deadlines, written for the first file, because most occur in two.
type Events = Arc<OnceLock<Vec<CalendarLines>>>;

fn calendar(portal: &Portal<'_>, events: &Events, owner: Option<&str>) -> Vec<u8> {
    let title = format!("{}: {}", portal.reading.settings.title, portal.labels.text("pages.calendar"));
    let name = owner.map_or(title.clone(), |owner| format!("{title}, {owner}"));
    let mut lines = CalendarLines::default();
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clausebook//Deadlines//EN", "CALSCALE:GREGORIAN"]
        .iter()
        .for_each(|line| lines.push_raw(&[line]));
    lines.push_raw(&["UID:", &uuid(portal, &["reviews", owner.unwrap_or_default()])]);
    lines.push_text("NAME", &name);
    lines.push_text("X-WR-CALNAME", &name);
    lines.push_raw(&["REFRESH-INTERVAL;VALUE=DURATION:P1D"]);
    let events = events.get_or_init(|| dated_deadlines(portal).map(|deadline| event(portal, deadline)).collect());
    let is_shown = |deadline: &Deadline| owner.is_none_or(|owner| belongs_to(deadline, owner));
    let selected = dated_deadlines(portal).zip(events).filter(|(deadline, _)| is_shown(deadline));
    selected.for_each(|(_, event)| lines.append(event));
    lines.push_raw(&["END:VCALENDAR"]);
    lines.into_bytes()
}

/// A deadline as an event. Its UID does not depend on its date, so that it moves when the date does.
fn event(portal: &Portal<'_>, deadline: &Deadline) -> CalendarLines {
    let mut lines = CalendarLines::for_event();
    lines.push_raw(&["BEGIN:VEVENT"]);
    lines.push_raw(&["UID:", &deadline_key(portal, deadline)]);
    // Not the current time, so that the same handbook gives the same file on the same day.
    lines.push_raw(&["DTSTAMP:", &compact(portal.assessment.clock.as_of), "T000000Z"]);
    if let Some(day) = deadline.day {
        lines.push_raw(&["DTSTART;VALUE=DATE:", &compact(day)]);
    }
    if let Some(end) = deadline.end {
        // The end is exclusive.
        lines.push_raw(&["DTEND;VALUE=DATE:", &compact(end.plus_days(1))]);
    }
    let kind = ["deadline.", deadline.kind.as_str()].concat();
    let summary = [portal.labels.text(&kind), ": ", &portal.deadline_words(deadline)].concat();
    lines.push_text("SUMMARY", &summary);
    let description = description(portal, deadline);
    if !description.is_empty() {
        lines.push_text("DESCRIPTION", &description);
    }
    let address = portal.deadline_address(deadline);
    if portal.reading.settings.base_url.is_some() && !address.is_empty() {
        lines.push_raw(&["URL:", &absolute_url(portal, &address)]);
    }
    lines.push_raw(&["TRANSP:TRANSPARENT"]);
    lines.push_raw(&["END:VEVENT"]);
    lines
}

/// The owners of a deadline and, for a document, its version and last review.
fn description(portal: &Portal<'_>, deadline: &Deadline) -> String {
    let owner = Some(Portal::deadline_owner(deadline)).filter(|owner| !owner.is_empty());
    let document = match deadline.subject {
        DeadlineSubject::Document(index) => Some(index),
        _ => None,
    };
    let version =
        document.and_then(|index| portal.document(index).front()?.version.as_ref().map(|text| text.value.clone()));
    let last = document.and_then(|index| portal.assessment.life(index).last_review).map(|date| portal.labels.day(date));
    let facts = [("control.version", version), ("control.owner", owner), ("control.last_review", last)];
    let line = |(key, value): (&str, Option<String>)| Some(format!("{}: {}", portal.labels.text(key), value?));
    facts.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn deadline_key(portal: &Portal<'_>, deadline: &Deadline) -> String {
    let number = match deadline.subject {
        DeadlineSubject::Action(_, number) | DeadlineSubject::Waiver(number) => number.to_string(),
        DeadlineSubject::Visit { .. } => text_of(deadline.day),
        _ => String::new(),
    };
    // Calendars know an action by its entry and its place there.
    let id = match deadline.subject {
        DeadlineSubject::Action(index, _) => portal.entry(index).id(),
        _ => &deadline.id,
    };
    match deadline.kind {
        DeadlineKind::Review | DeadlineKind::Refresh => uuid(portal, &["review", &deadline.id]),
        _ => uuid(portal, &["deadline", deadline.kind.as_str(), id, &number]),
    }
}

fn compact(date: Date) -> String {
    let mut digits = date.to_string();
    digits.retain(|c| c != '-');
    digits
}

fn text_of(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// The columns of the CSV file.
const COLUMNS: [&str; 9] = ["day", "end", "kind", "state", "id", "what", "who", "page", "action"];

fn deadlines_csv(portal: &Portal<'_>) -> Vec<u8> {
    let line = |deadline: &Deadline| {
        vec![
            text_of(deadline.day),
            text_of(deadline.end),
            deadline.kind.as_str().to_owned(),
            deadline.state.as_str().to_owned(),
            deadline.id.to_string(),
            deadline.task.to_string(),
            Portal::deadline_owner(deadline),
            portal.deadline_address(deadline),
            deadline.number.map(|number| number.to_string()).unwrap_or_default(),
        ]
    };
    csv(std::iter::once(COLUMNS.map(str::to_owned).to_vec()).chain(portal.deadlines().map(line)))
}
