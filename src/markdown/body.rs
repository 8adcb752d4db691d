//! The result of parsing a document's text.

mod anchors;
mod excerpt;
mod gap;
mod link;
mod phrase;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::include::Inclusions;
use crate::compressed_text::CompressedText;
use crate::diagram::{self, DiagramError, Drawing};
use crate::finding::Problem;
use crate::place::{SourceText, Span};
use crate::source::front_matter::Claim;

pub(crate) use anchors::AnchorList;
pub(super) use excerpt::Excerpt;
pub use gap::Fill;
pub(super) use gap::{Gap, Gaps};
pub use link::LinkForm;
pub(crate) use link::{ClauseOwner, Link, Mention, Size};
pub use phrase::Phrase;

/// A parsed body. Every span is a byte range in the whole file, including the front matter.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The text as HTML, with gaps for links.
    pub html: Fragment,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Headings in raw HTML, in order. They end sections but cannot claim clauses.
    pub(crate) raw_headings: Vec<RawHeading>,
    /// Links and images in order, whatever their syntax.
    pub links: Vec<Link>,
    /// Clauses mentioned in running text, for example `clause 8.6.1`, in order.
    pub mentions: Vec<Mention>,
    /// All anchors that a link can refer to.
    pub(crate) anchors: AnchorList,
    /// Number of words in the running text.
    pub words: u32,
    /// Number of Chinese and Japanese characters in the running text, which has no spaces between such words.
    pub(crate) cjk_chars: u32,
    /// First sentence of the first paragraph, at most about 200 characters; empty if there is no paragraph.
    pub summary: Excerpt,
    /// Code blocks in order, including diagrams.
    pub code: Vec<CodeBlock>,
    /// Terms of definition lists in order, for the glossary.
    pub terms: Vec<Term>,
    /// Footnote definitions, in order.
    pub(crate) footnotes: Vec<Footnote>,
    /// Places of non-empty comments, in order.
    pub(crate) comments: Vec<Span>,
    /// BLAKE3 hash of the normalized content: words, numbers, code, links and claims on headings, regardless of line
    /// breaks.
    pub digest: [u8; 32],
    /// BLAKE3 hash of the same content without link targets, which only the whole handbook can resolve.
    pub(crate) rendered_digest: [u8; 32],
    /// Like `rendered`, with words and lines separated as displayed, and without claims on headings; `None` if equal to
    /// it.
    pub(crate) resolved_digest: Option<Box<[u8; 32]>>,
    /// The links whose targets `rendered` leaves out, as indexes into `links`, in text order.
    pub(crate) targets: Vec<u32>,
    /// The files that the body inserts.
    pub(crate) included: Inclusions,
    /// The problems found while parsing.
    pub problems: Vec<Problem>,
}

/// A heading in raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHeading {
    /// Level, 1 to 6.
    pub(crate) level: u8,
    /// Start of the heading's words in the running text.
    pub(crate) text_start: u32,
    /// Place of the opening tag.
    pub(crate) span: Span,
    /// Whether the heading is in a quote, a list, a table or a footnote, where it does not start a section.
    pub(crate) is_nested: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// The anchor, either given by `{#id}` or derived from the text as on GitHub.
    pub id: String,
    /// The text without markup.
    pub text: Excerpt,
    /// Place of the heading, including its markup.
    pub span: Span,
    /// Claims made by `{clauses="8.6.1 8.6.2"}`; an entry may end in `/partial`.
    pub claims: Vec<Claim>,
    /// Start of the section in [`Words::text`](super::Words::text), after the line of the heading.
    pub text_start: u32,
    /// Whether the heading is in a quote, a list, a table or a footnote, where it does not start a section.
    pub(crate) is_nested: bool,
    /// Whether anything but headings appears before the next heading of the same or a higher level.
    pub has_content: bool,
}

/// HTML with gaps, which are filled once it is known where links lead.
#[derive(Clone, Debug, Default)]
pub struct Fragment {
    /// The HTML around the gaps.
    pub(super) html: Html,
    /// The gaps, in ascending order of position.
    pub(super) gaps: Gaps,
    /// End of the heading at the start of the HTML; 0 if the HTML does not start with a heading.
    pub(crate) heading_end: u32,
}

