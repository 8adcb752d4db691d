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

use super::answer::SCRIPT;
use super::content_type;
use super::files::Attachment;
use super::report::Facts;
use crate::assess::Assessed;
use crate::config::Settings;
use crate::highlight::Highlighter;
use crate::project::ThemeFile;
use crate::site::build::{BuildError, assets, distinct};
use crate::site::inspect::{Broken, File, Inspection};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::navigation::{Extras, site};
use crate::site::pages;
use crate::site::portal::{Portal, Tools};
use crate::site::theme::{Labels, Theme, ThemeBase, ThemeError};
use crate::site::write::{Contents, MemorySite, MemoryTarget, Target};
use crate::url::SitePath;

/// The maximum number of rendered files to keep.
const MAX_KEPT: usize = 256;
/// The number of pages to inspect before checking for other work.
const AT_ONCE: usize = 64;
/// The folder of the search index.
const INDEX: &str = "find/";

/// A whole site.
pub struct Site {
    maker: OwnedRenderer,
    /// Files that are copied: those of the theme and the handbook's attachments.
    copied: BTreeMap<SitePath, StaticFile>,
    kept: Mutex<AHashMap<SitePath, Arc<[u8]>>>,
    own: Arc<[ThemeFile]>,
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
    own: Arc<[ThemeFile]>,
    language: String,
    is_limited: bool,
    labels: Arc<Labels>,
    base: Arc<ThemeBase>,
}

impl BuildCache {
    /// Returns the theme of a site, reusing the last one if nothing in it has changed.
    fn theme(&mut self, settings: &Settings, own: &Arc<[ThemeFile]>) -> Result<LastTheme, Vec<ThemeError>> {
        let (language, is_limited) = (&settings.lang, settings.is_limited());
        let is_same =
            |last: &&LastTheme| last.own == *own && last.language == *language && last.is_limited == is_limited;
        if let Some(same) = self.theme.as_ref().filter(is_same) {
            return Ok(same.clone());
        }
        let labels = Labels::of_site((language, is_limited), own)?;
        let base = ThemeBase::new(own, &labels)?.into();
        let theme = LastTheme { own: own.clone(), language: language.clone(), is_limited, labels: labels.into(), base };
        Ok(self.theme.insert(theme).clone())
    }
}

/// The inputs of a site.
struct Source {
    facts: Arc<Facts>,
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
    Made(Arc<[u8]>),
    /// An attachment.
    Attachment(Attachment),
}

