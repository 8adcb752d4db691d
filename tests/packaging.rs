//! The published crate contains everything that the program needs, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The top-level files of the published crate.
const TOP_LEVEL_FILES: [&str; 14] = [
    ".cargo_vcs_info.json",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "build.rs",
    "clausebook.yaml",
    "content",
    "docs",
    "src",
    "standards",
];

fn packaged_files() -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(|line| line.replace('\\', "/")).collect()
}

#[test]
fn the_crate_contains_only_what_the_program_needs() {
    let files = packaged_files();
    let expected: BTreeSet<&str> = TOP_LEVEL_FILES.into_iter().chain(["themes"]).collect();
    let top: BTreeSet<&str> = files.iter().filter_map(|file| file.split('/').next()).collect();
    // Outside a repository, cargo does not record a commit.
    assert!(top.is_subset(&expected), "not needed: {:?}", top.difference(&expected));
    let missing: Vec<_> = expected.difference(&top).filter(|name| !name.starts_with(".cargo")).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn every_file_that_is_compiled_in_is_in_the_crate() {
    let files = packaged_files();
    for folder in ["content", "standards", "themes", "src"] {
        for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let entry = entry.expect("an entry");
            let path = entry.path().strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below");
            let path = path.to_string_lossy().replace('\\', "/");
            assert!(!entry.file_type().is_file() || files.contains(&path), "{path}");
        }
    }
}
