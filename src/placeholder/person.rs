//! Recognizes names that refer to nobody.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::nobody::{FIELD_WORDS, JOINING_WORDS, NON_PERSONS};
use super::{VALUE_PLACEHOLDERS, first_word, has_content, is_bracketed, is_to_be_filled, words_of};
use crate::name::{fold_case, split_names};

/// The first words of all phrases for nobody, and all words of fields.
static FIRST_WORDS: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| {
    let firsts = NON_PERSONS.iter().filter_map(|phrase| phrase.split(' ').next());
    firsts.chain(field_words()).collect()
});

/// The words of fields that ask for a name or a role.
static FIELD_WORD_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| field_words().collect());

fn field_words() -> impl Iterator<Item = &'static str> {
    FIELD_WORDS.iter().flat_map(|words| words.split_whitespace())
}

/// Whether a text names a person or a role.
pub(crate) fn names_person_or_role(text: &str) -> bool {
    is_certain_name(text) || is_name(text)
}

/// Whether a text names a person or a role, and every part of a list does: `Service Director, TBD` does not.
pub(crate) fn names_only_persons_or_roles(text: &str) -> bool {
    let is_short = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count() < 2;
    let in_brackets = text.split(['(', ')']).skip(1).step_by(2);
    // `N.N. (Service Director)`
    let is_nobody_in_role = text.split_once('(').is_some_and(|(before, _)| names_nobody(before));
    // `Service Director?` asks whether it is they.
    names_person_or_role(text)
        && !is_left_open(text)
        && !is_nobody_in_role
        && !text.trim_end().ends_with(['?', '？'])
        && in_brackets
            .chain(split_names(text))
            .all(|part| is_short(part) || is_bracketed(part) || names_person_or_role(part))
}

/// Words before a role that deny or put off that somebody in it acted.
const DENYING_WORDS: [&str; 9] =
    ["not", "awaiting", "waiting", "pending", "former", "nicht", "wartet", "ehemaliger", "ehemalige"];
/// What separates a role from a remark or an alternative that names nobody: `Service Director – ausstehend`.
const ALTERNATIVES: [&str; 7] = [" – ", " — ", " - ", " or ", " oder ", " ou ", " o "];

/// Whether a text shows that nobody has signed: a box that is not ticked, a name that is struck out, a picture, a role
/// that is denied, or an alternative that is still open.
fn is_left_open(text: &str) -> bool {
    let text = text.trim();
    let has_open_part = |separator: &&str| text.contains(*separator) && text.split(*separator).any(names_nobody);
    text.starts_with(['☐', '□', '◻'])
        || text.starts_with("![")
        || text.starts_with("~~") && text.ends_with("~~")
        || text.starts_with('&') && text.ends_with(';')
        || DENYING_WORDS.contains(&first_word(text).to_lowercase().as_str())
        || ALTERNATIVES.iter().any(has_open_part)
}

/// Whether a text is a placeholder or a phrase for nobody.
fn names_nobody(text: &str) -> bool {
    is_to_be_filled(text) || NON_PERSONS.contains(&normalize_words(text).as_str())
}

/// The words of a text in lower case, separated by single spaces.
pub(crate) fn normalize_words(text: &str) -> String {
    let folded = fold_case(text);
    let mut name = String::with_capacity(folded.len());
    for word in words_of(&folded) {
        name.push_str(if name.is_empty() { "" } else { " " });
        name.push_str(word);
    }
    name
}

fn is_name(text: &str) -> bool {
    // The name in an address: `name@example.org` names nobody.
    let text = text.split_once('@').filter(|_| !text.contains(' ')).map_or(text, |(name, _)| name);
    let name = normalize_words(text);
    let has_letters = name.chars().any(char::is_alphabetic);
    has_letters
        && !is_bracketed(text)
        && !NON_PERSONS.contains(&name.as_str())
        && !is_name_field(&name)
        && has_content(text)
}

