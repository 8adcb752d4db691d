//! Reads the handbook of one commit after the other, doing over only what changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{self, SETTINGS_FILE};
use crate::finding::Problem;
use crate::git::ObjectName;
use crate::handbook::{ParsedFile, Reading};
use crate::history::{CopyPlan, Revision, RevisionError};
use crate::place::SourceText;
use crate::project::{OpenError, Project, ProjectRefusal, STANDARDS_FOLDER, THEMES_FOLDER, read_file};
use crate::rules;
use crate::url::OwnPlace;

/// Reads handbooks of the past.
pub(crate) struct Reader {
    copy: Revision,
    own: Vec<OwnPlace>,
    /// Parsed files of the last handbook, by path, with the object that held each.
    kept: HashMap<Arc<str>, (ObjectName, Arc<ParsedFile>)>,
    /// The settings that they were parsed by.
    settings: Option<ObjectName>,
    last: Option<(ObjectName, Reading)>,
}

/// Why a handbook of the past cannot be read.
#[derive(Debug)]
pub(crate) enum PastReadError {
    /// Its files cannot be had.
    Revision(RevisionError),
    /// There is none in the folder.
    NotFound(OpenError),
    /// Its settings, or what they name, cannot be used.
    Refused(ProjectRefusal),
}

impl PastReadError {
    /// The reason, as half a sentence.
    pub(crate) fn reason(&self) -> String {
        match self {
            PastReadError::Revision(error) => error.to_string(),
            PastReadError::NotFound(error) => error.to_string(),
            PastReadError::Refused(refusal) => {
                refusal.problems.first().map_or_else(String::new, |problem| problem.message.to_string())
            }
        }
    }
}

impl Reader {
    /// Prepares to read; `own` are the addresses of the portal's own pages.
    ///
    /// # Errors
    /// When there is no git or repository, or no temporary folder.
    pub(crate) fn new(handbook: &Path, own: &[OwnPlace], plan: CopyPlan<'_>) -> Result<Reader, RevisionError> {
        let copy = Revision::new(handbook, plan)?;
        Ok(Reader { copy, own: own.to_vec(), kept: HashMap::new(), settings: None, last: None })
    }

    /// The handbook of a commit.
    ///
    /// # Errors
    /// When the commit has none, or one that cannot be read.
    pub(crate) fn read(&mut self, commit: &ObjectName) -> Result<&Reading, PastReadError> {
        let reading = match self.last.take() {
            Some((last, reading)) if last == *commit => reading,
            last => self.renew(commit, last.map(|(_, reading)| reading))?,
        };
        Ok(&self.last.insert((commit.clone(), reading)).1)
    }

    /// What the copy of a commit lacks, because git does not have it as a file.
    ///
    /// # Errors
    /// When the commit has no handbook, or one that cannot be read.
    pub(crate) fn missing_files(&mut self, commit: &ObjectName) -> Result<&[Problem], PastReadError> {
        self.read(commit)?;
        Ok(self.copy.missing_files())
    }

    fn renew(&mut self, commit: &ObjectName, earlier: Option<Reading>) -> Result<Reading, PastReadError> {
        let name = &commit.as_str()[..12];
        self.copy.check_out(name, commit).map_err(PastReadError::Revision)?;
        let folder = self.copy.folder().to_path_buf();
        let settings = self.copy.object(SETTINGS_FILE).cloned();
        if settings.is_none() || settings != self.settings {
            self.kept.clear();
            self.settings = settings;
        }
        let project = Project::find(Some(&folder), &self.own).map_err(PastReadError::NotFound)?;
        let Reader { copy, kept, .. } = &*self;
        let known = |path: &Arc<str>| {
            let (object, file) = kept.get(path)?;
            (copy.object(path) == Some(object)).then(|| file.clone())
        };
        let gathered = project
            .gather(&[], |entry, settings, vocabulary| match known(&entry.path) {
                Some(file) if settings.documents.includes.are(&file.body.included.files) => Ok(file),
                _ => read_file(entry, settings, vocabulary).map(Arc::new),
            })
            .map_err(PastReadError::Refused)?;
        let kept = gathered
            .files
            .iter()
            .filter_map(|file| Some((file.path().clone(), (copy.object(file.path())?.clone(), file.clone()))));
        let kept = kept.collect();
        self.kept = kept;
        gathered.assemble(earlier.as_ref()).map_err(PastReadError::Refused)
    }
}

/// The folders that a handbook with these settings reads, below its own; `None` when the settings cannot be read, or all of
/// it is read.
pub(crate) fn folders_read(settings: &str) -> Option<Vec<String>> {
    let settings = config::read(&Arc::new(SourceText::new(SETTINGS_FILE, settings)), &rules::names()).ok()?;
    let own = [settings.content.as_str(), STANDARDS_FOLDER, THEMES_FOLDER];
    let folders = own.into_iter().chain(settings.folders_of_assets()).map(str::to_owned);
    let includes = settings.documents.includes.folders();
    let is_whole = settings.content == "." || includes.iter().any(|folder| folder == ".");
    (!is_whole).then(|| folders.chain(includes.iter().cloned()).collect())
}
