//! Digests of documents: they identify the text that an approval or a review was about.
//!
//! There are three schemes. The first covers the text as written, with links as their paths. The second covers the
//! rendered text: a link counts as its destination, so that files may move and paths be rewritten, and an attachment as
//! its content, so that a replaced form changes the digest. The third also resolves claims and anchors, and ignores
//! white space that readers do not see. New digests use the third scheme; older ones are compared in their own scheme.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::anchor::{AnchorSpellings, target_anchor};
use super::document::Document;
use super::file::ParsedFile;
use super::link::{Anchor, AssetIndex, Destination};
use super::{DocumentIndex, Handbook, without_content_folder};
use crate::id::{ClauseRef, StandardId};
use crate::markdown::Link;
use crate::source::front_matter::{Claim, DigestScheme, FrontMatter, WrittenDigest};

/// BLAKE3 hash of a document's normalized content, shortened to 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Digest(pub [u8; 16]);

/// A hash of an attachment's content.
pub(crate) type ContentHash = [u8; 32];

impl Digest {
    /// Computes the digest of a file's content as written. Wrapping, trailing spaces and line endings do not change it;
    /// words, numbers, links, claims and provided items do.
    pub(crate) fn from_source(front: Option<&FrontMatter>, body: &[u8; 32]) -> Digest {
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
    hasher.update(collapse_white_space(title).as_bytes());
    for claim in &front.clauses {
        add_claim(hasher, claim);
        if let Some(note) = claim.note.as_ref().filter(|_| with_notes) {
            hasher.update(b"\0note\0").update(collapse_white_space(&note.value).as_bytes());
        }
    }
    for item in &front.provides {
        hasher.update(b"\0provides\0");
        hasher.update(item.value.item.as_str().as_bytes());
    }
}

/// Like [`add_front`], for the third scheme: claims are resolved, and neither their order nor repetition matters.
fn add_resolved_front(hasher: &mut blake3::Hasher, front: &FrontMatter, main: Option<&StandardId>) {
    let title = front.title.as_ref().map_or("", |title| &title.value);
    hasher.update(collapse_white_space(title).as_bytes());
    add_resolved_claims(hasher, &front.clauses, main);
    let items: BTreeSet<&str> = front.provides.iter().map(|item| item.value.item.as_str()).collect();
    for item in items {
        hasher.update(b"\0provides\0").update(item.as_bytes());
    }
}

fn add_resolved_claims(hasher: &mut blake3::Hasher, claims: &[Claim], main: Option<&StandardId>) {
    let resolved = |claim: &Claim| {
        let ClauseRef { standard, clause } = &claim.clause.value;
        let standard = standard.as_ref().or(main).map_or("", StandardId::as_str);
        let note = claim
            .note
            .as_ref()
            .map(|note| format!("\0note\0{}", collapse_white_space(&note.value)))
            .unwrap_or_default();
        format!("\0claim\0{standard}:{clause}\0{}{note}", claim.extent.as_str())
    };
    let resolved: BTreeSet<String> = claims.iter().map(resolved).collect();
    resolved.iter().for_each(|claim| _ = hasher.update(claim.as_bytes()));
}

/// Whether two front matter blocks contribute the same to a rendered digest, without resolving their claims.
pub(crate) fn same_front_matter(a: &FrontMatter, b: &FrontMatter) -> bool {
    let digest_front = |front| {
        let mut hasher = blake3::Hasher::new();
        add_front(&mut hasher, front, true);
        hasher.finalize()
    };
    digest_front(a) == digest_front(b)
}

fn add_claim(hasher: &mut blake3::Hasher, claim: &Claim) {
    hasher.update(b"\0claim\0");
    hasher.update(claim.clause.value.to_string().as_bytes());
    hasher.update(claim.extent.as_str().as_bytes());
}

fn collapse_white_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The schemes that cover what is rendered, in the order of a document's digests.
const RENDERED_SCHEMES: [DigestScheme; 2] = [DigestScheme::Rendered, DigestScheme::Resolved];

/// Whether a document's front matter contains a digest in this scheme.
pub(super) fn has_scheme(document: &Document, scheme: DigestScheme) -> bool {
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

/// The context that a text is rendered in.
#[derive(Clone, Copy)]
pub(crate) struct TextContext<'a> {
    pub(super) handbook: &'a Handbook,
    /// The content folder.
    pub(super) content: &'a str,
    /// The standard meant by claims that do not name one.
    pub(super) main: Option<&'a StandardId>,
}

/// A text with the destinations of its links.
#[derive(Clone, Copy)]
pub(super) struct LinkedText<'a> {
    pub(super) file: &'a ParsedFile,
    pub(super) links: &'a [Destination],
}

