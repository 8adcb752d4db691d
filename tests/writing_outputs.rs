//! Folders that are valid outputs, and the messages for others.
#![cfg(unix)]

mod writing_support;

use std::fs;
use std::path::Path;

use clausebook::testing::site::write::{MANIFEST_NAME, WriteError};
use writing_support::{Handbook, names, put, tree};

const ONE_PAGE: &[(&str, &str)] = &[("index.html", "home")];

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let handbook = Handbook::new();
    fs::create_dir(handbook.path("site")).unwrap();
    fs::write(handbook.site("thesis.odt"), "").unwrap();
    let error = handbook.try_write(ONE_PAGE).unwrap_err();
    let sentence = "contains files that Clausebook did not create, such as `thesis.odt`; choose a new or empty folder";
    assert!(error.to_string().ends_with(sentence), "{error}");
    assert_eq!(names(&handbook.path("site")), ["thesis.odt"]);
    fs::remove_file(handbook.site("thesis.odt")).unwrap();
    fs::create_dir(handbook.site("empty")).unwrap();
    assert!(matches!(handbook.try_write(ONE_PAGE).unwrap_err(), WriteError::Foreign { .. }));
    fs::remove_dir(handbook.site("empty")).unwrap();
    assert_eq!(handbook.write(ONE_PAGE).files, 1);
}

#[test]
fn a_manifest_that_cannot_be_used_is_refused() {
    let texts = [
        "",
        "{}",
        "[]",
        r#"{"schema":"clausebook/manifest/2","files":[]}"#,
        r#"{"schema":"clausebook/manifest/1","files":[{"path":"../content/x.md","size":1,"blake3":""}]}"#,
        r#"{"schema":"clausebook/manifest/1","files":[{"path":"/etc/passwd","size":1,"blake3":""}]}"#,
    ];
    for text in texts {
        let handbook = Handbook::new();
        fs::create_dir(handbook.path("site")).unwrap();
        fs::write(handbook.site(MANIFEST_NAME), text).unwrap();
        let error = handbook.try_write(ONE_PAGE).unwrap_err();
        assert!(matches!(error, WriteError::Manifest { .. }), "{text}: {error}");
        assert!(error.to_string().contains("cannot be used"));
        assert_eq!(fs::read_to_string(handbook.site(MANIFEST_NAME)).unwrap(), text);
    }
}

#[test]
fn a_link_or_folder_named_like_the_manifest_is_ignored() {
    let (mine, handbook) = (Handbook::new(), Handbook::new());
    mine.write(ONE_PAGE);
    fs::create_dir(handbook.path("site")).unwrap();
    std::os::unix::fs::symlink(mine.site(MANIFEST_NAME), handbook.site(MANIFEST_NAME)).unwrap();
    assert!(matches!(handbook.try_write(ONE_PAGE).unwrap_err(), WriteError::Foreign { .. }));
    fs::remove_file(handbook.site(MANIFEST_NAME)).unwrap();
    fs::create_dir(handbook.site(MANIFEST_NAME)).unwrap();
    assert!(matches!(handbook.try_write(ONE_PAGE).unwrap_err(), WriteError::Foreign { .. }));
}

#[test]
fn the_handbook_is_rejected_as_output() {
    let handbook = Handbook::new();
    fs::create_dir_all(handbook.path("content/inner")).unwrap();
    let root = handbook.path("");
    let forbidden =
        [root.clone(), root.join("content"), root.parent().unwrap().to_owned(), root.join("content/inner/..")];
    for output in forbidden {
        let error = handbook.claim(&output).unwrap_err();
        assert!(matches!(error, WriteError::ContainsSource { .. }), "{}: {error}", output.display());
    }
    for output in [root.join("content/inner"), root.join("content/new/site"), root.join("themes/site")] {
        let error = handbook.claim(&output).unwrap_err();
        assert!(matches!(error, WriteError::InsideSource { .. }), "{}: {error}", output.display());
        assert!(error.to_string().contains("is inside the handbook's own"), "{error}");
    }
    std::os::unix::fs::symlink(root.join("content"), root.join("alias")).unwrap();
    assert!(matches!(handbook.claim(&root.join("alias/site")).unwrap_err(), WriteError::InsideSource { .. }));
    assert!(handbook.claim(&root.join("contents")).is_ok());
}

