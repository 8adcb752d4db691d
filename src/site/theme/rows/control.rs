//! The control block of a document, rendered like the component `control`.

use super::escape::text;
use super::items::{Writer, non_empty};
use super::layout::BuiltInRenderer;
use crate::date::Date;
use crate::site::model::{Control, DocumentPage, Link, Person, Shared};
use crate::site::theme::html::Html;

/// The approximate size of a control block in bytes.
const TYPICAL_BLOCK_BYTES: usize = 4096;

/// The width of a fact.
#[derive(Clone, Copy)]
enum FactWidth {
    Narrow,
    Wide,
    /// Wide, and only shown on screen.
    Screen,
}

impl BuiltInRenderer {
    /// Renders the control block on a document's page with the relative path `root` to the site's root.
    pub(super) fn control(&self, page: &DocumentPage, root: &str) -> Html {
        let mut writer = Writer { layout: self, root: &text(root), out: String::with_capacity(TYPICAL_BLOCK_BYTES) };
        writer.block(page);
        Html::new(&writer.out)
    }
}

impl Writer<'_> {
    fn block(&mut self, page: &DocumentPage) {
        let (control, words) = (&page.control, &self.layout.labels);
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
        self.scope(control);
        self.source(control);
    }

    fn people(&mut self, control: &Control) {
        for (key, person) in [("owner", &control.owner), ("author", &control.author), ("approver", &control.approver)] {
            if let Some(person) = person {
                self.fact(key, FactWidth::Narrow, |writer| writer.person(person));
            }
        }
        self.people_fact("reviewers", FactWidth::Narrow, &control.reviewers);
    }

    fn days(&mut self, control: &Control) {
        self.day_fact("date", control.date);
        self.day_fact("approved", control.approved);
        self.day_fact("effective", control.effective);
        self.day_fact("last_review", control.last_review);
        self.day_fact("next_review", control.next_review);
        self.add_text("interval", control.interval.as_ref());
    }

    fn origin(&mut self, control: &Control) {
        self.add_text("classification", control.classification.as_ref());
        self.add_text("issuer", control.issuer.as_ref());
        self.add_text("edition", control.edition.as_ref());
        self.add_text("acknowledged", control.acknowledged.as_ref());
        self.day_fact("checked", control.checked);
        self.day_fact("check_due", control.check_due);
    }

    /// Writes the services, locations and audience, and how the document is kept.
    fn scope(&mut self, control: &Control) {
        self.links("services", &control.services);
        self.links("locations", &control.locations);
        self.people_fact("audience", FactWidth::Wide, &control.audience);
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
        let words = &self.layout.labels;
        let digest = words.control("digest").replace("{digest}", &text(&control.digest));
        self.out.extend(["<div class=\"wide fine\"><dt>", words.control("source"), "</dt><dd><code>"]);
        self.out.extend([&text(&control.source), "</code> <span title=\"", words.control("digest_hint"), "\">"]);
        self.out.extend([&digest, "</span></dd></div>\n</dl>"]);
    }

    /// Writes a fact with its label; `write` writes the value.
    fn fact(&mut self, key: &str, width: FactWidth, write: impl FnOnce(&mut Self)) {
        self.out.push_str(match width {
            FactWidth::Narrow => "<div><dt>",
            FactWidth::Wide => "<div class=\"wide\"><dt>",
            FactWidth::Screen => "<div class=\"wide screen\"><dt>",
        });
        self.out.extend([self.layout.labels.control(key), "</dt><dd>"]);
        write(self);
        self.out.push_str("</dd></div>");
    }

    fn add_text(&mut self, key: &str, what: Option<&String>) {
        if let Some(what) = non_empty(what) {
            self.fact(key, FactWidth::Narrow, |writer| writer.out.push_str(&text(what)));
        }
    }

    fn day_fact(&mut self, key: &str, day: Option<Date>) {
        if let Some(day) = day {
            self.fact(key, FactWidth::Narrow, |writer| writer.day(day));
        }
    }

    fn people_fact(&mut self, key: &str, width: FactWidth, people: &[Shared<Person>]) {
        if !people.is_empty() {
            self.fact(key, width, |writer| writer.separated(people, |writer, person| writer.person(person)));
        }
    }

    fn links(&mut self, key: &str, links: &[Link]) {
        if !links.is_empty() {
            self.fact(key, FactWidth::Narrow, |writer| {
                writer.separated(links, |writer, link| writer.link(&link.text, &link.url))
            });
        }
    }

    pub(super) fn separated<T>(&mut self, things: &[T], write: impl Fn(&mut Self, &T)) {
        for (at, thing) in things.iter().enumerate() {
            self.out.push_str(if at > 0 { ", " } else { "" });
            write(self, thing);
        }
    }
}
