//! The only room that writes: a whole site at once, or the old one stays.
//!
//! A site is put together page by page through [`Target`]: in memory ([`MemoryTarget`]), in a folder made for it
//! ([`FreshFolder`], for printing), or in the place of an earlier one ([`OutputFolder`], [`Writer`]). For a folder this holds:
//!
//! - **All or nothing.** The new site is built in a staging folder beside the output, `.site.clausebook-staging` for
//!   `site`, then exchanged for the old one in one step. A build that fails, or is killed at any moment, leaves the old
//!   site as it was; the next build clears up behind it. Where the file system cannot exchange two folders they are
//!   renamed one after the other: between these two steps there is no output folder, and a build killed just there
//!   leaves it to the next one to put the old site back.
//! - **Ours and yours.** [`MANIFEST_NAME`] in the output lists every file of the site with its hash. What it lists is
//!   replaced and deleted while it is what was written; a listed file that holds something else is an error, unless the
//!   new site has the same or it is blank, as after a power failure. What it does not list is kept, with its folder, and
//!   moves into the new site. A page is never written over a file that is not ours: that is an error. A folder that holds
//!   files and no manifest is refused, and so is a symbolic link: use the folder it points to.
//! - **Only what changed.** Each file is compared with the one on disk, byte by byte, never with what the manifest
//!   says about it. A file that did not change is linked into the new site: it keeps its inode and modification time.
//!   When no file changed, nothing is written at all.
//! - **Only inside.** Files are named by [`SitePath`]s, which cannot leave the folder, and are made in a fresh tree,
//!   so that no symbolic link in the old output is ever followed.
//! - **One at a time.** A build locks the output folder (`flock`); a second one at the same time is refused. Where a
//!   file system cannot lock, the staging folder does the same, but after a killed build has to be deleted by hand.
//!
//! Files get mode 0644 and folders 0755, less the umask; a folder that was there keeps its mode and group. The manifest
//! is flushed to disk before the exchange, pages are not: after a power failure, the next build finds and mends what
//! the disk lost. The output is a new folder after each build that changes something: a process that stands *in* it
//! (a shell, a bind mount) keeps seeing the old one, so serve it by its path.

mod carry;
mod comparison;
mod contents;
mod error;
mod folder;
mod fresh;
mod inventory;
mod leftover;
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
pub use folder::{OutputFolder, Sources};
pub(crate) use fresh::FreshFolder;
pub use manifest::MANIFEST_NAME;
pub use memory::{MemorySite, MemoryTarget};
pub(crate) use stamp::Stamp;
pub use writer::{WriteSummary, Writer};

use crate::url::SitePath;

/// What a file of a site holds.
#[derive(Clone, Debug)]
pub enum Contents<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// A copy of this file; its mode and times are not copied.
    File(&'a Path),
}

/// Where a site is written to. Files may be put from many threads, in any order.
pub trait Target: Sync {
    /// Adds a file.
    ///
    /// # Errors
    /// When there is a file of that name, letter case aside, when the name is taken by a folder or the other way
    /// round, or when the contents cannot be read or written.
    fn put(&self, path: &SitePath, contents: Contents<'_>) -> Result<(), WriteError>;

    /// Files that the site also has although they were not put: what others put beside the old one.
    fn kept(&self) -> Vec<String> {
        Vec::new()
    }
}
