//! Determines how the match of a regular expression can start.
//!
//! A rule is tried only at positions where it can match, judging by the character there and the one before it.

use super::expression::{Characters, Expression};
use super::requirement::{ANY, ByteMask};

/// A set of character groups: each ASCII character, all other characters together, and the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CharacterSet {
    ascii: ByteMask,
    has_others: bool,
    has_end: bool,
}

/// The group of non-ASCII characters; each smaller number is the group of an ASCII byte.
const OTHERS: usize = 128;
/// The group for the end of the text.
const END: usize = OTHERS + 1;
/// Number of groups.
pub(super) const GROUPS: usize = END + 1;

/// A position in a text, including its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPosition {
    /// The group of the character at the position.
    pub(super) group: usize,
    is_line_start: bool,
    may_be_boundary: bool,
}

impl TextPosition {
    pub(super) fn at(text: &str, at: usize) -> TextPosition {
        let text = text.as_bytes();
        let (before, after) = (at.checked_sub(1).and_then(|before| text.get(before)).copied(), text.get(at).copied());
        TextPosition {
            group: after.map_or(END, |byte| usize::from(byte).min(OTHERS)),
            is_line_start: before.is_none_or(|before| before == b'\n'),
            may_be_boundary: may_be_boundary(before, after),
        }
    }
}

impl CharacterSet {
    const NONE: CharacterSet = CharacterSet { ascii: 0, has_others: false, has_end: false };
    const ALL: CharacterSet = CharacterSet { ascii: ANY, has_others: true, has_end: true };
    /// The groups that can follow the text of a line.
    const LINE_END: CharacterSet = CharacterSet { ascii: 1 << 10, has_others: false, has_end: true };

    fn from_characters(characters: Characters) -> CharacterSet {
        CharacterSet { ascii: characters.ascii, has_others: characters.is_beyond_ascii, has_end: false }
    }

    /// Whether the set contains a group.
    pub(super) fn has(self, group: usize) -> bool {
        match group {
            0..OTHERS => self.ascii & 1 << group != 0,
            OTHERS => self.has_others,
            _ => self.has_end,
        }
    }

    fn or(self, other: CharacterSet) -> CharacterSet {
        CharacterSet {
            ascii: self.ascii | other.ascii,
            has_others: self.has_others || other.has_others,
            has_end: self.has_end || other.has_end,
        }
    }

    fn and(self, other: CharacterSet) -> CharacterSet {
        CharacterSet {
            ascii: self.ascii & other.ascii,
            has_others: self.has_others && other.has_others,
            has_end: self.has_end && other.has_end,
        }
    }
}

/// The possible starts of a match. In case of doubt, all starts are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MatchStart {
    /// The first character, or the required next one if the match is empty.
    pub(super) first_chars: CharacterSet,
    /// Whether matches start only at the start of a line.
    at_line_start: bool,
    /// Whether matches start only at a word boundary.
    at_boundary: bool,
    /// Whether the expression can match the empty string, so that the next part may come first.
    can_be_empty: bool,
}

impl MatchStart {
    const ANY_START: MatchStart =
        MatchStart { first_chars: CharacterSet::ALL, at_line_start: false, at_boundary: false, can_be_empty: true };

    /// The possible starts of matches of an expression; all starts for an unreadable one.
    pub(super) fn of_expression(expression: Option<&Expression>) -> MatchStart {
        let begin = expression.map_or(MatchStart::ANY_START, begin);
        if begin.can_be_empty { MatchStart { first_chars: CharacterSet::ALL, ..begin } } else { begin }
    }

    /// Whether a match can start at a position, judging by the character before it.
    pub(super) fn can_start_at(self, place: TextPosition) -> bool {
        (place.is_line_start || !self.at_line_start) && (place.may_be_boundary || !self.at_boundary)
    }

    /// The union of both.
    fn or(self, other: MatchStart) -> MatchStart {
        MatchStart {
            first_chars: self.first_chars.or(other.first_chars),
            at_line_start: self.at_line_start && other.at_line_start,
            at_boundary: self.at_boundary && other.at_boundary,
            can_be_empty: self.can_be_empty || other.can_be_empty,
        }
    }
}

/// Whether there can be a word boundary between two bytes; next to a non-ASCII character, there can.
fn may_be_boundary(before: Option<u8>, after: Option<u8>) -> bool {
    let kind = |byte: Option<u8>| match byte {
        Some(byte) if !byte.is_ascii() => None,
        byte => Some(byte.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphanumeric())),
    };
    kind(before).zip(kind(after)).is_none_or(|(before, after)| before != after)
}

