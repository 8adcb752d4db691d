//! Remembers from what a site was made, so that a build of the same leaves it alone without making it again.
//!
//! The stamp is kept in the user's cache folder, never in the site: it names the program that made the site, which two
//! machines need not have in common. Where there is no cache folder, or the stamp was lost, the site is made again and
//! found to be the same. A site that anybody touched since is made again too: every file is held against the manifest.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use super::manifest::{self, MANIFEST_NAME};
use super::writer::Written;

/// What a site is made from, and where it is remembered.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    content: String,
    output: PathBuf,
}

impl Stamp {
    /// A stamp for the site at `output` made from what `inputs` is a digest of; `None` where nothing can be remembered.
    pub(crate) fn new(output: &Path, inputs: blake3::Hash) -> Option<Stamp> {
        let name = blake3::hash(output.as_os_str().as_encoded_bytes()).to_hex();
        let file = cache_folder()?.join("clausebook").join(&name[..32]);
        let content = format!("{} {}", inputs.to_hex(), program()?);
        Some(Stamp { file, content, output: output.to_owned() })
    }

    /// What is there, when it was made from the same by the same program and nobody touched it since.
    pub(crate) fn recall(&self) -> Option<Written> {
        let remembered = fs::read_to_string(&self.file).ok()?;
        let manifest = fs::read(self.output.join(MANIFEST_NAME)).ok()?;
        if remembered != self.line(&manifest) {
            return None;
        }
        let entries = manifest::entries(&manifest)?;
        let is_whole = |entry: &manifest::Entry| {
            let path = self.output.join(entry.path.as_path());
            let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() == entry.size);
            is_file && hash(&path).is_ok_and(|hash| hash.to_hex().as_str() == entry.blake3)
        };
        entries.par_iter().all(is_whole).then(|| Written {
            files: entries.len(),
            pages: manifest::pages(&entries),
            bytes: entries.iter().map(|entry| entry.size).sum(),
            unchanged: entries.len(),
            ..Written::default()
        })
    }

    /// Remembers the site as it is now. A cache that cannot be written is no error: the next build makes the site again.
    pub(crate) fn remember(&self) {
        let Ok(manifest) = fs::read(self.output.join(MANIFEST_NAME)) else { return };
        let Some(folder) = self.file.parent() else { return };
        let write = || {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(self.line(&manifest).as_bytes())?;
            file.persist(&self.file).map_err(|error| error.error)
        };
        // Whatever went wrong, nothing is remembered that is not so.
        let _ = write().is_err_and(|_| fs::remove_file(&self.file).is_ok());
    }

    fn line(&self, manifest: &[u8]) -> String {
        format!("{} {}\n", self.content, blake3::hash(manifest).to_hex())
    }
}

/// The hash of a file, however large it is.
fn hash(path: &Path) -> std::io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
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
