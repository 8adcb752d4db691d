//! Digests of texts as front matter says them.

use std::fmt;
use std::str::FromStr;

/// The digest of a text as front matter says it: how it was taken, and its 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WrittenDigest {
    /// How it was taken.
    pub(crate) scheme: DigestScheme,
    /// Its bits.
    pub(crate) bytes: [u8; 16],
}

/// How the digest of a text is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DigestScheme {
    /// Of the text as it is written, links as their paths: bare hexadecimal digits.
    Written,
    /// Of what is rendered, links as what they lead to: `2:` and hexadecimal digits.
    Rendered,
    /// The same with claims and anchors as what they mean, and words and lines apart as they are shown: `3:`.
    Resolved,
}

impl DigestScheme {
    /// How new digests are taken.
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
        let bytes = hexadecimal(digits).ok_or_else(|| DigestError(text.to_owned()))?;
        Ok(WrittenDigest { scheme, bytes })
    }
}

/// The 16 bytes that 32 hexadecimal digits stand for.
fn hexadecimal(digits: &str) -> Option<[u8; 16]> {
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

/// Why a text is not a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a digest, which has 32 hexadecimal digits, with `3:` or `2:` before them or without")]
pub(crate) struct DigestError(String);
