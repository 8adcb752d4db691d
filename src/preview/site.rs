//! A site whose files are rendered on request.
//!
//! The input never changes, so all files belong to a single state of the handbook whenever each is rendered, and each
//! is rendered exactly as in a build. A save therefore only costs the time to read and assess the handbook and to
//! render the pages being viewed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ahash::AHashMap;
use rayon::prelude::*;

use super::content_type;
use super::files::Attachment;
use super::reply::SCRIPT_PATH;
use super::report::AssessedReading;
use crate::assess::Assessed;
use crate::config::Settings;
use crate::highlight::Highlighter;
use crate::project::ThemeFile;
use crate::site::build::{BuildError, assets, remove_duplicates};
use crate::site::inspect::{BrokenReference, File, Inspection};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::navigation::{Extras, site};
use crate::site::pages;
use crate::site::portal::{Portal, RenderTools};
use crate::site::theme::{Labels, Theme, ThemeBase, ThemeError};
use crate::site::write::{Contents, MemorySite, MemoryTarget, Target};
use crate::url::SitePath;

/// The maximum number of rendered files to keep.
const MAX_CACHED_FILES: usize = 256;
/// The number of pages to inspect before checking for other work.
const PAGES_PER_STEP: usize = 64;
/// The folder of the search index.
const INDEX_FOLDER: &str = "find/";

/// A whole site.
pub struct Site {
    renderer: OwnedRenderer,
    /// Files that are copied: those of the theme and the handbook's attachments.
    copied: BTreeMap<SitePath, StaticFile>,
    rendered: Mutex<AHashMap<SitePath, Arc<[u8]>>>,
    theme_files: Arc<[ThemeFile]>,
}

/// A file that is copied rather than rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StaticFile {
    /// A file of the theme; its style sheets may refer to other files.
    Theme(Arc<[u8]>),
    /// An attachment of the handbook.
    Attachment(Attachment),
}

/// State that a build keeps for the next one.
#[derive(Default)]
pub(super) struct BuildCache {
    highlighter: Arc<Highlighter>,
    /// The theme of the last site, reused unless its files or the language change.
    theme: Option<LastTheme>,
}

/// A theme's files, and the theme compiled from them for a language.
#[derive(Clone)]
struct LastTheme {
    files: Arc<[ThemeFile]>,
    language: String,
    is_limited: bool,
    labels: Arc<Labels>,
    base: Arc<ThemeBase>,
}

impl BuildCache {
    /// Returns the theme of a site, reusing the last one if nothing in it has changed.
    fn theme(&mut self, settings: &Settings, theme_files: &Arc<[ThemeFile]>) -> Result<LastTheme, Vec<ThemeError>> {
        let (language, is_limited) = (&settings.lang, settings.is_limited());
        let is_same = |last: &&LastTheme| {
            last.files == *theme_files && last.language == *language && last.is_limited == is_limited
        };
        if let Some(same) = self.theme.as_ref().filter(is_same) {
            return Ok(same.clone());
        }
        let labels = Labels::load_for_site(language, is_limited, theme_files)?;
        let base = ThemeBase::new(theme_files, &labels)?.into();
        let theme = LastTheme {
            files: theme_files.clone(),
            language: language.clone(),
            is_limited,
            labels: labels.into(),
            base,
        };
        Ok(self.theme.insert(theme).clone())
    }
}

/// The inputs of a site.
struct Source {
    facts: Arc<AssessedReading>,
    theme: LastTheme,
    highlighter: Arc<Highlighter>,
}

/// Renders the files of a site.
struct Renderer<'a> {
    portal: Portal<'a>,
    theme: Theme,
    jobs: Jobs,
    /// The files of the search index. It must be created to know which files it has.
    index: OnceLock<Jobs>,
}

type Jobs = AHashMap<SitePath, Job>;

// The renderer borrows from its inputs. Recreating it for each requested page would take more than ten times as long as
// rendering the page.
self_cell::self_cell!(
    struct OwnedRenderer {
        owner: Source,
        #[not_covariant]
        dependent: Renderer,
    }
);

/// A file of a site.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The content of the file.
    pub(super) content: Content,
    /// The content type, for the header.
    pub(crate) kind: &'static str,
}

/// The content of a file in a site.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Bytes from Clausebook or a theme.
    Generated(Arc<[u8]>),
    /// An attachment.
    Attachment(Attachment),
}