/// The HTML of a fragment.
#[derive(Clone, Debug)]
pub(super) enum Html {
    /// Uncompressed.
    Plain(String),
    /// Compressed against the source text that it was made from.
    Compact(CompressedText, Arc<SourceText>),
}

impl Default for Html {
    fn default() -> Html {
        Html::Plain(String::new())
    }
}

/// The language of a block that shows the entries of a register.
pub(super) const REGISTER: &str = "register";

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// First word after the fence; empty if there is none.
    pub(crate) language: String,
    /// The rest of the line after that word.
    pub(crate) arguments: String,
    /// The code; every line ends with a line feed.
    pub source: Excerpt,
    /// Place of the whole block, including its fences.
    pub span: Span,
    /// Whether the block is part of what the text asserts.
    pub(crate) is_asserted: bool,
    drawing: OnceLock<Arc<Result<Drawing, DiagramError>>>,
}

impl CodeBlock {
    /// Creates a code block.
    pub(super) fn new(language: String, arguments: String, source: &str, span: Span, is_asserted: bool) -> CodeBlock {
        CodeBlock { language, arguments, source: source.into(), span, is_asserted, drawing: OnceLock::new() }
    }

    /// The diagram that the block describes, drawn on first use.
    pub(crate) fn drawing(&self) -> &Result<Drawing, DiagramError> {
        self.drawing.get_or_init(|| Arc::new(diagram::draw(&self.source)))
    }

    /// Whether the block shows entries of a register.
    pub(crate) fn is_register(&self) -> bool {
        self.language == REGISTER
    }

    /// Whether the block describes a diagram.
    pub fn is_diagram(&self) -> bool {
        self.language.eq_ignore_ascii_case("mermaid")
    }
}

/// A term of a definition list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term without markup.
    pub term: String,
    /// The first definition without markup, on one line.
    pub definition: String,
    /// The anchor of the term.
    pub id: String,
    /// Place of the term.
    pub span: Span,
    /// Range of the term and its first definition in [`Words::text`](super::Words::text).
    pub(crate) text: Span,
}

/// The definition of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Footnote {
    /// The label in lower case.
    pub(crate) label: String,
    /// Place of the definition.
    pub(crate) span: Span,
    /// Whether the footnote is referenced by the text, directly or through another referenced footnote.
    pub(crate) is_referenced: bool,
    /// Whether the footnote has no content.
    pub(crate) is_empty: bool,
}

/// A range of [`Words::text`](super::Words::text) and the source that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPiece {
    /// Byte range in [`Words::text`](super::Words::text).
    pub text: Span,
    /// Byte range in the file.
    pub source: Span,
    /// The kind of text.
    pub(crate) kind: TextKind,
    /// Whether text and source are identical byte for byte, so that positions inside can be mapped.
    pub(crate) verbatim: bool,
    /// Whether the piece is part of what the text asserts; false in headings, table headers and footnotes, and for
    /// struck-out text.
    pub(crate) is_asserted: bool,
}

/// The kind of a piece of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Ordinary words.
    Prose,
    /// Inline code.
    Code,
}

impl TextPiece {
    /// A piece of raw HTML; it is verbatim unless line prefixes were removed from it.
    pub(super) fn raw(text: Range<usize>, source: Span) -> TextPiece {
        let text = Span::from(text);
        let verbatim = text.end - text.start == source.end - source.start;
        TextPiece { text, source, kind: TextKind::Prose, verbatim, is_asserted: true }
    }
}

impl Body {
    /// The digest of the text as displayed, without link targets and claims on headings.
    pub(crate) fn shown_digest(&self) -> &[u8; 32] {
        self.resolved_digest.as_deref().unwrap_or(&self.rendered_digest)
    }

