//! Rows of the control block of a document, each with a label and a value, that say that the document is not in force.

use super::sentence::is_since;
use super::stage::denies_status;
use crate::date::Date;
use crate::date::{later_day, written_day};
use crate::name::fold_case;
use crate::placeholder::normalize_words;
use crate::source::{is_not_in_force, is_pending, says_no, says_yes};
use crate::text::is_listed;

/// Words in the labels of a status, in the languages of documents.
const STATUS_WORDS: &str = "status,state,stage,maturity,phase,lifecycle,stand,zustand,statut,état,estado,stato,situação,stan,fase,etapa,\
     dokumentstatus,dokumentenstatus,freigabestatus,bearbeitungsstand,bearbeitungsstatus,documentstatus";
/// Labels of a status in languages without spaces.
const UNSPACED_STATUS_LABELS: &str = "状態,ステータス,文書状態,状态,文档状态";
/// Words in such labels that make it the status of something else: `Audit status`.
const OTHER_WORDS: &str = "service,change,ticket,incident,project,audit,training,action,actions,risk,contract,supplier,system,license,\
     licence,classification,translation,technik";

/// Labels of a successor.
const SUCCESSOR_LABELS: &str = "superseded by,replaced by,obsoleted by,successor,successor document,new version,ersetzt durch,\
     abgelöst durch,nachfolger,nachfolgedokument,remplacé par,remplacée par,sustituido por,sustituida por,reemplazado por,\
     reemplazada por,sostituito da,sostituita da,substituído por,substituída por,vervangen door,zastąpiony przez,\
     zastąpiona przez,後継文書";
/// Labels of who approved the document, or of the day on which they did.
const APPROVAL_LABELS: &str = "approved by,approver,approval date,approved on,date of approval,approved,approval,release,released,\
     released by,signature,signed,signed by,freigegeben,freigegeben von,freigegeben am,freigabedatum,freigabe,genehmigt,\
     genehmigt von,genehmigt am,unterschrift,unterzeichnet,approuvé,approuvé par,approuvé le,date d approbation,approbation,\
     signature,aprobado,aprobado por,fecha de aprobación,firma,approvato,approvato da,data di approvazione,goedgekeurd,\
     goedgekeurd door,goedgekeurd op,handtekening,zatwierdził,data zatwierdzenia,podpis,承認日,承認者";
/// Labels of the day of approval.
const DAY_LABELS: &str = "approval date,approved on,date of approval,freigegeben am,freigabedatum,genehmigt am,approuvé le,\
     date d approbation,fecha de aprobación,data di approvazione,goedgekeurd op,data zatwierdzenia,承認日";
/// Values of an approval that nobody gave.
const UNGIVEN: &str = "no,nein,non,nee,não,いいえ,否,missing,nobody,none yet,not given,fehlt,niemand,personne,manque,nadie,falta,\
     nessuno,manca,ontbreekt,brak";
/// States as they are written in labels of a day only.
const ENDS: &str = "discontinued,cancelled,canceled,terminated,abrogé,derogado,abrogato,revogado,ingetrokken,uchylono,wycofano,廃止日,\
     废止日期";
/// Words between a state and the day on which it began, at the end of a label: `Withdrawn on`.
const ON: [&str; 9] = [" on", " since", " am", " seit", " le", " el", " il", " op", " dnia"];

/// Whether a label and a value in the control block of a document say that it is not in force. `approved` is the
/// day of its approval.
pub(super) fn denies_force(label: &str, value: &str, approved: Option<Date>) -> bool {
    let label = normalize_words(label);
    let value = ticked(value.trim());
    let is_approval = is_listed(APPROVAL_LABELS, &label);
    if is_approval && is_listed(UNGIVEN, &normalize_words(value)) {
        return true;
    }
    if !value.contains(char::is_alphanumeric) || says_no(value) {
        return false;
    }
    if is_listed(SUCCESSOR_LABELS, &label) {
        return !fold_case(value).starts_with("not ");
    }
    if is_approval {
        let is_later = || {
            approved.is_some_and(|day| is_listed(DAY_LABELS, &label) && matches!(later_day(value, day), Some(Some(_))))
        };
        return is_pending(value) || is_later();
    }
    let state =
        ON.iter().find_map(|on| label.strip_suffix(on)).or_else(|| label.strip_prefix("date ")).unwrap_or(&label);
    if is_not_in_force(state) || is_listed(ENDS, state) {
        return says_yes(value) || is_day(value);
    }
    names_status(&label) && denies_status(value, approved)
}

/// Whether a value is a day, or `seit` and a day.
fn is_day(value: &str) -> bool {
    let folded = fold_case(value);
    written_day(value).is_some() || is_since(&folded.split_whitespace().collect::<Vec<_>>())
}

