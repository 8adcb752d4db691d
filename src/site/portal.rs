//! The context shared by all pages: the handbook, its assessment and the address of everything in the site.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::assess::{Assessed, Assessment, Forecast, Timeline, compute_timeline};
use crate::chronicle::HandbookPast;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Handbook, Reading};
use crate::highlight::Highlighter;
use crate::id::{ClauseKey, StandardIndex};
use crate::name::Spellings;
use crate::site::about::PartyIndex;
use crate::site::all_findings::AllFindings;
use crate::site::blocks::NavigationBlocks;
use crate::site::days::Days;
use crate::site::directory::Directory;
use crate::site::glossary::Glossary;
use crate::site::groups::Groups;
use crate::site::layout;
use crate::site::link_cache::LinkCache;
use crate::site::model::{DocumentParties, ListRow, PartyFilters, Shared};
use crate::site::own_pages::{ListedPage, select_pages};
use crate::site::phrases::Phrases;
use crate::site::previews::PreviewFiles;
use crate::site::reading;
use crate::site::register::Register;
use crate::site::row_cache::{RowCache, RowForm, RowRenderer};
use crate::site::theme::{Labels, Theme};
use crate::standard::Standards;
use crate::url::SitePath;

/// Everything that pages are rendered from. Built once per build and shared by all pages.
#[derive(Debug)]
pub(crate) struct Portal<'a> {
    /// The handbook as read.
    pub(crate) reading: &'a Reading,
    /// States, verdicts and findings on the build's day.
    pub(crate) assessment: &'a Assessment,
    /// The interface texts in the portal's language.
    pub(crate) labels: &'a Labels,
    /// Syntax highlighter for code blocks.
    pub(super) highlighter: &'a Highlighter,
    /// The handbook's history, if the portal shows it.
    pub(crate) past: Option<&'a HandbookPast>,
    /// Clausebook's own pages, in navigation order.
    pub(crate) navigation_pages: Vec<ListedPage>,
    /// Groups of clauses, each with its documents in clause order.
    pub(crate) groups: Groups,
    /// One page per owner.
    pub(crate) owners: Directory,
    /// One page per document type.
    pub(crate) types: Directory,
    /// One page per role in an audience. Documents with recent changes come first, latest change first, then all others
    /// by path.
    pub(crate) roles: Directory,
    /// One page per tag.
    pub(crate) tags: Directory,
    tag_spellings: Spellings,
    /// The findings in each document, as indexes into the assessment's list.
    pub(crate) document_findings: Vec<Vec<u32>>,
    /// The documents that mention a clause in running text, by standard and clause, each once.
    pub(crate) mentioned_by: Vec<Vec<Vec<DocumentIndex>>>,
    /// The terms defined by the handbook's glossary.
    pub(crate) glossary: Glossary,
    /// Interface texts inserted into rendered Markdown.
    pub(super) phrases: Phrases,
    /// The navigation's lists of documents.
    pub(super) blocks: NavigationBlocks,
    /// The page of each clause, by standard.
    clause_paths: Vec<Vec<SitePath>>,
    /// The link previews, distributed over files on first use.
    pub(super) preview_files: OnceLock<PreviewFiles>,
    /// Changes after the build's day, as data files that pages load.
    pub(crate) days: Days,
    register: OnceLock<Register>,
    abouts: OnceLock<PartyIndex>,
    all_findings: OnceLock<AllFindings>,
    /// The states and verdicts on later days.
    pub(crate) timeline: Timeline,
    /// The forecast of coverage for the next twelve months.
    pub(crate) forecast: Forecast,
    /// Cached links to documents and document types.
    pub(super) link_cache: LinkCache,
    /// Cached rows of lists that appear on many pages.
    row_cache: RowCache,
}

/// The texts, highlighter and history that a [`Portal`] renders with.
#[derive(Clone, Copy)]
pub(crate) struct RenderTools<'a> {
    /// The interface texts in the portal's language.
    pub(crate) labels: &'a Labels,
    /// Syntax highlighter for code blocks.
    pub(crate) highlighter: &'a Highlighter,
    /// The handbook's history, if the portal shows it.
    pub(crate) past: Option<&'a HandbookPast>,
}

