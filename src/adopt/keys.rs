//! Mapping of the keys in a folder's files for the settings: which keys correspond to ours, which are ignored, and
//! which values correspond to ours.
//!
//! A key is mapped only if every value of it is valid for our key or can be translated. A key that may indicate that a
//! document is not, or no longer, in force is never ignored.

use std::collections::{BTreeMap, BTreeSet};

use super::page_types::{AssignedTypes, RECORD};
use super::survey::{KeySurvey, Survey};
use super::synonyms::{
    DRAFT_FLAGS, INTERVAL_SYNONYMS, KEY_SYNONYMS, LEVEL_SYNONYMS, STATUS_SYNONYMS, TYPE_SYNONYMS, find_meaning,
};
use crate::config::{Settings, built_in_type_names};
use crate::date::{Date, DateFormat, Interval};
use crate::id::DocumentId;
use crate::language::is_language_tag;
use crate::path::RelativePath;
use crate::source::front_matter::{FrontMatter, Status};
use crate::source::{SortOrder, called_elsewhere, id_from_path, is_covered, may_limit, preset};

/// The mapping of keys and values.
#[derive(Debug, Default)]
pub(super) struct KeyMapping {
    /// Keys in the files, each with our key.
    pub(super) map: Vec<(String, &'static str)>,
    /// Whether the generator's own keys are ignored.
    pub(super) uses_preset: bool,
    /// Further keys to ignore.
    pub(super) ignore: Vec<String>,
    /// Values by our key: as written, and as we call them.
    pub(super) values: BTreeMap<&'static str, Vec<(String, &'static str)>>,
    /// The date formats in use.
    pub(super) dates: Vec<&'static str>,
    /// Keys and values that were not understood, one sentence each.
    pub(super) not_understood: Vec<String>,
    /// Whether any file names an approver or a date of approval.
    has_approvals: bool,
}

/// Keys with a single string. Keys that affect the state of a document are not included.
const TEXT_KEYS: [&str; 7] = ["description", "location", "retention", "issuer", "edition", "classification", "lang"];
/// Keys with a string or a list of strings.
const LIST_KEYS: [&str; 6] = ["author", "reviewers", "audience", "services", "locations", "tags"];

/// Whether any file is a record, for which `date` has a meaning.
fn has_records(survey: &Survey, kinds: &AssignedTypes) -> bool {
    let types = survey.keys.get("type").into_iter().flat_map(|key| &key.values);
    kinds.has_records() || types.into_iter().any(|kind| synonym("type", kind) == Some(RECORD))
}

/// Keys with a date.
const DATE_KEYS: [&str; 3] = ["approved", "effective", "date"];
/// The date formats to try.
const DATE_FORMATS: [&str; 9] = [
    "RFC 3339",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD.MM.YYYY",
    "DD-MM-YYYY",
    "YYYY/MM/DD",
    "D MMMM YYYY",
    "MMMM D, YYYY",
    "MMMM D YYYY",
];

/// Maps the keys that were found.
pub(super) fn map_keys(survey: &Survey, preset_name: Option<&'static str>, kinds: &AssignedTypes) -> KeyMapping {
    let has_key = |handbook_key: &str| {
        survey.keys.keys().any(|name| name == handbook_key || candidate(name) == Some(handbook_key))
    };
    let has_approvals = ["approved", "approver", "changes"].into_iter().any(has_key);
    let mut keys = KeyMapping { has_approvals, ..KeyMapping::default() };
    let settings = Settings::default();
    keys.find_dates(survey);
    for (name, key) in &survey.keys {
        match FrontMatter::keys().find(|handbook_key| handbook_key == name) {
            Some("date") if preset_name.is_some() && !has_records(survey, kinds) => keys.ignore.push(name.clone()),
            Some(handbook_key) => keys.add_own_key(&settings, handbook_key, key, survey, preset_name),
            None => keys.add_foreign_key(&settings, name, key, survey, preset_name),
        }
    }
    keys
}

