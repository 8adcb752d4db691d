//! A handbook's folder: reads its files into a handbook that can be assessed.

mod alongside;
mod assets;
mod catalogues;
mod editions;
mod inputs;
mod logo;
mod order;
mod parse;
mod registers;
mod text_direction;
mod texts;
mod theme;
mod unknown_links;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, SETTINGS_FILE, Settings};
use crate::finding::{Problem, reading};
use crate::handbook::{HandbookParts, History, ParsedFile, Reading, RegisterParts, assemble};
use crate::place::{Place, SourceText};
use crate::rules;
use crate::source::{self, AssetFacts, HandbookFile, Vocabulary};
use crate::standard::Standards;
use crate::url::OwnPlace;

pub(crate) use editions::refuse_unclear_edition;
pub(crate) use inputs::Inputs;
use parse::MemoryBudget;
pub(crate) use parse::{parse_file, read_file};
pub(crate) use texts::Texts;
pub(crate) use theme::THEMES_FOLDER;
pub use theme::ThemeFile;
use unknown_links::unknown_links;

/// The folder with a handbook's own catalogues.
pub(crate) const STANDARDS_FOLDER: &str = "standards";
/// The folder in which Node.js tools keep their packages.
const NODE_MODULES: &str = "node_modules";

/// A handbook's folder.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    /// Settings that have not been written to the folder yet.
    draft: Option<Arc<SourceText>>,
    own_places: Arc<[OwnPlace]>,
    /// The edition to read.
    edition: EditionChoice,
    /// Problems for files that are missing in a copy of the folder.
    missing_files: Arc<[Problem]>,
}

/// The part of a handbook that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum EditionChoice {
    /// The part that the settings publish.
    Published,
    /// The whole handbook, whatever the settings publish.
    Whole,
    /// A named edition.
    Named(Box<str>),
}

/// Why a handbook cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The given folder has no settings.
    #[error("`{}` contains no {SETTINGS_FILE}; `clausebook init` creates a new handbook", .0.display())]
    NoSettings(PathBuf),
    /// The given path is a file.
    #[error("`{}` is a file; name the folder that holds {SETTINGS_FILE}", .0.display())]
    NotAFolder(PathBuf),
    /// Neither the current folder nor one above it has settings.
    #[error(
        "no {SETTINGS_FILE} found in this folder or any parent; use --source DIR, or run `clausebook init DIR` to create a handbook"
    )]
    NotFound,
    /// The current folder cannot be determined.
    #[error("the current folder cannot be found: {0}")]
    NoFolder(#[from] std::io::Error),
}

/// The error when nothing can be produced because settings, catalogues or a theme cannot be used.
#[derive(Debug)]
pub struct ProjectRefusal {
    /// All problems, each with its place.
    pub problems: Vec<Problem>,
    /// Texts of the files with problems.
    pub(crate) sources: Vec<Arc<SourceText>>,
}

impl ProjectRefusal {
    /// Adds further problems.
    fn with_problems(mut self, problems: impl IntoIterator<Item = Problem>) -> ProjectRefusal {
        self.problems.extend(problems);
        self.problems.sort_by(|a, b| a.place.cmp(&b.place));
        self
    }
}

/// Everything read from a handbook, before it is assembled.
#[derive(Clone, Debug)]
pub(crate) struct ParsedProject {
    /// The settings.
    pub(crate) settings: Settings,
    /// The standards in the settings.
    pub(crate) standards: Standards,
    /// Every Markdown file that could be read, sorted by path.
    pub(crate) files: Vec<Arc<ParsedFile>>,
    /// Problems that do not belong to a document.
    pub(crate) problems: Vec<Problem>,
    /// Registers that documents name.
    pub(crate) registers: RegisterParts,
    /// The location of each asset on disk, by its path in the handbook.
    pub(crate) assets: BTreeMap<Arc<str>, PathBuf>,
    /// Facts about each asset, by its path.
    pub(crate) facts: BTreeMap<Arc<str>, AssetFacts>,
    /// Files that are skipped because they are hidden, sorted.
    pub(crate) hidden: Vec<Arc<str>>,
    /// Names of the files that a custom theme adds to the site's assets.
    pub(crate) theme: Vec<String>,
    /// The texts of settings and catalogues, for quoting lines.
    pub(crate) sources: Vec<Arc<SourceText>>,
    /// Addresses of the portal's own pages.
    own_places: Arc<[OwnPlace]>,
}

