//! The folders and handbooks on which programs are measured.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use tempfile::TempDir;

use super::machine::Machine;
use super::process::{self, Usage};
use crate::generator::{self, Summary};

/// A folder in memory, on systems with one.
const MEMORY: &str = "/dev/shm";

/// The environment shared by handbooks of all sizes.
pub struct Setting {
    folder: TempDir,
    disk: bool,
    /// The machine.
    pub machine: Machine,
    /// A Hugo binary to compare with.
    pub hugo: Option<PathBuf>,
}

impl Setting {
    /// Creates a temporary folder below the given one, or in memory.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn new(folder: Option<&Path>, hugo: Option<PathBuf>) -> Result<Setting> {
        let memory = Some(Path::new(MEMORY)).filter(|memory| memory.is_dir());
        let parent = folder.or(memory).map_or_else(std::env::temp_dir, Path::to_owned);
        let machine = Machine::new()?;
        let folder_name = tempfile::Builder::new().prefix("clausebook-bench-").tempdir_in(parent)?;
        Ok(Setting { folder: folder_name, disk: folder.is_some() || memory.is_none(), machine, hugo })
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.disk { "on disk" } else { "in memory" };
        write!(f, "{}; {place}: {}", self.machine, self.folder.path().display())
    }
}

/// A handbook of one size, and a folder for the output.
pub struct Stage<'a> {
    /// The shared environment.
    pub setting: &'a Setting,
    /// The handbook's size.
    pub size: Summary,
    /// Number of runs of each program.
    pub runs: usize,
    folder: PathBuf,
}

impl<'a> Stage<'a> {
    /// Writes a handbook with this number of documents.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new(setting: &'a Setting, documents: usize, runs: Option<usize>) -> Result<Stage<'a>> {
        let folder = setting.folder.path().join(documents.to_string());
        let size = generator::write_handbook(&folder.join("handbook"), documents)?;
        let by_size = if documents < 500 {
            11
        } else if documents < 5000 {
            5
        } else {
            3
        };
        Ok(Stage { setting, size, runs: runs.unwrap_or(by_size), folder })
    }

    /// The handbook's folder.
    pub fn handbook(&self) -> PathBuf {
        self.folder.join("handbook")
    }

    /// The path of a folder in the stage, which need not exist.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a command and returns the resources it used.
    ///
    /// # Errors
    /// If it cannot be run or fails.
    pub fn measure(&self, command: &Command) -> Result<Usage> {
        if self.setting.disk {
            // Flush the output of earlier runs, so that it does not slow this one down.
            rustix::fs::sync();
        }
        process::measure(command)
    }

    /// Removes the output before the next run. On disk the folder is only renamed, because creating files is slow after
    /// deleting many.
    ///
    /// # Errors
    /// If the folder cannot be removed or renamed.
    pub fn discard(&self, folder: &Path, round: usize) -> Result<()> {
        if self.setting.disk {
            fs::rename(folder, folder.with_extension(round.to_string()))?;
        } else {
            fs::remove_dir_all(folder)?;
        }
        Ok(())
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // Ignore errors: the temporary folder of the setting is removed later anyway.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl fmt::Display for Stage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.size.bytes as f64 / 1e6;
        write!(f, "{} documents, {megabytes:.1} MB, medians of {} interleaved runs", self.size.documents, self.runs)
    }
}
