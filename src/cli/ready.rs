//! `clausebook ready`: a checklist before a visit by the certification body. The exit code is 1 if any item fails.

use std::process::ExitCode;

use super::handbook_source::HandbookArguments;
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, output};
use crate::assess::{self, Assessed, Readiness, assess};
use crate::judge::judge;
use crate::register::AuditKind;
use crate::report::readiness;

/// Arguments of `clausebook ready`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Kind of visit [default: the next visit in the register of audits]
    #[arg(long = "for", value_name = "VISIT", value_enum)]
    visit: Option<VisitKind>,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    handbook: HandbookArguments,
}

/// A kind of visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum VisitKind {
    /// The first stage of certification
    #[value(name = "stage-1")]
    StageOne,
    /// The second stage of certification
    #[value(name = "stage-2")]
    StageTwo,
    /// A surveillance audit
    Surveillance,
    /// Recertification
    Recertification,
}

impl VisitKind {
    fn kind(self) -> AuditKind {
        match self {
            VisitKind::StageOne => AuditKind::StageOne,
            VisitKind::StageTwo => AuditKind::StageTwo,
            VisitKind::Surveillance => AuditKind::Surveillance,
            VisitKind::Recertification => AuditKind::Recertification,
        }
    }
}

/// A format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a terminal
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let opened = arguments.handbook.open(&interrupt)?;
    let reading = opened.read()?;
    let assessment = judge(&reading, assess(&reading, opened.clock(&reading.settings)), Vec::new());
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let ready = Readiness::assess(assessed, arguments.visit.map(VisitKind::kind));
    output::print(&match arguments.format {
        Format::Text => readiness::text(assessed, &ready),
        Format::Json => readiness::json(assessed, &ready),
    })?;
    let fails = ready.count(assess::CheckOutcome::Fail) > 0;
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
