//! Decodes front matter: from the lines between `---`, `+++` or braces to typed values with their locations.

mod block;
mod claim_note;
mod fields;
mod foreign;
mod foreign_keys;
mod key_values;
mod key_words;
mod levels;
mod meaning;
mod misplaced;
mod nested;
mod repeats;
mod replaced;
mod statements;

use super::front_matter::FrontMatter;
use super::vocabulary::Vocabulary;
use crate::finding::{Problem, RuleId, reading};
use crate::id::DocumentId;
use crate::place::{Located, SourceText, Span};
use crate::spelling;
use crate::text::clip;
use crate::yaml::{Entry, Node, ParsedTree, Reader, ReaderRules, Slot, Value};

pub(super) use block::FrontMatterBlock;
pub(crate) use block::Notation;
pub(super) use fields::FIELDS;
#[cfg(test)]
use fields::STATE_KEYS;
pub(crate) use fields::language;
use foreign::mark_unread_rest;
#[cfg(test)]
use foreign_keys::{CASUAL_LIMITING_KEYS, FOREIGN_KEYS, LIMITING_KEYS, NOT_IN_FORCE_KEYS};
use meaning::limited_key;
pub(crate) use meaning::own_key_for;
pub(crate) use misplaced::misplaced_front;
use misplaced::second_front;
use nested::downgrade_later;

/// The result of decoding the start of a file.
#[derive(Debug)]
pub struct DecodedText {
    /// The front matter; `None` if the file does not start with any.
    pub front: Option<FrontMatter>,
    /// Byte offset at which the Markdown starts.
    pub body_start: u32,
    /// Every problem in the front matter, sorted by place.
    pub problems: Vec<Problem>,
}

pub(super) const RULES: ReaderRules = ReaderRules {
    invalid: reading::INVALID_FRONT_MATTER,
    unknown_key: reading::UNKNOWN_KEY,
    date: reading::INVALID_DATE,
    interval: reading::INVALID_INTERVAL,
    allows_direction_changes: false,
};

/// Decodes a file's front matter.
///
/// Each mistake becomes a problem with its own place, and everything else is still read.
pub fn decode(source: &SourceText, vocabulary: &Vocabulary) -> DecodedText {
    let Some(block) = FrontMatterBlock::find(source.as_str()) else {
        // The content of a block that is not read is unknown, so no defaults replace it.
        let is_misplaced = misplaced_front(source.as_str()).is_some();
        let front = if is_misplaced { None } else { vocabulary.defaults().fill(None, source.path(), vocabulary) };
        return DecodedText { front, body_start: 0, problems: Vec::new() };
    };
    let body_start = Span::from(block.body_start..block.body_start).start;
    let decoder = Decoder {
        reader: reader(source, vocabulary),
        vocabulary,
        claims_are_doubtful: false,
        also_replaced: Vec::new(),
        replaced_names: Vec::new(),
    };
    let (front, problems) = decoder.read(&block, source.as_str().get(block.body_start..).unwrap_or_default());
    let mut front = vocabulary.defaults().fill(Some(front), source.path(), vocabulary);
    front.iter_mut().for_each(|front| front.doubt_lower_level(&vocabulary.classifications));
    DecodedText { front, body_start, problems }
}

fn reader<'s>(source: &'s SourceText, vocabulary: &Vocabulary) -> Reader<'s> {
    Reader::new(source, RULES).with_dates(vocabulary.dates())
}

/// The keys that determine a document's state, and those that may say whether or how far it is in force.
#[cfg(test)]
pub(crate) fn life_keys() -> impl Iterator<Item = &'static str> {
    let foreign = FOREIGN_KEYS.iter().map(|(foreign, _)| *foreign);
    let others = [NOT_IN_FORCE_KEYS, LIMITING_KEYS, CASUAL_LIMITING_KEYS].into_iter().flatten().copied();
    STATE_KEYS.into_iter().chain(foreign).chain(others)
}

/// The keys and values of a file's front matter; `None` if it has none or it is not a mapping.
pub(crate) fn front_entries(source: &SourceText) -> Option<Vec<Entry>> {
    let block = FrontMatterBlock::find(source.as_str()).filter(|block| block.is_closed)?;
    match block.parse(&mut Reader::new(source, RULES)).root.map(|root| root.value) {
        Some(Value::Map(entries)) => Some(entries),
        None => Some(Vec::new()),
        Some(_) => None,
    }
}

