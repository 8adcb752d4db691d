//! An installed Chromium, which prints pages to PDF files. The only other programs that are run are git and pandoc.
//!
//! It gets its own profile, so that it does not affect an open browser; it does not resolve names, so that nothing is
//! loaded from a network; and it has a time limit. It keeps its sandbox unless the user turns it off.

mod contents;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::program::{RunError, run};
use crate::{platform, program};

/// Names that it may have on the search path, most likely first.
const BROWSER_NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
];
/// The first version that prints headers and footers from style sheets.
pub(crate) const MIN_VERSION: u32 = 131;
/// Options that stop it from prompting, reporting, updating or looking anything up.
const QUIET_OPTIONS: [&str; 12] = [
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
];
/// The time limit for printing its version.
const VERSION_TIMEOUT: Duration = Duration::from_secs(15);
/// The characters to percent-encode in the path of a file URL.
const PATH_ESCAPES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An installed Chromium.
#[derive(Debug)]
pub(crate) struct Browser {
    program: PathBuf,
    uses_sandbox: bool,
}

/// The input and output of printing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PrintJob<'a> {
    /// The page, an absolute path.
    pub(crate) page: &'a Path,
    /// The PDF file, an absolute path.
    pub(crate) output: &'a Path,
    /// A folder for the browser's own files.
    pub(crate) work_folder: &'a Path,
    /// The time limit.
    pub(crate) time_limit: Duration,
}

impl PrintJob<'_> {
    /// Opens the printed file.
    ///
    /// # Errors
    /// If it does not exist or cannot be opened.
    pub(crate) fn open_output(&self) -> io::Result<File> {
        File::open(self.output)
    }
}

/// Why printing failed; each variant is shown as a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BrowserError {
    /// No Chromium is installed.
    #[error(
        "no Chromium found; Clausebook needs one to make PDFs. Install chromium or google-chrome, or name it with \
         --browser or in CLAUSEBOOK_CHROMIUM"
    )]
    NotFound,
    /// The named program was not found.
    #[error("browser `{0}` not found")]
    ProgramNotFound(String),
    /// Chromium has no sandbox for root.
    #[error(
        "Chromium cannot set up its sandbox for root: run this as another user, or, where only trusted people write \
         the handbook, add --no-sandbox"
    )]
    Root,
    /// It could not be started.
    #[error("the browser `{}` could not be started: {source}", .program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// It took too long.
    #[error("the browser took too long")]
    TooSlow(Duration),
    /// The user interrupted it.
    #[error("interrupted")]
    Interrupted,
    /// The page numbers could not be inserted.
    #[error("the page numbers of the contents could not be filled in: {source}")]
    Contents {
        /// The operating system's error.
        source: io::Error,
    },
    /// It ended without producing a PDF.
    #[error("the browser did not produce a PDF ({outcome}){output}")]
    Failed {
        /// How it ended.
        outcome: String,
        /// The last lines of its output, each preceded by a line break.
        output: String,
    },
}

impl Browser {
    /// Finds the named browser, or otherwise one on the search path or where the system installs browsers.
    ///
    /// # Errors
    /// If there is none, or the user is root and has not turned off the sandbox.
    pub(crate) fn find(requested_path: Option<&Path>, sandbox: bool) -> Result<Browser, BrowserError> {
        let program = match requested_path {
            Some(path) => {
                program::find(path).ok_or_else(|| BrowserError::ProgramNotFound(path.display().to_string()))?
            }
            None => BROWSER_NAMES
                .iter()
                .find_map(|name| program::find(Path::new(name)))
                .or_else(|| platform::browser_places().into_iter().find(|file| file.is_file()))
                .ok_or(BrowserError::NotFound)?,
        };
        if sandbox && platform::is_superuser() {
            return Err(BrowserError::Root);
        }
        Ok(Browser { program, uses_sandbox: sandbox })
    }

