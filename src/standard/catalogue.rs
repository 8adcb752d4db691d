//! A standard's clauses as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::id::{ClauseId, ItemId, StandardId};
use crate::place::Place;

/// A catalogue: numbers and titles of a standard's clauses, summaries in our own words, and required documented
/// information.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Its name in references, such as `iso20000-1`.
    pub(crate) id: StandardId,
    /// Its designation, such as `ISO/IEC 20000-1:2018`.
    pub title: String,
    /// Its subject.
    #[serde(default)]
    pub name: Option<String>,
    /// Its edition.
    #[serde(default)]
    pub edition: Option<String>,
    /// Day of publication, as published.
    #[serde(default)]
    pub published: Option<String>,
    /// Amendments to this edition.
    #[serde(default)]
    pub(crate) amendments: Vec<Amendment>,
    /// Whether its clauses may be excluded with a reason. Management-system clauses may not.
    #[serde(default)]
    pub(crate) exclusions_allowed: bool,
    /// Clauses in the standard's order, parents before children.
    pub clauses: Vec<Clause>,
    /// Clauses without subclauses that count for nothing, each with its place in a handbook's own catalogue.
    #[serde(skip)]
    pub(crate) uncounted: Vec<(ClauseId, Place)>,
}

/// An amendment to a standard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Amendment {
    /// Its designation, such as `Amd 1:2024`.
    pub(crate) id: String,
    /// Day of publication, as published.
    #[serde(default)]
    #[expect(dead_code, reason = "part of a catalogue's format that no page shows")]
    pub(crate) published: Option<String>,
    /// Its subject.
    pub(crate) subject: String,
    /// Clauses that it changes.
    #[serde(default)]
    pub(crate) clauses: Vec<ClauseId>,
}

/// A numbered clause.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Number.
    pub id: ClauseId,
    /// Title; for an untitled clause, our own label or `None`.
    #[serde(default)]
    pub title: Option<String>,
    /// The parent clause.
    #[serde(default)]
    pub parent: Option<ClauseId>,
    /// A summary of its requirements, in our own words.
    #[serde(default)]
    pub summary: Option<String>,
    /// Whether it counts towards coverage: a titled clause with requirements, at the lowest level.
    #[serde(default)]
    pub coverage_unit: bool,
    /// Whether it and its subclauses may be excluded with a reason.
    #[serde(default)]
    pub(crate) excludable: bool,
    /// Whether it is a leaf without a requirement: listed, never counted as a gap.
    #[serde(default)]
    pub(crate) informative: bool,
    /// Whether the standard gives it no title; `title` is our label.
    #[serde(default)]
    pub(crate) untitled: bool,
    /// Whether the title comes from a single source.
    #[serde(default)]
    pub(crate) title_unverified: bool,
    /// What must be done at planned intervals, in our own words.
    #[serde(default)]
    pub planned_interval: Option<String>,
    /// Events that require an action, in our own words.
    #[serde(default)]
    pub triggers: Vec<String>,
    /// What should be documented.
    #[serde(default)]
    pub documented_information: Vec<Item>,
    /// The inputs of a review that the clause requires, in our own words.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// Related clauses of other standards and names of practices; our judgement, not an official mapping.
    #[serde(default)]
    pub crosswalk: BTreeMap<String, Vec<String>>,
    /// Numbers of the clauses in the 2011 edition from which it is derived.
    #[serde(default)]
    pub from_2011: Vec<String>,
}

/// An input of a management review.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Its name in registers.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// Kinds of registers, and items of documented information, that can provide it.
    #[serde(default)]
    pub from: Vec<String>,
}

/// An item of documented information.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name in `provides`.
    pub id: ItemId,
    /// Its title.
    pub name: String,
    /// Whether it is maintained as a document or retained as evidence.
    pub keep: Retention,
    /// The usual type of document.
    #[serde(default, rename = "type")]
    pub(crate) kind: Option<String>,
    /// Whether it is required or expected.
    pub basis: Basis,
    /// The clause that lists it, if that is another one.
    #[serde(default)]
    #[expect(dead_code, reason = "part of a catalogue's format that no page shows")]
    pub(crate) listed_in: Option<ClauseId>,
    /// Whether it is needed only if a certain situation arises.
    #[serde(default)]
    pub(crate) conditional: bool,
    /// Recipients each of whom needs an item of their own; empty if one item is enough.
    #[serde(default, deserialize_with = "one_or_several")]
    pub(crate) per: Vec<Recipient>,
    /// Our own default for its maximum age, in months.
    #[serde(default)]
    pub(crate) suggested_interval_months: Option<u16>,
    /// Whether it is known from a single source.
    #[serde(default)]
    pub(crate) unverified: bool,
}

/// Who needs an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Recipient {
    /// Each service in use.
    Service,
    /// Each external supplier.
    ExternalSupplier,
    /// Each internal supplier.
    InternalSupplier,
    /// Each customer that acts as a supplier.
    Customer,
}

impl Recipient {
    /// The words used in catalogues.
    pub(crate) const WORDS: [&'static str; 4] = ["service", "external-supplier", "internal-supplier", "customer"];
}

/// Deserializes one word or a list of words.
fn one_or_several<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Recipient>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(Recipient),
        Several(Vec<Recipient>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(per) => vec![per],
        OneOrMany::Several(list) => list,
    })
}

/// Whether an item is a document kept up to date or a record kept as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retention {
    /// A document to maintain.
    Maintain,
    /// A record to retain.
    Retain,
}

/// The authority for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The standard names it.
    Required,
    /// Auditors usually ask for it.
    Expected,
}
