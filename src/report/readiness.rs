//! Readiness for a visit: for a terminal and as JSON.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::{counted, plain};
use crate::assess::{Assessed, Check, EntryState, Outcome, Readiness, ReadyLine};
use crate::date::Date;
use crate::handbook::EntryIndex;
use crate::id::ClauseKey;
use crate::register::{Entry, RESULTS, action_command, close_command, effect_command};
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
    let mut out = format!("{HEADING}Readiness for {}{HEADING:#}\n\n", plain(&heading(assessed, ready)));
    for line in &ready.lines {
        let (style, word) = match line.outcome {
            Outcome::Pass => (GOOD, "pass"),
            Outcome::NotYet => (LATER, "not yet"),
            Outcome::Fail => (BAD, "fail"),
        };
        let _ = writeln!(out, "  {style}{word:<8}{style:#} {}{}", title(line.check), figure(line));
        for detail in details(assessed, line) {
            let _ = writeln!(out, "           {}", plain(&detail));
        }
    }
    let _ = writeln!(out, "\n{}", closing(ready));
    out
}

/// The visit with its day, and the day of the assessment.
fn heading(assessed: Assessed<'_>, ready: &Readiness) -> String {
    let as_of = assessed.assessment.clock.as_of;
    let Some((planned, index)) = ready.next else {
        return format!("{} (no visit planned), on {as_of}", ready.visit.as_str());
    };
    let placed = assessed.reading.handbook.registers.entry(index);
    let when = relative(as_of, planned.from);
    format!("{} {} on {} ({when}), as of {as_of}", placed.id(), placed.entry.title(), planned.from)
}

fn relative(as_of: Date, day: Date) -> String {
    match as_of.days_until(day) {
        0 => "today".to_owned(),
        days if days > 0 => format!("in {}", counted(days.unsigned_abs() as usize, "day")),
        days => format!("{} ago", counted(days.unsigned_abs() as usize, "day")),
    }
}

fn title(check: Check) -> &'static str {
    match check {
        Check::Covered => "all clauses covered",
        Check::Provided => "required documents and records provided",
        Check::NoErrors => "no errors",
        Check::Audited => "every clause audited within the interval",
        Check::AuditedForVisit => "every clause audited in time for the visit",
        Check::Reviewed => {
            "management review held in the last 12 months, since the last visit and after the last internal audit"
        }
        Check::FindingsOfVisit => "findings of the last visit closed and checked",
        Check::NoOverdue => "no nonconformity overdue",
        Check::Certificate => "certificate data complete",
    }
}

fn figure(line: &ReadyLine) -> String {
    match line.check {
        Check::NoErrors | Check::NoOverdue | Check::Reviewed if line.have == 0 || line.check == Check::Reviewed => {
            String::new()
        }
        Check::NoErrors | Check::NoOverdue => format!(": {} found", line.have),
        _ => format!(": {} of {}", line.have, line.want),
    }
}

/// What is open, the entries that will resolve it, advice, and the commands to run.
fn details(assessed: Assessed<'_>, line: &ReadyLine) -> Vec<String> {
    let mut details = Vec::new();
    let standards = &assessed.reading.standards;
    let numbers: Vec<String> = line.clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect();
    details.extend(listed("clauses", &numbers));
    let registers = &assessed.reading.handbook.registers;
    let about =
        |index: &EntryIndex| format!("{} {}", registers.entry(*index).id(), registers.entry(*index).entry.title());
    let is_late =
        |index: &&EntryIndex| assessed.assessment.entry(**index).is_some_and(|life| life.state == EntryState::Overdue);
    let (late, entries): (Vec<&EntryIndex>, Vec<_>) = line.entries.iter().partition(is_late);
    let (word, word_if_late) = match (line.check, line.outcome) {
        (Check::Reviewed, Outcome::Pass) => ("held", "held"),
        (Check::Audited | Check::AuditedForVisit | Check::Reviewed, _) => ("planned", "planned and not held"),
        _ => ("open", "overdue"),
    };
    for (word, entries) in [(word_if_late, late), (word, entries)] {
        details.extend(listed(word, &entries.into_iter().map(about).collect::<Vec<_>>()));
    }
    details.extend(listed(
        "missing or no longer right in clausebook.yaml, below `certificate`",
        &line.keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>(),
    ));
    details.extend(advice(line).map(str::to_owned));
    let commands = commands(assessed, line);
    details.extend(commands.iter().take(MAX_COMMANDS).map(|command| {
        // A command that plans something can be run at once; one that records something, only after it has happened.
        let when = if command.starts_with("clausebook new") { "run" } else { "once done, run" };
        let words = if command.contains(" RESULT") { format!(" ({RESULTS})") } else { String::new() };
        format!("{when}: {command}{words}")
    }));
    let more = commands.len().saturating_sub(MAX_COMMANDS);
    details.extend((more > 0).then(|| format!("and {more} more commands like these")));
    details
}

