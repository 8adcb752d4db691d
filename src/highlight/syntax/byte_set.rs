//! Sets of ASCII characters, as in the character classes of regular expressions.

use super::requirement::{ANY, ByteMask};

/// A set of ASCII bytes, either exact or an upper bound.
#[derive(Clone, Copy)]
pub(super) struct ByteSet {
    pub(super) bytes: ByteMask,
    pub(super) is_exact: bool,
}

impl ByteSet {
    pub(super) const ANY: ByteSet = ByteSet::at_most(ANY);

    pub(super) fn exactly(bytes: ByteMask) -> ByteSet {
        ByteSet { bytes, is_exact: true }
    }

    pub(super) const fn at_most(bytes: ByteMask) -> ByteSet {
        ByteSet { bytes, is_exact: false }
    }

    pub(super) fn or(self, other: ByteSet) -> ByteSet {
        ByteSet { bytes: self.bytes | other.bytes, is_exact: self.is_exact && other.is_exact }
    }

    /// The complement of the set.
    pub(super) fn complement(self) -> ByteSet {
        if self.is_exact { ByteSet::exactly(!self.bytes) } else { ByteSet::ANY }
    }
}

/// The ASCII bytes of a named class, given the name between `[:` and `:]`; `None` if the name is unknown.
pub(super) fn named_class(name: &str) -> Option<ByteMask> {
    let is_in: fn(&u8) -> bool = match name {
        "alpha" | "upper" | "lower" => u8::is_ascii_alphabetic,
        "alnum" => u8::is_ascii_alphanumeric,
        "digit" => u8::is_ascii_digit,
        "xdigit" => u8::is_ascii_hexdigit,
        "punct" => u8::is_ascii_punctuation,
        "space" => return Some(BLANKS),
        "word" => return Some(word()),
        _ => return None,
    };
    Some((0..128_u8).filter(is_in).fold(0, |set, byte| set | 1 << byte))
}

/// White space: tab, line feed, vertical tab, form feed, carriage return and space.
pub(super) const BLANKS: ByteMask = 1 << 32 | 0x3e00;

/// Letters, digits and underscores.
pub(super) fn word() -> ByteMask {
    range('0', '9') | range('a', 'z') | range('A', 'Z') | one('_')
}

pub(super) fn one(c: char) -> ByteMask {
    1 << u32::from(c)
}

pub(super) fn range(first: char, last: char) -> ByteMask {
    ('\0'..='\x7f').filter(|c| (first..=last).contains(c)).fold(0, |set, sign| set | one(sign))
}
