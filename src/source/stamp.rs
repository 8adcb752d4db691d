//! What files and folders look like from outside: whether one has changed, without reading it.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::platform;

/// A file that was changed this recently may be changed again without its time stamp showing it.
const SETTLING: Duration = Duration::from_secs(2);

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: (u64, i64, i64),
}

impl Stamp {
    /// What is seen of an open file.
    pub(crate) fn new(metadata: &Metadata) -> Stamp {
        let inode = platform::file_version(metadata);
        Stamp { length: metadata.len(), modified: metadata.modified().ok(), inode }
    }

    /// Looks at a file.
    pub(crate) fn of(path: &Path) -> Option<Stamp> {
        fs::metadata(path).ok().map(|metadata| Stamp::new(&metadata))
    }

    /// What tells a folder from another one of the same name; what is in it does not matter.
    pub(crate) fn of_folder(path: &Path) -> Option<Stamp> {
        let metadata = fs::metadata(path).ok()?;
        Some(Stamp { length: 0, modified: metadata.created().ok(), inode: (platform::file_version(&metadata).0, 0, 0) })
    }

    /// Whether another change would have given it another stamp.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        self.modified.and_then(|modified| now.duration_since(modified).ok()).is_some_and(|age| age > SETTLING)
    }

    /// The stamp as a hash, to compare files whose content is not looked at.
    pub(crate) fn hash(&self) -> [u8; 32] {
        *blake3::hash(format!("{self:?}").as_bytes()).as_bytes()
    }

    /// The file's length in bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Opens a file, as long as it is the one that was looked at.
    ///
    /// # Errors
    /// When it is another by now, or cannot be read.
    pub(crate) fn open(&self, path: &Path) -> io::Result<File> {
        let file = File::open(path)?;
        let is_it = Stamp::new(&file.metadata()?) == *self;
        if is_it { Ok(file) } else { Err(io::Error::other("it changed")) }
    }
}
