//! The terms of pages.

use ahash::AHashMap;

use super::fold;
use super::words::{Part, Piece, Words};

/// The number of parts into which terms are divided by hash, so that threads can collect them without waiting.
pub(super) const PARTS: usize = 16;

/// The maximum weight of a section for a term other than its ID.
pub(super) const MAX_WEIGHT: u8 = 25;
/// The weight of a page's first section for the page's ID.
pub(super) const OF_ID: u8 = 26;

/// What each kind of word adds to the weight of a section for its terms.
const TITLE: f32 = 5.0;
const HEADING: f32 = 2.5;
const TERM: f32 = 3.0;
const NAMED: f32 = 2.0;
/// A title with this many more terms counts half.
const LONG_TITLE: f32 = 12.0;
/// The factor from sums to weights.
const SCALE: f32 = 2.5;

/// The parameters of BM25: how much repetition adds and how much the length of a section subtracts.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// The number of terms in a section of typical length. This is a constant rather than the handbook's mean, so that a
/// changed document does not change all weights.
const TYPICAL_LENGTH: f32 = 100.0;

/// The properties of a page besides its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageIdentity {
    /// The ID or number; a query for it means this page.
    pub(crate) id: String,
    /// The title.
    pub(crate) title: String,
    /// Words that apply to a section without being in its text, such as the clause that it claims; sorted by section.
    pub(crate) named: Vec<(u32, String)>,
    /// The text on its page outside the content.
    pub(crate) beside: String,
}

/// A hash of all text of a page that results show or terms are derived from.
pub(super) type ContentHash = [u8; 32];

/// The terms of consecutive pages with their sections, which are numbered from 0.
#[derive(Debug)]
pub(super) struct PageTerms {
    /// For each page, a hash of all text that results show or terms are derived from.
    pub(crate) hashes: Vec<ContentHash>,
    /// All terms, concatenated.
    text: String,
    words: Vec<Word>,
    postings: Vec<Posting>,
    /// The index of each part's first word, followed by the number of words.
    parts: [u32; PARTS + 1],
}

/// A term and its postings, given by their ends in `text` and `postings`.
#[derive(Clone, Copy, Debug)]
struct Word {
    text_end: u32,
    postings_end: u32,
}

/// A section that contains a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// The number of the section.
    pub(crate) section: u32,
    /// The weight of the section for the term, from 1.
    pub(crate) weight: u8,
}

impl PageTerms {
    /// Reads the terms of pages.
    pub(super) fn of(pages: &[Words<'_>]) -> PageTerms {
        let most = pages.iter().map(Words::most_terms).sum();
        let mut reader = Reader { terms: AHashMap::with_capacity(most), ..Reader::default() };
        for (number, section) in (0..).zip(pages.iter().flat_map(|page| &page.sections)) {
            reader.begin(number);
            section.iter().for_each(|piece| reader.add(piece));
            reader.weigh();
        }
        reader.finish(pages.iter().map(|page| *blake3::hash(&page.hashed).as_bytes()).collect())
    }

    /// The terms of a part, with their postings.
    pub(super) fn words(&self, part: usize) -> impl Iterator<Item = (&str, &[Posting])> {
        let (first, end) = (self.parts[part] as usize, self.parts[part + 1] as usize);
        (first..end).map(|at| {
            let before = at.checked_sub(1).map(|at| self.words[at]);
            let (text, postings) = before.map_or((0, 0), |word| (word.text_end, word.postings_end));
            let word = self.words[at];
            let text = &self.text[text as usize..word.text_end as usize];
            (text, &self.postings[postings as usize..word.postings_end as usize])
        })
    }
}

/// Flags for the kinds of text that contain a term.
struct Kinds;

impl Kinds {
    const TITLE: u8 = 1;
    const HEADING: u8 = 2;
    const NAMED: u8 = 4;
    const ID: u8 = 8;
    const TERM: u8 = 16;
}

/// The frequency of a term in a section, and the kinds of text that contain it.
#[derive(Clone, Copy, Default)]
struct Count {
    term: u32,
    kinds: u8,
    times: f32,
}

/// Collects terms.
#[derive(Default)]
struct Reader<'p> {
    terms: AHashMap<&'p str, u32>,
    /// The terms and postings found so far, section by section.
    found: Vec<(u32, Posting)>,
    /// The position of each term in `counts`, if it occurs in the current section.
    places: Vec<u32>,
    counts: Vec<Count>,
    section: u32,
    length: f32,
    /// What the page's title adds to the weight of its terms.
    title: f32,
}

impl<'p> Reader<'p> {
    fn begin(&mut self, section: u32) {
        self.section = section;
        self.counts.clear();
        self.length = 0.0;
    }