impl Resource {
    /// A hash that identifies this version of the content.
    pub(super) fn hash(&self) -> [u8; 32] {
        match &self.content {
            Content::Generated(bytes) => *blake3::hash(bytes).as_bytes(),
            Content::Attachment(attachment) => attachment.hash(),
        }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("copied", &self.copied.len()).finish_non_exhaustive()
    }
}

impl Site {
    /// Creates the site of a handbook.
    ///
    /// # Errors
    /// If the theme cannot be used, or an image or attachment cannot be read.
    pub(super) fn new(
        facts: Arc<AssessedReading>,
        theme_files: Arc<[ThemeFile]>,
        cache: &mut BuildCache,
    ) -> Result<Site, BuildError> {
        let theme = cache.theme(&facts.reading.settings, &theme_files).map_err(BuildError::Theme)?;
        let source = Source { facts, theme, highlighter: cache.highlighter.clone() };
        let maker = OwnedRenderer::new(source, |source| Renderer::new(source));
        let of_theme = |bytes: &[u8]| StaticFile::Theme(bytes.into());
        let mut copied: BTreeMap<SitePath, StaticFile> = maker.with_dependent(|_, works| {
            works.theme.assets().map(|asset| (layout::own_path(&asset.path), of_theme(&asset.bytes))).collect()
        });
        for (asset, file) in assets(&maker.borrow_owner().facts.reading) {
            copied.insert(asset.url.clone(), StaticFile::Attachment(Attachment::find(file, &asset.url)?));
        }
        Ok(Site { renderer: maker, copied, rendered: Mutex::default(), theme_files })
    }

    /// The number of pages.
    pub(crate) fn page_count(&self) -> usize {
        self.renderer
            .with_dependent(|_, works| works.jobs.keys().filter(|path| path.as_str().ends_with(".html")).count())
    }

    /// Whether the theme is a custom one, so that a page must be rendered to know whether it can be.
    pub(crate) fn has_custom_theme(&self) -> bool {
        !self.theme_files.is_empty()
    }

    /// The files of the custom theme.
    pub(super) fn custom_theme(&self) -> &[ThemeFile] {
        &self.theme_files
    }

    /// The copied files with their content.
    pub(super) fn copied(&self) -> impl Iterator<Item = (&SitePath, &StaticFile)> {
        self.copied.iter()
    }

    /// The content of a copied file.
    pub(super) fn copied_file(&self, path: &SitePath) -> Option<&StaticFile> {
        self.copied.get(path)
    }

    /// Returns the file at a path from the site's root, if there is one. Nothing else can be reached.
    ///
    /// # Errors
    /// If a custom template fails to render it.
    pub fn find(&self, path: &str) -> Option<Result<Resource, ThemeError>> {
        let kind = content_type::for_path(path);
        let generated = |bytes: &Arc<[u8]>| Content::Generated(bytes.clone());
        let copied = self.copied.get(path).map(|copied| match copied {
            StaticFile::Theme(bytes) => generated(bytes),
            StaticFile::Attachment(attachment) => Content::Attachment(attachment.clone()),
        });
        if let Some(content) = copied.or_else(|| self.lock_rendered().get(path).map(generated)) {
            return Some(Ok(Resource { content, kind }));
        }
        let (path, rendered) = self.renderer.with_dependent(|_, works| works.render(path))?;
        let keep = |bytes: Vec<u8>| {
            let bytes: Arc<[u8]> = bytes.into();
            let mut cached_files = self.lock_rendered();
            if cached_files.len() >= MAX_CACHED_FILES {
                cached_files.clear();
            }
            cached_files.insert(path, bytes.clone());
            Resource { content: Content::Generated(bytes), kind }
        };
        Some(rendered.map(keep))
    }

    fn lock_rendered(&self) -> std::sync::MutexGuard<'_, AHashMap<SitePath, Arc<[u8]>>> {
        self.rendered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the errors of templates found by rendering these pages and, if `all` is set, one page of each template.
    pub(super) fn check_templates(&self, viewed: &[String], all: bool) -> Vec<ThemeError> {
        remove_duplicates(self.renderer.with_dependent(|_, works| {
            let first = if all { works.first_of_each_template() } else { Vec::new() };
            let viewed_jobs = viewed.iter().filter_map(|path| works.jobs.get(path.as_str()));
            let jobs: Vec<&Job> = first.into_iter().chain(viewed_jobs).collect();
            jobs.par_iter().filter_map(|job| job.make(&works.portal, &works.theme).err()).collect()
        }))
    }

