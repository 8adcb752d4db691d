//! Why a text is not proved to be that of an approved version.

use std::cell::LazyCell;

use super::candidates::{Candidate, Candidates};
use super::outside::OutsideState;
use super::reused_day::{self, TextsByFile};
use super::{ProofFailure, VersionKey, VersionQuery};
use crate::date::Date;
use crate::history::commit_log::CommitLog;

/// Why the first commit that declares a version approved does not prove its text; `None` if it does. `is_border` tells
/// whether the clone lacks what came before that commit.
pub(super) fn commit_failure<'c, F: FnOnce() -> TextsByFile<'c>>(
    (log, candidates, by_file): (&CommitLog, &'c Candidates, &LazyCell<TextsByFile<'c>, F>),
    (version_key, candidate): (&VersionKey, &Candidate),
    (is_border, elsewhere): (bool, Option<OutsideState>),
) -> Option<ProofFailure> {
    let commit = &log.commits[candidate.commit];
    if let Some(day) = candidates.missing_before(&version_key.id, candidate) {
        return Some(ProofFailure::MissingObject(day));
    }
    let reused = || {
        let other = reused_day::find_other_version(candidates, version_key, candidate);
        other.or_else(|| by_file.find_other_document(log, version_key, candidate))
    };
    if let Some(reason) = candidates.unproved_reason(version_key, Some(candidate)).or_else(reused) {
        return Some(reason);
    }
    match elsewhere {
        _ if !commit.has_parent && is_border => Some(ProofFailure::Shallow(commit.day)),
        _ if !commit.has_parent => Some(ProofFailure::RootCommit(commit.day)),
        _ if candidate.is_new && candidates.arrival_commits.contains(&candidate.commit) => {
            Some(ProofFailure::Arrived(commit.day))
        }
        Some(OutsideState::Approved) => Some(ProofFailure::Outside(commit.day)),
        Some(OutsideState::Missing(day)) => Some(ProofFailure::MissingObject(day)),
        None => None,
    }
}

/// Why no text is proved to be that of a version. `border` is the day with which a shallow clone begins.
pub(super) fn missing_text_failure(
    (query, version_key): (&VersionQuery<'_>, &VersionKey),
    candidates: &Candidates,
    border: Option<Date>,
) -> ProofFailure {
    if let Some(day) = candidates.missing_since(&version_key.id) {
        return ProofFailure::MissingObject(day);
    }
    if query.files.get(&version_key.id).is_some_and(|file| candidates.is_linked(file.path())) {
        return ProofFailure::SymbolicLink;
    }
    if let Some(reason) = candidates.unproved_reason(version_key, None).filter(|_| version_key.digest.is_none()) {
        return reason;
    }
    match border {
        Some(day) => ProofFailure::Shallow(day),
        None if version_key.digest.is_some() => ProofFailure::OtherDigest,
        None => ProofFailure::NotCommitted,
    }
}