impl<'a> Portal<'a> {
    /// Computes the shared context; `pages` are the pages that the navigation may list.
    pub(crate) fn new(assessed: Assessed<'a>, tools: RenderTools<'a>, pages: Vec<ListedPage>) -> Portal<'a> {
        let RenderTools { labels, highlighter, past } = tools;
        let Assessed { reading, assessment } = assessed;
        let Reading { settings, standards, handbook, .. } = reading;
        let findings = || group_findings(handbook, assessment, settings.shows_figures());
        let chapters = || (Groups::new(standards, handbook, labels), findings());
        let rest = || (Directories::new(handbook, assessment), collect_mentions(standards, handbook));
        let ((groups, findings_of), (names, mentioned_by)) = rayon::join(chapters, rest);
        let timeline = shown_timeline(reading, assessment);
        let mut portal = Portal {
            reading,
            assessment,
            labels,
            highlighter,
            past,
            navigation_pages: select_pages(pages, reading, past),
            phrases: Phrases::new(labels),
            blocks: NavigationBlocks::new(&groups),
            clause_paths: clause_paths(standards),
            groups,
            owners: names.owners,
            types: names.types,
            roles: names.roles,
            tags: names.tags,
            tag_spellings: names.tag_spellings,
            document_findings: findings_of,
            mentioned_by,
            link_cache: LinkCache::new(handbook.documents.len()),
            row_cache: RowCache::default(),
            register: OnceLock::new(),
            abouts: OnceLock::new(),
            all_findings: OnceLock::new(),
            forecast: forecast(reading, assessment, &timeline),
            timeline,
            glossary: Glossary::new(settings, handbook),
            preview_files: OnceLock::new(),
            days: Days::default(),
        };
        portal.days = Days::new(&portal);
        portal
    }

    /// Whether pages show figures and the data behind them.
    pub(crate) fn shows_figures(&self) -> bool {
        self.reading.settings.shows_figures()
    }

    /// What a document relies on that changed after its last approval or review. Empty in an edition without figures.
    pub(crate) fn suspect_links(&self, index: DocumentIndex) -> Vec<crate::rules::SuspectLink> {
        if self.shows_figures() { crate::rules::suspect_links(&self.assessed(), index) } else { Vec::new() }
    }

    /// The handbook with its assessment.
    pub(crate) fn assessed(&self) -> Assessed<'a> {
        Assessed { reading: self.reading, assessment: self.assessment }
    }

    /// Frees the memory of cached links and rows; they are rebuilt if a page needs them.
    pub(crate) fn forget_links(&mut self) {
        self.link_cache.clear();
        self.row_cache = RowCache::default();
        self.blocks = NavigationBlocks::new(&self.groups);
    }

    /// Frees the memory of cached rows; they are rebuilt if a page needs them.
    pub(crate) fn forget_rows(&mut self) {
        self.row_cache = RowCache::default();
    }

    /// Rendered rows of lists for pages with the relative path `root` to the site's root.
    pub(super) fn row_renderer<'t>(&self, root: &str, theme: &'t Theme) -> RowRenderer<'t> {
        self.row_cache.renderer(root, self.reading.handbook.documents.len(), theme)
    }

    /// The template model of a row, from the cache or from `make`.
    pub(super) fn list_row(
        &self,
        index: DocumentIndex,
        form: RowForm,
        make: impl FnOnce() -> ListRow,
    ) -> Shared<ListRow> {
        self.row_cache.model(index, form, self.reading.handbook.documents.len(), make)
    }

    /// All controlled documents in register order, sorted on first use.
    pub(crate) fn register(&self) -> &Register {
        self.register.get_or_init(|| Register::new(self.assessed()))
    }

    /// The services and locations that filters offer.
    pub(crate) fn party_filters(&self) -> &PartyFilters {
        &self.abouts().filters
    }

    /// The services and locations that a document is about.
    pub(crate) fn document_parties(&self, index: DocumentIndex) -> DocumentParties {
        self.abouts().get(index)
    }

    fn abouts(&self) -> &PartyIndex {
        self.abouts.get_or_init(|| PartyIndex::from_reading(self.reading))
    }

    /// All findings in the order of lists, sorted on first use.
    pub(crate) fn all_findings(&self) -> &AllFindings {
        self.all_findings.get_or_init(|| AllFindings::new(self.assessment))
    }

    /// The document with this index.
    pub(crate) fn document(&self, index: DocumentIndex) -> &'a Document {
        self.reading.handbook.document(index)
    }

    /// The page of a clause.
    pub(crate) fn clause_path(&self, key: ClauseKey) -> SitePath {
        self.clause_paths[key.standard.at()][key.clause.at()].clone()
    }

    /// Whether a standard is the main one.
    pub(crate) fn is_main(&self, standard: StandardIndex) -> bool {
        self.reading.standards.main() == Some(standard)
    }
}

