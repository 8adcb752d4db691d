//! Incremental builds of a handbook, which redo only what changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::{Files, Hash};
use super::report::{AssessedReading, Change, FindingView, SiteFindings, Snapshot, Status};
use super::site::{BuildCache, Site};
use crate::assess::{Clock, assess};
use crate::config::{SETTINGS_FILE, Settings};
use crate::finding::{Problem, Severity};
use crate::judge::{judge, judge_later};
use crate::project::{ParsedProject, Project, ProjectRefusal, THEMES_FOLDER, ThemeFile, refuse_unclear_edition};
use crate::report::text::Sources;
use crate::site::build::BuildError;
use crate::site::inspect::{self, CustomTheme};
use crate::site::theme::ThemeError;
use crate::source::FileStamp;

/// The inputs of a build from the command line.
pub struct BuildOptions {
    /// The theme, if it is not the one in the settings.
    pub theme: Option<String>,
    /// Returns the day to assess. It is called for each build, because a preview may run past midnight.
    pub clock: Box<dyn Fn(&Settings) -> Clock + Send>,
}

/// Builds a handbook, and keeps what the next build can reuse.
pub struct Builder {
    project: Project,
    options: BuildOptions,
    files: Files,
    /// The files of the custom theme, as last read.
    theme: Arc<[ThemeFile]>,
    last_inputs: Option<LastInputs>,
    last_good: Option<LastGoodBuild>,
    /// Empty until the first build.
    cache: BuildCache,
}

/// The last successful build.
struct LastGoodBuild {
    snapshot: Snapshot,
    /// The state before the last save.
    previous: Option<Snapshot>,
    /// The files that the last save changed.
    changed: Vec<String>,
}

/// The inputs of the last build, successful or not, other than the documents.
#[derive(PartialEq, Eq)]
struct LastInputs {
    inputs: InputHashes,
    clock: Clock,
}

/// A hash by path of every input other than the documents, to detect changes.
type InputHashes = BTreeMap<Arc<str>, Hash>;

/// The outcome of a build.
pub enum Outcome {
    /// No input has changed.
    Unchanged,
    /// There is a new site.
    Built(NewSite),
    /// There is no new site.
    Failed(BuildFailure),
}

/// A new site.
pub struct NewSite {
    /// The site.
    pub site: Arc<Site>,
    /// The status of the site.
    pub(crate) status: Status,
    /// The snapshot that is no longer needed. Dropping it takes a while, and can wait until the site is shown.
    pub(crate) obsolete: Option<Snapshot>,
}

/// The outcome of inspecting every page.
pub(crate) enum InspectionOutcome {
    /// The inspection was interrupted by other work.
    Interrupted,
    /// There is nothing new to report.
    Nothing,
    /// There is more to report.
    More(Status),
    /// A page cannot be rendered.
    Failed(BuildFailure),
}

/// Why there is no new site.
pub struct BuildFailure {
    /// The status to show on pages.
    pub(crate) status: Status,
    /// The message for a terminal.
    pub text: String,
    /// Whether the text is a report of problems with their lines, already labelled as errors, rather than a sentence.
    pub(crate) is_report: bool,
}

/// The inputs of a build.
struct BuildInputs<'a> {
    parsed: ParsedProject,
    clock: Clock,
    theme: Arc<[ThemeFile]>,
    changed: Vec<String>,
    viewed: &'a [String],
}

/// Why a build stopped.
enum StopReason {
    Refused(ProjectRefusal),
    NotBuilt(BuildError),
}

impl From<ProjectRefusal> for StopReason {
    fn from(refusal: ProjectRefusal) -> StopReason {
        StopReason::Refused(refusal)
    }
}

impl LastGoodBuild {
    fn status(&self) -> Status {
        let between = |old: &Snapshot| Change::between(old, &self.snapshot, self.changed.clone());
        let change = self.previous.as_ref().map(between).unwrap_or_default();
        Status { snapshot: Some(self.snapshot.clone()), change, problems: Vec::new() }
    }
}

impl Builder {
    /// Creates a builder for a handbook.
    pub fn new(project: Project, rules: BuildOptions) -> Builder {
        Builder {
            project,
            options: rules,
            files: Files::default(),
            theme: Arc::default(),
            last_inputs: None,
            last_good: None,
            cache: BuildCache::default(),
        }
    }

    /// The folders that are read, including the handbook's own with its settings.
    pub fn folders(&self) -> Vec<PathBuf> {
        let settings = self.project.settings().map(|(settings, _)| settings).unwrap_or_default();
        let mut folders = self.project.folders(&settings);
        folders.extend(self.project.include_folders(&settings));
        folders
    }

    /// The folder of the handbook.
    pub(crate) fn root(&self) -> PathBuf {
        self.project.root().to_path_buf()
    }

    /// The folder that a build would write to, which is never read.
    pub(crate) fn output(&self) -> PathBuf {
        let output = self.project.settings().map(|(settings, _)| settings.output);
        self.project.root().join(output.unwrap_or_else(|_| Settings::default().output))
    }

