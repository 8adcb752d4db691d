//! Deadlines as iCalendar files, one for all and one for each owner, and as CSV.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::data::csv;
use super::feed::absolute;
use crate::assess::{Deadline, DeadlineKind, DeadlineSubject};
use crate::date::Date;
use crate::site::directory::free_page;
use crate::site::icalendar::Lines;
use crate::site::identity::uuid;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::portal::Portal;
use crate::url::SitePath;

/// Deadlines that can stand in a calendar: those that are open and have a day.
fn dated<'a>(portal: &Portal<'a>) -> impl Iterator<Item = &'a Deadline> + use<'a> {
    portal.open_deadlines().filter(|one| one.day.is_some())
}

/// A file of all deadlines, and one for each role; none without a deadline, as a calendar may not be empty.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let events = Events::default();
    let of_owners = of_roles(portal).into_iter().map(|(name, path)| {
        let events = events.clone();
        Job::file(path, move |portal| calendar(portal, &events, Some(&name)))
    });
    let of_all = || {
        Job::file(all(), {
            let events = events.clone();
            move |portal| calendar(portal, &events, None)
        })
    };
    let has_any = dated(portal).next().is_some();
    of_owners.chain(has_any.then(of_all)).collect()
}

/// The file of each role that is to do something: beside its page, where it owns documents and so has one.
pub(super) fn of_roles(portal: &Portal<'_>) -> Vec<(Arc<str>, SitePath)> {
    let names: BTreeSet<&Arc<str>> = dated(portal).flat_map(|one| &one.who).collect();
    let pages = portal.owners.iter().map(|(_, entry)| &entry.path).chain([&portal.owners.index]);
    let mut taken: BTreeSet<SitePath> = pages.map(SitePath::folded).collect();
    let mut file = |name: &Arc<str>| {
        let page = portal.owners.get(name).map(|entry| entry.path.clone());
        let page = page.unwrap_or_else(|| free_page("owners", name, &mut taken));
        (name.clone(), beside(&page))
    };
    names.into_iter().filter(|name| !name.is_empty()).map(&mut file).collect()
}

/// The table of all deadlines.
pub(super) fn table(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::file(layout::own("deadlines.csv"), deadlines_csv)]
}

/// Where the file of all deadlines is.
pub(super) fn all() -> SitePath {
    layout::own("deadlines.ics")
}

/// Where an owner's file is, when there is one.
pub(super) fn link_of_owner(portal: &Portal<'_>, name: &str) -> Option<String> {
    let entry = portal.owners.get(name).filter(|_| portal.shows_figures())?;
    has_deadline(portal, name).then(|| url(&beside(&entry.path)))
}

fn has_deadline(portal: &Portal<'_>, name: &str) -> bool {
    of_owner(portal, name).next().is_some()
}

/// The file beside a page.
fn beside(page: &SitePath) -> SitePath {
    let name = page.as_str();
    layout::own(&format!("{}.ics", name.strip_suffix(".html").unwrap_or(name)))
}

fn of_owner<'a>(portal: &Portal<'a>, name: &str) -> impl Iterator<Item = &'a Deadline> {
    let name = name.to_owned();
    dated(portal).filter(move |one| is_of(one, &name))
}

fn is_of(deadline: &Deadline, owner: &str) -> bool {
    deadline.who.iter().any(|who| **who == *owner)
}

/// What files say of each open deadline, written when the first file is: most stand in two.
type Events = Arc<OnceLock<Vec<Lines>>>;

fn calendar(portal: &Portal<'_>, events: &Events, owner: Option<&str>) -> Vec<u8> {
    let title = format!("{}: {}", portal.reading.settings.title, portal.labels.text("pages.calendar"));
    let name = owner.map_or(title.clone(), |owner| format!("{title}, {owner}"));
    let mut lines = Lines::default();
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clausebook//Deadlines//EN", "CALSCALE:GREGORIAN"]
        .iter()
        .for_each(|line| lines.raw(line));
    lines.raw(&format!("UID:{}", uuid(portal, &["reviews", owner.unwrap_or_default()])));
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION:P1D");
    let events = events.get_or_init(|| dated(portal).map(|deadline| event(portal, deadline)).collect());
    let is_shown = |one: &Deadline| owner.is_none_or(|owner| is_of(one, owner));
    let shown = dated(portal).zip(events).filter(|(deadline, _)| is_shown(deadline));
    shown.for_each(|(_, event)| lines.append(event));
    lines.raw("END:VCALENDAR");
    lines.into_bytes()
}

/// A deadline. Its name stays when its day moves, so that it moves in calendars too.
fn event(portal: &Portal<'_>, deadline: &Deadline) -> Lines {
    let mut lines = Lines::default();
    lines.raw("BEGIN:VEVENT");
    lines.raw(&format!("UID:{}", identity(portal, deadline)));
    // Not the clock's time: the same handbook on the same day gives the same file.
    lines.raw(&format!("DTSTAMP:{}T000000Z", compact(portal.assessment.clock.as_of)));
    if let Some(day) = deadline.day {
        lines.raw(&format!("DTSTART;VALUE=DATE:{}", compact(day)));
    }
    if let Some(end) = deadline.end {
        // The day after the last one.
        lines.raw(&format!("DTEND;VALUE=DATE:{}", compact(end.plus_days(1))));
    }
    let kind = portal.labels.fill(&format!("deadline.{}", deadline.kind.as_str()), &[]);
    lines.text("SUMMARY", &format!("{kind}: {}", portal.deadline_words(deadline)));
    let description = description(portal, deadline);
    if !description.is_empty() {
        lines.text("DESCRIPTION", &description);
    }
    let address = portal.deadline_address(deadline);
    if portal.reading.settings.base_url.is_some() && !address.is_empty() {
        lines.raw(&format!("URL:{}", absolute(portal, &address)));
    }
    lines.raw("TRANSP:TRANSPARENT");
    lines.raw("END:VEVENT");
    lines
}

/// Who is to do it; of a document also its version and its last review.
fn description(portal: &Portal<'_>, deadline: &Deadline) -> String {
    let owner = Some(Portal::deadline_owner(deadline)).filter(|owner| !owner.is_empty());
    let document = match deadline.of {
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

fn identity(portal: &Portal<'_>, deadline: &Deadline) -> String {
    let number = match deadline.of {
        DeadlineSubject::Action(_, number) | DeadlineSubject::Waiver(number) => number.to_string(),
        DeadlineSubject::Certificate if deadline.kind == DeadlineKind::Visit => text_of(deadline.day),
        _ => String::new(),
    };
    match deadline.kind {
        DeadlineKind::Review | DeadlineKind::Refresh => uuid(portal, &["review", &deadline.id]),
        _ => uuid(portal, &["deadline", deadline.kind.as_str(), &deadline.id, &number]),
    }
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn text_of(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Columns of the table of deadlines.
const COLUMNS: [&str; 8] = ["day", "end", "kind", "state", "id", "what", "who", "page"];

fn deadlines_csv(portal: &Portal<'_>) -> Vec<u8> {
    let line = |one: &Deadline| {
        vec![
            text_of(one.day),
            text_of(one.end),
            one.kind.as_str().to_owned(),
            one.state.as_str().to_owned(),
            one.id.to_string(),
            one.what.to_string(),
            Portal::deadline_owner(one),
            portal.deadline_address(one),
        ]
    };
    csv(std::iter::once(COLUMNS.map(str::to_owned).to_vec()).chain(portal.deadlines().map(line)))
}
