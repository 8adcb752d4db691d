//! Reading of single values from configuration files of other programs: TOML, JSON and YAML in full, JavaScript only as
//! far as a single line contains the value.
//!
//! Only a few values such as the title and the content folder are needed, so no file is executed. Values that are not
//! found fall back to the generator's default, and the user sees what was found.

use std::ops::Range;

use crate::finding::reading;
use crate::place::SourceText;
use crate::yaml::{Entry, Limits, Node, ParsedTree, Reader, ReaderRules, Value};

/// The first quoted string after `key:` in JavaScript or JSON.
pub(super) fn script(text: &str, key: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(key) {
        let (before, after) = (&rest[..at], &rest[at + key.len()..]);
        rest = after;
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let after = after.trim_start_matches(['"', '\'']).trim_start();
        let value = after.strip_prefix(':').map(str::trim_start).and_then(quoted);
        if let Some(value) = value.filter(|_| !is_word && !line.starts_with("//") && !line.starts_with('*')) {
            return Some(value);
        }
    }
    None
}

/// All quoted strings, in order.
pub(super) fn quoted_texts(text: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '`']) {
        match quoted(&rest[at..]) {
            Some(value) => {
                rest = &rest[at + value.len() + 2..];
                texts.push(value);
            }
            None => rest = &rest[at + 1..],
        }
    }
    texts
}

/// The content of a quoted string at the start of a text, if it ends on the same line and has no escapes.
fn quoted(text: &str) -> Option<String> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    let line = text[1..].lines().next()?;
    let value = line.split_once(mark)?.0;
    (!value.contains('\\')).then(|| value.to_owned())
}

/// The entries of the top-level mapping in a YAML or JSON file, as far as it can be read.
pub(super) fn yaml(source: &SourceText) -> Vec<Entry> {
    entries(source, |reader, all| reader.parse(all, Limits::FILE))
}

/// The entries of the top-level table in a TOML file, as far as it can be read.
pub(super) fn toml(source: &SourceText) -> Vec<Entry> {
    entries(source, |reader, all| reader.parse_toml(all, Limits::FILE))
}

fn entries(source: &SourceText, parse: impl Fn(&mut Reader<'_>, Range<usize>) -> ParsedTree) -> Vec<Entry> {
    let mut reader = Reader::new(source, ReaderRules::all(reading::INVALID_SETTINGS));
    match parse(&mut reader, 0..source.as_str().len()).root.map(|root| root.value) {
        Some(Value::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

/// The mapping under a key; empty if there is none.
pub(super) fn entries_under(entries: &[Entry], key: &str) -> Vec<Entry> {
    match value_under(entries, key).map(|node| &node.value) {
        Some(Value::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    }
}

/// The value under a key.
pub(super) fn value_under<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Node> {
    entries.iter().find(|entry| entry.key.value.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
}

/// The string under a key, unless it is empty.
pub(super) fn text_under(entries: &[Entry], key: &str) -> Option<String> {
    match &value_under(entries, key)?.value {
        Value::Scalar(scalar) if !scalar.is_null() => {
            Some(scalar.text.trim().to_owned()).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// All strings in a value at any depth, in order, without the keys of mappings.
pub(super) fn texts(node: &Node) -> Vec<&str> {
    let mut texts = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Scalar(scalar) => texts.push(scalar.text.as_str()),
            Value::List(items) => open.extend(items.iter().rev()),
            Value::Map(entries) => open.extend(entries.iter().rev().map(|entry| &entry.value)),
            Value::Refused => {}
        }
    }
    texts
}

/// The value under a key at any depth in lists and mappings.
pub(super) fn find_anywhere<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::List(items) => items.iter().find_map(|item| find_anywhere(item, key)),
        Value::Map(entries) => {
            let direct = entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value);
            direct.or_else(|| entries.iter().find_map(|entry| find_anywhere(&entry.value, key)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_places_in_the_file() {
        let book = "[book]\ntitle = \"\"\"\nForge\"\"\" # ours\nsrc = 'text'\n[output.html]\ntitle = \"no\"\n";
        let entries = toml(&SourceText::new("book.toml", book));
        let book = entries_under(&entries, "book");
        assert_eq!(text_under(&book, "title").as_deref(), Some("Forge"));
        assert_eq!(text_under(&book, "src").as_deref(), Some("text"));
        assert_eq!(text_under(&entries, "title"), None);
        let config =
            "// title: 'old'\nconst config = {\n  subtitle: 'x',\n  title: 'Ops',\n  \"url\": \"https://x\",\n};";
        assert_eq!(script(config, "title").as_deref(), Some("Ops"));
        assert_eq!(script(config, "url").as_deref(), Some("https://x"));
        assert_eq!(script("title: process.env.TITLE", "title"), None);
        assert_eq!(quoted_texts("['a/b', \"c\", `d`, 'it\\'s']")[..3], ["a/b", "c", "d"]);
    }
}
