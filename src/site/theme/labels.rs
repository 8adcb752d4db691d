//! The labels: interface texts, with one file per language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ahash::AHashMap;
use serde::Serialize;
use serde_json::Value;

use super::dates::DateFormatter;
use super::embedded;
use super::error::ThemeError;
use super::html::Html;
use super::own_files::OwnFiles;
use crate::date::Date;
use crate::html::escape;
use crate::language::direction;
use crate::text::isolate;

/// The labels in one language. Missing labels are in English.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Labels {
    words: Value,
    /// Whether there are none in the portal's language, so that all are English.
    #[serde(skip)]
    are_english: bool,
    /// Labels by dotted key, collected on first use.
    #[serde(skip)]
    by_key: OnceLock<AHashMap<String, String>>,
    /// The date format, prepared on first use.
    #[serde(skip)]
    days: OnceLock<DateFormatter>,
}

impl Labels {
    /// Loads the labels of a language given by its BCP 47 tag: `de-CH` uses the file `de-CH`, otherwise `de`.
    ///
    /// `custom_labels` contains the custom label files by name (`fr.json`), which take precedence. Returns an error if
    /// a file is not a JSON object of strings, or contains a string in place of a group or the other way round.
    ///
    /// For languages written from right to left, labels that are in English are isolated, so that "4 of 4" and "6 Jul
    /// 2027" keep their order.
    pub fn load(lang: &str, custom_labels: &BTreeMap<String, String>) -> Result<Labels, ThemeError> {
        let mut labels = Value::Object(Default::default());
        let mut are_english = true;
        for name in file_names(lang) {
            for (file, text) in embedded::labels(&name).into_iter().chain(own_file(custom_labels, &name)) {
                let words = parse(&file, text)?;
                match misshapen("", &labels, &words) {
                    Some(message) => return Err(ThemeError::in_file(&file, message)),
                    None => merge(&mut labels, words),
                }
                are_english &= name == "en";
            }
            if name == "en" && direction(lang) == "rtl" {
                isolate_all(&mut labels);
            }
        }
        Ok(Labels { are_english, ..Labels::from_value(labels) })
    }

    /// The English labels, with which every other language is compared.
    pub(crate) fn english() -> Labels {
        let text = embedded::labels("en").map_or("", |(_, text)| text);
        Labels::from_value(serde_json::from_str(text).unwrap_or_default())
    }

    fn from_value(words: Value) -> Labels {
        Labels { words, are_english: true, by_key: OnceLock::new(), days: OnceLock::new() }
    }

    /// The labels of a language, with those of the custom theme taking precedence.
    pub(crate) fn load_with_custom(
        lang: &str,
        theme_files: &[crate::project::ThemeFile],
    ) -> Result<Labels, Vec<ThemeError>> {
        let custom = OwnFiles::from_files(theme_files)?;
        Labels::load(lang, &custom.labels).map_err(|error| vec![error])
    }

    /// The labels of a site, which may be a limited edition.
    pub(crate) fn load_for_site(
        lang: &str,
        is_edition: bool,
        theme_files: &[crate::project::ThemeFile],
    ) -> Result<Labels, Vec<ThemeError>> {
        let labels = Labels::load_with_custom(lang, theme_files)?;
        Ok(if is_edition { labels.for_edition() } else { labels })
    }

    /// Replaces labels with those for limited editions, which do not claim that something is missing if it may be
    /// hidden.
    fn for_edition(mut self) -> Labels {
        if let Some(words) = self.find("edition").cloned() {
            merge(&mut self.words, words);
        }
        self
    }

    /// The sorted keys of labels that are missing in a language, considering built-in and custom files.
    pub(crate) fn missing_keys(lang: &str, theme_files: &[crate::project::ThemeFile]) -> Vec<String> {
        let own = OwnFiles::from_files(theme_files).map(|own| own.labels).unwrap_or_default();
        if own.is_empty() && (lang == "en" || lang.starts_with("en-")) {
            // English is the language with which others are compared.
            return Vec::new();
        }
        let mut words = Value::Object(Default::default());
        for name in file_names(lang).into_iter().filter(|name| name != "en" || lang.starts_with("en")) {
            let files = embedded::labels(&name).into_iter().chain(own_file(&own, &name));
            files.filter_map(|(file, text)| parse(&file, text).ok()).for_each(|value| merge(&mut words, value));
        }
        let loaded = Labels::from_value(words);
        Labels::english().keys().into_iter().filter(|key| loaded.find(key).is_none()).collect()
    }

    /// Whether all labels are English.
    pub(crate) fn are_english(&self) -> bool {
        self.are_english
    }

