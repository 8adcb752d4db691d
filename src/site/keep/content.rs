//! Hashes of files, taken once for each content.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Print;
use super::feed::Feed;
use crate::handbook::{Document, Handbook, ParsedFile};

/// Hashes of the files of a handbook, by path.
#[derive(Default)]
pub(super) struct Contents(HashMap<Arc<str>, Content>);

/// A file with its hashes.
#[derive(Clone)]
pub(super) struct Content {
    /// Held so that no other file can come to stand where it stands in memory: the same place means the same file.
    file: Arc<ParsedFile>,
    /// Of everything in it.
    pub(super) whole: Print,
    /// Of what other pages can show of it: all but the running text.
    pub(super) outline: Print,
}

impl Contents {
    /// The same for the handbook as it is now.
    pub(super) fn renewed(&self, handbook: &Handbook) -> Contents {
        let renewed = |document: &Document| {
            let old = self.0.get(document.path()).filter(|old| Arc::ptr_eq(&old.file, &document.file));
            (document.path().clone(), old.cloned().unwrap_or_else(|| Content::of(&document.file)))
        };
        Contents(handbook.documents.par_iter().map(renewed).collect())
    }

    pub(super) fn of(&self, document: &Document) -> Option<&Content> {
        self.0.get(document.path())
    }
}

impl Content {
    fn of(file: &Arc<ParsedFile>) -> Content {
        let text = file.source.as_str();
        Content { file: file.clone(), whole: *blake3::hash(text.as_bytes()).as_bytes(), outline: outline(file, text) }
    }
}

/// Front matter is taken as it is written, so that no key can be forgotten here; of the body, headings with their
/// claims, the clauses that it mentions, and how long it takes to read.
fn outline(file: &ParsedFile, text: &str) -> Print {
    let mut feed = Feed::default();
    feed.add(front_matter(file, text)).add(file.front.is_some());
    feed.all(file.body.headings.iter().map(|heading| (heading.level, &heading.id, &heading.text)));
    let claims = |(at, heading): (usize, &crate::markdown::Heading)| {
        (!heading.claims.is_empty()).then(|| {
            let of =
                heading.claims.iter().map(|claim| (claim.clause.value.to_string(), claim.extent.as_str(), &claim.note));
            (at, of.map(|claim| format!("{claim:?}")).collect::<Vec<_>>())
        })
    };
    feed.all(file.body.headings.iter().enumerate().filter_map(claims));
    feed.all(file.body.mentions.iter().map(|mention| mention.clause.to_string()));
    feed.add(crate::site::reading::minutes(&file.body));
    feed.print()
}

/// The front matter's text: from the start of the file to the closing line, or nothing.
fn front_matter<'a>(file: &ParsedFile, text: &'a str) -> &'a str {
    if file.front.is_none() {
        return "";
    }
    let mut lines = text.split_inclusive('\n');
    let mut end = lines.next().map_or(0, str::len);
    for line in lines {
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            break;
        }
    }
    &text[..end]
}
