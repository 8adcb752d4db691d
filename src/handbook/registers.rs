//! Registers of the handbook: who owns them, which entries this edition shows, and where they are in the site.
//!
//! An entry is shown only if its owner is, and may be withheld from further readers. Nothing is reported here.

mod block;
mod entry_pages;
mod figures;
mod ids;
mod known_parties;
mod names;
mod note;
mod owners;
mod parties;
mod party_names;
mod unreadable;

use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::AHashMap;

use super::document::DocumentIndex;
use super::edition::{is_for_readers, shows_entry};
use super::file::ParsedFile;
use crate::config::Settings;
use crate::id::DocumentId;
use crate::place::{Place, SourceText, Span};
use crate::register::{BlockContent, Entry, KINDS, Kind, Reference, RegisterFile, Value, possible_kinds};
use crate::url::SitePath;

pub(crate) use note::{Note, paragraph};
pub(super) use owners::owned_entries;
pub(crate) use owners::{FilePaths, leaves_content, named_registers};

pub(crate) use block::BlockSource;
use entry_pages::place_entries;
pub(crate) use figures::PlacedFigure;
pub(crate) use ids::UsedId;
use ids::ids;
pub(crate) use known_parties::KnownParties;
use owners::claimants;
use parties::Parties;
pub(crate) use unreadable::UnreadRegister;
use unreadable::{lost_registers, missing_files};

/// The index of an entry in its handbook: its rank by kind, then by ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntryIndex(pub u32);

impl EntryIndex {
    /// As an index into the list of entries.
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// An entry with its owner and the page that shows it.
#[derive(Clone, Debug)]
pub(crate) struct PlacedEntry {
    /// The entry as read.
    pub(crate) entry: Arc<Entry>,
    /// The register that contains it.
    pub(crate) file: Arc<RegisterFile>,
    /// The document that owns the register.
    pub(crate) owner: DocumentIndex,
    /// Its page; if the entries of its kind share pages, the first page of their list. `Assessed::entry_page` knows on
    /// which page of a list an entry is.
    pub(crate) page: SitePath,
    /// Its anchor on that page; empty if it has a page to itself.
    pub(crate) anchor: String,
    /// Its note.
    pub(crate) note: Option<Arc<Note>>,
}

impl PlacedEntry {
    /// The place of a byte range in its register.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.file.source.place(span)
    }

    /// The place of its ID.
    pub(crate) fn id_place(&self) -> Place {
        self.place(self.entry.id.span)
    }

    /// Its ID as a string.
    pub(crate) fn id(&self) -> &str {
        self.entry.id.value.as_str()
    }
}

/// Registers that were read but not yet assigned to their owners.
#[derive(Clone, Debug, Default)]
pub(crate) struct RegisterParts {
    /// Registers that documents name, sorted by path.
    pub(crate) files: Vec<Arc<RegisterFile>>,
    /// Paths of files that look like registers but that no document names.
    pub(crate) unnamed: Vec<Arc<str>>,
}

/// The content of registers, as far as this edition shows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registers {
    /// Registers that are shown, by path, each with its owner.
    pub(crate) files: Vec<(Arc<RegisterFile>, DocumentIndex)>,
    /// Entries that are shown, by kind, then by ID; an [`EntryIndex`] is a position in this list.
    pub(crate) entries: Vec<PlacedEntry>,
    /// Items of `registers` whose file does not exist: the document, and the index of the item.
    pub(crate) missing: Vec<(DocumentIndex, usize)>,
    /// Items of `registers` whose file belongs to another document: the document, the index of the item, and the owner
    /// if it is shown.
    pub(crate) shared: Vec<(DocumentIndex, usize, Option<DocumentIndex>)>,
    /// Files that look like registers but that nothing names or links to.
    pub(crate) orphans: Vec<Arc<str>>,
    /// Rows of tables of figures that contradict something.
    pub(crate) figures: Vec<PlacedFigure>,
    /// Whether some entries may be withheld.
    pub(crate) may_withhold: bool,
    /// Names of services and locations, including withheld ones.
    pub(crate) known_parties: KnownParties,
    /// Kinds of entries that this edition shows, whether or not there are any.
    kinds: Vec<Kind>,
    /// Kinds of which some entries are withheld.
    withheld_kinds: BTreeSet<Kind>,
    /// Every register that was read, including withheld ones.
    all_files: Vec<Arc<RegisterFile>>,
    unnamed: Vec<Arc<str>>,
    /// Kinds that missing files may have contained.
    missing_kinds: Vec<Kind>,
    /// Registers of shown documents that cannot be read in full.
    unread: Vec<UnreadRegister>,
    /// Whether the source of a nonconformity cannot be read.
    has_unclear_sources: bool,
    /// For each entry, the documents whose text links to it.
    linked_by: Vec<Vec<DocumentIndex>>,
    /// For each entry, the other entries that name it.
    named_by: Vec<Vec<EntryIndex>>,
    /// Services and locations by name.
    parties: Parties,
    /// For each document, the entries that name it.
    entries_naming: AHashMap<DocumentIndex, Vec<EntryIndex>>,
}

