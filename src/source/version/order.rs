//! The order of versions.

use std::cmp::Ordering;

use super::{REMARKS, version_key};
use crate::source::state_words::is_not_in_force;

/// Words for stages before the version itself, the earliest first. Words such as `draft` come before all of them.
const STAGES: [&[&str]; 4] = [&["dev", "pre", "preview", "snapshot"], &["alpha"], &["beta"], &["rc", "candidate"]];

/// A version in the parts that give it its place among others.
pub(crate) struct Version {
    /// The whole version in one spelling.
    text: String,
    /// Letters before the first number: `a` of `A2`.
    prefix: String,
    /// The numbers, with letters that another number follows.
    parts: Vec<(Number, String)>,
    /// How many digits each number has as written, with leading zeros.
    widths: Vec<usize>,
    suffix: Suffix,
}

/// What follows the last number.
#[derive(PartialEq, Eq)]
enum Suffix {
    None,
    /// `draft`, `rc1`: it comes before the version itself.
    Stage {
        rank: usize,
        number: Number,
    },
    /// `a`, `bis`, `hotfix 2`: it comes between this version and the next number.
    Letters {
        letters: String,
        number: Number,
    },
    /// `final`: it may be the same version or another.
    Remark,
}

/// A number without leading zeros, however long: a longer one is higher.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    length: usize,
    digits: String,
}

impl Number {
    fn new(digits: &str) -> Number {
        let digits = digits.trim_start_matches('0');
        Number { length: digits.len(), digits: digits.to_owned() }
    }

    fn value(&self) -> u64 {
        if self.length == 0 { 0 } else { self.digits.parse().unwrap_or(u64::MAX) }
    }
}

impl Version {
    pub(crate) fn new(version: &str) -> Version {
        let text = version_key(version).to_lowercase();
        let mut prefix = String::new();
        let mut parts: Vec<(Number, String)> = Vec::new();
        let mut widths = Vec::new();
        for token in tokens(&text) {
            let letters = parts.last_mut().map_or(&mut prefix, |(_, letters)| letters);
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                parts.push((Number::new(token), String::new()));
                widths.push(token.len());
            } else {
                letters.push_str(if letters.is_empty() { "" } else { " " });
                letters.push_str(token);
            }
        }
        let suffix = take_suffix(&mut prefix, &mut parts);
        while parts.last().is_some_and(|(number, letters)| number.length == 0 && letters.is_empty()) {
            parts.pop();
        }
        Version { text, prefix, parts, widths, suffix }
    }

    /// Whether there is a number in it.
    pub(crate) fn has_number(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether two versions differ only in what follows their numbers: `1.0` and `1.0 draft`.
    pub(crate) fn has_numbers_of(&self, other: &Version) -> bool {
        self.prefix == other.prefix && self.parts == other.parts
    }

    /// Whether a version is certainly higher than another one: `1.10` than `1.9`, `B` than `A`, `1.0` than `1.0-rc1`.
    pub(crate) fn is_higher_than(&self, other: &Version) -> bool {
        self.compare(other) == Some(Ordering::Greater)
    }

    /// The order of two versions, if they have one: `IV` and `Winter` have none.
    pub(crate) fn compare(&self, other: &Version) -> Option<Ordering> {
        if self.text == other.text {
            return Some(Ordering::Equal);
        }
        let by_prefix = if is_draft_number(self) || is_draft_number(other) {
            Ordering::Equal
        } else {
            compare_letters(&self.prefix, &other.prefix)?
        };
        if by_prefix != Ordering::Equal {
            return Some(by_prefix);
        }
        match (self.year(), other.year()) {
            (Some(_), Some(_)) => compare_days(self, other),
            (None, None) if self.counts_otherwise(other) => None,
            (None, None) => match self.parts.cmp(&other.parts) {
                Ordering::Equal => self.suffix.compare(&other.suffix),
                order => Some(order),
            },
            _ => None,
        }
    }

    /// Whether two versions may count in tenths and hundredths: `1.1` and `1.09`.
    fn counts_otherwise(&self, other: &Version) -> bool {
        let Some(at) = self.parts.iter().zip(&other.parts).position(|(one, other)| one != other) else { return false };
        let number = |version: &Version| Some((version.parts.get(at)?.0.length, *version.widths.get(at)?));
        let (Some((length, width)), Some((other_length, other_width))) = (number(self), number(other)) else {
            return false;
        };
        let has_zeros = |length: usize, width: usize| length > 0 && width > length;
        at > 0 && width != other_width && has_zeros(length, width) != has_zeros(other_length, other_width)
    }

    /// The year at the end of a day or month: `12/2025`.
    fn year(&self) -> Option<u64> {
        let ([_, last] | [_, _, last]) = &*self.parts else { return None };
        let is_short = |(number, letters): &(Number, String)| number.value() <= 31 && letters.is_empty();
        let is_year = (1900..2100).contains(&last.0.value());
        (is_year && self.parts.iter().rev().skip(1).all(is_short)).then(|| last.0.value())
    }
}

