//! `clausebook build`: publishes the handbook.
//!
//! Findings do not stop a build: the portal shows them. Broken links in a theme's templates are known only when the
//! pages have been rendered, so no page can show them: they are printed, and if they are severe enough to fail a check,
//! the exit code is 1, with the site in place. If no output is possible, because settings, a catalogue or a theme
//! cannot be used or the output folder belongs to somebody else, the exit code is 2 and the last good site is kept.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::handbook_source::{HandbookSource, RevisionArgument};
use super::input_fingerprint::{CommandInputs, InputFingerprint};
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, DateArgument, EXIT_FAILED, Failure, SourceArgument, output};
use crate::assess::{Assessed, assess};
use crate::chronicle::{HandbookPast, PastSource};
use crate::finding::{Finding, Problem, Severity};
use crate::handbook::Reading;
use crate::judge::{judge, judge_later};
use crate::place::SourceText;
use crate::project::{Project, ProjectRefusal, ThemeFile, refuse_unclear_edition};
use crate::report::{self, count_noun};
use crate::site::build::{Plan, PreparedSite, SiteTools, digest};
use crate::site::inspect::{self, BrokenReference, CustomTheme};
use crate::site::navigation::Extras;
use crate::site::pages;
use crate::site::write::{BuildReport, OutputFolder, SiteSource, SiteStamp, SourceFolders, WriteSummary};

/// Arguments of `clausebook build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceArgument,
    /// Output folder [default: output in the settings, otherwise `site` in the handbook folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    date: DateArgument,
    #[command(flatten)]
    at: RevisionArgument,
    /// Show versions of documents and past coverage, from the Git repository [default: history in the settings]
    #[arg(long)]
    history: bool,
    /// Build one of the editions defined in the settings
    #[arg(long, value_name = "NAME", conflicts_with = "editions")]
    edition: Option<String>,
    /// Build every edition defined in the settings
    #[arg(long, conflicts_with_all = ["output", "at"])]
    editions: bool,
    /// Theme: the name of a folder in themes/ [default: theme in the settings]
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Print errors only
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// List every finding
    #[arg(long, short)]
    verbose: bool,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Graceful)?;
    if !arguments.editions {
        return build(arguments, arguments.source.edition(arguments.edition.as_deref())?, &interrupt);
    }
    let project = arguments.source.project()?;
    let (settings, _) = project.settings().map_err(refusal_failure)?;
    let names: Vec<&str> =
        settings.editions.named_editions.iter().filter_map(|edition| edition.name.as_deref()).collect();
    if names.is_empty() {
        return Err(Failure::new("the settings describe no edition; describe one under `editions`"));
    }
    let mut worst = ExitCode::SUCCESS;
    for name in names {
        let result = build(arguments, project.clone().in_edition(Some(name)), &interrupt);
        let exit_code =
            result.map_err(|error| Failure::new(format!("edition `{name}`: {}", error.text().trim_end())))?;
        if exit_code != ExitCode::SUCCESS {
            worst = exit_code;
        }
    }
    Ok(worst)
}

/// Builds the portal, or one edition of it.
fn build(arguments: &Arguments, project: Project, interrupt: &Interrupt) -> CommandResult {
    let started = Instant::now();
    let (settings, _) = project.settings().map_err(refusal_failure)?;
    let folder = arguments.output.clone().unwrap_or_else(|| project.root().join(&settings.output));
    let folders = project.folders_to_keep_clear(&settings);
    let output = OutputFolder::claim(&folder, &SourceFolders { handbook: project.root(), folders: &folders })?;
    let opened = arguments.at.open(project, arguments.date, interrupt)?;
    let context = BuildContext { arguments, source: &opened, interrupt, folder: &folder, start: started };
    // The fingerprint does not include the history from Git.
    let is_all = opened.is_current() && !settings.shows_history(arguments.history);
    let edition = settings.edition.as_ref().and_then(|edition| edition.name.as_deref());
    let command = format!("build {}", edition.unwrap_or_default());
    let clock = opened.clock(&settings);
    let theme = arguments.theme.as_deref().unwrap_or(&settings.theme);
    let inputs = CommandInputs { source: &opened, settings: &settings, theme, output: folder.clone() };
    let fingerprint = is_all.then(|| InputFingerprint::new(inputs, clock, &command));
    let stamp = SiteStamp::load(output.path());
    let metadata_digest = fingerprint.as_ref().filter(|_| !arguments.verbose).and_then(InputFingerprint::digest);
    if let Some((summary, report)) =
        stamp.as_ref().zip(metadata_digest).and_then(|(stamp, digest)| recall_build(&output, stamp, digest))
    {
        return print_report(&context, &summary, &report);
    }
    build_site(&context, &output, fingerprint.as_ref(), stamp.as_ref())
}

/// The inputs of a build.
struct BuildContext<'a> {
    arguments: &'a Arguments,
    source: &'a HandbookSource,
    interrupt: &'a Interrupt,
    folder: &'a Path,
    start: Instant,
}

