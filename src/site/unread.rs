//! Notices about registers that cannot be read in full, on every page that would otherwise seem complete.

use super::portal::Portal;
use crate::handbook::UnreadRegister;
use crate::register::{KINDS, Kind};

/// The kinds of entries that a page shows, by its key in the navigation; `None` if it shows none.
fn kinds_of_page(key: &str) -> Option<Vec<Kind>> {
    let all = || KINDS.iter().map(|row| row.kind).collect();
    match key {
        "home" | "actions" | "calendar" | "certificate" | "management_reviews" => Some(all()),
        // The matrix and the pages of clauses say when a clause was audited.
        "audits" | "matrix" => Some(vec![Kind::Audits, Kind::Nonconformities]),
        "objectives" => Some(vec![Kind::Objectives, Kind::Indicators]),
        key => Kind::from_name(key).map(|kind| vec![kind]),
    }
}

impl Portal<'_> {
    /// Notices about unreadable entries that a page would show; empty if all entries can be read.
    pub(super) fn page_notices(&self, key: &str) -> Vec<String> {
        if self.reading.handbook.registers.unread().is_empty() {
            return Vec::new();
        }
        kinds_of_page(key).map(|kinds| self.unread_notices(&kinds)).unwrap_or_default()
    }

    /// Notices about unreadable entries of these kinds, one per register.
    pub(super) fn unread_notices(&self, kinds: &[Kind]) -> Vec<String> {
        let unread = self.reading.handbook.registers.unread().iter();
        unread.filter_map(|register| self.unread_notice(register, kinds)).collect()
    }

    /// Notices about all unreadable entries.
    pub(super) fn all_unread_notices(&self) -> Vec<String> {
        self.page_notices("home")
    }

    fn unread_notice(&self, register: &UnreadRegister, kinds: &[Kind]) -> Option<String> {
        let lost: Vec<&str> =
            register.kinds.iter().filter(|kind| kinds.contains(kind)).map(|kind| kind.as_str()).collect();
        if lost.is_empty() {
            return None;
        }
        let name = |kind: &&str| self.labels.text(&format!("entries.kind.{kind}")).to_owned();
        let names = match register.may_have_any() {
            true => self.labels.text("entries.any_register").to_owned(),
            false => lost.iter().map(name).collect::<Vec<String>>().join(", "),
        };
        // Readers of an edition need not know the author's files.
        if self.reading.settings.is_limited() {
            return Some(self.labels.fill("entries.unread_part", &[("kinds", &names)]));
        }
        Some(self.labels.fill("entries.unread", &[("kinds", &names), ("place", &register.place.to_string())]))
    }
}
