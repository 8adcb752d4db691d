//! The search index: scripts that a page loads individually, so that search works from `file://` and under a strict
//! content security policy, which allow scripts but not data.
//!
//! `themes/default/static/find.js` reads the index and describes its format. The modules are:
//!
//! - `fold`: normalizes text and splits it into terms. The script applies the same rules to queries.
//! - `text`: the sections of a page, each with its words, heading and anchor.
//! - `words`: the words of a page by the part of the page that contains them.
//! - `terms`: the terms of a page, from its own file and data only.
//! - `entry`: the searchable pages, in the order in which their sections are numbered.
//! - `lists`: the sections that contain each term, collected from all pages.
//! - `excerpt`: the excerpts of sections shown in results.
//! - `facts`: facts about pages besides their words, for ranking, results and filters.
//! - `vocabulary`: the words used to correct misspellings.
//! - `files`: divides the lists into files and serializes all files of the index.
//!
//! A query loads the directory, the table of pages, at most three files of terms per word, the list of the most
//! frequent words if there are no results for a word, and the files of records and facts for the results shown. All of
//! these are limited in size except the table of pages, which needs about one byte per page. To make something else
//! searchable, add a variant to [`entry::SearchEntry`]. Weights are computed for each section independently, and
//! everything that depends on the whole handbook, such as the rarity of a term, is left to the script. A changed
//! document therefore changes only the files of its own terms.

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
use entry::{EntryName, SearchEntry};
use lists::{IndexedTerm, PostingLists};
use terms::PageTerms;
use words::ContentHash;

pub(crate) use files::IndexFile;

/// Raise the number whenever the format of the files changes, so that browsers fetch new ones.
const FORMAT: &str = concat!(env!("CARGO_PKG_VERSION"), " 7");

/// The number of documents, or batches of other entries, whose terms are in memory before they are added to the lists.
const CHUNK_RUNS: usize = 128;

/// The number of pages that are hashed at once, which is faster than in many small pieces.
const HASHED_PAGES: usize = 512;

/// The search index of a handbook.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    entries: Vec<SearchEntry>,
    /// The number of each entry's first section, followed by the total number of sections.
    starts: Vec<u32>,
    terms: Vec<IndexedTerm>,
    /// The terms in each file.
    term_files: Vec<Range<usize>>,
    /// The table of all pages, followed by the files of facts; the version is derived from them.
    rendered_facts: Vec<Vec<u8>>,
    /// Changes whenever a file of the index changes.
    version: String,
}

/// The terms of all pages, sorted, and a hash of each page.
struct TermIndex {
    terms: Vec<IndexedTerm>,
    hashes: Vec<ContentHash>,
}

impl SearchIndex {
    /// Indexes everything that the portal shows.
    pub(crate) fn build(portal: &Portal<'_>) -> SearchIndex {
        let entries = entry::all(portal);
        let starts = section_starts(portal, &entries);
        let runs = entry::batch_entries(&entries);
        let TermIndex { terms, hashes } = gather(&starts, &runs, |run| entry::read_terms(portal, &entries[run]));
        let files = lists::split_into_files(&terms);
        let mut index = SearchIndex {
            entries,
            starts,
            terms,
            term_files: files,
            rendered_facts: Vec::new(),
            version: String::new(),
        };
        let facts = index.fact_files().map(|file| index.render_facts(portal, file));
        index.rendered_facts = std::iter::once(index.pages(portal)).chain(facts).collect();
        index.version = index.hash(portal, &hashes);
        index
    }

    fn hash(&self, portal: &Portal<'_>, hashes: &[ContentHash]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(FORMAT.as_bytes());
        let mut input = Vec::new();
        for (entries, hashes) in self.entries.chunks(HASHED_PAGES).zip(hashes.chunks(HASHED_PAGES)) {
            input.clear();
            for (entry, hash) in entries.iter().zip(hashes) {
                let EntryName { id, url, .. } = entry.name(portal);
                for part in [&hash[..], id.as_bytes(), b"\n", url.as_bytes(), b"\n"] {
                    input.extend_from_slice(part);
                }
            }
            hasher.update(&input);
        }
        for bytes in &self.rendered_facts {
            hasher.update(bytes);
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }

    /// The number of sections of clauses, own pages and entries of registers, which have one each and precede those of
    /// documents.
    fn short_section_count(&self) -> u32 {
        let documents = self.entries.partition_point(|entry| !matches!(entry, SearchEntry::Document(_)));
        self.starts.get(documents).copied().unwrap_or_default()
    }

    /// The number of all sections.
    fn section_count(&self) -> u32 {
        self.starts.last().copied().unwrap_or_default()
    }
}

/// Reads the terms of all pages, with the pages of a run read together.
fn gather(starts: &[u32], runs: &[Range<usize>], terms: impl Fn(Range<usize>) -> PageTerms + Sync) -> TermIndex {
    let mut lists = PostingLists::default();
    let mut hashes = Vec::with_capacity(starts.len());
    for chunk in runs.chunks(CHUNK_RUNS) {
        let pages: Vec<PageTerms> = chunk.par_iter().map(|run| terms(run.clone())).collect();
        let firsts: Vec<u32> = chunk.iter().map(|run| starts[run.start]).collect();
        lists.add(&firsts, &pages);
        hashes.extend(pages.into_iter().flat_map(|terms| terms.hashes));
    }
    TermIndex { terms: lists.into_terms(), hashes }
}

/// The number of each entry's first section, followed by the total number of sections.
fn section_starts(portal: &Portal<'_>, entries: &[SearchEntry]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(entries.len() + 1);
    let mut next = 0_u32;
    for entry in entries {
        starts.push(next);
        next = next.saturating_add(entry.section_count(portal));
    }
    starts.push(next);
    starts
}
