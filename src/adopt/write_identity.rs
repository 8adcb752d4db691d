//! Writes IDs and titles derived from file names and headings into the files, leaving every other byte unchanged.

use crate::handbook::Document;
use crate::source::front_matter::FrontMatter;
use crate::source::{Notation, front_block};
use crate::starter::quote_yaml;
use crate::yaml::toml_text;

/// Returns a file's text with the document's ID and title added. Returns `None` if it has both already, or if its front
/// matter cannot be separated from its text. `raw` is the text on disk.
pub(crate) fn with_identity(raw: &str, document: &Document) -> Option<String> {
    let front =
        document.front().filter(|front| !front.has_unread_rest && (front.has_derived_id || front.has_derived_title))?;
    let mark = raw.len() - raw.strip_prefix('\u{feff}').unwrap_or(raw).len();
    let line_end = match raw.find(['\r', '\n']) {
        Some(at) if raw[at..].starts_with("\r\n") => "\r\n",
        Some(at) if raw[at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    let (at, added) = match front_block(&raw[mark..]) {
        Some((start, Notation::Yaml)) => insert_into_yaml(raw, mark + start, &keys(front)),
        Some((start, notation)) => (mark + start, lines(&keys(front), notation, "")),
        None => (mark, format!("---\n{}---\n\n", lines(&keys(front), Notation::Yaml, ""))),
    };
    Some(format!("{}{}{}", &raw[..at], added.replace('\n', line_end), &raw[at..]))
}

/// The keys and values to add, which so far come only from the file's name and headings.
fn keys(front: &FrontMatter) -> Vec<(&'static str, String)> {
    let id = front.id.as_ref().filter(|_| front.has_derived_id).map(|id| ("id", id.value.to_string()));
    let title = front.title.as_ref().filter(|_| front.has_derived_title).map(|title| ("title", title.value.clone()));
    id.into_iter().chain(title).collect()
}

/// The offset at which keys are added to YAML starting at `start`, and the text to insert. The new keys come first, in
/// the style of those below.
fn insert_into_yaml(raw: &str, start: usize, keys: &[(&str, String)]) -> (usize, String) {
    let mut at = start;
    let is_passed_over = |line: &&str| matches!(line.trim_start().chars().next(), None | Some('#'));
    at += raw[start..].split_inclusive(['\n', '\r']).take_while(is_passed_over).map(str::len).sum::<usize>();
    let rest = raw[at..].trim_start_matches(' ');
    let indent = &raw[at..raw.len() - rest.len()];
    let Some(mapping) = rest.strip_prefix('{') else { return (start, lines(keys, Notation::Yaml, indent)) };
    let pairs: Vec<String> = keys.iter().map(|(key, value)| format!("{key}: {}", yaml_value(key, value))).collect();
    let comma = if mapping.trim_start().starts_with('}') { "" } else { ", " };
    (raw.len() - mapping.len(), pairs.join(", ") + comma)
}

/// Writes a YAML value. An ID does not need quotation marks, unless it is `null`.
fn yaml_value(key: &str, value: &str) -> String {
    if key == "id" && !value.eq_ignore_ascii_case("null") { value.to_owned() } else { quote_yaml(value) }
}

/// Keys with their values, one per line.
fn lines(keys: &[(&str, String)], notation: Notation, indent: &str) -> String {
    let line = |(key, value): &(&str, String)| match notation {
        Notation::Yaml => format!("{indent}{key}: {}\n", yaml_value(key, value)),
        Notation::Json => format!("  \"{key}\": {},\n", serde_json::Value::from(value.as_str())),
        Notation::Toml => format!("{key} = {}\n", toml_text(value)),
    };
    keys.iter().map(line).collect()
}
