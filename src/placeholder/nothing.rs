//! Recognizes answers that there is nothing: `none`, `n/a`, `No gaps known`.

use super::person::normalize_words;
use crate::text::is_dash;

/// Answers that cannot be put together from the words below.
const ANSWERS: [&str; 22] = [
    "n a",
    "na",
    "nil",
    "no",
    "nein",
    "non",
    "false",
    "not applicable",
    "does not apply",
    "nothing",
    "nichts",
    "entfällt",
    "nicht zutreffend",
    "trifft nicht zu",
    "nicht anwendbar",
    "néant",
    "sans objet",
    "no aplica",
    "n v t",
    "nvt",
    "nie dotyczy",
    "なし",
];

/// Words that deny what follows.
const NEGATORS: [&str; 25] = [
    "none",
    "no",
    "without",
    "kein",
    "keine",
    "keiner",
    "keinerlei",
    "aucun",
    "aucune",
    "ningún",
    "ninguna",
    "ninguno",
    "nessun",
    "nessuna",
    "nessuno",
    "geen",
    "nenhum",
    "nenhuma",
    "brak",
    "ingen",
    "inget",
    "inga",
    "無",
    "无",
    "нет",
];

/// What is denied, and words that change nothing about it.
const COMPANIONS: [&str; 46] = [
    "gap",
    "gaps",
    "evidence",
    "proof",
    "lücke",
    "lücken",
    "kompetenzlücke",
    "kompetenzlücken",
    "defizit",
    "defizite",
    "nachweis",
    "nachweise",
    "écart",
    "écarts",
    "lacune",
    "lacunes",
    "preuve",
    "brecha",
    "brechas",
    "evidencia",
    "lacuna",
    "lacune",
    "lacunas",
    "bewijs",
    "hiaat",
    "hiaten",
    "luk",
    "yet",
    "so",
    "far",
    "now",
    "at",
    "present",
    "currently",
    "known",
    "identified",
    "found",
    "available",
    "noch",
    "bisher",
    "derzeit",
    "aktuell",
    "bekannt",
    "bekannte",
    "vorhanden",
    "festgestellt",
];

/// Whether a whole value says that there is nothing, as opposed to one that is still to be filled in.
pub(crate) fn says_nothing_exists(text: &str) -> bool {
    let words = normalize_words(text);
    if words.is_empty() {
        let is_blank = |c: char| is_dash(c) || matches!(c, '.' | '/');
        return text.contains(|c| is_dash(c) || c == '/') && text.trim().chars().all(is_blank);
    }
    let is_denial = |word: &str| NEGATORS.contains(&word);
    let is_all_denied = || words.split(' ').all(|word| is_denial(word) || COMPANIONS.contains(&word));
    ANSWERS.contains(&words.as_str()) || words.split(' ').any(is_denial) && is_all_denied()
}

#[cfg(test)]
mod tests {
    use super::says_nothing_exists;

    #[test]
    fn answers_that_there_is_nothing_differ_from_open_ones() {
        for text in [
            "none",
            "None.",
            "keine",
            "N/A",
            "n. a.",
            "-",
            "–",
            "./.",
            "No gap",
            "no gaps known",
            "None at present",
            "nil",
            "no",
            "Keine Lücken",
            "noch keine",
            "keine bekannt",
            "aucun écart",
            "ninguna brecha",
            "none yet",
            "No evidence yet",
            "なし",
        ] {
            assert!(says_nothing_exists(text), "{text}");
        }
        for text in [
            "",
            "?",
            "...",
            "TBD",
            "unknown",
            "not known",
            "nicht bekannt",
            "known gap",
            "evidence",
            "missing",
            "pending",
            "yet",
            "No restore test since May",
            "Nobody has restored the archive",
            "no evidence of training",
            "keine Vertretung",
            "0",
        ] {
            assert!(!says_nothing_exists(text), "{text}");
        }
    }
}