impl ParsedProject {
    /// Assembles the whole handbook, or an edition if `full_reading` is given.
    fn into_reading(self, earlier: Option<&Reading>, full_reading: Option<&Reading>) -> Reading {
        let ParsedProject {
            settings,
            standards,
            files,
            mut problems,
            registers,
            assets,
            mut facts,
            hidden,
            theme,
            sources,
            own_places: own,
        } = self;
        let asset_facts = assets.keys().map(|path| (path.clone(), facts.remove(path).unwrap_or_default())).collect();
        let earlier = earlier.filter(|earlier| has_same_texts(earlier, &sources)).map(|earlier| &earlier.handbook);
        let parts = HandbookParts {
            settings: &settings,
            standards: &standards,
            files,
            assets: asset_facts,
            hidden,
            registers,
            own_places: &own,
            theme,
        };
        let mut handbook = assemble(parts, earlier);
        assets::compute_digests(&mut handbook, full_reading, &settings, &assets);
        problems.extend(unknown_links(&settings, &handbook));
        problems.extend(text_direction::direction_problems(&settings));
        Reading {
            settings,
            standards,
            handbook,
            problems,
            assets,
            sources,
            history: History::default(),
            full_handbook: None,
        }
    }
}

/// Whether a reading is of exactly these texts.
fn has_same_texts(reading: &Reading, sources: &[Arc<SourceText>]) -> bool {
    let is_same =
        |(old, new): (&Arc<SourceText>, &Arc<SourceText>)| old.path() == new.path() && old.as_str() == new.as_str();
    reading.sources.len() == sources.len() && reading.sources.iter().zip(sources).all(is_same)
}

impl Project {
    /// Finds the handbook in a folder or, with `None`, in the current folder or its nearest parent; `own_places`
    /// contains the addresses of the portal's own pages.
    ///
    /// # Errors
    /// If no folder with settings is found.
    pub fn find(source: Option<&Path>, own_places: &[OwnPlace]) -> Result<Project, OpenError> {
        let own_places: Arc<[OwnPlace]> = own_places.into();
        if let Some(folder) = source {
            let root = folder.to_path_buf();
            return if is_handbook(&root) {
                Ok(Project {
                    root,
                    draft: None,
                    own_places,
                    edition: EditionChoice::Published,
                    missing_files: Arc::default(),
                })
            } else if root.is_file() {
                Err(OpenError::NotAFolder(root))
            } else {
                Err(OpenError::NoSettings(root))
            };
        }
        let current = std::env::current_dir()?;
        let root = current.ancestors().find(|folder| is_handbook(folder)).ok_or(OpenError::NotFound)?;
        Ok(Project {
            root: root.to_path_buf(),
            draft: None,
            own_places,
            edition: EditionChoice::Published,
            missing_files: Arc::default(),
        })
    }

    /// The handbook that a folder would be with these settings.
    pub(crate) fn with_draft(root: &Path, settings: &str, own_places: &[OwnPlace]) -> Project {
        let draft = Some(Arc::new(SourceText::new(SETTINGS_FILE, settings)));
        Project {
            root: root.to_path_buf(),
            draft,
            own_places: own_places.into(),
            edition: EditionChoice::Published,
            missing_files: Arc::default(),
        }
    }

    /// Marks it as a copy that lacks some files, with a problem for each.
    pub(crate) fn with_missing_files(self, lost: &[Problem]) -> Project {
        Project { missing_files: lost.into(), ..self }
    }

    /// The handbook's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// If they are missing or cannot be read.
    pub(crate) fn settings(&self) -> Result<(Settings, Arc<SourceText>), ProjectRefusal> {
        let refused = |problem| ProjectRefusal { problems: vec![problem], sources: Vec::new() };
        let missing = || refused(missing_settings());
        let text = match &self.draft {
            Some(draft) => draft.clone(),
            None => {
                let entry = source::find_file(&self.root, SETTINGS_FILE).map_err(refused)?.ok_or_else(missing)?;
                Arc::new(source::read_text(&entry).map_err(refused)?)
            }
        };
        match config::read(&text, &rules::rule_ids()) {
            Ok(mut settings) => {
                settings.documents.includes = settings.documents.includes.in_handbook(&self.root);
                self.apply_edition(settings, text)
            }
            Err(invalid) => Err(self.refuse(&invalid.settings, &text, invalid.problems)),
        }
    }

    /// Refuses unusable settings, together with problems in the files that they name.
    fn refuse(&self, settings: &Settings, text: &Arc<SourceText>, problems: Vec<Problem>) -> ProjectRefusal {
        let refusal = match self.standards(settings, text) {
            Ok((_, sources)) => ProjectRefusal { problems: Vec::new(), sources },
            Err(refusal) => refusal,
        };
        refusal.with_problems(problems).with_problems(self.missing_theme(settings))
    }

    /// The standards in the settings, without reading any document.
    pub(crate) fn named_standards(&self) -> Result<Standards, ProjectRefusal> {
        let (settings, text) = self.settings()?;
        Ok(self.standards(&settings, &text)?.0)
    }

    /// Reads the handbook in the selected edition; `skipped` contains folders to skip, such as the output.
    ///
    /// # Errors
    /// If the settings, a catalogue or the content folder cannot be read.
    pub fn read(&self, skipped: &[PathBuf]) -> Result<Reading, ProjectRefusal> {
        self.read_reduced(skipped, |file| file)
    }

    /// Like [`read`](Project::read), for assessments only: the HTML of each page is dropped as soon as its file is
    /// parsed.
    pub(crate) fn read_for_assessment(&self, skipped: &[PathBuf]) -> Result<Reading, ProjectRefusal> {
        self.read_reduced(skipped, ParsedFile::without_html)
    }

