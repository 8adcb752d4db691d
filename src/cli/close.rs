//! `clausebook close`: records that an audit or a management review was held, that a nonconformity was closed, that an
//! improvement or an action was done, or that an effect was checked.

mod effect;

use std::process::ExitCode;

use super::attestation::{event_day, parse_line};
use super::entry::{ChangedRegister, Registers, split_names};
use super::interrupt::{Interrupt, InterruptMode};
use super::unified_diff::unified_diff;
use super::{CommandResult, Failure, SourceArgument, check, output};
use crate::date::Date;
use crate::edit::Edits;
use crate::handbook::PlacedEntry;
use crate::project::Project;
use crate::register::{
    Action, Audit, Improvement, Kind, Nonconformity, Period, RESULT_HELP, action_command, effect_command,
};
use crate::report::{held_days, without_controls};
use crate::source::{EntryMapping, Fields, FrontMatterValue, RegisterChange};

/// Arguments of `clausebook close`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// ID of the entry, such as NC-2026-07 or A26-4, or of a decision
    #[arg(value_name = "ID")]
    id: String,
    /// Close an action of the entry, by its number, instead of the entry
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["from", "effect"])]
    action: Option<usize>,
    /// The day, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// First day of an audit or a management review that lasted several days
    #[arg(long, value_name = "DATE", conflicts_with = "effect")]
    from: Option<Date>,
    /// Record the check of the effect of what was done, instead
    #[arg(long, value_name = "RESULT", value_enum)]
    effect: Option<effect::EffectAnswer>,
    /// Role that checked the effect, or several with commas between
    #[arg(long, value_name = "ROLE", requires = "effect", value_parser = parse_line)]
    by: Option<String>,
    /// What was checked and what was found
    #[arg(long, value_name = "TEXT", requires = "effect", value_parser = parse_line)]
    words: Option<String>,
    /// Show the change without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let (today, on) = event_day(&reading.settings, arguments.on, "record it once it has happened")?;
    let registers = Registers { project: &project, reading: &reading, today };
    let changed = close(&registers, arguments, on)?;
    save(&project, &changed, arguments.dry_run, || interrupt.defer_exit())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a register, or with `dry_run` shows what would be written; `before_writing` is called once, before the file
/// is changed.
pub(super) fn save(
    project: &Project,
    changed: &ChangedRegister,
    dry_run: bool,
    before_writing: impl Fn(),
) -> Result<(), Failure> {
    if dry_run {
        return Ok(output::print(&unified_diff(&changed.path, &changed.old, &changed.new))?);
    }
    before_writing();
    let mut edits = Edits::new(project.root());
    edits.replace(&changed.path, &changed.old, &changed.new);
    edits.save()?;
    Ok(output::print(&format!("{}\n", changed.message))?)
}

fn close(registers: &Registers<'_>, arguments: &Arguments, on: Date) -> Result<ChangedRegister, Failure> {
    let id = arguments.id.trim();
    registers.refuse_ambiguous(id)?;
    if let Some(answer) = arguments.effect {
        let check = effect::EffectCheck {
            answer,
            checkers: arguments.by.as_deref().map(split_names).unwrap_or_default(),
            description: arguments.words.as_deref(),
            day: on,
        };
        return check.apply(registers, registers.find(id)?);
    }
    if let Some((placed_entry, decision)) = find_decision(registers, id) {
        refuse_first_day(arguments, id)?;
        return close_action(registers, placed_entry, decision, on);
    }
    let placed_entry = registers.find(id)?;
    match arguments.action {
        Some(number) => {
            let action = placed_entry.entry.actions().find(|action| !action.is_decision && action.number == number);
            let unknown = || Failure::new(format!("`{}` has no action {number}", without_controls(id)));
            close_action(registers, placed_entry, action.ok_or_else(unknown)?, on)
        }
        None if matches!(placed_entry.entry.kind, Kind::Audits | Kind::ManagementReviews) => {
            let days = Period { from: arguments.from.unwrap_or(on), to: on };
            refuse_early(placed_entry, days)?;
            record_held(registers, placed_entry, days)
        }
        None => {
            refuse_first_day(arguments, id)?;
            close_entry(registers, placed_entry, on)
        }
    }
}

