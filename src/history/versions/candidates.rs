//! Past texts that may be those of the wanted versions.

use std::collections::HashMap;
use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::approval_window;
use super::front_matter::VersionFrontMatter;
use super::gather::collect_candidates;
use super::readings::{Readings, TODAY, TextKey};
use super::today::has_same_front;
use super::tracked::TrackedPaths;
use super::{ProofFailure, VersionKey, VersionQuery};
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::handbook::ParsedFile;
use crate::history::commit::CommitFacts;
use crate::history::commit_log::{CommitChanges, CommitLog};
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::source::version::version_key;
use crate::source::{MAX_BYTES, decode};

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

/// What is known about the text of a blob.
#[derive(Debug)]
pub(super) enum BlobState {
    /// It belongs to this document and may be a wanted version.
    Candidate(DocumentId, Arc<str>, Arc<VersionFrontMatter>),
    /// Its document depends on settings that are not readable.
    Nameless(Arc<str>, Arc<VersionFrontMatter>),
    /// It belongs to this document, which is not a wanted one, but was approved on the day of one.
    SameDay(DocumentId, Arc<str>, Arc<VersionFrontMatter>),
    /// It belongs to this document, or to no known document, and is not a wanted version.
    Other(Option<DocumentId>),
    /// The clone lacks it.
    Missing,
}

impl BlobState {
    /// The document that it belongs to, if known.
    pub(super) fn id(&self) -> Option<&DocumentId> {
        match self {
            BlobState::Candidate(id, ..) | BlobState::SameDay(id, ..) | BlobState::Other(Some(id)) => Some(id),
            BlobState::Nameless(..) | BlobState::Other(None) | BlobState::Missing => None,
        }
    }
}

