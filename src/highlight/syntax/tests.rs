use std::sync::LazyLock;

use syntect::parsing::{ParseState, ScopeStackOp, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::*;

static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::from_set(&SET));

/// Snippets that continue code, and constructs that are opened but not closed.
const OPENINGS: [&str; 58] = [
    "",
    "a",
    "a = b ",
    "total = count ",
    "<a>",
    "<a>{b ",
    "{",
    "(",
    "[",
    "<",
    "a(",
    "a.",
    "a:",
    "a =>",
    "\"",
    "'",
    "`",
    "${",
    "#{",
    "$(",
    "<script>",
    "<script>a = b ",
    "<style>",
    "<a b=",
    "@",
    "x: ",
    "- ",
    "return ",
    "if a ",
    "function a",
    "class A ",
    "let a",
    "import a ",
    "type A = ",
    "a ? b ",
    "a++ ",
    "async ",
    "export ",
    "new A ",
    "case a",
    "do ",
    "/a",
    "1",
    "a, ",
    "{a: b ",
    "a;",
    "</a",
    "&",
    "|",
    "!",
    "^",
    "?",
    "\\",
    "<<EOF\n",
    "r#\"",
    "f\"{a ",
    "q(",
    "s/a/",
];
/// Delimiters of comments, strings, tags and templates.
const MARKS: [&str; 30] = [
    "//", "/*", "/**", "*/", "#", "--", "<!--", "-->", "{-", "(*", "%", ";", "'", "\"\"\"", "'''", "{#", "{%", "{{",
    "<%", "<?php ", "=begin\n", "--[[", "#|", "rem ", "->", "=>", "::", "`", "${", "</",
];
const ENDINGS: [&str; 4] = ["", " x */ c\n", " x\nb\n", "\n\n  ++a\n"];

fn snippets() -> impl Iterator<Item = String> {
    OPENINGS.into_iter().flat_map(|opening| {
        let marked = MARKS.into_iter().flat_map(move |mark| ENDINGS.map(|ending| format!("{opening}{mark}{ending}")));
        marked.chain(OPENINGS.map(|second| format!("{opening}{second} x\n")))
    })
}

/// The cost of a whole snippet; `None` if it exceeds the budget.
fn cost(grammar: &Grammar, code: &str) -> Option<u64> {
    let mut parser = Parser::new(grammar).expect("every syntax begins somewhere");
    let mut budget = Budget::for_bytes(code.len());
    let before = budget.remaining();
    for line in LinesWithEndings::from(code) {
        parser.parse_line(line, &GRAMMARS, &mut budget).ok()?;
    }
    Some(before - budget.remaining())
}

/// Every snippet terminates within its budget, in every syntax.
#[test]
fn unterminated_constructs_end() {
    let snippets: Vec<String> = snippets().collect();
    assert_eq!(snippets.len(), 58 * (30 * 4 + 58));
    let count = GRAMMARS.iter().count();
    assert!(count > 150, "{count} syntaxes");
    // Each syntax takes another part of the snippets; the long tests take all.
    let share = if std::env::var_os("CLAUSEBOOK_LONG_TESTS").is_some() { 1 } else { 40 };
    use rayon::prelude::*;
    let grammars: Vec<(usize, &Grammar)> = GRAMMARS.iter().enumerate().collect();
    let endless: Vec<String> = grammars
        .par_iter()
        .flat_map_iter(|(at, grammar)| {
            let sample = snippets.iter().skip(at % share).step_by(share);
            sample.filter(|code| cost(grammar, code).is_none()).map(|code| format!("{}: {code:?}", grammar.name()))
        })
        .collect();
    assert_eq!(endless, Vec::<String>::new());
}

