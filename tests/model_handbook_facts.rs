//! Every figure that occurs in more than one document of the model handbook is compared with its home.
//!
//! `tests/model_handbook/facts.yaml` lists the facts. The test fails if an unlisted figure appears in a second
//! document, so that the list stays complete.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex_lite::Regex;
use serde_yaml::Value;

/// Figures that rarely occur in two documents by chance: money, thousands, exact shares, measurements, telephone
/// numbers.
const FIGURES: [&str; 7] = [
    r"£\d{1,3}(?:,\d{3})*(?:\.\d+)?",
    r"\d{1,3}(?:,\d{3})+",
    r"\d+\.\d+%",
    r"0\.\d+",
    r"\d{2,}\.\d+",
    r"\d+\.\d{2,}",
    r"960\d{3}",
];
/// A clause number that looks like a figure.
const CLAUSE: &str = r"^10\.\d$";
/// Characters that cannot precede a figure, because it would be part of a longer figure, a version or a clause number.
const JOINING_CHARS: &str = "£.,0123456789";

/// The visible text of each file, by its path below `content/`.
type Texts = BTreeMap<String, String>;

/// A figure with its places, its home first.
struct Fact {
    name: String,
    /// The file, and the words around the figure, with `{}` in its place.
    places: Vec<(String, String)>,
}

