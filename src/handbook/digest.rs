//! Digests of texts: what an approval or a review was about.
//!
//! There are two schemes. The first covers a text as it is written, links as their paths. The second covers what is
//! rendered: a link counts as what it leads to, so that files may move and paths be respelled, and an attachment as what is
//! in it, so that a replaced form is another text.

use super::document::Document;
use super::file::ParsedFile;
use super::link::{Anchor, AssetIndex, Destination};
use super::{DocumentIndex, Handbook, below};
use crate::markdown::Link;
use crate::source::front_matter::{Claim, DigestScheme, FrontMatter, WrittenDigest};

/// BLAKE3 of a document's normalised content, shortened to 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Digest(pub [u8; 16]);

/// A hash of an attachment.
pub(crate) type ContentHash = [u8; 32];

impl Digest {
    /// Takes the digest of a file's content as it is written. Wrapping, trailing space and line ends do not change it;
    /// words, numbers, links, claims and provided items do.
    pub(crate) fn of(front: Option<&FrontMatter>, body: &[u8; 32]) -> Digest {
        let mut hasher = blake3::Hasher::new();
        if let Some(front) = front {
            add_front(&mut hasher, front, false);
        }
        hasher.update(b"\0body\0").update(body);
        Digest::finish(&hasher)
    }

    fn finish(hasher: &blake3::Hasher) -> Digest {
        let mut digest = [0; 16];
        hasher.finalize_xof().fill(&mut digest);
        Digest(digest)
    }
}

fn add_front(hasher: &mut blake3::Hasher, front: &FrontMatter, with_notes: bool) {
    let title = front.title.as_ref().map_or("", |title| &title.value);
    hasher.update(collapsed(title).as_bytes());
    for claim in &front.clauses {
        add_claim(hasher, claim);
        if let Some(note) = claim.note.as_ref().filter(|_| with_notes) {
            hasher.update(b"\0note\0").update(collapsed(note).as_bytes());
        }
    }
    for item in &front.provides {
        hasher.update(b"\0provides\0");
        hasher.update(item.value.item.as_str().as_bytes());
    }
}

/// Whether two front matters add the same to the digest of what is rendered.
pub(crate) fn front_agrees(one: &FrontMatter, other: &FrontMatter) -> bool {
    let taken = |front| {
        let mut hasher = blake3::Hasher::new();
        add_front(&mut hasher, front, true);
        hasher.finalize()
    };
    taken(one) == taken(other)
}

fn add_claim(hasher: &mut blake3::Hasher, claim: &Claim) {
    hasher.update(b"\0claim\0");
    hasher.update(claim.clause.value.to_string().as_bytes());
    hasher.update(claim.extent.as_str().as_bytes());
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether anything in a document's front matter names a digest that was taken in this way.
pub(super) fn names(document: &Document, scheme: DigestScheme) -> bool {
    let Some(front) = document.front() else { return false };
    let by_change = front.changes.iter().filter_map(|change| change.digest.as_ref());
    let by_review = front.reviews.iter().filter_map(|review| review.digest.as_ref());
    by_change.chain(by_review).any(|digest| digest.value.scheme == scheme)
}

/// The attachments that a document's text shows or links to, in the order of the text.
pub(super) fn attachments(document: &Document) -> impl Iterator<Item = AssetIndex> + '_ {
    let targets = document.file.body.targets.iter();
    targets.filter_map(|link| match document.links.get(*link as usize)? {
        Destination::Asset { asset, .. } => Some(*asset),
        _ => None,
    })
}

/// The digest of a text as it is rendered; `links` says where its links lead in the handbook.
///
/// `content` is the content folder, `hash` gives the hash of an attachment.
///
/// # Errors
/// The first attachment that has no hash, since it could not be read.
pub(super) fn rendered(
    (handbook, content): (&Handbook, &str),
    (file, links): (&ParsedFile, &[Destination]),
    hash: impl Fn(AssetIndex) -> Option<ContentHash>,
) -> Result<WrittenDigest, AssetIndex> {
    let body = &file.body;
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"clausebook document 2\0");
    if let Some(front) = &file.front {
        add_front(&mut hasher, front, true);
    }
    hasher.update(b"\0body\0").update(&body.rendered);
    let targets = Targets { handbook, content, file };
    for link in &body.targets {
        if let (Some(link), Some(to)) = (body.links.get(*link as usize), links.get(*link as usize)) {
            targets.add(&mut hasher, link, to, &hash)?;
        }
    }
    Ok(WrittenDigest { scheme: DigestScheme::Rendered, bytes: Digest::finish(&hasher).0 })
}