    fn add(&mut self, piece: &'p Piece<'_>) {
        let folded = &piece.folded;
        match piece.part {
            Part::Title => self.title(folded),
            Part::Id => self.id(folded),
            Part::Heading => self.note(folded, Kinds::HEADING),
            Part::Term => self.note(folded, Kinds::TERM),
            Part::Named => self.note(folded, Kinds::NAMED),
            Part::Text => self.repeat(folded, 1.0),
            Part::Code | Part::Beside => self.repeat(folded, 0.5),
        }
    }

    fn note(&mut self, folded: &'p str, kind: u8) {
        fold::terms(folded, &mut |term| self.count(term).kinds |= kind);
    }

    fn repeat(&mut self, folded: &'p str, times: f32) {
        fold::terms(folded, &mut |term| {
            self.count(term).times += times;
            self.length += times;
        });
    }

    /// Of two titles with the same term, the term weighs more in the shorter one.
    fn title(&mut self, folded: &'p str) {
        self.note(folded, Kinds::TITLE);
        self.title = TITLE / (0.8 + self.counts.len() as f32 / LONG_TITLE);
    }

    fn id(&mut self, id: &'p str) {
        if !id.is_empty() {
            self.count(id).kinds |= Kinds::ID;
        }
        // Its parts count like words of a heading: `CHG` finds POL-CHG-001.
        self.note(id, Kinds::HEADING);
    }

    fn count(&mut self, term: &'p str) -> &mut Count {
        let Reader { terms, places, counts, .. } = self;
        let term = *terms.entry(term).or_insert_with(|| {
            places.push(u32::MAX);
            places.len() as u32 - 1
        });
        let place = &mut places[term as usize];
        if counts.get(*place as usize).is_none_or(|count| count.term != term) {
            *place = counts.len() as u32;
            counts.push(Count { term, ..Count::default() });
        }
        &mut counts[*place as usize]
    }

    /// Converts the counts of a section to postings.
    fn weigh(&mut self) {
        let length = 1.0 - LENGTH + LENGTH * self.length / TYPICAL_LENGTH;
        for count in &self.counts {
            let weight = weight(count, length, self.title);
            self.found.push((count.term, Posting { section: self.section, weight }));
        }
    }

    fn finish(self, hashes: Vec<ContentHash>) -> PageTerms {
        // The order within a part does not matter, since each term has its own list.
        let order = by_part(self.terms);
        let mut terms = PageTerms {
            hashes,
            text: String::with_capacity(order.iter().map(|(_, term, _)| term.len()).sum()),
            words: Vec::with_capacity(order.len()),
            postings: vec![Posting { section: 0, weight: 0 }; self.found.len()],
            parts: [0; PARTS + 1],
        };
        let mut counts = vec![0_u32; order.len()];
        self.found.iter().for_each(|(term, _)| counts[*term as usize] += 1);
        let mut places = vec![0_u32; order.len()];
        let mut end = 0;
        for (part, term, number) in order {
            places[number as usize] = end;
            end += counts[number as usize];
            terms.text.push_str(term);
            terms.words.push(Word { text_end: terms.text.len() as u32, postings_end: end });
            terms.parts[part + 1] = terms.words.len() as u32;
        }
        for (term, posting) in self.found {
            let place = &mut places[term as usize];
            terms.postings[*place as usize] = posting;
            *place += 1;
        }
        // A part without terms ends where the previous one does.
        for part in 1..=PARTS {
            terms.parts[part] = terms.parts[part].max(terms.parts[part - 1]);
        }
        terms
    }
}

fn weight(count: &Count, length: f32, title: f32) -> u8 {
    if count.kinds & Kinds::ID != 0 {
        return OF_ID;
    }
    let mut sum = count.times * (SATURATION + 1.0) / (count.times + SATURATION * length);
    for (kind, more) in [(Kinds::TITLE, title), (Kinds::HEADING, HEADING), (Kinds::NAMED, NAMED), (Kinds::TERM, TERM)] {
        if count.kinds & kind != 0 {
            sum += more;
        }
    }
    // Rounds; the conversion saturates.
    ((sum * SCALE + 0.5) as u8).clamp(1, MAX_WEIGHT)
}

/// The terms with their parts and numbers, grouped by part.
fn by_part(terms: AHashMap<&str, u32>) -> Vec<(usize, &str, u32)> {
    let found: Vec<(usize, &str, u32)> =
        terms.into_iter().map(|(term, number)| (part_of(term), term, number)).collect();
    let mut next = [0; PARTS];
    found.iter().for_each(|(part, _, _)| next[*part] += 1);
    let mut end = 0;
    for start in &mut next {
        end += *start;
        *start = end - *start;
    }
    let mut order = vec![(0, "", 0); found.len()];
    for entry in found {
        order[next[entry.0]] = entry;
        next[entry.0] += 1;
    }
    order
}

/// The part of a term, by its FNV-1a hash.
fn part_of(term: &str) -> usize {
    let hash = term.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) as usize % PARTS
}
