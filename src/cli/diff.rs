//! `clausebook diff`: shows which words of a document changed between two versions, days or revisions. It does not
//! judge anything: the exit code is 0.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::handbook_source::short_hash;
use super::show::RequestedDocument;
use super::{CommandResult, Failure, SourceArgument, check, output};
use crate::chronicle::{DigestCalculator, PastSource, changed_targets};
use crate::date::Date;
use crate::difference::Redline;
use crate::git::ObjectName;
use crate::handbook::{Document, TextTarget};
use crate::markdown::inserts_files;
use crate::place::SourceText;
use crate::report::redline::{TextComparison, markdown, text};
use crate::report::without_controls;
use crate::site::pages;
use crate::source::version::is_same_version;

/// Arguments of `clausebook diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document ID, or path of its file
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// Old text: a date (YYYY-MM-DD), else a version, else a Git revision [default: the version before the current one]
    #[arg(value_name = "OLD")]
    old: Option<String>,
    /// New text, likewise [default: the file as it is now]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Treat OLD and NEW as Git revisions, even if they look like dates or versions
    #[arg(long)]
    rev: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    source: SourceArgument,
}

/// A format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person at a terminal
    Text,
    /// A comment for a merge request
    Markdown,
}

/// One of the texts compared, and its origin.
struct DiffSide {
    text: String,
    from: String,
    /// The commit that the text is from, and the file in it; `None` for the current text.
    commit: Option<(ObjectName, String)>,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let requested = RequestedDocument::find(&project, &reading, &arguments.document)?;
    let old = match &arguments.old {
        Some(at) => text_at(&requested, at, arguments.rev)?,
        None => text_at(&requested, &previous_version(&requested)?, false)?,
    };
    let new = match &arguments.new {
        Some(at) => text_at(&requested, at, arguments.rev)?,
        None => current_text(&requested)?,
    };
    let redline = Redline::new(&old.text, &new.text);
    let title = requested.document.map_or_else(String::new, |document| format!(" {}", document.title));
    let inserts = [&old, &new].iter().any(|side| {
        let text = Arc::new(SourceText::new("", &side.text));
        inserts_files(&text, &reading.settings.documents.includes)
    });
    let attachments = attachments(&requested, &old, &new);
    let name = format!("{}{title}", requested.id);
    let compared = TextComparison { name, old: old.from, new: new.from, redline: &redline, inserts, attachments };
    output::print(&match arguments.format {
        Format::Text => text(&compared),
        Format::Markdown => markdown(&compared),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The attachments that differ between the two texts; empty if the current document has none.
fn attachments(requested: &RequestedDocument<'_>, old: &DiffSide, new: &DiffSide) -> Vec<String> {
    let Some(document) = requested.document.filter(|document| document.has_attachments()) else { return Vec::new() };
    let own_places = pages::reserved_places();
    let on_create = |folder: &Path| requested.interrupt.remove_on_interrupt(folder);
    let source = PastSource { folder: requested.project.root(), own_places: &own_places, on_create: &on_create };
    let mut digests = DigestCalculator::new(requested.reading, source);
    let mut targets = |side: &DiffSide| match &side.commit {
        Some((commit, file)) => digests.link_targets(commit, file),
        None => Some(requested.reading.text_targets(document)),
    };
    let (old, new) = (targets(old), targets(new));
    let files = |targets: Option<Vec<TextTarget>>| -> Vec<TextTarget> {
        targets.into_iter().flatten().filter(|target| target.attachment.is_some()).collect()
    };
    changed_targets(&files(old), &files(new))
}

/// The text at a date, in a version or at a revision.
fn text_at(requested: &RequestedDocument<'_>, at: &str, is_revision: bool) -> Result<DiffSide, Failure> {
    let (then, how) = requested.find_commit(at, is_revision)?;
    let past_file = requested.file_at(&then).map_err(Failure::new)?;
    let commit = format!("commit {} of {}", short_hash(&then.commit), then.day);
    let id = without_controls(requested.id.as_str());
    let past_file = past_file.ok_or_else(|| Failure::new(format!("no document has the ID `{id}` in {commit}")))?;
    let text = SourceText::new("", &String::from_utf8_lossy(&past_file.bytes)).as_str().to_owned();
    let how = how.trim_start();
    let from = if how.is_empty() { commit } else { format!("{how}, {commit}") };
    Ok(DiffSide { text, from, commit: Some((then.commit, past_file.file.to_string())) })
}

/// The text in the folder.
fn current_text(requested: &RequestedDocument<'_>) -> Result<DiffSide, Failure> {
    let missing = || {
        Failure::new(format!(
            "no document has the ID `{}` now; name a second text",
            without_controls(requested.id.as_str())
        ))
    };
    let document = requested.document.ok_or_else(missing)?;
    let from = format!("`{}` as it is now", document.path());
    Ok(DiffSide { text: document.file.source.as_str().to_owned(), from, commit: None })
}

/// The version before the current one: the newest other version in the revision history. A first version is compared
/// with its own text as approved.
fn previous_version(requested: &RequestedDocument<'_>) -> Result<String, Failure> {
    let front = requested.document.and_then(Document::front);
    let current = front.and_then(|front| front.version.as_ref()).map(|version| version.value.trim());
    let is_current = |version: &str| current.is_some_and(|current| is_same_version(version, current));
    let others = front.into_iter().flat_map(|front| &front.changes).filter_map(|change| {
        let version = change.version.as_ref()?.value.trim();
        (!is_current(version)).then_some((change.date().unwrap_or(Date::MIN), version))
    });
    // Of several on one day the first one written wins, because revision histories start with the newest.
    let before = others.rev().max_by_key(|(on, _)| *on).map(|(_, version)| version);
    let first = || current.filter(|_| front.is_some_and(|front| !front.changes.is_empty()));
    before.or_else(first).map(str::to_owned).ok_or_else(|| {
        let id = without_controls(requested.id.as_str());
        Failure::new(format!(
            "`changes` of {id} names no earlier version; name a date, a version or a revision to compare with"
        ))
    })
}
