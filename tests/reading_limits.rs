//! Front matter parsing byte for byte, and its limits on any input.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clausebook::testing::config;
use clausebook::testing::finding::Problem;
use clausebook::testing::place::SourceText;
use clausebook::testing::rules::rule_ids;
use clausebook::testing::source::front_matter::{Extent, FrontMatter, Review};
use clausebook::testing::source::{DecodedText, Vocabulary, decode};
use clausebook::testing::standard::read_catalogue;
use proptest::prelude::*;

fn vocabulary() -> Vocabulary {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Vocabulary::new(words(&["policy", "record"]), words(&["public", "internal"]))
}

fn read(raw: &str) -> DecodedText {
    decode(&SourceText::new("content/a.md", raw), &vocabulary())
}

fn read_front_matter(raw: &str) -> FrontMatter {
    let decoded = read(raw);
    assert_eq!(decoded.problems, [], "{raw}");
    decoded.front.expect("front matter")
}

fn places(problems: &[Problem]) -> Vec<(u32, u32, &'static str)> {
    problems.iter().map(|problem| (problem.place.line(), problem.place.column(), problem.rule.0)).collect()
}

#[test]
fn scalars_are_their_source_text() {
    for text in ["8.10", "1.10", "5.1", "0123", "1_000", "0x1F", "1e3", "NO", "on", "off", "yes", "true", "2026-02-30"]
    {
        let version = read_front_matter(&format!("---\nversion: {text}\n---\n")).version.expect("a version");
        assert_eq!(version.value, text);
    }
}

#[test]
fn clauses_keep_their_zeros() {
    let front = read_front_matter("---\nclauses: [8.10, 8.1, {clause: iso27001:A.5.10, extent: partial}]\n---\n");
    let shown: Vec<String> = front.clauses.iter().map(|claim| claim.clause.value.to_string()).collect();
    assert_eq!(shown, ["8.10", "8.1", "iso27001:A.5.10"]);
    assert_eq!(front.clauses.last().map(|claim| claim.extent), Some(Extent::Partial));
}

#[test]
fn a_claim_with_a_problem_is_partial() {
    for claim in ["{clause: 8.6.1, extent: partail}", "{clause: 8.6.1, extnt: partial}"] {
        let decoded = read(&format!("---\nclauses: [{claim}]\n---\n"));
        assert_eq!(decoded.problems.len(), 1);
        let front = decoded.front.expect("front matter");
        assert_eq!(front.clauses.first().map(|claim| claim.extent), Some(Extent::Partial), "{claim}");
    }
}

#[test]
fn a_review_is_an_interval_or_a_day() {
    let review = |text: &str| read_front_matter(&format!("---\nreview: {text}\n---\n")).review.expect("a review").value;
    assert!(matches!(review("6 months"), Review::Every(_)));
    assert_eq!(review("P6M"), review("{every: semiannual}"));
    assert!(matches!(review("{next: 2027-03-01}"), Review::Next(_)));
}

