//! The context of the management system: requirements, issues and competences.

use super::entry::Entry;
use super::key::{Key, ValueType, key, required};
use super::kinds::{Kind, KindRow, PagePlace};
use super::value::{Reference, Value};
use crate::date::Date;
use crate::id::DocumentId;
use crate::place::Span;
use crate::placeholder::{is_evidence, normalize_words, says_nothing_exists};

const REQUIREMENT: &[Key] = &[
    key("party", ValueType::Text, "who requires it, such as an authority, a customer or an owner"),
    key("evidence", ValueType::Sources, "where it can be seen that it is met"),
    key("reviewed", ValueType::Day, "the day on which somebody last made sure that it is still right"),
];

/// Requirements of interested parties, laws and contracts.
pub(super) const REQUIREMENTS: KindRow = KindRow {
    kind: Kind::Requirements,
    name: "requirements",
    singular: "requirement",
    meaning: "requirements of interested parties, of law and of contracts, with the documents that meet them",
    item: "interested-parties-register",
    prefix: "REQ-",
    page: PagePlace::List("requirements"),
    keys: REQUIREMENT,
    columns: &["id", "title", "party", "source", "documents", "owner", "reviewed", "state"],
    begins: |_| None,
    due: |_, _, _| None,
    closed: |_, _| None,
};

const ISSUE: &[Key] = &[
    key("kind", ValueType::Word(&["external", "internal"]), "whether it comes from outside or inside"),
    key("effect", ValueType::Text, "what it does to the system and the services"),
    key("risks", ValueType::Ids, "risks and opportunities that come of it"),
    key("reviewed", ValueType::Day, "the day on which somebody last made sure that it is still right"),
];

/// External and internal issues that affect the system.
pub(super) const ISSUES: KindRow = KindRow {
    kind: Kind::Issues,
    name: "issues",
    singular: "issue",
    meaning: "external and internal issues that affect the management system",
    item: "context-analysis",
    prefix: "ISS-",
    page: PagePlace::List("issues"),
    keys: ISSUE,
    columns: &["id", "title", "kind", "effect", "risks", "owner", "reviewed", "state"],
    begins: |_| None,
    due: |_, _, _| None,
    closed: |_, _| None,
};

const COMPETENCE: &[Key] = &[
    required("role", ValueType::Names, "the role that needs it"),
    required("needed", ValueType::Text, "what people in the role must be able to do"),
    key("evidence", ValueType::Sources, "where it can be seen that they are"),
    key("gap", ValueType::Text, "what is missing; `actions` say what is done about it"),
];

/// Competences that roles require.
pub(super) const COMPETENCES: KindRow = KindRow {
    kind: Kind::Competences,
    name: "competences",
    singular: "competence",
    meaning: "competences that roles need, with evidence, gaps and what is done about them",
    item: "competence-records",
    prefix: "CMP-",
    page: PagePlace::List("competences"),
    keys: COMPETENCE,
    columns: &["id", "title", "role", "needed", "evidence", "gap", "state"],
    begins: |_| None,
    due: |entry, _, as_of| Competence::from_entry(entry)?.due(as_of),
    closed: |_, _| None,
};

/// The day on which a requirement or issue was last reviewed, as of the given day.
pub(crate) fn last_review(entry: &Entry, as_of: Date) -> Option<Date> {
    entry.record.day("reviewed").filter(|day| *day <= as_of)
}

/// Answers that a competence is there in full.
const MET: [&str; 21] = [
    "0",
    "ok",
    "met",
    "fully met",
    "fulfilled",
    "closed",
    "complete",
    "erfüllt",
    "voll erfüllt",
    "vollständig erfüllt",
    "geschlossen",
    "rempli",
    "atteint",
    "acquis",
    "cumplido",
    "cubierto",
    "soddisfatto",
    "coperto",
    "voldaan",
    "spełnione",
    "充足",
];

/// Whether an answer to what is missing says that the competence is there.
fn says_met(gap: &str) -> bool {
    matches!(gap.trim(), "✓" | "✔" | "☑" | "✅") || MET.contains(&normalize_words(gap).as_str())
}

/// A competence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Competence<'a>(&'a Entry);

impl<'a> Competence<'a> {
    /// Views an entry as a competence, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Competence<'a>> {
        (entry.kind == Kind::Competences).then_some(Competence(entry))
    }

    /// The span of what is missing, unless it says that nothing is.
    pub(crate) fn gap(self) -> Option<Span> {
        let gap = self.0.record.get("gap")?;
        let is_none = matches!(&gap.value, Value::Text(text) if says_nothing_exists(text) || says_met(text));
        (!is_none).then_some(gap.span)
    }

    /// Whether something is missing, or it is unclear whether it is.
    pub(crate) fn has_gap(self) -> bool {
        self.gap().is_some() || self.0.record.is_unclear("gap")
    }

    /// Whether there is evidence that people have it; `exists` says whether an ID exists and may show
    /// something, `shows_nothing` whether it exists and does not.
    pub(crate) fn has_evidence(
        self,
        exists: impl Fn(&DocumentId) -> bool,
        shows_nothing: impl Fn(&DocumentId) -> bool,
    ) -> bool {
        let evidence = self.0.record.references("evidence");
        let reference_exists = |reference: &Reference| match reference {
            Reference::Id(id) => exists(id),
            Reference::Words(words) => {
                is_evidence(words) && !reference.leading_id().is_some_and(|id| shows_nothing(&id))
            }
        };
        !evidence.is_empty() && evidence.iter().all(|reference| reference_exists(&reference.value))
    }

    /// Whether there are actions to close the gap, all of them can be read, and all are done.
    pub(crate) fn is_remedied(self, as_of: Date) -> bool {
        let mut actions = self.0.actions().peekable();
        let is_known = actions.peek().is_some() && !self.0.record.is_unclear("actions");
        is_known && actions.all(|action| action.is_done(as_of))
    }

    /// Whether the due date of an open action is unknown.
    pub(crate) fn has_unclear_due(self, as_of: Date) -> bool {
        self.0.actions().any(|action| !action.is_done(as_of) && action.due().is_none())
    }

    /// The earliest due date of the open actions.
    fn due(self, as_of: Date) -> Option<Date> {
        self.0.actions().filter(|action| !action.is_done(as_of)).filter_map(|action| action.due()).min()
    }
}
