//! Gives everything that a handbook publishes a unique address.
//!
//! The portal's own pages come first, then documents by path, then linked images and attachments, then earlier
//! addresses. Whatever comes later gives way: it gets a free address, or none if it is an earlier address, and the
//! conflict is recorded. Files that nothing links to are not published, so they take no address from anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::Asset;
use super::contents::HandbookContents;
use super::document::{Document, DocumentIndex};
use super::file::without_content_folder;
use super::link::{AssetIndex, Destination};
use crate::source::AssetFacts;
use crate::url::{ReservedNames, ReservedPlaces, SitePath};

/// The addresses of a handbook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    /// Earlier addresses, each with the document that had it.
    pub(crate) aliases: Vec<(DocumentIndex, SitePath)>,
    /// Requested addresses that could not be granted.
    pub(crate) conflicts: Vec<AddressConflict>,
    /// Documents whose ID differs only in letter case from that of an earlier document: one folder cannot have both
    /// names.
    pub(crate) case_duplicates: Vec<DocumentIndex>,
    /// The inputs that addresses depend on, apart from the paths of files.
    pub(super) inputs: AddressInputs,
}

/// The inputs that decide on addresses, apart from the paths of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AddressInputs {
    reserved_names: ReservedNames,
    /// Images and attachments that are published.
    linked: BTreeSet<AssetIndex>,
}

impl AddressInputs {
    /// Collects what decides on the addresses of a handbook whose links are resolved.
    pub(super) fn new(
        reserved: &ReservedPlaces<'_>,
        contents: HandbookContents<'_>,
        logo: Option<AssetIndex>,
    ) -> AddressInputs {
        let asset = |link: &Destination| if let Destination::Asset { asset, .. } = link { Some(*asset) } else { None };
        let linked = contents.links().filter_map(asset).chain(logo).collect();
        AddressInputs { reserved_names: reserved.names().clone(), linked }
    }
}

/// An address that could not be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AddressConflict {
    /// The document, asset or alias that gave way.
    pub(crate) claimant: AddressClaimant,
    /// The address that it requested.
    pub(crate) requested: Box<str>,
    /// Why the request was refused.
    pub(crate) refusal: AddressRefusal,
}

/// Why an address could not be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AddressRefusal {
    /// It belongs to something else.
    Taken(AddressHolder),
    /// The portal already has this address or folder, in different letter case.
    LetterCase(Box<str>),
    /// The address has the extension of a file that is not a page.
    Extension,
    /// No file of a portal can have this name.
    Unusable,
}

/// Something that requests an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressClaimant {
    /// A document or page.
    Document(DocumentIndex),
    /// An image or attachment.
    Asset(AssetIndex),
    /// An earlier address of a document, by its position in the front matter.
    Alias(DocumentIndex, usize),
}

/// Something that has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressHolder {
    /// One of the portal's own pages or files.
    Portal,
    /// A document or page.
    Document(DocumentIndex),
    /// An image or attachment.
    Asset(AssetIndex),
    /// An earlier address of a document.
    Alias(DocumentIndex),
}

/// The addresses already taken. A file cannot also be a folder, and paths that differ only in letter case conflict.
struct AddressTable<'a> {
    reserved: &'a ReservedPlaces<'a>,
    files: AHashMap<SitePath, AddressHolder>,
    folders: AHashMap<Box<str>, Folder>,
}

/// A folder that contains something.
struct Folder {
    holder: AddressHolder,
    /// Its path as written, if case folding changes it.
    spelling: Option<Box<str>>,
}

