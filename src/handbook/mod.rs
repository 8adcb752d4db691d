//! The parsed documents of a handbook with their IDs and links.

mod addresses;
mod anchor;
mod assemble;
mod backlinks;
mod claims;
mod conditions;
mod content_check;
mod contents;
mod control_data;
mod defaults;
mod digest;
mod document;
mod edition;
mod file;
mod former_site;
mod history;
mod intended_link;
mod leftovers;
mod link;
mod lookup;
mod named_files;
mod names;
mod own_places;
mod reading;
mod registers;
mod replaced;
mod resolve;
mod review;
mod revisions;
mod table_source;
mod text_line;
mod unchanged;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

pub(crate) use addresses::{AddressClaimant, AddressHolder, AddressRefusal, Addresses};
pub(crate) use assemble::{HandbookParts, PAGE, assemble};
pub(crate) use conditions::ImpossibleValue;
pub(crate) use defaults::{People, default_rank, people};
pub(crate) use digest::{ContentHash, same_front_matter};
pub(crate) use document::{Document, DocumentIndex, Names, ResolvedClaim, ReviewRule, is_dated_by_content};
pub(crate) use edition::is_shown;
pub(crate) use file::{FileView, ParsedFile, WrittenDay, WrittenDayKind, without_content_folder};
pub(crate) use former_site::HOME_ANCHOR_PREFIX;
pub(crate) use history::{ApprovedText, EarlierText, FileOnDate, History};
pub(crate) use link::{Anchor, AssetIndex, Breakage, Destination, join, percent_decode};
pub(crate) use lookup::Lookup;
pub(crate) use names::names_of;
pub use reading::Reading;
pub(crate) use reading::TextTarget;
pub(crate) use registers::{
    BlockSource, EntryIndex, FilePaths, KnownParties, Note, PlacedEntry, PlacedFigure, RegisterParts, Registers,
    UnreadRegister, UsedId, leaves_content, named_registers, paragraph,
};
pub(crate) use review::{ReviewStatus, is_one_of};

use crate::id::DocumentId;
use crate::markdown::Link;
use crate::name::Spellings;
use crate::place::{Place, SourceText};
use crate::register::{Audit, Kind};
use crate::source::AssetFacts;
use crate::url::SitePath;

/// All documents and pages that an edition shows, with all relations between them resolved.
#[derive(Debug)]
pub(crate) struct Handbook {
    /// Documents and pages, sorted by path; a [`DocumentIndex`] is a position in this list.
    pub(crate) documents: Vec<Arc<Document>>,
    /// The spellings of the names of roles and people.
    pub(crate) names: Spellings,
    /// Images and attachments, sorted by path; an [`AssetIndex`] is a position in this list.
    pub(crate) assets: Arc<[Asset]>,
    /// Finds documents and assets by ID and path.
    pub(crate) lookup: Arc<Lookup>,
    /// Earlier addresses, and requested addresses that were not granted.
    pub(crate) addresses: Addresses,
    /// Registers and their entries.
    pub(crate) registers: Registers,
    /// Number of files that this edition does not show.
    pub(crate) withheld: usize,
    /// Number of controlled documents among them.
    pub(crate) withheld_documents: usize,
    /// Documents that this edition shows, each with a withheld document that replaces it, in order.
    pub(crate) replaced_by_withheld: Vec<(DocumentIndex, Arc<ParsedFile>)>,
    /// Documents by title in lower case; built on first use.
    titles: OnceLock<HashMap<String, DocumentIndex>>,
}

/// An image or attachment below the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Path relative to the handbook's folder.
    pub path: Arc<str>,
    /// Its address in the site, if a document that is shown links to it.
    pub(crate) url: SitePath,
    /// Other facts about it.
    pub(crate) facts: AssetFacts,
}

impl Handbook {
    /// Every link to an image or attachment, in documents and in notes of registers, with its place.
    pub(crate) fn asset_links(&self) -> impl Iterator<Item = (AssetIndex, &Link, Place)> {
        let documents = self.documents.iter().flat_map(|document| {
            let links = document.file.body.links.iter().zip(&document.links);
            links.filter_map(|(link, to)| Some((to.asset()?, link, document.place(link.target_span))))
        });
        let notes = self.registers.entries.iter().flat_map(|placed_entry| {
            let note_links =
                placed_entry.note.iter().flat_map(|note| note.targets().map(move |(link, to)| (note, link, to)));
            note_links.filter_map(|(note, link, to)| {
                Some((to.asset()?, link, placed_entry.place(note.span(link.target_span))))
            })
        });
        documents.chain(notes)
    }

