//! The files of the search index.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Serialize;

use super::SearchIndex;
use super::entry::{EntryName, SearchEntry};
use super::excerpt::{excerpt, truncate};
use super::lists::{IndexedTerm, MAX_SECTIONS, PostingList};
use super::vocabulary;
use crate::assess::State;
use crate::date::Date;
use crate::handbook::{DocumentIndex, PAGE};
use crate::register::KINDS;
use crate::site::layout;
use crate::site::portal::Portal;
use crate::site::script::call;
use crate::url::SitePath;

/// The folder of the index.
const FOLDER: &str = "find";

/// The directory, from which all other files are found.
const DIRECTORY: &str = "find/index.js";

/// The type key of clauses, which no document can have.
const CLAUSE: &str = "~clause";
/// The prefix of type keys for entries of registers; the name of their kind follows.
const REGISTER_PREFIX: char = '~';

/// The number of document sections per file of records.
const SECTIONS_PER_FILE: u32 = 32;
/// The number of other sections per file of records; they contain about a third as much text.
const SECTIONS_PER_SHORT_FILE: u32 = 96;

/// The number of frequently referenced documents that are suggested before anything is typed.
const MAX_CENTRAL: usize = 6;

/// The approximate maximum length of headings and titles in results, in bytes.
const MAX_TITLE_BYTES: usize = 200;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IndexFile {
    /// The first terms of all term files, and the options of the filters.
    Directory,
    /// The data on all pages that is needed for ranking.
    Pages,
    /// The data on some pages that is needed to show and filter them.
    Facts(usize),
    /// The most frequent words.
    Words,
    /// Terms with their sections.
    Terms(usize),
    /// The content of results.
    Records(u32),
}

impl IndexFile {
    /// The address of the file.
    pub(crate) fn path(self) -> SitePath {
        match self {
            IndexFile::Directory => layout::own_path(DIRECTORY),
            IndexFile::Pages => layout::own_path(&format!("{FOLDER}/pages.js")),
            IndexFile::Facts(number) => layout::own_path(&format!("{FOLDER}/p/{number}.js")),
            IndexFile::Words => layout::own_path(&format!("{FOLDER}/words.js")),
            IndexFile::Terms(number) => layout::own_path(&format!("{FOLDER}/t/{number}.js")),
            IndexFile::Records(number) => layout::own_path(&format!("{FOLDER}/r/{number}.js")),
        }
    }
}

impl SearchIndex {
    /// All files of the index.
    pub(crate) fn index_files(&self) -> Vec<IndexFile> {
        let terms = (0..self.term_files.len()).map(IndexFile::Terms);
        let documents = self.section_count() - self.short_section_count();
        let records = (0..self.short_files() + documents.div_ceil(SECTIONS_PER_FILE)).map(IndexFile::Records);
        let common_files = [IndexFile::Directory, IndexFile::Pages, IndexFile::Words];
        common_files.into_iter().chain(self.fact_files().map(IndexFile::Facts)).chain(terms).chain(records).collect()
    }

    /// The contents of a file.
    pub(crate) fn bytes(&self, portal: &Portal<'_>, part: IndexFile) -> Vec<u8> {
        match part {
            IndexFile::Directory => self.directory(portal),
            IndexFile::Pages => self.rendered_facts.first().cloned().unwrap_or_default(),
            IndexFile::Facts(number) => self.rendered_facts.get(number + 1).cloned().unwrap_or_default(),
            IndexFile::Words => script(&Words { kind: "words", words: vocabulary::frequent(&self.terms) }),
            IndexFile::Terms(number) => terms(number, self.terms_in(number)),
            IndexFile::Records(number) => self.records(portal, number),
        }
    }

    fn terms_in(&self, file: usize) -> &[IndexedTerm] {
        self.term_files.get(file).and_then(|range| self.terms.get(range.clone())).unwrap_or_default()
    }

    /// The number of record files before those of documents.
    fn short_files(&self) -> u32 {
        self.short_section_count().div_ceil(SECTIONS_PER_SHORT_FILE)
    }

    /// The sections in a file of records.
    fn range(&self, number: u32) -> Range<u32> {
        let part = |start: u32, per: u32, end: u32| start..start.saturating_add(per).min(end);
        match number.checked_sub(self.short_files()) {
            None => part(
                number.saturating_mul(SECTIONS_PER_SHORT_FILE),
                SECTIONS_PER_SHORT_FILE,
                self.short_section_count(),
            ),
            Some(at) => {
                let start = self.short_section_count().saturating_add(at.saturating_mul(SECTIONS_PER_FILE));
                part(start, SECTIONS_PER_FILE, self.section_count())
            }
        }
    }

