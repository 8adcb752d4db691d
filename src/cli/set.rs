//! `clausebook set`: changes keys of an entry or an action, or records a later due date of a nonconformity.

use std::process::ExitCode;

use super::attestation::parse_line;
use super::entry::{ChangedRegister, Registers, add_field, parse_field, parse_pair, split_names};
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, SourceArgument, check, close};
use crate::date::Date;
use crate::handbook::PlacedEntry;
use crate::register::{Entry, Improvement, Key, Kind, Nonconformity, PlannedEvent, Record, ValueType};
use crate::report::without_controls;
use crate::source::{EntryMapping, Fields, FrontMatterValue, RegisterChange};

/// Arguments of `clausebook set`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// ID of the entry, such as NC-2026-07, or of a decision
    #[arg(value_name = "ID")]
    id: String,
    /// Keys with their values, such as cause="Firmware was changed without a test"
    #[arg(value_name = "KEY=VALUE", required = true)]
    pairs: Vec<String>,
    /// Set keys of an action of the entry, by its number, instead
    #[arg(long, value_name = "NUMBER")]
    action: Option<usize>,
    /// Role that agreed to the new date of a nonconformity
    #[arg(long, value_name = "ROLE", requires = "reason", value_parser = parse_line)]
    by: Option<String>,
    /// Why a nonconformity gets a new date
    #[arg(long, value_name = "TEXT", requires = "by", value_parser = parse_line)]
    reason: Option<String>,
    /// Day on which the new date was agreed, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE", requires = "reason")]
    on: Option<Date>,
    /// Show the change without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

/// Keys that another command writes, or that must not change, with the reason.
const READ_ONLY_KEYS: [(&str, &str); 7] = [
    ("id", "others refer to it; it stays"),
    ("found", "the day on which it was found stays; correct a slip in the register"),
    ("held", "`clausebook close ID` writes it"),
    ("closed", "`clausebook close ID` writes it"),
    ("done", "`clausebook close ID` writes it"),
    ("checked", "`clausebook close ID --effect RESULT` writes it"),
    ("result", "`clausebook close ID --effect RESULT` writes it"),
];

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let today = reading.settings.as_of.unwrap_or_else(Date::today);
    let registers = Registers { project: &project, reading: &reading, today };
    let changed = change(&registers, arguments)?;
    close::save(&project, &changed, arguments.dry_run, || interrupt.defer_exit())?;
    Ok(ExitCode::SUCCESS)
}

fn change(registers: &Registers<'_>, arguments: &Arguments) -> Result<ChangedRegister, Failure> {
    let id = arguments.id.trim();
    let (placed_entry, within, keys) = target(registers, id, arguments.action)?;
    let mut pairs = arguments.pairs.iter().map(|text| parse_pair(text)).collect::<Result<Vec<_>, _>>()?;
    let (within, keys) = match within {
        EntryMapping::Entry => nested_mapping(&mut pairs, keys)?,
        within => (within, keys),
    };
    let of = match within {
        EntryMapping::Item(list, _) => list,
        EntryMapping::Record(key) => key,
        EntryMapping::Entry => placed_entry.entry.kind.as_str(),
    };
    let mut fields: Fields = Vec::new();
    for (key, value) in pairs {
        refuse_read_only(placed_entry, id, within, key)?;
        let (key, value) = parse_field(&registers.reading.handbook.lookup, of, keys.iter().copied(), key, value)?;
        add_field(&mut fields, key, value)?;
    }
    let entry = placed_entry.id().to_owned();
    let names: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
    let message =
        format!("{id}: `{}` written to {}", names.join("`, `"), without_controls(placed_entry.file.source.path()));
    let message = message + &overwrite_note(placed_entry, within, &names, registers.today);
    if let Some(change) = postponement(registers, placed_entry, within, &fields, arguments)? {
        return registers.apply_change(&placed_entry.file, &change, message);
    }
    registers.apply_change(&placed_entry.file, &RegisterChange::Keys { entry, within, fields }, message)
}

