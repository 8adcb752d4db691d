//! `clausebook pack`: everything that an auditor or top management requires, in one file to hand over.
//!
//! The file is replaced as a whole, or the old one is kept.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::build::{refusal_failure, theme};
use super::handbook_source::{HandbookArguments, HandbookSource, short_hash};
use super::interrupt::{Interrupt, InterruptMode};
use super::management_review::period;
use super::pdf::{self, BrowserArguments};
use super::{CommandResult, Failure, output};
use crate::archive::{PackFile, archive};
use crate::assess::{Assessed, assess};
use crate::browser::Browser;
use crate::chronicle::{HandbookPast, PastSource};
use crate::config::{SETTINGS_FILE, Settings};
use crate::date::Date;
use crate::git::Git;
use crate::handbook::Reading;
use crate::judge::judge;
use crate::project::{STANDARDS_FOLDER, THEMES_FOLDER, refuse_unclear_edition};
use crate::register::{Audit, Kind, Period};
use crate::report::count_noun;
use crate::site::build::Plan;
use crate::site::navigation::Extras;
use crate::site::pack::{Attachment, PROFILES, PackOptions, Profile, attachments, create_files};
use crate::site::pages;
use crate::source::read_whole;

/// Arguments of `clausebook pack`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// What the pack is for
    #[arg(value_name = "PROFILE", value_parser = profiles())]
    profile: &'static Profile,
    /// Output file [default: PROFILE.zip]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Pack one of the editions defined in the settings
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Changes since a date or an audit [default for `surveillance`: the last visit held]
    #[arg(long, value_name = "DATE|AUDIT")]
    since: Option<String>,
    /// Period of the management review, FROM..TO [default: that of the next review planned, otherwise since the last
    /// one]
    #[arg(long, value_name = "FROM..TO", value_parser = period)]
    period: Option<Period>,
    /// Include the source files of documents, registers and settings
    #[arg(long)]
    with_source: bool,
    /// Add the documents as PDF, printed by an installed Chromium
    #[arg(long)]
    pdf: bool,
    #[command(flatten)]
    browser: BrowserArguments,
    #[command(flatten)]
    handbook: HandbookArguments,
}

fn profiles() -> impl TypedValueParser<Value = &'static Profile> {
    let values = PROFILES.iter().map(|profile| PossibleValue::new(profile.name).help(profile.help));
    let find = |name: String| PROFILES.iter().find(|profile| profile.name == name);
    PossibleValuesParser::new(values).try_map(move |name| find(name).ok_or("unknown profile"))
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = arguments.handbook.source.edition(arguments.edition.as_deref())?;
    let opened = arguments.handbook.open_project(project, &interrupt)?;
    let reading = read(&opened)?;
    check_request(arguments, &reading)?;
    let browser = arguments.pdf.then(|| arguments.browser.find()).transpose();
    let browser = browser.map_err(|error| Failure::new(error.to_string()))?;
    let clock = opened.clock(&reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let revision = handbook_revision(&opened, &reading);
    let printed = match browser {
        Some(browser) => print_documents(&opened, assessed, browser, arguments.browser.limit(), &interrupt)?,
        None => Vec::new(),
    };
    let order = PackOptions {
        profile: arguments.profile,
        since: changes_since(arguments, &reading, clock.as_of)?,
        period: arguments.period,
        revision: revision.as_ref(),
        with_source: arguments.with_source,
        pdfs: &printed,
    };
    let read = |attachment: Attachment| match read_whole(&attachment.file) {
        Ok(bytes) => Ok((attachment, bytes)),
        Err(error) => Err(Failure::new(format!("`{}` cannot be read: {error}", attachment.url))),
    };
    let attached: Vec<_> = attachments(&reading).into_iter().map(read).collect::<Result<_, _>>()?;
    let past = revision.as_ref().and_then(|_| versions(&opened, &reading, &interrupt));
    let extras = Extras { past: past.as_ref(), ..Extras::default() };
    let plan = Plan { assessed, theme: &[], extras, progress: &|_, _| {} };
    let files = create_files(plan, order, &attached)?;
    let count = files.len();
    let bytes = archive(files)?;
    match interrupt.reason() {
        Some(reason) => Err(Failure::new(reason.to_owned())),
        None => save(arguments, &bytes, count),
    }
}

