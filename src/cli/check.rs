//! `clausebook check`: the gate.
//!
//! It renders no page, but can inspect a built portal. The exit code is 0 if every gate is met, 1 if one is not, and 2
//! if nothing could be checked because settings, a baseline or another revision cannot be used. A check that found
//! nothing to check fails.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::base::{Base, CurrentHandbook, edition_problems};
use super::build::{refusal_failure, theme};
use super::handbook_source::{HandbookArguments, HandbookSource};
use super::input_fingerprint::{CommandInputs, InputFingerprint};
use super::interrupt::{Interrupt, InterruptMode};
use super::last_report::{self, LastReport};
use super::{CommandResult, EXIT_FAILED, Failure, find, fix, git_history, output};
use crate::assess::{Assessed, Assessment, assess};
use crate::config::Settings;
use crate::finding::{Problem, Severity};
use crate::handbook::Reading;
use crate::history::CommitLine;
use crate::judge::{
    Baseline, BaselineError, BaselineMatch, Comparison, Gates, coverage_drops, evaluate_gates, judge, lost_ids,
    unreadable_base_files,
};
use crate::path::RelativePath;
use crate::place::SourceText;
use crate::project::Project;
use crate::report::{self, FORMATS, Format, ReaderKind, Report, View};
use crate::site::inspect::{self, CustomTheme, inspect_folder};
use crate::source::named_text;

/// Arguments of `clausebook check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Show only the findings in these files; the gates still judge the whole handbook
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    handbook: HandbookArguments,
    /// Check one of the editions defined in the settings: its links and what it shows
    #[arg(long, value_name = "NAME", conflicts_with_all = ["fix", "diff"])]
    edition: Option<String>,
    /// Report format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: &'static Format,
    /// Write the report to a file; the result is still printed to standard error
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail on findings of this severity or higher [default: gates in the settings, otherwise error]
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    fail_on: Option<Severity>,
    /// Fail if fewer than this percentage of clauses are covered [default: gates in the settings]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    min_coverage: Option<u32>,
    /// Fail if there are fewer documents than this [default: gates in the settings]
    #[arg(long, value_name = "COUNT")]
    min_documents: Option<u32>,
    /// Ignore findings listed in this file; only new ones count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Save the current findings to the --baseline file
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Compare with another Git revision and report clauses that have got worse
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// Also check the built portal in this folder for broken links and missing files
    #[arg(long, value_name = "DIR")]
    built: Option<PathBuf>,
    /// Maximum number of findings shown in full in the text report
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// Prefix added to paths in formats for other tools: the handbook's folder within its repository
    #[arg(long, value_name = "FOLDER")]
    path_prefix: Option<RelativePath>,
    /// Include waived findings
    #[arg(long, short)]
    verbose: bool,
    /// Write waived, known and fixed findings to a SARIF report too
    #[arg(long)]
    include_suppressed: bool,
    /// Apply automatic fixes, then check; approved and reviewed text is never changed
    #[arg(long, conflicts_with = "at")]
    fix: bool,
    /// Show the changes that --fix would make, without making them
    #[arg(long, conflicts_with = "at")]
    diff: bool,
}

fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.purpose));
    PossibleValuesParser::new(values).try_map(|name| report::find_format(&name).ok_or("unknown format"))
}

fn severities() -> impl TypedValueParser<Value = Severity> {
    const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
    let find = |name: String| ALL.into_iter().find(|severity| severity.as_str() == name);
    PossibleValuesParser::new(ALL.map(Severity::as_str)).try_map(move |name| find(name).ok_or("unknown severity"))
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = match arguments.edition.as_deref() {
        None => arguments.handbook.source.project()?,
        name => arguments.handbook.source.edition(name)?,
    };
    let day = |reading: &Reading| arguments.handbook.date.clock(&reading.settings);
    if arguments.diff {
        fix::show_all(&project, day)?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.fix {
        fix::fix_all(&project, day, &interrupt)?;
    }
    let opened = arguments.handbook.open_project(project, &interrupt)?;
    // Problems with settings are reported when the handbook is read.
    let settings = opened.current.settings().ok().map(|(settings, _)| settings);
    let last = settings.as_ref().and_then(|settings| open_last_report(arguments, &opened, settings));
    if let Some((text, result)) = last.as_ref().and_then(LastReport::recall) {
        return output_report(arguments, &result, &|out| out.write_all(text.as_bytes()));
    }
    check(arguments, &opened, &interrupt, last.as_ref())
}

/// The storage of the last report; `None` if the report depends on more than the handbook, the arguments and the
/// repository's commit.
fn open_last_report<'a>(
    arguments: &Arguments,
    opened: &'a HandbookSource,
    settings: &'a Settings,
) -> Option<LastReport<'a>> {
    let Arguments { files, baseline, base, built, fix, .. } = arguments;
    let is_all =
        opened.is_current() && files.is_empty() && baseline.is_none() && base.is_none() && built.is_none() && !fix;
    let Arguments { format, fail_on, min_coverage, min_documents, limit, path_prefix, .. } = arguments;
    let Arguments { verbose, include_suppressed, edition, .. } = arguments;
    let command = format!(
        "{} {edition:?} {fail_on:?} {min_coverage:?} {min_documents:?} {limit} {path_prefix:?} {verbose} {include_suppressed}",
        format.name
    );
    let clock = opened.clock(settings);
    let root = opened.current.root();
    let output = root.join(&settings.output);
    let inputs = CommandInputs { source: opened, settings, theme: &settings.theme, output };
    let fingerprint = || InputFingerprint::new(inputs, clock, &command);
    is_all.then(|| LastReport::open(root, &command, fingerprint())).flatten()
}

