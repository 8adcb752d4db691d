//! `clausebook review`: records that somebody reviewed a text.
//!
//! All documents are looked at before the first one is written: when one is refused, none is changed.

use std::process::ExitCode;

use super::interrupt::{Ending, Interrupt};
use super::unified::unified;
use super::{Failure, Outcome, SourceArgument, check, find, output};
use crate::assess::{Assessment, Clock, State, assess};
use crate::date::Date;
use crate::edit::{Edits, current};
use crate::finding::Severity;
use crate::handbook::{Document, DocumentIndex, Reading, ReviewRule, is_dated_by_content};
use crate::judge::judge;
use crate::place::SourceText;
use crate::project::Project;
use crate::report::plain;
use crate::rules::{Group, rule};
use crate::source::front_matter::Status;
use crate::source::{NewReview, attest};

/// Arguments of `clausebook review`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document IDs or paths
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    /// Reviewer: a role or a person
    #[arg(long, value_name = "ROLE", value_parser = words)]
    by: String,
    /// A remark
    #[arg(long, value_name = "TEXT", value_parser = words)]
    note: Option<String>,
    /// Review date, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Show the change without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

/// A text that says something, on one line.
fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text {
        "" => Err("enter a name".to_owned()),
        text if text.chars().any(char::is_control) => {
            Err("write it on one line, without control characters".to_owned())
        }
        text => Ok(text.to_owned()),
    }
}

/// A document with its new text.
struct Change<'a> {
    document: &'a Document,
    old: String,
    new: String,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let today = reading.settings.as_of.unwrap_or_else(Date::today);
    let on = arguments.on.unwrap_or(today);
    if on > today {
        return Err(Failure::new(format!("{on} is in the future; record a review after it has taken place")));
    }
    let clock = Clock { as_of: on, warning_days: reading.settings.warning_days };
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let handbook = Opened { project: &project, reading: &reading, assessment: &assessment };
    let changes = handbook.changes(arguments, on)?;
    if arguments.dry_run {
        changes
            .iter()
            .try_for_each(|change| output::print(&unified(change.document.path(), &change.old, &change.new)))?;
        return Ok(ExitCode::SUCCESS);
    }
    // Files of the author change all together, or not at all.
    Interrupt::listen(Ending::InOrder)?;
    let mut edits = Edits::new(project.root());
    changes.iter().for_each(|change| edits.replace(change.document.path(), &change.old, &change.new));
    edits.save()?;
    changes.iter().try_for_each(|change| output::print(&said(change.document, on, &arguments.by)))?;
    Ok(ExitCode::SUCCESS)
}

/// A handbook in which documents are looked up.
struct Opened<'a> {
    project: &'a Project,
    reading: &'a Reading,
    assessment: &'a Assessment,
}

impl<'a> Opened<'a> {
    fn changes(&self, arguments: &Arguments, on: Date) -> Result<Vec<Change<'a>>, Failure> {
        let mut changes: Vec<Change<'a>> = Vec::new();
        let mut refusals = Vec::new();
        for name in &arguments.documents {
            match self.change(name, arguments, on) {
                // The same document may be named by its id and by its path.
                Ok(change) if changes.iter().any(|other| other.document.path() == change.document.path()) => {}
                Ok(change) => changes.push(change),
                Err(why) => refusals.push(why),
            }
        }
        if refusals.is_empty() { Ok(changes) } else { Err(Failure::new(refusals.join("\n"))) }
    }

    fn change(&self, name: &str, arguments: &Arguments, on: Date) -> Result<Change<'a>, String> {
        let index = find::document(self.project, self.reading, name)?;
        let document = self.reading.handbook.document(index);
        self.refuse(document, index, on)?;
        let path = plain(document.path());
        let raw = current(self.project.root(), document.path())
            .map_err(|error| format!("`{path}` cannot be read: {error}"))?;
        if SourceText::new("", &raw).as_str() != document.file.source.as_str() {
            return Err(format!("`{path}` has just changed; check it, then run the command again"));
        }
        let version = document.front().and_then(|front| front.version.as_ref()).map(|version| version.value.clone());
        let digest = self.reading.text_digest(document).map_err(|attachment| {
            format!("`{path}` links to `{}`, which cannot be read; make it readable", plain(&attachment))
        })?;
        let review = NewReview {
            on,
            by: arguments.by.clone(),
            version,
            digest: digest.to_string(),
            note: arguments.note.clone(),
        };
        let vocabulary = self.reading.settings.vocabulary();
        let new = attest(&raw, &vocabulary, &review).map_err(|error| format!("`{path}` cannot be changed: {error}"))?;
        Ok(Change { document, old: raw, new })
    }

    fn refuse(&self, document: &Document, index: DocumentIndex, on: Date) -> Result<(), String> {
        let path = plain(document.path());
        if !document.is_controlled() {
            return Err(format!("`{path}` is a page, not a controlled document, so it cannot be reviewed"));
        }
        let is_grave = |finding: &&crate::finding::Finding| {
            let group = rule(finding.problem.rule.0).map(|rule| rule.group);
            finding.severity == Severity::Error
                && matches!(group, Some(Group::FrontMatter | Group::Identity))
                && finding.problem.place.file == *document.path()
        };
        let waived = self.assessment.waived.iter().map(|waived| &waived.finding);
        let mut findings = self.assessment.findings.iter().chain(waived);
        if let Some(finding) = findings.find(is_grave) {
            let (place, message) = (plain(&finding.problem.place.to_string()), plain(&finding.problem.message));
            return Err(format!("`{path}` has errors, which come first: {place}: {message}"));
        }
        match self.assessment.life(index).approved {
            _ if self.assessment.state(index) == State::Retired => {
                Err(format!("`{path}` is retired and does not need a review"))
            }
            Some(approved) if on < approved => {
                Err(format!("`{path}` was approved on {approved}; a review on {on} says nothing about that text"))
            }
            _ => Ok(()),
        }
    }
}

fn said(document: &Document, on: Date, by: &str) -> String {
    let name = document.id().map_or("", |id| id.as_str());
    let next = match document.review {
        _ if document.status() != Some(Status::Approved) => {
            "; it is not approved, and a review does not approve it".to_owned()
        }
        _ if is_dated_by_content(&document.kind) => "; its next review is still counted from its `date`".to_owned(),
        ReviewRule::Every(interval) => format!("; the next review is due on {}", on.plus(interval)),
        ReviewRule::Next(date) => format!("; `review` still asks for the next one on {date}"),
        ReviewRule::Never => String::new(),
        ReviewRule::Unknown => "; its `reviews` cannot be read".to_owned(),
    };
    format!("{name} {}: reviewed on {on} by {}{next}\n", plain(&document.title), plain(by))
}
