//! `clausebook reminders`: lists what is due, by responsible role, for a daily job. It sends nothing; the exit code is
//! 0.

use std::process::ExitCode;

use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, SourceArgument, check, output};
use crate::assess::{Assessed, assess};
use crate::report::reminders::{Overdue, ReminderFilter, Reminders, json, markdown, text, unknown_roles};

/// Arguments of `clausebook reminders`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Remind this role only [repeatable]
    #[arg(long = "for", value_name = "ROLE")]
    roles: Vec<String>,
    /// Remind this many days before a deadline
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_value = "30,7,0", value_parser = count)]
    days: Vec<u16>,
    /// How often to list overdue items
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Overdue::Weekly)]
    overdue: Overdue,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    date: DateArgument,
}

/// A format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a terminal
    Text,
    /// For a program that sends them
    Json,
    /// For an email or a chat; empty when there is nothing to say
    Markdown,
}

fn count(text: &str) -> Result<u16, String> {
    text.trim().parse().map_err(|_| "write numbers of days, such as 30,7,0".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let _interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let reading = check::read(&arguments.source.project()?)?;
    let assessment = assess(&reading, arguments.date.clock(&reading.settings));
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    unknown_roles(assessed, &arguments.roles).iter().for_each(|sentence| output::note(&format!("note: {sentence}")));
    let (roles, days) = (arguments.roles.clone(), arguments.days.clone());
    let reminders = Reminders::new(assessed, &ReminderFilter { roles, days, overdue: arguments.overdue });
    output::print(&match arguments.format {
        Format::Text => text(&reminders),
        Format::Json => json(&reminders),
        Format::Markdown => markdown(&reminders),
    })?;
    Ok(ExitCode::SUCCESS)
}