/// A figure at one place.
#[derive(Debug, Clone, PartialEq)]
struct Reading {
    file: String,
    figure: String,
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn expression(pattern: &str) -> Regex {
    Regex::new(pattern).expect("an expression")
}

/// The visible text on one line: no front matter, no link targets, no emphasis.
fn plain_text(text: &str) -> String {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let mut plain = body.split_whitespace().collect::<Vec<_>>().join(" ");
    for (pattern, replacement) in [
        (r"\[\[[^\]|]+\|([^\]]+)\]\]", "$1"),
        (r"\[\[([^\]]+)\]\]", "$1"),
        (r"\[([^\]]*)\]\([^)]*\)", "$1"),
        (r"\{#[^}]*\}", ""),
    ] {
        plain = expression(pattern).replace_all(&plain, replacement).into_owned();
    }
    plain.replace(['*', '`'], "")
}

fn texts() -> Texts {
    let root = repository().join("content");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let is_text =
        |path: &Path| path.extension().is_some_and(|ending| ["md", "yaml", "csv"].iter().any(|known| ending == *known));
    let files = files.filter(|entry| is_text(entry.path()));
    let read = |path: &Path| plain_text(&std::fs::read_to_string(path).expect("a text"));
    let name = |path: &Path| path.strip_prefix(&root).expect("below content").to_string_lossy().replace('\\', "/");
    files.map(|entry| (name(entry.path()), read(entry.path()))).collect()
}

fn list() -> Value {
    let path = repository().join("tests/model_handbook/facts.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("the list")).expect("YAML")
}

fn strings(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    value.as_mapping().expect("a mapping").iter().map(|(key, value)| (text(key), text(value))).collect()
}

fn facts() -> Vec<Fact> {
    let list = list();
    let facts = list["facts"].as_sequence().expect("facts").iter();
    let places = |fact: &Value| fact["places"].as_sequence().expect("places").iter().flat_map(strings).collect();
    facts.map(|fact| Fact { name: fact["fact"].as_str().expect("a name").to_owned(), places: places(fact) }).collect()
}

/// The figure in each occurrence of the words around it, or a message if the words do not occur.
fn read(texts: &Texts, file: &str, words: &str) -> Result<Vec<Reading>, String> {
    let text = texts.get(file).ok_or_else(|| format!("there is no file {file}"))?;
    let (before, after) = words.split_once("{}").ok_or_else(|| format!("no {{}} in `{words}`"))?;
    let escape = |text: &str| regex_lite::escape(text);
    let figure = expression(&format!("{}([^ |;:()]+?){}", escape(before), escape(after)));
    let found = figure.captures_iter(text).map(|found| Reading { file: file.to_owned(), figure: found[1].to_owned() });
    match found.collect::<Vec<_>>() {
        none if none.is_empty() => Err(format!("{file} does not say `{words}`")),
        found => Ok(found),
    }
}

/// Places that differ from a fact's home, and places that were not found.
fn differences(texts: &Texts, fact: &Fact) -> Vec<String> {
    let mut problems = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    for (file, words) in &fact.places {
        match read(texts, file, words) {
            Ok(found_readings) => readings.extend(found_readings),
            Err(problem) => problems.push(format!("{}: {problem}", fact.name)),
        }
    }
    let Some(home) = readings.first().cloned() else { return problems };
    // The value of an indicator has no unit in the register, because its target has it.
    let bare = |reading: &Reading| reading.figure.trim_end_matches('%').to_owned();
    let others = readings.iter().filter(|reading| bare(reading) != bare(&home));
    problems.extend(others.map(|other| {
        format!("{}: {} in {}, but {} in {}", fact.name, home.figure, home.file, other.figure, other.file)
    }));
    problems
}

/// The figures of a text.
fn figures(text: &str) -> BTreeSet<String> {
    let stands_alone = |start: usize, end: usize| {
        let before = text[..start].chars().next_back();
        let mut after = text[end..].chars();
        let next = after.next();
        let is_joined = matches!(next, Some('.' | ',')) && after.next().is_some_and(|then| then.is_ascii_digit());
        !before.is_some_and(|before| JOINING_CHARS.contains(before) || before.is_alphabetic())
            && !is_joined
            && !next.is_some_and(|next| next.is_ascii_digit() || next == '%')
    };
    let hits = FIGURES.iter().flat_map(|pattern| {
        let regex = expression(pattern);
        regex.find_iter(text).map(|found| (found.start(), found.end())).collect::<Vec<_>>()
    });
    let figures_alone =
        hits.filter(|(start, end)| stands_alone(*start, *end)).map(|(start, end)| text[start..end].to_owned());
    let clause = expression(CLAUSE);
    figures_alone.filter(|figure| !clause.is_match(figure)).collect()
}

/// The files that contain each figure.
fn by_figure(texts: &Texts) -> BTreeMap<String, BTreeSet<&str>> {
    let mut files: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (file, text) in texts {
        for figure in figures(text) {
            files.entry(figure).or_default().insert(file);
        }
    }
    files
}

#[test]
fn figures_that_are_repeated_are_the_same_everywhere() {
    let texts = texts();
    let facts = facts();
    assert!(facts.len() > 50, "{} facts", facts.len());
    let problems: Vec<String> = facts.iter().flat_map(|fact| differences(&texts, fact)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for fact in &facts {
        assert!(fact.places.len() > 1, "{} is in one place only", fact.name);
    }
}

#[test]
fn figures_in_more_than_one_document_are_listed() {
    let texts = texts();
    let listed: BTreeSet<(String, String)> = facts()
        .iter()
        .flat_map(|fact| fact.places.clone())
        .flat_map(|(file, words)| read(&texts, &file, &words).unwrap_or_default())
        .map(|reading| (reading.figure, reading.file))
        .collect();
    let coincidences: BTreeSet<String> =
        strings(&list()["coincidences"]).into_iter().map(|(figure, _)| figure).collect();
    let mut problems = Vec::new();
    let repeated: BTreeMap<String, BTreeSet<&str>> =
        by_figure(&texts).into_iter().filter(|(_, files)| files.len() > 1).collect();
    for (figure, files) in &repeated {
        let unlisted: Vec<&&str> =
            files.iter().filter(|file| !listed.contains(&(figure.clone(), (**file).to_owned()))).collect();
        if !unlisted.is_empty() && !coincidences.contains(figure) {
            problems.push(format!("{figure}: {unlisted:?}"));
        }
    }
    assert!(problems.is_empty(), "not in tests/model_handbook/facts.yaml:\n{}", problems.join("\n"));
    let stale: Vec<&String> = coincidences.iter().filter(|figure| !repeated.contains_key(*figure)).collect();
    assert!(stale.is_empty(), "no longer in two documents: {stale:?}");
}

#[test]
fn a_figure_that_is_altered_in_one_document_is_found() {
    let texts = texts();
    for fact in facts() {
        let (file, words) = fact.places.last().expect("a place").clone();
        let Some(reading) = read(&texts, &file, &words).ok().and_then(|readings| readings.into_iter().next()) else {
            panic!("{}: {file} does not say `{words}`", fact.name);
        };
        let altered = words.replace("{}", &format!("9{}", reading.figure));
        let text = texts[&file].replace(&words.replace("{}", &reading.figure), &altered);
        let mut texts = texts.clone();
        texts.insert(file.clone(), text);
        let problems = differences(&texts, &fact);
        assert!(problems.iter().any(|problem| problem.contains(&file)), "{}: {problems:?}", fact.name);
    }
}

#[test]
fn figures_are_distinguished_from_versions_and_clause_numbers() {
    let of = |text: &str| figures(text).into_iter().collect::<Vec<_>>();
    assert_eq!(of("£9,500 for 1,900 users, 99.90% of 0.25"), ["0.25", "1,900", "99.90%", "£9,500"]);
    assert_eq!(of("clauses 8.6.1, 8.6, 10.2, then 12,345,678 and R2026.4"), ["12,345,678"]);
    assert_eq!(of("it cost £4,200. Call 01632 960100."), ["960100", "£4,200"]);
}
