//! The words that a handbook's settings allow in front matter.

use std::borrow::Cow;
use std::sync::Arc;

use super::defaults::DefaultsTable;
use super::front_matter::FrontMatter;
use super::presets::preset;
use crate::date::DateFormat;
use crate::name::fold_case;
use crate::text::{as_seen, look_alike};
use crate::yaml::{Entry, Node, Value};

/// Keys that name people; aliases for their values also apply to the people named in reviews and changes.
const PEOPLE_KEYS: [&str; 4] = ["approver", "owner", "author", "reviewers"];

/// The keys and values that front matter may contain in one handbook.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Document types.
    pub types: Vec<String>,
    /// Classifications, lowest first.
    pub(crate) classifications: Vec<String>,
    /// An author's own key, and the key of ours that it means.
    key_map: Vec<(String, &'static str)>,
    ignored: Vec<KeyPattern>,
    /// A key of ours, an author's value with letter case folded, and the value that it means.
    values: Vec<(&'static str, String, String)>,
    /// Date formats allowed in addition to year-month-day.
    dates: Option<Arc<[DateFormat]>>,
    /// The defaults for values that documents do not set.
    defaults: Arc<DefaultsTable>,
}

impl Vocabulary {
    /// A vocabulary with Clausebook's own keys only.
    pub fn new(types: Vec<String>, classifications: Vec<String>) -> Vocabulary {
        let defaults = Arc::default();
        Vocabulary {
            types,
            classifications,
            key_map: Vec::new(),
            ignored: Vec::new(),
            values: Vec::new(),
            dates: None,
            defaults,
        }
    }

    /// Reads `value` under a key of ours as `meaning`.
    pub(crate) fn with_value(mut self, key: &'static str, value: &str, meaning: &str) -> Vocabulary {
        self.values.push((key, fold_case(value.trim()), meaning.to_owned()));
        self
    }

    /// Also reads dates in these formats.
    pub(crate) fn with_dates(mut self, dates: &[DateFormat]) -> Vocabulary {
        self.dates = (!dates.is_empty()).then(|| dates.into());
        self
    }

    /// Fills in front matter with these defaults.
    pub(crate) fn with_defaults(mut self, defaults: DefaultsTable) -> Vocabulary {
        self.defaults = Arc::new(defaults);
        self
    }

    /// The defaults for values that documents do not set.
    pub(crate) fn defaults(&self) -> &DefaultsTable {
        &self.defaults
    }

    /// Whether the meaning of front matter depends on the path of its file.
    pub(crate) fn depends_on_path(&self) -> bool {
        self.defaults.has_defaults()
    }

    /// Whether IDs, versions and dates are taken literally, without substitutions or defaults.
    pub(crate) fn is_literal(&self) -> bool {
        self.values.is_empty() && self.dates.is_none() && !self.defaults.has_defaults()
    }

    /// A string that identifies everything that affects the meaning of front matter, except the list of
    /// classifications.
    pub(crate) fn cache_key(&self) -> String {
        let Vocabulary { types, key_map, ignored, values, dates, defaults, .. } = self;
        format!("{types:?} {key_map:?} {ignored:?} {values:?} {dates:?} {}", defaults.cache_key())
    }

    /// The date formats allowed in addition to year-month-day.
    pub(super) fn dates(&self) -> Option<Arc<[DateFormat]>> {
        self.dates.clone()
    }

    /// A value under a key of ours with the handbook's own terms replaced by their meanings.
    pub(super) fn translate<'n>(&self, key: &str, node: &'n Node) -> Cow<'n, Node> {
        if ["reviews", "changes"].contains(&key) {
            return self.translate_people(node);
        }
        if self.values.iter().all(|(mapped_key, ..)| !means_same_people(mapped_key, key)) {
            return Cow::Borrowed(node);
        }
        match &node.value {
            Value::Scalar(scalar) => {
                let own_value = fold_case(scalar.text.trim());
                let of_key = |is_so: &dyn Fn(&str) -> bool| {
                    self.values.iter().find(|(mapped_key, value, _)| is_so(mapped_key) && *value == own_value)
                };
                let mapping = of_key(&|mapped_key| mapped_key == key);
                let mapping = mapping.or_else(|| of_key(&|mapped_key| means_same_people(mapped_key, key)));
                mapping.map_or(Cow::Borrowed(node), |(_, _, meaning)| Cow::Owned(with_text(node, meaning)))
            }
            Value::List(items) => {
                let items = items.iter().map(|item| self.translate(key, item).into_owned()).collect();
                Cow::Owned(Node { value: Value::List(items), ..node.clone() })
            }
            _ => Cow::Borrowed(node),
        }
    }

    /// A list of reviews or changes in which aliases of people are replaced by their names.
    fn translate_people<'n>(&self, node: &'n Node) -> Cow<'n, Node> {
        if self.values.iter().all(|(key, ..)| !PEOPLE_KEYS.contains(key)) {
            return Cow::Borrowed(node);
        }
        let value = match &node.value {
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.translate_people(item).into_owned()).collect())
            }
            Value::Map(entries) => {
                let is_person = |entry: &&Entry| ["by", "approver"].contains(&&*entry.key.value);
                let translated = |entry: &Entry| match Some(entry).filter(is_person) {
                    Some(entry) => Entry { value: self.translate_person(&entry.value), ..entry.clone() },
                    None => entry.clone(),
                };
                Value::Map(entries.iter().map(translated).collect())
            }
            _ => return Cow::Borrowed(node),
        };
        Cow::Owned(Node { value, ..node.clone() })
    }

    fn translate_person(&self, node: &Node) -> Node {
        let translations = PEOPLE_KEYS.iter().map(|key| self.translate(key, node));
        let translated =
            translations.into_iter().find(|meant| matches!(meant, Cow::Owned(meant) if meant.value != node.value));
        translated.map_or_else(|| node.clone(), Cow::into_owned)
    }

    /// Reads `key` as `meaning`, which is one of [`FrontMatter::keys`].
    pub fn with_key(mut self, key: impl Into<String>, meaning: &'static str) -> Vocabulary {
        self.key_map.push((key.into(), meaning));
        self
    }

    /// Ignores keys that belong to another tool.
    pub fn with_ignored(mut self, pattern: KeyPattern) -> Vocabulary {
        self.ignored.push(pattern);
        self
    }

    /// The meaning of an author's key; `None` if it is unknown or ignored.
    ///
    /// A mapped key is never ignored, and a key of ours only if the settings name it in full.
    pub fn meaning(&self, key: &str) -> Option<&'static str> {
        let mapped = self.key_map.iter().find(|(own_key, _)| look_alike(own_key, key)).map(|(_, meaning)| *meaning);
        mapped.or_else(|| {
            let is_ignored = self.ignored.iter().any(|pattern| pattern.is_exactly(key));
            FrontMatter::keys().find(|field| *field == key).filter(|_| !is_ignored)
        })
    }

    /// Whether an unknown key is allowed in front matter.
    pub fn ignores(&self, key: &str) -> bool {
        self.ignored.iter().any(|pattern| pattern.covers(key))
    }

    /// Whether the settings ignore a key by its full name, rather than by a prefix or with all others.
    pub(crate) fn ignores_by_name(&self, key: &str) -> bool {
        self.ignored
            .iter()
            .any(|pattern| pattern.is_exactly(key) || (preset(&pattern.0).is_some() && pattern.covers(key)))
    }

    /// Whether the settings ignore all keys that start with the same word as this one, for example with `hugo_*`.
    pub(crate) fn ignores_by_word(&self, key: &str) -> bool {
        self.ignored.iter().any(|pattern| pattern.covers_word(key))
    }

    /// Whether the settings ignore exactly this key.
    pub(crate) fn ignores_exactly(&self, key: &str) -> bool {
        self.ignored.iter().any(|pattern| pattern.is_exactly(key))
    }

    /// The name that this handbook's authors use for one of our keys.
    pub fn own_name(&self, meaning: &'static str) -> &str {
        self.key_map.iter().find(|(_, mapped)| *mapped == meaning).map_or(meaning, |(own_key, _)| own_key)
    }

    /// Every key that may be used, the handbook's own first.
    pub(crate) fn known_keys(&self) -> Vec<&str> {
        let own = self.key_map.iter().map(|(own, _)| own.as_str());
        own.chain(FrontMatter::keys().map(|key| -> &str { key })).collect()
    }
}

