//! Words of authors for documents that are not in force: not yet, or no longer.

use std::sync::LazyLock;

use ahash::AHashSet;

use crate::name::fold_case;
use crate::placeholder::{has_content, normalize_words, says_nothing_exists};

/// Words that say so wherever they describe a document, one list for each language; `,` separates them.
const STATES: [&str; 9] = [
    // English
    "draft,wip,work in progress,in review,under review,not approved,not yet approved,unapproved,pending approval,awaiting approval,\
     for approval,retired,obsolete,withdrawn,superseded,archived,deprecated,outdated,out of date,expired,revoked,repealed,\
     rescinded,not in force,not yet in force,no longer in force,no longer valid,not valid,not yet valid,replaced,do not use,not for use,\
     no longer in use,no longer used,no longer maintained,no longer applicable,no longer applies,suspended until further notice,\
     not released,not yet released,draft for approval,draft for review,draft for comment,draft for comments,draft for consultation,\
     working draft,initial draft",
    // German
    "entwurf,in bearbeitung,in prüfung,nicht freigegeben,noch nicht freigegeben,zur freigabe,nicht genehmigt,veraltet,ungültig,\
     abgelaufen,aufgehoben,ausser kraft,ausser kraft gesetzt,nicht in kraft,noch nicht in kraft,zurückgezogen,ersetzt,\
     nicht mehr gültig,nicht gültig,noch nicht gültig,archiviert,widerrufen,in überarbeitung,nicht mehr in kraft,vorläufig,\
     entwurfsfassung,vorabversion,nicht mehr verwenden,nicht verwenden,überholt,hinfällig",
    // French
    "brouillon,en cours de révision,non approuvé,non approuvée,obsolète,périmé,périmée,caduc,caduque,abrogé,abrogée,retiré,retirée,\
     remplacé,remplacée,archivé,archivée,plus en vigueur,pas en vigueur,en attente de validation,en attente d approbation,\
     en cours d approbation,en cours de rédaction,en rédaction,ne plus utiliser,ne pas utiliser",
    // Spanish
    "borrador,en revisión,no aprobado,no aprobada,obsoleto,obsoleta,caducado,caducada,derogado,derogada,retirado,retirada,\
     sustituido,sustituida,reemplazado,reemplazada,archivado,archivada,no vigente,pendiente de aprobación,\
     no usar,no utilizar,en redacción,fuera de vigor",
    // Portuguese
    "rascunho,minuta,em revisão,não aprovado,não aprovada,revogado,revogada,expirado,expirada,substituído,substituída,arquivado,\
     arquivada,pendente de aprovação,não usar,não utilizar",
    // Italian
    "bozza,in bozza,in revisione,non approvato,non approvata,scaduto,scaduta,superato,superata,abrogato,abrogata,revocato,revocata,\
     ritirato,ritirata,sostituito,sostituita,archiviato,archiviata,non in vigore,in attesa di approvazione,\
     non usare,non utilizzare",
    // Dutch
    "vervallen,verouderd,ingetrokken,vervangen,niet goedgekeurd,gearchiveerd,niet van kracht,niet geldig,ter goedkeuring,\
     niet meer geldig,niet meer van kracht,niet gebruiken,niet meer gebruiken",
    // Polish
    "wersja robocza,szkic,nieaktualny,nieaktualna,nieaktualne,uchylony,uchylona,wycofany,wycofana,wycofane,zastąpiony,zastąpiona,\
     niezatwierdzony,niezatwierdzona,nieobowiązujący,zarchiwizowany,szkicem,nie używać,nie stosować",
    // Japanese, Chinese and Korean
    "廃止,失効,下書き,草案,草稿,案,未承認,改訂中,廃版,旧版,承認待ち,已废止,废止,已作废,作废,已失效,失效,未批准,초안,폐기",
];

/// Words that say so as a status of any document, and hardly of anything else.
const UNAPPROVED: [&str; 5] = [
    // English
    "rejected,proposed,proposal,cancelled,canceled,suspended,on hold,for review,ready for review,under revision,being revised,\
     submitted,provisional,preliminary,unreleased,unpublished,void,discontinued,lapsed",
    // German
    "abgelehnt,vorgeschlagen,vorschlag,in arbeit,in abstimmung,zur prüfung,konzept,provisorisch,wird überarbeitet",
    // French
    "rejeté,proposé,projet,à valider,à approuver,provisoire",
    // Spanish, Portuguese and Italian
    "rechazado,propuesto,por aprobar,en elaboración,rejeitado,proposto,em elaboração,rifiutato,da approvare,in lavorazione",
    // Dutch and Polish
    "afgewezen,voorgesteld,concept,in bewerking,odrzucony,projekt,w przygotowaniu",
];

