//! A handbook as it was at another revision of its repository, read without touching the checkout.

use std::fs;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use crate::config::SETTINGS_FILE;
use crate::git::{Git, GitError, ObjectName};
use crate::platform;
use crate::source::MAX_BYTES;

/// A copy of the handbook's folder as it was, in a temporary folder that goes with this value.
#[derive(Debug)]
pub(crate) struct Revision {
    folder: TempDir,
}

/// Why a revision cannot be read; each a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RevisionError {
    /// There is no git.
    #[error("--base needs git, which could not be run: {0}")]
    NoGit(std::io::Error),
    /// The handbook is in no repository, or one that git refuses.
    #[error("--base needs the handbook to be in a git repository: {0}")]
    NoRepository(String),
    /// The repository has no such revision.
    #[error("revision `{0}` not found; in a shallow clone, fetch it or clone the full history")]
    NoRevision(String),
    /// The revision has no handbook in this folder.
    #[error("at `{0}` there is no {SETTINGS_FILE} in this handbook's folder")]
    NoHandbook(String),
    /// Git failed while it was asked for files.
    #[error("git could not read `{revision}`: {reason}")]
    Git {
        /// The revision.
        revision: String,
        /// What git said.
        reason: String,
    },
    /// The copy could not be written.
    #[error("the handbook at another revision could not be copied to a temporary folder: {0}")]
    Copy(#[from] std::io::Error),
}

/// A file of the revision that is worth reading or knowing of.
struct Blob {
    /// Path below the handbook's folder.
    path: PathBuf,
    object: ObjectName,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its text is read.
    Text,
    /// Only that it exists is known of: a picture, an attachment.
    Asset,
    /// Its text is a path.
    Link,
}

impl Revision {
    /// Copies a handbook's folder as it was at `revision`.
    ///
    /// Attachments are copied without their content unless a digest may cover it. `made` is told of the temporary folder
    /// before anything is in it.
    ///
    /// # Errors
    /// When there is no git, repository, revision or handbook, or the copy cannot be written.
    pub(crate) fn read(handbook: &Path, revision: &str, made: &dyn Fn(&Path)) -> Result<Revision, RevisionError> {
        let git = Git::of(handbook).map_err(|error| no_repository(revision, error))?;
        let prefix = git.run(&["rev-parse", "--show-prefix"]).map_err(|error| no_repository(revision, error))?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']).to_owned();
        let commit = git.commit(revision).map_err(|error| match error {
            GitError::Refused(_) => RevisionError::NoRevision(revision.to_owned()),
            other => unreadable(revision, other),
        })?;
        let blobs = list(&git, &commit, &prefix).map_err(|error| unreadable(revision, error))?;
        if !blobs.iter().any(|blob| blob.path == Path::new(SETTINGS_FILE)) {
            return Err(RevisionError::NoHandbook(revision.to_owned()));
        }
        let folder = tempfile::Builder::new().prefix("clausebook-base-").tempdir()?;
        made(folder.path());
        copy(&git, revision, &blobs, folder.path())?;
        Ok(Revision { folder })
    }

    /// Where the copy is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn no_repository(revision: &str, error: GitError) -> RevisionError {
    match error {
        GitError::Refused(reason) => RevisionError::NoRepository(reason),
        other => unreadable(revision, other),
    }
}

fn unreadable(revision: &str, error: GitError) -> RevisionError {
    let reason = match error {
        GitError::NotRun(error) => return RevisionError::NoGit(error),
        GitError::Failed(error) => return RevisionError::Copy(error),
        GitError::TooSlow(limit) => format!("it had no answer after {} seconds", limit.as_secs()),
        GitError::Refused(reason) | GitError::Unexpected(reason) => reason,
    };
    RevisionError::Git { revision: revision.to_owned(), reason }
}

fn list(git: &Git, commit: &ObjectName, prefix: &str) -> Result<Vec<Blob>, GitError> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit.as_str()];
    if !prefix.is_empty() {
        arguments.extend(["--", prefix]);
    }
    let listed = git.run(&arguments)?;
    Ok(listed.split(|byte| *byte == 0).filter_map(|entry| blob(entry, prefix)).collect())
}

