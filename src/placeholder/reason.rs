//! Decides whether a text gives a reason.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::person::normalize_words;
use super::{Placeholders, is_bracketed, percent_field, words};

/// Words that only say that something is not needed, but not why.
const EMPTY_REASON_WORDS: [&str; 144] = [
    "we",
    "us",
    "our",
    "it",
    "its",
    "this",
    "that",
    "these",
    "is",
    "are",
    "was",
    "be",
    "been",
    "not",
    "t",
    "s",
    "don",
    "do",
    "does",
    "need",
    "needs",
    "needed",
    "require",
    "required",
    "necessary",
    "unnecessary",
    "use",
    "apply",
    "applies",
    "applicable",
    "relevant",
    "at",
    "the",
    "time",
    "moment",
    "present",
    "currently",
    "now",
    "here",
    "for",
    "to",
    "because",
    "so",
    "item",
    "clause",
    "document",
    "wird",
    "werden",
    "nicht",
    "gebraucht",
    "benötigt",
    "gilt",
    "gelten",
    "für",
    "uns",
    "wir",
    "brauchen",
    "benötigen",
    "das",
    "dies",
    "es",
    "ist",
    "derzeit",
    "aktuell",
    "zurzeit",
    "hier",
    "nötig",
    "erforderlich",
    "notwendig",
    "trifft",
    "zu",
    "relevanz",
    "will",
    "later",
    "done",
    "soon",
    "next",
    "year",
    "month",
    "quarter",
    "ok",
    "okay",
    "then",
    "reason",
    "reasons",
    "unknown",
    "of",
    "organization",
    "organisation",
    "company",
    "any",
    "zutreffend",
    "unsere",
    "unser",
    "unternehmen",
    "firma",
    "vorerst",
    "später",
    "aplica",
    "aplicable",
    "procede",
    "necesario",
    "necesaria",
    "necesita",
    "requiere",
    "nosotros",
    "para",
    "nos",
    "se",
    "motivo",
    "razón",
    "ahora",
    "nécessaire",
    "requis",
    "besoin",
    "applique",
    "nous",
    "pour",
    "concerné",
    "sans",
    "objet",
    "raison",
    "nodig",
    "toepassing",
    "voor",
    "ons",
    "vereist",
    "hebben",
    "wij",
    "dit",
    "reden",
    "necessario",
    "necessaria",
    "applicabile",
    "richiesto",
    "applica",
    "per",
    "noi",
    "anwendbar",
    "bei",
    "pertinent",
    "pertinente",
    "agreed",
    "vereinbart",
];

/// Phrases that only repeat that something is not needed, and therefore are not a reason.
const NO_REASONS: [&str; 51] = [
    "not needed",
    "not needed at all",
    "not necessary",
    "not required",
    "unnecessary",
    "no need",
    "no reason",
    "we do not need it",
    "we don t need it",
    "do not need",
    "does not apply to us",
    "not applicable to us",
    "because",
    "not for us",
    "nicht nötig",
    "nicht notwendig",
    "nicht erforderlich",
    "nicht benötigt",
    "brauchen wir nicht",
    "kein grund",
    "no comment",
    "kein bedarf",
    "keine begründung",
    "ohne begründung",
    "pas de besoin",
    "no hace falta",
    "必要なし",
    "wie oben",
    "please ignore",
    "wird noch gemacht",
    "on request",
    "auf anfrage",
    "see minutes",
    "siehe protokoll",
    "see soa",
    "siehe soa",
    "see wiki",
    "see ticket",
    "siehe ticket",
    "ohne grund",
    "sans raison",
    "siehe wiki",
    "wie vereinbart",
    "ja nein",
    "yes no",
    "by decision",
    "management decision",
    "decision of the board",
    "decision of the management",
    "entscheidung der leitung",
    "理由なし",
];

/// First letters, or in compounds the last part, of words that give a reason alone or denied: `Duplicate`, `Zu teuer`,
/// `Keine Softwareentwicklung`.
const FACTS: [&str; 43] = [
    "duplicat",
    "doppel",
    "doppelt",
    "duplikat",
    "doublon",
    "duplicad",
    "doppione",
    "teuer",
    "feasibl",
    "unfeasibl",
    "wirtschaftlich",
    "machbar",
    "economic",
    "uneconomic",
    "aktivier",
    "inanspruchnahm",
    "activer",
    "activad",
    "uruchomi",
    "invok",
    "occurr",
    "eingetreten",
    "vorgekommen",
    "crisis",
    "entwicklung",
    "développement",
    "ontwikkeling",
    "outsourc",
    "reorgani",
    "kapazität",
    "cost",
    "kosten",
    "coût",
    "legal",
    "rechtlich",
    "datenschutz",
    "reproduc",
    "reproduzier",
    "postpon",
    "already",
    "bereits",
    "dubbel",
    "budżet",
];
/// Maximum number of words of such a reason.
const MAX_FACT_WORDS: usize = 3;

