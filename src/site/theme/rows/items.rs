//! Rows of lists of documents, rendered like `listed.html` and `related.html`.

use super::escape::text;
use super::layout::BuiltInRenderer;
use crate::date::Date;
use crate::language::direction;
use crate::site::model::{Badge, DocumentLink, HistoryEntry, ListItem, ListRow, Person};
use crate::site::theme::html::Html;
use crate::source::front_matter::Status;

/// The approximate size of a row in bytes.
const TYPICAL_ROW_BYTES: usize = 800;

impl BuiltInRenderer {
    /// Renders an item of a list on a page with the relative path `root` to the site's root.
    pub(crate) fn list_item(&self, item: ListItem<'_>, root: &str) -> Html {
        let mut writer = Writer { layout: self, root: &text(root), out: String::with_capacity(TYPICAL_ROW_BYTES) };
        match item {
            ListItem::Listed(listed) => writer.listed(&listed.row, listed.shows_owner),
            ListItem::Related(related) => writer.related(&related.document, related.has_state),
        }
        Html::new(&writer.out)
    }
}

/// Writes HTML with a layout.
pub(super) struct Writer<'a> {
    pub(super) layout: &'a BuiltInRenderer,
    /// The escaped relative path to the site's root.
    pub(super) root: &'a str,
    pub(super) out: String,
}

impl Writer<'_> {
    fn related(&mut self, document: &DocumentLink, has_state: bool) {
        self.out.push_str("<li>");
        self.document(document);
        if has_state {
            self.out.push(' ');
            self.state(document.badge.as_ref());
        }
        self.out.push_str("</li>");
    }

    fn listed(&mut self, row: &ListRow, shows_owner: bool) {
        self.out.push_str("<li><p class=\"name\">");
        self.document(&row.document);
        self.out.push(' ');
        self.state(row.document.badge.as_ref());
        self.out.push_str("</p>\n");
        self.facts(row, shows_owner);
        row.changes.iter().for_each(|change| self.change(change));
        if let Some(approved) = row.approved {
            self.out.extend(["<p class=\"change\">", self.layout.labels.control("approved"), ": "]);
            self.day(approved);
            self.out.push_str("</p>");
        }
        if let Some(change) = non_empty(row.change.as_ref()).filter(|_| row.changes.is_empty()) {
            self.out.push_str("<p class=\"change\">");
            if let Some(on) = row.changed_on {
                self.day(on);
                self.out.push_str(": ");
            }
            self.out.extend([&text(change), "</p>"]);
        }
        self.out.push_str("</li>\n");
    }

    fn facts(&mut self, row: &ListRow, shows_owner: bool) {
        let words = &self.layout.labels;
        self.out.extend(["<p class=\"facts\"><span>", &text(&row.document.kind.name), "</span>"]);
        if let Some(version) = non_empty(row.version.as_ref()) {
            self.out.extend([" <span>", words.control("version"), " ", &text(version), "</span>"]);
        }
        if let Some(reading) = non_empty(row.reading.as_ref()) {
            self.out.extend([" <span>", &text(reading), "</span>"]);
        }
        if let Some(owner) = row.owner.as_ref().filter(|_| shows_owner) {
            self.out.push_str(" <span>");
            self.person(owner);
            self.out.push_str("</span>");
        }
        if let Some(day) = row.next_review {
            self.out.extend([" <span>", words.control("next_review"), ": "]);
            self.day(day);
            self.out.push_str("</span>");
        }
        self.out.push_str("</p>");
    }

    fn change(&mut self, change: &HistoryEntry) {
        self.out.push_str("<p class=\"change\">");
        change.on.into_iter().for_each(|on| self.day(on));
        if let Some(version) = non_empty(change.version.as_ref()) {
            self.out.extend([", ", self.layout.labels.control("version"), " ", &text(version)]);
        }
        if let Some(summary) = non_empty(change.summary.as_ref()) {
            self.out.extend([": ", &text(summary)]);
        }
        self.out.push_str("</p>");
    }

    pub(super) fn day(&mut self, day: Date) {
        self.out.push_str(self.layout.days.date_element(day).as_str());
    }

    /// Writes a link to a document, like the component `document`.
    fn document(&mut self, document: &DocumentLink) {
        self.out.extend(["<a class=\"doc\" href=\"", self.root, &text(&document.url), "\">"]);
        if !document.id.is_empty() {
            self.out.extend(["<span class=\"id\">", &text(&document.id), "</span> "]);
        }
        match &document.lang {
            Some(lang) => {
                self.out.extend(["<span lang=\"", &text(lang), "\" dir=\"", direction(lang), "\">"]);
                self.out.extend([&text(&document.title), "</span></a>"]);
            }
            None => self.out.extend([&text(&document.title), "</a>"]),
        }
    }

    /// Writes a document's state, like the component `state`.
    pub(super) fn state(&mut self, badge: Option<&Badge>) {
        let Some(badge) = badge else { return };
        let Some(state) = badge.state else {
            if badge.status != Status::Approved {
                let status = self.layout.labels.status(badge.status);
                self.out.extend(["<span class=\"mark\">", status, "</span>"]);
            }
            return;
        };
        self.out.extend(["<span class=\"mark state\" data-state=\"", state.as_str(), "\""]);
        if !badge.later.is_empty() {
            self.out.extend([" data-later=\"", &text(&badge.later), "\""]);
        }
        self.out.extend([">", self.layout.labels.state(state), "</span>"]);
        if badge.suspect {
            let word = self.layout.labels.suspect();
            self.out.extend([" <span class=\"mark\" data-kind=\"suspect\" data-day=\"build\">", word, "</span>"]);
        }
    }

    /// Writes one or several persons or roles, like the component `person`.
    pub(super) fn person(&mut self, person: &Person) {
        if non_empty(person.url.as_ref()).is_some() || person.each.is_empty() {
            return self.one(person);
        }
        for (at, owner) in person.each.iter().enumerate() {
            self.out.push_str(if at > 0 { ", " } else { "" });
            self.one(owner);
        }
    }

    fn one(&mut self, person: &Person) {
        self.link(&person.name, person.url.as_deref().unwrap_or_default());
    }

    /// Writes text, linked if there is an address.
    pub(super) fn link(&mut self, words: &str, url: &str) {
        match url.is_empty() {
            true => self.out.push_str(&text(words)),
            false => self.out.extend(["<a href=\"", self.root, &text(url), "\">", &text(words), "</a>"]),
        }
    }
}

/// A text, unless it is empty.
pub(super) fn non_empty(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}
