//! A portal is written completely, only where it changed, and never over files that are not Clausebook's.
#![cfg(unix)]

mod writing_support;

use std::fs;
use std::path::Path;

use clausebook::testing::site::write::{Contents, MANIFEST_NAME, MemoryTarget, Target, WriteError};
use clausebook::testing::url::SitePath;
use rayon::prelude::*;
use writing_support::{Handbook, inode_and_mtime, names, put, stamp, tree};

const TWO_PAGES: &[(&str, &str)] = &[("index.html", "home"), ("a/b/page.html", "page")];

#[test]
fn a_first_build_makes_the_folder_and_a_list_of_what_is_in_it() {
    let handbook = Handbook::new();
    let summary = handbook.write(TWO_PAGES);
    assert_eq!((summary.files, summary.bytes, summary.changed), (2, 8, 2));
    assert_eq!((summary.unchanged, summary.removed), (0, 0));
    let manifest = format!(
        "{{\"schema\":\"clausebook/manifest/1\",\"files\":[\n\
         {{\"path\":\"a/b/page.html\",\"size\":4,\"blake3\":\"{}\"}},\n\
         {{\"path\":\"index.html\",\"size\":4,\"blake3\":\"{}\"}}\n]}}\n",
        blake3::hash(b"page"),
        blake3::hash(b"home"),
    );
    let expected = [(MANIFEST_NAME, manifest.as_bytes()), ("a/b/page.html", b"page"), ("index.html", b"home")];
    let expected = expected.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    assert_eq!(tree(&handbook.path("site")), expected.into());
}

#[test]
fn when_nothing_changed_nothing_is_written() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    fs::create_dir_all(handbook.site("mine/empty")).unwrap();
    let places = ["", "site", "site/index.html", "site/a/b", "site/a/b/page.html", "site/.clausebook-manifest.json"];
    let before = places.map(|place| stamp(&handbook.path(place)));
    let summary = handbook.write(TWO_PAGES);
    assert_eq!((summary.changed, summary.unchanged, summary.removed), (0, 2, 0));
    assert_eq!(places.map(|place| stamp(&handbook.path(place))), before);
}

#[test]
fn an_unchanged_file_keeps_its_inode_and_time() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let before = [inode_and_mtime(&handbook.site("index.html")), inode_and_mtime(&handbook.site("a/b/page.html"))];
    let summary = handbook.write(&[("index.html", "news"), ("a/b/page.html", "page")]);
    assert_eq!((summary.changed, summary.unchanged, summary.removed), (1, 1, 0));
    assert_ne!(inode_and_mtime(&handbook.site("index.html")), before[0]);
    assert_eq!(inode_and_mtime(&handbook.site("a/b/page.html")), before[1]);
    assert_eq!(fs::read(handbook.site("index.html")).unwrap(), b"news");
}

#[test]
fn a_removed_page_goes_with_its_empty_folder() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let summary = handbook.write(&[("index.html", "home")]);
    assert_eq!((summary.changed, summary.unchanged, summary.removed), (0, 1, 1));
    assert_eq!(names(&handbook.path("site")), ["index.html"]);
}

#[test]
fn what_the_manifest_says_about_a_file_is_not_trusted() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let manifest = fs::read(handbook.site(MANIFEST_NAME)).unwrap();
    let before = fs::metadata(handbook.site("index.html")).unwrap();
    // Like a file that did not reach the disk before a power failure.
    fs::write(handbook.site("index.html"), "\0\0\0\0").unwrap();
    let file = fs::File::options().write(true).open(handbook.site("index.html")).unwrap();
    file.set_modified(before.modified().unwrap()).unwrap();
    fs::remove_file(handbook.site("a/b/page.html")).unwrap();
    assert_eq!(handbook.write(TWO_PAGES).changed, 2);
    assert_eq!(names(&handbook.path("site")), ["a/b/page.html", "index.html"]);
    assert_eq!(fs::read(handbook.site("index.html")).unwrap(), b"home");
    fs::write(handbook.site(MANIFEST_NAME), String::from_utf8_lossy(&manifest).replace(":4,", ":5,")).unwrap();
    assert_eq!(handbook.write(TWO_PAGES).changed, 0);
    assert_eq!(fs::read(handbook.site(MANIFEST_NAME)).unwrap(), manifest);
}

