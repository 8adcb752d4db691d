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
use std::time::Duration;

use files::{Files, names_of_folders};

use super::interrupt::{Interrupt, InterruptMode};
use super::{COULD_NOT_RUN, FAILED, Failure, Outcome, SourceArgument, check, output};
use crate::adopt::{clause_name, reasons, type_in};
use crate::config::{SETTINGS_FILE, Settings};
use crate::edit::Edits;
use crate::handbook::Reading;
use crate::id::DocumentId;
use crate::import::{Draft, Identity, Imported, MAX_FILE, Reference, Source, format, import};
use crate::pandoc::Pandoc;
use crate::path::RelativePath;
use crate::project::{OpenError, Project};
use crate::report::{counted, plain};
use crate::site::pages;
use crate::source::{self, Entry, id_from_path};
use crate::standard::Standards;
use crate::starter::yaml;
use crate::suggest::{Subject, Suggester};

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
const SUGGESTED: &str =
    "the front matter of a draft says which clauses it may address; read it, correct it, approve it";
/// The next step if no draft suggests clauses.
const NOTHING_SUGGESTED: &str = "no draft suggests clauses; read each, write the clauses that it addresses, approve it";

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
    /// Show what would be imported, and write nothing
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

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if let Some(ImportCommand::Register(arguments)) = &arguments.what {
        return register::run(arguments);
    }
    let interrupt = Interrupt::listen(InterruptMode::InOrder)?;
    let files = Files::of(arguments.from.as_deref().unwrap_or(Path::new(".")))?;
    let target = Target::of(arguments)?;
    let pandoc = Pandoc::find(arguments.pandoc.as_deref(), Duration::from_secs(arguments.timeout))?;
    interrupt.removes_on_interrupt(pandoc.folder());
    let mut batch = Batch {
        suggester: Suggester::new(&target.standards),
        target: &target,
        edits: Edits::new(&target.root),
        ids: BTreeSet::new(),
        lines: Vec::new(),
        errors: 0,
        has_suggestions: false,
    };
    let mut drafts = target.drafts(arguments.to.as_ref(), &files);
    let read_files = batch.read(&pandoc, &files, &mut drafts, &interrupt)?;
    let stop = interrupt.flag();
    let references: Vec<Reference> = read_files.iter().flat_map(|(_, one)| one.references.clone()).collect();
    for (file, mut imported) in read_files {
        let Some(path) = drafts.get(&*file.path) else { continue };
        let fragments = references
            .iter()
            .filter(|one| one.draft == *path && !one.fragment.is_empty())
            .map(|one| one.fragment.as_str());
        match imported.write(&pandoc, fragments, &stop) {
            Ok(()) => batch.add(path, (&files.root, file), &imported)?,
            Err(why) if interrupt.reason().is_some() => return Err(Failure::new(why.to_string())),
            Err(why) => batch.refuse(file, &why.to_string()),
        }
    }
    batch.errors += files.report_documents();
    batch.finish(&files.others(), arguments.dry_run)
}

fn read(
    pandoc: &Pandoc,
    (files, file, stem): (&Files, &Entry, &str),
    (settings, drafts): (&Settings, &BTreeMap<String, String>),
    stop: &std::sync::atomic::AtomicBool,
) -> Result<Imported, String> {
    let bytes = source::read_limited(&file.absolute, MAX_FILE).map_err(|error| error.to_string())?;
    let format = format(&file.path).unwrap_or("docx");
    let source = Source {
        format,
        bytes,
        beside: &|target| files.picture(&file.path, target),
        linked: &|target| files.linked(&file.path, target, drafts),
        pictures: &format!("{stem}-files"),
        levels: &settings.classifications,
    };
    import(pandoc, source, stop).map_err(|error| error.to_string())
}

/// The handbook that files are imported into.
struct Target {
    root: PathBuf,
    settings: Settings,
    standards: Standards,
    /// Its present content; `None` for a new handbook.
    reading: Option<Reading>,
    /// The settings of a new handbook.
    new_settings: Option<String>,
}

impl Target {
    /// Opens the handbook given as an argument or found nearby, or starts a new one in the given folder.
    fn of(arguments: &Arguments) -> Result<Target, Failure> {
        let project = match arguments.source.project() {
            Ok(project) => project,
            Err(OpenError::NoSettings(root)) => return Target::new(root),
            Err(OpenError::NotFound) => {
                return Err(Failure::new(format!(
                    "no {SETTINGS_FILE} found in this folder or any parent; use --source DIR to name a handbook, or to start one there"
                )));
            }
            Err(error) => return Err(error.into()),
        };
        let reading = check::read(&project)?;
        let standards = project.named_standards().map_err(super::build::refused)?;
        let (root, settings) = (project.root().to_path_buf(), reading.settings.clone());
        Ok(Target { root, settings, standards, reading: Some(reading), new_settings: None })
    }

    fn new(root: PathBuf) -> Result<Target, Failure> {
        let name = std::path::absolute(&root)?.file_name().map(|name| name.to_string_lossy().into_owned());
        let title = yaml(name.as_deref().unwrap_or("Handbook"));
        let text = format!("title: {title}\nstandards: [iso20000-1]\n\n{}", NEW_SETTINGS);
        let project = Project::with_draft(&root, &text, &pages::places());
        let (settings, _) = project.settings().map_err(super::build::refused)?;
        let standards = project.named_standards().map_err(super::build::refused)?;
        Ok(Target { root, settings, standards, reading: None, new_settings: Some(text) })
    }