    /// The pages with sections in a range.
    fn entries_in(&self, sections: Range<u32>) -> Range<usize> {
        let first = self.starts.partition_point(|start| *start <= sections.start).saturating_sub(1);
        let end = self.starts.partition_point(|start| *start < sections.end);
        first..end.min(self.entries.len())
    }

    fn directory(&self, portal: &Portal<'_>) -> Vec<u8> {
        let first = |range: &Range<usize>| self.terms.get(range.start).map_or("", |term| &term.term);
        script(&Directory {
            kind: "index",
            build: &self.version,
            as_of: portal.assessment.clock.as_of,
            per: SECTIONS_PER_FILE,
            short: self.short_section_count(),
            per_short: SECTIONS_PER_SHORT_FILE,
            sections: self.section_count(),
            terms: self.term_files.iter().map(first).collect::<Vec<_>>().join(" "),
            kinds: kinds(portal, &self.entries),
            owners: portal.owners.iter().map(|(name, _)| &**name).collect(),
            services: &portal.party_filters().services,
            locations: &portal.party_filters().locations,
            groups: portal.groups.iter().map(|group| [&*group.number, &*group.title]).collect(),
            also: term_alternatives(portal),
            central: central(portal),
        })
    }

    fn records(&self, portal: &Portal<'_>, number: u32) -> Vec<u8> {
        let range = self.range(number);
        let mut records = Records { kind: "records", file: number, pages: BTreeMap::new(), records: Vec::new() };
        let mut buffer = String::new();
        for at in self.entries_in(range.clone()) {
            let (entry, start, end) = (self.entries[at], self.starts[at], self.starts[at + 1]);
            let EntryName { id, title, url } = entry.name(portal);
            records.pages.insert(at, [id, truncated_title(title), url.into()]);
            let sections = start.max(range.start) - start..end.min(range.end) - start;
            entry.visit_sections(portal, sections, &mut buffer, |section| {
                let heading = truncate(section.heading, MAX_TITLE_BYTES).to_owned();
                records.records.push([section.anchor.to_owned(), heading, excerpt(&section)]);
            });
        }
        script(&records)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Directory<'a> {
    kind: &'static str,
    build: &'a str,
    as_of: Date,
    per: u32,
    /// The number of short sections, and the number of them per file of records.
    short: u32,
    per_short: u32,
    sections: u32,
    terms: String,
    kinds: Vec<[String; 2]>,
    owners: Vec<&'a str>,
    services: &'a [String],
    locations: &'a [String],
    groups: Vec<[&'a str; 2]>,
    also: Vec<Vec<&'a str>>,
    central: Vec<[String; 3]>,
}

#[derive(Serialize)]
struct Words {
    kind: &'static str,
    words: String,
}

/// Pages by number: ID, title and URL. Sections: anchor, heading and excerpt.
#[derive(Serialize)]
struct Records<'p> {
    kind: &'static str,
    file: u32,
    pages: BTreeMap<usize, [Cow<'p, str>; 3]>,
    records: Vec<[String; 3]>,
}

#[derive(Serialize)]
struct Terms {
    kind: &'static str,
    file: usize,
    terms: String,
    lists: String,
}

fn terms(number: usize, file: &[IndexedTerm]) -> Vec<u8> {
    let terms: Vec<&str> = file.iter().map(|term| &*term.term).collect();
    let mut lists = String::new();
    for (at, term) in file.iter().enumerate() {
        if at > 0 {
            lists.push(' ');
        }
        write_list(&mut lists, &term.list);
    }
    script(&Terms { kind: "terms", file: number, terms: terms.join(" "), lists })
}

/// The terms of the glossary with their alternative names.
fn term_alternatives<'a>(portal: &'a Portal<'_>) -> Vec<Vec<&'a str>> {
    let terms = portal.glossary.entries().map(|(_, term)| term).filter(|term| !term.alternatives.is_empty());
    terms
        .map(|term| std::iter::once(&*term.term).chain(term.alternatives.iter().map(String::as_str)).collect())
        .collect()
}

fn truncated_title(title: Cow<'_, str>) -> Cow<'_, str> {
    match title {
        Cow::Borrowed(title) => truncate(title, MAX_TITLE_BYTES).into(),
        Cow::Owned(title) => truncate(&title, MAX_TITLE_BYTES).to_owned().into(),
    }
}

/// The most frequently referenced documents: ID, title and URL.
fn central(portal: &Portal<'_>) -> Vec<[String; 3]> {
    let controlled = portal.reading.handbook.controlled();
    let in_use = controlled.filter(|(index, _)| portal.assessment.state(*index) != State::Retired);
    let mut documents: Vec<(DocumentIndex, usize)> =
        in_use.map(|(index, document)| (index, document.referenced_by.len())).filter(|(_, count)| *count > 1).collect();
    documents.sort_by_key(|(_, count)| Reverse(*count));
    let central_page = |(index, _): &(DocumentIndex, usize)| {
        let EntryName { id, title, url } = SearchEntry::Document(*index).name(portal);
        [id.into_owned(), title.into_owned(), url]
    };
    documents.iter().take(MAX_CENTRAL).map(central_page).collect()
}

/// The number of sections with the term and `*`, if not all are listed. Then each section as its distance to the
/// previous one in base 36, omitted if it is 1, and its weight as a letter, `Z` for the highest.
fn write_list(out: &mut String, list: &PostingList) {
    if list.count as usize > MAX_SECTIONS {
        out.push_str(&list.count.to_string());
        out.push('*');
    }
    // The first distance is counted from -1, so that it is at least 1 too.
    let mut next = 0;
    for posting in list.postings() {
        let distance = posting.section.saturating_sub(next) + 1;
        if distance > 1 {
            write_base_36(out, distance);
        }
        out.push(char::from(b'A' + posting.weight.clamp(1, 26) - 1));
        next = posting.section + 1;
    }
}

fn write_base_36(out: &mut String, number: u32) {
    if number >= 36 {
        write_base_36(out, number / 36);
    }
    out.push(char::from_digit(number % 36, 36).unwrap_or('0'));
}

/// The types that occur, by name: key and name.
pub(super) fn kinds(portal: &Portal<'_>, entries: &[SearchEntry]) -> Vec<[String; 2]> {
    let mut keys: Vec<Cow<'_, str>> = entries.iter().map(|entry| kind(portal, *entry)).collect();
    // Entries of one kind are adjacent.
    keys.dedup();
    let keys: BTreeSet<Cow<'_, str>> = keys.into_iter().collect();
    let kind_name = |key: Cow<'_, str>| {
        let name = match key.strip_prefix(REGISTER_PREFIX) {
            _ if key == CLAUSE => portal.labels.text("say.clause").to_owned(),
            Some(kind) => portal.labels.text(&format!("entries.one.{kind}")).to_owned(),
            None => portal.kind(&key).name,
        };
        [key.into_owned(), name]
    };
    let mut kinds: Vec<[String; 2]> = keys.into_iter().map(kind_name).collect();
    kinds.sort_by(|a, b| (&a[1], &a[0]).cmp(&(&b[1], &b[0])));
    kinds
}

/// The key of a page's type.
pub(super) fn kind<'a>(portal: &Portal<'a>, entry: SearchEntry) -> Cow<'a, str> {
    match entry {
        SearchEntry::Clause(_) => Cow::Borrowed(CLAUSE),
        SearchEntry::OwnPage(_) => Cow::Borrowed(PAGE),
        SearchEntry::Register(index) => {
            static KEYS: LazyLock<Vec<String>> =
                LazyLock::new(|| KINDS.iter().map(|row| format!("{REGISTER_PREFIX}{}", row.name)).collect());
            let kind = portal.reading.handbook.registers.entry(index).entry.kind;
            let at = KINDS.iter().position(|row| row.kind == kind);
            Cow::Borrowed(at.and_then(|at| KEYS.get(at)).map_or("", String::as_str))
        }
        SearchEntry::Document(index) => Cow::Borrowed(&portal.document(index).doc_type),
    }
}

pub(super) fn number(index: Option<&usize>) -> i32 {
    index.and_then(|index| i32::try_from(*index).ok()).unwrap_or(-1)
}

/// The script that passes a part of the index to its reader.
pub(super) fn script(part: &impl Serialize) -> Vec<u8> {
    call("clausebookSearch", part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::theme::Labels;

    #[test]
    fn every_kind_of_entries_has_its_names() {
        let labels = Labels::load("en", &BTreeMap::new()).expect("the embedded labels are whole");
        for row in KINDS {
            for list in ["kind", "one"] {
                let key = format!("entries.{list}.{}", row.name);
                assert_ne!(labels.text(&key), key, "i18n/en.json has no label {key}");
            }
        }
    }

    #[test]
    fn distances_are_written_in_base_36_and_steps_of_one_are_not() {
        let mut out = String::new();
        [1_u32, 35, 36, 4_000_000].into_iter().for_each(|number| {
            write_base_36(&mut out, number);
            out.push(' ');
        });
        assert_eq!(out, "1 z 10 2dqf4 ");
    }
}
