//! From the text of a register to its entries: everything wrong in one run, each at its place.

use std::sync::Arc;

use super::entry::Entry;
use super::grade::Grade;
use super::key::{Holds, Key};
use super::kinds::{KINDS, Kind, kinds_at};
use super::measure::{Decimal, MeasuredPeriod, PERIOD_HELP, Rhythm, TARGET_HELP, Target};
use super::value::{Pairs, Period, Record, Reference, Value};
use crate::finding::{Problem, reading};
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, SourceText, Span};
use crate::spelling::{nearest, suggestion};
use crate::text::clip;
use crate::yaml::{Entry as Line, Limits, Node, Reader, Rules, Slot, Value as Tree};

/// A register as read.
#[derive(Debug)]
pub(crate) struct RegisterFile {
    /// The text, for places and for showing lines.
    pub(crate) source: Arc<SourceText>,
    /// The kind that a document gives to it.
    pub(crate) said: Option<Kind>,
    /// The kinds that it has lists of, each with the place of its key.
    pub(crate) lists: Vec<(Kind, Span)>,
    /// Its entries, in the order of the file.
    pub(crate) entries: Vec<Arc<Entry>>,
    /// Kinds of which there may be entries that could not be read at all.
    pub(crate) lost: Vec<Kind>,
    /// What was wrong in no entry that is known.
    pub(crate) problems: Vec<Problem>,
}

impl RegisterFile {
    /// Everything that is wrong in it, in entries and outside them.
    pub(crate) fn all_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.entries.iter().flat_map(|entry| &entry.problems))
    }
}

/// Words that the settings allow in registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    /// Grades of nonconformities.
    pub(crate) grades: &'a [Grade],
    /// The ladder of classifications, the lowest first.
    pub(crate) levels: &'a [String],
}

impl<'a> Terms<'a> {
    /// The only words that a key can hold, where there are such words.
    pub(super) fn words(self, holds: Holds) -> Option<Vec<&'a str>> {
        match holds {
            Holds::Word(words) => Some(words.to_vec()),
            Holds::Grade => Some(self.grades.iter().map(|grade| grade.name.as_str()).collect()),
            Holds::Level => Some(self.levels.iter().map(String::as_str).collect()),
            _ => None,
        }
    }
}

pub(super) const RULES: Rules = Rules { turned_text: false, ..Rules::all(reading::INVALID_REGISTER) };

/// Reads the text of a register; `said` is the kind that its document names, for a table.
pub(crate) fn read(source: Arc<SourceText>, said: Option<Kind>, terms: Terms<'_>) -> RegisterFile {
    if is_table(source.path()) {
        return super::rows::read(source, said, terms);
    }
    let mut reader = Reader::new(&source, RULES);
    let tree = reader.parse(0..source.as_str().len(), Limits::REGISTER);
    let mut file = RegisterFile::empty(source.clone());
    if !tree.complete {
        file.lost = KINDS.iter().map(|row| row.kind).collect();
    }
    let is_empty = |root: &Node| matches!(&root.value, Tree::Scalar(scalar) if scalar.is_null());
    if tree.root.as_ref().is_none_or(is_empty) {
        file.lost = kinds_at(source.path());
    }
    if let Some(root) = tree.root.filter(|root| !is_empty(root)) {
        let name = Located::new(source.path().to_string(), root.span);
        let slot = Slot { key: &name, node: &root, is_item: false };
        for line in reader.entries(slot).unwrap_or_default() {
            match Kind::named(&line.key.value) {
                Some(kind) => file.read_list(terms, kind, line, &mut reader),
                None => file.lost.extend(unknown_kind(&line.key, &mut reader)),
            }
        }
    }
    file.problems = reader.finish();
    file
}

/// Whether a file is a table.
pub(crate) fn is_table(path: &str) -> bool {
    path.ends_with(".csv")
}

/// Reports a name that is no kind; the kind that may have been meant.
fn unknown_kind(name: &Located<String>, reader: &mut Reader<'_>) -> Option<Kind> {
    let known = || KINDS.iter().map(|row| row.name);
    let message = format!("`{}` is not a kind of register", clip(&name.value));
    reader.problem_with_help(name.span, message, suggestion(&name.value, known()));
    nearest(&name.value, known()).and_then(Kind::named)
}

