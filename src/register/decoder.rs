//! Decodes lines of YAML, or of a table, into an entry: each key according to its type.

use super::decode::Terms;
use super::entry::Entry;
use super::key::{Key, ValueType};
use super::kinds::Kind;
use super::measure::{Decimal, NUMBER_HELP, TARGET_HELP, Target};
use super::measured_period::{MeasuredPeriod, PERIOD_HELP};
use super::record::{KeyFilter, Record};
use super::value::{Pairs, Period, Reference, Value};
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, Span};
use crate::placeholder::{
    find_fields, has_content, is_reminder_word, is_to_be_filled, names_only_persons_or_roles, names_person_or_role,
    percent_field,
};
use crate::spelling::nearest;
use crate::text::clip;
use crate::yaml::{Entry as Line, Node, Reader, Slot, Value as Tree};

/// Keys that may contain any words, as far as their entry alone is concerned.
pub(crate) const FREE_TEXT_KEYS: [&str; 5] = ["id", "title", "what", "location", "version"];
/// The suggestion for a placeholder value.
const PLACEHOLDER_HELP: &str = "write what it is; until then it counts as missing";

/// Decodes an entry; `None` without a readable ID.
pub(super) fn read_entry(kind: Kind, slot: Slot<'_>, decoder: &mut Decoder<'_, '_>) -> Option<Entry> {
    let mut record = decoder.record(slot, kind.keys())?;
    decoder.refuse_contradictions(kind, &mut record);
    let id = record.get("id")?;
    let Value::Text(text) = &id.value else { return None };
    let span = id.span;
    let id = match text.parse::<DocumentId>() {
        Ok(id) => id,
        Err(error) => {
            decoder.reader.report(span, error.to_string());
            DocumentId::parse_lenient(text)?
        }
    };
    Some(Entry::new(kind, Located { value: id, span }, record))
}

/// The start of each refused part, sorted: anchors, aliases, tags, and the first occurrence of each duplicate key.
#[derive(Debug, Default)]
pub(super) struct RejectedPlaces(Vec<u32>);

impl RejectedPlaces {
    pub(super) fn new(spans: &[Span]) -> RejectedPlaces {
        let mut starts: Vec<u32> = spans.iter().map(|span| span.start).collect();
        starts.sort_unstable();
        RejectedPlaces(starts)
    }

    /// Whether a key is duplicated, so that it is unclear which of the values is meant.
    pub(super) fn is_duplicate(&self, key: Span) -> bool {
        self.0.binary_search(&key.start).is_ok()
    }

    /// Whether anything was refused in a key or in its value.
    pub(super) fn is_within(&self, line: &Line) -> bool {
        let at = self.0.partition_point(|start| *start < line.key.span.start);
        self.0.get(at).is_some_and(|start| *start <= line.value.span.end)
    }
}

pub(super) struct Decoder<'r, 's> {
    pub(super) reader: &'r mut Reader<'s>,
    pub(super) terms: Terms<'r>,
    pub(super) refused: &'r RejectedPlaces,
    /// Whether the input is a row of a table whose header has been checked.
    pub(super) is_table: bool,
}

/// A mark such as `{{ title }}` that a template left in a text for its author or, in a title or note, the whole text if
/// it is a placeholder.
fn find_placeholder<'t>(key: &str, text: &'t str) -> Option<&'t str> {
    let is_mark = |range: &std::ops::Range<usize>| text[range.clone()].starts_with("{{");
    // Most texts have neither of the characters that begin a mark.
    let mark = memchr::memchr2(b'{', b'%', text.as_bytes())
        .and_then(|_| find_fields(text).find(is_mark).or_else(|| percent_field(text)))
        .map(|range| &text[range]);
    // A service may be called `Soon`.
    let is_one_word = || text.trim().chars().all(char::is_alphanumeric) && !is_reminder_word(text.trim());
    let is_left = key == "note" || key == "title" && !is_one_word();
    mark.or_else(|| (is_left && is_to_be_filled(text)).then(|| text.trim()))
}

