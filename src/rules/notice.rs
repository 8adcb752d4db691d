//! Notices in texts that a document is not in force.

pub(super) mod control_block;
pub(super) mod title_status;

use crate::name::fold_case;
use crate::source::{denies_approval, is_not_in_force};

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
    "processus",
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
    "befindet",
    "sich",
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
    "falls", "quand", "si", "cuando", "quando", "se", "als", "wanneer", "from", "für", "pour", "para", "per", "voor",
    "dla",
];

/// Words that make a sentence in the present a rule, wherever they are in it: `is withdrawn from all boards when …`.
const CONDITIONS_ANYWHERE: &[&str] = &[
    "when", "whenever", "if", "once", "unless", "only", "wenn", "sobald", "falls", "nur", "quand", "lorsque", "si",
    "cuando", "quando", "wanneer", "gdy",
];

/// Words between a state and the day on which it began: `obsolete since 2026-11-01`.
const SINCE: &[&str] =
    &["since", "on", "as", "seit", "am", "depuis", "le", "desde", "el", "dal", "il", "sinds", "op", "od"];

/// Words before the successor in `wurde durch PRO-X-009 ersetzt`, and the states at the end of such a sentence.
const BY: &[&str] = &["durch", "von", "door"];
const ENDS_REPLACED: &[&str] = &["ersetzt", "abgelöst", "vervangen"];

/// Subjects that mean the document in languages without spaces, and what is said of one that is not in force.
const UNSPACED_SUBJECTS: &[&str] =
    &["本文書", "本書", "本手順", "この文書", "この手順", "本规程", "本文件", "本文档", "本程序"];
