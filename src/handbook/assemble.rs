//! Puts parsed files together: settles ids and URLs, follows links, and collects who refers to whom.
//!
//! Nothing is reported here; the rules look at the result and say what is wrong with it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::defaults::Effective;
use super::document::{Control, Digest, Document, DocumentIndex, ResolvedClaim};
use super::file::ParsedFile;
use super::link::{AssetIndex, Destination, Lookup};
use super::{Asset, Handbook};
use crate::config::Settings;
use crate::place::Located;
use crate::source::front_matter::{Claim, FrontMatter};
use crate::standard::Standards;
use crate::url::SitePath;

/// The type of what is not under document control.
pub const PAGE: &str = "page";

/// What a handbook is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The handbook's settings.
    pub settings: &'a Settings,
    /// The standards that the settings name.
    pub standards: &'a Standards,
    /// Every Markdown file, sorted by path.
    pub files: Vec<Arc<ParsedFile>>,
    /// Paths of every other file below the content folder, sorted.
    pub assets: Vec<Arc<str>>,
}

/// Puts a handbook together.
pub fn assemble(parts: Parts<'_>) -> Handbook {
    let Parts { settings, standards, files, assets } = parts;
    let (shown, withheld): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| super::edition::is_shown(settings, file));
    let lookup = look_up(&shown, &withheld, &assets);
    let mut documents: Vec<Document> =
        shown.par_iter().map(|file| document(settings, standards, &lookup, file.clone())).collect();
    let url_clashes = settle_urls(&mut documents);
    connect(&mut documents);
    Handbook {
        documents,
        assets: settle_assets(&settings.content, assets),
        lookup,
        url_clashes,
        withheld: withheld.len(),
    }
}

fn look_up(shown: &[Arc<ParsedFile>], withheld: &[Arc<ParsedFile>], assets: &[Arc<str>]) -> Lookup {
    let mut lookup = Lookup::default();
    for (at, file) in (0..).zip(shown) {
        lookup.add_document(file.path(), DocumentIndex(at));
        if let Some(id) = controlled_id(file) {
            lookup.add_id(&id.value, DocumentIndex(at));
        }
    }
    for file in withheld {
        lookup.withhold(file.path(), controlled_id(file).map(|id| &id.value));
    }
    for (at, path) in (0..).zip(assets) {
        lookup.add_asset(path, AssetIndex(at));
    }
    lookup
}

/// The id of a file under document control; a file of type `page` has none.
fn controlled_id(file: &ParsedFile) -> Option<&Located<super::DocumentId>> {
    let front = file.front.as_ref()?;
    front.id.as_ref().filter(|_| front.kind.as_ref().is_none_or(|kind| kind.value != PAGE))
}

fn document(settings: &Settings, standards: &Standards, lookup: &Lookup, file: Arc<ParsedFile>) -> Document {
    let control = if controlled_id(&file).is_some() { Control::Controlled } else { Control::Page };
    let front = file.front.as_ref();
    let effective = Effective::of(settings, standards, &file);
    let named = |list: fn(&FrontMatter) -> &[Located<super::DocumentId>]| -> Vec<DocumentIndex> {
        front.map_or(&[][..], list).iter().filter_map(|id| lookup.by_id(&id.value)).collect()
    };
    let body = &file.body;
    Document {
        control,
        title: title(&file),
        kind: kind(front, control),
        url: SitePath::page(below(&settings.content, file.path())),
        owner: effective.owner,
        approver: effective.approver,
        classification: effective.classification,
        audience: effective.audience,
        review: effective.review,
        claims: claims(standards, &file),
        provides: provides(standards, front),
        links: body.links.iter().map(|link| lookup.resolve(link, file.path(), &settings.content)).collect(),
        mentions: body.mentions.iter().map(|mention| standards.resolve(&mention.clause).ok()).collect(),
        related: named(|front| &front.related),
        depends_on: named(|front| &front.depends_on),
        supersedes: named(|front| &front.supersedes),
        superseded_by: Vec::new(),
        referenced_by: Vec::new(),
        digest: Digest::of(front, &body.digest),
        file,
    }
}

/// A path without the content folder in front of it.
pub(super) fn below<'a>(content: &str, path: &'a str) -> &'a str {
    path.strip_prefix(content).map_or(path, |rest| rest.trim_start_matches('/'))
}

fn title(file: &ParsedFile) -> Arc<str> {
    let given = file.front.as_ref().and_then(|front| front.title.as_ref()).map(|title| title.value.as_str());
    let heading = || file.body.headings.first().map(|heading| heading.text.as_str());
    let name = || file.path().rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem);
    given.or_else(heading).or_else(name).unwrap_or("Untitled").into()
}

