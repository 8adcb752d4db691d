//! The words of a page, by the part of the page that contains them.

use std::borrow::Cow;

use super::fold;
use super::terms::PageIdentity;
use super::text::Section;

/// The parts of a page that contain words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The page's title.
    Title,
    /// The page's ID or number.
    Id,
    /// The section's heading.
    Heading,
    /// The term that the section defines.
    Term,
    /// Words that apply to the section without being in its text.
    Named,
    /// Running text.
    Text,
    /// Code.
    Code,
    /// Text on the page outside the content.
    Beside,
}

impl Part {
    /// The part to which alternative spellings of its words belong.
    fn of_spellings(self) -> Part {
        match self {
            Part::Title | Part::Id => Part::Heading,
            other => other,
        }
    }
}

/// Folded text of a section.
#[derive(Debug)]
pub(super) struct Piece<'s> {
    /// The part that contains the text.
    pub(crate) part: Part,
    /// The text in the form in which terms are compared.
    pub(crate) folded: Cow<'s, str>,
}

/// The size of a typical entry of a register, which is enough for most sections.
const USUAL_BYTES: usize = 512;

/// All words of a page.
#[derive(Debug)]
pub(super) struct Words<'s> {
    /// The text of each section, in the order in which it is counted.
    pub(crate) sections: Vec<Vec<Piece<'s>>>,
    /// The input of the page's hash, collected because hashing it at once is faster than in many small pieces.
    pub(crate) hashed: Vec<u8>,
}

impl<'s> Words<'s> {
    /// Reads a page.
    pub(super) fn of(face: &'s PageIdentity, sections: impl Iterator<Item = Section<'s>>) -> Words<'s> {
        let mut words = Words { sections: Vec::new(), hashed: Vec::with_capacity(USUAL_BYTES) };
        let mut named = face.named.iter().peekable();
        for (number, section) in (0..).zip(sections) {
            words.sections.push(Vec::new());
            if number == 0 {
                words.add(Part::Title, &face.title);
                words.fold(Part::Id, &face.id);
            }
            words.add(if section.is_term { Part::Term } else { Part::Heading }, section.heading);
            while let Some((_, named)) = named.next_if(|(of, _)| *of <= number) {
                words.add(Part::Named, named);
            }
            words.add(Part::Text, section.text);
            section.alternatives().for_each(|text| words.add(Part::Text, text));
            // Readers see the table that a register block inserts, and its entries can be found.
            let code = section.code.iter().filter(|code| !code.is_register());
            code.for_each(|code| words.add(Part::Code, &code.source));
            if number == 0 {
                words.add(Part::Beside, &face.beside);
            }
            words.hash(section.anchor);
        }
        words.hash(&face.id);
        words
    }

    fn add(&mut self, part: Part, text: &'s str) {
        self.hash(text);
        self.fold(part, text);
    }

    fn fold(&mut self, part: Part, text: &'s str) {
        if text.is_empty() {
            return;
        }
        let folded = fold::fold(text);
        let spellings = fold::spellings(&folded);
        let Some(section) = self.sections.last_mut() else { return };
        section.push(Piece { part, folded });
        if !spellings.is_empty() {
            section.push(Piece { part: part.of_spellings(), folded: Cow::Owned(spellings) });
        }
    }

    fn hash(&mut self, text: &str) {
        self.hashed.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.hashed.extend_from_slice(text.as_bytes());
    }

    /// The estimated number of terms, from the number of bytes. The table grows if there are more.
    pub(super) fn most_terms(&self) -> usize {
        (self.hashed.len() / 16).min(4096)
    }
}
