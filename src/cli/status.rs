//! `clausebook status`: shows the state of the handbook and the next steps on one screen. It does not judge anything:
//! the exit code is 0.

use std::process::ExitCode;

use super::handbook_source::RevisionArgument;
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, SourceArgument, output};
use crate::assess::assess;
use crate::judge::judge;
use crate::report;

/// Arguments of `clausebook status`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    date: DateArgument,
    #[command(flatten)]
    at: RevisionArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let opened = arguments.at.open(arguments.source.project()?, &interrupt)?;
    let reading = opened.read()?;
    let clock = opened.clock(arguments.date, &reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    output::print(&report::status::render(&reading, &assessment))?;
    Ok(ExitCode::SUCCESS)
}
