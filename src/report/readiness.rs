//! Readiness for a visit: for a terminal and as JSON.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::{count_noun, without_controls};
use crate::assess::{Assessed, CheckOutcome, ChecklistLine, EntryState, PlannedVisit, Readiness, ReadinessCheck};
use crate::date::Date;
use crate::handbook::{EntryIndex, Reading};
use crate::id::ClauseKey;
use crate::register::{Entry, Kind, Period, RESULT_HELP, action_command, close_command, effect_command};
use crate::standard::Standards;

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const LATER: Style = AnsiColor::Yellow.on_default();
/// The maximum number of clauses or entries named on a line.
const MAX_NAMED: usize = 12;
/// The maximum number of commands named on a line.
const MAX_COMMANDS: usize = 6;

/// Renders the checklist for a terminal.
pub(crate) fn text(assessed: Assessed<'_>, ready: &Readiness) -> String {
    let mut out = format!("{HEADING}Readiness for {}{HEADING:#}\n\n", without_controls(&heading(assessed, ready)));
    for line in &ready.lines {
        let (style, word) = match line.outcome {
            CheckOutcome::Pass => (GOOD, "pass"),
            CheckOutcome::NotYet => (LATER, "not yet"),
            CheckOutcome::Fail => (BAD, "fail"),
        };
        let _ = writeln!(out, "  {style}{word:<8}{style:#} {}{}", title(line.check), format_figure(line));
        for detail in details(assessed, line) {
            let _ = writeln!(out, "           {}", without_controls(&detail));
        }
    }
    let _ = writeln!(out, "\n{}", closing_line(ready));
    out
}

/// The visit with its day, and the day of the assessment.
fn heading(assessed: Assessed<'_>, ready: &Readiness) -> String {
    let as_of = assessed.assessment.clock.as_of;
    let Some(PlannedVisit { days, audit }) = ready.next else {
        let visit = ready.visit.as_str();
        return match ready.missed {
            Some((days, index)) => {
                let id = assessed.reading.handbook.registers.entry(index).id();
                format!("{visit} ({id} was planned for {} and not held), on {as_of}", days.from)
            }
            None => format!("{visit} (no visit planned), on {as_of}"),
        };
    };
    let when = format!("on {} ({}), as of {as_of}", days.from, relative(as_of, days.from));
    let Some(index) = audit else { return format!("{} {when}", ready.visit.as_str()) };
    let placed_entry = assessed.reading.handbook.registers.entry(index);
    format!("{} {} {when}", placed_entry.id(), placed_entry.entry.title())
}

fn relative(as_of: Date, day: Date) -> String {
    match as_of.days_until(day) {
        0 => "today".to_owned(),
        days if days > 0 => format!("in {}", count_noun(days.unsigned_abs() as usize, "day")),
        days => format!("{} ago", count_noun(days.unsigned_abs() as usize, "day")),
    }
}

fn title(check: ReadinessCheck) -> &'static str {
    match check {
        ReadinessCheck::Covered => "all clauses covered",
        ReadinessCheck::Provided => "required documents and records provided",
        ReadinessCheck::NoErrors => "no errors",
        ReadinessCheck::Audited => "every clause audited within the interval",
        ReadinessCheck::AuditedForVisit => "every clause audited in time for the visit",
        ReadinessCheck::Reviewed => {
            "management review held in the last 12 months, since the last visit and after the last internal audit"
        }
        ReadinessCheck::FindingsOfVisit => "findings of the last visit closed and checked",
        ReadinessCheck::NoOverdue => "no nonconformity overdue",
        ReadinessCheck::Certificate => "certificate data complete",
    }
}

fn format_figure(line: &ChecklistLine) -> String {
    match line.check {
        ReadinessCheck::NoErrors | ReadinessCheck::NoOverdue | ReadinessCheck::Reviewed
            if line.passed == 0 || line.check == ReadinessCheck::Reviewed =>
        {
            String::new()
        }
        ReadinessCheck::NoErrors | ReadinessCheck::NoOverdue => format!(": {} found", line.passed),
        ReadinessCheck::FindingsOfVisit if line.checked == 0 => ": none recorded".to_owned(),
        _ => format!(": {} of {}", line.passed, line.checked),
    }
}

