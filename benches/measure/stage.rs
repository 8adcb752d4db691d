//! The place and the handbooks for measurements.

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
const MEMORY_FOLDER: &str = "/dev/shm";

/// The setting shared by all sizes.
pub struct Setup {
    folder: TempDir,
    is_on_disk: bool,
    /// The machine.
    pub machine: Machine,
    /// A Hugo binary for comparison.
    pub hugo: Option<PathBuf>,
}

impl Setup {
    /// Creates a folder below the given one, or in memory.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn new(folder: Option<&Path>, hugo: Option<PathBuf>) -> Result<Setup> {
        let memory = Some(Path::new(MEMORY_FOLDER)).filter(|memory| memory.is_dir());
        let parent = folder.or(memory).map_or_else(std::env::temp_dir, Path::to_owned);
        let machine = Machine::new()?;
        let folder_name = tempfile::Builder::new().prefix("clausebook-bench-").tempdir_in(parent)?;
        Ok(Setup { folder: folder_name, is_on_disk: folder.is_some() || memory.is_none(), machine, hugo })
    }
}

impl fmt::Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.is_on_disk { "on disk" } else { "in memory" };
        write!(f, "{}; {place}: {}", self.machine, self.folder.path().display())
    }
}

/// A handbook of one size, with a folder for outputs.
pub struct Stage<'a> {
    /// The setting shared by all sizes.
    pub setup: &'a Setup,
    /// The size of the handbook.
    pub size: Summary,
    /// The number of runs of each program.
    pub runs: usize,
    folder: PathBuf,
}

impl<'a> Stage<'a> {
    /// Writes a handbook with this number of documents.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new(setting: &'a Setup, documents: usize, runs: Option<usize>) -> Result<Stage<'a>> {
        let folder = setting.folder.path().join(documents.to_string());
        let size = generator::write_handbook(&folder.join("handbook"), documents)?;
        let by_size = if documents < 500 {
            11
        } else if documents < 5000 {
            5
        } else {
            3
        };
        Ok(Stage { setup: setting, size, runs: runs.unwrap_or(by_size), folder })
    }

    /// The handbook's folder.
    pub fn handbook(&self) -> PathBuf {
        self.folder.join("handbook")
    }

    /// The path of a folder with this name, which may not exist.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a command and returns its resource usage.
    ///
    /// # Errors
    /// If it cannot be run or fails.
    pub fn measure(&self, command: &Command) -> Result<Usage> {
        if self.setup.is_on_disk {
            // Pending writes of earlier runs must not slow down this one.
            rustix::fs::sync();
        }
        process::measure(command)
    }

    /// Clears a folder for the next run. On disk, the folder is only renamed, because creating files is slow after many
    /// have been deleted.
    ///
    /// # Errors
    /// If the folder cannot be removed or renamed.
    pub fn discard(&self, folder: &Path, round: usize) -> Result<()> {
        if self.setup.is_on_disk {
            fs::rename(folder, folder.with_extension(round.to_string()))?;
        } else {
            fs::remove_dir_all(folder)?;
        }
        Ok(())
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // Anything that remains is deleted with the setting's folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl fmt::Display for Stage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.size.bytes as f64 / 1e6;
        write!(f, "{} documents, {megabytes:.1} MB, medians of {} interleaved runs", self.size.documents, self.runs)
    }
}
