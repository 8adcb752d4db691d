//! `clausebook management-review`: gathers what the handbook says about each input of the management review, or drafts
//! its minutes from it.

use std::process::ExitCode;

use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, Failure, SourceArgument, check, output};
use crate::assess::{Assessed, ReviewInputs, assess};
use crate::date::Date;
use crate::edit::Edits;
use crate::id::ItemKey;
use crate::project::Project;
use crate::register::Period;
use crate::report::minutes;
use crate::starter::{self, CreatedDocument, NewDocument};

/// Arguments of `clausebook management-review`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Period, FROM..TO [default: that of the next review planned, otherwise since the last one]
    #[arg(long, value_name = "FROM..TO", value_parser = period)]
    period: Option<Period>,
    /// Write the minutes as a draft document
    #[arg(long)]
    draft: bool,
    /// Show what would be written without writing it
    #[arg(long, requires = "draft")]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    date: DateArgument,
}

pub(super) fn period(text: &str) -> Result<Period, String> {
    let (from, to) = text.split_once("..").ok_or("write two dates, such as 2026-10-01..2027-03-31")?;
    let day = |text: &str| text.parse::<Date>().map_err(|error| error.to_string());
    let (from, to) = (day(from)?, day(to)?);
    if to < from { Err("the period ends before it begins".to_owned()) } else { Ok(Period { from, to }) }
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let assessment = assess(&reading, arguments.date.clock(&reading.settings));
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let review_inputs = ReviewInputs::new(assessed, arguments.period);
    if review_inputs.inputs.is_empty() {
        return Err(Failure::new("the main standard lists no inputs of a management review"));
    }
    let text = minutes::draft(assessed, &review_inputs);
    if !arguments.draft {
        output::print(&text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let title = title(assessed, &review_inputs, arguments.period);
    let created = insert_text(document(assessed, &review_inputs, title)?, &text, assessment.clock.as_of);
    write(&project, created, arguments.dry_run)
}

/// The title of the minutes, different for each review, so that each gets its own file.
fn title(assessed: Assessed<'_>, review_inputs: &ReviewInputs<'_>, period: Option<Period>) -> String {
    let next = review_inputs.next.map(|index| assessed.reading.handbook.registers.entry(index).id());
    match (period, next) {
        (Some(period), _) => format!("Minutes of the management review of {} to {}", period.from, period.to),
        (None, Some(id)) => format!("Minutes of the management review {id}"),
        (None, None) => format!("Minutes of the management review up to {}", review_inputs.to),
    }
}

/// The record for the draft, with front matter like any other new document.
fn document(
    assessed: Assessed<'_>,
    review_inputs: &ReviewInputs<'_>,
    title: String,
) -> Result<CreatedDocument, Failure> {
    let standards = &assessed.reading.standards;
    let items = standards.main().into_iter().flat_map(|main| standards.items(main));
    let has_inputs = |item: &ItemKey| !standards.clause(standards.clause_of(*item)).inputs.is_empty();
    let request = NewDocument {
        doc_type: "record".to_owned(),
        title,
        provides: items.filter(has_inputs).take(1).collect(),
        clauses: Vec::new(),
        owner: None,
        classification: minutes::classification(assessed, review_inputs).map(str::to_owned),
        id: None,
        folder: None,
    };
    Ok(starter::create(assessed, &request, None)?)
}

/// A new record with a date, and with the given text below its front matter.
fn insert_text(created: CreatedDocument, text: &str, day: Date) -> CreatedDocument {
    let end = created.text.get(4..).and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 4 + "\n---\n".len());
    let dated = |line: &str| if line.starts_with("# date:") { format!("date: {day}\n") } else { line.to_owned() };
    let front: String = created.text[..end].split_inclusive('\n').map(dated).collect();
    CreatedDocument { text: format!("{front}\n{text}"), ..created }
}

fn write(project: &Project, created: CreatedDocument, dry_run: bool) -> CommandResult {
    if dry_run {
        output::print(&format!("{}\n\n{}", created.path, created.text))?;
        return Ok(ExitCode::SUCCESS);
    }
    // The author's files are changed either all together or not at all.
    Interrupt::listen(InterruptMode::Graceful)?;
    let mut edits = Edits::new(project.root());
    edits.create(&created.path, &created.text);
    edits.save()?;
    let path = project.root().join(&created.path);
    output::print(&format!(
        "{}  {}\nNext: complete the minutes in the meeting, then enter the decisions in the register.\n",
        created.id,
        path.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
