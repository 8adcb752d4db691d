//! `clausebook pdf`: exports controlled copies as PDF files, printed by an installed Chromium.
//!
//! All problems with the request are reported at once, and then nothing is written. A PDF that fails does not stop the
//! others; the exit code is then 2. Each file is written as a whole, or not at all. Reading the handbook, rendering the
//! pages, printing and writing share one time limit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::build::{chosen_theme, refusal_failure};
use super::interrupt::{Interrupt, InterruptMode};
use super::printer::{Printer, TimeLimit};
use super::{CommandResult, DateArgument, Failure, SourceArgument, check, find};
use crate::assess::{Assessed, assess};
use crate::browser::{Browser, BrowserError};
use crate::handbook::{DocumentIndex, Reading};
use crate::judge::judge;
use crate::project::{Project, refuse_unclear_edition};
use crate::report::{lines_without_controls, without_controls};
use crate::site::build::{BuildError, Plan, build_for_print};
use crate::site::groups::Groups;
use crate::site::navigation::Extras;
use crate::site::print_pages::{self, sheets};
use crate::site::theme::Labels;
use crate::site::write::{FreshFolder, WriteError};
use crate::spelling::suggest_help;
use crate::url::SitePath;

/// Default time limit for a PDF, and the additional time for each document.
const DEFAULT_LIMITS: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(2));

/// The environment variable that sets the browser if no option does.
const BROWSER_VARIABLE: &str = "CLAUSEBOOK_CHROMIUM";

/// Arguments of `clausebook pdf`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(false))]
pub(crate) struct Arguments {
    /// Document IDs or paths; one PDF each
    #[arg(value_name = "DOCUMENT", group = "what")]
    documents: Vec<String>,
    /// Export the whole handbook in clause order; one PDF per group of clauses if there are more than 150 documents
    #[arg(long, group = "what")]
    all: bool,
    /// Export a group of clauses, such as 8.6, or `other` for documents that belong to none
    #[arg(long, value_name = "CLAUSE", group = "what")]
    group: Option<String>,
    /// Output file, or folder if there is more than one [default: current folder]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    browser: BrowserArguments,
    /// Theme: the name of a folder in themes/ [default: theme in the settings]
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    #[command(flatten)]
    date: DateArgument,
    #[command(flatten)]
    source: SourceArgument,
}

/// Which browser prints, and how.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct BrowserArguments {
    /// The browser, by name or by path [default: CLAUSEBOOK_CHROMIUM, else chromium, google-chrome, ... on the search
    /// path]
    #[arg(long, value_name = "PROGRAM", env = BROWSER_VARIABLE, hide_env_values = true)]
    browser: Option<PathBuf>,
    /// Run the browser without its sandbox (needed as root and in some containers)
    #[arg(long)]
    no_sandbox: bool,
    /// Time limit for the whole command, in seconds [default: 60 per PDF plus 2 per document]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: Option<u64>,
}

impl BrowserArguments {
    /// The first of these options that is given on the command line.
    pub(super) fn given_option(&self) -> Option<&'static str> {
        let from_outside = std::env::var_os(BROWSER_VARIABLE).map(PathBuf::from);
        let browser = self.browser.as_ref().filter(|browser| Some(*browser) != from_outside.as_ref());
        let options = [
            ("--browser", browser.is_some()),
            ("--no-sandbox", self.no_sandbox),
            ("--timeout", self.timeout.is_some()),
        ];
        options.into_iter().find(|(_, is_named)| *is_named).map(|(option, _)| option)
    }

    /// Finds the browser.
    ///
    /// # Errors
    /// If no browser can be used; the error is the reason.
    pub(super) fn find(&self) -> Result<Browser, BrowserError> {
        // An empty variable does not name a browser.
        let named = self.browser.as_deref().filter(|named| !named.as_os_str().is_empty());
        Browser::find(named, !self.no_sandbox)
    }

    /// The time limit, if one is given.
    pub(super) fn limit(&self) -> Option<Duration> {
        self.timeout.map(Duration::from_secs)
    }
}

/// A PDF to be printed.
pub(super) struct PdfJob {
    /// The page to print.
    pub(super) page: SitePath,
    /// The documents on it.
    documents: Vec<DocumentIndex>,
    /// Name of the file.
    pub(super) name: String,
}