#[test]
fn files_links_and_roots_are_rejected_as_outputs() {
    let handbook = Handbook::new();
    fs::write(handbook.path("file"), "").unwrap();
    fs::create_dir(handbook.path("folder")).unwrap();
    std::os::unix::fs::symlink(handbook.path("folder"), handbook.path("link")).unwrap();
    std::os::unix::fs::symlink(handbook.path("nowhere"), handbook.path("dangling")).unwrap();
    let claim = |name: &str| handbook.claim(&handbook.path(name)).unwrap_err();
    assert!(matches!(claim("file"), WriteError::NotAFolder(_)));
    assert!(matches!(claim("link"), WriteError::SymbolicLink(_)));
    assert!(matches!(claim("link/"), WriteError::SymbolicLink(_)));
    assert!(matches!(claim("dangling"), WriteError::SymbolicLink(_)));
    assert!(matches!(claim("missing/.."), WriteError::InvalidName(_)));
    assert!(matches!(claim("file/site"), WriteError::System { .. }));
    assert!(matches!(handbook.claim(Path::new("/")).unwrap_err(), WriteError::InvalidName(_)));
    assert!(matches!(handbook.claim(Path::new("")).unwrap_err(), WriteError::InvalidName(_)));
}

#[test]
fn missing_folders_above_the_output_are_made() {
    let handbook = Handbook::new();
    let output = handbook.claim(&handbook.path("out/./public/site/")).unwrap();
    assert!(!handbook.path("out").exists());
    let writer = output.begin().unwrap();
    put(&writer, "index.html", "home").unwrap();
    writer.finish().unwrap();
    assert_eq!(names(&handbook.path("out")), ["public/site/.clausebook-manifest.json", "public/site/index.html"]);
}

#[test]
fn a_place_where_nothing_can_be_written_is_reported() {
    let handbook = Handbook::new();
    let error = handbook.claim(Path::new("/proc/clausebook/site")).and_then(|output| output.begin().map(drop));
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("cannot create `/proc/clausebook`: "), "{error}");
    let long = "x".repeat(250);
    let output = handbook.claim(&handbook.path(&long)).unwrap();
    let error = output.begin().map(drop).unwrap_err().to_string();
    assert!(error.contains("clausebook-staging") && error.contains("too long"), "{error}");
}

/// Root may write everywhere, so this test does not apply to root.
#[test]
fn an_output_that_may_not_be_written_is_reported_and_stays() {
    let handbook = Handbook::new();
    handbook.write(ONE_PAGE);
    let before = tree(&handbook.path("site"));
    let set = |mode| fs::set_permissions(handbook.path("site"), std::os::unix::fs::PermissionsExt::from_mode(mode));
    set(0o555).unwrap();
    let superuser = fs::write(handbook.site("probe"), "").is_ok();
    let result = handbook.try_write(&[("index.html", "news")]);
    set(0o755).unwrap();
    if !superuser {
        assert!(result.unwrap_err().to_string().starts_with("cannot create `"));
        assert_eq!(tree(&handbook.path("site")), before);
        assert_eq!(handbook.staging().len(), 0);
    }
}

#[test]
fn of_two_builds_at_once_the_second_is_refused() {
    let handbook = Handbook::new();
    let first = handbook.begin();
    let output = handbook.claim(&handbook.path("site")).unwrap();
    let error = output.begin().map(drop).unwrap_err();
    assert!(error.to_string().starts_with("another build is writing to `"), "{error}");
    put(&first, "index.html", "home").unwrap();
    assert!(matches!(output.begin().map(drop).unwrap_err(), WriteError::Busy(_)));
    first.finish().unwrap();
    assert_eq!(handbook.write(ONE_PAGE).unchanged, 1);
}

#[test]
fn builds_that_race_for_one_output_leave_a_whole_site() {
    let handbook = Handbook::new();
    let texts = ["one", "two", "three", "four"];
    std::thread::scope(|scope| {
        for text in texts {
            let handbook = &handbook;
            scope.spawn(move || {
                for _ in 0..40 {
                    match handbook.try_write(&[("a.html", text), ("b/c.html", text)]) {
                        Ok(summary) => assert!(summary.leftover.is_none(), "{summary:?}"),
                        Err(error) => assert!(matches!(error, WriteError::Busy(_)), "{error}"),
                    }
                }
            });
        }
    });
    let site = tree(&handbook.path("site"));
    assert_eq!(site["a.html"], site["b/c.html"]);
    assert_eq!((site.len(), handbook.staging().len()), (3, 0));
}
