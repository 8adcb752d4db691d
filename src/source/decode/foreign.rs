//! Interprets keys of front matter that are not ours.

use super::fields::{AUDIENCE_KEYS, FIELDS, STATE_KEYS};
use super::key_values::{Bound, bound, doubted_keys, leaves_in_force, limits_nothing};
use super::levels;
use super::meaning::{is_listed, limited_key, limits_only_claims, normalize_key, own_key_for, refers_only};
use super::replaced::{names_whole, replaced_in_remark};
use super::{Decoder, FrontMatter, nested};
use crate::finding::{Problem, reading};
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, Span};
use crate::spelling;
use crate::text::clip;
use crate::yaml::{Entry, Node, Value};

impl Decoder<'_, '_> {
    /// Whether an unknown key most likely means something without which the document could look better than it is, or
    /// be shown to more readers.
    ///
    /// If the settings ignore all keys that start with a word, such as `hugo_*`, the rest of the key is another tool's.
    fn is_significant(&self, key: &str) -> bool {
        let is_own = is_listed(key) || !self.vocabulary.ignores_by_word(key);
        if is_own && (limited_key(key).is_some() || own_key_for(key).is_some_and(is_significant_key)) {
            return true;
        }
        let known_keys = self.vocabulary.known_keys();
        let similar_keys = spelling::nearest_all(key, known_keys.iter().copied());
        let is_sure = |candidate: &&str| spelling::has_same_numbers(key, candidate);
        let meanings = similar_keys.into_iter().filter(is_sure).filter_map(|near| self.vocabulary.meaning(near));
        own_key_for(key).is_none() && meanings.into_iter().any(is_significant_key)
    }

