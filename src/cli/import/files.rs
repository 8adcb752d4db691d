//! The files of an import: which ones are read, why others are not, and the files that they refer to.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::{Failure, output};
use crate::import::{LinkedFile, MAX_FILE_BYTES, format};
use crate::path::is_markdown;
use crate::report::without_controls;
use crate::rules::{encode_path, relative_link};
use crate::source::{self, HandbookFile};
use crate::starter::file_name;

/// The files to import, and other files in their folder.
pub(super) struct ImportFiles {
    /// The folder that contains all files that they may refer to.
    pub(super) root: PathBuf,
    /// The files to import, each with the stem of its draft.
    pub(super) files: Vec<(HandbookFile, String)>,
    /// Paths of the files that are not imported, in order.
    others: Vec<String>,
    /// Paths of other files that drafts take along.
    copied_files: RefCell<BTreeSet<String>>,
}

/// Extensions of unsupported documents, and how to import them.
const UNSUPPORTED_DOCUMENTS: [(&[&str], &str); 4] = [
    (&["doc", "dot"], "it is a Word file of the older format; save it as .docx"),
    (&["docm", "dotm", "dotx"], "it is a Word file with macros or a template; save it as .docx"),
    (&["rtf", "wpd", "wps", "pages"], "it is a file of another word processor; save it as .docx"),
    (&["ott", "fodt", "sxw"], "it is a template, or not a packed OpenDocument text; save it as .odt"),
];

/// Extensions of other files, and what to do with them.
const OTHER_FILES: [(&[&str], &str); 4] = [
    (&["xlsx", "csv"], "use `clausebook import register` for spreadsheets"),
    (&["xls", "ods"], "save as .xlsx, then use `clausebook import register`"),
    (&["md", "markdown", "mdx"], "Markdown needs no import; copy it into the content folder"),
    (&["pdf"], "link to it from a document, and save it beside that document"),
];
/// The description of any other file.
const UNKNOWN_FILE: &str = "not a Word file, OpenDocument text or web page";
/// A file at the top of every portal.
const PORTAL_FILE: &str = "assessment.json";
/// Maximum number of files of one kind that are listed.
const MAX_NAMES: usize = 5;

impl ImportFiles {
    /// The given file, or all files in the given folder.
    pub(super) fn collect(from: &Path) -> Result<ImportFiles, Failure> {
        let display_path = from.display().to_string();
        if !from.is_dir() {
            let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if format(&name).is_none() {
                let why = reason(&UNSUPPORTED_DOCUMENTS, &name).or_else(|| reason(&OTHER_FILES, &name));
                let why = why.map_or_else(String::new, |why| format!(": {why}"));
                let what = "is not a .docx, .odt or .html file, nor a folder";
                return Err(Failure::new(format!("`{}` {what}{why}", without_controls(&display_path))));
            }
            let root = from.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let file = HandbookFile { path: name.into(), absolute: from.to_path_buf(), link_target: None };
            return Ok(ImportFiles::new(root, vec![file], Vec::new()));
        }
        let tree = source::discover(from, ".", &[]);
        // Programs leave temporary files beside open documents.
        let is_left_behind = |entry: &HandbookFile| {
            entry.path.rsplit('/').next().is_some_and(|name| name.starts_with("~$") || name == "Thumbs.db")
        };
        let all = tree.assets.into_iter().chain(tree.texts).filter(|file| !is_left_behind(file)).collect();
        let all = without_portals(all).into_iter();
        let (files, others): (Vec<HandbookFile>, Vec<HandbookFile>) =
            all.partition(|file| format(&file.path).is_some());
        tree.problems.iter().for_each(|problem| {
            output::error(&format!("`{}`: {}", without_controls(&problem.place.file), problem.message))
        });
        let files = ImportFiles::new(from, files, others.into_iter().map(|file| file.path.to_string()).collect());
        if files.files.is_empty() {
            files.report_documents();
            return Err(Failure::new(format!(
                "`{}` contains no .docx, .odt or .html file",
                without_controls(&display_path)
            )));
        }
        Ok(files)
    }

    fn new(root: &Path, files: Vec<HandbookFile>, others: Vec<String>) -> ImportFiles {
        let stems = stems(&files);
        let files = files.into_iter().zip(stems).collect();
        ImportFiles { root: root.to_path_buf(), files, others, copied_files: RefCell::default() }
    }

    /// Reports each document that is not imported, and returns their number.
    pub(super) fn report_documents(&self) -> usize {
        let documents = self.remaining().filter_map(|path| Some((path, reason(&UNSUPPORTED_DOCUMENTS, path)?)));
        let report = |(path, explanation): (&String, &str)| {
            output::error(&format!("`{}` is not imported: {explanation}", without_controls(path)))
        };
        documents.map(report).count()
    }

