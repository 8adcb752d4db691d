//! `clausebook import`: converts Word files, OpenDocument texts and web pages into drafts of a handbook.
//!
//! All files are read before any is written, because a link in one file determines which places in another become
//! anchors. Files that cannot be read are reported with the reason, and the others are imported. Existing files are
//! never changed.

mod files;
mod register;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use files::{ImportFiles, folder_names};

use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, EXIT_COULD_NOT_RUN, EXIT_FAILED, Failure, SourceArgument, check, output};
use crate::adopt::{clause_name, reasons, type_in};
use crate::config::{SETTINGS_FILE, Settings};
use crate::edit::Edits;
use crate::handbook::Reading;
use crate::id::DocumentId;
use crate::import::{Draft, DraftIdentity, ImportedDocument, MAX_FILE_BYTES, Reference, Source, format, import};
use crate::pandoc::Pandoc;
use crate::path::RelativePath;
use crate::project::{OpenError, Project};
use crate::report::{count_noun, without_controls};
use crate::site::pages;
use crate::source::{self, HandbookFile, id_from_path};
use crate::standard::Standards;
use crate::starter::quote_yaml;
use crate::suggest::{SubjectText, Suggester};

/// The start of a new handbook's settings, after its title and standards.
const NEW_SETTINGS: &str = "\
# For documents that name no owner. Correct it.
defaults:
- owner: Service Manager

rules:
  # Imported documents seldom link to each other. Remove this line once they do.
  orphan-document: off
";

/// The next step if some drafts suggest clauses.
const NEXT_WITH_SUGGESTIONS: &str =
    "the front matter of a draft says which clauses it may address; read it, correct it, approve it";
/// The next step if no draft suggests clauses.
const NEXT_WITHOUT_SUGGESTIONS: &str =
    "no draft suggests clauses; read each, write the clauses that it addresses, approve it";

/// Arguments of `clausebook import`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<ImportCommand>,
    /// Word file (.docx), OpenDocument text (.odt) or web page (.html), or a folder of these
    #[arg(value_name = "FILE", required = true)]
    from: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArgument,
    /// Folder for the documents, below the content folder
    #[arg(long, value_name = "FOLDER")]
    to: Option<RelativePath>,
    /// Show what would be imported without writing it
    #[arg(long)]
    dry_run: bool,
    /// The pandoc to use [default: the one on the search path]
    #[arg(long, value_name = "PROGRAM", env = "CLAUSEBOOK_PANDOC")]
    pandoc: Option<PathBuf>,
    /// Seconds that each file may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

/// What else can be imported.
#[derive(Debug, clap::Subcommand)]
enum ImportCommand {
    /// Turn the rows of a spreadsheet into a register
    Register(register::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    if let Some(ImportCommand::Register(arguments)) = &arguments.what {
        return register::run(arguments);
    }
    let interrupt = Interrupt::listen(InterruptMode::Graceful)?;
    let files = ImportFiles::collect(arguments.from.as_deref().unwrap_or(Path::new(".")))?;
    let target = ImportTarget::open(arguments)?;
    let pandoc = Pandoc::find(arguments.pandoc.as_deref(), Duration::from_secs(arguments.timeout))?;
    interrupt.remove_on_interrupt(pandoc.folder());
    let mut batch = Batch {
        suggester: Suggester::new(&target.standards),
        target: &target,
        files_root: &files.root,
        edits: Edits::new(&target.root),
        ids: BTreeSet::new(),
        lines: Vec::new(),
        errors: 0,
        has_suggestions: false,
    };
    let mut drafts = target.drafts(arguments.to.as_ref(), &files);
    let read_files = batch.import_files(&pandoc, &files, &mut drafts, &interrupt)?;
    let stop = interrupt.flag();
    let references: Vec<Reference> = read_files.iter().flat_map(|(_, imported)| imported.references.clone()).collect();
    for (file, mut imported) in read_files {
        let Some(path) = drafts.get(&*file.path) else { continue };
        let fragments = references
            .iter()
            .filter(|reference| reference.draft == *path && !reference.fragment.is_empty())
            .map(|reference| reference.fragment.as_str());
        match imported.write(&pandoc, fragments, &stop) {
            Ok(()) => batch.add(path, file, &imported)?,
            Err(error) if interrupt.reason().is_some() => return Err(Failure::new(error.to_string())),
            Err(error) => batch.report_failure(file, &error.to_string()),
        }
    }
    batch.errors += files.report_documents();
    batch.finish(&files.describe_others(), arguments.dry_run)
}

/// Reads files through pandoc.
struct Importer<'a> {
    pandoc: &'a Pandoc,
    files: &'a ImportFiles,
    settings: &'a Settings,
    stop: &'a AtomicBool,
}

