//! Defaults in the settings for documents that do not set a value themselves: ID, type, status, version, title and
//! order.
//!
//! Only missing values are filled in. A key that is written but cannot be read, or that was most likely meant, stays as
//! it is: a default never replaces something that an author tried to say.

use std::collections::HashMap;

use deunicode::deunicode;

use super::front_matter::{FrontMatter, Status};
use super::order::SortOrder;
use super::vocabulary::Vocabulary;
use crate::id::DocumentId;
use crate::place::{Located, Span};
use crate::text::as_seen;

/// Prefix for the name of a file directly in the content folder, because files in its subfolders may have the same
/// name.
pub(crate) const CONTENT_ROOT_PREFIX: &str = "./";

/// The documents that an entry of the settings applies to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// A folder below the content folder; `None` for every folder.
    pub(crate) folder: Option<String>,
    /// A file's path below the content folder, or a name without `/` for files in any folder; with `./` before it, the
    /// file directly in the content folder. `None` for every file.
    pub(crate) file: Option<String>,
    /// A type; `None` for every type.
    pub(crate) kind: Option<String>,
}

impl Scope {
    /// Whether it covers a document of a type at a path below the content folder. Names are compared as people see
    /// them, because systems encode the same name in different ways.
    pub(crate) fn covers(&self, path: &str, kind: &str) -> bool {
        self.covers_path(&as_seen(path)) && self.kind.as_deref().is_none_or(|own_kind| own_kind == kind)
    }

    fn covers_path(&self, path: &str) -> bool {
        let in_folder = |folder: &str| path.strip_prefix(&*as_seen(folder)).is_some_and(|rest| rest.starts_with('/'));
        let is_file = |file: &str| {
            let file = as_seen(file);
            path == file.strip_prefix(CONTENT_ROOT_PREFIX).unwrap_or(&file)
                || (!file.contains('/') && path.rsplit('/').next() == Some(&*file))
        };
        self.folder.as_deref().is_none_or(|folder| in_folder(folder.trim_end_matches('/')))
            && self.file.as_deref().is_none_or(is_file)
    }
}

/// An index of entries by the files and folders that they name, so that a file need not be compared with each of them.
#[derive(Clone, Debug, Default)]
struct ScopeIndex {
    by_name: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl ScopeIndex {
    fn new<'a>(scopes: impl Iterator<Item = &'a Scope>) -> ScopeIndex {
        let mut index = ScopeIndex::default();
        for (at, scope) in scopes.enumerate() {
            let folder = || scope.folder.as_deref().map(|folder| folder.trim_end_matches('/'));
            match scope.file.as_deref().or_else(folder) {
                Some(name) => {
                    let name = as_seen(name.strip_prefix(CONTENT_ROOT_PREFIX).unwrap_or(name)).into_owned();
                    index.by_name.entry(name).or_default().push(at);
                }
                None => index.others.push(at),
            }
        }
        index
    }

    /// The indices of all entries that may cover a path, the last first.
    fn candidates(&self, path: &str) -> Vec<usize> {
        let path = &*as_seen(path);
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let names = folders.chain([path, path.rsplit('/').next().unwrap_or(path)]);
        let by_name = names.filter_map(|name| self.by_name.get(name)).flatten();
        let mut near: Vec<usize> = by_name.chain(&self.others).copied().collect();
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.dedup();
        near
    }
}

/// The values that an entry of the settings gives to documents that do not set them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Defaults {
    /// The documents that they apply to.
    pub(crate) scope: Scope,
    /// Whether their IDs come from their file names.
    pub(crate) id_from_file: bool,
    /// Whether their titles come from their first headings.
    pub(crate) title_from_heading: bool,
    /// Their type.
    pub(crate) default_type: Option<String>,
    /// Their status.
    pub(crate) status: Option<Status>,
    /// Their version.
    pub(crate) version: Option<String>,
}

impl Defaults {
    fn is_empty(&self) -> bool {
        *self == Defaults { scope: self.scope.clone(), ..Defaults::default() }
    }
}

/// All defaults, and the order of files, that the settings define.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultsTable {
    content: String,
    list: Vec<Defaults>,
    scopes: ScopeIndex,
    order: HashMap<String, usize>,
}

/// The type of files that are not under document control.
const PAGE: &str = "page";
/// Maximum length of an ID derived from a path.
const MAX_ID_CHARS: usize = 64;

impl DefaultsTable {
    /// Creates a table of entries in the order of the settings, of which the last that applies wins; `order` contains
    /// paths below `content`.
    pub(crate) fn new(content: &str, list: impl Iterator<Item = Defaults>, order: Vec<String>) -> DefaultsTable {
        let list: Vec<Defaults> = list.filter(|defaults| !defaults.is_empty()).collect();
        let scopes = ScopeIndex::new(list.iter().map(|defaults| &defaults.scope));
        // If a path is listed twice, the first position counts.
        let order = order.into_iter().enumerate().rev();
        let order = order.map(|(at, path)| (as_seen(&path).into_owned(), at)).collect();
        DefaultsTable { content: content.to_owned(), list, scopes, order }
    }

