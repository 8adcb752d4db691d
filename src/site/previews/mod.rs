//! Link previews: the title, state and first sentence of a linked document, clause or term.
//!
//! The entries are distributed over files by a hash of their keys, so that a browser loads only one small file for a
//! link, however large the handbook is. A file is a script that calls a function, which also works if pages are opened
//! from a local folder.

mod files;

use rayon::prelude::*;
use serde::Serialize;

use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, DocumentId};
use crate::markdown::opening;
use crate::site::glossary::GlossaryEntry;
use crate::site::model::{State, Verdict};
use crate::site::portal::Portal;
use crate::site::script::json;
use crate::text::shortened;

pub(crate) use files::PreviewFiles;
use files::{HashedEntry, Key, fnv1a};

/// The maximum length of a title, in characters.
const MAX_OF_A_TITLE: usize = 160;
/// The maximum length of a definition or a clause's summary; it is cut after a sentence.
const MAX_OF_A_TEXT: usize = 240;

/// The approximate size of an entry without its texts, in bytes.
const AROUND: usize = 150;

/// The content of a preview; fields are named like the data attributes of badges.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    /// The later states or verdicts.
    #[serde(skip_serializing_if = "String::is_empty")]
    later: String,
}

impl Portal<'_> {
    /// The link previews, distributed over files.
    pub(crate) fn previews(&self) -> &PreviewFiles {
        self.preview_files.get_or_init(|| of(self))
    }
}

/// Creates an entry for each document, page, clause and term.
fn of(portal: &Portal<'_>) -> PreviewFiles {
    let documents = portal.reading.handbook.par_indexed().map(|(index, _)| place_of_document(portal, index));
    let mut entries: Vec<HashedEntry> = documents.collect();
    for standard in portal.reading.standards.indexes() {
        entries.extend(portal.reading.standards.clauses(standard).map(|key| {
            let summary = portal.reading.standards.clause(key).summary.as_ref().map_or(0, String::len);
            (fnv1a(portal.clause_path(key).as_str()), AROUND + summary.min(MAX_OF_A_TEXT), Key::Clause(key))
        }));
    }
    let terms = portal.glossary.entries().enumerate();
    entries.extend(terms.map(|(at, (url, term))| (fnv1a(&url), AROUND + term.text.len(), Key::Term(at))));
    PreviewFiles::distribute(&entries)
}

/// The contents of a file: a script.
pub(crate) fn script(portal: &Portal<'_>, number: usize) -> String {
    let entries: Vec<String> = portal.previews().entries(number).iter().map(|key| key.written(portal)).collect();
    format!("window.clausebookPreviews({{{}}});\n", entries.join(",\n"))
}

impl Key {
    /// The entry as a JSON member, `"address":{…}`.
    fn written(self, portal: &Portal<'_>) -> String {
        match self {
            Key::Document(index) => of_document(portal, index),
            Key::Clause(key) => of_clause(portal, key),
            Key::Term(at) => portal.glossary.entry(at).map(of_term).unwrap_or_default(),
        }
    }
}

fn written(key: &str, entry: &Entry<'_>) -> String {
    format!("{}:{}", json(&key), json(entry))
}

fn place_of_document(portal: &Portal<'_>, index: DocumentIndex) -> HashedEntry {
    let document = portal.document(index);
    let length = AROUND + document.title.len().min(MAX_OF_A_TITLE) + document.summary().len();
    (fnv1a(document.url.as_str()), length, Key::Document(index))
}

fn of_document(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let document = portal.document(index);
    let entry = Entry {
        id: document.id().map_or("", DocumentId::as_str),
        title: &shortened(&document.title, MAX_OF_A_TITLE),
        text: document.summary(),
        lang: document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.as_str()),
        verdict: None,
        state: document.id().and_then(|_| portal.badge(index).state),
        later: portal.later_states(index),
    };
    written(document.url.as_str(), &entry)
}

fn of_term((url, term): (String, &GlossaryEntry)) -> String {
    let entry = Entry {
        title: &shortened(&term.term, MAX_OF_A_TITLE),
        text: &term.text,
        lang: term.lang.as_deref(),
        ..Entry::default()
    };
    written(&url, &entry)
}

fn of_clause(portal: &Portal<'_>, key: ClauseKey) -> String {
    let clause = portal.clause_link(key);
    let text = portal.reading.standards.clause(key).summary.as_deref().map(|text| opening(text, MAX_OF_A_TEXT));
    let entry = Entry {
        id: &clause.number,
        title: &shortened(&clause.title, MAX_OF_A_TITLE),
        text: text.as_deref().unwrap_or_default(),
        verdict: clause.verdict,
        later: portal.later_verdicts(key),
        ..Entry::default()
    };
    written(&clause.url, &entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_a_script() {
        assert_eq!(json(&"</script>\u{2028}\"\\"), r#""\u003c/script>\u2028\"\\""#);
    }
}