/// The results for the texts read so far.
pub(super) type BlobStates<'l> = AHashMap<TextKey<'l>, BlobState>;

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
    pub(super) fn read(
        git: &Git,
        log: &CommitLog,
        (query, readings): (&VersionQuery<'_>, &Readings),
    ) -> Result<Candidates, GitError> {
        let needles = Prefilter::new(query, readings);
        let today = || query.versions.iter().filter_map(|wanted| query.files.get(&wanted.id));
        let mut tracked = TrackedPaths::new(log, today().map(|file| &**file.path()));
        let mut blobs = BlobStates::new();
        // The first commit is read along with the first texts, so that git does not run for it alone.
        let mut beginning = log.commits.last().filter(|commit| !commit.has_parent).map(|commit| &commit.name);
        let mut facts = None;
        if readings.is_uniform() && !query.is_for_edition {
            approval_window::resolve_approvals(log, (query, readings), &mut tracked, &mut blobs, |keys, blobs| {
                let read = read_keys(git, (keys, beginning.take()), &needles, blobs)?;
                facts = facts.take().or(read);
                Ok(())
            })?;
        }
        follow_overwritten(git, log, (&mut tracked, &needles), (query, &mut blobs))?;
        for _ in 0..MAX_ROUNDS {
            read_blobs(git, log, (&tracked, &needles), &mut blobs)?;
            let mut grown = false;
            for commit in replacing_commits(log, &tracked, (&blobs, &needles)) {
                grown |= tracked.add_commit(log, commit);
            }
            if !grown {
                break;
            }
            tracked.add_all_sources(log);
        }
        Ok(Candidates { root_commit: facts, ..collect_candidates(log, &tracked, (&blobs, readings), query) })
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

/// Strings that a text must contain to be a wanted version.
pub(super) struct Prefilter<'a> {
    versions: AHashMap<&'a DocumentId, Vec<(String, Option<String>)>>,
    /// The days of approval of wanted versions without a digest.
    days: AHashSet<Date>,
    files: &'a HashMap<DocumentId, Arc<ParsedFile>>,
    pub(super) readings: &'a Readings,
}

impl<'a> Prefilter<'a> {
    pub(super) fn new(query: &VersionQuery<'a>, readings: &'a Readings) -> Prefilter<'a> {
        let mut versions: AHashMap<&DocumentId, Vec<(String, Option<String>)>> = AHashMap::new();
        for requested in query.versions {
            // All texts of a version determine who may see it, even those that were not approved.
            let is_dated = requested.digest.is_none() && !query.is_for_edition;
            let day = requested.approved.filter(|_| is_dated).map(|day| day.to_string());
            let key = version_key(&requested.version);
            let number = key.split_whitespace().next().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            let version = number.unwrap_or_default().to_owned();
            versions.entry(&requested.id).or_default().push((version, day));
        }
        let days = query.versions.iter().filter(|wanted| wanted.digest.is_none()).filter_map(|wanted| wanted.approved);
        Prefilter { versions, days: days.collect(), files: query.files, readings }
    }

    /// Classifies a text without parsing all of it: by its id, and by whether it contains the strings of a wanted
    /// version.
    fn read_blob(&self, text: &Arc<str>, key: &TextKey<'_>) -> BlobState {
        let vocabulary = self.readings.vocabulary(key.reading);
        let is_own_key = vocabulary.meaning("id") == Some("id");
        let read = || decode(&SourceText::new(key.path, text), vocabulary).front.and_then(|front| front.id);
        let id = match plain_id(text).filter(|_| is_own_key) {
            Some(id) => id,
            None => match read() {
                Some(id) => id.value,
                None if self.readings.is_unknown(key.reading) => {
                    return BlobState::Nameless(
                        text.clone(),
                        VersionFrontMatter::parse((key.path, text), vocabulary).into(),
                    );
                }
                None => return BlobState::Other(None),
            },
        };
        // The strings may be missing if settings translate or supply values, or if characters are escaped.
        let is_literal = vocabulary.is_literal() && !text.contains('\\') && !self.readings.is_unknown(key.reading);
        let has_day = |day: &str| !is_literal || text.contains(day);
        let has_version = |version: &str| !is_literal || contains_version(text, version);
        let is_wanted = self.versions.get(&id).is_some_and(|versions| {
            // Another version approved on that day matters as well.
            versions.iter().any(|(version, day)| day.as_deref().map_or_else(|| has_version(version), has_day))
        });
        if !is_wanted {
            let is_other_document = !self.versions.contains_key(&id) && !self.days.is_empty();
            return if is_other_document { self.other_document(id, (text, key)) } else { BlobState::Other(Some(id)) };
        }
        let today = self.files.get(&id).filter(|file| key.reading == TODAY && has_same_front(text, file));
        let front_matter = today.map_or_else(
            || VersionFrontMatter::parse((key.path, text), vocabulary),
            |file| VersionFrontMatter::Today(file.clone()),
        );
        BlobState::Candidate(id, text.clone(), front_matter.into())
    }

    /// Classifies a text of a document that is not wanted.
    fn other_document(&self, id: DocumentId, (text, key): (&Arc<str>, &TextKey<'_>)) -> BlobState {
        let front_matter = VersionFrontMatter::parse((key.path, text), self.readings.vocabulary(key.reading));
        match front_matter.approved().is_some_and(|day| self.days.contains(&day)) {
            true => BlobState::SameDay(id, text.clone(), front_matter.into()),
            false => BlobState::Other(Some(id)),
        }
    }
}

/// Whether the front matter of a text contains a version outside longer numbers and dates, in any spelling.
fn contains_version(text: &str, version: &str) -> bool {
    let block = text.find("\n---").map_or(text, |end| &text[..end]);
    let is_apart = |(at, found): (usize, &str)| {
        let (before, after) = (&block[..at], &block[at + found.len()..]);
        !before.trim_end_matches('0').ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'))
            && !after.starts_with(|c: char| c.is_ascii_digit() || c == '-')
    };
    let is_full_width = |c: char| ('０'..='９').contains(&c);
    block.match_indices(version).any(is_apart)
        || version.contains('.') && block.match_indices(&version.replace('.', ",")).any(is_apart)
        || !block.is_ascii() && block.contains(is_full_width)
}

/// The id of a text, if its front matter has it on a plain `id:` line.
fn plain_id(text: &str) -> Option<DocumentId> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let block = text.strip_prefix("---")?;
    let line =
        block.lines().skip(1).take_while(|line| !line.starts_with("---")).find_map(|line| line.strip_prefix("id:"))?;
    line.trim().trim_matches(['"', '\'']).parse().ok()
}

