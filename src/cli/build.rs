//! `clausebook build`: publishes the handbook.
//!
//! Findings do not stop a build: the portal shows them. What makes output impossible does: settings, a catalogue or a
//! theme that cannot be used, or an output folder that is somebody else's; the exit code is then 2 and the last good
//! site stays as it was.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::{DateArgument, Failure, Outcome, SourceArgument, output};
use crate::assess::{self, Assessment};
use crate::finding::Severity;
use crate::project::{Project, Reading};
use crate::report;
use crate::site::build::{Plan, build, digest};
use crate::site::navigation::Extras;
use crate::site::write::{OutputFolder, Sources, Stamp, Written};

/// Arguments of `clausebook build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceArgument,
    /// The folder to write to [default: output in the settings, else `site` in the handbook's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    date: DateArgument,
    /// The theme, a folder in the handbook's themes/ [default: theme in the settings]
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Say nothing but errors
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Show every finding
    #[arg(long, short)]
    verbose: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let started = Instant::now();
    let project = Project::find(arguments.source.source.as_deref())?;
    let (settings, _) = project.settings().map_err(refused)?;
    let wanted = match &arguments.output {
        Some(folder) => folder.clone(),
        None => project.root().join(&settings.output),
    };
    let folders = project.folders(&settings);
    let output = OutputFolder::claim(&wanted, &Sources { handbook: project.root(), folders: &folders })?;
    let reading = project.read(std::slice::from_ref(&wanted)).map_err(refused)?;
    let clock = arguments.date.clock(&reading.settings);
    let assessment = assess::assess(reading.subject(), clock);
    let name = arguments.theme.as_deref().unwrap_or(&reading.settings.theme);
    let theme = project
        .theme(name)
        .map_err(|fault| refused(crate::project::Refusal { faults: vec![fault], sources: Vec::new() }))?;
    let bar = progress(arguments.quiet);
    let tick = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let plan =
        Plan { reading: &reading, assessment: &assessment, theme: &theme, extras: Extras::default(), progress: &tick };
    let writer = output.begin()?;
    let stamp = Stamp::new(output.path(), digest(plan)?);
    let written = match stamp.as_ref().and_then(Stamp::recall) {
        Some(written) => written,
        None => {
            build(plan, &writer)?;
            let written = writer.finish()?;
            stamp.iter().for_each(Stamp::remember);
            written
        }
    };
    bar.finish_and_clear();
    if arguments.verbose {
        output::print(&report::text::render(&reading, &assessment.findings))?;
    }
    if !arguments.quiet {
        let seconds = started.elapsed().as_secs_f64();
        output::print(&summary(&reading, &assessment, &Done { written: &written, seconds, folder: &wanted }))?;
    }
    if let Some(leftover) = &written.leftover {
        output::note(&format!("warning: {leftover}"));
    }
    // The process ends here: to free a whole handbook piece by piece first would only keep its user waiting.
    std::mem::forget((reading, assessment));
    Ok(ExitCode::SUCCESS)
}

/// Says what makes output impossible, with its places.
pub(crate) fn refused(refusal: crate::project::Refusal) -> Failure {
    Failure(report::text::render_faults(&refusal.sources, &refusal.faults))
}

/// Progress for a person who waits; nothing where nobody looks, or when it is over before anybody could.
fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style =
        ProgressStyle::with_template("{bar:30} {pos} of {len} pages").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar
}

/// What a build did.
struct Done<'a> {
    written: &'a Written,
    seconds: f64,
    folder: &'a std::path::Path,
}

fn summary(reading: &Reading, assessment: &Assessment, done: &Done<'_>) -> String {
    let figures = assessment.figures;
    let main = reading.standards.main().map(|main| reading.standards.catalogue(main).title.as_str());
    let mut lines = vec![format!(
        "{} documents, {} pages; {} errors, {} warnings, {} notes",
        figures.documents,
        done.written.pages,
        assessment.count(Severity::Error),
        assessment.count(Severity::Warning),
        assessment.count(Severity::Note),
    )];
    if let Some(title) = main {
        lines.push(format!(
            "{title} on {}: {} of {} clauses covered, {} of {} required items provided",
            assessment.clock.as_of,
            figures.units_covered,
            figures.units,
            figures.required_items_provided,
            figures.required_items,
        ));
    }
    if reading.handbook.withheld > 0 {
        lines.push(format!(
            "{} documents are above this edition's classification and left out",
            reading.handbook.withheld
        ));
    }
    let Written { files, changed, removed, .. } = done.written;
    lines.push(format!(
        "{} ({files} files, {changed} written, {removed} removed) in {:.2} s",
        done.folder.join("index.html").display(),
        done.seconds
    ));
    lines.join("\n") + "\n"
}
