//! Finds documents and assets by id and path, and where links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use ahash::AHashMap;

use super::document::DocumentIndex;
use super::link::{
    AssetIndex, Breakage, Destination, file_name, has_scheme, is_within, join, percent_decode, split_anchor,
};
use crate::id::DocumentId;
use crate::markdown::{Link, LinkForm, is_safe_scheme};
use crate::spelling::nearest;

/// What links are looked up in.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    documents: AHashMap<Arc<str>, DocumentIndex>,
    ids: AHashMap<DocumentId, DocumentIndex>,
    assets: AHashMap<Arc<str>, AssetIndex>,
    withheld_paths: BTreeSet<Arc<str>>,
    withheld_ids: BTreeSet<DocumentId>,
    /// Paths with their letter case folded; made when a link is written with another case than any file has.
    folded: OnceLock<AHashMap<String, Found>>,
    /// File names, and ids, in their order; made when one is misspelt.
    names: OnceLock<BTreeMap<Box<str>, Arc<str>>>,
    sorted_ids: OnceLock<BTreeSet<DocumentId>>,
}

/// How many candidates a misspelt id or path is compared with at most, so that many broken links in a large handbook
/// do not cost the square of its size.
const MOST_CANDIDATES: usize = 1_000;

/// What a path leads to; of two whose paths differ in letter case alone, the lesser is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Document(DocumentIndex),
    Asset(AssetIndex),
}

impl Lookup {
    /// Knows documents and pages by their paths, assets by theirs, and ids, of which the first document to have one
    /// keeps it. Numbers are ranks in these lists.
    pub(crate) fn new<'a>(
        documents: impl ExactSizeIterator<Item = &'a Arc<str>> + Send,
        ids: impl Iterator<Item = (&'a DocumentId, DocumentIndex)> + Send,
        assets: impl ExactSizeIterator<Item = &'a Arc<str>>,
    ) -> Lookup {
        let count = documents.len();
        let by_id = || {
            let mut known = AHashMap::with_capacity(count);
            for (id, index) in ids {
                known.entry(id.clone()).or_insert(index);
            }
            known
        };
        let by_path = || documents.cloned().zip((0..).map(DocumentIndex)).collect();
        let (documents, ids) = rayon::join(by_path, by_id);
        let assets = assets.cloned().zip((0..).map(AssetIndex)).collect();
        Lookup { documents, ids, assets, ..Lookup::default() }
    }

    /// Remembers a document that exists but is not shown, so that links to it are no fault and give nothing away.
    pub(crate) fn withhold(&mut self, path: &Arc<str>, id: Option<&DocumentId>) {
        self.withheld_paths.insert(path.clone());
        self.withheld_ids.extend(id.cloned());
    }

