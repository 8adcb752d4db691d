//! Recognizes names that refer to nobody and to no place.

use super::{VALUE_PLACEHOLDERS, first_word, has_content, is_bracketed, words_of};
use crate::name::{fold_case, split_names};

/// Phrases that refer to nobody.
const NON_PERSONS: [&str; 29] = [
    "nobody",
    "no one",
    "noone",
    "not assigned",
    "unassigned",
    "vacant",
    "n n",
    "nn",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "various",
    "true",
    "false",
    "yes",
    "no",
    "niemand",
    "keiner",
    "keine",
    "steht noch nicht fest",
    "noch nicht benannt",
    "noch zu benennen",
    "wird benannt",
    "wird noch benannt",
    "vakant",
    "jemand",
];

/// First words of those phrases that have several words.
const FIRST_WORDS: [&str; 3] = ["no", "not", "n"];

/// Whether a text names a person or a role.
pub(crate) fn names_person_or_role(text: &str) -> bool {
    is_certain_name(text) || is_name(text)
}

/// Whether a text names a person or a role, and every part of a list does: `Service Director, TBD` does not.
pub(crate) fn names_only_persons_or_roles(text: &str) -> bool {
    let is_short = |part: &str| part.chars().filter(|letter| letter.is_alphanumeric()).count() < 2;
    let beside = text.split(['(', ')']).skip(1).step_by(2);
    names_person_or_role(text)
        && beside
            .chain(split_names(text))
            .all(|part| is_short(part) || is_bracketed(part) || names_person_or_role(part))
}

/// Phrases that refer to no place.
const NON_PLACES: [&str; 28] = [
    "here",
    "in here",
    "hier",
    "this document",
    "in this document",
    "this page",
    "this file",
    "dieses dokument",
    "in diesem dokument",
    "no location",
    "no location yet",
    "no place",
    "no place yet",
    "not kept",
    "not stored",
    "not filed",
    "n n",
    "https",
    "http",
    "nowhere",
    "somewhere",
    "elsewhere",
    "not decided",
    "not decided yet",
    "nirgends",
    "nirgendwo",
    "irgendwo",
    "anderswo",
];

/// Whether a text names a place in which something is kept.
pub(crate) fn names_place(text: &str) -> bool {
    // A URL may be in angle brackets, as in Markdown.
    let is_field = is_bracketed(text) && !text.contains("://");
    !is_field && !NON_PLACES.contains(&&*normalize_words(text)) && has_content(text)
}

/// The words of a text in lower case, separated by single spaces.
pub(super) fn normalize_words(text: &str) -> String {
    let folded = fold_case(text);
    let mut name = String::with_capacity(folded.len());
    for word in words_of(&folded) {
        name.push_str(if name.is_empty() { "" } else { " " });
        name.push_str(word);
    }
    name
}

fn is_name(text: &str) -> bool {
    let name = normalize_words(text);
    let has_letters = name.chars().any(char::is_alphabetic);
    has_letters && !is_bracketed(text) && !NON_PERSONS.contains(&name.as_str()) && has_content(text)
}

/// Whether a text has at least two words, and the first cannot start a placeholder or a phrase for nobody.
fn is_certain_name(text: &str) -> bool {
    let first = first_word(text);
    let has_more = text[first.len()..].bytes().any(|byte| byte.is_ascii_alphanumeric());
    let may_be_nobody = FIRST_WORDS.iter().any(|word| word.eq_ignore_ascii_case(first));
    has_more && !may_be_nobody && VALUE_PLACEHOLDERS.starts_with_plain_word(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_names_are_recognized() {
        for first in NON_PERSONS.into_iter().chain(["to", "TBD", "Change", "n", "X1", "lorem", "name", "role"]) {
            for rest in ["", " Manager", "-one", " be defined by", " assigned", " n", " <x>", ", Board", " ipsum", "."]
            {
                let text = format!("{first}{rest}");
                assert!(!is_certain_name(&text) || is_name(&text), "{text}");
            }
        }
        assert!(is_certain_name("Change Manager") && !is_certain_name("No one"));
    }

    #[test]
    fn places_have_names() {
        for place in ["Archive room 3", "<https://dms.example.org/x>", "[the archive](https://x.example)", "SharePoint"]
        {
            assert!(names_place(place), "{place}");
        }
        for place in [
            "here",
            "This document",
            "https://",
            "No location",
            "no location yet",
            "not kept",
            "N.N.",
            "nicht vorhanden",
            "Link to follow",
            "",
            "TBD",
            "[Place]",
            "[where]",
            "<Place>",
            "nowhere",
            "Nirgends.",
            "wird noch festgelegt",
            "{{x}}",
        ] {
            assert!(!names_place(place), "{place}");
        }
    }

    #[test]
    fn named_people_are_recognized() {
        for name in ["Change Manager", "N. Newman", "Nobody Knows Ltd", "变更经理", "CIO"] {
            assert!(names_person_or_role(name), "{name}");
        }
        for names in ["A, B and C Director", "R&D Manager", "X & Y Manager", "Manager (IT/OT)", "Ann Lee (acting)"] {
            assert!(names_only_persons_or_roles(names), "{names}");
        }
        for names in ["Service Director, TBD", "A and TBD", "A / TBD", "A; TBD", "Service Director (TBC)", "keiner"] {
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
        ] {
            assert!(!names_person_or_role(name), "{name}");
        }
    }
}
