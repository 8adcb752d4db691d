//! Where documents, assets and earlier addresses are in the site, each at an address of its own.
//!
//! Nothing that an author wrote is dropped for want of an address: what comes second goes beside, and is remembered.

use std::sync::Arc;

use ahash::AHashMap;

use super::document::{Document, DocumentIndex};
use super::file::below;
use super::link::AssetIndex;
use super::{Asset, Destination};
use crate::place::Span;
use crate::source::AssetProblem;
use crate::url::{OwnPlace, SitePath};

/// What is published at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Published {
    /// One of the portal's own pages.
    Own,
    /// A document.
    Document(DocumentIndex),
    /// An image or attachment.
    Asset(AssetIndex),
    /// A page that leads to a document from an earlier address of it.
    Redirect(DocumentIndex),
}

/// A document, or an image or attachment, that could not have the URL its path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UrlClash {
    /// What gave way.
    pub(crate) moved: Published,
    /// The URL it asked for.
    pub(crate) wanted: SitePath,
    /// What has it.
    pub(crate) with: Published,
}

/// A page that leads on from an earlier address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The earlier address.
    pub(crate) path: SitePath,
    /// The document that was there.
    pub(crate) document: DocumentIndex,
}

/// An earlier address that cannot lead on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AliasClash {
    /// The document that claims it.
    pub(crate) document: DocumentIndex,
    /// Where its front matter does.
    pub(crate) span: Span,
    /// The address.
    pub(crate) wanted: SitePath,
    /// What has it.
    pub(crate) with: Published,
}

/// Gives every document a URL of its own; a later one that would share one gets a number and is remembered.
pub(super) fn settle_urls(documents: &mut [Arc<Document>], own: &[OwnPlace]) -> Vec<UrlClash> {
    let mut taken: AHashMap<SitePath, DocumentIndex> = AHashMap::with_capacity(documents.len());
    let mut clashes = Vec::new();
    for (at, document) in (0..).map(DocumentIndex).zip(documents.iter_mut()) {
        let free = document.url.unreserved(own);
        let is_reserved = free != document.url;
        let (mut url, mut key) = (free.clone(), free.folded());
        let mut count = 2;
        while taken.contains_key(&key) {
            url = free.numbered(count);
            key = url.folded();
            count += 1;
        }
        if url != document.url {
            let wanted = std::mem::replace(&mut Arc::make_mut(document).url, url);
            let other = taken.get(&wanted.folded()).copied().filter(|_| !is_reserved);
            let with = other.map_or(Published::Own, Published::Document);
            clashes.push(UrlClash { moved: Published::Document(at), wanted, with });
        }
        taken.insert(key, at);
    }
    clashes
}

/// The same for images and attachments, of which only those are remembered that a document shows or links to.
pub(super) fn settle_assets(
    (content, own): (&str, &[OwnPlace]),
    assets: Vec<(Arc<str>, Option<AssetProblem>)>,
    documents: &[Arc<Document>],
    clashes: &mut Vec<UrlClash>,
) -> Vec<Asset> {
    let mut taken = published(documents);
    let used = used_assets(documents, assets.len());
    let mut settle = |(at, (path, problem)): (AssetIndex, (Arc<str>, Option<AssetProblem>))| {
        let wanted = SitePath::asset(below(content, &path));
        let free = wanted.unreserved(own);
        let mut with = (free != wanted).then_some(Published::Own);
        let (mut url, mut count) = (free.clone(), 2);
        while let Some(other) = taken.get(&url.folded()) {
            with = with.or(Some(*other));
            url = free.numbered(count);
            count += 1;
        }
        taken.insert(url.folded(), Published::Asset(at));
        if let Some(with) = with.filter(|_| used[at.0 as usize]) {
            clashes.push(UrlClash { moved: Published::Asset(at), wanted, with });
        }
        Asset { path, url, problem }
    };
    (0..).map(AssetIndex).zip(assets).map(&mut settle).collect()
}

fn used_assets(documents: &[Arc<Document>], count: usize) -> Vec<bool> {
    let mut used = vec![false; count];
    for link in documents.iter().flat_map(|document| &document.links) {
        if let Destination::Asset { asset, .. } = link {
            used[asset.0 as usize] = true;
        }
    }
    used
}

fn published(documents: &[Arc<Document>]) -> AHashMap<SitePath, Published> {
    let place = |(at, document): (DocumentIndex, &Arc<Document>)| (document.url.folded(), Published::Document(at));
    (0..).map(DocumentIndex).zip(documents).map(place).collect()
}

/// Makes each earlier address lead to its document, unless something else is there.
pub(super) fn settle_aliases(
    documents: &[Arc<Document>],
    assets: &[Asset],
    own: &[OwnPlace],
) -> (Vec<Redirect>, Vec<AliasClash>) {
    let (mut redirects, mut clashes) = (Vec::new(), Vec::new());
    if documents.iter().all(|document| document.front().is_none_or(|front| front.aliases.is_empty())) {
        return (redirects, clashes);
    }
    let mut taken = published(documents);
    taken.extend((0..).map(AssetIndex).zip(assets).map(|(at, asset)| (asset.url.folded(), Published::Asset(at))));
    for (at, document) in (0..).map(DocumentIndex).zip(documents) {
        for alias in document.front().map_or(&[][..], |front| &front.aliases) {
            let Some(path) = redirect_path(&alias.value) else { continue };
            let known = taken.get(&path.folded()).copied();
            let with = if path.is_reserved(own) { Some(Published::Own) } else { known };
            match with {
                Some(Published::Document(there) | Published::Redirect(there)) if there == at => {}
                Some(with) => clashes.push(AliasClash { document: at, span: alias.span, wanted: path, with }),
                None => {
                    taken.insert(path.folded(), Published::Redirect(at));
                    redirects.push(Redirect { path, document: at });
                }
            }
        }
    }
    (redirects, clashes)
}

/// The file at an earlier address: `old/name.html`, or a folder's `old/`.
fn redirect_path(alias: &str) -> Option<SitePath> {
    let alias = alias.trim_start_matches('/');
    let file = match alias.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if alias.ends_with(".html") => alias.to_owned(),
        None => format!("{alias}.html"),
    };
    SitePath::parse(&file).ok()
}
