//! Recognizes names that refer to nobody.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::nobody::{FIELD_WORDS, JOINING_WORDS, NON_PERSONS};
use super::{VALUE_PLACEHOLDERS, first_word, has_content, is_bracketed, words_of};
use crate::name::fold_case;

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

pub(super) fn is_name(text: &str) -> bool {
    // The name of an account, or in an address: `name@example.org` names nobody.
    let text = text.trim().trim_start_matches('@');
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
pub(super) fn is_name_field(name: &str) -> bool {
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
