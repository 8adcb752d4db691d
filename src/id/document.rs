//! The permanent ID of a document.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::text::as_seen;

/// An ID such as `POL-CHG-001`. Compared exactly; IDs that differ only in letter case are reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// The ID as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Accepts any visible text as an ID, whether or not it is valid; `None` if nothing of it is visible.
    ///
    /// Invisible characters are ignored. An invalid ID is reported, but the file remains a document.
    pub(crate) fn parse_lenient(text: &str) -> Option<DocumentId> {
        let visible = as_seen(text);
        let trimmed = visible.trim();
        let is_usable =
            !trimmed.is_empty() && trimmed.len() <= MAX_INVALID_BYTES && !trimmed.contains(char::is_control);
        is_usable.then(|| DocumentId(trimmed.into()))
    }

    /// The ID in lower case, for comparing.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Maximum length of an ID, in bytes.
const MAX_BYTES: usize = 64;
/// Maximum length of an invalid ID that is kept, in bytes.
const MAX_INVALID_BYTES: usize = 256;

/// The error for text that is not a document ID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a valid ID; use letters, digits, `-`, `_` and `.`, at most 64, beginning with a letter or digit")]
pub struct DocumentIdError(String);

impl FromStr for DocumentId {
    type Err = DocumentIdError;

    fn from_str(raw: &str) -> Result<DocumentId, DocumentIdError> {
        let text = as_seen(raw);
        let text = text.trim();
        let fits = text.len() <= MAX_BYTES
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        if fits { Ok(DocumentId(text.into())) } else { Err(DocumentIdError(raw.to_owned())) }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl serde::Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
