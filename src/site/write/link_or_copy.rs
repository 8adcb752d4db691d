//! Carrying files over from one site to the next.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::platform;

/// Adds a second name to a file, symbolic link or other item that is not a folder: as a hard link or, if the file
/// system does not support hard links, as a copy with its mode and times.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => copy(from, to),
        done => done,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return platform::symbolic_link(&fs::read_link(from)?, to);
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file, a folder or a link"));
    }
    let mut copy = platform::create_file(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.set_permissions(metadata.permissions())?;
    copy.set_modified(metadata.modified()?)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn without_hard_links_a_file_is_copied_with_its_mode_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let spring = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut file = platform::create_file(&from).unwrap();
        io::Write::write_all(&mut file, b"text").unwrap();
        file.set_permissions(fs::Permissions::from_mode(0o640)).unwrap();
        file.set_modified(spring).unwrap();
        copy(&from, &to).unwrap();
        let copied = fs::metadata(&to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"text");
        assert_eq!(copied.modified().unwrap(), spring);
        assert_eq!(copied.permissions().mode() & 0o777, 0o640);
        assert!(!platform::is_same(&copied, &fs::metadata(&from).unwrap()));
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
