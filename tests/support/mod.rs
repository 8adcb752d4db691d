//! Handbooks in temporary folders, built through the real binary.
#![allow(dead_code)]

pub mod harm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A handbook in a temporary folder.
pub struct Fixture {
    folder: TempDir,
}

/// Settings that most fixtures use.
pub const SETTINGS: &str = "title: Test handbook\nstandards: [iso20000-1, iso27001]\nas_of: 2026-11-22\n";

impl Fixture {
    /// Creates a handbook with these files, adding settings if none are given.
    pub fn new(files: &[(&str, &str)]) -> Fixture {
        let fixture = Fixture { folder: TempDir::new().expect("a temporary folder") };
        fixture.write("clausebook.yaml", SETTINGS);
        fs::create_dir_all(fixture.path("content")).expect("a content folder");
        files.iter().for_each(|(path, text)| fixture.write(path, text));
        fixture
    }

    /// A path in the handbook's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("handbook").join(path)
    }

    /// Writes a file, creating its parent folders.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// Runs a command on the handbook.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::cargo_bin("clausebook").expect("the binary");
        command.current_dir(self.path("")).env_remove("RAYON_NUM_THREADS").args(arguments);
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        command.output().expect("a run")
    }

    /// Builds to `site` and returns the written files.
    pub fn build(&self) -> BTreeMap<String, Vec<u8>> {
        let output = self.run(&["build", "-q"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        tree(&self.path("site"))
    }

    /// Builds as of a day, which readers of the site can leave.
    pub fn build_on(&self, day: &str) -> BTreeMap<String, Vec<u8>> {
        let output = self.run(&["build", "-q", "--as-of", day]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        tree(&self.path("site"))
    }

    /// Builds and reads the assessment.
    pub fn assess(&self) -> serde_json::Value {
        let site = self.build();
        serde_json::from_slice(&site["assessment.json"]).expect("JSON")
    }
}

/// The content of a file in a site as text; a workbook is unpacked.
pub fn text_of(path: &str, bytes: &[u8]) -> String {
    if !path.ends_with(".xlsx") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is an archive");
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        std::io::Read::read_to_string(&mut part, &mut all).expect("UTF-8");
    }
    all
}

/// Every file below a folder by its path with `/`.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            (path, fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}

/// A policy in force that addresses a clause, with additional front matter and a body.
pub fn policy(id: &str, extra: &str, body: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Title of {id}\ntype: policy\nversion: 1.0\nstatus: approved\nowner: Owner\n\
         approver: Director\nauthor: Writer\napproved: 2026-03-02\n{extra}---\n{body}\n"
    )
}
