//! The context shared by all pages of a pack.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::page::PackPage;
use super::redlines::RedlineOutcome;
use crate::archive::PackFile;
use crate::chronicle::DocumentVersion;
use crate::date::Date;
use crate::handbook::{ApprovedText, DocumentIndex, EntryIndex};
use crate::register::{Kind, Period};
use crate::site::portal::Portal;
use crate::source::front_matter::Status;

/// The page of audits and findings, which other pages link to.
pub(super) const AUDITS_PATH: &str = "5-audits.html";
/// The page of management reviews.
pub(super) const REVIEWS_PATH: &str = "6-reviews.html";
/// The page of all other registers.
pub(super) const REGISTERS_PATH: &str = "9-registers.html";
/// The purpose of a pack, which determines its sections.
#[derive(Debug)]
pub(crate) struct Profile {
    /// The name on the command line.
    pub(crate) name: &'static str,
    /// The description on the command line.
    pub(crate) help: &'static str,
    pub(super) sections: &'static [&'static PackSection],
}

/// A page of a pack.
#[derive(Debug)]
pub(super) struct PackSection {
    /// The path of the page.
    pub(super) path: &'static str,
    /// The key of its labels `pack.title.KEY` and, for the first page, `pack.about.KEY`.
    pub(super) key: &'static str,
    pub(super) write: fn(&Pack<'_, '_>, &mut PackPage),
}

/// The options of a pack.
#[derive(Clone, Copy)]
pub(crate) struct PackOptions<'a> {
    /// The purpose.
    pub(crate) profile: &'a Profile,
    /// The first day of the changes to include; `None` for all.
    pub(crate) since: Option<Date>,
    /// The period of the management review.
    pub(crate) period: Option<Period>,
    /// The commit, and whether all files were committed.
    pub(crate) revision: Option<&'a (String, bool)>,
    /// Whether to add the sources of documents.
    pub(crate) with_source: bool,
    /// The documents as PDF, if requested.
    pub(crate) pdfs: &'a [PackFile],
}

/// A pack being assembled.
pub(super) struct Pack<'p, 'a> {
    pub(super) portal: &'p Portal<'a>,
    pub(super) options: PackOptions<'p>,
    /// The page of each document in the pack.
    pub(super) document_pages: HashMap<DocumentIndex, String>,
    /// The result of comparing the texts of each changed document.
    pub(super) redlines: HashMap<DocumentIndex, RedlineOutcome>,
}

/// An attachment: its address in the portal, its path in the pack and its file on disk.
pub(crate) struct Attachment {
    pub(crate) url: String,
    pub(crate) path: String,
    pub(crate) file: PathBuf,
    /// The path in the handbook.
    pub(crate) asset: Arc<str>,
}

impl Pack<'_, '_> {
    /// A label of the pack.
    pub(super) fn label(&self, key: &str) -> String {
        self.portal.labels.text(&format!("pack.{key}")).to_owned()
    }

    /// The state of a document in words, and whether a document that it depends on has changed.
    pub(super) fn state_words(&self, index: DocumentIndex) -> String {
        let labels = &self.portal.labels;
        let key = format!("state.{}", self.portal.assessment.life(index).state.as_str());
        let state = labels.text(&key);
        if self.portal.suspect_links(index).is_empty() {
            return state.to_owned();
        }
        format!("{state}, {}", labels.text("attention.suspect"))
    }

    /// Whether a document's text is known to differ from the approved text of its version.
    pub(super) fn has_edited_text(&self, index: DocumentIndex) -> bool {
        let document = self.portal.document(index);
        let is_other = |version: &DocumentVersion| {
            version.file.as_ref().is_some_and(|file| file.body.shown_digest() != document.file.body.shown_digest())
        };
        let current = self.portal.past.and_then(|past| past.versions_of(document).first());
        match self.portal.reading.history.approved(index) {
            Some(ApprovedText::Other { .. } | ApprovedText::Edited { .. }) => true,
            Some(ApprovedText::Same) => false,
            _ => document.status() == Some(Status::Approved) && current.is_some_and(is_other),
        }
    }

    /// The column headings of a table.
    pub(super) fn heads(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.portal.labels.text(key).to_owned()).collect()
    }

    /// The address of an entry in the pack.
    pub(super) fn entry_address(&self, index: EntryIndex) -> String {
        let placed_entry = self.portal.entry(index);
        let page = match placed_entry.entry.kind {
            Kind::Audits | Kind::Nonconformities => AUDITS_PATH,
            Kind::ManagementReviews => REVIEWS_PATH,
            _ => REGISTERS_PATH,
        };
        format!("{page}#{}", placed_entry.id())
    }

    /// The page of a document or one of its sections; `None` if it is not in the pack.
    pub(super) fn document_address(&self, index: DocumentIndex, section: Option<&str>) -> Option<String> {
        let page = self.document_pages.get(&index)?;
        Some(section.map_or_else(|| page.clone(), |section| format!("{page}#{section}")))
    }
}
