//! Gaps in HTML, and their compact storage.

use super::super::packed::{PackedReader, PackedWriter};
use super::phrase::Phrase;

/// A gap in a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) struct Gap {
    /// Byte offset in the fragment's HTML.
    pub(in crate::markdown) at: u32,
    /// The content of the gap.
    pub(in crate::markdown) fill: Fill,
}

/// The content of a gap; numbers are indexes into the body's lists of links, mentions, code blocks and headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The opening tag of a link.
    LinkOpen(u32),
    /// The text of a `[[ID]]` link without a label.
    LinkText(u32),
    /// The closing tag of a link.
    LinkClose(u32),
    /// A whole image.
    Image(u32),
    /// The opening tag around a clause number.
    MentionOpen(u32),
    /// The closing tag around a clause number.
    MentionClose(u32),
    /// A whole code block, written by `CodeBlock::write_html`.
    Code(u32),
    /// A phrase in the language of the interface, escaped for an attribute value.
    Phrase(Phrase),
    /// The prefix of an anchor, in an `id` or in a link to it, on a page that shows several documents.
    AnchorPrefix,
    /// Links to the clauses that a heading claims; the number is the heading's index.
    Claims(u32),
    /// The prefix of the name of a table or of the footnotes, escaped for an attribute value.
    NamePrefix,
}

impl Fill {
    /// A code for the variant, and the number or phrase in it.
    fn parts(self) -> (u8, u32) {
        match self {
            Fill::LinkOpen(number) => (0, number),
            Fill::LinkText(number) => (1, number),
            Fill::LinkClose(number) => (2, number),
            Fill::Image(number) => (3, number),
            Fill::MentionOpen(number) => (4, number),
            Fill::MentionClose(number) => (5, number),
            Fill::Code(number) => (6, number),
            Fill::Claims(number) => (7, number),
            Fill::Phrase(phrase) => (8, phrase as u32),
            Fill::AnchorPrefix => (9, 0),
            Fill::NamePrefix => (10, 0),
        }
    }

    fn from_parts(kind: u8, number: u32) -> Option<Fill> {
        Some(match kind {
            0 => Fill::LinkOpen(number),
            1 => Fill::LinkText(number),
            2 => Fill::LinkClose(number),
            3 => Fill::Image(number),
            4 => Fill::MentionOpen(number),
            5 => Fill::MentionClose(number),
            6 => Fill::Code(number),
            7 => Fill::Claims(number),
            8 => Fill::Phrase(*Phrase::ALL.get(number as usize)?),
            9 => Fill::AnchorPrefix,
            10 => Fill::NamePrefix,
            _ => return None,
        })
    }
}

/// Gaps in ascending order of position, stored in a few bytes each: the distance from the previous gap, and the
/// content. A text has dozens of gaps.
#[derive(Clone, Debug, Default)]
pub(in crate::markdown) struct Gaps {
    bytes: Box<[u8]>,
    count: u32,
}

impl Gaps {
    /// Encodes gaps, which must be in ascending order of position.
    pub(in crate::markdown) fn new(gaps: &[Gap]) -> Gaps {
        debug_assert!(gaps.is_sorted_by_key(|gap| gap.at), "places ascend");
        let mut out = PackedWriter::with_capacity(4 * gaps.len());
        let mut last = 0;
        for gap in gaps {
            let (kind, number) = gap.fill.parts();
            out.write_number(u64::from(gap.at.saturating_sub(last)));
            out.write_byte(kind);
            out.write_number(u64::from(number));
            last = gap.at;
        }
        Gaps { bytes: out.finish(), count: u32::try_from(gaps.len()).unwrap_or(u32::MAX) }
    }

    /// The number of gaps.
    pub(in crate::markdown) fn len(&self) -> usize {
        self.count as usize
    }

    /// Iterates over the gaps in order.
    pub(in crate::markdown) fn iter(&self) -> impl Iterator<Item = Gap> + '_ {
        let (mut packed, mut at) = (PackedReader::new(&self.bytes), 0_u32);
        std::iter::from_fn(move || {
            at = at.saturating_add(packed.try_read_length()?);
            let fill = Fill::from_parts(packed.read_byte()?, packed.read_length())?;
            Some(Gap { at, fill })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_come_back_as_they_were() {
        let numbered = [
            Fill::LinkOpen,
            Fill::LinkText,
            Fill::LinkClose,
            Fill::Image,
            Fill::MentionOpen,
            Fill::MentionClose,
            Fill::Code,
            Fill::Claims,
        ];
        let fills = numbered.into_iter().flat_map(|fill| [0, 127, 128, 40_000, u32::MAX].map(fill));
        let fills = fills.chain(Phrase::ALL.map(Fill::Phrase)).chain([Fill::AnchorPrefix, Fill::NamePrefix]);
        let gaps: Vec<Gap> =
            fills.zip((0..).map(|number: u32| number * number * 37)).map(|(fill, at)| Gap { at, fill }).collect();
        let packed = Gaps::new(&gaps);
        assert_eq!((packed.iter().collect::<Vec<_>>(), packed.len()), (gaps.clone(), gaps.len()));
        assert_eq!(Gaps::default().iter().count(), 0);
    }
}
