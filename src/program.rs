//! Running of other programs, which are found where the user keeps programs, never in the handbook.
//!
//! A search path may contain `.` or an empty name, which both mean the current folder. A handbook there could bring its
//! own `git`, so only absolute folders are searched.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::platform;

/// The interval for checking whether a program has ended.
const CHECK_INTERVAL: Duration = Duration::from_millis(20);

/// Finds a program by its path, or by its name on the search path.
pub(crate) fn find(name: &Path) -> Option<PathBuf> {
    if name.components().count() > 1 {
        return platform::program_at(name);
    }
    folders().into_iter().find_map(|folder| platform::program_at(&folder.join(name)))
}

/// The search path for a program that may run others.
pub(crate) fn search_path() -> OsString {
    std::env::join_paths(folders()).unwrap_or_default()
}

fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

/// Why a program did not end normally.
#[derive(Debug)]
pub(crate) enum RunError {
    /// It could not be started, or its exit status could not be read.
    NotStarted(io::Error),
    /// It exceeded the time limit.
    TooSlow,
    /// It was interrupted.
    Interrupted,
}

/// Runs a program to its end, or kills it with all its descendants after the limit or when `stop` is set.
pub(crate) fn run(mut command: Command, limit: Duration, stop: &AtomicBool) -> Result<ExitStatus, RunError> {
    command.stdin(Stdio::null());
    platform::start_own_group(&mut command);
    let mut child = command.spawn().map_err(RunError::NotStarted)?;
    let started = Instant::now();
    let failure = loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Err(error) => break RunError::NotStarted(error),
            Ok(None) if stop.load(Ordering::Relaxed) => break RunError::Interrupted,
            Ok(None) if started.elapsed() >= limit => break RunError::TooSlow,
            Ok(None) => std::thread::sleep(CHECK_INTERVAL),
        }
    };
    kill(&mut child);
    Err(failure)
}

/// Kills a program with all its descendants, and waits until it is gone.
fn kill(child: &mut Child) {
    platform::kill_group(child);
    let _ = child.wait();
}
