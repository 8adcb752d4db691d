//! Unusual states of files: behind links, temporarily unreadable, or half written by git.

use std::fs;

#[cfg(unix)]
use crate::preview::write;
use crate::preview::{Preview, document, handbook};

#[cfg(unix)]
#[test]
fn link_targets_are_followed_anywhere_in_the_handbook() {
    use std::os::unix::fs::symlink;
    let folder = handbook();
    let root = folder.path().to_path_buf();
    write(&root, "shared/texts/seven.md", &document(7, "Linked."));
    write(&root, "shared/own.css", "/* one */");
    symlink("../../shared/texts/seven.md", root.join("content/a/doc-7.md")).unwrap();
    fs::create_dir_all(root.join("themes/own/static")).unwrap();
    symlink(root.join("shared/own.css"), root.join("themes/own/static/own.css")).unwrap();
    let preview = Preview::start(folder, &["--theme", "own"]);
    assert!(preview.page("/a/doc-7.html").contains("<p>Linked.</p>"));
    preview.write("shared/texts/seven.md", &document(7, "Changed."));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-7.html").contains("<p>Changed.</p>"));
    preview.write("shared/own.css", "/* two */");
    preview.wait_for_build();
    assert!(preview.page("/assets/own.css").contains("two"));

    // A link created later, to a file created later still, in a new folder.
    symlink("../../later/eight.md", root.join("content/a/doc-8.md")).unwrap();
    preview.wait_for_build();
    preview.write("later/eight.md", &document(8, "Late."));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-8.html").contains("<p>Late.</p>"));
    preview.write("later/eight.md", &document(8, "Later."));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-8.html").contains("<p>Later.</p>"));

    // Other files in these folders do not count as changes.
    preview.write("shared/texts/notes.md", "not read");
    preview.assert_idle();
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_to_a_folder_is_not_followed_by_watching_either() {
    let folder = handbook();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("content/out")).unwrap();
    let preview = Preview::start(folder, &[]);
    assert_eq!(preview.watch_count(), 3, "the handbook, content and content/a");
    write(outside.path(), "doc-9.md", &document(9, "Outside."));
    preview.assert_idle();
    assert_eq!(preview.get("/out/doc-9.html").code, 404);
}

#[cfg(target_os = "linux")]
#[test]
fn temporarily_unreadable_files_are_shown_later() {
    let preview = Preview::start(handbook(), &[]);
    let limit = |files: &str| {
        let mut prlimit = std::process::Command::new("prlimit");
        let process = ["--pid".to_owned(), preview.process_id().to_string(), format!("--nofile={files}:4096")];
        assert!(prlimit.args(process).status().unwrap().success());
    };
    // No more files can be opened, and nothing reports when they can be opened again.
    limit("3");
    preview.write("content/a/doc-1.md", &document(1, "Later."));
    preview.wait_for_build();
    limit("4096");
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("<p>Later.</p>"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_permissions_are_put_right_is_shown_again() {
    use std::os::unix::fs::PermissionsExt;
    let folder = handbook();
    // Root can read every file, unless this right is removed.
    let mut command = crate::preview::command(folder.path(), &[]);
    if fs::read("/etc/shadow").is_ok() {
        let mut bounded = std::process::Command::new("setpriv");
        bounded
            .arg("--bounding-set=-dac_override,-dac_read_search")
            .arg(command.get_program())
            .args(command.get_args());
        command = bounded;
    }
    let preview = Preview::run(folder, command);
    let file = preview.root().join("content/a/doc-1.md");
    let allow = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    preview.write("content/a/doc-2.md", &document(2, "Something to look at."));
    preview.wait_for_build();
    assert_eq!(preview.get("/a/doc-1.html").code, 404, "it cannot be read");
    allow(0o644);
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("<p>Text.</p>"));
}

#[test]
fn half_of_a_checkout_is_not_shown() {
    let folder = handbook();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let preview = Preview::start(folder, &[]);
    preview.write(".git/index.lock", "");
    preview.write("content/a/doc-1.md", &document(1, "Half."));
    preview.assert_idle();
    preview.write("content/a/doc-1.md", &document(1, "Whole."));
    fs::remove_file(preview.root().join(".git/index.lock")).unwrap();
    assert!(preview.wait_for_build().starts_with("content/a/doc-1.md: "));
    assert!(preview.page("/a/doc-1.html").contains("<p>Whole.</p>"));
}
