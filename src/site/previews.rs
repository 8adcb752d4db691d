//! What a link shows before it is followed: title, state and first sentence of a document, a clause, a term.
//!
//! The entries are spread over files by a sum of their keys, so that a browser which follows one link loads one small
//! file, however long the handbook is. A file is a script that calls one function, which also works where pages are
//! opened from a folder.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Serialize;

use super::glossary::Explained;
use super::model::{Badge, State, Verdict};
use super::portal::Portal;
use super::script::json;
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, DocumentId};
use crate::markdown::opening;
use crate::source::front_matter::Status;

/// Files hold about this many bytes each; their number is a power of two, so that it changes seldom.
const WANTED_BYTES: usize = 6 * 1024;
/// No file is longer, as far as more files can help.
const MOST_BYTES: usize = 24 * 1024;
/// More files than these are not made.
const MOST_FILES: usize = 1 << 16;
/// A title is cut after so many characters.
const MOST_OF_A_TITLE: usize = 160;
/// As many whole sentences of a definition or of a clause's summary as fit.
const MOST_OF_A_TEXT: usize = 240;

/// What an entry takes beside its texts, about, in bytes.
const AROUND: usize = 150;

/// Which entries are in which file; they are written when the file is.
#[derive(Debug, Default)]
pub(crate) struct Previews {
    files: Vec<Vec<Key>>,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
enum Key {
    Document(DocumentIndex),
    Clause(ClauseKey),
    /// A term, by its rank in the glossary.
    Term(usize),
}

/// An entry by the sum of its address, with how long it is, about, in bytes.
type Placed = (u32, usize, Key);

/// What is shown; the names are those of a badge's data in pages.
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
    #[serde(flatten)]
    badge: Option<Standing>,
}

/// What a browser needs to tell a state for its own day.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    state: State,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_review: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<bool>,
}

impl From<Badge> for Standing {
    fn from(badge: Badge) -> Standing {
        let Badge { state, status, from, next_review, superseded, changed } = badge;
        Standing { state, status, effective: from, next_review, superseded, changed: changed.then_some(true) }
    }
}

impl Previews {
    /// Entries for every document and page, every clause and every term.
    pub(crate) fn of(portal: &Portal<'_>) -> Previews {
        let documents = portal.reading.handbook.par_indexed().map(|(index, _)| place_of_document(portal, index));
        let mut entries: Vec<Placed> = documents.collect();
        for standard in portal.reading.standards.indexes() {
            entries.extend(portal.reading.standards.clauses(standard).map(|key| {
                let summary = portal.reading.standards.clause(key).summary.as_ref().map_or(0, String::len);
                (sum(portal.clause_path(key).as_str()), AROUND + summary.min(MOST_OF_A_TEXT), Key::Clause(key))
            }));
        }
        let terms = portal.glossary.entries().enumerate();
        entries.extend(terms.map(|(at, (url, term))| (sum(&url), AROUND + term.text.len(), Key::Term(at))));
        Previews::spread(&entries)
    }

    fn spread(entries: &[Placed]) -> Previews {
        let count = files_for(entries);
        let mut files = vec![Vec::new(); count];
        for (sum, _, key) in entries {
            files[*sum as usize % count].push(*key);
        }
        Previews { files }
    }

    /// How many files there are.
    pub(crate) fn count(&self) -> usize {
        self.files.len()
    }

    /// A file.
    pub(crate) fn script(&self, portal: &Portal<'_>, number: usize) -> String {
        let keys = self.files.get(number).map_or(&[][..], Vec::as_slice);
        let entries: Vec<String> = keys.iter().map(|key| key.written(portal)).collect();
        format!("window.clausebookPreviews({{{}}});\n", entries.join(",\n"))
    }
}

impl Key {
    /// The entry as JSON, `"address":{…}`.
    fn written(self, portal: &Portal<'_>) -> String {
        match self {
            Key::Document(index) => of_document(portal, index),
            Key::Clause(key) => of_clause(portal, key),
            Key::Term(at) => portal.glossary.entries().nth(at).map(of_term).unwrap_or_default(),
        }
    }
}

fn written(key: &str, entry: &Entry<'_>) -> String {
    format!("{}:{}", json(&key), json(entry))
}

/// How many files entries are spread over.
fn files_for(entries: &[Placed]) -> usize {
    let total: usize = entries.iter().map(|(_, length, _)| length).sum();
    let mut count = total.div_ceil(WANTED_BYTES).next_power_of_two().min(MOST_FILES);
    while count < MOST_FILES && longest(entries, count) > MOST_BYTES {
        count *= 2;
    }
    count
}

fn longest(entries: &[Placed], count: usize) -> usize {
    let mut lengths = vec![0; count];
    entries.iter().for_each(|(sum, length, _)| lengths[*sum as usize % count] += length);
    lengths.into_iter().max().unwrap_or(0)
}

/// FNV-1a over the key's UTF-8, which `portal.js` takes as well.
fn sum(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn place_of_document(portal: &Portal<'_>, index: DocumentIndex) -> Placed {
    let document = portal.document(index);
    let length = AROUND + document.title.len().min(MOST_OF_A_TITLE) + document.file.body.summary.len();
    (sum(document.url.as_str()), length, Key::Document(index))
}

fn of_document(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let document = portal.document(index);
    let entry = Entry {
        id: document.id().map_or("", DocumentId::as_str),
        title: &clipped(&document.title),
        text: &document.file.body.summary,
        lang: document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.as_str()),
        verdict: None,
        badge: document.id().map(|_| portal.badge(index).into()),
    };
    written(document.url.as_str(), &entry)
}

fn of_term((url, term): (String, &Explained)) -> String {
    let entry = Entry { title: &clipped(&term.term), text: &term.text, lang: term.lang.as_deref(), ..Entry::default() };
    written(&url, &entry)
}

fn of_clause(portal: &Portal<'_>, key: ClauseKey) -> String {
    let clause = portal.clause_link(key);
    let text = portal.reading.standards.clause(key).summary.as_deref().map(|text| opening(text, MOST_OF_A_TEXT));
    let entry = Entry {
        id: &clause.number,
        title: &clipped(&clause.title),
        text: text.as_deref().unwrap_or_default(),
        verdict: clause.verdict,
        ..Entry::default()
    };
    written(&clause.url, &entry)
}

fn clipped(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_OF_A_TITLE) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_that_browsers_take() {
        // Published test values of FNV-1a.
        assert_eq!(sum(""), 0x811c_9dc5);
        assert_eq!(sum("a"), 0xe40c_292c);
        assert_eq!(sum("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn no_text_can_end_a_script() {
        assert_eq!(json(&"</script>\u{2028}\"\\"), r#""\u003c/script>\u2028\"\\""#);
    }

    #[test]
    fn files_stay_small_however_many_entries_there_are() {
        for (count, length) in [(0, 0), (10, 400), (1_000, 300), (30_000, 500), (2_000, 3_000)] {
            let entries: Vec<Placed> = (0..count)
                .map(|at| (sum(&format!("area-{}/document-{at}.html", at % 90)), length, Key::Term(at)))
                .collect();
            let previews = Previews::spread(&entries);
            let most = previews.files.iter().map(|keys| keys.len() * length).max().unwrap_or(0);
            assert!(previews.count() >= 1 && most < 30 * 1024, "{count} of {length}: {most}");
            assert!(previews.count() <= 1.max(count * (length + 60) / 1024), "{count} of {length}: too many files");
        }
    }
}