impl PdfJob {
    /// The default time limit.
    pub(super) fn default_limit(&self) -> Duration {
        let documents = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        DEFAULT_LIMITS.0 + DEFAULT_LIMITS.1.saturating_mul(documents)
    }
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let began = Instant::now();
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let time_limit = arguments.browser.limit();
    time_limit.map_or(Ok(()), |limit| interrupt.exit_after(began, limit))?;
    let project = arguments.source.edition(None)?;
    let reading = check::read(&project)?;
    refuse_unclear_edition(&reading).map_err(refusal_failure)?;
    let theme = chosen_theme(
        &project,
        arguments.theme.as_deref(),
        arguments.theme.as_deref().unwrap_or(&reading.settings.theme),
    )?;
    let labels = Labels::load_with_custom(&reading.settings.lang, &theme).map_err(BuildError::Theme)?;
    let jobs = requested_jobs(&project, &reading, &labels, arguments);
    let (jobs, browser) = match (jobs, arguments.browser.find()) {
        (Ok(jobs), Ok(browser)) => (jobs, browser),
        (jobs, browser) => {
            let errors = jobs.err().into_iter().chain(browser.err().map(|error| error.to_string()));
            return Err(Failure::new(errors.collect::<Vec<_>>().join("\n")));
        }
    };
    let targets = targets(&jobs, arguments.output.as_deref())?;
    let limit = time_limit.unwrap_or_else(|| jobs.iter().map(PdfJob::default_limit).sum());
    if time_limit.is_none() {
        interrupt.exit_after(began, limit)?;
    }
    let clock = arguments.date.clock(&reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let plan = Plan { assessed, theme: &theme, extras: Extras::default(), progress: &|_, _| {} };
    let folder = render_pages(plan, &jobs, &interrupt)?;
    let printer = Printer {
        browser,
        work_folder: folder.path(),
        time: TimeLimit { started: began, limit },
        interrupt: &interrupt,
    };
    printer.warn_if_outdated();
    printer.print(&jobs, &targets)
}

/// The whole handbook as PDF files, each with its name. Nothing is written outside a temporary folder.
///
/// # Errors
/// If any of them cannot be printed.
pub(super) fn print_handbook(
    plan: Plan<'_>,
    browser: Browser,
    time_limit: Option<Duration>,
    interrupt: &Interrupt,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let began = Instant::now();
    let reading = plan.assessed.reading;
    let labels = Labels::load_with_custom(&reading.settings.lang, plan.theme).map_err(BuildError::Theme)?;
    let jobs = handbook_jobs(reading, &Groups::new(&reading.standards, &reading.handbook, &labels), &labels);
    let jobs = jobs.map_err(Failure::new)?;
    let limit = time_limit.unwrap_or_else(|| jobs.iter().map(PdfJob::default_limit).sum());
    interrupt.exit_after(began, limit)?;
    let folder = render_pages(plan, &jobs, interrupt)?;
    let printer = Printer { browser, work_folder: folder.path(), time: TimeLimit { started: began, limit }, interrupt };
    printer.warn_if_outdated();
    printer.print_to_memory(&jobs)
}

/// Renders the pages to print, with everything that they load, in a folder `site`. From here on, the browser must be
/// stopped and the folder removed before the program ends.
fn render_pages(plan: Plan<'_>, jobs: &[PdfJob], interrupt: &Interrupt) -> Result<TempDir, Failure> {
    interrupt.defer_exit();
    let folder = tempfile::Builder::new().prefix("clausebook-pdf-").tempdir()?;
    interrupt.remove_on_interrupt(folder.path());
    let (site, stop) = (folder.path().join("site"), interrupt.flag());
    std::fs::create_dir(&site)?;
    make_pages(plan, jobs, &FreshFolder::new(&site, &stop)).map_err(|error| render_failure(error, interrupt))?;
    Ok(folder)
}

/// The PDFs to print, or all problems with the request.
fn requested_jobs(
    project: &Project,
    reading: &Reading,
    labels: &Labels,
    arguments: &Arguments,
) -> Result<Vec<PdfJob>, String> {
    if !arguments.documents.is_empty() {
        return document_jobs(project, reading, &arguments.documents);
    }
    let groups = Groups::new(&reading.standards, &reading.handbook, labels);
    match &arguments.group {
        Some(name) => group_jobs(reading, &groups, labels, name),
        None => handbook_jobs(reading, &groups, labels),
    }
}

fn document_jobs(project: &Project, reading: &Reading, names: &[String]) -> Result<Vec<PdfJob>, String> {
    let (mut jobs, mut refusals) = (Vec::<PdfJob>::new(), Vec::new());
    for name in names {
        match find::document(project, reading, name) {
            // The same document may be named both by its ID and by its path.
            Ok(index) if jobs.iter().any(|other| other.documents == [index]) => {}
            Ok(index) => jobs.push(document_job(reading, index)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() { Ok(jobs) } else { Err(refusals.join("\n")) }
}

fn document_job(reading: &Reading, index: DocumentIndex) -> PdfJob {
    let document = reading.handbook.document(index);
    let page = document.url.clone();
    let stem = page.as_str().trim_end_matches(".html").replace('/', "-");
    let name = document.id().map_or(stem, ToString::to_string);
    PdfJob { page, documents: vec![index], name: format!("{name}.pdf") }
}

fn handbook_jobs(reading: &Reading, groups: &Groups, labels: &Labels) -> Result<Vec<PdfJob>, String> {
    let sheets = sheets(groups, labels);
    let whole_position = sheets.iter().position(|sheet| sheet.path == print_pages::whole_path());
    let chosen = match whole_position {
        Some(at) => vec![sheet_job(&sheets[at], "handbook.pdf".to_owned())],
        None => sheets.iter().map(|sheet| sheet_job(sheet, file_name(sheet))).collect(),
    };
    if chosen.iter().all(|job| has_no_documents(reading, job)) {
        return Err("the handbook has no document to print".to_owned());
    }
    Ok(chosen.into_iter().filter(|job| !has_no_documents(reading, job)).collect())
}

fn group_jobs(reading: &Reading, groups: &Groups, labels: &Labels, name: &str) -> Result<Vec<PdfJob>, String> {
    let filled: Vec<(usize, &str)> = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.documents.iter().any(|at| is_controlled(reading, *at)))
        .map(|(rank, group)| (rank, print_pages::group_name(group)))
        .collect();
    let Some((rank, _)) = filled.iter().find(|(_, group_name)| *group_name == name) else {
        let help = suggest_help(name, filled.iter().map(|(_, group_name)| *group_name));
        let help = help.map_or_else(String::new, |help| format!("; {help}"));
        return Err(format!("no group of clauses `{}` has documents{help}", without_controls(name)));
    };
    let is_of_it = |sheet: &&print_pages::Sheet| {
        sheet.path != print_pages::whole_path() && sheet.parts.iter().all(|part| part.group == *rank)
    };
    Ok(sheets(groups, labels).iter().filter(is_of_it).map(|sheet| sheet_job(sheet, file_name(sheet))).collect())
}

fn sheet_job(sheet: &print_pages::Sheet, name: String) -> PdfJob {
    PdfJob { page: sheet.path.clone(), documents: sheet.documents().collect(), name }
}

/// `8.6.pdf` for `print/8.6.html`.
fn file_name(sheet: &print_pages::Sheet) -> String {
    format!("{}.pdf", sheet.path.name().trim_end_matches(".html"))
}

/// Whether it contains no controlled document: pages alone are not a controlled copy.
fn has_no_documents(reading: &Reading, job: &PdfJob) -> bool {
    !job.documents.iter().any(|index| is_controlled(reading, *index))
}

fn is_controlled(reading: &Reading, index: DocumentIndex) -> bool {
    reading.handbook.document(index).is_controlled()
}

/// The path of each file: in a folder or, for a single PDF, the given file.
fn targets(jobs: &[PdfJob], output: Option<&Path>) -> Result<Vec<PathBuf>, Failure> {
    let is_file = |path: &Path| jobs.len() == 1 && !path.is_dir() && !ends_with_slash(path);
    let (folder, targets) = match output {
        Some(file) if is_file(file) => (file.parent().unwrap_or(Path::new("")), vec![file.to_path_buf()]),
        other => {
            let folder = other.unwrap_or(Path::new(""));
            (folder, jobs.iter().map(|job| folder.join(&job.name)).collect())
        }
    };
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::new(format!("the folder `{}` cannot be created: {error}", folder.display())))?;
    }
    Ok(targets)
}

fn ends_with_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Renders the pages, with everything that they load, in a folder.
fn make_pages(plan: Plan<'_>, jobs: &[PdfJob], target: &FreshFolder<'_>) -> Result<(), BuildError> {
    let paths: BTreeSet<SitePath> = jobs.iter().map(|job| job.page.clone()).collect();
    let documents: Vec<DocumentIndex> = jobs.iter().flat_map(|job| job.documents.iter().copied()).collect();
    build_for_print(plan, &paths, &documents, target)
}

/// Why the pages could not be rendered.
fn render_failure(error: BuildError, interrupt: &Interrupt) -> Failure {
    match (interrupt.reason(), error) {
        (Some(why), _) => Failure::new(why.to_owned()),
        (None, BuildError::Write(WriteError::Full { path, source })) => Failure::new(lines_without_controls(&format!(
            "no PDF was made: no space on the disk of `{}` ({source}); free some, or set TMPDIR to a folder on another disk",
            path.display()
        ))),
        (None, error) => error.into(),
    }
}
