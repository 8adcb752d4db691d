//! Guesses the meaning of other programs' and people's keys from the whole key, else from the words in it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::foreign_keys::{CASUAL_LIMITING_KEYS, FOREIGN_KEYS, LIMITING_KEYS, NOT_IN_FORCE_KEYS};
use super::key_words::{
    ABOUT, APPROVED_STEMS, BY, CHECK_STEMS, CLAUSE_FACTS, DOCUMENT_WORDS, ENDED_STEMS, ENDED_WORDS, FILLERS,
    FOREIGN_STAGE_WORDS, FORMER, FROM, IN_FORCE_WORDS, LEVEL_STEMS, LEVEL_SUBJECT_WORDS, LEVEL_WORDS, LIMIT_STEMS,
    PAST, RECURRENCE_STEMS, REPLACED_STEMS, REPLACES, RETENTION_WORDS, START_WORDS, STATUS, UNTIL, WAITING,
    WAITING_ANYWHERE,
};
use crate::name::fold_case;
use crate::spelling;

/// The most likely meaning of an unknown key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The same as one of our keys.
    SameAs(&'static str),
    /// The document is not in force, not yet in force, or in force for a limited time.
    NotInForce,
}

/// Our name for a key that other programs and people use.
pub(crate) fn own_key_for(key: &str) -> Option<&'static str> {
    match meaning(key)? {
        Meaning::SameAs(ours) => Some(ours),
        Meaning::NotInForce => None,
    }
}

/// Our key that an unknown key may limit without being another name for it, and how to fix that.
pub(super) fn limited_key(key: &str) -> Option<(&'static str, &'static str)> {
    if meaning(key) == Some(Meaning::NotInForce) {
        let help =
            "say with `status` whether the document is in force, and remove this key or ignore it in the settings";
        return Some(("status", help));
    }
    let help = "write the extent with the clause: `{clause: 8.6.2, extent: partial}`";
    let key = normalize_key(key);
    let is_limit = || KeyWords::new(&key).says_limit();
    let is_listed = [LIMITING_KEYS, CASUAL_LIMITING_KEYS].iter().any(|list| list.contains(&key.as_str()));
    (is_listed || is_limit()).then_some(("clauses", help))
}

/// Whether a key may limit claims, but is a key of other tools as well, so that it means something only beside claims.
pub(super) fn limits_only_claims(key: &str) -> bool {
    let key = normalize_key(key);
    ["scope", "compliance", "gaps"].contains(&key.as_str()) || CASUAL_LIMITING_KEYS.contains(&key.as_str())
}

/// Whether the last of several words in a key says that the key refers to its subject without stating it:
/// `approver_id`, `review_notes`.
pub(super) fn refers_only(key: &str) -> bool {
    let words = KeyWords::new(&normalize_key(key)).0;
    words.len() > 1 && words.last().is_some_and(|last| ABOUT.contains(&last.as_str()))
}

/// Whether a key is about reviews, and not by its name about when they are due: `review_owner`, `reviewed`.
pub(super) fn is_about_review(key: &str) -> bool {
    const DUE: [&str; 8] = ["date", "day", "by", "in", "plan", "schedule", "needed", "needs"];
    let key = normalize_key(key);
    let words = KeyWords::new(&key);
    key.starts_with("review") && listed(&key).is_none() && !words.begins(RECURRENCE_STEMS) && !words.has(&DUE)
}

/// Whether a key is listed as an alternative for the keys that determine a document's state and readers.
pub(super) fn is_listed(key: &str) -> bool {
    let key = normalize_key(key);
    listed(&key).is_some() || LIMITING_KEYS.contains(&key.as_str())
}

fn meaning(key: &str) -> Option<Meaning> {
    let key = normalize_key(key);
    listed(&key).or_else(|| KeyWords::new(&key).meaning()).or_else(|| nearly_listed(&key))
}

