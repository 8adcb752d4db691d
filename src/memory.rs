//! What a run remembers for the next one, in the user's cache folder.
//!
//! Nothing depends on it: where there is no such folder, or what was kept is torn, or another program kept it, there is
//! nothing to recall, and everything is made again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Longest text that is remembered, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// A place for one text.
#[derive(Debug)]
pub(crate) struct Memory {
    file: PathBuf,
    program: String,
}

impl Memory {
    /// The place that these names lead to; `None` where nothing can be remembered.
    pub(crate) fn of(names: &[&[u8]]) -> Option<Memory> {
        let mut hasher = blake3::Hasher::new();
        for name in names {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name);
        }
        let name = hasher.finalize().to_hex();
        Some(Memory { file: cache_folder()?.join("clausebook").join(&name[..32]), program: program()? })
    }

    /// What was kept there, by this program and as a whole.
    pub(crate) fn recall(&self) -> Option<String> {
        let kept = fs::read_to_string(&self.file).ok()?;
        let (sum, text) = kept.split_once('\n')?;
        (sum == self.sum(text)).then(|| text.to_owned())
    }

    /// Keeps a text in place of what was there. A cache that cannot be written is no error.
    pub(crate) fn keep(&self, text: &str) {
        // Whatever goes wrong, nothing is remembered that is not so.
        let _ = self.write(text).is_err_and(|_| fs::remove_file(&self.file).is_ok());
    }

    fn write(&self, text: &str) -> std::io::Result<()> {
        let folder = self.file.parent().filter(|_| text.len() <= MAX_BYTES);
        let folder = folder.ok_or_else(|| std::io::Error::other("there is no room for it"))?;
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(self.sum(text).as_bytes())?;
        file.write_all(b"\n")?;
        file.write_all(text.as_bytes())?;
        file.persist(&self.file).map(drop).map_err(|error| error.error)
    }

    fn sum(&self, text: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.program.as_bytes()).update(text.as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

fn cache_folder() -> Option<PathBuf> {
    let own = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    own.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
}

/// What tells this program from another version of it: size and time of its file.
fn program() -> Option<String> {
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
        let memory = |program: &str| Memory { file: folder.path().join("a/text"), program: program.to_owned() };
        let own = memory("1");
        assert_eq!(own.recall(), None);
        own.keep("two\nlines");
        assert_eq!(own.recall().as_deref(), Some("two\nlines"));
        assert_eq!(memory("2").recall(), None);
        let whole = fs::read(&own.file).unwrap();
        for length in 0..whole.len() {
            fs::write(&own.file, &whole[..length]).unwrap();
            assert_eq!(own.recall(), None, "torn after {length} bytes");
        }
        let mut foreign = whole.clone();
        *foreign.last_mut().unwrap() = b'x';
        fs::write(&own.file, foreign).unwrap();
        assert_eq!(own.recall(), None);
        own.keep(&"x".repeat(MAX_BYTES + 1));
        assert!(!own.file.exists(), "nothing older is left in its place");
    }
}