    /// Frees excess capacity, because one body per document is kept.
    pub(super) fn shrink_to_fit(&mut self) {
        if let Html::Plain(html) = &mut self.html.html {
            fit_text(html);
        }
        fit(&mut self.headings);
        self.headings.iter_mut().for_each(|heading| fit(&mut heading.claims));
        fit(&mut self.links);
        fit(&mut self.mentions);
        fit(&mut self.code);
        fit(&mut self.terms);
        fit(&mut self.footnotes);
        fit(&mut self.comments);
    }

    /// Replaces strings by references into the source wherever the source contains them unchanged.
    pub(crate) fn share(&mut self, source: &Arc<SourceText>) {
        let full_span = Span::from(0..source.as_str().len());
        self.summary.find_in(source, full_span);
        self.headings.iter_mut().for_each(|heading| heading.text.find_in(source, heading.span));
        self.links.iter_mut().for_each(|link| link.target.find_in(source, link.target_span));
        self.code.iter_mut().for_each(|block| block.source.find_in(source, block.span));
    }

    /// Whether the body contains diagrams.
    pub(crate) fn has_diagrams(&self) -> bool {
        self.code.iter().any(CodeBlock::is_diagram)
    }
}

/// Reallocates a list to its exact size, because an allocator may not shrink one in place that uses half of its
/// capacity.
pub(super) fn fit<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut fitting = Vec::with_capacity(list.len());
        fitting.append(list);
        *list = fitting;
    }
}

/// Reallocates a string to its exact size.
pub(super) fn fit_text(text: &mut String) {
    if text.len() < text.capacity() {
        *text = text.as_str().to_owned();
    }
}

impl Fragment {
    /// The HTML around the gaps.
    pub fn html(&self) -> Cow<'_, str> {
        match &self.html {
            Html::Plain(html) => Cow::Borrowed(html),
            // The HTML was compressed against this very source, which is immutable.
            Html::Compact(html, source) => {
                Cow::Owned(html.decompress(source.as_str()).expect("the text that was made small"))
            }
        }
    }

    /// Compresses the HTML; `source` is the text that it was made from.
    pub(crate) fn compact(&mut self, source: &Arc<SourceText>) {
        if let Html::Plain(html) = &self.html
            && !html.is_empty()
        {
            self.html = Html::Compact(CompressedText::new(html, source.as_str()), source.clone());
        }
    }

    /// Length of the HTML in bytes.
    pub(crate) fn len(&self) -> usize {
        match &self.html {
            Html::Plain(html) => html.len(),
            Html::Compact(html, _) => html.len(),
        }
    }

    /// Number of gaps.
    pub(crate) fn gap_count(&self) -> usize {
        self.gaps.len()
    }

    /// Byte positions of the gaps in the HTML.
    pub fn gap_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.gaps.iter().map(|gap| gap.at as usize)
    }

    /// Writes the HTML to `out` and calls `fill` to write the content of each gap.
    pub fn render(&self, out: &mut String, fill: impl FnMut(&mut String, Fill)) {
        self.render_from(&self.html(), 0, out, fill);
    }

    /// The numbers of the images that are alone in their paragraphs.
    pub(crate) fn lone_images(&self, html: &str) -> Vec<u32> {
        let is_alone = |at: usize| html[..at].ends_with("<p>") && html[at..].starts_with("</p>");
        let image = |gap: Gap| match gap.fill {
            Fill::Image(number) if is_alone(gap.at as usize) => Some(number),
            _ => None,
        };
        self.gaps.iter().filter_map(image).collect()
    }

    /// Like [`render`](Self::render), but starts at a byte of the HTML that must not be inside a partly omitted
    /// element.
    pub(crate) fn render_from(
        &self,
        html: &str,
        start: usize,
        out: &mut String,
        mut fill: impl FnMut(&mut String, Fill),
    ) {
        let mut copied = start;
        for gap in self.gaps.iter().filter(|gap| gap.at as usize >= start) {
            out.push_str(&html[copied..gap.at as usize]);
            fill(out, gap.fill);
            copied = gap.at as usize;
        }
        out.push_str(&html[copied..]);
    }
}