impl Importer<'_> {
    /// Reads a file; `stem` is the name of its draft, and `drafts` are those of all files.
    fn import(
        &self,
        file: &HandbookFile,
        stem: &str,
        drafts: &BTreeMap<String, String>,
    ) -> Result<ImportedDocument, String> {
        let bytes = source::read_limited(&file.absolute, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
        let source = Source {
            format: format(&file.path).unwrap_or("docx"),
            bytes,
            read_picture: &|target| self.files.picture(&file.path, target),
            resolve_link: &|target| self.files.linked_file(&file.path, target, drafts),
            pictures: &format!("{stem}-files"),
            levels: &self.settings.classifications,
        };
        import(self.pandoc, source, self.stop).map_err(|error| error.to_string())
    }
}

/// The handbook that files are imported into.
struct ImportTarget {
    root: PathBuf,
    settings: Settings,
    standards: Standards,
    /// Its present content; `None` for a new handbook.
    reading: Option<Reading>,
    /// The settings of a new handbook.
    new_settings: Option<String>,
}

impl ImportTarget {
    /// Opens the handbook given as an argument or found nearby, or starts a new one in the given folder.
    fn open(arguments: &Arguments) -> Result<ImportTarget, Failure> {
        let project = match arguments.source.project() {
            Ok(project) => project,
            Err(OpenError::NoSettings(root)) => return ImportTarget::new(root),
            Err(OpenError::NotFound) => {
                return Err(Failure::new(format!(
                    "no {SETTINGS_FILE} found in this folder or any parent; use --source DIR to name a handbook, or to start one there"
                )));
            }
            Err(error) => return Err(error.into()),
        };
        let reading = check::read(&project)?;
        let standards = project.named_standards().map_err(super::build::refusal_failure)?;
        let (root, settings) = (project.root().to_path_buf(), reading.settings.clone());
        Ok(ImportTarget { root, settings, standards, reading: Some(reading), new_settings: None })
    }

    fn new(root: PathBuf) -> Result<ImportTarget, Failure> {
        let name = std::path::absolute(&root)?.file_name().map(|name| name.to_string_lossy().into_owned());
        let title = quote_yaml(name.as_deref().unwrap_or("Handbook"));
        let text = format!("title: {title}\nstandards: [iso20000-1]\n\n{}", NEW_SETTINGS);
        let project = Project::with_draft(&root, &text, &pages::reserved_places());
        let (settings, _) = project.settings().map_err(super::build::refusal_failure)?;
        let standards = project.named_standards().map_err(super::build::refusal_failure)?;
        Ok(ImportTarget { root, settings, standards, reading: None, new_settings: Some(text) })
    }

    /// The path of each draft, by the path of the file.
    fn drafts(&self, to: Option<&RelativePath>, files: &ImportFiles) -> BTreeMap<String, String> {
        let content = Some(self.settings.content.as_str()).filter(|content| *content != ".");
        let path = |(file, stem): &(HandbookFile, String)| {
            let fixed = content.into_iter().chain(to.map(RelativePath::as_str)).map(str::to_owned);
            let name = std::iter::once(format!("{stem}.md"));
            let names = fixed.chain(folder_names(&file.path)).chain(name).collect::<Vec<_>>();
            (file.path.to_string(), names.join("/"))
        };
        files.files.iter().map(path).collect()
    }

    fn has_id(&self, id: &DocumentId) -> bool {
        let lookup = self.reading.as_ref().map(|reading| &reading.handbook.lookup);
        lookup.is_some_and(|lookup| lookup.by_id(id).is_some() || lookup.is_withheld(id))
    }
}

/// Files that are imported together.
struct Batch<'a> {
    suggester: Suggester,
    target: &'a ImportTarget,
    /// The folder of the imported files.
    files_root: &'a Path,
    edits: Edits,
    ids: BTreeSet<DocumentId>,
    /// A line of output for each.
    lines: Vec<String>,
    errors: usize,
    /// Whether any draft suggests clauses.
    has_suggestions: bool,
}

