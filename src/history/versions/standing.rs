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
    /// What a text says for certain: what nobody can read, or what is said twice, proves nothing.
    pub(super) fn of(text: &str, vocabulary: &Vocabulary) -> Standing {
        let front = decode(&SourceText::new("", text), vocabulary).front;
        let Some(front) = front.filter(|front| !front.torn) else { return Standing::default() };
        let is_clear = |key: &str| !front.is_unclear(key);
        let is_approval_clear = ["status", "approved", "effective"].into_iter().all(is_clear);
        Standing {
            id: front.id.as_ref().filter(|_| is_clear("id")).map(|id| id.value.clone()),
            version: front.version.as_ref().filter(|_| is_clear("version")).map(|text| text.value.trim().to_owned()),
            status: front.status.as_ref().filter(|_| is_approval_clear).map(|status| status.value),
            approved: front.approved.as_ref().filter(|_| is_approval_clear).map(|day| day.value),
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

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAR: &str = "id: PRO-1\nversion: \"1.0\"\nstatus: approved\napproved: 2026-03-09\n";

    fn is_approved(front: &str) -> bool {
        let vocabulary = Vocabulary::new(vec!["procedure".to_owned()], Vec::new());
        let wanted = WantedVersion {
            id: "PRO-1".parse().expect("an id"),
            version: "1.0".to_owned(),
            approved: Some("2026-03-09".parse().expect("a day")),
            digest: None,
        };
        let standing = Standing::of(&format!("---\n{front}---\nText.\n"), &vocabulary);
        standing.is_version(&wanted) && standing.is_approved(&wanted)
    }

    #[test]
    fn what_is_not_certain_proves_no_version() {
        assert!(is_approved(CLEAR) && is_approved(&format!("{CLEAR}effective: 2026-04-01\nx: 1\n")));
        for line in [
            "id: PRO-2",
            "version: \"1.0\"",
            "status: draft",
            "status: approved",
            "Status: draft",
            "stauts: draft",
            "draft: true",
            "approved: 2026-03-09",
            "effective: 2026-13-45",
        ] {
            assert!(!is_approved(&format!("{CLEAR}{line}\n")), "{line} below");
            assert!(!is_approved(&format!("{line}\n{CLEAR}")), "{line} above");
        }
        assert!(!is_approved(&CLEAR.replace("approved: 2026", "approved: on 2026")));
    }
}
