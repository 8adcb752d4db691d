//! Days of approval that belong to another version: an edit that raised the version, but kept the day.

use super::candidates::{Candidate, Candidates};
use super::{ProofFailure, VersionKey};
use crate::source::body_of;
use crate::source::version::is_same_version;

/// Why a day of approval does not prove that `found` was approved on it: an older commit has that day for another
/// version with another text. Two versions can be approved on one day, but then both are committed by its end.
pub(super) fn find_other_version(
    candidates: &Candidates,
    version_key: &VersionKey,
    found: &Candidate,
) -> Option<ProofFailure> {
    let day = found.front_matter.approved().filter(|day| *day < found.day)?;
    let is_older = |candidate: &&Candidate| candidate.commit > found.commit;
    candidates.of_document(&version_key.id).filter(is_older).find_map(|candidate| {
        let front_matter = candidate.own_front_matter().filter(|front_matter| front_matter.approved() == Some(day))?;
        let version = front_matter.front()?.version.as_ref().map(|version| version.value.trim())?;
        let is_other = !is_same_version(version, &version_key.version)
            && body_of(&candidate.text).trim() != body_of(&found.text).trim();
        is_other.then(|| ProofFailure::OtherVersion(day, version.to_owned()))
    })
}
