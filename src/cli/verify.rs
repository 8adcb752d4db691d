//! `clausebook verify`: whether a pack is what was made. It writes nothing and unpacks nothing. The exit code is 0 when it
//! is, 1 when it is not, 2 when the file cannot be read.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{FAILED, Failure, Outcome, output};
use crate::archive::{MAX_BYTES, verify};
use crate::report::counted;
use crate::source::read_limited;

/// Arguments of `clausebook verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let name = arguments.file.display();
    let bytes = read_limited(&arguments.file, MAX_BYTES)
        .map_err(|error| Failure::new(format!("`{name}` cannot be read: {error}")))?;
    let faults = verify(&bytes);
    if faults.is_empty() {
        output::print(&format!("{name}: every file is as it was made\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    output::print(&lines)?;
    output::note(&format!("{name}: {}", counted(faults.len(), "difference")));
    Ok(ExitCode::from(FAILED))
}
