//! Reports files that look like documents but are not read.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::asset::has_known_type;
use super::decode::front_block;
use super::discover::{FileTree, HandbookFile};
use super::read::open;
use crate::finding::{Problem, reading};
use crate::path::is_markdown;
use crate::place::Place;
use crate::text::{as_seen, is_blank};

/// Extensions of other markup languages, and their names.
const OTHER_MARKUP: [(&str, &str); 20] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("creole", "Creole"),
    ("fodt", "an OpenDocument text in one file"),
    ("ipynb", "a notebook"),
    ("livemd", "a Livebook"),
    ("mdc", "Markdown with components"),
    ("mdoc", "Markdoc"),
    ("mediawiki", "MediaWiki markup"),
    ("mht", "a saved web page"),
    ("mhtml", "a saved web page"),
    ("org", "Org mode"),
    ("qmd", "Quarto"),
    ("rmd", "R Markdown"),
    ("ronn", "a manual page in Ronn"),
    ("rst", "reStructuredText"),
    ("tex", "LaTeX"),
    ("textile", "Textile"),
    ("typ", "Typst"),
    ("wiki", "the markup of a wiki"),
];

/// A finding for each file in the content folder that looks like a document but is not read.
pub(crate) fn report_unread(tree: &FileTree) -> Vec<Problem> {
    let hidden = tree.hidden.iter().filter(|path| is_markdown(path)).map(hidden_file);
    let is_copy = |entry: &HandbookFile| is_backup(&entry.path, &tree.texts);
    let other = tree.assets.par_iter().filter_map(|entry| {
        let (what, instead) = text_of(&entry.path).or_else(|| front_matter_of(entry).filter(|_| !is_copy(entry)))?;
        let message = format!("this file looks like a document, but {what} is not read");
        Some(Problem::new(reading::UNREAD_FILE, Place::file(entry.path.clone()), message).help(instead))
    });
    let other: Vec<Problem> = other.collect();
    hidden.chain(other).collect()
}

/// The finding for a file that is skipped because it is hidden.
pub(crate) fn hidden_file(path: &Arc<str>) -> Problem {
    let message = "this file is hidden, so it is not read";
    Problem::new(reading::UNREAD_FILE, Place::file(path.clone()), message)
        .help("rename it, and each folder above it, so that no name begins with a dot")
}

/// Whether a file is a backup that a program left of a file that is read: `policy.md~`, `policy.md.bak`.
fn is_backup(path: &str, texts: &[HandbookFile]) -> bool {
    let is_read = |text: &str| texts.binary_search_by(|entry| (*entry.path).cmp(text)).is_ok();
    is_read(path.trim_end_matches(['~', '_'])) || path.rsplit_once('.').is_some_and(|(stem, _)| is_read(stem))
}

/// Number of bytes that are searched for front matter.
const SCANNED_BYTES: u64 = 16 * 1024;

/// The finding for a file that has a document's front matter but not a Markdown extension.
fn front_matter_of(entry: &HandbookFile) -> Option<(String, String)> {
    let name = Path::new(&*entry.path).file_name()?.to_str()?;
    if has_known_type(name) {
        return None;
    }
    let mut head = Vec::new();
    open(&entry.absolute).ok()?.take(SCANNED_BYTES).read_to_end(&mut head).ok()?;
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}');
    let (start, notation) = front_block(text)?;
    let lines: Vec<&str> = text.get(start..)?.lines().map(str::trim_end).collect();
    let end = lines.iter().position(|line| *line == notation.fence())?;
    let keys: Vec<&str> =
        lines[..end].iter().filter_map(|line| Some(line.split_once([':', '='])?.0.trim_end())).collect();
    let is_document = keys.contains(&"id") && DOCUMENT_KEYS.iter().any(|key| keys.contains(key));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let what = "the ending of its name is not that of Markdown, so it".to_owned();
    is_document.then(|| (what, format!("rename it to `{}.md`, or remove it", stem.trim_end())))
}

/// Keys that a document's front matter has in addition to `id`.
const DOCUMENT_KEYS: [&str; 6] = ["type", "status", "version", "owner", "approver", "approved"];

/// The intended name, if only characters that people overlook keep the file from being Markdown: white space, a full
/// stop, invisible characters.
fn corrected_name(path: &str) -> Option<String> {
    let name = Path::new(path).file_name()?.to_string_lossy();
    let seen: String = as_seen(&name).nfkc().collect();
    let corrected = seen.trim_end_matches(|c: char| c == '.' || is_blank(c));
    is_markdown(corrected).then(|| corrected.to_owned())
}

/// The markup of a file that is not read, and what to do about it.
fn text_of(path: &str) -> Option<(String, String)> {
    if let Some(name) = corrected_name(path) {
        return Some(("a name with other characters after its extension".to_owned(), format!("rename it to `{name}`")));
    }
    let (stem, ending) = path.rsplit_once('.')?;
    let file = Path::new(stem).file_name()?.to_string_lossy();
    if ending.eq_ignore_ascii_case("txt") && is_markdown(stem) {
        return Some(("a file ending in `.txt`".to_owned(), format!("rename it to `{file}`")));
    }
    let (_, language) = OTHER_MARKUP.iter().find(|(extension, _)| extension.eq_ignore_ascii_case(ending))?;
    Some(((*language).to_owned(), format!("write it in Markdown, as `{file}.md`")))
}
