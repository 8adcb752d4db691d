//! Recognizes texts that should say where something is kept, and name no place.

use super::no_place::says_only_state;
use super::person::normalize_words;
use super::{has_content, is_bracketed};
use crate::date::Date;

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
    "ditto",
    "deleted",
    "destroyed",
    "does not exist",
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
    "pfad",
    "dito",
    "gelöscht",
    "vernichtet",
    "existiert nicht",
    "gibt es nicht",
    "n v",
    // French, Spanish, Italian, Dutch, Portuguese and Polish
    "ici",
    "ce document",
    "dans ce document",
    "nulle part",
    "inconnu",
    "pas encore",
    "perdu",
    "supprimé",
    "chemin",
    "n existe pas",
    "oral",
    "verbal",
    "lieu",
    "emplacement",
    "aquí",
    "este documento",
    "en este documento",
    "en ninguna parte",
    "desconocido",
    "desconocida",
    "perdido",
    "eliminado",
    "ruta",
    "no existe",
    "ubicación",
    "lugar",
    "qui",
    "questo documento",
    "in questo documento",
    "da nessuna parte",
    "sconosciuto",
    "eliminato",
    "percorso",
    "non esiste",
    "verbale",
    "luogo",
    "posizione",
    "dit document",
    "in dit document",
    "nergens",
    "onbekend",
    "verwijderd",
    "bestaat niet",
    "mondeling",
    "plaats",
    "locatie",
    "em lado nenhum",
    "desconhecido",
    "não existe",
    "localização",
    "nigdzie",
    "nieznane",
    "nieznany",
    "tutaj",
    "ten dokument",
    "w tym dokumencie",
    "nie istnieje",
    "usunięte",
    "miejsce",
    // Japanese and Chinese
    "ここ",
    "本書",
    "不明",
    "場所",
    "保管場所",
    "保管先",
    "削除済み",
    "未知",
    "位置",
    "本文件",
];

/// First words of a text that denies or puts off that there is a place: `no contract`, `noch nicht unterschrieben`,
/// `ask Sales`.
const DENIALS: [&str; 37] = [
    "no", "not", "none", "nothing", "never", "without", "missing", "ask", "kein", "keine", "keiner", "nicht", "noch",
    "ohne", "pas", "sem", "aucun", "aucune", "sans", "ningún", "ninguno", "ninguna", "sin", "aún", "todavía", "nessun",
    "nessuno", "senza", "non", "geen", "niet", "nog", "ainda", "não", "jeszcze", "nie", "brak",
];

/// Last words of a short text that puts off a place or names somebody to ask: `Ablage folgt`.
const LAST_WORDS: [&str; 4] = ["folgt", "follows", "volgt", "erfragen"];

/// First words of a text that names somebody or something that knows the place.
const POINTERS: [&str; 6] = ["see", "ask", "siehe", "voir", "ver", "zie"];

/// Last words of a text that says how something is kept: `Wird digital abgelegt`.
const KEPT: [&str; 5] = ["abgelegt", "aufbewahrt", "verwahrt", "gespeichert", "archiviert"];

/// The maximum number of words of a text that puts off a place.
const MAX_POSTPONING_WORDS: usize = 3;

/// Whether a text names a place in which something is kept.
pub(crate) fn names_place(text: &str) -> bool {
    let text = without_colon_of_drive(text.trim());
    // A URL may be in angle brackets, as in Markdown.
    let is_field = is_bracketed(text) && !text.contains("://");
    let words = normalize_words(text);
    let is_scheme = text.trim_end_matches('/').ends_with(':');
    // `Not public: safe of the CFO` names a place after its remark.
    let (remark, after) = text.split_once(": ").unwrap_or((text, ""));
    let has_place_after = || {
        let after = normalize_words(after);
        let is_pointer = POINTERS.contains(&after.split(' ').next().unwrap_or_default());
        !remark.is_empty() && after.len() > 2 && !is_pointer && !says_nowhere(&after)
    };
    let is_denied = || denies_place(&words) && !has_place_after();
    !is_field
        && !is_denied()
        && !says_only_state(&words)
        && !is_scheme
        && !NON_PLACES.contains(&words.as_str())
        // `2025-01-05` is the day of the paper.
        && text.parse::<Date>().is_err()
        && has_content(text)
}

/// Whether words say that there is no place in any of these ways.
fn says_nowhere(words: &str) -> bool {
    denies_place(words) || says_only_state(words) || NON_PLACES.contains(&words) || !has_content(words)
}

/// Whether words in lower case say that there is no place, or none yet.
fn denies_place(words: &str) -> bool {
    let mut each = words.split(' ');
    let (first, second) = (each.next().unwrap_or_default(), each.next());
    // `No. 5 Dock Street` is an address.
    let is_denial =
        DENIALS.contains(&first) && !second.is_some_and(|second| second.starts_with(|c: char| c.is_ascii_digit()));
    // `Wird angelegt` puts a place off; `Wird im Archiv 3 aufbewahrt` names one.
    let is_short = words.split(' ').count() <= MAX_POSTPONING_WORDS;
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_kept = KEPT.contains(&last) && words.split(' ').count() == MAX_POSTPONING_WORDS && !words.contains(" noch ");
    is_denial || is_short && (first == "wird" && !is_kept || LAST_WORDS.contains(&last))
}

/// A text without the colon of a drive at its end, as in `Excel list on Q:`.
fn without_colon_of_drive(text: &str) -> &str {
    let is_drive =
        |drive: &str| matches!(drive.as_bytes(), [.., b' ', letter] | [letter] if letter.is_ascii_uppercase());
    text.strip_suffix(':').filter(|text| is_drive(text)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_names() {
        for place in [
            "Archive room 3",
            "Draft folder of the DMS",
            "Contract file 12, room 3",
            "<https://dms.example.org/x>",
            "[the archive](https://x.example)",
            "SharePoint",
            "No. 5 Dock Street",
            "Notary",
            "C:/contracts",
            "Local archive",
            "Ordner",
            "Intranet",
            "Wird im Archiv 3 aufbewahrt",
            "Excel list on Q:",
            "Nantes, salle 3",
            "Dossier client du CRM",
            "Deleted items of the shared mailbox",
            "Wird digital abgelegt",
            "Ohne Papier: DMS 4711",
            "Not public: safe of the CFO",
            "Signed copies, archive room",
            "Contract drawer of the owner",
            "Archived in DMS",
            "Phone book",
            "Expired contracts folder",
        ] {
            assert!(names_place(place), "{place}");
        }
        for place in [
            "expired",
            "to be signed",
            "awaiting signature",
            "zur Unterschrift",
            "in negotiation",
            "does not exist yet",
            "zu erstellen",
            "en cours de signature",
            "交渉中",
            "cannot be found",
            "unauffindbar",
            "see owner",
            "yes",
            "ja",
            "available on request",
            "auf Anfrage",
            "per Handschlag",
            "by word of mouth",
            "Not signed yet: see Sales",
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
            "inconnu",
            "pas encore",
            "aún no",
            "non ancora",
            "jeszcze nie",
            "gelöscht",
            "Existiert nicht",
            "Ablage folgt",
            "ask the desk",
            "bei Sales erfragen",
            "Pfad",
            "ce document",
            "保管場所",
            "不明",
        ] {
            assert!(!names_place(place), "{place}");
        }
    }
}
