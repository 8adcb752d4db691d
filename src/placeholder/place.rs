//! Recognizes texts that should say where something is kept, and name no place.

use super::person::normalize_words;
use super::{has_content, is_bracketed};

/// Phrases that refer to no place.
const NON_PLACES: &[&str] = &[
    // English
    "here",
    "in here",
    "this document",
    "in this document",
    "in the document",
    "this page",
    "this file",
    "see text",
    "see document",
    "wherever",
    "nowhere",
    "somewhere",
    "elsewhere",
    "anywhere",
    "n n",
    "local",
    "locally",
    "internal",
    "external",
    "lost",
    "planned",
    "unsigned",
    "verbal",
    "verbally",
    "oral",
    "verbal agreement",
    "oral agreement",
    "handshake",
    "location",
    "place",
    "place of storage",
    "storage location",
    "path",
    "link",
    "url",
    // German
    "hier",
    "dieses dokument",
    "in diesem dokument",
    "im dokument",
    "siehe text",
    "siehe dokument",
    "nirgends",
    "nirgendwo",
    "irgendwo",
    "anderswo",
    "lokal",
    "intern",
    "extern",
    "verloren",
    "verschollen",
    "geplant",
    "mündlich",
    "mündliche vereinbarung",
    "handschlag",
    "ort",
    "ablage",
    "ablageort",
    "speicherort",
    "n v",
    // French, Spanish, Italian, Dutch, Portuguese and Polish
    "ici",
    "nulle part",
    "perdu",
    "oral",
    "verbal",
    "lieu",
    "emplacement",
    "aquí",
    "en ninguna parte",
    "perdido",
    "ubicación",
    "lugar",
    "qui",
    "da nessuna parte",
    "verbale",
    "luogo",
    "posizione",
    "nergens",
    "mondeling",
    "plaats",
    "locatie",
    "em lado nenhum",
    "localização",
    "nigdzie",
    "miejsce",
];

/// First words of a text that denies or puts off that there is a place: `no contract`, `noch nicht unterschrieben`.
const DENIALS: [&str; 25] = [
    "no", "not", "none", "nothing", "never", "without", "missing", "kein", "keine", "keiner", "nicht", "noch", "ohne",
    "aucun", "aucune", "sans", "ningún", "ninguno", "ninguna", "sin", "nessun", "nessuno", "senza", "geen", "niet",
];

/// Whether a text names a place in which something is kept.
pub(crate) fn names_place(text: &str) -> bool {
    // A URL may be in angle brackets, as in Markdown.
    let is_field = is_bracketed(text) && !text.contains("://");
    let words = normalize_words(text);
    let mut each = words.split(' ');
    // `Wird angelegt` puts a place off; `Wird im Archiv 3 aufbewahrt` names one.
    let is_put_off = words.starts_with("wird ") && words.split(' ').count() <= 3;
    // `No. 5 Dock Street` is an address.
    let is_denial = each.next().is_some_and(|first| DENIALS.contains(&first))
        && !each.next().is_some_and(|second| second.starts_with(|c: char| c.is_ascii_digit()));
    let is_scheme = text.trim().trim_end_matches('/').ends_with(':');
    !is_field && !is_denial && !is_put_off && !is_scheme && !NON_PLACES.contains(&words.as_str()) && has_content(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_names() {
        for place in [
            "Archive room 3",
            "<https://dms.example.org/x>",
            "[the archive](https://x.example)",
            "SharePoint",
            "No. 5 Dock Street",
            "Notary",
            "C:/contracts",
            "Local archive",
            "Intranet",
            "Wird im Archiv 3 aufbewahrt",
        ] {
            assert!(names_place(place), "{place}");
        }
        for place in [
            "here",
            "This document",
            "https://",
            "file://",
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
            "no contract",
            "Kein Vertrag vorhanden",
            "not yet signed",
            "none yet",
            "verbal agreement",
            "mündlich",
            "nicht auffindbar",
            "wird angelegt",
            "Ablageort",
            "n.v.",
        ] {
            assert!(!names_place(place), "{place}");
        }
    }
}