/// What the links of a text lead to.
struct Targets<'a> {
    handbook: &'a Handbook,
    content: &'a str,
    file: &'a ParsedFile,
}

impl Targets<'_> {
    fn add(
        &self,
        hasher: &mut blake3::Hasher,
        link: &Link,
        to: &Destination,
        hash: impl Fn(AssetIndex) -> Option<ContentHash>,
    ) -> Result<(), AssetIndex> {
        match to {
            Destination::Document { document, anchor, .. } => {
                self.add_page(hasher, &self.handbook.document(*document).file, anchor);
            }
            Destination::Here { anchor } => self.add_page(hasher, self.file, anchor),
            Destination::Entry { id, .. } => add_target(hasher, id.as_str(), &Anchor::default()),
            Destination::Withheld { document, anchor } => {
                let withheld = self.handbook.lookup.withheld_at(*document);
                let id = withheld.and_then(|document| document.id.as_ref());
                let path = withheld.map_or("", |document| below(self.content, &document.path));
                add_target(hasher, id.map_or(path, |id| id.as_str()), anchor);
            }
            Destination::Asset { asset, fragment, .. } => {
                hasher.update(b"\0file\0").update(&hash(*asset).ok_or(*asset)?).update(fragment.as_bytes());
            }
            Destination::FormerSite { address } => {
                hasher.update(b"\0written\0").update(address.as_bytes());
            }
            Destination::Home | Destination::Outside | Destination::Broken(_) => {
                hasher.update(b"\0written\0").update(link.target.trim().as_bytes());
            }
        }
        Ok(())
    }

    fn add_page(&self, hasher: &mut blake3::Hasher, page: &ParsedFile, anchor: &Anchor) {
        let path = || below(self.content, page.path());
        add_target(hasher, page.controlled_id().map_or_else(path, |id| id.as_str()), anchor);
    }
}

fn add_target(hasher: &mut blake3::Hasher, name: &str, anchor: &Anchor) {
    hasher.update(b"\0page\0").update(name.as_bytes());
    hasher.update(b"#").update(anchor.id.as_bytes()).update(anchor.directive.as_bytes());
}

impl Handbook {
    /// Attachments whose bytes the approvals and reviews of documents are about, each once, in order.
    pub(crate) fn attested_attachments(&self) -> Vec<AssetIndex> {
        let attested = self.documents.iter().filter(|document| names(document, DigestScheme::Rendered));
        let assets: std::collections::BTreeSet<AssetIndex> =
            attested.flat_map(|document| attachments(document)).collect();
        assets.into_iter().collect()
    }

    /// Gives each document the digest that it has in the whole handbook, of which this is an edition.
    pub(crate) fn share_digests(&mut self, whole: &Handbook) {
        for document in &mut self.documents {
            let Some(known) = whole.lookup.by_path(document.path()) else { continue };
            let digest = whole.document(known).rendered;
            if document.rendered != digest {
                std::sync::Arc::make_mut(document).rendered = digest;
            }
        }
    }

    /// Takes the digests, as they are rendered, of the documents whose front matter names one.
    pub(crate) fn take_digests(&mut self, content: &str, hash: impl Fn(AssetIndex) -> Option<ContentHash> + Sync) {
        use rayon::prelude::*;
        let digest = |(index, document): (DocumentIndex, &Document)| {
            if !names(document, DigestScheme::Rendered) {
                return None;
            }
            let digest = rendered((self, content), (&document.file, &document.links), &hash)
                .ok()
                .map(|digest| Digest(digest.bytes));
            (digest != document.rendered).then_some((index, digest))
        };
        let taken: Vec<_> = self.par_indexed().filter_map(digest).collect();
        for (index, digest) in taken {
            if let Some(document) = self.documents.get_mut(index.at()) {
                std::sync::Arc::make_mut(document).rendered = digest;
            }
        }
    }
}
