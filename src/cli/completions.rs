//! `clausebook completions`: prints the script that completes commands and options in a shell.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{CommandResult, output};

/// Arguments of `clausebook completions`.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Shell to generate completions for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(arguments: Arguments) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "clausebook", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