impl Resource {
    /// A hash that identifies this version of the content.
    pub(super) fn hash(&self) -> [u8; 32] {
        match &self.content {
            Content::Made(bytes) => *blake3::hash(bytes).as_bytes(),
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
    pub(super) fn new(facts: Arc<Facts>, own: Arc<[ThemeFile]>, kept: &mut BuildCache) -> Result<Site, BuildError> {
        let theme = kept.theme(&facts.reading.settings, &own).map_err(BuildError::Theme)?;
        let source = Source { facts, theme, highlighter: kept.highlighter.clone() };
        let maker = OwnedRenderer::new(source, |source| Renderer::new(source));
        let of_theme = |bytes: &[u8]| StaticFile::Theme(bytes.into());
        let mut copied: BTreeMap<SitePath, StaticFile> = maker.with_dependent(|_, works| {
            works.theme.assets().map(|asset| (layout::own(&asset.path), of_theme(&asset.bytes))).collect()
        });
        for (asset, file) in assets(&maker.borrow_owner().facts.reading) {
            copied.insert(asset.url.clone(), StaticFile::Attachment(Attachment::find(file, &asset.url)?));
        }
        Ok(Site { maker, copied, kept: Mutex::default(), own })
    }

    /// The number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.maker.with_dependent(|_, works| works.jobs.keys().filter(|path| path.as_str().ends_with(".html")).count())
    }

    /// Whether the theme is a custom one, so that a page must be rendered to know whether it can be.
    pub(crate) fn is_own_theme(&self) -> bool {
        !self.own.is_empty()
    }

    /// The files of the custom theme.
    pub(super) fn own_theme(&self) -> &[ThemeFile] {
        &self.own
    }

    /// The copied files with their content.
    pub(super) fn copied(&self) -> impl Iterator<Item = (&SitePath, &StaticFile)> {
        self.copied.iter()
    }

    /// The content of a copied file.
    pub(super) fn copy(&self, path: &SitePath) -> Option<&StaticFile> {
        self.copied.get(path)
    }

    /// Returns the file at a path from the site's root, if there is one. Nothing else can be reached.
    ///
    /// # Errors
    /// If a custom template fails to render it.
    pub fn find(&self, path: &str) -> Option<Result<Resource, ThemeError>> {
        let kind = content_type::of(path);
        let made = |bytes: &Arc<[u8]>| Content::Made(bytes.clone());
        let copied = self.copied.get(path).map(|copied| match copied {
            StaticFile::Theme(bytes) => made(bytes),
            StaticFile::Attachment(attachment) => Content::Attachment(attachment.clone()),
        });
        if let Some(content) = copied.or_else(|| self.kept().get(path).map(made)) {
            return Some(Ok(Resource { content, kind }));
        }
        let (path, made) = self.maker.with_dependent(|_, works| works.make(path))?;
        let keep = |bytes: Vec<u8>| {
            let bytes: Arc<[u8]> = bytes.into();
            let mut kept = self.kept();
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
            kept.insert(path, bytes.clone());
            Resource { content: Content::Made(bytes), kind }
        };
        Some(made.map(keep))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, AHashMap<SitePath, Arc<[u8]>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the errors of templates found by rendering these pages and, if `all` is set, one page of each template.
    pub(super) fn try_out(&self, shown: &[String], all: bool) -> Vec<ThemeError> {
        distinct(self.maker.with_dependent(|_, works| {
            let first = if all { works.first_of_each_template() } else { Vec::new() };
            let shown = shown.iter().filter_map(|path| works.jobs.get(path.as_str()));
            let jobs: Vec<&Job> = first.into_iter().chain(shown).collect();
            jobs.par_iter().filter_map(|job| job.make(&works.portal, &works.theme).err()).collect()
        }))
    }

    /// Renders every page and inspects its references. Returns `None` if `is_busy` reports other work.
    ///
    /// # Errors
    /// If a custom template fails to render a page.
    pub(super) fn inspect(&self, is_busy: &dyn Fn() -> bool) -> Option<Result<Vec<Broken>, BuildError>> {
        let base_url = self.maker.borrow_owner().facts.reading.settings.base_url.as_deref();
        let inspection = Inspection::with(Vec::new(), Some(SCRIPT), base_url);
        for (path, file) in &self.copied {
            let path = path.as_str();
            match file {
                StaticFile::Theme(bytes) => inspection.inspect(File { path, bytes, template: None }),
                StaticFile::Attachment(_) => inspection.exists(path),
            }
        }
        let problems = self.maker.with_dependent(|_, works| {
            let mut problems = Vec::new();
            for jobs in works.every_job().chunks(AT_ONCE) {
                if is_busy() {
                    return None;
                }
                let look = |job: &&Job| match job.make(&works.portal, &works.theme) {
                    Ok(bytes) => {
                        inspection.inspect(File { path: job.path.as_str(), bytes: &bytes, template: job.template });
                        None
                    }
                    Err(problem) => Some(problem),
                };
                problems.extend(jobs.par_iter().filter_map(look).collect::<Vec<ThemeError>>());
            }
            Some(distinct(problems))
        })?;
        Some(if problems.is_empty() { Ok(inspection.finish()) } else { Err(BuildError::Theme(problems)) })
    }

    /// Renders every file of the site.
    ///
    /// # Errors
    /// If a custom template fails to render a page.
    pub fn whole(&self) -> Result<MemorySite, BuildError> {
        let target = MemoryTarget::new();
        for (path, file) in &self.copied {
            match file {
                StaticFile::Theme(bytes) => target.put(path, Contents::Bytes(bytes))?,
                StaticFile::Attachment(attachment) => target.put(path, Contents::File(attachment.file()))?,
            }
        }
        self.maker.with_dependent(|_, works| {
            works.every_job().par_iter().try_for_each(|job| -> Result<(), BuildError> {
                let bytes =
                    job.make(&works.portal, &works.theme).map_err(|problem| BuildError::Theme(vec![problem]))?;
                Ok(target.put(&job.path, Contents::Bytes(&bytes))?)
            })
        })?;
        Ok(target.finish())
    }
}

impl<'a> Renderer<'a> {
    fn new(source: &'a Source) -> Renderer<'a> {
        let Facts { reading, assessment, .. } = &*source.facts;
        let portal = Portal::new(
            Assessed { reading, assessment },
            Tools { labels: &source.theme.labels, highlighter: &source.highlighter, past: None },
            pages::listed(),
        );
        let extras = Extras::of_preview(SCRIPT);
        let theme = Theme::of(source.theme.base.clone(), &site(&portal, extras));
        let jobs = by_path(pages::jobs(&portal));
        Renderer { portal, theme, jobs, index: OnceLock::new() }
    }

    fn index(&self) -> &Jobs {
        self.index.get_or_init(|| by_path(pages::index(&self.portal)))
    }

    fn every_job(&self) -> Vec<&Job> {
        self.jobs.values().chain(self.index().values()).collect()
    }

    /// Renders a file on one of the build threads, whose stacks are large enough for deep templates.
    fn make(&self, path: &str) -> Option<(SitePath, Result<Vec<u8>, ThemeError>)> {
        let of_index = || path.starts_with(INDEX).then(|| self.index().get(path)).flatten();
        let job = self.jobs.get(path).or_else(of_index)?;
        Some((job.path.clone(), rayon::scope(|_| job.make(&self.portal, &self.theme))))
    }

    fn first_of_each_template(&self) -> Vec<&Job> {
        let mut first: BTreeMap<&str, &Job> = BTreeMap::new();
        for job in self.jobs.values() {
            let Some(template) = job.template else { continue };
            let known = first.entry(template).or_insert(job);
            if job.path < known.path {
                *known = job;
            }
        }
        first.into_values().collect()
    }
}

fn by_path(jobs: Vec<Job>) -> Jobs {
    jobs.into_iter().map(|job| (job.path.clone(), job)).collect()
}
