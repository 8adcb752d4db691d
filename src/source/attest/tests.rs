use proptest::prelude::*;

use super::{AttestError, NewReview, attest};
use crate::place::SourceText;
use crate::source::{Vocabulary, decode};

fn vocabulary() -> Vocabulary {
    Vocabulary::new(vec!["policy".to_owned()], Vec::new())
}

fn review() -> NewReview {
    NewReview {
        date: "2026-11-22".parse().expect("a date"),
        reviewer: "Service manager".to_owned(),
        version: Some("1.10".to_owned()),
        digest: "0f".repeat(16),
        note: None,
    }
}

/// The block that is added, with the given indentation.
fn block(indent: &str) -> String {
    let digest = "0f".repeat(16);
    format!(
        "{indent}- date: 2026-11-22\n{indent}  by: Service manager\n{indent}  version: \"1.10\"\n{indent}  digest: \"{digest}\"\n"
    )
}

fn flow() -> String {
    format!("{{date: 2026-11-22, by: Service manager, version: \"1.10\", digest: \"{}\"}}", "0f".repeat(16))
}

#[track_caller]
fn assert_becomes(front: &str, expected: &str) {
    let file = |front: &str| format!("---\n{front}---\n\n# Text\n\nreviews: none\n");
    let result = attest(&file(front), &vocabulary(), &review());
    assert_eq!(result.as_deref(), Ok(file(expected).as_str()));
}

#[test]
fn without_reviews_the_key_comes_last() {
    assert_becomes("id: A # an id\n# the end\n", &format!("id: A # an id\n# the end\nreviews:\n{}", block("  ")));
    assert_becomes("  id: A\n", &format!("  id: A\n  reviews:\n{}", block("    ")));
}

#[test]
fn an_added_item_matches_the_list_style() {
    let old = "  - on: 2025-01-01 # first\n    by: A\n";
    assert_becomes(
        &format!("reviews:\n{old}\n# about tags\ntags: [x]\n"),
        &format!("reviews:\n{old}{}\n# about tags\ntags: [x]\n", block("  ")),
    );
    assert_becomes(
        "reviews:\n- on: 2025-01-01\ntags: [x]\n",
        &format!("reviews:\n- on: 2025-01-01\n{}tags: [x]\n", block("")),
    );
    assert_becomes(
        "reviews:\n  - {on: 2025-01-01, by: A}\n",
        &format!("reviews:\n  - {{on: 2025-01-01, by: A}}\n  - {}\n", flow()),
    );
    assert_becomes(
        "reviews:\n  - on: 2025-01-01\n    note: |\n      one\n      two\nid: A\n",
        &format!("reviews:\n  - on: 2025-01-01\n    note: |\n      one\n      two\n{}id: A\n", block("  ")),
    );
}

#[test]
fn bracketed_and_empty_lists_can_be_extended() {
    assert_becomes("reviews: [{on: 2025-01-01}] # r\n", &format!("reviews: [{{on: 2025-01-01}}, {}] # r\n", flow()));
    assert_becomes(
        "reviews: [\n  {on: 2025-01-01},\n]\n",
        &format!("reviews: [\n  {{on: 2025-01-01}}, {}\n]\n", flow()),
    );
    assert_becomes("reviews: [] # none yet\nid: A\n", &format!("reviews: # none yet\n{}id: A\n", block("  ")));
    assert_becomes("reviews:\nid: A\n", &format!("reviews:\n{}id: A\n", block("  ")));
    assert_becomes("reviews: ~\nid: A\n", &format!("reviews:\n{}id: A\n", block("  ")));
}

#[test]
fn the_handbooks_own_key_is_used() {
    let vocabulary = vocabulary().with_key("review_log", "reviews");
    let new = attest("---\nid: A\n---\n", &vocabulary, &review());
    assert_eq!(new, Ok(format!("---\nid: A\nreview_log:\n{}---\n", block("  "))));
    let new = attest("---\nreview_log: []\n---\n", &vocabulary, &review());
    assert_eq!(new, Ok(format!("---\nreview_log:\n{}---\n", block("  "))));
}

