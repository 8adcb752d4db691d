//! `clausebook new`: creates a document, or drafts of required items that no document provides.

use std::process::ExitCode;

use super::attestation::parse_line;
use super::entry::{ChangedRegister, NewEntry, Registers};
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, SourceArgument, build, output};
use crate::assess::{self, Assessed, Clock};
use crate::date::Date;
use crate::edit::Edits;
use crate::finding::Problem;
use crate::handbook::Reading;
use crate::id::{DocumentId, ItemKey};
use crate::path::RelativePath;
use crate::place::SourceText;
use crate::project::Project;
use crate::source;
use crate::starter::{self, CreatedDocument, ModelHandbook, NewDocument};

/// The folder with a handbook's own templates.
const TEMPLATES_FOLDER: &str = "templates";

/// Arguments of `clausebook new`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document type, such as procedure; with --register, the title of the entry; with --action, what must be done
    #[arg(value_name = "TYPE", required_unless_present_any = ["missing", "register", "action"], conflicts_with = "missing")]
    kind: Option<String>,
    /// The title
    #[arg(value_name = "TITLE", required_unless_present_any = ["missing", "register", "action"], conflicts_with_all = ["missing", "register", "action"])]
    title: Option<String>,
    /// Add an entry to the register of a kind, such as nonconformities, instead of a document
    #[arg(long, value_name = "KIND", conflicts_with_all = ["missing", "action", "clause", "provides", "folder"])]
    register: Option<String>,
    /// Add an action to an entry, such as NC-2026-07, instead of a document
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["missing", "clause", "provides", "folder", "owner", "id"], requires_all = ["who", "due"])]
    action: Option<String>,
    /// A key of the new entry [repeatable]
    #[arg(long, value_name = "KEY=VALUE", requires = "register")]
    set: Vec<String>,
    /// The register, where several have the kind
    #[arg(long, value_name = "FILE", requires = "register")]
    file: Option<String>,
    /// Role that does the new action
    #[arg(long, value_name = "ROLE", requires = "action")]
    who: Option<String>,
    /// Due date of the new action or entry, YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with_all = ["missing", "clause", "provides", "folder"])]
    due: Option<Date>,
    /// Clause that the document addresses, such as 8.6.1 [repeatable]
    #[arg(long, value_name = "CLAUSE", conflicts_with = "missing")]
    clause: Vec<String>,
    /// Required item that the document provides, such as change-management-policy [repeatable]
    #[arg(long, value_name = "ITEM", conflicts_with = "missing")]
    provides: Vec<String>,
    /// Role that owns the document [default: the owner of neighbouring documents]
    #[arg(long, value_name = "ROLE", conflicts_with = "missing")]
    owner: Option<String>,
    /// Document ID [default: next free ID for its type and area]
    #[arg(long, value_name = "ID", conflicts_with = "missing")]
    id: Option<DocumentId>,
    /// Folder inside the content folder [default: the folder used for the same group of clauses]
    #[arg(long, value_name = "DIR", conflicts_with = "missing")]
    folder: Option<RelativePath>,
    /// List required items that no document provides; with ITEM or --all, write a draft for each
    #[arg(long, value_name = "ITEM", num_args = 0..)]
    missing: Option<Vec<String>>,
    /// Write a draft for every missing item
    #[arg(long, requires = "missing")]
    all: bool,
    /// Show what would be written without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let project = arguments.source.project()?;
    let (settings, _) = project.settings().map_err(build::refusal_failure)?;
    let site = project.root().join(&settings.output);
    let reading = project.read(&[site]).map_err(build::refusal_failure)?;
    if let Some(changed) = change_register(&project, &reading, arguments)? {
        let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
        super::close::save(&project, &changed, arguments.dry_run, || interrupt.defer_exit())?;
        return Ok(ExitCode::SUCCESS);
    }
    // The day does not affect what is missing, because even a draft provides an item.
    let clock = Clock {
        as_of: reading.settings.as_of.unwrap_or_else(Date::today),
        warning_days: reading.settings.warning_days,
    };
    let assessment = assess::assess(&reading, clock);
    let assessed = Assessed { reading: &reading, assessment: &assessment };
    let created = match &arguments.missing {
        Some(names) if names.is_empty() && !arguments.all => {
            output::print(&list_missing(assessed))?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(names) => drafts(assessed, names, arguments.all)?,
        None => vec![create_document(&project, assessed, arguments)?],
    };
    write_created(&project, &created, arguments.dry_run)
}

/// The document described by the arguments.
fn create_document(
    project: &Project,
    assessed: Assessed<'_>,
    arguments: &Arguments,
) -> Result<CreatedDocument, Failure> {
    let request = NewDocument {
        doc_type: arguments.kind.clone().unwrap_or_default(),
        title: arguments.title.clone().unwrap_or_default(),
        clauses: arguments.clause.iter().map(|word| assessed.clause(word)).collect::<Result<_, _>>()?,
        provides: arguments.provides.iter().map(|word| assessed.item(word)).collect::<Result<_, _>>()?,
        owner: arguments.owner.clone(),
        classification: None,
        id: arguments.id.clone(),
        folder: arguments.folder.clone(),
    };
    let template = template(project, &request.doc_type)?;
    Ok(starter::create(assessed, &request, template.as_ref())?)
}