    /// The label with a dotted key such as `state.due-soon`, or the key itself if there is none.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// The label with a dotted key, if there is one.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let by_key = self.by_key.get_or_init(|| {
            let word = |key: String| self.find(&key)?.as_str().map(str::to_owned).map(|word| (key, word));
            self.keys().into_iter().filter_map(word).collect()
        });
        by_key.get(key).map(String::as_str)
    }

    /// A label with its `{name}` placeholders replaced.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.text(key);
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let place = rest[open + 1..].find('}').map(|end| (&rest[open + 1..open + 1 + end], open + end + 2));
            let value_and_end =
                place.and_then(|(place, end)| Some((values.iter().find(|(name, _)| *name == place)?.1, end)));
            let (replacement, end) = value_and_end.unwrap_or(("{", open + 1));
            out.extend([&rest[..open], replacement]);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// A number with its noun: `count.documents` with 1 gives `1 document`.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        let form = if number == 1 { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("n", &number.to_string())])
    }

    /// A date in the language's format, such as `22 Nov 2026`. Templates use the filter `day` instead.
    pub(crate) fn day(&self, date: Date) -> String {
        self.days().short(date)
    }

    /// The sentence with the day to which states and verdicts apply, as markup.
    pub fn as_of_sentence(&self, as_of: Date) -> Html {
        let mut sentence = String::new();
        escape(&mut sentence, self.text("footer.as_of"));
        Html::new(&sentence.replace("{date}", &self.days().today(as_of, true)))
    }

    /// The sentence about parts that still show the build's day when the page shows a later one, as markup.
    pub fn as_built_sentence(&self, as_of: Date) -> Html {
        let mut sentence = String::new();
        escape(&mut sentence, self.text("footer.built"));
        Html::new(&sentence.replace("{date}", &self.days().markup(as_of, true)))
    }

    fn days(&self) -> &DateFormatter {
        self.days.get_or_init(|| DateFormatter::new(self))
    }

    /// All dotted keys, in order.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        collect("", &self.words, &mut keys);
        keys
    }

    /// Whether there is a label or group of labels with a dotted key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The names of the labels and groups in a group; the empty group is the top level.
    pub(crate) fn names_in_group(&self, group: &str) -> impl Iterator<Item = &str> {
        let words = if group.is_empty() { Some(&self.words) } else { self.find(group) };
        words.and_then(Value::as_object).into_iter().flat_map(|words| words.keys()).map(String::as_str)
    }

    /// The labels below a key, for scripts.
    pub(super) fn part(&self, key: &str) -> Value {
        self.find(key).cloned().unwrap_or_default()
    }

    /// The label or group of labels with a dotted key.
    pub(super) fn find(&self, key: &str) -> Option<&Value> {
        key.split('.').try_fold(&self.words, |value, part| value.get(part))
    }
}

/// The names of label files, later ones taking precedence: English, the language, the regional variant.
pub(crate) fn file_names(lang: &str) -> Vec<String> {
    let mut names = vec!["en".to_owned()];
    let base = lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    for name in [&*base, lang] {
        if !name.is_empty() && !names.iter().any(|known_name| known_name == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn own_file<'a>(custom_labels: &'a BTreeMap<String, String>, name: &str) -> Option<(String, &'a str)> {
    let file = format!("{name}.json");
    custom_labels.get(&file).map(|text| (format!("i18n/{file}"), text.as_str()))
}

fn parse(file: &str, text: &str) -> Result<Value, ThemeError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ThemeError {
        place: Some((error.line(), error.column())),
        ..ThemeError::in_file(file, format!("this is not valid JSON: {error}"))
    })?;
    match problem(&value) {
        Some(_) if !value.is_object() => Err(ThemeError::in_file(file, "expected an object of texts")),
        Some(key) => Err(ThemeError::in_file(file, format!("`{key}` is not a text or an object of texts"))),
        None => Ok(value),
    }
}

/// The key of the first value that is neither a string nor an object.
fn problem(value: &Value) -> Option<String> {
    let Value::Object(map) = value else { return Some(String::new()) };
    map.iter().find_map(|(key, value)| match value {
        Value::String(_) => None,
        Value::Object(_) => problem(value).map(|below| format!("{key}.{below}")),
        _ => Some(key.clone()),
    })
}

/// The error if a file contains a string in place of a group of labels, or a group in place of a string.
fn misshapen(group: &str, base: &Value, over: &Value) -> Option<String> {
    let (Value::Object(base), Value::Object(over)) = (base, over) else { return None };
    over.iter().find_map(|(name, over)| {
        let (key, base) = (join(group, name), base.get(name)?);
        match (base, over) {
            (Value::Object(words), Value::String(_)) => {
                let first = words.keys().next().map(|first| format!(", such as `{key}.{first}`")).unwrap_or_default();
                Some(format!("`{key}` must be an object of texts{first}"))
            }
            (Value::String(_), Value::Object(_)) => Some(format!("`{key}` must be a text")),
            _ => misshapen(&key, base, over),
        }
    })
}

fn join(group: &str, name: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{group}.{name}") }
}

fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

fn isolate_all(words: &mut Value) {
    match words {
        Value::String(text) => *text = isolate(text),
        Value::Object(map) => map.values_mut().for_each(isolate_all),
        _ => {}
    }
}

fn collect(prefix: &str, value: &Value, keys: &mut Vec<String>) {
    let Value::Object(map) = value else {
        keys.push(prefix.to_owned());
        return;
    };
    for (key, value) in map {
        collect(&join(prefix, key), value, keys);
    }
}
