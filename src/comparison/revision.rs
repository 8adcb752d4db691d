//! A handbook as it was at another revision of its repository, read without touching the checkout.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::project::SETTINGS_FILE;

/// A copy of the handbook's folder as it was, in a temporary folder that goes with this value.
#[derive(Debug)]
pub struct Revision {
    folder: TempDir,
}

/// Why a revision cannot be read; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// There is no git.
    #[error("--base needs git, which could not be run: {0}")]
    NoGit(std::io::Error),
    /// The handbook is in no repository, or one that git refuses.
    #[error("--base needs the handbook to be in a git repository: {0}")]
    NoRepository(String),
    /// The repository has no such revision.
    #[error(
        "the repository has no revision `{0}`; a shallow clone may lack it: fetch it, or clone with the whole history"
    )]
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
    object: String,
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
    /// Attachments are copied without their content, since nothing looks into them.
    ///
    /// # Errors
    /// When there is no git, repository, revision or handbook, or the copy cannot be written.
    pub fn read(handbook: &Path, revision: &str) -> Result<Revision, RevisionError> {
        let prefix = git(handbook, &["rev-parse", "--show-prefix"])?.map_err(RevisionError::NoRepository)?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']).to_owned();
        let commit = commit(handbook, revision)?;
        let blobs = list(handbook, revision, &commit, &prefix)?;
        if !blobs.iter().any(|blob| blob.path == Path::new(SETTINGS_FILE)) {
            return Err(RevisionError::NoHandbook(revision.to_owned()));
        }
        let folder = tempfile::Builder::new().prefix("clausebook-base-").tempdir()?;
        copy(handbook, revision, &blobs, folder.path())?;
        Ok(Revision { folder })
    }

    /// Where the copy is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Runs git; the inner error is what it said.
