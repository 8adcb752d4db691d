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
use crate::markdown::leading_sentences;
use crate::site::glossary::GlossaryEntry;
use crate::site::model::{State, Verdict};
use crate::site::portal::Portal;
use crate::site::script::json;
use crate::text::shorten;

pub(crate) use files::PreviewFiles;
use files::{HashedKey, PreviewKey, fnv1a};

/// The maximum length of a title, in characters.
const MAX_TITLE_CHARS: usize = 160;
/// The maximum length of a definition or a clause's summary; it is cut after a sentence.
const MAX_TEXT_CHARS: usize = 240;

/// The approximate size of an entry without its texts, in bytes.
const ENTRY_OVERHEAD_BYTES: usize = 150;

/// The content of a preview; fields are named like the data attributes of badges.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct PreviewEntry<'a> {
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
        self.preview_files.get_or_init(|| build_previews(self))
    }
}

/// Creates an entry for each document, page, clause and term.
fn build_previews(portal: &Portal<'_>) -> PreviewFiles {
    let documents = portal.reading.handbook.par_indexed().map(|(index, _)| document_key(portal, index));
    let mut entries: Vec<HashedKey> = documents.collect();
    for standard in portal.reading.standards.indexes() {
        entries.extend(portal.reading.standards.clauses(standard).map(|key| {
            let summary = portal.reading.standards.clause(key).summary.as_ref().map_or(0, String::len);
            (
                fnv1a(portal.clause_path(key).as_str()),
                ENTRY_OVERHEAD_BYTES + summary.min(MAX_TEXT_CHARS),
                PreviewKey::Clause(key),
            )
        }));
    }
    let terms = portal.glossary.entries().enumerate();
    entries.extend(
        terms.map(|(at, (url, term))| (fnv1a(&url), ENTRY_OVERHEAD_BYTES + term.text.len(), PreviewKey::Term(at))),
    );
    PreviewFiles::distribute(&entries)
}

/// The contents of a file: a script.
pub(crate) fn script(portal: &Portal<'_>, number: usize) -> String {
    let entries: Vec<String> = portal.previews().entries(number).iter().map(|key| key.to_json(portal)).collect();
    format!("window.clausebookPreviews({{{}}});\n", entries.join(",\n"))
}

impl PreviewKey {
    /// The entry as a JSON member, `"address":{…}`.
    fn to_json(self, portal: &Portal<'_>) -> String {
        match self {
            PreviewKey::Document(index) => document_preview(portal, index),
            PreviewKey::Clause(key) => clause_preview(portal, key),
            PreviewKey::Term(at) => {
                portal.glossary.entry(at).map(|(url, term)| term_preview(&url, term)).unwrap_or_default()
            }
        }
    }
}

fn to_member(key: &str, entry: &PreviewEntry<'_>) -> String {
    format!("{}:{}", json(&key), json(entry))
}

fn document_key(portal: &Portal<'_>, index: DocumentIndex) -> HashedKey {
    let document = portal.document(index);
    let length = ENTRY_OVERHEAD_BYTES + document.title.len().min(MAX_TITLE_CHARS) + document.summary().len();
    (fnv1a(document.url.as_str()), length, PreviewKey::Document(index))
}

fn document_preview(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let document = portal.document(index);
    let entry = PreviewEntry {
        id: document.id().map_or("", DocumentId::as_str),
        title: &shorten(&document.title, MAX_TITLE_CHARS),
        text: document.summary(),
        lang: document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.as_str()),
        verdict: None,
        state: document.id().and_then(|_| portal.badge(index).state),
        later: portal.later_states(index),
    };
    to_member(document.url.as_str(), &entry)
}

fn term_preview(url: &str, term: &GlossaryEntry) -> String {
    let entry = PreviewEntry {
        title: &shorten(&term.term, MAX_TITLE_CHARS),
        text: &term.text,
        lang: term.lang.as_deref(),
        ..PreviewEntry::default()
    };
    to_member(url, &entry)
}

fn clause_preview(portal: &Portal<'_>, key: ClauseKey) -> String {
    let clause = portal.clause_link(key);
    let text =
        portal.reading.standards.clause(key).summary.as_deref().map(|text| leading_sentences(text, MAX_TEXT_CHARS));
    let entry = PreviewEntry {
        id: &clause.number,
        title: &shorten(&clause.title, MAX_TITLE_CHARS),
        text: text.as_deref().unwrap_or_default(),
        verdict: clause.verdict,
        later: portal.later_verdicts(key),
        ..PreviewEntry::default()
    };
    to_member(&clause.url, &entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_a_script() {
        assert_eq!(json(&"</script>\u{2028}\"\\"), r#""\u003c/script>\u2028\"\\""#);
    }
}
