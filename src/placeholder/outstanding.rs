//! Recognizes texts that promise evidence, or the cause of something, instead of giving it.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::person::normalize_words;
use super::{has_content, says_nothing_exists};
use crate::text::is_listed;

/// First words of a text that denies or puts off evidence: `to be trained`, `not certified`.
const EVIDENCE_STARTS: &str = "to be,will be,not,never,pending,awaiting,requested,waiting for,nicht,nie,noch nicht,wird,beantragt,\
     pas encore,non,sin,nunca,aún no,senza,non ancora,nog niet,geen,zonder,bez,nie,em falta,未";
/// Last words of such a text: `course planned`, `Zertifikat abgelaufen`.
const EVIDENCE_ENDS: &str = "planned,booked,scheduled,outstanding,pending,expired,lapsed,missing,requested,follow,follows,due,\
     geplant,gebucht,ausstehend,abgelaufen,fehlt,folgt,offen,beantragt,prévue,prévu,expiré,manquant,planificado,planificada,\
     pendiente,caducado,scaduto,pianificato,mancante,gepland,verlopen,ontbreekt,planowane,wygasł";
/// Maximum number of words of such a text.
const MAX_WORDS: usize = 4;

/// Words for an analysis, and for one that is not done: a cause of these words alone is not one.
const ANALYSIS: &str = "rca,root,cause,causes,analysis,analyse,5,why,whys,investigation,ursache,ursachenanalyse,untersuchung,analysiert,\
     ermittlung,causa,análisis,analisi,oorzaak,przyczyna,analizy,analysed,analyzed,looked,into,untersucht,klärung,onderzocht";
const UNKNOWN: &str = "pending,progress,follow,follows,open,unknown,not,no,yet,being,to,in,still,is,the,under,ongoing,outstanding,tbd,done,\
     yes,unclear,erledigt,as,discussed,folgt,läuft,offen,ausstehend,unbekannt,unbekannte,unklar,nicht,noch,wird,keine,inconnue,inconnu,cours,en,d,di,de,\
     desconocida,sconosciuta,onbekend,nieznana,brak,wordt,w,trakcie,corso,sin,ja,ok,see,ticket,siehe";
static UNKNOWN_SET: LazyLock<AHashSet<&str>> =
    LazyLock::new(|| ANALYSIS.split(',').chain(UNKNOWN.split(',')).collect());
/// Such causes in languages without spaces.
const UNSPACED_UNKNOWN: [&str; 4] = ["原因不明", "原因調査中", "調査中", "不明"];

/// Whether a text is evidence of something, as opposed to a plan for it or a denial.
pub(crate) fn is_evidence(text: &str) -> bool {
    let words = normalize_words(text);
    let begins = |start: &str| words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_short = words.split(' ').count() <= MAX_WORDS;
    let is_put_off = EVIDENCE_STARTS.split(',').any(begins) || is_listed(EVIDENCE_ENDS, last);
    // `Expired certificate`
    let ended = ["expired", "lapsed", "abgelaufenes", "abgelaufene"];
    let is_ended = words.split_once(' ').is_some_and(|(first, rest)| ended.contains(&first) && !rest.contains(' '));
    let is_unspaced = words.starts_with('未') || words.ends_with("予定");
    let is_plan = is_short && is_put_off || is_ended || is_unspaced;
    has_content(text) && !says_nothing_exists(text) && !is_plan
}

/// Whether a text gives a cause, as opposed to an answer that it is unknown or still looked for.
pub(crate) fn is_cause(text: &str) -> bool {
    let words = normalize_words(text);
    let is_answer =
        words.split(' ').all(|word| UNKNOWN_SET.contains(word)) || UNSPACED_UNKNOWN.contains(&words.as_str());
    has_content(text) && !says_nothing_exists(text) && !is_answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_differs_from_plans_for_it() {
        for text in [
            "Certificate 2026-05",
            "Training record of May",
            "REC-TRN-001",
            "Not-for-profit diploma of 2020, renewed in 2025",
            "Course on planned maintenance",
            "Interview notes",
            "Zeugnis",
            "Exam passed",
            "Expired certificates register",
        ] {
            assert!(is_evidence(text), "{text}");
        }
        for text in [
            "course planned",
            "to be trained",
            "wird geschult",
            "Schulung geplant",
            "training outstanding",
            "requested for 2027",
            "Certificate expired",
            "Nachweis fehlt",
            "Nachweis folgt",
            "not trained",
            "not yet certified",
            "sin evidencia",
            "未受講",
            "受講予定",
            "none",
            "",
        ] {
            assert!(!is_evidence(text), "{text}");
        }
    }

    #[test]
    fn causes_differ_from_answers_that_they_are_unknown() {
        for text in [
            "No check of the list",
            "The root cause is a missing check",
            "Ticket was not analysed by the desk",
            "Wrong list",
            "Kein Prozess",
            "Unbekannte Kontakte im Verteiler",
            "手順の不備",
        ] {
            assert!(is_cause(text), "{text}");
        }
        for text in [
            "RCA pending",
            "RCA in progress",
            "5-why to follow",
            "Analyse folgt",
            "being looked into",
            "in Klärung",
            "not analysed",
            "nicht analysiert",
            "in corso di analisi",
            "wordt onderzocht",
            "w trakcie analizy",
            "unbekannte Ursache",
            "cause inconnue",
            "causa desconocida",
            "oorzaak onbekend",
            "原因不明",
            "No cause",
            "done",
            "yes",
            "see ticket",
        ] {
            assert!(!is_cause(text), "{text}");
        }
    }
}
