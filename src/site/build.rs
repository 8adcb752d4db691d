//! Building a complete site from a handbook and its assessment.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::inspect::{BrokenReference, File, Inspection};
use super::job::Job;
use super::layout;
use super::navigation::{Extras, site};
use super::pages::{documents_of, jobs, navigation_pages, printable_jobs, search_index_jobs};
use super::portal::{Portal, RenderTools};
use super::print::{SheetIndex, for_paper};
use super::print_pages::sheets;
use super::theme::{Labels, Theme, ThemeBase, ThemeError};
use super::write::{Contents, Target, WriteError};
use crate::assess::Assessed;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::highlight::Highlighter;
use crate::project::ThemeFile;
use crate::url::SitePath;

/// An error that prevents a build.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Problems in the theme's templates or label files, each once.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Theme(Vec<ThemeError>),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The input of a build.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The handbook with its assessment.
    pub assessed: Assessed<'a>,
    /// The files of the custom theme; empty without one.
    pub theme: &'a [ThemeFile],
    /// Additions for the live preview.
    pub extras: Extras<'a>,
    /// Called after each file with the number of finished files and the total.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// The result of a build.
#[derive(Debug, Default)]
pub struct BuildOutcome {
    /// Broken references in the site. Only checked with a custom theme: the built-in theme is known not to produce any.
    pub(crate) broken: Vec<BrokenReference>,
}

/// A site that is ready to be written.
pub(crate) struct PreparedSite<'a> {
    plan: Plan<'a>,
    pub(super) portal: Portal<'a>,
    pub(super) theme: Theme,
}

impl<'a> PreparedSite<'a> {
    /// Prepares what all pages share.
    pub(crate) fn new(plan: Plan<'a>, site_tools: &'a SiteTools) -> Result<PreparedSite<'a>, BuildError> {
        let tools =
            RenderTools { labels: &site_tools.labels, highlighter: &site_tools.highlighter, past: plan.extras.past };
        let portal = Portal::new(plan.assessed, tools, navigation_pages());
        let base = ThemeBase::new(plan.theme, &site_tools.labels).map_err(BuildError::Theme)?;
        let theme = Theme::new(base.into(), &site(&portal, plan.extras));
        Ok(PreparedSite { plan, portal, theme })
    }

    /// Makes every file of the site and puts it into `target`.
    pub(crate) fn write(&mut self, target: &dyn Target) -> Result<BuildOutcome, BuildError> {
        let PreparedSite { plan, theme, .. } = &*self;
        let base_url = self.portal.reading.settings.base_url.as_deref();
        let inspection =
            (!plan.theme.is_empty()).then(|| Inspection::new(target.foreign_files(), plan.extras.preview, base_url));
        let target = InspectedTarget { target, inspection: inspection.as_ref() };
        for asset in theme.assets() {
            target.put(&layout::own_path(&asset.path), Contents::Bytes(&asset.bytes), None)?;
        }
        let documents = plan.assessed.reading.handbook.indexed().map(|(_, document)| document);
        copy_assets(plan.assessed.reading, documents, &target)?;
        self.make_files(&target)?;
        Ok(BuildOutcome { broken: inspection.map(Inspection::finish).unwrap_or_default() })
    }

    fn make_files(&mut self, target: &InspectedTarget<'_>) -> Result<(), BuildError> {
        let documents = self.plan.assessed.reading.handbook.indexed().map(|(_, document)| document);
        let code = documents.flat_map(|document| &document.file.body.code).filter(|block| !block.is_diagram());
        self.portal.highlighter.prepare(code.map(|block| (&*block.language, &*block.source)));
        // Lists come first, so that the rows they share are freed before the other pages fill their caches.
        let (lists, others): (Vec<Job>, Vec<Job>) = jobs(&self.portal).into_iter().partition(Job::is_list);
        let total = lists.len() + others.len();
        let mut failed = self.make_all(target, &lists, 0, total);
        self.portal.forget_rows();
        failed.extend(self.make_all(target, &others, lists.len(), total));
        combine_errors(failed).map_or(Ok(()), Err)?;
        drop((lists, others));
        if self.plan.assessed.reading.settings.portal.search {
            // The index comes last. Free what only pages need first, so that both are never in memory together.
            self.portal.forget_links();
            self.theme.forget_sidebars();
            self.portal.highlighter.clear_cache();
            let index = search_index_jobs(&self.portal);
            combine_errors(self.make_all(target, &index, total, total + index.len())).map_or(Ok(()), Err)?;
        }
        Ok(())
    }

    /// Makes files on all threads and returns the errors. `finished_before` of all
    /// `total` files are already made.
    fn make_all(
        &self,
        target: &InspectedTarget<'_>,
        jobs: &[Job],
        finished_before: usize,
        total: usize,
    ) -> Vec<BuildError> {
        let finished = AtomicUsize::new(finished_before);
        let make = |job: &Job| -> Result<(), BuildError> {
            let bytes = job.make(&self.portal, &self.theme).map_err(|error| BuildError::Theme(vec![error]))?;
            target.put(&job.path, Contents::Bytes(&bytes), job.template)?;
            (self.plan.progress)(1 + finished.fetch_add(1, Ordering::Relaxed), total);
            Ok(())
        };
        let make_each = |jobs: &[&Job]| -> Vec<BuildError> {
            jobs.par_iter().with_max_len(1).filter_map(|job| make(job).err()).collect()
        };
        // Some data files take as long as many pages. Start them first, so that no thread is left with one at the end.
        let (data, pages): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|job| job.template.is_none());
        let (mut failed, others) = rayon::join(|| make_each(&data), || make_each(&pages));
        failed.extend(others);
        failed
    }
}

