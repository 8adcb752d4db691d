//! Files that documents include: which ones may be read, and the texts that were read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::decode::{front_block, misplaced_front};
use super::discover::{find_file, relative};
use super::read::read_text;
use crate::place::SourceText;
use crate::text::look_alike;

/// The folders from which documents may include files. Each file is read once, when a document first names it, so that
/// all documents of one reading include the same text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Includes {
    /// Folders relative to the handbook's folder, which itself is `.`.
    folders: Arc<[String]>,
    store: Arc<Store>,
}

#[derive(Debug, Default)]
struct Store {
    /// The handbook's folder; `None` if all texts are in memory.
    root: Option<PathBuf>,
    texts: Mutex<BTreeMap<Arc<str>, TextResult>>,
}

type TextResult = Result<Arc<SourceText>, IncludeError>;

/// Why a file cannot be included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IncludeError {
    /// It does not exist.
    Missing,
    /// It is not in one of the folders.
    Outside,
    /// It cannot be read, for this reason.
    Unreadable(String),
}

/// A file that a document includes, whether or not it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IncludedFile {
    /// Its path relative to the handbook's folder.
    pub(crate) path: Arc<str>,
    /// BLAKE3 hash of its text; `None` if it could not be read.
    pub(crate) hash: Option<[u8; 32]>,
    /// Whether it has front matter, as documents do.
    pub(crate) has_front: bool,
}

impl IncludedFile {
    fn new(path: Arc<str>, result: &TextResult) -> IncludedFile {
        let text = result.as_ref().ok().map(|text| text.as_str());
        let hash = text.map(|text| *blake3::hash(text.as_bytes()).as_bytes());
        let has_front = text.is_some_and(|text| front_block(text).is_some() || misplaced_front(text).is_some());
        IncludedFile { path, hash, has_front }
    }
}

impl Includes {
    /// Allows files in these folders, whose location is not known yet.
    pub(crate) fn for_folders(folders: Vec<String>) -> Includes {
        Includes { folders: folders.into(), store: Arc::default() }
    }

    /// The same folders within a handbook's folder, with an empty cache.
    pub(crate) fn in_handbook(&self, root: &Path) -> Includes {
        let store = Store { root: Some(root.to_path_buf()), texts: Mutex::default() };
        Includes { folders: self.folders.clone(), store: Arc::new(store) }
    }

    /// The same folders with these texts only.
    pub(crate) fn with_texts(&self, texts: impl IntoIterator<Item = Arc<SourceText>>) -> Includes {
        let texts = texts.into_iter().map(|text| (text.path().clone(), Ok(text))).collect();
        Includes { folders: self.folders.clone(), store: Arc::new(Store { root: None, texts: Mutex::new(texts) }) }
    }

    /// The folders.
    pub(crate) fn folders(&self) -> &[String] {
        &self.folders
    }

    /// The texts that were read, by path.
    pub(crate) fn texts(&self) -> Vec<Arc<SourceText>> {
        let texts = self.store.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.values().filter_map(|result| result.as_ref().ok().cloned()).collect()
    }

    /// The first of these paths whose file may be included; each path that was tried is added to `requested_files`.
    ///
    /// # Errors
    /// If no file may be included; returns the reason.
    pub(crate) fn find(&self, paths: &[String], requested_files: &mut Vec<IncludedFile>) -> TextResult {
        let mut error = IncludeError::Outside;
        for path in paths.iter().filter(|path| self.allows(path)) {
            let path: Arc<str> = path.as_str().into();
            let result = self.text(&path);
            let included_file = IncludedFile::new(path, &result);
            if !requested_files.contains(&included_file) {
                requested_files.push(included_file);
            }
            match result {
                Err(IncludeError::Missing) => error = IncludeError::Missing,
                result => return result,
            }
        }
        Err(error)
    }

    /// Whether all of these files are unchanged.
    pub(crate) fn are_unchanged(&self, files: &[IncludedFile]) -> bool {
        files.iter().all(|file| IncludedFile::new(file.path.clone(), &self.text(&file.path)) == *file)
    }

