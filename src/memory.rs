//! A cache on disk for the next run, in the user's cache folder.
//!
//! It is optional: if there is no such folder, or the cached text is damaged or from another program, nothing is
//! recalled and everything is computed again.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::NamedTempFile;

/// The maximum length of a cached text in bytes: more than the longest report of 100,000 documents.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The maximum number of cached texts for all handbooks. The oldest are removed to make room for new ones.
const MAX_TEXTS: usize = 32;

/// A slot for one text.
#[derive(Debug)]
pub(crate) struct CacheSlot {
    file: PathBuf,
    program: String,
    max_bytes: usize,
}

impl CacheSlot {
    /// The slot for these names, or `None` if nothing can be cached.
    pub(crate) fn new(names: &[&[u8]]) -> Option<CacheSlot> {
        let mut hasher = blake3::Hasher::new();
        for name in names {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name);
        }
        let name = hasher.finalize().to_hex();
        let file = cache_folder()?.join("clausebook").join(&name[..32]);
        Some(CacheSlot { file, program: program_version()?, max_bytes: MAX_BYTES })
    }

    /// The text in the slot, if it is intact and was written by this program.
    pub(crate) fn load(&self) -> Option<String> {
        let mut contents = fs::read_to_string(&self.file).ok()?;
        let (text, sum) = contents.rsplit_once('\n')?;
        let is_whole = sum == self.hasher().update(text.as_bytes()).finalize().to_hex().as_str();
        let length = text.len();
        contents.truncate(length);
        is_whole.then_some(contents)
    }

    /// Replaces the text in the slot. A failure to write the cache is not an error.
    pub(crate) fn store(&self, text: &str) {
        let mut keeping = self.begin_write();
        let _ = keeping.write_all(text.as_bytes());
        keeping.finish();
    }

    /// Begins to write a text piece by piece.
    pub(crate) fn begin_write(&self) -> CacheWriter<'_> {
        let create = |folder: &Path| -> io::Result<NamedTempFile> {
            fs::create_dir_all(folder)?;
            NamedTempFile::new_in(folder)
        };
        let file = self.file.parent().and_then(|folder| create(folder).ok());
        CacheWriter { slot: self, file, hasher: self.hasher(), length: 0 }
    }

    fn hasher(&self) -> blake3::Hasher {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.program.as_bytes());
        hasher
    }
}

/// A writer of a text to a slot. If it is dropped before it is finished, the slot is unchanged.
pub(crate) struct CacheWriter<'a> {
    slot: &'a CacheSlot,
    /// The text so far, or `None` once it cannot be kept.
    file: Option<NamedTempFile>,
    hasher: blake3::Hasher,
    length: usize,
}

impl CacheWriter<'_> {
    /// Stores the text. If anything failed, the slot is left empty rather than outdated or incomplete.
    pub(crate) fn finish(mut self) {
        let sum = format!("\n{}", self.hasher.finalize().to_hex());
        let complete_file = self.file.take().filter(|_| self.length <= self.slot.max_bytes);
        let is_new = !self.slot.file.exists();
        let is_saved = complete_file
            .is_some_and(|mut file| file.write_all(sum.as_bytes()).is_ok() && file.persist(&self.slot.file).is_ok());
        if !is_saved {
            let _ = fs::remove_file(&self.slot.file);
        } else if is_new && let Some(folder) = self.slot.file.parent() {
            remove_oldest(folder, MAX_TEXTS);
        }
    }
}

/// Writing never fails; a text that cannot be kept is discarded.
impl Write for CacheWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length = self.length.saturating_add(bytes.len());
        self.hasher.update(bytes);
        let fits = self.length <= self.slot.max_bytes;
        self.file = self.file.take().filter(|_| fits).and_then(|mut file| file.write_all(bytes).ok().map(|()| file));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Removes the oldest files in a folder, including those of killed runs, until no more than `max` are left.
fn remove_oldest(folder: &Path, max: usize) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let modified =
        |entry: &fs::DirEntry| entry.metadata().and_then(|metadata| metadata.modified()).unwrap_or(UNIX_EPOCH);
    let mut files: Vec<(SystemTime, PathBuf)> =
        entries.flatten().map(|entry| (modified(&entry), entry.path())).collect();
    files.sort();
    for (_, path) in files.iter().take(files.len().saturating_sub(max)) {
        let _ = fs::remove_file(path);
    }
}

fn cache_folder() -> Option<PathBuf> {
    let xdg_folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    xdg_folder.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
}

/// Identifies this version of the program by the size and time of its file.
fn program_version() -> Option<String> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{}", metadata.len(), modified.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_text_of_this_program_is_recalled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/text");
        let memory = |program: &str| CacheSlot { file: file.clone(), program: program.to_owned(), max_bytes: 1_000 };
        let own = memory("1");
        assert_eq!(own.load(), None);
        own.store("two\nlines");
        assert_eq!(own.load().as_deref(), Some("two\nlines"));
        assert_eq!(memory("2").load(), None);
        let whole = fs::read(&own.file).unwrap();
        for length in 0..whole.len() {
            fs::write(&own.file, &whole[..length]).unwrap();
            assert_eq!(own.load(), None, "torn after {length} bytes");
        }
        let mut foreign = whole.clone();
        *foreign.last_mut().unwrap() = b'x';
        fs::write(&own.file, foreign).unwrap();
        assert_eq!(own.load(), None);
        // A new slot makes room for itself.
        for number in 0..2 * MAX_TEXTS {
            let other = CacheSlot { file: folder.path().join(format!("a/{number}")), ..memory("1") };
            other.store("text");
            assert_eq!(other.load().as_deref(), Some("text"));
        }
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), MAX_TEXTS);
        own.store(&"x".repeat(1_001));
        assert!(!own.file.exists(), "nothing older is left in its place");
    }
}
