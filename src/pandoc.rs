//! An installed pandoc, which reads Word files, OpenDocument texts and web pages. This is the only module that runs it.
//!
//! It runs in its own temporary folder, which is deleted when this value is dropped, and in its sandbox, so that it
//! does not read other files or load anything from a network. It has limits of time and memory, and does not use its
//! user's templates and filters.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tempfile::TempDir;

use crate::program::{self, RunError};

/// An installed pandoc with a folder to work in.
#[derive(Debug)]
pub(crate) struct Pandoc {
    program: PathBuf,
    work: TempDir,
    limit: Duration,
}

/// Why pandoc failed; each variant is shown as a sentence or a sentence fragment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PandocError {
    /// Pandoc is not installed.
    #[error(
        "pandoc not found; Clausebook needs it to read Word files, OpenDocument texts and web pages. Install it from your system's packages, or name it with --pandoc"
    )]
    NotFound,
    /// The named program was not found.
    #[error("pandoc `{0}` not found")]
    ProgramNotFound(String),
    /// It could not be started, or its folder could not be used.
    #[error("pandoc could not be run: {0}")]
    NotStarted(#[from] io::Error),
    /// Its folder could not be written.
    #[error(
        "temporary files could not be written: {0}; free space in `{folder}`, or set TMPDIR to another folder",
        folder = std::env::temp_dir().display()
    )]
    Folder(io::Error),
    /// It took too long.
    #[error("pandoc did not finish within {} s and was stopped; use --timeout to allow longer", .0.as_secs())]
    TooSlow(Duration),
    /// The user interrupted it.
    #[error("interrupted")]
    Interrupted,
    /// It has no sandbox.
    #[error("this pandoc is too old; version 2.15 or later is needed")]
    TooOld,
    /// It could not read the file.
    #[error("pandoc cannot read it: {0}")]
    Refused(String),
    /// Its output is too large.
    #[error("pandoc wrote more than {} MiB", MAX_OUTPUT_BYTES / 1024 / 1024)]
    TooLarge,
}

/// The memory limit.
const MEMORY_LIMIT: &str = "-M1500m";
/// The maximum size of its output, in bytes.
const MAX_OUTPUT_BYTES: u64 = 64 * 1024 * 1024;

impl Pandoc {
    /// Finds the named pandoc, or otherwise one on the search path.
    ///
    /// # Errors
    /// If there is none, or its folder cannot be created.
    pub(crate) fn find(program_path: Option<&Path>, limit: Duration) -> Result<Pandoc, PandocError> {
        let program = match program_path {
            Some(program_path) => program::find(program_path)
                .ok_or_else(|| PandocError::ProgramNotFound(program_path.display().to_string()))?,
            None => program::find(Path::new("pandoc")).ok_or(PandocError::NotFound)?,
        };
        // It runs in another folder, so its path must be absolute.
        let program = std::path::absolute(program)?;
        let work = tempfile::Builder::new().prefix("clausebook-import-").tempdir().map_err(PandocError::Folder)?;
        Ok(Pandoc { program, work, limit })
    }

    /// The folder that it works in, which must be deleted when the program ends.
    pub(crate) fn folder(&self) -> &Path {
        self.work.path()
    }

    /// Converts a file of a format to pandoc's JSON.
    pub(crate) fn read(&self, format: &str, bytes: &[u8], stop: &AtomicBool) -> Result<String, PandocError> {
        self.convert(bytes, &["--from", format, "--to", "json", "--track-changes=all"], stop)
    }

    /// Converts pandoc's JSON to Markdown.
    pub(crate) fn write(&self, json: &str, stop: &AtomicBool) -> Result<String, PandocError> {
        self.convert(json.as_bytes(), &["--from", "json", "--to", "gfm", "--wrap=none"], stop)
    }

    fn convert(&self, input: &[u8], arguments: &[&str], stop: &AtomicBool) -> Result<String, PandocError> {
        fs::write(self.work.path().join("input"), input).map_err(PandocError::Folder)?;
        let result = match self.run(&["+RTS", MEMORY_LIMIT, "-RTS"], arguments, stop) {
            // A pandoc built without support for memory limits rejects the option.
            Err(PandocError::Refused(why)) if why.contains("RTS") => self.run(&[], arguments, stop),
            result => result,
        };
        // Pandoc does not always notice that its output is incomplete.
        let is_suspect = match &result {
            Ok(output) => output.trim_end().is_empty(),
            Err(error) => matches!(error, PandocError::Refused(_)),
        };
        if is_suspect {
            fs::write(self.work.path().join("test"), [0; 8192]).map_err(PandocError::Folder)?;
        }
        result
    }

    fn run(&self, limits: &[&str], arguments: &[&str], stop: &AtomicBool) -> Result<String, PandocError> {
        let folder = self.work.path();
        let (output, log) = (folder.join("output"), folder.join("log"));
        let mut command = Command::new(&self.program);
        command.args(limits).arg("--sandbox").args(arguments).arg("input").current_dir(folder);
        command.stdin(Stdio::null()).stdout(File::create(&output)?).stderr(File::create(&log)?);
        command
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_CONFIG_HOME", folder)
            .env("LC_ALL", "C.UTF-8");
        match program::run(command, self.limit, stop) {
            Ok(status) if status.success() => read_output(&output),
            Ok(status) => Err(refusal(&log, &status.to_string())),
            Err(RunError::NotStarted(error)) => Err(PandocError::NotStarted(error)),
            Err(RunError::TooSlow) => Err(PandocError::TooSlow(self.limit)),
            Err(RunError::Interrupted) => Err(PandocError::Interrupted),
        }
    }
}

fn read_output(output: &Path) -> Result<String, PandocError> {
    if fs::metadata(output)?.len() > MAX_OUTPUT_BYTES {
        return Err(PandocError::TooLarge);
    }
    String::from_utf8(fs::read(output)?).map_err(|_| PandocError::Refused("its output is not UTF-8".to_owned()))
}

fn refusal(log: &Path, status: &str) -> PandocError {
    let output = fs::read(log).unwrap_or_default();
    let output = String::from_utf8_lossy(&output);
    let line = output.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("[WARNING]"));
    match line {
        Some(line) if line.contains("--sandbox") => PandocError::TooOld,
        Some(line) => PandocError::Refused(line.chars().take(200).collect()),
        None => PandocError::Refused(status.to_owned()),
    }
}