/// Checks the handbook and outputs the report; stores it if possible.
fn check(
    arguments: &Arguments,
    opened: &HandbookSource,
    interrupt: &Interrupt,
    last: Option<&LastReport<'_>>,
) -> CommandResult {
    let JudgedHandbook { reading, base, assessment, asks_git } = judge_handbook(arguments, opened, interrupt)?;
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let comparison =
        base.as_ref().map(|base| Comparison::new(&base.revision, base.assessed_beside(assessed), assessed));
    let match_baseline = |file| compare_baseline(file, arguments.update_baseline, &assessment);
    let baseline = arguments.baseline.as_deref().map(match_baseline).transpose()?;
    let files = named_files(arguments, opened, assessed)?;
    let gates = effective_gates(arguments, &reading);
    let mut report = Report {
        assessed,
        baseline: baseline.as_ref(),
        comparison: comparison.as_ref(),
        gates: &[],
        fail_on: gates.fail_on,
        files: files.as_ref(),
        view: View { limit: arguments.limit, waived: arguments.verbose, suppressed: arguments.include_suppressed },
        prefix: arguments.path_prefix.as_ref(),
    };
    let failing = report.counted_findings().filter(|finding| finding.severity >= gates.fail_on).count();
    let verdicts = evaluate_gates(gates, &assessment, failing);
    report.gates = &verdicts;
    let result = last_report::CheckResult { closing: report::closing_words(&report), passed: report.has_passed() };
    let Some(last) = last else {
        return output_report(arguments, &result, &|out| arguments.format.write(&report, out));
    };
    let (keeping, is_whole) = (RefCell::new(last.begin()), Cell::new(false));
    let outcome = output_report(arguments, &result, &|out| {
        let write_result = arguments.format.write(&report, &mut Tee(out, &mut *keeping.borrow_mut()));
        write_result.inspect(|()| is_whole.set(true))
    })?;
    // A reader that has gone away has not received all of it.
    if is_whole.get() {
        last.finish(keeping.into_inner(), &result, asks_git);
    }
    Ok(outcome)
}

/// Writes everything to two destinations.
struct Tee<'a>(&'a mut dyn Write, &'a mut dyn Write);

impl Write for Tee<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(bytes)?;
        self.1.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A handbook, read and assessed, with the revision that it is compared with.
struct JudgedHandbook {
    reading: Reading,
    base: Option<Base>,
    assessment: Assessment,
    /// Whether the result depends on Git.
    asks_git: bool,
}

/// Collects all information before the assessment: the history of the repository and, if requested, the built site and
/// the base.
fn judge_handbook(
    arguments: &Arguments,
    opened: &HandbookSource,
    interrupt: &Interrupt,
) -> Result<JudgedHandbook, Failure> {
    let reading = opened.read()?;
    let clock = opened.clock(&reading.settings);
    let line = CommitLine { folder: opened.current.root(), tip: opened.commit() };
    let (history, asks_git) = git_history::collect_history(line, &reading, clock, interrupt);
    let (site, texts) = broken_site_links(opened.project(), &reading, arguments.built.as_deref())?;
    let mut reading = reading.with_history(history).with_texts(texts);
    let mut now = CurrentHandbook { source: opened, reading: &mut reading, asks_git, has_site: !site.is_empty() };
    let base_of = |revision: &String| Base::new(revision, &mut now, clock, interrupt);
    let base = arguments.base.as_ref().map(base_of).transpose()?;
    let assessment = assess(&reading, clock);
    let bare = Assessed { reading: &reading, assessment: &assessment };
    let lost = base.iter().flat_map(|base| {
        let drops = coverage_drops(&base.revision, base.assessed_beside(bare), bare);
        let unread = unreadable_base_files(&base.revision, base.assessed_beside(bare), bare);
        drops.into_iter().chain(unread).chain(lost_ids(&base.revision, base.assessed_beside(bare), bare))
    });
    let outside = site.into_iter().chain(lost).chain(edition_problems(&opened.current, &reading)).collect();
    let assessment = judge(&reading, assessment, outside);
    Ok(JudgedHandbook { reading, base, assessment, asks_git })
}

/// Reads a handbook, skipping its output folder.
pub(super) fn read(project: &Project) -> Result<Reading, Failure> {
    let (settings, _) = project.settings().map_err(refusal_failure)?;
    project.read(&[project.root().join(&settings.output)]).map_err(refusal_failure)
}

