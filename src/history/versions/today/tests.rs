use std::sync::Arc;

use proptest::prelude::*;

use super::super::front_matter::VersionFrontMatter;
use super::*;
use crate::handbook::same_front_matter;
use crate::markdown::{self, ParsedText};
use crate::place::SourceText;
use crate::source::{Vocabulary, decode};

fn vocabulary() -> Vocabulary {
    Vocabulary::new(vec!["procedure".to_owned()], Vec::new())
}

fn file(text: &str) -> ParsedFile {
    let source = Arc::new(SourceText::new("content/a.md", text));
    let decoded = decode(&source, &vocabulary());
    let ParsedText { body, words } = markdown::parse(&source, decoded.body_start);
    ParsedFile::new(source, decoded.front, body, words.into(), "content")
}

fn text(lines: &[&str]) -> String {
    format!("---\n{}---\nText.\n", lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

const CLEAR: [&str; 4] = ["id: PRO-1", "version: \"1.0\"", "status: approved", "approved: 2026-03-09"];

/// Whether front matter with the lines `then` counts as equal to that with the lines `today`.
fn counts(then: &[&str], today: &[&str]) -> bool {
    has_same_front(&text(&[&CLEAR, then].concat()), &file(&text(&[&CLEAR, today].concat())))
}

#[test]
fn reviews_may_have_been_added_and_nothing_else() {
    let lines =
        ["reviews:", "  - date: 2026-04-01", "    by: Ann", "    digest: \"2:f4\"", "  - {date: 2026-05-01, by: Bob}"];
    let after = "tags: [a]";
    assert!(counts(&[], &[]) && counts(&[], &lines) && counts(&[after], &[&lines[..], &[after]].concat()));
    assert!(counts(&lines[..4], &lines));
    assert!(counts(&[lines[0], lines[4]], &lines), "the newest may be the first");
    assert!(counts(&["reviews:", "- by: A"], &["reviews:", "- by: A", "- by: B"]));
    assert!(!counts(&lines[..3], &lines), "half a review");
    assert!(!counts(&lines[..1], &lines), "a key without a value");
    assert!(!counts(&lines, &lines[..4]), "one that is gone");
    assert!(!counts(&["tags: [b]"], &[&lines[..], &[after]].concat()));
    assert!(!counts(&[after], &["reviews:", "  - {by: \"A}", "  - b\"}", after]));
    assert!(!counts(&["x: 1"], &["x: 1", "owner: A"]));
    assert!(!counts(&[], &["reviews: []"]));
}

#[test]
fn ends_of_lines_and_silent_documents_are_read() {
    let (here, today) = (text(&CLEAR), file(&text(&CLEAR)));
    assert!(has_same_front(&here, &today) && has_same_front(&here.replace("Text", "Other"), &today));
    assert!(
        !has_same_front(&here.replace('\n', "\r\n"), &today) && !has_same_front(&format!("\u{feff}{here}"), &today)
    );
    let silent = text(&CLEAR[..2]);
    assert!(!has_same_front(&silent, &file(&silent)), "the settings may give it a status, by its path");
}

/// Lines that are easily mistaken for something else.
const LINES: [&str; 30] = [
    "reviews:",
    "reviews: ",
    "  - {date: 2026-04-01, by: Ann}",
    "  - {date: 2026-04-01, by: Ann",
    "by: Bob}",
    "  - date: 2026-04-01",
    "    by: Ann",
    "    digest: \"2:f4\"",
    "- date: 2026-04-01",
    "  by: Ann",
    "  - by: \"Ann",
    "  and Bob\"",
    "  and Bob",
    "title: \"A title",
    "title: A title",
    "  going on\"",
    "note: |",
    "note: {a: b,",
    "  c: d}",
    "status: draft",
    "approved: 2026-04-01",
    "effective: 2026-04-01",
    "Status: draft",
    "id: PRO-2",
    "...",
    "# a comment",
    "",
    "x: &a [1]",
    "y: *a",
    "   - more",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn accepted_front_matter_reads_back_unchanged(
        before in prop::collection::vec(prop::sample::select(&LINES[..]), 0..3),
        reviews in prop::collection::vec(prop::sample::select(&LINES[2..13]), 0..6),
        after in prop::collection::vec(prop::sample::select(&LINES[..]), 0..3),
        cut in (0usize..12, 0usize..6),
    ) {
        let lines = [&CLEAR[..], &before, &LINES[..1], &reviews, &after].concat();
        let today = Arc::new(file(&text(&lines)));
        let from = cut.0.min(lines.len());
        let to = (from + cut.1).min(lines.len());
        let then = text(&[&lines[..from], &lines[to..]].concat());
        if has_same_front(&then, &today) {
            let (read, taken) = (VersionFrontMatter::parse("", &then, &vocabulary()), VersionFrontMatter::Today(today.clone()));
            let (front, other) = (read.front().expect("a whole front matter"), taken.front().expect("the same"));
            prop_assert!(same_front_matter(front, other), "{then}");
            prop_assert_eq!(front.id.as_ref().map(|id| &id.value), other.id.as_ref().map(|id| &id.value));
            prop_assert_eq!(front.version.as_ref().map(|one| &one.value), other.version.as_ref().map(|one| &one.value));
            prop_assert_eq!(read.approved(), taken.approved(), "{}", then);
            for key in ["id", "version", "status", "approved", "effective"] {
                prop_assert_eq!(front.is_unclear(key), other.is_unclear(key), "{} in {}", key, then);
            }
        }
    }
}