fn refuse_first_day(arguments: &Arguments, id: &str) -> Result<(), Failure> {
    let message = || format!("`{}` has one day; --from is for audits and management reviews", without_controls(id));
    arguments.from.map_or(Ok(()), |_| Err(Failure::new(message())))
}

/// Refuses an event long before its planned date.
fn refuse_early(placed_entry: &PlacedEntry, Period { from, to: on }: Period) -> Result<(), Failure> {
    const MAX_DAYS_EARLY: i32 = 31;
    let Some(planned) = placed_entry.entry.record.days("planned").map(|days| days.from) else { return Ok(()) };
    let early = on.days_until(planned);
    if early <= MAX_DAYS_EARLY || placed_entry.entry.record.days("held").is_some() {
        return Ok(());
    }
    let days = if from < on { format!("{from}..{on}") } else { on.to_string() };
    let id = placed_entry.id();
    let message = format!(
        "`{id}` is planned for {planned}, after {on}; if it was held earlier, say so first: `clausebook set {id} planned={days}`"
    );
    Err(Failure::new(message))
}

/// Records that an audit or a management review was held.
fn record_held(
    registers: &Registers<'_>,
    placed_entry: &PlacedEntry,
    Period { from, to: on }: Period,
) -> Result<ChangedRegister, Failure> {
    let id = placed_entry.id();
    if let Some(held) = placed_entry.entry.record.days("held") {
        return Err(Failure::new(format!("`{id}` was already held {}", held_days(held))));
    }
    if from > on {
        return Err(Failure::new(format!("--from {from} is after {on}, the last day")));
    }
    let next = match Audit::from_entry(&placed_entry.entry) {
        Some(audit) if audit.is_internal() && audit.report().is_none() => {
            let by = registers.reading.settings.registers.audits.report_due(on);
            format!("\nNext: name its report by {by}: `clausebook set {id} report=ID`")
        }
        _ => String::new(),
    };
    let message = format!(
        "{id} {}: held {}{next}",
        without_controls(placed_entry.entry.title()),
        held_days(Period { from, to: on })
    );
    let fields = vec![("held", FrontMatterValue::Days(from, on))];
    let change = RegisterChange::Keys { entry: id.to_owned(), within: EntryMapping::Entry, fields };
    registers.apply_change(&placed_entry.file, &change, message)
}

/// The decision with an ID, and the management review that made it.
pub(super) fn find_decision<'a>(registers: &Registers<'a>, id: &str) -> Option<(&'a PlacedEntry, Action<'a>)> {
    let handbook = &registers.reading.handbook;
    let placed_entry = handbook.registers.entry(handbook.lookup.entry(&id.parse().ok()?)?);
    let is_meant = |action: &Action<'_>| action.id().is_some_and(|action_id| action_id.as_str() == id);
    Some((placed_entry, placed_entry.entry.actions().find(is_meant)?))
}

fn close_action(
    registers: &Registers<'_>,
    placed_entry: &PlacedEntry,
    action: Action<'_>,
    on: Date,
) -> Result<ChangedRegister, Failure> {
    if let Some(done) = action.done() {
        return Err(Failure::new(format!("this was already done on {done}: {}", without_controls(action.what()))));
    }
    let list = if action.is_decision { "decisions" } else { "actions" };
    let change = RegisterChange::Keys {
        entry: placed_entry.id().to_owned(),
        within: EntryMapping::Item(list, action.number - 1),
        fields: vec![("done", FrontMatterValue::Day(on))],
    };
    let message = format!("{}: done on {on}: {}", placed_entry.id(), without_controls(action.what()));
    registers.apply_change(&placed_entry.file, &change, message)
}