impl RegisterFile {
    /// A register in which nothing is.
    pub(super) fn empty(source: Arc<SourceText>) -> RegisterFile {
        RegisterFile {
            source,
            said: None,
            lists: Vec::new(),
            entries: Vec::new(),
            lost: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// A register whose text nobody can read.
    pub(crate) fn unreadable(source: Arc<SourceText>) -> RegisterFile {
        RegisterFile { lost: KINDS.iter().map(|row| row.kind).collect(), ..RegisterFile::empty(source) }
    }

    fn read_list(&mut self, terms: Terms<'_>, kind: Kind, line: &Line, reader: &mut Reader<'_>) {
        self.lists.push((kind, line.key.span));
        let items = match &line.value.value {
            Tree::List(items) => items.as_slice(),
            // A register that nothing stands in yet.
            Tree::Scalar(scalar) if scalar.is_null() => &[],
            _ => {
                self.lost.push(kind);
                return reader.wrong_kind(line.into(), "a list of entries");
            }
        };
        let source = self.source.clone();
        for item in items {
            let mut own = Reader::new(&source, RULES);
            let slot = Slot::from(line).item(item);
            match read_entry(kind, slot, &mut Decoder { reader: &mut own, terms, is_table: false }) {
                Some(entry) => self.entries.push(Arc::new(Entry { problems: own.finish(), ..entry })),
                None => {
                    self.lost.push(kind);
                    own.finish().into_iter().for_each(|problem| reader.push(problem));
                }
            }
        }
    }
}

/// An entry. Without an id that can be read it is none.
pub(super) fn read_entry(kind: Kind, slot: Slot<'_>, decoder: &mut Decoder<'_, '_>) -> Option<Entry> {
    let mut record = decoder.record(slot, kind.keys())?;
    decoder.refuse_before(&mut record, "closed", "found");
    decoder.refuse_other_periods(&mut record);
    let id = record.get("id")?;
    let Value::Text(text) = &id.value else { return None };
    let span = id.span;
    let id = match text.parse::<DocumentId>() {
        Ok(id) => id,
        Err(error) => {
            decoder.reader.problem(span, error.to_string());
            DocumentId::kept(text)?
        }
    };
    Some(Entry { kind, id: Located { value: id, span }, record, problems: Vec::new() })
}

pub(super) struct Decoder<'r, 's> {
    pub(super) reader: &'r mut Reader<'s>,
    pub(super) terms: Terms<'r>,
    /// Whether what is read is a row of a table, whose header has been checked.
    pub(super) is_table: bool,
}

impl Decoder<'_, '_> {
    /// A whole number, as it is written.
    fn count(&mut self, slot: Slot<'_>) -> Option<String> {
        let text = self.reader.text(slot)?;
        if text.value.bytes().all(|byte| byte.is_ascii_digit()) && text.value.parse::<u32>().is_ok() {
            return Some(text.value);
        }
        let message = format!("`{}` is not a whole number", crate::text::clip(&text.value));
        self.reader.problem_with_help(text.span, message, Some("write digits alone, such as `86`".to_owned()));
        None
    }

    /// A mapping by its table of keys.
    fn record(&mut self, slot: Slot<'_>, keys: impl Iterator<Item = &'static Key> + Clone) -> Option<Record> {
        let span = slot.node.span;
        let lines = self.reader.entries(slot)?;
        let mut record = Record { span, ..Record::default() };
        for key in keys.clone() {
            let Some(line) = lines.iter().find(|line| line.key.value == key.name) else {
                if key.needed && !self.is_table {
                    self.reader.missing_key(key.name, span);
                }
                continue;
            };
            let before = self.reader.problem_count();
            if let Some(value) = self.value(key.holds, line.into()) {
                record.values.push((key.name, Located { value, span: line.value.span }));
            }
            if self.reader.problem_count() > before {
                record.unclear.push(key.name);
            }
        }
        for line in lines.iter().filter(|line| keys.clone().all(|key| key.name != line.key.value)) {
            self.reader.unknown_key(&line.key, keys.clone().map(|key| key.name));
            let near = nearest(&line.key.value, keys.clone().map(|key| key.name));
            record.unclear.extend(keys.clone().map(|key| key.name).find(|name| Some(*name) == near));
        }
        Some(record)
    }

    /// Reports a day that lies before one it cannot lie before, and takes it as not written.
    fn refuse_before(&mut self, record: &mut Record, name: &'static str, earlier: &str) {
        let (Some(day), Some(first)) = (record.day(name), record.day(earlier)) else { return };
        if day < first {
            let message = format!("`{name}` lies before `{earlier}`");
            let help = Some("correct one of the two dates; until then this counts as open".to_owned());
            self.reader.problem_with_help(record.span_of(name), message, help);
            record.values.retain(|(known, _)| *known != name);
            record.unclear.push(name);
        }
    }

    fn value(&mut self, holds: Holds, slot: Slot<'_>) -> Option<Value> {
        Some(match holds {
            Holds::Text => Value::Text(self.reader.text(slot)?.value),
            Holds::Count => Value::Text(self.count(slot)?),
            Holds::Day => Value::Day(self.reader.date(slot)?.value),
            Holds::Days => Value::Days(self.period(slot)?),
            Holds::Interval => Value::Interval(self.reader.interval(slot)?.value),
            Holds::Word(words) => Value::Text(self.word(slot, words.iter().copied())?),
            Holds::Grade => {
                let grades = self.terms.grades;
                Value::Text(self.word(slot, grades.iter().map(|grade| grade.name.as_str()))?)
            }
            Holds::Level => {
                let levels = self.terms.levels;
                Value::Text(self.word(slot, levels.iter().map(String::as_str))?)
            }
            Holds::Names => Value::Names(self.reader.texts(slot)),
            Holds::Clauses => Value::Clauses(self.reader.list(slot, |item, reader| reader.parsed::<ClauseRef>(item))),
            Holds::Ids => Value::References(self.reader.list(slot, id)),
            Holds::Sources => Value::References(self.reader.list(slot, source)),
            Holds::Pairs => Value::Pairs(self.pairs(slot)?),
            Holds::Target => {
                let target = self.reader.text(slot)?.value;
                self.parsed::<Target>(&target, slot.node.span, ("a target", TARGET_HELP))?;
                Value::Text(target)
            }
            Holds::Values => {
                let mut pairs = self.pairs(slot)?;
                pairs.retain(|pair| self.is_figure(pair));
                Value::Pairs(pairs)
            }
            Holds::Number => {
                let number = self.reader.text(slot)?.value;
                self.parsed::<u16>(&number, slot.node.span, ("a whole number", "write one such as `3`"))?;
                Value::Text(number)
            }
            Holds::Record(keys) => Value::Record(self.record(slot, keys.iter())?),
            Holds::Records(keys) => Value::Records(self.records(slot, keys)),
        })
    }

    /// A text as what it must be.
    fn parsed<T: std::str::FromStr>(&mut self, text: &str, span: Span, (what, help): (&str, &str)) -> Option<T> {
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.reader.problem_with_help(span, format!("`{}` is not {what}", clip(text)), Some(help.to_owned()));
        }
        parsed
    }

    /// Whether a period and its value can be read.
    fn is_figure(&mut self, (period, value): &(Located<String>, Option<Located<String>>)) -> bool {
        let is_period = self.parsed::<MeasuredPeriod>(&period.value, period.span, ("a period", PERIOD_HELP)).is_some();
        let Some(value) = value else {
            let message = format!("`{}` has no value", clip(&period.value));
            self.reader.problem_with_help(period.span, message, Some("write its value, or remove the line".to_owned()));
            return false;
        };
        let help = "write the number alone, with a point before decimals; its unit is that of the target";
        is_period & self.parsed::<Decimal>(&value.value, value.span, ("a number", help)).is_some()
    }

    /// Reports values of periods that are not as long as those in which an entry is measured, and takes them as not written.
    fn refuse_other_periods(&mut self, record: &mut Record) {
        let Some(rhythm) = record.text("period").map(str::to_owned) else { return };
        let is_other = |period: &Located<String>| {
            period.value.parse::<MeasuredPeriod>().is_ok_and(|period| Some(period.rhythm) != Rhythm::named(&rhythm))
        };
        let mut found = Vec::new();
        for (_, value) in record.values.iter_mut().filter(|(name, _)| *name == "values") {
            let Value::Pairs(pairs) = &mut value.value else { continue };
            found.extend(pairs.iter().map(|(period, _)| period.clone()).filter(is_other));
            pairs.retain(|(period, _)| !is_other(period));
        }
        for period in &found {
            let message = format!("`{}` is no {rhythm}, but the period of this indicator is `{rhythm}`", period.value);
            self.reader.problem_with_help(period.span, message, Some(PERIOD_HELP.to_owned()));
        }
        record.unclear.extend(found.first().map(|_| "values"));
    }

    /// One of the words that are known here.
    fn word<'w>(&mut self, slot: Slot<'_>, words: impl Iterator<Item = &'w str>) -> Option<String> {
        let words: Vec<(&str, &str)> = words.map(|word| (word, word)).collect();
        self.reader.one_of(slot, &words).map(|word| word.value.to_owned())
    }

