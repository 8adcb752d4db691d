//! Putting a new folder in the place of an old one.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform;

/// Puts `new` in the place of `output`, and returns where the old one is now.
///
/// In one step where the system can exchange two folders: the old one is then at `new`. Otherwise in two: the old one
/// is then at `aside`, and after the first step there is no output until the second is done.
///
/// # Errors
/// When the system refuses; the old folder is then where it was.
pub(super) fn swap(new: &Path, output: &Path, aside: &Path) -> io::Result<PathBuf> {
    match platform::exchange(new, output) {
        Ok(()) => Ok(new.to_owned()),
        Err(_) => rename_twice(new, output, aside).map(|()| aside.to_owned()),
    }
}

fn rename_twice(new: &Path, output: &Path, aside: &Path) -> io::Result<()> {
    platform::rename(output, aside)?;
    platform::rename(new, output).inspect_err(|_| {
        // What cannot be put back now stays in the staging folder, from where the next build restores it.
        let _ = platform::rename(aside, output);
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