    /// The most likely meanings of an unknown key: of several equally near ones, all that matter, else the first.
    fn likely_meanings(&self, key: &str) -> Vec<&'static str> {
        if let Some(meaning) = own_key_for(key) {
            return vec![meaning];
        }
        if refers_only(key) {
            return Vec::new();
        }
        let known_keys = self.vocabulary.known_keys();
        let similar_keys = spelling::nearest_all(key, known_keys.iter().copied());
        let meanings: Vec<&'static str> =
            similar_keys.into_iter().filter_map(|near| self.vocabulary.meaning(near)).collect();
        let weighty: Vec<&'static str> = meanings.iter().copied().filter(|meant| is_significant_key(meant)).collect();
        if weighty.is_empty() { meanings.into_iter().take(1).collect() } else { weighty }
    }

    /// Reports an unknown key. Its most likely meaning counts as written but not read.
    pub(super) fn report_unknown_key(&mut self, front: &mut FrontMatter, entry: &Entry, all: &[Entry]) {
        let key = &entry.key.value;
        if key == MERGE_KEY {
            return self.report_merge_key(front, entry);
        }
        let is_ignored =
            self.vocabulary.ignores(key) && (self.vocabulary.ignores_by_name(key) || !self.is_significant(key));
        if !self.vocabulary.ignores_exactly(key) && !self.repeats_approval(entry, all) {
            self.report_nested_keys(front, &entry.value, &[], false);
            self.note_statements(front, &entry.value);
        }
        if is_ignored {
            return;
        }
        if let Some((meaning, help)) = limited_key(key).filter(|_| !limits_only_claims(key) || self.makes_claims(all)) {
            return self.report_limiting_key(front, entry, all, meaning, help);
        }
        if RELATION_KEYS.contains(&normalize_key(key).as_str()) {
            self.note_replaced_in_words(&entry.value);
        }
        let intended = self.likely_meanings(key);
        self.report_with_nearest(entry, all, &intended);
        let level = |text| levels::level(key, text, &self.vocabulary.classifications);
        let own = self.vocabulary.own_name("classification");
        let is_misspelt = || spelling::nearest(key, std::iter::once(own)).is_some();
        // A level that can be read under another name is compared with that of the document.
        let is_level = |meaning: &str| {
            meaning == "classification" && scalar(&entry.value).and_then(level).is_some() && !is_misspelt()
        };
        let intended =
            intended.into_iter().filter(|meaning| !self.adds_nothing(meaning, entry, all) && !is_level(meaning));
        intended.collect::<Vec<_>>().into_iter().for_each(|meaning| self.note_intended_key(front, meaning, entry));
        self.note_level(front, entry);
        self.note_doubted_keys(front, entry, all);
    }

    /// Reports an unknown key with the nearest known one, and as a fix if it is certain.
    fn report_with_nearest(&mut self, entry: &Entry, all: &[Entry], intended: &[&str]) {
        let key = &entry.key.value;
        let known_keys = self.vocabulary.known_keys();
        let nearest = spelling::nearest(key, known_keys.iter().copied());
        match own_key_for(key) {
            Some(meaning) => self.reader.report_unknown_key(&entry.key, [self.vocabulary.own_name(meaning)]),
            None => self.reader.report_unknown_key(&entry.key, known_keys.iter().copied()),
        }
        // Authors must correct the keys that determine a document's state, and decide between two keys, themselves.
        let is_life = intended.iter().any(|meaning| STATE_KEYS.contains(meaning));
        let is_present = |near: &str| {
            let meaning = self.vocabulary.meaning(near);
            all.iter().any(|other| self.vocabulary.meaning(&other.key.value) == meaning)
        };
        let is_sure = |candidate: &&str| {
            spelling::is_unambiguous(key, candidate, known_keys.iter().copied()) && !is_present(candidate)
        };
        if let Some(near) = nearest.filter(|near| !is_life && is_sure(near)) {
            self.reader.suggest_spelling(&entry.key, near);
        }
    }

    /// Reports a key that may say how far a document is in force, or how much of its clauses it addresses; notes what
    /// it probably means.
    fn report_limiting_key(
        &mut self,
        front: &mut FrontMatter,
        entry: &Entry,
        all: &[Entry],
        meaning: &str,
        help: &str,
    ) {
        let key = &entry.key.value;
        let message = format!("`{}` is not a known key", clip(key));
        let problem = Problem::new(reading::UNKNOWN_KEY, self.reader.place(entry.key.span), message);
        let is_claim = meaning == "clauses" && is_list_of_clauses(&entry.value);
        let claims = || format!("write the clauses under `{}`", self.vocabulary.own_name("clauses"));
        let help = if is_claim { claims() } else { help.to_owned() };
        self.reader.push(problem.help(help));
        self.note_level(front, entry);
        if lists_ended_documents(key, &entry.value) {
            return self.note_replaced("supersedes", &entry.value);
        }
        let is_harmless = match meaning {
            "status" => leaves_in_force(key, &entry.value, |text| (self.is_day(text), self.is_begun(text, all))),
            _ => limits_nothing(key, &entry.value),
        };
        if !is_harmless {
            self.note_intended_key(front, meaning, entry);
            self.note_doubted_keys(front, entry, all);
        }
    }

    /// Records the level of confidentiality that an unknown key names: `label: confidential`.
    fn note_level(&self, front: &mut FrontMatter, entry: &Entry) {
        let items =
            if let Value::List(items) = &entry.value.value { items } else { std::slice::from_ref(&entry.value) };
        let level = |text| levels::level(&entry.key.value, text, &self.vocabulary.classifications);
        let highest = items.iter().filter_map(scalar).filter_map(level).max();
        let is_about_secrecy = levels::is_about_secrecy(&entry.key.value);
        let hint = if is_about_secrecy { &mut front.hinted_level } else { &mut front.loosely_hinted_level };
        *hint = (*hint).max(highest);
    }

    /// Records what an unknown key says by its value: `phase: draft`, `public: false`.
    fn note_doubted_keys(&mut self, front: &mut FrontMatter, entry: &Entry, all: &[Entry]) {
        let key = &entry.key.value;
        let Some(text) = scalar(&entry.value) else { return };
        doubted_keys(key, text).for_each(|ours| self.note_intended_key(front, ours, entry));
        match bound(key) {
            Some(Bound::Start) if self.is_later(text, all) => self.note_intended_key(front, "effective", entry),
            Some(Bound::End) if self.is_day(text) => self.note_intended_key(front, "status", entry),
            _ => {}
        }
    }

    /// Whether one of these keys claims clauses: only then does a note limit claims.
    fn makes_claims(&self, all: &[Entry]) -> bool {
        all.iter().any(|entry| self.vocabulary.meaning(&entry.key.value) == Some("clauses"))
    }

    /// Reports a key that merges another mapping, whose keys are unknown.
    fn report_merge_key(&mut self, front: &mut FrontMatter, entry: &Entry) {
        mark_unread_rest(front);
        let message = "`<<` adds the keys of another mapping, which are not read".to_owned();
        self.reader.report_with_help(entry.key.span, message, Some("write out the keys".to_owned()));
    }

    /// Reports keys in a mapping that is not read, such as `params: {classification: restricted}` or a key indented
    /// below another one. Anything that keeps a document from readers or out of force counts as written but not read.
    fn report_nested_keys(&mut self, front: &mut FrontMatter, node: &Node, own_keys: &[&str], is_reported: bool) {
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::List(items) => {
                return items.iter().for_each(|item| self.report_nested_keys(front, item, own_keys, is_reported));
            }
            _ => return,
        };
        if names_relation(entries) {
            entries.iter().for_each(|entry| self.note_replaced("supersedes", &entry.value));
        }
        for entry in entries.iter().filter(|entry| !own_keys.contains(&entry.key.value.as_str())) {
            let Some(meaning) = significant_meaning(entry) else {
                self.report_nested_keys(front, &entry.value, own_keys, is_reported);
                continue;
            };
            if !is_reported {
                let message = format!("`{}` is not read here", clip(&entry.key.value));
                let help = format!("move `{}` out to the other keys, or remove it", self.vocabulary.own_name(meaning));
                self.reader.report_with_help(entry.key.span, message, Some(help));
            }
            self.note_intended_key(front, meaning, entry);
        }
    }

    /// Like [`report_nested_keys`](Self::report_nested_keys), for the value of a known key, except for the fields of
    /// that key. With `is_reported`, a problem was already reported there, and nothing is added.
    pub(super) fn report_misplaced_keys(
        &mut self,
        front: &mut FrontMatter,
        index: usize,
        node: &Node,
        is_reported: bool,
    ) {
        self.report_nested_keys(front, node, nested::nested_keys(FIELDS[index].name), is_reported);
    }

    /// Records that a key was most likely meant to be another one.
    fn note_intended_key(&mut self, front: &mut FrontMatter, meaning: &str, entry: &Entry) {
        self.claims_are_doubtful |= meaning == "clauses";
        let Some(index) = FrontMatter::key_index(meaning) else { return };
        front.note_written(index, entry.key.span);
        self.note_replaced(meaning, &entry.value);
        if meaning == "registers" {
            note_lost_registers(front, &entry.value);
        }
        if STATE_KEYS.contains(&meaning) || AUDIENCE_KEYS.contains(&meaning) || meaning == "version" {
            front.note_unclear(index);
        }
    }

    /// Treats a document as replaced if a relation of another kind says so: `related: [supersedes PRO-INC-001]`.
    pub(super) fn note_replaced_in_words(&mut self, node: &Node) {
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
        for (item, text) in items.iter().filter_map(|item| Some((item, scalar(item)?))) {
            if let Some(id) = replaced_in_remark(text) {
                self.note_replaced_text(id, item.span);
                continue;
            }
            let Some((word, name)) = text.split_once([' ', ':']) else { continue };
            let replaces = own_key_for(word) == Some("supersedes") || word.eq_ignore_ascii_case("supersedes");
            if replaces && names_whole(name) {
                self.note_replaced_text(name.trim(), item.span);
            }
        }
    }

    /// Treats documents in a second or misspelled `supersedes`, or in one that is not a list of IDs, as replaced: a
    /// withdrawn document must not stay in force because of a spelling mistake.
    pub(super) fn note_replaced(&mut self, meaning: &str, node: &Node) {
        if meaning != "supersedes" {
            return;
        }
        match &node.value {
            Value::Scalar(scalar) => self.note_replaced_text(&scalar.text, node.span),
            Value::List(items) => items.iter().for_each(|item| self.note_replaced(meaning, item)),
            // A list item such as `PRO-INC-001: Incidents` is a mapping, too.
            Value::Map(entries) => entries.iter().for_each(|entry| {
                self.replaced_names.push(entry.key.clone());
                self.note_replaced(meaning, &entry.value);
            }),
            Value::Refused => {}
        }
    }

    fn note_replaced_text(&mut self, text: &str, span: Span) {
        // Several IDs in one text, and links by ID, whose meaning is clear.
        let names = text.split([',', ';']).map(|name| name.trim().trim_matches(['[', ']']));
        let names = names.map(|name| name.split('|').next().unwrap_or(name).trim());
        let ids: Option<Vec<DocumentId>> = names.map(|name| name.parse().ok()).collect();
        match ids {
            Some(ids) => self.also_replaced.extend(ids.into_iter().map(|value| Located { value, span })),
            None => self.replaced_names.push(Located { value: text.to_owned(), span }),
        }
    }
}

