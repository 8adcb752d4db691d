//! `clausebook export`: writes the document register or the assessment to a file, without a site.

use std::path::PathBuf;
use std::process::ExitCode;

use super::build::refusal_failure;
use super::{CommandResult, DateArgument, Failure, SourceArgument, check, output};
use crate::assess::{Assessed, assess};
use crate::judge::judge;
use crate::project::refuse_unclear_edition;
use crate::site::build::{Plan, build_file};
use crate::site::navigation::Extras;

/// Arguments of `clausebook export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// What to export
    #[arg(value_name = "FORMAT", value_enum)]
    format: ExportFormat,
    /// Output file
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Export one of the editions defined in the settings
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    date: DateArgument,
}

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    /// A spreadsheet (.xlsx): documents, clauses, documented information, registers, findings, deadlines
    Xlsx,
    /// The document register as CSV
    Csv,
    /// The assessment as JSON
    Json,
}

impl ExportFormat {
    /// The equivalent file in the site.
    fn site_path(self) -> &'static str {
        match self {
            ExportFormat::Xlsx => "register.xlsx",
            ExportFormat::Csv => "register.csv",
            ExportFormat::Json => "assessment.json",
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let project = arguments.source.edition(arguments.edition.as_deref())?;
    let reading = check::read(&project)?;
    refuse_unclear_edition(&reading).map_err(refusal_failure)?;
    let clock = arguments.date.clock(&reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    // The export uses the portal's labels, regardless of any custom theme.
    let plan = Plan { assessed, theme: &[], extras: Extras::default(), progress: &|_, _| {} };
    let bytes = build_file(plan, arguments.format.site_path())?.unwrap_or_default();
    let name = arguments.output.display();
    output::save(&arguments.output, &bytes)
        .map_err(|error| Failure::new(format!("`{name}` cannot be written: {}", output::write_error_text(&error))))?;
    output::note(&format!("{name}"));
    Ok(ExitCode::SUCCESS)
}
