//! What the status in a control block says about its document: a stage on the way to an approval, or use after it.

use super::first_day::later_first_day;
use super::label::is_draft_label;
use super::sentence::is_since;
use crate::date::Date;
use crate::name::fold_case;
use crate::placeholder::{has_content, normalize_words};
use crate::source::{affirms_approval, denies_approval, is_not_in_force, is_pending, is_unapproved};
use crate::text::is_listed;

/// What is done with a document before it is in force.
const STAGES: [&str; 4] = [
    "approval,review,revision,rework,work,progress,preparation,development,drafting,editing,consultation,comment,comments,\
     discussion,testing,validation,verification,signature,authorization,evaluation,decision,approved,reviewed,revised,signed,\
     released,drafted,finalized,rewritten,reworked,tested",
    "prüfung,freigabe,bearbeitung,überarbeitung,arbeit,abstimmung,genehmigung,erstellung,vorbereitung,entwicklung,diskussion,\
     kommentierung,ersetzt,entscheidung,unterschrift,unterzeichnung,validierung,revision,begutachtung,goedkeuring,beoordeling,bewerking,\
     behandeling,herziening,voorbereiding",
    "approbation,révision,relecture,rédaction,préparation,élaboration,vérification,attente,cours,valider,approuver,relire,signer,\
     vérifier,réviser,revisión,aprobación,elaboración,preparación,redacción,curso,trámite,validación,firma,aprobar,revisar,firmar",
    "revisão,aprovação,elaboração,preparação,validação,redação,andamento,aprovar,revisione,approvazione,elaborazione,preparazione,\
     lavorazione,attesa,corso,verifica,validazione,stesura,approvare,zatwierdzania,zatwierdzenia,przygotowaniu,opracowaniu,\
     opracowania,trakcie,toku,konsultacji,weryfikacji,podpisu",
];
/// Words before such a stage.
const BEFORE_STAGE: &str = "in,im,zur,zum,en,em,under,being,w,for,ter,da,do,to,be,à,a,por,pour,para,per,awaiting,waiting,pending,\
     ready,submitted,needs,needing,requires,bereit,eingereicht,soumis,soumise,wird,wordt";
/// First words of a status that is put off, whatever follows.
const PUTS_OFF: &str =
    "awaiting,waiting,pending,invalid,unsigned,unapproved,vorgelegt,abandonné,abandonnée,abandoned,vorbehaltlich";
/// Words between those and the stage that change nothing.
const MAX_WORDS_BEFORE_STAGE: usize = 3;
/// Words behind a stage that is still to come or not over.
const OPEN: &str = "requested,pending,outstanding,missing,needed,necessary,ongoing,running,open,progress,beantragt,ausstehend,aus,\
     fehlt,folgt,nötig,erforderlich,läuft,offen,demandée,nécessaire,cours,attente,solicitada,pendiente,pendente,richiesta,corso,\
     aangevraagd,loopt,nodig";
/// Nouns of a stage that is a status with an adjective: `Final review`.
const READINGS: &str =
    "review,revision,consultation,prüfung,überarbeitung,relecture,révision,revisión,revisione,revisão";
/// Words that are no news beside them.
const ADJECTIVES: &str = "final,last,first,second,internal,external,legal,letzte,interne,dernière,última,ultima";

/// Words that limit an approval.
const PARTIAL: &str = "partially,partly,conditionally,provisionally,teilweise,bedingt,vorläufig,partiellement,\
     provisoirement,parcialmente,condicionalmente,parzialmente,gedeeltelijk,częściowo";
/// Words before what an approval depends on.
const SUBJECT_TO: [&str; 8] =
    ["subject to", "pending", "awaiting", "vorbehaltlich", "unter vorbehalt", "sous réserve", "sujeto a", "in attesa"];
/// Words before who approved a document.
const BY: &str = "by,von,durch,par,por,da,door,przez";
/// Nobody.
const NOBODY: &str = "nobody,none,noone,no,niemand,niemandem,personne,nadie,nessuno,ninguém,nikt,tbd";