/// The existing site and the report about it, if none of its sources have changed.
fn recall_build(
    output: &OutputFolder,
    stamp: &SiteStamp,
    metadata_digest: blake3::Hash,
) -> Option<(WriteSummary, BuildReport)> {
    if !stamp.has_same_metadata(metadata_digest) {
        return None;
    }
    // Nobody else may write the site in the meantime; if it is locked, the build reports why.
    let writer = output.begin().ok()?;
    stamp
        .recall_by_metadata(metadata_digest, writer.foreign_files_hash())
        .map(|(summary, report)| (summary, report.clone()))
}

/// Prints the report of a build, and says whether its findings fail it.
fn print_report(context: &BuildContext<'_>, written: &WriteSummary, report: &BuildReport) -> CommandResult {
    if !report.findings.is_empty() {
        output::note(&report.findings);
    }
    if !context.arguments.quiet {
        output::print(&format!("{}{}", report.summary, site_summary(context, written)))?;
    }
    if let Some(leftover) = &written.leftover {
        output::note(&format!("warning: {leftover}"));
    }
    Ok(if report.fails { ExitCode::from(EXIT_FAILED) } else { ExitCode::SUCCESS })
}

/// Reads the handbook and builds its site.
fn build_site(
    context: &BuildContext<'_>,
    output: &OutputFolder,
    fingerprint: Option<&InputFingerprint<'_>>,
    stamp: Option<&SiteStamp>,
) -> CommandResult {
    let BuildContext { arguments, source: opened, interrupt, .. } = context;
    let project = opened.project();
    let reading = project.read(&[context.folder.to_owned()]).map_err(refusal_failure)?;
    refuse_unclear_edition(&reading).map_err(refusal_failure)?;
    let clock = opened.clock(&reading.settings);
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let name = arguments.theme.as_deref().unwrap_or(&reading.settings.theme).to_owned();
    let theme = chosen_theme(project, arguments.theme.as_deref(), &name)?;
    let bar = progress_bar(arguments.quiet);
    let tick = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let past = reading.settings.shows_history(arguments.history).then(|| past(opened, assessed, interrupt));
    let extras = Extras { past: past.as_ref(), ..Extras::default() };
    let plan = Plan { assessed, theme: &theme, extras, progress: &tick };
    let (summary, broken, site_source) = write_site(plan, output, interrupt, stamp)?;
    bar.finish_and_clear();
    let is_repeatable = broken.is_empty();
    let (problems, texts) = site_problems(&reading, broken, CustomTheme { name: &name, files: &theme });
    let reading = reading.with_texts(texts);
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let (site_findings, _) = judge_later(assessed, problems);
    let report = build_report(assessed, &summary, &site_findings);
    // The stamp does not contain broken links; the next build must report them again.
    if let Some(stamp) = stamp.filter(|_| is_repeatable) {
        stamp.remember(site_source, fingerprint.and_then(InputFingerprint::hash_if_unchanged), &report);
    }
    let exit_code = print_build(context, assessed, &summary, &site_findings, report)?;
    // The program ends here: the operating system frees the memory faster than we would piece by piece.
    std::mem::forget((reading, assessment));
    Ok(exit_code)
}

/// The problems of a site that only its pages or its theme can have, with the texts that they are in.
fn site_problems(
    reading: &Reading,
    broken: Vec<BrokenReference>,
    theme: CustomTheme<'_>,
) -> (Vec<Problem>, Vec<Arc<SourceText>>) {
    let (mut problems, mut texts) = inspect::problems(&inspect::remove_reported(broken, &reading.handbook), theme);
    let (of_theme, words) = inspect::theme_problems(&reading.settings, theme);
    problems.extend(of_theme);
    texts.extend(words);
    (problems, texts)
}

/// The report on a site, with the findings that only the written site or its theme can have.
fn build_report(assessed: Assessed<'_>, written: &WriteSummary, site_findings: &[Finding]) -> BuildReport {
    let fail_on = assessed.reading.settings.gates.fail_on.unwrap_or(Severity::Error);
    BuildReport {
        summary: handbook_summary(assessed, written, site_findings),
        findings: match site_findings {
            [] => String::new(),
            _ => report::text::render(assessed.reading, site_findings).trim_end().to_owned(),
        },
        fails: site_findings.iter().any(|finding| finding.severity >= fail_on),
    }
}

/// The past of the handbook that the portal shows; for an earlier handbook, its own past.
fn past(opened: &HandbookSource, assessed: Assessed<'_>, interrupt: &Interrupt) -> HandbookPast {
    let own_places = pages::reserved_places();
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let source = PastSource { folder: opened.current.root(), own_places: &own_places, on_create: &on_create };
    HandbookPast::collect(source, opened.commit(), assessed)
}

