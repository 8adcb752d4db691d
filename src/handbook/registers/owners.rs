//! Determines which document owns which register.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::document::DocumentIndex;
use super::super::file::ParsedFile;
use super::super::link::{is_within, join};
use super::RegisterParts;
use crate::register::{Entry, Kind};
use crate::text::as_seen;

/// The path of a register that a document names, from the handbook's folder; `None` if it is outside the content
/// folder.
fn register_path(content: &str, document: &str, target: &str) -> Option<String> {
    let path = match target.strip_prefix('/') {
        Some(rooted) => join(&format!("{content}/"), rooted),
        None => join(document, target),
    };
    path.filter(|path| is_within(path, content) && !target.contains('\\'))
}

/// Whether a path written in a document leads out of the content folder.
pub(crate) fn leaves_content(content: &str, document: &str, target: &str) -> bool {
    let path = match target.strip_prefix('/') {
        Some(rooted) => join(&format!("{content}/"), rooted),
        None => join(document, target),
    };
    path.is_none_or(|path| !is_within(&path, content))
}

/// Paths of files, with the visible form of those that file systems may spell in several ways.
pub(crate) struct FilePaths<'a> {
    exact: HashSet<&'a str>,
    by_visible_form: HashMap<Cow<'a, str>, &'a str>,
}

impl<'a> FilePaths<'a> {
    /// Indexes these paths.
    pub(crate) fn new(paths: impl Iterator<Item = &'a Arc<str>>) -> FilePaths<'a> {
        let exact: HashSet<&str> = paths.map(|path| &**path).collect();
        let by_visible_form = exact.iter().filter(|path| !path.is_ascii()).map(|path| (as_seen(path), *path)).collect();
        FilePaths { exact, by_visible_form }
    }

    /// The path as the file system spells it.
    fn spelling_on_disk(&self, path: String) -> String {
        if self.by_visible_form.is_empty() || self.exact.contains(path.as_str()) {
            return path;
        }
        self.by_visible_form.get(&*as_seen(&path)).map_or(path, |spelling| (*spelling).to_owned())
    }
}

/// Paths of all registers that documents name, each with the kind that the first document gives it; `file_paths`
/// contains the paths of files that may be registers.
pub(crate) fn named_registers<'a>(
    files: impl IntoIterator<Item = &'a Arc<ParsedFile>>,
    content: &str,
    file_paths: &FilePaths<'_>,
) -> BTreeMap<String, Option<Kind>> {
    let mut named: BTreeMap<String, (&'a Arc<str>, Option<Kind>)> = BTreeMap::new();
    for file in files.into_iter().filter(|file| file.controlled_id().is_some()) {
        for register in file.front.iter().flat_map(|front| &front.registers) {
            let Some(path) = register_path(content, file.path(), &register.file.value) else { continue };
            let first = named.entry(file_paths.spelling_on_disk(path)).or_insert((file.path(), register.kind));
            if file.path() < first.0 {
                *first = (file.path(), register.kind);
            }
        }
    }
    named.into_iter().map(|(path, (_, kind))| (path, kind)).collect()
}

/// The entries that each document owns, by the document's path.
pub(in crate::handbook) fn owned_entries(
    documents: &[Arc<ParsedFile>],
    parts: &RegisterParts,
    content: &str,
) -> BTreeMap<Arc<str>, Vec<Arc<Entry>>> {
    let file_paths = FilePaths::new(parts.files.iter().map(|file| file.source.path()));
    let mut owned: BTreeMap<Arc<str>, Vec<Arc<Entry>>> = BTreeMap::new();
    for document in documents.iter().filter(|document| document.controlled_id().is_some()) {
        for register in document.front.iter().flat_map(|front| &front.registers) {
            let path = register_path(content, document.path(), &register.file.value);
            let at = path
                .map(|path| file_paths.spelling_on_disk(path))
                .and_then(|path| parts.files.binary_search_by(|file| (**file.source.path()).cmp(path.as_str())).ok());
            let file = at.and_then(|at| parts.files.get(at));
            let entries = file.iter().flat_map(|file| &file.entries).cloned();
            owned.entry(document.path().clone()).or_default().extend(entries);
        }
    }
    owned
}

/// A document that names a register.
pub(super) struct RegisterClaimant<'a> {
    pub(super) file: &'a Arc<ParsedFile>,
    /// Its index, if it is shown.
    pub(super) index: Option<DocumentIndex>,
    /// The index of the item in `registers`.
    pub(super) item: usize,
}

/// Documents by the registers that they name, sorted by path. Items with an invalid path, or in a document that is not
/// controlled, are added to `missing`, if the document is shown.
pub(super) fn claimants<'a>(
    content: &str,
    known: &FilePaths<'_>,
    shown: &'a [Arc<ParsedFile>],
    withheld: &'a [Arc<ParsedFile>],
    missing: &mut Vec<(DocumentIndex, usize)>,
) -> BTreeMap<String, Vec<RegisterClaimant<'a>>> {
    let shown = shown.iter().zip((0..).map(|at| Some(DocumentIndex(at))));
    let mut files: Vec<(&Arc<ParsedFile>, Option<DocumentIndex>)> =
        shown.chain(withheld.iter().map(|file| (file, None))).collect();
    files.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
    let mut claimants: BTreeMap<String, Vec<RegisterClaimant<'a>>> = BTreeMap::new();
    for (file, index) in files {
        for (item, register) in file.front.iter().flat_map(|front| &front.registers).enumerate() {
            let path = register_path(content, file.path(), &register.file.value);
            match path.filter(|_| file.controlled_id().is_some()) {
                Some(path) => claimants.entry(known.spelling_on_disk(path)).or_default().push(RegisterClaimant {
                    file,
                    index,
                    item,
                }),
                None => missing.extend(index.map(|index| (index, item))),
            }
        }
    }
    claimants
}
