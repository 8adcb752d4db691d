//! Recognizes texts that promise something instead of giving it: evidence, a cause, a correction, an action.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::open_words::says_open;
use super::person::normalize_words;
use super::{has_content, is_to_be_filled, says_nothing_exists};
use crate::text::is_listed;

/// First words of a text that denies or puts off evidence: `to be trained`, `not certified`.
const EVIDENCE_STARTS: &str = "to be,will be,not,never,pending,awaiting,requested,waiting for,nicht,nie,noch nicht,wird,beantragt,\
     pas encore,non,sin,nunca,aún no,senza,non ancora,nog niet,geen,zonder,bez,nie,em falta,未";
/// Last words of such a text: `course planned`, `Zertifikat abgelaufen`.
const EVIDENCE_ENDS: &str = "planned,booked,scheduled,outstanding,pending,expired,lapsed,missing,requested,follow,follows,due,\
     failed,cancelled,canceled,lost,overdue,abgesagt,verloren,fällig,
     geplant,gebucht,ausstehend,abgelaufen,fehlt,folgt,offen,beantragt,prévue,prévu,expiré,manquant,planificado,planificada,\
     pendiente,caducado,scaduto,pianificato,mancante,gepland,verlopen,ontbreekt,planowane,wygasł";
/// First words of a text about a course that is not over.
const COURSE_STARTS: &str = "in training,in ausbildung,in schulung,under training,currently training,dropped out,waiting list,auf warteliste,\
     enrolled,registered for,angemeldet";
/// Last words of a text that says that what was put off has arrived: `Requested certificate received`.
const RECEIVED: &str = "received,obtained,passed,attached,erhalten,bestanden,reçu,recibido,ricevuto,ontvangen";
/// Maximum number of words of such a text.
const MAX_WORDS: usize = 4;

/// Nouns for evidence and what leads to it, and words for how that ended.
const EVIDENCE: &str = "evidence,proof,record,records,document,documents,certificate,certificates,training,course,exam,test,file,passed,\
     attended,trained,certified,nachweis,nachweise,unterlagen,zertifikat,schulung,kurs,prüfung,bestanden,geschult,vor,liegt,preuve,\
     certificat,formation,prueba,certificado,curso,prova,certificato,corso,bewijs,certificaat,dowód,certyfikat";
/// Nouns for a correction, and words for what it does.
const CORRECTION: &str = "correction,corrections,corrected,fix,fixed,korrektur,korrekturen,korrigiert,massnahme,sofortmassnahme,behoben,\
     corrigé,corrección,corregido,correzione,corretto,correção,correctie,korekta";
/// Nouns for an action.
const ACTION: &str = "action,actions,measure,measures,treatment,massnahme,massnahmen,mesure,mesures,acción,medida,azione,misura,ação,\
     actie,maatregel,działanie";
/// Words for the effect of an action, and for its check.
const EFFECT: &str = "effective,effect,check,checked,result,results,wirksam,wirksamkeit,prüfung,geprüft,efficace,eficaz,efectivo,effectief,\
     skuteczne";
const REASON: &str = "reason,reasons,given,grund,gründe,begründung,angegeben,motif,raison,motivo,razón,reden,powodu";
/// Words that refer the reader elsewhere, and what they may refer to without an answer.
const POINTERS: &str = "see,siehe,voir,ver,vedi,zie,patrz";
const NEARBY: &str = "action,actions,above,below,report,ticket,minutes,analysis,massnahme,massnahmen,oben,unten,bericht,protokoll,mesures,\
     rapport,informe,rapporto";
/// Whole causes that are answers to another question.
const NO_CAUSES: &str = "closed,fixed,resolved,behoben,other,others,sonstige,sonstiges,various,several,diverse,mehrere,autre,divers,otros,\
     varie,diversen,inne";
/// First words of a cause that is still to be found: `zu analysieren`.
const TO_DO: &str = "to,zu,à,por,da,te,do";