/// Whether nothing but a draft is numbered: `Draft 3`.
fn is_draft_number(version: &Version) -> bool {
    version.parts.is_empty() && matches!(version.suffix, Suffix::Stage { .. })
}

/// Compares days that end in a year. The day may come before the month or after it: where that matters, and both are
/// possible, there is no order.
fn compare_days(one: &Version, other: &Version) -> Option<Ordering> {
    let values = |version: &Version| version.parts.iter().map(|(number, _)| number.value()).collect::<Vec<_>>();
    let (one, other) = (values(one), values(other));
    match (&*one, &*other) {
        (&[month, year], &[other_month, other_year]) => Some((year, month).cmp(&(other_year, other_month))),
        (&[a, b, year], &[c, d, other_year]) => {
            let day_first = (b <= 12 && d <= 12).then(|| (year, b, a).cmp(&(other_year, d, c)));
            let month_first = (a <= 12 && c <= 12).then(|| (year, a, b).cmp(&(other_year, c, d)));
            let is_open = day_first.is_some() && month_first.is_some() && day_first != month_first;
            if is_open { None } else { day_first.or(month_first) }
        }
        _ => None,
    }
}

impl Suffix {
    fn compare(&self, other: &Suffix) -> Option<Ordering> {
        use Suffix::{Letters, None as Nothing, Remark, Stage};
        match (self, other) {
            (Nothing, Nothing) => Some(Ordering::Equal),
            (Remark, _) | (_, Remark) => None,
            (Stage { rank, number }, Stage { rank: other_rank, number: other_number }) => {
                Some((rank, number).cmp(&(other_rank, other_number)))
            }
            (Letters { letters, number }, Letters { letters: other_letters, number: other_number }) => {
                compare_letters(letters, other_letters).map(|order| order.then_with(|| number.cmp(other_number)))
            }
            (Stage { .. }, _) | (Nothing, Letters { .. }) => Some(Ordering::Less),
            (_, Stage { .. }) | (Letters { .. }, Nothing) => Some(Ordering::Greater),
        }
    }
}

/// The runs of digits and of letters in a text.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
        let is_of_token = |c: char| c.is_ascii_digit() == is_digit && c.is_alphanumeric();
        let (token, after) = rest.split_at(rest.find(|c| !is_of_token(c)).unwrap_or(rest.len()));
        rest = after;
        (!token.is_empty()).then_some(token)
    })
}

/// Takes what follows the last number of the version itself from its parts.
fn take_suffix(prefix: &mut String, parts: &mut Vec<(Number, String)>) -> Suffix {
    // `Draft 1.0` is a draft of version 1.0, and `Draft 3` the third draft of the next one.
    if let Some(rank) = stage_rank(prefix) {
        prefix.clear();
        let number = if parts.len() == 1 { parts.pop().map(|(number, _)| number) } else { None };
        return Suffix::Stage { rank, number: number.unwrap_or_default() };
    }
    let Some(end) = parts.iter().position(|(_, letters)| is_word(letters)).or(parts.len().checked_sub(1)) else {
        return Suffix::None;
    };
    // A single letter between numbers belongs to them: `1a.2`.
    let number = parts.get(end + 1).map(|(number, _)| number.clone()).unwrap_or_default();
    let letters = parts.get_mut(end).map(|(_, letters)| std::mem::take(letters)).unwrap_or_default();
    parts.truncate(end + 1);
    match stage_rank(&letters) {
        Some(rank) => Suffix::Stage { rank, number },
        None if letters.is_empty() => Suffix::None,
        None if REMARKS.contains(&letters.as_str()) => Suffix::Remark,
        None => Suffix::Letters { letters, number },
    }
}

fn is_word(letters: &str) -> bool {
    letters.chars().nth(1).is_some() || stage_rank(letters).is_some()
}