impl KeyMapping {
    /// Finds the date formats in the files. Of formats that contradict each other, one is used only if it can read more
    /// of the dates than every other.
    fn find_dates(&mut self, survey: &Survey) {
        let is_date = |name: &str| {
            DATE_KEYS.contains(&name) || candidate(name).is_some_and(|handbook_key| DATE_KEYS.contains(&handbook_key))
        };
        let dates = survey.keys.iter().filter(|(name, _)| is_date(name)).flat_map(|(_, key)| &key.values);
        let open: Vec<&str> = dates.map(String::as_str).filter(|text| text.parse::<Date>().is_err()).collect();
        let formats: Vec<(&str, DateFormat)> =
            DATE_FORMATS.iter().filter_map(|name| Some((*name, name.parse().ok()?))).collect();
        let parsed_count = |format: &DateFormat| open.iter().filter(|text| format.parse_date(text).is_some()).count();
        for (name, format) in &formats {
            let mut rivals = formats.iter().filter(|(_, other)| format.contradicts(other));
            let is_surer = rivals.all(|(_, other)| parsed_count(other) < parsed_count(format));
            let example = open.iter().find(|text| format.parse_date(text).is_some());
            match example {
                Some(_) if is_surer => self.dates.push(name),
                Some(text)
                    if *name == "DD/MM/YYYY"
                        && formats.iter().all(|(_, other)| parsed_count(other) <= parsed_count(format)) =>
                {
                    self.not_understood.push(format!(
                        "dates such as `{text}` can be read in two ways; write `dates: [DD/MM/YYYY]` or `[MM/DD/YYYY]`"
                    ));
                }
                _ => {}
            }
        }
    }

    fn is_date(&self, text: &str) -> bool {
        let formats = self.dates.iter().filter_map(|name| name.parse::<DateFormat>().ok());
        text.parse::<Date>().is_ok() || formats.into_iter().any(|format| format.parse_date(text).is_some())
    }

    /// Handles one of our keys, whose values may have other names.
    fn add_own_key(
        &mut self,
        settings: &Settings,
        handbook_key: &'static str,
        key: &KeySurvey,
        survey: &Survey,
        preset_name: Option<&'static str>,
    ) {
        if let Some(reason) = other_meaning(handbook_key, key, survey) {
            self.ignore.push(handbook_key.to_owned());
            return self.not_understood.push(format!(
                "`{handbook_key}` (in {}, first in {}): {reason}: not read",
                file_count(key.files.len()),
                key.first_file
            ));
        }
        let unread = self.translate_values(settings, handbook_key, key);
        let Some(example) = unread.first() else { return };
        if handbook_key == "status" {
            return self.map_to_draft(key, &unread);
        }
        // Layouts of a site are also called types.
        let is_layout = handbook_key == "type"
            && !survey.keys.contains_key("status")
            && (unread.len() == key.values.len() || preset_name == Some("hugo"));
        if is_layout {
            self.values.remove("type");
            self.ignore.push(handbook_key.to_owned());
            return;
        }
        let files = key.files.len();
        let message =
            format!("`{handbook_key}: {example}` (`{handbook_key}` is in {files} files, first in {})", key.first_file);
        self.not_understood.push(format!("{message}; give the value a meaning under `values`, or correct it"));
    }

    /// Maps unknown statuses to draft, never to anything better.
    fn map_to_draft(&mut self, key: &KeySurvey, unread: &[String]) {
        let meanings = self.values.entry("status").or_default();
        meanings.extend(unread.iter().map(|value| (value.clone(), "draft")));
        let examples: Vec<String> = unread.iter().take(3).map(|value| format!("`{value}`")).collect();
        self.not_understood.push(format!(
            "`status` {} (`status` is in {}, first in {}): read as draft; give it another meaning under `values`",
            examples.join(", "),
            file_count(key.files.len()),
            key.first_file
        ));
    }

