//! The kinds of entries: one row each.

use super::acknowledge;
use super::context;
use super::entry::Entry;
use super::grade::Grade;
use super::key::{Holds, Key, key, needed};
use super::nonconformity::Nonconformity;
use super::parties;
use super::views::{Audit, AuditKind, Improvement, ManagementReview};
use crate::date::Date;

/// A kind of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// Audits, internal and by others.
    Audits,
    /// Nonconformities, observations and complaints.
    Nonconformities,
    /// Improvements, and changes of the management system.
    Improvements,
    /// Management reviews with their decisions.
    ManagementReviews,
    /// Requirements of interested parties, of law and of contracts.
    Requirements,
    /// External and internal issues that affect the system.
    Issues,
    /// Competences that roles need.
    Competences,
    /// Indicators with the values of periods.
    Indicators,
    /// Objectives.
    Objectives,
    /// Risks and opportunities.
    Risks,
    /// Services.
    Services,
    /// Locations.
    Locations,
    /// Suppliers of every kind.
    Suppliers,
    /// How many readers acknowledged a version of a document.
    Acknowledgements,
}

/// Where entries of a kind are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagePlace {
    /// Each on a page of its own in a folder: `audits/A26-3.html`.
    Each(&'static str),
    /// All on a page, or parts of it: `nonconformities.html`.
    List(&'static str),
}

/// A row of the table of kinds.
#[derive(Debug)]
pub(crate) struct KindRow {
    /// The kind.
    pub(crate) kind: Kind,
    /// Its name in registers and in every output.
    pub(crate) name: &'static str,
    /// What one of them is called.
    pub(crate) one: &'static str,
    /// What it contains, in half a sentence.
    pub(crate) meaning: &'static str,
    /// The item of documented information whose document usually owns it.
    pub(crate) item: &'static str,
    /// What the ids of new entries begin with; the year follows.
    pub(crate) prefix: &'static str,
    /// Where its entries are shown.
    pub(crate) page: PagePlace,
    /// Its keys beside those that all kinds have.
    pub(crate) keys: &'static [Key],
    /// Columns of a table that names none.
    pub(crate) columns: &'static [&'static str],
    /// The day since which an entry is known; with none, it always was.
    pub(crate) begins: fn(&Entry) -> Option<Date>,
    /// The day by which an entry is to be closed, as known on a day.
    pub(crate) due: fn(&Entry, &[Grade], Date) -> Option<Date>,
    /// The day on which an entry was closed, if it had been on a day.
    pub(crate) closed: fn(&Entry, Date) -> Option<Date>,
}

impl Kind {
    /// Its row in the table.
    pub(crate) fn row(self) -> &'static KindRow {
        KINDS.iter().find(|row| row.kind == self).unwrap_or(&KINDS[0])
    }

    /// The kind with a name.
    pub(crate) fn named(name: &str) -> Option<Kind> {
        KINDS.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// Its name in registers and in every output.
    pub(crate) fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Every key of its entries.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static Key> + Clone {
        let (first, rest) = COMMON.split_at(2);
        first.iter().chain(self.row().keys).chain(rest)
    }
}

/// Kinds that a register with nothing in it may have had: that of its name, or any.
pub(crate) fn kinds_at(path: &str) -> Vec<Kind> {
    let stem = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match Kind::named(&stem.replace('-', "_")) {
        Some(kind) => vec![kind],
        None => KINDS.iter().map(|row| row.kind).collect(),
    }
}

const ACTION: &[Key] = &[
    needed("what", Holds::Text, "what is to be done"),
    needed("who", Holds::Names, "the role that does it"),
    needed("due", Holds::Day, "the day by which it is done"),
    key("done", Holds::Day, "the day on which it was done"),
    key("proof", Holds::Sources, "where that can be seen"),
];