/// Words for an analysis, and for one that is not done: a cause of these words alone is not one.
const ANALYSIS: &str = "rca,root,cause,causes,analysis,analyse,5,why,whys,investigation,ursache,ursachenanalyse,untersuchung,analysiert,\
     ermittlung,causa,análisis,analisi,oorzaak,przyczyna,analizy,analysed,analyzed,looked,into,untersucht,klärung,onderzocht,\
     found,identified,determined,gefunden,ermittelt,ermittelbar,gesucht,identifiée,trouvée,identificada,identificata,gevonden";
const UNKNOWN: &str = "pending,progress,follow,follows,open,unknown,not,no,yet,being,to,in,still,is,the,under,ongoing,outstanding,tbd,done,\
     yes,unclear,erledigt,as,discussed,folgt,läuft,offen,ausstehend,unbekannt,unbekannte,unklar,nicht,noch,wird,keine,inconnue,inconnu,cours,en,d,di,de,\
     desconocida,sconosciuta,onbekend,nieznana,brak,wordt,w,trakcie,corso,sin,ja,ok,see,ticket,siehe,could,be,at,present,\
     bisher,non,niet,nog,nieustalona";
static UNKNOWN_SET: LazyLock<AHashSet<&str>> =
    LazyLock::new(|| ANALYSIS.split(',').chain(UNKNOWN.split(',')).collect());
/// Such causes in languages without spaces.
const UNSPACED_UNKNOWN: [&str; 10] =
    ["原因不明", "原因調査中", "調査中", "不明", "未特定", "原因未特定", "特定できず", "待查", "原因不详", "不详"];
/// Evidence that has run out, in languages without spaces.
const UNSPACED_ENDED: [&str; 4] = ["期限切れ", "已过期", "失効", "过期"];

/// Whether a text is evidence of something, as opposed to a plan for it or a denial.
pub(crate) fn is_evidence(text: &str) -> bool {
    let words = normalize_words(text);
    let begins = |start: &str| words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_short = words.split(' ').count() <= MAX_WORDS;
    let is_start = EVIDENCE_STARTS.split(',').any(begins) && (begins("not") || !is_listed(RECEIVED, last));
    let is_put_off = is_start || is_listed(EVIDENCE_ENDS, last);
    // `Expired certificate`
    let ended = ["expired", "lapsed", "abgelaufenes", "abgelaufene"];
    let is_ended = words.split_once(' ').is_some_and(|(first, rest)| ended.contains(&first) && !rest.contains(' '));
    let is_unspaced = words.starts_with('未') || words.ends_with("予定") || UNSPACED_ENDED.contains(&words.as_str());
    let is_open = says_open(text, EVIDENCE) || COURSE_STARTS.split(',').any(begins);
    let is_plan = is_short && is_put_off || is_ended || is_unspaced || is_open;
    has_content(text) && !says_nothing_exists(text) && !is_plan
}

/// Whether a text gives a cause, as opposed to an answer that it is unknown or still looked for.
pub(crate) fn is_cause(text: &str) -> bool {
    let words = normalize_words(text);
    let first = words.split(' ').next().unwrap_or_default();
    let is_about_analysis = words.split(' ').any(|word| is_listed(ANALYSIS, word)) || is_listed(TO_DO, first);
    let is_answer = words.split(' ').all(|word| UNKNOWN_SET.contains(word))
        || UNSPACED_UNKNOWN.contains(&words.as_str())
        || is_listed(NO_CAUSES, &words)
        || is_about_analysis && says_open(text, ANALYSIS);
    has_content(text) && !says_nothing_exists(text) && !is_answer && !points_nearby(&words)
}