impl Decoder<'_, '_> {
    /// A non-negative integer, as written.
    fn count(&mut self, slot: Slot<'_>) -> Option<String> {
        let text = self.reader.text(slot)?;
        if text.value.bytes().all(|byte| byte.is_ascii_digit()) && text.value.parse::<u32>().is_ok() {
            return Some(text.value);
        }
        let message = format!("`{}` is not a whole number", crate::text::clip(&text.value));
        self.reader.report_with_help(text.span, message, Some("write digits alone, such as `86`".to_owned()));
        None
    }

    /// Decodes a mapping according to a table of keys.
    fn record(&mut self, slot: Slot<'_>, keys: impl Iterator<Item = &'static Key> + Clone) -> Option<Record> {
        let span = slot.node.span;
        let lines = self.reader.entries(slot)?;
        let mut record = Record::with_capacity(span, lines.len());
        // Most keys of a kind are absent.
        let mut written_keys = KeyFilter::default();
        lines.iter().for_each(|line| written_keys.add(&line.key.value));
        let mut known_count = 0;
        for key in keys.clone() {
            let find_line = || lines.iter().find(|line| line.key.value == key.name);
            let Some(line) = written_keys.may_contain(key.name).then(find_line).flatten() else {
                if key.is_required && !self.is_table {
                    self.reader.report_missing_key(key.name, span);
                }
                continue;
            };
            known_count += 1;
            let before = self.reader.problem_count();
            let value = self
                .value(key.value_type, line.into())
                .and_then(|value| self.without_placeholders(key, value, line.value.span));
            // Of duplicates, only the ID still counts, because other entries refer to it.
            if let Some(value) = value.filter(|_| key.name == "id" || !self.refused.is_duplicate(line.key.span)) {
                record.push(key, Located { value, span: line.value.span });
            }
            if self.reader.problem_count() > before || self.refused.is_within(line) {
                record.mark_unclear([key.name]);
            }
        }
        let unknown = lines.iter().filter(|line| keys.clone().all(|key| key.name != line.key.value));
        // Each key counts once: if the counts are equal, no key is unknown.
        for line in unknown.take(lines.len().saturating_sub(known_count)) {
            self.reader.report_unknown_key(&line.key, keys.clone().map(|key| key.name));
            let nearest_name = nearest(&line.key.value, keys.clone().map(|key| key.name));
            record.mark_unclear(keys.clone().map(|key| key.name).find(|name| Some(*name) == nearest_name));
        }
        Some(record)
    }

    /// Removes placeholders from a value and reports them, with three exceptions: a rule reports those in actions, the
    /// location of evidence is checked with the rest of its entry, and a title may be any word.
    fn without_placeholders(&mut self, key: &Key, value: Value, span: Span) -> Option<Value> {
        if let Value::Text(text) = &value
            && let Some(left) = find_placeholder(key.name, text)
        {
            let message = format!("the placeholder `{}` in `{}` has not been filled in", clip(left), key.name);
            self.reader.report_with_help(span, message, Some("replace it with the actual value".to_owned()));
        }
        match value {
            Value::Text(text)
                if key.is_required
                    && matches!(key.value_type, ValueType::Text)
                    && !FREE_TEXT_KEYS.contains(&key.name) =>
            {
                if has_content(&text) {
                    return Some(Value::Text(text));
                }
                self.reader.report_with_help(
                    span,
                    format!("`{}` says nothing", key.name),
                    Some(PLACEHOLDER_HELP.to_owned()),
                );
                None
            }
            Value::Names(mut names) if key.name != "who" => {
                let is_name = |name: &Located<String>| {
                    let is_name = match key.name {
                        "owner" | "by" => names_only_persons_or_roles(&name.value),
                        _ => names_person_or_role(&name.value),
                    };
                    if !is_name {
                        let message =
                            format!("`{}` does not name anyone or anything: `{}`", key.name, clip(&name.value));
                        self.reader.report_with_help(name.span, message, Some(PLACEHOLDER_HELP.to_owned()));
                    }
                    is_name
                };
                names.retain(is_name);
                Some(Value::Names(names))
            }
            value => Some(value),
        }
    }