/// The later days that the pages show: none in an edition without figures.
fn shown_timeline(reading: &Reading, assessment: &Assessment) -> Timeline {
    if reading.settings.shows_figures() { compute_timeline(reading, assessment) } else { Timeline::default() }
}

fn forecast(reading: &Reading, assessment: &Assessment, timeline: &Timeline) -> Forecast {
    if reading.settings.shows_figures() { Forecast::new(reading, assessment, timeline) } else { Forecast::default() }
}

fn clause_paths(standards: &Standards) -> Vec<Vec<SitePath>> {
    let of_standard = |standard| standards.clauses(standard).map(|key| layout::clause(standards, key)).collect();
    standards.indexes().map(of_standard).collect()
}

/// The directories of names with their own pages.
struct Directories {
    owners: Directory,
    types: Directory,
    roles: Directory,
    tags: Directory,
    tag_spellings: Spellings,
}

impl Portal<'_> {
    /// The tags of a document as pages show them.
    pub(super) fn tags_of(&self, document: &Document) -> impl Iterator<Item = Arc<str>> {
        tags_of(document, &self.tag_spellings).into_iter()
    }
}

impl Directories {
    fn new(handbook: &Handbook, assessment: &Assessment) -> Directories {
        let controlled = || handbook.controlled();
        let owners = controlled().flat_map(|(at, document)| document.owners.iter().map(move |owner| (owner, at)));
        let kinds = controlled().map(|(at, document)| (&document.doc_type, at));
        let audience = controlled().flat_map(|(at, document)| document.audience.iter().map(move |role| (role, at)));
        let mut roles = Directory::new("roles", audience);
        let last_change = |(index, _)| reading::last_change(handbook, assessment, index);
        let last_changes: Vec<Option<Date>> = handbook.par_indexed().map(last_change).collect();
        roles.sort_by_key(|index| Reverse(last_changes[index.at()]));
        let spelled = tag_spellings(handbook);
        let tags: Vec<(Arc<str>, DocumentIndex)> = controlled()
            .flat_map(|(at, document)| tags_of(document, &spelled).into_iter().map(move |tag| (tag, at)))
            .collect();
        let tags = Directory::new("tags", tags.iter().map(|(tag, at)| (tag, *at)));
        let (owners, kinds) = (Directory::new("owners", owners), Directory::new("types", kinds));
        Directories { owners, types: kinds, roles, tags, tag_spellings: spelled }
    }
}

/// Counts the spellings of each tag.
fn tag_spellings(handbook: &Handbook) -> Spellings {
    let mut spellings = Spellings::default();
    let fronts = handbook.controlled().filter_map(|(_, document)| document.front());
    fronts.flat_map(|front| &front.tags).for_each(|tag| spellings.add(&tag.value));
    spellings
}

/// The tags of a document, each once and in its most common spelling.
fn tags_of(document: &Document, spelled: &Spellings) -> Vec<Arc<str>> {
    let mut tags: Vec<Arc<str>> = Vec::new();
    for tag in document.front().into_iter().flat_map(|front| &front.tags) {
        tags.extend(spelled.display_name(&tag.value).filter(|tag| !tags.contains(tag)).cloned());
    }
    tags
}

/// The findings in each document. Findings are sorted by file, so each file is looked up only once.
fn group_findings(handbook: &Handbook, assessment: &Assessment, shows_figures: bool) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); handbook.documents.len()];
    if !shows_figures {
        return lists;
    }
    let mut numbers = 0_u32..;
    for of_file in assessment.findings.chunk_by(|finding, next| finding.problem.place.file == next.problem.place.file) {
        let numbers = numbers.by_ref().take(of_file.len());
        let file = of_file.first().map_or("", |finding| &finding.problem.place.file);
        match handbook.document_of(file) {
            Some(document) => lists[document.at()].extend(numbers),
            None => numbers.for_each(drop),
        }
    }
    lists
}

fn collect_mentions(standards: &Standards, handbook: &Handbook) -> Vec<Vec<Vec<DocumentIndex>>> {
    let empty = |standard| vec![Vec::new(); standards.clauses(standard).len()];
    let mut lists: Vec<Vec<Vec<DocumentIndex>>> = standards.indexes().map(empty).collect();
    for (index, document) in handbook.indexed() {
        for key in document.mentions.iter().flatten() {
            let list = &mut lists[key.standard.at()][key.clause.at()];
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
    }
    lists
}
