//! What differs between operating systems: modes, groups, links, identity. A port has its work here and in `swap`.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;
const PRIVATE_MODE: u32 = 0o700;

/// Makes a file that is not there yet, for writing.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// Makes a folder that is not there yet.
pub(super) fn new_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(FOLDER_MODE).create(path)
}

/// Makes a folder that nobody else can look into.
pub(super) fn new_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(PRIVATE_MODE).create(path)
}

/// Makes a folder and those above it where they are missing.
pub(super) fn new_folders(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(path)
}

/// Gives a new folder the mode of an old one and, where that is allowed, its group.
pub(super) fn resemble(folder: &Path, old: &Metadata) -> io::Result<()> {
    let new = fs::symlink_metadata(folder)?;
    if new.gid() != old.gid() {
        // Not everybody may give a folder to a group.
        let _ = std::os::unix::fs::chown(folder, None, Some(old.gid()));
    }
    if new.mode() == old.mode() { Ok(()) } else { fs::set_permissions(folder, old.permissions()) }
}

/// Whether both are one file or folder.
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Puts a file that is not a folder into a second place: as a link to the same file or, where the file system has no
/// such links, as a copy with its mode and times.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => copy(from, to),
        done => done,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is neither a file, a folder nor a link"));
    }
    let mut copy = new_file(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.set_permissions(metadata.permissions())?;
    copy.set_modified(metadata.modified()?)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn without_hard_links_a_file_is_copied_with_its_mode_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let spring = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut file = new_file(&from).unwrap();
        io::Write::write_all(&mut file, b"text").unwrap();
        file.set_permissions(fs::Permissions::from_mode(0o640)).unwrap();
        file.set_modified(spring).unwrap();
        copy(&from, &to).unwrap();
        let copied = fs::metadata(&to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"text");
        assert_eq!(copied.modified().unwrap(), spring);
        assert_eq!(copied.permissions().mode() & 0o777, 0o640);
        assert!(!is_same(&copied, &fs::metadata(&from).unwrap()));
    }

    #[test]
    fn a_symbolic_link_is_copied_as_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        std::os::unix::fs::symlink("/nowhere", &from).unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(fs::read_link(&to).unwrap(), Path::new("/nowhere"));
    }
}