/// The commands that record the events needed to pass a line, once these have happened.
fn commands(assessed: Assessed<'_>, line: &ReadyLine) -> Vec<String> {
    let registers = &assessed.reading.handbook.registers;
    let as_of = assessed.assessment.clock.as_of;
    let entries = line.entries.iter().map(|index| (*index, &*registers.entry(*index).entry));
    let mut commands: Vec<String> = match (line.check, line.outcome) {
        (Check::Reviewed, Outcome::Pass) => Vec::new(),
        (Check::Audited | Check::AuditedForVisit | Check::Reviewed, _) => {
            entries.map(|(_, entry)| close_command(entry, as_of)).collect()
        }
        (Check::FindingsOfVisit | Check::NoOverdue, _) => {
            entries.flat_map(|(index, entry)| of_finding(assessed, index, entry)).collect()
        }
        _ => Vec::new(),
    };
    commands.extend(planning(assessed, line));
    commands
}

/// The commands that close a finding, or record the check of its effect.
fn of_finding(assessed: Assessed<'_>, index: EntryIndex, entry: &Entry) -> Vec<String> {
    let as_of = assessed.assessment.clock.as_of;
    if assessed.assessment.entry(index).is_some_and(|life| life.state == EntryState::WaitsForEffect) {
        return vec![effect_command(entry)];
    }
    let open = entry.actions().filter(|action| !action.is_done(as_of));
    open.map(|action| action_command(entry, action)).chain([close_command(entry, as_of)]).collect()
}

/// The command that plans an event if none is planned in time.
fn planning(assessed: Assessed<'_>, line: &ReadyLine) -> Option<String> {
    let standards = &assessed.reading.standards;
    match line.check {
        Check::Audited | Check::AuditedForVisit if !line.unplanned.is_empty() && line.outcome == Outcome::Fail => {
            let clauses = grouped(standards, &line.unplanned);
            let clauses: Vec<String> = clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect();
            let clauses = clauses.join(",");
            Some(format!(
                "clausebook new --register audits TITLE --set kind=internal --set planned=DATE --set clauses={clauses}"
            ))
        }
        Check::Reviewed if line.outcome == Outcome::Fail && line.entries.is_empty() => {
            Some("clausebook new --register management_reviews TITLE --set planned=DATE".to_owned())
        }
        _ => None,
    }
}

/// The fewest clauses that cover the given units: a parent stands for the units below it if all of them are included.
fn grouped(standards: &Standards, units: &[ClauseKey]) -> Vec<ClauseKey> {
    let is_whole = |parent: &ClauseKey| {
        let mut below = standards.below(*parent).into_iter().filter(|key| standards.is_unit(*key));
        below.all(|key| units.contains(&key))
    };
    let mut clauses: Vec<ClauseKey> =
        units.iter().map(|unit| standards.ancestors(*unit).take_while(is_whole).last().unwrap_or(*unit)).collect();
    clauses.dedup();
    clauses
}

fn listed(what: &str, names: &[String]) -> Option<String> {
    let shown = names.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MAX_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("{what}: {shown}{more}"))
}

/// General advice on a failing line.
fn advice(line: &ReadyLine) -> Option<&'static str> {
    match (line.outcome, line.check) {
        (Outcome::Pass | Outcome::NotYet, _) => None,
        (_, Check::Covered | Check::Provided) => Some("`clausebook status` says what to do next"),
        (_, Check::NoErrors) => Some("`clausebook check` lists them"),
        (_, Check::Audited | Check::AuditedForVisit) if line.entries.is_empty() => {
            Some("plan internal audits of these clauses in the register of audits")
        }
        (_, Check::Reviewed) => Some("plan and hold a management review, and record it"),
        (_, Check::FindingsOfVisit) => Some("close each finding, and record the check of its effect"),
        (_, Check::NoOverdue) if line.entries.is_empty() => {
            Some("there is no register of nonconformities that can be read in full")
        }
        (_, Check::NoOverdue) => {
            Some("close them, or agree a new date: `clausebook set ID due=DATE --by ROLE --reason TEXT`")
        }
        _ => None,
    }
}

fn closing(ready: &Readiness) -> String {
    let [pass, fail, later] = [Outcome::Pass, Outcome::Fail, Outcome::NotYet].map(|one| ready.count(one));
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
    id: &'a str,
    from: Date,
    to: Date,
}

#[derive(Serialize)]
struct Line<'a> {
    check: Check,
    outcome: Outcome,
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
    let visit = |visit: Option<(crate::register::Period, EntryIndex)>| {
        visit.map(|(days, index)| Visit { id: registers.entry(index).id(), from: days.from, to: days.to })
    };
    let lines = ready.lines.iter().map(|line| Line {
        check: line.check,
        outcome: line.outcome,
        have: line.have,
        want: line.want,
        clauses: line.clauses.iter().map(|key| standards.clause(*key).id.to_string()).collect(),
        entries: line.entries.iter().map(|index| registers.entry(*index).id()).collect(),
        missing: &line.keys,
        commands: commands(assessed, line),
    });
    let shown = ReadinessReport {
        schema: 1,
        as_of: assessed.assessment.clock.as_of,
        visit: ready.visit.as_str(),
        next: visit(ready.next),
        last: visit(ready.last),
        ready: ready.is_ready(),
        lines: lines.collect(),
    };
    super::stream::json_text(&shown)
}
