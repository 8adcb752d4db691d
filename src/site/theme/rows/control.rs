//! The control block of a document, rendered like the component `control`.

use super::escape::text;
use super::items::{Writer, non_empty};
use super::layout::Layout;
use crate::date::Date;
use crate::site::model::{Control, DocumentPage, Link, Person, Shared};
use crate::site::theme::html::Html;

/// The approximate size of a control block in bytes.
const USUAL_BLOCK: usize = 4096;

/// The width of a fact.
#[derive(Clone, Copy)]
enum FactWidth {
    Narrow,
    Wide,
    /// Wide, and only shown on screen.
    Screen,
}

impl Layout {
    /// Renders the control block on a document's page with the relative path `root` to the site's root.
    pub(super) fn control(&self, page: &DocumentPage, root: &str) -> Html {
        let mut writer = Writer { layout: self, root: &text(root), out: String::with_capacity(USUAL_BLOCK) };
        writer.block(page);
        Html::new(&writer.out)
    }
}

impl Writer<'_> {
    fn block(&mut self, page: &DocumentPage) {
        let (control, words) = (&page.control, &self.layout.words);
        self.out.extend(["<dl class=\"control\">\n<div><dt>", words.control("id"), "</dt><dd class=\"id\">"]);
        self.out.extend([&text(&page.id), "</dd></div>"]);
        self.add_text("version", control.version.as_ref());
        self.fact("type", FactWidth::Narrow, |writer| writer.out.push_str(&text(&page.kind.name)));
        self.out.push('\n');
        self.fact("status", FactWidth::Narrow, |writer| writer.out.push_str(words.status(page.badge.status)));
        if page.badge.state.is_some() {
            self.fact("state", FactWidth::Narrow, |writer| writer.state(Some(&page.badge)));
        }
        self.people(control);
        self.days(control);
        self.origin(control);
        self.reach(control);
        self.source(control);
    }

    fn people(&mut self, control: &Control) {
        for (key, person) in [("owner", &control.owner), ("author", &control.author), ("approver", &control.approver)] {
            if let Some(person) = person {
                self.fact(key, FactWidth::Narrow, |writer| writer.person(person));
            }
        }
        self.several("reviewers", FactWidth::Narrow, &control.reviewers);
    }

    fn days(&mut self, control: &Control) {
        self.on("date", control.date);
        self.on("approved", control.approved);
        self.on("effective", control.effective);
        self.on("last_review", control.last_review);
        self.on("next_review", control.next_review);
        self.add_text("interval", control.interval.as_ref());
    }

    fn origin(&mut self, control: &Control) {
        self.add_text("classification", control.classification.as_ref());
        self.add_text("issuer", control.issuer.as_ref());
        self.add_text("edition", control.edition.as_ref());
        self.add_text("acknowledged", control.acknowledged.as_ref());
        self.on("checked", control.checked);
        self.on("check_due", control.check_due);
    }

    /// Writes the services, locations and audience, and how the document is kept.
    fn reach(&mut self, control: &Control) {
        self.links("services", &control.services);
        self.links("locations", &control.locations);
        self.several("audience", FactWidth::Wide, &control.audience);
        for (key, what) in [("retention", &control.retention), ("location", &control.location)] {
            if let Some(what) = non_empty(what.as_ref()) {
                self.fact(key, FactWidth::Wide, |writer| writer.out.push_str(&text(what)));
            }
        }
        if !control.tags.is_empty() {
            self.fact("tags", FactWidth::Screen, |writer| writer.out.push_str(&text(&control.tags.join(", "))));
        }
    }

    fn source(&mut self, control: &Control) {
        let words = &self.layout.words;
        let digest = words.control("digest").replace("{digest}", &text(&control.digest));
        self.out.extend(["<div class=\"wide fine\"><dt>", words.control("source"), "</dt><dd><code>"]);
        self.out.extend([&text(&control.source), "</code> <span title=\"", words.control("digest_hint"), "\">"]);
        self.out.extend([&digest, "</span></dd></div>\n</dl>"]);
    }

    /// Writes a fact with its label; `write` writes the value.
    fn fact(&mut self, key: &str, room: FactWidth, write: impl FnOnce(&mut Self)) {
        self.out.push_str(match room {
            FactWidth::Narrow => "<div><dt>",
            FactWidth::Wide => "<div class=\"wide\"><dt>",
            FactWidth::Screen => "<div class=\"wide screen\"><dt>",
        });
        self.out.extend([self.layout.words.control(key), "</dt><dd>"]);
        write(self);
        self.out.push_str("</dd></div>");
    }

    fn add_text(&mut self, key: &str, what: Option<&String>) {
        if let Some(what) = non_empty(what) {
            self.fact(key, FactWidth::Narrow, |writer| writer.out.push_str(&text(what)));
        }
    }

    fn on(&mut self, key: &str, day: Option<Date>) {
        if let Some(day) = day {
            self.fact(key, FactWidth::Narrow, |writer| writer.day(day));
        }
    }

    fn several(&mut self, key: &str, room: FactWidth, people: &[Shared<Person>]) {
        if !people.is_empty() {
            self.fact(key, room, |writer| writer.each(people, |writer, person| writer.person(person)));
        }
    }

    fn links(&mut self, key: &str, links: &[Link]) {
        if !links.is_empty() {
            self.fact(key, FactWidth::Narrow, |writer| {
                writer.each(links, |writer, link| writer.link(&link.text, &link.url))
            });
        }
    }

    fn each<T>(&mut self, things: &[T], write: impl Fn(&mut Self, &T)) {
        for (at, thing) in things.iter().enumerate() {
            self.out.push_str(if at > 0 { ", " } else { "" });
            write(self, thing);
        }
    }
}
