//! `clausebook status`: shows the state of the handbook and the next steps on one screen. It does not judge anything:
//! the exit code is 0.

use std::process::ExitCode;

use super::handbook_source::HandbookArguments;
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, output};
use crate::assess::assess;
use crate::judge::judge;
use crate::report;

/// Arguments of `clausebook status`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    handbook: HandbookArguments,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let opened = arguments.handbook.open(&interrupt)?;
    let reading = opened.read()?;
    let assessment = judge(&reading, assess(&reading, opened.clock(&reading.settings)), Vec::new());
    output::print(&report::status::render(&reading, &assessment))?;
    Ok(ExitCode::SUCCESS)
}