    /// Decodes a mapping within an entry. An unknown key may have been meant as any key that is not written.
    fn inner_record(&mut self, slot: Slot<'_>, keys: &'static [Key]) -> Option<Record> {
        let mut record = self.record(slot, keys.iter())?;
        let Tree::Map(lines) = &slot.node.value else { return Some(record) };
        let is_written = |key: &&Key| lines.iter().any(|line| line.key.value == key.name);
        let is_known = |line: &Line| keys.iter().any(|key| key.name == line.key.value);
        if !lines.iter().all(is_known) {
            record.mark_unclear(keys.iter().filter(|key| !is_written(key)).map(|key| key.name));
        }
        Some(record)
    }

    fn value(&mut self, value_type: ValueType, slot: Slot<'_>) -> Option<Value> {
        Some(match value_type {
            ValueType::Text => Value::Text(self.reader.text(slot)?.value),
            ValueType::Count => Value::Text(self.count(slot)?),
            ValueType::Day => Value::Day(self.reader.date(slot)?.value),
            ValueType::Days => Value::Days(self.period(slot)?),
            ValueType::Interval => Value::Interval(self.reader.interval(slot)?.value),
            ValueType::Word(words) => Value::Text(self.word(slot, words.iter().copied())?),
            ValueType::Grade => {
                let grades = self.terms.grades;
                Value::Text(self.word(slot, grades.iter().map(|grade| grade.name.as_str()))?)
            }
            ValueType::Level => {
                let levels = self.terms.levels;
                Value::Text(self.word(slot, levels.iter().map(String::as_str))?)
            }
            ValueType::Names => Value::Names(self.reader.texts(slot)),
            ValueType::Clauses => {
                Value::Clauses(self.reader.list(slot, |item, reader| reader.parse_value::<ClauseRef>(item)))
            }
            ValueType::Ids => Value::References(self.reader.list(slot, id)),
            ValueType::Sources => Value::References(self.reader.list(slot, source)),
            ValueType::Pairs => Value::Pairs(self.pairs(slot)?),
            ValueType::Target => {
                let target = self.reader.text(slot)?.value;
                self.parsed::<Target>(&target, slot.node.span, "a target", TARGET_HELP)?;
                Value::Text(target)
            }
            ValueType::Values => {
                let mut pairs = self.pairs(slot)?;
                pairs.retain(|pair| self.is_figure(pair));
                Value::Pairs(pairs)
            }
            ValueType::Number => {
                let number = self.reader.text(slot)?.value;
                self.parsed::<u16>(&number, slot.node.span, "a whole number", "write one such as `3`")?;
                Value::Text(number)
            }
            ValueType::Record(keys) => Value::Record(Box::new(self.inner_record(slot, keys)?)),
            ValueType::Records(keys) => Value::Records(self.records(slot, keys)?),
        })
    }

    /// Parses a text, reporting a problem if it is invalid.
    fn parsed<T: std::str::FromStr>(&mut self, text: &str, span: Span, what: &str, help: &str) -> Option<T> {
        let parsed = text.parse().ok();
        if parsed.is_none() {
            let quoted = if text.trim().is_empty() { "an empty text".to_owned() } else { format!("`{}`", clip(text)) };
            self.reader.report_with_help(span, format!("{quoted} is not {what}"), Some(help.to_owned()));
        }
        parsed
    }

    /// Whether a period and its value are valid.
    fn is_figure(&mut self, (period, value): &(Located<String>, Option<Located<String>>)) -> bool {
        let is_period = self.parsed::<MeasuredPeriod>(&period.value, period.span, "a period", PERIOD_HELP).is_some();
        let Some(value) = value else {
            let name =
                if period.value.is_empty() { "this period".to_owned() } else { format!("`{}`", clip(&period.value)) };
            let message = format!("{name} has no value");
            self.reader.report_with_help(period.span, message, Some("write its value, or remove the line".to_owned()));
            return false;
        };
        is_period & self.parsed::<Decimal>(&value.value, value.span, "a number", NUMBER_HELP).is_some()
    }

