//! The kinds of entries, each with a row in a table.

use super::acknowledge;
use super::context;
use super::entry::Entry;
use super::grade::Grade;
use super::key::{Key, ValueType, key, required};
use super::nonconformity::Nonconformity;
use super::parties;
use super::views::{Audit, AuditKind, Improvement, ManagementReview};
use crate::date::Date;

/// A kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// Audits, internal and external.
    Audits,
    /// Nonconformities, observations and complaints.
    Nonconformities,
    /// Improvements, and changes of the management system.
    Improvements,
    /// Management reviews with their decisions.
    ManagementReviews,
    /// Requirements of interested parties, laws and contracts.
    Requirements,
    /// External and internal issues that affect the system.
    Issues,
    /// Competences that roles require.
    Competences,
    /// Indicators with a value for each period.
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
    /// Counts of readers who acknowledged a version of a document.
    Acknowledgements,
}

/// The pages on which entries of a kind are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagePlace {
    /// Each entry has its own page in a folder: `audits/A26-3.html`.
    Each(&'static str),
    /// All entries share one or more pages: `nonconformities.html`.
    List(&'static str),
}

/// A row of the table of kinds.
#[derive(Debug)]
pub(crate) struct KindRow {
    /// The kind.
    pub(crate) kind: Kind,
    /// Its name in registers and in every output.
    pub(crate) name: &'static str,
    /// The singular of the name, for messages.
    pub(crate) singular: &'static str,
    /// A description of its content, as a phrase.
    pub(crate) meaning: &'static str,
    /// The item of documented information that its owner usually provides.
    pub(crate) item: &'static str,
    /// The prefix of the IDs of new entries, unless the register's entries have another one (`cli::entry::next_id`).
    pub(crate) prefix: &'static str,
    /// The pages that show its entries.
    pub(crate) page: PagePlace,
    /// Its keys, in addition to those that all kinds have.
    pub(crate) keys: &'static [Key],
    /// The default columns of a table.
    pub(crate) columns: &'static [&'static str],
    /// The day from which an entry is known; `None` if it always was.
    pub(crate) begins: fn(&Entry) -> Option<Date>,
    /// The due date of an entry, as of the given day.
    pub(crate) due: fn(&Entry, &[Grade], Date) -> Option<Date>,
    /// The day on which an entry was closed, as of the given day.
    pub(crate) closed: fn(&Entry, Date) -> Option<Date>,
}

impl Kind {
    /// Its row in the table.
    pub(crate) fn row(self) -> &'static KindRow {
        KINDS.get(self as usize).unwrap_or(&KINDS[0])
    }

    /// The kind with a name.
    pub(crate) fn from_name(name: &str) -> Option<Kind> {
        KINDS.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// Its name in registers and in every output.
    pub(crate) fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Every key of its entries.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static Key> + Clone {
        let (first, rest) = COMMON_KEYS.split_at(2);
        first.iter().chain(self.row().keys).chain(rest)
    }
}

/// The kinds that a register without content may have had: that of its file name, or any.
pub(crate) fn possible_kinds(path: &str) -> Vec<Kind> {
    let stem = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match Kind::from_name(&stem.replace('-', "_")) {
        Some(kind) => vec![kind],
        None => KINDS.iter().map(|row| row.kind).collect(),
    }
}

const ACTION: &[Key] = &[
    required("what", ValueType::Text, "what is to be done"),
    required("who", ValueType::Names, "the role that does it"),
    required("due", ValueType::Day, "the day by which it is done"),
    key("done", ValueType::Day, "the day on which it was done"),
    key("proof", ValueType::Sources, "where that can be seen"),
];

/// The keys of a decision: those of an action, and an ID.
pub(super) const DECISION: &[Key] = &[
    required("id", ValueType::Ids, "its ID, such as `D-2026-04`"),
    required("what", ValueType::Text, "what was decided"),
    required("who", ValueType::Names, "the role that carries it out"),
    required("due", ValueType::Day, "the day by which it is carried out"),
    key("done", ValueType::Day, "the day on which that was done"),
    key("proof", ValueType::Sources, "where that can be seen"),
];

