//! Reads the handbook in a series of commits, redoing only what changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{self, SETTINGS_FILE};
use crate::finding::Problem;
use crate::git::ObjectName;
use crate::handbook::{ParsedFile, Reading};
use crate::history::{CommitLine, CopyPlan, RevisionCopy, RevisionError};
use crate::place::SourceText;
use crate::project::{OpenError, Project, ProjectRefusal, STANDARDS_FOLDER, THEMES_FOLDER, read_file};
use crate::rules;
use crate::url::OwnPlace;

/// Where past handbooks are read from, and how.
#[derive(Clone, Copy)]
pub(crate) struct PastSource<'a> {
    /// The handbook's folder in the repository.
    pub(crate) folder: &'a Path,
    /// The URL paths of the portal's own pages.
    pub(crate) own_places: &'a [OwnPlace],
    /// Called with each temporary folder while it is still empty.
    pub(crate) on_create: &'a dyn Fn(&Path),
}

impl<'a> PastSource<'a> {
    /// Opens a reader for `option`, which messages name as what needs the repository.
    ///
    /// # Errors
    /// If git or the repository is missing, or the temporary folder cannot be created.
    pub(crate) fn open(self, option: &'static str) -> Result<PastReader, RevisionError> {
        let plan = CopyPlan { option, folders: folders_read, on_create: self.on_create };
        Ok(PastReader {
            copy: RevisionCopy::new(self.folder, plan)?,
            own_places: self.own_places.to_vec(),
            cached_files: HashMap::new(),
            settings: None,
            last_reading: None,
        })
    }

    /// The commits that lead to `tip`, or to `HEAD` if it is `None`.
    pub(crate) fn line(self, tip: Option<&'a ObjectName>) -> CommitLine<'a> {
        CommitLine { folder: self.folder, tip }
    }
}

/// A reader of past handbooks.
pub(crate) struct PastReader {
    copy: RevisionCopy,
    own_places: Vec<OwnPlace>,
    /// The parsed files of the last handbook by path, each with its blob.
    cached_files: HashMap<Arc<str>, (ObjectName, Arc<ParsedFile>)>,
    /// The blob of the settings with which they were parsed.
    settings: Option<ObjectName>,
    last_reading: Option<(ObjectName, Reading)>,
}

/// Why a past handbook cannot be read.
#[derive(Debug)]
pub(crate) enum PastReadError {
    /// Its files cannot be retrieved.
    Revision(RevisionError),
    /// There is no handbook in the folder.
    NotFound(OpenError),
    /// Its settings, or what they name, cannot be used.
    Unusable(ProjectRefusal),
}

impl PastReadError {
    /// The reason, as a sentence fragment.
    pub(crate) fn reason(&self) -> String {
        match self {
            PastReadError::Revision(error) => error.to_string(),
            PastReadError::NotFound(error) => error.to_string(),
            PastReadError::Unusable(refusal) => {
                refusal.problems.first().map_or_else(String::new, |problem| problem.message.to_string())
            }
        }
    }
}

impl PastReader {
    /// Returns the handbook of a commit.
    ///
    /// # Errors
    /// If the commit has no handbook, or it cannot be read.
    pub(crate) fn read(&mut self, commit: &ObjectName) -> Result<&Reading, PastReadError> {
        let reading = match self.last_reading.take() {
            Some((last, reading)) if last == *commit => reading,
            last => self.read_commit(commit, last.map(|(_, reading)| reading))?,
        };
        Ok(&self.last_reading.insert((commit.clone(), reading)).1)
    }

    /// Returns a problem for each path that the copy of a commit lacks because git does not have it as a file.
    ///
    /// # Errors
    /// If the commit has no handbook, or it cannot be read.
    pub(crate) fn missing_files(&mut self, commit: &ObjectName) -> Result<&[Problem], PastReadError> {
        self.read(commit)?;
        Ok(self.copy.missing_files())
    }

    fn read_commit(&mut self, commit: &ObjectName, earlier: Option<Reading>) -> Result<Reading, PastReadError> {
        let name = &commit.as_str()[..12];
        self.copy.check_out(name, commit).map_err(PastReadError::Revision)?;
        let folder = self.copy.folder().to_path_buf();
        let settings = self.copy.object(SETTINGS_FILE).cloned();
        if settings.is_none() || settings != self.settings {
            self.cached_files.clear();
            self.settings = settings;
        }
        let project = Project::find(Some(&folder), &self.own_places).map_err(PastReadError::NotFound)?;
        let PastReader { copy, cached_files, .. } = &*self;
        let cached_file = |path: &Arc<str>| {
            let (object, file) = cached_files.get(path)?;
            (copy.object(path) == Some(object)).then(|| file.clone())
        };
        let gathered = project
            .gather(&[], |entry, settings, vocabulary| match cached_file(&entry.path) {
                Some(file) if settings.documents.includes.are_unchanged(&file.body.included.files) => Ok(file),
                _ => read_file(entry, settings, vocabulary).map(Arc::new),
            })
            .map_err(PastReadError::Unusable)?;
        let read_files = gathered
            .files
            .iter()
            .filter_map(|file| Some((file.path().clone(), (copy.object(file.path())?.clone(), file.clone()))));
        let cached_files = read_files.collect();
        self.cached_files = cached_files;
        gathered.assemble(earlier.as_ref()).map_err(PastReadError::Unusable)
    }
}

/// The folders that a handbook with these settings reads, relative to its own; `None` if the settings cannot be read,
/// or if everything is read.
pub(crate) fn folders_read(settings: &str) -> Option<Vec<String>> {
    let settings = config::read(&Arc::new(SourceText::new(SETTINGS_FILE, settings)), &rules::rule_ids()).ok()?;
    let own_folders = [settings.content.as_str(), STANDARDS_FOLDER, THEMES_FOLDER];
    let folders = own_folders.into_iter().chain(settings.asset_folders()).map(str::to_owned);
    let includes = settings.documents.includes.folders();
    let is_whole = settings.content == "." || includes.iter().any(|folder| folder == ".");
    (!is_whole).then(|| folders.chain(includes.iter().cloned()).collect())
}
