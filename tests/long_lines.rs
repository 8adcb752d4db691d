//! Texts that repeat one thing many times are read in linear time.

mod support;

use std::process::ExitStatus;
use std::time::Duration;

use support::{Fixture, policy};

/// Longer than any of them takes on a busy machine, but far shorter than a quadratic algorithm would take.
const TIMEOUT: Duration = Duration::from_secs(100);
/// The length of each text in bytes.
const TEXT_BYTES: usize = 150_000;

#[test]
fn a_text_that_repeats_one_thing_is_checked_to_its_end() {
    let again = |text: &str| text.repeat(TEXT_BYTES / text.len());
    let nested = |open: &str, close: &str| {
        let depth = TEXT_BYTES / (open.len() + close.len());
        open.repeat(depth) + &close.repeat(depth)
    };
    let texts = [
        again("["),
        again("[["),
        again("[[a"),
        again("[a"),
        again("[a]("),
        again("(a)["),
        again("<a "),
        again("[^a] "),
        again("![a](b.png)"),
        again("[a](b.md)"),
        again("[[POL-BBB-001]] "),
        again("TODO "),
        again("\u{200b}"),
        again("2**3 "),
        again("\u{3010}a"),
        again("## a\n[TODO]\n"),
        again("etc. "),
        nested("[", "]"),
        nested("<a", ">"),
        nested("[a](", ")"),
        nested("(a)[", "]"),
    ];
    for text in texts {
        let status = run("check", &text).code();
        assert_eq!(status, Some(1), "{:.20}", text);
    }
}

#[test]
fn a_text_that_repeats_one_thing_is_built_to_its_end() {
    let texts =
        ["2026-01-01 ", "01.01.2026 ", "0 ", "0", "2026-01-01\n", "01 02 03 04 ", "`0 0`", "(0", "+4 ", "Tel. 0/"];
    for text in texts {
        let status = run("build", &text.repeat(TEXT_BYTES / text.len()));
        assert!(status.success(), "{text}");
    }
}

/// Runs a command on a handbook with this text.
fn run(command: &str, text: &str) -> ExitStatus {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", text))]);
    let mut program = assert_cmd::Command::cargo_bin("clausebook").expect("the binary");
    program.current_dir(fixture.path("")).args([command, "--as-of", "2026-11-22"]);
    program.timeout(TIMEOUT).output().expect("a run").status
}
