//! The words of a page, by the part of the page that contains them.

use std::borrow::Cow;

use super::fold;
use super::terms::PageIdentity;
use super::text::Section;

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

/// Folded text of a section.
#[derive(Debug)]
pub(super) struct FoldedText<'s> {
    /// The part that contains the text.
    pub(crate) part: TextPart,
    /// The text in the form in which terms are compared.
    pub(crate) folded: Cow<'s, str>,
}

/// The size of a typical entry of a register, which is enough for most sections.
const TYPICAL_BYTES: usize = 512;

/// All words of a page.
#[derive(Debug)]
pub(super) struct PageWords<'s> {
    /// The text of each section, in the order in which it is counted.
    pub(crate) sections: Vec<Vec<FoldedText<'s>>>,
    /// The input of the page's hash, collected because hashing it at once is faster than in many small pieces.
    pub(crate) hash_input: Vec<u8>,
    /// Whether the ends of its compounds are terms, too.
    has_compounds: bool,
}

impl<'s> PageWords<'s> {
    /// Reads a page. With `has_compounds`, its language writes compounds as one word.
    pub(super) fn new(
        identity: &'s PageIdentity,
        sections: impl Iterator<Item = Section<'s>>,
        has_compounds: bool,
    ) -> PageWords<'s> {
        let hash_input = Vec::with_capacity(TYPICAL_BYTES);
        let mut words = PageWords { sections: Vec::new(), hash_input, has_compounds };
        let mut associated = identity.associated_words.iter().peekable();
        for (number, section) in (0..).zip(sections) {
            words.sections.push(Vec::new());
            if number == 0 {
                words.add(TextPart::Title, &identity.title);
                words.fold(TextPart::Id, &identity.id);
            }
            words.add(if section.is_term { TextPart::Term } else { TextPart::Heading }, section.heading);
            while let Some((_, named)) = associated.next_if(|(of, _)| *of <= number) {
                words.add(TextPart::Associated, named);
            }
            words.add(TextPart::Text, section.text);
            section.alternatives().for_each(|text| words.add(TextPart::Text, text));
            // Readers see the table that a register block inserts, and its entries can be found.
            let code = section.code.iter().filter(|code| !code.is_register());
            code.for_each(|code| words.add(TextPart::Code, &code.source));
            if number == 0 {
                words.add(TextPart::Surrounding, &identity.surrounding_text);
            }
            words.hash(section.anchor);
        }
        words.hash(&identity.id);
        words
    }

    fn add(&mut self, part: TextPart, text: &'s str) {
        self.hash(text);
        self.fold(part, text);
    }

    fn fold(&mut self, part: TextPart, text: &'s str) {
        if text.is_empty() {
            return;
        }
        let folded = fold::fold(text);
        let spellings = fold::spellings(&folded);
        let has_ends = self.has_compounds && matches!(part, TextPart::Title | TextPart::Heading | TextPart::Term);
        let ends = if has_ends { fold::word_ends(&folded) } else { String::new() };
        let Some(section) = self.sections.last_mut() else { return };
        section.push(FoldedText { part, folded });
        if !spellings.is_empty() {
            section.push(FoldedText { part: part.for_spellings(), folded: Cow::Owned(spellings) });
        }
        if !ends.is_empty() {
            section.push(FoldedText { part: TextPart::WordEnds, folded: Cow::Owned(ends) });
        }
    }

    fn hash(&mut self, text: &str) {
        self.hash_input.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.hash_input.extend_from_slice(text.as_bytes());
    }

    /// The estimated number of terms, from the number of bytes. The table grows if there are more.
    pub(super) fn estimated_terms(&self) -> usize {
        (self.hash_input.len() / 16).min(4096)
    }
}
