//! Files that look like documents and are not read.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::discover::Tree;
use crate::finding::{Problem, reading};
use crate::path::is_markdown;
use crate::place::Place;
use crate::text::{as_seen, is_blank};

/// Endings of texts in other languages of markup, and what each is.
const OTHER_TEXTS: [(&str, &str); 12] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("livemd", "a Livebook"),
    ("mdc", "Markdown with components"),
    ("mdoc", "Markdoc"),
    ("mediawiki", "MediaWiki markup"),
    ("org", "Org mode"),
    ("qmd", "Quarto"),
    ("rmd", "R Markdown"),
    ("ronn", "a manual page in Ronn"),
    ("rst", "reStructuredText"),
    ("textile", "Textile"),
];

/// A finding for each file of the content folder that somebody would take for a document and that is not read.
pub(crate) fn unread(tree: &Tree) -> Vec<Problem> {
    let hidden = tree.hidden.iter().filter(|path| is_markdown(path)).map(|path| {
        let message = "this file is hidden, so it is not read";
        Problem::new(reading::UNREAD_FILE, Place::file(path.clone()), message)
            .help("rename it, and each folder above it, so that no name begins with a dot")
    });
    let other = tree.assets.iter().filter_map(|entry| {
        let (what, instead) = text_of(&entry.path)?;
        let message = format!("this file looks like a document, but {what} is not read");
        Some(Problem::new(reading::UNREAD_FILE, Place::file(entry.path.clone()), message).help(instead))
    });
    hidden.chain(other).collect()
}

/// The name that was meant, where only signs that people overlook keep a file from being Markdown: white space, a full stop,
/// invisible characters.
fn corrected_name(path: &str) -> Option<String> {
    let name = Path::new(path).file_name()?.to_string_lossy();
    let seen: String = as_seen(&name).nfkc().collect();
    let meant = seen.trim_end_matches(|letter: char| letter == '.' || is_blank(letter));
    is_markdown(meant).then(|| meant.to_owned())
}

/// What the file at a path is written in, when that is not read, and what to do instead.
fn text_of(path: &str) -> Option<(String, String)> {
    if let Some(name) = corrected_name(path) {
        return Some(("a name with other signs behind its ending".to_owned(), format!("rename it to `{name}`")));
    }
    let (stem, ending) = path.rsplit_once('.')?;
    let file = Path::new(stem).file_name()?.to_string_lossy();
    if ending.eq_ignore_ascii_case("txt") && is_markdown(stem) {
        return Some(("a file ending in `.txt`".to_owned(), format!("rename it to `{file}`")));
    }
    let (_, language) = OTHER_TEXTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    Some(((*language).to_owned(), format!("write it in Markdown, as `{file}.md`")))
}