fn close_entry(registers: &Registers<'_>, placed_entry: &PlacedEntry, on: Date) -> Result<ChangedRegister, Failure> {
    let id = placed_entry.id();
    let open: Vec<String> = placed_entry
        .entry
        .actions()
        .filter(|action| !action.is_done(on))
        .map(|action| {
            let (what, number) = (without_controls(action.what()), action.number);
            match action.done() {
                Some(done) => format!("\n  {number}. {what} (done on {done}, after {on})"),
                None => format!("\n  {number}. {what} (`{}`)", action_command(&placed_entry.entry, action)),
            }
        })
        .collect();
    if !open.is_empty() {
        return Err(Failure::new(format!("`{id}` has actions that are not done:{}", open.concat())));
    }
    let fields: Fields = match placed_entry.entry.kind {
        Kind::Nonconformities => nonconformity(registers, placed_entry, on)?,
        Kind::Improvements => improvement(registers, placed_entry, on)?,
        Kind::Requirements | Kind::Issues => {
            let set = format!("clausebook set {id} reviewed={on}");
            let message = format!("`{id}` cannot be closed; once it is reviewed, run `{set}`");
            return Err(Failure::new(message));
        }
        Kind::Competences => {
            let message = format!("`{id}` cannot be closed; remove `gap` once it is resolved");
            return Err(Failure::new(message));
        }
        Kind::Risks => vec![("closed", FrontMatterValue::Day(on))],
        Kind::Indicators | Kind::Objectives => {
            return Err(Failure::new(format!("`{id}` cannot be closed; its state follows from its values")));
        }
        Kind::Acknowledgements | Kind::Services | Kind::Locations | Kind::Suppliers => {
            return Err(Failure::new(format!("`{id}` cannot be closed")));
        }
        Kind::Audits | Kind::ManagementReviews => vec![("held", FrontMatterValue::Day(on))],
    };
    let message = format!("{id} {}: closed on {on}", without_controls(placed_entry.entry.title()));
    let change = RegisterChange::Keys { entry: id.to_owned(), within: EntryMapping::Entry, fields };
    registers.apply_change(&placed_entry.file, &change, message)
}

/// The fields for closing a nonconformity. If a check found the actions not effective, it is closed again.
fn nonconformity(registers: &Registers<'_>, placed_entry: &PlacedEntry, on: Date) -> Result<Fields, Failure> {
    let id = placed_entry.id();
    let grades = &registers.reading.settings.registers.nonconformities.grades;
    let Some(nonconformity) = Nonconformity::from_entry(&placed_entry.entry) else { return Ok(Vec::new()) };
    let closed = nonconformity.closed(registers.today);
    let failed = closed.and_then(|closed| nonconformity.effect().failed_since(closed, registers.today));
    refuse_before_check(id, failed, on)?;
    if let Some(closed) = closed.filter(|_| failed.is_none()) {
        let waits = nonconformity.effect().checked(registers.today).is_none();
        let next = if waits {
            format!("; once its effect is checked, run `{}`; {RESULT_HELP}", effect_command(&placed_entry.entry))
        } else {
            String::new()
        };
        return Err(Failure::new(format!("`{id}` was already closed on {closed}{next}")));
    }
    if nonconformity.is_severe(grades) && nonconformity.cause().is_none() {
        return Err(Failure::new(format!("`{id}` has no `cause`; write it first: `clausebook set {id} cause=TEXT`")));
    }
    if nonconformity.found().is_some_and(|found| on < found) {
        return Err(Failure::new(format!("`{id}` was found only after {on}")));
    }
    Ok(vec![("closed", FrontMatterValue::Day(on))])
}

/// Refuses to close something again before the check that reopened it.
fn refuse_before_check(id: &str, failed: Option<Date>, on: Date) -> Result<(), Failure> {
    match failed.filter(|checked| on <= *checked) {
        Some(checked) => {
            Err(Failure::new(format!("`{id}` was found not effective on {checked}; it can be closed on a later day")))
        }
        None => Ok(()),
    }
}

fn improvement(registers: &Registers<'_>, placed_entry: &PlacedEntry, on: Date) -> Result<Fields, Failure> {
    let id = placed_entry.id();
    let improvement = Improvement::from_entry(&placed_entry.entry);
    let done = improvement.and_then(|one| placed_entry.entry.record.day("done").filter(|_| one.state().is_some()));
    let failed = improvement.zip(done).and_then(|(one, done)| one.effect().failed_since(done, registers.today));
    refuse_before_check(id, failed, on)?;
    if let Some(done) = done.filter(|_| failed.is_none()) {
        return Err(Failure::new(format!("`{id}` was already done on {done}")));
    }
    if improvement.and_then(Improvement::state) == Some("rejected") {
        return Err(Failure::new(format!("`{id}` is rejected")));
    }
    Ok(vec![("state", FrontMatterValue::Text("done".to_owned())), ("done", FrontMatterValue::Day(on))])
}
