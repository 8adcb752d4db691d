//! What a rule is: its description, its group and its check.

use crate::assess::Assessed;
use crate::config::Settings;
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex, FileView, ReviewStatus};
use crate::source::front_matter::{Attestation, Status};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// The rule's name.
    pub id: RuleId,
    /// The group it belongs to.
    pub group: Group,
    /// The default severity.
    pub(crate) severity: Severity,
    /// The meaning of a violation, in one sentence.
    pub(crate) meaning: &'static str,
    /// Why it matters to an auditor or a reader.
    pub(crate) why: &'static str,
    /// How to fix it.
    pub(crate) fix: &'static str,
    /// An example that breaks the rule.
    pub(crate) example: &'static str,
    /// The check that finds violations.
    pub(crate) check: Check,
}

/// The subject area of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Settings, catalogues and files that cannot be used.
    Handbook,
    /// What documents say about themselves.
    FrontMatter,
    /// IDs and URLs.
    Identity,
    /// Claims on clauses.
    Clauses,
    /// Documented information that a standard requires.
    DocumentedInformation,
    /// Approval and review.
    Lifecycle,
    /// Registers and their entries.
    Registers,
    /// Links of every kind.
    Links,
    /// The text itself.
    Text,
}

impl Group {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Group; 9] = [
        Group::Handbook,
        Group::FrontMatter,
        Group::Identity,
        Group::Clauses,
        Group::DocumentedInformation,
        Group::Lifecycle,
        Group::Registers,
        Group::Links,
        Group::Text,
    ];

    /// The group's heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Handbook => "Handbook",
            Group::FrontMatter => "Front matter",
            Group::Identity => "Identity",
            Group::Clauses => "Clauses",
            Group::DocumentedInformation => "Documented information",
            Group::Lifecycle => "Lifecycle",
            Group::Registers => "Registers",
            Group::Links => "Links",
            Group::Text => "Text",
        }
    }
}

/// The kind of check that finds violations of a rule.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// Another step: reading settings, catalogues and files, or inspecting something outside the assessment.
    Reading,
    /// A check of a single file, made once for each content of the file.
    File(fn(&Settings, &FileView<'_>, &mut Vec<Problem>)),
    /// A check of one document in the context of the others.
    Document(fn(&Assessed<'_>, CheckedDocument<'_>, &mut Vec<Problem>)),
    /// A check of the handbook as a whole.
    Handbook(fn(&Assessed<'_>, &mut Vec<Problem>)),
}

/// The document to check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckedDocument<'a> {
    /// The document's index.
    pub(crate) index: DocumentIndex,
    /// The document.
    pub(crate) document: &'a Document,
}

impl<'a> CheckedDocument<'a> {
    /// The reviews of an approved document up to the assessed day; empty for any other document.
    pub(crate) fn reviews(self, as_of: Date) -> impl Iterator<Item = (&'a Attestation, ReviewStatus)> + Clone {
        let approved = self.document.is_controlled() && self.document.status() == Some(Status::Approved);
        self.document.reviews().filter(move |(review, _)| approved && review.date.value <= as_of)
    }
}
