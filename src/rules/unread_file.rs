//! Files that look like documents but are not read.

use std::collections::BTreeSet;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, Severity, reading};
use crate::handbook::AssetIndex;
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: reading::UNREAD_FILE,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A file in the content folder looks like a document but is not read, because it is hidden, not written \
              in Markdown, or not named like a Markdown file; or it is a file of a word processor or a web page that nothing \
              links to.",
    why: "The handbook is smaller than its owner believes, and nothing in the file counts as coverage.",
    fix: "Rename the file, or write it in Markdown. Move files that are not meant to be read out of the content \
          folder.",
    example: "content/.drafts/policy.md, content/policy.rst",
    check: Check::Handbook(check),
};

/// Extensions of files of word processors, note-taking programs and browsers, with the names of the formats.
const WORD_FILES: [(&str, &str); 12] = [
    ("doc", "a Word file"),
    ("docm", "a Word file"),
    ("docx", "a Word file"),
    ("dotx", "a Word template"),
    ("enex", "an Evernote export"),
    ("htm", WEB_PAGE),
    ("html", WEB_PAGE),
    ("odt", "an OpenDocument text"),
    ("one", "a OneNote section"),
    ("pages", "a Pages file"),
    ("rtf", "a file in Rich Text Format"),
    ("xhtml", WEB_PAGE),
];
const WEB_PAGE: &str = "a web page";
/// Folders of templates and programs, whose web pages are not documents; others begin with `_`.
const TEMPLATE_FOLDERS: [&str; 9] =
    ["assets", "includes", "layouts", "overrides", "partials", "static", "templates", "theme", "themes"];

/// Extensions of files that `clausebook import` reads.
const IMPORTABLE: [&str; 5] = ["docx", "htm", "html", "odt", "xhtml"];
const IMPORT_HELP: &str =
    "turn it into a draft with `clausebook import`, link to it as an attachment, or move it out of the content folder";
const SAVE_HELP: &str = "save it as .docx and turn that into a draft with `clausebook import`, link to it as an attachment, or move it out of the content folder";

fn is_importable(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    IMPORTABLE.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Finds such files that no document links to. Other unread files are found while reading.
fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    // What a document links to that is not shown here is unknown.
    if handbook.withheld > 0 || !handbook.assets.iter().any(|asset| format(&asset.path).is_some()) {
        return;
    }
    let linked: BTreeSet<AssetIndex> = handbook.asset_links().map(|(asset, ..)| asset).collect();
    let texts: BTreeSet<&str> = handbook.documents.iter().map(|document| stem(document.file.path())).collect();
    let content = format!("{}/", assessed.reading.settings.content);
    for (index, asset) in (0..).map(AssetIndex).zip(handbook.assets.iter()) {
        let Some(what) = format(&asset.path) else { continue };
        let is_in_content = content == "./" || asset.path.starts_with(&content);
        // A document has taken its place.
        let is_replaced = texts.contains(stem(&asset.path));
        if !is_in_content || is_replaced || linked.contains(&index) {
            continue;
        }
        let message = format!("this file looks like a document, but {what} is not read, and nothing links to it");
        let problem = Problem::new(RULE.id, Place::file(asset.path.clone()), message);
        problems.push(problem.help(if is_importable(&asset.path) { IMPORT_HELP } else { SAVE_HELP }));
    }
}

/// The format of such a file; `None` for lock files (`~$…`) and templates of web pages.
fn format(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    let (_, format) = WORD_FILES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_template = |folder: &str| folder.starts_with('_') || TEMPLATE_FOLDERS.contains(&folder);
    let is_of_site =
        *format == WEB_PAGE && (name == "404.html" || name.starts_with('_') || folders.split('/').any(is_template));
    (!name.starts_with("~$") && !is_of_site).then_some(*format)
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}