/// Keys of a decision: those of an action, and its ID.
pub(super) const DECISION: &[Key] = &[
    needed("id", Holds::Ids, "its ID, such as `D-2026-04`"),
    needed("what", Holds::Text, "what was decided"),
    needed("who", Holds::Names, "the role that carries it out"),
    needed("due", Holds::Day, "the day by which it is carried out"),
    key("done", Holds::Day, "the day on which that was done"),
    key("proof", Holds::Sources, "where that can be seen"),
];

/// Keys of entries of every kind.
pub(crate) const COMMON: &[Key] = &[
    needed("id", Holds::Text, "permanent ID of the entry"),
    needed("title", Holds::Text, "what it is about"),
    key("owner", Holds::Names, "the role that is accountable for it"),
    key("clauses", Holds::Clauses, "clauses that it is about; a parent clause includes its subclauses"),
    key("documents", Holds::Ids, "documents that it is about"),
    key("services", Holds::Names, "services that it is about"),
    key("locations", Holds::Names, "locations that it is about"),
    key("source", Holds::Sources, "where it came from"),
    key("actions", Holds::Records(ACTION), "what is done about it"),
    key("note", Holds::Text, "a remark: one paragraph, with emphasis, code and links such as `[[NC-2026-07]]`"),
    key("classification", Holds::Level, "a level above that of the document that owns the register"),
];

const AUDIT: &[Key] = &[
    needed("kind", Holds::Word(&AuditKind::WORDS), "who audits, and for what"),
    key("planned", Holds::Days, "when it is planned"),
    key("held", Holds::Days, "when it was held"),
    key(
        "auditors",
        Holds::Records(&[
            needed("who", Holds::Names, "the auditor"),
            key(
                "clauses",
                Holds::Clauses,
                "the clauses assigned to this auditor; by default, all clauses of the audit",
            ),
        ]),
        "who audits",
    ),
    key("report", Holds::Ids, "the document that reports it"),
    key(
        "results",
        Holds::Records(&[
            needed("clause", Holds::Clauses, "the clause"),
            needed("result", Holds::Sources, "`conforms`, or the ID of a finding"),
        ]),
        "what was found, by clause",
    ),
];

const EFFECT_RESULTS: &[&str] = &["effective", "not-effective"];

const NONCONFORMITY: &[Key] = &[
    key("kind", Holds::Word(&["nonconformity", "complaint"]), "`complaint` for a customer complaint"),
    needed("grade", Holds::Grade, "how serious it is"),
    needed("found", Holds::Day, "the day on which it was found"),
    key("correction", Holds::Text, "what was done at once"),
    key("cause", Holds::Text, "why it happened"),
    key("similar", Holds::Text, "whether similar cases exist elsewhere"),
    key("due", Holds::Day, "the original due date; by default, found plus the time allowed by its grade"),
    key(
        "moved",
        Holds::Records(&[
            needed("to", Holds::Day, "the new date"),
            needed("by", Holds::Names, "who agreed to it"),
            needed("reason", Holds::Text, "why"),
            needed("date", Holds::Day, "the day of that decision"),
        ]),
        "every later date",
    ),
    key("closed", Holds::Day, "the day on which it was closed"),
    key(
        "effect",
        Holds::Record(&[
            key("due", Holds::Day, "the due date of the check; by default, closed plus `effect_after` in the settings"),
            key("who", Holds::Names, "who checks; not the owner"),
            key("checked", Holds::Day, "the day on which it was checked"),
            key("result", Holds::Word(EFFECT_RESULTS), "the result of the check"),
            key("words", Holds::Text, "what was checked and what was found"),
        ]),
        "the check of whether the actions were effective",
    ),
];

