//! The words that a handbook's settings allow in front matter.

use super::front_matter::FrontMatter;

/// What front matter may say in one handbook.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Document types.
    pub types: Vec<String>,
    /// Classifications, lowest first.
    pub(crate) classifications: Vec<String>,
    /// An author's own key, and the key of ours that it stands for.
    key_map: Vec<(String, &'static str)>,
    ignored: Vec<KeyPattern>,
}

impl Vocabulary {
    /// A vocabulary with Clausebook's own keys only.
    pub fn new(types: Vec<String>, classifications: Vec<String>) -> Vocabulary {
        Vocabulary { types, classifications, key_map: Vec::new(), ignored: Vec::new() }
    }

    /// Reads `key` as `meaning`, which is one of [`FrontMatter::keys`].
    pub fn with_key(mut self, key: impl Into<String>, meaning: &'static str) -> Vocabulary {
        self.key_map.push((key.into(), meaning));
        self
    }

    /// Passes over keys that belong to another tool.
    pub fn ignoring(mut self, pattern: KeyPattern) -> Vocabulary {
        self.ignored.push(pattern);
        self
    }

    /// What an author's key means; `None` for a key that is unknown or ignored.
    ///
    /// A mapped key is never ignored, and a key of ours is only where the settings name it in full.
    pub fn meaning(&self, key: &str) -> Option<&'static str> {
        let mapped = self.key_map.iter().find(|(own, _)| own == key).map(|(_, meaning)| *meaning);
        mapped.or_else(|| {
            let named = self.ignored.iter().any(|pattern| pattern.is_exactly(key));
            FrontMatter::keys().find(|known| *known == key).filter(|_| !named)
        })
    }

    /// Whether a key without a meaning may stand in front matter all the same.
    pub fn ignores(&self, key: &str) -> bool {
        self.ignored.iter().any(|pattern| pattern.matches(key))
    }

    /// How this handbook's authors write one of our keys.
    pub fn written(&self, meaning: &'static str) -> &str {
        self.key_map.iter().find(|(_, mapped)| *mapped == meaning).map_or(meaning, |(own, _)| own)
    }

    /// Every key that can be written, the handbook's own first.
    pub(crate) fn known_keys(&self) -> Vec<&str> {
        let own = self.key_map.iter().map(|(own, _)| own.as_str());
        own.chain(FrontMatter::keys().map(|key| -> &str { key })).collect()
    }
}

/// A key, or the beginning of keys when it ends in `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPattern(String);

impl KeyPattern {
    /// Takes `draft_notes` or `hugo_*`.
    pub fn new(pattern: impl Into<String>) -> KeyPattern {
        KeyPattern(pattern.into())
    }

    /// Whether it is this key and no other.
    pub(crate) fn is_exactly(&self, key: &str) -> bool {
        self.0 == key
    }

    /// Whether it covers a key.
    pub(crate) fn matches(&self, key: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(beginning) => key.starts_with(beginning),
            None => self.is_exactly(key),
        }
    }
}
