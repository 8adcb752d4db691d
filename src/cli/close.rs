//! `clausebook close`: records that a nonconformity was closed, or that an improvement or an action was done.

use std::process::ExitCode;

use super::attesting::days;
use super::entry::{ChangedRegister, Registers};
use super::interrupt::{Ending, Interrupt};
use super::unified::unified;
use super::{Failure, Outcome, SourceArgument, check, output};
use crate::date::Date;
use crate::edit::Edits;
use crate::handbook::PlacedEntry;
use crate::project::Project;
use crate::register::{Action, Improvement, Kind, Nonconformity};
use crate::report::plain;
use crate::source::{Fields, RegisterChange, Written};

/// Arguments of `clausebook close`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// ID of the entry, such as NC-2026-07, or of a decision
    #[arg(value_name = "ID")]
    id: String,
    /// Close an action of the entry, by its number, instead of the entry
    #[arg(long, value_name = "NUMBER")]
    action: Option<usize>,
    /// The day, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Show the change without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let interrupt = Interrupt::listen(Ending::AtOnce)?;
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let (today, on) = days(&reading.settings, arguments.on, "close it once it has happened")?;
    let registers = Registers { project: &project, reading: &reading, today };
    let changed = change(&registers, arguments, on)?;
    save(&project, &changed, arguments.dry_run, || interrupt.end_in_order())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a register, or shows what would be written.
pub(super) fn save(
    project: &Project,
    changed: &ChangedRegister,
    dry_run: bool,
    before_writing: impl Fn(),
) -> Result<(), Failure> {
    if dry_run {
        return Ok(output::print(&unified(&changed.path, &changed.old, &changed.new))?);
    }
    before_writing();
    let mut edits = Edits::new(project.root());
    edits.replace(&changed.path, &changed.old, &changed.new);
    edits.save()?;
    Ok(output::print(&format!("{}\n", changed.said))?)
}

fn change(registers: &Registers<'_>, arguments: &Arguments, on: Date) -> Result<ChangedRegister, Failure> {
    let id = arguments.id.trim();
    if let Some((placed, decision)) = decision(registers, id) {
        return close_action(registers, placed, (decision, "decisions"), on);
    }
    let placed = registers.find(id)?;
    match arguments.action {
        Some(number) => {
            let action = placed.entry.actions().find(|action| !action.is_decision && action.number == number);
            let unknown = || Failure::new(format!("`{}` has no action {number}", plain(id)));
            close_action(registers, placed, (action.ok_or_else(unknown)?, "actions"), on)
        }
        None => close_entry(registers, placed, on),
    }
}

/// The decision with an id, and the management review that made it.
fn decision<'a>(registers: &Registers<'a>, id: &str) -> Option<(&'a PlacedEntry, Action<'a>)> {
    let handbook = &registers.reading.handbook;
    let placed = handbook.registers.entry(handbook.lookup.entry(&id.parse().ok()?)?);
    let is_meant = |action: &Action<'_>| action.id().is_some_and(|known| known.as_str() == id);
    Some((placed, placed.entry.actions().find(is_meant)?))
}

fn close_action(
    registers: &Registers<'_>,
    placed: &PlacedEntry,
    (action, list): (Action<'_>, &'static str),
    on: Date,
) -> Result<ChangedRegister, Failure> {
    if let Some(done) = action.done() {
        return Err(Failure::new(format!("this was already done on {done}: {}", plain(action.what()))));
    }
    let change = RegisterChange::Keys {
        entry: placed.id().to_owned(),
        action: Some((list, action.number - 1)),
        fields: vec![("done", Written::Day(on))],
    };
    let said = format!("{}: done on {on}: {}", placed.id(), plain(action.what()));
    registers.change(&placed.file, &change, said)
}

fn close_entry(registers: &Registers<'_>, placed: &PlacedEntry, on: Date) -> Result<ChangedRegister, Failure> {
    let id = placed.id();
    let open: Vec<String> = placed
        .entry
        .actions()
        .filter(|action| !action.is_done(on))
        .map(|action| {
            format!("\n  {}. {} (close it with --action {})", action.number, plain(action.what()), action.number)
        })
        .collect();
    if !open.is_empty() {
        return Err(Failure::new(format!("`{id}` has actions that are not done:{}", open.concat())));
    }
    let fields: Fields = match placed.entry.kind {
        Kind::Nonconformities => nonconformity(registers, placed, on)?,
        Kind::Improvements => improvement(placed, on)?,
        Kind::Requirements | Kind::Issues => {
            let message = format!("`{id}` is not something to close; write under `reviewed` when it was reviewed");
            return Err(Failure::new(message));
        }
        Kind::Acknowledgements => return Err(Failure::new(format!("`{id}` is not something to close"))),
        Kind::Competences => {
            let message = format!("`{id}` is not something to close; remove `gap` once there is none");
            return Err(Failure::new(message));
        }
        Kind::Risks => vec![("closed", Written::Day(on))],
        Kind::Indicators | Kind::Objectives => {
            return Err(Failure::new(format!("`{id}` is not something to close; its values say how it stands")));
        }
        Kind::Services | Kind::Locations | Kind::Suppliers => {
            return Err(Failure::new(format!("`{id}` is not something to close")));
        }
        Kind::Audits | Kind::ManagementReviews => {
            let message = format!("`{id}` is not something to close; write under `held` when it was held");
            return Err(Failure::new(message));
        }
    };
    let said = format!("{id} {}: closed on {on}", plain(placed.entry.title()));
    registers.change(&placed.file, &RegisterChange::Keys { entry: id.to_owned(), action: None, fields }, said)
}

/// What is written to close a nonconformity. One whose check found that it had not helped is closed again.
fn nonconformity(registers: &Registers<'_>, placed: &PlacedEntry, on: Date) -> Result<Fields, Failure> {
    let id = placed.id();
    let grades = &registers.reading.settings.registers.nonconformities.grades;
    let Some(one) = Nonconformity::of(&placed.entry) else { return Ok(Vec::new()) };
    let failed = one.effect().checked(on).filter(|(_, result)| *result == crate::register::EffectResult::NotEffective);
    if let Some(closed) =
        one.closed(registers.today).filter(|closed| failed.is_none_or(|(checked, _)| *closed > checked))
    {
        let waits = one.effect().checked(registers.today).is_none();
        let next = if waits { "; once its effect is checked, write `checked` and `result` under `effect`" } else { "" };
        return Err(Failure::new(format!("`{id}` was already closed on {closed}{next}")));
    }
    if one.is_severe(grades) && one.cause().is_none() {
        return Err(Failure::new(format!("`{id}` has no `cause`; write it into the register first")));
    }
    if one.found().is_some_and(|found| on < found) {
        return Err(Failure::new(format!("`{id}` was found only after {on}")));
    }
    Ok(vec![("closed", Written::Day(on))])
}

fn improvement(placed: &PlacedEntry, on: Date) -> Result<Fields, Failure> {
    let id = placed.id();
    let one = Improvement::of(&placed.entry);
    if let Some(done) = one.and_then(|one| placed.entry.record.day("done").filter(|_| one.state().is_some())) {
        return Err(Failure::new(format!("`{id}` was already done on {done}")));
    }
    if one.and_then(Improvement::state) == Some("rejected") {
        return Err(Failure::new(format!("`{id}` is rejected")));
    }
    Ok(vec![("state", Written::Text("done".to_owned())), ("done", Written::Day(on))])
}