/// The theme given as an option, or else the one in the settings.
pub(super) fn chosen_theme(project: &Project, option: Option<&str>, name: &str) -> Result<Vec<ThemeFile>, Failure> {
    match option.and_then(|requested| project.missing_theme_help(requested, "--theme")) {
        Some(help) => Err(Failure::new(format!("unknown theme `{}`; {help}", crate::report::without_controls(name)))),
        None => theme(project, name),
    }
}

/// The files of a theme.
pub(super) fn theme(project: &Project, name: &str) -> Result<Vec<ThemeFile>, Failure> {
    project
        .theme(name)
        .map_err(|problem| refusal_failure(ProjectRefusal { problems: vec![problem], sources: Vec::new() }))
}

/// Writes the site, unless it is up to date already; also returns its broken links and what it was made from.
fn write_site(
    plan: Plan<'_>,
    output: &OutputFolder,
    interrupt: &Interrupt,
    stamp: Option<&SiteStamp>,
) -> Result<(WriteSummary, Vec<BrokenReference>, SiteSource), Failure> {
    let mut writer = output.begin()?;
    writer.stop_when(interrupt.flag());
    let site_source = SiteSource { inputs: digest(plan)?, foreign_files: writer.foreign_files_hash() };
    if let Some(summary) = stamp.and_then(|stamp| stamp.recall(site_source)) {
        return Ok((summary, Vec::new(), site_source));
    }
    let tools = SiteTools::load(plan)?;
    let mut site = PreparedSite::new(plan, &tools)?;
    let result = site.write(&writer)?;
    Ok((writer.finish()?, result.broken, site_source))
}

/// Prints the report of a build; with `--verbose`, with all findings of the handbook.
fn print_build(
    context: &BuildContext<'_>,
    assessed: Assessed<'_>,
    written: &WriteSummary,
    site_findings: &[Finding],
    mut report: BuildReport,
) -> CommandResult {
    if context.arguments.verbose {
        let all: Vec<Finding> = assessed.assessment.findings.iter().chain(site_findings).cloned().collect();
        output::print(&report::text::render(assessed.reading, &all))?;
        report.findings.clear();
    }
    print_report(context, written, &report)
}

/// The failure that reports why no output is possible, with places.
pub(crate) fn refusal_failure(refusal: ProjectRefusal) -> Failure {
    Failure::Report(report::text::render_problems(&refusal.sources, &refusal.problems))
}

/// A progress bar for interactive use; hidden if `quiet`, and never drawn for a short build or without a terminal.
fn progress_bar(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style =
        ProgressStyle::with_template("{bar:30} {pos} of {len} pages").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar
}

/// The summary of the handbook; `site_findings` are the findings about the pages that were written.
fn handbook_summary(
    Assessed { reading, assessment }: Assessed<'_>,
    summary: &WriteSummary,
    site_findings: &[Finding],
) -> String {
    let count = |severity| {
        let site_findings = site_findings.iter().filter(|finding| finding.severity == severity).count();
        assessment.count(severity) + site_findings
    };
    if !reading.settings.shows_figures() {
        return summary_without_figures(reading, summary);
    }
    let figures = assessment.figures;
    let main = reading.standards.main().map(|main| reading.standards.catalogue(main).title.as_str());
    let mut lines = vec![format!(
        "{}, {}; {}, {}, {}",
        count_noun(figures.documents as usize, "document"),
        count_noun(summary.pages, "page"),
        count_noun(count(Severity::Error), "error"),
        count_noun(count(Severity::Warning), "warning"),
        count_noun(count(Severity::Note), "note"),
    )];
    if let Some(title) = main {
        lines.push(format!(
            "{title} on {}: {} of {} clauses covered{}",
            assessment.clock.as_of,
            figures.units_covered,
            figures.units,
            figures.items_clause(),
        ));
    }
    lines.join("\n") + "\n" + &withheld_line(reading)
}

/// The summary of an edition that shows no figures.
fn summary_without_figures(reading: &Reading, summary: &WriteSummary) -> String {
    let documents = reading.handbook.controlled().count();
    let line = format!("{}, {}; without figures", count_noun(documents, "document"), count_noun(summary.pages, "page"));
    line + "\n" + &withheld_line(reading)
}

/// A line about the documents and pages that an edition withholds.
fn withheld_line(reading: &Reading) -> String {
    let documents = reading.handbook.withheld_documents;
    let pages = reading.handbook.withheld.saturating_sub(documents);
    let pages = (pages > 0).then(|| format!("{} without an ID", count_noun(pages, "page")));
    let named: Vec<String> =
        (documents > 0).then(|| count_noun(documents, "document")).into_iter().chain(pages).collect();
    if named.is_empty() { String::new() } else { format!("{} left out of this edition\n", named.join(" and ")) }
}

/// The summary of the site.
fn site_summary(context: &BuildContext<'_>, summary: &WriteSummary) -> String {
    let WriteSummary { files, changed, removed, .. } = summary;
    format!(
        "{} ({files} files, {changed} written, {removed} removed) in {:.2} s\n",
        context.folder.join("index.html").display(),
        context.start.elapsed().as_secs_f64()
    )
}
