//! The search index: scripts that a page loads one by one, so that search works from `file://` and under a strict
//! content security policy, where a page may load scripts and no data.
//!
//! `themes/default/static/find.js` reads what is written here; its head describes the format. The parts are:
//!
//! - `fold`: what letters count as the same, and what a term is. The script folds a query by the same rules.
//! - `text`: the sections of a page, each with its words, its heading and its anchor.
//! - `words`: the words of one page by what they are part of.
//! - `terms`: the terms of one page, read from its file and what the handbook says of it alone.
//! - `entry`: which pages can be found, in the order in which their sections are numbered.
//! - `lists`: for each term the sections that it is in, gathered from all pages.
//! - `excerpt`: what a result shows of its section.
//! - `facts`: what a page is beside its words, to rank, show and filter it.
//! - `vocabulary`: the words that misspelt ones are corrected by.
//! - `files`: the lists cut into files, and everything that a reader of the index loads, as bytes.
//!
//! A query loads the directory, the table of pages, at most three files of terms a word, the list of the most frequent
//! words when nothing has one of its words, and the files of records and of facts of the results that it shows. All have a
//! bound but the table of pages, which takes about one byte a page. What else is to be found is another [`entry::Entry`].
//! Weights are told of each section by itself, and what depends on the whole handbook (how rare a term is) is left to
//! the script: a changed document changes the files of its own terms, and no others.

mod entry;
mod excerpt;
mod facts;
mod files;
pub mod fold;
mod lists;
mod terms;
mod text;
mod vocabulary;
mod words;

use std::ops::Range;

use rayon::prelude::*;

use crate::site::portal::Portal;
use entry::{Entry, Name};
use lists::{Lists, Term};
use terms::PageTerms;

pub(crate) use files::Part;

/// To be raised whenever the format of the files changes, so that browsers fetch new ones.
const FORMAT: &str = concat!(env!("CARGO_PKG_VERSION"), " 6");

/// Documents, or runs of other entries, whose terms are held at once before they are put into the lists.
const AT_ONCE: usize = 128;

/// The index of a handbook.
#[derive(Debug)]
pub(crate) struct Index {
    entries: Vec<Entry>,
    /// For each entry the number of its first section, and behind them the number of all.
    starts: Vec<u32>,
    terms: Vec<Term>,
    /// Which terms are in a file together.
    files: Vec<Range<usize>>,
    /// The files of what is known of pages, which the version is made of: that of all pages, then those of facts.
    known: Vec<Vec<u8>>,
    /// Changes whenever a file of the index does.
    version: String,
}

/// The terms of all pages, in order, and a hash of each page.
struct TermIndex {
    terms: Vec<Term>,
    hashes: Vec<terms::ContentHash>,
}

impl Index {
    /// Indexes everything that the handbook shows.
    pub(crate) fn of(portal: &Portal<'_>) -> Index {
        let entries = entry::all(portal);
        let starts = starts(portal, &entries);
        let runs = entry::together(&entries);
        let TermIndex { terms, hashes } = gather(&starts, &runs, |run| entry::terms(portal, &entries[run]));
        let files = lists::cut(&terms);
        let mut index = Index { entries, starts, terms, files, known: Vec::new(), version: String::new() };
        let facts = index.facts().map(|file| index.facts_in(portal, file));
        index.known = std::iter::once(index.pages(portal)).chain(facts).collect();
        index.version = index.hash(portal, &hashes);
        index
    }

    fn hash(&self, portal: &Portal<'_>, hashes: &[terms::ContentHash]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(FORMAT.as_bytes());
        for (entry, hash) in self.entries.iter().zip(hashes) {
            let Name { id, url, .. } = entry.name(portal);
            hasher.update(hash).update(id.as_bytes()).update(b"\n").update(url.as_bytes()).update(b"\n");
        }
        for bytes in &self.known {
            hasher.update(bytes);
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }

    /// Number of the sections of clauses, own pages and entries of registers: one each, before those of documents.
    fn short_sections(&self) -> u32 {
        let documents = self.entries.partition_point(|entry| !matches!(entry, Entry::Document(_)));
        self.starts.get(documents).copied().unwrap_or_default()
    }

    /// Number of all sections.
    fn sections(&self) -> u32 {
        self.starts.last().copied().unwrap_or_default()
    }
}

/// Reads the terms of every page, those of a run together.
fn gather(starts: &[u32], runs: &[Range<usize>], terms: impl Fn(Range<usize>) -> PageTerms + Sync) -> TermIndex {
    let mut lists = Lists::default();
    let mut hashes = Vec::with_capacity(starts.len());
    for chunk in runs.chunks(AT_ONCE) {
        let pages: Vec<PageTerms> = chunk.par_iter().map(|run| terms(run.clone())).collect();
        let firsts: Vec<u32> = chunk.iter().map(|run| starts[run.start]).collect();
        lists.add(&firsts, &pages);
        hashes.extend(pages.into_iter().flat_map(|terms| terms.hashes));
    }
    TermIndex { terms: lists.into_terms(), hashes }
}

/// For each entry the number of its first section, and behind them the number of all.
fn starts(portal: &Portal<'_>, entries: &[Entry]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(entries.len() + 1);
    let mut next = 0_u32;
    for entry in entries {
        starts.push(next);
        next = next.saturating_add(entry.sections(portal));
    }
    starts.push(next);
    starts
}
