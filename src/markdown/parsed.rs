//! What one parse gives.

use super::body::Body;
use super::words::Words;

/// A text after its parse.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// What is known of it.
    pub body: Body,
    /// Its running text.
    pub words: Words,
}
