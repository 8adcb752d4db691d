//! What a new file takes over from the one whose place it takes: owner, group, mode, extended attributes.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What became of taking over an old file's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The new file can take the old one's place.
    Same,
    /// It would belong to somebody else.
    OwnedByOther,
}

/// Gives a new file what the old one has.
///
/// # Errors
/// When the system refuses the mode.
pub(super) fn resemble(new: &File, path: &Path, old: &Path) -> io::Result<Likeness> {
    let (wanted, found) = (fs::metadata(old)?, new.metadata()?);
    if !own(new, &wanted, &found) {
        return Ok(Likeness::OwnedByOther);
    }
    attributes(old, path);
    // After the owner: a change of owner takes bits of the mode away.
    new.set_permissions(wanted.permissions())?;
    Ok(Likeness::Same)
}

/// Whether the file now has this owner and group.
fn own(new: &File, wanted: &Metadata, found: &Metadata) -> bool {
    (wanted.uid(), wanted.gid()) == (found.uid(), found.gid())
        || std::os::unix::fs::fchown(new, Some(wanted.uid()), Some(wanted.gid())).is_ok()
}

/// Copies extended attributes, access lists among them, as far as the file system has any and allows it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn attributes(from: &Path, to: &Path) {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    /// The longest list of names, and the longest value, that Linux allows.
    const LONGEST: usize = 64 * 1024;
    let mut names = vec![0; LONGEST];
    let Ok(length) = listxattr(from, &mut names) else { return };
    let mut value = vec![0; LONGEST];
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        if let Ok(length) = getxattr(from, name, &mut value) {
            let _ = setxattr(to, name, &value[..length], XattrFlags::empty());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn attributes(_from: &Path, _to: &Path) {}