impl AddressTable<'_> {
    /// The holder of an address, of a file above it or of something below it.
    fn holder(&self, path: &SitePath) -> Option<AddressHolder> {
        let key = path.folded();
        let is_reserved = self.reserved.is_reserved(path) || key.folders().any(|folder| self.is_own_file(folder));
        let below = || self.folders.get(key.as_str()).map(|folder| folder.holder);
        let above = || key.folders().find_map(|folder| self.files.get(folder).copied());
        match is_reserved {
            true => Some(AddressHolder::Portal),
            false => self.files.get(&key).copied().or_else(below).or_else(above),
        }
    }

    /// The existing spelling of the first folder above a path that differs from it only in letter case.
    fn other_case(&self, path: &SitePath) -> Option<Box<str>> {
        let key = path.folded();
        path.folders().find_map(|folder| {
            let folded = &key.as_str()[..folder.len()];
            let known = self.folders.get(folded).map(|known| known.spelling.as_deref().unwrap_or(folded));
            let spelling = self.reserved.folder(folded).or(known)?;
            (spelling != folder).then(|| spelling.into())
        })
    }

    /// Whether a folder has the name of one of the portal's files.
    fn is_own_file(&self, folder: &str) -> bool {
        folder.contains('.') && SitePath::parse(folder).is_ok_and(|path| self.reserved.is_reserved(&path))
    }

    fn take(&mut self, path: &SitePath, holder: AddressHolder) {
        let key = path.folded();
        for folder in path.folders() {
            let folded = &key.as_str()[..folder.len()];
            if !self.folders.contains_key(folded) {
                let spelling = (folded != folder).then(|| folder.into());
                self.folders.insert(folded.into(), Folder { holder, spelling });
            }
        }
        self.files.insert(key, holder);
    }

    /// The address itself or the next free one, with whatever holds the requested address.
    fn next_free(&self, requested: &SitePath) -> (SitePath, Option<AddressHolder>) {
        let by_case = || self.other_case(requested).map(|_| AddressHolder::Portal);
        let Some(holder) = self.holder(requested).or_else(by_case) else { return (requested.clone(), None) };
        let mut start = if holder == AddressHolder::Portal { requested.outside_reserved() } else { requested.clone() };
        let (mut path, mut number) = (start.clone(), 2);
        while self.holder(&path).is_some() {
            if self.is_below_file(&start) {
                // Numbering the name does not help: the folder itself is taken.
                start = start.outside_reserved();
                path = start.clone();
            } else {
                path = start.numbered(number);
                number += 1;
            }
        }
        (path, Some(holder))
    }

    /// Whether a folder above a path is taken by a file.
    fn is_below_file(&self, path: &SitePath) -> bool {
        path.folded().folders().any(|folder| self.files.contains_key(folder) || self.is_own_file(folder))
    }
}

/// Assigns all addresses; `content` is the content folder.
pub(super) fn assign_addresses(
    own: &ReservedPlaces<'_>,
    inputs: AddressInputs,
    documents: &mut [Arc<Document>],
    assets: Vec<(Arc<str>, AssetFacts)>,
    content: &str,
) -> (Vec<Asset>, Addresses) {
    let files = AHashMap::with_capacity(documents.len() + assets.len());
    let mut table = AddressTable { reserved: own, files, folders: AHashMap::new() };
    let mut addresses = Addresses { inputs, ..Addresses::default() };
    for (at, document) in (0..).map(DocumentIndex).zip(documents.iter_mut()) {
        let (url, holder) = table.next_free(&document.url);
        table.take(&url, AddressHolder::Document(at));
        if let Some(holder) = holder {
            let requested = std::mem::replace(&mut Arc::make_mut(document).url, url);
            addresses.conflicts.push(address_conflict(
                AddressClaimant::Document(at),
                requested.as_str(),
                AddressRefusal::Taken(holder),
            ));
        }
    }
    // Every portal has a home page, even if no document provides it.
    let home = SitePath::page("index.md");
    if !table.files.contains_key(&home) {
        table.take(&home, AddressHolder::Portal);
    }
    addresses.case_duplicates = duplicate_sources(documents);
    let wanted: Vec<SitePath> =
        assets.iter().map(|(path, _)| SitePath::asset(without_content_folder(content, path))).collect();
    let mut urls = assign_linked_assets(&mut table, &wanted, &mut addresses);
    assign_aliases(&mut table, documents, &mut addresses);
    for (at, requested) in (0..).map(AssetIndex).zip(&wanted) {
        urls.entry(at).or_insert_with(|| {
            let (url, _) = table.next_free(requested);
            table.take(&url, AddressHolder::Asset(at));
            url
        });
    }
    let assets = assets.into_iter().zip(urls.into_values());
    (assets.map(|((path, facts), url)| Asset { path, url, facts }).collect(), addresses)
}

