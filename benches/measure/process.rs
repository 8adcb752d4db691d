//! The resource usage of a process, from start to end.

use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use serde::{Deserialize, Serialize};

/// The resource usage of a process and its descendants.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct Usage {
    /// Seconds from start to exit.
    pub wall: f64,
    /// Seconds of CPU time in the program.
    pub user: f64,
    /// Seconds of CPU time in the kernel.
    pub system: f64,
    /// Peak resident memory in bytes.
    pub peak: f64,
}

/// Runs a command and returns its resource usage.
///
/// A small intermediate process is used because the kernel counts memory for all children of a process together, and a
/// child begins with its parent's peak.
///
/// # Errors
/// If the command cannot be run or fails.
pub fn measure(command: &Command) -> Result<Usage> {
    let command_line = format!("{command:?}");
    let mut between = Command::new(std::env::current_exe()?);
    between.args(["measure", "--"]).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        between.current_dir(folder);
    }
    let output = between.output().with_context(|| format!("{command_line} could not be run"))?;
    ensure!(output.status.success(), "{command_line} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).with_context(|| format!("{command_line} was not measured"))
}

/// Runs a command and prints its resource usage as JSON. The command's own output goes to standard error.
///
/// # Errors
/// If the command cannot be run or fails.
pub fn measure_and_print(command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().context("no command")?;
    let start = Instant::now();
    let mut process = Command::new(program);
    let status = process.args(arguments).stdin(Stdio::null()).stdout(std::io::stderr()).status()?;
    let wall = start.elapsed().as_secs_f64();
    if !status.success() {
        bail!("{} ended with {status}", program.display());
    }
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // The kernel reports memory in kibibytes.
    let peak = used.max_rss() as f64 * 1024.0;
    let usage = Usage { wall, user: seconds(used.user_time()), system: seconds(used.system_time()), peak };
    println!("{}", serde_json::to_string(&usage)?);
    Ok(())
}

fn seconds(time: TimeVal) -> f64 {
    time.num_microseconds() as f64 / 1e6
}
