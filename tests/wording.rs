//! Phrases that must not return in texts for people: documentation, model handbook, interface, help and messages.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex_lite::{Regex, RegexBuilder};

/// A phrase, as a regular expression in which a space matches any white space, and what to write instead.
const REJECTED: &[(&str, &str)] = &[
    // Numbers and plurals.
    (r"\b1 (clauses|days|documents|errors|files|findings|notes|pages|records|reviews|warnings)\b", "1 document"),
    (r"\d %", "45%, without a space"),
    (r"\bfindings that are (errors|notes|warnings)\b", "errors"),
    // Words of the glossary.
    (r"\b(is|are|was|were|been|be) told\b", "\"is informed\", \"is shown\", \"is reported\""),
    (r"\b(ladder|rung)s?\b", "\"classification levels\""),
    (r"\banswer(s|ing)? for\b", "\"owns\", \"is accountable for\""),
    (r"\bclause groups?\b", "\"group of clauses\""),
    (r"\bclauses? above\b", "\"parent clause\""),
    (r"\bgrave(r|st|ly)?\b", "\"serious\", \"most severe\""),
    (r"\bgoes before\b", "\"takes precedence over\""),
    (r"\bleads? nowhere\b", "\"a broken link\""),
    (r"\blook(s|ed|ing)? whether\b", "\"check whether\""),
    (r"\bmend(s|ed|ing)?\b", "\"fix\""),
    (r"\b(in|out)side suppliers?\b", "\"internal supplier\", \"external supplier\""),
    (r"\btelling words?\b", "\"distinctive word\""),
    (r"\bput(s|ting)? right\b", "\"fix\""),
    (r"\bthe (document|item)s? that (is|are) it\b", "\"the document that provides it\""),
    (r"\bwaits? for approval\b", "\"is awaiting approval\""),
    (r"\bwants? documented\b", "\"requires\""),
    (r"\bwhat is the matter\b", "\"the problem\""),
    (r"\bbehind (a|its|the|their) (brace|clause|colon|label|name|number|sign|word)s?\b", "\"after the word\""),
    // Roundabout phrases.
    (r"\banew\b", "\"again\", or a verb with re-"),
    (r"\bat the (earliest|latest)\b", "\"no later than\""),
    (r"\bbe it by\b", "\"whether by\""),
    (r"\bbecomes? of\b", "\"its result\", \"a forecast\""),
    (r"\bby when it is to be\b", "\"its due date\""),
    (r"\bby (itself|themselves)\b", "\"automatically\""),
    (r"\bcannot be told\b", "\"is not known\""),
    (r"\bfor ever\b", "\"permanent\", \"indefinitely\""),
    (r"\bdoes not heal\b", "\"does not resolve\""),
    (r"\bin silence\b", "\"without a finding\", \"silently\""),
    (r"\bnobody can (say|tell)\b", "\"is not known\""),
    (r"\bpass(ed|es|ing) over\b", "\"ignore\", \"skip\""),
    (r"\bsilence is no\b", "\"no reply is not approval\""),
    (r"\bvouch(es)?\b", "\"confirm\""),
    (r"\band so not\b", "\"not\""),
    (r"\bcannot stand here\b", "\"is not allowed here\""),
    (r"\b(is|are) answered (only|in part)\b", "\"is addressed only\""),
    (r"\bis no (clause|document|file|folder|handbook|page) of\b", "\"is not a ... of\""),
    (r"\bsaid of (a|each|the)\b", "\"said about\""),
    (r"\bsays neither\b", "which of the two is missing"),
    (r"\bstands? here a second time\b", "\"is listed twice\""),
    (r"\b(which|what) text it was of\b", "\"which text it applies to\""),
    (r"\bthere is no such\b", "\"unknown\", \"not found\""),
    (r"\bthere is no (document|rule|standard|theme) `", "\"unknown\", \"not found\""),
    // Unverifiable phrases.
    (r"\band/or\b", "one of the two, or both"),
    (r"\bbest efforts\b", "what will be done"),
    (r"\bin a timely manner\b", "within which time"),
];

/// Files that may contain a rejected phrase, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("src/rules/words.rs", "the vague words that the rule `vague-wording` finds"),
    ("src/rules/vague_wording.rs", "the vague words that the rule `vague-wording` finds"),
];

/// Folders and files to check, relative to the repository root.
const CHECKED_PATHS: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "benches",
    "content",
    "docs",
    "standards",
    "themes/default/i18n/en.json",
];