/// Like [`read`], for a command that does not show any page.
pub(super) fn read_to_judge(project: &Project) -> Result<Reading, Failure> {
    let (settings, _) = project.settings().map_err(refusal_failure)?;
    project.read_for_assessment(&[project.root().join(&settings.output)]).map_err(refusal_failure)
}

/// The files whose findings are shown; `None` for all.
///
/// # Errors
/// If a name is not a file of the handbook: with a misspelled name, it would appear to have no findings.
fn named_files(
    arguments: &Arguments,
    opened: &HandbookSource,
    assessed: Assessed<'_>,
) -> Result<Option<BTreeSet<String>>, Failure> {
    if arguments.files.is_empty() {
        return Ok(None);
    }
    let reading = assessed.reading;
    let mut known: BTreeSet<&str> = reading.handbook.documents.iter().map(|document| &**document.path()).collect();
    known.extend(reading.sources.iter().map(|source| &**source.path()));
    known.extend(reading.handbook.assets.iter().map(|asset| &*asset.path));
    known.extend(assessed.assessment.findings.iter().map(|finding| &*finding.problem.place.file));
    let resolve_path = |name: &String| {
        let path = [&opened.current, opened.project()].into_iter().find_map(|project| find::path(project, name));
        let path = path.filter(|path| known.contains(path.as_str()));
        path.ok_or_else(|| Failure::new(format!("`{}` is not a file of this handbook", report::without_controls(name))))
    };
    arguments.files.iter().map(resolve_path).collect::<Result<BTreeSet<String>, Failure>>().map(Some)
}

fn effective_gates(arguments: &Arguments, reading: &Reading) -> Gates {
    let set = reading.settings.gates;
    Gates {
        fail_on: arguments.fail_on.or(set.fail_on).unwrap_or(Severity::Error),
        min_coverage: arguments.min_coverage.or(set.min_coverage),
        min_documents: arguments.min_documents.or(set.min_documents),
    }
}

/// Broken links of the built site in a folder, if one is given, and what else is wrong with its theme, with the theme's
/// texts that contain them.
fn broken_site_links(
    project: &Project,
    reading: &Reading,
    folder: Option<&Path>,
) -> Result<(Vec<Problem>, Vec<Arc<SourceText>>), Failure> {
    let Some(folder) = folder else { return Ok((Vec::new(), Vec::new())) };
    let copied = reading.handbook.assets.iter().map(|asset| asset.url.as_str()).collect();
    let looked = inspect_folder(folder, &copied, reading.settings.base_url.as_deref())?;
    let broken = inspect::remove_reported(looked.broken, &reading.handbook);
    let name = &reading.settings.theme;
    let files = theme(project, name)?;
    let theme = CustomTheme { name, files: &files };
    let (mut problems, mut texts) = inspect::problems(&broken, theme);
    let (of_theme, theme_texts) = inspect::theme_problems(&reading.settings, theme);
    problems.extend(of_theme);
    texts.extend(theme_texts);
    Ok((problems, texts))
}

/// Compares the findings with a baseline; an updated baseline contains the present findings.
fn compare_baseline(file: &Path, update: bool, assessment: &Assessment) -> Result<BaselineMatch, Failure> {
    let name = file.display();
    let old = match named_text(file) {
        Ok(text) => match Baseline::from_json(&text) {
            Err(BaselineError::Schema(_)) if update => Ok(Baseline::default()),
            read => read.map_err(|error| Failure::new(format!("`{name}` cannot be used: {error}"))),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && update => Ok(Baseline::default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Failure::new(format!("baseline `{name}` not found; use --update-baseline to create it")))
        }
        Err(error) => Err(Failure::new(format!("cannot read baseline `{name}`: {error}"))),
    }?;
    if !update {
        return Ok(old.compare(&assessment.findings));
    }
    let new = Baseline::from_findings(&assessment.findings).with_messages_of(&old);
    output::save(file, new.to_json().as_bytes())
        .map_err(|error| Failure::new(format!("the baseline `{name}` cannot be written: {error}")))?;
    output::note(&format!("`{name}` now contains {}", report::count_noun(new.len(), "finding")));
    Ok(BaselineMatch { fixed: old.compare(&assessment.findings).fixed, ..new.compare(&assessment.findings) })
}

/// Prints or saves the report that `write` produces, and returns the outcome of the check.
fn output_report(
    arguments: &Arguments,
    result: &last_report::CheckResult,
    write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
) -> CommandResult {
    let reader = arguments.format.reader;
    match &arguments.output {
        Some(file) => {
            let saved = match reader {
                ReaderKind::Terminal => {
                    let mut text = Vec::new();
                    write(&mut text)?;
                    output::save(file, &anstream::adapter::strip_bytes(&text).into_vec())
                }
                ReaderKind::Page | ReaderKind::Program => output::save_with(file, |out| write(out)),
            };
            saved.map_err(|error| Failure::new(format!("`{}` cannot be written: {error}", file.display())))?;
        }
        None => output::print_from(|out| write(out))?,
    }
    if arguments.output.is_some() || reader == ReaderKind::Program {
        output::note(result.closing.trim_end());
    }
    Ok(if result.passed { ExitCode::SUCCESS } else { ExitCode::from(EXIT_FAILED) })
}
