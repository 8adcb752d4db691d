//! Names of people, compared in all their spellings.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name of a person: `Ann Lee`.
#[derive(Clone, Debug)]
pub(super) struct PersonalName {
    /// Its words without accents, and again with umlauts as two letters if it has any: `muller`, `mueller`.
    spellings: Vec<String>,
}

impl PersonalName {
    /// The name with this key.
    pub(super) fn new(key: &str) -> PersonalName {
        let bare: String = key.nfd().filter(|c| !is_combining_mark(*c) && *c != '.').map(plain_letter).collect();
        let mut spellings = vec![bare];
        if key.contains(|c| umlaut(c).is_some()) {
            let mut spelling = String::with_capacity(key.len());
            for c in key.chars().filter(|c| *c != '.') {
                match umlaut(c) {
                    Some(letters) => spelling.push_str(letters),
                    None => spelling.extend(c.nfd().filter(|c| !is_combining_mark(*c)).map(plain_letter)),
                }
            }
            spellings.push(spelling);
        }
        PersonalName { spellings }
    }

    /// Whether both are probably names of one person.
    pub(super) fn is_same(&self, other: &PersonalName) -> bool {
        self.spellings.iter().any(|one| other.spellings.iter().any(|other| is_same_spelling(one, other)))
    }
}

fn umlaut(c: char) -> Option<&'static str> {
    match c {
        'ä' | 'æ' => Some("ae"),
        'ö' | 'ø' | 'œ' => Some("oe"),
        'ü' => Some("ue"),
        'å' => Some("aa"),
        _ => None,
    }
}

/// A letter without a stroke, which is no accent in Unicode.
fn plain_letter(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        _ => c,
    }
}

/// Whether two spellings are equal except for spaces, initials and names in the middle: `A. Lee`, `Ann M. Lee`.
fn is_same_spelling(one: &str, other: &str) -> bool {
    let letters = |name: &'_ str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if one == other || letters(one) == letters(other) {
        return true;
    }
    let (one, other) = (one.split(' ').collect::<Vec<_>>(), other.split(' ').collect::<Vec<_>>());
    let ([first, middle @ .., last], [other_first, other_middle @ .., other_last]) = (&one[..], &other[..]) else {
        return false;
    };
    let has_same_middle = || {
        middle.len() == other_middle.len()
            && middle.iter().zip(other_middle).all(|(one, other)| may_abbreviate(one, other))
    };
    last == other_last
        && may_abbreviate(first, other_first)
        && (middle.is_empty() || other_middle.is_empty() || has_same_middle())
}

/// Whether two words are equal, or one is the initial of the other.
fn may_abbreviate(one: &str, other: &str) -> bool {
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one)
}