/// Whether the aliases of one key apply to another: a person or role has one name, whatever they do.
fn means_same_people(mapped_key: &str, key: &str) -> bool {
    mapped_key == key || [mapped_key, key].iter().all(|key| PEOPLE_KEYS.contains(key))
}

/// A scalar with another text at the same place.
fn with_text(node: &Node, text: &str) -> Node {
    let mut node = node.clone();
    if let Value::Scalar(scalar) = &mut node.value {
        text.clone_into(&mut scalar.text);
    }
    node
}

/// A key, a prefix of keys that ends in `*`, or all keys of another generator, ending in `:*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPattern(String);

impl KeyPattern {
    /// Creates a pattern such as `draft_notes` or `hugo_*`.
    pub fn new(pattern: impl Into<String>) -> KeyPattern {
        KeyPattern(pattern.into())
    }

    /// Whether it matches this key only.
    pub(crate) fn is_exactly(&self, key: &str) -> bool {
        look_alike(&self.0, key)
    }

    /// Whether it is a prefix that ends at a word boundary in a key.
    fn covers_word(&self, key: &str) -> bool {
        let rest = self.0.strip_suffix('*').and_then(|beginning| Some((beginning, key.strip_prefix(beginning)?)));
        let is_end = |c: char| !c.is_alphanumeric();
        rest.is_some_and(|(beginning, rest)| {
            let starts_word = rest.starts_with(|c: char| c.is_uppercase() || is_end(c));
            !beginning.is_empty() && (beginning.ends_with(is_end) || starts_word)
        })
    }

    /// Whether it matches a key.
    fn covers(&self, key: &str) -> bool {
        match preset(&self.0) {
            Some(keys) => keys.iter().any(|pattern| is_covered(pattern, key)),
            None => is_covered(&as_seen(&self.0), &as_seen(key)),
        }
    }
}

/// Whether a pattern, which is a key or a prefix of keys, matches a key.
pub(crate) fn is_covered(pattern: &str, key: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => key.starts_with(beginning),
        None => pattern == key,
    }
}
