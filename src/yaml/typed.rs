//! YAML read straight into a type, for texts whose shape is known to be right.

use serde::de::DeserializeOwned;

/// Why a text did not become the type asked for.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct TypedError {
    message: String,
    /// Byte in the text where it was noticed, when that is known.
    pub(crate) at: Option<usize>,
}

/// Reads a whole text into a type.
///
/// It has no bounds and says little of places: hold a text that somebody else wrote against [`super::Reader`] first.
///
/// # Errors
/// When the text is no YAML or does not fit the type.
pub(crate) fn typed<T: DeserializeOwned>(text: &str) -> Result<T, TypedError> {
    serde_yaml::from_str(text).map_err(|error| TypedError {
        at: error.location().map(|location| location.index()),
        message: error.to_string(),
    })
}
