//! Typed reading of a tree with positions: one table of known keys per kind of mapping, and each problem at its place.

use std::ops::Range;
use std::sync::Arc;

use super::node::{Entry, Node, Value};
use super::offsets::Offsets;
use super::parse::{Failure, Limits, Progress, build};
use super::recover;
use super::syntax::SyntaxError;
use crate::date::DateFormat;
use crate::finding::{Problem, RuleId};
use crate::fix::Fix;
use crate::place::{Located, Place, SourceText, Span};
use crate::spelling;
use crate::text::clip;

/// The rules under which the problems of one kind of file are reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReaderRules {
    /// Rule for everything without a specific rule.
    pub(crate) invalid: RuleId,
    /// Rule for an unknown key.
    pub(crate) unknown_key: RuleId,
    /// Rule for an invalid date.
    pub(crate) date: RuleId,
    /// Rule for an invalid interval.
    pub(crate) interval: RuleId,
    /// Whether a text may contain characters that change the reading direction.
    pub(crate) allows_direction_changes: bool,
}

impl ReaderRules {
    /// Reports everything under a single rule.
    pub(crate) const fn all(rule: RuleId) -> ReaderRules {
        ReaderRules { invalid: rule, unknown_key: rule, date: rule, interval: rule, allows_direction_changes: true }
    }
}

/// The value of a key, or an item of the list under that key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'n> {
    /// The key as written.
    pub(crate) key: &'n Located<String>,
    /// The value or item.
    pub(crate) node: &'n Node,
    /// Whether the slot is an item of a list.
    pub(crate) is_item: bool,
}

impl<'n> Slot<'n> {
    /// The slot of an item in the list of this slot.
    pub(crate) fn item(self, node: &'n Node) -> Slot<'n> {
        Slot { key: self.key, node, is_item: true }
    }
}

impl<'n> From<&'n Entry> for Slot<'n> {
    fn from(entry: &'n Entry) -> Slot<'n> {
        Slot { key: &entry.key, node: &entry.value, is_item: false }
    }
}

/// A known key of a mapping, with a function that stores its value in a `T`.
pub(crate) struct Field<T> {
    /// The key.
    pub(crate) name: &'static str,
    /// Whether the key is mandatory.
    pub(crate) is_required: bool,
    /// Reads the value. A value that cannot be read is reported and leaves `T` unchanged.
    pub(crate) read: fn(&mut T, Slot<'_>, &mut Reader<'_>),
}

impl<T> Field<T> {
    /// An optional key.
    pub(crate) const fn optional(name: &'static str, read: fn(&mut T, Slot<'_>, &mut Reader<'_>)) -> Field<T> {
        Field { name, is_required: false, read }
    }

    /// A mandatory key.
    pub(crate) const fn required(name: &'static str, read: fn(&mut T, Slot<'_>, &mut Reader<'_>)) -> Field<T> {
        Field { name, is_required: true, read }
    }
}

/// The result of parsing a text.
#[derive(Clone, Debug)]
pub(crate) struct ParsedTree {
    /// The value; `None` if the text is empty or nothing could be read.
    pub(crate) root: Option<Node>,
    /// Whether the whole text was read. If not, a missing key proves nothing.
    pub(crate) is_complete: bool,
    /// Places of rejected content; for a duplicate key, the place of the first one.
    pub(crate) rejected: Vec<Span>,
    /// Entries of the outermost mapping that repeat an earlier key, which are not in the tree.
    pub(crate) duplicates: Vec<Entry>,
    /// Whether the text is not YAML or exceeds a limit, so that its remaining content is unknown.
    pub(crate) has_unread_rest: bool,
}

/// Maximum number of problems listed per file.
const MAX_PROBLEMS: usize = 1000;

/// Reads one file and collects its problems.
pub(crate) struct Reader<'s> {
    source: &'s SourceText,
    rules: ReaderRules,
    /// Date formats accepted in addition to year-month-day.
    pub(super) dates: Option<Arc<[DateFormat]>>,
    problems: Vec<Problem>,
    /// Number of problems found, including those that are not listed.
    problem_count: usize,
}