/// The position at which the first key of front matter belongs in a text as it is on disk, without a byte order mark,
/// and the notation of the keys; `None` if it has no front matter.
pub(crate) fn front_block(raw: &str) -> Option<(usize, Notation)> {
    let end = raw.find(['\n', '\r'])?;
    let line_end = if raw[end..].starts_with("\r\n") { 2 } else { 1 };
    Some((end + line_end, Notation::detect(raw)?))
}

/// Whether a key may say whether or how long a document is in force, or how far it addresses a clause.
pub(crate) fn may_limit(key: &str) -> bool {
    limited_key(key).is_some()
}

/// The text below a file's front matter.
pub(crate) fn body_of(text: &str) -> &str {
    FrontMatterBlock::find(text).and_then(|block| text.get(block.body_start..)).unwrap_or(text)
}

struct Decoder<'s, 'v> {
    reader: Reader<'s>,
    vocabulary: &'v Vocabulary,
    /// Whether something that could not be read may limit the claims.
    claims_are_doubtful: bool,
    /// Documents in a second or misspelled `supersedes`.
    also_replaced: Vec<Located<DocumentId>>,
    /// Texts in any `supersedes` that are not IDs.
    replaced_names: Vec<Located<String>>,
}

impl Decoder<'_, '_> {
    fn read(mut self, block: &FrontMatterBlock, body: &str) -> (FrontMatter, Vec<Problem>) {
        let mut front = FrontMatter::default();
        front.opening = block.opening.clone().into();
        front.notation = Some(block.notation);
        if let Some(root) = self.tree(block, &mut front) {
            self.root(&mut front, &root);
        }
        if let Some((second, is_ours)) = second_front(body).filter(|_| block.is_closed) {
            if is_ours {
                mark_unread_rest(&mut front);
            }
            let place = Span::from(block.body_start + second.start..block.body_start + second.end);
            let message = "this looks like a second block of front matter, and is not read".to_owned();
            let help = "move its keys into the first block; if this is text, write an empty line below its first line";
            self.reader.report_with_help(place, message, Some(help.to_owned()));
        }
        for one in std::mem::take(&mut self.also_replaced) {
            if front.supersedes.iter().all(|known| known.value != one.value) {
                front.supersedes.push(one);
            }
        }
        front.replaced_names = std::mem::take(&mut self.replaced_names);
        self.resolve_kind(&mut front);
        self.resolve_classification(&mut front);
        let start = front.effective.as_ref().or(front.approved.as_ref()).map(|day| day.value);
        downgrade_later(&mut front.clauses, start, &mut self.reader);
        if self.claims_are_doubtful {
            front.clauses.iter_mut().for_each(|claim| claim.is_certain = false);
        }
        (front, self.reader.finish())
    }

    /// Parses the text between the fences. It is unclear where an unclosed block should have ended, so invalid YAML or
    /// TOML in it is not reported.
    fn tree(&mut self, block: &FrontMatterBlock, front: &mut FrontMatter) -> Option<Node> {
        if block.is_closed {
            let tree = block.parse(&mut self.reader);
            front.is_incomplete = !tree.is_complete;
            front.has_unread_rest = tree.has_unread_rest;
            self.note_refused(front, &tree);
            return tree.root;
        }
        front.is_incomplete = true;
        front.has_unread_rest = true;
        let fence = block.notation.fence();
        let message = format!("the front matter that starts here has no closing `{fence}`");
        let help = format!("put a line `{fence}` after the last key");
        self.reader.report_with_help(front.opening, message, Some(help));
        let tree = block.parse(&mut reader(self.reader.source(), self.vocabulary));
        tree.root.filter(|root| tree.is_complete && matches!(root.value, Value::Map(_)))
    }