impl<'a> LinkedText<'a> {
    /// The links that its digest covers, each with its destination, in document order.
    fn covered_links(self) -> impl Iterator<Item = (&'a Link, &'a Destination)> {
        let LinkedText { file, links } = self;
        let covered = file.body.targets.iter().map(|link| *link as usize);
        covered.filter_map(|link| Some((file.body.links.get(link)?, links.get(link)?)))
    }
}

/// The digest of a text as rendered, in one of the rendered schemes.
///
/// `hash` returns the hash of an attachment.
///
/// # Errors
/// If an attachment has no hash because it could not be read; returns the first such attachment.
pub(super) fn rendered_digest(
    surroundings: TextContext<'_>,
    scheme: DigestScheme,
    text: LinkedText<'_>,
    hash: impl Fn(AssetIndex) -> Option<ContentHash>,
) -> Result<WrittenDigest, AssetIndex> {
    let (file, body) = (text.file, &text.file.body);
    let is_resolved = scheme == DigestScheme::Resolved;
    let mut hasher = blake3::Hasher::new();
    hasher.update(if is_resolved { b"clausebook document 3\0" } else { b"clausebook document 2\0" });
    match &file.front {
        Some(front) if is_resolved => add_resolved_front(&mut hasher, front, surroundings.main),
        Some(front) => add_front(&mut hasher, front, true),
        None => {}
    }
    hasher.update(b"\0body\0").update(if is_resolved { body.shown_digest() } else { &body.rendered_digest });
    for heading in body.headings.iter().filter(|_| is_resolved) {
        add_resolved_claims(&mut hasher, &heading.claims, surroundings.main);
    }
    let targets = TargetHasher { context: surroundings, file, is_resolved, spellings: OnceCell::new() };
    for (link, to) in text.covered_links() {
        targets.add(&mut hasher, link, to, &hash)?;
    }
    Ok(WrittenDigest { scheme, bytes: Digest::finish(&hasher).0 })
}

/// What a digest covers of each link of a text, in document order: equal bytes for equal targets, and `None` for an
/// attachment that cannot be read.
pub(super) fn targets<'a>(
    surroundings: TextContext<'a>,
    text: LinkedText<'a>,
    hash: impl Fn(AssetIndex) -> Option<ContentHash>,
) -> Vec<(&'a Link, &'a Destination, Option<[u8; 16]>)> {
    let targets =
        TargetHasher { context: surroundings, file: text.file, is_resolved: true, spellings: OnceCell::new() };
    let digest_target = |(link, to)| {
        let mut hasher = blake3::Hasher::new();
        let covered = targets.add(&mut hasher, link, to, &hash).is_ok();
        (link, to, covered.then(|| Digest::finish(&hasher).0))
    };
    text.covered_links().map(digest_target).collect()
}

/// Adds the destinations of a text's links to a digest.
struct TargetHasher<'a> {
    context: TextContext<'a>,
    file: &'a ParsedFile,
    /// Whether anchors are resolved to the ones that they mean.
    is_resolved: bool,
    /// The text's own anchors by other spellings; computed when a link names an anchor that does not exist.
    spellings: OnceCell<AnchorSpellings>,
}

