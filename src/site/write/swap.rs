//! Replacing a folder with another one.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform;

/// Replaces `output` with `new`. Returns the path to which the old folder was moved.
///
/// If the system can exchange two folders, this is a single step, and the old folder is moved to `new`. Otherwise it
/// takes two steps, and the old folder is moved to `backup`; between the two steps there is no output.
///
/// # Errors
/// If the operation fails; the old folder is then at its original path.
pub(super) fn swap(new: &Path, output: &Path, backup: &Path) -> io::Result<PathBuf> {
    match platform::exchange(new, output) {
        Ok(()) => Ok(new.to_owned()),
        Err(_) => rename_twice(new, output, backup).map(|()| backup.to_owned()),
    }
}

fn rename_twice(new: &Path, output: &Path, backup: &Path) -> io::Result<()> {
    platform::rename(output, backup)?;
    platform::rename(new, output).inspect_err(|_| {
        // If it cannot be restored now, it stays in the staging folder, from which the next build restores it.
        let _ = platform::rename(backup, output);
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

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
    fn two_renames_swap_the_folders() {
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
