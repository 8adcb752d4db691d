//! Collects past texts in the order of the log.

use std::sync::Arc;

use ahash::AHashMap;

use super::VersionSearch;
use super::blobs::{BlobState, BlobStates};
use super::candidates::{Candidate, Candidates, MissingBlob, SettingsSource};
use super::readings::{Readings, TODAY};
use super::tracked::TrackedPaths;
use crate::config::SETTINGS_FILE;
use crate::git::ObjectName;
use crate::history::commit_log::CommitChanges;

/// Collects the texts in the order of the log, oldest first.
pub(super) fn collect_candidates(
    VersionSearch { query, log, readings, .. }: VersionSearch<'_>,
    tracked: &TrackedPaths<'_>,
    blobs: &BlobStates<'_>,
) -> Candidates {
    let mut gatherer = Collector { blobs, readings, candidates: Candidates::default() };
    for (id, file) in query.files {
        gatherer.candidates.files.entry(id.clone()).or_default().insert(file.path().clone());
    }
    let mut texts: AHashMap<&str, &ObjectName> = AHashMap::new();
    for (at, commit) in log.commits.iter().enumerate().rev() {
        gatherer.record_commit(at, commit);
        for change in commit.changes.iter().filter(|change| tracked.has(&change.path)) {
            texts.remove(change.path.as_str());
            if let Some(object) = &change.after {
                gatherer.add(CommitText {
                    commit_index: at,
                    commit,
                    path: &change.path,
                    object,
                    is_new: change.before.is_none(),
                });
            }
        }
        // Other settings can give an unchanged text another meaning.
        if readings.begins_at(at) {
            let mut same: Vec<_> = texts.iter().collect();
            same.sort_unstable();
            same.into_iter().for_each(|(path, object)| {
                gatherer.add(CommitText { commit_index: at, commit, path, object, is_new: false });
            });
        }
        let changed = commit.changes.iter().filter(|change| tracked.has(&change.path));
        texts.extend(changed.filter_map(|change| Some((change.path.as_str(), change.after.as_ref()?))));
    }
    gatherer.candidates
}

struct Collector<'b, 'l> {
    blobs: &'b BlobStates<'l>,
    readings: &'b Readings,
    candidates: Candidates,
}

/// A text in a commit, brought by it or reread with new settings.
#[derive(Clone, Copy)]
struct CommitText<'l> {
    commit_index: usize,
    commit: &'l CommitChanges,
    path: &'l str,
    object: &'l ObjectName,
    is_new: bool,
}

impl Collector<'_, '_> {
    /// Records whether a commit brought the handbook itself, and which paths became links.
    fn record_commit(&mut self, at: usize, commit: &CommitChanges) {
        if commit.changes.iter().any(|change| change.path == SETTINGS_FILE && change.before.is_none()) {
            self.candidates.arrival_commits.insert(at);
        }
        for change in &commit.changes {
            let path: Arc<str> = change.path.as_str().into();
            match change.is_link {
                true => drop(self.candidates.links.insert(path)),
                false => drop(self.candidates.links.remove(&path)),
            }
        }
    }

    /// Adds a text as read with the settings of its commit, and with today's if they differ.
    fn add(&mut self, came: CommitText<'_>) {
        let reading = self.readings.at(came.commit_index);
        let by = if self.readings.is_unknown(reading) { SettingsSource::Defaults } else { SettingsSource::Commit };
        self.add_as(came, reading, by);
        if reading != TODAY {
            self.add_as(came, TODAY, SettingsSource::Today);
        }
    }

    fn add_as(&mut self, came: CommitText<'_>, reading: usize, by: SettingsSource) {
        let CommitText { commit_index: at, commit, path, object, is_new } = came;
        let Some(blob) = self.blobs.get(&self.readings.key(object, path, reading)) else { return };
        let file: Arc<str> = path.into();
        let candidates = &mut self.candidates;
        if let Some(id) = blob.id() {
            candidates.files.entry(id.clone()).or_default().insert(file.clone());
        }
        let candidate = |text: &Arc<str>, front_matter: &Arc<_>| {
            let (text, front_matter, file) = (text.clone(), Arc::clone(front_matter), file.clone());
            Candidate { commit: at, day: commit.day, file, text, front_matter, is_new, source: by }
        };
        match blob {
            BlobState::Missing => candidates.missing_blobs.push(MissingBlob { commit: at, file, day: commit.day }),
            BlobState::Other(_) => {}
            BlobState::Nameless(text, standing) => candidates.nameless.push(candidate(text, standing)),
            BlobState::SameDay(_, text, standing) => candidates.same_day.push(candidate(text, standing)),
            BlobState::Candidate(id, text, standing) => {
                candidates.by_id.entry(id.clone()).or_default().push(candidate(text, standing));
            }
        }
    }
}
