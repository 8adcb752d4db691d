//! Lines that are nothing but a label of a text that is not in force: `First draft`, `Pending board approval`.

use super::sentence::{COPIES, NOUNS};
use crate::placeholder::normalize_words;
use crate::source::is_not_in_force;
use crate::text::is_listed;

/// Whole lines that say so.
const LABELS: [&str; 5] = [
    "working copy,not yet effective,work copy,discussion paper,not final,not yet final,not approved for use,not signed off,unsigned,under construction,\
     for discussion only,for comment only,for internal review,for reference only,reference only,\
     kept for reference only,historical copy,archive copy,do not follow,proposed text,subject to approval",
    "arbeitsfassung,arbeitsentwurf,arbeitsstand,diskussionsentwurf,rohfassung,noch nicht abgestimmt,nicht abgestimmt,zur abstimmung,\
     zur diskussion,noch abzustimmen,noch in arbeit,nicht zur verwendung,unter vorbehalt der freigabe,nur zur information",
    "document de travail,version de travail,ébauche,en cours de validation,à valider,non validé,non validée,documento de trabajo,\
     sin aprobar,en proceso de aprobación,no válido,no válida,versão de trabalho,versão preliminar,em aprovação,documento em elaboração",
    "documento di lavoro,versione di lavoro,in fase di approvazione,non valido,non valida,conceptversie,in concept,nog niet goedgekeurd,werkversie,w opracowaniu,\
     do zatwierdzenia,wersja wstępna",
    "ドラフト,ドラフト版,暫定版,未承認版,改訂案,作成中,承認待ちです,征求意见稿,讨论稿,初稿,草稿版",
];

/// Words that change nothing about a label.
const FILLERS: &str =
    "first,initial,final,second,last,only,internal,an,a,erster,erste,letzter,première,primer,primo,eerste,unapproved";

/// Words that put off what follows them.
const AWAITING: &str =
    "pending,awaiting,waiting for,subject to,vorbehaltlich,sous réserve de,en attente de,sujeto a,in attesa di";
/// What is awaited.
const APPROVALS: &str = "approval,sign off,signoff,signature,release,authorization,freigabe,genehmigung,unterschrift,validation,approbation,\
     signature,aprobación,firma,approvazione,goedkeuring";

/// Maximum length of such a line, in bytes.
const MAX_LABEL_BYTES: usize = 60;
/// Maximum number of its words.
const MAX_LABEL_WORDS: usize = 4;

/// Whether a case-folded line is such a label.
pub(super) fn is_draft_label(folded: &str) -> bool {
    // `Draft of the report:` introduces something.
    if folded.len() > MAX_LABEL_BYTES || folded.contains(':') {
        return false;
    }
    let label = normalize_words(folded);
    LABELS.iter().any(|list| is_listed(list, &label))
        || is_state_of_copy(&label)
        || is_awaiting(&label)
        || is_dated(folded)
}

/// Whether words are a state and words for the document: `draft version`, `final draft`.
fn is_state_of_copy(label: &str) -> bool {
    let is_copy = |word: &str| COPIES.contains(&word) || NOUNS.contains(&word);
    let mut states = label.split(' ').filter(|word| !is_listed(FILLERS, word) && !is_copy(word));
    let is_state = states.next().is_some_and(is_not_in_force) && states.all(is_not_in_force);
    // `Draft plan` and `draft policy` may be things that a text is about.
    let is_thing = || label.split(' ').any(|word| ["plan", "policy", "process", "page", "text"].contains(&word));
    is_state && label.split(' ').count() <= MAX_LABEL_WORDS && !is_thing()
}

/// Whether words say that an approval is awaited: `pending board approval`, `awaiting sign-off`.
fn is_awaiting(label: &str) -> bool {
    let label = label.split_once(" by ").map_or(label, |(label, _)| label);
    let starts =
        || AWAITING.split(',').any(|start| label.strip_prefix(start).is_some_and(|rest| rest.starts_with(' ')));
    let is_approval = |words: &str| {
        APPROVALS.split(',').any(|approval| words == approval || words.ends_with(&format!(" {approval}")))
    };
    label.split(' ').count() <= MAX_LABEL_WORDS + 1 && starts() && is_approval(label)
}

/// Whether a line is a state and its day: `entwurf, stand 01.09.2026`.
fn is_dated(folded: &str) -> bool {
    let Some((state, rest)) = folded.split_once([',', '–', '—', '(']) else { return false };
    // `Draft (not approved)`
    if is_not_in_force(state) && is_not_in_force(rest.trim_end_matches(')')) {
        return true;
    }
    let mut words = rest.split_whitespace();
    let is_label = words.next().is_some_and(|word| ["stand", "as", "version", "of", "vom"].contains(&word));
    is_not_in_force(state) && is_label && words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_drafts_differ_from_sentences() {
        for line in [
            "draft version",
            "first draft",
            "draft only",
            "draft document",
            "unapproved draft",
            "subject to approval",
            "pending board approval",
            "awaiting sign-off",
            "entwurf, stand 01.09.2026",
            "erster entwurf",
            "document de travail",
            "初稿",
            "not final",
        ] {
            assert!(is_draft_label(line), "{line}");
        }
        for line in [
            "draft contracts",
            "draft plan",
            "pending requests",
            "awaiting the user",
            "drafts are kept for a year",
            "final version",
            "first version",
            "draft: the first state",
            "subject to the approval of the board, the desk may refuse",
            "unapproved changes",
        ] {
            assert!(!is_draft_label(line), "{line}");
        }
    }
}
