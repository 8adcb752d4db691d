//! The texts of blobs, sorted by whether they may be wanted versions.

use std::collections::HashMap;
use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::VersionSearch;
use super::front_matter::VersionFrontMatter;
use super::readings::{Readings, TODAY, TextKey};
use super::today::has_same_front;
use super::tracked::TrackedPaths;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::handbook::ParsedFile;
use crate::history::commit::CommitFacts;
use crate::history::commit_log::{CommitLog, FileChange};
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::source::version::version_key;
use crate::source::{MAX_BYTES, decode};

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

/// Reads blobs, each of them once, and keeps what is known about their texts.
pub(super) struct BlobReader<'l> {
    git: &'l Git,
    prefilter: Prefilter<'l>,
    pub(super) states: BlobStates<'l>,
}

impl<'l> BlobReader<'l> {
    pub(super) fn new(search: VersionSearch<'l>) -> BlobReader<'l> {
        BlobReader { git: search.git, prefilter: Prefilter::new(search), states: BlobStates::new() }
    }

    /// Reads the given texts unless they were read before.
    pub(super) fn read(&mut self, keys: impl Iterator<Item = TextKey<'l>>) -> Result<(), GitError> {
        self.read_with_commit(keys, None).map(drop)
    }

    /// Reads the given texts unless they were read before. If any is read, `commit` is read as well.
    pub(super) fn read_with_commit(
        &mut self,
        keys: impl Iterator<Item = TextKey<'l>>,
        commit: Option<&ObjectName>,
    ) -> Result<Option<CommitFacts>, GitError> {
        let BlobReader { git, prefilter, states } = self;
        let mut of_name: AHashMap<&ObjectName, Vec<TextKey<'l>>> = AHashMap::new();
        let mut names: Vec<&ObjectName> = Vec::new();
        for key in keys.filter(|key| !states.contains_key(key)) {
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
                let state = text.as_ref().map_or(BlobState::Missing, |text| prefilter.read_blob(text, &key));
                states.insert(key, state);
            }
            Ok(())
        })?;
        Ok(facts)
    }

    /// Follows files that belonged to another document at first, because a wanted document may have been in them.
    pub(super) fn follow_overwritten(
        &mut self,
        search: VersionSearch<'l>,
        tracked: &mut TrackedPaths<'l>,
    ) -> Result<(), GitError> {
        let VersionSearch { query, log, readings, .. } = search;
        let key = |path: &'l str, object: &'l ObjectName| readings.keys(object, path);
        let mut paths: Vec<(&'l str, &'l ObjectName)> = tracked.oldest_unread(log).into_iter().collect();
        paths.sort_unstable();
        self.read(paths.iter().flat_map(|(path, object)| key(path, object)))?;
        let is_at_path = |id: &DocumentId, path: &str| query.files.get(id).is_some_and(|file| &**file.path() == path);
        let is_other = |id: &DocumentId, path: &str| self.is_wanted(id) && !is_at_path(id, path);
        let was_in = |(path, object): &(&'l str, &'l ObjectName)| {
            let mut ids = key(path, object).filter_map(|key| self.states.get(&key)?.id());
            ids.any(|id| is_other(id, path))
        };
        let found: Vec<&str> = paths.iter().filter(|pair| was_in(pair)).map(|(path, _)| *path).collect();
        tracked.add(found.into_iter());
        tracked.add_all_sources(log);
        Ok(())
    }

    /// Reads the unread texts of tracked paths.
    pub(super) fn read_tracked(&mut self, log: &'l CommitLog, tracked: &TrackedPaths<'l>) -> Result<(), GitError> {
        let readings = self.prefilter.readings;
        let changes = log.commits.iter().flat_map(|commit| &commit.changes);
        let mut open: Vec<_> =
            changes.filter(|change| tracked.has(&change.path) && !tracked.is_complete(&change.path)).collect();
        // Git stores versions of a file as deltas, so reading them in sequence is cheaper.
        open.sort_by_key(|change| &change.path);
        let keys = open.into_iter().filter_map(|change| Some(readings.keys(change.after.as_ref()?, &change.path)));
        self.read(keys.flatten())
    }

    /// Commits in which a wanted document replaced another one in an existing file.
    pub(super) fn replacing_commits(&self, log: &CommitLog, tracked: &TrackedPaths<'_>) -> Vec<usize> {
        let is_open = |path: &str| tracked.has(path) && !tracked.is_complete(path);
        let replaces = |change: &FileChange, commit: usize| {
            let after = self.id_in(change.after.as_ref(), &change.path, commit);
            let before = || self.id_in(change.before.as_ref(), &change.path, commit + 1);
            change.before.is_some() && after.is_some_and(|id| self.is_wanted(id)) && before() != after
        };
        let commits = log.commits.iter().enumerate().filter(|(at, commit)| {
            commit.changes.iter().filter(|change| is_open(&change.path)).any(|change| replaces(change, *at))
        });
        commits.map(|(at, _)| at).collect()
    }

    /// The document that a file's text belongs to, as read with the settings of a commit.
    fn id_in<'b>(&'b self, name: Option<&'b ObjectName>, path: &'b str, commit: usize) -> Option<&'b DocumentId> {
        let readings = self.prefilter.readings;
        self.states.get(&readings.key(name?, path, readings.at(commit)))?.id()
    }

    fn is_wanted(&self, id: &DocumentId) -> bool {
        self.prefilter.versions.contains_key(id)
    }
}

