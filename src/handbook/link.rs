//! Where links lead: paths, ids and anchors turned into documents and assets.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::document::DocumentIndex;
use super::id::DocumentId;
use crate::markdown::{Link, LinkForm, is_safe_scheme};
use crate::spelling::nearest;

/// The number of an asset in its handbook: its rank by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetIndex(pub u32);

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A document or page of the handbook.
    Document {
        /// Which.
        document: DocumentIndex,
        /// The anchor named after `#`, decoded; whether it exists is another question.
        anchor: Option<Box<str>>,
        /// Set when the path was written with other letter case than the file has.
        miscased: bool,
    },
    /// An anchor on the same page.
    Here {
        /// The anchor, decoded.
        anchor: Box<str>,
    },
    /// An image or attachment.
    Asset {
        /// Which.
        asset: AssetIndex,
        /// Set when the path was written with other letter case than the file has.
        miscased: bool,
    },
    /// Somewhere else: a web address, mail or telephone.
    Outside,
    /// A document that this edition of the handbook does not show.
    Withheld,
    /// Nowhere.
    Broken(Breakage),
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// No such Markdown file.
    NoDocument,
    /// No such file of another kind.
    NoAsset,
    /// No document has that id.
    NoId,
    /// It begins with `/`, which means another place on every server and none in a folder.
    Absolute,
    /// It leads out of the content folder.
    Outside,
    /// A scheme that a handbook does not link to, such as `javascript:`.
    Scheme,
    /// Nothing between the brackets.
    Empty,
}

/// What links are looked up in.
#[derive(Debug, Default)]
pub struct Lookup {
    documents: HashMap<Arc<str>, DocumentIndex>,
    ids: BTreeMap<DocumentId, DocumentIndex>,
    assets: HashMap<Arc<str>, AssetIndex>,
    folded: HashMap<String, Found>,
    withheld_paths: BTreeSet<Arc<str>>,
    withheld_ids: BTreeSet<DocumentId>,
    names: OnceLock<BTreeMap<Box<str>, Arc<str>>>,
}

/// How many candidates a misspelt id or path is compared with at most, so that many broken links in a large handbook
/// do not cost the square of its size.
const MOST_CANDIDATES: usize = 1_000;

#[derive(Clone, Copy, Debug)]
enum Found {
    Document(DocumentIndex),
    Asset(AssetIndex),
}

impl Lookup {
    /// Adds a document or page by its path.
    pub fn add_document(&mut self, path: &Arc<str>, document: DocumentIndex) {
        self.folded.entry(path.to_lowercase()).or_insert(Found::Document(document));
        self.documents.insert(path.clone(), document);
    }

    /// Adds an id; the first document to have it keeps it.
    pub fn add_id(&mut self, id: &DocumentId, document: DocumentIndex) {
        self.ids.entry(id.clone()).or_insert(document);
    }

    /// Adds an asset by its path.
    pub fn add_asset(&mut self, path: &Arc<str>, asset: AssetIndex) {
        self.folded.entry(path.to_lowercase()).or_insert(Found::Asset(asset));
        self.assets.insert(path.clone(), asset);
    }

    /// Remembers a document that exists but is not shown, so that links to it are no fault and give nothing away.
    pub fn withhold(&mut self, path: &Arc<str>, id: Option<&DocumentId>) {
        self.withheld_paths.insert(path.clone());
        self.withheld_ids.extend(id.cloned());
    }

    /// The document with an id.
    pub fn by_id(&self, id: &DocumentId) -> Option<DocumentIndex> {
        self.ids.get(id).copied()
    }

    /// The document at a path relative to the handbook's folder.
    pub fn by_path(&self, path: &str) -> Option<DocumentIndex> {
        self.documents.get(path).copied()
    }

    /// Paths and ids of documents that exist but are not shown, in order.
    pub fn withheld(&self) -> impl Iterator<Item = &str> {
        let paths = self.withheld_paths.iter().map(|path| &**path);
        paths.chain(self.withheld_ids.iter().map(DocumentId::as_str))
    }

    /// Whether a document with this id exists but is not shown.
    pub fn is_withheld(&self, id: &DocumentId) -> bool {
        self.withheld_ids.contains(id)
    }

    /// The id nearest to a misspelt one, if any is near; `except` is not it.
    pub fn nearest_id(&self, word: &str, except: Option<&DocumentId>) -> Option<&str> {
        let candidates = around(&self.ids, word).filter(|(id, _)| Some(*id) != except);
        nearest(word, candidates.map(|(id, _)| id.as_str()))
    }