fn kind(front: Option<&FrontMatter>, control: Control) -> Arc<str> {
    match (control, front.and_then(|front| front.kind.as_ref())) {
        (Control::Controlled, Some(kind)) => kind.value.as_str().into(),
        (Control::Controlled, None) => "".into(),
        (Control::Page, _) => PAGE.into(),
    }
}

fn claims(standards: &Standards, file: &ParsedFile) -> Vec<ResolvedClaim> {
    let whole = file.front.iter().flat_map(|front| &front.clauses).map(|claim| (claim, None));
    let by_heading = (0..)
        .zip(&file.body.headings)
        .flat_map(|(at, heading)| heading.claims.iter().map(move |claim| (claim, Some(at))));
    whole.chain(by_heading).filter_map(|(claim, heading)| resolved(standards, claim, heading)).collect()
}

fn resolved(standards: &Standards, claim: &Claim, heading: Option<u32>) -> Option<ResolvedClaim> {
    Some(ResolvedClaim {
        clause: standards.resolve(&claim.clause.value).ok()?,
        extent: claim.extent,
        heading,
        note: claim.note.clone(),
        span: claim.clause.span,
    })
}

fn provides(standards: &Standards, front: Option<&FrontMatter>) -> Vec<(crate::standard::ItemKey, crate::place::Span)> {
    let items = front.map_or(&[][..], |front| &front.provides);
    items.iter().filter_map(|item| Some((standards.item(&item.value)?, item.span))).collect()
}

/// Gives every document a URL of its own; a later one that would share one gets a number and is remembered.
fn settle_urls(documents: &mut [Document]) -> Vec<UrlClash> {
    let mut taken: BTreeMap<String, Option<DocumentIndex>> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (at, document) in (0..).map(DocumentIndex).zip(documents.iter_mut()) {
        let wanted = document.url.clone();
        let reserved = wanted.is_reserved();
        let free = wanted.unreserved();
        document.url = free.clone();
        let mut count = 2;
        while taken.contains_key(&document.url.folded()) {
            document.url = free.numbered(count);
            count += 1;
        }
        if document.url != wanted {
            let with = if reserved { None } else { taken.get(&wanted.folded()).copied().flatten() };
            clashes.push(UrlClash { document: at, wanted, with });
        }
        taken.insert(document.url.folded(), Some(at));
    }
    clashes
}

/// A document that could not have the URL its path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlClash {
    /// The document that gave way.
    pub document: DocumentIndex,
    /// The URL it asked for.
    pub wanted: SitePath,
    /// The document that has it; `None` when it is one of Clausebook's own pages.
    pub with: Option<DocumentIndex>,
}

fn settle_assets(content: &str, paths: Vec<Arc<str>>) -> Vec<Asset> {
    let mut taken = HashSet::new();
    let settle = |path: Arc<str>| {
        let wanted = SitePath::asset(below(content, &path)).unreserved();
        let mut url = wanted.clone();
        let mut count = 2;
        while !taken.insert(url.folded()) {
            url = wanted.numbered(count);
            count += 1;
        }
        Asset { path, url }
    };
    paths.into_iter().map(settle).collect()
}

/// Fills in the relations that stand in other documents.
fn connect(documents: &mut [Document]) {
    let mut referenced: Vec<Vec<DocumentIndex>> = vec![Vec::new(); documents.len()];
    let mut superseded: Vec<Vec<DocumentIndex>> = vec![Vec::new(); documents.len()];
    for (from, document) in (0..).map(DocumentIndex).zip(documents.iter()) {
        for to in outgoing(document).filter(|to| *to != from) {
            let list = &mut referenced[to.at()];
            if list.last() != Some(&from) {
                list.push(from);
            }
        }
        document.supersedes.iter().filter(|to| **to != from).for_each(|to| superseded[to.at()].push(from));
    }
    for ((document, referenced_by), superseded_by) in documents.iter_mut().zip(referenced).zip(superseded) {
        document.referenced_by = referenced_by;
        document.superseded_by = superseded_by;
    }
}

fn outgoing(document: &Document) -> impl Iterator<Item = DocumentIndex> + '_ {
    let linked = document.links.iter().filter_map(|link| match link {
        Destination::Document { document, .. } => Some(*document),
        _ => None,
    });
    let named = [&document.related, &document.depends_on, &document.supersedes];
    linked.chain(named.into_iter().flatten().copied())
}