/// The keys of entries of every kind.
pub(crate) const COMMON_KEYS: &[Key] = &[
    required("id", ValueType::Text, "permanent ID of the entry"),
    required("title", ValueType::Text, "what it is about"),
    key("owner", ValueType::Names, "the role that is accountable for it"),
    key("clauses", ValueType::Clauses, "clauses that it is about; a parent clause includes its subclauses"),
    key("documents", ValueType::Ids, "documents that it is about"),
    key("services", ValueType::Names, "services that it is about"),
    key("locations", ValueType::Names, "locations that it is about"),
    key("source", ValueType::Sources, "where it came from"),
    key("actions", ValueType::Records(ACTION), "what is done about it"),
    key("note", ValueType::Text, "a remark: one paragraph, with emphasis, code and links such as `[[NC-2026-07]]`"),
    key("classification", ValueType::Level, "a level above that of the document that owns the register"),
];

const AUDIT: &[Key] = &[
    required("kind", ValueType::Word(&AuditKind::WORDS), "who audits, and for what"),
    key("planned", ValueType::Days, "when it is planned"),
    key("held", ValueType::Days, "when it was held"),
    key(
        "auditors",
        ValueType::Records(&[
            required("who", ValueType::Names, "the auditor"),
            key(
                "clauses",
                ValueType::Clauses,
                "the clauses assigned to this auditor; by default, all clauses of the audit",
            ),
        ]),
        "who audits",
    ),
    key("report", ValueType::Ids, "the document that reports it"),
    key(
        "results",
        ValueType::Records(&[
            required("clause", ValueType::Clauses, "the clause"),
            required("result", ValueType::Sources, "`conforms`, or the ID of a finding"),
        ]),
        "what was found, by clause",
    ),
];

const EFFECT_RESULTS: &[&str] = &["effective", "not-effective"];

const NONCONFORMITY: &[Key] = &[
    key("kind", ValueType::Word(&["nonconformity", "complaint"]), "`complaint` for a customer complaint"),
    required("grade", ValueType::Grade, "how serious it is"),
    required("found", ValueType::Day, "the day on which it was found"),
    key("correction", ValueType::Text, "what was done at once"),
    key("cause", ValueType::Text, "why it happened"),
    key("similar", ValueType::Text, "whether similar cases exist elsewhere"),
    key("due", ValueType::Day, "the original due date; by default, found plus the time allowed by its grade"),
    key(
        "moved",
        ValueType::Records(&[
            required("to", ValueType::Day, "the new date"),
            required("by", ValueType::Names, "who agreed to it"),
            required("reason", ValueType::Text, "why"),
            required("date", ValueType::Day, "the day of that decision"),
        ]),
        "every later date",
    ),
    key("closed", ValueType::Day, "the day on which it was closed"),
    key(
        "effect",
        ValueType::Record(&[
            key(
                "due",
                ValueType::Day,
                "the due date of the check; by default, closed plus `effect_after` in the settings",
            ),
            key("who", ValueType::Names, "who checks; not the owner"),
            key("checked", ValueType::Day, "the day on which it was checked"),
            key("result", ValueType::Word(EFFECT_RESULTS), "the result of the check"),
            key("words", ValueType::Text, "what was checked and what was found"),
        ]),
        "the check of whether the actions were effective",
    ),
];

const IMPROVEMENT: &[Key] = &[
    key(
        "kind",
        ValueType::Word(&["improvement", "system-change"]),
        "`system-change` for a planned change of the management system itself",
    ),
    required(
        "state",
        ValueType::Word(&["proposed", "evaluated", "approved", "in-work", "done", "rejected"]),
        "how far it has got",
    ),
    key("score", ValueType::Text, "how it was evaluated"),
    key("target", ValueType::Text, "what it is to achieve"),
    key("due", ValueType::Day, "the day by which it is done"),
    key("done", ValueType::Day, "the day on which it was done"),
    key("reason", ValueType::Text, "why it was rejected"),
    key(
        "effect",
        ValueType::Record(&[
            key("due", ValueType::Day, "the day of the check"),
            key("checked", ValueType::Day, "the day on which it was checked"),
            key("result", ValueType::Word(EFFECT_RESULTS), "the result of the check"),
            key("words", ValueType::Text, "what was achieved"),
        ]),
        "the check of what it has achieved",
    ),
];

