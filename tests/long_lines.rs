//! Highly repetitive input is read in linear time.

mod support;

use std::time::Duration;

use support::{Fixture, policy};

/// More time than linear reading needs on a busy machine, and far less than quadratic reading would.
const PATIENCE: Duration = Duration::from_secs(100);
/// Length of each input in bytes.
const LENGTH: usize = 150_000;

#[test]
fn a_text_that_repeats_one_thing_is_checked_to_its_end() {
    let again = |text: &str| text.repeat(LENGTH / text.len());
    let nested = |open: &str, close: &str| {
        let depth = LENGTH / (open.len() + close.len());
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
        let output = command.timeout(PATIENCE).output().expect("a run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {said}", &text[..20]);
    }
}