    /// The path of each draft, by the path of the file.
    fn drafts(&self, to: Option<&RelativePath>, files: &Files) -> BTreeMap<String, String> {
        let content = Some(self.settings.content.as_str()).filter(|content| *content != ".");
        let path = |(file, stem): &(Entry, String)| {
            let fixed = content.into_iter().chain(to.map(RelativePath::as_str)).map(str::to_owned);
            let name = std::iter::once(format!("{stem}.md"));
            let names = fixed.chain(names_of_folders(&file.path)).chain(name).collect::<Vec<_>>();
            (file.path.to_string(), names.join("/"))
        };
        files.files.iter().map(path).collect()
    }

    fn has(&self, id: &DocumentId) -> bool {
        let lookup = self.reading.as_ref().map(|reading| &reading.handbook.lookup);
        lookup.is_some_and(|lookup| lookup.by_id(id).is_some() || lookup.is_withheld(id))
    }
}

/// Files that are imported together.
struct Batch<'a> {
    suggester: Suggester,
    target: &'a Target,
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
    fn read<'f>(
        &mut self,
        pandoc: &Pandoc,
        files: &'f Files,
        drafts: &mut BTreeMap<String, String>,
        interrupt: &Interrupt,
    ) -> Result<Vec<(&'f Entry, Imported)>, Failure> {
        let (settings, stop) = (&self.target.settings, interrupt.flag());
        let (mut read_files, mut refused) = (Vec::new(), BTreeSet::new());
        for (file, stem) in &files.files {
            match read(pandoc, (files, file, stem), (settings, drafts), &stop) {
                Ok(imported) => read_files.push((file, stem, imported)),
                Err(why) if interrupt.reason().is_some() => return Err(Failure::new(why)),
                Err(why) => {
                    self.refuse(file, &why);
                    refused.extend(drafts.remove(&*file.path));
                }
            }
        }
        for (file, stem, imported) in &mut read_files {
            if imported.references.iter().any(|one| refused.contains(&one.draft)) {
                let again = read(pandoc, (files, file, stem), (settings, drafts), &stop);
                *imported = again.map_err(Failure::new)?;
            }
        }
        Ok(read_files.into_iter().map(|(file, _, imported)| (file, imported)).collect())
    }

    fn refuse(&mut self, file: &Entry, why: &str) {
        self.errors += 1;
        output::error(&format!("`{}` is not imported: {why}", plain(&file.path)));
    }

    fn add(&mut self, path: &str, (root, file): (&Path, &Entry), imported: &Imported) -> Result<(), Failure> {
        let title = imported.title.clone().unwrap_or_else(|| name_in_words(&file.path));
        let id = self.free_id(imported, &file.path)?;
        let unused = imported.values.iter().find(|(key, own)| *key == "id" && *own != id.as_str());
        let unused = unused.map(|(_, own)| format!("Document number: {own}, which another document has"));
        let kind = type_in(&file.path).or_else(|| type_in(&title)).unwrap_or("guideline");
        let subject = Subject { title: &title, headings: &imported.headings, text: &imported.words };
        let clauses: Vec<(String, String)> = self
            .suggester
            .suggest(subject)
            .iter()
            .map(|one| (clause_name(&self.target.standards, one.clause), reasons(one)))
            .collect();
        self.has_suggestions |= !clauses.is_empty();
        let identity =
            Identity { id: id.to_string(), title, kind: kind.to_owned(), from: file.path.to_string(), unused, clauses };
        let text = Draft { identity, imported }.text();
        if text.len() as u64 > source::MAX_BYTES {
            self.refuse(file, "the draft would be too large to be read; split the document");
            return Ok(());
        }
        self.edits.create(path, &text);
        for (name, bytes) in &imported.pictures {
            let beside = path.strip_suffix(".md").unwrap_or(path);
            self.edits.create_bytes(&format!("{beside}-files/{name}"), bytes.clone());
        }
        let notes = if imported.notes.is_empty() { String::new() } else { format!(": {}", imported.notes.join(", ")) };
        self.lines.push(format!("{} → {path} ({id}){notes}", plain(&root.join(&*file.path).display().to_string())));
        Ok(())
    }

    /// The ID in the control table, else one derived from the file name, else that with a number.
    fn free_id(&mut self, imported: &Imported, path: &str) -> Result<DocumentId, Failure> {
        let own = imported.values.iter().find(|(key, _)| *key == "id").and_then(|(_, id)| id.parse().ok());
        let derived = id_from_path(path);
        let otherwise = derived.as_ref().map_or_else(|| "document".to_owned(), ToString::to_string);
        let numbered = (2..1000).filter_map(|number| format!("{otherwise}-{number}").parse().ok());
        let mut ids = own.into_iter().chain(derived).chain(numbered);
        let id = ids.find(|id: &DocumentId| !self.ids.contains(id) && !self.target.has(id));
        let id = id.ok_or_else(|| Failure::new(format!("there is no free ID for `{}`", plain(path))))?;
        self.ids.insert(id.clone());
        Ok(id)
    }

    fn finish(mut self, others: &[String], dry_run: bool) -> Outcome {
        if self.lines.is_empty() {
            return Ok(ExitCode::from(COULD_NOT_RUN));
        }
        if let Some(settings) = &self.target.new_settings {
            self.edits.create(SETTINGS_FILE, settings);
        }
        if !dry_run {
            self.edits.save()?;
        }
        let done = if dry_run { "would be imported" } else { "imported" };
        let lines: String = self.lines.iter().map(|line| format!("  {line}\n")).collect();
        let others: String = others.iter().map(|line| format!("  {line}\n")).collect();
        let others = if others.is_empty() { others } else { format!("\nnot imported:\n{others}") };
        let next = if self.has_suggestions { SUGGESTED } else { NOTHING_SUGGESTED };
        output::print(&format!("{} {done}:\n{lines}{others}\n{next}\n", counted(self.lines.len(), "draft")))?;
        Ok(if self.errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
    }
}

/// The name of a file as a title.
fn name_in_words(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