/// Reads `mode SP type SP object TAB path`; what is no file, or has a path that leads out, is left out.
fn blob(entry: &[u8], prefix: &str) -> Option<Blob> {
    let entry = std::str::from_utf8(entry).ok()?;
    let (facts, path) = entry.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, object) = (facts.next()?, facts.next()?, facts.next()?.parse().ok()?);
    let path = PathBuf::from(path.strip_prefix(prefix)?);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let kind = match (mode, kind) {
        ("120000", "blob") => Kind::Link,
        (_, "blob") if is_text(&path) => Kind::Text,
        (_, "blob") => Kind::Asset,
        _ => return None,
    };
    is_inside.then_some(Blob { path, object, kind })
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    crate::path::is_markdown(&path.to_string_lossy()) || matches!(ending, "yaml" | "yml")
}

/// Writes the files, links last so that nothing is written through one. Attachments keep their content only where a text
/// may name a digest that covers it.
fn copy(git: &Git, revision: &str, blobs: &[Blob], target: &Path) -> Result<(), RevisionError> {
    let (texts, assets): (Vec<&Blob>, Vec<&Blob>) = blobs.iter().partition(|blob| blob.kind != Kind::Asset);
    let mut links = Vec::new();
    let mut covers_assets = false;
    take(git, revision, (&texts, MAX_BYTES), |blob, bytes| {
        if blob.kind == Kind::Link {
            links.push((blob.path.clone(), bytes));
            return Ok(());
        }
        covers_assets |= names_rendered_text(&bytes);
        write(&target.join(&blob.path), &bytes)
    })?;
    if covers_assets {
        take(git, revision, (&assets, u64::MAX), |blob, bytes| write(&target.join(&blob.path), &bytes))?;
    } else {
        assets.iter().try_for_each(|asset| write(&target.join(&asset.path), b""))?;
    }
    for (path, leads_to) in links {
        link(target, &path, &leads_to)?;
    }
    Ok(())
}

/// Takes the content of blobs from one `git cat-file`, of each up to so many bytes.
fn take(
    git: &Git,
    revision: &str,
    (blobs, most): (&[&Blob], u64),
    mut each: impl FnMut(&Blob, Vec<u8>) -> std::io::Result<()>,
) -> Result<(), RevisionError> {
    let names: Vec<&ObjectName> = blobs.iter().map(|blob| &blob.object).collect();
    if names.is_empty() {
        return Ok(());
    }
    git.objects(&names, most, |at, bytes| each(blobs[at], bytes)).map_err(|error| unreadable(revision, error))
}

/// Whether a digest of a text as it is rendered may stand in a file: `2:` and 32 hexadecimal digits.
fn names_rendered_text(bytes: &[u8]) -> bool {
    let is_digest = |rest: &[u8]| rest.len() == 32 && rest.iter().all(u8::is_ascii_hexdigit);
    bytes.windows(34).any(|window| window.starts_with(b"2:") && is_digest(&window[2..]))
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Creates a symbolic link, unless it leads out of the handbook's folder; where links need special rights, the file it leads
/// to is copied.
fn link(target: &Path, path: &Path, leads_to: &[u8]) -> std::io::Result<()> {
    let Ok(leads_to) = std::str::from_utf8(leads_to) else { return Ok(()) };
    if !stays_inside(path, Path::new(leads_to)) {
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

/// Whether a link at `path` that leads to `leads_to` stays in the folder that both are relative to.
fn stays_inside(path: &Path, leads_to: &Path) -> bool {
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
    fn links_that_lead_out_are_told() {
        let inside = |path: &str, leads_to: &str| stays_inside(Path::new(path), Path::new(leads_to));
        assert!(inside("content/a.md", "b.md"));
        assert!(inside("content/a.md", "../clausebook.yaml"));
        assert!(!inside("content/a.md", "../../secret"));
        assert!(!inside("content/a.md", "x/../../../secret"));
        assert!(!inside("content/a.md", "/etc/passwd"));
    }

    #[test]
    fn only_files_below_the_prefix_are_taken() {
        let path = |entry: &[u8]| blob(entry, "sms/").map(|blob| blob.path);
        assert_eq!(
            path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tsms/content/a.md"),
            Some(PathBuf::from("content/a.md"))
        );
        assert_eq!(path(b"160000 commit 0123456789abcdef0123456789abcdef01234567\tsms/module"), None);
        assert_eq!(path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tsms/../x.md"), None);
        assert_eq!(path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tother/a.md"), None);
        assert_eq!(path(b""), None);
    }
}