#[test]
fn unsafe_additions_are_rejected() {
    for front in [
        "{id: A}\n",
        "reviews: {on: 2025-01-01}\n",
        "reviews: yes\n",
        "reviews:\n  - on: 2025-01-01\n    note: |\n      # looks like a comment\n",
        "reviews: [\n  {on: 2025-01-01} # a comment\n]\n",
    ] {
        let result = attest(&format!("---\n{front}---\n"), &vocabulary(), &review());
        assert_eq!(result, Err(AttestError::Unsafe("reviews".to_owned())), "{front}");
    }
    for raw in ["", "no front matter"] {
        assert_eq!(attest(raw, &vocabulary(), &review()), Err(AttestError::NoFrontMatter), "{raw}");
    }
    for raw in ["---\nid: A\n", "---\nid: [\n---\n", "---\n- a\n---\n"] {
        assert_eq!(attest(raw, &vocabulary(), &review()), Err(AttestError::Unreadable), "{raw}");
    }
}

/// Pieces of front matter in any order.
fn pieces() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(
        proptest::sample::select(vec![
            "title: Ünïcode # said so\n",
            "# a comment\n",
            "\n",
            "tags: [a, b]\n",
            "owner: \"x # y\"\n",
            "author: >\n  folded\n  text\n\n",
            "related:\n- A-1\n- A-2\n",
            "changes:\n  - version: \"1\"\n    # inside\n    summary: 'it''s'\n",
        ]),
        0..8,
    )
}

fn reviews() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "",
        "reviews:\n",
        "reviews: []\n",
        "reviews: [{on: 2025-01-01, by: \"a, b\"}]\n",
        "reviews:\n  - on: 2025-01-01\n    by: A\n\n    # more\n    note: x\n",
        "reviews:\n- {on: 2025-01-01}\n",
        "reviews:\n    -   on: 2025-01-01\n        by: A\n",
    ])
}

proptest! {
    #[test]
    fn only_reviews_change_whatever_else_there_is(
        before in pieces(),
        reviews in reviews(),
        after in pieces(),
        reviewer in "[ -~äß]{0,20}",
        note in proptest::option::of("\\PC{0,40}"),
        line_end in proptest::sample::select(vec!["\n", "\r\n"]),
        mark in proptest::sample::select(vec!["", "\u{feff}"]),
    ) {
        let review = NewReview { reviewer, note, ..review() };
        let mut seen_pieces = std::collections::BTreeSet::new();
        let all = std::iter::once("id: A\n").chain(before).chain([reviews]).chain(after);
        let yaml: String = all.filter(|piece| seen_pieces.insert(*piece) || piece.starts_with(['#', '\n'])).collect();
        let raw = format!("{mark}---\n{yaml}---\n\nText *here*.\n").replace('\n', line_end);
        let new = attest(&raw, &vocabulary(), &review).expect("an attestation");
        // Removing the addition, in one piece or two, restores the old file: nothing else was touched.
        prop_assert!(new.starts_with(mark));
        prop_assert_eq!(new.replace("\r\n", "").contains('\n'), line_end == "\n");
        let (old_source, new_source) = (SourceText::new("", &raw), SourceText::new("", &new));
        let lines: Vec<&str> = new_source.as_str().lines().collect();
        let mut rest = lines.iter();
        for line in old_source.as_str().lines().filter(|line| !line.starts_with("reviews: [")) {
            prop_assert!(rest.any(|new| *new == line), "{line:?} is gone from\n{new}");
        }
        let decoded = decode(&new_source, &vocabulary());
        let front = decoded.front.expect("front matter");
        let old = decode(&old_source, &vocabulary()).front.expect("front matter");
        prop_assert_eq!(front.reviews.len(), old.reviews.len() + 1);
        let last = front.reviews.last().expect("a review");
        prop_assert_eq!(last.date.value, review.date);
        prop_assert_eq!(front.title.map(|title| title.value), old.title.map(|title| title.value));
        prop_assert_eq!(front.changes.len(), old.changes.len());
    }

    #[test]
    fn whatever_can_be_attested_keeps_its_text(
        start in proptest::sample::select(vec!["", "---\n", "---\nid: A\n", "---\nid: A\n---\n"]),
        rest in "(\\PC|\n|\r|reviews: |- on: 2025-01-01|---\n|\\[|\\{){0,40}",
    ) {
        let raw = format!("{start}{rest}");
        let text = |raw: &str| {
            let source = SourceText::new("", raw);
            super::FrontMatterTree::read(&source).map(|tree| tree.body.to_owned())
        };
        if let Ok(new) = attest(&raw, &vocabulary(), &review()) {
            prop_assert_eq!(text(&new), text(&raw));
            prop_assert!(text(&new).is_some() && new.len() > raw.len());
        } else {
            // This front matter is complete, so only what follows another `---` could be at fault.
            prop_assert!(start != "---\nid: A\n---\n", "{raw:?}");
        }
    }
}