/// Makes every file of the site and puts it into `target`.
pub fn build(plan: Plan<'_>, target: &dyn Target) -> Result<BuildOutcome, BuildError> {
    let site_tools = SiteTools::load(plan)?;
    PreparedSite::new(plan, &site_tools)?.write(target)
}

/// The labels and highlighter of a build.
pub(crate) struct SiteTools {
    labels: Labels,
    highlighter: Highlighter,
}

impl SiteTools {
    /// Loads the labels in the handbook's language, with custom labels taking precedence, and creates an empty
    /// highlighter.
    pub(crate) fn load(plan: Plan<'_>) -> Result<SiteTools, BuildError> {
        let settings = &plan.assessed.reading.settings;
        let labels =
            Labels::load_for_site(&settings.lang, settings.is_limited(), plan.theme).map_err(BuildError::Theme)?;
        Ok(SiteTools { labels, highlighter: Highlighter::default() })
    }
}

/// A target that inspects files before it passes them on, if there is an inspection.
struct InspectedTarget<'a> {
    target: &'a dyn Target,
    inspection: Option<&'a Inspection>,
}

impl InspectedTarget<'_> {
    fn put(&self, path: &SitePath, contents: Contents<'_>, template: Option<&'static str>) -> Result<(), WriteError> {
        if let Some(inspection) = self.inspection {
            let path = path.as_str();
            match &contents {
                Contents::Bytes(bytes) => inspection.inspect(File { path, bytes, template }),
                Contents::File(_) => inspection.exists(path),
            }
        }
        self.target.add(path, contents)
    }
}

/// Makes the `wanted` pages and the files they load, prepared for printing in a browser. `documents` are the
/// documents whose content is on these pages.
pub(crate) fn build_for_print(
    plan: Plan<'_>,
    wanted: &BTreeSet<SitePath>,
    documents: &[DocumentIndex],
    target: &dyn Target,
) -> Result<(), BuildError> {
    let Reading { settings, handbook, .. } = plan.assessed.reading;
    let site_tools = SiteTools::load(plan)?;
    let PreparedSite { portal, theme, .. } = PreparedSite::new(plan, &site_tools)?;
    for asset in theme.assets().filter(|asset| !asset.path.ends_with(".js")) {
        target.add(&layout::own_path(&asset.path), Contents::Bytes(&asset.bytes))?;
    }
    let unwatched = InspectedTarget { target, inspection: None };
    copy_assets(plan.assessed.reading, documents.iter().map(|index| handbook.document(*index)), &unwatched)?;
    for job in printable_jobs(&portal).iter().filter(|job| wanted.contains(&job.path)) {
        let bytes = job.make(&portal, &theme).map_err(|error| BuildError::Theme(vec![error]))?;
        let sheet = sheets(&portal.groups, portal.labels).into_iter().find(|sheet| sheet.path == job.path);
        let printed = sheet.map_or_else(SheetIndex::default, |sheet| SheetIndex::new(documents_of(&portal, &sheet)));
        let html = for_paper(&String::from_utf8_lossy(&bytes), &job.path, settings.base_url.as_deref(), &printed);
        target.add(&job.path, Contents::Bytes(html.as_bytes()))?;
    }
    Ok(())
}

/// Makes a single file of the site. Returns `None` if the site has no file at `path`.
pub(crate) fn build_file(plan: Plan<'_>, path: &str) -> Result<Option<Vec<u8>>, BuildError> {
    let site_tools = SiteTools::load(plan)?;
    let PreparedSite { portal, theme, .. } = PreparedSite::new(plan, &site_tools)?;
    let bytes = super::pages::make_file(&portal, &theme, path).transpose();
    bytes.map_err(|error| BuildError::Theme(vec![error]))
}

/// Input is hashed in chunks of at least this many bytes, which is faster than hashing each part separately.
const MIN_HASH_BYTES: usize = 64 * 1024;