    /// A day, or `{from, to}`.
    fn period(&mut self, slot: Slot<'_>) -> Option<Period> {
        const DAYS: &[Key] =
            &[super::key::needed("from", Holds::Day, "first day"), super::key::needed("to", Holds::Day, "last day")];
        if !matches!(slot.node.value, Tree::Map(_)) {
            let day = self.reader.date(slot)?.value;
            return Some(Period { from: day, to: day });
        }
        let record = self.record(slot, DAYS.iter())?;
        let (from, to) = (record.day("from")?, record.day("to")?);
        if to < from {
            let message = format!("`{}` ends before it begins", clip(&slot.key.value));
            self.reader.problem_with_help(record.span_of("to"), message, Some("swap `from` and `to`".to_owned()));
            return None;
        }
        Some(Period { from, to })
    }

    /// Names that their author chooses, each with a text.
    fn pairs(&mut self, slot: Slot<'_>) -> Option<Pairs> {
        let lines = self.reader.entries(slot)?;
        let is_null = |node: &Node| matches!(&node.value, Tree::Scalar(scalar) if scalar.is_null());
        let read = |line: &Line| {
            let text = if is_null(&line.value) { None } else { self.reader.text(line.into()) };
            (line.key.clone(), text)
        };
        Some(lines.iter().map(read).collect())
    }

