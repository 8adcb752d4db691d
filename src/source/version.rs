//! Compares versions as authors write them.

use std::borrow::Cow;

use crate::text::as_seen;

/// Words before a number that do not make it another version.
const PREFIXES: [&str; 20] = [
    "v",
    "ver",
    "vers",
    "version",
    "versión",
    "versione",
    "versão",
    "versie",
    "wersja",
    "rev",
    "revision",
    "révision",
    "revisión",
    "revisione",
    "revisão",
    "revisie",
    "issue",
    "edition",
    "ausgabe",
    "fassung",
];

/// Whether two strings are the same version, ignoring invisible characters, a `v` or a similar word before a number,
/// and zeros at the end of a number: `1.0` is `v1.0`, `Version 1` and `1.0.0`.
pub(crate) fn is_same_version(a: &str, b: &str) -> bool {
    version_key(a) == version_key(b)
}

/// A canonical form in which all spellings of a version are equal.
pub(crate) fn version_key(version: &str) -> Cow<'_, str> {
    match version.is_ascii() {
        true => Cow::Borrowed(canonical_number(version)),
        false => Cow::Owned(canonical_number(&as_seen(version)).to_owned()),
    }
}

/// The part of a version that distinguishes it from others.
fn canonical_number(version: &str) -> &str {
    let mut number = without_prefix(version.trim());
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    while let Some(rest) = number.strip_suffix(".0").filter(|rest| is_number && !rest.is_empty()) {
        number = rest;
    }
    number
}

/// A version without a word such as `v` or `Version` before its number.
fn without_prefix(version: &str) -> &str {
    let end = version.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    let (word, rest) = version.split_at(end);
    let number = rest.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let is_prefix = || PREFIXES.contains(&word.to_lowercase().as_str());
    match end > 0 && number.starts_with(|c: char| c.is_ascii_digit()) && is_prefix() {
        true => number,
        false => version,
    }
}

/// Whether a version is higher than another one: `1.10` than `1.9`, `B` than `A`.
pub(crate) fn is_higher(version: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let text = version_key(text).to_lowercase();
        let parts = text.split(['.', '-', '_', ' ', '/']).map(|part| part.trim_start_matches('0').to_owned());
        // Without leading zeros, a longer number is a higher one.
        let mut parts: Vec<(usize, String)> = parts.map(|part| (part.len(), part)).collect();
        while parts.last().is_some_and(|(length, _)| *length == 0) {
            parts.pop();
        }
        parts
    };
    parts(version) > parts(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_parts() {
        for (higher, lower) in [("2.0", "1.9"), ("1.10", "1.9"), ("1.0.1", "1.0"), ("v3", "2"), ("B", "A"), ("10", "9")]
        {
            assert!(is_higher(higher, lower), "{higher} {lower}");
            assert!(!is_higher(lower, higher), "{lower} {higher}");
        }
        for (one, other) in [("1.0", "1"), ("1.0", "v1.0"), ("2", "02"), ("", "0")] {
            assert!(!is_higher(one, other) && !is_higher(other, one), "{one} {other}");
        }
    }

    #[test]
    fn spellings_of_one_version_are_one() {
        for other in [
            "1.0",
            " 1.0 ",
            "v1.0",
            "V1.0",
            "V 1.0",
            "v. 1.0",
            "Version 1.0",
            "Rev. 1",
            "versión 1.0",
            "1",
            "1.0.0",
            "1.\u{200b}0",
        ] {
            assert!(is_same_version("1.0", other), "{other:?}");
        }
        for (one, other) in
            [("vB", "B"), ("1.0", "1.0 draft"), ("1.0", "Draft 1.0"), ("1.0", "10"), ("1.10", "1.1"), ("0", "")]
        {
            assert!(!is_same_version(one, other), "{one} {other}");
        }
    }
}