/// The meaning of a long key that is one letter away from a listed one: `efective_date`.
fn nearly_listed(key: &str) -> Option<Meaning> {
    const MIN_LETTERS: usize = 10;
    let is_near = |listed: &str| spelling::is_one_edit_away(key, listed);
    let foreign = || FOREIGN_KEYS.iter().find(|(foreign, _)| is_near(foreign)).map(|(_, ours)| Meaning::SameAs(ours));
    let is_ending = || NOT_IN_FORCE_KEYS.iter().any(|listed| is_near(listed));
    if key.len() < MIN_LETTERS {
        return None;
    }
    foreign().or_else(|| is_ending().then_some(Meaning::NotInForce))
}

fn listed(key: &str) -> Option<Meaning> {
    let foreign = key_forms(key).find_map(|key| FOREIGN_KEYS.iter().find(|(foreign, _)| *foreign == key));
    let is_ending = || key_forms(key).any(|key| NOT_IN_FORCE_KEYS.contains(&key));
    foreign.map(|(_, ours)| Meaning::SameAs(ours)).or_else(|| is_ending().then_some(Meaning::NotInForce))
}

/// A key, and its forms without words that add nothing: `isDraft` is `draft`, `expires_on` is `expires`.
pub(super) fn key_forms(key: &str) -> impl Iterator<Item = &str> {
    let inner = key.strip_prefix("is-").unwrap_or(key);
    let short = ["-on", "-at", "-date", "-day", "-flag"].iter().find_map(|end| inner.strip_suffix(end));
    [Some(key), Some(inner), short].into_iter().flatten()
}

/// A key in lower case with hyphens between its words.
pub(super) fn normalize_key(key: &str) -> String {
    split_words(key.trim()).replace(['_', ' ', '.', ':', '/'], "-")
}

/// A key in lower case, with the words of `camelCase` separated.
fn split_words(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    for c in key.chars() {
        if c.is_uppercase() && words.ends_with(char::is_lowercase) {
            words.push('-');
        }
        words.push(c);
    }
    fold_case(&words)
}

/// The words of a key, without accents and with umlauts transcribed.
struct KeyWords(Vec<String>);

impl KeyWords {
    fn new(plain: &str) -> KeyWords {
        let written_out = plain.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ł', "l");
        let written_out: String = written_out.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let words = written_out.split('-').filter(|word| !word.is_empty());
        KeyWords(words.flat_map(split_compound).map(str::to_owned).collect())
    }

    fn has(&self, any: &[&str]) -> bool {
        self.0.iter().any(|word| any.contains(&word.as_str()))
    }

    /// Whether any word starts with one of these stems.
    fn begins(&self, any: &[&str]) -> bool {
        self.0.iter().any(|word| any.iter().any(|stem| word.starts_with(stem)))
    }

    fn meaning(&self) -> Option<Meaning> {
        if self.names_replaced() {
            return Some(Meaning::SameAs("supersedes"));
        }
        let is_about = |last: &String| ABOUT.contains(&last.as_str());
        if self.0.last().is_none_or(is_about) || self.has(PAST) {
            return None;
        }
        if self.says_not_in_force() {
            return Some(Meaning::NotInForce);
        }
        let kinds = [
            (
                self.begins(LEVEL_STEMS)
                    || self.has(&["secrecy", "secret", "tlp"])
                    || (self.has(LEVEL_SUBJECT_WORDS) && self.has(LEVEL_WORDS)),
                "classification",
            ),
            (self.begins(APPROVED_STEMS) && self.has(BY), "approver"),
            (self.begins(APPROVED_STEMS), "approved"),
            (self.has(IN_FORCE_WORDS) || (self.has(START_WORDS) && self.has(FROM)), "effective"),
            (self.has(&["review"]) || self.says_recurrence(), "review"),
            (
                self.has(STATUS)
                    || self.0.iter().any(|word| word.ends_with("status"))
                    || (self.has(&["stage"]) && !self.has(FOREIGN_STAGE_WORDS)),
                "status",
            ),
        ];
        kinds.into_iter().find(|(is_so, _)| *is_so).map(|(_, ours)| Meaning::SameAs(ours))
    }

