//! `clausebook explain`: describes a clause, an item of documented information, a rule, a kind of register or an entry.

use std::process::ExitCode;

use super::{CommandResult, DateArgument, Failure, SourceArgument, check, output, register_problems};
use crate::assess::{Assessed, assess};
use crate::handbook::PlacedEntry;
use crate::id::{ClauseRef, ItemRef};
use crate::register::{KINDS, Kind};
use crate::report;
use crate::rules;
use crate::spelling::nearest;
use crate::standard::{ResolveError, Standards, built_in, built_in_names};

/// Arguments of `clausebook explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Clause (8.6.1, iso27001:A.5.24), required item (change-management-policy), rule (broken-link), kind of register
    /// (audits) or entry (NC-2026-07); `rules` lists all rules
    subject: String,
    #[command(flatten)]
    date: DateArgument,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let subject = arguments.subject.trim();
    let text = match Kind::from_name(subject).or_else(|| kind_by_singular(subject)) {
        Some(kind) => report::explain_register::kind(kind),
        None => match report::explain_register::list(subject) {
            Some(text) => text,
            None => {
                let standards = standards(arguments)?;
                explain(&standards, subject).or_else(|failure| entry(arguments, subject).unwrap_or(Err(failure)))?
            }
        },
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The kind whose entries have this name in the singular, such as `nonconformity`.
fn kind_by_singular(subject: &str) -> Option<Kind> {
    KINDS.iter().find(|row| row.singular == subject.replace(['-', '_'], " ").to_lowercase()).map(|row| row.kind)
}

/// The standards of the handbook here or, if there is none, all built-in ones.
fn standards(arguments: &Arguments) -> Result<Standards, Failure> {
    match arguments.source.project() {
        Ok(project) => project.named_standards().map_err(super::build::refusal_failure),
        Err(error) if arguments.source.source.is_some() => Err(error.into()),
        Err(_) => Ok(Standards::new(built_in_names().filter_map(|name| built_in(&name.parse().ok()?)))),
    }
}

/// The entry with an ID in the handbook here, as it is on the day; `None` if there is no handbook or no such entry. The
/// result is an error if the handbook cannot be read, if the ID is that of a document, or if the row of the entry may
/// be unreadable.
fn entry(arguments: &Arguments, subject: &str) -> Option<Result<String, Failure>> {
    let project = arguments.source.project().ok()?;
    let reading = match check::read(&project) {
        Ok(reading) => reading,
        Err(failure) => return Some(Err(failure)),
    };
    let id = subject.parse().ok()?;
    if let Some(document) = reading.handbook.lookup.by_id(&id) {
        let path = report::without_controls(reading.handbook.document(document).path());
        return Some(Err(Failure::new(format!(
            "`{id}` is a document, in `{path}`; to print an earlier text of it, run `clausebook show {id} --at VERSION`"
        ))));
    }
    let Some(index) = reading.handbook.lookup.entry(&id) else {
        // IDs of entries contain a number; names of items and rules do not.
        let may_be_one = subject.contains(|c: char| c.is_ascii_digit());
        let (unread, subject) = (register_problems::first_problem(&reading, None), report::without_controls(subject));
        let similar = || nearest(&subject, reading.handbook.registers.entries.iter().map(PlacedEntry::id));
        let message = match unread {
            Some(problem) => format!("no readable entry has the ID `{subject}`; {problem}"),
            None => format!("no entry has the ID `{subject}`; did you mean `{}`?", similar().filter(|_| may_be_one)?),
        };
        return may_be_one.then(|| Err(Failure::new(message)));
    };
    let clock = arguments.date.clock(&reading.settings);
    let assessment = assess(&reading, clock);
    Some(Ok(report::explain_register::entry(Assessed { reading: &reading, assessment: &assessment }, index)))
}

fn explain(standards: &Standards, subject: &str) -> Result<String, Failure> {
    if subject == "rules" {
        return Ok(report::explain::rules());
    }
    if let Some(rule) = rules::find_rule(subject) {
        return Ok(report::explain::rule(rule));
    }
    if let Ok(reference) = subject.parse::<ClauseRef>() {
        return clause(standards, &reference);
    }
    let (standard, item) = match subject.split_once(':') {
        Some((standard, item)) => (standard.parse().ok(), item),
        None => (None, subject),
    };
    let item_key = item.parse().ok().and_then(|item| standards.item(&ItemRef { standard, item }));
    item_key.map(|key| report::explain::item(standards, key)).ok_or_else(|| unknown(standards, subject))
}

fn clause(standards: &Standards, reference: &ClauseRef) -> Result<String, Failure> {
    match standards.resolve(reference) {
        Ok(key) => Ok(report::explain::clause(standards, key)),
        Err(ResolveError::Standard { nearest }) => {
            let hint = nearest.map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
            let name = reference.standard.as_ref().map_or_else(String::new, ToString::to_string);
            Err(Failure::new(format!("unknown standard `{name}`{hint}")))
        }
        Err(ResolveError::Clause { standard, nearest, from_2011 }) => {
            let title = &standards.catalogue(standard).title;
            let now: Vec<String> = from_2011.iter().map(|key| standards.clause(*key).id.to_string()).collect();
            let hint = match nearest {
                _ if !now.is_empty() => format!("; in the 2011 edition it was what is now {}", now.join(" and ")),
                nearest => {
                    let suggestion = standards.suggest_clauses(&reference.clause, nearest);
                    suggestion.map_or_else(String::new, |suggestion| format!("; {suggestion}"))
                }
            };
            Err(Failure::new(format!("{title} has no clause {}{hint}", reference.clause)))
        }
    }
}

fn unknown(standards: &Standards, subject: &str) -> Failure {
    let names = rules::RULES.iter().map(|rule| rule.id.0).chain(KINDS.iter().map(|row| row.name));
    let similar_name = nearest(subject, names).map(str::to_owned);
    let similar = standards.nearest_item(subject).map(ToString::to_string).or(similar_name);
    let hint = similar.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Failure::new(format!("no clause, required item, rule, kind of register or entry is called `{subject}`{hint}"))
}
