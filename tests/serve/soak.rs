//! A long day of an author in minutes: the preview ends with the same result as a clean build, and does not use more
//! memory than before.
//!
//! Ignored, because it takes ten minutes: `cargo test --test serve soak -- --ignored --nocapture`.
//! `CLAUSEBOOK_SOAK_SECONDS` sets its duration. It prints the measured memory in kilobytes.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::preview::{Preview, command, document, write};

/// The number of documents.
const DOCUMENTS: usize = 120;
/// The maximum growth of memory from the first minute to the end, in percent.
const MAX_GROWTH_PERCENT: u64 = 20;

/// A fixed sequence of numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// An author who works in a repository without a break.
struct Author {
    root: std::path::PathBuf,
    numbers: Numbers,
    edits: usize,
}

impl Author {
    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.current_dir(&self.root).args(identity).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(git.status().unwrap().success(), "{arguments:?}");
    }

    fn path(&mut self) -> String {
        let number = self.numbers.below(DOCUMENTS);
        format!("content/{}/doc-{number}.md", number % 7)
    }

    fn text(&mut self, path: &str) -> String {
        self.edits += 1;
        let number = path.rsplit_once('-').and_then(|(_, rest)| rest.trim_end_matches(".md").parse().ok()).unwrap_or(1);
        let other = self.numbers.below(DOCUMENTS);
        let body = "Words of a policy, and more of them. ".repeat(1 + self.edits % 40);
        let text =
            format!("## Scope\n\n{body} See [[DOC-{other:03}]].\n\n```rust\nfn f() -> u32 {{ {} }}\n```", self.edits);
        document(number, &text)
    }

    /// Makes one typical edit.
    fn act(&mut self) {
        let path = self.path();
        let file = self.root.join(&path);
        match self.numbers.below(12) {
            0..=5 => {
                let text = self.text(&path);
                write(&self.root, &path, &text);
            }
            6 => {
                let (text, other) = (self.text(&path), file.with_extension("tmp"));
                fs::write(&other, text).unwrap();
                fs::rename(other, file).unwrap();
            }
            7 => {
                let _ = fs::rename(&file, file.with_file_name(format!("renamed-{}.md", self.edits % 5)));
            }
            8 => drop(fs::remove_file(&file)),
            9 => {
                write(&self.root, &path, "---\nid: [\nstatus: \n---\n\u{0}[[");
            }
            10 => self.break_and_repair(),
            _ => self.check_out(),
        }
    }

    /// Breaks something so that a build is impossible, and repairs it after a while.
    fn break_and_repair(&mut self) {
        let (path, broken) = [
            ("clausebook.yaml", "title: [\n"),
            (
                "themes/own/templates/base.html",
                "{% extends \"default/base.html\" %}{% block footer %}{{ nope }}{% endblock %}",
            ),
            ("standards/own.yaml", "id: own\nclauses: 7\n"),
        ][self.numbers.below(3)];
        let original = fs::read_to_string(self.root.join(path)).ok();
        write(&self.root, path, broken);
        std::thread::sleep(Duration::from_millis(700));
        match original {
            Some(text) => write(&self.root, path, &text),
            None => fs::remove_file(self.root.join(path)).unwrap(),
        }
    }

    /// Checks out another branch and returns, discarding all changes since.
    fn check_out(&self) {
        for branch in ["other", "main"] {
            self.git(&["checkout", "-q", "-f", branch]);
            self.git(&["clean", "-fdq"]);
            std::thread::sleep(Duration::from_millis(300));
        }
    }
}

