//! Keys of other programs and people that only repeat what the document's own keys say, or say nothing about it.

use std::collections::BTreeSet;

use super::Decoder;
use super::key_values::short_text;
use super::meaning::{is_about_review, normalize_key, own_key_for};
use crate::date::{Date, Interval};
use crate::name::name_key;
use crate::source::state_words::{affirms_approval, is_pending, is_state, says_yes};
use crate::text::is_listed;
use crate::yaml::{Entry, Node, Value};

/// Names of our keys in a mapping that is about an approval.
const APPROVAL_PARTS: [(&str, &str); 4] = [
    ("approver", "approver,approved-by,by,name,role,person,durch,von,par,por,da,door,przez,承認者"),
    ("approved", "approved,approved-on,date,day,on,at,datum,am,tag,le,fecha,el,data,il,op,dnia,日付,承認日"),
    ("version", "version,fassung,versión,versione,versie"),
    ("status", "status"),
];

impl Decoder<'_, '_> {
    /// Whether another program's key for one of ours, or one that looks like it, repeats only what the document's own
    /// keys say, or nothing that this key could say.
    pub(super) fn adds_nothing(&self, ours: &str, entry: &Entry, all: &[Entry]) -> bool {
        if normalize_key(&entry.key.value) == ours {
            return false;
        }
        let is_other_name = own_key_for(&entry.key.value) == Some(ours);
        let text = short_text(&entry.value);
        let is_stated = || self.own(all, &[ours]).any(|own| short_text(&own.value) != Some(""));
        let repeats = || self.own(all, &[ours]).any(|own| has_same_texts(&own.value, &entry.value));
        if text == Some("") && is_stated() || ours != "supersedes" && repeats() || self.repeats_approval(entry, all) {
            return true;
        }
        match ours {
            "status" => {
                is_other_name && is_stated() && text.is_some_and(|text| affirms_approval(text) || self.is_day(text))
            }
            "effective" => is_other_name && text.is_some_and(|text| says_yes(text) || self.is_begun(text, all)),
            // Only a list is a history; a text may say where it is.
            "changes" => text.is_some(),
            "review" | "reviews" | "reviewers" => {
                is_about_review(&entry.key.value) && self.names_no_review(&entry.value)
            }
            _ => false,
        }
    }

    /// Whether another program's key for the approval is a mapping of nothing but what the document's own keys say of
    /// it: `approval: {by: Service Director, date: 2026-10-05}`.
    pub(super) fn repeats_approval(&self, entry: &Entry, all: &[Entry]) -> bool {
        let is_approval = matches!(own_key_for(&entry.key.value), Some("approved" | "approver"));
        let items =
            if let Value::List(items) = &entry.value.value { items } else { std::slice::from_ref(&entry.value) };
        let repeats = |item: &Node| match &item.value {
            Value::Map(parts) => !parts.is_empty() && parts.iter().all(|part| self.repeats_part(part, all)),
            _ => false,
        };
        is_approval && !items.is_empty() && items.iter().all(repeats)
    }

    /// Whether a part of such a mapping has the value of one of the document's own keys.
    fn repeats_part(&self, part: &Entry, all: &[Entry]) -> bool {
        let name = normalize_key(&part.key.value);
        let Some((ours, _)) = APPROVAL_PARTS.iter().find(|(_, names)| is_listed(names, &name)) else { return false };
        self.own(all, &[ours]).any(|own| has_same_texts(&own.value, &part.value))
    }

    fn own<'e>(&self, all: &'e [Entry], meanings: &[&str]) -> impl Iterator<Item = &'e Entry> {
        all.iter().filter(move |other| {
            self.vocabulary.meaning(&other.key.value).is_some_and(|meaning| meanings.contains(&meaning))
        })
    }

    /// Whether a text is a day that is not later than the one from which the document is in force.
    pub(super) fn is_begun(&self, text: &str, all: &[Entry]) -> bool {
        self.day(text).is_some_and(|day| self.start(all).is_some_and(|start| day <= start))
    }

    /// Whether a text is a later day than the one from which the document is in force.
    pub(super) fn is_later(&self, text: &str, all: &[Entry]) -> bool {
        self.day(text).is_some_and(|day| self.start(all).is_some_and(|start| day > start))
    }

    pub(super) fn is_day(&self, text: &str) -> bool {
        self.day(text).is_some()
    }

    /// The day from which the document is in force.
    fn start(&self, all: &[Entry]) -> Option<Date> {
        self.own(all, &["approved", "effective"]).filter_map(|own| self.day(short_text(&own.value)?)).max()
    }

    /// A day in a form that the settings allow.
    fn day(&self, text: &str) -> Option<Date> {
        let formats = self.vocabulary.dates();
        let by_format = || formats.iter().flat_map(|formats| formats.iter()).find_map(|format| format.parse_date(text));
        text.parse().ok().or_else(by_format)
    }

    /// Whether a value says neither when a review took place, nor when or how often one is due, nor that it is open.
    fn names_no_review(&self, node: &Node) -> bool {
        const OPEN: [&str; 6] = ["due", "overdue", "late", "missed", "überfällig", "fällig"];
        let is_open = |text: &str| is_pending(text) || is_state(text) || OPEN.contains(&text.to_lowercase().as_str());
        let says_none = |text: &str| {
            let is_time = self.is_day(text) || text.parse::<Interval>().is_ok();
            // `yearly`, `halbjährlich`
            let is_rhythm = text.ends_with("ly") || text.ends_with("lich") || text.to_lowercase().contains("annu");
            !is_time && !is_rhythm && !is_open(text)
        };
        match &node.value {
            Value::List(items) => items.iter().all(|item| short_text(item).is_some_and(says_none)),
            _ => short_text(node).is_some_and(says_none),
        }
    }
}

/// Whether two values consist of the same texts.
fn has_same_texts(own: &Node, other: &Node) -> bool {
    let texts = |node: &Node| -> Option<BTreeSet<String>> {
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
        items.iter().map(|item| short_text(item).map(name_key)).collect()
    };
    let texts_of_own = texts(own).filter(|texts| texts.iter().any(|text| !text.is_empty()));
    texts_of_own.is_some_and(|own| texts(other) == Some(own))
}
