//! Keys of front matter that are none of ours: what they were most likely meant to say.

use super::fields::{AUDIENCE_KEYS, FIELDS, LIFE};
use super::meaning::{elsewhere, is_in_force, is_listed, is_not_in_force, limiting, plain};
use super::{Decoder, FrontMatter, nested};
use crate::finding::{Problem, reading};
use crate::id::ClauseRef;
use crate::place::Located;
use crate::spelling;
use crate::text::clip;
use crate::yaml::{Entry, Node, Value};

impl Decoder<'_, '_> {
    /// Whether a key without a meaning was most likely meant to say something without which the document could look better
    /// than it is, or be shown to more readers.
    ///
    /// Where the settings ignore all keys that begin with a word, such as `hugo_*`, the words behind it are another tool's.
    fn has_weight(&self, key: &str) -> bool {
        let is_own = is_listed(key) || !self.vocabulary.ignores_by_word(key);
        if is_own && (limiting(key).is_some() || elsewhere(key).is_some_and(is_weighty)) {
            return true;
        }
        let known = self.vocabulary.known_keys();
        let near = spelling::nearest_all(key, known.iter().copied());
        let is_sure = |near: &&str| spelling::has_same_numbers(key, near);
        let meant = near.into_iter().filter(is_sure).filter_map(|near| self.vocabulary.meaning(near));
        elsewhere(key).is_none() && meant.into_iter().any(is_weighty)
    }

    /// What a key without a meaning most likely says: of several that are equally near, all that have weight, else the first.
    fn intended(&self, key: &str) -> Vec<&'static str> {
        if let Some(meant) = elsewhere(key) {
            return vec![meant];
        }
        let known = self.vocabulary.known_keys();
        let near = spelling::nearest_all(key, known.iter().copied());
        let meant: Vec<&'static str> = near.into_iter().filter_map(|near| self.vocabulary.meaning(near)).collect();
        let weighty: Vec<&'static str> = meant.iter().copied().filter(|meant| is_weighty(meant)).collect();
        if weighty.is_empty() { meant.into_iter().take(1).collect() } else { weighty }
    }

    /// A key without a meaning. What it most likely was meant to say counts as written but not read.
    pub(super) fn foreign(&mut self, front: &mut FrontMatter, entry: &Entry, all: &[Entry]) {
        let key = &entry.key.value;
        if key == MERGE {
            return self.merged(front, entry);
        }
        let is_ignored =
            self.vocabulary.ignores(key) && (self.vocabulary.ignores_by_name(key) || !self.has_weight(key));
        if !self.vocabulary.ignores_exactly(key) {
            self.nested_keys(front, &entry.value, &[], false);
        }
        if is_ignored {
            return;
        }
        if let Some(limit) = limiting(key).filter(|_| plain(key) != "note" || self.makes_claims(all)) {
            return self.limiting_key(front, entry, limit);
        }
        let known = self.vocabulary.known_keys();
        let nearest = spelling::nearest(key, known.iter().copied());
        let intended = self.intended(key);
        match elsewhere(key) {
            Some(meant) => self.reader.unknown_key(&entry.key, [self.vocabulary.written(meant)]),
            None => self.reader.unknown_key(&entry.key, known.iter().copied()),
        }
        // What a document's standing rests on is for people to correct, and which of two keys holds.
        let is_life = intended.iter().any(|meant| LIFE.contains(meant));
        let is_there = |near: &str| {
            let meaning = self.vocabulary.meaning(near);
            all.iter().any(|other| self.vocabulary.meaning(&other.key.value) == meaning)
        };
        let is_sure = |near: &&str| spelling::is_unambiguous(key, near, known.iter().copied()) && !is_there(near);
        if let Some(near) = nearest.filter(|near| !is_life && is_sure(near)) {
            self.reader.suggest_spelling(&entry.key, near);
        }
        intended.into_iter().for_each(|meant| self.note_intended_key(front, meant, entry));
        if scalar(&entry.value).is_some_and(is_not_in_force) {
            self.note_intended_key(front, "status", entry);
        }
    }

    /// A key that may say how far a document is in force, or how much of its clauses it addresses, and what to do about it.
    fn limiting_key(&mut self, front: &mut FrontMatter, entry: &Entry, (meant, help): (&str, &str)) {
        let key = &entry.key.value;
        let message = format!("`{}` is not a known key", clip(key));
        let problem = Problem::new(reading::UNKNOWN_KEY, self.reader.place(entry.key.span), message);
        let is_claim = meant == "clauses" && is_list_of_clauses(&entry.value);
        let claims = || format!("write the clauses under `{}`", self.vocabulary.written("clauses"));
        let help = if is_claim { claims() } else { help.to_owned() };
        self.reader.push(problem.help(help));
        if !(meant == "status" && scalar(&entry.value).is_some_and(|text| is_in_force(key, text))) {
            self.note_intended_key(front, meant, entry);
        }
    }

    /// Whether one of some keys claims clauses: a note limits claims only where there are some.
    fn makes_claims(&self, all: &[Entry]) -> bool {
        all.iter().any(|entry| self.vocabulary.meaning(&entry.key.value) == Some("clauses"))
    }

    /// A key by which the keys of another mapping were to be taken in: nobody knows which.
    fn merged(&mut self, front: &mut FrontMatter, entry: &Entry) {
        note_torn(front);
        let message = "`<<` adds the keys of another mapping, which are not read".to_owned();
        self.reader.problem_with_help(entry.key.span, message, Some("write out the keys".to_owned()));
    }

    /// Keys in a mapping that nobody reads, such as `params: {classification: restricted}` or a key that slid below another
    /// one. What keeps a document from readers or out of force counts as written but not read.
    fn nested_keys(&mut self, front: &mut FrontMatter, node: &Node, own: &[&str], is_reported: bool) {
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::List(items) => {
                return items.iter().for_each(|item| self.nested_keys(front, item, own, is_reported));
            }
            _ => return,
        };
        for entry in entries.iter().filter(|entry| !own.contains(&entry.key.value.as_str())) {
            let Some(meant) = weighty_within(&entry.key.value) else {
                self.nested_keys(front, &entry.value, own, is_reported);
                continue;
            };
            if !is_reported {
                let message = format!("`{}` is not read here", clip(&entry.key.value));
                let help = format!("move `{}` out to the other keys, or remove it", self.vocabulary.written(meant));
                self.reader.problem_with_help(entry.key.span, message, Some(help));
            }
            self.note_intended_key(front, meant, entry);
        }
    }

    /// The same for keys in the value of a key that is known; its own ones aside, and without a finding where there is one.
    pub(super) fn misplaced_keys(&mut self, front: &mut FrontMatter, index: usize, node: &Node, is_reported: bool) {
        self.nested_keys(front, node, nested::own_keys(FIELDS[index].name), is_reported);
    }

    /// Notes that a key was most likely meant to say what another one says.
    fn note_intended_key(&mut self, front: &mut FrontMatter, meant: &str, entry: &Entry) {
        self.claims_are_doubtful |= meant == "clauses";
        let Some(index) = FrontMatter::key_index(meant) else { return };
        front.note_written(index, entry.key.span);
        self.note_replaced(meant, &entry.value);
        if LIFE.contains(&meant) || AUDIENCE_KEYS.contains(&meant) || meant == "version" {
            front.note_unclear(index);
        }
    }

    /// What a second or misspelt `supersedes` names counts as replaced: a document that was withdrawn must not stay in force
    /// because of how that was written.
    pub(super) fn note_replaced(&mut self, meant: &str, node: &Node) {
        if meant != "supersedes" {
            return;
        }
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let texts = items.iter().filter_map(|item| match &item.value {
            Value::Scalar(scalar) => Some((&*scalar.text, item.span)),
            _ => None,
        });
        self.also_replaced.extend(texts.filter_map(|(text, span)| {
            let value = text.trim().parse().ok()?;
            Some(Located { value, span })
        }));
    }
}

