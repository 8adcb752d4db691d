//! Decodes the text of a register into entries: all problems in one run, each with its place.

use std::sync::Arc;

use super::decoder::{Decoder, RejectedPlaces, read_entry};
use super::entry::Entry;
use super::figure_rows::FigureRow;
use super::grade::Grade;
use super::key::ValueType;
use super::kinds::{KINDS, Kind, possible_kinds};
use crate::finding::{Problem, reading};
use crate::place::{Located, SourceText, Span};
use crate::spelling::{nearest, suggest_help};
use crate::text::clip;
use crate::yaml::{Entry as Line, Limits, Node, Reader, ReaderRules, Slot, Value as Tree};

/// A decoded register.
#[derive(Debug)]
pub(crate) struct RegisterFile {
    /// The source text, for locating places and quoting lines.
    pub(crate) source: Arc<SourceText>,
    /// The kind that a document assigns to it.
    pub(crate) declared_kind: Option<Kind>,
    /// The kinds that it has lists of, each with the span of its key.
    pub(crate) lists: Vec<(Kind, Span)>,
    /// Its entries, in the order of the file.
    pub(crate) entries: Vec<Arc<Entry>>,
    /// Values of indicators, if the file is a table of values.
    pub(crate) figures: Vec<FigureRow>,
    /// Kinds of which there may be entries that could not be read at all.
    pub(crate) unread_kinds: Vec<Kind>,
    /// Problems that do not belong to a known entry.
    pub(crate) problems: Vec<Problem>,
}

impl RegisterFile {
    /// The kinds that it lists, whether or not their entries could be read.
    pub(crate) fn listed_kinds(&self) -> impl Iterator<Item = Kind> {
        self.lists.iter().map(|(kind, _)| *kind).chain(self.unread_kinds.iter().copied())
    }

    /// All problems, in entries and outside them.
    pub(crate) fn all_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.entries.iter().flat_map(|entry| &entry.problems))
    }
}

/// The words that the settings allow in registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    /// Grades of nonconformities.
    pub(crate) grades: &'a [Grade],
    /// The classifications, lowest first.
    pub(crate) levels: &'a [String],
}

impl<'a> Terms<'a> {
    /// The permitted words of a key, if it is limited to certain words.
    pub(super) fn words(self, value_type: ValueType) -> Option<Vec<&'a str>> {
        match value_type {
            ValueType::Word(words) => Some(words.to_vec()),
            ValueType::Grade => Some(self.grades.iter().map(|grade| grade.name.as_str()).collect()),
            ValueType::Level => Some(self.levels.iter().map(String::as_str).collect()),
            _ => None,
        }
    }
}

pub(super) const RULES: ReaderRules =
    ReaderRules { allows_direction_changes: false, ..ReaderRules::all(reading::INVALID_REGISTER) };

/// Decodes a register; `declared_kind` is the kind that its document names for a table.
pub(crate) fn read(source: Arc<SourceText>, declared_kind: Option<Kind>, terms: Terms<'_>) -> RegisterFile {
    if is_table(source.path()) {
        return super::rows::read(source, declared_kind, terms);
    }
    let mut reader = Reader::new(&source, RULES);
    let tree = reader.parse(0..source.as_str().len(), Limits::REGISTER);
    let mut file = RegisterFile::empty(source.clone());
    let refused = RejectedPlaces::new(&tree.rejected);
    if tree.has_unread_rest {
        file.unread_kinds = KINDS.iter().map(|row| row.kind).collect();
    }
    let is_empty = |root: &Node| matches!(&root.value, Tree::Scalar(scalar) if scalar.is_null());
    if tree.root.as_ref().is_none_or(is_empty) {
        file.unread_kinds = possible_kinds(source.path());
    }
    if let Some(root) = tree.root.filter(|root| !is_empty(root)) {
        if !matches!(root.value, Tree::Map(_)) {
            file.unread_kinds.extend(possible_kinds(source.path()));
        }
        let name = Located::new(source.path().to_string(), root.span);
        let slot = Slot { key: &name, node: &root, is_item: false };
        for line in reader.entries(slot).unwrap_or_default() {
            match Kind::from_name(&line.key.value) {
                Some(kind) => file.read_list(terms, &refused, kind, line, &mut reader),
                // The refused part may have been a kind as well.
                None if refused.is_within(line) => {
                    file.unread_kinds.extend(KINDS.iter().map(|row| row.kind));
                    unknown_kind(&line.key, &mut reader);
                }
                None => file.read_unknown_list(line, &mut reader),
            }
        }
    }
    file.problems = reader.finish();
    file.add_unread_lists();
    file
}

