//! Rows of the control block of a document, each with a label and a value, that say that the document is not in force.

use crate::date::Date;
use crate::date::{later_day, written_day};
use crate::name::fold_case;
use crate::placeholder::normalize_words;
use crate::source::{affirms_approval, denies_approval, is_not_in_force, is_pending, is_unapproved, says_no, says_yes};
use crate::text::is_listed;

/// Words in the labels of a status, in the languages of documents.
const STATUS_WORDS: &str = "status,state,stage,maturity,phase,lifecycle,stand,zustand,statut,état,estado,stato,situação,stan,fase,etapa,\
     dokumentstatus,dokumentenstatus,freigabestatus,bearbeitungsstand,bearbeitungsstatus,documentstatus";
/// Labels of a status in languages without spaces.
const UNSPACED_STATUS_LABELS: &str = "状態,ステータス,文書状態,状态,文档状态";
/// Words in such labels that make it the status of something else: `Audit status`.
const OTHER_WORDS: &str =
    "service,change,ticket,incident,project,audit,training,action,risk,contract,supplier,system,license,licence";

/// Labels of a successor.
const SUCCESSOR_LABELS: &str = "superseded by,replaced by,successor,ersetzt durch,abgelöst durch,nachfolger,remplacé par,sustituido por,\
     reemplazado por,sostituito da,substituído por,vervangen door,zastąpiony przez";
/// Labels of who approved the document, or of the day on which they did.
const APPROVAL_LABELS: &str = "approved by,approver,approval date,approved on,date of approval,approved,approval,freigegeben von,\
     freigegeben am,freigabedatum,freigabe,genehmigt von,genehmigt am,approuvé par,approuvé le,date d approbation,aprobado por,\
     fecha de aprobación,approvato da,data di approvazione,goedgekeurd door,goedgekeurd op,zatwierdził,data zatwierdzenia,承認日,承認者";
/// Labels of the day of approval.
const DAY_LABELS: &str = "approval date,approved on,date of approval,freigegeben am,freigabedatum,genehmigt am,approuvé le,\
     date d approbation,fecha de aprobación,data di approvazione,goedgekeurd op,data zatwierdzenia,承認日";
/// Words between a state and the day on which it began, at the end of a label: `Withdrawn on`.
const ON: [&str; 6] = [" on", " since", " am", " seit", " le", " el"];

/// First words of a stage before the approval: `In Prüfung durch QM`, `en validation`.
const ON_THE_WAY: &str =
    "in,im,zur,zum,en,em,under,being,awaiting,waiting,w,for,ter,da,à,por,invalid,unsigned,unapproved";
/// Stages that begin with such a word, in which a document is in force.
const IN_FORCE: [&str; 22] = [
    "in force",
    "in effect",
    "in use",
    "in operation",
    "in production",
    "in service",
    "in kraft",
    "in betrieb",
    "in gebrauch",
    "in nutzung",
    "in ordnung",
    "in control",
    "en vigueur",
    "en application",
    "en vigor",
    "en uso",
    "em vigor",
    "in vigore",
    "in uso",
    "in werking",
    "in gebruik",
    "w użyciu",
];
/// Words that follow an approval: `Approved by`, `Freigegeben am`.
const AFTER_APPROVAL: &str =
    "by,on,since,at,from,as,am,von,seit,durch,ab,le,par,depuis,el,por,desde,il,da,dal,op,door,sinds,with,and,und";

/// Whether a label and a value in the control block of a document say that it is not in force. `approved` is the
/// day of its approval.
pub(super) fn denies_force(label: &str, value: &str, approved: Option<Date>) -> bool {
    let label = normalize_words(label);
    let value = value.trim();
    if !value.contains(char::is_alphanumeric) || says_no(value) {
        return false;
    }
    if is_listed(SUCCESSOR_LABELS, &label) {
        return !fold_case(value).starts_with("not ");
    }
    if is_listed(APPROVAL_LABELS, &label) {
        let is_later = || {
            approved.is_some_and(|day| is_listed(DAY_LABELS, &label) && matches!(later_day(value, day), Some(Some(_))))
        };
        return is_pending(value) || is_later();
    }
    let state = ON.iter().find_map(|on| label.strip_suffix(on)).unwrap_or(&label);
    if is_not_in_force(state) {
        return says_yes(value) || written_day(value).is_some();
    }
    names_status(&label) && denies_status(value)
}

/// Whether a label is that of a status of the document.
fn names_status(label: &str) -> bool {
    let names = |list: &str| label.split(' ').any(|word| is_listed(list, word));
    is_listed(UNSPACED_STATUS_LABELS, label) || names(STATUS_WORDS) && !names(OTHER_WORDS)
}

/// Whether a status denies that a document is in force, unless it begins with a word that affirms it.
fn denies_status(value: &str) -> bool {
    let words = normalize_words(value);
    if begins_with_approval(value) || IN_FORCE.iter().any(|stage| words.starts_with(stage)) {
        return false;
    }
    let first = words.split(' ').next().unwrap_or_default();
    // `作成中` is a stage, `有効中` is not.
    let is_stage = || {
        words.ends_with('中') && !["有効", "運用", "適用", "施行", "公開"].iter().any(|stage| words.starts_with(stage))
    };
    let is_word = || words.contains(char::is_alphabetic) && is_listed(ON_THE_WAY, first) && words.contains(' ');
    // `Concept 2`
    let is_proposed = || is_unapproved(words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
    denies_approval(value)
        || is_proposed()
        || is_pending(value)
        || is_stage()
        || words.contains("ドラフト")
        || is_word()
}

/// Whether a status begins with a word that affirms it, alone or with its day, person or remark: `Approved by the
/// board`.
fn begins_with_approval(value: &str) -> bool {
    let signs = |c: char| !c.is_alphabetic() && !c.is_whitespace();
    let head = value.split(signs).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let words = normalize_words(head);
    let mut each = words.split(' ');
    let (first, second) = (each.next().unwrap_or_default(), each.next());
    affirms_approval(&words) || affirms_approval(first) && second.is_some_and(|word| is_listed(AFTER_APPROVAL, word))
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
        ] {
            assert!(!denies_force(label, value, approved), "{label}: {value}");
        }
    }
}