    /// Whether the key names the documents that this one replaces, and nothing else: `supersedes_documents`,
    /// `previous_version`.
    fn names_replaced(&self) -> bool {
        let are_all = |words: &[&str]| {
            let is_known = |word: &String| [words, DOCUMENT_WORDS, FILLERS].iter().any(|list| list.contains(&&**word));
            self.has(words) && self.0.iter().all(is_known)
        };
        are_all(REPLACES)
            || are_all(&["replacement"]) && self.has(&["for", "of"])
            || are_all(FORMER) && self.has(DOCUMENT_WORDS)
    }

    /// Whether the key may say how far the document addresses the clauses that it claims.
    fn says_limit(&self) -> bool {
        let is_about = |last: &String| ABOUT.contains(&last.as_str());
        let is_fact = |last: &String| CLAUSE_FACTS.contains(&last.as_str());
        self.has(&["clause", "clauses"]) && !self.0.last().is_some_and(is_fact)
            || self.begins(LIMIT_STEMS) && !self.0.last().is_some_and(is_about)
    }

    /// Whether the key says when a review recurs, in several words or in one: `überprüfungsintervall`.
    fn says_recurrence(&self) -> bool {
        let is_compound = |word: &String| {
            CHECK_STEMS.iter().any(|stem| word.starts_with(stem))
                && RECURRENCE_STEMS.iter().any(|stem| word.contains(stem))
        };
        self.begins(CHECK_STEMS) && self.begins(RECURRENCE_STEMS) || self.0.iter().any(is_compound)
    }

    /// Whether the key says that the document is not in force, not yet in force, or in force for a limited time.
    fn says_not_in_force(&self) -> bool {
        let position = |words: &[&str]| self.0.iter().position(|word| words.contains(&word.as_str()));
        // `in_review`; `review_in: 6 months` says when the next review is.
        let waits = position(&["review"]).is_some_and(|review| {
            self.has(WAITING) && (self.has(WAITING_ANYWHERE) || position(WAITING).is_some_and(|at| at < review))
        });
        let is_retention = self.begins(&["archiv"]) && self.has(RETENTION_WORDS);
        let is_valid = self.has(IN_FORCE_WORDS) || self.has(START_WORDS) || self.has(&["approved", "approval"]);
        self.begins(ENDED_STEMS) && !is_retention
            || self.has(ENDED_WORDS)
            || (is_valid && self.has(UNTIL))
            || (self.begins(REPLACED_STEMS) && self.has(BY))
            || waits
    }
}