const MANAGEMENT_REVIEW: &[Key] = &[
    key("planned", ValueType::Days, "when it is planned"),
    key("held", ValueType::Days, "when it was held"),
    key("period", ValueType::Days, "the time that it looks back on"),
    key("minutes", ValueType::Ids, "the document with its minutes"),
    key("present", ValueType::Names, "roles that were present"),
    key("inputs", ValueType::Pairs, "what was said about each input of the standard, by the name of the input"),
    key("recorded", ValueType::Day, "the day on which the minutes were finished"),
    key("decisions", ValueType::Records(DECISION), "what was decided"),
];

/// Every kind, in order.
pub(crate) const KINDS: &[KindRow] = &[
    KindRow {
        kind: Kind::Audits,
        name: "audits",
        singular: "audit",
        meaning: "audits, internal ones and those by the certification body or customers",
        item: "audit-programme",
        prefix: "A",
        page: PagePlace::Each("audits"),
        keys: AUDIT,
        columns: &["id", "title", "kind", "planned", "held", "clauses", "report", "state"],
        begins: |_| None,
        due: |entry, _, _| Some(Audit::from_entry(entry)?.planned()?.to),
        closed: |entry, as_of| Some(Audit::from_entry(entry)?.held(as_of)?.to),
    },
    KindRow {
        kind: Kind::Nonconformities,
        name: "nonconformities",
        singular: "nonconformity",
        meaning: "nonconformities, observations and complaints, with corrective actions and the check of their effect",
        item: "nonconformity-records",
        prefix: "NC-",
        page: PagePlace::List("nonconformities"),
        keys: NONCONFORMITY,
        columns: &["id", "title", "grade", "source", "cause", "correction", "owner", "due", "closed", "state"],
        begins: |entry| Nonconformity::from_entry(entry)?.found(),
        due: |entry, grades, as_of| Nonconformity::from_entry(entry)?.due(grades, as_of),
        closed: |entry, as_of| Nonconformity::from_entry(entry)?.closed(as_of),
    },
    KindRow {
        kind: Kind::Improvements,
        name: "improvements",
        singular: "improvement",
        meaning: "improvements, and planned changes of the management system itself",
        item: "improvement-register",
        prefix: "IMP-",
        page: PagePlace::List("improvements"),
        keys: IMPROVEMENT,
        columns: &["id", "title", "owner", "target", "due", "done", "state"],
        begins: |_| None,
        due: |entry, _, _| Improvement::from_entry(entry)?.due(),
        closed: |entry, as_of| Improvement::from_entry(entry)?.done(as_of),
    },
    KindRow {
        kind: Kind::ManagementReviews,
        name: "management_reviews",
        singular: "management review",
        meaning: "management reviews, with what was said about each input and what was decided",
        item: "management-review-results",
        prefix: "MR-",
        page: PagePlace::List("management-reviews"),
        keys: MANAGEMENT_REVIEW,
        columns: &["id", "title", "planned", "held", "minutes", "state"],
        begins: |_| None,
        due: |entry, _, _| Some(ManagementReview::from_entry(entry)?.planned()?.to),
        closed: |entry, as_of| Some(ManagementReview::from_entry(entry)?.held(as_of)?.to),
    },
    context::REQUIREMENTS,
    context::ISSUES,
    context::COMPETENCES,
    super::objectives::INDICATORS,
    super::objectives::OBJECTIVES,
    super::objectives::RISKS,
    parties::SERVICES,
    parties::LOCATIONS,
    parties::SUPPLIERS,
    acknowledge::ACKNOWLEDGEMENTS,
];

const _: () = {
    let mut at = 0;
    while at < KINDS.len() {
        assert!(KINDS[at].kind as usize == at, "the rows are not in the order of the kinds");
        at += 1;
    }
};