/// The place of a word among the stages before a version, if it is one.
fn stage_rank(words: &str) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    let is_draft = is_not_in_force(words) || words.split(' ').any(is_not_in_force);
    let mut stages = STAGES.iter().zip(1..);
    let stage = stages.find(|(stage, _)| words.split(' ').any(|word| stage.contains(&word)));
    stage.map(|(_, rank)| rank).or_else(|| is_draft.then_some(0))
}

/// Compares letters that count as numbers do: `A`, `B`, …, `Z`, `AA`, or `IX`, `X`.
fn compare_letters(one: &str, other: &str) -> Option<Ordering> {
    const MAX_LETTERS: usize = 2;
    if one == other {
        return Some(Ordering::Equal);
    }
    let is_single = one.len() == 1 && other.len() == 1;
    if let (Some(one), Some(other)) = (roman_number(one), roman_number(other))
        && !is_single
    {
        return Some(one.cmp(&other));
    }
    let counts = |letters: &str| {
        (1..=MAX_LETTERS).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    (counts(one) && counts(other)).then(|| (one.len(), one).cmp(&(other.len(), other)))
}

/// The value of a Roman number in lower case.
fn roman_number(letters: &str) -> Option<u32> {
    const MAX_LETTERS: usize = 15;
    const UNITS: [(&str, u32); 13] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let (mut rest, mut value) = (letters, 0);
    for (unit, worth) in UNITS {
        while let Some(after) = rest.strip_prefix(unit) {
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && !letters.is_empty() && letters.len() <= MAX_LETTERS).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Option<Ordering> {
        Version::new(one).compare(&Version::new(other))
    }

    #[test]
    fn versions_have_the_order_in_which_authors_count_them() {
        for (higher, lower) in [
            ("2.0", "1.9"),
            ("1.10", "1.9"),
            ("1.10", "1.09"),
            ("1.1", "1.0"),
            ("1.10", "1.0"),
            ("02.1", "1.9"),
            ("1.0.1", "1.0"),
            ("v3", "2"),
            ("B", "A"),
            ("AA", "Z"),
            ("B", "A2"),
            ("10", "9"),
            ("1.2", "1.1bis"),
            ("1.1bis", "1.1"),
            ("2", "1a"),
            ("1b", "1a"),
            ("1.10", "1.9b"),
            ("1.0.1", "1.0 hotfix"),
            ("1.0 hotfix 2", "1.0 hotfix"),
            ("1b.1", "1a.2"),
            ("1.0", "1.0-rc1"),
            ("1.0-rc10", "1.0-rc9"),
            ("1.0-rc1", "1.0-beta.2"),
            ("1.0", "1.0 (draft)"),
            ("1.0", "1.0_draft2"),
            ("1.0", "1.0 Entwurf"),
            ("1.0", "1.0案"),
            ("1.0", "Draft 1.0"),
            ("2.0 draft", "1.9"),
            ("1.0", "Draft 3"),
            ("Draft 4", "Draft 3"),
            ("V", "IV"),
            ("X", "IX"),
            ("01/2026", "12/2025"),
            ("Stand 01/2026", "Stand 12/2025"),
            ("Q1 2026", "Q4 2025"),
            ("2026-01", "2025-12"),
            ("01.10.2026", "30.09.2026"),
            ("10/01/2026", "09/30/2026"),
        ] {
            assert_eq!(compare(higher, lower), Some(Ordering::Greater), "{higher} {lower}");
            assert_eq!(compare(lower, higher), Some(Ordering::Less), "{lower} {higher}");
        }
        for (one, other) in [("1.0", "1"), ("1.0", "v1.0"), ("2", "02"), ("", "0"), ("1.0", "1.0 (approved)")] {
            assert_eq!(compare(one, other), Some(Ordering::Equal), "{one} {other}");
        }
    }

    #[test]
    fn versions_of_different_kinds_have_no_order() {
        for (one, other) in [
            ("P3", "1"),
            ("A", "1"),
            ("Winter", "Summer"),
            ("Oct 2025", "Jan 2026"),
            ("1.0", "12/2025"),
            ("01.10.2026", "05.09.2026"),
            ("1.0 final", "1.0"),
            ("1bis", "1ter"),
            ("1.1", "1.09"),
            ("1.05", "1.1"),
            ("2.0.1", "2.0.007"),
        ] {
            assert_eq!(compare(one, other), None, "{one} {other}");
            assert_eq!(compare(other, one), None, "{other} {one}");
        }
    }
}