    /// Mappings. One that says only its first key may be written as that value.
    fn records(&mut self, slot: Slot<'_>, keys: &'static [Key]) -> Vec<Record> {
        let items: Vec<Slot<'_>> = match &slot.node.value {
            Tree::List(items) => items.iter().map(|item| slot.item(item)).collect(),
            _ => vec![slot],
        };
        let needs_one = keys.iter().filter(|key| key.needed).count() == 1;
        let mut records = Vec::with_capacity(items.len());
        for item in items {
            match (&item.node.value, keys.first()) {
                (Tree::Scalar(_), Some(first)) if needs_one => {
                    let span = item.node.span;
                    let value = self.value(first.holds, item).map(|value| (first.name, Located { value, span }));
                    records.push(Record { span, values: value.into_iter().collect(), unclear: Vec::new() });
                }
                _ => records.extend(self.record(item, keys.iter())),
            }
        }
        records
    }
}

/// An id of a document or an entry.
fn id(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Reference>> {
    let id = reader.parsed::<DocumentId>(slot)?;
    Some(Located { value: Reference::Id(id.value), span: id.span })
}

/// An id, or words, which have a space.
fn source(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Reference>> {
    let text = reader.text(slot)?;
    if text.value.contains(char::is_whitespace) || text.value == CONFORMS {
        return Some(Located { value: Reference::Words(text.value), span: text.span });
    }
    match text.value.parse::<DocumentId>() {
        Ok(id) => Some(Located { value: Reference::Id(id), span: text.span }),
        Err(_) => Some(Located { value: Reference::Words(text.value), span: text.span }),
    }
}

/// The result of an audit where nothing was found.
const CONFORMS: &str = "conforms";

/// Whether a text looks like a register: the keys at its margin are kinds, and nothing else.
pub(crate) fn is_register(path: &str, text: &str) -> bool {
    if is_table(path) {
        return super::rows::is_register(text);
    }
    let at_margin = |line: &&str| !line.starts_with([' ', '\t', '#', '-']) && !line.trim().is_empty();
    let mut kinds = text.lines().filter(at_margin).map(|line| {
        let key = line.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        key.and_then(Kind::named).is_some()
    });
    kinds.next() == Some(true) && kinds.all(|known| known)
}
