//! Notices in texts that a document is not in force.

pub(super) mod control_block;
mod control_row;
pub(super) mod first_day;
mod label;
mod last_day;
pub(super) mod section_heading;
mod sentence;
mod stage;
mod status_table;
pub(super) mod things;
pub(super) mod title_status;
pub(super) mod written_days;

use crate::name::fold_case;
use crate::placeholder::has_content;
use crate::source::version::is_same_version;
use crate::source::{denies_approval, is_not_in_force, says_no};
use label::is_draft_label;
use sentence::{INDEFINITE, MAX_STATE_WORDS, NOUNS, is_sentence_about_document, is_since, state_length};

/// Subjects that mean the document in languages without spaces, and statements that it is not in force.
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
    "未承認です",
    "未批准",
];

/// Words between such a subject and its state that make another document the subject, as in `旧手順書は廃止された`.
const OTHER_SUBJECTS: &[&str] = &["旧", "前版", "従来", "原", "取代", "により", "を"];

/// Starts of a notice that names the successor.
const REPLACED_BY: &[&str] = &[
    "superseded by ",
    "replaced by ",
    "superseded by: ",
    "replaced by: ",
    "ersetzt durch ",
    "ersetzt durch: ",
    "remplacé par ",
    "remplacé par : ",
    "remplacée par ",
    "sustituido por ",
    "sustituida por ",
    "reemplazado por ",
    "sostituito da ",
    "sostituita da ",
    "substituído por ",
    "vervangen door ",
    "zastąpiony przez ",
    "abgelöst durch ",
    "abgelöst durch: ",
];

/// Words of a rule for the replacement of something else: `replaced by a spare within four hours`.
const LIMITS_OF_REPLACEMENT: &[&str] = &[
    "where",
    "when",
    "if",
    "within",
    "unless",
    "binnen",
    "innerhalb",
    "wenn",
    "falls",
    "soweit",
    "sous",
    "si",
    "cuando",
    "entro",
];

/// Maximum length of the start of a line that is searched for a notice, in bytes.
const MAX_NOTICE_BYTES: usize = 240;

/// Whether a word is in capitals.
fn is_loud(word: &str) -> bool {
    word.len() > 3 && !word.contains(char::is_lowercase)
}

/// Whether a line at the start of a text says that the document is not in force. In a line that `stands_out`, such as a
/// quote, anything may follow the state.
pub(super) fn is_notice(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = fold_case(&line[..line.floor_char_boundary(MAX_NOTICE_BYTES)]);
    is_not_in_force(line)
        || begins_with_state(line, stands_out)
        || begins_with_past_state(&folded)
        || is_numbered_state(&folded)
        || is_prohibition(&folded)
        || is_draft_label(&folded)
        || is_version_line(line)
        || REPLACED_BY.iter().filter_map(|start| folded.strip_prefix(start)).any(names_successor)
        || is_unspaced_sentence(&folded)
        || is_sentence_about_document(&folded)
}

/// Whether a line in a language without spaces says that its document is not in force: `本書は廃止されました。`.
fn is_unspaced_sentence(folded: &str) -> bool {
    let rest = UNSPACED_SUBJECTS.iter().find_map(|subject| folded.strip_prefix(subject));
    let before =
        rest.and_then(|rest| UNSPACED_STATES.iter().find_map(|state| rest.split_once(state))).map(|(before, _)| before);
    // A second `は` has another subject before it.
    let has_other_subject = |before: &str| before.trim_start_matches('は').contains('は');
    before
        .is_some_and(|before| !has_other_subject(before) && !OTHER_SUBJECTS.iter().any(|other| before.contains(other)))
}

/// Whether a text names a successor, and does not go on as a rule: `by a newer version, a document is moved`. A form
/// that nobody had to fill in names none.
fn names_successor(successor: &str) -> bool {
    const VERBS: [&str; 8] = [" is ", " are ", " was ", " must ", " ist ", " sind ", " est ", " wird "];
    let is_other_sentence = VERBS.iter().any(|verb| successor.contains(verb));
    let is_none = says_no(successor) || !has_content(successor) || successor.starts_with("not ");
    if is_other_sentence || is_none {
        return false;
    }
    // `By a spare within four hours` replaces something else.
    let mut words = successor.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_any = words.clone().next().is_some_and(|word| INDEFINITE.contains(&word));
    let is_rule = words.clone().any(|word| LIMITS_OF_REPLACEMENT.contains(&word));
    !is_rule && !(is_any && (successor.contains(',') || !words.any(|word| NOUNS.contains(&word))))
}

/// Whether a case-folded line begins with a state and the day on which it began: `nicht mehr gültig seit 01.11.2026`.
fn begins_with_past_state(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().take(MAX_STATE_WORDS + 3).collect();
    state_length(&words).is_some_and(|length| is_since(&words[length..]))
}