    /// Reads the handbook, keeping what `reduce` leaves of each file.
    fn read_reduced(
        &self,
        skipped: &[PathBuf],
        reduce: fn(ParsedFile) -> ParsedFile,
    ) -> Result<Reading, ProjectRefusal> {
        let memory_budget = MemoryBudget::default();
        self.read_with(skipped, |entry, settings, vocabulary| {
            read_file(entry, settings, vocabulary).map(|file| memory_budget.compact_file(reduce(file)))
        })
    }

    /// Reads the handbook, calling `read_file` for each text.
    pub(crate) fn read_with(
        &self,
        skipped: &[PathBuf],
        read_file: impl Fn(&HandbookFile, &Settings, &Vocabulary) -> Result<Arc<ParsedFile>, Problem> + Sync,
    ) -> Result<Reading, ProjectRefusal> {
        self.gather(skipped, read_file)?.assemble(None)
    }

    /// Reads the handbook without assembling it, calling `read_file` for each text: a preview reuses unchanged ones.
    pub(crate) fn gather(
        &self,
        skipped: &[PathBuf],
        read_file: impl Fn(&HandbookFile, &Settings, &Vocabulary) -> Result<Arc<ParsedFile>, Problem> + Sync,
    ) -> Result<ParsedProject, ProjectRefusal> {
        let (mut settings, settings_text) = self.settings()?;
        let (standards, sources) = self
            .standards(&settings, &settings_text)
            .map_err(|refusal| refusal.with_problems(self.missing_theme(&settings)))?;
        let vocabulary = settings.vocabulary();
        let skipped = self.skipped(&settings, skipped);
        let tree = source::discover(&self.root, &settings.content, &skipped);
        let read: Vec<Result<Arc<ParsedFile>, Problem>> =
            tree.texts.par_iter().map(|entry| read_file(entry, &settings, &vocabulary)).collect();
        let mut problems = source::report_unread(&tree);
        problems.extend(registers::hidden_registers(&self.root, &tree.hidden));
        problems.extend(tree.problems);
        problems.extend(self.missing_files.iter().cloned());
        let linked_assets = self.outside_assets(&settings, &skipped, &mut problems);
        let files = read.into_iter().filter_map(|result| result.map_err(|problem| problems.push(problem)).ok());
        let files: Vec<Arc<ParsedFile>> = files.collect();
        let all_assets = tree.assets.into_iter().chain(linked_assets).collect();
        let (registers, assets) = registers::read(all_assets, &files, &settings, &mut problems);
        let (assets, facts) = assets::gather_facts(assets);
        problems.extend(self.missing_theme(&settings));
        problems.extend(logo::resolve(&mut settings, &assets, &facts, &tree.hidden));
        problems.extend(order::missing(&settings, &files));
        problems.extend(self.missing_paths(&settings, &files));
        Ok(ParsedProject {
            theme: self.theme_files(&settings.theme),
            settings,
            standards,
            files,
            problems,
            registers,
            assets,
            facts,
            hidden: tree.hidden,
            sources,
            own_places: self.own_places.clone(),
        })
    }

    /// The paths to skip: those that a command names, those that the settings exclude and, if the documents are in the
    /// handbook's own folder, its output, themes and Node modules. `standards` is read, because teams use that name for
    /// documents, too.
    fn skipped(&self, settings: &Settings, skipped: &[PathBuf]) -> Vec<PathBuf> {
        let content = self.root.join(&settings.content);
        let excluded = settings.documents.exclude.iter().map(|path| content.join(path));
        let own_folders = [settings.output.as_str(), THEMES_FOLDER, NODE_MODULES];
        let skipped_folders = own_folders.iter().filter(|_| settings.content == ".").map(|folder| content.join(folder));
        skipped.iter().cloned().chain(excluded).chain(skipped_folders).collect()
    }

    /// The folders that a portal must not be written into. If the documents are in the handbook's own folder, the
    /// portal's folder is skipped when reading instead.
    pub(crate) fn folders_to_keep_clear(&self, settings: &Settings) -> Vec<PathBuf> {
        let mut folders = self.folders(settings);
        if settings.content == "." {
            folders.remove(0);
        }
        folders
    }

    /// The paths of all folders that are read, starting with that of the documents.
    pub fn folders(&self, settings: &Settings) -> Vec<PathBuf> {
        let base_folders = [settings.content.as_str(), STANDARDS_FOLDER, THEMES_FOLDER];
        base_folders.into_iter().chain(settings.asset_folders()).map(|folder| self.root.join(folder)).collect()
    }
}

/// The problem when the settings have disappeared.
fn missing_settings() -> Problem {
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(SETTINGS_FILE), "this file no longer exists")
        .help("restore it: without it, the folder is not a handbook")
}

/// Whether a folder contains settings.
pub(crate) fn is_handbook(folder: &Path) -> bool {
    folder.join(SETTINGS_FILE).is_file()
}
