//! What a text of the past says it is: which version of which document, and whether that is approved.

use super::WantedVersion;
use crate::date::Date;
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::source::front_matter::Status;
use crate::source::{Vocabulary, decode};

/// The keys of front matter by which a version is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    id: Option<DocumentId>,
    version: Option<String>,
    status: Option<Status>,
    /// The day of approval.
    pub(super) approved: Option<Date>,
}

impl Standing {
    /// What a text says.
    pub(super) fn of(text: &str, vocabulary: &Vocabulary) -> Standing {
        let Some(front) = decode(&SourceText::new("", text), vocabulary).front else { return Standing::default() };
        Standing {
            id: front.id.map(|id| id.value),
            version: front.version.map(|version| version.value.trim().to_owned()),
            status: front.status.map(|status| status.value),
            approved: front.approved.map(|day| day.value),
        }
    }

    /// Whether it is this version of this document, approved or not.
    pub(super) fn is_version(&self, wanted: &WantedVersion) -> bool {
        self.id.as_ref() == Some(&wanted.id) && self.version.as_ref() == Some(&wanted.version)
    }

    /// Whether it is approved, on the day that is asked for.
    pub(super) fn is_approved(&self, wanted: &WantedVersion) -> bool {
        self.status == Some(Status::Approved)
            && self.approved.is_some_and(|day| wanted.approved.is_none_or(|wanted| wanted == day))
    }
}
