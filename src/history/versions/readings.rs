//! How front matter was read with the settings of each commit.
//!
//! A past text means what it meant with the settings of its time. With another word for `approved`, or another default,
//! the same text has another meaning.

use ahash::AHashMap;

use super::VersionQuery;
use crate::config::{SETTINGS_FILE, default_standard};
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::history::commit_log::CommitLog;
use crate::id::StandardId;
use crate::source::{MAX_BYTES, Vocabulary};

/// How settings read front matter.
#[derive(Clone, Debug)]
pub(crate) struct FrontReading {
    /// The vocabulary of the settings.
    pub(crate) vocabulary: Vocabulary,
    /// Everything in the settings that affects the meaning of a text. Readings with equal terms read every text alike.
    pub(crate) terms: String,
    /// The standard meant by claims that do not name one.
    pub(crate) main_standard: Option<StandardId>,
}

/// Parses settings, or returns `None` if they are invalid.
pub(crate) type SettingsReader = fn(&str) -> Option<FrontReading>;

/// The index of today's settings in the readings.
pub(super) const TODAY: usize = 0;

/// A text of a file as some settings read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TextKey<'l> {
    pub(super) object: &'l ObjectName,
    pub(super) reading: usize,
    /// The file's path; empty if it does not affect the reading.
    pub(super) path: &'l str,
}

/// The readings of all commits of a line, with today's first.
pub(super) struct Readings {
    all: Vec<SettingsReading>,
    /// The index of the reading in each commit.
    of_commit: Vec<usize>,
    /// The main standard in each commit; `None` if its settings are not readable.
    main_standards: Vec<Option<StandardId>>,
}

struct SettingsReading {
    front: FrontReading,
    /// Whether the settings are not readable. Texts are then read with the default vocabulary.
    is_unknown: bool,
}

/// The settings file in a commit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum SettingsFile<'l> {
    None,
    File(&'l ObjectName),
    /// A symbolic link, which may point to anything.
    Link,
}

impl Readings {
    /// Reads all settings of the line with a single `git cat-file`.
    pub(super) fn read(git: &Git, line: &CommitLog, query: &VersionQuery<'_>) -> Result<Readings, GitError> {
        let files = settings_files(line);
        let mut texts: AHashMap<&ObjectName, Option<String>> = AHashMap::new();
        let mut names: Vec<&ObjectName> = Vec::new();
        for file in &files {
            if let SettingsFile::File(name) = file
                && !names.contains(name)
            {
                names.push(name);
            }
        }
        git.read_present_objects(&names, MAX_BYTES, |at, bytes| {
            texts.extend(names.get(at).map(|name| (*name, bytes.map(text_of))));
            Ok(())
        })?;
        let mut readings = Readings {
            all: vec![SettingsReading { front: query.reading.clone(), is_unknown: false }],
            of_commit: Vec::new(),
            main_standards: Vec::new(),
        };
        let mut known: AHashMap<SettingsFile<'_>, (usize, Option<StandardId>)> = AHashMap::new();
        for file in files {
            let (at, standard) = known.entry(file).or_insert_with(|| readings.add(file, &texts, query));
            readings.of_commit.push(*at);
            readings.main_standards.push(standard.clone());
        }
        Ok(readings)
    }

    /// Adds the reading of a settings file, and returns its index and its main standard.
    fn add(
        &mut self,
        file: SettingsFile<'_>,
        texts: &AHashMap<&ObjectName, Option<String>>,
        query: &VersionQuery<'_>,
    ) -> (usize, Option<StandardId>) {
        let front = match file {
            SettingsFile::None => Some(default_reading(query)),
            SettingsFile::Link => None,
            SettingsFile::File(name) => texts.get(name).and_then(Option::as_deref).and_then(query.read_settings),
        };
        let is_unknown = front.is_none();
        let main_standard = front.as_ref().and_then(|front| front.main_standard.clone());
        let front = front.unwrap_or_else(|| default_reading(query));
        let is_same = |settings_reading: &SettingsReading| {
            settings_reading.is_unknown == is_unknown && settings_reading.front.terms == front.terms
        };
        let at = self.all.iter().position(is_same).unwrap_or_else(|| {
            self.all.push(SettingsReading { front, is_unknown });
            self.all.len() - 1
        });
        (at, main_standard)
    }

    /// Whether every commit is read with today's settings.
    pub(super) fn is_uniform(&self) -> bool {
        self.all.len() == 1
    }

    /// The index of the reading in a commit.
    pub(super) fn at(&self, commit: usize) -> usize {
        self.of_commit.get(commit).copied().unwrap_or(TODAY)
    }

    /// The main standard in a commit, if its settings are readable.
    pub(super) fn main_standard(&self, commit: usize) -> Option<&StandardId> {
        self.main_standards.get(commit)?.as_ref()
    }

    /// Whether a new reading begins in a commit, so that unchanged texts may have another meaning.
    pub(super) fn begins_at(&self, commit: usize) -> bool {
        let (reading, before) = (self.at(commit), self.of_commit.get(commit + 1));
        before.is_some_and(|before| *before != reading) && !self.is_unknown(reading)
    }

    /// Whether the settings of a reading are not known.
    pub(super) fn is_unknown(&self, reading: usize) -> bool {
        self.all.get(reading).is_none_or(|settings_reading| settings_reading.is_unknown)
    }

    /// The vocabulary of a reading.
    pub(super) fn vocabulary(&self, reading: usize) -> &Vocabulary {
        &self.all.get(reading).unwrap_or(&self.all[TODAY]).front.vocabulary
    }

    /// The key of a text in a reading.
    pub(super) fn key<'l>(&self, object: &'l ObjectName, path: &'l str, reading: usize) -> TextKey<'l> {
        let goes_by_path = self.vocabulary(reading).depends_on_path();
        TextKey { object, reading, path: if goes_by_path { path } else { "" } }
    }

    /// The keys of a text in every reading.
    pub(super) fn keys<'l>(&self, object: &'l ObjectName, path: &'l str) -> impl Iterator<Item = TextKey<'l>> {
        (0..self.all.len()).map(move |reading| self.key(object, path, reading))
    }
}

/// A reading with the default vocabulary, for a handbook without settings.
fn default_reading(query: &VersionQuery<'_>) -> FrontReading {
    let today = &query.reading.vocabulary;
    let vocabulary = Vocabulary::new(today.types.clone(), today.classifications.clone());
    FrontReading { terms: vocabulary.cache_key(), vocabulary, main_standard: default_standard() }
}

/// The settings file of each commit, in the order of the line.
fn settings_files(line: &CommitLog) -> Vec<SettingsFile<'_>> {
    let mut file = SettingsFile::None;
    let mut files: Vec<SettingsFile<'_>> = Vec::with_capacity(line.commits.len());
    for commit in line.commits.iter().rev() {
        if let Some(change) = commit.changes.iter().find(|change| change.path == SETTINGS_FILE) {
            file = match &change.after {
                Some(name) => SettingsFile::File(name),
                None if change.is_link => SettingsFile::Link,
                None => SettingsFile::None,
            };
        }
        files.push(file);
    }
    files.reverse();
    files
}
