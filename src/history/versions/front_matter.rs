//! The front matter of past texts: which version of which document they are, and whether it is approved.

use std::sync::Arc;

use super::VersionKey;
use crate::date::Date;
use crate::handbook::ParsedFile;
use crate::place::SourceText;
use crate::source::front_matter::{FrontMatter, Status};
use crate::source::version::is_same_version;
use crate::source::{Vocabulary, decode};

/// The keys that an approval depends on.
const APPROVAL: [&str; 3] = ["status", "approved", "effective"];

/// The front matter of a text that identifies its version.
#[derive(Debug)]
pub(super) enum VersionFrontMatter {
    /// Front matter that was parsed.
    Read(Option<Box<FrontMatter>>),
    /// Front matter identical to that of a file of today, except for its reviews.
    Today(Arc<ParsedFile>),
}

impl VersionFrontMatter {
    /// Parses the front matter of a text. Unreadable or duplicate keys do not prove anything.
    pub(super) fn parse(path: &str, text: &str, vocabulary: &Vocabulary) -> VersionFrontMatter {
        let front = decode(&SourceText::new(path, text), vocabulary).front;
        VersionFrontMatter::Read(front.filter(|front| !front.has_unread_rest).map(Box::new))
    }

    /// The front matter, except for its reviews, unless it could not be read as a whole.
    pub(super) fn front(&self) -> Option<&FrontMatter> {
        match self {
            VersionFrontMatter::Read(front) => front.as_deref(),
            VersionFrontMatter::Today(file) => file.front.as_ref(),
        }
    }

    /// The day of approval, if everything that an approval depends on is clear.
    pub(super) fn approved(&self) -> Option<Date> {
        let front = self.front().filter(|front| !APPROVAL.iter().any(|key| front.is_unclear(key)))?;
        let is_approved = front.status.as_ref().is_some_and(|status| status.value == Status::Approved);
        front.approved.as_ref().filter(|_| is_approved).map(|day| day.value)
    }

    /// Whether it is the wanted version of the document, approved or not.
    pub(super) fn is_version(&self, version_key: &VersionKey) -> bool {
        let Some(front) = self.front().filter(|front| !front.is_unclear("id") && !front.is_unclear("version")) else {
            return false;
        };
        front.id.as_ref().is_some_and(|id| id.value == version_key.id)
            && front.version.as_ref().is_some_and(|version| is_same_version(&version.value, &version_key.version))
    }

    /// Whether it is approved on the wanted day.
    pub(super) fn is_approved(&self, version_key: &VersionKey) -> bool {
        self.approved().is_some_and(|day| version_key.approved.is_none_or(|wanted| wanted == day))
    }

    /// Whether it states everything an approved version needs in the default vocabulary, so that no settings are
    /// needed.
    pub(super) fn is_self_contained(&self) -> bool {
        let required_keys = ["id", "version", "status", "approved"];
        self.front().is_some_and(|front| required_keys.iter().all(|key| front.has_key(key) && !front.is_unclear(key)))
    }

    /// Whether it may be the approved version, judged without the settings that it was written for.
    pub(super) fn may_be_version(&self, version_key: &VersionKey) -> bool {
        let Some(front) = self.front() else { return true };
        let may_match = |key: &str, matches: bool| front.is_unclear(key) || matches;
        may_match("id", front.id.as_ref().is_none_or(|id| id.value == version_key.id))
            && may_match(
                "version",
                front.version.as_ref().is_none_or(|version| is_same_version(&version.value, &version_key.version)),
            )
            && may_match("status", front.status.as_ref().is_none_or(|status| status.value == Status::Approved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAR: &str = "id: PRO-1\nversion: \"1.0\"\nstatus: approved\napproved: 2026-03-09\n";

    fn is_approved(front: &str) -> bool {
        let vocabulary = Vocabulary::new(vec!["procedure".to_owned()], Vec::new());
        let wanted = VersionKey {
            id: "PRO-1".parse().expect("an id"),
            version: "1.0".to_owned(),
            approved: Some("2026-03-09".parse().expect("a day")),
            digest: None,
        };
        let standing = VersionFrontMatter::parse("", &format!("---\n{front}---\nText.\n"), &vocabulary);
        standing.is_version(&wanted) && standing.is_approved(&wanted)
    }

    #[test]
    fn uncertain_texts_prove_no_version() {
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