    /// Whether just these exist and are not shown.
    pub(crate) fn withholds_just<'a>(
        &self,
        files: impl Iterator<Item = (&'a Arc<str>, Option<&'a DocumentId>)>,
    ) -> bool {
        let mut other = Lookup::default();
        files.for_each(|(path, id)| other.withhold(path, id));
        self.withheld_paths == other.withheld_paths && self.withheld_ids == other.withheld_ids
    }

    /// The document with an id.
    pub(crate) fn by_id(&self, id: &DocumentId) -> Option<DocumentIndex> {
        self.ids.get(id).copied()
    }

    /// The document at a path relative to the handbook's folder.
    pub(crate) fn by_path(&self, path: &str) -> Option<DocumentIndex> {
        self.documents.get(path).copied()
    }

    /// Paths and ids of documents that exist but are not shown, in order.
    pub(crate) fn withheld(&self) -> impl Iterator<Item = &str> {
        let paths = self.withheld_paths.iter().map(|path| &**path);
        paths.chain(self.withheld_ids.iter().map(DocumentId::as_str))
    }

    /// Whether a document with this id exists but is not shown.
    pub(crate) fn is_withheld(&self, id: &DocumentId) -> bool {
        self.withheld_ids.contains(id)
    }

    /// The id nearest to a misspelt one, if any is near; `except` is not it.
    pub(crate) fn nearest_id(&self, word: &str, except: Option<&DocumentId>) -> Option<&str> {
        let ids = self.sorted_ids.get_or_init(|| self.ids.keys().cloned().collect());
        let candidates = around(ids.iter(), word).filter(|id| Some(*id) != except);
        nearest(word, candidates.map(DocumentId::as_str))
    }

    /// The path of the document or asset whose file name is nearest to a misspelt one, if any is near.
    pub(crate) fn nearest_path(&self, name: &str) -> Option<&Arc<str>> {
        let names = self.names.get_or_init(|| {
            let paths = self.documents.keys().chain(self.assets.keys());
            let mut names = BTreeMap::new();
            for path in paths.collect::<BTreeSet<_>>() {
                names.entry(file_name(path).into()).or_insert_with(|| path.clone());
            }
            names
        });
        let near = nearest(name, around(names.keys(), name).map(|name| &**name))?;
        names.get(near)
    }

    /// Finds where a link in the file at `from` leads; `content` is the content folder.
    pub(crate) fn resolve(&self, link: &Link, from: &str, content: &str) -> Destination {
        self.lead(link.form, &link.target, from, content)
    }

    /// Finds where a target of that form would lead.
    pub(crate) fn lead(&self, form: LinkForm, target: &str, from: &str, content: &str) -> Destination {
        if form == LinkForm::Wiki {
            return self.resolve_id(target);
        }
        let target = target.trim();
        if target.is_empty() {
            return Destination::Broken(Breakage::Empty);
        }
        if !is_safe_scheme(target) {
            return Destination::Broken(Breakage::Scheme);
        }
        if has_scheme(target) || target.starts_with("//") {
            return Destination::Outside;
        }
        self.resolve_path(target, from, content)
    }

    fn resolve_id(&self, target: &str) -> Destination {
        let (id, anchor) = split_anchor(target);
        let Ok(id) = id.trim().parse::<DocumentId>() else { return Destination::Broken(Breakage::NoId) };
        match self.by_id(&id) {
            Some(document) => Destination::Document { document, anchor, miscased: false },
            None if self.withheld_ids.contains(&id) => Destination::Withheld,
            None => Destination::Broken(Breakage::NoId),
        }
    }

    fn resolve_path(&self, target: &str, from: &str, content: &str) -> Destination {
        let (path, anchor) = split_anchor(target);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if path.is_empty() {
            return Destination::Here { anchor: anchor.unwrap_or_default() };
        }
        if path.starts_with('/') || path.contains('\\') {
            return Destination::Broken(Breakage::Absolute);
        }
        match join(from, &percent_decode(path)) {
            Some(path) if is_within(&path, content) => self.find(path, anchor),
            _ => Destination::Broken(Breakage::Outside),
        }
    }

    fn find(&self, mut path: String, anchor: Option<Box<str>>) -> Destination {
        let length = path.len();
        for rest in ["", "/index.md", "/README.md"] {
            path.truncate(length);
            path.push_str(rest);
            if let Some(&document) = self.documents.get(path.as_str()) {
                return Destination::Document { document, anchor, miscased: false };
            }
            if self.withheld_paths.contains(path.as_str()) {
                return Destination::Withheld;
            }
        }
        path.truncate(length);
        if let Some(&asset) = self.assets.get(path.as_str()) {
            return Destination::Asset { asset, miscased: false };
        }
        match self.folded().get(&path.to_lowercase()) {
            Some(&Found::Document(document)) => Destination::Document { document, anchor, miscased: true },
            Some(&Found::Asset(asset)) => Destination::Asset { asset, miscased: true },
            None if crate::source::is_markdown(&path) || !file_name(&path).contains('.') => {
                Destination::Broken(Breakage::NoDocument)
            }
            None => Destination::Broken(Breakage::NoAsset),
        }
    }

    fn folded(&self) -> &AHashMap<String, Found> {
        self.folded.get_or_init(|| {
            let documents = self.documents.iter().map(|(path, index)| (path, Found::Document(*index)));
            let assets = self.assets.iter().map(|(path, index)| (path, Found::Asset(*index)));
            let mut folded = AHashMap::with_capacity(self.documents.len() + self.assets.len());
            for (path, found) in documents.chain(assets) {
                folded.entry(path.to_lowercase()).and_modify(|first| *first = found.min(*first)).or_insert(found);
            }
            folded
        })
    }
}

/// A bounded part of a sorted list around where a word would stand in it: all of a small list.
fn around<'m, T: AsText>(
    all: impl ExactSizeIterator<Item = &'m T> + 'm,
    word: &str,
) -> Box<dyn Iterator<Item = &'m T> + 'm> {
    if all.len() <= MOST_CANDIDATES {
        return Box::new(all);
    }
    let start: String = word.chars().take(3).collect::<String>().to_lowercase();
    let begins = move |one: &&T| one.as_text().get(..start.len()).is_some_and(|head| head.to_lowercase() == start);
    Box::new(all.filter(begins).take(MOST_CANDIDATES))
}

/// What can be compared by its text.
trait AsText {
    fn as_text(&self) -> &str;
}

impl AsText for DocumentId {
    fn as_text(&self) -> &str {
        self.as_str()
    }
}

impl AsText for Box<str> {
    fn as_text(&self) -> &str {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: &str) -> Link {
        Link {
            form: LinkForm::Inline,
            target: target.to_owned(),
            text: String::new(),
            title: String::new(),
            span: Default::default(),
            target_span: Default::default(),
        }
    }

    #[test]
    fn an_unsafe_address_leads_nowhere() {
        let resolve = |target| Lookup::default().resolve(&link(target), "content/a.md", "content");
        assert_eq!(resolve("https://example.org"), Destination::Outside);
        for target in ["JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "java\tscript:alert(1)"] {
            assert_eq!(resolve(target), Destination::Broken(Breakage::Scheme), "{target}");
        }
    }

    #[test]
    fn of_paths_that_differ_in_letter_case_alone_the_first_is_found() {
        let paths = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect::<Vec<Arc<str>>>();
        let documents = paths(&["content/A.md", "content/a.md", "content/sub/README.md"]);
        let assets = paths(&["content/LOGO.png", "content/logo.PNG"]);
        let lookup = Lookup::new(documents.iter(), std::iter::empty(), assets.iter());
        let resolve = |target| lookup.resolve(&link(target), "content/x.md", "content");
        let document = |at, miscased| Destination::Document { document: DocumentIndex(at), anchor: None, miscased };
        assert_eq!([resolve("a.md"), resolve("a.MD")], [document(1, false), document(0, true)]);
        assert_eq!([resolve("sub"), resolve("sub/")], [document(2, false), document(2, false)]);
        assert_eq!(resolve("logo.png"), Destination::Asset { asset: AssetIndex(0), miscased: true });
        assert_eq!(resolve("logo.gif"), Destination::Broken(Breakage::NoAsset));
    }
}
