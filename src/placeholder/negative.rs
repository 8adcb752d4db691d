//! Values that say no, as opposed to values that are still to be filled in.

use std::sync::LazyLock;

use super::person::normalize_words;
use super::{Placeholders, is_bracketed};

/// Values that are answers, even if they only say that there is nothing: `retention: none`.
const NEGATIVE_ANSWERS: [&str; 63] = [
    "blank",
    "does not apply",
    "draft",
    "empty",
    "excluded",
    "missing",
    "n a",
    "na",
    "nil",
    "non applicable",
    "none",
    "not applicable",
    "not available",
    "not in scope",
    "not needed",
    "not relevant",
    "not required",
    "nothing",
    "nothing excluded",
    "nothing missing",
    "nothing open",
    "nothing outstanding",
    "nothing pending",
    "out of scope",
    "pending",
    "reserved",
    "stub",
    "unknown",
    "void",
    "entfällt",
    "entwurf",
    "k a",
    "keine",
    "keine angabe",
    "keine angaben",
    "leer",
    "nicht anwendbar",
    "nicht erforderlich",
    "nicht relevant",
    "nicht vorhanden",
    "nicht zutreffend",
    "offen",
    "trifft nicht zu",
    "aucun",
    "néant",
    "s o",
    "sans objet",
    "vide",
    "ninguno",
    "no aplica",
    "no aplicable",
    "no procede",
    "não aplicável",
    "nessuno",
    "non applicabile",
    "geen",
    "n v t",
    "niet van toepassing",
    "nvt",
    "brak",
    "nie dotyczy",
    "нет",
    "無",
];

static BUILT_IN_PLACEHOLDERS: LazyLock<Placeholders> = LazyLock::new(|| Placeholders::for_values([]));

/// Whether a whole value is a placeholder for one that is still to be filled in: `pendiente`, `Todo: ask`.
pub(crate) fn is_to_be_filled(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).count();
    !BUILT_IN_PLACEHOLDERS.has_enough_words(1, text, "en")
        && letters() > 1
        && !is_bracketed(text)
        && !NEGATIVE_ANSWERS.contains(&normalize_words(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::is_to_be_filled;

    #[test]
    fn values_to_be_filled_in_are_distinguished_from_answers() {
        for text in
            ["TBD", "tbd", "Todo: ask", "pendiente", "à définir", "nog te bepalen", "noch zu klären", "Coming soon"]
        {
            assert!(is_to_be_filled(text), "{text}");
        }
        for text in [
            "",
            "-",
            "x",
            "none",
            "N/A",
            "k. A.",
            "Draft",
            "Will Page",
            "Change Manager",
            "7 years",
            "[Name]",
            "Nothing missing",
        ] {
            assert!(!is_to_be_filled(text), "{text}");
        }
    }
}
