//! Notes of reviews that deny what the entry says: the review is still to be done, was done in part, or found that the
//! text must change.

use super::front_matter::{Attestation, ReviewResult};
use super::state_words::is_pending;
use crate::placeholder::normalize_words;
use crate::text::is_listed;

/// What the note of a review says against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReviewDenial {
    /// Nobody has made the review yet.
    NotDone,
    /// Only a part of the text was reviewed.
    InPart,
    /// The text must change, which the result does not say.
    ChangeNeeded,
}

/// Words before what is said of a review.
const SUBJECTS: &str = "the,this,a,annual,review,document,text,is,was,has,been,still,of,die,der,diese,prüfung,überprüfung,review,ist,wurde,noch,\
     la,le,revue,révision,est,été,revisión,revisione,es,está,è,stata,de,herziening,beoordeling,przegląd";
/// Words that say that a review was not made, as the first ones behind its subject.
const NOT_DONE: &str = "not reviewed,not yet reviewed,not yet,not checked,not done,not carried out,not performed,not completed,not finished,\
     did not take place,postponed,deferred,overdue,outstanding,to be done,to be reviewed,skipped,cancelled,nicht geprüft,nicht überprüft,\
     nicht durchgeführt,nicht erfolgt,nicht abgeschlossen,verschoben,vertagt,ausstehend,steht aus,überfällig,ausgefallen,zu prüfen,non révisé,\
     non révisée,non effectuée,pas encore,reporté,reportée,à faire,no revisado,no realizada,pendiente,aplazado,aplazada,todavía no,aún no,\
     non effettuata,non rivisto,non ancora,rinviata,rinviato,da fare,niet beoordeeld,niet uitgevoerd,nog niet,uitgesteld,jeszcze nie,\
     nie przejrzano,przełożono,odłożono";
/// Words that may follow such a state: `postponed to 2027`, `overdue, to be done`.
const CONTINUATIONS: &str = "to,until,till,by,for,because,and,since,as,auf,bis,wegen,weil,und,seit,à,au,jusqu,al,a,hasta,por,fino,per,tot,naar,do,na,pending";
/// Words of notes in languages without spaces.
const UNSPACED_NOT_DONE: [&str; 6] = ["未実施", "未レビュー", "未確認", "延期", "未评审", "推迟"];
const UNSPACED_CHANGES: [&str; 5] = ["要修正", "要改訂", "修正が必要", "改訂が必要", "需要修改"];

/// Words for a part, and for having reviewed.
const PARTS: &str = "only,partly,partially,in part,nur,teilweise,zum teil,seulement,partiellement,solo,sólo,parcialmente,parzialmente,\
     alleen,gedeeltelijk,deels,częściowo,tylko";
const REVIEWED: &str = "reviewed,checked,read,geprüft,überprüft,gelesen,revu,révisé,relu,revisado,revisada,rivisto,beoordeeld,herzien,gelezen,\
     przejrzano";
/// Whole notes about a part.
const PARTIAL: &str = "partial,partial review,incomplete,unfinished,teilweise,unvollständig,partiel,partielle,parcial,parziale,incompleto,\
     incompleta,onvolledig,częściowo";

/// Ends of statements that the text must change.
const CHANGES: &str = "change needed,changes needed,changes are needed,change required,changes required,changes are required,needs changes,\
     needs a change,update needed,update required,needs an update,needs updating,needs to be rewritten,needs to be updated,needs to be changed,\
     needs to be revised,needs to be corrected,to be rewritten,revision needed,revision required,rework needed,änderung erforderlich,\
     änderungen erforderlich,änderung nötig,änderungen nötig,änderung notwendig,änderungen notwendig,anpassung erforderlich,anpassung nötig,\
     überarbeitung erforderlich,überarbeitung nötig,muss überarbeitet werden,muss geändert werden,modification nécessaire,\
     modifications nécessaires,à modifier,à réviser,cambios necesarios,requiere cambios,modifiche necessarie,da modificare,da aggiornare,\
     wijziging nodig,wijzigingen nodig,aanpassing nodig,wymaga zmian";
/// Words that deny such a statement or ask about it.
const DENIALS: &str = "no,not,none,without,any,whether,if,never,kein,keine,keinerlei,nicht,ob,aucune,aucun,pas,sans,si,sin,ningún,ninguno,nessuna,\
     nessun,non,senza,geen,niet,zonder,nie,bez,were,made,done";

impl Attestation {
    /// What the note of the review says against it.
    pub(crate) fn denial(&self) -> Option<ReviewDenial> {
        let asks_for_change = self.result.as_ref().is_some_and(|result| result.value == ReviewResult::ChangeNeeded);
        let denial = denial_of(&self.note.as_ref()?.value)?;
        (denial != ReviewDenial::ChangeNeeded || !asks_for_change).then_some(denial)
    }
}

