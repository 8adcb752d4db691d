//! Guesses the meaning of other programs' and people's keys from the whole key, else from the words in it.

use super::fields::{FOREIGN_KEYS, LIMITING_KEYS, NOT_IN_FORCE_KEYS};
use crate::name::fold_case;

/// The most likely meaning of an unknown key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The same as one of our keys.
    SameAs(&'static str),
    /// The document is not in force, not yet or not for ever.
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
    let is_about_clauses = key.split('-').any(|word| matches!(word, "clause" | "clauses"));
    (is_about_clauses || LIMITING_KEYS.contains(&key.as_str())).then_some(("clauses", help))
}

/// Whether a [`Meaning::NotInForce`] key with this value only says that the document is in force: `draft: false`.
pub(super) fn is_in_force(key: &str, value: &str) -> bool {
    const AFFIRMATIVE_KEYS: [&str; 4] = ["published", "publish", "in-force", "is-published"];
    const NEUTRAL_KEYS: [&str; 10] = [
        "lifecycle",
        "life-cycle",
        "workflow",
        "workflow-state",
        "stage",
        "sign-off",
        "publication",
        "superseded-by",
        "replaced-by",
        "end-of-life",
    ];
    let (key, value) = (normalize_key(key), fold_case(value));
    match AFFIRMATIVE_KEYS.contains(&key.as_str()) {
        true => ["true", "yes", "on"].contains(&value.as_str()),
        false => !NEUTRAL_KEYS.contains(&key.as_str()) && ["false", "no", "off", "never"].contains(&value.as_str()),
    }
}

/// Whether a value says that a document is not in force, whatever its key: `phase: draft`.
pub(crate) fn is_not_in_force(value: &str) -> bool {
    const NOT_IN_FORCE_WORDS: [&str; 18] = [
        "draft",
        "wip",
        "in review",
        "in-review",
        "not approved",
        "unapproved",
        "pending approval",
        "retired",
        "obsolete",
        "withdrawn",
        "superseded",
        "archived",
        "deprecated",
        "entwurf",
        "borrador",
        "brouillon",
        "bozza",
        "zurückgezogen",
    ];
    NOT_IN_FORCE_WORDS.contains(&fold_case(value.trim()).as_str())
}

/// Whether a key is listed as an alternative for the keys that determine a document's state and readers.
pub(super) fn is_listed(key: &str) -> bool {
    let key = normalize_key(key);
    listed(&key).is_some() || LIMITING_KEYS.contains(&key.as_str())
}

fn meaning(key: &str) -> Option<Meaning> {
    let key = normalize_key(key);
    listed(&key).or_else(|| KeyWords::new(&key).meaning())
}

fn listed(key: &str) -> Option<Meaning> {
    let foreign = key_forms(key).find_map(|key| FOREIGN_KEYS.iter().find(|(foreign, _)| *foreign == key));
    let is_ending = || key_forms(key).any(|key| NOT_IN_FORCE_KEYS.contains(&key));
    foreign.map(|(_, ours)| Meaning::SameAs(ours)).or_else(|| is_ending().then_some(Meaning::NotInForce))
}

/// A key, and its forms without words that add nothing: `isDraft` is `draft`, `expires_on` is `expires`.
fn key_forms(key: &str) -> impl Iterator<Item = &str> {
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
    let mut apart = String::with_capacity(key.len() + 4);
    for letter in key.chars() {
        if letter.is_uppercase() && apart.ends_with(char::is_lowercase) {
            apart.push('-');
        }
        apart.push(letter);
    }
    fold_case(&apart)
}

/// The words of a key, with umlauts transcribed.
struct KeyWords(Vec<String>);

impl KeyWords {
    fn new(plain: &str) -> KeyWords {
        let written_out = plain.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
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
        let is_about = |last: &String| ABOUT.contains(&last.as_str());
        if self.0.last().is_none_or(is_about) || self.has(&PAST) {
            return None;
        }
        if self.says_not_in_force() {
            return Some(Meaning::NotInForce);
        }
        let kinds = [
            (
                self.begins(&LEVEL_STEMS)
                    || self.has(&["secrecy", "secret", "tlp"])
                    || (self.has(&LEVEL_SUBJECT_WORDS) && self.has(&LEVEL_WORDS)),
                "classification",
            ),
            (self.has(&IN_FORCE_WORDS) || (self.has(&START_WORDS) && self.has(&FROM)), "effective"),
            (self.has(&["review"]) || (self.begins(&CHECK_STEMS) && self.begins(&RECURRENCE_STEMS)), "review"),
            (self.has(&STATUS) || (self.has(&["stage"]) && !self.has(&FOREIGN_STAGE_WORDS)), "status"),
        ];
        kinds.into_iter().find(|(is_so, _)| *is_so).map(|(_, ours)| Meaning::SameAs(ours))
    }

    /// Whether the key says that the document is not in force, not yet or not for ever.
    fn says_not_in_force(&self) -> bool {
        let is_valid = self.has(&IN_FORCE_WORDS) || self.has(&START_WORDS) || self.has(&["approved", "approval"]);
        self.begins(&ENDED_STEMS)
            || self.has(&ENDED_WORDS)
            || (is_valid && self.has(&UNTIL))
            || (self.begins(&REPLACED_STEMS) && self.has(&["by"]))
            || (self.has(&["review"]) && self.has(&WAITING))
    }
}

