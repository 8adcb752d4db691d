//! Objects of a repository.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::str::FromStr;

use super::output::OutputReader;
use super::watchdog::Watchdog;
use super::{Git, GitError, LIMIT};

/// The size of the read buffer in bytes.
const READ_BUFFER_SIZE: usize = 128 * 1024;

/// The maximum length of an object name in digits.
const MAX_NAME_DIGITS: usize = 64;

/// The full name of an object: 40 or 64 hexadecimal digits. There are many names, so they are stored inline.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectName {
    /// Lower-case hexadecimal digits, padded with zeros.
    digits: [u8; MAX_NAME_DIGITS],
    length: u8,
}

impl ObjectName {
    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        self.digits.get(..usize::from(self.length)).and_then(|name| str::from_utf8(name).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ObjectName").field(&self.as_str()).finish()
    }
}

impl FromStr for ObjectName {
    type Err = ();

    fn from_str(text: &str) -> Result<ObjectName, ()> {
        let length = match text.len() {
            40 => 40,
            MAX_NAME_DIGITS => 64,
            _ => return Err(()),
        };
        let mut digits = [0; MAX_NAME_DIGITS];
        for (digit, byte) in digits.iter_mut().zip(text.bytes()) {
            *digit = byte.to_ascii_lowercase();
        }
        let is_name = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_name { Ok(ObjectName { digits, length }) } else { Err(()) }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<io::Error> for GitError {
    fn from(error: io::Error) -> GitError {
        GitError::Failed(error)
    }
}

impl Git {
    /// Reads many objects with a single process, and passes each to `take` with its index in the list. Objects longer
    /// than `max_bytes` bytes are cut off after one more byte.
    ///
    /// # Errors
    /// If git fails or lacks any of the objects.
    pub(crate) fn read_objects(
        &self,
        object_names: &[&ObjectName],
        max_bytes: u64,
        mut take: impl FnMut(usize, Vec<u8>) -> io::Result<()>,
    ) -> Result<(), GitError> {
        let mut lacking = None;
        self.read_present_objects(object_names, max_bytes, |at, bytes| match bytes {
            Some(bytes) => take(at, bytes),
            None => {
                lacking = Some(at);
                Err(io::Error::other("an object is missing"))
            }
        })
        .map_err(|error| match lacking {
            Some(at) => GitError::Unexpected(format!("it lacks an object ({})", object_names[at])),
            None => error,
        })
    }

    /// Reads objects of which some may be missing, as in a partial clone. Missing objects are passed as `None`.
    ///
    /// # Errors
    /// If git fails.
    pub(crate) fn read_present_objects(
        &self,
        object_names: &[&ObjectName],
        max_bytes: u64,
        mut take: impl FnMut(usize, Option<Vec<u8>>) -> io::Result<()>,
    ) -> Result<(), GitError> {
        if object_names.is_empty() {
            return Ok(());
        }
        let mut command = self.command();
        command
            .args(["cat-file", "--batch", "--buffer"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut git = command.spawn().map_err(GitError::NotRun)?;
        let watchdog = Watchdog::watch(&git, LIMIT);
        let stdin = git.stdin.take();
        let names: String = object_names.iter().map(|object| format!("{object}\n")).collect();
        // Git answers while it still receives names, so a separate thread writes them.
        let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(names.as_bytes())));
        let mut answers = BufReader::with_capacity(READ_BUFFER_SIZE, OutputReader::new(&mut git)?);
        let mut each = (0..object_names.len())
            .map(|at| parse_object(&mut answers, max_bytes).and_then(|bytes| Ok(take(at, bytes)?)));
        let result = each.find(Result::is_err).unwrap_or(Ok(()));
        if result.is_err() {
            // The rest of git's output is not needed, and git must not block on writing it.
            let _ = git.kill();
        }
        drop(answers);
        let _ = asking.join();
        git.wait()?;
        if watchdog.has_stopped_program() { Err(GitError::TooSlow(LIMIT)) } else { result }
    }
}

impl Git {
    /// Returns the object names of files, in the same order. Paths are relative to `root`, which is absolute.
    ///
    /// # Errors
    /// If git fails, or a path cannot be passed to it.
    pub(crate) fn hash_files(&self, root: &Path, files: &[PathBuf]) -> Result<Vec<ObjectName>, GitError> {
        let mut paths = String::new();
        for file in files {
            let path = root.join(file);
            let path = path.to_str().filter(|path| !path.contains(['\n', '\r']) && !path.starts_with('"'));
            paths.push_str(path.ok_or_else(|| GitError::Unexpected("a path is not valid text".to_owned()))?);
            paths.push('\n');
        }
        let mut command = self.command();
        command.args(["hash-object", "--no-filters", "--stdin-paths"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut git = command.spawn().map_err(GitError::NotRun)?;
        let watchdog = Watchdog::watch(&git, LIMIT);
        let stdin = git.stdin.take();
        // Git answers while it still receives paths, so a separate thread writes them.
        let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(paths.as_bytes())));
        let output = git.wait_with_output()?;
        let _ = asking.join();
        let names: Option<Vec<ObjectName>> =
            String::from_utf8_lossy(&output.stdout).lines().map(|name| name.parse().ok()).collect();
        let names = names.filter(|names| output.status.success() && names.len() == files.len());
        match names {
            _ if watchdog.has_stopped_program() => Err(GitError::TooSlow(LIMIT)),
            Some(names) => Ok(names),
            None => Err(GitError::Unexpected("it could not hash every file".to_owned())),
        }
    }
}

/// Parses `object SP type SP size LF content LF`, or `object SP missing LF`.
fn parse_object(answers: &mut impl BufRead, max_bytes: u64) -> Result<Option<Vec<u8>>, GitError> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        if head.ends_with(" missing\n") {
            return Ok(None);
        }
        return Err(GitError::Unexpected(match head.trim_end() {
            "" => "it stopped answering".to_owned(),
            head => format!("it lacks an object ({head})"),
        }));
    };
    let kept_bytes = size.min(max_bytes.saturating_add(1));
    let mut bytes = Vec::with_capacity(usize::try_from(kept_bytes).unwrap_or_default().min(READ_BUFFER_SIZE));
    answers.by_ref().take(kept_bytes).read_to_end(&mut bytes)?;
    io::copy(&mut answers.by_ref().take(size - kept_bytes + 1), &mut io::sink())?;
    if bytes.len() as u64 == kept_bytes {
        Ok(Some(bytes))
    } else {
        Err(GitError::Unexpected("it stopped answering".to_owned()))
    }
}
