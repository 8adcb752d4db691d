//! Why a text is not proved to be that of an approved version.

use super::candidates::Candidate;
use super::outside::OutsideState;
use super::reused_day::{self, TextsByFile};
use super::{DigestVerifier, Evidence, ProofFailure, VersionKey};

impl Evidence<'_> {
    /// Why the first commit that declares a version approved does not prove its text; `None` if it does.
    pub(super) fn commit_failure(
        &self,
        version_key: &VersionKey,
        candidate: &Candidate,
        digests: &mut dyn DigestVerifier,
    ) -> Option<ProofFailure> {
        let (log, candidates) = (self.search.log, self.candidates);
        let commit = &log.commits[candidate.commit];
        if let Some(day) = candidates.missing_before(&version_key.id, candidate) {
            return Some(ProofFailure::MissingObject(day));
        }
        let reused = || {
            let other = reused_day::find_other_version(candidates, version_key, candidate);
            let wanted = (version_key, candidate);
            let other = other.or_else(|| reused_day::find_other_text(self.search, candidates, wanted, digests));
            let by_file = || self.by_file.get_or_init(|| TextsByFile::new(candidates));
            other.or_else(|| by_file().find_other_document(log, version_key, candidate))
        };
        if let Some(reason) = candidates.unproved_reason(version_key, Some(candidate)).or_else(reused) {
            return Some(reason);
        }
        match self.outside.state(version_key) {
            _ if !commit.has_parent && self.facts_of(&commit.name).has_parent => {
                Some(ProofFailure::Shallow(commit.day))
            }
            _ if !commit.has_parent => Some(ProofFailure::RootCommit(commit.day)),
            _ if candidate.is_new && candidates.arrival_commits.contains(&candidate.commit) => {
                Some(ProofFailure::Arrived(commit.day))
            }
            Some(OutsideState::Approved) => Some(ProofFailure::Outside(commit.day)),
            Some(OutsideState::Missing(day)) => Some(ProofFailure::MissingObject(day)),
            None => None,
        }
    }

    /// Why no text is proved to be that of a version.
    pub(super) fn missing_text_failure(&self, version_key: &VersionKey) -> ProofFailure {
        let candidates = self.candidates;
        if let Some(day) = candidates.missing_since(&version_key.id) {
            return ProofFailure::MissingObject(day);
        }
        if self.search.query.files.get(&version_key.id).is_some_and(|file| candidates.is_linked(file.path())) {
            return ProofFailure::SymbolicLink;
        }
        if let Some(reason) = candidates.unproved_reason(version_key, None).filter(|_| version_key.digest.is_none()) {
            return reason;
        }
        match self.first_day_of_shallow_clone() {
            Some(day) => ProofFailure::Shallow(day),
            None if version_key.digest.is_some() => ProofFailure::OtherDigest,
            None => ProofFailure::NotCommitted,
        }
    }
}