/// Follows files that belonged to another document at first, because a wanted document may have been in them.
fn follow_overwritten<'l>(
    git: &Git,
    log: &'l CommitLog,
    (tracked, needles): (&mut TrackedPaths<'l>, &Prefilter<'_>),
    (query, blobs): (&VersionQuery<'_>, &mut BlobStates<'l>),
) -> Result<(), GitError> {
    let begun: AHashMap<&str, &'l ObjectName> = tracked.oldest_unread(log);
    let key = |path: &'l str, object: &'l ObjectName| needles.readings.keys(object, path);
    let mut paths: Vec<(&'l str, &'l ObjectName)> = begun.into_iter().collect();
    paths.sort_unstable();
    read_keys(git, (paths.iter().flat_map(|(path, object)| key(path, object)), None), needles, blobs)?;
    let is_at_path = |id: &DocumentId, path: &str| query.files.get(id).is_some_and(|file| &**file.path() == path);
    let is_other = |id: &DocumentId, path: &str| needles.versions.contains_key(id) && !is_at_path(id, path);
    let was_in = |(path, object): &(&'l str, &'l ObjectName)| {
        key(path, object).any(|key| blobs.get(&key).and_then(BlobState::id).is_some_and(|id| is_other(id, path)))
    };
    let found: Vec<&str> = paths.iter().filter(|pair| was_in(pair)).map(|(path, _)| *path).collect();
    tracked.add(found.into_iter());
    tracked.add_all_sources(log);
    Ok(())
}

/// Reads the unread texts of tracked paths.
fn read_blobs<'l>(
    git: &Git,
    log: &'l CommitLog,
    (tracked, needles): (&TrackedPaths<'l>, &Prefilter<'_>),
    blobs: &mut BlobStates<'l>,
) -> Result<(), GitError> {
    let changes = log.commits.iter().flat_map(|commit| &commit.changes);
    let mut open: Vec<_> =
        changes.filter(|change| tracked.has(&change.path) && !tracked.is_complete(&change.path)).collect();
    // Git stores versions of a file as deltas, so reading them in sequence is cheaper.
    open.sort_by_key(|change| &change.path);
    let keys = open.into_iter().filter_map(|change| Some(needles.readings.keys(change.after.as_ref()?, &change.path)));
    read_keys(git, (keys.flatten(), None), needles, blobs).map(drop)
}

/// Reads the given texts unless they were read before. If any is read, `commit` is read as well.
pub(super) fn read_keys<'l>(
    git: &Git,
    (keys, commit): (impl Iterator<Item = TextKey<'l>>, Option<&ObjectName>),
    needles: &Prefilter<'_>,
    blobs: &mut BlobStates<'l>,
) -> Result<Option<CommitFacts>, GitError> {
    let mut of_name: AHashMap<&ObjectName, Vec<TextKey<'l>>> = AHashMap::new();
    let mut names: Vec<&ObjectName> = Vec::new();
    for key in keys.filter(|key| !blobs.contains_key(key)) {
        let keys = of_name.entry(key.object).or_insert_with(|| {
            names.push(key.object);
            Vec::new()
        });
        keys.push(key);
    }
    let objects: Vec<&ObjectName> = names.iter().copied().chain(commit.filter(|_| !names.is_empty())).collect();
    let mut facts = None;
    git.read_present_objects(&objects, MAX_BYTES, |at, bytes| {
        let Some(name) = names.get(at) else {
            facts = bytes.map(|bytes| CommitFacts::from_bytes(&bytes));
            return Ok(());
        };
        let text: Option<Arc<str>> = bytes.map(|bytes| text_of(bytes).into());
        for key in of_name.remove(name).unwrap_or_default() {
            let blob = text.as_ref().map_or(BlobState::Missing, |text| needles.read_blob(text, &key));
            blobs.insert(key, blob);
        }
        Ok(())
    })?;
    Ok(facts)
}

/// The document that a file's text belongs to, as read with the settings of a commit.
fn id_in<'b>(
    blobs: &'b BlobStates<'_>,
    readings: &Readings,
    (name, path, commit): (&'b Option<ObjectName>, &'b str, usize),
) -> Option<&'b DocumentId> {
    blobs.get(&readings.key(name.as_ref()?, path, readings.at(commit)))?.id()
}

/// Commits in which a wanted document replaced another one in an existing file.
fn replacing_commits(
    log: &CommitLog,
    tracked: &TrackedPaths<'_>,
    (blobs, needles): (&BlobStates<'_>, &Prefilter<'_>),
) -> Vec<usize> {
    let readings = needles.readings;
    let arrives = |(at, commit): &(usize, &CommitChanges)| {
        let is_open = |path: &str| tracked.has(path) && !tracked.is_complete(path);
        commit.changes.iter().filter(|change| is_open(&change.path)).any(|change| {
            let after = id_in(blobs, readings, (&change.after, &change.path, *at));
            let before = || id_in(blobs, readings, (&change.before, &change.path, at + 1));
            let is_wanted = after.is_some_and(|id| needles.versions.contains_key(id));
            change.before.is_some() && is_wanted && before() != after
        })
    };
    log.commits.iter().enumerate().filter(arrives).map(|(at, _)| at).collect()
}
