//! Notices in titles and texts that a document is not in force.

use crate::name::fold_case;
use crate::source::is_not_in_force;

/// Words for documents, as subjects of a notice.
const NOUNS: &[&str] = &[
    "document",
    "procedure",
    "policy",
    "process",
    "version",
    "page",
    "instruction",
    "guideline",
    "plan",
    "text",
    "dokument",
    "verfahren",
    "richtlinie",
    "prozess",
    "fassung",
    "seite",
    "anweisung",
    "procédure",
    "politique",
    "documento",
    "procedimiento",
    "política",
    "procedimento",
    "procedura",
    "documento",
    "versión",
    "versão",
    "versione",
    "beleid",
    "versie",
    "dokument",
    "procedura",
];

/// Words before them.
const ARTICLES: &[&str] = &[
    "this", "the", "dieses", "diese", "dieser", "das", "die", "ce", "cette", "cet", "le", "la", "este", "esta", "el",
    "o", "a", "questo", "questa", "il", "dit", "deze", "het", "de", "ten", "ta",
];

/// Words between such a subject and its state.
const COPULAS: &[&str] = &[
    "is",
    "was",
    "has",
    "been",
    "still",
    "now",
    "currently",
    "a",
    "an",
    "only",
    "and",
    "therefore",
    "ist",
    "wurde",
    "nun",
    "noch",
    "ein",
    "eine",
    "est",
    "été",
    "a",
    "un",
    "une",
    "es",
    "ha",
    "sido",
    "está",
    "foi",
    "é",
    "è",
    "stato",
    "stata",
    "in",
    "werd",
    "een",
    "jest",
    "został",
];

/// States that are also done to documents in force, so that they count only as `has been replaced` or `is replaced by`.
const ACTIONS: &[&str] = &["replaced", "superseded", "archived", "revoked", "ersetzt", "archiviert", "vervangen"];

/// Words after a state that make it a rule for the future: `is withdrawn when the service ends`.
const CONDITIONS: &[&str] = &[
    "when", "if", "once", "after", "unless", "until", "every", "each", "within", "for", "wenn", "sobald", "nach",
    "falls", "quand", "si", "cuando", "quando", "se", "als", "wanneer",
];

/// Starts of a notice that names the successor.
const REPLACED_BY: &[&str] = &[
    "superseded by ",
    "replaced by ",
    "superseded by: ",
    "replaced by: ",
    "ersetzt durch ",
    "ersetzt durch: ",
    "remplacé par ",
    "remplacée par ",
    "sustituido por ",
    "sustituida por ",
    "reemplazado por ",
    "sostituito da ",
    "sostituita da ",
    "substituído por ",
    "vervangen door ",
    "zastąpiony przez ",
];

/// Maximum length of the start of a line that is searched for a notice, in bytes.
const MAX_NOTICE_BYTES: usize = 240;

/// Maximum number of words in a state.
const MAX_STATE_WORDS: usize = 5;

/// The status in a title: in brackets, before a colon, next to a dash, in capitals at either end, or after a noun that
/// alone names a document, as in `Procédure obsolète`.
pub(super) fn title_status(title: &str) -> Option<&str> {
    let is_status = |part: &&str| is_not_in_force(part);
    let in_brackets = title.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    let in_brackets = in_brackets.flat_map(|inside| inside.split([',', ';', '/']));
    let parts = title.split(['(', ')', '[', ']', ':', '–', '—', '|']).flat_map(|part| part.split(" - "));
    let ends = [title.split_whitespace().next(), title.split_whitespace().last()];
    let loud = ends.into_iter().flatten().filter(is_loud);
    let of_noun = title.split_once(' ').filter(|(noun, _)| NOUNS.contains(&fold_case(noun).as_str()));
    let of_noun = of_noun.map(|(_, state)| state).filter(|state| !state.is_ascii() || !is_english(state));
    parts.chain(in_brackets).map(str::trim).chain(loud).chain(of_noun).find(is_status)
}

/// Whether a text in a heading limits what the section under it says: `(planned)`.
pub(super) fn limits_section(title: &str) -> bool {
    const LIMITS: [&str; 8] =
        ["planned", "partial", "partially", "incomplete", "geplant", "teilweise", "unvollständig", "to be done"];
    let inside = title.rsplit(['(', '–', '—']).next().filter(|rest| rest.len() < title.len());
    inside.is_some_and(|rest| LIMITS.contains(&fold_case(rest.trim().trim_end_matches(')')).as_str()))
}

/// Whether a word is in capitals.
fn is_loud(word: &&str) -> bool {
    word.len() > 3 && !word.contains(char::is_lowercase)
}

/// Whether a state is an English one: `Version expired` may name an event.
fn is_english(state: &str) -> bool {
    state.ends_with("ed") || state.starts_with("in ")
}