/// Refuses contents that an edition cannot have, and options without effect.
fn check_request(arguments: &Arguments, reading: &Reading) -> Result<(), Failure> {
    let unused = arguments.browser.given_option().filter(|_| !arguments.pdf);
    if let Some(option) = unused {
        return Err(Failure::new(format!("`{option}` needs `--pdf`, which adds the documents as PDF")));
    }
    if !reading.settings.shows_figures() {
        let reason =
            "this edition shows no figures, and a pack is made of them; write `figures: whole` in its settings";
        return Err(Failure::new(reason));
    }
    if arguments.with_source && reading.settings.is_limited() {
        let reason = "sources name documents that this edition does not show; leave `--with-source` out";
        return Err(Failure::new(reason));
    }
    Ok(())
}

/// The documents as PDF files; they are dated with the day of the pack, so that equal packs are identical.
fn print_documents(
    opened: &HandbookSource,
    assessed: Assessed<'_>,
    browser: Browser,
    time_limit: Option<Duration>,
    interrupt: &Interrupt,
) -> Result<Vec<PackFile>, Failure> {
    let theme = theme(opened.project(), &assessed.reading.settings.theme)?;
    let plan = Plan { assessed, theme: &theme, extras: Extras::default(), progress: &|_, _| {} };
    let files = pdf::print_handbook(plan, browser, time_limit, interrupt)?;
    let as_of = assessed.assessment.clock.as_of;
    let file = |(name, bytes)| PackFile { path: format!("pdf/{name}"), bytes: set_dates(bytes, as_of) };
    Ok(files.into_iter().map(file).collect())
}

/// Replaces the time stamps in a PDF file by a day, without changing its length.
fn set_dates(mut pdf: Vec<u8>, day: Date) -> Vec<u8> {
    let time = format!("{}000000", day.to_string().replace('-', ""));
    for key in [&b"/CreationDate (D:"[..], b"/ModDate (D:"] {
        let places: Vec<usize> = pdf
            .windows(key.len())
            .enumerate()
            .filter(|(_, bytes)| *bytes == key)
            .map(|(at, _)| at + key.len())
            .collect();
        for at in places {
            let is_time = |digits: &&mut [u8]| digits.iter().all(u8::is_ascii_digit);
            if let Some(digits) = pdf.get_mut(at..at + time.len()).filter(is_time) {
                digits.copy_from_slice(time.as_bytes());
            }
        }
    }
    pdf
}

/// Earlier texts of documents. They name other documents, so a limited edition has none.
fn versions(opened: &HandbookSource, reading: &Reading, interrupt: &Interrupt) -> Option<HandbookPast> {
    let edition = reading.settings.edition.as_ref();
    if edition.is_some_and(|edition| edition.is_limited) {
        return None;
    }
    let own_places = pages::reserved_places();
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let source = PastSource { folder: opened.current.root(), own_places: &own_places, on_create: &on_create };
    Some(HandbookPast::collect_versions(source, opened.commit(), reading))
}

fn read(opened: &HandbookSource) -> Result<Reading, Failure> {
    let project = opened.project();
    let (settings, _) = project.settings().map_err(refusal_failure)?;
    let reading = project.read(&[project.root().join(&settings.output)]).map_err(refusal_failure)?;
    refuse_unclear_edition(&reading).map_err(refusal_failure)?;
    Ok(reading)
}

fn save(arguments: &Arguments, bytes: &[u8], count: usize) -> CommandResult {
    let default_path = || PathBuf::from(format!("{}.zip", arguments.profile.name));
    let file = arguments.output.clone().unwrap_or_else(default_path);
    let name = file.display();
    output::save(&file, bytes)
        .map_err(|error| Failure::new(format!("`{name}` cannot be written: {}", output::write_error_text(&error))))?;
    output::note(&format!("{name}: {}, {} kB", count_noun(count, "file"), bytes.len().div_ceil(1000)));
    Ok(ExitCode::SUCCESS)
}