/// The parts of a word written without separators: `reviewdate`, `docstatus`.
fn split_compound(word: &str) -> impl Iterator<Item = &str> {
    let heads = ["document", "doc", "next"];
    let tails = ["date", "datum", "day", "due", "from", "until", "till"];
    let rest = |rest: &str| rest.len() >= 4;
    let head = heads.iter().find(|head| word.strip_prefix(**head).is_some_and(rest));
    let tail = tails.iter().find(|tail| word.strip_suffix(**tail).is_some_and(rest));
    let (first, others) = word.split_at(head.map_or(0, |head| head.len()));
    let (inner, last) = others.split_at(others.len() - tail.map_or(0, |tail| tail.len()).min(others.len()));
    [first, inner, last].into_iter().filter(|part| !part.is_empty())
}

/// Last words of keys that refer to a subject without stating it, such as `review_notes`.
const ABOUT: [&str; 24] = [
    "board", "colour", "color", "comment", "comments", "contact", "file", "href", "icon", "id", "image", "images",
    "link", "links", "log", "note", "notes", "number", "page", "path", "ref", "team", "title", "url",
];

/// Words of keys that refer to the past.
const PAST: [&str; 7] = ["former", "last", "letzte", "letzter", "letztes", "prev", "previous"];

/// Stems of words for documents that are not in force, or only until some day.
const ENDED_STEMS: [&str; 21] = [
    "abgelaufen",
    "ablauf",
    "archiv",
    "cancel",
    "deprecat",
    "embargo",
    "entwuerf",
    "entwurf",
    "expir",
    "inactiv",
    "obsolet",
    "outdated",
    "retire",
    "revoke",
    "suspend",
    "ungueltig",
    "unpublish",
    "verfall",
    "veraltet",
    "widerruf",
    "withdraw",
];

/// Whole words for the same, because as stems they would match other words: a `publisher`, `drafted_by`.
const ENDED_WORDS: [&str; 8] =
    ["draft", "drafts", "publication", "publish", "published", "sunset", "wip", "zurueckgezogen"];

/// Stems of words for being replaced by another document.
const REPLACED_STEMS: [&str; 5] = ["obsolete", "ersetz", "replace", "succeed", "supersed"];

/// Words that turn a review into a pending one.
const WAITING: [&str; 6] = ["awaiting", "in", "needs", "pending", "requires", "under"];

/// Words for being in force.
const IN_FORCE_WORDS: [&str; 8] =
    ["effective", "effectivity", "effektiv", "gueltig", "gueltigkeit", "inkrafttreten", "valid", "validity"];

/// Words for being in force that mean something else unless one of [`FROM`] or [`UNTIL`] is present.
const START_WORDS: [&str; 8] = ["applicable", "applies", "apply", "commencement", "effect", "force", "gilt", "kraft"];

/// Words before or after a first day.
const FROM: [&str; 14] = [
    "ab", "as", "begins", "date", "datum", "day", "from", "on", "seit", "since", "start", "starting", "starts", "takes",
];

/// Words before or after a last day.
const UNTIL: [&str; 8] = ["bis", "end", "ende", "ends", "through", "thru", "till", "until"];

/// Stems of words for a review that mean something else unless one of [`RECURRENCE_STEMS`] is present.
const CHECK_STEMS: [&str; 6] = ["pruef", "recertification", "revalidation", "revision", "ueberpruef", "wiedervorlage"];

/// Stems of words for recurrence.
const RECURRENCE_STEMS: [&str; 11] = [
    "cycle",
    "due",
    "every",
    "frequency",
    "interval",
    "naechst",
    "next",
    "period",
    "recertification",
    "turnus",
    "wiedervorlage",
];

const STATUS: [&str; 5] = ["lifecycle", "state", "status", "workflow", "zustand"];

/// Words before a stage that is not the document's, but that of a team, or of a program on its way to users.
const FOREIGN_STAGE_WORDS: [&str; 9] =
    ["author", "build", "deploy", "deployment", "devops", "owning", "pipeline", "product", "sales"];

/// Stems of words for confidentiality.
const LEVEL_STEMS: [&str; 14] = [
    "classif",
    "clearance",
    "confidential",
    "einstufung",
    "geheim",
    "klassifi",
    "private",
    "restricted",
    "schutzbedarf",
    "schutzklasse",
    "schutzstufe",
    "sensitiv",
    "vertraulich",
    "visibility",
];

/// Things that have a level, and words for the level.
const LEVEL_SUBJECT_WORDS: [&str; 8] =
    ["access", "data", "distribution", "document", "info", "information", "protection", "security"];
const LEVEL_WORDS: [&str; 8] =
    ["class", "grade", "label", "level", "marking", "restriction", "restrictions", "statement"];

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
            ("doctype is_template", "type"),
        ] {
            for key in keys.split(' ') {
                assert_eq!(own_key_for(key), Some(ours), "{key}");
            }
        }
        let endings = "publishDate valid_till valid_thru gültig_bis expire obsoleted_by succeeded_by withdrawal_date \
            date_withdrawn retirement_date archive wip outdated under_review entwurf effective_until expirydate";
        for key in endings.split_ascii_whitespace() {
            assert_eq!(limited_key(key).map(|(ours, _)| ours), Some("status"), "{key}");
        }
    }

    #[test]
    fn other_keys_are_left_alone() {
        let others = "colour weight sidebar_position slug toc template layout author_image review_notes draft_notes \
            last_review last_modified_at reviewed reviewed_by category keywords effectiveness applies_to statement \
            estate status_page cover hide unlisted date_format updated created access_log replaced_part description";
        for key in others.split_ascii_whitespace() {
            assert_eq!((own_key_for(key), limited_key(key)), (None, None), "{key}");
        }
    }
}
