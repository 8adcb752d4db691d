//! `clausebook man`: generates the manual pages from the same definitions as `--help`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;

use super::{CommandResult, Failure, output};

/// Arguments of `clausebook man`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write one manual page per command to this folder instead of printing the main page
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let command = super::Arguments::command();
    match &arguments.output {
        None => {
            let mut page = Vec::new();
            Man::new(command).render(&mut page)?;
            output::print(&String::from_utf8_lossy(&page))?;
        }
        Some(folder) => fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| Failure::new(format!("cannot write manual pages to `{}`: {error}", folder.display())))?,
    }
    Ok(ExitCode::SUCCESS)
}