/// Refuses to set a key that another command writes. A value that is already recorded is corrected in the register.
fn refuse_read_only(placed_entry: &PlacedEntry, id: &str, within: EntryMapping, key: &str) -> Result<(), Failure> {
    let Some((_, reason)) = READ_ONLY_KEYS.iter().find(|(read_only_key, _)| *read_only_key == key) else {
        return Ok(());
    };
    let record = find_record(&placed_entry.entry, within);
    let happens_once = matches!(key, "held" | "closed" | "done");
    let recorded = record.filter(|_| happens_once).and_then(|record| record.get(key));
    let reason = match recorded {
        Some(value) => {
            let place = placed_entry.place(value.span);
            format!(
                "it is already recorded; to correct a mistake, edit {place} and give the reason in the commit message"
            )
        }
        None => reason.replace("ID", id),
    };
    Err(Failure::new(format!("`{key}` is not set by this command: {reason}")))
}

/// The mapping to change; `None` if the entry does not have it.
fn find_record(entry: &Entry, within: EntryMapping) -> Option<&Record> {
    match within {
        EntryMapping::Entry => Some(&entry.record),
        EntryMapping::Record(key) => entry.record.record(key),
        EntryMapping::Item(list, number) => entry.record.records(list).get(number),
    }
}

/// A note about changed keys of a past event. Corrections must be possible, and Git keeps the old values, but nobody
/// should make them inadvertently.
fn overwrite_note(placed_entry: &PlacedEntry, within: EntryMapping, names: &[&str], today: Date) -> String {
    let entry = &*placed_entry.entry;
    let record = find_record(entry, within);
    let happened = match (within, record) {
        (EntryMapping::Item(..), Some(item)) => {
            item.day("done").filter(|done| *done <= today).map(|done| ("done", done))
        }
        _ => past_event(entry, today),
    };
    let is_written = |name: &&&str| record.is_some_and(|record| record.get(name).is_some());
    let names: Vec<&str> = names.iter().filter(is_written).copied().collect();
    match happened.filter(|_| !names.is_empty()) {
        None => String::new(),
        Some((word, on)) => format!(
            "\nNote: this was {word} on {on}, and what its record says under `{}` is replaced; say why in the commit message",
            names.join("`, `")
        ),
    }
}

/// The outcome of an entry, and its date.
fn past_event(entry: &Entry, today: Date) -> Option<(&'static str, Date)> {
    let held = PlannedEvent::from_entry(entry).and_then(|event| event.held(today)).map(|held| ("held", held.to));
    let closed = || Nonconformity::from_entry(entry)?.closed(today).map(|closed| ("closed", closed));
    let done = || Improvement::from_entry(entry)?.done(today).map(|done| ("done", done));
    held.or_else(closed).or_else(done)
}

/// The nested mapping that keys such as `contract.reviewed` refer to, with its keys; removes its name from the pairs.
fn nested_mapping(
    pairs: &mut [(&str, &str)],
    keys: Vec<&'static Key>,
) -> Result<(EntryMapping, Vec<&'static Key>), Failure> {
    let Some((outer, _)) = pairs.iter().find_map(|(key, _)| key.split_once('.')) else {
        return Ok((EntryMapping::Entry, keys));
    };
    let nested = keys.iter().find_map(|key| match key.value_type {
        ValueType::Record(inner) if key.name == outer => Some((key.name, inner)),
        _ => None,
    });
    let Some((name, inner)) = nested else {
        let is_list =
            keys.iter().any(|key| key.name == outer && matches!(key.value_type, ValueType::Pairs | ValueType::Values));
        let reason = if is_list { "is a list; write it into the register" } else { "has no keys within it" };
        return Err(Failure::new(format!("`{}` {reason}", without_controls(outer))));
    };
    for (key, _) in pairs.iter_mut() {
        let within = key.split_once('.').filter(|(other, _)| *other == name);
        let message = || format!("set keys within `{name}` alone, and the others with another command");
        *key = within.ok_or_else(|| Failure::new(message()))?.1;
    }
    Ok((EntryMapping::Record(name), inner.iter().collect()))
}

