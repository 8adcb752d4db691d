//! Metadata that a new file takes over from the one it replaces: owner, group, mode and extended attributes.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::platform;

/// The outcome of copying an old file's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MetadataOutcome {
    /// The new file can replace the old one.
    Replaceable,
    /// The new file would belong to somebody else.
    OwnedByOther,
}

/// Copies the owner, group, mode and extended attributes of the file at `old` to the new file at `path`.
///
/// # Errors
/// If the operating system refuses the mode.
pub(super) fn copy_metadata(new: &File, path: &Path, old: &Path) -> io::Result<MetadataOutcome> {
    let metadata = fs::metadata(old)?;
    if !platform::copy_owner(new, &metadata)? {
        return Ok(MetadataOutcome::OwnedByOther);
    }
    platform::copy_attributes(old, path);
    // Set the mode after the owner, because changing the owner clears some mode bits.
    new.set_permissions(metadata.permissions())?;
    Ok(MetadataOutcome::Replaceable)
}
