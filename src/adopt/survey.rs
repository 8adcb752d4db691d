//! A survey of the front matter in a folder's files: keys, and the values of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::place::SourceText;
use crate::source::{self, HandbookFile, body_of, front_block, front_entries};
use crate::yaml::{Node, Value};

/// The front matter of all files.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The readable files, by path.
    pub(super) files: Vec<SurveyedFile>,
    /// The keys, each with its values.
    pub(super) keys: BTreeMap<String, KeySurvey>,
    /// The files whose front matter or text cannot be read.
    pub(super) unreadable: Vec<String>,
}

/// A readable file.
#[derive(Debug)]
pub(super) struct SurveyedFile {
    /// The path below the content folder.
    pub(super) path: String,
    /// The number of words in its text, without headings.
    pub(super) words: usize,
    /// Whether its front matter has a type.
    pub(super) has_type: bool,
    /// Whether its front matter has a date.
    pub(super) has_date: bool,
}

/// A front matter key.
#[derive(Debug, Default)]
pub(super) struct KeySurvey {
    /// The indexes of the files that have it.
    pub(super) files: BTreeSet<usize>,
    /// The path of the first file that has it.
    pub(super) first_file: String,
    /// Its distinct values; items of a list count individually.
    pub(super) values: BTreeSet<String>,
    /// Whether any value is not a string or a list of strings.
    pub(super) is_nested: bool,
    /// Whether any value is a list.
    pub(super) is_list: bool,
    /// Whether two files have the same value.
    pub(super) has_repeats: bool,
}

/// The maximum number of distinct values recorded per key.
const MAX_VALUES: usize = 500;

impl Survey {
    /// Surveys the files. `content` is the content folder.
    pub(super) fn new(content: &str, files: &[HandbookFile]) -> Survey {
        let mut survey = Survey::default();
        for file in files {
            let path = crate::handbook::without_content_folder(content, &file.path).to_owned();
            match source::read_text(file) {
                Ok(text) => survey.add(path, &text),
                Err(_) => survey.unreadable.push(path),
            }
        }
        survey
    }

    fn add(&mut self, path: String, text: &SourceText) {
        let entries = front_entries(text);
        if entries.is_none() && front_block(text.as_str()).is_some() {
            self.unreadable.push(path.clone());
        }
        let entries = entries.unwrap_or_default();
        for entry in &entries {
            self.record_value(&entry.key.value, &entry.value, &path);
        }
        let lines = body_of(text.as_str()).lines().filter(|line| !line.starts_with('#'));
        let words = lines.map(|line| line.split_whitespace().count()).sum();
        let has_key = |key: &str| entries.iter().any(|entry| entry.key.value == key);
        self.files.push(SurveyedFile { path, words, has_type: has_key("type"), has_date: has_key("date") });
    }

    fn record_value(&mut self, name: &str, value: &Node, path: &str) {
        let key = self.keys.entry(name.to_owned()).or_default();
        if key.files.is_empty() {
            path.clone_into(&mut key.first_file);
        }
        key.files.insert(self.files.len());
        key.add(value);
    }
}

impl KeySurvey {
    fn add(&mut self, value: &Node) {
        match &value.value {
            Value::Scalar(scalar) if scalar.is_null() => {}
            Value::Scalar(scalar) => {
                let text = scalar.text.trim();
                self.has_repeats |= self.values.contains(text);
                if self.values.len() < MAX_VALUES {
                    self.values.insert(text.to_owned());
                }
            }
            Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Scalar(_))) => {
                self.is_list = true;
                items.iter().for_each(|item| self.add(item));
            }
            _ => self.is_nested = true,
        }
    }

    /// Whether there is at least one value and all values fit.
    pub(super) fn all_values(&self, fits: impl Fn(&str) -> bool) -> bool {
        !self.is_nested && !self.values.is_empty() && self.values.iter().all(|value| fits(value))
    }
}
