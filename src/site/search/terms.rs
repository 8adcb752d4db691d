//! The terms of pages.

use ahash::AHashMap;

use super::fold;
use super::words::{ContentHash, PageWords, TextPart};

/// The number of parts into which terms are divided by hash, so that threads can collect them without waiting.
pub(super) const PARTS: usize = 16;

/// The maximum weight of a section for a term other than its ID.
pub(super) const MAX_WEIGHT: u8 = 25;
/// The weight of a page's first section for the page's ID.
pub(super) const ID_WEIGHT: u8 = 26;

/// What each kind of word adds to the weight of a section for its terms.
const TITLE_WEIGHT: f32 = 5.0;
const HEADING_WEIGHT: f32 = 2.5;
const TERM_WEIGHT: f32 = 3.0;
const NAMED_WEIGHT: f32 = 2.0;
/// A title with this many more terms counts half.
const LONG_TITLE_TERMS: f32 = 12.0;
/// The factor from sums to weights.
const SCALE: f32 = 2.5;

/// The parameters of BM25: how much repetition adds and how much the length of a section subtracts.
const SATURATION: f32 = 1.2;
const LENGTH_PENALTY: f32 = 0.5;
/// The number of terms in a section of typical length. This is a constant rather than the handbook's mean, so that a
/// changed document does not change all weights.
const TYPICAL_SECTION_TERMS: f32 = 100.0;

/// The terms of consecutive pages with their sections, which are numbered from 0.
#[derive(Debug)]
pub(super) struct PageTerms {
    /// For each page, a hash of all text that results show or terms are derived from.
    pub(crate) hashes: Vec<ContentHash>,
    /// All terms, concatenated.
    text: String,
    term_ends: Vec<TermEnds>,
    postings: Vec<Posting>,
    /// The index of each part's first word, followed by the number of words.
    parts: [u32; PARTS + 1],
}

/// A term and its postings, given by their ends in `text` and `postings`.
#[derive(Clone, Copy, Debug)]
struct TermEnds {
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
    pub(super) fn new(words: &PageWords) -> PageTerms {
        let terms = AHashMap::with_capacity(words.estimated_terms());
        let mut reader = TermCollector { terms, ..TermCollector::default() };
        for (number, section) in (0..).zip(words.sections()) {
            reader.begin(number);
            section.for_each(|(part, folded)| reader.add(part, folded));
            reader.finish_section();
        }
        reader.finish(words.hashes.clone())
    }

    /// The terms of a part, with their postings.
    pub(super) fn terms(&self, part: usize) -> impl Iterator<Item = (&str, &[Posting])> {
        let (first, end) = (self.parts[part] as usize, self.parts[part + 1] as usize);
        (first..end).map(|at| {
            let before = at.checked_sub(1).map(|at| self.term_ends[at]);
            let (text, postings) = before.map_or((0, 0), |word| (word.text_end, word.postings_end));
            let word = self.term_ends[at];
            let text = &self.text[text as usize..word.text_end as usize];
            (text, &self.postings[postings as usize..word.postings_end as usize])
        })
    }
}

/// Flags for the kinds of text that contain a term.
struct TextKinds;

impl TextKinds {
    const TITLE: u8 = 1;
    const HEADING: u8 = 2;
    const NAMED: u8 = 4;
    const ID: u8 = 8;
    const TERM: u8 = 16;
}

/// The frequency of a term in a section, and the kinds of text that contain it.
#[derive(Clone, Copy, Default)]
struct TermCount {
    term: u32,
    kinds: u8,
    frequency: f32,
}

/// Collects terms.
#[derive(Default)]
struct TermCollector<'p> {
    terms: AHashMap<&'p str, u32>,
    /// The terms and postings found so far, section by section.
    postings: Vec<(u32, Posting)>,
    /// The position of each term in `counts`, if it occurs in the current section.
    places: Vec<u32>,
    counts: Vec<TermCount>,
    section: u32,
    length: f32,
    /// What the page's title adds to the weight of its terms.
    title: f32,
}

impl<'p> TermCollector<'p> {
    fn begin(&mut self, section: u32) {
        self.section = section;
        self.counts.clear();
        self.length = 0.0;
    }