fn author(root: &Path) -> Author {
    let author = Author { root: root.to_owned(), numbers: Numbers(0x9e37_79b9_7f4a_7c15), edits: 0 };
    write(root, "clausebook.yaml", "title: Soaked\nas_of: 2026-11-22\ntheme: own\n");
    write(root, "themes/own/templates/base.html", "{% extends \"default/base.html\" %}\n");
    write(root, ".gitignore", "site/\n");
    let path = |number: usize| format!("content/{}/doc-{number}.md", number % 7);
    (0..DOCUMENTS).for_each(|number| write(root, &path(number), &document(number, "Text.")));
    author.git(&["init", "-q", "-b", "main"]);
    author.git(&["add", "-A"]);
    author.git(&["commit", "-q", "-m", "main"]);
    author.git(&["checkout", "-q", "-b", "other"]);
    (0..DOCUMENTS).step_by(3).for_each(|number| write(root, &path(number), &document(number, "Of the other branch.")));
    (1..DOCUMENTS).step_by(9).for_each(|number| fs::remove_file(root.join(path(number))).unwrap());
    author.git(&["commit", "-q", "-a", "-m", "other"]);
    author.git(&["checkout", "-q", "main"]);
    author
}

/// The memory of the preview's process, in kilobytes.
fn memory(preview: &Preview) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.process_id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The numbers of threads and open files of the preview's process.
fn threads_and_files(preview: &Preview) -> (usize, usize) {
    let count = |what: &str| fs::read_dir(format!("/proc/{}/{what}", preview.process_id())).unwrap().count();
    (count("task"), count("fd"))
}

/// A page as a build writes it: without the line that loads the preview's script.
fn strip_preview_script(page: &str) -> String {
    page.split_inclusive('\n').filter(|line| !line.contains("/~preview/preview.js")).collect()
}

/// The differences between the preview and a clean build.
fn differences(preview: &Preview, root: &Path) -> Vec<String> {
    let mut build = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    assert!(build.args(["build", "-q", "--source"]).arg(root).status().unwrap().success());
    let site = root.join("site");
    let files =
        walkdir::WalkDir::new(&site).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut differ = Vec::new();
    for file in files {
        let path = file.path().strip_prefix(&site).unwrap().display().to_string();
        let expected = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
        let is_ours = !path.starts_with(".clausebook");
        if is_ours && strip_preview_script(&preview.get(&format!("/{path}")).body) != expected {
            differ.push(path);
        }
    }
    differ
}

/// The differences after the last checkout, once the preview has caught up. Every page is rendered, so that memory can
/// be compared.
fn differences_at_rest(author: &mut Author, preview: &Preview) -> Vec<String> {
    author.check_out();
    let rest = Instant::now();
    loop {
        let differ = differences(preview, &author.root);
        if differ.is_empty() || rest.elapsed() > Duration::from_secs(60) {
            return differ;
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

#[test]
#[ignore = "takes ten minutes"]
fn soak() {
    let seconds = std::env::var("CLAUSEBOOK_SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    let folder = tempfile::tempdir().unwrap();
    let mut author = author(folder.path());
    let started = command(folder.path(), &[]);
    let preview = Preview::run(folder, started);
    let (start, warm) = (Instant::now(), Duration::from_secs(60).min(Duration::from_secs(seconds) / 4));
    let (mut acts, mut after_warming, mut figures) = (0, None, Vec::new());
    while start.elapsed() < Duration::from_secs(seconds) {
        author.act();
        acts += 1;
        let path = author.path().replace("content", "").replace(".md", ".html");
        assert!([200, 404, 500].contains(&preview.get(&path).code), "{path}");
        std::thread::sleep(Duration::from_millis(author.numbers.below(400) as u64));
        if start.elapsed() > warm && after_warming.is_none() {
            assert_eq!(differences_at_rest(&mut author, &preview), Vec::<String>::new());
            after_warming = Some((memory(&preview), threads_and_files(&preview)));
        }
        if acts % 100 == 0 {
            figures.push(memory(&preview));
        }
    }
    let differ = differences_at_rest(&mut author, &preview);
    let ((before, threads), (after, threads_after)) =
        (after_warming.unwrap(), (memory(&preview), threads_and_files(&preview)));
    println!(
        "{acts} acts in {seconds} s; memory {before} kB, then {figures:?}, at the end {after} kB; threads and files {threads:?}, {threads_after:?}"
    );
    assert!(differ.is_empty(), "{differ:?}");
    assert!(after * 100 <= before * (100 + MAX_GROWTH_PERCENT), "{before} kB became {after} kB");
    assert!(threads_after.0 <= threads.0 + 4 && threads_after.1 <= threads.1 + 8, "{threads:?} {threads_after:?}");
}