    /// Whether the front matter of any file is filled in.
    pub(super) fn has_defaults(&self) -> bool {
        !self.list.is_empty()
    }

    /// The defaults as a string that identifies them; the order of files is not part of it.
    pub(super) fn cache_key(&self) -> String {
        if self.has_defaults() { format!("{:?} {:?}", self.content, self.list) } else { String::new() }
    }

    /// Whether there are neither defaults nor an order.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.order.is_empty()
    }

    /// Fills in what the front matter of the file at a path does not set.
    pub(super) fn fill(&self, front: Option<FrontMatter>, path: &str, vocabulary: &Vocabulary) -> Option<FrontMatter> {
        if self.is_empty() {
            return front;
        }
        let path = path_in_content(&self.content, path);
        let is_bare = front.is_none();
        let mut front = front.unwrap_or_default();
        if front.doc_type.is_none() && is_unset(&front, "type") && !front.is_incomplete {
            let kind = self.find(path, "", |defaults| defaults.default_type.clone());
            front.doc_type = kind.filter(|kind| vocabulary.types.contains(kind)).map(|kind| at_opening(kind, &front));
        }
        let kind = front.doc_type.as_ref().map_or_else(String::new, |kind| kind.value.clone());
        self.fill_identity(&mut front, path, &kind);
        self.fill_status_and_version(&mut front, path, &kind);
        if let Some(&at) = self.order.get(&*as_seen(path)).filter(|_| is_unset(&front, "order")) {
            front.order = Some(at_opening(SortOrder::from_index(at), &front));
        }
        (!is_bare || front.id.is_some() || front.doc_type.is_some()).then_some(front)
    }

    fn fill_identity(&self, front: &mut FrontMatter, path: &str, kind: &str) {
        let from_file = self.find(path, kind, |defaults| defaults.id_from_file.then_some(()));
        if from_file.is_some() && kind != PAGE && is_unset(front, "id") {
            front.id = id_from_path(path).map(|id| at_opening(id, front));
            front.has_derived_id = front.id.is_some();
        }
    }

    fn fill_status_and_version(&self, front: &mut FrontMatter, path: &str, kind: &str) {
        if front.is_incomplete || kind == PAGE {
            return;
        }
        if is_unset(front, "status") {
            front.status = self.find(path, kind, |defaults| defaults.status).map(|status| at_opening(status, front));
        }
        if is_unset(front, "version") {
            let version = self.find(path, kind, |defaults| defaults.version.clone());
            front.version = version.map(|version| at_opening(version, front));
        }
    }

    /// Gives a document without a title the text of its first heading, else a title derived from its file name.
    pub(crate) fn fill_title(&self, front: &mut FrontMatter, path: &str, heading: Option<(&str, Span)>) {
        let path = path_in_content(&self.content, path);
        let kind = front.doc_type.as_ref().map_or("", |kind| kind.value.as_str());
        let is_wanted = self.find(path, kind, |defaults| defaults.title_from_heading.then_some(())).is_some();
        if !is_wanted || front.is_incomplete || !is_unset(front, "title") {
            return;
        }
        front.has_derived_title = true;
        front.title = Some(match heading.filter(|(text, _)| !text.trim().is_empty()) {
            Some((text, span)) => Located { value: text.trim().to_owned(), span },
            None => at_opening(title_from_path(path), front),
        });
    }

    fn find<T>(&self, path: &str, kind: &str, value: impl Fn(&Defaults) -> Option<T>) -> Option<T> {
        let candidates = self.scopes.candidates(path).into_iter().filter_map(|at| self.list.get(at));
        candidates.filter(|defaults| defaults.scope.covers(path, kind)).find_map(value)
    }
}

/// Whether nothing sets this key or may have been meant to.
fn is_unset(front: &FrontMatter, key: &str) -> bool {
    !front.has_key(key) && !front.is_unclear(key)
}

fn at_opening<T>(value: T, front: &FrontMatter) -> Located<T> {
    Located { value, span: front.opening }
}

fn path_in_content<'a>(content: &str, path: &'a str) -> &'a str {
    path.strip_prefix(content).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// The ID of a file from its path below the content folder: the start of its name if that is an ID
/// (`POL-012-access.md`), else its folders and its name. A folder's introduction is named after its folder.
pub(crate) fn id_from_path(path: &str) -> Option<DocumentId> {
    let names = names(path);
    let last = names.last()?;
    if let Some(id) = leading_id(last) {
        return id.parse().ok();
    }
    let words: Vec<String> = names.iter().map(|name| word(name)).filter(|word| !word.is_empty()).collect();
    let id = words.join(".");
    let id = id.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if id.len() <= MAX_ID_CHARS {
        return id.parse().ok();
    }
    // The hash keeps two long paths distinct.
    let hash = blake3::hash(path.as_bytes()).to_hex();
    let suffix = &id[id.len() - (MAX_ID_CHARS - 9)..];
    let suffix = suffix.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    format!("{suffix}-{}", &hash[..8]).parse().ok()
}