/// The parts of a word written without separators: `reviewdate`, `docstatus`.
fn split_compound(word: &str) -> impl Iterator<Item = &str> {
    let head_words = ["document", "doc", "next"];
    let tails = ["date", "datum", "day", "due", "from", "until", "till"];
    let rest = |rest: &str| rest.len() >= 4;
    let is_document = word.starts_with("document");
    let heads = head_words.iter().filter(|head| !is_document || **head == "document");
    let head = heads.into_iter().find(|head| word.strip_prefix(**head).is_some_and(rest));
    let tail = tails.iter().find(|tail| word.strip_suffix(**tail).is_some_and(rest));
    let (first, others) = word.split_at(head.map_or(0, |head| head.len()));
    let (inner, last) = others.split_at(others.len() - tail.map_or(0, |tail| tail.len()).min(others.len()));
    [first, inner, last].into_iter().filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_understood_by_their_words() {
        for (keys, ours) in [
            (
                "effective.date dates.effective date_of_effect in_force_since applies_from Gültig\u{a0}ab gueltig_ab",
                "effective",
            ),
            ("doc_state document_state page_status status-code docstatus", "status"),
            (
                "review_on review_at reviewdate review_deadline next_review_by date_of_next_review next_revision",
                "review",
            ),
            ("periodic_review nächste_prüfung nextreview", "review"),
            (
                "Vertraulichkeit Klassifizierung Schutzklasse Einstufung sensitivity_label information_class",
                "classification",
            ),
            ("access_level visibility clearance distribution isConfidential", "classification"),
            ("go_live start_date release_date released_on entry_into_force date_effet entrée_en_vigueur", "effective"),
            ("vigente_desde fecha_vigencia ingangsdatum geldig_vanaf data_vigencia obowiązuje_od 発効日", "effective"),
            ("freigegeben_am Freigabe freigegeben freigabestatus fecha_de_aprobación 承認日", "approved"),
            ("freigegeben_durch approuvé_par", "approver"),
            ("überprüfung prochaine_revue próxima_revisión fecha_revision prossima_revisione", "review"),
            ("volgende_herziening następny_przegląd 次回レビュー", "review"),
            ("doctype is_template", "type"),
            (
                "obsoletes withdraws replaces_document supersedes-documents dcterms:replaces isReplacementFor supersedes_id \
                predecessors previous_version löst_ab Vorgänger ersetzt_Dokument annule_et_remplace zastępuje",
                "supersedes",
            ),
            ("efective_date wirksam_ab in_effect wchodzi_w_życie 適用開始日", "effective"),
            ("überprüfungsintervall Prüfzyklus", "review"),
            (
                "klasyfikacja poufność vertrouwelijkheid livello_di_riservatezza nivel_de_confidencialidad grau_de_sigilo \
                機密区分 公開範囲 Verteiler protection",
                "classification",
            ),
            ("zielgruppe visible_to readers", "audience"),
            ("dienste servizi usługi サービス", "services"),
            ("revision_history Änderungen historique", "changes"),
        ] {
            for key in keys.split(' ') {
                assert_eq!(own_key_for(key), Some(ours), "{key}");
            }
        }
        let endings = "publishDate valid_till valid_thru gültig_bis expire obsoleted_by succeeded_by withdrawal_date \
            date_withdrawn retirement_date archive wip outdated under_review entwurf effective_until expirydate ersetzt_durch \
            remplacé_par sustituido_por until obowiązuje_do geldig_tot replacedby abgelöst_durch Nachfolgedokument aufgehoben \
            discontinued repealed brouillon borrador on_hold under_revision 廃止 有効期限";
        for key in endings.split_ascii_whitespace() {
            assert_eq!(limited_key(key).map(|(ours, _)| ours), Some("status"), "{key}");
        }
    }

    #[test]
    fn keys_about_limits_are_understood_by_their_words() {
        let limits = "clauses_extent claim_extent excluded excludes limits limited_to out_of_scope only_for conformity \
            fulfilment completeness Umfang Abdeckung Einschränkung Ausnahmen Geltungsbereich klauseln portée couverture alcance \
            limitaciones copertura limitazioni dekking beperking zakres 適用範囲 除外 exception incomplete Hinweis Erfüllungsgrad \
            límites parziale";
        for key in limits.split_ascii_whitespace() {
            assert_eq!(limited_key(key).map(|(ours, _)| ours), Some("clauses"), "{key}");
        }
    }

    #[test]
    fn other_keys_are_left_alone() {
        let others = "colour weight sidebar_position slug toc template layout author_image review_notes draft_notes \
            last_review last_modified_at reviewed reviewed_by category keywords effectiveness applies_to statement \
            estate status_page cover hide unlisted date_format updated created access_log replaced_part description \
            replace_text previous next previous_page old_id former_name";
        for key in others.split_ascii_whitespace() {
            assert_eq!((own_key_for(key), limited_key(key)), (None, None), "{key}");
        }
    }
}
