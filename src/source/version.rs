//! Compares versions as authors write them.

use std::borrow::Cow;

use crate::text::as_seen;

/// Whether two strings are the same version, ignoring invisible characters and a `v` before a number.
pub(crate) fn is_same_version(one: &str, other: &str) -> bool {
    version_key(one) == version_key(other)
}

/// A canonical form in which all spellings of a version are equal.
pub(crate) fn version_key(version: &str) -> Cow<'_, str> {
    let seen = match version.is_ascii() {
        true => Cow::Borrowed(version.trim()),
        false => Cow::Owned(as_seen(version).trim().to_owned()),
    };
    let is_number = |rest: &&str| rest.starts_with(|letter: char| letter.is_ascii_digit());
    match seen.strip_prefix(['v', 'V']).filter(is_number) {
        Some(number) => Cow::Owned(number.to_owned()),
        None => seen,
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
        for other in ["1.0", " 1.0 ", "v1.0", "V1.0", "1.\u{200b}0"] {
            assert!(is_same_version("1.0", other), "{other:?}");
        }
        assert!(!is_same_version("1.0", "1") && !is_same_version("vB", "B"));
    }
}