/// What is ticked in a value that is a choice: `draft` in `☒ Draft ☐ Approved`.
fn ticked(value: &str) -> &str {
    const TICKED: [&str; 5] = ["☒", "☑", "✔", "[x]", "[X]"];
    const EMPTY: [&str; 3] = ["☐", "□", "[ ]"];
    let boxes = || EMPTY.iter().chain(&TICKED);
    if !EMPTY.iter().any(|mark| value.contains(mark)) {
        return value;
    }
    let chosen = TICKED.iter().find_map(|mark| value.split_once(mark)).map_or("", |(_, chosen)| chosen);
    let end = boxes().filter_map(|mark| chosen.find(mark)).min().unwrap_or(chosen.len());
    chosen[..end].trim()
}

/// Whether a label is that of a status of the document.
fn names_status(label: &str) -> bool {
    let names = |list: &str| label.split(' ').any(|word| is_listed(list, word));
    is_listed(UNSPACED_STATUS_LABELS, label) || names(STATUS_WORDS) && !names(OTHER_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_deny_force_unless_they_affirm_it() {
        let approved = "2026-10-05".parse().ok();
        for (label, value) in [
            ("Status", "Final draft"),
            ("Status", "Draft v0.9"),
            ("Status", "Entwurf vom 01.09.2026"),
            ("Status", "Superseded by PRO-X-001"),
            ("Status", "Retired 2026-10-31"),
            ("Status", "Invalid"),
            ("Status", "Awaiting signature"),
            ("Status", "In approval"),
            ("Status", "Not final"),
            ("Status", "Unsigned"),
            ("Status", "In Prüfung durch QM"),
            ("Status", "Non validé"),
            ("Status", "En validation"),
            ("Status", "W trakcie zatwierdzania"),
            ("Status", "作成中"),
            ("Status", "ドラフト"),
            ("Superseded by", "PRO-X-001"),
            ("Withdrawn on", "2026-10-31"),
            ("Retired", "2026-10-31"),
            ("Approved by", "Pending"),
            ("Freigegeben am", "ausstehend"),
            ("Approved on", "2027-01-01"),
            ("Draft", "Yes"),
            ("Stand", "Entwurf"),
            ("Lifecycle", "Draft"),
            ("Doc. status", "Draft"),
            ("Status of this document", "Draft"),
            ("Situação", "Rascunho"),
            ("Status", "Approved – pending signature"),
            ("Status", "Approved by nobody yet"),
            ("Status", "Complete, not approved"),
            ("Status", "Published for consultation"),
            ("Status", "Freigegeben zur Prüfung"),
            ("Status", "Partially approved"),
            ("Status", "Effective 2027-01-01"),
            ("Status", "Ready for approval"),
            ("Status", "Freigabe beantragt"),
            ("Status", "Abstimmung läuft"),
            ("Status", "Final review"),
            ("Status", "Being rewritten"),
            ("Status", "Wird ersetzt"),
            ("Stato", "Non più valido"),
            ("Status", "Nog niet vastgesteld"),
            ("状態", "改定中"),
            ("Status", "☒ Draft ☐ Approved"),
            ("Statut", "A valider"),
            ("Stan dokumentu", "Do zatwierdzenia"),
            ("状态", "待批准"),
            ("状態", "見直し中"),
            ("Released", "no"),
            ("Unterschrift", "fehlt"),
            ("Abrogé le", "2026-10-31"),
            ("Außer Kraft", "seit 31.10.2026"),
        ] {
            assert!(denies_force(label, value, approved), "{label}: {value}");
        }
        for (label, value) in [
            ("Status", "Approved"),
            ("Status", "Approved (replaces draft 0.9)"),
            ("Status", "Freigegeben am 05.10.2026"),
            ("Status", "In force since 2026"),
            ("Status", "In Kraft"),
            ("Status", "Final"),
            ("Status", "Issued"),
            ("Status", "Controlled"),
            ("Status", "Approved by the board, not yet printed"),
            ("Stand", "05.10.2026"),
            ("Stand", "Oktober 2026"),
            ("Status", "有効"),
            ("Superseded by", "none"),
            ("Superseded by", "-"),
            ("Withdrawn on", "-"),
            ("Draft", "No"),
            ("Approved by", "Service Director"),
            ("Approved on", "2026-10-05"),
            ("Draft", "Ann Lee"),
            ("Service status", "Retired"),
            ("State", "Saxony"),
            ("Status", ""),
            ("Status", "Genehmigt"),
            ("Status", "運用中"),
            ("Status", "Active – under annual review"),
            ("Status", "For use"),
            ("Status", "In full force"),
            ("Status", "Under version control"),
            ("Status", "Zur Anwendung freigegeben"),
            ("Status", "Not a draft"),
            ("Status", "Kein Entwurf mehr"),
            ("Status", "Mandatory – no exceptions"),
            ("Status", "Issued – replaces version 0.9 (withdrawn)"),
            ("Status", "In line with the review of 2026"),
            ("Status", "☐ Draft ☒ Approved"),
            ("Status", "Frozen"),
            ("Stand", "im Oktober 2026"),
            ("Stand", "in Revision 3"),
            ("Maturity", "Level 3, no gaps"),
            ("Review status", "not due"),
            ("Stato", "In esercizio"),
            ("状态", "执行中"),
            ("Signed by", "Service Director"),
        ] {
            assert!(!denies_force(label, value, approved), "{label}: {value}");
        }
    }
}