    /// Its major version, if it prints one within `limit`.
    pub(crate) fn version(&self, work: &Path, limit: Duration, stop: &AtomicBool) -> Option<u32> {
        if !platform::BROWSER_PRINTS_VERSION {
            return None;
        }
        let version_file = work.join("version.txt");
        let mut command = Command::new(&self.program);
        command.arg("--version").stdout(File::create(&version_file).ok()?).stderr(Stdio::null());
        run(command, VERSION_TIMEOUT.min(limit), stop).ok()?;
        parse_version(&std::fs::read_to_string(version_file).ok()?)
    }

    /// Prints a page to a PDF file. A page with contents is printed twice, the second time with page numbers in the
    /// contents.
    pub(crate) fn print(&self, sheet: &PrintJob<'_>, stop: &AtomicBool) -> Result<(), BrowserError> {
        let started = Instant::now();
        self.print_once(sheet, stop)?;
        if contents::fill_page_numbers(sheet).map_err(|source| BrowserError::Contents { source })? {
            let limit = sheet.time_limit.saturating_sub(started.elapsed());
            self.print_once(&PrintJob { time_limit: limit, ..*sheet }, stop)?;
        }
        Ok(())
    }

    fn print_once(&self, sheet: &PrintJob<'_>, stop: &AtomicBool) -> Result<(), BrowserError> {
        let start = |source| BrowserError::Start { program: self.program.clone(), source };
        let log = sheet.work_folder.join("browser.txt");
        let mut command = Command::new(&self.program);
        command.args(QUIET_OPTIONS).stdout(Stdio::null()).stderr(File::create(&log).map_err(start)?);
        command.arg(option("--user-data-dir=", &sheet.work_folder.join("profile")));
        command.arg(option("--print-to-pdf=", sheet.output));
        if !self.uses_sandbox {
            command.arg("--no-sandbox");
        }
        command.arg(file_url(sheet.page));
        let status = match run(command, sheet.time_limit, stop) {
            Ok(status) => status,
            Err(RunError::NotStarted(error)) => return Err(start(error)),
            Err(RunError::TooSlow) => return Err(BrowserError::TooSlow(sheet.time_limit)),
            Err(RunError::Interrupted) => return Err(BrowserError::Interrupted),
        };
        if status.success() && is_pdf(sheet.output) {
            return Ok(());
        }
        let log_bytes = std::fs::read(&log).unwrap_or_default();
        Err(BrowserError::Failed {
            outcome: status.to_string(),
            output: last_lines(&String::from_utf8_lossy(&log_bytes)),
        })
    }
}

fn option(name: &str, value: &Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push(value);
    option
}

/// The URL of a file.
fn file_url(file: &Path) -> String {
    let path = file.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, PATH_ESCAPES)).replace("%3A/", ":/")
}

fn is_pdf(file: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 5];
    File::open(file).and_then(|mut file| file.read_exact(&mut start)).is_ok() && &start == b"%PDF-"
}

/// The first number before a dot: 156 in `Chromium 156.0.8078.79 built on Debian`.
fn parse_version(output: &str) -> Option<u32> {
    output.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// The last lines of a log, each on a separate line.
fn last_lines(log: &str) -> String {
    const MAX_LINES: usize = 5;
    let lines: Vec<&str> = log.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(MAX_LINES)..]
        .iter()
        .map(|line| format!("\n  {}", crate::report::without_controls(line)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_browsers_say() {
        assert_eq!(parse_version("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n"), Some(156));
        assert_eq!(parse_version("Google Chrome 131.0.6778.85 \n"), Some(131));
        assert_eq!(parse_version("no browser"), None);
    }

    #[test]
    fn files_of_any_name_have_an_address() {
        assert_eq!(file_url(Path::new("/tmp/a b/ä#?%.html")), "file:///tmp/a%20b/%C3%A4%23%3F%25.html");
    }

    #[test]
    fn only_the_end_of_a_log_is_reported() {
        assert_eq!(last_lines("a\n\nb\n"), "\n  a\n  b");
        assert_eq!(last_lines("1\n2\n3\n4\n5\n6\n"), "\n  2\n  3\n  4\n  5\n  6");
    }
}
