//! A maliciously prepared output folder: nothing outside it changes, and nothing in it that Clausebook did not write.
#![cfg(unix)]

mod writing_support;

use std::fs;
use std::os::unix::fs::symlink;

use clausebook::testing::site::write::{MANIFEST_NAME, OutputFolder, SourceFolders, WriteError};
use writing_support::{Handbook, names, tree};

const TWO_PAGES: &[(&str, &str)] = &[("index.html", "home"), ("a/b/page.html", "page")];

/// A manifest that lists a file with this path and content.
fn manifest(path: &str, content: &str) -> String {
    let (path, hash) = (serde_json::to_string(path).unwrap(), blake3::hash(content.as_bytes()));
    let size = content.len();
    format!(
        "{{\"schema\":\"clausebook/manifest/1\",\"files\":[{{\"path\":{path},\"size\":{size},\"blake3\":\"{hash}\"}}]}}"
    )
}

/// A handbook with a user's file in the output, beside it, and outside.
fn prepare_output() -> (Handbook, tempfile::TempDir) {
    let (handbook, outside) = (Handbook::new(), tempfile::tempdir().unwrap());
    fs::create_dir_all(handbook.site("own/folder")).unwrap();
    for file in [handbook.site("own.txt"), handbook.path("own.txt"), outside.path().join("own.txt")] {
        fs::write(file, "mine").unwrap();
    }
    symlink(outside.path(), handbook.site("link")).unwrap();
    symlink(outside.path().join("own.txt"), handbook.site("link.txt")).unwrap();
    (handbook, outside)
}

#[test]
fn a_manifest_cannot_delete_foreign_files() {
    let absolute = tempfile::tempdir().unwrap();
    fs::write(absolute.path().join("own.txt"), "mine").unwrap();
    let absolute_name = absolute.path().join("own.txt").display().to_string();
    for path in [
        "../own.txt",
        "own/../own.txt",
        "own/../../own.txt",
        "./own.txt",
        "/own.txt",
        &absolute_name,
        "link/own.txt",
        "link.txt",
        "own",
        "own/folder",
        "own.txt/",
        "OWN.txt",
        "Own.TXT",
        "own.txt\u{0}",
        "own//folder",
        "..\\own.txt",
        "",
        ".",
        "..",
        MANIFEST_NAME,
    ] {
        let (handbook, outside) = prepare_output();
        fs::write(handbook.site(MANIFEST_NAME), manifest(path, "mine")).unwrap();
        let before = (tree(outside.path()), tree(&handbook.path("site")));
        let refused = handbook.try_write(TWO_PAGES).is_err();
        let after = tree(&handbook.path("site"));
        assert_eq!(tree(outside.path()), before.0, "{path:?}");
        for (name, content) in before.1.iter().filter(|(name, _)| *name != MANIFEST_NAME) {
            assert_eq!(after.get(name), Some(content), "{path:?}: {name}");
        }
        assert_eq!(fs::read_to_string(handbook.path("own.txt")).unwrap(), "mine", "{path:?}");
        assert_eq!(fs::read_to_string(&absolute_name).unwrap(), "mine", "{path:?}");
        assert_eq!(after.contains_key("index.html"), !refused, "{path:?}");
        assert!(handbook.staging().is_empty());
    }
}

#[test]
fn what_was_changed_since_it_was_written_is_neither_replaced_nor_removed() {
    // An edited page of ours, and a page in the manifest that was never ours, are treated alike.
    for (site, path) in [(&[("index.html", "news")][..], "index.html"), (&[("index.html", "home")], "a/b/page.html")] {
        let handbook = Handbook::new();
        handbook.write(TWO_PAGES);
        fs::write(handbook.site(path), "somebody's work").unwrap();
        let before = tree(&handbook.path("site"));
        let error = handbook.try_write(site).unwrap_err();
        assert!(matches!(error, WriteError::Edited { .. }), "{error}");
        let sentence = format!("`{path}` was changed after Clausebook wrote it; delete it, or move it away");
        assert!(error.to_string().ends_with(&sentence), "{error}");
        assert_eq!(tree(&handbook.path("site")), before);
        assert!(handbook.staging().is_empty());
        fs::remove_file(handbook.site(path)).unwrap();
        handbook.write(site);
    }
    // Overwriting a file with the same content loses nothing.
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    fs::write(handbook.site("index.html"), "news").unwrap();
    assert_eq!(handbook.write(&[("index.html", "news"), TWO_PAGES[1]]).unchanged, 2);
}

