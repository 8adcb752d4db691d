//! The name that identifies a document for ever.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// An id such as `POL-CHG-001`. Compared exactly; ids that differ only in letter case are a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id with letter case folded, for comparing.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Why a text is no document id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a document id; use letters, digits, `-`, `_` and `.`, at most 64, beginning with a letter or digit"
)]
pub struct DocumentIdError(String);

impl FromStr for DocumentId {
    type Err = DocumentIdError;

    fn from_str(text: &str) -> Result<DocumentId, DocumentIdError> {
        let fits = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        if fits { Ok(DocumentId(text.into())) } else { Err(DocumentIdError(text.to_owned())) }
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
