//! Texts from around the day of an approval. For most documents they are enough, and the rest of the history does not
//! need to be read.

use ahash::AHashMap;

use super::blobs::{BlobReader, BlobState, BlobStates};
use super::readings::{Readings, TODAY, TextKey};
use super::tracked::TrackedPaths;
use super::{VersionKey, VersionQuery, VersionSearch};
use crate::date::Date;
use crate::git::GitError;
use crate::history::commit::CommitFacts;
use crate::history::commit_log::{CommitLog, FileChange};
use crate::id::DocumentId;

/// The number of days by which a commit may precede the day of its approval, because clocks and time zones differ.
const MARGIN_IN_DAYS: i32 = 3;
/// How many texts after the margin are read: first one and, if that is not enough, two more.
const TEXTS_AFTER_MARGIN: [usize; 2] = [1, 3];

/// The texts of a file that may decide, oldest first.
struct FileCandidates<'l, 'a> {
    path: &'l str,
    version_key: &'a VersionKey,
    changes: Vec<&'l FileChange>,
    /// Whether older texts were left out. The first one is then the last from before the margin.
    is_cut: bool,
}

/// Reads the texts around each approval, and marks the files for which they are enough as complete: the text before it
/// belongs to the same document and is not the version, and the version follows directly or after other texts of that
/// document.
///
/// If a digest or a second version of the document is wanted, any text may have it, so all are read. Every commit must
/// have been read with today's settings. Returns the facts of the log's root, if they were read with the texts.
pub(super) fn resolve_approvals<'l>(
    VersionSearch { query, log, readings, .. }: VersionSearch<'l>,
    tracked: &mut TrackedPaths<'l>,
    blobs: &mut BlobReader<'l>,
) -> Result<Option<CommitFacts>, GitError> {
    let mut open = file_candidates(log, query);
    // The first commit is read along with the first texts, so that git does not run for it alone.
    let mut root = log.root().map(|commit| &commit.name);
    let mut root_facts = None;
    for after in TEXTS_AFTER_MARGIN {
        let texts = open.iter().flat_map(|file| file.first(after)).filter_map(|change| key(readings, change));
        let facts = blobs.read_with_commit(texts, root.take())?;
        root_facts = root_facts.or(facts);
        let (decided, left): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|file| file.decides(after, readings, &blobs.states));
        decided.iter().for_each(|file| tracked.mark_complete(file.path));
        open = left;
    }
    Ok(root_facts)
}

/// The key of the text that a change brought, read with today's settings.
fn key<'l>(readings: &Readings, change: &'l FileChange) -> Option<TextKey<'l>> {
    Some(readings.key(change.after.as_ref()?, &change.path, TODAY))
}

impl<'l> FileCandidates<'l, '_> {
    /// The text from before the margin, and up to `after` texts from after it.
    fn first(&self, after: usize) -> impl Iterator<Item = &&'l FileChange> {
        self.changes.iter().take(usize::from(self.is_cut) + after)
    }

    /// Whether these texts are enough to decide.
    fn decides(&self, after: usize, readings: &Readings, blobs: &BlobStates<'l>) -> bool {
        let mut texts = self.first(after).map(|change| blobs.get(&key(readings, change)?));
        let is_approved = |blob: &BlobState| match blob {
            BlobState::Candidate(_, _, standing) => {
                standing.is_version(self.version_key) && standing.is_approved(self.version_key)
            }
            BlobState::Nameless(..) | BlobState::SameDay(..) | BlobState::Other(_) | BlobState::Missing => false,
        };
        let is_of_document = |blob: &BlobState| blob.id() == Some(&self.version_key.id);
        (!self.is_cut || texts.next().flatten().is_some_and(|blob| is_of_document(blob) && !is_approved(blob)))
            && texts.map_while(|blob| blob.filter(|blob| is_of_document(blob))).any(is_approved)
    }
}

/// The texts around each approval without a known digest.
fn file_candidates<'l, 'a>(log: &'l CommitLog, query: &VersionQuery<'a>) -> Vec<FileCandidates<'l, 'a>> {
    let mut wanted: AHashMap<&DocumentId, Vec<&VersionKey>> = AHashMap::new();
    query.versions.iter().for_each(|version_key| wanted.entry(&version_key.id).or_default().push(version_key));
    let only = wanted.into_values().filter_map(|all| <[_; 1]>::try_from(all).ok()).map(|[version_key]| version_key);
    let dated = only.filter(|version_key| version_key.digest.is_none());
    let by_file: AHashMap<&str, (&VersionKey, Date)> = dated
        .filter_map(|version_key| {
            Some((
                &**query.files.get(&version_key.id)?.path(),
                (version_key, version_key.approved?.plus_days(-MARGIN_IN_DAYS)),
            ))
        })
        .collect();
    let mut found: AHashMap<&str, FileCandidates<'l, 'a>> = AHashMap::with_capacity(by_file.len());
    let mut newest = None;
    for commit in log.commits.iter().rev() {
        newest = newest.max(Some(commit.day));
        for change in &commit.changes {
            let Some((wanted, begin)) = by_file.get(change.path.as_str()) else { continue };
            let candidates = found.entry(&change.path).or_insert_with(|| FileCandidates {
                path: &change.path,
                version_key: wanted,
                changes: Vec::new(),
                is_cut: false,
            });
            // As long as every commit so far is from before the margin, a newer text replaces an older one.
            if newest < Some(*begin) {
                candidates.is_cut |= !candidates.changes.is_empty();
                candidates.changes.clear();
            }
            if candidates.changes.len() <= TEXTS_AFTER_MARGIN[TEXTS_AFTER_MARGIN.len() - 1] {
                candidates.changes.push(change);
            }
        }
    }
    found.into_values().collect()
}