/// Words that deny what follows them.
const NEGATIONS: &str = "not,no,never,nicht,kein,keine,non,pas,sin,não,niet,geen,nie,unfinished";
/// Words between a negation and what it denies.
const BETWEEN: &str = "yet,longer,more,any,a,an,ein,mehr,noch,encore,plus,aún,todavía,ainda,ancora,più,nog,meer,jeszcze,been,fully,formally,the";
/// What is denied of a document that is not in force, beside an approval.
const READY: &str = "ready,finished,finalized,complete,signed,authorized,agreed,adopted,issued,endorsed,fertig,abgestimmt,\
     unterschrieben,verabschiedet,verbindlich,terminé,finalisé,signé,adopté,firmado,firmada,firmato,valido,valida,efecto,definitief,vastgesteld,reviewed,\
     geprüft,used,genutzt,verwenden";
/// Words before another version or document, which may be in any state.
const OTHERS: &str = "replaces,supersedes,ersetzt,remplace,sustituye,sostituisce,vervangt,zastępuje,was,were,formerly,previously,\
     from,drafts,war,vormals,predecessor";
/// Stages in which the text is fixed, and in force.
const FIXED: &str = "frozen,locked,eingefroren,gesperrt";
/// Stems of a stage in languages without spaces, before `中`.
const UNSPACED_STAGES: [&str; 21] = [
    "作成",
    "改定",
    "改訂",
    "検討",
    "確認",
    "申請",
    "審査",
    "承認",
    "見直し",
    "修正",
    "準備",
    "策定",
    "レビュー",
    "回覧",
    "审核",
    "审批",
    "修订",
    "编写",
    "评审",
    "起草",
    "讨论",
];

/// Whether a status in a control block denies that the document is in force. `approved` is the day of its approval.
pub(super) fn denies_status(value: &str, approved: Option<Date>) -> bool {
    if approved.is_some_and(|day| later_first_day(value, day).is_some()) {
        return true;
    }
    let mut clauses = clauses_of(value);
    let Some(head) = clauses.next() else { return !has_content(value) };
    // `Issued, replaces draft 0.9 (withdrawn)`
    let is_of_other = |clause: &String| clause.split(' ').next().is_some_and(|word| is_listed(OTHERS, word));
    clauses_deny(&head, clauses.take_while(|clause| !is_of_other(clause)))
}

/// Whether the first clause of a status denies force, or a remark behind it does.
fn clauses_deny(head: &str, mut remarks: impl Iterator<Item = String>) -> bool {
    if denies_draft(head) || is_listed(FIXED, head) {
        return false;
    }
    head_denies(head) || remarks.any(|remark| remark_denies(&remark))
}

/// The clauses of a status, in lower case and without signs.
fn clauses_of(value: &str) -> impl Iterator<Item = String> {
    let signs = [',', ';', '(', ')', '[', ']', '–', '—', '/', '|', '.', '、', '（', '）', ':'];
    // A dot in a number or a day ends nothing.
    let clauses = value.split([',', ';', '(', ')', '[', ']', '–', '—', '、', '（', '）', ':']);
    let clauses = clauses.flat_map(|clause| clause.split(" - ")).flat_map(|clause| clause.split(". "));
    clauses.map(move |clause| normalize_words(clause.trim_matches(signs))).filter(|clause| !clause.is_empty())
}

/// Whether words deny that a document is a draft: `no longer a draft`.
fn denies_draft(words: &str) -> bool {
    let mut rest = words.split(' ').skip_while(|word| !is_listed(NEGATIONS, word));
    let begins = words.split(' ').next().is_some_and(|word| is_listed(NEGATIONS, word));
    rest.next();
    let rest: Vec<&str> = rest.skip_while(|word| is_listed(BETWEEN, word)).collect();
    begins && is_not_in_force(&rest.join(" "))
}

fn head_denies(head: &str) -> bool {
    if let Some(rest) = after_approval(head) {
        // `Final draft`, `Final review`
        return limits_approval(rest) || is_not_in_force(rest) || is_listed(READINGS, rest);
    }
    let words: Vec<&str> = head.split(' ').collect();
    let is_partial = is_listed(PARTIAL, words[0]) && words.get(1).is_some_and(|word| affirms_approval(word));
    is_partial
        || denies_approval_of(&words)
        || names_state(&words)
        || is_on_the_way(&words)
        || is_open_stage(&words)
        || is_unspaced_stage(head)
        || is_draft_label(head)
}

/// What follows the words of an approval at the start of a clause.
fn after_approval(clause: &str) -> Option<&str> {
    let ends = clause.match_indices(' ').map(|(at, _)| at).chain([clause.len()]).take(MAX_WORDS_BEFORE_STAGE);
    let longest = ends.filter(|end| affirms_approval(&clause[..*end])).last()?;
    Some(clause[longest..].trim_start())
}

