//! Compares versions as authors write them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::text::as_seen;

mod order;

pub(crate) use order::Version;

/// Words for a version, which may precede its number or above a column of versions.
const VERSION_WORDS: [&str; 19] = [
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
/// Other words before a number that do not make it another version.
const OTHER_PREFIXES: [&str; 9] = ["v", "r", "stand", "no", "nr", "第", "版本", "バージョン", "버전"];
/// Signs after a number that do not make it another version.
const SUFFIXES: [char; 2] = ['版', '판'];
/// Remarks in brackets after a number that do not make it another version.
const REMARKS: [&str; 14] = [
    "approved",
    "final",
    "released",
    "signed",
    "valid",
    "current",
    "in force",
    "freigegeben",
    "gültig",
    "approuvé",
    "approuvée",
    "aprobado",
    "approvato",
    "goedgekeurd",
];

/// Whether two strings are the same version in two spellings: with invisible or full-width characters, with a `v` or a
/// similar word, with a comma as the point, or with zeros around it. `1.0` is `v1.0`, `Version: 1`, `1,0`, `01.00` and
/// `第1.0版`, and `A` is `Rev. A`.
pub(crate) fn is_same_version(a: &str, b: &str) -> bool {
    version_key(a) == version_key(b)
}

/// A canonical form in which all spellings of a version are equal.
pub(crate) fn version_key(version: &str) -> Cow<'_, str> {
    if !version.is_ascii() {
        let plain: String = as_seen(version).nfkc().collect();
        return Cow::Owned(canonical(&plain).into_owned());
    }
    canonical(version)
}

/// The part of a version that distinguishes it from others, in one spelling.
fn canonical(version: &str) -> Cow<'_, str> {
    let number = without_remark(without_prefix(version.trim())).trim_end_matches(SUFFIXES).trim_end_matches(['.', ' ']);
    if let [letter] = number.as_bytes()
        && letter.is_ascii_lowercase()
    {
        return Cow::Owned(number.to_ascii_uppercase());
    }
    if !number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Cow::Borrowed(number);
    }
    let digits = number.trim_start_matches('0');
    let zeros = number.len() - digits.len();
    let kept = usize::from(zeros > 0 && !digits.starts_with(|c: char| c.is_ascii_digit()));
    let mut number = &number[zeros - kept..];
    while let Some((rest, zeros)) = number.rsplit_once(['.', ',']) {
        if rest.is_empty() || zeros.bytes().any(|byte| byte != b'0') {
            break;
        }
        number = rest;
    }
    if number.contains(',') { Cow::Owned(number.replace(',', ".")) } else { Cow::Borrowed(number) }
}

/// A version without a word such as `v` or `Version:` before its number or letter.
fn without_prefix(version: &str) -> &str {
    let version = version.trim_start_matches(['#', ' ']);
    let end = version.find(|c: char| !c.is_alphabetic()).unwrap_or(version.len());
    let (word, rest) = version.split_at(end);
    let number = rest.trim_start_matches(|c: char| matches!(c, '.' | ':' | '#') || c.is_whitespace());
    // A letter must be apart from the word, and a single letter is not a word: `v B` may be a version of its own.
    let is_letter = || {
        number.len() < rest.len()
            && word.len() > 1
            && matches!(number.as_bytes(), [letter] if letter.is_ascii_alphabetic())
    };
    let is_prefix = || {
        let word = word.to_lowercase();
        is_version_word(&word) || OTHER_PREFIXES.contains(&word.as_str())
    };
    let has_number = number.starts_with(|c: char| c.is_ascii_digit()) || is_letter();
    if end > 0 && has_number && is_prefix() { number } else { version }
}

/// Whether a word in lower case means a version.
pub(crate) fn is_version_word(word: &str) -> bool {
    VERSION_WORDS.contains(&word)
}

/// A version without a remark in brackets that says that it is in force.
fn without_remark(version: &str) -> &str {
    let Some((number, remark)) = version.strip_suffix(')').and_then(|version| version.rsplit_once('(')) else {
        return version;
    };
    if REMARKS.contains(&remark.trim().to_lowercase().as_str()) { number.trim_end() } else { version }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "1.00",
            "1,0",
            "01.0",
            "1.0.",
            "Version: 1.0",
            "r1.0",
            "#1.0",
            "1.0 (approved)",
            "第1.0版",
            "1.0版",
            "１．０",
        ] {
            assert!(is_same_version("1.0", other), "{other:?}");
        }
        for other in ["a", "Rev. A", "Revision A", "Issue: a"] {
            assert!(is_same_version("A", other), "{other:?}");
        }
        for (one, other) in [("0", "0.0"), ("0.1", "00,1"), ("2", "02")] {
            assert!(is_same_version(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("vB", "B"),
            ("1.0", "1.0 draft"),
            ("1.0", "1.0 (draft)"),
            ("1.0", "Draft 1.0"),
            ("1.0", "1.0a"),
            ("1.0", "10"),
            ("1.10", "1.1"),
            ("1.01", "1.1"),
            ("0", ""),
            ("0.1", "1"),
            ("ver", "version"),
            ("Rev. A", "Rev. B"),
        ] {
            assert!(!is_same_version(one, other), "{one} {other}");
        }
    }
}