    /// Whether the day has changed since the last build.
    pub(crate) fn has_day_changed(&self) -> bool {
        let Some(last_inputs) = &self.last_inputs else { return false };
        self.project.settings().is_ok_and(|(settings, _)| (self.options.clock)(&settings) != last_inputs.clock)
    }

    /// Reads what changed, and builds if anything did. `viewed` are pages that are being viewed.
    pub fn build(&mut self, viewed: &[String]) -> Outcome {
        match self.try_build(viewed) {
            Ok(Some(built)) => Outcome::Built(built),
            Ok(None) => Outcome::Unchanged,
            Err(stop) => Outcome::Failed(self.build_failure(stop)),
        }
    }

    fn try_build(&mut self, viewed: &[String]) -> Result<Option<NewSite>, StopReason> {
        let (parsed, texts) = self.gather().inspect_err(|_| self.last_inputs = None)?;
        let clock = (self.options.clock)(&parsed.settings);
        let theme: Arc<[ThemeFile]> = self.theme(&parsed.settings).inspect_err(|_| self.last_inputs = None)?.into();
        self.theme = theme.clone();
        let new_inputs = LastInputs { inputs: self.inputs(&parsed, &theme), clock };
        if texts.is_empty() && self.last_inputs.as_ref() == Some(&new_inputs) {
            return Ok(None);
        }
        let changed = self
            .last_inputs
            .as_ref()
            .map_or_else(Vec::new, |old| changed_paths(&old.inputs, &new_inputs.inputs, &texts));
        self.last_inputs = Some(new_inputs);
        self.build_site(BuildInputs { parsed, clock, theme, changed, viewed }).map(Some)
    }

    /// Reads everything, and also returns which texts have changed.
    fn gather(&mut self) -> Result<(ParsedProject, Vec<Arc<str>>), StopReason> {
        let (settings, text) = self.project.settings()?;
        let output = self.project.root().join(&settings.output);
        let round = self.files.begin(text.as_str());
        let parsed =
            self.project.gather(&[output], |entry, settings, vocabulary| round.text(entry, settings, vocabulary))?;
        let fresh = round.finish();
        let changed = self.files.keep(fresh, &parsed.files);
        Ok((parsed, changed))
    }

    fn theme(&self, settings: &Settings) -> Result<Vec<ThemeFile>, StopReason> {
        self.project
            .theme(self.theme_name(settings))
            .map_err(|problem| StopReason::Refused(ProjectRefusal { problems: vec![problem], sources: Vec::new() }))
    }

    fn theme_name<'s>(&'s self, settings: &'s Settings) -> &'s str {
        self.options.theme.as_deref().unwrap_or(&settings.theme)
    }

    fn inputs(&self, parsed: &ParsedProject, theme: &[ThemeFile]) -> InputHashes {
        let hash = |bytes: &[u8]| *blake3::hash(bytes).as_bytes();
        let sources = parsed.sources.iter().map(|text| (text.path().clone(), hash(text.as_str().as_bytes())));
        let registers = parsed.registers.files.iter().map(|file| &file.source);
        let registers = registers.map(|text| (text.path().clone(), hash(text.as_str().as_bytes())));
        let folder = folder_of_theme(self.theme_name(&parsed.settings));
        let theme = theme.iter().map(|file| (format!("{folder}/{}", file.path).into(), hash(&file.bytes)));
        let stamp = |file| FileStamp::read(file).map(|stamp| stamp.hash()).unwrap_or_default();
        let assets = parsed.assets.iter().map(|(path, file)| (path.clone(), stamp(file)));
        let problem = |problem: &Problem| (problem.place.file.clone(), hash(problem.message.as_bytes()));
        let problems = parsed.problems.iter().map(problem);
        sources.chain(registers).chain(theme).chain(assets).chain(problems).collect()
    }

    fn build_site(&mut self, build_inputs: BuildInputs<'_>) -> Result<NewSite, StopReason> {
        let BuildInputs { parsed, clock, theme, changed, viewed } = build_inputs;
        let earlier = self.last_good.as_ref().map(|good| &good.snapshot.facts.reading);
        let reading = parsed.assemble(earlier)?;
        refuse_unclear_edition(&reading)?;
        let assessment = judge(&reading, assess(&reading, clock), Vec::new());
        let facts = Arc::new(AssessedReading { reading, assessment });
        let site = Site::new(facts.clone(), theme, &mut self.cache).map_err(StopReason::NotBuilt)?;
        if site.has_custom_theme() {
            let problems = site.check_templates(viewed, self.affects_templates(&changed, &facts.reading.settings));
            if !problems.is_empty() {
                return Err(StopReason::NotBuilt(BuildError::Theme(problems)));
            }
        }
        let (before, obsolete) =
            self.last_good.take().map_or((None, None), |good| (Some(good.snapshot), good.previous));
        // References in pages are inspected after the pages are shown; until then, the last findings are kept.
        let site_findings =
            before.as_ref().filter(|_| site.has_custom_theme()).map(|known| known.site_findings.clone());
        let last_good = LastGoodBuild {
            snapshot: Snapshot { facts, site_findings: site_findings.unwrap_or_default() },
            previous: before,
            changed,
        };
        let status = last_good.status();
        self.last_good = Some(last_good);
        Ok(NewSite { site: Arc::new(site), status, obsolete })
    }