/// The target of the change: an entry, one of its actions, or a decision, with its possible keys.
fn target<'a>(
    registers: &Registers<'a>,
    id: &str,
    action: Option<usize>,
) -> Result<(&'a PlacedEntry, EntryMapping, Vec<&'static Key>), Failure> {
    registers.refuse_ambiguous(id)?;
    if let Some((placed_entry, decision)) = close::find_decision(registers, id) {
        return Ok((
            placed_entry,
            EntryMapping::Item("decisions", decision.number - 1),
            items(placed_entry.entry.kind, "decisions"),
        ));
    }
    let placed_entry = registers.find(id)?;
    let Some(number) = action else {
        return Ok((placed_entry, EntryMapping::Entry, placed_entry.entry.kind.keys().collect()));
    };
    let is_known = placed_entry.entry.actions().any(|action| !action.is_decision && action.number == number);
    if !is_known {
        return Err(Failure::new(format!("`{}` has no action {number}", without_controls(id))));
    }
    Ok((placed_entry, EntryMapping::Item("actions", number - 1), items(placed_entry.entry.kind, "actions")))
}

/// The keys of a list's items.
fn items(kind: Kind, list: &str) -> Vec<&'static Key> {
    match kind.keys().find(|key| key.name == list).map(|key| key.value_type) {
        Some(ValueType::Records(keys)) => keys.iter().collect(),
        _ => Vec::new(),
    }
}

/// The postponement of a nonconformity that already has a due date: the original date is kept, and the new one is
/// recorded together with who agreed to it.
fn postponement(
    registers: &Registers<'_>,
    placed: &PlacedEntry,
    within: EntryMapping,
    fields: &Fields,
    arguments: &Arguments,
) -> Result<Option<RegisterChange>, Failure> {
    let (id, today) = (placed.id(), registers.today);
    let agreed = arguments.on.unwrap_or(today);
    if agreed > today {
        return Err(Failure::new(format!("{agreed} is in the future; record a new date once it has been agreed")));
    }
    let grades = &registers.reading.settings.registers.nonconformities.grades;
    let due = fields.iter().find_map(|(key, value)| match value {
        FrontMatterValue::Day(day) if *key == "due" => Some(*day),
        _ => None,
    });
    let nonconformity = Nonconformity::from_entry(&placed.entry)
        .filter(|_| arguments.action.is_none() && within == EntryMapping::Entry);
    let later = due.filter(|due| nonconformity.is_some_and(|one| one.is_postponed_by(*due, grades)));
    later.map_or(Ok(()), |_| refuse_closed(placed, today))?;
    match (later, &arguments.by, &arguments.reason) {
        (None, None, _) | (None, _, None) => Ok(None),
        (None, Some(_), Some(_)) => Err(Failure::new(format!(
            "--by and --reason are for a new date of a nonconformity that has one: {id} due=DATE"
        ))),
        (Some(_), _, _) if fields.len() > 1 => Err(Failure::new("set `due` alone when it is a new date")),
        (Some(due), Some(by), Some(reason)) => Ok(Some(RegisterChange::Item {
            entry: id.to_owned(),
            list: "moved",
            fields: vec![
                ("to", FrontMatterValue::Day(due)),
                ("by", FrontMatterValue::Names(split_names(by))),
                ("reason", FrontMatterValue::Text(reason.clone())),
                ("date", FrontMatterValue::Day(agreed)),
            ],
        })),
        (Some(due), _, _) => Err(Failure::new(format!(
            "`{id}` already has a due date; to record a later one, run `clausebook set {id} due={due} --by ROLE --reason TEXT`"
        ))),
    }
}

/// Refuses to postpone a closed nonconformity, unless a check found the actions not effective.
fn refuse_closed(placed_entry: &PlacedEntry, today: Date) -> Result<(), Failure> {
    let Some(nonconformity) = Nonconformity::from_entry(&placed_entry.entry) else { return Ok(()) };
    let Some(closed) = nonconformity.closed(today) else { return Ok(()) };
    match nonconformity.effect().failed_since(closed, today) {
        Some(_) => Ok(()),
        None => Err(Failure::new(format!("`{}` was closed on {closed}; nothing is due any more", placed_entry.id()))),
    }
}
