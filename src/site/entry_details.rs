//! The fields of an entry that its table does not show as columns, one per line. In narrow columns, sentences would
//! push the dates out of sight.

use std::borrow::Cow;

use super::deadlines::NO_DAY;
use super::entries::join_names;
use super::model::Html;
use super::notes::PAGE_AT_ROOT;
use super::portal::Portal;
use super::registers::CellWriter;
use crate::assess::EntryState;
use crate::handbook::EntryIndex;
use crate::html::escape_text;
use crate::place::Located;
use crate::register::{Action, EntryText, Kind, Pairs, Record, Reference, STATE_COLUMN, Value, comma_separated};

/// The typical size of the details of an entry, in bytes; used to allocate.
const TYPICAL_DETAILS_BYTES: usize = 512;
/// The typical size of a mapping as plain text, in bytes; used to allocate.
const TYPICAL_RECORD_BYTES: usize = 128;
/// The maximum number of actions listed for an entry.
const MAX_ACTIONS: usize = 12;
/// Keys without a line: shown by every table, shown in tables of their own, or used by the portal only.
const EXCLUDED_KEYS: [&str; 8] =
    ["id", "title", "note", "actions", "decisions", "values", "classification", STATE_COLUMN];

impl Portal<'_> {
    /// The note of an entry, the fields that its table does not show, and its actions, for tables on any page at the
    /// site's root: notes contain no links within the page.
    pub(super) fn details(&self, index: EntryIndex, shown_keys: &[&str]) -> Option<Html> {
        let mut html = String::with_capacity(TYPICAL_DETAILS_BYTES);
        self.write_note(&mut html, index, &PAGE_AT_ROOT);
        for (key, value) in self.other_values(index, shown_keys) {
            self.write_field(&mut html, key, value, self.entry(index).entry.kind);
        }
        // The page of management reviews has a table of decisions.
        if self.entry(index).entry.kind != Kind::ManagementReviews {
            self.write_actions(&mut html, index);
        }
        (!html.is_empty()).then(|| Html::new(&html))
    }

    /// Writes a line for each action that is not done, and the number of those that are: a list of many entries must
    /// stay short.
    fn write_actions(&self, out: &mut String, index: EntryIndex) {
        let as_of = self.assessment.clock.as_of;
        let actions = self.entry(index).entry.actions();
        let (done, open): (Vec<Action<'_>>, Vec<Action<'_>>) = actions.partition(|action| action.is_done(as_of));
        let label = self.labels.text("registers.action");
        for action in open.iter().take(MAX_ACTIONS) {
            line(out, label, |out| escape_text(out, &self.open_action(*action)));
        }
        let more = open.len().saturating_sub(MAX_ACTIONS);
        let counts = [("count.more", more), ("count.actions_done", done.len())];
        for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            out.push_str("<span class=\"why\">");
            escape_text(out, &self.labels.count(key, count));
            out.push_str("</span>");
        }
    }

    /// What an action is, who does it, and by when.
    fn open_action(&self, action: Action<'_>) -> String {
        let due = action.due().map(|due| self.labels.day(due));
        let key = match self.action_state(action) {
            EntryState::Overdue => "registers.action_late",
            _ => "registers.action_due",
        };
        let date = due.unwrap_or_else(|| self.labels.text(NO_DAY).to_owned());
        let who = [join_names(action.who()), self.labels.fill(key, &[("date", &date)])];
        let who: Vec<&str> = who.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        format!("{} ({})", action.what(), who.join(", "))
    }

    /// The fields of an entry that its table does not show, as far as they were known on the build's day. The state
    /// that the author of an improvement writes is one of them until it is done or rejected: the table shows another
    /// state, which follows from dates.
    pub(super) fn other_values<'s>(
        &'s self,
        index: EntryIndex,
        shown_keys: &'s [&str],
    ) -> impl Iterator<Item = (&'static str, &'s Value)> {
        let entry = &self.entry(index).entry;
        let is_stage = move |key: &str, value: &Value| {
            let is_over = matches!(value, Value::Text(stage) if matches!(stage.as_str(), "done" | "rejected"));
            key == STATE_COLUMN && entry.kind == Kind::Improvements && !is_over
        };
        let is_other = move |key: &str| !EXCLUDED_KEYS.contains(&key) && !shown_keys.contains(&key);
        let values = entry.record.values().map(|(key, value)| (key, &value.value));
        let remaining = values.filter(move |(key, value)| is_other(key) || is_stage(key, value));
        remaining.filter(|(key, value)| self.was_known(key, value))
    }

    /// Whether a value was already known on the build's day.
    fn was_known(&self, key: &str, value: &Value) -> bool {
        let as_of = self.assessment.clock.as_of;
        match value {
            Value::Day(day) => *day <= as_of || !matches!(key, "closed" | "done" | "recorded" | "reviewed" | "scored"),
            Value::Record(record) => record.day("checked").is_none_or(|checked| checked <= as_of),
            _ => true,
        }
    }

    /// The label of a field. The written state of an improvement is its stage.
    pub(super) fn field_label(&self, key: &str) -> String {
        let name = if key == STATE_COLUMN { "stage" } else { key };
        self.labels.text(&["entries.column.", name].concat()).to_owned()
    }

    fn write_field(&self, out: &mut String, key: &str, value: &Value, kind: Kind) {
        let label = match value {
            Value::Record(_) if key == "effect" => self.labels.text("registers.effect_check").to_owned(),
            _ => self.field_label(key),
        };
        let label = label.as_str();
        let writer = CellWriter { portal: self, page: &PAGE_AT_ROOT, spells_out_days: true };
        match value {
            Value::Records(records) => {
                let as_of = self.assessment.clock.as_of;
                for record in records.iter().filter(|record| record.day("date").is_none_or(|date| date <= as_of)) {
                    line(out, label, |out| match self.postponement(record).filter(|_| key == "moved") {
                        Some(sentence) => escape_text(out, &sentence),
                        None => writer.record(out, record),
                    });
                }
            }
            Value::Pairs(pairs) => {
                for (name, text) in self.by_input(pairs) {
                    let text = text.as_ref().map_or("", |text| &text.value);
                    line(out, self.input_title(&name.value), |out| escape_text(out, text));
                }
            }
            Value::Text(text) => line(out, label, |out| escape_text(out, self.word(kind, key, text))),
            value => line(out, label, |out| writer.value(out, value)),
        }
    }

    /// The new date of a nonconformity, who agreed to it, when and why; `None` if any of these cannot be read.
    fn postponement(&self, record: &Record) -> Option<String> {
        let by = join_names(record.names("by"));
        let (to, on) = (self.labels.day(record.day("to")?), self.labels.day(record.day("date")?));
        let parts = [("to", &*to), ("by", &by), ("date", &on), ("reason", record.text("reason")?)];
        (!by.is_empty()).then(|| self.labels.fill("registers.moved", &parts))
    }

    /// What was said about each input of the management review, in the order of the catalogue; other keys keep theirs.
    fn by_input<'p>(&self, pairs: &'p Pairs) -> Vec<&'p (Located<String>, Option<Located<String>>)> {
        let rank = |name: &str| {
            let mut inputs = self.reading.standards.review_inputs();
            inputs.position(|input| input.id.as_str() == name).unwrap_or(usize::MAX)
        };
        let mut ordered: Vec<_> = pairs.iter().collect();
        ordered.sort_by_cached_key(|(name, _)| rank(&name.value));
        ordered
    }

    /// The title of an input of the management review, given its ID in a register.
    fn input_title<'n>(&'n self, name: &'n str) -> &'n str {
        let mut inputs = self.reading.standards.review_inputs();
        inputs.find(|input| input.id.as_str() == name).map_or(name, |input| &input.title)
    }

    /// Calls `each` for all texts and references of an entry except its title and note, without references that this
    /// edition withholds.
    pub(super) fn visit_searchable_texts(&self, index: EntryIndex, each: &mut dyn FnMut(&str)) {
        let lookup = &self.reading.handbook.lookup;
        self.entry(index).entry.visit_texts(&["id", "title", "note", "classification"], &mut |entry_text| {
            match entry_text {
                EntryText::Text(text) => each(text),
                EntryText::Reference(one) if one.id().is_none_or(|id| !lookup.is_withheld(id)) => each(one.as_str()),
                EntryText::Reference(_) => {}
            }
        });
    }

    /// A value as plain text, for tables without links.
    pub(super) fn plain<'v>(&'v self, kind: Kind, key: &str, value: &'v Value) -> Cow<'v, str> {
        match value {
            Value::Text(text) => self.word(kind, key, text).into(),
            Value::References(references) => self.plain_references(references),
            Value::Record(record) => self.plain_records(key, std::iter::once(&**record)).into(),
            Value::Records(records) => self.plain_records(key, records.iter()).into(),
            Value::Pairs(pairs) => {
                let text = |text: &'v Option<Located<String>>| text.as_ref().map_or("", |text| &text.value);
                let said = self
                    .by_input(pairs)
                    .into_iter()
                    .map(|(name, said)| [self.input_title(&name.value), ": ", text(said)].concat());
                said.collect::<Vec<_>>().join("; ").into()
            }
            other => other.joined(),
        }
    }

    fn plain_references<'v>(&self, references: &'v [Located<Reference>]) -> Cow<'v, str> {
        let lookup = &self.reading.handbook.lookup;
        let visible =
            references.iter().filter(|reference| reference.value.id().is_none_or(|id| !lookup.is_withheld(id)));
        comma_separated(visible.map(|reference| reference.value.as_str()))
    }

    /// Mappings as plain text, with the label of each key.
    fn plain_records<'r>(&self, outer: &str, records: impl Iterator<Item = &'r Record>) -> String {
        let mut out = String::with_capacity(TYPICAL_RECORD_BYTES);
        for (at, record) in records.enumerate() {
            out.push_str(if at > 0 { "; " } else { "" });
            self.write_plain_record(&mut out, outer, record);
        }
        out
    }

    fn write_plain_record(&self, out: &mut String, outer: &str, record: &Record) {
        for (at, (key, value)) in record.values().enumerate() {
            let (own_key, default_key) = (["parties.", outer, ".", key].concat(), ["entries.column.", key].concat());
            let label = self.labels.get(&own_key).unwrap_or_else(|| self.labels.text(&default_key));
            out.extend([if at > 0 { ", " } else { "" }, label, ": "]);
            match &value.value {
                Value::Text(word) => {
                    out.push_str(self.labels.get(&["entries.word.", word].concat()).unwrap_or(word));
                }
                Value::References(references) => out.push_str(&self.plain_references(references)),
                other => out.push_str(&other.joined()),
            }
        }
    }
}

/// Writes a line, unless it would be empty.
fn line(out: &mut String, label: &str, write: impl FnOnce(&mut String)) {
    let before = out.len();
    out.push_str("<span class=\"why\"><b>");
    escape_text(out, label);
    out.push_str(":</b> ");
    let start = out.len();
    write(out);
    match out.len() > start {
        true => out.push_str("</span>"),
        false => out.truncate(before),
    }
}