fn denial_of(note: &str) -> Option<ReviewDenial> {
    let clauses = || note.split(['.', ',', ';', '!', '–', '—', ':', '。', '、']).map(normalize_words);
    let first = clauses().find(|clause| !clause.is_empty())?;
    if is_pending(note) || begins_with_denial(&first) || UNSPACED_NOT_DONE.iter().any(|word| first.contains(word)) {
        return Some(ReviewDenial::NotDone);
    }
    if clauses().any(|clause| is_of_part(&clause)) || is_listed(PARTIAL, &normalize_words(note)) {
        return Some(ReviewDenial::InPart);
    }
    let needs_change =
        |clause: String| needs_change(&clause) || UNSPACED_CHANGES.iter().any(|end| clause.contains(end));
    clauses().any(needs_change).then_some(ReviewDenial::ChangeNeeded)
}

/// Whether the first statement of a note says that the review was not made: `Review postponed to 2027`.
fn begins_with_denial(clause: &str) -> bool {
    let mut rest = clause;
    loop {
        let states = NOT_DONE.split(',').filter_map(|state| rest.strip_prefix(state));
        let mut behind = states.filter(|behind| behind.is_empty() || behind.starts_with(' '));
        let goes_on = |behind: &str| {
            let next = behind.split_whitespace().next();
            next.is_none_or(|next| is_listed(CONTINUATIONS, next) || next.starts_with(|c: char| c.is_ascii_digit()))
        };
        if behind.any(goes_on) {
            return true;
        }
        match rest.split_once(' ').filter(|(word, _)| is_listed(SUBJECTS, word)) {
            Some((_, after)) => rest = after,
            None => return is_pending(rest) && !rest.is_empty() || ends_with_denial(rest),
        }
    }
}

/// Whether words are a day or a reason, and a state behind it: `auf 2027 verschoben`.
fn ends_with_denial(rest: &str) -> bool {
    let begins = rest.split_once(' ').is_some_and(|(first, _)| is_listed(CONTINUATIONS, first));
    begins && rest.rsplit(' ').next().is_some_and(|last| is_listed(NOT_DONE, last))
}

/// Whether a statement says that a part was reviewed: `only sections 1 to 3 reviewed`, `reviewed in part`.
fn is_of_part(clause: &str) -> bool {
    let is_reviewed = |word: Option<&str>| word.is_some_and(|word| is_listed(REVIEWED, word));
    let begins = PARTS.split(',').any(|part| clause.strip_prefix(part).is_some_and(|rest| rest.starts_with(' ')));
    let ends = || PARTS.split(',').any(|part| part != "only" && clause.ends_with(&format!(" {part}")));
    begins && is_reviewed(clause.rsplit(' ').next()) || is_reviewed(clause.split(' ').next()) && ends()
}

/// Whether a statement says that the text must change, without denying it.
fn needs_change(clause: &str) -> bool {
    let is_end = |end: &str| clause.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with(' '));
    CHANGES.split(',').any(is_end) && !clause.split(' ').any(|word| is_listed(DENIALS, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_deny_a_review_are_distinguished_from_others() {
        for (denial, notes) in [
            (
                ReviewDenial::NotDone,
                &[
                    "Not yet reviewed.",
                    "Review pending",
                    "The review was postponed to 2027.",
                    "verschoben",
                    "Die Prüfung wurde auf 2027 verschoben",
                    "nicht geprüft",
                    "Overdue, to be done",
                    "Revue reportée à 2027",
                    "pendiente",
                    "未実施",
                ][..],
            ),
            (
                ReviewDenial::InPart,
                &[
                    "Only sections 1 to 3 reviewed",
                    "partly reviewed",
                    "Nur Abschnitt 3 geprüft",
                    "Reviewed in part.",
                    "Partial review",
                ],
            ),
            (
                ReviewDenial::ChangeNeeded,
                &[
                    "Changes needed.",
                    "Needs to be rewritten.",
                    "Reviewed; section 4 needs to be updated",
                    "Änderung erforderlich",
                    "Modifications nécessaires",
                    "要修正",
                ],
            ),
        ] {
            for note in notes {
                assert_eq!(denial_of(note), Some(denial), "{note}");
            }
        }
        for note in [
            "Still right.",
            "No changes needed.",
            "Keine Änderung erforderlich",
            "Checked whether changes are needed.",
            "Reviewed with the team; changes required by the audit were made.",
            "Only typos.",
            "Only the telephone numbers changed",
            "Overdue actions were closed.",
            "Postponed changes are not affected.",
            "Not changed since 2025",
            "Not affected by the new contract",
            "Pending requests were counted.",
            "Annual review",
            "Reviewed with the team",
            "The rule that passwords are to be changed stays.",
            "Die Prüfung ergab keine Abweichung",
            "Passed",
            "",
        ] {
            assert_eq!(denial_of(note), None, "{note}");
        }
    }
}