/// Whether a line at the start of a text says that the document is not in force. In a line that `stands_out`, such as a
/// quote, the state may have anything behind it.
pub(super) fn is_notice(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = fold_case(&line[..line.floor_char_boundary(MAX_NOTICE_BYTES)]);
    is_not_in_force(line)
        || begins_with_state(line, stands_out)
        || REPLACED_BY.iter().any(|start| folded.starts_with(start))
        || is_sentence_about_document(&folded)
}

/// Whether a line begins with a state: alone in its sentence, or before a dash or colon and marked as a notice.
fn begins_with_state(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let sentence = line.split(['.', '!']).next().unwrap_or_default();
    let head = line.split([':', '–', '—', '(', '|']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default().trim();
    let is_alone = sentence.len() < line.len() && is_not_in_force(sentence);
    is_alone || head.len() < line.len() && is_not_in_force(head) && (is_loud(&head) || stands_out())
}

/// Whether a case-folded line begins with a sentence such as `this document has been withdrawn`.
fn is_sentence_about_document(folded: &str) -> bool {
    let sentence = folded.split(['.', '!', ';', ':', ',']).next().unwrap_or_default();
    let words: Vec<&str> = sentence.split_whitespace().take(4 * MAX_STATE_WORDS).collect();
    let is_article = words.first().is_some_and(|word| ARTICLES.contains(word));
    let words = &words[usize::from(is_article)..];
    let Some((noun, mut rest)) = words.split_first() else { return false };
    let is_this = is_article && matches!(*noun, "is" | "ist" | "est" | "es" | "è");
    if !NOUNS.contains(noun) && !is_this {
        return false;
    }
    let mut copulas: Vec<&str> = if is_this { vec![noun] } else { Vec::new() };
    loop {
        if let Some(length) = state_length(rest) {
            let is_followed = rest.get(length).is_some_and(|next| CONDITIONS.contains(next));
            let by = ["by", "durch", "door"];
            let is_done = copulas.iter().any(|word| matches!(*word, "been" | "was" | "wurde"))
                || rest.get(length).is_some_and(|next| by.contains(next));
            let is_whole = rest.len() == length;
            let is_bare = copulas.is_empty() && (is_article || !is_whole);
            return !is_followed && !is_bare && (!ACTIONS.contains(&rest[0]) || is_done);
        }
        if rest.first().is_some_and(|word| *word == "not") {
            // `has not been approved`, `is not yet approved`
            let denied: Vec<&str> = rest.iter().copied().filter(|word| !matches!(*word, "been" | "yet")).collect();
            return state_length(&denied).is_some();
        }
        match rest.split_first() {
            Some((word, others)) if COPULAS.contains(word) => {
                copulas.push(word);
                rest = others;
            }
            _ => return false,
        }
    }
}

/// Number of words in the longest state at the start of some words.
fn state_length(words: &[&str]) -> Option<usize> {
    (1..=words.len().min(MAX_STATE_WORDS)).rev().find(|length| is_not_in_force(&words[..*length].join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_name_a_status_are_distinguished_from_others() {
        for title in [
            "DRAFT: Incidents",
            "Incidents (draft)",
            "[OBSOLETE] Incidents",
            "Incidents - Entwurf",
            "Incidents DRAFT",
            "Incidents (archived)",
            "Incidents (v2, obsolete)",
            "Incidents (not in force)",
            "Known errors – nicht mehr gültig",
            "Procédure obsolète",
        ] {
            assert!(title_status(title).is_some(), "{title}");
        }
        for title in [
            "Incidents",
            "Draft agreements",
            "Handling of withdrawn documents",
            "Retired assets",
            "Incidents (desk)",
            "Documents, obsolete and new",
        ] {
            assert_eq!(title_status(title), None, "{title}");
        }
        assert!(limits_section("Known errors (planned)") && !limits_section("Planned changes"));
    }

    #[test]
    fn notices_are_distinguished_from_rules_about_states() {
        for line in [
            "Superseded by PRO-X-001.",
            "This procedure has been replaced by the new one.",
            "Ersetzt durch PRO-X-001",
            "Dieses Dokument ist nicht mehr gültig.",
            "Außer Kraft",
            "Archived",
            "Revoked.",
            "Not yet in force.",
            "Document obsolète",
            "Documento obsoleto",
            "Documento in bozza",
            "Rascunho",
            "Wersja robocza",
            "廃止",
            "Deprecated. Use the new procedure.",
            "DRAFT: not for use.",
            "This is a draft.",
            "This document has not been approved.",
            "This document is still a draft and must not be used.",
            "Dieses Dokument ist ein Entwurf",
        ] {
            assert!(is_notice(line, || false), "{line}");
        }
        for line in [
            "This version replaces version 0.9 (draft).",
            "Replaces: PRO-X-000 (obsolete)",
            "Draft: a change that was not submitted.",
            "This document is archived for ten years.",
            "This procedure is withdrawn when the service ends.",
            "The process is replaced every year.",
            "The desk answers calls.",
            "Draft contracts are kept apart.",
        ] {
            assert!(!is_notice(line, || false), "{line}");
        }
        assert!(is_notice("Draft – for comments", || true));
    }
}
