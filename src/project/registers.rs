//! Registers that documents name, and files that look like registers.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{SETTINGS_FILE, Settings};
use crate::finding::{Problem, reading};
use crate::handbook::{FilePaths, ParsedFile, RegisterParts, named_registers};
use crate::path::is_markdown;
use crate::place::{Place, SourceText};
use crate::register::{self, RegisterFile};
use crate::source::{self, HandbookFile};

/// Reads the registers that documents name, which are not attachments; also returns the remaining files.
pub(super) fn read(
    assets: Vec<HandbookFile>,
    files: &[Arc<ParsedFile>],
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> (RegisterParts, Vec<HandbookFile>) {
    let declared_kinds = {
        let file_paths = FilePaths::new(assets.iter().map(|entry| &entry.path));
        named_registers(files, &settings.content, &file_paths)
    };
    let (registers, others): (Vec<HandbookFile>, Vec<HandbookFile>) =
        assets.into_iter().partition(|entry| declared_kinds.contains_key(&*entry.path));
    let mut refused = Vec::new();
    let mut is_fit = |entry: &HandbookFile| {
        let refusal = published_source(entry, settings, |path| declared_kinds.contains_key(path));
        refused.extend(refusal.map(|what| refused_link(entry, what)));
        refusal.is_none()
    };
    let others: Vec<HandbookFile> = others.into_iter().filter(|entry| is_fit(entry)).collect();
    problems.extend(refused);
    let read = |entry: &HandbookFile| match source::read_text(entry) {
        Ok(text) => {
            let declared_kind = declared_kinds.get(&*entry.path).copied().flatten();
            (Arc::new(register::read(Arc::new(text), declared_kind, settings.register_terms())), None)
        }
        Err(problem) => {
            let text = Arc::new(SourceText::new(entry.path.clone(), ""));
            (Arc::new(RegisterFile::unreadable(text)), Some(problem))
        }
    };
    let read: Vec<(Arc<RegisterFile>, Option<Problem>)> = registers.par_iter().map(read).collect();
    let looks_like_one = |entry: &&HandbookFile| {
        may_be_register(&entry.path)
            && source::read_text(entry).is_ok_and(|text| register::is_register(&entry.path, text.as_str()))
    };
    let unnamed = others.par_iter().filter(looks_like_one).map(|entry| entry.path.clone()).collect();
    let (files, failed): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    problems.extend(failed.into_iter().flatten());
    (RegisterParts { files, unnamed }, others)
}

/// Whether a file may be a register, judging by its extension.
fn may_be_register(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["yaml", "yml", "csv", "json"].iter().any(|extension| extension.eq_ignore_ascii_case(ending))
}

/// Problems with registers that no document can own because they are hidden.
pub(super) fn hidden_registers(root: &Path, hidden: &[Arc<str>]) -> Vec<Problem> {
    let is_hidden_register = |path: &&Arc<str>| {
        let text = || source::find_file(root, path).ok()?.and_then(|entry| source::read_text(&entry).ok());
        may_be_register(path) && text().is_some_and(|text| register::is_register(path, text.as_str()))
    };
    hidden.iter().filter(is_hidden_register).map(source::hidden_file).collect()
}

/// The kind of file whose source a symbolic link would publish, bypassing the restrictions of an edition.
fn published_source(
    entry: &HandbookFile,
    settings: &Settings,
    is_register: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let included = settings.documents.includes.folders().iter().map(String::as_str);
    let mut folders = std::iter::once(settings.content.as_str()).chain(included);
    let is_in =
        |path: &str, folder: &str| folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    match entry.link_target.as_deref()? {
        path if is_markdown(path) && folders.any(|folder| is_in(path, folder)) => Some("a document"),
        path if is_register(path) => Some("a register"),
        path if path == SETTINGS_FILE => Some("the settings"),
        _ => None,
    }
}

fn refused_link(entry: &HandbookFile, what: &str) -> Problem {
    let message = format!("this symbolic link would publish the source of {what}");
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(entry.path.clone()), message).help(
        "link to the page itself, or to a copy of what readers are to have; until then it is left out of the handbook",
    )
}

impl super::ParsedProject {
    /// Replaces the text of a register.
    pub(crate) fn with_register(mut self, register: RegisterFile) -> Self {
        let existing = self.registers.files.iter_mut().find(|file| file.source.path() == register.source.path());
        if let Some(existing) = existing {
            *existing = Arc::new(register);
        }
        self
    }
}