    fn add(&mut self, part: TextPart, folded: &'p str) {
        match part {
            TextPart::Title => self.title(folded),
            TextPart::Id => self.id(folded),
            TextPart::Heading => self.mark_terms(folded, TextKinds::HEADING),
            TextPart::Term => self.mark_terms(folded, TextKinds::TERM),
            TextPart::Associated => self.mark_terms(folded, TextKinds::NAMED),
            TextPart::Text => self.count_terms(folded, 1.0),
            TextPart::Code | TextPart::Surrounding => self.count_terms(folded, 0.5),
            TextPart::WordEnds => folded.split(' ').for_each(|end| self.term_count(end).kinds |= TextKinds::HEADING),
        }
    }

    fn mark_terms(&mut self, folded: &'p str, kind: u8) {
        fold::for_each_term(folded, &mut |term| self.term_count(term).kinds |= kind);
    }

    fn count_terms(&mut self, folded: &'p str, times: f32) {
        fold::for_each_term(folded, &mut |term| {
            self.term_count(term).frequency += times;
            self.length += times;
        });
    }

    /// Of two titles with the same term, the term weighs more in the shorter one.
    fn title(&mut self, folded: &'p str) {
        self.mark_terms(folded, TextKinds::TITLE);
        self.title = TITLE_WEIGHT / (0.8 + self.counts.len() as f32 / LONG_TITLE_TERMS);
    }

    fn id(&mut self, id: &'p str) {
        if !id.is_empty() {
            self.term_count(id).kinds |= TextKinds::ID;
        }
        // Its parts count like words of a heading: `CHG` finds POL-CHG-001.
        self.mark_terms(id, TextKinds::HEADING);
    }

    fn term_count(&mut self, term: &'p str) -> &mut TermCount {
        let TermCollector { terms, places, counts, .. } = self;
        // Most terms are known.
        let known = terms.get(term).copied();
        let term = known.unwrap_or_else(|| {
            let number = places.len() as u32;
            places.push(u32::MAX);
            terms.insert(term, number);
            number
        });
        let place = &mut places[term as usize];
        if counts.get(*place as usize).is_none_or(|count| count.term != term) {
            *place = counts.len() as u32;
            counts.push(TermCount { term, ..TermCount::default() });
        }
        &mut counts[*place as usize]
    }

    /// Converts the counts of a section to postings.
    fn finish_section(&mut self) {
        let length = 1.0 - LENGTH_PENALTY + LENGTH_PENALTY * self.length / TYPICAL_SECTION_TERMS;
        for count in &self.counts {
            let weight = weight(count, length, self.title);
            self.postings.push((count.term, Posting { section: self.section, weight }));
        }
    }

    fn finish(self, hashes: Vec<ContentHash>) -> PageTerms {
        // The order within a part does not matter, since each term has its own list.
        let order = group_by_part(self.terms);
        let mut terms = PageTerms {
            hashes,
            text: String::with_capacity(order.iter().map(|(_, term, _)| term.len()).sum()),
            term_ends: Vec::with_capacity(order.len()),
            postings: vec![Posting { section: 0, weight: 0 }; self.postings.len()],
            parts: [0; PARTS + 1],
        };
        let mut counts = vec![0_u32; order.len()];
        self.postings.iter().for_each(|(term, _)| counts[*term as usize] += 1);
        let mut places = vec![0_u32; order.len()];
        let mut end = 0;
        for (part, term, number) in order {
            places[number as usize] = end;
            end += counts[number as usize];
            terms.text.push_str(term);
            terms.term_ends.push(TermEnds { text_end: terms.text.len() as u32, postings_end: end });
            terms.parts[part + 1] = terms.term_ends.len() as u32;
        }
        for (term, posting) in self.postings {
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

fn weight(count: &TermCount, length: f32, title: f32) -> u8 {
    if count.kinds & TextKinds::ID != 0 {
        return ID_WEIGHT;
    }
    let mut sum = count.frequency * (SATURATION + 1.0) / (count.frequency + SATURATION * length);
    for (kind, factor) in [
        (TextKinds::TITLE, title),
        (TextKinds::HEADING, HEADING_WEIGHT),
        (TextKinds::NAMED, NAMED_WEIGHT),
        (TextKinds::TERM, TERM_WEIGHT),
    ] {
        if count.kinds & kind != 0 {
            sum += factor;
        }
    }
    // Rounds; the conversion saturates.
    ((sum * SCALE + 0.5) as u8).clamp(1, MAX_WEIGHT)
}

/// The terms with their parts and numbers, grouped by part.
fn group_by_part(terms: AHashMap<&str, u32>) -> Vec<(usize, &str, u32)> {
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
