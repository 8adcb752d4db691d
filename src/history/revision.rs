//! A handbook at another revision of its repository, read without touching the checkout.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use super::large_files::LargeFiles;
use super::tree::{Blob, BlobKind, CommitListing, list};
use crate::finding::{Problem, reading};
use crate::git::{Git, GitError, ObjectName};
use crate::place::Place;
use crate::platform;
use crate::source::MAX_BYTES;

/// A copy of the handbook's folder at a revision, in a temporary folder that is deleted when this value is dropped. The
/// copy can be moved from one commit to another, which rewrites only files that differ.
#[derive(Debug)]
pub(crate) struct RevisionCopy {
    git: Git,
    option: &'static str,
    prefix: String,
    folder: TempDir,
    /// The files in the folder.
    files: HashMap<PathBuf, (ObjectName, BlobKind)>,
    missing: Vec<Problem>,
    folders: FolderReader,
    large: LargeFiles,
}

/// Returns the folders that a handbook with these settings reads, or `None` if that is not known.
pub(crate) type FolderReader = fn(&str) -> Option<Vec<String>>;

/// How to make a copy.
#[derive(Clone, Copy)]
pub(crate) struct CopyPlan<'a> {
    /// The option that requires the copy, for messages.
    pub(crate) option: &'static str,
    /// Which folders are copied.
    pub(crate) folders: FolderReader,
    /// Called with the temporary folder while it is still empty.
    pub(crate) on_create: &'a dyn Fn(&Path),
}

