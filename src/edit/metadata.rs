//! What a new file takes over from the one whose place it takes: owner, group, mode, extended attributes.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::platform;

/// What became of taking over an old file's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MetadataOutcome {
    /// The new file can take the old one's place.
    Same,
    /// It would belong to somebody else.
    OwnedByOther,
}

/// Gives a new file what the old one has.
///
/// # Errors
/// When the system refuses the mode.
pub(super) fn resemble(new: &File, path: &Path, old: &Path) -> io::Result<MetadataOutcome> {
    let wanted = fs::metadata(old)?;
    if !platform::copy_owner(new, &wanted)? {
        return Ok(MetadataOutcome::OwnedByOther);
    }
    platform::copy_attributes(old, path);
    // After the owner: a change of owner takes bits of the mode away.
    new.set_permissions(wanted.permissions())?;
    Ok(MetadataOutcome::Same)
}