/// A title derived from a file name: `post_mortem_process.md` becomes "Post mortem process".
fn title_from_path(path: &str) -> String {
    let names = names(path);
    let words = names.last().map(|name| name.replace(['-', '_'], " ")).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The components of a path without the extension; an introduction's own name is dropped unless it is the only one.
fn names(path: &str) -> Vec<&str> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    // Some generators name a source file after its page: `keys.html.md`.
    let stem = stem.strip_suffix(".html").unwrap_or(stem);
    let mut names: Vec<&str> = stem.split('/').filter(|name| !name.is_empty()).collect();
    let is_introduction = names
        .last()
        .is_some_and(|last| ["index", "readme", "_index"].iter().any(|name| last.eq_ignore_ascii_case(name)));
    if is_introduction && names.len() > 1 {
        names.pop();
    }
    names
}

/// `POL-012` in `POL-012-access`: capitals, then more capitals or digits, and a number of at least two digits.
fn leading_id(name: &str) -> Option<&str> {
    let mut end = None;
    let mut at = 0;
    for (index, part) in name.split(['-', '_', ' ']).enumerate() {
        let is_code = part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_number = part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        at += part.len();
        match index {
            0 if is_code => {}
            0 => return None,
            _ if is_number => {
                end = Some(at);
                break;
            }
            _ if is_code => {}
            _ => break,
        }
        at += 1;
    }
    end.map(|end| &name[..end]).filter(|id| !id.contains(' '))
}

/// Converts a name to a part of an ID.
fn word(name: &str) -> String {
    let plain = deunicode(name);
    let mut word = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() || c == '_' => word.push(c),
            _ if word.ends_with('-') => {}
            _ => word.push('-'),
        }
    }
    word.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_names_that_are_ids_else_from_folders_and_names() {
        for (path, id) in [
            ("POL-012-access.md", "POL-012"),
            ("manual/keys.html.md", "manual.keys"),
            ("manual/index.html.md", "manual"),
            ("policies/POL-ACC-012_access.md", "POL-ACC-012"),
            ("POL-012.md", "POL-012"),
            ("oncall/being_oncall.md", "oncall.being_oncall"),
            ("a b/Größe & mehr.md", "a-b.Grosse-mehr"),
            ("before/README.md", "before"),
            ("before/_index.md", "before"),
            ("README.md", "README"),
            ("_index.md", "index"),
            ("ISO-access.md", "ISO-access"),
            ("01-intro.md", "01-intro"),
            ("a-b/c.md", "a-b.c"),
            ("a/b-c.md", "a.b-c"),
            ("v1.2/notes.md", "v1-2.notes"),
        ] {
            assert_eq!(id_from_path(path).map(|id| id.to_string()).as_deref(), Some(id), "{path}");
        }
        let long = |end: &str| id_from_path(&format!("{}/{end}.md", "folder/".repeat(20))).expect("an id");
        assert!(long("a").as_str().len() <= MAX_ID_CHARS);
        assert_ne!(long("a"), long("b"));
        assert_ne!(
            id_from_path(&format!("{}x/a.md", "folder/".repeat(20))),
            id_from_path(&format!("{}y/a.md", "folder/".repeat(20)))
        );
    }

    #[test]
    fn titles_come_from_the_words_of_a_name() {
        assert_eq!(title_from_path("after/post_mortem-process.md"), "Post mortem process");
        assert_eq!(title_from_path("before/README.md"), "Before");
        assert_eq!(title_from_path("écoles.md"), "Écoles");
    }

    #[test]
    fn scopes_match_whole_names() {
        let scope = |folder: Option<&str>, file: Option<&str>| Scope {
            folder: folder.map(str::to_owned),
            file: file.map(str::to_owned),
            kind: None,
        };
        assert!(scope(Some("a"), None).covers("a/b.md", ""));
        assert!(!scope(Some("a"), None).covers("ab/b.md", ""));
        assert!(scope(None, Some("_index.md")).covers("a/b/_index.md", ""));
        assert!(!scope(None, Some("a/_index.md")).covers("b/a/_index.md", ""));
        assert!(scope(None, Some("./_index.md")).covers("_index.md", ""));
        assert!(!scope(None, Some("./_index.md")).covers("a/_index.md", ""));
        // Some systems store file names in decomposed form.
        assert!(scope(None, Some("gr\u{f6}\u{df}e.md")).covers("a/gro\u{308}\u{df}e.md", ""));
        assert!(scope(Some("gro\u{308}\u{df}e"), None).covers("gr\u{f6}\u{df}e/b.md", ""));
    }
}