/// Why a revision cannot be read; each variant is shown as a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RevisionError {
    /// Git could not be run.
    #[error("{0} needs git, which could not be run: {1}")]
    NoGit(&'static str, io::Error),
    /// The handbook is not in a repository, or git refuses to use it.
    #[error("{0} needs the handbook to be in a Git repository (`git init`): {1}")]
    NoRepository(&'static str, String),
    /// The repository has no such revision.
    #[error("revision `{0}` not found; in a shallow clone, fetch it or clone the full history")]
    NoRevision(String),
    /// The revision has no handbook in this folder.
    #[error("this handbook's folder has no clausebook.yaml at `{0}`")]
    NoHandbook(String),
    /// Git failed to return files.
    #[error("git could not read `{revision}`: {reason}")]
    Git {
        /// The revision.
        revision: String,
        /// Git's error message.
        reason: String,
    },
    /// The copy could not be written.
    #[error("the handbook at another revision could not be copied to a temporary folder: {0}")]
    Copy(#[from] io::Error),
}

impl RevisionCopy {
    /// Prepares an empty copy.
    ///
    /// # Errors
    /// If git or the repository is missing, or the temporary folder cannot be created.
    pub(crate) fn new(handbook: &Path, plan: CopyPlan<'_>) -> Result<RevisionCopy, RevisionError> {
        let CopyPlan { option, folders, on_create } = plan;
        let no_repository = |error| no_repository(option, error);
        let git = Git::of(handbook).map_err(no_repository)?;
        let prefix = git.prefix().map_err(no_repository)?;
        let store = git.common_folder().map_err(no_repository)?.join("lfs/objects");
        let large = LargeFiles { store, folder: handbook.to_path_buf() };
        let folder = tempfile::Builder::new().prefix("clausebook-base-").tempdir()?;
        on_create(folder.path());
        Ok(RevisionCopy { git, option, prefix, folder, files: HashMap::new(), missing: Vec::new(), folders, large })
    }

    /// Copies a handbook's folder as it was at `revision`, and returns the copy with its commit.
    ///
    /// # Errors
    /// If git, the repository, the revision or the handbook is missing, or the copy cannot be written.
    pub(crate) fn read(
        handbook: &Path,
        revision: &str,
        plan: CopyPlan<'_>,
    ) -> Result<(RevisionCopy, ObjectName), RevisionError> {
        let mut copy = RevisionCopy::new(handbook, plan)?;
        let commit = copy.git.commit(revision).map_err(|error| match error {
            GitError::Refused(_) => RevisionError::NoRevision(revision.to_owned()),
            other => unreadable(copy.option, revision, other),
        })?;
        copy.check_out(revision, &commit)?;
        Ok((copy, commit))
    }

    /// Changes the copy to another commit, called `revision` in messages.
    ///
    /// # Errors
    /// If the commit has no handbook in this folder, git fails, or the copy cannot be written.
    pub(crate) fn check_out(&mut self, revision: &str, commit: &ObjectName) -> Result<(), RevisionError> {
        let option = self.option;
        let failed = |error| unreadable(option, revision, error);
        let CommitListing { blobs: all, unreadable: mut lost } =
            list(&self.git, commit, &self.prefix).map_err(failed)?;
        let settings = all.iter().find(|blob| blob.is_settings());
        let settings = settings.ok_or_else(|| RevisionError::NoHandbook(revision.to_owned()))?;
        let folders = self.folders_of(settings).map_err(failed)?;
        lost.retain(|(path, _)| folders.as_deref().is_none_or(|folders| is_in(path, folders)));
        self.missing = lost.iter().map(|(path, reason)| missing_file_problem(path, reason)).collect();
        let blobs = needed_files(all, folders.as_deref());
        self.clear(&blobs)?;
        self.fill(blobs).map_err(failed)
    }

    /// The blob of a file in the copy, or `None` for a link.
    pub(crate) fn object(&self, path: &str) -> Option<&ObjectName> {
        self.files.get(Path::new(path)).filter(|(_, kind)| *kind != BlobKind::Link).map(|(object, _)| object)
    }

    /// A problem for each path in the handbook's folders that the copy lacks because git does not have it as a file.
    pub(crate) fn missing_files(&self) -> &[Problem] {
        &self.missing
    }

    /// The path of the copy.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn folders_of(&self, settings: &Blob) -> Result<Option<Vec<String>>, GitError> {
        let mut folders = None;
        self.git.read_objects(&[&settings.object], MAX_BYTES, |_, bytes| {
            folders = (self.folders)(&String::from_utf8_lossy(&bytes));
            Ok(())
        })?;
        Ok(folders)
    }

    /// Removes files that are not wanted, and every link, so that nothing is written through a link.
    fn clear(&mut self, blobs: &[Blob]) -> io::Result<()> {
        let stays: HashSet<(&Path, &ObjectName, bool)> =
            blobs.iter().map(|blob| (&*blob.path, &blob.object, blob.kind == BlobKind::Link)).collect();
        let folder = self.folder.path();
        let mut result = Ok(());
        self.files.retain(|path, (object, kind)| {
            let keep = *kind != BlobKind::Link && stays.contains(&(&**path, &*object, false));
            if !keep && result.is_ok() {
                result = remove(folder, path);
            }
            keep
        });
        result
    }

    /// Writes the missing files, links last.
    fn fill(&mut self, requested: Vec<Blob>) -> Result<(), GitError> {
        let new: Vec<Blob> = requested.into_iter().filter(|blob| !self.files.contains_key(&blob.path)).collect();
        let target = self.folder.path();
        let mut links = Vec::new();
        let (texts, assets): (Vec<&Blob>, Vec<&Blob>) = new.iter().partition(|blob| blob.kind != BlobKind::Asset);
        for (blobs, max_bytes) in [(texts, MAX_BYTES), (assets, u64::MAX - 1)] {
            let names: Vec<&ObjectName> = blobs.iter().map(|blob| &blob.object).collect();
            self.git.read_objects(&names, max_bytes, |at, bytes| match blobs[at].kind {
                BlobKind::Link => {
                    links.push((&blobs[at].path, bytes));
                    Ok(())
                }
                BlobKind::Asset => {
                    let large = self.large.content(&blobs[at].path, &bytes);
                    write(&target.join(&blobs[at].path), &large.unwrap_or(bytes))
                }
                _ => write(&target.join(&blobs[at].path), &bytes),
            })?;
        }
        for (path, leads_to) in links {
            create_link(target, path, &leads_to)?;
        }
        self.files.extend(new.into_iter().map(|blob| (blob.path, (blob.object, blob.kind))));
        Ok(())
    }
}

/// The files that a handbook reads: its settings and the content of its folders. If there are links, all files are
/// needed, because a link may point to any of them.
pub(super) fn needed_files(all: Vec<Blob>, folders: Option<&[String]>) -> Vec<Blob> {
    let Some(folders) = folders else { return all };
    let is_needed = |blob: &Blob| blob.is_settings() || is_in(&blob.path, folders);
    if all.iter().any(|blob| blob.kind == BlobKind::Link && is_needed(blob)) {
        return all;
    }
    all.into_iter().filter(is_needed).collect()
}

fn is_in(path: &Path, folders: &[String]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn missing_file_problem(path: &Path, reason: &str) -> Problem {
    let place = Place::file(path.to_string_lossy().replace('\\', "/"));
    Problem::new(reading::UNREADABLE_SOURCE, place, reason)
        .help("judge the checked-out handbook, in which it can be read; here it is left out")
}

fn no_repository(option: &'static str, error: GitError) -> RevisionError {
    match error {
        GitError::Refused(reason) => RevisionError::NoRepository(option, reason),
        other => unreadable(option, "HEAD", other),
    }
}

fn unreadable(option: &'static str, revision: &str, error: GitError) -> RevisionError {
    let reason = match error {
        GitError::NotRun(error) => return RevisionError::NoGit(option, error),
        GitError::Failed(error) => return RevisionError::Copy(error),
        GitError::TooSlow(limit) => format!("it did not respond within {} seconds", limit.as_secs()),
        GitError::Refused(reason) | GitError::Unexpected(reason) => reason,
    };
    RevisionError::Git { revision: revision.to_owned(), reason }
}

/// Removes a file, and any parent folders that this leaves empty.
fn remove(target: &Path, path: &Path) -> io::Result<()> {
    match fs::remove_file(target.join(path)) {
        // A link that pointed outside the folder was never created.
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let above = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    above.map(|folder| fs::remove_dir(target.join(folder))).take_while(Result::is_ok).for_each(drop);
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Creates a symbolic link, unless it points outside the handbook's folder. If links require special rights, the target
/// file is copied instead.
fn create_link(target: &Path, path: &Path, leads_to: &[u8]) -> io::Result<()> {
    let Ok(leads_to) = std::str::from_utf8(leads_to) else { return Ok(()) };
    if !is_inside_folder(path, Path::new(leads_to)) {
        return Ok(());
    }
    let place = target.join(path);
    let folder = place.parent().unwrap_or(target);
    fs::create_dir_all(folder)?;
    if platform::HAS_SYMBOLIC_LINKS {
        return platform::symbolic_link(Path::new(leads_to), &place);
    }
    let from = folder.join(leads_to);
    if from.is_file() { fs::copy(from, place).map(drop) } else { Ok(()) }
}

/// Whether a link at `path` with target `leads_to` stays inside the folder that `path` is relative to.
fn is_inside_folder(path: &Path, leads_to: &Path) -> bool {
    let mut depth = path.components().count() as i64 - 1;
    leads_to.components().all(|part| {
        match part {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir => depth -= 1,
            Component::RootDir | Component::Prefix(_) => return false,
        }
        depth >= 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_out_of_the_handbook_are_reported() {
        let inside = |path: &str, leads_to: &str| is_inside_folder(Path::new(path), Path::new(leads_to));
        assert!(inside("content/a.md", "b.md"));
        assert!(inside("content/a.md", "../clausebook.yaml"));
        assert!(!inside("content/a.md", "../../secret"));
        assert!(!inside("content/a.md", "x/../../../secret"));
        assert!(!inside("content/a.md", "/etc/passwd"));
    }
}