    /// Handles a key that is not one of ours.
    fn add_foreign_key(
        &mut self,
        settings: &Settings,
        name: &str,
        key: &KeySurvey,
        survey: &Survey,
        preset_name: Option<&'static str>,
    ) {
        if DRAFT_FLAGS.contains(&name)
            && key.all_values(|value| matches!(value, "true" | "false"))
            && !is_taken(survey, self, "status", key)
        {
            self.map.push((name.to_owned(), "status"));
            let values = key.values.iter().map(|value| (value.clone(), "draft"));
            self.values.entry("status").or_default().extend(values);
            return;
        }
        if let Some(handbook_key) = candidate(name).filter(|handbook_key| {
            self.has_valid_values(settings, handbook_key, key) && !is_taken(survey, self, handbook_key, key)
        }) {
            self.map.push((name.to_owned(), handbook_key));
            self.translate_values(settings, handbook_key, key);
            return;
        }
        let keys = preset_name.and_then(|name| preset(&format!("{name}:*"))).unwrap_or_default();
        if keys.iter().any(|pattern| is_covered(pattern, name)) {
            self.uses_preset = true;
            return;
        }
        let where_ = format!("`{name}` (in {}, first in {})", file_count(key.files.len()), key.first_file);
        if may_limit(name) || candidate(name).is_some_and(|handbook_key| !STATELESS_KEYS.contains(&handbook_key)) {
            self.not_understood
                .push(format!("{where_}: it may say whether a document is in force; map it or write `status`"));
        } else {
            self.ignore.push(name.to_owned());
            self.not_understood.push(format!("{where_}: not read; map it if it means one of our keys"));
        }
    }

    /// Whether all values of a key are valid for one of our keys.
    fn has_valid_values(&self, settings: &Settings, handbook_key: &str, key: &KeySurvey) -> bool {
        let fits = |value: &str| match handbook_key {
            "id" => value.parse::<DocumentId>().is_ok(),
            "order" => value.parse::<SortOrder>().is_ok(),
            "aliases" => is_page_path(value),
            "lang" => is_language_tag(value),
            "review" => value.parse::<Interval>().is_ok() || find_meaning(&INTERVAL_SYNONYMS, value).is_some(),
            "supersedes" => value.parse::<DocumentId>().is_ok(),
            _ if DATE_KEYS.contains(&handbook_key) => self.is_date(value),
            _ => is_known(settings, handbook_key, value) != Some(false) || synonym(handbook_key, value).is_some(),
        };
        key.all_values(fits)
    }

    /// Translates the values of a key, and returns those that are not known.
    fn translate_values(&mut self, settings: &Settings, handbook_key: &'static str, key: &KeySurvey) -> Vec<String> {
        let mut unread = Vec::new();
        for value in &key.values {
            let is_read = match handbook_key {
                "review" => value.parse::<Interval>().is_ok(),
                _ if DATE_KEYS.contains(&handbook_key) => self.is_date(value),
                _ => is_known(settings, handbook_key, value) != Some(false),
            };
            match synonym(handbook_key, value).filter(|_| !is_read) {
                // If no file has an approval, published does not mean approved.
                Some("approved") if handbook_key == "status" && !self.has_approvals => {
                    self.values.entry(handbook_key).or_default().push((value.clone(), "draft"));
                }
                Some(meaning) => self.values.entry(handbook_key).or_default().push((value.clone(), meaning)),
                None if is_read => {}
                None => unread.push(value.clone()),
            }
        }
        unread
    }
}

/// Our keys that say nothing about a document's state or its readers.
const STATELESS_KEYS: [&str; 7] = ["aliases", "description", "lang", "order", "related", "tags", "title"];

