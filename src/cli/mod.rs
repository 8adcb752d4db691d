//! The command line. Only this module prints, decides which day is today, and sets the exit code.
//!
//! Exit codes: 0 on success, 1 if the result is negative (for example findings at or above the failing severity, or a
//! line of `ready` that fails) or a part of the work was not done, 2 if a command could not
//! run. A reader that goes away (`clausebook explain 8 | head -1`) is not an error.

mod adopt;
mod approval;
mod approve;
mod attestation;
mod base;
mod bind;
mod build;
mod change_check;
mod check;
mod close;
mod completions;
mod desktop;
mod diff;
mod entry;
mod explain;
mod export;
mod find;
mod fix;
mod git_history;
mod handbook_source;
mod import;
mod init;
mod input_fingerprint;
mod interrupt;
mod last_report;
mod man;
mod management_review;
mod new;
mod output;
mod pack;
mod pdf;
mod printer;
mod ready;
mod register_problems;
mod reminders;
mod review;
mod serve;
mod set;
mod show;
mod status;
mod trend;
mod unified_diff;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::assess::Clock;
use crate::config::Settings;
use crate::date::Date;
use crate::project::{OpenError, Project};
use crate::report;
use crate::site::pages;

/// Turn a folder of Markdown policies and procedures into an audit-ready handbook.
#[derive(Debug, Parser)]
#[command(name = "clausebook", version = env!("CLAUSEBOOK_VERSION"), about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Color::Auto, display_order = 1000)]
    color: Color,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Applies this choice to all later output; `Auto` leaves it to the terminal and the environment.
    fn apply(self) {
        match self {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a handbook with settings, draft documents and a CI recipe
    Init(init::Arguments),
    /// Turn a folder of Markdown files into a handbook without changing them
    Adopt(adopt::Arguments),
    /// Import Word files, OpenDocument texts and web pages as drafts, with an installed pandoc
    Import(import::Arguments),
    /// Create a document, or drafts of required documents that are missing
    New(new::Arguments),
    /// Build the portal
    Build(build::Arguments),
    /// Check the handbook and report pass or fail
    Check(check::Arguments),
    /// Show coverage, reviews due and next steps
    Status(status::Arguments),
    /// Check readiness for an audit by the certification body
    Ready(ready::Arguments),
    /// List what is due, by role, for a daily job
    Reminders(reminders::Arguments),
    /// Gather the inputs of the management review, or draft its minutes
    ManagementReview(management_review::Arguments),
    /// Print a document as it was on a date, in a version or at a Git revision
    Show(show::Arguments),
    /// Show which words of a document changed between two versions, days or revisions
    Diff(diff::Arguments),
    /// Show coverage month by month, and forecast it
    Trend(trend::Arguments),
    /// Approve documents and record which text was approved
    Approve(approve::Arguments),
    /// Record the review of a document
    Review(review::Arguments),
    /// Record that an audit or a management review was held, a nonconformity closed, an action done or an effect
    /// checked
    Close(close::Arguments),
    /// Change a register entry or action, or record a later due date
    Set(set::Arguments),
    /// Export documents, a group of clauses or the whole handbook as PDF
    Pdf(pdf::Arguments),
    /// Create an evidence pack (ZIP) for an audit or a management review
    Pack(pack::Arguments),
    /// Verify a pack: name every file that was changed, removed or added
    Verify(verify::Arguments),
    /// Export the document register or the assessment to a file, without building the portal
    Export(export::Arguments),
    /// Serve a live preview that updates as you edit
    Serve(serve::Arguments),
    /// Explain a clause, a required item, a rule, a register or an entry
    Explain(explain::Arguments),
    /// Print a shell completion script
    Completions(completions::Arguments),
    /// Print the manual page, or write all manual pages to a folder
    Man(man::Arguments),
}

/// Where the handbook is; every command that reads one takes it.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct SourceArgument {
    /// Handbook folder (contains clausebook.yaml) [default: current folder or nearest parent that has one]
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,
}

/// The day that is assessed; every command to which a date matters takes it.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct DateArgument {
    /// Assessment date, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl SourceArgument {
    /// The handbook with everything in it, whatever the settings publish.
    fn project(&self) -> Result<Project, OpenError> {
        Ok(Project::find(self.source.as_deref(), &pages::reserved_places())?.whole())
    }

    /// The handbook in one of its editions or, without a name, as the settings publish it. An unknown name is an error
    /// in the command line, not in the settings.
    fn edition(&self, name: Option<&str>) -> Result<Project, Failure> {
        let project = self.project()?;
        let unknown = name.and_then(|name| {
            let (settings, _) = project.settings().ok()?;
            settings.unknown_edition(name)
        });
        match unknown {
            Some((message, help)) => Err(Failure::new(format!("{message}; {help}"))),
            None => Ok(project.in_edition(name)),
        }
    }
}

impl DateArgument {
    /// The requested day, else the settings' own, else today.
    fn clock(self, settings: &Settings) -> Clock {
        self.clock_at(None, settings)
    }

    /// Like `clock`, for a handbook of an earlier day, which takes precedence over the settings.
    fn clock_at(self, then: Option<Date>, settings: &Settings) -> Clock {
        let as_of = self.as_of.or(then).or(settings.as_of).unwrap_or_else(Date::today);
        Clock { as_of, warning_days: settings.warning_days }
    }
}

/// The result of a command.
pub(crate) type CommandResult = Result<ExitCode, Failure>;

/// Why a command could not run, ready to print.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A message.
    Message(String),
    /// Rendered problems with source lines, which are marked as errors themselves.
    Report(String),
}

impl Failure {
    /// Creates a failure from a message in lower case without a full stop.
    pub(crate) fn new(sentence: impl Into<String>) -> Failure {
        Failure::Message(sentence.into())
    }

    /// The text of the failure.
    pub(crate) fn text(&self) -> &str {
        match self {
            Failure::Message(text) | Failure::Report(text) => text,
        }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Message(report::lines_without_controls(&error.to_string()))
    }
}

/// Exit code of a command that found something severe enough to fail.
const EXIT_FAILED: u8 = 1;
/// Exit code of a command that could not run.
const EXIT_COULD_NOT_RUN: u8 = 2;

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are not errors, and go to standard output.
            let code = if error.use_stderr() { EXIT_COULD_NOT_RUN } else { 0 };
            if error.use_stderr() {
                // The message may contain arbitrary text from the command line, so it is made printable.
                output::note(error.render().ansi().to_string().trim_end());
            } else {
                let _ = error.print();
            }
            return ExitCode::from(code);
        }
    };
    arguments.color.apply();
    run_command(arguments.command).unwrap_or_else(|failure| {
        match failure {
            Failure::Message(sentence) => output::error(&sentence),
            Failure::Report(report) => output::note(&report),
        }
        ExitCode::from(EXIT_COULD_NOT_RUN)
    })
}

fn run_command(command: Command) -> CommandResult {
    match command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Adopt(arguments) => adopt::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Ready(arguments) => ready::run(&arguments),
        Command::Reminders(arguments) => reminders::run(&arguments),
        Command::ManagementReview(arguments) => management_review::run(&arguments),
        Command::Trend(arguments) => trend::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Approve(arguments) => approve::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Close(arguments) => close::run(&arguments),
        Command::Set(arguments) => set::run(&arguments),
        Command::Pdf(arguments) => pdf::run(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(&arguments),
    }
}