impl TargetHasher<'_> {
    fn add(
        &self,
        hasher: &mut blake3::Hasher,
        link: &Link,
        to: &Destination,
        hash: impl Fn(AssetIndex) -> Option<ContentHash>,
    ) -> Result<(), AssetIndex> {
        let TextContext { handbook, content, .. } = self.context;
        match to {
            Destination::Document { document, anchor, .. } => {
                let document = handbook.document(*document);
                self.add_page(hasher, &document.file, anchor, |anchor| {
                    document.target_anchor(anchor).map(str::to_owned)
                });
            }
            Destination::SamePage { anchor } => {
                self.add_page(hasher, self.file, anchor, |anchor| self.own_anchor(anchor))
            }
            Destination::Entry { id, .. } => add_target(hasher, id.as_str(), &Anchor::default()),
            Destination::Withheld { document, anchor } => {
                let withheld = handbook.lookup.withheld_at(*document);
                let id = withheld.and_then(|document| document.id.as_ref());
                let path = withheld.map_or("", |document| without_content_folder(content, &document.path));
                add_target(hasher, id.map_or(path, |id| id.as_str()), anchor);
            }
            Destination::Asset { asset, fragment, .. } => {
                hasher.update(b"\0file\0").update(&hash(*asset).ok_or(*asset)?).update(fragment.as_bytes());
            }
            Destination::FormerSite { address } => {
                hasher.update(b"\0written\0").update(address.as_bytes());
            }
            Destination::Home | Destination::External | Destination::Broken(_) => {
                hasher.update(b"\0written\0").update(link.target.trim().as_bytes());
            }
        }
        Ok(())
    }

    fn add_page(
        &self,
        hasher: &mut blake3::Hasher,
        page: &ParsedFile,
        anchor: &Anchor,
        resolve_anchor: impl Fn(&Anchor) -> Option<String>,
    ) {
        let path = || without_content_folder(self.context.content, page.path());
        let name = page.controlled_id().map_or_else(path, |id| id.as_str());
        match Some(anchor).filter(|anchor| self.is_resolved && !anchor.id.is_empty()).and_then(resolve_anchor) {
            Some(id) => add_target(hasher, name, &Anchor { id: id.into(), ..anchor.clone() }),
            None => add_target(hasher, name, anchor),
        }
    }

    /// The anchor of the text itself that a link means.
    fn own_anchor(&self, anchor: &Anchor) -> Option<String> {
        let body = &self.file.body;
        target_anchor(body, anchor, || self.spellings.get_or_init(|| AnchorSpellings::from_body(body)))
            .map(str::to_owned)
    }
}

fn add_target(hasher: &mut blake3::Hasher, name: &str, anchor: &Anchor) {
    hasher.update(b"\0page\0").update(name.as_bytes());
    hasher.update(b"#").update(anchor.id.as_bytes()).update(anchor.directive.as_bytes());
}

impl Handbook {
    /// Attachments covered by the approvals and reviews of documents, without duplicates, in order.
    pub(crate) fn attested_attachments(&self) -> Vec<AssetIndex> {
        let is_attested =
            |document: &&Arc<Document>| RENDERED_SCHEMES.iter().any(|scheme| has_scheme(document, *scheme));
        let attested = self.documents.iter().filter(is_attested);
        let assets: std::collections::BTreeSet<AssetIndex> =
            attested.flat_map(|document| attachments(document)).collect();
        assets.into_iter().collect()
    }

    /// Copies the digests of documents from the whole handbook, of which this is an edition.
    pub(crate) fn copy_digests(&mut self, full: &Handbook) {
        for document in &mut self.documents {
            let Some(index) = full.lookup.by_path(document.path()) else { continue };
            let digests = full.document(index).rendered;
            if document.rendered != digests {
                Arc::make_mut(document).rendered = digests;
            }
        }
    }

    /// Computes the rendered digests of the documents whose front matter contains one, in the schemes that it contains.
    pub(crate) fn compute_digests(
        &mut self,
        content: &str,
        main: Option<&StandardId>,
        hash: impl Fn(AssetIndex) -> Option<ContentHash> + Sync,
    ) {
        use rayon::prelude::*;
        let surroundings = TextContext { handbook: self, content, main };
        let digests = |(index, document): (DocumentIndex, &Document)| {
            let digests = RENDERED_SCHEMES.map(|scheme| {
                let text = LinkedText { file: &document.file, links: &document.links };
                let digest =
                    has_scheme(document, scheme).then(|| rendered_digest(surroundings, scheme, text, &hash).ok());
                digest.flatten().map(|digest| Digest(digest.bytes))
            });
            (digests != document.rendered).then_some((index, digests))
        };
        let taken: Vec<_> = self.par_indexed().filter_map(digests).collect();
        for (index, digests) in taken {
            if let Some(document) = self.documents.get_mut(index.at()) {
                Arc::make_mut(document).rendered = digests;
            }
        }
    }
}