    /// Whether one of these files affects the appearance of all pages, or the list is empty because everything is new.
    fn affects_templates(&self, changed: &[String], settings: &Settings) -> bool {
        let folder = format!("{}/", folder_of_theme(self.theme_name(settings)));
        changed.is_empty() || changed.iter().any(|path| path.starts_with(&folder) || path == SETTINGS_FILE)
    }

    /// Inspects the references in every page of the last successful build, which is necessary only for a custom theme.
    /// Stops if `is_busy` reports other work.
    pub(crate) fn inspect(&mut self, site: &Site, is_busy: &dyn Fn() -> bool) -> InspectionOutcome {
        let broken = match site.inspect(is_busy) {
            None => return InspectionOutcome::Interrupted,
            Some(Ok(broken)) => broken,
            Some(Err(error)) => return InspectionOutcome::Failed(self.build_failure(StopReason::NotBuilt(error))),
        };
        let Some(last_good) = &mut self.last_good else { return InspectionOutcome::Nothing };
        let facts = last_good.snapshot.facts.clone();
        let name = self.options.theme.as_ref().unwrap_or(&facts.reading.settings.theme);
        let broken = inspect::remove_reported(broken, &facts.reading.handbook);
        let custom_theme = CustomTheme { name, files: site.custom_theme() };
        let (mut problems, mut sources) = inspect::problems(&broken, custom_theme);
        let (of_theme, words) = inspect::theme_problems(&facts.reading.settings, custom_theme);
        problems.extend(of_theme);
        sources.extend(words);
        let (findings, _) = judge_later(facts.assessed(), problems);
        let site_findings = SiteFindings { findings, sources };
        if last_good.snapshot.site_findings.findings == site_findings.findings {
            return InspectionOutcome::Nothing;
        }
        last_good.snapshot.site_findings = Arc::new(site_findings);
        InspectionOutcome::More(last_good.status())
    }

    fn build_failure(&self, stop: StopReason) -> BuildFailure {
        let is_report = matches!(stop, StopReason::Refused(_));
        let (problems, text) = match stop {
            StopReason::Refused(ProjectRefusal { problems, sources }) => {
                let text = crate::report::text::render_problems(&sources, &problems);
                let lines = Sources::new(&sources);
                let with_source_line = |problem: &Problem| {
                    let line = lines.line(&problem.place).map(str::to_owned);
                    FindingView::new(problem, Severity::Error).with_source(line)
                };
                (problems.iter().map(with_source_line).collect(), text)
            }
            StopReason::NotBuilt(error) => (self.build_error_views(&error), error.to_string()),
        };
        let known = self.last_good.as_ref().map(|good| good.snapshot.clone());
        BuildFailure { status: Status { snapshot: known, change: Change::default(), problems }, text, is_report }
    }

    fn build_error_views(&self, error: &BuildError) -> Vec<FindingView> {
        match error {
            BuildError::Theme(problems) => problems.iter().map(|problem| self.theme_problem(problem)).collect(),
            other => vec![FindingView::from_message(SETTINGS_FILE.to_owned(), None, other.to_string())],
        }
    }

    /// A problem in a theme, with its source line if it is in a file of the custom theme.
    fn theme_problem(&self, problem: &ThemeError) -> FindingView {
        let file = problem.file.clone().unwrap_or_default();
        let theme_file_path = format!("{}/{file}", self.theme_folder());
        let found = self.theme.iter().find(|one| problem.file.as_deref() == Some(&*one.path));
        let text = found.map(|file| String::from_utf8_lossy(&file.bytes));
        let line = |(line, _): (usize, usize)| text.as_ref()?.lines().nth(line.checked_sub(1)?).map(str::to_owned);
        let source = problem.place.and_then(line);
        let subject = problem.subject.as_ref().map_or_else(String::new, |subject| format!(", while showing {subject}"));
        let message = format!("{}{subject}", problem.message);
        FindingView::from_message(if text.is_some() { theme_file_path } else { file }, problem.place, message)
            .with_source(source)
    }

    /// The folder of the current theme, if it is a custom one.
    fn theme_folder(&self) -> String {
        let configured_theme = || self.project.settings().ok().map(|(settings, _)| settings.theme);
        folder_of_theme(&self.options.theme.clone().or_else(configured_theme).unwrap_or_default())
    }
}

/// The folder of a custom theme.
fn folder_of_theme(name: &str) -> String {
    format!("{THEMES_FOLDER}/{name}")
}

/// The paths that are only in one of `old` and `new` or differ, and the changed `texts`.
fn changed_paths(old: &InputHashes, new: &InputHashes, texts: &[Arc<str>]) -> Vec<String> {
    let changed = new.iter().filter(|(path, hash)| old.get(*path) != Some(*hash)).map(|(path, _)| path);
    let removed = old.keys().filter(|path| !new.contains_key(*path));
    let mut paths: Vec<String> = changed.chain(removed).chain(texts).map(ToString::to_string).collect();
    paths.sort();
    paths.dedup();
    paths
}