/// Whether a key that says that something ended lists other documents, which this one then replaces: `retired:
/// [PRO-INC-001]`.
fn lists_ended_documents(key: &str, node: &Node) -> bool {
    const ENDED: [&str; 5] = ["retired", "withdrawn", "repealed", "archived", "cancelled"];
    let is_id = |node: &Node| {
        scalar(node).is_some_and(|text| {
            let has = |wanted: fn(char) -> bool| text.contains(wanted);
            text.parse::<DocumentId>().is_ok() && has(char::is_alphabetic) && has(char::is_numeric)
        })
    };
    let Value::List(items) = &node.value else { return false };
    !items.is_empty() && items.iter().all(is_id) && ENDED.contains(&normalize_key(key).as_str())
}

/// Records the registers that a value names.
fn note_lost_registers(front: &mut FrontMatter, node: &Node) {
    match &node.value {
        Value::Scalar(scalar) => front.lost_registers.push(scalar.text.trim().to_owned()),
        Value::List(items) => items.iter().for_each(|item| note_lost_registers(front, item)),
        Value::Map(entries) => {
            let files = entries.iter().filter(|entry| entry.key.value == "file");
            files.for_each(|entry| note_lost_registers(front, &entry.value));
        }
        Value::Refused => {}
    }
}

/// The trimmed text of a scalar; `None` for any other value.
pub(super) fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