/// Strings that a text must contain to be a wanted version.
struct Prefilter<'a> {
    versions: AHashMap<&'a DocumentId, Vec<(String, Option<String>)>>,
    /// The days of approval of wanted versions without a digest.
    days: AHashSet<Date>,
    files: &'a HashMap<DocumentId, Arc<ParsedFile>>,
    readings: &'a Readings,
}

impl<'a> Prefilter<'a> {
    fn new(VersionSearch { query, readings, .. }: VersionSearch<'a>) -> Prefilter<'a> {
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

    /// Classifies a text without parsing all of it: by its ID, and by whether it contains the strings of a wanted
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
                    let front_matter = VersionFrontMatter::parse(key.path, text, vocabulary);
                    return BlobState::Nameless(text.clone(), front_matter.into());
                }
                None => return BlobState::Other(None),
            },
        };
        // The strings may be missing if settings translate or supply values, or if characters are escaped.
        let is_literal = vocabulary.is_literal() && !text.contains('\\') && !self.readings.is_unknown(key.reading);
        let has_day = |day: &str| !is_literal || text.contains(day);
        let has_version = |version: &str| !is_literal || contains_version(text, version);
        let is_wanted = self.versions.get(&id).is_some_and(|versions| {
            // Another version approved on that day matters as well, and another text approved as that version.
            versions.iter().any(|(version, day)| day.as_deref().is_some_and(has_day) || has_version(version))
        });
        if !is_wanted {
            let is_other_document = !self.versions.contains_key(&id) && !self.days.is_empty();
            return if is_other_document { self.other_document(id, text, key) } else { BlobState::Other(Some(id)) };
        }
        let today = self.files.get(&id).filter(|file| key.reading == TODAY && has_same_front(text, file));
        let front_matter = today.map_or_else(
            || VersionFrontMatter::parse(key.path, text, vocabulary),
            |file| VersionFrontMatter::Today(file.clone()),
        );
        BlobState::Candidate(id, text.clone(), front_matter.into())
    }

    /// Classifies a text of a document that is not wanted.
    fn other_document(&self, id: DocumentId, text: &Arc<str>, key: &TextKey<'_>) -> BlobState {
        let front_matter = VersionFrontMatter::parse(key.path, text, self.readings.vocabulary(key.reading));
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

/// The ID of a text, if its front matter has it on a plain `id:` line.
fn plain_id(text: &str) -> Option<DocumentId> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let block = text.strip_prefix("---")?;
    let line =
        block.lines().skip(1).take_while(|line| !line.starts_with("---")).find_map(|line| line.strip_prefix("id:"))?;
    line.trim().trim_matches(['"', '\'']).parse().ok()
}
