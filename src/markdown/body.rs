//! What is known of a document's text after its one parse.

use crate::finding::Fault;
use crate::place::Span;
use crate::source::front_matter::Claim;

/// A parsed body. Every span is a byte range in the whole file's text, front matter included.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The text as HTML with gaps where links go.
    pub html: Fragment,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and images in order, by every way of writing them.
    pub links: Vec<Link>,
    /// Clauses mentioned in running text as `clause 8.6.1`, in order.
    pub mentions: Vec<Mention>,
    /// Every anchor that a link may name: heading ids and ids of footnotes.
    pub anchors: Vec<String>,
    /// Running text without markup; one line a block. Code blocks are left out.
    pub text: String,
    /// Number of words in `text`.
    pub words: u32,
    /// BLAKE3 over the normalised content: words, numbers, code, links and claims on headings; not wrapping.
    pub digest: [u8; 32],
    /// What was wrong in it.
    pub faults: Vec<Fault>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// The anchor: given by `{#id}` or made from the text as GitHub does.
    pub id: String,
    /// The text without markup.
    pub text: String,
    /// Place of the heading, its markup included.
    pub span: Span,
    /// Claims made by `{clauses="8.6.1 8.6.2"}`; an entry may end in `/partial`.
    pub claims: Vec<Claim>,
    /// Where its section begins in [`Body::text`], after the heading's own line.
    pub text_start: u32,
    /// Whether anything but headings follows before the next heading of the same or a higher level.
    pub has_content: bool,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it was written.
    pub form: LinkForm,
    /// The destination as written, decoded of Markdown's escapes but not of per cent signs.
    /// For `[[POL-CHG-001#scope]]` it is `POL-CHG-001#scope`.
    pub target: String,
    /// The text between the brackets, or an image's alternative text.
    pub text: String,
    /// Place of the whole link.
    pub span: Span,
    /// Place of the destination within it, or of the whole link where that is not known.
    pub target_span: Span,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`, by reference, or `<https://…>`.
    Inline,
    /// `![alt](target)`.
    Image,
    /// `[[ID]]` or `[[ID|text]]`.
    Wiki,
    /// `<a href="…">` in raw HTML; removed from the page, checked all the same.
    RawLink,
    /// `<img src="…">` in raw HTML; removed from the page, checked all the same.
    RawImage,
}

/// A clause mentioned in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The clause as written.
    pub clause: crate::standard::ClauseRef,
    /// Place of the number.
    pub span: Span,
}

/// HTML with gaps that are filled when it is known where links lead.
#[derive(Clone, Debug, Default)]
pub struct Fragment {
    /// The HTML around the gaps.
    pub html: String,
    /// The gaps, by ascending place.
    pub gaps: Vec<Gap>,
}

/// A gap in a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Byte offset in the fragment's HTML.
    pub at: u32,
    /// What goes there.
    pub fill: Fill,
}

/// What fills a gap; numbers are indexes into [`Body::links`] and [`Body::mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The opening tag of a link.
    LinkOpen(u32),
    /// The text of a `[[ID]]` link that has none of its own.
    LinkText(u32),
    /// The closing tag of a link.
    LinkClose(u32),
    /// A whole image.
    Image(u32),
    /// The opening tag around a clause number.
    MentionOpen(u32),
    /// The closing tag around a clause number.
    MentionClose(u32),
}

impl Fragment {
    /// Writes the HTML to `out`, asking `fill` to write what goes into each gap.
    pub fn render(&self, out: &mut String, mut fill: impl FnMut(&mut String, Fill)) {
        let mut done = 0;
        for gap in &self.gaps {
            out.push_str(&self.html[done..gap.at as usize]);
            fill(out, gap.fill);
            done = gap.at as usize;
        }
        out.push_str(&self.html[done..]);
    }
}