/// Whether a value consists only of clauses, in the form of `clauses`.
fn is_list_of_clauses(node: &Node) -> bool {
    let is_clause = |node: &Node| scalar(node).is_some_and(|text| text.parse::<ClauseRef>().is_ok());
    match &node.value {
        Value::List(items) => !items.is_empty() && items.iter().all(is_clause),
        _ => is_clause(node),
    }
}

/// Keys for relations of any kind.
const RELATION_KEYS: [&str; 6] = ["relations", "relation", "links", "link", "references", "related-documents"];

/// The key with which YAML merges another mapping.
const MERGE_KEY: &str = "<<";

/// Keys that can make a document less in force than it seems; other keys mean something else in the mappings of other
/// tools.
const IN_FORCE_KEYS: [&str; 5] = ["status", "approved", "approver", "effective", "review"];

/// Whether ignoring a key can make a document look better than it is, or show it to more readers.
fn is_significant_key(key: &str) -> bool {
    STATE_KEYS.contains(&key) || AUDIENCE_KEYS.contains(&key) || ["clauses", "supersedes"].contains(&key)
}

/// The meaning of a key in a mapping that is not read, if it matters there.
pub(super) fn significant_meaning(entry: &Entry) -> Option<&'static str> {
    let key = &entry.key.value;
    let plain = normalize_key(key);
    let own_key = FrontMatter::keys().find(|candidate| *candidate == plain).or_else(|| own_key_for(key));
    let limited = || {
        limited_key(key).map(|(meaning, _)| meaning).filter(|_| !leaves_in_force(key, &entry.value, |_| (false, false)))
    };
    let meant = own_key.or_else(limited);
    meant.filter(|meant| AUDIENCE_KEYS.contains(meant) || IN_FORCE_KEYS.contains(meant) || *meant == "supersedes")
}

/// Whether a mapping says that its document replaces the one that it names: `{id: PRO-X-001, relation: supersedes}`.
fn names_relation(entries: &[Entry]) -> bool {
    const RELATIONS: [&str; 6] = ["relation", "relationship", "rel", "type", "kind", "role"];
    entries.iter().any(|entry| {
        let is_replacing = |text: &str| text == "supersedes" || own_key_for(text) == Some("supersedes");
        RELATIONS.contains(&normalize_key(&entry.key.value).as_str()) && scalar(&entry.value).is_some_and(is_replacing)
    })
}

/// Records that the rest of the front matter is unknown, including whom the document is for.
pub(super) fn mark_unread_rest(front: &mut FrontMatter) {
    front.has_unread_rest = true;
    AUDIENCE_KEYS.iter().filter_map(|key| FrontMatter::key_index(key)).for_each(|index| front.note_unclear(index));
}