    /// All other files that are not imported, one line per kind.
    pub(super) fn describe_others(&self) -> Vec<String> {
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in self.remaining().filter(|path| reason(&UNSUPPORTED_DOCUMENTS, path).is_none()) {
            kinds.entry(reason(&OTHER_FILES, path).unwrap_or(UNKNOWN_FILE)).or_default().push(path);
        }
        let line = |(explanation, paths): (&str, Vec<&str>)| {
            let names = paths
                .iter()
                .take(MAX_NAMES)
                .map(|path| without_controls(path).to_string())
                .collect::<Vec<_>>()
                .join(", ");
            let remaining = paths.len().saturating_sub(MAX_NAMES);
            if remaining == 0 {
                format!("{names}: {explanation}")
            } else {
                format!("{names} and {remaining} more: {explanation}")
            }
        };
        kinds.into_iter().map(line).collect()
    }

    fn remaining(&self) -> impl Iterator<Item = &String> {
        self.others.iter().filter(|path| !self.copied_files.borrow().contains(*path))
    }

    /// The content of a picture that a web page refers to, if it is in the folder being imported.
    pub(super) fn picture(&self, page: &str, target: &str) -> Option<Vec<u8>> {
        let path = resolve_target(page, target)?;
        let bytes = self.read(&path);
        bytes.or_else(|| self.read(&resolve_target(page, &crate::handbook::percent_decode(target))?))
    }

    /// The target of a link: another draft, or a file that is taken along.
    pub(super) fn linked_file(
        &self,
        page: &str,
        target: &str,
        drafts: &BTreeMap<String, String>,
    ) -> Option<LinkedFile> {
        let path = resolve_target(page, target)?;
        if let (Some(draft), Some(own_draft)) = (drafts.get(&path), drafts.get(page)) {
            let written =
                if draft == own_draft { String::new() } else { encode_path(&relative_link(own_draft, draft)) };
            return Some(LinkedFile::Draft { path: draft.clone(), written });
        }
        let is_document =
            format(&path).is_some() || is_markdown(&path) || reason(&UNSUPPORTED_DOCUMENTS, &path).is_some();
        if is_document { None } else { self.read(&path).map(LinkedFile::File) }
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let entry = source::find_file(&self.root, path).ok()?.filter(|entry| entry.absolute.is_file())?;
        let bytes = source::read_limited(&entry.absolute, MAX_FILE_BYTES).ok()?;
        self.copied_files.borrow_mut().insert(path.to_owned());
        Some(bytes)
    }
}

/// Removes files that belong to a portal built by Clausebook, and reports each portal.
fn without_portals(all: Vec<HandbookFile>) -> Vec<HandbookFile> {
    let folder = |entry: &HandbookFile| entry.path.strip_suffix(PORTAL_FILE).map(str::to_owned);
    let is_folder = |folder: &String| folder.is_empty() || folder.ends_with('/');
    let portals: Vec<String> = all.iter().filter_map(folder).filter(is_folder).collect();
    for portal in &portals {
        let name = if portal.is_empty() { "this folder" } else { portal.trim_end_matches('/') };
        output::error(&format!(
            "`{}` is not imported: it is a portal that Clausebook made; its sources are Markdown",
            without_controls(name)
        ));
    }
    let is_in_portal = |entry: &HandbookFile| portals.iter().any(|portal| entry.path.starts_with(portal.as_str()));
    all.into_iter().filter(|entry| !is_in_portal(entry)).collect()
}

/// Looks up a file in a table by its extension.
fn reason(table: &[(&[&str], &'static str)], path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    let has_ending = |endings: &[&str]| endings.iter().any(|candidate| candidate.eq_ignore_ascii_case(ending));
    table.iter().find(|(endings, _)| has_ending(endings)).map(|(_, explanation)| *explanation)
}

/// The path of a file that a page refers to; `None` if it is outside the folder being imported.
fn resolve_target(page: &str, target: &str) -> Option<String> {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split(['#', '?']).next()?.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            _ => names.push(name),
        }
    }
    Some(names.join("/"))
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    file_name(name.rsplit_once('.').map_or(name, |(stem, _)| stem), "document")
}

/// The names of a file's folders, converted to names for a handbook.
pub(super) fn folder_names(path: &str) -> impl Iterator<Item = String> {
    let above = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    above.split('/').filter(|name| !name.is_empty()).map(|name| file_name(name, "folder"))
}

/// Chooses a stem for each file so that no two documents or picture folders of this import collide; existing files are
/// detected when writing.
fn stems(files: &[HandbookFile]) -> Vec<String> {
    let mut used_stems = BTreeSet::new();
    // Both are the page of their folder.
    let page = |stem: &str| if stem == "readme" { "index".to_owned() } else { stem.to_owned() };
    let free = |file: &HandbookFile| {
        let folder = folder_names(&file.path).collect::<Vec<_>>().join("/");
        let stem = stem(&file.path);
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut stems = std::iter::once(stem.clone()).chain(numbered);
        let free = stems.find(|stem| !used_stems.contains(&format!("{folder}/{}", page(stem)))).unwrap_or_default();
        used_stems.insert(format!("{folder}/{}", page(&free)));
        free
    };
    files.iter().map(free).collect()
}
