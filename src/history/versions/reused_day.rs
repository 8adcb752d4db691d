//! Days and versions that belong to another text: an edit that raised the version or changed the ID, but kept the day,
//! or kept the version and changed the day.

use ahash::AHashMap;

use super::candidates::{Candidate, Candidates};
use super::{DigestVerifier, ProofFailure, VersionKey, VersionSearch};
use crate::history::commit_log::CommitLog;
use crate::id::DocumentId;
use crate::source::body_of;
use crate::source::version::is_same_version;

/// Why a day of approval does not prove that `candidate` was approved on it: an older commit has that day for another
/// version with another text. Two versions can be approved on one day, but then both are committed by its end.
pub(super) fn find_other_version(
    candidates: &Candidates,
    version_key: &VersionKey,
    candidate: &Candidate,
) -> Option<ProofFailure> {
    let day = candidate.front_matter.approved().filter(|day| *day < candidate.day)?;
    let is_older = |older: &&Candidate| older.commit > candidate.commit;
    candidates.of_document(&version_key.id).filter(is_older).find_map(|older| {
        older.own_front_matter().filter(|front_matter| front_matter.approved() == Some(day))?;
        let version = version(older)?;
        let is_other = !is_same_version(version, &version_key.version) && !has_same_body(older, candidate);
        is_other.then(|| ProofFailure::OtherVersion(day, version.to_owned()))
    })
}

/// Why nothing proves that `candidate` is the text of its version: an older commit has another text, approved as the
/// same version on another day. A version identifies one text.
pub(super) fn find_other_text(
    search: VersionSearch<'_>,
    candidates: &Candidates,
    (version_key, candidate): (&VersionKey, &Candidate),
    digests: &mut dyn DigestVerifier,
) -> Option<ProofFailure> {
    let mut days = vec![candidate.front_matter.approved()?];
    let is_older = |older: &&Candidate| older.commit > candidate.commit;
    candidates.of_document(&version_key.id).filter(is_older).find_map(|older| {
        let front_matter = older.own_front_matter().filter(|front_matter| front_matter.is_version(version_key))?;
        let other_day = front_matter.approved().filter(|other_day| !days.contains(other_day))?;
        // A later text with this day was edited after its approval.
        days.push(other_day);
        let is_other = digests.are_same_text(search.committed(older), search.committed(candidate)) == Some(false);
        is_other.then_some(ProofFailure::OtherText(other_day))
    })
}

fn has_same_body(a: &Candidate, b: &Candidate) -> bool {
    body_of(&a.text).trim() == body_of(&b.text).trim()
}

/// The texts of each file, whatever document they belong to.
pub(super) struct TextsByFile<'a>(AHashMap<&'a str, Vec<&'a Candidate>>);

impl<'a> TextsByFile<'a> {
    pub(super) fn new(candidates: &'a Candidates) -> TextsByFile<'a> {
        let mut texts: AHashMap<&str, Vec<&Candidate>> = AHashMap::new();
        for older in candidates.by_id.values().flatten().chain(&candidates.same_day) {
            texts.entry(&older.file).or_default().push(older);
        }
        TextsByFile(texts)
    }

    /// Why a day of approval does not prove that `candidate` was approved on it: until its commit, its file had another
    /// text with that day and another ID. So did a file of the same title that the commit moved. A document that is in
    /// another file from then on gave its place away, and is another document.
    pub(super) fn find_other_document(
        &self,
        line: &CommitLog,
        version_key: &VersionKey,
        candidate: &Candidate,
    ) -> Option<ProofFailure> {
        let day = candidate.front_matter.approved().filter(|day| *day < candidate.day)?;
        let removed =
            line.commits[candidate.commit].changes.iter().filter(|change| candidate.is_new && change.after.is_none());
        let has_title = |text: &&&Candidate| title(text).is_some() && title(text) == title(candidate);
        let at = |path: &str| self.0.get(path).into_iter().flatten();
        let moved = removed.flat_map(|change| at(&change.path)).filter(has_title);
        let is_other = |text: &&&Candidate| {
            let front_matter = text.own_front_matter().filter(|front_matter| front_matter.approved() == Some(day));
            text.commit > candidate.commit && front_matter.is_some() && id(text).is_some_and(|id| *id != version_key.id)
        };
        let others = at(&candidate.file).chain(moved).filter(is_other).copied();
        let others: Vec<&Candidate> = others.filter(|other| !self.is_elsewhere(other, candidate)).collect();
        // A new ID for the same text changes nothing that was approved.
        let is_same_text = others.iter().any(|other| has_same_body(other, candidate));
        let differs = |other: &&&Candidate| {
            let is_edited = || version(other).is_some_and(|version| is_same_version(version, &version_key.version));
            !has_same_body(other, candidate) && (!is_same_text || is_edited())
        };
        let other = others.iter().find(differs)?;
        Some(ProofFailure::OtherDocument(day, id(other)?.to_string()))
    }

    /// Whether the document of `other` is in another file than `candidate`, in its commit or a later one.
    fn is_elsewhere(&self, other: &Candidate, candidate: &Candidate) -> bool {
        let is_later = |text: &&&Candidate| text.commit <= candidate.commit && id(text) == id(other);
        self.0.iter().any(|(file, texts)| **file != *candidate.file && texts.iter().any(|text| is_later(&text)))
    }
}

fn id(text: &Candidate) -> Option<&DocumentId> {
    text.front_matter.front()?.id.as_ref().map(|id| &id.value)
}

fn title(text: &Candidate) -> Option<&str> {
    text.front_matter.front()?.title.as_ref().map(|title| title.value.trim())
}

fn version(text: &Candidate) -> Option<&str> {
    text.front_matter.front()?.version.as_ref().map(|version| version.value.trim())
}
