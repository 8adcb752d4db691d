//! The words of one page by what they are part of.

use std::borrow::Cow;

use super::fold;
use super::terms::PageIdentity;
use super::text::Section;

/// What words are part of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The page's title.
    Title,
    /// Its id or number.
    Id,
    /// The section's heading.
    Heading,
    /// The term that the section explains.
    Term,
    /// What is known of the section beside its text.
    Named,
    /// Running text.
    Text,
    /// Code.
    Code,
    /// What the page shows beside its text.
    Beside,
}

impl Part {
    /// What further ways to write its words are part of.
    fn of_spellings(self) -> Part {
        match self {
            Part::Title | Part::Id => Part::Heading,
            other => other,
        }
    }
}

/// Words of a section in the form in which terms are compared.
#[derive(Debug)]
pub(super) struct Piece<'s> {
    /// What they are part of.
    pub(crate) part: Part,
    /// The words.
    pub(crate) folded: Cow<'s, str>,
}

/// As many bytes as an entry of a register has, and most sections.
const USUAL_BYTES: usize = 512;

/// All words of a page.
#[derive(Debug)]
pub(super) struct Words<'s> {
    /// The words of each section, in the order in which they are counted.
    pub(crate) sections: Vec<Vec<Piece<'s>>>,
    /// What its hash is taken from. It is taken in one go, which is faster than many small ones.
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
            // Readers see the table that such a block stands for, and find its entries.
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

    /// A page of so many bytes has about so many terms; with more the table grows.
    pub(super) fn most_terms(&self) -> usize {
        (self.hashed.len() / 16).min(4096)
    }
}
