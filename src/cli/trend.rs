//! `clausebook trend`: figures of the handbook at the end of each month or quarter, as it was committed, with a
//! forecast from its present files. It does not judge anything: the exit code is 0.

use std::path::Path;
use std::process::ExitCode;

use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, Failure, SourceArgument, check, output};
use crate::assess::{Assessed, assess};
use crate::chronicle::{self, PastSource, PeriodLength, Trend, TrendSpan};
use crate::date::{Date, Interval};
use crate::handbook::Reading;
use crate::project::Project;
use crate::report::trend::{beginning, csv, json, text};
use crate::site::pages;

/// Maximum length of a forecast.
const MAX_FORECAST: Interval = Interval::Months(120);

/// Arguments of `clausebook trend`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Begin with the period of this date, YYYY-MM-DD [default: the first commit of the handbook]
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Length of a period
    #[arg(long, value_name = "PERIOD", value_enum, default_value_t = PeriodLength::Month)]
    every: PeriodLength,
    /// Also forecast the periods up to this date, YYYY-MM-DD, if nothing is done
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
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
    /// For a spreadsheet
    Csv,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let clock = arguments.date.clock(&reading.settings);
    let today = clock.as_of;
    check_days(arguments, today)?;
    let forecast = arguments.until.map(|until| {
        let assessment = assess(&reading, clock);
        chronicle::forecast(Assessed { reading: &reading, assessment: &assessment }, until, arguments.every)
    });
    let past = read_past(arguments, &project, today, &interrupt);
    let trend = match (past, forecast) {
        (Ok(past), forecast) => Trend { forecast: forecast.unwrap_or_default(), ..past },
        // A forecast does not need a repository.
        (Err(failure), Some(forecast)) => {
            output::note(&format!("no history available: {}", failure.text()));
            Trend { forecast, ..Trend::default() }
        }
        (Err(failure), None) => return Err(failure),
    };
    print(arguments.format, &reading, &trend)
}

fn check_days(arguments: &Arguments, today: Date) -> Result<(), Failure> {
    match (arguments.since, arguments.until) {
        (Some(since), _) if since > today => {
            Err(Failure::new(format!("--since {since} is after {today}; --until DATE forecasts later days")))
        }
        (_, Some(until)) if until <= today => {
            Err(Failure::new(format!("--until {until} is not after {today}; --since DATE looks back")))
        }
        (_, Some(until)) if until > today.plus(MAX_FORECAST) => {
            Err(Failure::new(format!("--until {until} is more than {MAX_FORECAST} ahead")))
        }
        _ => Ok(()),
    }
}

fn read_past(arguments: &Arguments, project: &Project, today: Date, interrupt: &Interrupt) -> Result<Trend, Failure> {
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let own_places = pages::reserved_places();
    let source = PastSource { folder: project.root(), own_places: &own_places, on_create: &on_create };
    let mut reader = source.open("`clausebook trend`")?;
    let span = TrendSpan { since: arguments.since, until: today, every: arguments.every };
    // A copy that is still being written cannot be removed.
    let _finishes = interrupt.critical_section();
    chronicle::read_trend(source.line(None), &mut reader, span).map_err(Failure::new)
}

fn print(format: Format, reading: &Reading, trend: &Trend) -> CommandResult {
    let main = reading.standards.main().map(|main| reading.standards.catalogue(main).title.as_str());
    let rendered = match format {
        Format::Text => text(trend, main.unwrap_or(&reading.settings.title)),
        Format::Csv => csv(trend),
        Format::Json => json(trend),
    };
    output::print(&rendered)?;
    if let Some(begin) = trend.start.filter(|_| format == Format::Csv) {
        output::note(&beginning(begin));
    }
    Ok(ExitCode::SUCCESS)
}
