//! The terms of pages.

use ahash::AHashMap;

use super::fold;
use super::words::{Part, Piece, Words};

/// Into how many parts terms are divided by their hash, so that threads can gather them without waiting for another.
pub(super) const PARTS: usize = 16;

/// The heaviest that a section can be for a term that is not its id.
pub(super) const MAX_WEIGHT: u8 = 25;
/// How heavy the first section of a page is for the page's id.
pub(super) const OF_ID: u8 = 26;

/// What each kind of words adds to a section's weight for a term of theirs.
const TITLE: f32 = 5.0;
const HEADING: f32 = 2.5;
const TERM: f32 = 3.0;
const NAMED: f32 = 2.0;
/// A title of as many terms more counts half.
const LONG_TITLE: f32 = 12.0;
/// From sums of these to weights.
const SCALE: f32 = 2.5;

/// As BM25 has it: how much repeating a term adds, and how much a long section takes away.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// How many terms a section of middling length has. A number of its own, not the handbook's mean: otherwise each change
/// of a text would change every weight.
const TYPICAL_LENGTH: f32 = 100.0;

/// What is known of a page beside its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageIdentity {
    /// Id or number: whoever types it wants this page.
    pub(crate) id: String,
    /// Title.
    pub(crate) title: String,
    /// Words of a section that its text need not say, such as the clause that it claims; by ascending section.
    pub(crate) named: Vec<(u32, String)>,
    /// What its page shows beside its text.
    pub(crate) beside: String,
}

/// A hash of everything that results show of a page's text, and that its terms are made from.
pub(super) type ContentHash = [u8; 32];

/// The terms of pages that follow each other, with their sections, which are numbered from 0.
#[derive(Debug)]
pub(super) struct PageTerms {
    /// For each page a hash of everything that results show of its text, and that its terms are made from.
    pub(crate) hashes: Vec<ContentHash>,
    /// All terms in a row.
    text: String,
    words: Vec<Word>,
    postings: Vec<Posting>,
    /// For each part the first of its words, and behind them their number.
    parts: [u32; PARTS + 1],
}

/// A term by where it ends in the row of terms, and its postings by where they end.
#[derive(Clone, Copy, Debug)]
struct Word {
    text_end: u32,
    postings_end: u32,
}

/// A section that a term is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// The section's number.
    pub(crate) section: u32,
    /// How heavy it is for the term, from 1.
    pub(crate) weight: u8,
}

impl PageTerms {
    /// Reads pages.
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

    /// The terms of a part with their postings.
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

/// What a term is part of.
struct Kinds;

impl Kinds {
    const TITLE: u8 = 1;
    const HEADING: u8 = 2;
    const NAMED: u8 = 4;
    const ID: u8 = 8;
    const TERM: u8 = 16;
}

/// How often a section has a term, and where.
#[derive(Clone, Copy, Default)]
struct Count {
    term: u32,
    kinds: u8,
    times: f32,
}

/// Terms as they are met.
#[derive(Default)]
struct Reader<'p> {
    terms: AHashMap<&'p str, u32>,
    /// What was found so far, section by section: terms with their postings.
    found: Vec<(u32, Posting)>,
    /// For each term where it is in `counts`, when that is of the section at hand.
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

    /// Of two titles with a term the shorter one says more of it.
    fn title(&mut self, folded: &'p str) {
        self.note(folded, Kinds::TITLE);
        self.title = TITLE / (0.8 + self.counts.len() as f32 / LONG_TITLE);
    }

    fn id(&mut self, id: &'p str) {
        if !id.is_empty() {
            self.count(id).kinds |= Kinds::ID;
        }
        // Its parts are words of the title, as it were: `CHG` finds POL-CHG-001.
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

    /// Turns what was counted in a section into postings.
    fn weigh(&mut self) {
        let length = 1.0 - LENGTH + LENGTH * self.length / TYPICAL_LENGTH;
        for count in &self.counts {
            let weight = weight(count, length, self.title);
            self.found.push((count.term, Posting { section: self.section, weight }));
        }
    }

    fn finish(self, hashes: Vec<ContentHash>) -> PageTerms {
        // Within a part any order will do: each term has a list of its own.
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
        // A part without terms ends where the one before it does.
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
    // Rounded; what is more than a byte holds is cut to it.
    ((sum * SCALE + 0.5) as u8).clamp(1, MAX_WEIGHT)
}

/// Terms with their parts and numbers, one part after the other.
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

/// The part that a term belongs to, by FNV-1a.
fn part_of(term: &str) -> usize {
    let hash = term.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) as usize % PARTS
}
