//! How much of a site a small change rewrites: a sentence in a document, and an approved document that becomes a draft.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::build::build_command;
use crate::lists::is_list;
use crate::measure::report::{Figure, Report};
use crate::measure::stage::Stage;
use crate::measure::tree::{Tree, read_texts};

/// The index of the approved document to edit.
const EDITED_DOCUMENT: usize = 7;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails, or there is no document to edit.
pub fn run(stage: &Stage) -> Result<Report> {
    let content = stage.handbook().join("content");
    let mut texts = Vec::new();
    read_texts(&content, &mut texts)?;
    let approved: Vec<&(PathBuf, String)> = texts.iter().filter(|(_, text)| text.contains(APPROVED)).collect();
    let (path, text) = approved.get(EDITED_DOCUMENT.min(approved.len().saturating_sub(1))).context("no document")?;
    let related: BTreeSet<PathBuf> = related_documents(&content, (path, text), &texts);
    let sentence = rewritten_files(stage, path, |text| text.trim_end().to_owned() + " This sentence is new.\n")?;
    let draft = rewritten_files(stage, path, |text| text.replacen(APPROVED, "\nstatus: draft\n", 1))?;
    let other = draft.iter().filter(|file| !is_expected(file, &related)).count();
    let files = |name, count: usize, max| Figure::new(name, count as f64, "files").at_most(max, true);
    let figures = vec![
        files("files written for one sentence", sentence.len(), 12.0),
        Figure::new("files written for one new draft, with lists", draft.len() as f64, "files"),
        files("files written for one new draft beyond lists, clauses and documents that name it", other, 40.0),
    ];
    Ok(Report { figures, ..Report::default() })
}

const APPROVED: &str = "\nstatus: approved\n";

/// Whether a change of a document to a draft is expected to rewrite a file of the site: a list, a clause's page, or the
/// page of the document itself or of one that it refers to or that refers to it.
fn is_expected(file: &Path, related: &BTreeSet<PathBuf>) -> bool {
    file.to_str().is_some_and(is_list) || file.starts_with("clauses") || related.contains(&file.with_extension("md"))
}

/// The document and those that refer to it or that it refers to, as paths from the folder of documents.
fn related_documents(content: &Path, (path, text): (&Path, &str), texts: &[(PathBuf, String)]) -> BTreeSet<PathBuf> {
    let words = |path: &Path, text: &str| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let id = text.lines().find_map(|line| line.strip_prefix("id: ")).map(str::to_owned);
        stem.into_iter().chain(id).collect::<Vec<String>>()
    };
    let own_words = words(path, text);
    let is_near = |(other_path, other): &&(PathBuf, String)| {
        own_words.iter().any(|word| other.contains(&**word))
            || words(other_path, other).iter().any(|word| text.contains(&**word))
    };
    texts.iter().filter(is_near).filter_map(|(path, _)| Some(path.strip_prefix(content).ok()?.to_owned())).collect()
}

/// The files of a site that an edit of one document rewrites, by path.
fn rewritten_files(stage: &Stage, document: &Path, edit: impl Fn(&str) -> String) -> Result<Vec<PathBuf>> {
    let output = stage.path("site");
    stage.measure(&build_command(&stage.handbook(), &output))?;
    let before = Tree::read(&output)?;
    let text = fs::read_to_string(document)?;
    let edited = edit(&text);
    ensure!(edited != text, "{} cannot be edited", document.display());
    fs::write(document, edited)?;
    let measured = stage.measure(&build_command(&stage.handbook(), &output));
    fs::write(document, text)?;
    measured?;
    let after = Tree::read(&output)?;
    let relative = |file: &Path| Some(file.strip_prefix(&output).ok()?.to_owned());
    let files: Vec<PathBuf> = after.written_since(&before).into_iter().filter_map(relative).collect();
    stage.discard(&output, 1000 + files.len())?;
    Ok(files)
}