    /// The path of the document or asset whose file name is nearest to a misspelt one, if any is near.
    pub fn nearest_path(&self, name: &str) -> Option<&Arc<str>> {
        let names = self.names.get_or_init(|| {
            let paths = self.documents.keys().chain(self.assets.keys());
            let mut names = BTreeMap::new();
            for path in paths.collect::<BTreeSet<_>>() {
                names.entry(file_name(path).into()).or_insert_with(|| path.clone());
            }
            names
        });
        let near = nearest(name, around(names, name).map(|(name, _)| &**name))?;
        names.get(near)
    }

    /// Finds where a link in the file at `from` leads; `content` is the content folder.
    pub fn resolve(&self, link: &Link, from: &str, content: &str) -> Destination {
        if link.form == LinkForm::Wiki {
            return self.resolve_id(&link.target);
        }
        let target = link.target.trim();
        if target.is_empty() {
            return Destination::Broken(Breakage::Empty);
        }
        if !is_safe_scheme(target) {
            return Destination::Broken(Breakage::Scheme);
        }
        if has_scheme(target) {
            return Destination::Outside;
        }
        if target.starts_with("//") {
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
            Some(path) if is_within(&path, content) => self.find(&path, anchor),
            _ => Destination::Broken(Breakage::Outside),
        }
    }

    fn find(&self, path: &str, anchor: Option<Box<str>>) -> Destination {
        let candidates = [path.to_owned(), format!("{path}/index.md"), format!("{path}/README.md")];
        for candidate in &candidates {
            if let Some(&document) = self.documents.get(candidate.as_str()) {
                return Destination::Document { document, anchor, miscased: false };
            }
            if self.withheld_paths.contains(candidate.as_str()) {
                return Destination::Withheld;
            }
        }
        if let Some(&asset) = self.assets.get(path) {
            return Destination::Asset { asset, miscased: false };
        }
        match self.folded.get(&path.to_lowercase()) {
            Some(&Found::Document(document)) => Destination::Document { document, anchor, miscased: true },
            Some(&Found::Asset(asset)) => Destination::Asset { asset, miscased: true },
            None if crate::source::is_markdown(path) || !file_name(path).contains('.') => {
                Destination::Broken(Breakage::NoDocument)
            }
            None => Destination::Broken(Breakage::NoAsset),
        }
    }
}

/// A bounded part of a map around where a word would stand in it: all of a small map.
fn around<'m, K: Ord + AsText, V>(
    map: &'m BTreeMap<K, V>,
    word: &str,
) -> Box<dyn Iterator<Item = (&'m K, &'m V)> + 'm> {
    if map.len() <= MOST_CANDIDATES {
        return Box::new(map.iter());
    }
    let start: String = word.chars().take(3).collect::<String>().to_lowercase();
    let begins =
        move |(key, _): &(&K, &V)| key.as_text().get(..start.len()).is_some_and(|head| head.to_lowercase() == start);
    Box::new(map.iter().filter(begins).take(MOST_CANDIDATES))
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

/// The last name of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a target is an address, not a path.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        let begins = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
        begins && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

fn split_anchor(target: &str) -> (&str, Option<Box<str>>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decode(anchor).into())),
        None => (target, None),
    }
}

fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || folder == "."
        || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

/// A path as seen from the folder of the file at `from`; `None` when it leads above the handbook's folder.
fn join(from: &str, path: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            _ => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// Decodes `%20` and its like; what does not decode to UTF-8 stays as it is.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(hex_byte);
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_as_a_browser_would_and_never_leave_the_handbook() {
        assert_eq!(join("content/a/b.md", "../c/d.md").as_deref(), Some("content/c/d.md"));
        assert_eq!(join("content/a/b.md", "./d.md").as_deref(), Some("content/a/d.md"));
        assert_eq!(join("content/b.md", "../../etc/passwd"), None);
        assert!(!is_within("contents/x.md", "content"));
    }

    #[test]
    fn per_cent_signs_are_decoded_only_where_they_mean_something() {
        assert_eq!(percent_decode("a%20b"), "a b");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%+1"), "%+1");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_decode("caf%C3%A9.md"), "café.md");
    }

    #[test]
    fn a_path_is_no_address_and_an_unsafe_address_leads_nowhere() {
        assert!(has_scheme("mailto:x"));
        assert!(!has_scheme("../a:b.md"));
        let link = |target: &str| Link {
            form: LinkForm::Inline,
            target: target.to_owned(),
            text: String::new(),
            title: String::new(),
            span: Default::default(),
            target_span: Default::default(),
        };
        let resolve = |target| Lookup::default().resolve(&link(target), "content/a.md", "content");
        assert_eq!(resolve("https://example.org"), Destination::Outside);
        for target in ["JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "java\tscript:alert(1)"] {
            assert_eq!(resolve(target), Destination::Broken(Breakage::Scheme), "{target}");
        }
    }
}