/// Words for an approval that is still to come.
const PENDING: [&str; 1] =
    ["pending,outstanding,awaited,not yet,open,requested,ausstehend,steht aus,offen,noch nicht,beantragt,en attente,\
     pendiente,pendente,in attesa,in afwachting,w toku,未,未承認,承認待ち"];

/// Words that say so only as the status of a document.
const STATUSES: [&str; 7] = [
    // English
    "inactive,invalid,disabled,former,historic,historical,old,legacy,closed,\
     open,paused,review,reviewing,to review,needs review,needs work,\
     for comment,for comments,consultation,planned,in work,stale,tentative,\
     unsigned,unfinished,incomplete,rc,release candidate,beta,alpha,test,sample,example,template,deleted,trash,\
     under construction,terminated,decommissioned,deactivated,needs approval,approval pending,end of life,eol,phased out,defunct,parked,frozen,blocked,dormant,for information only,false,0",
    // German
    "offen,geschlossen,alt,inaktiv,ausgesetzt,eingereicht,geplant,\
     gesperrt,abgekündigt,storniert,stillgelegt,ruhend,ausser betrieb,nur zur information,unvollständig,gelöscht,beendet,muster,beispiel,\
     vorlage",
    // French
    "refusé,refusée,annulé,annulée,inactif,suspendu,ancien,clos,expiré,expirée,en revue,\
     en révision,à relire,en cours,hors service,supprimé,incomplet,modèle,exemple",
    // Spanish and Portuguese
    "anulado,cancelado,inactivo,inactiva,suspendido,antiguo,cerrado,vencido,vencida,inativo,suspenso,\
     proposto,antigo,preliminar,provisório,a aprovar,en curso,fuera de servicio,eliminado,\
     excluído,incompleto,ejemplo,plantilla,modelo",
    // Italian
    "annullato,inattivo,sospeso,vecchio,chiuso,in attesa,respinto,provvisorio,\
     eliminato,incompleto,modello,esempio",
    // Dutch
    "geannuleerd,inactief,opgeschort,oud,gesloten,ter beoordeling,in behandeling,\
     voorlopig,verwijderd,onvolledig,sjabloon,voorbeeld",
    // Polish, Japanese and Chinese
    "anulowany,nieaktywny,zawieszony,zamknięty,roboczy,robocza,wstępny,usunięty,\
     使用禁止,保留,却下,申請中,差戻し,差し戻し,作成中,確認中,仮,审核中,待审批,修订中,草案稿",
];

/// Words that say of a document's status that it is approved or in force.
const AFFIRMATIONS: [&str; 4] = [
    // English
    "approved,final,released,published,active,in force,in effect,effective,current,valid,live,production,prod,done,complete,completed,\
     signed,signed off,accepted",
    // German
    "freigegeben,genehmigt,gültig,in kraft,aktiv,aktuell,veröffentlicht,abgeschlossen,gezeichnet",
    // French, Spanish, Portuguese and Italian
    "approuvé,approuvée,en vigueur,valide,validé,validée,publié,publiée,actif,aprobado,aprobada,vigente,publicado,activo,aprovado,\
     aprovada,em vigor,ativo,approvato,approvata,in vigore,attivo,pubblicato",
    // Dutch, Polish, Japanese and Chinese
    "goedgekeurd,van kracht,geldig,actief,zatwierdzony,zatwierdzona,obowiązujący,obowiązująca,aktywny,承認済み,承認済,有効,公開,已批准,\
     已生效,有效",
];

/// Words for a template.
const TEMPLATES: [&str; 1] = [
    "template,vorlage,mustervorlage,muster,formularvorlage,modèle,gabarit,plantilla,modelo,modello,sjabloon,szablon,wzór,\
     テンプレート,雛形,ひな形,模板",
];

/// Affirmative answers.
const YES: [&str; 1] = ["yes,true,on,y,1,ja,oui,sí,si,sim,sì,tak,x,はい,是"];