#[test]
fn every_value_knows_its_place() {
    let text = "---\ntitle: Größe  # über alles\nowner: \"A\\\"B\" # \"no\"\ntags: [é, 'o''k' ]\nreviews:\n  - on: 2026-01-01\n    by: B\n---\n";
    let front = read_front_matter(text);
    let slice = |span: clausebook::testing::place::Span| &text[span.start as usize..span.end as usize];
    assert_eq!(slice(front.opening), "---");
    assert_eq!(slice(front.title.expect("a title").span), "Größe");
    assert_eq!(slice(front.owner.first().expect("an owner").span), "\"A\\\"B\"");
    assert_eq!(front.tags.iter().map(|tag| slice(tag.span)).collect::<Vec<_>>(), ["é", "'o''k'"]);
    assert_eq!(slice(front.reviews[0].span), "on: 2026-01-01\n    by: B");
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_move_places() {
    let lines = "---\nid: A B\ntitle: é\napproved: TBC\n---\nText\n";
    let expected = places(&read(lines).problems);
    assert_eq!(expected, [(2, 5, "invalid-front-matter"), (4, 11, "invalid-date")]);
    for raw in [lines.replace('\n', "\r\n"), lines.replace('\n', "\r"), format!("\u{feff}{lines}")] {
        let decoded = read(&raw);
        assert_eq!(places(&decoded.problems), expected, "{raw:?}");
        assert_eq!(decoded.body_start, read(lines).body_start);
    }
}

#[test]
fn texts_are_put_on_one_line() {
    let front = read_front_matter("---\ntitle: >\n  Change\n  policy\n\nowner: |\n  One\n  Two\n---\n");
    assert_eq!(front.title.expect("a title").value, "Change policy");
    assert_eq!(front.owner.first().expect("an owner").value, "One Two");
}

#[test]
fn a_key_that_could_not_be_read_is_written_all_the_same() {
    let read = |text: &str| read(&format!("---\n{text}\n---\n")).front.expect("front matter");
    let front = read("approved: TBC\nownr: A");
    assert!(front.has_key("approved") && front.has_key("owner") && !front.has_key("title"));
    for hidden in
        ["classification: secret", "clasification: public", "classification:", "title: a: b", "classification: *x"]
    {
        assert!(read(hidden).classification_is_unclear(), "{hidden}");
    }
    assert!(!read("classification: public").classification_is_unclear());
    assert!(!read("title: A").classification_is_unclear());
}

#[test]
fn deep_nesting_is_one_problem() {
    for deep in [
        format!("tags: {}", "[".repeat(20_000)),
        format!("tags: {}{}", "[".repeat(20_000), "]".repeat(20_000)),
        format!("tags: {}", "{a: ".repeat(12_000)),
        format!("tags:\n{}", "- ".repeat(20_000)),
        format!("tags:\n  {}a", "? ".repeat(20_000)),
        (0..300).map(|level| format!("{}a:\n", " ".repeat(level))).collect(),
    ] {
        let decoded = read(&format!("---\nid: A\n{deep}\n---\n"));
        let nested = decoded.problems.iter().filter(|problem| problem.message.contains("nested")).count();
        assert_eq!(nested, 1, "{:?}", decoded.problems);
        assert!(decoded.front.expect("front matter").id.is_some(), "the keys above are still read");
    }
}

#[test]
fn yaml_aliases_cannot_multiply() {
    let mut text = String::from("---\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (previous, next) in ('a'..='y').zip('b'..='z') {
        text.push_str(&format!("{next}: &{next} [{}]\n", format!("*{previous}, ").repeat(9)));
    }
    text.push_str("tags: *z\n---\n");
    let start = Instant::now();
    let decoded = read(&text);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(decoded.problems.iter().any(|problem| problem.message.contains("anchors and aliases")));
    assert!(decoded.front.expect("front matter").tags.is_empty());
}

#[test]
fn front_matter_is_limited_to_64_kib() {
    let of = |bytes: usize| format!("---\n# {}\n---\nText", "x".repeat(bytes - 3));
    assert_eq!(read(&of(64 * 1024)).problems, []);
    let decoded = read(&of(64 * 1024 + 1));
    assert_eq!(places(&decoded.problems), [(2, 1, "invalid-front-matter")]);
    assert!(decoded.problems[0].message.contains("64 KiB"));
    assert_eq!(decoded.body_start, 64 * 1024 + 9);
}

#[test]
fn many_values_are_bounded() {
    let decoded = read(&format!("---\nid: A\ntags: [{}]\n---\n", "a,".repeat(30_000)));
    assert_eq!(decoded.problems.len(), 1);
    assert!(decoded.problems[0].message.contains("more than 20000 values"));
}

#[test]
fn thousands_of_problems_are_fast_and_cut_short() {
    let start = Instant::now();
    for text in ["a:\n".repeat(20_000), "ownr: x\n".repeat(8_000), "x\n".repeat(30_000), "a: b: c\n".repeat(8_000)] {
        let decoded = read(&format!("---\n{text}---\n"));
        assert!(!decoded.problems.is_empty() && decoded.problems.len() <= 1001);
    }
    let one_line = format!("---\ntags: [{}]\n---\n", "{},".repeat(9_000));
    assert_eq!(read(&one_line).problems.len(), 1001);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn thousands_of_problems_in_settings_and_catalogues_are_fast_too() {
    let start = Instant::now();
    let list = |key: &str, item: &str| format!("title: A\n{key}: [{}]\n", format!("{item},").repeat(150_000));
    for text in [
        list("standards", "Iso"),
        list("standards", "iso"),
        list("classifications", "a"),
        list("clauses", "1"),
        (0..40_000).map(|at| format!("key{at}:\n")).collect(),
        (0..40_000).map(|at| format!("a\n b{at}: c: d\n")).collect(),
    ] {
        let source = Arc::new(SourceText::new("clausebook.yaml", &text));
        let problems = config::read(&source, &rule_ids()).expect_err("problems").problems;
        assert!(!problems.is_empty() && problems.len() <= 1001);
        assert!(read_catalogue(&source).is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_body_without_front_matter_begins_at_the_start() {
    for raw in ["", "Text", "# Title\n---\n", "-- -\n", "----\n", "\n---\nid: A\n---\n"] {
        let decoded = read(raw);
        assert!(decoded.front.is_none() && decoded.body_start == 0 && decoded.problems.is_empty(), "{raw:?}");
    }
}

/// Fragments with a meaning in YAML, and a few without.
const PIECES: [&str; 48] = [
    "---\n",
    "...\n",
    "\n",
    "\n  ",
    " ",
    "\t",
    "- ",
    ": ",
    ":",
    "? ",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "#",
    " #",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!t ",
    "!!str ",
    "%YAML 1.2\n",
    "<<: ",
    "\\",
    "\\x07",
    "~",
    "@",
    "`",
    "\r\n",
    "\r",
    "\u{feff}",
    "\u{85}",
    "\0",
    "é",
    "☃",
    "id: ",
    "title",
    "clauses:\n",
    "8.10",
    "2026-02-30",
    "review: ",
    "iso27001: A.5",
    "reviews: ",
    "on: ",
];

fn yaml_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Keys of settings and catalogues, which reach deeper code than random letters.
const KEYS: [&str; 27] = [
    "title: A\n",
    "standards: ",
    "types:\n  a: ",
    "publish: {up_to: ",
    "rules:\n  broken-link: ",
    "waivers:\n- rule: ",
    "not_needed:\n- item: ",
    "front_matter:\n  map: {",
    "defaults:\n- ",
    "id_pattern: \"[a-z](\"\n",
    "id_pattern: ",
    "certificate: {issued: ",
    "brand: {accent: ",
    "output: content\n",
    "id: own\n",
    "clauses:\n- id: 1\n",
    "- id: 1.10\n  parent: 1\n",
    "  coverage_unit: true\n",
    "  crosswalk: {a: ",
    "  documented_information:\n  - id: a\n    name: ",
    "    keep: retain\n",
    "    basis: expected\n",
    "  suggested_interval_months: 7\n",
    "true\n",
    "12 months\n",
    "}\n",
    "null\n",
];

fn settings_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => (0..KEYS.len()).prop_map(|at| KEYS[at].to_owned()),
        1 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_input_panics_and_every_place_is_in_the_file(inner in yaml_like(), closed in any::<bool>()) {
        let end = if closed { "\n---\nText" } else { "" };
        let source = SourceText::new("content/a.md", &format!("---\n{inner}{end}"));
        let decoded = decode(&source, &vocabulary());
        prop_assert!(source.as_str().is_char_boundary(decoded.body_start as usize));
        let lines = source.as_str().split('\n').count() as u32;
        for problem in &decoded.problems {
            prop_assert!(problem.place.line() <= lines);
            prop_assert!(!problem.message.contains('\n'), "{:?}", problem.message);
        }
        prop_assert!(decoded.problems.is_sorted_by_key(|problem| problem.place.position));
        prop_assert!(decoded.front.is_some());
    }

    #[test]
    fn settings_and_catalogues_do_not_panic_either(text in settings_like()) {
        let source = Arc::new(SourceText::new("clausebook.yaml", &text));
        let problems = config::read(&source, &rule_ids()).map_or_else(|invalid| invalid.problems, |_| Vec::new());
        let catalogue_problems = read_catalogue(&source).err().unwrap_or_default();
        let lines = source.as_str().split('\n').count() as u32;
        for problem in problems.iter().chain(&catalogue_problems) {
            prop_assert!(problem.place.line() <= lines);
            prop_assert!(!problem.message.contains('\n'), "{:?}", problem.message);
        }
    }
}
