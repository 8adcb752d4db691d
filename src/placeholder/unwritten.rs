//! Sentences that only say that their text is still to be written, was left out, or is somewhere nearby.

use std::sync::LazyLock;

use ahash::AHashMap;

use super::instructions::may_begin_instruction;
use super::languages::{LANGUAGES, WordRole};

/// Words for *by* in languages in which they may follow a word with the role [`WordRole::Later`]:
/// `Nog in te vullen door de eigenaar`. English is not among them, because who does it may be the point of the
/// sentence.
const BY_WORDS: [&str; 9] = ["durch", "von", "par", "por", "door", "da", "cura", "pelo", "przez"];

/// The roles of each word as bits, [`WordRole::COUNT`] for each language.
static WORD_ROLES: LazyLock<AHashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut words = AHashMap::new();
    for (number, language) in (0u32..).zip(LANGUAGES) {
        for (role, list) in language {
            for word in list.split_whitespace() {
                *words.entry(word).or_insert(0) |= role.bit() << (number * WordRole::COUNT);
            }
        }
    }
    words
});

/// Whether a word may begin such a sentence.
pub(super) fn may_begin(word: &str) -> bool {
    WORD_ROLES.contains_key(word) || may_begin_instruction(word)
}

/// Whether a sentence, given as case-folded words, says nothing but that its text is still to be written.
///
/// In running text, it may also say that the text was left out, is somewhere nearby, or must be written by its author.
pub(super) fn is_unwritten<'w>(words: impl Iterator<Item = &'w str>, is_value: bool) -> bool {
    let mut seen_roles = [0u64; LANGUAGES.len()];
    let (mut count, mut is_no) = (0, false);
    let mut alive = (1u64 << LANGUAGES.len()) - 1;
    for (at, word) in words.enumerate() {
        // `A cura di` alone names who takes care of something.
        let may_name = |seen: u64| is_still_to_come(seen) && (word != "cura" || is_about_text(seen));
        if at > 0
            && BY_WORDS.contains(&word)
            && (1..LANGUAGES.len()).any(|language| is_alive(alive, language) && may_name(seen_roles[language]))
        {
            return true;
        }
        count += 1;
        is_no |= word == "no";
        let roles = if is_number(word) { u64::MAX } else { *WORD_ROLES.get(word).unwrap_or(&0) };
        for (number, seen_roles) in seen_roles.iter_mut().enumerate() {
            let word_roles = (roles >> (number as u32 * WordRole::COUNT)) & ((1 << WordRole::COUNT) - 1);
            if word_roles == 0 {
                alive &= !(1 << number);
            } else if !is_number(word) {
                *seen_roles |= word_roles;
            }
        }
        if alive == 0 {
            return false;
        }
    }
    // A lone `No` answers the question in the heading.
    if is_no && count == 1 {
        return false;
    }
    let says_nothing = |seen: u64| match is_value {
        // `Will Page` is a person.
        true => count > 2 && is_still_to_come(seen) && is_about_text(seen),
        false => says_nothing(seen),
    };
    seen_roles.iter().enumerate().any(|(number, seen)| is_alive(alive, number) && says_nothing(*seen))
}

fn is_alive(alive: u64, number: usize) -> bool {
    alive & (1 << number) != 0
}

fn has_role(seen: u64, role: WordRole) -> bool {
    seen & role.bit() != 0
}

fn is_still_to_come(seen: u64) -> bool {
    has_role(seen, WordRole::Later)
}

fn is_about_text(seen: u64) -> bool {
    [WordRole::Text, WordRole::Instruction, WordRole::Subject].into_iter().any(|role| has_role(seen, role))
}

fn says_nothing(seen: u64) -> bool {
    let is_left_out = has_role(seen, WordRole::Absent) && !has_role(seen, WordRole::Subject);
    let is_order = has_role(seen, WordRole::Instruction) && has_role(seen, WordRole::Text);
    let is_pointer = has_role(seen, WordRole::See) && has_role(seen, WordRole::Nearby);
    is_still_to_come(seen) || is_left_out || is_order || is_pointer
}