#[test]
fn what_the_owner_put_into_the_folder_is_kept() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    fs::create_dir_all(handbook.site(".git/objects/empty")).unwrap();
    fs::create_dir_all(handbook.site("a/b/own")).unwrap();
    for name in ["CNAME", ".git/HEAD", "a/b/own/notes.txt", "a/b/Größe.txt"] {
        fs::write(handbook.site(name), name).unwrap();
    }
    fs::set_permissions(handbook.site(".git"), std::os::unix::fs::PermissionsExt::from_mode(0o2700)).unwrap();
    std::os::unix::fs::symlink("/nowhere", handbook.site("a/link")).unwrap();
    std::os::unix::fs::symlink("..", handbook.site("a/loop")).unwrap();
    let foreign_files =
        [".git/HEAD", ".git/objects/empty/", "CNAME", "a/b/Größe.txt", "a/b/own/notes.txt", "a/link", "a/loop"];
    let before = foreign_files.map(|name| inode_and_mtime(&handbook.site(name)));
    let inodes = |ages: [(u64, i64, i64); 7]| [0, 2, 3, 4, 5, 6].map(|index: usize| ages[index]);
    handbook.write(&[("index.html", "news")]);
    assert_eq!(names(&handbook.path("site")), [&foreign_files[..], &["index.html"]].concat());
    assert_eq!(inodes(foreign_files.map(|name| inode_and_mtime(&handbook.site(name)))), inodes(before));
    let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(handbook.site(".git")).unwrap());
    assert_eq!(mode & 0o7777, 0o2700);
    assert_eq!(fs::read_link(handbook.site("a/link")).unwrap(), Path::new("/nowhere"));
}

#[test]
fn a_page_is_never_written_over_what_is_not_ours() {
    type Occupy = fn(&Path);
    let cases: [(&str, Occupy); 5] = [
        ("page.html", |path| fs::write(path, "mine").unwrap()),
        ("page.html", |path| fs::create_dir(path).unwrap()),
        ("page.html", |path| std::os::unix::fs::symlink("../content/planted", path).unwrap()),
        ("folder", |path| std::os::unix::fs::symlink("../content", path).unwrap()),
        ("index.html", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
            fs::write(path.join("mine.txt"), "mine").unwrap();
        }),
    ];
    for (place, occupy) in cases {
        let handbook = Handbook::new();
        handbook.write(&[("index.html", "home")]);
        occupy(&handbook.site(place));
        let before = tree(&handbook.path("site"));
        let site = [("index.html", "home"), ("page.html", "page"), ("folder/page.html", "page")];
        let error = handbook.try_write(&site).unwrap_err();
        assert!(matches!(&error, WriteError::Occupied(_)), "{place}: {error}");
        assert!(error.to_string().contains(handbook.site(place).to_str().unwrap()), "{error}");
        assert_eq!(tree(&handbook.path("site")), before, "{place}");
        assert_eq!(handbook.staging().len(), 0);
        assert_eq!(names(&handbook.path("content")).len(), 0);
    }
}

#[test]
fn a_link_that_takes_the_place_of_an_old_page_is_not_followed() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let secret = handbook.path("secret");
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("page.html"), "page").unwrap();
    fs::remove_dir_all(handbook.site("a")).unwrap();
    fs::create_dir(handbook.site("a")).unwrap();
    std::os::unix::fs::symlink(&secret, handbook.site("a/b")).unwrap();
    handbook.write(&[("index.html", "news")]);
    assert_eq!(names(&handbook.path("site")), ["a/b", "index.html"]);
    assert_eq!(fs::read(secret.join("page.html")).unwrap(), b"page");
    assert!(matches!(handbook.try_write(TWO_PAGES).unwrap_err(), WriteError::Occupied(_)));
}

#[test]
fn a_folder_becomes_a_page_and_a_page_a_folder() {
    let handbook = Handbook::new();
    handbook.write(&[("x", "file"), ("y/z", "file")]);
    handbook.write(&[("x/z", "file"), ("y", "file")]);
    assert_eq!(names(&handbook.path("site")), ["x/z", "y"]);
    fs::write(handbook.site("x/mine"), "").unwrap();
    assert!(matches!(handbook.try_write(&[("x", "file")]).unwrap_err(), WriteError::Occupied(_)));
}

#[test]
fn a_writer_that_is_dropped_leaves_the_old_site() {
    let handbook = Handbook::new();
    let writer = handbook.begin();
    put(&writer, "index.html", "never").unwrap();
    drop(writer);
    assert!(!handbook.path("site").exists());
    handbook.write(TWO_PAGES);
    let before = tree(&handbook.path("site"));
    let writer = handbook.begin();
    put(&writer, "index.html", "never").unwrap();
    assert_eq!(handbook.staging().len(), 1);
    drop(writer);
    assert_eq!(tree(&handbook.path("site")), before);
    assert_eq!(handbook.staging().len(), 0);
}