/// Words for a need that has ended, which is a reason: `Not needed any more`.
const NO_LONGER: [&str; 6] = ["any more", "anymore", "no longer", "nicht mehr", "plus nécessaire", "niet meer"];

/// Whether a short text names such a fact.
fn names_fact(text: &str) -> bool {
    let normalized = normalize_words(text);
    if NO_LONGER.iter().any(|phrase| normalized.contains(phrase) && normalized.len() > phrase.len()) {
        return true;
    }
    let is_fact = |word: &String| FACTS.iter().any(|fact| word.starts_with(fact) || word.ends_with(fact));
    words(text).count() <= MAX_FACT_WORDS && words(text).any(|word| is_fact(&word)) && !text.contains('?')
}

/// Whether a text can be a reason: it has at least two different words apart from placeholders.
pub(crate) fn is_reason(text: &str) -> bool {
    static REASON_PLACEHOLDERS: LazyLock<Placeholders> = LazyLock::new(|| Placeholders::for_reasons(NO_REASONS));
    if is_bracketed(text) || text.contains("{{") || percent_field(text).is_some() {
        return false;
    }
    if names_fact(text) {
        return true;
    }
    let words: AHashSet<String> = words(text).filter(|word| !EMPTY_REASON_WORDS.contains(&word.as_str())).collect();
    let letters = words.iter().map(|word| word.chars().filter(|c| c.is_alphabetic()).count());
    let written_apart = letters.clone().filter(|letters| *letters > 1).count() > 1;
    // Chinese and Japanese have no spaces between words.
    let written_together =
        letters.max().unwrap_or(0) > 3 && !text.is_ascii() && REASON_PLACEHOLDERS.has_enough_words(1, text, "en");
    (written_apart && REASON_PLACEHOLDERS.has_enough_words(2, text, "en"))
        || (written_together && has_wide_letters(text))
}

/// Whether a text contains characters of a script without spaces between words.
fn has_wide_letters(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{eff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_more_than_that_nothing_is_needed() {
        for text in [
            "The page follows in the next release.",
            "No plan has been invoked.",
            "Kein Plan wurde aktiviert.",
            "尚未启动任何连续性计划",
            "Out of our scope.",
            "Zu teuer",
            "Duplicate",
            "Not feasible",
            "Nicht eingetreten",
            "Keine Softwareentwicklung",
            "Brak uruchomień",
            "Keine Inanspruchnahme.",
            "Geen crisis",
            "nicht vorgekommen",
            "The customer and we have agreed to do it by phone.",
            "Keine Kapazität",
            "Legal reasons",
            "Already done",
            "Not needed any more",
            "Nicht mehr nötig",
        ] {
            assert!(is_reason(text), "{text}");
        }
        for text in [
            "Not needed",
            "Kein Bedarf",
            "no comment",
            "wie oben",
            "see minutes",
            "We do not need it.",
            "no reason",
            "1 2",
            "a b",
            "because because",
            "<reason here>",
            "[why]",
            "See above.",
            "We don't need this.",
            "It is not required.",
            "Not needed at this time.",
            "This is not applicable.",
            "Wird nicht gebraucht.",
            "Gilt für uns nicht.",
            "不适用",
            "We will do this later.",
            "Will be done next year",
            "The reason is unknown",
            "{{reason}} and more",
            "Nicht zutreffend für unsere Organisation",
            "Sin motivo",
            "No aplica a nosotros",
            "Pas nécessaire pour nous",
            "Niet nodig voor ons",
            "Non necessario",
            "see wiki",
            "see ticket",
            "siehe ticket",
            "ohne grund",
            "sans raison",
            "as agreed",
            "ja nein",
            "nicht anwendbar bei uns",
            "Non pertinent",
            "Decision of the board",
            "理由なし",
        ] {
            assert!(!is_reason(text), "{text}");
        }
    }
}
