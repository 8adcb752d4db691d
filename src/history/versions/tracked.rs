//! The files that must be read to follow documents through their moves.

use ahash::{AHashMap, AHashSet};

use crate::git::ObjectName;
use crate::history::commit_log::CommitLog;
use crate::path::is_markdown;

/// Paths whose texts may belong to the wanted documents.
#[derive(Debug, Default)]
pub(super) struct TrackedPaths<'l> {
    paths: AHashSet<&'l str>,
    /// Paths from which a document may have come. Other paths only matter for the document that is there today.
    sources: AHashSet<&'l str>,
    /// Paths for which no further text can change an answer.
    complete: AHashSet<&'l str>,
}

impl<'l> TrackedPaths<'l> {
    /// Tracks today's paths, deleted paths, and those from which any of these may have come: if a commit added a path,
    /// all others that it changed. They may be anywhere in the handbook's folder, because the content folder may have
    /// moved.
    pub(super) fn new(line: &'l CommitLog, today: impl Iterator<Item = &'l str>) -> TrackedPaths<'l> {
        let mut tracked = TrackedPaths { paths: today.collect(), ..TrackedPaths::default() };
        let mut seen: AHashSet<&str> = AHashSet::new();
        for change in line.commits.iter().flat_map(|commit| &commit.changes) {
            if seen.insert(&change.path) && change.after.is_none() && is_markdown(&change.path) {
                tracked.paths.insert(&change.path);
            }
        }
        tracked.add_all_sources(line);
        tracked
    }

    /// Whether a path is tracked.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Records that no further text of a path can change an answer, unless another document may have come from it.
    pub(super) fn mark_complete(&mut self, path: &'l str) {
        if !self.sources.contains(path) {
            self.complete.insert(path);
        }
    }

    /// Whether no further text of a path can change an answer.
    pub(super) fn is_complete(&self, path: &str) -> bool {
        self.complete.contains(path)
    }

    /// Adds all Markdown files that a commit changed, because a document may have come from them. Returns whether there
    /// is more to read.
    pub(super) fn add_commit(&mut self, line: &'l CommitLog, commit: usize) -> bool {
        let before = (self.paths.len(), self.complete.len());
        let changes = line.commits[commit].changes.iter();
        self.add_sources(changes.map(|change| change.path.as_str()).filter(|path| is_markdown(path)));
        (self.paths.len(), self.complete.len()) != before
    }

    /// Adds files from which a document may have come.
    pub(super) fn add(&mut self, paths: impl Iterator<Item = &'l str>) {
        self.add_sources(paths);
    }

    /// The oldest text of each file whose texts are not all read.
    pub(super) fn oldest_unread(&self, line: &'l CommitLog) -> AHashMap<&'l str, &'l ObjectName> {
        let changes = line.commits.iter().flat_map(|commit| &commit.changes);
        let is_open = |path: &str| is_markdown(path) && (!self.has(path) || self.is_complete(path));
        changes
            .filter(|change| is_open(&change.path))
            .filter_map(|change| Some((change.path.as_str(), change.after.as_ref()?)))
            .collect()
    }

    fn add_sources(&mut self, paths: impl Iterator<Item = &'l str>) {
        for path in paths {
            self.paths.insert(path);
            self.sources.insert(path);
            self.complete.remove(path);
        }
    }

    /// Follows added files back to their possible sources, starting with the newest commit.
    pub(super) fn add_all_sources(&mut self, line: &'l CommitLog) {
        for (at, commit) in line.commits.iter().enumerate() {
            let is_added = |path: &str| self.paths.contains(path);
            let added = commit.changes.iter().any(|change| change.before.is_none() && is_added(&change.path));
            if added && commit.has_parent {
                self.add_previous(line, at);
            }
        }
    }

    /// Adds the files that a commit changed or deleted.
    fn add_previous(&mut self, line: &'l CommitLog, commit: usize) {
        let changes = line.commits[commit].changes.iter().filter(|change| change.before.is_some());
        self.add_sources(changes.map(|change| change.path.as_str()).filter(|path| is_markdown(path)));
    }
}
