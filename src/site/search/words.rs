//! The words of a page, by the part of the page that contains them.

use std::borrow::Cow;

use super::fold;
use super::text::Section;

/// The properties of a page besides its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageIdentity<'p> {
    /// The ID or number; a query for it means this page.
    pub(crate) id: Cow<'p, str>,
    /// Further IDs that mean this page: those of the decisions of a review.
    pub(crate) other_ids: Vec<&'p str>,
    /// The title.
    pub(crate) title: Cow<'p, str>,
    /// Words that apply to a section without being in its text, such as the clause that it claims; sorted by section.
    pub(crate) associated_words: Vec<(u32, Cow<'p, str>)>,
    /// The text on its page outside the content.
    pub(crate) surrounding_text: String,
}

/// A hash of all text of a page that results show or terms are derived from.
pub(super) type ContentHash = [u8; 32];

/// The parts of a page that contain words.
#[derive(Clone, Copy, Debug)]
pub(super) enum TextPart {
    /// The page's title.
    Title,
    /// The page's ID or number.
    Id,
    /// The section's heading.
    Heading,
    /// The term that the section defines.
    Term,
    /// Words that apply to the section without being in its text.
    Associated,
    /// Running text.
    Text,
    /// Code.
    Code,
    /// Text on the page outside the content.
    Surrounding,
    /// Ends of compound words in titles and headings.
    WordEnds,
}

impl TextPart {
    /// The part to which alternative spellings of its words belong.
    fn for_spellings(self) -> TextPart {
        match self {
            TextPart::Title | TextPart::Id => TextPart::Heading,
            other => other,
        }
    }
}

/// All words of consecutive pages.
#[derive(Debug, Default)]
pub(super) struct PageWords {
    /// The text of all sections in the form in which terms are compared.
    folded: String,
    /// The part of each piece of this text with its end, in the order in which it is counted.
    pieces: Vec<(TextPart, usize)>,
    /// The end of each section in `pieces`.
    section_ends: Vec<usize>,
    /// A hash of each page.
    pub(crate) hashes: Vec<ContentHash>,
    /// The input of a page's hash, collected because hashing it at once is faster than in many small pieces.
    hash_input: Vec<u8>,
    /// The estimated number of terms.
    estimated_terms: usize,
    /// Whether the ends of compounds are terms, too.
    has_compounds: bool,
}

impl PageWords {
    /// No words yet. With `has_compounds`, their language writes compounds as one word.
    pub(super) fn new(has_compounds: bool) -> PageWords {
        PageWords { has_compounds, ..PageWords::default() }
    }

    /// Reads a page.
    pub(super) fn add_page<'s>(&mut self, identity: &PageIdentity<'_>, sections: impl Iterator<Item = Section<'s>>) {
        self.hash_input.clear();
        let mut associated = identity.associated_words.iter().peekable();
        for (number, section) in (0..).zip(sections) {
            if number == 0 {
                self.add(TextPart::Title, &identity.title);
                self.fold(TextPart::Id, &identity.id);
                identity.other_ids.iter().for_each(|id| self.fold(TextPart::Id, id));
            }
            self.add(if section.is_term { TextPart::Term } else { TextPart::Heading }, section.heading);
            while let Some((_, named)) = associated.next_if(|(of, _)| *of <= number) {
                self.add(TextPart::Associated, named);
            }
            self.add(TextPart::Text, section.text);
            section.alternatives().for_each(|text| self.add(TextPart::Text, text));
            // Readers see the table that a register block inserts, and its entries can be found.
            let code = section.code.iter().filter(|code| !code.is_register());
            code.for_each(|code| self.add(TextPart::Code, &code.source));
            if number == 0 {
                self.add(TextPart::Surrounding, &identity.surrounding_text);
            }
            self.hash(section.anchor);
            self.section_ends.push(self.pieces.len());
        }
        self.hash(&identity.id);
        identity.other_ids.iter().for_each(|id| self.hash(id));
        self.hashes.push(*blake3::hash(&self.hash_input).as_bytes());
        // The table grows if there are more.
        self.estimated_terms += (self.hash_input.len() / 16).min(4096);
    }

    fn add(&mut self, part: TextPart, text: &str) {
        self.hash(text);
        self.fold(part, text);
    }

    fn fold(&mut self, part: TextPart, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.folded.len();
        fold::push_folded(&mut self.folded, text);
        self.pieces.push((part, self.folded.len()));
        let folded = &self.folded[start..];
        let spellings = fold::spellings(folded);
        let has_ends = self.has_compounds && matches!(part, TextPart::Title | TextPart::Heading | TextPart::Term);
        let ends = if has_ends { fold::word_ends(folded) } else { String::new() };
        for (part, text) in [(part.for_spellings(), spellings), (TextPart::WordEnds, ends)] {
            if !text.is_empty() {
                self.folded.push_str(&text);
                self.pieces.push((part, self.folded.len()));
            }
        }
    }

    fn hash(&mut self, text: &str) {
        self.hash_input.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.hash_input.extend_from_slice(text.as_bytes());
    }

    /// The text of each section, by part.
    pub(super) fn sections(&self) -> impl Iterator<Item = impl Iterator<Item = (TextPart, &str)>> {
        let starts = std::iter::once(0).chain(self.section_ends.iter().copied());
        starts.zip(&self.section_ends).map(move |(start, end)| {
            let mut text_start = start.checked_sub(1).map_or(0, |before| self.pieces[before].1);
            self.pieces[start..*end].iter().map(move |(part, text_end)| {
                let text = &self.folded[std::mem::replace(&mut text_start, *text_end)..*text_end];
                (*part, text)
            })
        })
    }

    /// The estimated number of terms, which real texts share between pages.
    pub(super) fn estimated_terms(&self) -> usize {
        self.estimated_terms.min(4096)
    }
}
