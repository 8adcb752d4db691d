//! Files as they were last read: one that did not change is neither read nor parsed again.

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
use crate::source::{self, Entry, Stamp, Vocabulary};
use crate::url::SitePath;

/// A hash of what a file holds.
pub(super) type Hash = [u8; 32];

/// What is remembered of a text.
#[derive(Debug)]
struct Text {
    /// What the file looks like, when that can be trusted.
    stamp: Option<Stamp>,
    hash: Hash,
    /// A hash of the settings that it was parsed with.
    settings: Hash,
    parsed: Arc<ParsedFile>,
}

/// An image or attachment, which is read when somebody asks for it: however large it is, the preview does not hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attachment {
    file: PathBuf,
    stamp: Stamp,
}

impl Attachment {
    /// A file that goes to `target` in the site.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn find(file: &Path, target: &SitePath) -> Result<Attachment, WriteError> {
        let opened = open_asset(file, target)?;
        let asset = |source| WriteError::Asset { file: file.to_owned(), target: target.clone(), source };
        let metadata = opened.metadata().map_err(asset)?;
        Ok(Attachment { file: file.to_owned(), stamp: Stamp::new(&metadata) })
    }

    /// Opens it, as long as it is the file that was found.
    ///
    /// # Errors
    /// When it is another by now, or cannot be read.
    pub(super) fn open(&self) -> io::Result<File> {
        self.stamp.open(&self.file)
    }

    /// Where it is on this machine.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// How long it is, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.stamp.length()
    }

    /// What tells it from what it was before.
    pub(super) fn hash(&self) -> Hash {
        self.stamp.hash()
    }
}

/// Texts of a handbook as they were last read.
#[derive(Debug, Default)]
pub(super) struct Files {
    texts: HashMap<Arc<str>, Text>,
}

/// One round of reading: what it reads is remembered for the next.
#[derive(Debug)]
pub(super) struct ReadRound<'a> {
    old: &'a Files,
    now: SystemTime,
    settings: Hash,
    fresh: Mutex<Vec<(Arc<str>, Text)>>,
}

/// What a round read and did not know.
#[derive(Debug)]
pub(super) struct NewFiles(Vec<(Arc<str>, Text)>);

impl Files {
    /// Begins to read; `settings` is the text that parsed files depend on.
    pub(super) fn begin(&self, settings: &str) -> ReadRound<'_> {
        let settings = *blake3::hash(settings.as_bytes()).as_bytes();
        ReadRound { old: self, now: SystemTime::now(), settings, fresh: Mutex::default() }
    }

    /// Remembers what a round read, `all` of it with what was known; returns the paths of texts that were changed, added
    /// or taken away, in any order.
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
            let gone = self.texts.extract_if(|path, _| !there.contains(&**path));
            changed.extend(gone.map(|(path, _)| path));
        }
        changed
    }
}

/// A hash of a text and of what it inserts.
fn with_included(hash: [u8; 32], parsed: &ParsedFile) -> [u8; 32] {
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
    /// A text, parsed now or before.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn text(
        &self,
        entry: &Entry,
        settings: &Settings,
        vocabulary: &Vocabulary,
    ) -> Result<Arc<ParsedFile>, Problem> {
        let stamp = Stamp::of(&entry.absolute);
        let old = self.old.texts.get(&entry.path);
        let are_same = |old: &&Text| settings.documents.includes.are(&old.parsed.body.included.files);
        let known = old.filter(|old| old.settings == self.settings).filter(are_same);
        if let Some(known) = known.filter(|known| known.stamp.is_some() && known.stamp == stamp) {
            return Ok(known.parsed.clone());
        }
        let text = source::read_text(entry)?;
        let hash = *blake3::hash(text.as_str().as_bytes()).as_bytes();
        let parsed = match known.filter(|known| known.hash == hash) {
            Some(known) => known.parsed.clone(),
            None => Arc::new(parse_file(text, settings, vocabulary)),
        };
        let hash = with_included(hash, &parsed);
        let stamp = stamp.filter(|stamp| stamp.is_stable(self.now));
        let fresh = Text { stamp, hash, settings: self.settings, parsed: parsed.clone() };
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push((entry.path.clone(), fresh));
        Ok(parsed)
    }

    /// What was read and not known.
    pub(super) fn finish(self) -> NewFiles {
        NewFiles(self.fresh.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
