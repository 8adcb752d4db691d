//! The metadata of files and folders, to detect changes without reading them.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::platform;

/// A file changed more recently than this may change again without a new time stamp.
const TIMESTAMP_RESOLUTION: Duration = Duration::from_secs(2);

/// The same for time stamps with fractions of a second: longer than the clock tick of any system.
const SUBSECOND_RESOLUTION: Duration = Duration::from_millis(50);

/// The metadata by which changes to a file are detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileStamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: (u64, i64, i64),
}

impl FileStamp {
    /// Creates a stamp from the metadata of an open file.
    pub(crate) fn new(metadata: &Metadata) -> FileStamp {
        let inode = platform::file_version(metadata);
        FileStamp { length: metadata.len(), modified: metadata.modified().ok(), inode }
    }

    /// Reads the stamp of a file; `None` if it cannot be accessed.
    pub(crate) fn read(path: &Path) -> Option<FileStamp> {
        fs::metadata(path).ok().map(|metadata| FileStamp::new(&metadata))
    }

    /// A stamp that distinguishes a folder from another one of the same name, regardless of its content.
    pub(crate) fn read_folder(path: &Path) -> Option<FileStamp> {
        let metadata = fs::metadata(path).ok()?;
        Some(FileStamp {
            length: 0,
            modified: metadata.created().ok(),
            inode: (platform::file_version(&metadata).0, 0, 0),
        })
    }

    /// Whether any further change would have given it another stamp.
    pub(crate) fn is_stable(&self, now: SystemTime) -> bool {
        self.modified
            .and_then(|modified| now.duration_since(modified).ok())
            .is_some_and(|age| age > TIMESTAMP_RESOLUTION)
    }

    /// Whether a change after `now` would give the file another stamp: its time stamp is old enough to differ, given
    /// the resolution of the file system. Always false on systems without a change time that programs cannot set.
    pub(crate) fn shows_changes_after(&self, now: SystemTime) -> bool {
        let (_, seconds, nanoseconds) = self.inode;
        let since = u64::try_from(seconds).ok().zip(u32::try_from(nanoseconds).ok());
        let changed = since.and_then(|(seconds, part)| UNIX_EPOCH.checked_add(Duration::new(seconds, part)));
        let is_settled = |time: SystemTime| {
            let is_full = time.duration_since(UNIX_EPOCH).is_ok_and(|time| time.subsec_nanos() == 0);
            let min_age = if is_full { TIMESTAMP_RESOLUTION } else { SUBSECOND_RESOLUTION };
            now.duration_since(time).is_ok_and(|age| age > min_age)
        };
        self.modified.is_some_and(is_settled) && changed.is_some_and(is_settled)
    }

    /// The stamp as a hash, to compare files without reading their content.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let modified = self.modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let (inode, seconds, nanoseconds) = self.inode;
        hasher.update(&self.length.to_le_bytes());
        hasher.update(&modified.map_or([0xff; 16], |time| time.as_nanos().to_le_bytes()));
        hasher.update(&inode.to_le_bytes()).update(&seconds.to_le_bytes()).update(&nanoseconds.to_le_bytes());
        *hasher.finalize().as_bytes()
    }

    /// The file's length in bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Opens a file, provided that it still has this stamp.
    ///
    /// # Errors
    /// If it has changed, or cannot be read.
    pub(crate) fn open(&self, path: &Path) -> io::Result<File> {
        let file = File::open(path)?;
        let is_unchanged = FileStamp::new(&file.metadata()?) == *self;
        if is_unchanged { Ok(file) } else { Err(io::Error::other("it changed")) }
    }
}
