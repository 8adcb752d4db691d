//! Compares the fast path with the parser.

use super::*;
use crate::yaml::offsets::Offsets;
use crate::yaml::parse::{Progress, build_by_events};

const BASE: usize = 7;

/// The parser's tree for a text, and the number of nodes; `None` if the text has any error.
fn by_events(text: &str) -> Option<(Node, usize)> {
    let mut syntax_errors = Vec::new();
    let (limits, mut duplicates) = (Limits::FRONT_MATTER, Vec::new());
    let mut progress = Progress { limits, nodes: 0, syntax_errors: &mut syntax_errors, duplicates: &mut duplicates };
    let root = build_by_events(Offsets::new(text, BASE), &mut progress).ok()??;
    let nodes = progress.nodes;
    syntax_errors.is_empty().then_some((root, nodes))
}

fn simply(text: &str) -> Option<(Node, usize)> {
    let mut nodes = 0;
    let root = read(text, BASE, Limits::FRONT_MATTER, &mut nodes)?;
    Some((root, nodes))
}

/// Whether the fast path reads a text. If so, asserts that the parser reads it in the same way.
fn is_simple(text: &str) -> bool {
    let simple = simply(text);
    if let Some(simple) = &simple {
        assert_eq!(Some(simple), by_events(text).as_ref(), "{text:?}");
    }
    simple.is_some()
}

#[test]
fn typical_yaml_agrees_with_the_parser() {
    for text in [
        "a: 1\n",
        "a: 1",
        "# Audits.\n\naudits:\n- id: A-1\n  title: Desk, and nights\n  held: {from: 2026-01-01, to: 2026-01-02}\n",
        "audits:\n  - {id: A-1, clauses: [8.5, \"8.10\"], note: 'It''s late'}   # the first\n\n  - id: A-2\n",
        "a:\n  b:\n    - x y\n    - c: d # e\n      f: [1, 2,\n        3]\nz: \"é: #\"\n",
        "title: Two\n  lines: none\n",
        "title: Two\n  lines\nowner: Desk\n",
        "values: {2026-Q1: 99.1, 2026-Q2: 98}\nurl: https://example.org/a#b\ntime: 10:30\nempty: []\nnone: {}\n",
    ] {
        let is_wrong = text.contains("lines: none");
        assert_eq!(is_simple(text), !is_wrong, "{text:?}");
    }
}

#[test]
fn complex_yaml_is_left_to_the_parser() {
    for text in [
        "",
        "\n",
        "# a\n",
        "a",
        "- \n",
        "a:\n",
        "a: |\n  b\n",
        "a: >-\n  b\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: b: c\n",
        "a: [b\n",
        "a: \"b\\n\"\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a:\t1\n",
        "a: 1\r\n",
        "---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "a: [b: c]\n",
        "a: [b, ]\n",
        "{a: 1}: b\n",
        "\"a\": b\n",
        "? a\n",
        "a: @b\n",
        "a: 1\n b: 2\n",
        "- a\nb: 1\n",
        "a: 'b' c\n",
        "a: [b]c\n",
        "a: b #c\n  d\n",
        "\u{feff}a: 1\n",
        "a : 1\n",
    ] {
        assert!(!is_simple(text), "{text:?}");
    }
}

#[test]
fn any_text_is_read_as_the_parser_reads_it() {
    const PIECES: [&str; 40] = [
        "a", "b c", "é", "1", "key", ": ", ":", ":\n", "- ", "-", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", " ", "  ",
        "[", "]", "{", "}", ", ", ",", "\"", "'", "#", " # ", "''", "a: ", "\na: ", "\n  b: ", "{a: 1", "[a", "x, y",
        "\n\n", "---", "|", "?", "~", "*",
    ];
    // A linear congruential generator is good enough to combine pieces.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut simple = 0;
    for _ in 0..60_000 {
        let text: String = (0..1 + next(14)).map(|_| PIECES[next(PIECES.len())]).collect();
        let text = if next(3) == 0 { text } else { format!("k: {text}") };
        simple += usize::from(is_simple(&text));
    }
    assert!(simple > 2_000, "{simple} texts were simple");
}
