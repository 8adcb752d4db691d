//! `clausebook init`: starts a new handbook in an empty folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, output};
use crate::edit::Edits;
use crate::id::StandardId;
use crate::spelling;
use crate::standard::{Standards, built_in, built_in_names};
use crate::starter::{self, NewFile, Organization, StartOptions};

/// The standard that the model handbook covers.
const MODEL_STANDARD: &str = "iso20000-1";

/// Arguments of `clausebook init`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder for the new handbook; created if it does not exist. It must be empty apart from a Git repository
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The organization whose handbook it is
    #[arg(long, value_name = "ORGANIZATION")]
    name: Option<Organization>,
    /// Create settings, a home page and a folder for each group of clauses only, without draft documents
    #[arg(long)]
    blank: bool,
    /// Standard to cover, such as iso20000-1; the first is the main standard [repeatable]
    #[arg(long, value_name = "ID")]
    standard: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let standards = arguments.standard.iter().map(|name| standard(name)).collect::<Result<Vec<_>, _>>()?;
    if !arguments.blank && standards.first().is_some_and(|first| first.as_str() != MODEL_STANDARD) {
        return Err(Failure::new(format!(
            "the model handbook is written for {MODEL_STANDARD}; name that standard first, or start without documents: --blank"
        )));
    }
    starter::require_free(&arguments.folder)?;
    let default = MODEL_STANDARD.parse::<StandardId>().ok().filter(|_| standards.is_empty());
    let requested = standards.iter().chain(&default);
    let catalogues = Standards::new(requested.filter_map(built_in));
    let organization = arguments.name.clone().unwrap_or_default();
    let files = starter::create_files(StartOptions {
        organization: &organization,
        standards: &standards,
        catalogues: &catalogues,
        blank: arguments.blank,
    });
    // The author's files are changed either all together or not at all.
    Interrupt::listen(InterruptMode::Graceful)?;
    let mut edits = Edits::new(&arguments.folder);
    files.iter().for_each(|file| edits.create(&file.path, &file.text));
    edits.save()?;
    output::print(&summary(arguments, &organization, &files, catalogues.requires_items()))?;
    Ok(ExitCode::SUCCESS)
}

/// A built-in standard, by name.
pub(super) fn standard(name: &str) -> Result<StandardId, Failure> {
    let known_names = || built_in_names().collect::<Vec<_>>();
    let id = name.parse::<StandardId>().ok().filter(|id| known_names().contains(&id.as_str()));
    id.ok_or_else(|| {
        let help = spelling::suggest_help(name, known_names()).map_or_else(String::new, |help| format!("; {help}"));
        Failure::new(format!("unknown standard `{name}`{help}"))
    })
}

/// A path quoted for a shell, if necessary.
fn shell_quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./\\:".contains(c);
    match path {
        path if path.chars().all(is_plain) && !path.starts_with('-') => path.to_owned(),
        path if cfg!(windows) => format!("\"{path}\""),
        path => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

fn summary(arguments: &Arguments, organization: &Organization, files: &[NewFile], requires_items: bool) -> String {
    let texts = || files.iter().filter(|file| file.path.starts_with("content/"));
    let documents = texts().filter(|file| file.text.contains("\nid: ")).count();
    let pages = texts().count() - documents;
    let folder = arguments.folder.display();
    let name = match arguments.name {
        Some(_) => format!("the handbook of {}", organization.as_str()),
        None => format!("the handbook of \"{}\" (use --name ORGANIZATION to change the name)", organization.as_str()),
    };
    let what = match documents {
        0 => format!("settings and {pages} pages, no documents yet"),
        _ => format!("{documents} draft documents and {pages} pages"),
    };
    let enter = match &arguments.folder {
        here if here == Path::new(".") => String::new(),
        folder => format!("  cd {}\n", shell_quoted(&folder.to_string_lossy())),
    };
    let first = match documents {
        0 if requires_items => "  clausebook new --missing   list the documents that the standard requires\n",
        0 => "  clausebook new policy TITLE  write a first document\n",
        _ => "  clausebook status          what to do first\n",
    };
    format!("{folder}: {name}: {what}\n\nNext:\n{enter}{first}  clausebook serve           read it while you write\n")
}