    /// Whether a path is in one of the folders and not hidden there.
    fn allows(&self, path: &str) -> bool {
        let path_below = |folder: &String| match folder.as_str() {
            "." => Some(path),
            folder => below(path, folder),
        };
        let is_seen = |rest: &str| !rest.is_empty() && rest.split('/').all(|name| !name.starts_with('.'));
        self.folders.iter().filter_map(path_below).any(is_seen)
    }

    fn text(&self, path: &Arc<str>) -> TextResult {
        let texts = || self.store.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = texts().get(path) {
            return cached.clone();
        }
        let Some(root) = &self.store.root else {
            let texts = texts();
            let lookalike =
                texts.iter().filter(|_| !path.is_ascii()).find(|(known_path, _)| look_alike(known_path, path));
            return lookalike.map_or(Err(IncludeError::Missing), |(_, result)| result.clone());
        };
        let read = self.read(root, path);
        // Another thread may have read it in the meantime; all must get the same text.
        texts().entry(path.clone()).or_insert(read).clone()
    }

    fn read(&self, root: &Path, path: &str) -> TextResult {
        let to_error = |problem: crate::finding::Problem| IncludeError::Unreadable(problem.message);
        let entry = find_file(root, path).map_err(to_error)?.ok_or(IncludeError::Missing)?;
        // A symbolic link may lead to a file that its own name would not allow.
        let real = entry.absolute.canonicalize().ok().zip(root.canonicalize().ok());
        let real = real.and_then(|(real, root)| relative(&root, &real));
        if !real.is_some_and(|real| self.allows(&real)) {
            return Err(IncludeError::Outside);
        }
        read_text(&entry).map(Arc::new).map_err(to_error)
    }
}

/// The rest of a path below a folder, whose name may be spelled differently.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let depth = folder.matches('/').count();
    let (end, _) = path.match_indices('/').nth(depth)?;
    look_alike(&path[..end], folder).then(|| &path[end + 1..])
}

/// Resolves a path written in a file in `folder` against the handbook's folder; `None` if it leads out of that.
pub(crate) fn joined(folder: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.contains(|c: char| c.is_control() || matches!(c, '\\' | ':')) {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    (!names.is_empty()).then(|| names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_lead_out() {
        for (folder, path, whole) in [
            ("docs/a", "../b.md", Some("docs/b.md")),
            ("", "a.md", Some("a.md")),
            (".", "./a/b.md", Some("a/b.md")),
            ("docs", "../../x.md", None),
            ("docs", "c:/x.md", None),
            ("docs", "a\\b.md", None),
            ("docs", "..", None),
        ] {
            assert_eq!(joined(folder, path).as_deref(), whole, "{folder} {path}");
        }
    }

    #[test]
    fn only_what_is_in_the_folders_is_inserted() {
        let texts = ["docs/a.md", "docs/.b.md", "notes/c.md", ".gitbook/includes/d.md"];
        let texts = || texts.iter().map(|path| Arc::new(SourceText::new(*path, "x")));
        let find = |folders: &[&str], path: &str| {
            let folders = folders.iter().map(|folder| (*folder).to_owned()).collect();
            Includes::for_folders(folders).with_texts(texts()).find(&[path.to_owned()], &mut Vec::new()).map(drop)
        };
        assert_eq!(find(&["docs"], "docs/a.md"), Ok(()));
        assert_eq!(find(&["docs"], "docs/.b.md"), Err(IncludeError::Outside));
        assert_eq!(find(&["docs"], "notes/c.md"), Err(IncludeError::Outside));
        assert_eq!(find(&["doc"], "docs/a.md"), Err(IncludeError::Outside));
        assert_eq!(find(&["."], "notes/c.md"), Ok(()));
        assert_eq!(find(&["."], ".gitbook/includes/d.md"), Err(IncludeError::Outside));
        assert_eq!(find(&[".gitbook/includes"], ".gitbook/includes/d.md"), Ok(()));
        assert_eq!(find(&["docs"], "docs/z.md"), Err(IncludeError::Missing));
        assert_eq!(find(&[], "docs/a.md"), Err(IncludeError::Outside));
    }
}