fn git(folder: &Path, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, RevisionError> {
    let output = command(folder).args(arguments).output().map_err(RevisionError::NoGit)?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    Ok(Err(said(&output.stderr)))
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null());
    // A hook of git is told where its repository is relative to a folder that need not be this one.
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"].iter().for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// The first line of what git said, without its `fatal:`.
fn said(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("it gave no reason");
    line.trim_start_matches("fatal: ").trim().to_owned()
}

fn commit(handbook: &Path, revision: &str) -> Result<String, RevisionError> {
    let unknown = || RevisionError::NoRevision(revision.to_owned());
    let wanted = format!("{revision}^{{commit}}");
    let found = git(handbook, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    let found = found.map_err(|_| unknown())?;
    Ok(String::from_utf8_lossy(&found).trim().to_owned())
}

fn list(handbook: &Path, revision: &str, commit: &str, prefix: &str) -> Result<Vec<Blob>, RevisionError> {
    let scope = if prefix.is_empty() { "." } else { prefix };
    // A prefix is a path, not a pattern, whatever characters it holds.
    let arguments = ["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", scope];
    let arguments = if prefix.is_empty() { &arguments[..6] } else { &arguments[..] };
    let listed = git(handbook, arguments)?;
    let listed = listed.map_err(|reason| RevisionError::Git { revision: revision.to_owned(), reason })?;
    Ok(listed.split(|byte| *byte == 0).filter_map(|entry| blob(entry, prefix)).collect())
}

/// Reads `mode SP type SP object TAB path`; what is no file, or has a path that leads out, is left out.
fn blob(entry: &[u8], prefix: &str) -> Option<Blob> {
    let entry = std::str::from_utf8(entry).ok()?;
    let (facts, path) = entry.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, object) = (facts.next()?, facts.next()?, facts.next()?);
    let path = PathBuf::from(path.strip_prefix(prefix)?);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let kind = match (mode, kind) {
        ("120000", "blob") => Kind::Link,
        (_, "blob") if is_text(&path) => Kind::Text,
        (_, "blob") => Kind::Asset,
        _ => return None,
    };
    is_inside.then(|| Blob { path, object: object.to_owned(), kind })
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    crate::source::is_markdown(&path.to_string_lossy()) || matches!(ending, "yaml" | "yml")
}

/// Writes the files, those with a text from one `git cat-file`, links last so that nothing is written through one.
fn copy(handbook: &Path, revision: &str, blobs: &[Blob], target: &Path) -> Result<(), RevisionError> {
    let (read, assets): (Vec<&Blob>, Vec<&Blob>) = blobs.iter().partition(|blob| blob.kind != Kind::Asset);
    for asset in assets {
        write(&target.join(&asset.path), b"")?;
    }
    let mut links = Vec::new();
    contents(handbook, revision, &read, |blob, bytes| {
        if blob.kind == Kind::Link {
            links.push((blob.path.clone(), bytes));
            return Ok(());
        }
        write(&target.join(&blob.path), &bytes)
    })?;
    for (path, leads_to) in links {
        link(target, &path, &leads_to)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Asks one git process for many objects, and hands over each as it comes.
fn contents(
    handbook: &Path,
    revision: &str,
    blobs: &[&Blob],
    mut take: impl FnMut(&Blob, Vec<u8>) -> std::io::Result<()>,
) -> Result<(), RevisionError> {
    let mut git = command(handbook);
    git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut git = git.spawn().map_err(RevisionError::NoGit)?;
    let (stdin, stdout) = (git.stdin.take(), git.stdout.take());
    let objects: String = blobs.iter().map(|blob| format!("{}\n", blob.object)).collect();
    // Git answers while it is still being asked, so asking must not wait for the answers to be read.
    let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(objects.as_bytes())));
    let mut answers = BufReader::new(stdout.ok_or_else(|| std::io::Error::other("git has no output"))?);
    let mut result = Ok(());
    for blob in blobs {
        result = object(&mut answers, revision).and_then(|bytes| Ok(take(blob, bytes)?));
        if result.is_err() {
            // What git still has to say is of no use, and it must not wait for a reader.
            let _ = git.kill();
            break;
        }
    }
    let _ = asking.join();
    git.wait()?;
    result
}

/// Reads `object SP type SP size LF content LF`.
fn object(answers: &mut impl BufRead, revision: &str) -> Result<Vec<u8>, RevisionError> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let Some(size) = size else {
        let reason = match head.trim_end() {
            "" => "it stopped answering".to_owned(),
            head => format!("it lacks an object ({head})"),
        };
        return Err(RevisionError::Git { revision: revision.to_owned(), reason });
    };
    let mut bytes = Vec::new();
    answers.by_ref().take(size as u64 + 1).read_to_end(&mut bytes)?;
    bytes.truncate(size);
    Ok(bytes)
}

/// Makes a symbolic link, unless it leads out of the handbook's folder.
#[cfg(unix)]
fn link(target: &Path, path: &Path, leads_to: &[u8]) -> std::io::Result<()> {
    let Ok(leads_to) = std::str::from_utf8(leads_to) else { return Ok(()) };
    if !stays_inside(path, Path::new(leads_to)) {
        return Ok(());
    }
    let place = target.join(path);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    std::os::unix::fs::symlink(leads_to, place)
}

/// Where symbolic links need rights of their own, the file they lead to is copied.
#[cfg(not(unix))]
fn link(target: &Path, path: &Path, leads_to: &[u8]) -> std::io::Result<()> {
    let Ok(leads_to) = std::str::from_utf8(leads_to) else { return Ok(()) };
    let from = target.join(path).parent().unwrap_or(target).join(leads_to);
    if stays_inside(path, Path::new(leads_to)) && from.is_file() {
        fs::copy(from, target.join(path))?;
    }
    Ok(())
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
        assert_eq!(path(b"100644 blob abc\tsms/content/a.md"), Some(PathBuf::from("content/a.md")));
        assert_eq!(path(b"160000 commit abc\tsms/module"), None);
        assert_eq!(path(b"100644 blob abc\tsms/../x.md"), None);
        assert_eq!(path(b"100644 blob abc\tother/a.md"), None);
        assert_eq!(path(b""), None);
    }
}
