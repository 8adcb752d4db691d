//! A cache of files as last read. Unchanged files are neither read nor parsed again.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::config::Settings;
use crate::finding::Problem;
use crate::handbook::ParsedFile;
use crate::project::parse_file;
use crate::site::write::{WriteError, open_asset};
use crate::source::{self, FileStamp, HandbookFile, Vocabulary};
use crate::url::SitePath;

/// A hash of a file's content.
pub(super) type Hash = [u8; 32];

/// The cached state of a text.
#[derive(Debug)]
struct CachedText {
    /// The file's stamp, if it can be trusted.
    stamp: Option<FileStamp>,
    hash: Hash,
    /// A hash of the settings that it was parsed with.
    settings: Hash,
    parsed: Arc<ParsedFile>,
}

/// An image or attachment. It is read only when requested, so the preview never holds large files in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attachment {
    file: PathBuf,
    stamp: FileStamp,
}

impl Attachment {
    /// Finds the file that is copied to `target` in the site.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn find(file: &Path, target: &SitePath) -> Result<Attachment, WriteError> {
        let opened = open_asset(file, target)?;
        let asset = |source| WriteError::Asset { file: file.to_owned(), target: target.clone(), source };
        let metadata = opened.metadata().map_err(asset)?;
        Ok(Attachment { file: file.to_owned(), stamp: FileStamp::new(&metadata) })
    }

    /// Opens the file, if it has not changed since it was found.
    ///
    /// # Errors
    /// If it has changed, or cannot be read.
    pub(super) fn open(&self) -> io::Result<File> {
        self.stamp.open(&self.file)
    }

    /// The path on this machine.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// The length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.stamp.length()
    }

    /// A hash that identifies this version of the file.
    pub(super) fn hash(&self) -> Hash {
        self.stamp.hash()
    }
}

/// The texts of a handbook as last read.
#[derive(Debug, Default)]
pub(super) struct Files {
    texts: HashMap<Arc<str>, CachedText>,
}

/// A round of reading, whose results are kept for the next round.
#[derive(Debug)]
pub(super) struct ReadRound<'a> {
    old: &'a Files,
    now: SystemTime,
    settings: Hash,
    new_texts: Mutex<Vec<(Arc<str>, CachedText)>>,
}

/// The texts that a round had to read or parse.
#[derive(Debug)]
pub(super) struct NewFiles(Vec<(Arc<str>, CachedText)>);

impl Files {
    /// Begins a round. `settings` is the content of the settings, which parsed files depend on.
    pub(super) fn begin(&self, settings: &str) -> ReadRound<'_> {
        let settings = *blake3::hash(settings.as_bytes()).as_bytes();
        ReadRound { old: self, now: SystemTime::now(), settings, new_texts: Mutex::default() }
    }

    /// Keeps the results of a round. `all` are all its files, new or cached. Returns the paths of texts that were
    /// changed, added or removed, in any order.
    pub(super) fn keep(&mut self, NewFiles(fresh): NewFiles, all: &[Arc<ParsedFile>]) -> Vec<Arc<str>> {
        let mut changed = Vec::new();
        for (path, text) in fresh {
            let hash = text.hash;
            if self.texts.insert(path.clone(), text).is_none_or(|old| old.hash != hash) {
                changed.push(path);
            }
        }
        if self.texts.len() != all.len() {
            let there: HashSet<&str> = all.iter().map(|file| &**file.path()).collect();
            let removed = self.texts.extract_if(|path, _| !there.contains(&**path));
            changed.extend(removed.map(|(path, _)| path));
        }
        changed
    }
}

/// A hash of a text and of the files that it inserts.
fn hash_with_included(hash: [u8; 32], parsed: &ParsedFile) -> [u8; 32] {
    let files = &parsed.body.included.files;
    if files.is_empty() {
        return hash;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&hash);
    for file in files {
        hasher.update(file.path.as_bytes()).update(&file.hash.unwrap_or_default());
    }
    *hasher.finalize().as_bytes()
}

impl ReadRound<'_> {
    /// Returns a parsed text, from the cache if it has not changed.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn text(
        &self,
        entry: &HandbookFile,
        settings: &Settings,
        vocabulary: &Vocabulary,
    ) -> Result<Arc<ParsedFile>, Problem> {
        let stamp = FileStamp::read(&entry.absolute);
        let old = self.old.texts.get(&entry.path);
        let are_same = |old: &&CachedText| settings.documents.includes.are_unchanged(&old.parsed.body.included.files);
        let candidate = old.filter(|old| old.settings == self.settings).filter(are_same);
        if let Some(known) = candidate.filter(|known| known.stamp.is_some() && known.stamp == stamp) {
            return Ok(known.parsed.clone());
        }
        let text = source::read_text(entry)?;
        let hash = *blake3::hash(text.as_str().as_bytes()).as_bytes();
        let parsed = match candidate.filter(|known| known.hash == hash) {
            Some(cached) => cached.parsed.clone(),
            None => Arc::new(parse_file(text, settings, vocabulary)),
        };
        let hash = hash_with_included(hash, &parsed);
        let stamp = stamp.filter(|stamp| stamp.is_stable(self.now));
        let fresh = CachedText { stamp, hash, settings: self.settings, parsed: parsed.clone() };
        self.new_texts.lock().unwrap_or_else(PoisonError::into_inner).push((entry.path.clone(), fresh));
        Ok(parsed)
    }

    /// Returns the texts that were not in the cache.
    pub(super) fn finish(self) -> NewFiles {
        NewFiles(self.new_texts.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
