//! Git, run as a program; the only room that does.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Why git did not hand over objects.
pub(super) enum ObjectError {
    /// It could not be run.
    NoGit(io::Error),
    /// Reading from it, or what was done with an object, failed.
    Failed(io::Error),
    /// It answered something else.
    Unexpected(String),
}

impl From<io::Error> for ObjectError {
    fn from(error: io::Error) -> ObjectError {
        ObjectError::Failed(error)
    }
}

/// Runs git; the inner error is what it said.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> io::Result<Result<Vec<u8>, String>> {
    let output = command(folder).args(arguments).output()?;
    Ok(if output.status.success() { Ok(output.stdout) } else { Err(said(&output.stderr)) })
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

/// Asks one git process for many objects, and hands over each as it comes, with its place in the list.
pub(super) fn objects(
    folder: &Path,
    wanted: &[&str],
    mut take: impl FnMut(usize, Vec<u8>) -> io::Result<()>,
) -> Result<(), ObjectError> {
    let mut git = command(folder);
    git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut git = git.spawn().map_err(ObjectError::NoGit)?;
    let (stdin, stdout) = (git.stdin.take(), git.stdout.take());
    let names: String = wanted.iter().map(|object| format!("{object}\n")).collect();
    // Git answers while it is still being asked, so asking must not wait for the answers to be read.
    let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(names.as_bytes())));
    let mut answers = BufReader::new(stdout.ok_or_else(|| io::Error::other("git has no output"))?);
    let mut result = Ok(());
    for at in 0..wanted.len() {
        result = object(&mut answers).and_then(|bytes| Ok(take(at, bytes)?));
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
fn object(answers: &mut impl BufRead) -> Result<Vec<u8>, ObjectError> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let Some(size) = size else {
        return Err(ObjectError::Unexpected(match head.trim_end() {
            "" => "it stopped answering".to_owned(),
            head => format!("it lacks an object ({head})"),
        }));
    };
    let mut bytes = Vec::new();
    answers.by_ref().take(size as u64 + 1).read_to_end(&mut bytes)?;
    bytes.truncate(size);
    Ok(bytes)
}