/// The register with a new entry or action, if the arguments describe one.
fn change_register(
    project: &Project,
    reading: &Reading,
    arguments: &Arguments,
) -> Result<Option<ChangedRegister>, Failure> {
    let today = reading.settings.as_of.unwrap_or_else(Date::today);
    let registers = Registers { project, reading, today };
    let title = title(arguments);
    if let Some(kind) = &arguments.register {
        let (id, owner) = (arguments.id.as_ref(), arguments.owner.as_deref());
        let due = arguments.due.map(|due| format!("due={due}"));
        let set: Vec<String> = arguments.set.iter().cloned().chain(due).collect();
        let (file, set) = (arguments.file.as_deref(), &set[..]);
        return Ok(Some(registers.add_entry(&NewEntry { kind, title: &title?, id, owner, file, set })?));
    }
    match (&arguments.action, &arguments.who, arguments.due) {
        (Some(entry), Some(who), Some(due)) => Ok(Some(registers.add_action(entry, &title?, who, due)?)),
        (None, _, Some(_)) => Err(Failure::new("--due is for a new action (--action) or a new entry (--register)")),
        _ => Ok(None),
    }
}

/// The title of a new entry, or the text of a new action.
fn title(arguments: &Arguments) -> Result<String, Failure> {
    match (&arguments.kind, &arguments.register, &arguments.action) {
        (Some(title), _, _) => parse_line(title).map_err(Failure::new),
        (None, Some(kind), _) => {
            Err(Failure::new(format!("the new entry needs a title: `clausebook new --register {kind} \"TITLE\"`")))
        }
        (None, None, entry) => {
            let entry = entry.as_deref().unwrap_or("ENTRY");
            Err(Failure::new(format!(
                "say what must be done: `clausebook new --action {entry} \"TEXT\" --who ROLE --due DATE`"
            )))
        }
    }
}

/// The handbook's own template for a type, if it has one.
fn template(project: &Project, kind: &str) -> Result<Option<SourceText>, Failure> {
    let Ok(path) = format!("{TEMPLATES_FOLDER}/{kind}.md").parse::<RelativePath>() else { return Ok(None) };
    let failed = |problem: Problem| Failure::new(format!("`{path}`: {}", problem.message));
    let Some(entry) = source::find_file(project.root(), path.as_str()).map_err(failed)? else { return Ok(None) };
    source::read_text(&entry).map(Some).map_err(failed)
}

/// Drafts of the named items, or of all missing ones.
fn drafts(assessed: Assessed<'_>, names: &[String], all: bool) -> Result<Vec<CreatedDocument>, Failure> {
    let open = starter::open_items(assessed);
    let requested_items = names.iter().map(|name| assessed.item(name)).collect::<Result<Vec<ItemKey>, _>>()?;
    if let Some(provided) = requested_items.iter().find(|item| !assessed.assessment.item(**item).providers.is_empty()) {
        let documents = assessed.assessment.item(*provided).providers.iter();
        let paths: Vec<&str> =
            documents.map(|provider| &**assessed.reading.handbook.document(provider.document).path()).collect();
        let name = &assessed.reading.standards.item_at(*provided).id;
        return Err(Failure::new(format!("`{name}` is already provided by {}", paths.join(", "))));
    }
    let items = if all { open } else { requested_items };
    let organization =
        assessed.reading.settings.organization.as_deref().and_then(|name| name.parse().ok()).unwrap_or_default();
    Ok(starter::create_missing(assessed, &ModelHandbook::new(&organization), &items)?)
}

/// Writes what was created, or shows it.
fn write_created(project: &Project, created: &[CreatedDocument], dry_run: bool) -> CommandResult {
    if created.is_empty() {
        output::print(NOTHING_MISSING)?;
        return Ok(ExitCode::SUCCESS);
    }
    if dry_run {
        let shown: Vec<String> =
            created.iter().map(|document| format!("{}\n\n{}", document.path, document.text)).collect();
        output::print(&shown.join("\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    // The author's files are changed either all together or not at all.
    Interrupt::listen(InterruptMode::Graceful)?;
    let mut edits = Edits::new(project.root());
    created.iter().for_each(|document| edits.create(&document.path, &document.text));
    created.iter().flat_map(|one| &one.registers).for_each(|one| edits.create(&one.path, &one.text));
    edits.save()?;
    let lines: String = created
        .iter()
        .map(|document| format!("{}  {}\n", document.id, project.root().join(&document.path).display()))
        .collect();
    let next = match created.len() {
        1 => "Next: write the document, then run `clausebook check`.\n",
        _ => "Next: read the note at the top of each, then `clausebook status`.\n",
    };
    output::print(&format!("{lines}\n{next}"))?;
    Ok(ExitCode::SUCCESS)
}

const NOTHING_MISSING: &str = "Every required item has a document or a draft.\n";
const NOTHING_REQUIRED: &str =
    "The catalogue of this standard lists no required items; `clausebook status` says what is open.\n";

/// A list of the missing items with their clauses, and the next steps.
fn list_missing(assessed: Assessed<'_>) -> String {
    let items = starter::open_items(assessed);
    let Some(first) = items.first() else {
        let required = assessed.assessment.figures.required_items;
        return if required == 0 { NOTHING_REQUIRED } else { NOTHING_MISSING }.to_owned();
    };
    let name = |item: &ItemKey| assessed.reading.standards.item_at(*item).id.to_string();
    let width = items.iter().map(|item| name(item).len()).max().unwrap_or_default();
    let mut out = match items.len() {
        1 => "One required item has no document:\n\n".to_owned(),
        count => format!("{count} required items have no document:\n\n"),
    };
    for (number, item) in (1..).zip(&items) {
        let facts = assessed.reading.standards.item_at(*item);
        let clause = &assessed.reading.standards.clause(assessed.reading.standards.clause_of(*item)).id;
        out.push_str(&format!("{number:>3}  {:<width$}  {:<8}  {}\n", name(item), clause.to_string(), facts.name));
    }
    out + &format!(
        "\nA draft of one:  clausebook new --missing {}\nDrafts of all:   clausebook new --missing --all\n",
        name(first)
    )
}
