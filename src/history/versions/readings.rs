//! How front matter was read: by the settings that the handbook had in each commit.
//!
//! A text of the past says what it said to those who had its settings: with other words for `approved`, or with another
//! default, the same text says something else.

use ahash::AHashMap;

use super::VersionQuery;
use crate::config::SETTINGS_FILE;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::history::line::Line;
use crate::source::{MAX_BYTES, Vocabulary};

/// How settings read front matter.
#[derive(Clone, Debug)]
pub(crate) struct FrontReading {
    /// The words that they allow.
    pub(crate) vocabulary: Vocabulary,
    /// Everything in them that lets a text say something else: two with the same read each text the same.
    pub(crate) terms: String,
}

/// Reads the text of settings; nothing where they are wrong.
pub(crate) type SettingsReader = fn(&str) -> Option<FrontReading>;

/// The settings of today, as an index into the readings.
pub(super) const TODAY: usize = 0;

/// A text of a file as some settings read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TextKey<'l> {
    pub(super) object: &'l ObjectName,
    pub(super) reading: usize,
    /// The file's path; empty where it makes no difference.
    pub(super) path: &'l str,
}

/// The readings of all commits of a line, that of today first.
pub(super) struct Readings {
    all: Vec<Reading>,
    /// The reading in each commit.
    of_commit: Vec<usize>,
}

struct Reading {
    front: FrontReading,
    /// Whether there are settings that nobody can read; then texts are read in the words of the program.
    is_unknown: bool,
}

/// What a commit has as its settings.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum SettingsFile<'l> {
    None,
    File(&'l ObjectName),
    /// A symbolic link, which may lead to anything.
    Link,
}

impl Readings {
    /// Reads all settings of the line by one `git cat-file`.
    pub(super) fn read(git: &Git, line: &Line, asked: &VersionQuery<'_>) -> Result<Readings, GitError> {
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
        git.present_objects(&names, MAX_BYTES, |at, bytes| {
            texts.extend(names.get(at).map(|name| (*name, bytes.map(text_of))));
            Ok(())
        })?;
        let mut readings =
            Readings { all: vec![Reading { front: asked.reading.clone(), is_unknown: false }], of_commit: Vec::new() };
        let mut known: AHashMap<SettingsFile<'_>, usize> = AHashMap::new();
        for file in files {
            let at = *known.entry(file).or_insert_with(|| readings.add(file, &texts, asked));
            readings.of_commit.push(at);
        }
        Ok(readings)
    }

    fn add(
        &mut self,
        file: SettingsFile<'_>,
        texts: &AHashMap<&ObjectName, Option<String>>,
        asked: &VersionQuery<'_>,
    ) -> usize {
        let front = match file {
            SettingsFile::None => Some(plain(asked)),
            SettingsFile::Link => None,
            SettingsFile::File(name) => texts.get(name).and_then(Option::as_deref).and_then(asked.reads),
        };
        let is_unknown = front.is_none();
        let front = front.unwrap_or_else(|| plain(asked));
        let is_it = |one: &Reading| one.is_unknown == is_unknown && one.front.terms == front.terms;
        self.all.iter().position(is_it).unwrap_or_else(|| {
            self.all.push(Reading { front, is_unknown });
            self.all.len() - 1
        })
    }

    /// Whether every commit was read as today.
    pub(super) fn are_one(&self) -> bool {
        self.all.len() == 1
    }

    /// The reading in a commit.
    pub(super) fn at(&self, commit: usize) -> usize {
        self.of_commit.get(commit).copied().unwrap_or(TODAY)
    }

    /// Whether a reading begins in a commit, so that texts say something else though nobody changed them.
    pub(super) fn begins_at(&self, commit: usize) -> bool {
        let (reading, before) = (self.at(commit), self.of_commit.get(commit + 1));
        before.is_some_and(|before| *before != reading) && !self.is_unknown(reading)
    }

    /// Whether nobody knows how texts were read.
    pub(super) fn is_unknown(&self, reading: usize) -> bool {
        self.all.get(reading).is_none_or(|one| one.is_unknown)
    }

    /// The words of a reading.
    pub(super) fn vocabulary(&self, reading: usize) -> &Vocabulary {
        &self.all.get(reading).unwrap_or(&self.all[TODAY]).front.vocabulary
    }

    /// A text of a file as a reading reads it.
    pub(super) fn key<'l>(&self, object: &'l ObjectName, path: &'l str, reading: usize) -> TextKey<'l> {
        let goes_by_path = self.vocabulary(reading).depends_on_path();
        TextKey { object, reading, path: if goes_by_path { path } else { "" } }
    }

    /// A text of a file in every reading.
    pub(super) fn keys<'l>(&self, object: &'l ObjectName, path: &'l str) -> impl Iterator<Item = TextKey<'l>> {
        (0..self.all.len()).map(move |reading| self.key(object, path, reading))
    }
}

/// A handbook without settings says what it says in the words of the program.
fn plain(asked: &VersionQuery<'_>) -> FrontReading {
    let today = &asked.reading.vocabulary;
    let vocabulary = Vocabulary::new(today.types.clone(), today.classifications.clone());
    FrontReading { terms: vocabulary.terms(), vocabulary }
}

/// What each commit has as its settings, in the order of the line.
fn settings_files(line: &Line) -> Vec<SettingsFile<'_>> {
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