    /// Assigns each refused part to its key. What a part that belongs to no key was meant to say is unknown.
    fn note_refused(&mut self, front: &mut FrontMatter, tree: &ParsedTree) {
        let entries = match tree.root.as_ref().map(|root| &root.value) {
            Some(Value::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        for refused in &tree.rejected {
            let holds = |entry: &&Entry| (entry.key.span.start..=entry.value.span.end).contains(&refused.start);
            match entries.iter().find(holds) {
                Some(entry) => self.note_unclear(front, &entry.key.value),
                None => front.has_unread_rest = true,
            }
        }
        for doubled in &tree.duplicates {
            if let Some(meant) = self.vocabulary.meaning(&doubled.key.value) {
                self.note_replaced(meant, &doubled.value);
            }
        }
    }

    fn note_unclear(&mut self, front: &mut FrontMatter, key: &str) {
        let meaning = self.vocabulary.meaning(key);
        self.claims_are_doubtful |= meaning == Some("clauses");
        meaning.and_then(FrontMatter::key_index).into_iter().for_each(|index| front.note_unclear(index));
    }

    fn root(&mut self, front: &mut FrontMatter, root: &Node) {
        match &root.value {
            Value::Map(entries) => self.entries(front, entries),
            Value::Scalar(scalar) if scalar.is_null() => {}
            Value::Refused => front.has_unread_rest = true,
            _ => {
                front.is_incomplete = true;
                front.has_unread_rest = true;
                let help = "write one `key: value` per line".to_owned();
                let message = format!("front matter must be a mapping, not {}", root.value.kind());
                self.reader.report_with_help(root.span, message, Some(help));
            }
        }
    }

    fn entries(&mut self, front: &mut FrontMatter, entries: &[Entry]) {
        let mut seen: [Option<&Located<String>>; FIELDS.len()] = [None; FIELDS.len()];
        front.keys.reserve_exact(entries.len());
        for entry in entries {
            let Some(index) = self.vocabulary.meaning(&entry.key.value).and_then(FrontMatter::key_index) else {
                self.report_unknown_key(front, entry, entries);
                continue;
            };
            match seen[index] {
                // Earlier addresses may be under several keys, such as the page's own and those of pages that redirect
                // to it.
                Some(first) if FIELDS[index].name == "aliases" && first.value != entry.key.value => {
                    let known = std::mem::take(&mut front.aliases);
                    self.field(front, index, entry);
                    front.aliases.splice(0..0, known);
                }
                Some(first) => {
                    front.note_unclear(index);
                    self.claims_are_doubtful |= FIELDS[index].name == "clauses";
                    self.note_replaced(FIELDS[index].name, &entry.value);
                    self.doubled(FIELDS[index].name, &entry.key, first);
                }
                None => {
                    seen[index] = Some(&entry.key);
                    front.note_written(index, entry.key.span);
                    self.field(front, index, entry);
                }
            }
        }
    }

    /// Reads the value of a key. A mistake anywhere in it makes the key unclear.
    fn field(&mut self, front: &mut FrontMatter, index: usize, entry: &Entry) {
        let before = self.reader.problem_count();
        let value = self.vocabulary.translate(FIELDS[index].name, &entry.value);
        let slot = Slot { key: &entry.key, node: &value, is_item: false };
        (FIELDS[index].read)(front, slot, &mut self.reader);
        let is_reported = self.reader.problem_count() > before;
        if is_reported {
            front.note_unclear(index);
            if FIELDS[index].name == "related" {
                self.note_replaced_in_words(&entry.value);
            }
            self.note_replaced(FIELDS[index].name, &entry.value);
        }
        self.report_misplaced_keys(front, index, &entry.value, is_reported);
    }

    /// Reports two keys of different spelling that mean the same; identical keys are reported by the parser.
    fn doubled(&mut self, meaning: &str, key: &Located<String>, first: &Located<String>) {
        let first_place = self.reader.place(first.span);
        let (key_text, first_text) = (clip(&key.value), clip(&first.value));
        let line = first_place.line();
        let message = format!("`{key_text}` and `{first_text}` on line {line} both mean `{meaning}`");
        let place = self.reader.place(key.span);
        let problem = Problem::new(reading::INVALID_FRONT_MATTER, place, message).help("keep one of them");
        self.reader.push(problem.related(first_place, "the first one"));
    }

    fn resolve_kind(&mut self, front: &mut FrontMatter) {
        front.doc_type = front.doc_type.take().and_then(|kind| {
            let known = self.vocabulary.types.contains(&kind.value);
            if !known {
                FrontMatter::key_index("type").into_iter().for_each(|index| front.note_unclear(index));
                self.unknown(reading::UNKNOWN_TYPE, &kind, "a document type", &self.vocabulary.types);
            }
            known.then_some(kind)
        });
    }

    fn resolve_classification(&mut self, front: &mut FrontMatter) {
        front.classification = front.classification.take().and_then(|name| {
            let ladder = &self.vocabulary.classifications;
            let known = ladder.contains(&name.value);
            if !known {
                self.unknown(reading::UNKNOWN_CLASSIFICATION, &name, "a classification", ladder);
            }
            known.then_some(name)
        });
    }

    fn unknown(&mut self, rule: RuleId, word: &Located<String>, what: &str, known: &[String]) {
        let message = format!("`{}` is not {what} in this handbook", clip(&word.value));
        let problem = Problem::new(rule, self.reader.place(word.span), message);
        let help = spelling::suggest_help(&word.value, known.iter().map(String::as_str));
        self.reader.push(crate::yaml::with_help(problem, help));
    }
}
