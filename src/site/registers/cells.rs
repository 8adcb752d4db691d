//! The contents of cells in tables of registers.

use std::fmt::Write;

use super::{RegisterTable, TableRow, indicator_of};
use crate::handbook::EntryIndex;
use crate::html::{escape, escape_text};
use crate::place::Located;
use crate::register::{Record, Reference, Score, Value, format_figure};
use crate::site::portal::Portal;
use crate::url::SitePath;

impl RegisterTable<'_> {
    /// Writes the values by period; for an objective without values, those of its indicator.
    pub(super) fn values(&self, out: &mut String, row: &TableRow<'_>) {
        let target = self.portal.entry_target(row.index);
        let unit = target.as_ref().map(|target| target.unit.as_str()).unwrap_or_default();
        let own_values = row.record().pairs("values");
        let pairs = match indicator_of(self.portal, row) {
            Some(indicator) if own_values.is_empty() => indicator.entry().record.pairs("values"),
            _ => own_values,
        };
        let value_texts = pairs.iter().map(|(period, value)| {
            let value = value.as_ref().map_or("", |value| &value.value);
            let value = value.parse().map_or_else(|()| value.to_owned(), |number| format_figure(number, unit));
            format!("{}: {value}", period.value)
        });
        let value_texts: Vec<String> = value_texts.collect();
        escape_text(out, &if value_texts.is_empty() { "–".to_owned() } else { value_texts.join(", ") });
    }

    /// A writer for the cells of this table, with links relative to its page.
    pub(super) fn cell_writer(&self) -> CellWriter<'_> {
        CellWriter { portal: self.portal, page: self.page, spells_out_days: false }
    }
}

/// Writes values of entries as HTML for a page.
#[derive(Clone, Copy)]
pub(in crate::site) struct CellWriter<'a> {
    pub(in crate::site) portal: &'a Portal<'a>,
    pub(in crate::site) page: &'a SitePath,
    /// Whether dates are written out, as on the portal's own pages; in documents they are shown as written.
    pub(in crate::site) spells_out_days: bool,
}

impl CellWriter<'_> {
    pub(super) fn entry_link(self, out: &mut String, index: EntryIndex, text: &str) {
        out.push_str("<a class=\"to-entry\" href=\"");
        escape(out, &self.portal.entry_url(index, self.page));
        out.push_str("\">");
        escape_text(out, text);
        out.push_str("</a>");
    }

    pub(in crate::site) fn value(self, out: &mut String, value: &Value) {
        match value {
            Value::References(references) => {
                self.write_list(out, references, |writer, out, reference| writer.reference(out, reference));
            }
            Value::Clauses(clauses) => self.write_list(out, clauses, |writer, out, clause| {
                match writer.portal.reading.standards.find_reference(clause) {
                    Some(key) => {
                        out.push_str("<a class=\"clause\" href=\"");
                        escape(out, &writer.portal.clause_path(key).relative_to(writer.page));
                        let _ = write!(out, "\">{clause}</a>");
                    }
                    None => escape_text(out, &clause.to_string()),
                }
            }),
            Value::Records(records) if !records.is_empty() => {
                out.push_str("<ul class=\"plain\">");
                for record in records {
                    out.push_str("<li>");
                    self.record(out, record);
                    out.push_str("</li>");
                }
                out.push_str("</ul>");
            }
            Value::Record(record) => match Score::from_record(record) {
                Some(score) => escape_text(out, &score.to_string()),
                None => self.record(out, record),
            },
            Value::Day(_) | Value::Days(_) => {
                out.push_str("<span class=\"when\">");
                match value {
                    Value::Day(day) if self.spells_out_days => escape_text(out, &self.portal.labels.day(*day)),
                    Value::Days(days) if self.spells_out_days => escape_text(out, &self.portal.days_text(*days)),
                    _ => escape_text(out, &value.joined()),
                }
                out.push_str("</span>");
            }
            other => escape_text(out, &other.joined()),
        }
    }

    /// Writes a nested mapping in one line.
    pub(in crate::site) fn record(self, out: &mut String, record: &Record) {
        for (at, (name, value)) in record.values().enumerate() {
            if at > 0 {
                out.push_str("; ");
            }
            if matches!(name, "due" | "done" | "checked" | "to" | "until" | "date" | "clauses") {
                escape_text(out, self.portal.labels.text(&["entries.column.", name].concat()));
                out.push(' ');
            }
            match (&value.value, name) {
                (Value::Text(grade), "grade") => escape_text(out, self.portal.grade(grade)),
                (Value::Text(word), "result" | "kind") => {
                    escape_text(out, self.portal.labels.get(&format!("entries.word.{word}")).unwrap_or(word));
                }
                (value, _) => self.value(out, value),
            }
        }
    }

    fn write_list<T>(self, out: &mut String, list: &[Located<T>], write: impl Fn(CellWriter<'_>, &mut String, &T)) {
        for (at, item) in list.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            write(self, out, &item.value);
        }
    }

    fn reference(self, out: &mut String, reference: &Reference) {
        let lookup = &self.portal.reading.handbook.lookup;
        let Some(id) = reference.id() else { return escape_text(out, reference.as_str()) };
        match (lookup.by_id(id), lookup.entry(id)) {
            (Some(document), _) => {
                let document = self.portal.document(document);
                out.push_str("<a class=\"to-document\" href=\"");
                escape(out, &document.url.relative_to(self.page));
                out.push_str("\" title=\"");
                escape(out, &document.title);
                out.push_str("\">");
                escape_text(out, id.as_str());
                out.push_str("</a>");
            }
            (None, Some(entry)) => self.entry_link(out, entry, id.as_str()),
            // References to withheld documents and entries show no ID.
            (None, None) if lookup.is_withheld(id) => out.push('–'),
            (None, None) => escape_text(out, id.as_str()),
        }
    }
}
