//! Keys of front matter that are none of ours: what they were most likely meant to say.

use super::fields::{AUDIENCE_KEYS, ENDING, FOREIGN_KEYS, LIFE, LIMITING_KEYS};
use super::{Decoder, FrontMatter};
use crate::finding::{Problem, reading};
use crate::name::case_folded;
use crate::place::Located;
use crate::spelling;
use crate::text::clip;
use crate::yaml::{Entry, Node, Value};

impl Decoder<'_, '_> {
    /// Whether a key without a meaning was most likely meant to say something without which the document could look better
    /// than it is, or be shown to more readers.
    fn has_weight(&self, key: &str) -> bool {
        let known = self.vocabulary.known_keys();
        let near = spelling::nearest(key, known.iter().copied());
        let near = near.filter(|near| spelling::is_unambiguous(key, near, known.iter().copied()));
        let meant = elsewhere(key).or_else(|| near.and_then(|near| self.vocabulary.meaning(near)));
        let is_weighty = |meant: &str| {
            LIFE.contains(&meant) || AUDIENCE_KEYS.contains(&meant) || ["clauses", "supersedes"].contains(&meant)
        };
        limiting(key).is_some() || meant.is_some_and(is_weighty)
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
            self.nested_keys(front, &entry.value, is_ignored);
        }
        if is_ignored {
            return;
        }
        if let Some((meant, help)) = limiting(key) {
            let message = format!("`{}` is not a known key", clip(key));
            let problem = Problem::new(reading::UNKNOWN_KEY, self.reader.place(entry.key.span), message);
            self.reader.push(problem.help(help));
            return self.note_intended_key(front, meant, entry);
        }
        let known = self.vocabulary.known_keys();
        let nearest = spelling::nearest(key, known.iter().copied());
        let foreign = elsewhere(key);
        let meant = foreign.or_else(|| nearest.and_then(|near| self.vocabulary.meaning(near)));
        match foreign {
            Some(meant) => self.reader.unknown_key(&entry.key, [self.vocabulary.written(meant)]),
            None => self.reader.unknown_key(&entry.key, known.iter().copied()),
        }
        // What a document's standing rests on is for people to correct, and which of two keys holds.
        let is_life = meant.is_some_and(|meant| LIFE.contains(&meant));
        let is_there = |near: &str| {
            let meaning = self.vocabulary.meaning(near);
            all.iter().any(|other| self.vocabulary.meaning(&other.key.value) == meaning)
        };
        let is_sure = |near: &&str| spelling::is_unambiguous(key, near, known.iter().copied()) && !is_there(near);
        if let Some(near) = nearest.filter(|near| !is_life && is_sure(near)) {
            self.reader.suggest_spelling(&entry.key, near);
        }
        if let Some(meant) = meant {
            self.note_intended_key(front, meant, entry);
        }
    }

    /// A key by which the keys of another mapping were to be taken in: nobody knows which.
    fn merged(&mut self, front: &mut FrontMatter, entry: &Entry) {
        note_torn(front);
        let message = "`<<` adds the keys of another mapping, which are not read".to_owned();
        self.reader.problem_with_help(entry.key.span, message, Some("write out the keys".to_owned()));
    }

    /// Keys in a mapping that nobody reads, such as `params: {classification: restricted}`. What keeps a document from readers
    /// counts as written but not read; so does what a document would be less in force for, where nothing else reports the
    /// mapping.
    fn nested_keys(&mut self, front: &mut FrontMatter, node: &Node, is_ignored: bool) {
        let Value::Map(entries) = &node.value else { return };
        for entry in entries {
            let key = &entry.key.value;
            let own = FrontMatter::keys().find(|known| *known == plain(key)).or_else(|| elsewhere(key));
            let meant = own.or_else(|| limiting(key).map(|(meant, _)| meant));
            let is_weighty = |meant: &&str| AUDIENCE_KEYS.contains(meant) || (is_ignored && IN_FORCE.contains(meant));
            let Some(meant) = meant.filter(is_weighty) else {
                self.nested_keys(front, &entry.value, is_ignored);
                continue;
            };
            let message = format!("`{}` is not read here", clip(key));
            let help = format!("move `{}` out to the other keys, or remove it", self.vocabulary.written(meant));
            self.reader.problem_with_help(entry.key.span, message, Some(help));
            self.note_intended_key(front, meant, entry);
        }
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

/// The key by which YAML takes in the keys of another mapping.
const MERGE: &str = "<<";

/// Keys by which a document can be less in force than it seems; others mean something else in the mappings of other tools.
const IN_FORCE: [&str; 5] = ["status", "approved", "approver", "effective", "review"];

/// Notes that nobody knows what else the front matter was to say, and for whom.
pub(super) fn note_torn(front: &mut FrontMatter) {
    front.torn = true;
    AUDIENCE_KEYS.iter().filter_map(|key| FrontMatter::key_index(key)).for_each(|index| front.note_unclear(index));
}

/// What a key is called here that other programs and people call otherwise.
pub(crate) fn elsewhere(key: &str) -> Option<&'static str> {
    let key = plain(key);
    spellings(&key).find_map(|key| FOREIGN_KEYS.iter().find(|(foreign, _)| *foreign == key)).map(|(_, ours)| *ours)
}

/// A key, and what it is without the words around it that say no more: `isDraft` is `draft`, `expires_on` is `expires`.
fn spellings(key: &str) -> impl Iterator<Item = &str> {
    let inner = key.strip_prefix("is-").unwrap_or(key);
    let short = ["-on", "-at", "-date", "-day", "-flag"].iter().find_map(|end| inner.strip_suffix(end));
    [Some(key), Some(inner), short].into_iter().flatten()
}

/// The key of ours that a key may limit without being another name for it, and what to do about it.
pub(super) fn limiting(key: &str) -> Option<(&'static str, &'static str)> {
    let key = plain(key);
    if spellings(&key).any(|key| ENDING.contains(&key)) {
        let help =
            "say with `status` whether the document is in force, and remove this key or ignore it in the settings";
        return Some(("status", help));
    }
    let help = "write the extent with the clause: `{clause: 8.6.2, extent: partial}`";
    LIMITING_KEYS.contains(&key.as_str()).then_some(("clauses", help))
}

/// A key in small letters with hyphens between its words.
pub(super) fn plain(key: &str) -> String {
    split_words(key.trim()).replace(['_', ' '], "-")
}

/// A key in small letters, with the words of `camelCase` apart.
fn split_words(key: &str) -> String {
    let mut apart = String::with_capacity(key.len() + 4);
    for letter in key.chars() {
        if letter.is_uppercase() && apart.ends_with(char::is_lowercase) {
            apart.push('-');
        }
        apart.push(letter);
    }
    case_folded(&apart)
}
