//! Collects past texts in the order of the line.

use std::sync::Arc;

use ahash::AHashMap;

use super::VersionQuery;
use super::candidates::{Blob, Blobs, Candidate, Candidates, MissingBlob, SettingsSource};
use super::readings::{Readings, TODAY};
use super::tracked::TrackedPaths;
use crate::config::SETTINGS_FILE;
use crate::git::ObjectName;
use crate::history::line::{Line, LineCommit};

/// Collects the texts in the order of the line, oldest first.
pub(super) fn gather(
    line: &Line,
    tracked: &TrackedPaths<'_>,
    (blobs, readings): (&Blobs<'_>, &Readings),
    asked: &VersionQuery<'_>,
) -> Candidates {
    let mut gatherer = Collector { blobs, readings, candidates: Candidates::default() };
    for (id, file) in asked.files {
        gatherer.candidates.files.entry(id.clone()).or_default().insert(file.path().clone());
    }
    let mut texts: AHashMap<&str, &ObjectName> = AHashMap::new();
    for (at, commit) in line.commits.iter().enumerate().rev() {
        gatherer.note(at, commit);
        for change in commit.changes.iter().filter(|change| tracked.has(&change.path)) {
            texts.remove(change.path.as_str());
            if let Some(object) = &change.after {
                gatherer.add(CommitText { at, commit, path: &change.path, object, is_new: change.before.is_none() });
            }
        }
        // Other settings can give an unchanged text another meaning.
        if readings.begins_at(at) {
            let mut same: Vec<_> = texts.iter().collect();
            same.sort_unstable();
            same.into_iter().for_each(|(path, object)| {
                gatherer.add(CommitText { at, commit, path, object, is_new: false });
            });
        }
        let changed = commit.changes.iter().filter(|change| tracked.has(&change.path));
        texts.extend(changed.filter_map(|change| Some((change.path.as_str(), change.after.as_ref()?))));
    }
    gatherer.candidates
}

struct Collector<'b, 'l> {
    blobs: &'b Blobs<'l>,
    readings: &'b Readings,
    candidates: Candidates,
}

/// A text in a commit, brought by it or reread with new settings.
#[derive(Clone, Copy)]
struct CommitText<'l> {
    at: usize,
    commit: &'l LineCommit,
    path: &'l str,
    object: &'l ObjectName,
    is_new: bool,
}

impl Collector<'_, '_> {
    /// Records whether a commit brought the handbook itself, and which paths became links.
    fn note(&mut self, at: usize, commit: &LineCommit) {
        if commit.changes.iter().any(|change| change.path == SETTINGS_FILE && change.before.is_none()) {
            self.candidates.arrivals.insert(at);
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
        let reading = self.readings.at(came.at);
        let by = if self.readings.is_unknown(reading) { SettingsSource::Nobody } else { SettingsSource::Commit };
        self.add_as(came, reading, by);
        if reading != TODAY {
            self.add_as(came, TODAY, SettingsSource::Today);
        }
    }

    fn add_as(&mut self, came: CommitText<'_>, reading: usize, by: SettingsSource) {
        let CommitText { at, commit, path, object, is_new } = came;
        let Some(blob) = self.blobs.get(&self.readings.key(object, path, reading)) else { return };
        let file: Arc<str> = path.into();
        let candidates = &mut self.candidates;
        if let Some(id) = blob.id() {
            candidates.files.entry(id.clone()).or_default().insert(file.clone());
        }
        let candidate = |text: &Arc<str>, standing: &Arc<_>| {
            let (text, standing, file) = (text.clone(), Arc::clone(standing), file.clone());
            Candidate { commit: at, day: commit.day, file, text, standing, is_new, by }
        };
        match blob {
            Blob::Missing => candidates.lacking.push(MissingBlob { commit: at, file, day: commit.day }),
            Blob::Other(_) => {}
            Blob::Nameless(text, standing) => candidates.nameless.push(candidate(text, standing)),
            Blob::Candidate(id, text, standing) => {
                candidates.by_id.entry(id.clone()).or_default().push(candidate(text, standing));
            }
        }
    }
}
