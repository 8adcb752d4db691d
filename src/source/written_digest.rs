//! Digests of texts as written in front matter.

use std::fmt;
use std::str::FromStr;

/// The digest of a text as written in front matter: its scheme and its 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WrittenDigest {
    /// The scheme that it was computed with.
    pub(crate) scheme: DigestScheme,
    /// The digest itself.
    pub(crate) bytes: [u8; 16],
}

/// How the digest of a text is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DigestScheme {
    /// Covers the text as written, with links as their paths: bare hexadecimal digits.
    Written,
    /// Covers the rendered text, with links as their destinations: `2:` and hexadecimal digits.
    Rendered,
    /// Like `Rendered`, with claims and anchors resolved, and words and lines separated as they are shown: `3:`.
    Resolved,
}

impl DigestScheme {
    /// The scheme of new digests.
    pub(crate) const NEWEST: DigestScheme = DigestScheme::Resolved;
}

impl FromStr for WrittenDigest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<WrittenDigest, DigestError> {
        let (scheme, digits) = match text.split_once(':') {
            Some(("2", digits)) => (DigestScheme::Rendered, digits),
            Some(("3", digits)) => (DigestScheme::Resolved, digits),
            _ => (DigestScheme::Written, text),
        };
        let bytes = parse_hex(digits).ok_or_else(|| DigestError(text.to_owned()))?;
        Ok(WrittenDigest { scheme, bytes })
    }
}

/// Parses 32 hexadecimal digits as 16 bytes.
fn parse_hex(digits: &str) -> Option<[u8; 16]> {
    let is_digest = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u128::from_str_radix(digits, 16).ok().filter(|_| is_digest)?;
    Some(number.to_be_bytes())
}

impl fmt::Display for WrittenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.scheme {
            DigestScheme::Written => "",
            DigestScheme::Rendered => "2:",
            DigestScheme::Resolved => "3:",
        })?;
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The error for text that is not a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a digest, which has 32 hexadecimal digits, with `3:` or `2:` before them or without")]
pub(crate) struct DigestError(String);