/// A digest of all inputs of a site: plans with equal digests produce identical bytes.
///
/// # Errors
/// If an image or attachment cannot be read.
pub(crate) fn digest(plan: Plan<'_>) -> std::io::Result<blake3::Hash> {
    let Reading { handbook, problems, sources, .. } = plan.assessed.reading;
    let (mut hasher, mut buffer) = (blake3::Hasher::new(), Vec::with_capacity(2 * MIN_HASH_BYTES));
    let mut add = |part: &[u8]| {
        buffer.extend_from_slice(&(part.len() as u64).to_le_bytes());
        buffer.extend_from_slice(part);
        if buffer.len() >= MIN_HASH_BYTES {
            hasher.update(&buffer);
            buffer.clear();
        }
    };
    add(format!("{:?} {:?}", plan.assessed.assessment.clock, plan.extras).as_bytes());
    let edition = plan.assessed.reading.settings.edition.as_ref();
    add(edition.and_then(|edition| edition.name.as_deref()).unwrap_or_default().as_bytes());
    let documents = handbook.documents.iter().map(|document| &document.file.source);
    let whole = plan.assessed.reading.full_handbook.iter().flat_map(|whole| &whole.handbook.documents);
    let withheld = whole.map(|document| &document.file.source);
    for text in sources.iter().chain(documents).chain(withheld).chain(handbook.registers.texts()) {
        add(text.path().as_bytes());
        add(text.as_str().as_bytes());
    }
    let withheld = plan.assessed.reading.full_handbook.iter().flat_map(|whole| &whole.handbook.documents);
    for file in handbook.documents.iter().chain(withheld).flat_map(|document| &document.file.body.included.files) {
        add(file.path.as_bytes());
        add(file.hash.as_ref().map_or(&[][..], |hash| hash));
    }
    handbook.lookup.withheld().for_each(|withheld| add(withheld.as_bytes()));
    problems.iter().for_each(|problem| add(format!("{problem:?}").as_bytes()));
    for file in plan.theme {
        add(file.path.as_bytes());
        add(&file.bytes);
    }
    handbook.assets.iter().for_each(|asset| add(asset.path.as_bytes()));
    for (_, file) in assets(plan.assessed.reading) {
        add(&crate::source::content_hash(file)?);
    }
    Ok(hasher.update(&buffer).finalize())
}

/// Copies the images and attachments in use to the target.
fn copy_assets<'a>(
    reading: &'a Reading,
    documents: impl Iterator<Item = &'a Document>,
    target: &InspectedTarget<'_>,
) -> Result<(), WriteError> {
    used_assets(reading, documents)
        .into_par_iter()
        .try_for_each(|(asset, file)| target.put(&asset.url, Contents::File(file), None))
}

/// The images and attachments that the handbook's pages show or link to, including the logo.
pub(crate) fn assets(reading: &Reading) -> Vec<(&crate::handbook::Asset, &PathBuf)> {
    used_assets(reading, reading.handbook.indexed().map(|(_, document)| document))
}

/// The images and attachments that the given documents, notes on shown entries or the logo refer to. No other file of
/// the content folder is published.
fn used_assets<'a>(
    reading: &'a Reading,
    documents: impl Iterator<Item = &'a Document>,
) -> Vec<(&'a crate::handbook::Asset, &'a PathBuf)> {
    let mut used = BTreeSet::new();
    let notes = reading.handbook.registers.entries.iter().flat_map(|placed_entry| &placed_entry.note);
    let note_targets = notes.flat_map(|note| note.targets().map(|(_, to)| to));
    let links = documents.flat_map(|document| &document.links).chain(note_targets);
    used.extend(links.filter_map(|link| Some(link.asset()?.0 as usize)));
    let logo = reading.settings.brand.logo.as_ref();
    used.extend(reading.handbook.assets.iter().position(|asset| logo.is_some_and(|logo| *logo.value == *asset.path)));
    let asset_at = |at: usize| -> Option<(&crate::handbook::Asset, &PathBuf)> {
        let asset = &reading.handbook.assets[at];
        Some((asset, reading.assets.get(&asset.path)?))
    };
    used.into_iter().filter_map(asset_at).collect()
}

/// Combines errors: problems in templates are merged, so that each is reported once however many pages it affects. The
/// first error of another kind takes precedence.
fn combine_errors(failed: Vec<BuildError>) -> Option<BuildError> {
    let mut theme: Vec<ThemeError> = Vec::new();
    for error in failed {
        match error {
            BuildError::Theme(problems) => theme.extend(problems),
            write => return Some(write),
        }
    }
    (!theme.is_empty()).then(|| BuildError::Theme(remove_duplicates(theme)))
}

/// Removes duplicate problems in templates.
pub(crate) fn remove_duplicates(mut problems: Vec<ThemeError>) -> Vec<ThemeError> {
    let mut seen_places = BTreeSet::new();
    problems.retain(|problem| seen_places.insert((problem.file.clone(), problem.place)));
    problems
}
