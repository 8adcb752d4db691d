//! The documents that a file replaces, however it names them.
//!
//! A spelling that is not an ID is reported, but a withdrawn document must not stay in force because of it. So a text
//! that names a document in any way replaces it: by its ID in another spelling or among other words, by a path, by a
//! file name or by a title that no other document has.

use std::sync::{Arc, OnceLock};

use ahash::AHashMap;

use super::document::DocumentIndex;
use super::file::ParsedFile;
use super::link::{file_name, join, percent_decode, split_anchor};
use super::lookup::{Lookup, LookupTarget};
use crate::name::{fold_case, name_key};
use crate::text::{is_dash, is_unspaced};

/// Maximum length of a text that is searched for names, in bytes.
const MAX_TEXT_BYTES: usize = 1000;

/// Finds the documents that files replace.
pub(super) struct ReplacedDocuments<'a> {
    /// The files of the handbook's documents, by index.
    files: &'a [Arc<ParsedFile>],
    /// The content folder.
    content: &'a str,
    /// Built when a document is not named by its ID.
    names: OnceLock<Names>,
}

/// Documents by what they may be called, in the form in which spellings are equal.
#[derive(Default)]
struct Names {
    ids: AHashMap<String, Vec<DocumentIndex>>,
    /// IDs without anything but their letters and digits.
    bare_ids: AHashMap<String, Vec<DocumentIndex>>,
    titles: AHashMap<String, Vec<DocumentIndex>>,
    /// Names of files without their extensions.
    stems: AHashMap<String, Vec<DocumentIndex>>,
}

impl Names {
    fn new(files: &[Arc<ParsedFile>]) -> Names {
        let mut names = Names::default();
        for (file, index) in files.iter().zip((0..).map(DocumentIndex)) {
            let Some(id) = file.controlled_id() else { continue };
            let stem = file_name(file.path());
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            names.ids.entry(name_key(id.as_str())).or_default().push(index);
            names.bare_ids.entry(bare_id(id.as_str())).or_default().push(index);
            names.titles.entry(name_key(&file.facts.title)).or_default().push(index);
            names.stems.entry(name_key(stem)).or_default().push(index);
        }
        names
    }
}

/// An ID in any spelling: `PRO_INC_001` and `PROINC001` are `PRO-INC-001`.
fn bare_id(id: &str) -> String {
    fold_case(id).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl<'a> ReplacedDocuments<'a> {
    pub(super) fn new(files: &'a [Arc<ParsedFile>], content: &'a str) -> ReplacedDocuments<'a> {
        ReplacedDocuments { files, content, names: OnceLock::new() }
    }

    /// The documents that a file replaces.
    pub(super) fn find(&self, lookup: &Lookup, file: &ParsedFile) -> Vec<DocumentIndex> {
        let Some(front) = &file.front else { return Vec::new() };
        let mut found = Vec::with_capacity(front.supersedes.len());
        for id in &front.supersedes {
            match lookup.by_id(&id.value) {
                Some(index) => found.push(index),
                None => self.add_named(lookup, file, id.value.as_str(), &mut found),
            }
        }
        let texts = front.replaced_names.iter();
        texts.for_each(|text| self.add_named(lookup, file, &text.value, &mut found));
        found
    }

    /// Whether every document is named by its ID, so that no change of a title elsewhere changes the result.
    pub(super) fn is_certain(lookup: &Lookup, file: &ParsedFile) -> bool {
        file.front.as_ref().is_none_or(|front| {
            front.replaced_names.is_empty() && front.supersedes.iter().all(|id| lookup.by_id(&id.value).is_some())
        })
    }

    /// Adds the other documents that a text names: as a whole, else each part of it, else by the words in it.
    fn add_named(&self, lookup: &Lookup, file: &ParsedFile, text: &str, found: &mut Vec<DocumentIndex>) {
        if text.len() > MAX_TEXT_BYTES {
            return;
        }
        let mut named = self.named_as_a_whole(lookup, file, text);
        if named.is_empty() {
            for part in text.split([',', ';', '\n']) {
                let whole = self.named_as_a_whole(lookup, file, part);
                named.extend(if whole.is_empty() { self.named_within(lookup, file, part) } else { whole });
            }
        }
        for index in named {
            if !found.contains(&index) {
                found.push(index);
            }
        }
    }

    /// The documents of which a text is the ID, the path, the title or the file's name.
    fn named_as_a_whole(&self, lookup: &Lookup, file: &ParsedFile, text: &str) -> Vec<DocumentIndex> {
        let name = text.trim_matches(|c: char| !c.is_alphanumeric() && !"./".contains(c));
        let name = name.split('|').next().unwrap_or(name).trim();
        let key = name_key(name.trim_matches(|c: char| !c.is_alphanumeric()));
        if key.is_empty() {
            return Vec::new();
        }
        let others = |list: Option<&Vec<DocumentIndex>>| self.others(list.map_or(&[][..], Vec::as_slice), file);
        let only = |list| Some(others(list)).filter(|list| list.len() == 1);
        let names = self.names();
        let by_id = Some(others(names.ids.get(&key))).filter(|list| !list.is_empty());
        by_id
            .or_else(|| Some(self.others(&[self.at_path(lookup, file, name)?], file)))
            .or_else(|| only(names.titles.get(&key)))
            .or_else(|| only(names.stems.get(&key)))
            .or_else(|| only(names.bare_ids.get(&bare_id(name))))
            .unwrap_or_default()
    }

    /// The documents whose IDs or paths are among the words of a text: `PRO-INC-001 (first edition)`, `[Old](old.md)`.
    fn named_within(&self, lookup: &Lookup, file: &ParsedFile, text: &str) -> Vec<DocumentIndex> {
        let folded = fold_case(text).replace(is_dash, "-");
        let is_between_ids = |c: char| !c.is_alphanumeric() && !"-_.".contains(c) || is_unspaced(c);
        let mut found: Vec<DocumentIndex> = Vec::new();
        for word in folded.split(is_between_ids) {
            let key = name_key(word.trim_matches(['-', '_', '.']));
            found.extend(self.names().ids.get(&key).into_iter().flatten());
        }
        let is_between_paths = |c: char| c.is_whitespace() || "()[]<>{}|\"'`".contains(c);
        let paths = folded.split(is_between_paths).map(|word| word.trim_end_matches(['.', ':']));
        found
            .extend(paths.filter(|word| word.contains(['.', '/'])).filter_map(|word| self.at_path(lookup, file, word)));
        self.others(&found, file)
    }

    /// The document at a path relative to the file, to the content folder or to the handbook's folder.
    fn at_path(&self, lookup: &Lookup, file: &ParsedFile, written: &str) -> Option<DocumentIndex> {
        let (path, _) = split_anchor(written);
        let path = percent_decode(path).replace('\\', "/");
        let relative = path.trim_start_matches('/');
        if relative.is_empty() {
            return None;
        }
        let content = format!("{}/", self.content);
        let paths = [join(file.path(), relative), join(&content, relative), join("", relative)];
        let targets = paths.into_iter().flatten().filter_map(|path| lookup.page_or_file(&path, relative));
        targets
            .filter_map(|(target, _)| if let LookupTarget::Document(index) = target { Some(index) } else { None })
            .next()
    }

    /// The documents of a list apart from that of a file, whose text may name its own earlier versions.
    fn others(&self, list: &[DocumentIndex], file: &ParsedFile) -> Vec<DocumentIndex> {
        let is_other =
            |index: &DocumentIndex| self.files.get(index.at()).is_some_and(|other| other.path() != file.path());
        list.iter().copied().filter(is_other).collect()
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.files))
    }
}
