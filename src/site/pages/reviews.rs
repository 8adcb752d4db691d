//! Next reviews as iCalendar files: one for all, and one for each owner.

use super::calendar::{next_review, scheduled};
use super::feed::absolute;
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::site::icalendar::Lines;
use crate::site::identity::uuid;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::portal::Portal;
use crate::url::SitePath;

/// Reviews by date.
type Reviews = Vec<(Date, DocumentIndex)>;

/// A file of all reviews, and one for each owner; none without a review, as a calendar may not be empty.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let owners = portal.owners.iter().filter(|(_, entry)| has_review(portal, entry.documents.iter().copied()));
    let of_owners = owners.map(|(name, entry)| {
        let name = name.clone();
        let content = move |portal: &Portal<'_>| calendar(portal, &of_owner(portal, &name), Some(&name));
        Job::file(beside(&entry.path), content)
    });
    let controlled = portal.reading.handbook.controlled().map(|(index, _)| index);
    let of_all = || Job::file(all(), |portal| calendar(portal, &scheduled(portal), None));
    of_owners.chain(has_review(portal, controlled).then(of_all)).collect()
}

fn has_review(portal: &Portal<'_>, mut documents: impl Iterator<Item = DocumentIndex>) -> bool {
    documents.any(|index| next_review(portal, index).is_some())
}

/// Where the file of all reviews is.
pub(super) fn all() -> SitePath {
    layout::own("reviews.ics")
}

/// The address of a file, unless there is none for want of reviews.
pub(super) fn link(reviews: &[(Date, DocumentIndex)], path: &SitePath) -> Option<String> {
    (!reviews.is_empty()).then(|| url(path))
}

/// Where an owner's file is, when there is one.
pub(super) fn link_of_owner(portal: &Portal<'_>, name: &str) -> Option<String> {
    let entry = portal.owners.get(name)?;
    has_review(portal, entry.documents.iter().copied()).then(|| url(&beside(&entry.path)))
}

/// The file beside a page.
fn beside(page: &SitePath) -> SitePath {
    let name = page.as_str();
    layout::own(&format!("{}.ics", name.strip_suffix(".html").unwrap_or(name)))
}

fn of_owner(portal: &Portal<'_>, name: &str) -> Reviews {
    let documents = portal.owners.get(name).map_or(&[][..], |entry| &entry.documents);
    let mut list: Reviews = documents.iter().filter_map(|index| next_review(portal, *index)).collect();
    list.sort();
    list
}

fn calendar(portal: &Portal<'_>, reviews: &Reviews, owner: Option<&str>) -> Vec<u8> {
    let title = format!("{}: {}", portal.reading.settings.title, portal.labels.text("pages.calendar"));
    let name = owner.map_or(title.clone(), |owner| format!("{title}, {owner}"));
    let mut lines = Lines::default();
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clausebook//Reviews//EN", "CALSCALE:GREGORIAN"]
        .iter()
        .for_each(|line| lines.raw(line));
    lines.raw(&format!("UID:{}", uuid(portal, &["reviews", owner.unwrap_or_default()])));
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION:P1D");
    reviews.iter().for_each(|(on, document)| event(&mut lines, portal, *on, *document));
    lines.raw("END:VCALENDAR");
    lines.into_bytes()
}

/// Adds a review. Its name stays when its day moves, so that it moves in calendars too.
fn event(lines: &mut Lines, portal: &Portal<'_>, on: Date, index: DocumentIndex) {
    let document = portal.document(index);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    lines.raw("BEGIN:VEVENT");
    lines.raw(&format!("UID:{}", uuid(portal, &["review", &id])));
    // Not the clock's time: the same handbook on the same day gives the same file.
    lines.raw(&format!("DTSTAMP:{}T000000Z", compact(portal.assessment.clock.as_of)));
    lines.raw(&format!("DTSTART;VALUE=DATE:{}", compact(on)));
    lines.text("SUMMARY", &portal.labels.fill("say.review_of", &[("document", &format!("{id} {}", document.title))]));
    lines.text("DESCRIPTION", &description(portal, index));
    if portal.reading.settings.base_url.is_some() {
        lines.raw(&format!("URL:{}", absolute(portal, &url(&document.url))));
    }
    lines.raw("TRANSP:TRANSPARENT");
    lines.raw("END:VEVENT");
}

fn description(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let document = portal.document(index);
    let version = document.front().and_then(|front| front.version.as_ref()).map(|text| text.value.as_str());
    let last = portal.assessment.life(index).last_review.map(|date| portal.labels.day(date));
    let owner = document.owners.joined();
    let facts =
        [("control.version", version), ("control.owner", owner.as_deref()), ("control.last_review", last.as_deref())];
    let line = |(key, value): (&str, Option<&str>)| Some(format!("{}: {}", portal.labels.text(key), value?));
    facts.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}