/// Whether a case-folded line is a state and its number: `draft v3`.
fn is_numbered_state(folded: &str) -> bool {
    let Some((state, number)) = folded.rsplit_once(' ').filter(|(state, _)| !state.ends_with(':')) else {
        return false;
    };
    let digits = number.trim_start_matches(['v', '.']);
    let is_number = digits.len() <= 5 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_number && digits.starts_with(|c: char| c.is_ascii_digit()) && is_not_in_force(state)
}

/// Whether a case-folded line forbids the use of the document: `do not use this document`.
fn is_prohibition(folded: &str) -> bool {
    const STARTS: [&str; 6] =
        ["do not use", "do not follow", "do not work by", "ne pas utiliser", "no usar", "non usare"];
    let sentence = folded.split(['.', '!', ';', ':', ',']).next().unwrap_or_default();
    let Some(object) = STARTS.iter().find_map(|start| sentence.strip_prefix(start)) else { return false };
    let words: Vec<&str> = object.split_whitespace().collect();
    matches!(words[..], [article, noun] if ["this", "ce", "cette", "este", "esta", "questo", "questa"].contains(&article) && NOUNS.contains(&noun))
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

/// Whether a line is the version of the document with a remark that it is not in force: `Version 1.0 (Draft)`.
pub(super) fn is_version_remark(line: &str, version: &str) -> bool {
    const PREFIXES: [&str; 6] = ["version", "versione", "versión", "rev", "v", ""];
    if line.len() > MAX_VERSION_LINE_BYTES || version.is_empty() {
        return false;
    }
    let folded = fold_case(line.trim_matches(|c: char| !c.is_alphanumeric()));
    let number = fold_case(version.trim());
    let marks = |c: char| !c.is_alphanumeric();
    let remark = |prefix: &str| folded.strip_prefix(prefix)?.trim_start_matches(marks).strip_prefix(&*number);
    let is_state = |rest: &str| rest.starts_with(marks) && is_not_in_force(rest.trim_matches(marks));
    PREFIXES.iter().filter_map(|prefix| remark(prefix)).any(is_state)
}

/// Whether a line is about another version than this one: `Version 0.9 – Draft`.
pub(super) fn names_other_version(line: &str, version: &str) -> bool {
    let folded = fold_case(line);
    let number = ["version", "revision", "rev", "v"].iter().find_map(|prefix| folded.strip_prefix(prefix));
    let number = number.map_or("", |number| number.trim_start_matches(['.', ' ', ':']));
    let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
    let number = number[..end].trim_end_matches('.');
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    is_number && !version.is_empty() && !is_same_version(version, number)
}

/// Maximum length of such a line, in bytes.
const MAX_VERSION_LINE_BYTES: usize = 80;

/// Whether a line begins with a state: alone in its sentence, or before a dash or colon and marked as a notice.
fn begins_with_state(line: &str, stands_out: impl FnOnce() -> bool) -> bool {
    let sentence = line.split(['.', '!']).next().unwrap_or_default();
    let head = line.split([':', '–', '—', '(', '|']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default().trim();
    // `Not approved: a change without a ticket` defines a word.
    let rest = fold_case(line[head.len()..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != ':'));
    let defines = rest
        .strip_prefix(':')
        .and_then(|rest| rest.split_whitespace().next())
        .is_some_and(|word| INDEFINITE.contains(&word));
    let is_alone = sentence.len() < line.len() && is_not_in_force(sentence);
    is_alone || !defines && head.len() < line.len() && is_not_in_force(head) && (is_loud(head) || stands_out())
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
            "Draft v3",
            "Draft for approval",
            "Dies ist ein Entwurf.",
            "This document is superseded.",
            "This document has not yet been released.",
            "This is an archived version.",
            "Questo documento è una bozza.",
            "Dit document is een concept.",
            "Este documento é um rascunho.",
            "Ten dokument jest szkicem.",
            "Este documento no está aprobado.",
            "Do not use this document.",
            "Nicht mehr verwenden!",
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
            "Replaced by: none",
            "Superseded by: n/a",
            "Superseded by: (none)",
            "Superseded by: TBD",
            "Replaced by: not yet replaced",
            "Ersetzt durch: keine",
            "Remplacé par : néant",
            "Superseded by events is no reason to close a ticket.",
            "This is a concept of operations.",
            "This document is archived in the register of records.",
            "The document is archived.",
            "Do not use this version of the form.",
            "This process has no approved deviations.",
            "Draft 5 of 7 answers before the meeting.",
        ] {
            assert!(!is_notice(line, || false), "{line}");
        }
        assert!(is_notice("Draft – for comments", || true));
        for line in ["Version 1.0 (Draft)", "Version: 1.0 DRAFT", "v1.0-draft", "1.0 – Entwurf"] {
            assert!(is_version_remark(line, "1.0"), "{line}");
        }
        for line in ["Version 1.0", "Version 2.0 (Draft)", "Version 1.05 draft", "Version 1.0 (approved)"] {
            assert!(!is_version_remark(line, "1.0"), "{line}");
        }
    }
}
