//! `clausebook status`: how the handbook stands and what to do next, on one screen. It judges nothing: the exit code is 0.

use std::process::ExitCode;

use super::{DateArgument, Outcome, SourceArgument, check, output};
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
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let clock = arguments.date.clock(&reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    output::print(&report::status::render(&reading, &assessment))?;
    Ok(ExitCode::SUCCESS)
}