fn duplicate_sources(documents: &[Arc<Document>]) -> Vec<DocumentIndex> {
    let mut ids: AHashSet<String> = AHashSet::new();
    let documents = (0..).map(DocumentIndex).zip(documents);
    let mut is_twin =
        |document: &Document| document.id().is_some_and(|id| !ids.insert(id.as_str().to_ascii_lowercase()));
    documents.filter(|(_, document)| is_twin(document)).map(|(index, _)| index).collect()
}

/// Addresses of the images and attachments that something links to, by index.
fn assign_linked_assets(
    table: &mut AddressTable<'_>,
    requested_paths: &[SitePath],
    addresses: &mut Addresses,
) -> BTreeMap<AssetIndex, SitePath> {
    let mut urls = BTreeMap::new();
    for at in &addresses.inputs.linked {
        let Some(requested) = requested_paths.get(at.0 as usize) else { continue };
        let (url, holder) = table.next_free(requested);
        table.take(&url, AddressHolder::Asset(*at));
        if let Some(holder) = holder {
            let claimant = AddressClaimant::Asset(*at);
            addresses.conflicts.push(address_conflict(claimant, requested.as_str(), AddressRefusal::Taken(holder)));
        }
        urls.insert(*at, url);
    }
    urls
}

fn assign_aliases(table: &mut AddressTable<'_>, documents: &[Arc<Document>], addresses: &mut Addresses) {
    let mut granted: AHashSet<(DocumentIndex, SitePath)> = AHashSet::new();
    for (index, document) in (0..).map(DocumentIndex).zip(documents) {
        let aliases = document.front().map_or(&[][..], |front| &front.aliases);
        for (at, alias) in aliases.iter().enumerate() {
            let claimant = AddressClaimant::Alias(index, at);
            let path = match alias_path(&alias.value) {
                Ok(path) => path,
                Err(reason) => {
                    addresses.conflicts.push(address_conflict(claimant, &alias.value, reason));
                    continue;
                }
            };
            // It already leads to the right document, perhaps because it is listed twice.
            if path == document.url || granted.contains(&(index, path.clone())) {
                continue;
            }
            match refusal(table, &path, index, &document.url) {
                None => {
                    table.take(&path, AddressHolder::Alias(index));
                    granted.insert((index, path.clone()));
                    addresses.aliases.push((index, path));
                }
                Some(reason) => addresses.conflicts.push(address_conflict(claimant, path.as_str(), reason)),
            }
        }
    }
}

/// Why a document cannot have an earlier address; `None` if it can.
fn refusal(table: &AddressTable<'_>, path: &SitePath, index: DocumentIndex, url: &SitePath) -> Option<AddressRefusal> {
    match table.holder(path) {
        None => table.other_case(path).map(AddressRefusal::LetterCase),
        Some(AddressHolder::Document(holder)) if holder == index && path.folded() == url.folded() => {
            Some(AddressRefusal::LetterCase(url.as_str().into()))
        }
        Some(holder) => Some(AddressRefusal::Taken(holder)),
    }
}

fn address_conflict(claimant: AddressClaimant, requested: &str, refusal: AddressRefusal) -> AddressConflict {
    AddressConflict { claimant, requested: requested.into(), refusal }
}

/// The file of an earlier address: `old/name.html`, or a folder's `old/`.
fn alias_path(alias: &str) -> Result<SitePath, AddressRefusal> {
    // An address with a host belongs to another site.
    if alias.starts_with("//") || alias.contains("://") {
        return Err(AddressRefusal::Unusable);
    }
    let alias = alias.trim_start_matches('/');
    let file = match alias.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if alias.ends_with(".html") => alias.to_owned(),
        None => format!("{alias}.html"),
    };
    let path = SitePath::parse(&file).map_err(|_| AddressRefusal::Unusable)?;
    if file.len() > alias.len() && !alias.ends_with('/') && has_extension(alias) {
        Err(AddressRefusal::Extension)
    } else {
        Ok(path)
    }
}

/// Whether an address has a file extension, such as `plan.pdf`; a number, as in `release-1.2`, does not count as one.
fn has_extension(address: &str) -> bool {
    let name = address.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    (1..=5).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
