//! What the values of unknown keys say of a document: mappings, lists of attributes and texts with lines of keys.

use super::foreign::{scalar, significant_meaning};
use super::key_values::doubted_keys;
use super::meaning::{normalize_key, own_key_for};
use super::{Decoder, FrontMatter};
use crate::place::Span;
use crate::source::state_words::{denies_approval, names_template, says_no, says_yes};
use crate::text::clip;
use crate::yaml::{Entry, Node, Value};

/// Keys of a mapping that names another key: `{name: status, value: draft}`.
const NAME_KEYS: [&str; 6] = ["name", "key", "field", "property", "attribute", "label"];
/// Keys of the value in such a mapping.
const VALUE_KEYS: [&str; 3] = ["value", "values", "content"];

impl Decoder<'_, '_> {
    /// Notes what the value of an unknown key says against the document's status or type: `doc: {estado: borrador}`,
    /// `attributes: ["status=draft"]`.
    pub(super) fn note_statements(&mut self, front: &mut FrontMatter, node: &Node) {
        match &node.value {
            Value::Scalar(scalar) => {
                for (key, value) in written_pairs(&scalar.text) {
                    self.note_statement(front, key, value, node.span);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.note_statements(front, item)),
            Value::Map(entries) => match named_value(entries) {
                Some(((key, value), span)) => self.note_statement(front, key, value, span),
                None => entries.iter().for_each(|entry| self.note_statement_of_entry(front, entry)),
            },
            Value::Refused => {}
        }
    }

    /// Keys that mean one of ours are reported without a look at their value.
    fn note_statement_of_entry(&mut self, front: &mut FrontMatter, entry: &Entry) {
        match scalar(&entry.value) {
            Some(value) if significant_meaning(entry).is_none() => {
                self.note_statement(front, &entry.key.value, value, entry.key.span);
            }
            Some(_) => {}
            None => self.note_statements(front, &entry.value),
        }
    }

    fn note_statement(&mut self, front: &mut FrontMatter, key: &str, value: &str, span: Span) {
        let Some(ours) = contradicted_key(key, value) else { return };
        let Some(index) = FrontMatter::key_index(ours) else { return };
        let message = format!("`{}: {}` is not read here", clip(key), clip(value));
        let help = format!("move `{}` out to the other keys, or remove it", self.vocabulary.own_name(ours));
        self.reader.report_with_help(span, message, Some(help));
        front.note_written(index, span);
        front.note_unclear(index);
    }
}

/// Our key that a key of another program contradicts by its value: it says that the document is not in force or is a
/// template. A number is a version, of which a history says what it was: `"0.1": draft`.
fn contradicted_key(key: &str, value: &str) -> Option<&'static str> {
    if key.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain = normalize_key(key);
    let means = |ours: &str| plain == ours || own_key_for(key) == Some(ours);
    if means("status") && denies_approval(value) {
        return Some("status");
    }
    if means("type") && names_template(value) {
        return Some("type");
    }
    // A switch may be about anything: `toc: {enabled: false}`.
    let is_switch = says_yes(value) || says_no(value);
    doubted_keys(key, value).find(|ours| !is_switch && ["status", "type"].contains(ours))
}

/// The name and the value of `{name: status, value: draft}`, and where the name is.
fn named_value(entries: &[Entry]) -> Option<((&str, &str), Span)> {
    let find = |names: &[&str]| {
        let entry = entries.iter().find(|entry| names.contains(&normalize_key(&entry.key.value).as_str()))?;
        scalar(&entry.value).map(|text| (text, entry.value.span))
    };
    let (name, span) = find(&NAME_KEYS)?;
    Some(((name, find(&VALUE_KEYS)?.0), span))
}

/// The keys and values in a text: `status: draft`, `status=draft; owner=Desk`. A key is one word.
fn written_pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(['\n', ';', ',']).filter_map(|part| {
        let part = part.trim().trim_start_matches(':');
        let (key, value) = part.split_once([':', '=']).map(|(key, value)| (key.trim(), value.trim()))?;
        (!key.is_empty() && !key.contains(char::is_whitespace) && !value.is_empty()).then_some((key, value))
    })
}
