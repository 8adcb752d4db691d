//! Gives everything that a handbook publishes an address of its own.
//!
//! The portal's own pages come first, then documents by path, then images and attachments, then earlier addresses. What
//! comes later gives way: it gets a free address, or none where it is an earlier one, and a clash is remembered.

use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::Asset;
use super::document::{Document, DocumentIndex};
use super::file::below;
use super::link::AssetIndex;
use crate::source::AssetFacts;
use crate::url::{OwnPlaces, SitePath};

/// The addresses of a handbook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    /// Earlier addresses, each with the document that had it.
    pub(crate) aliases: Vec<(DocumentIndex, SitePath)>,
    /// Wishes that were not granted.
    pub(crate) clashes: Vec<Clash>,
}

/// An address that something could not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    /// What gave way.
    pub(crate) claimant: Claimant,
    /// The address that it asked for.
    pub(crate) wanted: Box<str>,
    /// What has it; `None` when no file of a portal can have it.
    pub(crate) holder: Option<Holder>,
}

/// What asks for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claimant {
    /// A document or page.
    Document(DocumentIndex),
    /// An image or attachment.
    Asset(AssetIndex),
    /// An earlier address of a document, by its place in the front matter.
    Alias(DocumentIndex, usize),
}

/// What has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// One of the portal's own pages or files.
    Portal,
    /// A document or page.
    Document(DocumentIndex),
    /// An image or attachment.
    Asset(AssetIndex),
    /// An earlier address of a document.
    Alias(DocumentIndex),
}

/// Which addresses are taken. No file may be a folder too, and letter case does not tell two files apart.
struct Taken<'a> {
    own: &'a OwnPlaces<'a>,
    files: AHashMap<SitePath, Holder>,
    folders: AHashMap<Box<str>, Holder>,
}

impl Taken<'_> {
    /// What has an address, a file above it, or something below it.
    fn holder(&self, path: &SitePath) -> Option<Holder> {
        let key = path.folded();
        let own = self.own.has(path) || key.folders().any(|folder| self.is_own_file(folder));
        let above = || key.folders().find_map(|folder| self.files.get(folder));
        match own {
            true => Some(Holder::Portal),
            false => self.files.get(&key).or_else(|| self.folders.get(key.as_str())).or_else(above).copied(),
        }
    }

    /// Whether a folder has the name of one of the portal's files.
    fn is_own_file(&self, folder: &str) -> bool {
        folder.contains('.') && SitePath::parse(folder).is_ok_and(|path| self.own.has(&path))
    }

    fn take(&mut self, path: &SitePath, holder: Holder) {
        let key = path.folded();
        for folder in key.folders() {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.into(), holder);
            }
        }
        self.files.insert(key, holder);
    }

    /// The address itself or the next free one, with what kept it from being had.
    fn free(&self, wanted: &SitePath) -> (SitePath, Option<Holder>) {
        let Some(holder) = self.holder(wanted) else { return (wanted.clone(), None) };
        let mut start = if holder == Holder::Portal { wanted.beside_own() } else { wanted.clone() };
        let (mut path, mut number) = (start.clone(), 2);
        while self.holder(&path).is_some() {
            if self.is_below_file(&start) {
                // No number behind the name helps: the folder is what is taken.
                start = start.beside_own();
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

/// Settles all addresses; `content` is the content folder.
pub(super) fn settle(
    own: &OwnPlaces<'_>,
    documents: &mut [Arc<Document>],
    assets: Vec<(Arc<str>, AssetFacts)>,
    content: &str,
) -> (Vec<Asset>, Addresses) {
    let files = AHashMap::with_capacity(documents.len() + assets.len());
    let mut taken = Taken { own, files, folders: AHashMap::new() };
    let mut addresses = Addresses::default();
    for (at, document) in (0..).map(DocumentIndex).zip(documents.iter_mut()) {
        let (url, holder) = taken.free(&document.url);
        taken.take(&url, Holder::Document(at));
        if holder.is_some() {
            let wanted = std::mem::replace(&mut Arc::make_mut(document).url, url);
            addresses.clashes.push(clash(Claimant::Document(at), wanted.as_str(), holder));
        }
    }
    // A portal has a home page, whether or not a document is it.
    let home = SitePath::page("index.md");
    if !taken.files.contains_key(&home) {
        taken.take(&home, Holder::Portal);
    }
    let assets = settle_assets(&mut taken, assets, content, &mut addresses);
    settle_aliases(&mut taken, documents, &mut addresses);
    (assets, addresses)
}

fn settle_assets(
    taken: &mut Taken<'_>,
    assets: Vec<(Arc<str>, AssetFacts)>,
    content: &str,
    addresses: &mut Addresses,
) -> Vec<Asset> {
    let settle = |(at, (path, facts)): (u32, (Arc<str>, AssetFacts))| {
        let wanted = SitePath::asset(below(content, &path));
        let (url, holder) = taken.free(&wanted);
        taken.take(&url, Holder::Asset(AssetIndex(at)));
        if holder.is_some() {
            addresses.clashes.push(clash(Claimant::Asset(AssetIndex(at)), wanted.as_str(), holder));
        }
        Asset { path, url, facts }
    };
    (0..).zip(assets).map(settle).collect()
}

fn settle_aliases(taken: &mut Taken<'_>, documents: &[Arc<Document>], addresses: &mut Addresses) {
    let mut own: AHashSet<(DocumentIndex, SitePath)> = AHashSet::new();
    for (index, document) in (0..).map(DocumentIndex).zip(documents) {
        let aliases = document.front().map_or(&[][..], |front| &front.aliases);
        for (at, alias) in aliases.iter().enumerate() {
            let claimant = Claimant::Alias(index, at);
            let Some(path) = alias_path(&alias.value) else {
                addresses.clashes.push(clash(claimant, &alias.value, None));
                continue;
            };
            match taken.holder(&path) {
                None => {
                    taken.take(&path, Holder::Alias(index));
                    own.insert((index, path.folded()));
                    addresses.aliases.push((index, path));
                }
                // It leads where it should.
                Some(Holder::Document(holder)) if holder == index => {}
                // Written twice, it does so, too.
                Some(Holder::Alias(holder)) if holder == index && own.contains(&(index, path.folded())) => {}
                holder => addresses.clashes.push(clash(claimant, path.as_str(), holder)),
            }
        }
    }
}

fn clash(claimant: Claimant, wanted: &str, holder: Option<Holder>) -> Clash {
    Clash { claimant, wanted: wanted.into(), holder }
}

/// The file of an earlier address: `old/name.html`, or a folder's `old/`.
fn alias_path(alias: &str) -> Option<SitePath> {
    let alias = alias.trim_start_matches('/');
    let file = match alias.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if alias.ends_with(".html") => alias.to_owned(),
        None => format!("{alias}.html"),
    };
    SitePath::parse(&file).ok()
}
