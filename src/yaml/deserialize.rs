//! Deserializes YAML directly, for texts that are known to be well-formed.

use serde::de::DeserializeOwned;

/// The reason why a text could not be deserialized.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct DeserializeError {
    message: String,
    /// Byte offset of the error in the text, if known.
    pub(crate) at: Option<usize>,
}

/// Deserializes a whole text.
///
/// This has no limits and reports positions poorly. Check untrusted texts with [`super::Reader`] first.
///
/// # Errors
/// If the text is not YAML or does not fit the type.
pub(crate) fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, DeserializeError> {
    serde_yaml::from_str(text).map_err(|error| DeserializeError {
        at: error.location().map(|location| location.index()),
        message: error.to_string(),
    })
}