    /// The addresses that a file's page may have had before it joined the handbook, without surrounding `/`.
    pub(crate) fn former_addresses<'a>(&'a self, path: &'a str, content: &'a str) -> impl Iterator<Item = String> + 'a {
        self.lookup.former_site.page_addresses(path, content)
    }

    /// Nonconformities found by an audit: their source is the audit or its report, or the audit's results name them. In
    /// order.
    pub(crate) fn audit_nonconformities(&self, audit: EntryIndex) -> Vec<EntryIndex> {
        let entry = &self.registers.entry(audit).entry;
        let results = Audit::from_entry(entry).into_iter().flat_map(Audit::results);
        let result_entries = results.filter_map(|(_, result)| self.lookup.entry(result.value.id()?));
        let report = Audit::from_entry(entry).and_then(Audit::report).and_then(|report| report.value.id());
        let is_audit = |id: &DocumentId| {
            let kind = self.lookup.entry(id).map(|index| self.registers.entry(index).entry.kind);
            kind == Some(Kind::Audits)
        };
        // Several audits may share a report: then the finding must say which audit it belongs to.
        let is_of_audit = |index: &EntryIndex| {
            let sources = self.registers.entry(*index).entry.record.references("source");
            let ids = sources.iter().filter_map(|source| source.value.id());
            let mentioned: Vec<DocumentId> = sources.iter().flat_map(|source| source.value.mentioned_ids()).collect();
            let names_audit = || ids.clone().chain(&mentioned).any(is_audit);
            let is_of_report = || ids.clone().any(|id| Some(id) == report) && !names_audit();
            ids.clone().chain(&mentioned).any(|id| *id == entry.id.value) || is_of_report()
        };
        let of_report = report.and_then(|report| self.lookup.by_id(report));
        let of_report = of_report.map_or(&[][..], |report| self.registers.entries_naming(report));
        let referring = self.registers.named_by(audit).iter().chain(of_report).copied().filter(is_of_audit);
        let all: BTreeSet<EntryIndex> = referring.chain(result_entries).collect();
        let is_finding = |index: &EntryIndex| self.registers.entry(*index).entry.kind == Kind::Nonconformities;
        all.into_iter().filter(is_finding).collect()
    }

    /// The document with a title, in any letter case; the last of several.
    pub(crate) fn find_by_title(&self, title: &str) -> Option<DocumentIndex> {
        let controlled = || self.indexed().filter(|(_, document)| document.id().is_some());
        let titles = || controlled().map(|(index, document)| (document.title.to_lowercase(), index)).collect();
        self.titles.get_or_init(titles).get(&title.to_lowercase()).copied()
    }

    /// The page and the anchor that a link leads to, if the page does not have that anchor.
    pub(crate) fn missing_anchor<'a>(
        &'a self,
        from: &'a Document,
        destination: &'a Destination,
    ) -> Option<(&'a Document, &'a str)> {
        let (page, anchor) = match destination {
            Destination::Document { document, anchor, .. } => (self.document(*document), anchor),
            Destination::SamePage { anchor } => (from, anchor),
            _ => return None,
        };
        // `#top` leads to the top of every page.
        let id: &str = &anchor.id;
        let exists = id.is_empty() || id.eq_ignore_ascii_case("top") || page.target_anchor(anchor).is_some();
        (!exists).then_some((page, id))
    }

    /// The source text of a document or a register, by path.
    pub(crate) fn text(&self, path: &str) -> Option<&Arc<SourceText>> {
        let document = self.lookup.by_path(path).map(|index| &self.document(index).file.source);
        document.or_else(|| self.registers.file(path).map(|(file, _)| &file.source))
    }

    /// The document at a path, or the owner of the register at that path.
    pub(crate) fn document_of(&self, path: &str) -> Option<DocumentIndex> {
        self.lookup.by_path(path).or_else(|| self.registers.file(path).map(|(_, owner)| owner))
    }

    /// A document by its index.
    pub(crate) fn document(&self, index: DocumentIndex) -> &Document {
        &self.documents[index.at()]
    }

    /// Every document under document control with its index, by path.
    pub(crate) fn controlled(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.indexed().filter(|(_, document)| document.is_controlled())
    }

    /// Every document and page with its index, by path.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        (0..).map(DocumentIndex).zip(self.documents.iter().map(Arc::as_ref))
    }

    /// Like [`indexed`](Handbook::indexed), in parallel.
    pub(crate) fn par_indexed(&self) -> impl IndexedParallelIterator<Item = (DocumentIndex, &Document)> {
        let documents = self.documents.par_iter().enumerate();
        documents.map(|(at, document)| (DocumentIndex(at as u32), &**document))
    }
}