/// The compiled expressions, each with its replacement.
fn rejected() -> Vec<(Regex, &'static str)> {
    let regex = |pattern: &str| {
        let pattern = pattern.replace(' ', r"\s+");
        RegexBuilder::new(&pattern).case_insensitive(true).build().expect("a regular expression")
    };
    REJECTED.iter().map(|(pattern, better)| (regex(pattern), *better)).collect()
}

/// The places of rejected phrases in a text, one per line.
fn find_rejected(name: &str, text: &str, rejected: &[(Regex, &str)]) -> String {
    let mut out = String::new();
    for (regex, better) in rejected {
        // The word boundaries of the expressions are those of ASCII: `Klärung` is one word.
        let is_word = |start: usize| !text[..start].ends_with(char::is_alphabetic);
        for hit in regex.find_iter(text).filter(|hit| is_word(hit.start())) {
            let line = text[..hit.start()].matches('\n').count() + 1;
            let phrase: Vec<&str> = hit.as_str().split_whitespace().collect();
            writeln!(out, "{name}:{line}: `{}`; write {better}", phrase.join(" ")).expect("memory");
        }
    }
    out
}

/// The files below a path with one of these extensions, sorted.
fn files(path: &Path, endings: &[&str]) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    let is_read = |path: &Path| path.is_dir() || endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    entries.retain(|path| is_read(path));
    entries.iter().flat_map(|path| files(path, endings)).collect()
}

/// A file's path from the root of the repository, and its content.
fn read(path: &Path) -> (String, String) {
    let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("a path below the top");
    (name.to_string_lossy().replace('\\', "/"), fs::read_to_string(path).expect("a readable file"))
}

/// Rust source with everything blanked except string literals of more than one word. Tests at the end of a file are
/// left out. Line breaks are kept, so that lines can be counted.
fn literals(source: &str) -> String {
    let source = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let literal = Regex::new(r##"//[^\n]*|'(?:\\.|[^'\\\n])'|r#"[\s\S]*?"#|"(?:\\[\s\S]|[^"\\])*""##);
    let literal = literal.expect("a regular expression");
    let mut out = String::new();
    let mut end = 0;
    for hit in literal.find_iter(source) {
        out.extend(source[end..hit.start()].chars().filter(|c| *c == '\n'));
        let text = hit.as_str();
        let is_prose = text.starts_with(['"', 'r']) && text.trim().contains(' ');
        match is_prose {
            true => out.push_str(&text.replace("\\\n", " \n")),
            false => out.extend(text.chars().filter(|c| *c == '\n')),
        }
        end = hit.end();
    }
    out
}

#[test]
fn documents_and_interface_avoid_rejected_phrases() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rejected = rejected();
    let paths: Vec<PathBuf> =
        CHECKED_PATHS.iter().flat_map(|path| files(&top.join(path), &[".md", ".yaml", ".json"])).collect();
    assert!(paths.len() > 100, "the model handbook alone has more files");
    let found: String =
        paths.iter().map(|path| read(path)).map(|(name, text)| find_rejected(&name, &text, &rejected)).collect();
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn messages_avoid_rejected_phrases() {
    let rejected = rejected();
    let paths = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[".rs"]);
    let found: String = paths
        .iter()
        .filter(|path| !path.ends_with("tests.rs") && !path.components().any(|part| part.as_os_str() == "tests"))
        .map(|path| read(path))
        .filter(|(name, _)| EXCEPTIONS.iter().all(|(exception, _)| exception != name))
        .map(|(name, source)| find_rejected(&name, &literals(&source), &rejected))
        .collect();
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn help_avoids_rejected_phrases() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    let output = command.args(["man", "--output"]).arg(folder.path()).output().expect("clausebook");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pages = files(folder.path(), &[".1"]);
    assert!(pages.len() > 10, "a page for the program and for each command");
    let rejected = rejected();
    let text = |path: &PathBuf| fs::read_to_string(path).expect("a manual page");
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let found: String = pages.iter().map(|path| find_rejected(&name(path), &text(path), &rejected)).collect();
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn rejected_phrases_are_found_over_line_breaks_and_in_literals_only() {
    let rejected = rejected();
    assert_eq!(find_rejected("a.md", "One.\nIt LEADS\n  nowhere.", &rejected).lines().count(), 1);
    assert_eq!(find_rejected("a.md", "2 documents, 11 documents, 45%, leads", &rejected), "");
    let source = "// mended anew\nlet mend = '\"';\nlet a = \"it leads \\\n  nowhere\";\nlet b = \"mend\";\n";
    assert_eq!(
        find_rejected("a.rs", &literals(source), &rejected),
        "a.rs:3: `leads nowhere`; write \"a broken link\"\n"
    );
}
