//! The only module that writes sites: it replaces a whole site at once or leaves the old one unchanged.
//!
//! A site is assembled file by file through [`Target`]: in memory ([`MemoryTarget`]), in a new folder ([`FreshFolder`],
//! for printing), or in place of an earlier one ([`OutputFolder`], [`SiteWriter`]). The last of these guarantees:
//!
//! - **All or nothing.** The new site is built in a staging folder next to the output, `.site.clausebook-staging` for
//!   `site`, then exchanged with the old one in a single step. A build that fails or is killed at any moment leaves the
//!   old site unchanged; the next build cleans up after it. If the file system cannot exchange two folders, they are
//!   renamed one after the other: between the two steps there is no output folder, and if a build is killed at that
//!   moment, the next one restores the old site.
//! - **Ours and yours.** [`MANIFEST_NAME`] in the output lists every file of the site with its hash. Listed files are
//!   replaced and deleted if they are still as written. A listed file with other contents is an error, unless the new
//!   site contains the same or the file is blank, as after a power failure. Other files are kept with their folders and
//!   move to the new site. A page never overwrites a file that is not ours: that is an error. A folder that contains
//!   files but no manifest is rejected, and so is a symbolic link: use the folder it points to.
//! - **Only what changed.** Each file is compared byte by byte with the one on disk, never with the manifest's
//!   information about it. A file that did not change is linked to the new site, so that it keeps its inode and
//!   modification time. If no file changed, nothing is written at all.
//! - **Only inside.** Files are named by [`SitePath`]s, which cannot leave the folder, and are created in a new tree,
//!   so that symbolic links in the old output are never followed.
//! - **One at a time.** A build locks the output folder (`flock`); a second one at the same time is rejected. On file
//!   systems without locks, the staging folder has the same effect, but must be deleted manually after a killed build.
//!
//! Files get mode 0644 and folders 0755, less the umask; an existing folder keeps its mode and group. The manifest is
//! flushed to disk before the exchange, but pages are not: after a power failure, the next build finds and fixes what
//! the disk lost. Each build that changes something creates a new output folder. A process *in* the old one (a shell, a
//! bind mount) keeps seeing the old site, so serve the output by its path.

mod comparison;
mod contents;
mod error;
mod folder;
mod fresh_folder;
mod inventory;
mod leftover;
mod link_or_copy;
mod lock;
mod manifest;
mod memory;
mod names;
mod old_site;
mod staging;
mod stamp;
mod swap;
mod writer;

use std::path::Path;

pub(crate) use comparison::open_asset;
pub(crate) use contents::OutputContents;
pub use error::WriteError;
pub use folder::{OutputFolder, SourceFolders};
pub(crate) use fresh_folder::FreshFolder;
pub use manifest::MANIFEST_NAME;
pub use memory::{MemorySite, MemoryTarget};
pub(crate) use stamp::{BuildReport, SiteSource, SiteStamp};
pub use writer::{SiteWriter, WriteSummary};

use crate::url::SitePath;

/// The contents of a file of a site.
#[derive(Clone, Debug)]
pub enum Contents<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// A copy of this file, without its mode and times.
    File(&'a Path),
}

/// The destination of a site. Files may be added from several threads, in any order.
pub trait Target: Sync {
    /// Adds a file.
    ///
    /// # Errors
    /// If there is already a file or folder of that name, ignoring case, or if the contents cannot be read or written.
    fn add(&self, path: &SitePath, contents: Contents<'_>) -> Result<(), WriteError>;

    /// Files that the site also contains without being added: other people's files in the old site.
    fn foreign_files(&self) -> Vec<String> {
        Vec::new()
    }
}