#[test]
fn all_that_was_changed_is_named_as_far_as_there_is_room() {
    let handbook = Handbook::new();
    let pages: Vec<String> = (0..7).map(|number| format!("{number}.html")).collect();
    let site = |text: &'static str| pages.iter().map(|page| (page.as_str(), text)).collect::<Vec<_>>();
    handbook.write(&site("old"));
    pages.iter().for_each(|page| fs::write(handbook.site(page), "edited").unwrap());
    let message = handbook.try_write(&site("new")).unwrap_err().to_string();
    let sentence =
        "`0.html`, `1.html`, `2.html`, `3.html`, `4.html` and 2 more were changed after Clausebook wrote them";
    assert!(message.contains(sentence), "{message}");
}

#[test]
fn a_page_that_a_power_failure_left_blank_is_written_again() {
    for blank in ["", "\0\0\0\0", "\0"] {
        let handbook = Handbook::new();
        handbook.write(TWO_PAGES);
        fs::write(handbook.site("index.html"), blank).unwrap();
        assert_eq!(handbook.write(TWO_PAGES).changed, 1, "{blank:?}");
        assert_eq!(fs::read(handbook.site("index.html")).unwrap(), b"home");
    }
}

/// A staging folder as an interrupted build leaves it, with planted content.
fn plant(handbook: &Handbook) -> std::path::PathBuf {
    let staging = handbook.path(".site.clausebook-staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("clausebook-staging.txt"), "").unwrap();
    staging
}

#[test]
fn what_an_interrupted_build_left_is_carried_over_through_no_link() {
    let (handbook, outside) = (Handbook::new(), tempfile::tempdir().unwrap());
    handbook.write(TWO_PAGES);
    symlink(outside.path(), handbook.site("x")).unwrap();
    for planted in ["ready/x/planted", "ready/x/y/planted", "ready/x/y/"] {
        let path = plant(&handbook).join(planted);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if planted.ends_with("planted") {
            fs::write(&path, "planted").unwrap();
        }
        let error = handbook.try_write(TWO_PAGES).unwrap_err();
        assert!(error.to_string().contains("is in the way of files that an interrupted build left behind"), "{error}");
        assert!(names(outside.path()).is_empty(), "{planted}: {:?}", names(outside.path()));
        fs::remove_dir_all(handbook.path(".site.clausebook-staging")).unwrap();
    }
}

#[test]
fn a_link_in_the_staging_folder_is_not_followed() {
    for name in ["building", "ready", "old"] {
        let (handbook, mine) = (Handbook::new(), Handbook::new());
        handbook.write(TWO_PAGES);
        mine.write(TWO_PAGES);
        fs::write(mine.site("own.txt"), "mine").unwrap();
        let before = tree(&mine.path("site"));
        symlink(mine.path("site"), plant(&handbook).join(name)).unwrap();
        let error = handbook.try_write(&[("index.html", "news")]).unwrap_err();
        assert!(matches!(error, WriteError::StagingTaken(_)), "{name}: {error}");
        assert_eq!(tree(&mine.path("site")), before, "{name}");
        assert!(!handbook.path("site").is_symlink());
    }
}

#[test]
fn an_output_inside_the_handbook_by_name_alone_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    let handbook = Handbook::new();
    symlink(outside.path(), handbook.path("out")).unwrap();
    fs::create_dir(handbook.path("folder")).unwrap();
    symlink(outside.path(), handbook.path("folder/deep")).unwrap();
    for output in ["out/site", "folder/deep/a/site", "folder/deep/site"] {
        let error = handbook.claim(&handbook.path(output)).unwrap_err();
        assert!(matches!(error, WriteError::Linked { .. }), "{output}: {error}");
        assert!(error.to_string().contains("is reached through the symbolic link"), "{error}");
    }
    assert!(names(outside.path()).is_empty());
    // Paths outside the handbook that the user names may go through links.
    symlink(handbook.path("folder"), outside.path().join("mine")).unwrap();
    assert!(handbook.claim(&outside.path().join("mine/site")).is_ok());
    // So may the handbook itself.
    let alias = outside.path().join("alias");
    symlink(handbook.path(""), &alias).unwrap();
    let sources = SourceFolders { handbook: &alias, folders: &[] };
    assert!(OutputFolder::claim(&alias.join("site"), &sources).is_ok());
    let error = OutputFolder::claim(&alias.join("out/site"), &sources).unwrap_err();
    assert!(matches!(error, WriteError::Linked { .. }), "{error}");
}