const IMPROVEMENT: &[Key] = &[
    key(
        "kind",
        Holds::Word(&["improvement", "system-change"]),
        "`system-change` for a planned change of the management system itself",
    ),
    needed(
        "state",
        Holds::Word(&["proposed", "evaluated", "approved", "in-work", "done", "rejected"]),
        "how far it has got",
    ),
    key("score", Holds::Text, "how it was evaluated"),
    key("target", Holds::Text, "what it is to achieve"),
    key("due", Holds::Day, "the day by which it is done"),
    key("done", Holds::Day, "the day on which it was done"),
    key("reason", Holds::Text, "why it was rejected"),
    key(
        "effect",
        Holds::Record(&[
            key("due", Holds::Day, "the day of the check"),
            key("checked", Holds::Day, "the day on which it was checked"),
            key("result", Holds::Word(EFFECT_RESULTS), "the result of the check"),
            key("words", Holds::Text, "what was achieved"),
        ]),
        "the check of what it has achieved",
    ),
];

const MANAGEMENT_REVIEW: &[Key] = &[
    key("planned", Holds::Days, "when it is planned"),
    key("held", Holds::Days, "when it was held"),
    key("period", Holds::Days, "the time that it looks back on"),
    key("minutes", Holds::Ids, "the document with its minutes"),
    key("present", Holds::Names, "roles that were present"),
    key("inputs", Holds::Pairs, "what was said of each input of the standard, by the name of the input"),
    key("recorded", Holds::Day, "the day on which the minutes were finished"),
    key("decisions", Holds::Records(DECISION), "what was decided"),
];

/// Every kind.
pub(crate) const KINDS: &[KindRow] = &[
    KindRow {
        kind: Kind::Audits,
        name: "audits",
        one: "audit",
        meaning: "audits, internal ones and those by the certification body or customers",
        item: "audit-programme",
        prefix: "A",
        page: PagePlace::Each("audits"),
        keys: AUDIT,
        columns: &["id", "title", "kind", "planned", "held", "clauses", "report", "state"],
        begins: |_| None,
        due: |entry, _, _| Some(Audit::of(entry)?.planned()?.to),
        closed: |entry, as_of| Some(Audit::of(entry)?.held(as_of)?.to),
    },
    KindRow {
        kind: Kind::Nonconformities,
        name: "nonconformities",
        one: "nonconformity",
        meaning: "nonconformities, observations and complaints, with corrective actions and the check of their effect",
        item: "nonconformity-records",
        prefix: "NC-",
        page: PagePlace::List("nonconformities"),
        keys: NONCONFORMITY,
        columns: &["id", "title", "grade", "source", "cause", "correction", "owner", "due", "closed", "state"],
        begins: |entry| Nonconformity::of(entry)?.found(),
        due: |entry, grades, as_of| Nonconformity::of(entry)?.due(grades, as_of),
        closed: |entry, as_of| Nonconformity::of(entry)?.closed(as_of),
    },
    KindRow {
        kind: Kind::Improvements,
        name: "improvements",
        one: "improvement",
        meaning: "improvements, and planned changes of the management system itself",
        item: "improvement-register",
        prefix: "IMP-",
        page: PagePlace::List("improvements"),
        keys: IMPROVEMENT,
        columns: &["id", "title", "owner", "target", "due", "done", "state"],
        begins: |_| None,
        due: |entry, _, _| Improvement::of(entry)?.due(),
        closed: |entry, as_of| Improvement::of(entry)?.done(as_of),
    },
    KindRow {
        kind: Kind::ManagementReviews,
        name: "management_reviews",
        one: "management review",
        meaning: "management reviews, with what was said of each input and what was decided",
        item: "management-review-results",
        prefix: "MR-",
        page: PagePlace::List("management-reviews"),
        keys: MANAGEMENT_REVIEW,
        columns: &["id", "title", "planned", "held", "minutes", "state"],
        begins: |_| None,
        due: |entry, _, _| Some(ManagementReview::of(entry)?.planned()?.to),
        closed: |entry, as_of| Some(ManagementReview::of(entry)?.held(as_of)?.to),
    },
    context::REQUIREMENTS,
    context::ISSUES,
    context::COMPETENCES,
    super::measures::INDICATORS,
    super::measures::OBJECTIVES,
    super::measures::RISKS,
    parties::SERVICES,
    parties::LOCATIONS,
    parties::SUPPLIERS,
    acknowledge::ACKNOWLEDGEMENTS,
];