/// The commit of the handbook, and whether everything was committed; `None` without a repository.
fn handbook_revision(opened: &HandbookSource, reading: &Reading) -> Option<(String, bool)> {
    if let Some(commit) = opened.commit() {
        return Some((short_hash(commit).to_owned(), true));
    }
    let git = Git::of(opened.current.root()).ok()?;
    let commit = git.commit("HEAD").ok()?;
    // If Git does not answer, the handbook does not count as clean.
    let folders = folders_read(&reading.settings);
    let is_clean = is_unchanged(&git, &folders) && tracks_all(&git, &folders, &files_read(reading));
    Some((short_hash(&commit).to_owned(), is_clean))
}

/// The settings file and the folders that a handbook is read from.
fn folders_read(settings: &Settings) -> Vec<&str> {
    let own_folders = [SETTINGS_FILE, settings.content.as_str(), STANDARDS_FOLDER, THEMES_FOLDER];
    let included = settings.documents.includes.folders().iter().map(String::as_str);
    own_folders.into_iter().chain(settings.asset_folders()).chain(included).collect()
}

/// Whether Git reports no change in these folders.
fn is_unchanged(git: &Git, folders: &[&str]) -> bool {
    let arguments = ["status", "--porcelain", "--untracked-files=all", "--"].into_iter().chain(folders.iter().copied());
    git.run(&arguments.collect::<Vec<_>>()).is_ok_and(|changes| changes.is_empty())
}

/// The paths of the settings, catalogues, texts, registers and attachments that were read.
fn files_read(reading: &Reading) -> BTreeSet<Arc<str>> {
    let handbook = &reading.handbook;
    let texts = handbook.documents.iter().map(|document| &document.file);
    let included = texts.clone().flat_map(|file| &file.body.included.files).map(|file| file.path.clone());
    let registers = handbook.registers.files.iter().map(|(file, _)| file.source.path().clone());
    let attached = attachments(reading).into_iter().map(|attachment| attachment.asset);
    let settings = reading.sources.iter().map(|text| text.path().clone());
    texts.map(|file| file.path().clone()).chain(included).chain(registers).chain(attached).chain(settings).collect()
}

/// Whether Git tracks all of these files and has not been told to ignore changes to any tracked file in the folders,
/// even one that does not exist any more.
fn tracks_all(git: &Git, folders: &[&str], files: &BTreeSet<Arc<str>>) -> bool {
    let list = |folders: &[&str]| git.run(&[&["ls-files", "-v", "-z", "--"], folders].concat());
    let (Ok(tracked), Ok(in_folders)) = (list(&[]), list(folders)) else { return false };
    let is_seen = |entry: &[u8]| entry.is_empty() || entry.starts_with(b"H ");
    if !in_folders.split(|byte| *byte == 0).all(is_seen) {
        return false;
    }
    let listing = String::from_utf8_lossy(&tracked);
    let kept: HashSet<&str> = listing.split('\0').filter_map(|entry| entry.strip_prefix("H ")).collect();
    files.iter().all(|path| kept.contains(&**path))
}

/// The day from which changes are listed.
fn changes_since(arguments: &Arguments, reading: &Reading, as_of: Date) -> Result<Option<Date>, Failure> {
    let registers = &reading.handbook.registers;
    let audits = || {
        registers
            .of_kind(Kind::Audits)
            .filter_map(|(_, placed_entry)| Some((placed_entry.id(), Audit::from_entry(&placed_entry.entry)?)))
    };
    let Some(text) = &arguments.since else {
        let visits = audits().filter(|(_, audit)| audit.kind().is_some_and(|kind| kind.is_visit()));
        let last = visits.filter_map(|(_, audit)| Some(audit.held(as_of)?.to)).max();
        return Ok(last.filter(|_| arguments.profile.name == "surveillance"));
    };
    if let Ok(day) = text.parse::<Date>() {
        let refusal = || Failure::new(format!("`--since {day}` is after {as_of}, so the pack would show no changes"));
        return if day > as_of { Err(refusal()) } else { Ok(Some(day)) };
    }
    let Some((_, audit)) = audits().find(|(id, _)| id == text) else {
        return Err(Failure::new(format!(
            "`{}` is neither a date nor an audit of this handbook",
            crate::report::without_controls(text)
        )));
    };
    let held = audit.held(as_of).ok_or_else(|| Failure::new(format!("audit `{text}` has not been held yet")))?;
    Ok(Some(held.to))
}
