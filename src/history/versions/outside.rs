//! Texts that were approved outside the handbook's folder before they came to it.
//!
//! Changes made outside are not part of the handbook's history, so nothing proves that such a text is still the same.

use ahash::AHashMap;

use super::blobs::{BlobReader, BlobState, BlobStates};
use super::front_matter::VersionFrontMatter;
use super::readings::Readings;
use super::{VersionKey, VersionSearch};
use crate::date::Date;
use crate::git::{GitError, ObjectName};
use crate::history::commit_log::{CommitLog, FileChange};
use crate::id::DocumentId;
use crate::path::is_markdown;

/// What is known about a version outside the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutsideState {
    /// It was approved outside.
    Approved,
    /// The clone lacks a text of that day that may have been this version.
    Missing(Date),
}

/// The versions that existed outside before they came to the handbook.
#[derive(Debug, Default)]
pub(super) struct OutsideVersions<'a>(AHashMap<&'a VersionKey, OutsideState>);

impl<'a> OutsideVersions<'a> {
    /// Looks for these versions outside the folder. Git does not run for a handbook at the root of its repository.
    pub(super) fn read(
        search: VersionSearch<'_>,
        version_commits: &[(&'a VersionKey, &ObjectName)],
    ) -> Result<OutsideVersions<'a>, GitError> {
        let VersionSearch { git, query, readings, .. } = search;
        let prefix = if version_commits.is_empty() { String::new() } else { git.prefix()? };
        if prefix.is_empty() {
            return Ok(OutsideVersions::default());
        }
        let log = CommitLog::read_markdown(git, query.line.tip)?;
        let mut blobs = BlobReader::new(search);
        let changes = || log.commits.iter().flat_map(|commit| changes_outside(&commit.changes, &prefix));
        let texts = changes().flat_map(|change| [&change.before, &change.after].map(|name| (name, &change.path)));
        let keys = texts.filter_map(|(name, path)| Some(readings.keys(name.as_ref()?, path))).flatten();
        blobs.read(keys)?;
        let texts = Texts::collect(&log, &prefix, readings, &blobs.states);
        let commits = log.commits.iter().enumerate();
        let places: AHashMap<&ObjectName, usize> = commits.map(|(at, commit)| (&commit.name, at)).collect();
        // It is not known what precedes a commit that is not on the line.
        let place = |commit| places.get(commit).copied().unwrap_or_default();
        let elsewhere = |&(version_key, commit)| Some((version_key, texts.state_before(place(commit), version_key)?));
        Ok(OutsideVersions(version_commits.iter().filter_map(elsewhere).collect()))
    }

    /// Returns what is known about a version.
    pub(super) fn state(&self, version_key: &VersionKey) -> Option<OutsideState> {
        self.0.get(version_key).copied()
    }
}

/// The changes of Markdown files outside a folder.
fn changes_outside<'l>(changes: &'l [FileChange], prefix: &str) -> impl Iterator<Item = &'l FileChange> {
    changes.iter().filter(move |change| !change.path.starts_with(prefix) && is_markdown(&change.path))
}

/// Texts outside the folder, each with its time: twice the index of a commit on the line for a text it brought, plus
/// one for the text before it. Older texts have higher numbers.
#[derive(Default)]
struct Texts<'b> {
    by_id: AHashMap<&'b DocumentId, Vec<(usize, &'b VersionFrontMatter)>>,
    /// Texts that the clone lacks, with their days.
    missing: Vec<(usize, Date)>,
}

impl<'b> Texts<'b> {
    /// Reads texts with all settings that the handbook ever had, because it is not known which ones applied outside.
    fn collect(log: &'b CommitLog, prefix: &str, readings: &Readings, blobs: &'b BlobStates<'_>) -> Texts<'b> {
        let mut texts = Texts::default();
        for (at, commit) in log.commits.iter().enumerate() {
            for change in changes_outside(&commit.changes, prefix) {
                for (when, name) in [(2 * at, &change.after), (2 * at + 1, &change.before)] {
                    let keys = name.iter().flat_map(|name| readings.keys(name, &change.path));
                    keys.filter_map(|key| blobs.get(&key)).for_each(|blob| texts.add(blob, when, commit.day));
                }
            }
        }
        texts
    }

    fn add(&mut self, blob: &'b BlobState, when: usize, day: Date) {
        match blob {
            BlobState::Candidate(id, _, standing) => self.by_id.entry(id).or_default().push((when, standing)),
            BlobState::Missing => self.missing.push((when, day)),
            BlobState::Nameless(..) | BlobState::SameDay(..) | BlobState::Other(_) => {}
        }
    }

    /// Returns what is known about a version outside the folder before a commit.
    fn state_before(&self, commit: usize, version_key: &VersionKey) -> Option<OutsideState> {
        let is_before = |when: usize| when > 2 * commit;
        let mut texts = self.by_id.get(&version_key.id).into_iter().flatten().filter(|(when, ..)| is_before(*when));
        let is_approved = |front_matter: &VersionFrontMatter| {
            front_matter.is_version(version_key) && front_matter.is_approved(version_key)
        };
        if texts.any(|(_, front_matter)| is_approved(front_matter)) {
            return Some(OutsideState::Approved);
        }
        let lacking = self.missing.iter().find(|(when, _)| is_before(*when));
        lacking.map(|(_, day)| OutsideState::Missing(*day))
    }
}
