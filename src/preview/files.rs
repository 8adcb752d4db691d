//! Files as they were last read: one that did not change is neither read nor parsed again.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::config::Settings;
use crate::finding::Fault;
use crate::handbook::ParsedFile;
use crate::project::parse_file;
use crate::site::write::{Contents, MemoryTarget, Target, WriteError};
use crate::source::{self, Entry, Vocabulary};
use crate::url::SitePath;

/// A hash of what a file holds.
pub type Hash = [u8; 32];

/// A file that was changed this recently may be changed again without its time stamp showing it.
const SETTLING: Duration = Duration::from_secs(2);

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: (u64, i64, i64),
}

impl Stamp {
    /// Looks at a file.
    pub fn of(path: &Path) -> Option<Stamp> {
        let metadata = fs::metadata(path).ok()?;
        Some(Stamp { length: metadata.len(), modified: metadata.modified().ok(), inode: inode(&metadata) })
    }

    /// What tells a folder from another one of the same name; what is in it does not matter.
    pub fn of_folder(path: &Path) -> Option<Stamp> {
        let metadata = fs::metadata(path).ok()?;
        Some(Stamp { length: 0, modified: metadata.created().ok(), inode: (inode(&metadata).0, 0, 0) })
    }

    /// Whether another change would have given it another stamp.
    fn is_settled(&self, now: SystemTime) -> bool {
        self.modified.and_then(|modified| now.duration_since(modified).ok()).is_some_and(|age| age > SETTLING)
    }

    /// The stamp as a hash, to compare files whose content is not looked at.
    pub fn hash(&self) -> Hash {
        *blake3::hash(format!("{self:?}").as_bytes()).as_bytes()
    }
}

/// Number of the file, and when it was last changed in any way: a copy that keeps its time stamp differs here.
#[cfg(unix)]
fn inode(metadata: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

/// What is remembered of a file: its stamp when that can be trusted, and what was made of it.
#[derive(Clone, Debug)]
struct Kept<T> {
    stamp: Option<Stamp>,
    hash: Hash,
    value: T,
}

/// Texts and assets of a handbook as they were last read.
#[derive(Debug, Default)]
pub struct Files {
    /// What the parsed texts depend on beside themselves.
    context: Hash,
    texts: HashMap<Arc<str>, Kept<Arc<ParsedFile>>>,
    assets: Mutex<HashMap<PathBuf, Kept<Arc<[u8]>>>>,
}

/// One round of reading: what it reads is remembered for the next.
#[derive(Debug)]
pub struct Round<'a> {
    old: &'a Files,
    now: SystemTime,
    texts: Mutex<HashMap<Arc<str>, Kept<Arc<ParsedFile>>>>,
}

impl Files {
    /// Begins to read; `settings` is the text that parsed files depend on.
    pub fn begin(&mut self, settings: &str) -> Round<'_> {
        let context = *blake3::hash(settings.as_bytes()).as_bytes();
        if self.context != context {
            self.texts.clear();
            self.context = context;
        }
        Round { old: self, now: SystemTime::now(), texts: Mutex::default() }
    }

    /// Remembers what a round read, and nothing else.
    pub fn keep(&mut self, texts: Texts) {
        self.texts = texts.0;
    }

    /// The hash of each text.
    pub fn hashes(&self) -> impl Iterator<Item = (Arc<str>, Hash)> + '_ {
        self.texts.iter().map(|(path, kept)| (path.clone(), kept.hash))
    }

    /// An image or attachment for `path` of the site, read now or before; nothing when it is gone again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn asset(&self, path: &SitePath, file: &Path) -> Result<Option<Arc<[u8]>>, WriteError> {
        let stamp = Stamp::of(file);
        let known = self.assets().get(file).filter(|kept| kept.stamp.is_some() && kept.stamp == stamp).cloned();
        if let Some(known) = known {
            return Ok(Some(known.value));
        }
        let alone = MemoryTarget::new();
        alone.put(path, Contents::File(file))?;
        let Some(value) = alone.finish().remove(path) else { return Ok(None) };
        let stamp = stamp.filter(|stamp| stamp.is_settled(SystemTime::now()));
        let kept = Kept { stamp, hash: Hash::default(), value: value.clone() };
        self.assets().insert(file.to_path_buf(), kept);
        Ok(Some(value))
    }

    fn assets(&self) -> MutexGuard<'_, HashMap<PathBuf, Kept<Arc<[u8]>>>> {
        self.assets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a round read.
#[derive(Debug, Default)]
pub struct Texts(HashMap<Arc<str>, Kept<Arc<ParsedFile>>>);

impl Round<'_> {
    /// A text, parsed now or before.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn text(&self, entry: &Entry, settings: &Settings, vocabulary: &Vocabulary) -> Result<Arc<ParsedFile>, Fault> {
        let stamp = Stamp::of(&entry.absolute);
        let old = self.old.texts.get(&entry.path);
        let kept = match old.filter(|old| old.stamp.is_some() && old.stamp == stamp) {
            Some(old) => Kept { stamp, hash: old.hash, value: old.value.clone() },
            None => {
                let text = source::read_text(entry)?;
                let hash = *blake3::hash(text.as_str().as_bytes()).as_bytes();
                let value = match old.filter(|old| old.hash == hash) {
                    Some(old) => old.value.clone(),
                    None => Arc::new(parse_file(text, settings, vocabulary)),
                };
                Kept { stamp: stamp.filter(|stamp| stamp.is_settled(self.now)), hash, value }
            }
        };
        let value = kept.value.clone();
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.path.clone(), kept);
        Ok(value)
    }

    /// What was read.
    pub fn finish(self) -> Texts {
        Texts(self.texts.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