/// What is open, the entries that will resolve it, advice, and the commands to run.
fn details(assessed: Assessed<'_>, line: &ChecklistLine) -> Vec<String> {
    let mut details = Vec::new();
    let standards = &assessed.reading.standards;
    let numbers: Vec<String> = line.clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect();
    details.extend(list_names("clauses", &numbers));
    let registers = &assessed.reading.handbook.registers;
    let entry_title =
        |index: &EntryIndex| format!("{} {}", registers.entry(*index).id(), registers.entry(*index).entry.title());
    let is_late =
        |index: &&EntryIndex| assessed.assessment.entry(**index).is_some_and(|life| life.state == EntryState::Overdue);
    let (late_entries, entries): (Vec<&EntryIndex>, Vec<_>) = line.entries.iter().partition(is_late);
    let (word, word_if_late) = match (line.check, line.outcome) {
        (ReadinessCheck::Reviewed, CheckOutcome::Pass) => ("held", "held"),
        (ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit | ReadinessCheck::Reviewed, _) => {
            ("planned", "planned and not held")
        }
        _ => ("open", "overdue"),
    };
    for (word, entries) in [(word_if_late, late_entries), (word, entries)] {
        details.extend(list_names(word, &entries.into_iter().map(entry_title).collect::<Vec<_>>()));
    }
    details.extend(list_names(
        "missing or no longer right in clausebook.yaml, below `certificate`",
        &line.keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>(),
    ));
    details.extend(advice(line).map(str::to_owned));
    details.extend(register_advice(assessed, line));
    let commands = commands(assessed, line);
    details.extend(commands.iter().take(MAX_COMMANDS).map(|command| {
        // A command that plans something can be run at once; one that records something, only after it has happened.
        let when = if command.starts_with("clausebook new") { "run" } else { "once done, run" };
        let words = if command.contains(" RESULT") { format!(" ({RESULT_HELP})") } else { String::new() };
        format!("{when}: {command}{words}")
    }));
    let hidden_count = commands.len().saturating_sub(MAX_COMMANDS);
    details.extend((hidden_count > 0).then(|| format!("and {hidden_count} more commands like these")));
    details
}

/// The commands that record the events needed to pass a line, once these have happened.
fn commands(assessed: Assessed<'_>, line: &ChecklistLine) -> Vec<String> {
    let registers = &assessed.reading.handbook.registers;
    let as_of = assessed.assessment.clock.as_of;
    let entries = line.entries.iter().map(|index| (*index, &*registers.entry(*index).entry));
    let mut commands: Vec<String> = match (line.check, line.outcome) {
        (ReadinessCheck::Reviewed, CheckOutcome::Pass) => Vec::new(),
        (ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit | ReadinessCheck::Reviewed, _) => {
            entries.map(|(_, entry)| close_command(entry, as_of)).collect()
        }
        (ReadinessCheck::FindingsOfVisit | ReadinessCheck::NoOverdue, _) => {
            entries.flat_map(|(index, entry)| finding_commands(assessed, index, entry)).collect()
        }
        _ => Vec::new(),
    };
    commands.extend(planning_command(assessed, line));
    commands
}

/// The commands that close a finding, or record the check of its effect.
fn finding_commands(assessed: Assessed<'_>, index: EntryIndex, entry: &Entry) -> Vec<String> {
    let as_of = assessed.assessment.clock.as_of;
    if assessed.assessment.entry(index).is_some_and(|life| life.state == EntryState::WaitsForEffect) {
        return vec![effect_command(entry)];
    }
    let open = entry.actions().filter(|action| !action.is_done(as_of));
    open.map(|action| action_command(entry, action)).chain([close_command(entry, as_of)]).collect()
}

/// The command that plans an event if none is planned in time.
fn planning_command(assessed: Assessed<'_>, line: &ChecklistLine) -> Option<String> {
    let standards = &assessed.reading.standards;
    let kind = kind_of(line.check)?;
    if line.outcome == CheckOutcome::Fail && !assessed.reading.handbook.registers.has(kind) {
        return find_item(standards, kind).map(|item| format!("clausebook new --missing {item}"));
    }
    match line.check {
        ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit
            if !line.unplanned.is_empty() && line.outcome == CheckOutcome::Fail =>
        {
            let clauses = group_units(standards, &line.unplanned);
            let clauses: Vec<String> = clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect();
            let clauses = clauses.join(",");
            Some(format!(
                "clausebook new --register audits TITLE --set kind=internal --set planned=DATE --set clauses={clauses}"
            ))
        }
        ReadinessCheck::Reviewed if line.outcome == CheckOutcome::Fail && line.entries.is_empty() => {
            Some("clausebook new --register management_reviews TITLE --set planned=DATE".to_owned())
        }
        _ => None,
    }
}

/// The kind of events that a line is about.
fn kind_of(check: ReadinessCheck) -> Option<Kind> {
    match check {
        ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit => Some(Kind::Audits),
        ReadinessCheck::Reviewed => Some(Kind::ManagementReviews),
        _ => None,
    }
}

/// The item of the main standard whose document has the register of a kind.
fn find_item(standards: &Standards, kind: Kind) -> Option<&str> {
    let items = standards.main().into_iter().flat_map(|main| standards.items(main));
    items.map(|item| standards.item_at(item).id.as_str()).find(|id| *id == kind.row().item)
}