/// Snippets on which syntect loops forever; each is parsed to its end, and correctly.
#[test]
fn two_known_endless_loops_are_parsed() {
    for (language, code) in [
        ("js", "total = count /* per working day */\n"),
        ("js", "a = b /*\n c */ d\n"),
        ("svelte", "<a>{b /*"),
        ("html", "<script>\na = b /* c\n</script>\n"),
    ] {
        let grammar = GRAMMARS.find(language).expect("a known language");
        let cost = cost(grammar, code).expect("an end");
        assert!(cost < 5_000, "{code:?} costs {cost}");
        let mut parser = Parser::new(grammar).expect("a start");
        let mut budget = Budget::for_bytes(code.len());
        let lines = LinesWithEndings::from(code);
        let changes = lines.flat_map(|line| parser.parse_line(line, &GRAMMARS, &mut budget).expect("an end"));
        let is_comment = |change: &ScopeStackOp| format!("{change:?}").contains("comment.block");
        assert!(changes.map(|(_, change)| change).any(|change| is_comment(&change)), "{code:?}");
    }
}

/// Lines that keep a regular expression busy for minutes are given up, based on counting and not on a clock.
#[test]
fn excessive_backtracking_is_abandoned() {
    for (language, start, again) in [
        ("cpp", "class A<", "a b "),
        ("lisp", "fn a(", "<!--"),
        ("cfml", "/", "a_"),
        ("objective-c++", "class A<", "a: b "),
    ] {
        let Some(grammar) = GRAMMARS.find(language) else { continue };
        let code = format!("{start}{}\n", again.repeat(900 / again.len()));
        let started = std::time::Instant::now();
        let _ = cost(grammar, &code);
        // Generous for a slow machine; without a limit, each would take most of a minute.
        assert!(started.elapsed().as_secs() < 20, "{language}: {:?}", started.elapsed());
    }
}

/// Wherever syntect terminates, our result is the same.
#[test]
fn all_other_code_reads_as_syntect_reads_it() {
    let mut differing = Vec::new();
    for (at, syntax) in SET.syntaxes().iter().enumerate() {
        let grammar = GRAMMARS.iter().nth(at).expect("as many as syntect has");
        assert_eq!(grammar.name(), syntax.name);
        // Only these syntaxes can make syntect loop forever.
        let may_circle = matches!(syntax.name.as_str(), "JavaScript" | "Svelte" | "HTML" | "Vue Component");
        for code in snippets().skip(at % 83).step_by(83).filter(|code| !may_circle || !code.contains("/*")) {
            let (mut theirs, mut ours) = (ParseState::new(syntax), Parser::new(grammar).expect("a start"));
            let mut budget = Budget::for_bytes(code.len());
            for line in LinesWithEndings::from(&code) {
                let expected = theirs.parse_line(line, &SET).expect("no error");
                if ours.parse_line(line, &GRAMMARS, &mut budget) != Ok(expected) {
                    differing.push(format!("{}: {code:?}", syntax.name));
                }
            }
        }
    }
    assert_eq!(differing, Vec::<String>::new());
}

/// An expression that cannot match is not tried until it backtracks too much, because its required ending is checked
/// first.
#[test]
fn dead_end_rules_do_not_exhaust_the_budget() {
    for (language, code) in [
        ("scala", "  message: notificationservice, // Prüfung\n"),
        ("scala", "  \"Größe\" -> kundennummer: abrechnungszeitraum\n"),
        ("cs", "var s = $\"{total:some longer format text that has no end here\n\";\n"),
    ] {
        let (grammar, syntax) = (GRAMMARS.find(language), SET.find_syntax_by_extension(language));
        let (grammar, syntax) = grammar.zip(syntax).expect("a known language");
        let (mut theirs, mut ours) = (ParseState::new(syntax), Parser::new(grammar).expect("a start"));
        let mut budget = Budget::for_bytes(code.len());
        for line in LinesWithEndings::from(code) {
            let expected = theirs.parse_line(line, &SET).expect("no error");
            assert_eq!(ours.parse_line(line, &GRAMMARS, &mut budget), Ok(expected), "{language}: {line:?}");
        }
    }
}