impl<'s> Reader<'s> {
    /// Creates a reader for one file.
    pub(crate) fn new(source: &'s SourceText, rules: ReaderRules) -> Reader<'s> {
        Reader { source, rules, dates: None, problems: Vec::new(), problem_count: 0 }
    }

    /// Returns the reader with additional date formats.
    pub(crate) fn with_dates(self, dates: Option<Arc<[DateFormat]>>) -> Reader<'s> {
        Reader { dates, ..self }
    }

    /// The file being read.
    pub(crate) fn source(&self) -> &'s SourceText {
        self.source
    }

    /// The place of a byte range. Once too many problems are listed, this is just the file, to save time.
    pub(crate) fn place(&self, span: Span) -> Place {
        if self.is_full() { Place::file(self.source.path().clone()) } else { self.source.place(span) }
    }

    fn is_full(&self) -> bool {
        self.problems.len() > MAX_PROBLEMS
    }

    /// The rules under which problems are reported.
    pub(crate) fn rules(&self) -> ReaderRules {
        self.rules
    }

    /// The problems found, sorted by place.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| a.place.cmp(&b.place));
        self.problems
    }

    /// Number of problems found so far, including those that are not listed.
    pub(crate) fn problem_count(&self) -> usize {
        self.problem_count
    }

    /// Parses a byte range of the file into a tree.
    pub(crate) fn parse(&mut self, range: Range<usize>, limits: Limits) -> ParsedTree {
        let text = &self.source.as_str()[range.clone()];
        if text.len() > limits.bytes {
            let message = format!("this is longer than {} KiB", limits.bytes / 1024);
            self.report_syntax_error(SyntaxError::new(
                Span::from(range.start..range.start),
                message,
                "move text into the document's body",
            ));
            return ParsedTree {
                root: None,
                is_complete: false,
                rejected: Vec::new(),
                duplicates: Vec::new(),
                has_unread_rest: true,
            };
        }
        let mut syntax_errors = Vec::new();
        let mut duplicates = Vec::new();
        let mut progress =
            Progress { limits, nodes: 0, syntax_errors: &mut syntax_errors, duplicates: &mut duplicates };
        let (root, torn) = match build(Offsets::new(text, range.start), &mut progress) {
            Ok(root) => (root, false),
            Err(Failure::TooLarge(syntax_error)) => {
                progress.syntax_errors.push(syntax_error);
                (None, true)
            }
            Err(Failure::Syntax(syntax_error)) => {
                progress.syntax_errors.clear();
                (recover::by_keys(text, range.start, syntax_error, &mut progress), true)
            }
        };
        let complete = !torn && syntax_errors.is_empty();
        let refused =
            syntax_errors.iter().map(|syntax_error| syntax_error.duplicate_of.unwrap_or(syntax_error.span)).collect();
        syntax_errors.into_iter().for_each(|syntax_error| self.report_syntax_error(syntax_error));
        ParsedTree { root, is_complete: complete, rejected: refused, duplicates, has_unread_rest: torn }
    }

    /// Reads a mapping by a table of its keys, in the order of the table; returns whether the node is a mapping at all.
    ///
    /// An unknown key is reported at the key, a missing one at `opening`, and a node of another kind at the node. If
    /// `opening` is `None`, no key counts as missing, because part of the mapping could not be read.
    pub(crate) fn read_mapping<T>(
        &mut self,
        target: &mut T,
        slot: Slot<'_>,
        fields: &[Field<T>],
        opening: impl Into<Option<Span>>,
    ) -> bool {
        let Some(entries) = self.entries(slot) else { return false };
        let opening = opening.into();
        for field in fields {
            match entries.iter().find(|entry| entry.key.value == field.name) {
                Some(entry) => (field.read)(target, entry.into(), self),
                None => {
                    if let Some(opening) = opening.filter(|_| field.is_required) {
                        self.report_missing_key(field.name, opening);
                    }
                }
            }
        }
        for entry in entries {
            if !fields.iter().any(|field| field.name == entry.key.value) {
                self.report_unknown_key(&entry.key, fields.iter().map(|field| field.name));
            }
        }
        true
    }

    /// The entries of a mapping. Reports any other value.
    pub(crate) fn entries<'n>(&mut self, slot: Slot<'n>) -> Option<&'n [Entry]> {
        match &slot.node.value {
            Value::Map(entries) => Some(entries),
            _ => {
                self.report_wrong_kind(slot, "a mapping");
                None
            }
        }
    }

    /// Reports an unknown key, and suggests the nearest known one.
    pub(crate) fn report_unknown_key<'c>(
        &mut self,
        key: &Located<String>,
        known: impl IntoIterator<Item = &'c str> + Clone,
    ) {
        if self.is_full() {
            self.problem_count += 1;
            return;
        }
        let message = format!("`{}` is not a known key", clip(&key.value));
        let problem = Problem::new(self.rules.unknown_key, self.place(key.span), message);
        self.push(with_help(problem, spelling::suggest_help(&key.value, known)));
    }

    /// Adds an automatic fix to the unknown key that was reported last.
    pub(crate) fn suggest_spelling(&mut self, key: &Located<String>, suggestion: &str) {
        let source_text = self.source.as_str().get(key.span.start as usize..key.span.end as usize);
        if let Some(problem) = self.problems.last_mut().filter(|_| source_text == Some(&key.value)) {
            problem.fix = Some(Fix::replace(format!("write `{suggestion}`"), key.span, suggestion));
        }
    }

    /// Reports a missing key.
    pub(crate) fn report_missing_key(&mut self, name: &str, opening: Span) {
        let problem = Problem::new(self.rules.invalid, self.place(opening), format!("`{name}` is missing"));
        self.push(problem.with_subject(name));
    }

    /// Reports a value of the wrong kind; `expected` is a phrase such as `a text`.
    pub(crate) fn report_wrong_kind(&mut self, slot: Slot<'_>, expected: &str) {
        let key = clip(&slot.key.value);
        match &slot.node.value {
            Value::Refused => {}
            Value::Scalar(scalar) if scalar.is_null() => self.report_no_value(slot),
            other if slot.is_item => {
                self.report(slot.node.span, format!("an item of `{key}` must be {expected}, but is {}", other.kind()));
            }
            other => self.report(slot.node.span, format!("`{key}` must be {expected}, but is {}", other.kind())),
        }
    }

    /// Reports a key without a value, or an empty list item.
    pub(crate) fn report_no_value(&mut self, slot: Slot<'_>) {
        let key = clip(&slot.key.value);
        let (span, message, help) = match slot.is_item {
            true => (slot.node.span, format!("an item of `{key}` is empty"), "write a value, or remove the item"),
            false => (slot.key.span, format!("`{key}` has no value"), "write a value, or leave the key out"),
        };
        self.report_with_help(span, message, Some(help.to_owned()));
    }

    /// Reports a problem under the general rule of the file.
    pub(crate) fn report(&mut self, span: Span, message: impl Into<String>) {
        self.push(Problem::new(self.rules.invalid, self.place(span), message));
    }

    /// Reports a problem under the general rule of the file, with help.
    pub(crate) fn report_with_help(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let problem = Problem::new(self.rules.invalid, self.place(span), message);
        self.push(with_help(problem, help));
    }

    /// Reports a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problem_count += 1;
        match self.problems.len() {
            0..MAX_PROBLEMS => self.problems.push(problem),
            MAX_PROBLEMS => {
                let message = "this file has more errors than are listed here";
                self.problems.push(Problem::new(self.rules.invalid, problem.place, message));
            }
            _ => {}
        }
    }

    pub(super) fn report_syntax_error(&mut self, syntax_error: SyntaxError) {
        let place = self.place(syntax_error.span);
        let problem = match syntax_error.duplicate_of {
            None => Problem::new(self.rules.invalid, place, syntax_error.message),
            Some(first) => {
                let first = self.place(first);
                let message = format!("{}; the first is on line {}", syntax_error.message, first.line());
                Problem::new(self.rules.invalid, place, message).related(first, "the first one")
            }
        };
        self.push(with_help(problem, syntax_error.help));
    }
}

/// Adds help to a problem, if there is any.
pub(crate) fn with_help(problem: Problem, help: Option<String>) -> Problem {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}