/// Whether a text in lower case only asks for a name or a role, as the fields of templates do: `name of approver`.
/// Unquoted brackets are a list in YAML, so that nothing else is left of `[Name]`.
fn is_name_field(name: &str) -> bool {
    let mut words = name.split(' ');
    let asks = |word: &str| FIELD_WORD_SET.contains(word) && !JOINING_WORDS.contains(&word);
    name.split(' ').any(asks) && words.all(|word| FIELD_WORD_SET.contains(word))
}

/// Whether a text has at least two words, and the first cannot start a placeholder, a field or a phrase for nobody.
fn is_certain_name(text: &str) -> bool {
    let first = first_word(text);
    let has_more = text[first.len()..].bytes().any(|byte| byte.is_ascii_alphanumeric());
    has_more
        && VALUE_PLACEHOLDERS.starts_with_plain_word(text)
        && !FIRST_WORDS.contains(first.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_names_are_recognized() {
        let others = ["to", "TBD", "Change", "n", "X1", "lorem", "Full", "Insert"];
        for first in NON_PERSONS.iter().copied().chain(others).chain(field_words()) {
            for rest in ["", " Manager", "-one", " be defined by", " name", " n", " <x>", ", Board", " ipsum", "."] {
                let text = format!("{first}{rest}");
                assert!(!is_certain_name(&text) || is_name(&text), "{text}");
            }
        }
        assert!(is_certain_name("Change Manager") && !is_certain_name("No one"));
    }

    #[test]
    fn named_people_are_recognized() {
        for name in [
            "Change Manager",
            "N. Newman",
            "Nobody Knows Ltd",
            "变更经理",
            "CIO",
            "Role Owner",
            "Personne Conseil",
            "Owner",
        ] {
            assert!(names_person_or_role(name), "{name}");
        }
        for names in [
            "A, B and C Director",
            "R&D Manager",
            "X & Y Manager",
            "Manager (IT/OT)",
            "Ann Lee (acting)",
            "Approver (Finance)",
            "ann.lee@example.org",
            "Head of Sales – Europe",
            "Del Norte",
            "Service Director or deputy",
            "Head of IT – Berlin",
            "Notary Office",
        ] {
            assert!(names_only_persons_or_roles(names), "{names}");
        }
        for names in [
            "Service Director, TBD",
            "A and TBD",
            "A / TBD",
            "A; TBD",
            "Service Director (TBC)",
            "keiner",
            "N.N. (Service Director)",
            "Service Director?",
            "Service Director or TBD",
            "Service Director – ausstehend",
            "not Service Director",
            "☐ Service Director",
            "~~Service Director~~",
            "&nbsp;",
            "awaiting Service Director",
            "☐ Service Director",
            "~~Service Director~~",
        ] {
            assert!(!names_only_persons_or_roles(names), "{names}");
        }
        for name in [
            "",
            "?",
            "TBD",
            "nobody",
            "No one",
            "N. N.",
            "[Name]",
            "<name>",
            "{{name}}",
            "1",
            "true",
            "n/a",
            "vacant",
            "to be named",
            "not yet approved",
            "steht noch aus",
            "Name",
            "ROLE",
            "Insert approver",
            "Name of the approver",
            "First name / last name",
            "Vorname Nachname",
            "personne",
            "Ninguém",
            "me",
            "not approved",
            "nein",
            "approver's name",
            "Please select",
            "Freigebender",
            "John Doe",
            "Max Mustermann",
            "por nombrar",
            "担当者未定",
            "wie oben",
            "deleted user",
            "Firstname Lastname",
            "firstname.lastname@example.org",
            "Nombre del aprobador",
            "da confermare",
            "署名",
            "A. N. Other",
            "Nombre del aprobador",
            "Approvato da",
            "in attesa",
            "te bevestigen",
            "nicht zugewiesen",
            "a n other",
            "Mr X",
            "選択してください",
        ] {
            assert!(!names_person_or_role(name), "{name}");
        }
    }
}
