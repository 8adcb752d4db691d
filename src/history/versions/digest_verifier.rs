//! How texts are compared with digests and with each other, which needs handbooks and not only the repository.

use super::candidates::Candidate;
use crate::git::ObjectName;
use crate::id::StandardId;
use crate::source::front_matter::WrittenDigest;

/// Checks texts against digests.
pub(crate) trait DigestVerifier {
    /// Whether a text has a digest according to today's handbook. This is fast.
    fn matches_today(&mut self, candidate: &Candidate, digest: WrittenDigest) -> bool;
    /// Whether a text had a digest according to the handbook of its commit. Called only if `matches_today` finds no
    /// text, for one commit at a time, oldest first.
    fn matched_then(&mut self, commit: &ObjectName, candidate: &Candidate, digest: WrittenDigest) -> bool;
    /// Whether two texts are the same to readers, each in the handbook of its commit; `None` if that is not certain.
    fn are_same_text(&mut self, one: CommittedText<'_>, other: CommittedText<'_>) -> Option<bool>;
}

/// A text in its commit.
#[derive(Clone, Copy)]
pub(crate) struct CommittedText<'a> {
    pub(crate) commit: &'a ObjectName,
    pub(crate) text: &'a Candidate,
    /// The standard that claims without one meant in that commit, if its settings are readable.
    pub(crate) main_standard: Option<&'a StandardId>,
}