/// The part of the registers that is not shown.
#[derive(Debug, Default)]
pub(super) struct HiddenEntries {
    /// IDs of entries, and of decisions in them.
    pub(super) ids: Vec<DocumentId>,
    /// Paths of registers, each with the path of the document that owns it.
    pub(super) files: Vec<(Arc<str>, Arc<str>)>,
}

impl HiddenEntries {
    fn add_register(&mut self, file: &RegisterFile, owner: &ParsedFile) {
        self.files.push((file.source.path().clone(), owner.path().clone()));
        self.ids.extend(file.entries.iter().flat_map(|entry| ids(entry)));
    }
}

/// An entry with the document that owns its register, and that register.
type OwnedEntry = (DocumentIndex, Arc<RegisterFile>, Arc<Entry>);

/// Splits entries into those that readers of this edition may see and the others.
fn split_entries(
    settings: &Settings,
    known: &mut KnownParties,
    documents: &[Arc<ParsedFile>],
    entries: Vec<OwnedEntry>,
) -> (Vec<OwnedEntry>, Vec<OwnedEntry>) {
    let is_for = |(owner, _, entry): &OwnedEntry| {
        documents.get(owner.at()).is_some_and(|owner| is_for_readers(settings, owner, entry))
    };
    let (entries, mut withheld): (Vec<OwnedEntry>, Vec<OwnedEntry>) = entries.into_iter().partition(is_for);
    known.withhold_except(settings, entries.iter().map(|(_, _, entry)| &**entry));
    let (shown, excluded): (Vec<OwnedEntry>, Vec<OwnedEntry>) =
        entries.into_iter().partition(|(_, _, entry)| shows_entry(settings, known, entry));
    withheld.extend(excluded);
    (shown, withheld)
}

