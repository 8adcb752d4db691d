//! Turning an existing folder into a handbook: its settings, `adopt` and `import`.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod applying;
mod generators;
mod hostile;
mod includes;
mod kinds;
mod links;
mod literal;
mod losses;
mod office;
mod opendocument;
mod parts;
mod proposals;
mod settings;
mod sites;
mod spreadsheets;
mod titles;
mod unseen;
mod word;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder that is not a handbook yet.
pub struct Site {
    folder: TempDir,
}

/// The result of a run of the program.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Site {
    pub fn new(files: &[(&str, &str)]) -> Site {
        let site = Site { folder: TempDir::new().expect("a folder") };
        files.iter().for_each(|(path, text)| site.write(path, text.as_bytes()));
        site
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::cargo_bin("clausebook").expect("the program");
        command.current_dir(self.root()).env("NO_COLOR", "1").args(arguments);
        let output = command.output().expect("a run");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs a command that must succeed, and returns its output.
    pub fn run_ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}\n{}{}", run.out, run.err);
        run.out
    }

    /// Runs a command that must fail, and returns its error output.
    pub fn run_failing(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}\n{}{}", run.out, run.err);
        run.err
    }

    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        support::tree(self.root())
    }

    /// The assessment as JSON.
    pub fn assess(&self) -> serde_json::Value {
        let run = self.run(&["check", "--format", "json", "--as-of", "2026-11-22"]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
    }

    /// The broken rules with their counts, except those on gaps in the standard.
    pub fn broken_rules(&self) -> BTreeMap<String, usize> {
        let data = self.assess();
        let mut broken = BTreeMap::new();
        for finding in data["findings"].as_array().expect("findings") {
            let rule = finding["rule"].as_str().expect("a rule");
            if !["uncovered-clause", "missing-document", "missing-record"].contains(&rule) {
                *broken.entry(rule.to_owned()).or_default() += 1;
            }
        }
        broken
    }

    /// The broken rules on the form of files, as opposed to the content and control of documents.
    pub fn form_findings(&self) -> Vec<String> {
        let about_content = [
            "empty-section",
            "orphan-document",
            "unbound-approval",
            "vague-wording",
            "placeholder-text",
            "missing-alt-text",
            "commented-text",
        ];
        self.broken_rules().into_keys().filter(|rule| !about_content.contains(&rule.as_str())).collect()
    }

    /// The visible words of every page of the portal, by path.
    pub fn pages(&self) -> BTreeMap<String, String> {
        self.run_ok(&["build", "-q", "--as-of", "2026-11-22", "--output", "out-of-the-way"]);
        let pages = support::tree(&self.path("out-of-the-way")).into_iter();
        let pages = pages.filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path, words(&String::from_utf8_lossy(&bytes)).join(" "))).collect()
    }
}

/// The words of an HTML document outside tags.
pub fn words(html: &str) -> Vec<String> {
    let text: String = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