#[test]
fn two_files_with_one_name_are_an_error() {
    let cases = [
        ("a.html", "a.html"),
        ("Logo.png", "logo.PNG"),
        ("a", "a/b"),
        ("x/a", "x/a/b/c"),
        ("Guide/a", "guide/b"),
        ("guide/A", "Guide/a"),
    ];
    for (left, right) in cases {
        for (first, second) in [(left, right), (right, left)] {
            let handbook = Handbook::new();
            let (writer, memory) = (handbook.begin(), MemoryTarget::new());
            put(&writer, first, "").unwrap();
            put(&memory, first, "").unwrap();
            let error = put(&writer, second, "").unwrap_err();
            assert!(matches!(error, WriteError::NameClash { .. }), "{first} and {second}: {error}");
            assert!(error.to_string().contains("cannot both be in the portal"));
            assert_eq!(put(&memory, second, "").unwrap_err().to_string(), error.to_string());
            assert_eq!(writer.finish().unwrap().files, 1);
            assert_eq!(memory.finish().len(), 1);
        }
    }
    let writer = Handbook::new().begin();
    assert!(matches!(put(&writer, MANIFEST_NAME, "").unwrap_err(), WriteError::Reserved));
    assert!(matches!(put(&writer, ".CLAUSEBOOK-manifest.json", "").unwrap_err(), WriteError::Reserved));
}

#[test]
fn files_are_put_from_many_threads() {
    let files: Vec<(String, String)> =
        (0..500).map(|number| (format!("f{}/g/{number}.html", number % 7), format!("page {number}"))).collect();
    let handbooks = [1, 8].map(|threads| {
        let handbook = Handbook::new();
        let writer = handbook.begin();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files.par_iter().for_each(|(path, text)| put(&writer, path, text).unwrap()));
        assert_eq!(pool.install(|| writer.finish()).unwrap().files, 500);
        handbook
    });
    assert_eq!(tree(&handbooks[0].path("site")), tree(&handbooks[1].path("site")));
    assert_eq!(tree(&handbooks[0].path("site")).len(), 501);
}

#[test]
fn an_asset_is_copied_without_its_mode_and_compared() {
    let handbook = Handbook::new();
    let (asset, large) = (handbook.path("content/a.png"), vec![7; 900_000]);
    fs::write(&asset, &large).unwrap();
    fs::set_permissions(&asset, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let target = SitePath::asset("a.png");
    let build = || {
        let writer = handbook.begin();
        writer.add(&target, Contents::File(&asset)).unwrap();
        writer.add(&SitePath::page("x"), Contents::Bytes(b"x")).unwrap();
        writer.finish().unwrap().changed
    };
    assert_eq!((build(), build()), (2, 0));
    assert_eq!(fs::read(handbook.site("a.png")).unwrap(), large);
    let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(handbook.site("a.png")).unwrap());
    assert_eq!(mode & 0o666, 0o644 & mode);
    assert_eq!(mode & 0o400, 0o400);
    let mut other = large.clone();
    other[899_999] = 8;
    fs::write(&asset, &other).unwrap();
    assert_eq!((build(), build()), (1, 0));
    assert_eq!(fs::read(handbook.site("a.png")).unwrap(), other);
    let memory = MemoryTarget::new();
    memory.add(&target, Contents::File(&asset)).unwrap();
    assert_eq!(memory.finish().get("a.png").map(|bytes| bytes.to_vec()), Some(other));
}

#[test]
fn an_asset_that_cannot_be_read_fails_the_build() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let before = tree(&handbook.path("site"));
    let pipe = handbook.path("content/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for asset in [handbook.path("content/missing.png"), handbook.path("content"), pipe] {
        let writer = handbook.begin();
        put(&writer, "index.html", "news").unwrap();
        let error = writer.add(&SitePath::asset("a.png"), Contents::File(&asset)).unwrap_err();
        assert!(error.to_string().contains(asset.to_str().unwrap()), "{error}");
        assert!(error.to_string().contains("a.png"), "{error}");
        assert!(matches!(writer.finish().unwrap_err(), WriteError::Incomplete(_)));
        assert_eq!(tree(&handbook.path("site")), before);
        assert_eq!(handbook.staging().len(), 0);
    }
}

#[test]
fn folders_keep_their_mode() {
    let handbook = Handbook::new();
    handbook.write(TWO_PAGES);
    let mode = |name: &str| std::os::unix::fs::MetadataExt::mode(&fs::metadata(handbook.site(name)).unwrap()) & 0o7777;
    assert_eq!((mode(""), mode("a")), (0o755 & mode(""), 0o755 & mode("a")));
    for (name, mode) in [("", 0o750), ("a", 0o2770)] {
        fs::set_permissions(handbook.site(name), std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    }
    handbook.write(&[("index.html", "news"), ("a/b/page.html", "page")]);
    assert_eq!((mode(""), mode("a")), (0o750, 0o2770));
}

#[test]
fn a_site_in_memory_is_asked_with_text() {
    let memory = MemoryTarget::new();
    memory.add(&SitePath::page("a/page"), Contents::Bytes(b"page")).unwrap();
    let site = memory.finish();
    assert_eq!(site["a/page.html"], b"page");
    assert!(!site.contains_key("../a/page.html"));
}