    /// Renders every page and inspects its references. Returns `None` if `is_busy` reports other work.
    ///
    /// # Errors
    /// If a custom template fails to render a page.
    pub(super) fn inspect(&self, is_busy: &dyn Fn() -> bool) -> Option<Result<Vec<BrokenReference>, BuildError>> {
        let base_url = self.renderer.borrow_owner().facts.reading.settings.base_url.as_deref();
        let inspection = Inspection::new(Vec::new(), Some(SCRIPT_PATH), base_url);
        for (path, file) in &self.copied {
            let path = path.as_str();
            match file {
                StaticFile::Theme(bytes) => inspection.inspect(File { path, bytes, template: None }),
                StaticFile::Attachment(_) => inspection.exists(path),
            }
        }
        let problems = self.renderer.with_dependent(|_, works| {
            let mut problems = Vec::new();
            for jobs in works.all_jobs().chunks(PAGES_PER_STEP) {
                if is_busy() {
                    return None;
                }
                let render_problem = |job: &&Job| match job.make(&works.portal, &works.theme) {
                    Ok(bytes) => {
                        inspection.inspect(File { path: job.path.as_str(), bytes: &bytes, template: job.template });
                        None
                    }
                    Err(problem) => Some(problem),
                };
                problems.extend(jobs.par_iter().filter_map(render_problem).collect::<Vec<ThemeError>>());
            }
            Some(remove_duplicates(problems))
        })?;
        Some(if problems.is_empty() { Ok(inspection.finish()) } else { Err(BuildError::Theme(problems)) })
    }

    /// Renders every file of the site.
    ///
    /// # Errors
    /// If a custom template fails to render a page.
    pub fn render_all(&self) -> Result<MemorySite, BuildError> {
        let target = MemoryTarget::new();
        for (path, file) in &self.copied {
            match file {
                StaticFile::Theme(bytes) => target.add(path, Contents::Bytes(bytes))?,
                StaticFile::Attachment(attachment) => target.add(path, Contents::File(attachment.file()))?,
            }
        }
        self.renderer.with_dependent(|_, works| {
            works.all_jobs().par_iter().try_for_each(|job| -> Result<(), BuildError> {
                let bytes =
                    job.make(&works.portal, &works.theme).map_err(|problem| BuildError::Theme(vec![problem]))?;
                Ok(target.add(&job.path, Contents::Bytes(&bytes))?)
            })
        })?;
        Ok(target.finish())
    }
}

impl<'a> Renderer<'a> {
    fn new(source: &'a Source) -> Renderer<'a> {
        let AssessedReading { reading, assessment, .. } = &*source.facts;
        let portal = Portal::new(
            Assessed { reading, assessment },
            RenderTools { labels: &source.theme.labels, highlighter: &source.highlighter, past: None },
            pages::navigation_pages(),
        );
        let extras = Extras::for_preview(SCRIPT_PATH);
        let theme = Theme::new(source.theme.base.clone(), &site(&portal, extras));
        let jobs = jobs_by_path(pages::jobs(&portal));
        Renderer { portal, theme, jobs, index: OnceLock::new() }
    }

    fn index(&self) -> &Jobs {
        self.index.get_or_init(|| jobs_by_path(pages::search_index_jobs(&self.portal)))
    }

    fn all_jobs(&self) -> Vec<&Job> {
        self.jobs.values().chain(self.index().values()).collect()
    }

    /// Renders a file on one of the build threads, whose stacks are large enough for deep templates.
    fn render(&self, path: &str) -> Option<(SitePath, Result<Vec<u8>, ThemeError>)> {
        let of_index = || path.starts_with(INDEX_FOLDER).then(|| self.index().get(path)).flatten();
        let job = self.jobs.get(path).or_else(of_index)?;
        Some((job.path.clone(), rayon::scope(|_| job.make(&self.portal, &self.theme))))
    }

    fn first_of_each_template(&self) -> Vec<&Job> {
        let mut first: BTreeMap<&str, &Job> = BTreeMap::new();
        for job in self.jobs.values() {
            let Some(template) = job.template else { continue };
            let first_job = first.entry(template).or_insert(job);
            if job.path < first_job.path {
                *first_job = job;
            }
        }
        first.into_values().collect()
    }
}

fn jobs_by_path(jobs: Vec<Job>) -> Jobs {
    jobs.into_iter().map(|job| (job.path.clone(), job)).collect()
}
