//! A reader of the search index that works like the script in the browser: what a query loads, and what it finds.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clausebook::testing::site::search::fold;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The maximum number of term files that one word loads.
const MAX_TERM_FILES: usize = 3;
/// The number of results shown at once.
const MAX_RESULTS: usize = 10;

/// The index of a built portal.
pub struct Reader {
    folder: PathBuf,
    /// The directory of the index.
    pub directory: Directory,
    /// The facts about every page.
    pub pages: Pages,
    /// The loaded files, each with the number of bytes that a server sends.
    pub loaded: BTreeMap<String, usize>,
    terms: HashMap<usize, BTreeMap<String, Vec<Posting>>>,
}

/// A section that contains a term, with its weight.
pub type Posting = (usize, u8);

/// `find/index.js`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    /// The number of document sections per record file.
    pub per: usize,
    /// The number of sections of other pages, and how many of them a record file contains.
    pub short: usize,
    per_short: usize,
    /// The total number of sections.
    pub sections: usize,
    terms: String,
    /// Names of owners.
    pub owners: Vec<String>,
}

/// `find/pages.js`.
#[derive(Debug, Deserialize)]
pub struct Pages {
    /// The number of sections of each page.
    pub sections: Vec<usize>,
    /// The state of each page, one character per page.
    pub state: String,
    /// The number of pages per fact file.
    per: usize,
}

/// `find/p/N.js`.
#[derive(Deserialize)]
struct Facts {
    owner: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Terms {
    terms: String,
    lists: String,
}

#[derive(Deserialize)]
struct Words {
    words: String,
}

/// `find/r/N.js`.
#[derive(Debug, Deserialize)]
pub struct Records {
    /// The id, title and URL of pages, by page number.
    pub pages: BTreeMap<usize, [String; 3]>,
    /// The anchor, heading and text of sections.
    pub records: Vec<[String; 3]>,
}

impl Reader {
    /// Opens the index of the portal in a folder.
    ///
    /// # Errors
    /// If it has none, or it cannot be read.
    pub fn open(site: impl Into<PathBuf>) -> Result<Reader> {
        let folder = site.into().join("find");
        let mut loaded = BTreeMap::new();
        let directory = load(&folder, "index.js", &mut loaded)?;
        let pages = load(&folder, "pages.js", &mut loaded)?;
        Ok(Reader { folder, directory, pages, loaded, terms: HashMap::new() })
    }

    /// The sections of every term that begins with a folded text, as far as a query loads them.
    ///
    /// # Errors
    /// If a term file cannot be read.
    pub fn terms_with_prefix(&mut self, start: &str) -> Result<BTreeMap<String, Vec<Posting>>> {
        let firsts: Vec<String> = self.directory.terms.split(' ').map(str::to_owned).collect();
        let at = firsts.iter().rposition(|first| first.as_str() <= start).unwrap_or_default();
        let mut matches = BTreeMap::new();
        for (number, first) in firsts.iter().enumerate().skip(at).take(MAX_TERM_FILES) {
            if number > at && !first.starts_with(start) {
                break;
            }
            let file = self.file(number)?;
            matches.extend(
                file.iter()
                    .filter(|(term, _)| term.starts_with(start))
                    .map(|(term, list)| (term.clone(), list.clone())),
            );
        }
        Ok(matches)
    }

    /// The sections of a term.
    ///
    /// # Errors
    /// If a term file cannot be read.
    pub fn sections(&mut self, term: &str) -> Result<Vec<Posting>> {
        Ok(self.terms_with_prefix(term)?.remove(term).unwrap_or_default())
    }

    /// The best sections for a query, best first, each with the content of its result: id, title, URL, heading, text.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn find(&mut self, query: &str) -> Result<Vec<[String; 5]>> {
        let folded = fold::fold(query).into_owned();
        let mut words = Vec::new();
        fold::for_each_term(&folded, &mut |term| words.push(term.to_owned()));
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        for word in words {
            let lists = self.terms_with_prefix(&word)?;
            let count: usize = lists.values().map(Vec::len).sum();
            let rarity = (1.0 + self.directory.sections as f64 / (count + 1) as f64).ln();
            for (section, weight) in lists.values().flatten() {
                *weights.entry(*section).or_default() += f64::from(*weight) * rarity;
            }
        }
        let mut best: Vec<(usize, f64)> = weights.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(MAX_RESULTS);
        best.into_iter().map(|(section, _)| self.record(section)).collect()
    }