/// The text of a value that is one.
fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

/// Whether a value is nothing but clauses, as `clauses` has them.
fn is_list_of_clauses(node: &Node) -> bool {
    let is_clause = |node: &Node| scalar(node).is_some_and(|text| text.parse::<ClauseRef>().is_ok());
    match &node.value {
        Value::List(items) => !items.is_empty() && items.iter().all(is_clause),
        _ => is_clause(node),
    }
}

/// The key by which YAML takes in the keys of another mapping.
const MERGE: &str = "<<";

/// Keys by which a document can be less in force than it seems; others mean something else in the mappings of other tools.
const IN_FORCE: [&str; 5] = ["status", "approved", "approver", "effective", "review"];

/// Whether a key can make a document look better than it is, or show it to more readers, when it is not read.
fn is_weighty(key: &str) -> bool {
    LIFE.contains(&key) || AUDIENCE_KEYS.contains(&key) || ["clauses", "supersedes"].contains(&key)
}

/// What a key in a mapping that nobody reads would say, if that has weight there.
fn weighty_within(key: &str) -> Option<&'static str> {
    let plain = plain(key);
    let own = FrontMatter::keys().find(|known| *known == plain).or_else(|| elsewhere(key));
    let meant = own.or_else(|| limiting(key).map(|(meant, _)| meant));
    meant.filter(|meant| AUDIENCE_KEYS.contains(meant) || IN_FORCE.contains(meant))
}

/// Notes that nobody knows what else the front matter was to say, and for whom.
pub(super) fn note_torn(front: &mut FrontMatter) {
    front.torn = true;
    AUDIENCE_KEYS.iter().filter_map(|key| FrontMatter::key_index(key)).for_each(|index| front.note_unclear(index));
}