/// Whether a text says what was corrected at once, as opposed to a plan for it.
pub(crate) fn is_correction(text: &str) -> bool {
    const PLANS: [&str; 5] = ["wird ", "werden ", "will be ", "to be ", "is to be "];
    let words = normalize_words(text);
    let is_short = words.split(' ').count() <= MAX_WORDS;
    let is_plan = is_short && PLANS.iter().any(|plan| words.starts_with(plan)) || says_open(text, CORRECTION);
    has_content(text) && !is_plan && !points_nearby(&words)
}

/// Whether a text is a proof, as opposed to a promise of one.
pub(crate) fn is_proof(text: &str) -> bool {
    has_content(text) && !says_open(text, EVIDENCE)
}

/// Whether a text names an action, as opposed to an answer that there is none.
pub(crate) fn is_action(text: &str) -> bool {
    has_content(text) && !says_open(text, ACTION) && !matches!(normalize_words(text).as_str(), "accept" | "accepted")
}

/// Whether words beside a result say that it is not there, or only in part: `Not yet effective`.
pub(crate) fn denies_effect(text: &str) -> bool {
    let statement = text.split([':', '.', ';', ',']).next().unwrap_or_default();
    let words = normalize_words(statement);
    let is_partial = ["partly", "partially", "teilweise"].iter().any(|part| words.contains(part));
    let names_effect = words.split(' ').any(|word| is_listed(EFFECT, word));
    let is_open = says_open(statement, EFFECT) && !words.contains("found") && !says_nothing_exists(statement);
    is_to_be_filled(text) || is_open || is_partial && names_effect
}

/// Whether a text says that there is no reason, instead of giving one.
pub(crate) fn denies_reason(text: &str) -> bool {
    !has_content(text) || says_nothing_exists(text) || says_open(text, REASON)
}

fn points_nearby(words: &str) -> bool {
    words.split_once(' ').is_some_and(|(first, rest)| is_listed(POINTERS, first) && is_listed(NEARBY, rest))
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
            "Requested certificate received",
            "No formal training needed: degree",
            "Follow-up course done",
            "Course of March 2026",
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
            "受講中",
            "期限切れ",
            "Exam not passed",
            "Prüfung nicht bestanden",
            "exam failed",
            "no certificate",
            "kein Zertifikat",
            "liegt nicht vor",
            "in Ausbildung",
            "training in progress",
            "registered for January 2027",
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
            "Not planned",
            "Nicht geplant",
            "Not trained",
            "Open ports on the firewall",
            "Lost ticket",
            "TODO list was not kept",
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
            "see report",
            "no root cause found",
            "could not be determined",
            "Ursache nicht gefunden",
            "RCA planned",
            "zu analysieren",
            "未特定",
            "fixed",
        ] {
            assert!(!is_cause(text), "{text}");
        }
    }

    #[test]
    fn corrections_and_actions_differ_from_plans_for_them() {
        for text in ["The desk called back.", "Access blocked", "Zugang gesperrt", "Restored from backup", "復旧した"]
        {
            assert!(is_correction(text) && is_action(text), "{text}");
        }
        for text in [
            "none yet",
            "no correction yet",
            "nicht korrigiert",
            "planned",
            "Korrektur folgt",
            "wird gesperrt",
            "will be done in January",
            "see actions",
            "未実施",
        ] {
            assert!(!is_correction(text), "{text}");
        }
        for text in ["no action", "no action planned", "Maßnahme folgt", "to be discussed", "accept"] {
            assert!(!is_action(text), "{text}");
        }
        for text in ["no proof", "kein Nachweis", "proof pending", "Nachweis folgt"] {
            assert!(!is_proof(text), "{text}");
        }
    }

    #[test]
    fn words_of_a_check_may_deny_its_result() {
        for text in
            ["Not effective: it happened again.", "Not yet effective", "Only partly effective", "pending", "TBD"]
        {
            assert!(denies_effect(text), "{text}");
        }
        for text in ["No repeat in 20 samples", "Nothing found", "Twenty samples, all right", "none", "Effective"] {
            assert!(!denies_effect(text), "{text}");
        }
    }
}