const UNSPACED_STATES: &[&str] = &[
    "廃止されました",
    "廃止された",
    "廃止済",
    "廃止しました",
    "失効しました",
    "失効した",
    "置き換えられました",
    "已废止",
    "已作废",
    "已失效",
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

/// Whether a word is in capitals.
fn is_loud(word: &str) -> bool {
    word.len() > 3 && !word.contains(char::is_lowercase)
}

/// Whether a line at the start of a text says that the document is not in force. In a line that `stands_out`, such as a
/// quote, the state may have anything behind it.
pub(super) fn is_notice(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = fold_case(&line[..line.floor_char_boundary(MAX_NOTICE_BYTES)]);
    is_not_in_force(line)
        || begins_with_state(line, stands_out)
        || begins_with_past_state(&folded)
        || is_version_line(line)
        || REPLACED_BY.iter().filter_map(|start| folded.strip_prefix(start)).any(names_successor)
        || UNSPACED_SUBJECTS.iter().any(|subject| folded.starts_with(subject))
            && UNSPACED_STATES.iter().any(|state| folded.contains(state))
        || is_sentence_about_document(&folded)
}

/// Whether a text names a successor, and does not go on as a rule: `by a newer version, a document is moved`.
fn names_successor(successor: &str) -> bool {
    let is_any =
        ["a ", "an ", "ein ", "eine ", "einen ", "une ", "un "].iter().any(|article| successor.starts_with(article));
    !(is_any && successor.contains(','))
}

/// Whether a case-folded line begins with a state and the day on which it began: `nicht mehr gültig seit 01.11.2026`.
fn begins_with_past_state(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().take(MAX_STATE_WORDS + 3).collect();
    state_length(&words).is_some_and(|length| is_since(&words[length..]))
}

/// Whether words begin with a day in the past: `since 2026-11-01`, `as of May 2026`.
fn is_since(words: &[&str]) -> bool {
    let has_day = || words.iter().skip(1).take(3).any(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.first().is_some_and(|word| SINCE.contains(word)) && has_day()
}

/// Whether a line states its version and that it is not in force, or several states:
/// `Version 1.0 – Draft – not approved`.
pub(super) fn is_version_line(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    if line.len() > MAX_VERSION_LINE_BYTES || !line.contains(['–', '—', '|', ',', '-']) {
        return false;
    }
    let parts = || line.split(['–', '—', '|', ',']).flat_map(|part| part.split(" - ")).map(str::trim);
    let is_version = |part: &str| {
        let folded = fold_case(part);
        let number =
            folded.strip_prefix("version").or_else(|| folded.strip_prefix("rev")).or_else(|| folded.strip_prefix('v'));
        number
            .is_some_and(|number| number.trim_start_matches(['.', ' ', ':']).starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_named = parts().next().is_some_and(is_version);
    // `Draft, in review, approved` names the states of something.
    let is_pair = || parts().count() == 2 && !line.contains([',', '|']) && parts().next().is_some_and(denies_approval);
    (is_named || is_pair()) && parts().nth(1).is_some_and(is_not_in_force)
}

/// Maximum length of such a line, in bytes.
const MAX_VERSION_LINE_BYTES: usize = 80;

/// Whether a line begins with a state: alone in its sentence, or before a dash or colon and marked as a notice.
fn begins_with_state(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let sentence = line.split(['.', '!']).next().unwrap_or_default();
    let head = line.split([':', '–', '—', '(', '|']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default().trim();
    let is_alone = sentence.len() < line.len() && is_not_in_force(sentence);
    is_alone || head.len() < line.len() && is_not_in_force(head) && (is_loud(head) || stands_out())
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
            return is_said_of_document(&copulas, rest.split_at(length), is_article);
        }
        if !copulas.is_empty() && rest.first().is_some_and(|word| BY.contains(word)) {
            return rest.last().is_some_and(|last| ENDS_REPLACED.contains(last));
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

/// Whether a state after a document and these copulas is a statement about it, and not a rule.
fn is_said_of_document(copulas: &[&str], (state, after): (&[&str], &[&str]), is_article: bool) -> bool {
    let is_past = copulas.iter().any(|word| matches!(*word, "been" | "was" | "wurde")) || is_since(after);
    let is_done = is_past || after.first().is_some_and(|next| ["by", "durch", "door"].contains(next));
    let is_rule = after.first().is_some_and(|next| CONDITIONS.contains(next))
        || !is_past && after.iter().any(|word| CONDITIONS_ANYWHERE.contains(word));
    let is_bare = copulas.is_empty() && !is_since(after) && (is_article || !after.is_empty());
    !is_rule && !is_bare && (!ACTIONS.contains(&state[0]) || is_done)
}

/// Number of words in the longest state at the start of some words.
fn state_length(words: &[&str]) -> Option<usize> {
    (1..=words.len().min(MAX_STATE_WORDS)).rev().find(|length| is_not_in_force(&words[..*length].join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "This procedure is no longer in use.",
            "This page is no longer maintained.",
            "This procedure expired on 2026-10-31.",
            "Obsolete since 2026-11-01. Use PRO-X-009.",
            "This procedure is suspended until further notice.",
            "Dieses Dokument wurde durch PRO-X-009 ersetzt.",
            "Nicht mehr gültig seit 01.11.2026.",
            "Niet meer geldig",
            "Dieses Dokument befindet sich in Überarbeitung und gilt derzeit nicht.",
            "Documento pendiente de aprobación.",
            "Projet – en attente de validation",
            "Version 1.0 – Draft – not approved",
            "本文書は廃止されました。",
            "（案）",
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
            "Dieses Dokument ist nicht gültig für externe Mitarbeiter.",
            "This document is withdrawn from all notice boards when a new issue is posted.",
            "This procedure is withdrawn by the Service Director only.",
            "Superseded by a newer version, a document is moved to the archive.",
            "Version 1.0, approved",
            "Draft, in review, approved",
            "Dieses Verfahren wird durch den Leiter geprüft.",
        ] {
            assert!(!is_notice(line, || false), "{line}");
        }
        assert!(is_notice("Draft – for comments", || true));
    }
}