impl Registers {
    /// The texts of all registers, including withheld ones.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Arc<SourceText>> {
        self.all_files.iter().map(|file| &file.source)
    }

    /// Determines who owns which register and which entries are shown.
    pub(super) fn new(
        settings: &Settings,
        mut known: KnownParties,
        shown: &[Arc<ParsedFile>],
        withheld: &[Arc<ParsedFile>],
        parts: RegisterParts,
    ) -> (Registers, HiddenEntries) {
        let mut registers = Registers { all_files: parts.files, unnamed: parts.unnamed, ..Registers::default() };
        let mut hidden = HiddenEntries::default();
        let all = registers.all_files.clone();
        let paths = FilePaths::new(all.iter().map(|file| file.source.path()));
        let mut claimants = claimants(&settings.content, &paths, shown, withheld, &mut registers.missing);
        let mut entries = Vec::new();
        for file in &all {
            let Some(file_claimants) = claimants.remove(&**file.source.path()) else { continue };
            let Some((first, others)) = file_claimants.split_first() else { continue };
            let shared = others.iter().filter_map(|other| Some((other.index?, other.item, first.index)));
            registers.shared.extend(shared);
            match first.index {
                Some(owner) => {
                    entries.extend(file.entries.iter().map(|entry| (owner, file.clone(), entry.clone())));
                    registers.files.push((file.clone(), owner));
                }
                None => {
                    registers.withheld_kinds.extend(file.listed_kinds());
                    hidden.add_register(file, first.file);
                }
            }
        }
        registers.unread = missing_files(&claimants);
        let lost = claimants.keys().chain(lost_registers(shown, withheld));
        registers.missing_kinds = lost.flat_map(|path| possible_kinds(path)).collect();
        registers.missing.extend(claimants.into_values().flatten().filter_map(|one| Some((one.index?, one.item))));
        let (shown, hidden_entries) = split_entries(settings, &mut known, shown, entries);
        registers.withheld_kinds.extend(hidden_entries.iter().map(|(_, _, entry)| entry.kind));
        hidden.ids.extend(hidden_entries.iter().flat_map(|(_, _, entry)| ids(entry)));
        let shown =
            shown.into_iter().map(|(owner, file, entry)| (owner, file, known.without_withheld(entry))).collect();
        registers.known_parties = known;
        registers.add_shown(settings, shown);
        (registers, hidden)
    }

    /// Adds what this edition shows.
    fn add_shown(&mut self, settings: &Settings, shown: Vec<OwnedEntry>) {
        self.may_withhold = settings.is_limited();
        self.kinds = KINDS.iter().map(|row| row.kind).filter(|kind| settings.shows_kind(*kind)).collect();
        self.missing.sort_unstable();
        self.shared.sort_unstable();
        self.entries = place_entries(self.add_figures(shown));
        self.add_unread_files();
    }

    /// Whether exactly these texts are registers, and exactly these files look like registers.
    pub(super) fn matches_parts(&self, parts: &RegisterParts) -> bool {
        let same = |(a, b): (&Arc<RegisterFile>, &Arc<RegisterFile>)| {
            let is_text = a.source.path() == b.source.path() && a.source.as_str() == b.source.as_str();
            is_text && a.declared_kind == b.declared_kind
        };
        self.all_files.len() == parts.files.len()
            && self.unnamed == parts.unnamed
            && self.all_files.iter().zip(&parts.files).all(same)
    }

    /// IDs of what is shown, each with its entry: those of entries first, then those of decisions.
    pub(super) fn ids(&self) -> Vec<(DocumentId, EntryIndex)> {
        self.used_ids().map(|used| (used.id.clone(), used.entry)).collect()
    }

    /// An entry by its index.
    pub(crate) fn entry(&self, index: EntryIndex) -> &PlacedEntry {
        &self.entries[index.at()]
    }

    /// Every entry with its index, by kind, then by ID.
    pub(crate) fn indexed(
        &self,
    ) -> impl DoubleEndedIterator<Item = (EntryIndex, &PlacedEntry)> + ExactSizeIterator + Clone {
        self.entries.iter().enumerate().map(|(at, placed_entry)| (EntryIndex(at as u32), placed_entry))
    }

    /// Every entry of a kind with its index.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = (EntryIndex, &PlacedEntry)> + Clone {
        let start = self.entries.partition_point(|placed_entry| placed_entry.entry.kind < kind);
        let end = self.entries.partition_point(|placed_entry| placed_entry.entry.kind <= kind);
        let entries = self.entries[start..end].iter().enumerate();
        entries.map(move |(at, placed_entry)| (EntryIndex((start + at) as u32), placed_entry))
    }

    /// Whether there is a register of this kind, even an empty one.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.list_place(kind).is_some() || self.is_missing(kind)
    }

    /// Whether some entries of a kind are withheld.
    pub(crate) fn withholds(&self, kind: Kind) -> bool {
        self.withheld_kinds.contains(&kind)
    }

    /// The service or location with a name, which is its ID or its title; `None` if several share it.
    pub(crate) fn find_party(&self, kind: Kind, name: &str) -> Option<EntryIndex> {
        self.parties.find(kind, name)
    }

    /// The services or locations with a name.
    pub(crate) fn find_parties(&self, kind: Kind, name: &str) -> &[EntryIndex] {
        self.parties.find_entries(kind, name)
    }

    /// The documents that name a service or location, by path.
    pub(crate) fn documents_of(&self, party: EntryIndex) -> &[DocumentIndex] {
        self.parties.documents(party)
    }

    /// The entries that name a service or location.
    pub(crate) fn entries_of(&self, party: EntryIndex) -> &[EntryIndex] {
        self.parties.entries(party)
    }

    /// The place of the first list of a kind.
    pub(crate) fn list_place(&self, kind: Kind) -> Option<Place> {
        self.files.iter().find_map(|(file, _)| {
            let (_, span) =
                file.lists.iter().find(|(listed_kind, _)| *listed_kind == kind && self.kinds.contains(listed_kind))?;
            Some(file.source.place(*span))
        })
    }

    /// Whether there is a register of any kind that is shown, even an empty one.
    pub(crate) fn has_any(&self) -> bool {
        self.files.iter().any(|(file, _)| self.shown_kinds(file).next().is_some())
    }

    /// Whether this edition omits what a block shows because it omits entries of that kind.
    pub(crate) fn omits(&self, content: BlockContent) -> bool {
        match content {
            BlockContent::Kind(kind) => !self.kinds.contains(&kind),
            BlockContent::Actions => self.kinds.is_empty(),
            BlockContent::Decisions => !self.kinds.contains(&Kind::ManagementReviews),
        }
    }

    fn shown_kinds<'a>(&'a self, file: &'a RegisterFile) -> impl Iterator<Item = Kind> + 'a {
        file.lists.iter().map(|(kind, _)| *kind).filter(|kind| self.kinds.contains(kind))
    }

    /// The documents that own registers of a kind, by path.
    pub(crate) fn owners_of(&self, kind: Kind) -> Vec<DocumentIndex> {
        let contains_kind = |file: &RegisterFile| self.shown_kinds(file).any(|shown_kind| shown_kind == kind);
        let owners: BTreeSet<DocumentIndex> =
            self.files.iter().filter(|(file, _)| contains_kind(file)).map(|(_, owner)| *owner).collect();
        owners.into_iter().collect()
    }

    /// Kinds of the registers that a document owns, in the table's order.
    pub(crate) fn kinds_of(&self, owner: DocumentIndex) -> Vec<Kind> {
        let own_files = self.files.iter().filter(|(_, document)| *document == owner);
        let kinds: BTreeSet<Kind> = own_files.flat_map(|(file, _)| self.shown_kinds(file)).collect();
        kinds.into_iter().collect()
    }

    /// Whether a document owns a register whose entries a block of this kind shows.
    pub(crate) fn shows(&self, owner: DocumentIndex, content: BlockContent) -> bool {
        let kinds = self.kinds_of(owner);
        match content {
            BlockContent::Kind(kind) => kinds.contains(&kind),
            BlockContent::Actions => !kinds.is_empty(),
            BlockContent::Decisions => kinds.contains(&Kind::ManagementReviews),
        }
    }

    /// A register that is shown, by its path, with its owner.
    pub(crate) fn file(&self, path: &str) -> Option<(&Arc<RegisterFile>, DocumentIndex)> {
        let at = self.files.binary_search_by(|(file, _)| (**file.source.path()).cmp(path)).ok()?;
        self.files.get(at).map(|(file, owner)| (file, *owner))
    }

    /// The documents whose text links to an entry, by path.
    pub(crate) fn linked_by(&self, entry: EntryIndex) -> &[DocumentIndex] {
        self.linked_by.get(entry.at()).map_or(&[], Vec::as_slice)
    }

    /// Other entries that name an entry.
    pub(crate) fn named_by(&self, entry: EntryIndex) -> &[EntryIndex] {
        self.named_by.get(entry.at()).map_or(&[], Vec::as_slice)
    }

    /// Entries that name a document.
    pub(crate) fn entries_naming(&self, document: DocumentIndex) -> &[EntryIndex] {
        self.entries_naming.get(&document).map_or(&[], Vec::as_slice)
    }
}

/// Everything that an entry refers to, in any of its records.
pub(crate) fn references(entry: &Entry) -> impl Iterator<Item = &Reference> {
    entry
        .records()
        .into_iter()
        .flat_map(|record| record.values().filter(|(name, _)| *name != "id"))
        .flat_map(|(_, value)| match &value.value {
            Value::References(references) => references.as_slice(),
            _ => &[],
        })
        .map(|reference| &reference.value)
}
