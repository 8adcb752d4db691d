//! Texts that repeat one thing many times are read in linear time.

mod support;

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
        again("\u{3010}a"),
        again("## a\n[TODO]\n"),
        again("etc. "),
        nested("[", "]"),
        nested("<a", ">"),
        nested("[a](", ")"),
        nested("(a)[", "]"),
    ];
    for text in texts {
        let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", &text))]);
        let mut command = assert_cmd::Command::cargo_bin("clausebook").expect("the binary");
        command.current_dir(fixture.path("")).args(["check", "--format", "concise", "--as-of", "2026-11-22"]);
        let output = command.timeout(TIMEOUT).output().expect("a run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {stderr}", &text[..20]);
    }
}
