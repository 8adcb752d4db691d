//! Putting a new folder in the place of an old one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts `new` in the place of `output`, and returns where the old one is now.
///
/// In one step where the system can exchange two folders: the old one is then at `new`. Otherwise in two: the old one
/// is then at `aside`, and after the first step there is no output until the second is done.
///
/// # Errors
/// When the system refuses; the old folder is then where it was.
pub(super) fn swap(new: &Path, output: &Path, aside: &Path) -> io::Result<PathBuf> {
    match exchange(new, output) {
        Ok(()) => Ok(new.to_owned()),
        Err(_) => rename_twice(new, output, aside).map(|()| aside.to_owned()),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn rename_twice(new: &Path, output: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(output, aside)?;
    fs::rename(new, output).inspect_err(|_| {
        // What cannot be put back now stays in the staging folder, from where the next build restores it.
        let _ = fs::rename(aside, output);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_folders() -> (tempfile::TempDir, PathBuf, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let [new, output, aside] = ["new", "output", "aside"].map(|name| folder.path().join(name));
        for path in [&new, &output] {
            fs::create_dir(path).unwrap();
            fs::write(path.join("page"), path.file_name().unwrap().as_encoded_bytes()).unwrap();
        }
        (folder, new, output, aside)
    }

    #[test]
    fn the_new_folder_takes_the_place_of_the_old_one() {
        let (_folder, new, output, aside) = two_folders();
        let old = swap(&new, &output, &aside).unwrap();
        assert_eq!(fs::read(output.join("page")).unwrap(), b"new");
        assert_eq!(fs::read(old.join("page")).unwrap(), b"output");
    }

    #[test]
    fn two_renames_do_the_same() {
        let (_folder, new, output, aside) = two_folders();
        rename_twice(&new, &output, &aside).unwrap();
        assert_eq!(fs::read(output.join("page")).unwrap(), b"new");
        assert_eq!(fs::read(aside.join("page")).unwrap(), b"output");
    }

    #[test]
    fn when_the_second_rename_fails_the_first_is_undone() {
        let (_folder, new, output, aside) = two_folders();
        fs::remove_dir_all(&new).unwrap();
        assert!(swap(&new, &output, &aside).is_err());
        assert_eq!(fs::read(output.join("page")).unwrap(), b"output");
        assert!(!aside.exists());
    }
}
