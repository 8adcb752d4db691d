//! Words of authors for documents that are not in force: not yet, or no longer.

use std::sync::LazyLock;

use ahash::AHashSet;

use crate::name::fold_case;
use crate::placeholder::{has_content, normalize_words};

/// Words that say so wherever they stand for a document, one list for each language; `,` separates them.
const STATES: [&str; 9] = [
    // English
    "draft,wip,work in progress,in review,under review,not approved,not yet approved,unapproved,pending approval,awaiting approval,\
     for approval,retired,obsolete,withdrawn,superseded,archived,deprecated,outdated,out of date,expired,revoked,repealed,\
     rescinded,not in force,not yet in force,no longer in force,no longer valid,not valid,not yet valid,replaced,do not use,not for use,\
     no longer in use,no longer used,no longer maintained,no longer applicable,no longer applies,suspended until further notice",
    // German
    "entwurf,in bearbeitung,in prüfung,nicht freigegeben,noch nicht freigegeben,zur freigabe,nicht genehmigt,veraltet,ungültig,\
     abgelaufen,aufgehoben,ausser kraft,ausser kraft gesetzt,nicht in kraft,noch nicht in kraft,zurückgezogen,ersetzt,\
     nicht mehr gültig,nicht gültig,noch nicht gültig,archiviert,widerrufen,in überarbeitung,nicht mehr in kraft,vorläufig",
    // French
    "brouillon,en cours de révision,non approuvé,non approuvée,obsolète,périmé,périmée,caduc,caduque,abrogé,abrogée,retiré,retirée,\
     remplacé,remplacée,archivé,archivée,plus en vigueur,pas en vigueur,en attente de validation,en attente d approbation,\
     en cours d approbation",
    // Spanish
    "borrador,en revisión,no aprobado,no aprobada,obsoleto,obsoleta,caducado,caducada,derogado,derogada,retirado,retirada,\
     sustituido,sustituida,reemplazado,reemplazada,archivado,archivada,no vigente,pendiente de aprobación",
    // Portuguese
    "rascunho,minuta,em revisão,não aprovado,não aprovada,revogado,revogada,expirado,expirada,substituído,substituída,arquivado,\
     arquivada,pendente de aprovação",
    // Italian
    "bozza,in bozza,in revisione,non approvato,non approvata,scaduto,scaduta,superato,superata,abrogato,abrogata,revocato,revocata,\
     ritirato,ritirata,sostituito,sostituita,archiviato,archiviata,non in vigore,in attesa di approvazione",
    // Dutch
    "vervallen,verouderd,ingetrokken,vervangen,niet goedgekeurd,gearchiveerd,niet van kracht,niet geldig,ter goedkeuring,\
     niet meer geldig,niet meer van kracht",
    // Polish
    "wersja robocza,szkic,nieaktualny,nieaktualna,nieaktualne,uchylony,uchylona,wycofany,wycofana,wycofane,zastąpiony,zastąpiona,\
     niezatwierdzony,niezatwierdzona,nieobowiązujący,zarchiwizowany",
    // Japanese, Chinese and Korean
    "廃止,失効,下書き,草案,草稿,案,未承認,改訂中,廃版,旧版,承認待ち,已废止,废止,已作废,作废,已失效,失效,未批准,초안,폐기",
];

