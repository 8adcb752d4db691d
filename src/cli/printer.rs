//! Prints pages with a browser, one after the other, and moves the files to their destinations.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::interrupt::{Interrupt, timeout_message};
use super::pdf::PdfJob;
use super::{CommandResult, Failure, output};
use crate::browser::{Browser, BrowserError, MIN_VERSION, PrintJob};
use crate::source::read_whole;

/// The time limit of a command.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeLimit {
    pub(super) started: Instant,
    pub(super) limit: Duration,
}

impl TimeLimit {
    fn remaining(self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }
}

/// The share of the first of several tasks in the remaining time; each task is given by its default time limit.
fn time_share(left: Duration, tasks: &[Duration]) -> Duration {
    let all: Duration = tasks.iter().sum();
    let first = tasks.first().copied().unwrap_or_default();
    if all.is_zero() { left } else { left.mul_f64(first.as_secs_f64() / all.as_secs_f64()) }
}

/// Prints pages with a browser.
pub(super) struct Printer<'a> {
    pub(super) browser: Browser,
    /// A temporary folder that contains the pages in `site`.
    pub(super) work_folder: &'a Path,
    pub(super) time: TimeLimit,
    pub(super) interrupt: &'a Interrupt,
}

impl Printer<'_> {
    pub(super) fn warn_if_outdated(&self) {
        let version = self.browser.version(self.work_folder, self.time.remaining(), &self.interrupt.flag());
        if let Some(version) = version.filter(|version| *version < MIN_VERSION) {
            output::note(&format!(
                "warning: this browser's version is {version}; the foot of each page, with id, version and page \
                 number, needs {MIN_VERSION}"
            ));
        }
    }

    /// Prints all PDFs; failures are reported for each file.
    pub(super) fn print(&self, jobs: &[PdfJob], targets: &[PathBuf]) -> CommandResult {
        let times: Vec<Duration> = jobs.iter().map(PdfJob::default_limit).collect();
        let mut failures = Vec::new();
        for (at, (job, target)) in jobs.iter().zip(targets).enumerate() {
            let result = match self.interrupt.reason() {
                Some(reason) => Err(Failure::new(reason.to_owned())),
                None => self.print_one(job, target, time_share(self.time.remaining(), &times[at..])),
            };
            match result {
                Ok(bytes) => output::print(&format!("{} ({} kB)\n", target.display(), bytes.div_ceil(1000)))?,
                Err(failure) => failures.push(format!("`{}` was not written: {}", target.display(), failure.text())),
            }
        }
        if failures.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(Failure::new(failures.join("\n"))) }
    }

    /// Prints all PDFs and returns their names and contents, without saving them.
    pub(super) fn print_to_memory(&self, jobs: &[PdfJob]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let times: Vec<Duration> = jobs.iter().map(PdfJob::default_limit).collect();
        let target = self.work_folder.join("copy.pdf");
        let contents = jobs.iter().enumerate().map(|(at, job)| {
            if let Some(reason) = self.interrupt.reason() {
                return Err(Failure::new(reason.to_owned()));
            }
            self.print_one(job, &target, time_share(self.time.remaining(), &times[at..]))?;
            Ok((job.name.clone(), read_whole(&target)?))
        });
        contents.collect()
    }

    /// Prints one PDF; returns its length in bytes.
    fn print_one(&self, job: &PdfJob, target: &Path, limit: Duration) -> Result<u64, Failure> {
        let pdf_file = self.work_folder.join("made.pdf");
        let page = self.work_folder.join("site").join(job.page.as_path());
        let sheet = PrintJob { page: &page, output: &pdf_file, work_folder: self.work_folder, time_limit: limit };
        self.browser.print(&sheet, &self.interrupt.flag()).map_err(|error| self.print_failure(error))?;
        let length = output::save_from(target, sheet.open_output()?)?;
        fs::remove_file(&pdf_file)?;
        Ok(length)
    }

    fn print_failure(&self, error: BrowserError) -> Failure {
        match (self.interrupt.reason(), error) {
            (Some(why), _) => Failure::new(why.to_owned()),
            (None, BrowserError::TooSlow(limit)) => Failure::new(timeout_message("the browser", limit)),
            (None, error) => Failure::new(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_shared_by_what_is_left_to_do() {
        let seconds = Duration::from_secs;
        assert_eq!(time_share(seconds(100), &[seconds(62)]), seconds(100));
        assert_eq!(time_share(seconds(124), &[seconds(62), seconds(62)]), seconds(62));
        assert_eq!(time_share(seconds(90), &[seconds(60), seconds(120)]), seconds(30));
        assert_eq!(time_share(Duration::ZERO, &[seconds(60), seconds(120)]), Duration::ZERO);
        assert_eq!(time_share(seconds(9), &[]), seconds(9));
    }
}