impl Batch<'_> {
    /// Reads all files; unreadable ones are reported, and links to their drafts are removed.
    fn import_files<'f>(
        &mut self,
        pandoc: &Pandoc,
        files: &'f ImportFiles,
        drafts: &mut BTreeMap<String, String>,
        interrupt: &Interrupt,
    ) -> Result<Vec<(&'f HandbookFile, ImportedDocument)>, Failure> {
        let importer = Importer { pandoc, files, settings: &self.target.settings, stop: &interrupt.flag() };
        let (mut read_files, mut refused) = (Vec::new(), BTreeSet::new());
        for (file, stem) in &files.files {
            match importer.import(file, stem, drafts) {
                Ok(imported) => read_files.push((file, stem, imported)),
                Err(error) if interrupt.reason().is_some() => return Err(Failure::new(error)),
                Err(error) => {
                    self.report_failure(file, &error);
                    refused.extend(drafts.remove(&*file.path));
                }
            }
        }
        for (file, stem, imported) in &mut read_files {
            if imported.references.iter().any(|reference| refused.contains(&reference.draft)) {
                let again = importer.import(file, stem, drafts);
                *imported = again.map_err(Failure::new)?;
            }
        }
        Ok(read_files.into_iter().map(|(file, _, imported)| (file, imported)).collect())
    }

    fn report_failure(&mut self, file: &HandbookFile, reason: &str) {
        self.errors += 1;
        output::error(&format!("`{}` is not imported: {reason}", without_controls(&file.path)));
    }

    fn add(&mut self, path: &str, file: &HandbookFile, imported: &ImportedDocument) -> Result<(), Failure> {
        let title = imported.title.clone().unwrap_or_else(|| title_from_path(&file.path));
        let id = self.free_id(imported, &file.path)?;
        let unused = imported.values.iter().find(|(key, value)| *key == "id" && *value != id.as_str());
        let unused = unused.map(|(_, value)| format!("Document number: {value}, which another document has"));
        let kind = type_in(&file.path).or_else(|| type_in(&title)).unwrap_or("guideline");
        let subject = SubjectText { title: &title, headings: &imported.headings, text: &imported.words };
        let clauses: Vec<(String, String)> = self
            .suggester
            .suggest(subject)
            .iter()
            .map(|suggestion| (clause_name(&self.target.standards, suggestion.clause), reasons(suggestion)))
            .collect();
        self.has_suggestions |= !clauses.is_empty();
        let identity = DraftIdentity {
            id: id.to_string(),
            title,
            doc_type: kind.to_owned(),
            source_file: file.path.to_string(),
            taken_id: unused,
            clauses,
        };
        let text = Draft { identity, imported }.text();
        if text.len() as u64 > source::MAX_BYTES {
            self.report_failure(file, "the draft would be too large to be read; split the document");
            return Ok(());
        }
        self.edits.create(path, &text);
        for (name, bytes) in &imported.pictures {
            let stem = path.strip_suffix(".md").unwrap_or(path);
            self.edits.create_bytes(&format!("{stem}-files/{name}"), bytes.clone());
        }
        let notes = if imported.notes.is_empty() { String::new() } else { format!(": {}", imported.notes.join(", ")) };
        let source = without_controls(&self.files_root.join(&*file.path).display().to_string());
        self.lines.push(format!("{source} → {path} ({id}){notes}"));
        Ok(())
    }

    /// The ID in the control table, else one derived from the file name, else that with a number.
    fn free_id(&mut self, imported: &ImportedDocument, path: &str) -> Result<DocumentId, Failure> {
        let own_id = imported.values.iter().find(|(key, _)| *key == "id").and_then(|(_, id)| id.parse().ok());
        let derived = id_from_path(path);
        let otherwise = derived.as_ref().map_or_else(|| "document".to_owned(), ToString::to_string);
        // A number must still fit after the longest IDs.
        let stem = &otherwise[..otherwise.floor_char_boundary(MAX_ID_STEM_BYTES)];
        let numbered = (2..1000).filter_map(|number| format!("{stem}-{number}").parse().ok());
        let mut ids = own_id.into_iter().chain(derived).chain(numbered);
        let id = ids.find(|id: &DocumentId| !self.ids.contains(id) && !self.target.has_id(id));
        let id = id.ok_or_else(|| Failure::new(format!("no ID is free for `{}`", without_controls(path))))?;
        self.ids.insert(id.clone());
        Ok(id)
    }

    fn finish(mut self, others: &[String], dry_run: bool) -> CommandResult {
        if self.lines.is_empty() {
            return Ok(ExitCode::from(EXIT_COULD_NOT_RUN));
        }
        if let Some(settings) = &self.target.new_settings {
            self.edits.create(SETTINGS_FILE, settings);
        }
        if !dry_run {
            self.edits.save()?;
        }
        let verb = if dry_run { "would be imported" } else { "imported" };
        let lines: String = self.lines.iter().map(|line| format!("  {line}\n")).collect();
        let others: String = others.iter().map(|line| format!("  {line}\n")).collect();
        let others = if others.is_empty() { others } else { format!("\nnot imported:\n{others}") };
        let next = if self.has_suggestions { NEXT_WITH_SUGGESTIONS } else { NEXT_WITHOUT_SUGGESTIONS };
        output::print(&format!("{} {verb}:\n{lines}{others}\n{next}\n", count_noun(self.lines.len(), "draft")))?;
        Ok(if self.errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(EXIT_FAILED) })
    }
}

/// The maximum length of an ID before its number, in bytes.
const MAX_ID_STEM_BYTES: usize = 60;

/// The name of a file as a title.
fn title_from_path(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