/// Our key that most likely corresponds to another key.
fn candidate(name: &str) -> Option<&'static str> {
    let plain = name.trim().to_lowercase().replace(['_', ' '], "-");
    let own = KEY_SYNONYMS.iter().find(|(other, _)| *other == plain).map(|(_, own)| *own);
    own.or_else(|| called_elsewhere(name))
}

/// Why one of our keys has another meaning in these files, if its values show this.
fn other_meaning(handbook_key: &str, key: &KeySurvey, survey: &Survey) -> Option<&'static str> {
    let is_bad = |bad: &dyn Fn(&String) -> bool| key.values.iter().any(bad);
    match handbook_key {
        "related" if refers_to_no_document(key, survey) => Some("its values are not IDs of these documents"),
        "id" if key.has_repeats => Some("several documents have the same"),
        "lang" if is_bad(&|value| !is_language_tag(value)) => Some("its values are not all languages"),
        "order" if is_bad(&|value| value.parse::<SortOrder>().is_err()) => Some("its values are not all numbers"),
        _ if TEXT_KEYS.contains(&handbook_key) && (key.is_nested || key.is_list) => {
            Some("its values are not all texts")
        }
        _ if LIST_KEYS.contains(&handbook_key) && key.is_nested => Some("its values are not all texts"),
        _ => None,
    }
}

/// Whether a value is a complete path of a page, without placeholders.
fn is_page_path(value: &str) -> bool {
    let is_plain = !value.contains([':', '{', '*', '?', '#']) && !matches!(value, "true" | "false");
    let path = value.trim_matches('/');
    is_plain && (path.is_empty() || path.parse::<RelativePath>().is_ok())
}

/// Whether a file with this key also has our own key, or another one mapped to it.
fn is_taken(survey: &Survey, keys: &KeyMapping, own: &str, key: &KeySurvey) -> bool {
    // Former addresses from several keys are merged.
    if own == "aliases" {
        return false;
    }
    let mapped = keys.map.iter().filter(|(_, mapped)| *mapped == own).map(|(name, _)| name.as_str());
    let mut others = mapped.chain([own]).filter_map(|name| survey.keys.get(name));
    others.any(|other| !other.files.is_disjoint(&key.files))
}

/// Whether a string is a valid value of a key with a fixed set of values; `None` for any other key.
fn is_known(settings: &Settings, handbook_key: &str, value: &str) -> Option<bool> {
    match handbook_key {
        "type" => Some(settings.types.iter().any(|kind| kind.name == value)),
        "status" => Some(Status::ALL.iter().any(|status| status.as_str() == value)),
        "classification" => Some(settings.classifications.iter().any(|level| level == value)),
        _ => None,
    }
}

/// Our name of a value.
fn synonym(handbook_key: &str, value: &str) -> Option<&'static str> {
    let same = |names: &[&'static str]| {
        let plain = value.to_lowercase().replace(['_', ' '], "-");
        names.iter().find(|name| **name == plain).copied()
    };
    match handbook_key {
        "status" => same(&Status::ALL.map(Status::as_str)).or_else(|| find_meaning(&STATUS_SYNONYMS, value)),
        "type" => same(&built_in_type_names()).or_else(|| find_meaning(&TYPE_SYNONYMS, value)),
        "classification" => same(&LEVEL_NAMES).or_else(|| find_meaning(&LEVEL_SYNONYMS, value)),
        "review" => find_meaning(&INTERVAL_SYNONYMS, value),
        _ => None,
    }
}

/// The built-in classification levels, for values in another letter case.
const LEVEL_NAMES: [&str; 4] = ["public", "internal", "confidential", "restricted"];

fn file_count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

/// Whether no value of a key is the ID of a document, derived from its file name.
fn refers_to_no_document(key: &KeySurvey, survey: &Survey) -> bool {
    let ids: BTreeSet<String> =
        survey.files.iter().filter_map(|file| Some(id_from_path(&file.path)?.to_string())).collect();
    !survey.keys.contains_key("id") && !key.values.iter().any(|value| ids.contains(value))
}