    /// One of the permitted words.
    fn word<'w>(&mut self, slot: Slot<'_>, words: impl Iterator<Item = &'w str> + Clone) -> Option<String> {
        if let Tree::Scalar(scalar) = &slot.node.value
            && !scalar.is_null()
            && let Some(word) = words.clone().find(|word| *word == scalar.text)
        {
            return Some(word.to_owned());
        }
        let words: Vec<(&str, &str)> = words.map(|word| (word, word)).collect();
        self.reader.one_of(slot, &words).map(|word| word.value.to_owned())
    }

    /// Decodes a date, or `{from, to}`.
    fn period(&mut self, slot: Slot<'_>) -> Option<Period> {
        const DAYS: &[Key] = &[
            super::key::required("from", ValueType::Day, "first day"),
            super::key::required("to", ValueType::Day, "last day"),
        ];
        if !matches!(slot.node.value, Tree::Map(_)) {
            let day = self.reader.date(slot)?.value;
            return Some(Period::single_day(day));
        }
        let record = self.record(slot, DAYS.iter())?;
        let (from, to) = (record.day("from")?, record.day("to")?);
        if to < from {
            let message = format!("`{}` ends before it begins", clip(&slot.key.value));
            self.reader.report_with_help(record.span_of("to"), message, Some("swap `from` and `to`".to_owned()));
            return None;
        }
        Some(Period { from, to })
    }

    /// Keys chosen by the author, each with a text, sorted by key: their order in the file has no meaning.
    fn pairs(&mut self, slot: Slot<'_>) -> Option<Pairs> {
        let lines = self.reader.entries(slot)?;
        let read = |line: &Line| {
            let text = if is_null(&line.value) { None } else { self.reader.text(line.into()) };
            (line.key.clone(), text)
        };
        let mut pairs: Pairs =
            lines.iter().filter(|line| !self.refused.is_duplicate(line.key.span)).map(read).collect();
        pairs.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        Some(pairs)
    }

    /// A list of mappings. If only its first key is required, an item may be written as the value of that key.
    fn records(&mut self, slot: Slot<'_>, keys: &'static [Key]) -> Option<Vec<Record>> {
        if is_null(slot.node) {
            self.reader.report_no_value(slot);
            return None;
        }
        let items: Vec<Slot<'_>> = match &slot.node.value {
            Tree::List(items) => items.iter().map(|item| slot.item(item)).collect(),
            _ => vec![slot],
        };
        let needs_one = keys.iter().filter(|key| key.is_required).count() == 1;
        let mut records = Vec::with_capacity(items.len());
        for item in items {
            match (&item.node.value, keys.first()) {
                (Tree::Scalar(_), Some(first)) if needs_one => {
                    let span = item.node.span;
                    let mut record = Record::with_capacity(span, 1);
                    if let Some(value) = self.value(first.value_type, item) {
                        record.push(first, Located { value, span });
                    }
                    records.push(record);
                }
                _ => {
                    // An unreadable item still exists.
                    let record = self.inner_record(item, keys).unwrap_or_else(|| {
                        let mut lost = Record::with_capacity(item.node.span, 0);
                        lost.mark_unclear(keys.iter().map(|key| key.name));
                        lost
                    });
                    records.push(record);
                }
            }
        }
        Some(records)
    }
}

/// Whether a value is empty.
fn is_null(node: &Node) -> bool {
    matches!(&node.value, Tree::Scalar(scalar) if scalar.is_null())
}

/// The ID of a document or an entry.
fn id(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Reference>> {
    let id = reader.parse_value::<DocumentId>(slot)?;
    Some(Located { value: Reference::Id(id.value), span: id.span })
}

/// An ID, or words, which usually contain a space.
fn source(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Located<Reference>> {
    let text = reader.text(slot)?;
    Some(Located { value: Reference::from_text(text.value), span: text.span })
}
