use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::*;

const OLD: &str = "the old text\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    for name in ["a", "b", "c"] {
        fs::write(folder.path().join(format!("content/{name}.md")), OLD).unwrap();
    }
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// Every path below a folder, including hidden ones.
fn names(folder: &Path) -> Vec<String> {
    let below = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().map(Result::unwrap);
    below.map(|entry| entry.path().strip_prefix(folder).unwrap().display().to_string()).collect()
}

/// Replaces every document and creates two new ones; `spoil` runs between reading and writing.
fn change_all(folder: &Path, spoil: impl FnOnce()) -> Result<(), EditError> {
    let mut edits = Edits::new(folder);
    edits.create("content/x/y/new.md", "new\n");
    ["a", "b", "c"].iter().for_each(|name| edits.replace(&format!("content/{name}.md"), OLD, "the new text\n"));
    edits.create("content/z.md", "new\n");
    spoil();
    edits.save()
}

#[test]
fn all_files_change_together_and_nothing_is_left_beside_them() {
    let folder = folder();
    let root = folder.path();
    change_all(root, || ()).unwrap();
    assert_eq!(read(root, "content/b.md"), "the new text\n");
    assert_eq!(read(root, "content/x/y/new.md"), "new\n");
    let expected = ["", "/a.md", "/b.md", "/c.md", "/x", "/x/y", "/x/y/new.md", "/z.md"];
    assert_eq!(names(root), expected.map(|name| format!("content{name}")));
}

#[test]
fn a_failed_change_rolls_back_all_others() {
    type Spoiler = fn(&Path);
    let spoilers: [(&str, Spoiler); 6] = [
        ("was changed just now", |root| fs::write(root.join("content/c.md"), "somebody's work\n").unwrap()),
        ("was changed just now", |root| fs::remove_file(root.join("content/c.md")).unwrap()),
        ("already exists", |root| fs::write(root.join("content/z.md"), "somebody's work\n").unwrap()),
        ("already exists", |root| symlink("nowhere", root.join("content/z.md")).unwrap()),
        ("is not a folder", |root| fs::write(root.join("content/x"), "somebody's work\n").unwrap()),
        ("is a symbolic link to a folder", |root| symlink("/", root.join("content/x")).unwrap()),
    ];
    for (expected, spoil) in spoilers {
        let folder = folder();
        let root = folder.path();
        let mut before = Vec::new();
        let error = change_all(root, || {
            spoil(root);
            before = names(root);
        });
        let message = error.unwrap_err().to_string();
        assert!(message.contains(expected), "{expected}: {message}");
        assert_eq!(names(root), before, "{expected}");
        assert_eq!(
            (read(root, "content/a.md"), read(root, "content/b.md")),
            (OLD.to_owned(), OLD.to_owned()),
            "{expected}"
        );
    }
}

#[test]
fn without_an_exchange_in_one_step_two_files_are_exchanged_in_three() {
    let folder = folder();
    let root = folder.path().join("content");
    let (new, old) = (root.join(".clausebook-new"), root.join("a.md"));
    fs::write(&new, "the new text\n").unwrap();
    staged::swap_with_renames(&new, &old).unwrap();
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    assert_eq!((read(&old), read(&new)), ("the new text\n".to_owned(), OLD.to_owned()));
    assert_eq!(names(&root), [".clausebook-new", "a.md", "b.md", "c.md"]);
    // The file to exchange with is missing or a folder: nothing changes, and nothing is left beside it.
    for missing in ["gone.md", "x"] {
        fs::create_dir_all(root.join("x/y")).unwrap();
        let before = names(&root);
        assert!(staged::swap_with_renames(&root.join("b.md"), &root.join(missing)).is_err(), "{missing}");
        assert!(staged::swap_with_renames(&root.join(missing), &root.join("b.md")).is_err(), "{missing}");
        assert_eq!((names(&root), read(&root.join("b.md"))), (before, OLD.to_owned()), "{missing}");
    }
}

#[test]
fn mode_owner_group_and_attributes_are_kept() {
    let folder = folder();
    let file = folder.path().join("content/a.md");
    // Only the superuser can give the file away in the first place.
    let is_given_away = std::os::unix::fs::chown(&file, Some(4242), Some(4343)).is_ok();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let has_attributes = rustix::fs::setxattr(&file, "user.note", b"kept", rustix::fs::XattrFlags::empty()).is_ok();
    let before = fs::metadata(&file).unwrap();
    change_all(folder.path(), || ()).unwrap();
    let after = fs::metadata(&file).unwrap();
    assert_eq!((before.uid(), before.gid(), before.mode()), (after.uid(), after.gid(), after.mode()));
    assert_eq!(after.uid() == 4242, is_given_away);
    let mut value = [0; 16];
    let length = rustix::fs::getxattr(&file, "user.note", &mut value[..]).unwrap_or_default();
    assert_eq!(&value[..length], if has_attributes { &b"kept"[..] } else { b"" });
}

#[test]
fn a_link_inside_the_handbook_stays_one_and_nothing_else_is_followed() {
    let folder = folder();
    let root = folder.path();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), OLD).unwrap();
    symlink("a.md", root.join("content/inside.md")).unwrap();
    symlink(outside.path().join("secret.md"), root.join("content/outside.md")).unwrap();
    symlink(outside.path(), root.join("content/folder")).unwrap();
    symlink("../.git/config", root.join("content/repository.md")).unwrap();
    fs::create_dir(root.join(".git")).unwrap();
    fs::write(root.join(".git/config"), OLD).unwrap();
    let replace = |path: &str| {
        let mut edits = Edits::new(root);
        edits.replace(path, OLD, "new\n");
        edits.save().map_err(|error| error.to_string())
    };
    replace("content/inside.md").unwrap();
    assert_eq!(read(root, "content/a.md"), "new\n");
    assert!(root.join("content/inside.md").symlink_metadata().unwrap().is_symlink());
    for (path, expected) in [
        ("content/outside.md", "leads out of the handbook"),
        ("content/folder/secret.md", "is a symbolic link to a folder"),
        ("content/repository.md", "is in git's own folder"),
        (".git/config", "is in git's own folder"),
        (".GIT/config", "is in git's own folder"),
        ("../x.md", "leads out of the handbook"),
        ("/etc/passwd", "leads out of the handbook"),
        ("content", "is not a file"),
    ] {
        let message = replace(path).unwrap_err();
        assert!(message.contains(expected), "{path}: {message}");
    }
    assert_eq!(read(outside.path(), "secret.md"), OLD);
    assert_eq!(read(root, ".git/config"), OLD);
}

#[test]
fn an_error_does_not_name_a_temporary_file() {
    let folder = folder();
    let error = tempfile::Builder::new().prefix(".clausebook-").tempfile_in(folder.path().join("none")).unwrap_err();
    assert!(error.to_string().contains(".clausebook-"));
    let result = super::without_file_name(error);
    assert_eq!((result.to_string().contains(".clausebook-"), result.kind()), (false, std::io::ErrorKind::NotFound));
}
