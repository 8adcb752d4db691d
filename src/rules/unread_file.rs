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
              in Markdown, or not named as Markdown is; or it is a Word file or OpenDocument text that nothing links to.",
    why: "The handbook is smaller than its owner believes, and nothing in the file counts as coverage.",
    fix: "Rename the file, or write it in Markdown. Move files that are not meant to be read out of the content \
          folder.",
    example: "content/.drafts/policy.md, content/policy.rst",
    check: Check::Handbook(check),
};

/// Extensions of word processors' files, with the names of the formats.
const WORD_FILES: [(&str, &str); 5] = [
    ("doc", "a Word file"),
    ("docm", "a Word file"),
    ("docx", "a Word file"),
    ("odt", "an OpenDocument text"),
    ("rtf", "a file in Rich Text Format"),
];

/// Finds word-processor files that no document links to. Other unread files are found while reading.
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
        let help = "turn it into a draft with `clausebook import`, link to it as an attachment, or move it out of the content folder";
        problems.push(Problem::new(RULE.id, Place::file(asset.path.clone()), message).help(help));
    }
}

/// The format of a word processor's file; `None` for lock files (`~$…`).
fn format(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    let (_, format) = WORD_FILES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    (!name.starts_with("~$")).then_some(*format)
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}