fn begin(expression: &Expression) -> MatchStart {
    let empty = MatchStart { first_chars: CharacterSet::NONE, ..MatchStart::ANY_START };
    match expression {
        Expression::Character(characters) => {
            MatchStart { first_chars: CharacterSet::from_characters(*characters), can_be_empty: false, ..empty }
        }
        Expression::LineStart => MatchStart { at_line_start: true, ..empty },
        Expression::Boundary => MatchStart { at_boundary: true, ..empty },
        Expression::Empty => empty,
        Expression::Anything => MatchStart::ANY_START,
        Expression::Optional(inside) => {
            MatchStart { at_line_start: false, at_boundary: false, can_be_empty: true, ..begin(inside) }
        }
        Expression::LineEnd | Expression::Lookahead(_) => sequence(std::slice::from_ref(expression)),
        Expression::Sequence(parts) => sequence(parts),
        Expression::Alternatives(parts) => {
            parts.iter().map(begin).reduce(MatchStart::or).unwrap_or(MatchStart::ANY_START)
        }
    }
}

fn sequence(parts: &[Expression]) -> MatchStart {
    // The set of next characters allowed by the conditions so far.
    let mut left = CharacterSet::ALL;
    let mut all =
        MatchStart { first_chars: CharacterSet::NONE, at_line_start: false, at_boundary: false, can_be_empty: true };
    for part in parts {
        let next = match part {
            Expression::LineEnd => {
                left = left.and(CharacterSet::LINE_END);
                continue;
            }
            Expression::Lookahead(inside) => {
                let lookahead = begin(inside);
                left = if lookahead.can_be_empty { left } else { left.and(lookahead.first_chars) };
                MatchStart { first_chars: CharacterSet::NONE, can_be_empty: true, ..lookahead }
            }
            part => begin(part),
        };
        if all.first_chars == CharacterSet::NONE {
            all.at_line_start |= next.at_line_start;
            all.at_boundary |= next.at_boundary;
        }
        all.first_chars = all.first_chars.or(next.first_chars.and(left));
        if !next.can_be_empty {
            return MatchStart { can_be_empty: false, ..all };
        }
    }
    if left == CharacterSet::ALL {
        all
    } else {
        MatchStart { first_chars: all.first_chars.or(left), can_be_empty: false, ..all }
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression::parse_expression;
    use super::*;

    fn begins(pattern: &str, text: &str, at: usize) -> bool {
        let begin = MatchStart::of_expression(parse_expression(pattern).as_ref());
        let place = TextPosition::at(text, at);
        begin.first_chars.has(place.group) && begin.can_start_at(place)
    }

    #[test]
    fn where_a_match_can_begin_is_read_from_the_expression() {
        for (pattern, text, at) in [
            ("ab", "b", 0),
            ("a|b", "c", 0),
            ("a?b", "c", 0),
            ("(?=a)[ab]", "b", 0),
            ("(?=a)", "b", 0),
            ("(?:(?=a)|b)c", "c", 0),
            (r"\bif", "xif", 1),
            (r"\b(?:-|\+)", " -", 1),
            (r"(?:\bif|\belse)", "xelse", 1),
            ("^a", "ba", 1),
            (r"^\s*a", " ba", 2),
            ("$", "ab", 1),
            (r"\s*$", "ab", 1),
            (r"[^\s]", " ", 0),
            ("(?i)[^k]", "K", 0),
            ("[[:alpha:]_]", "1", 0),
            ("a", "ä", 0),
            ("a", "", 0),
            (r"\w", "", 0),
        ] {
            assert!(!begins(pattern, text, at), "{pattern}: {text} at {at}");
        }
    }

    #[test]
    fn possible_match_starts_are_tried() {
        for (pattern, text, at) in [
            ("a?b?", "c", 0),
            ("", "c", 0),
            ("", "", 0),
            ("(?!a)", "b", 0),
            (r"(a)?\1b", "c", 0),
            (r"\b", "a", 0),
            (r"\bä", "aä", 1),
            (r"\b-", "ä-", 2),
            (r"(?:\b|x)-", "--", 1),
            (r"(?:^|x)a", "ba", 1),
            ("x?^a", "a", 0),
            (r"x?\ba", "xa", 0),
            ("$", "a\n", 1),
            ("$", "a", 1),
            ("a|$", "a", 0),
            ("(?~a)", "b", 0),
            ("[^a]", "ä", 0),
            ("[^a[b]]", "c", 0),
            ("[^&&a]", "c", 0),
            ("[a[^b]]", "B", 0),
            (r"[^\S\n]", " ", 0),
            ("(?i)k", "\u{212a}", 0),
            (r"\w", "ä", 0),
            ("(?:a*)+b", "b", 0),
            ("a(?#x)?b", "b", 0),
            ("(?=a*)b", "b", 0),
        ] {
            assert!(begins(pattern, text, at), "{pattern}: {text} at {at}");
        }
    }
}
