//! `clausebook import register`: converts a spreadsheet into a register.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::interrupt::{Interrupt, InterruptMode};
use crate::cli::{CommandResult, Failure, SourceArgument, output};
use crate::date::DateFormat;
use crate::edit::Edits;
use crate::import::{Columns, MAX_FILE_BYTES, NewRegister, csv, register, workbook};
use crate::path::RelativePath;
use crate::register::{KINDS, Kind};
use crate::report::{count_noun, without_controls};
use crate::source::read_limited;

/// Arguments of `clausebook import register`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Spreadsheet (.xlsx) or CSV file; its first row names the columns
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// What its rows are, such as audits or nonconformities
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// Map a column to a key [repeatable]
    #[arg(long, value_name = "COLUMN=KEY", value_parser = parse_mapping)]
    map: Vec<(String, String)>,
    /// Additional date format, such as DD/MM/YYYY; 2026-03-01 is always accepted [repeatable]
    #[arg(long, value_name = "FORMAT")]
    dates: Vec<DateFormat>,
    /// Sheet of the spreadsheet file [default: the first]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    #[command(flatten)]
    source: SourceArgument,
    /// The register's file, below the content folder [default: KIND.yaml]
    #[arg(long, value_name = "PATH")]
    to: Option<RelativePath>,
    /// Show the register without writing it
    #[arg(long)]
    dry_run: bool,
}

fn parse_mapping(text: &str) -> Result<(String, String), String> {
    let (column, key) = text.rsplit_once('=').ok_or("write COLUMN=KEY")?;
    Ok((column.trim().to_owned(), key.trim().to_owned()))
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let display_path = without_controls(&arguments.from.display().to_string()).to_string();
    let refused = |reason: String| Failure::new(format!("`{display_path}` is not imported: {reason}"));
    let project = arguments.source.project()?;
    let (settings, _) = project.settings().map_err(crate::cli::build::refusal_failure)?;
    let bytes = read_limited(&arguments.from, MAX_FILE_BYTES).map_err(|error| refused(error.to_string()))?;
    let is_workbook = arguments.from.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let sheet = if is_workbook { workbook(bytes, arguments.sheet.as_deref()) } else { csv(&bytes) };
    let sheet = sheet.map_err(|error| refused(error.to_string()))?;
    let kind = kind(&arguments.kind)?;
    let columns =
        Columns { kind: kind.row(), keys: kind.keys().collect(), map: &arguments.map, dates: &arguments.dates };
    let new_register = register(&sheet, &columns).map_err(|error| refused(error.to_string()))?;
    if new_register.text.len() as u64 > crate::source::MAX_BYTES {
        return Err(refused("the register would be too large to be read; split the spreadsheet".to_owned()));
    }
    let file = arguments.to.as_ref().map_or_else(|| format!("{}.yaml", kind.as_str()), ToString::to_string);
    let path = if settings.content == "." { file.clone() } else { format!("{}/{file}", settings.content) };
    if arguments.dry_run {
        output::print(&new_register.text)?;
    } else {
        Interrupt::listen(InterruptMode::Graceful)?;
        let mut edits = Edits::new(project.root());
        edits.create(&path, &new_register.text);
        edits.save()?;
    }
    let summary = summary(&new_register, &sheet.omitted, kind, &path, arguments.dry_run);
    output::print(&format!(
        "{summary}\nNext: write `registers: [/{file}]` in the document that owns the register, then run clausebook check\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn kind(name: &str) -> Result<Kind, Failure> {
    Kind::from_name(name).ok_or_else(|| {
        let kind_names = KINDS.iter().map(|row| row.name);
        let help = crate::spelling::suggest_help(name, kind_names).map_or_else(String::new, |help| format!("; {help}"));
        Failure::new(format!("there is no kind of register `{}`{help}", without_controls(name)))
    })
}

fn summary(new_register: &NewRegister, left: &[String], kind: Kind, path: &str, dry_run: bool) -> String {
    let verb = if dry_run { "would be imported into" } else { "imported into" };
    let mut out = format!("{} of {} {verb} {path}\n", count_noun(new_register.entries, "row"), kind.as_str());
    for (column, key) in &new_register.mapped_columns {
        out += &format!("  {} is `{key}`\n", without_controls(column));
    }
    if !new_register.noted_columns.is_empty() {
        out += &format!(
            "  kept in notes: {}; use --map COLUMN=KEY for one that means a key\n",
            without_controls(&new_register.noted_columns.join(", "))
        );
    }
    left.iter().for_each(|what| out += &format!("  not imported: {}\n", without_controls(what)));
    out
}
