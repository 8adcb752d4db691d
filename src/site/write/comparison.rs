//! Comparing the files of a site with those on disk, and reading files to be copied.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::site::write::WriteError;
use crate::url::SitePath;

/// The number of bytes of a copied file in memory at a time.
const CHUNK: usize = 256 * 1024;

/// The number of bytes of a page compared at a time, small enough for the stack.
const PAGE_CHUNK: usize = 32 * 1024;

/// The size and hash of a file.
#[derive(Clone, Debug)]
pub(super) struct FileDigest {
    pub(super) size: u64,
    pub(super) blake3: String,
}

impl FileDigest {
    pub(super) fn new(bytes: &[u8]) -> FileDigest {
        FileDigest { size: bytes.len() as u64, blake3: blake3::hash(bytes).to_hex().to_string() }
    }
}

/// Whether a file contains exactly these bytes; `false` if it cannot be read.
pub(super) fn has_contents(file: &Path, bytes: &[u8]) -> bool {
    let compare = || -> io::Result<bool> {
        let mut file = File::open(file)?;
        if file.metadata()?.len() != bytes.len() as u64 {
            return Ok(false);
        }
        let mut buffer = [0; PAGE_CHUNK];
        for chunk in bytes.chunks(PAGE_CHUNK) {
            file.read_exact(&mut buffer[..chunk.len()])?;
            if buffer[..chunk.len()] != *chunk {
                return Ok(false);
            }
        }
        Ok(true)
    };
    compare().unwrap_or(false)
}

/// Whether a file is still as it was written; `false` if it cannot be read.
pub(super) fn is_unmodified(file: &Path, digest: &FileDigest) -> bool {
    let same = || -> io::Result<bool> {
        let mut file = File::open(file)?;
        if file.metadata()?.len() != digest.size {
            return Ok(false);
        }
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut file, &mut hasher)?;
        Ok(hasher.finalize().to_hex().as_str() == digest.blake3)
    };
    same().unwrap_or(false)
}

/// Whether a file is empty or contains only zeros, as after a power failure before it reached the disk.
pub(super) fn is_blank(file: &Path) -> bool {
    let blank = || -> io::Result<bool> {
        let mut file = File::open(file)?;
        let mut buffer = [0; PAGE_CHUNK];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(true),
                length if buffer[..length].iter().any(|byte| *byte != 0) => return Ok(false),
                _ => {}
            }
        }
    };
    blank().unwrap_or(false)
}

/// The digest of an asset if `old` is an identical copy; `None` if it is not or cannot be read.
pub(super) fn digest_if_same(asset: &AssetFile<'_>, old: &Path) -> Result<Option<FileDigest>, WriteError> {
    let Ok(mut old) = File::open(old) else { return Ok(None) };
    if old.metadata().map(|metadata| metadata.len()).ok() != Some(asset.size) {
        return Ok(None);
    }
    let mut buffer = vec![0; CHUNK];
    let mut same = true;
    let digest = asset.read(|chunk| {
        same = old.read_exact(&mut buffer[..chunk.len()]).is_ok() && buffer[..chunk.len()] == *chunk;
        Ok(if same { ReadControl::Continue } else { ReadControl::Stop })
    })?;
    Ok(digest.filter(|digest| same && digest.size == asset.size))
}

/// Whether to continue reading.
pub(super) enum ReadControl {
    Continue,
    Stop,
}

/// A regular file to be copied to a site.
pub(super) struct AssetFile<'a> {
    file: &'a Path,
    target: &'a SitePath,
    size: u64,
}

impl<'a> AssetFile<'a> {
    /// Rejects anything other than a regular file, since opening a pipe could block indefinitely.
    pub(super) fn open(file: &'a Path, target: &'a SitePath) -> Result<AssetFile<'a>, WriteError> {
        let mut asset = AssetFile { file, target, size: 0 };
        let metadata = fs::metadata(file).map_err(|error| asset.unreadable(error))?;
        if !metadata.is_file() {
            return Err(asset.unreadable(io::Error::other("it is not a regular file")));
        }
        asset.size = metadata.len();
        Ok(asset)
    }

    /// Passes the file to `visit` in chunks. Returns `None` if `visit` stops before the end, and any error of `visit`.
    pub(super) fn read(
        &self,
        mut visit: impl FnMut(&[u8]) -> Result<ReadControl, WriteError>,
    ) -> Result<Option<FileDigest>, WriteError> {
        let mut file = File::open(self.file).map_err(|error| self.unreadable(error))?;
        let mut hasher = blake3::Hasher::new();
        let mut chunk = vec![0; CHUNK.min(usize::try_from(self.size).unwrap_or(CHUNK)).max(1)];
        loop {
            let length = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.unreadable(error)),
            };
            hasher.update(&chunk[..length]);
            if let ReadControl::Stop = visit(&chunk[..length])? {
                return Ok(None);
            }
        }
        Ok(Some(FileDigest { size: hasher.count(), blake3: hasher.finalize().to_hex().to_string() }))
    }

    fn unreadable(&self, source: io::Error) -> WriteError {
        WriteError::Asset { file: self.file.to_owned(), target: self.target.clone(), source }
    }
}

/// Opens a file to be copied to a site.
///
/// # Errors
/// If it cannot be read or is not a regular file.
pub(crate) fn open_asset(file: &Path, target: &SitePath) -> Result<File, WriteError> {
    let asset = AssetFile::open(file, target)?;
    File::open(file).map_err(|error| asset.unreadable(error))
}

/// Reads a file to be copied to a site.
///
/// # Errors
/// If it cannot be read or is not a regular file.
pub(super) fn read_asset(file: &Path, target: &SitePath) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    AssetFile::open(file, target)?.read(|chunk| {
        bytes.extend_from_slice(chunk);
        Ok(ReadControl::Continue)
    })?;
    Ok(bytes)
}
