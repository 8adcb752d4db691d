//! A site whose files are made when they are asked for.
//!
//! What they are made from never changes, so that all of them are of one state of the handbook, whenever each is made;
//! and each is made just as a build makes it. So a save costs what it takes to read and assess the handbook, and the
//! pages that somebody looks at.

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

/// Files that were made are kept until there are so many.
const MAX_KEPT: usize = 256;
/// Pages that are looked at before it is seen whether there is something better to do.
const AT_ONCE: usize = 64;
/// Where the search index is.
const INDEX: &str = "find/";

/// A whole site.
pub struct Site {
    maker: OwnedRenderer,
    /// Files that are copied: the theme's and the handbook's own.
    copied: BTreeMap<SitePath, StaticFile>,
    kept: Mutex<AHashMap<SitePath, Arc<[u8]>>>,
    own: Arc<[ThemeFile]>,
}

/// A file that is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StaticFile {
    /// Part of the theme, whose style sheets may refer to other files.
    Theme(Arc<[u8]>),
    /// The handbook's own.
    Attachment(Attachment),
}

/// What one build keeps for the next.
#[derive(Default)]
pub(super) struct BuildCache {
    highlighter: Arc<Highlighter>,
    /// The theme of the last site, which the next has too unless somebody changed its files, or the language.
    theme: Option<LastTheme>,
}

/// A theme's files, and what was made of them in a language.
#[derive(Clone)]
struct LastTheme {
    own: Arc<[ThemeFile]>,
    language: String,
    is_limited: bool,
    labels: Arc<Labels>,
    base: Arc<ThemeBase>,
}

impl BuildCache {
    /// The theme of a site: that of the last one if nothing of it has changed.
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

/// What a site is made from.
struct Source {
    facts: Arc<Facts>,
    theme: LastTheme,
    highlighter: Arc<Highlighter>,
}

/// What makes the files.
struct Renderer<'a> {
    portal: Portal<'a>,
    theme: Theme,
    jobs: Jobs,
    /// The files of the search index: to know which there are, it must be made.
    index: OnceLock<Jobs>,
}

type Jobs = AHashMap<SitePath, Job>;

// What makes the files borrows what it makes them from. To gather it anew for each page that somebody asks for would take
// more than ten times as long as the page.
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
    /// What it holds.
    pub(super) content: Content,
    /// Its type as a header.
    pub(crate) kind: &'static str,
}

/// What a file of a site holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// These bytes, which Clausebook or a theme made.
    Made(Arc<[u8]>),
    /// What an author attached.
    Attachment(Attachment),
}

impl Resource {
    /// A hash of what it holds, or of what tells that from what it was before.
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
    /// A site of a handbook.
    ///
    /// # Errors
    /// When the theme cannot be used, or an image or attachment cannot be read.
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

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.maker.with_dependent(|_, works| works.jobs.keys().filter(|path| path.as_str().ends_with(".html")).count())
    }

    /// Whether templates are the handbook's own, so that only making a page tells whether it can be made.
    pub(crate) fn is_own_theme(&self) -> bool {
        !self.own.is_empty()
    }

    /// The files of a theme of the handbook's own.
    pub(super) fn own_theme(&self) -> &[ThemeFile] {
        &self.own
    }

    /// Files that are copied, with what they hold.
    pub(super) fn copied(&self) -> impl Iterator<Item = (&SitePath, &StaticFile)> {
        self.copied.iter()
    }

    /// What a file holds that is copied.
    pub(super) fn copy(&self, path: &SitePath) -> Option<&StaticFile> {
        self.copied.get(path)
    }

    /// The file at a path from the site's root, if there is one; nothing else can be reached.
    ///
    /// # Errors
    /// When a template of the handbook's own cannot show it.
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

    /// What is wrong with templates, as far as these pages tell, and one page of each template if `all` are to be tried.
    pub(super) fn try_out(&self, shown: &[String], all: bool) -> Vec<ThemeError> {
        distinct(self.maker.with_dependent(|_, works| {
            let first = if all { works.first_of_each_template() } else { Vec::new() };
            let shown = shown.iter().filter_map(|path| works.jobs.get(path.as_str()));
            let jobs: Vec<&Job> = first.into_iter().chain(shown).collect();
            jobs.par_iter().filter_map(|job| job.make(&works.portal, &works.theme).err()).collect()
        }))
    }

    /// Makes every page and looks at what it refers to; nothing when `is_busy` says that there is something to do.
    ///
    /// # Errors
    /// When a template of the handbook's own cannot show a page.
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

    /// Every file of the site.
    ///
    /// # Errors
    /// When a template of the handbook's own cannot show a page.
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

    /// Makes a file, on one of the threads that builds run on: they have room for deep templates.
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