/// Whether what follows an approval limits it: `Released for review`, `Approved by nobody yet`.
fn limits_approval(rest: &str) -> bool {
    let words: Vec<&str> = rest.split(' ').collect();
    let is_for_stage =
        || matches!(words[..], [to, stage, ..] if is_listed("for,zur,zum,pour,para,per,ter,do", to) && is_stage(stage));
    let is_by_nobody = || matches!(words[..], [by, who, ..] if is_listed(BY, by) && is_listed(NOBODY, who));
    is_for_stage() || is_by_nobody() || depends(rest)
}

fn depends(clause: &str) -> bool {
    SUBJECT_TO
        .iter()
        .any(|start| clause.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether a remark behind a status takes it back: `complete, not approved`.
fn remark_denies(remark: &str) -> bool {
    let words: Vec<&str> = remark.split(' ').collect();
    let state = (1..=words.len()).rev().find(|length| is_not_in_force(&words[..*length].join(" ")));
    let is_ended = state.is_some_and(|length| length == words.len() || is_since(&words[length..]));
    !denies_draft(remark) && (is_ended || depends(remark) && remark != "pending none" || denies_approval_of(&words))
}

/// Whether words begin with a negation of an approval or of being ready: `not yet signed`.
fn denies_approval_of(words: &[&str]) -> bool {
    let mut rest =
        words.iter().skip_while(|word| matches!(**word, "noch" | "aún" | "todavía" | "ainda" | "nog" | "jeszcze"));
    if !rest.next().is_some_and(|word| is_listed(NEGATIONS, word)) {
        return false;
    }
    let rest: Vec<&str> = rest.copied().skip_while(|word| is_listed(BETWEEN, word)).collect();
    let Some(first) = rest.first() else { return words.len() > 1 };
    let is_force = (1..=rest.len().min(3)).any(|length| affirms_approval(&rest[..length].join(" ")));
    is_force || is_listed(READY, first) || is_stage(first)
}

/// Whether a clause names a state of a document, unless it is about another version: `final draft`.
fn names_state(words: &[&str]) -> bool {
    let own: Vec<&str> = words.iter().copied().take_while(|word| !is_listed(OTHERS, word)).collect();
    let whole = own.join(" ");
    let unnumbered = whole.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_denied = own.iter().any(|word| is_listed(NEGATIONS, word));
    let is_whole = || denies_approval(&whole) && !is_denied && !whole.is_empty();
    is_whole()
        || own.iter().any(|word| is_not_in_force(word)) && !is_denied
        || (1..=own.len()).any(|length| is_not_in_force(&own[..length].join(" ")))
        || is_unapproved(unnumbered)
        || is_pending(&whole)
}

/// Whether a clause begins with a word that puts it off, or puts a stage before the approval: `in Prüfung durch QM`.
fn is_on_the_way(words: &[&str]) -> bool {
    let (first, rest) = words.split_first().unwrap_or((&"", &[]));
    // `In line with the review`
    let phrase = rest.iter().take(MAX_WORDS_BEFORE_STAGE).take_while(|word| **word != "with");
    let stage = phrase.enumerate().find(|(_, word)| is_stage(word)).map(|(at, _)| at);
    // `In Revision 3`
    let is_number = |at: usize| rest.get(at + 1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    is_listed(PUTS_OFF, first) && *words != ["pending", "none"]
        || is_listed(BEFORE_STAGE, first) && stage.is_some_and(|at| !is_number(at))
}

/// Whether a clause is a stage that is still to come or not over: `approval requested`, `final review`.
fn is_open_stage(words: &[&str]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let is_open = || is_listed(OPEN, last) && before.iter().any(|word| is_stage(word));
    let needs = || words.len() == 2 && words[0] == "needs";
    let is_reading = || is_listed(READINGS, last) && before.iter().all(|word| is_listed(ADJECTIVES, word));
    is_open() || needs() || is_reading()
}

fn is_unspaced_stage(words: &str) -> bool {
    let stage = words.strip_suffix('中');
    stage.is_some_and(|stage| UNSPACED_STAGES.iter().any(|known| stage.contains(known)))
        || words.starts_with('待') && !words.contains(' ')
        || fold_case(words).contains("ドラフト")
}

fn is_stage(word: &str) -> bool {
    STAGES.iter().any(|list| is_listed(list, word))
}
