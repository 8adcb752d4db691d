//! Everything that differs between operating systems is in one module, which has a twin for Windows. This is checked
//! without a compiler for Windows by reading the sources as text. The workflow `ci.yml` compiles and tests the twin.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Features of only some operating systems: modules of the standard library, crates, and `cfg` conditions.
const PLATFORM_FEATURES: [&str; 9] = [
    "std::os::",
    "rustix",
    "nix::",
    "libc::",
    "cfg(unix",
    "cfg(windows",
    "cfg(not(unix",
    "cfg(not(windows",
    "target_os",
];

fn repository_path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(repository_path(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below").to_string_lossy();
            (path.replace('\\', "/"), std::fs::read_to_string(entry.path()).expect("a source"))
        })
        .collect()
}

/// The code of a module, without comments and the tests at its end.
fn strip_tests(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod tests").or_else(|| text.find("#[cfg(all(test, unix))]\nmod tests"));
    let lines = text[..tests.unwrap_or(text.len())].lines();
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn only_one_module_knows_which_operating_system_it_runs_on() {
    let mut problems = Vec::new();
    for (path, text) in sources("src").iter().filter(|(path, _)| !path.starts_with("src/platform/")) {
        if path.ends_with("/tests.rs") {
            continue;
        }
        problems.extend(
            PLATFORM_FEATURES
                .iter()
                .filter(|what| strip_tests(text).contains(**what))
                .map(|what| format!("{path}: {what}")),
        );
    }
    assert!(problems.is_empty(), "move this to src/platform/: {problems:#?}");
}

/// The signatures of the public functions and constants of a module, one per line. Conditions are ignored, because
/// there is an alternative for each.
fn signatures(path: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository_path(path)).expect("a module");
    let mut signatures_found = BTreeSet::new();
    for part in text.split("\npub(crate) ").skip(1) {
        let end = if part.starts_with("const") { " =" } else { " {" };
        let signature = part.split(end).next().expect("a signature");
        // Names of unused arguments begin with `_`.
        let words = signature.split_whitespace().collect::<Vec<_>>().join(" ");
        signatures_found.insert(words.replace("(_", "(").replace(" _", " "));
    }
    signatures_found
}

#[test]
fn platform_modules_have_the_same_functions() {
    let (unix, windows) = (signatures("src/platform/unix.rs"), signatures("src/platform/windows.rs"));
    assert!(unix.len() > 20, "{unix:?}");
    let differences: Vec<&String> = unix.symmetric_difference(&windows).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn tests_that_need_unix_say_so() {
    for (path, text) in sources("tests") {
        if path == "tests/platform.rs" || !(text.contains("std::os::unix") || text.contains("nix::")) {
            continue;
        }
        let gated = text.contains("cfg(unix") || text.contains("cfg(target_os") || text.contains("cfg(all(");
        assert!(gated, "{path} uses what only Unix has: write `#![cfg(unix)]` at its top");
    }
}
