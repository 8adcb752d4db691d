//! Nothing that an author writes is lost silently: every word of a source is on its page, in the place of a finding, or
//! markup of a kind listed here.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clausebook::testing::markdown::{Body, parse};
use clausebook::testing::place::SourceText;

use crate::support::render;

/// Lost words of a body, each with its line.
fn lost_words(text: &str, start: usize) -> Vec<String> {
    let source = SourceText::new("content/x.md", text);
    let text = source.as_str();
    let body = parse(&source, u32::try_from(start).expect("a short text")).body;
    let page = decode_entities(&render(&body));
    let markup = find_markup(text, &body);
    words(text, start)
        .filter(|(at, word)| !page.contains(word) && !markup[*at])
        .map(|(at, word)| format!("{}: {word}", text[..at].matches('\n').count() + 1))
        .collect()
}

/// All runs of letters and digits, with their offsets.
fn words(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let is_word_char = |c: char| c.is_alphanumeric();
    text.split(move |c| !is_word_char(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
        .filter(move |(at, _)| *at >= start)
}

fn decode_entities(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// For each byte of a source, whether it is markup of a listed kind or in the place of a finding.
fn find_markup(text: &str, body: &Body) -> Vec<bool> {
    let mut markup = vec![false; text.len() + 1];
    let mut mark = |start: usize, end: usize| markup[start.min(text.len())..end.min(text.len())].fill(true);
    for problem in &body.problems {
        let (Some(from), Some(to)) = (problem.place.position, problem.place.end) else { continue };
        let end = if problem.rule.0 == "unclosed-block" { text.len() } else { offset(text, to.line, to.column) };
        mark(offset(text, from.line, from.column), end);
    }
    // Comments of a word or two are for tools; longer ones are findings of `commented-text`.
    for (at, _) in text.match_indices("<!--") {
        mark(at, text[at..].find("-->").map_or(text.len(), |end| at + end));
    }
    // Tags, and their content.
    for (at, _) in text.match_indices('<') {
        if let Some(end) = text[at..].find('>') {
            mark(at, at + end);
        }
    }
    // Scripts, styles and drawings are reported only once per kind.
    for name in
        ["script", "style", "svg", "iframe", "video", "audio", "title", "noscript", "textarea", "math", "object"]
    {
        for (at, _) in text.match_indices(&format!("<{name}")) {
            mark(at, text[at..].find(&format!("</{name}")).map_or(at, |end| at + end));
        }
    }
    // Targets of links, if the page writes them in another form.
    for link in &body.links {
        mark(link.target_span.start as usize, link.target_span.end as usize);
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        mark_line(line, start, &mut mark);
        start += line.len();
    }
    markup
}

/// Markup in a line: list numbers, text after fences, attributes, alert markers, entities.
fn mark_line(line: &str, start: usize, mark: &mut impl FnMut(usize, usize)) {
    let lead = line.len() - line.trim_start_matches([' ', '\t', '>', '-', '*', '+']).len();
    let content = &line[lead..];
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    if content[digits..].starts_with(['.', ')']) {
        mark(start + lead, start + lead + digits);
    }
    let is_mark = ["```", "~~~", ":::", "!!!", "???", "[!", "{% hint", "{% endhint", "[^"];
    if is_mark.iter().any(|sign| content.contains(sign)) {
        mark(start, start + line.len());
    }
    for (open, close) in [('{', '}'), ('&', ';')] {
        for (at, _) in line.match_indices(open) {
            if let Some(end) = line[at..].find(close) {
                mark(start + at, start + at + end);
            }
        }
    }
    // Link definitions in use; unused ones are findings.
    if content.starts_with('[') && content.contains("]:") {
        mark(start, start + line.len());
    }
}

fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column as usize - 1).map_or(rest.len(), |(at, _)| at)
}

/// Offset of the body of a file, after its front matter.
fn body_start(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---\n") else { return 0 };
    rest.find("\n---\n").map_or(0, |end| 4 + end + 5)
}

/// Checks all Markdown files in a folder, and returns their number and the lost words.
fn check_folder(folder: &Path) -> (usize, String) {
    let (mut count, mut all) = (0, String::new());
    for path in files(folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let text = text.replace("\r\n", "\n");
        count += 1;
        let lost = lost_words(&text, body_start(&text));
        if !lost.is_empty() {
            let _ = writeln!(all, "{}: {lost:?}", path.display());
        }
    }
    (count, all)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files_found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "mdx") {
            files_found.push(path);
        }
    }
    files_found.sort();
    files_found
}

#[test]
fn the_model_handbook_loses_no_word() {
    let (count, lost) = check_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    assert!(count > 50 && lost.is_empty(), "{lost}");
}

/// The target of a link inside the words of an image, and a label over two lines that is repeated where it is used.
const EXCEPTIONS: [&str; 2] = ["CommonMark 0.31.2, example 522", "CommonMark 0.31.2, example 543"];

#[test]
fn the_examples_of_the_specifications_lose_no_word() {
    let examples: serde_json::Value = serde_json::from_str(include_str!("specifications/examples.json")).expect("JSON");
    let examples = examples.as_array().expect("a list");
    let mut all = String::new();
    for example in examples {
        let (name, text) = (&example["name"], example["markdown"].as_str().unwrap_or_default());
        let lost = lost_words(text, 0);
        if !lost.is_empty() && !EXCEPTIONS.contains(&name.as_str().unwrap_or_default()) {
            let _ = writeln!(all, "{name}: {lost:?} in {text:?}");
        }
    }
    assert!(examples.len() > 650 && all.is_empty(), "{all}");
}

#[test]
fn texts_of_other_tools_lose_no_word() {
    for text in [include_str!("dialects.md"), include_str!("constructs.md"), include_str!("links.md")] {
        assert_eq!(lost_words(text, 0), Vec::<String>::new());
    }
}

/// Pages of other projects, which are not stored here: `PAGES=folder cargo test --test markdown pages_that_are_named`.
#[test]
fn pages_that_are_named_lose_no_word() {
    let Some(folder) = std::env::var_os("PAGES") else { return };
    let (count, lost) = check_folder(Path::new(&folder));
    assert!(lost.is_empty(), "of {count} files:\n{lost}");
}