/// Whether a file is a table, judging by its extension.
pub(crate) fn is_table(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// Reports an unknown kind, and returns the kind that may have been meant.
fn unknown_kind(name: &Located<String>, reader: &mut Reader<'_>) -> Option<Kind> {
    let known_names = || KINDS.iter().map(|row| row.name);
    let message = format!("`{}` is not a kind of register", clip(&name.value));
    reader.report_with_help(name.span, message, suggest_help(&name.value, known_names()));
    nearest(&name.value, known_names()).and_then(Kind::from_name)
}

impl RegisterFile {
    /// A register without content.
    pub(super) fn empty(source: Arc<SourceText>) -> RegisterFile {
        RegisterFile {
            source,
            declared_kind: None,
            lists: Vec::new(),
            entries: Vec::new(),
            figures: Vec::new(),
            unread_kinds: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// A register whose text cannot be read.
    pub(crate) fn unreadable(source: Arc<SourceText>) -> RegisterFile {
        let unread_kinds = KINDS.iter().map(|row| row.kind).collect();
        let mut file = RegisterFile { unread_kinds, ..RegisterFile::empty(source) };
        file.add_unread_lists();
        file
    }

    /// Adds the lists that could not be read but that the keys at the margin or the file's name announce.
    pub(super) fn add_unread_lists(&mut self) {
        if self.unread_kinds.is_empty() {
            return;
        }
        let mut announced: Vec<(Kind, Span)> = Vec::new();
        if !is_table(self.source.path()) {
            let mut start = 0;
            for line in self.source.as_str().split_inclusive('\n') {
                let name = line.split_once(':').map(|(key, _)| key.trim_end().trim_matches(['"', '\'']));
                let kind = name.and_then(Kind::from_name);
                announced.extend(kind.map(|kind| (kind, Span::from(start..start + line.trim_end().len()))));
                start += line.len();
            }
        }
        if let ([kind], true) = (&possible_kinds(self.source.path())[..], announced.is_empty()) {
            announced.push((self.declared_kind.unwrap_or(*kind), Span::from(0..0)));
        }
        for (kind, span) in announced {
            let is_listed = self.lists.iter().any(|(listed, _)| *listed == kind);
            if !is_listed && self.unread_kinds.contains(&kind) {
                self.lists.push((kind, span));
            }
        }
    }

    /// Reports a key that is not a kind. Entries below it may be of the kind that was meant, or of any that the name of
    /// the file allows.
    fn read_unknown_list(&mut self, line: &Line, reader: &mut Reader<'_>) {
        let meant = unknown_kind(&line.key, reader);
        let is_nested = matches!(line.value.value, Tree::List(_) | Tree::Map(_));
        match meant {
            Some(kind) => self.unread_kinds.push(kind),
            None if is_nested => self.unread_kinds.extend(possible_kinds(self.source.path())),
            None => {}
        }
    }

    fn read_list(
        &mut self,
        terms: Terms<'_>,
        refused: &RejectedPlaces,
        kind: Kind,
        line: &Line,
        reader: &mut Reader<'_>,
    ) {
        self.lists.push((kind, line.key.span));
        if refused.is_duplicate(line.key.span) || !matches!(line.value.value, Tree::List(_)) && refused.is_within(line)
        {
            // The other list of this kind is not read.
            self.unread_kinds.push(kind);
        }
        let items = match &line.value.value {
            Tree::List(items) => items.as_slice(),
            // A register without entries so far.
            Tree::Scalar(scalar) if scalar.is_null() => &[],
            _ => {
                self.unread_kinds.push(kind);
                return reader.report_wrong_kind(line.into(), "a list of entries");
            }
        };
        let source = self.source.clone();
        for item in items {
            let mut entry_reader = Reader::new(&source, RULES);
            let slot = Slot::from(line).item(item);
            match read_entry(kind, slot, &mut Decoder { reader: &mut entry_reader, terms, refused, is_table: false }) {
                Some(entry) => self.entries.push(Arc::new(Entry { problems: entry_reader.finish(), ..entry })),
                None => {
                    self.unread_kinds.push(kind);
                    entry_reader.finish().into_iter().for_each(|problem| reader.push(problem));
                }
            }
        }
    }
}

/// Whether a text looks like a register: every unindented key is the name of a kind.
pub(crate) fn is_register(path: &str, text: &str) -> bool {
    if is_table(path) {
        return super::rows::is_register(text);
    }
    if path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json")) {
        return is_json_register(text);
    }
    let at_margin = |line: &&str| !line.starts_with([' ', '\t', '#', '-']) && !line.trim().is_empty();
    let mut kinds = text.lines().filter(at_margin).map(|line| {
        let key = line.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        key.and_then(Kind::from_name).is_some()
    });
    kinds.next() == Some(true) && kinds.all(|is_known| is_known)
}

/// Whether a JSON text looks like a register.
fn is_json_register(text: &str) -> bool {
    let root: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(text).ok();
    root.is_some_and(|root| {
        !root.is_empty() && root.iter().all(|(key, value)| Kind::from_name(key).is_some() && value.is_array())
    })
}