    /// The words for correcting misspelt ones.
    ///
    /// # Errors
    /// If their file cannot be read.
    pub fn words(&mut self) -> Result<Vec<String>> {
        let words: Words = load(&self.folder, "words.js", &mut self.loaded)?;
        Ok(words.words.split(' ').map(str::to_owned).collect())
    }

    /// The content of a section's result: id, title, URL, heading, text.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub fn record(&mut self, section: usize) -> Result<[String; 5]> {
        let Directory { per, short, per_short, .. } = self.directory;
        let (number, at) = match section.checked_sub(short) {
            None => (section / per_short, section % per_short),
            Some(at) => (short.div_ceil(per_short) + at / per, at % per),
        };
        let records: Records = load(&self.folder, &format!("r/{number}.js"), &mut self.loaded)?;
        let [anchor, heading, text] = records.records.get(at).context("no such section")?.clone();
        self.owner(self.page_of(section))?;
        let [id, title, url] = records.pages.get(&self.page_of(section)).context("no such page")?.clone();
        let url = if anchor.is_empty() { url } else { format!("{url}#{anchor}") };
        Ok([id, title, url, heading, text])
    }

    /// The index of a page's owner, or of its owners. It is shown beside a result, like the state on the reader's day.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub fn owner(&mut self, page: usize) -> Result<serde_json::Value> {
        let file = format!("p/{}.js", page / self.pages.per);
        let facts: Facts = load(&self.folder, &file, &mut self.loaded)?;
        facts.owner.get(page % self.pages.per).cloned().context("no such page")
    }

    /// The number of the page that contains a section.
    pub fn page_of(&self, section: usize) -> usize {
        let mut end = 0;
        let ends = self.pages.sections.iter().map(|count| {
            end += count;
            end
        });
        ends.take_while(|end| *end <= section).count()
    }

    /// The total compressed size of all loaded files.
    pub fn compressed_size(&self) -> usize {
        self.loaded.values().sum()
    }

    /// Forgets everything loaded except the directory and the page table, which every query needs.
    pub fn clear_loaded(&mut self) {
        self.terms.clear();
        self.loaded.retain(|name, _| !name.contains('/') && name != "words.js");
    }

    fn file(&mut self, number: usize) -> Result<&BTreeMap<String, Vec<Posting>>> {
        if !self.terms.contains_key(&number) {
            let file: Terms = load(&self.folder, &format!("t/{number}.js"), &mut self.loaded)?;
            let lists = file.lists.split(' ').map(|list| postings(list).with_context(|| format!("a list {list}")));
            let lists = file.terms.split(' ').map(str::to_owned).zip(lists);
            let lists = lists.map(|(term, list)| Ok((term, list?))).collect::<Result<_>>()?;
            self.terms.insert(number, lists);
        }
        self.terms.get(&number).context("no such file of terms")
    }
}

/// Parses a list of postings: see `themes/default/static/find.js`.
fn postings(list: &str) -> Option<Vec<Posting>> {
    let list = list.rsplit('*').next()?;
    let mut postings = Vec::new();
    let (mut from, mut next) = (0, 0);
    for (at, letter) in list.char_indices().filter(|(_, letter)| letter.is_ascii_uppercase()) {
        let distance = if from == at { 1 } else { usize::from_str_radix(&list[from..at], 36).ok()? };
        postings.push((next + distance - 1, letter as u8 - b'A' + 1));
        next += distance;
        from = at + 1;
    }
    Some(postings)
}

/// Reads a part of the index, which is a script that passes an object to a function.
fn load<T: DeserializeOwned>(folder: &std::path::Path, name: &str, loaded: &mut BTreeMap<String, usize>) -> Result<T> {
    let bytes = fs::read(folder.join(name)).with_context(|| format!("{name} of the index cannot be read"))?;
    let text = std::str::from_utf8(&bytes)?;
    let json = text.strip_prefix("clausebookSearch(").and_then(|text| text.strip_suffix(");\n"));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&bytes)?;
    loaded.insert(name.to_owned(), encoder.finish()?.len());
    serde_json::from_str(json.context("not a part of the index")?).with_context(|| format!("{name} of the index"))
}