/// Whether a word is a number, or the number of a version or quarter: `2`, `v2`, `Q3`.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'q']).unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::fold_case;
    use crate::placeholder::instructions::is_instruction;
    use crate::placeholder::words_of;

    fn says_nothing(text: &str, is_value: bool) -> bool {
        let folded = fold_case(text);
        is_unwritten(words_of(&folded), is_value) || (!is_value && is_instruction(words_of(&folded)))
    }

    #[test]
    fn words_are_folded_and_known_by_few_roles() {
        for word in WORD_ROLES.keys() {
            assert_eq!(fold_case(word), *word);
        }
    }

    #[test]
    fn sentences_about_their_own_text_say_nothing() {
        for text in [
            "Reserved for future use.",
            "This section has been intentionally left blank.",
            "This section was removed.",
            "Section deleted.",
            "Removed in version 2.",
            "We will write this later.",
            "We still have to write this section.",
            "Someone needs to write this.",
            "This section needs to be completed.",
            "Needs content.",
            "No content yet.",
            "There is no content yet.",
            "Add content here",
            "Describe the process here.",
            "Describe here how incidents are restored.",
            "Write this section",
            "Not applicable at this time.",
            "Currently not applicable.",
            "Not used.",
            "Left intentionally empty.",
            "Details will be added later.",
            "Information will be added here.",
            "Will be added in Q3.",
            "No description provided.",
            "See the next section.",
            "Please refer to the section above.",
            "Wird noch nachgetragen.",
            "Noch nicht beschrieben.",
            "Dieser Abschnitt ist noch leer.",
            "Hier den Prozess beschreiben.",
            "Hier Text einfügen",
            "Bitte ausfüllen",
            "Siehe das nächste Kapitel.",
            "Pendiente de definir.",
            "Se completará más adelante.",
            "Por determinar",
            "Sección en construcción",
            "Véase más arriba.",
            "À rédiger ultérieurement.",
            "Cette section sera complétée ultérieurement.",
            "Cette page est laissée intentionnellement vide.",
            "Contenu à venir.",
            "À compléter par le responsable du processus",
            "Nog te definiëren",
            "Nog in te vullen door de proceseigenaar",
            "Deze sectie is leeg.",
            "Wordt nog aangevuld",
            "Sezione da completare",
            "Placeholder for the incident process",
            "Folgt in Kürze.",
            "Will be available in January.",
            "Planned for 2027",
            "Text fehlt",
            "Hier fehlt noch Text",
            "Kommt später",
            "Da completare a cura del responsabile",
            "Décrire ici comment les incidents sont traités.",
            "In this section, describe the purpose of the procedure.",
            "Please describe the process",
            "Explain how your organization handles incidents.",
            "Step 1",
            "Próximamente",
            "Beschrijf hier het proces.",
            "Opisz tutaj proces.",
            "Descreva aqui o processo.",
            "ここに手順を記載する。",
            "ここに内容を記入",
            "在此输入内容",
            "여기에 내용을 입력하세요",
        ] {
            assert!(says_nothing(text, false), "{text}");
        }
    }

    #[test]
    fn sentences_about_something_else_say_something() {
        for text in [
            "",
            "The desk restores the service within four hours.",
            "Information is provided on time.",
            "Information must be provided.",
            "Information that is not used is deleted.",
            "Descriptions are updated within a day.",
            "A description will be added to the ticket.",
            "Will be completed by the requester within a day.",
            "Describe the fault here and press Send.",
            "Describe the scope of the change in the ticket.",
            "Step 1 is to call the desk.",
            "Define the priority.",
            "Describe how vendors are reviewed before approval.",
            "No.",
            "Enter the ticket number here.",
            "See the incident procedure.",
            "See section 4.2 of the plan.",
            "Pages are removed after five years.",
            "Nicht gespeicherte Daten gehen verloren.",
            "Der Bericht wird noch am selben Tag geschrieben.",
            "Le service est rétabli par le centre de services.",
            "La mesa restablece el servicio.",
            "Ver el plan de continuidad.",
            "De servicedesk herstelt de dienst.",
            "A cura del service desk i ticket vengono chiusi.",
            "Indiquer ici le numéro du ticket.",
            "Hier beschreiben die Nutzer die Störung.",
            "ここにチケット番号を入力する。",
            "Vul hier het ticketnummer in.",
        ] {
            assert!(!says_nothing(text, false), "{text}");
        }
    }

    #[test]
    fn values_say_nothing_only_when_they_are_still_to_come() {
        assert!(says_nothing("Will be described later.", true));
        for text in ["Will", "Will Page", "Removed.", "Add the description.", "Not used.", "Empty"] {
            assert!(!says_nothing(text, true), "{text}");
        }
    }
}