/// Negative answers, beside those of [`says_nothing_exists`], and words for a day that never comes.
const NO: [&str; 1] = [
    "off,n,0,never,não,nee,nie,unlimited,indefinite,indefinitely,open ended,perpetual,nobody,unbefristet,unbegrenzt,\
     niemals,jamais,illimité,illimitée,nunca,indefinido,ilimitado,mai,illimitato,nooit,onbeperkt,nigdy,bezterminowo,いいえ,否,無期限,长期",
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
static UNAPPROVED_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&UNAPPROVED));
static PENDING_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&PENDING));

static AFFIRMATION_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&AFFIRMATIONS));
static TEMPLATE_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&TEMPLATES));
static YES_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&YES));
static NO_SET: LazyLock<AHashSet<&'static str>> = LazyLock::new(|| phrases(&NO));

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
    let is_state = |word: &str| [&STATE_SET, &STATUS_SET, &UNAPPROVED_SET].iter().any(|set| set.contains(word));
    is_state(&words)
        || words.split(' ').any(|word| STATE_SET.contains(word) || DENIALS.contains(&word))
        || !has_content(status)
}

/// Whether a text, as the status of a document, says that it was not approved yet, or is not any more.
pub(crate) fn is_unapproved(status: &str) -> bool {
    is_short(status) && UNAPPROVED_SET.contains(normalize_words(status).as_str())
}

/// States that are words for other things as well, above all as keys: `template`, `open`.
const AMBIGUOUS: &[&str] = &[
    "0",
    "alpha",
    "alt",
    "beispiel",
    "beta",
    "clos",
    "closed",
    "consultation",
    "ejemplo",
    "esempio",
    "example",
    "exemple",
    "false",
    "live",
    "modelo",
    "modello",
    "modèle",
    "muster",
    "old",
    "open",
    "oud",
    "rc",
    "review",
    "reviewing",
    "sample",
    "sjabloon",
    "template",
    "test",
    "voorbeeld",
    "vorlage",
];

/// Whether a text is a state in which something is not done, not in force yet or no longer in force, whatever it is the
/// state of.
pub(crate) fn is_state(text: &str) -> bool {
    let words = normalize_words(text);
    let is_open = |word: &str| word == "planned" || UNAPPROVED_SET.contains(word) || PENDING_SET.contains(word);
    has_ended(text) || is_short(text) && !AMBIGUOUS.contains(&words.as_str()) && is_open(&words)
}

/// Whether it is such a state to which a day may be added.
pub(crate) fn has_ended(text: &str) -> bool {
    let words = normalize_words(text);
    let is_known = |word: &str| STATE_SET.contains(word) || STATUS_SET.contains(word) && word != "planned";
    is_short(text) && !AMBIGUOUS.contains(&words.as_str()) && is_known(&words)
}

/// Whether a text says of an approval that it is still to come.
pub(crate) fn is_pending(approval: &str) -> bool {
    is_short(approval) && PENDING_SET.contains(normalize_words(approval).as_str())
}

/// Whether a text, as the status of a document, says that it is approved or in force.
pub(crate) fn affirms_approval(status: &str) -> bool {
    is_short(status) && AFFIRMATION_SET.contains(normalize_words(status).as_str()) || says_yes(status)
}

/// Whether a text, as the type of a document, says that it is a template.
pub(crate) fn names_template(kind: &str) -> bool {
    is_short(kind) && TEMPLATE_SET.contains(normalize_words(kind).as_str())
}

/// Whether a text is an affirmative answer: `true`, `ja`.
pub(crate) fn says_yes(answer: &str) -> bool {
    is_short(answer) && YES_SET.contains(normalize_words(answer).as_str())
}

/// Whether a text is a negative answer: `false`, `none`, `n/a`, `-`, `unlimited`.
pub(crate) fn says_no(answer: &str) -> bool {
    is_short(answer) && (says_nothing_exists(answer) || NO_SET.contains(normalize_words(answer).as_str()))
}

fn is_short(text: &str) -> bool {
    text.len() <= MAX_STATE_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_they_are_compared() {
        let sets = [
            &STATE_SET,
            &STATUS_SET,
            &UNAPPROVED_SET,
            &PENDING_SET,
            &AFFIRMATION_SET,
            &TEMPLATE_SET,
            &YES_SET,
            &NO_SET,
        ];
        for phrase in sets.iter().flat_map(|set| set.iter()) {
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