/// Words that say so only as the status of a document.
const STATUSES: [&str; 7] = [
    // English
    "cancelled,canceled,rejected,inactive,suspended,invalid,void,disabled,discontinued,former,historic,historical,old,legacy,closed,\
     open,on hold,paused,proposed,proposal,review,reviewing,for review,to review,ready for review,needs review,needs work,under revision,\
     being revised,for comment,for comments,consultation,submitted,planned,in work,stale,lapsed,provisional,preliminary,tentative,\
     unreleased,unpublished,unsigned,unfinished,incomplete,rc,release candidate,beta,alpha,test,sample,example,template,deleted,trash,\
     terminated,end of life,eol,phased out,defunct,parked,frozen,blocked,dormant,for information only,false,0",
    // German
    "in arbeit,zur prüfung,offen,geschlossen,alt,inaktiv,ausgesetzt,abgelehnt,vorgeschlagen,vorschlag,eingereicht,geplant,konzept,\
     provisorisch,gesperrt,storniert,stillgelegt,ruhend,ausser betrieb,nur zur information,unvollständig,gelöscht,beendet,muster,beispiel,\
     vorlage,wird überarbeitet",
    // French
    "projet,refusé,refusée,rejeté,annulé,annulée,inactif,suspendu,proposé,ancien,clos,expiré,expirée,en revue,\
     en révision,provisoire,à valider,à approuver,à relire,en cours,hors service,supprimé,incomplet,modèle,exemple",
    // Spanish and Portuguese
    "rechazado,anulado,cancelado,inactivo,inactiva,suspendido,propuesto,antiguo,cerrado,vencido,vencida,rejeitado,inativo,suspenso,\
     proposto,antigo,preliminar,provisório,por aprobar,a aprovar,en elaboración,em elaboração,en curso,fuera de servicio,eliminado,\
     excluído,incompleto,ejemplo,plantilla,modelo",
    // Italian
    "rifiutato,annullato,inattivo,sospeso,proposto,vecchio,chiuso,in attesa,respinto,provvisorio,\
     da approvare,in lavorazione,eliminato,incompleto,modello,esempio",
    // Dutch
    "concept,afgewezen,geannuleerd,inactief,opgeschort,voorgesteld,oud,gesloten,ter beoordeling,in behandeling,in bewerking,\
     voorlopig,verwijderd,onvolledig,sjabloon,voorbeeld",
    // Polish, Japanese and Chinese
    "projekt,odrzucony,anulowany,nieaktywny,zawieszony,zamknięty,roboczy,robocza,wstępny,w przygotowaniu,usunięty,\
     保留,却下,申請中,差戻し,差し戻し,作成中,確認中,仮,审核中,待审批,修订中,草案稿",
];

/// Maximum length of a text that is nothing but a state, in bytes.
const MAX_STATE_BYTES: usize = 80;

/// Words that deny or put off what follows them.
const DENIALS: &[&str] = &[
    "not", "no", "never", "pending", "awaiting", "waiting", "nicht", "kein", "keine", "noch", "non", "pas", "sin",
    "não", "niet", "geen", "nie", "ikke", "ej",
];

static STATE_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&STATES));
static STATUS_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&STATUSES));

fn phrases(lists: &'static [&'static str]) -> AHashSet<&'static str> {
    lists.iter().flat_map(|list| list.split(',')).map(str::trim).collect()
}

/// Whether a text says that a document is not in force, whatever its key: `phase: draft`.
pub(crate) fn is_not_in_force(value: &str) -> bool {
    let value = value.trim();
    if value.len() > MAX_STATE_BYTES {
        return false;
    }
    STATE_SET.contains(fold_case(value).as_str()) || STATE_SET.contains(normalize_words(value).as_str())
}

/// Whether a text, as the status of a document, cannot mean that it is approved: it denies that, puts it off, or says
/// nothing.
pub(crate) fn denies_approval(status: &str) -> bool {
    let words = normalize_words(status);
    let is_state = |word: &str| STATE_SET.contains(word) || STATUS_SET.contains(word);
    is_state(&words)
        || words.split(' ').any(|word| STATE_SET.contains(word) || DENIALS.contains(&word))
        || !has_content(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_they_are_compared() {
        for phrase in STATE_SET.iter().chain(STATUS_SET.iter()) {
            assert_eq!(normalize_words(phrase), *phrase);
        }
    }

    #[test]
    fn words_for_approved_deny_nothing() {
        for status in [
            "Final",
            "In force",
            "in Kraft",
            "Freigegeben",
            "released",
            "active",
            "en vigueur",
            "vigente",
            "valid",
            "公開",
        ] {
            assert!(!denies_approval(status) && !is_not_in_force(status), "{status}");
        }
        for status in
            ["TBD", "none", "außer Kraft", "Not in force", "on hold", "expired", "périmé", "pending", "in progress"]
        {
            assert!(denies_approval(status), "{status}");
        }
    }
}
