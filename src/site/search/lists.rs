//! The sections that contain each term.

use std::cmp::Ordering;
use std::ops::Range;

use ahash::AHashMap;
use rayon::prelude::*;

use super::terms::{PARTS, PageTerms, Posting};

/// The approximate size of a file of terms in bytes.
const TARGET_FILE_BYTES: usize = 24_000;

/// The maximum number of sections listed for a term. The ones with the highest weights are kept, and of equal ones the
/// first.
pub(super) const MAX_SECTIONS: usize = 4_000;

/// The initial capacity of a posting list, in bytes.
const MIN_CAPACITY: usize = 8;

/// Terms and sections collected so far. A term's hash determines its part.
#[derive(Debug, Default)]
pub(super) struct PostingLists {
    parts: [AHashMap<Box<str>, PostingList>; PARTS],
}

/// A term and its sections.
#[derive(Debug)]
pub(super) struct IndexedTerm {
    /// The term.
    pub(crate) term: Box<str>,
    /// The sections.
    pub(crate) list: PostingList,
}

/// The sections of a term in order, each as the distance to the previous one and a weight.
#[derive(Debug, Default)]
pub(super) struct PostingList {
    bytes: Vec<u8>,
    last_section: u32,
    /// The number of sections in the list.
    section_count: u32,
    /// The number of all sections with the term.
    pub(crate) count: u32,
}

impl PostingLists {
    /// Adds pages in order, given the number of each page's first section.
    pub(super) fn add(&mut self, starts: &[u32], pages: &[PageTerms]) {
        self.parts.par_iter_mut().enumerate().for_each(|(part, lists)| {
            for (start, terms) in starts.iter().zip(pages) {
                for (term, postings) in terms.terms(part) {
                    add(lists, term, *start, postings);
                }
            }
        });
    }

    /// All terms, sorted.
    pub(super) fn into_terms(self) -> Vec<IndexedTerm> {
        let slim = |(term, mut list): (Box<str>, PostingList)| {
            list.prune();
            // Most lists have one section, and allocations are no smaller than this.
            if list.bytes.capacity() > MIN_CAPACITY {
                list.bytes.shrink_to_fit();
            }
            IndexedTerm { term, list }
        };
        let mut terms: Vec<IndexedTerm> = self.parts.into_iter().flatten().map(slim).collect();
        sort(&mut terms);
        terms
    }
}

/// Sorts terms in the order in which scripts look them up.
pub(super) fn sort(terms: &mut [IndexedTerm]) {
    terms.par_sort_by(|a, b| compare(&a.term, &b.term));
}

/// Divides terms into files.
pub(super) fn split_into_files(terms: &[IndexedTerm]) -> Vec<Range<usize>> {
    let mut files: Vec<Range<usize>> = Vec::new();
    let mut free_bytes = 0;
    for (at, term) in terms.iter().enumerate() {
        match files.last_mut().filter(|_| free_bytes > 0) {
            Some(file) => file.end = at + 1,
            None => {
                files.push(at..at + 1);
                free_bytes = TARGET_FILE_BYTES;
            }
        }
        let bytes = term.term.len() + 2 + term.list.bytes.len().min(MAX_SECTIONS * 3);
        free_bytes = free_bytes.saturating_sub(bytes);
    }
    files
}

fn add(lists: &mut AHashMap<Box<str>, PostingList>, term: &str, start: u32, postings: &[Posting]) {
    if let Some(list) = lists.get_mut(term) {
        return list.extend(start, postings);
    }
    let mut list = PostingList::default();
    list.extend(start, postings);
    lists.insert(term.into(), list);
}

/// Compares terms by UTF-16 code units, as scripts do.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

impl PostingList {
    fn extend(&mut self, start: u32, postings: &[Posting]) {
        for posting in postings {
            self.push(Posting { section: start.saturating_add(posting.section), weight: posting.weight });
        }
        // Sections that are not among the heaviest now will not be later.
        if self.section_count as usize > 2 * MAX_SECTIONS {
            self.prune();
        }
    }

    /// Adds a section after all others.
    fn push(&mut self, posting: Posting) {
        self.push_number(posting.section.wrapping_sub(self.last_section));
        self.bytes.push(posting.weight);
        self.last_section = posting.section;
        self.section_count += 1;
        self.count += 1;
    }

    /// Writes a number in groups of seven bits, lowest first; the eighth bit is set if more follow.
    fn push_number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// The listed sections, in order.
    pub(super) fn postings(&self) -> impl Iterator<Item = Posting> {
        let mut bytes = self.bytes.iter();
        let mut section = 0_u32;
        std::iter::from_fn(move || {
            let mut shift = 0;
            loop {
                let byte = *bytes.next()?;
                section = section.wrapping_add(u32::from(byte & 0x7f) << shift);
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            Some(Posting { section, weight: *bytes.next()? })
        })
    }

    /// Removes sections beyond the maximum.
    fn prune(&mut self) {
        if self.section_count as usize <= MAX_SECTIONS {
            return;
        }
        let mut of_weight = [0_usize; 256];
        self.postings().for_each(|posting| of_weight[usize::from(posting.weight)] += 1);
        let mut free_sections = MAX_SECTIONS;
        let mut min_weight = 255;
        while min_weight > 0 && of_weight[min_weight] <= free_sections {
            free_sections -= of_weight[min_weight];
            min_weight -= 1;
        }
        let mut fits = |posting: &Posting| match usize::from(posting.weight).cmp(&min_weight) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => {
                let fits = free_sections > 0;
                free_sections = free_sections.saturating_sub(1);
                fits
            }
        };
        let mut heaviest = PostingList::default();
        self.postings().filter(|posting| fits(posting)).for_each(|posting| heaviest.push(posting));
        *self = PostingList { count: self.count, ..heaviest };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: u32, weight: impl Fn(u32) -> u8) -> PostingList {
        let mut list = PostingList::default();
        let posting = |section: u32| Posting { section: section * 300, weight: weight(section) };
        (0..count).for_each(|section| list.extend(0, &[posting(section)]));
        list
    }

    #[test]
    fn a_list_reads_as_it_was_written() {
        let list = list(100, |section| section as u8 % 26 + 1);
        let read: Vec<Posting> = list.postings().collect();
        assert_eq!((read.len(), list.count), (100, 100));
        assert_eq!(read[99], Posting { section: 29_700, weight: 22 });
    }

    #[test]
    fn of_too_many_sections_the_heaviest_stay_in_order() {
        // More than twice the length at which a list is pruned, so that some sections are removed early and others
        // late.
        let mut list = list(30_000, |section| if section % 20 == 0 { 9 } else { 3 });
        list.prune();
        let read: Vec<Posting> = list.postings().collect();
        assert_eq!((read.len(), list.count), (MAX_SECTIONS, 30_000));
        assert_eq!(read.iter().filter(|posting| posting.weight == 9).count(), 1_500);
        assert!(read.is_sorted_by_key(|posting| posting.section));
        assert_eq!(read[3], Posting { section: 900, weight: 3 });
        // Of the lighter sections, the first 2,500 remain: 19 of every 20.
        let last_light = read.iter().rfind(|posting| posting.weight == 3);
        assert_eq!(last_light.map(|posting| posting.section), Some((2_500 / 19 * 20 + 2_500 % 19) * 300));
    }

    #[test]
    fn terms_are_ordered_as_scripts_order_them() {
        // The first is a single code unit, the second two code units with a lower first one.
        assert_eq!(compare("\u{ff5e}", "\u{20000}"), Ordering::Greater);
        assert_eq!(compare("a", "\u{e4}"), Ordering::Less);
    }
}
