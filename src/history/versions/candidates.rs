//! Past texts that may be those of the wanted versions.

use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::approval_window::resolve_approvals;
use super::blobs::BlobReader;
use super::front_matter::VersionFrontMatter;
use super::gather::collect_candidates;
use super::tracked::TrackedPaths;
use super::{ProofFailure, VersionKey, VersionSearch};
use crate::date::Date;
use crate::git::GitError;
use crate::history::commit::CommitFacts;
use crate::id::DocumentId;

/// The maximum number of rounds in which files are followed further because a document replaced another one.
const MAX_ROUNDS: usize = 8;

/// A past text as read with some settings.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The commit that brought the text, as an index into the line.
    pub(super) commit: usize,
    /// The day of that commit.
    pub(super) day: Date,
    /// The path below the handbook's folder.
    pub(crate) file: Arc<str>,
    /// The whole content of the file.
    pub(crate) text: Arc<str>,
    pub(super) front_matter: Arc<VersionFrontMatter>,
    /// Whether the commit also added the file.
    pub(super) is_new: bool,
    pub(super) source: SettingsSource,
}

/// Which settings a text was read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettingsSource {
    /// The settings of its commit.
    Commit,
    /// The settings of its commit are not readable, so the program's default vocabulary applies.
    Defaults,
    /// Today's settings, which read it differently from those of its commit.
    Today,
}

impl Candidate {
    /// The front matter, if it is certain that this is what it meant in its commit.
    pub(super) fn own_front_matter(&self) -> Option<&VersionFrontMatter> {
        let is_certain = self.source == SettingsSource::Commit
            || (self.source == SettingsSource::Defaults && self.front_matter.is_self_contained());
        is_certain.then_some(&*self.front_matter)
    }
}

/// A blob that the clone lacks.
#[derive(Debug)]
pub(super) struct MissingBlob {
    pub(super) commit: usize,
    pub(super) file: Arc<str>,
    pub(super) day: Date,
}

/// Candidate texts by document, oldest first.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) by_id: AHashMap<DocumentId, Vec<Candidate>>,
    /// Candidates whose document is not known.
    pub(super) nameless: Vec<Candidate>,
    /// Texts of other documents that were approved on the day of a wanted version.
    pub(super) same_day: Vec<Candidate>,
    /// All files that each document was ever in.
    pub(super) files: AHashMap<DocumentId, AHashSet<Arc<str>>>,
    pub(super) missing_blobs: Vec<MissingBlob>,
    /// Commits that brought the handbook to its folder. It may have been in another folder before.
    pub(super) arrival_commits: AHashSet<usize>,
    /// Paths that are symbolic links in the newest commit that changed them.
    pub(super) links: AHashSet<Arc<str>>,
    /// The first commit of the log, if it has no parent and was read along with the texts.
    pub(super) root_commit: Option<CommitFacts>,
}

impl Candidates {
    /// Reads every possible candidate with few calls of `git cat-file`.
    pub(super) fn read(search: VersionSearch<'_>) -> Result<Candidates, GitError> {
        let VersionSearch { query, log, readings, .. } = search;
        let today = || query.versions.iter().filter_map(|wanted| query.files.get(&wanted.id));
        let mut tracked = TrackedPaths::new(log, today().map(|file| &**file.path()));
        let mut blobs = BlobReader::new(search);
        let mut root_commit = None;
        if readings.is_uniform() && !query.is_for_edition {
            root_commit = resolve_approvals(search, &mut tracked, &mut blobs)?;
        }
        blobs.follow_overwritten(search, &mut tracked)?;
        for _ in 0..MAX_ROUNDS {
            blobs.read_tracked(log, &tracked)?;
            let mut grown = false;
            for commit in blobs.replacing_commits(log, &tracked) {
                grown |= tracked.add_commit(log, commit);
            }
            if !grown {
                break;
            }
            tracked.add_all_sources(log);
        }
        Ok(Candidates { root_commit, ..collect_candidates(search, &tracked, &blobs.states) })
    }

    /// The texts of a document, oldest first.
    pub(super) fn of_document(&self, id: &DocumentId) -> impl Iterator<Item = &Candidate> {
        self.by_id.get(id).into_iter().flatten()
    }

    /// The day of a text that the clone lacks and that may belong to this document.
    pub(super) fn missing_since(&self, id: &DocumentId) -> Option<Date> {
        self.missing_blobs.iter().find(|one| self.is_of(id, &one.file)).map(|one| one.day)
    }

    /// The day of such a text from before `found`.
    pub(super) fn missing_before(&self, id: &DocumentId, found: &Candidate) -> Option<Date> {
        let older = self.missing_blobs.iter().filter(|blob| blob.commit > found.commit);
        older.filter(|one| self.is_of(id, &one.file)).map(|one| one.day).next()
    }

    /// Why the settings leave it open whether `found`, or any text if it is `None`, is the first approved text of the
    /// version.
    pub(super) fn unproved_reason(&self, version_key: &VersionKey, found: Option<&Candidate>) -> Option<ProofFailure> {
        let nameless = self.nameless.iter().filter(|candidate| self.is_of(&version_key.id, &candidate.file));
        let is_older = |candidate: &&Candidate| found.is_none_or(|found| candidate.commit >= found.commit);
        let reason = |candidate: &Candidate| match candidate.source {
            SettingsSource::Commit => None,
            SettingsSource::Defaults => {
                let is_open =
                    !candidate.front_matter.is_self_contained() && candidate.front_matter.may_be_version(version_key);
                is_open.then_some(ProofFailure::Settings(candidate.day))
            }
            SettingsSource::Today => {
                let is_match =
                    candidate.front_matter.is_version(version_key) && candidate.front_matter.is_approved(version_key);
                let is_other = found.is_none_or(|found| found.text != candidate.text);
                (is_match && is_other).then_some(ProofFailure::OtherSettings(candidate.day))
            }
        };
        self.of_document(&version_key.id).chain(nameless).filter(is_older).find_map(reason)
    }

    /// Whether a file is a symbolic link or below one.
    pub(super) fn is_linked(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.chain([path]).any(|path| self.links.contains(path))
    }

    fn is_of(&self, id: &DocumentId, file: &Arc<str>) -> bool {
        self.files.get(id).is_some_and(|files| files.contains(file))
    }
}
