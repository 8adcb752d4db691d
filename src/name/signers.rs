//! Who signed, compared with who must sign.

use super::{name_key, split_names};

/// A person or role, with every name that a text gives it: `Service Director (Ann Lee)`.
struct Signer<'a> {
    /// The first of its names, as written.
    name: &'a str,
    keys: Vec<String>,
}

/// Whether a text names somebody who is among the people and roles of these texts, whatever titles, days and marks of
/// signature are beside the names.
pub(crate) fn names_one_of<'a>(text: &str, wanted: impl IntoIterator<Item = &'a str>) -> bool {
    let signers = signers(text);
    let is_signer = |one: &Signer<'_>| signers.iter().any(|signer| is_same(signer, one));
    wanted.into_iter().any(|text| self::signers(text).iter().any(is_signer))
}

/// The people and roles of these texts whom none of the other texts names.
pub(crate) fn absent_signers<'a, 'b>(
    wanted: impl IntoIterator<Item = &'a str>,
    present: impl IntoIterator<Item = &'b str>,
) -> Vec<&'a str> {
    let present: Vec<Signer<'_>> = present.into_iter().flat_map(signers).collect();
    let is_absent = |one: &Signer<'_>| !present.iter().any(|signer| is_same(signer, one));
    wanted.into_iter().flat_map(signers).filter(is_absent).map(|signer| signer.name).collect()
}

fn is_same(one: &Signer<'_>, other: &Signer<'_>) -> bool {
    one.keys.iter().any(|key| other.keys.contains(key))
}

/// Everybody whom a text names.
fn signers(text: &str) -> Vec<Signer<'_>> {
    if let Some((surname, given)) = directory_entry(text) {
        return vec![Signer { name: text.trim(), keys: vec![name_key(&format!("{given} {surname}"))] }];
    }
    let mut signers: Vec<Signer<'_>> = Vec::new();
    let mut pieces = text.split(['(', ')', '（', '）']);
    while let Some(piece) = pieces.next() {
        for name in split_names(piece).map(without_titles).filter(|name| name.contains(char::is_alphabetic)) {
            // `Ann Lee, CEO` is one person.
            let is_title = name.chars().all(char::is_uppercase);
            match signers.last_mut().filter(|_| is_title) {
                Some(signer) => signer.keys.push(name_key(name)),
                None => signers.push(Signer { name, keys: vec![name_key(name)] }),
            }
        }
        let aside = pieces.next().map(without_titles).filter(|aside| aside.contains(char::is_alphabetic));
        if let (Some(signer), Some(aside)) = (signers.last_mut(), aside) {
            signer.keys.push(name_key(aside));
        }
    }
    signers
}

/// The two parts of a name as directories export it: `Lee, Ann`.
fn directory_entry(text: &str) -> Option<(&str, &str)> {
    let (surname, given) = text.trim().split_once(", ")?;
    let is_word = |word: &str| {
        word.contains(char::is_lowercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
    };
    (is_word(surname) && is_word(given)).then_some((surname, given))
}

/// A name without the titles and marks of signature before it: `gez. Dr. Ann Lee`, `Approver: Ann Lee`. Days are no
/// names.
fn without_titles(name: &str) -> &str {
    const TITLES: [&str; 20] = [
        "dr",
        "prof",
        "dipl",
        "ing",
        "mag",
        "mr",
        "mrs",
        "ms",
        "herr",
        "frau",
        "mme",
        "gez",
        "gezeichnet",
        "signed",
        "approved",
        "by",
        "freigegeben",
        "genehmigt",
        "von",
        "durch",
    ];
    let name = name.rsplit_once(": ").map_or(name, |(_, name)| name);
    let mut name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return "";
    }
    while let Some((first, rest)) = name.split_once(char::is_whitespace)
        && TITLES.contains(&first.trim_end_matches(['.', ',']).to_lowercase().as_str())
    {
        name = rest.trim_start();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_are_recognized_in_other_words() {
        for (wanted, present) in [
            ("Ann Lee, Bob Ray", "Bob Ray, Ann Lee"),
            ("Ann Lee and Bob Ray", "Ann Lee, Bob Ray"),
            ("Service Director", "Service Director (Ann Lee)"),
            ("Service Director", "Ann Lee (Service Director)"),
            ("Service Director", "Ann Lee, Service Director"),
            ("Service Director (Ann Lee)", "Ann Lee"),
            ("Service Director", "Service Director, 2026-10-05"),
            ("Service Director", "Service Director (acting)"),
            ("Ann Lee", "Ann Lee, CEO"),
            ("Ann Lee, CEO", "Ann Lee"),
            ("Ann Lee", "Dr. Ann Lee"),
            ("Ann Lee", "gez. Ann Lee"),
            ("Ann Lee", "Lee, Ann"),
            ("Ann Lee", "[[Ann Lee]]"),
            ("Ann Lee", "Approved by Ann Lee"),
        ] {
            assert!(names_one_of(present, [wanted]), "{wanted} / {present}");
            assert!(absent_signers([wanted], [present]).is_empty(), "{wanted} / {present}");
        }
        assert!(!names_one_of("Desk Manager", ["Service Director", "Ann Lee"]));
        assert!(!names_one_of("2026-10-05", ["Service Director, 2026-10-05"]));
        assert_eq!(absent_signers(["Ann Lee", "Bob Ray"], ["Ann Lee"]), ["Bob Ray"]);
        assert_eq!(absent_signers(["Ann Lee, Bob Ray"], ["Lee, Ann"]), ["Bob Ray"]);
    }
}
