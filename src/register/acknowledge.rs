//! Acknowledgements: how many readers were asked, and how many confirmed that they know a version. Never who they were.

use super::entry::Entry;
use super::key::{Key, ValueType, required};
use super::kinds::{Kind, KindRow, PagePlace};
use crate::date::Date;
use crate::id::DocumentId;

const ACKNOWLEDGEMENT: &[Key] = &[
    required("document", ValueType::Ids, "the document that was acknowledged"),
    required("version", ValueType::Text, "the version that was acknowledged"),
    required("date", ValueType::Day, "the day on which this was counted"),
    required("asked", ValueType::Count, "how many people were asked"),
    required("given", ValueType::Count, "how many of them have acknowledged it"),
    required(
        "location",
        ValueType::Text,
        "where the evidence is kept; a later count of the same place replaces an earlier one",
    ),
];

/// Counts of readers who acknowledged versions of documents.
pub(super) const ACKNOWLEDGEMENTS: KindRow = KindRow {
    kind: Kind::Acknowledgements,
    name: "acknowledgements",
    singular: "acknowledgement",
    meaning: "acknowledgements of documents: how many people were asked, how many confirmed, and where the evidence is",
    item: "awareness-records",
    prefix: "ACK-",
    page: PagePlace::List("acknowledgement-counts"),
    keys: ACKNOWLEDGEMENT,
    columns: &["id", "title", "document", "version", "date", "asked", "given", "location"],
    begins: |entry| entry.record.day("date"),
    due: |_, _, _| None,
    closed: |_, _| None,
};

/// A count of acknowledgements that could be read in full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acknowledgement<'a> {
    /// The document.
    pub(crate) document: &'a DocumentId,
    /// Its version.
    pub(crate) version: &'a str,
    /// The day of the count.
    pub(crate) date: Date,
    /// The number of people asked.
    pub(crate) asked: u32,
    /// The number of them who have acknowledged it.
    pub(crate) given: u32,
    /// The location of the evidence.
    pub(crate) location: &'a str,
}

impl<'a> Acknowledgement<'a> {
    /// Views an entry as such a count; `None` if it is of another kind or anything in it is unclear.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Acknowledgement<'a>> {
        let record = &entry.record;
        let is_unclear = ACKNOWLEDGEMENT.iter().any(|key| record.is_unclear(key.name));
        if entry.kind != Kind::Acknowledgements || is_unclear {
            return None;
        }
        let [document] = record.references("document") else { return None };
        let count = |key: &str| record.text(key)?.parse::<u32>().ok();
        let (asked_count, given_count) = (count("asked")?, count("given")?);
        Some(Acknowledgement {
            document: document.value.id()?,
            version: record.text("version")?.trim(),
            date: record.day("date")?,
            asked: asked_count,
            // A surplus in one count must not make up for missing acknowledgements in another.
            given: given_count.min(asked_count),
            location: record.text("location")?.trim(),
        })
    }
}