/// How to begin the register that a line needs, if there is none and no command begins it.
fn register_advice(assessed: Assessed<'_>, line: &ChecklistLine) -> Option<String> {
    let Reading { standards, handbook, .. } = assessed.reading;
    let kind =
        kind_of(line.check).filter(|kind| !handbook.registers.has(*kind) && line.outcome == CheckOutcome::Fail)?;
    let name = kind.as_str();
    find_item(standards, kind).is_none().then(|| {
        format!("name a file such as `{name}.yaml` under `registers` in a document, and write `{name}: []` into it")
    })
}

/// The fewest clauses that cover the given units: a parent stands for the units below it if all of them are included.
fn group_units(standards: &Standards, units: &[ClauseKey]) -> Vec<ClauseKey> {
    let is_whole = |parent: &ClauseKey| {
        let mut below = standards.descendants(*parent).into_iter().filter(|key| standards.is_unit(*key));
        below.all(|key| units.contains(&key))
    };
    let mut clauses: Vec<ClauseKey> =
        units.iter().map(|unit| standards.ancestors(*unit).take_while(is_whole).last().unwrap_or(*unit)).collect();
    clauses.dedup();
    clauses
}

fn list_names(what: &str, names: &[String]) -> Option<String> {
    let shown_names = names.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let hidden_count = names.len().saturating_sub(MAX_NAMED);
    let more_text = if hidden_count > 0 { format!(" and {hidden_count} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("{what}: {shown_names}{more_text}"))
}

/// General advice on a failing line.
fn advice(line: &ChecklistLine) -> Option<&'static str> {
    match (line.outcome, line.check) {
        (CheckOutcome::Pass | CheckOutcome::NotYet, _) => None,
        (_, ReadinessCheck::Covered | ReadinessCheck::Provided) => Some("`clausebook status` says what to do next"),
        (_, ReadinessCheck::NoErrors) => Some("`clausebook check` lists them"),
        (_, ReadinessCheck::Audited | ReadinessCheck::AuditedForVisit) if line.entries.is_empty() => {
            Some("plan internal audits of these clauses in the register of audits")
        }
        (_, ReadinessCheck::Reviewed) => Some("plan and hold a management review, and record it"),
        (_, ReadinessCheck::FindingsOfVisit | ReadinessCheck::NoOverdue) if line.entries.is_empty() => {
            Some("there is no register of nonconformities that can be read in full")
        }
        (_, ReadinessCheck::FindingsOfVisit) => Some("close each finding, and record the check of its effect"),
        (_, ReadinessCheck::NoOverdue) => {
            Some("close them, or agree a new date: `clausebook set ID due=DATE --by ROLE --reason TEXT`")
        }
        _ => None,
    }
}

fn closing_line(ready: &Readiness) -> String {
    let [pass, fail, later] =
        [CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::NotYet].map(|outcome| ready.count(outcome));
    let word = match (fail, later) {
        (0, 0) => "Ready on paper",
        (0, _) => "Not ready yet",
        _ => "Not ready",
    };
    let counts = format!("{pass} of {} checks pass, {fail} fail, {later} not due yet", ready.lines.len());
    format!("{word}: {counts}. A handbook shows readiness on paper only, not what is done in practice.")
}

#[derive(Serialize)]
struct ReadinessReport<'a> {
    schema: u32,
    as_of: Date,
    visit: &'static str,
    next: Option<Visit<'a>>,
    last: Option<Visit<'a>>,
    ready: bool,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Visit<'a> {
    /// The ID of the audit, unless only the settings announce it.
    id: Option<&'a str>,
    from: Date,
    to: Date,
}

#[derive(Serialize)]
struct Line<'a> {
    check: ReadinessCheck,
    outcome: CheckOutcome,
    have: usize,
    want: usize,
    clauses: Vec<String>,
    entries: Vec<&'a str>,
    missing: &'a [&'static str],
    commands: Vec<String>,
}

/// Renders the checklist as JSON.
pub(crate) fn json(assessed: Assessed<'_>, ready: &Readiness) -> String {
    let registers = &assessed.reading.handbook.registers;
    let standards = &assessed.reading.standards;
    let visit = |days: Period, audit: Option<EntryIndex>| {
        let id = audit.map(|index| registers.entry(index).id());
        Visit { id, from: days.from, to: days.to }
    };
    let lines = ready.lines.iter().map(|line| Line {
        check: line.check,
        outcome: line.outcome,
        have: line.passed,
        want: line.checked,
        clauses: line.clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect(),
        entries: line.entries.iter().map(|index| registers.entry(*index).id()).collect(),
        missing: &line.keys,
        commands: commands(assessed, line),
    });
    let report = ReadinessReport {
        schema: 1,
        as_of: assessed.assessment.clock.as_of,
        visit: ready.visit.as_str(),
        next: ready.next.map(|next| visit(next.days, next.audit)),
        last: ready.last.map(|(days, audit)| visit(days, Some(audit))),
        ready: ready.is_ready(),
        lines: lines.collect(),
    };
    super::stream::json_text(&report)
}
