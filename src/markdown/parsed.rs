//! The result of parsing a text.

use super::body::Body;
use super::words::Words;

/// A parsed text.
#[derive(Clone, Debug, Default)]
pub struct ParsedText {
    /// The structure of the text.
    pub body: Body,
    /// The running text.
    pub words: Words,
}
