//! What is known of a document's text after its one parse.

mod anchors;
mod excerpt;
mod gap;
mod link;
mod phrase;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::include::Inclusions;
use crate::compact::Compact;
use crate::diagram::{self, DiagramError, Drawing};
use crate::finding::Problem;
use crate::place::{SourceText, Span};
use crate::source::front_matter::Claim;

pub(crate) use anchors::AnchorList;
pub(super) use excerpt::Excerpt;
pub use gap::Fill;
pub(super) use gap::{Gap, Gaps};
pub use link::LinkForm;
pub(crate) use link::{Belonging, Link, Mention, Size};
pub use phrase::Phrase;

/// A parsed body. Every span is a byte range in the whole file's text, front matter included.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The text as HTML with gaps where links go.
    pub html: Fragment,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Headings in raw HTML, in order: they end sections, and claim nothing.
    pub(crate) raw_headings: Vec<RawHeading>,
    /// Links and images in order, by every way of writing them.
    pub links: Vec<Link>,
    /// Clauses mentioned in running text as `clause 8.6.1`, in order.
    pub mentions: Vec<Mention>,
    /// Every anchor that a link may name.
    pub(crate) anchors: AnchorList,
    /// Number of words in its running text.
    pub words: u32,
    /// Number of characters of Chinese and Japanese in its running text, which sets no spaces between words.
    pub(crate) dense: u32,
    /// First sentence of the first paragraph, at most about 200 characters; empty when there is no paragraph.
    pub summary: Excerpt,
    /// Code blocks in order, diagrams included.
    pub code: Vec<CodeBlock>,
    /// Terms of definition lists in order, as a glossary has them.
    pub terms: Vec<Term>,
    /// Definitions of footnotes in order.
    pub(crate) footnotes: Vec<Footnote>,
    /// Places of comments that say something, in order.
    pub(crate) comments: Vec<Span>,
    /// BLAKE3 over the normalised content: words, numbers, code, links and claims on headings; not wrapping.
    pub digest: [u8; 32],
    /// BLAKE3 over the same without the targets of links, which only the whole handbook knows.
    pub(crate) rendered: [u8; 32],
    /// The same with words and lines apart as they are shown, and without claims on headings; nothing where it is the same.
    pub(crate) resolved: Option<Box<[u8; 32]>>,
    /// The links whose targets `rendered` leaves out, in the order of the text; indexes into `links`.
    pub(crate) targets: Vec<u32>,
    /// What it inserts of other files.
    pub(crate) included: Inclusions,
    /// What was wrong in it.
    pub problems: Vec<Problem>,
}

/// A heading in raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHeading {
    /// Level, 1 to 6.
    pub(crate) level: u8,
    /// Where its words begin in the running text.
    pub(crate) text_start: u32,
    /// Place of its tag.
    pub(crate) span: Span,
    /// Whether it stands in a quote, a list, a table or a footnote, where it begins no section.
    pub(crate) is_inside: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// The anchor: given by `{#id}` or made from the text as GitHub does.
    pub id: String,
    /// The text without markup.
    pub text: Excerpt,
    /// Place of the heading, its markup included.
    pub span: Span,
    /// Claims made by `{clauses="8.6.1 8.6.2"}`; an entry may end in `/partial`.
    pub claims: Vec<Claim>,
    /// Where its section begins in [`Words::text`](super::Words::text), after the heading's own line.
    pub text_start: u32,
    /// Whether it stands in a quote, a list, a table or a footnote, where it begins no section.
    pub(crate) is_inside: bool,
    /// Whether anything but headings follows before the next heading of the same or a higher level.
    pub has_content: bool,
}

/// HTML with gaps that are filled when it is known where links lead.
#[derive(Clone, Debug, Default)]
pub struct Fragment {
    /// The HTML around the gaps.
    pub(super) html: Html,
    /// The gaps, by ascending place.
    pub(super) gaps: Gaps,
    /// Where the heading ends that the HTML begins with; 0 when it begins with anything else.
    pub(crate) lead: u32,
}

/// The HTML of a fragment.
#[derive(Clone, Debug)]
pub(super) enum Html {
    /// As it was made.
    Whole(String),
    /// In few bytes, beside the text that it was made of.
    Compact(Compact, Arc<SourceText>),
}

impl Default for Html {
    fn default() -> Html {
        Html::Whole(String::new())
    }
}

/// The language of a block that shows entries of a register.
pub(super) const REGISTER: &str = "register";

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// First word after the fence; empty when there is none.
    pub(crate) language: String,
    /// What stands after that word.
    pub(crate) arguments: String,
    /// The code, every line ending with a line feed.
    pub source: Excerpt,
    /// Place of the whole block, fences included.
    pub span: Span,
    /// Whether it is a part of what the text says, as of links.
    pub(crate) said: bool,
    drawing: OnceLock<Arc<Result<Drawing, DiagramError>>>,
}

impl CodeBlock {
    /// A block of code.
    pub(super) fn new((language, arguments): (String, String), source: &str, (span, said): (Span, bool)) -> CodeBlock {
        CodeBlock { language, arguments, source: source.into(), span, said, drawing: OnceLock::new() }
    }

    /// The picture that it describes, drawn when it is first asked for.
    pub(crate) fn drawing(&self) -> &Result<Drawing, DiagramError> {
        self.drawing.get_or_init(|| Arc::new(diagram::draw(&self.source)))
    }

    /// Whether the block shows entries of a register.
    pub(crate) fn is_register(&self) -> bool {
        self.language == REGISTER
    }

    /// Whether the block describes a picture.
    pub fn is_diagram(&self) -> bool {
        self.language.eq_ignore_ascii_case("mermaid")
    }
}

/// A term of a definition list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term without markup.
    pub term: String,
    /// Its first definition without markup, on one line.
    pub definition: String,
    /// The anchor.
    pub id: String,
    /// Place of the term.
    pub span: Span,
    /// Where the term and its first definition stand in [`Words::text`](super::Words::text).
    pub(crate) text: Span,
}

/// A definition of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Footnote {
    /// Its label, in lower case.
    pub(crate) label: String,
    /// Place of the definition.
    pub(crate) span: Span,
    /// Whether the text mentions it, or a footnote that the text mentions.
    pub(crate) mentioned: bool,
    /// Whether it says nothing.
    pub(crate) is_empty: bool,
}

/// A stretch of [`Words::text`](super::Words::text) and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPiece {
    /// Byte range in [`Words::text`](super::Words::text).
    pub text: Span,
    /// Byte range in the file.
    pub source: Span,
    /// What it is.
    pub(crate) kind: TextKind,
    /// Whether it was written byte for byte as it reads, so that places within it can be told.
    pub(crate) verbatim: bool,
    /// Whether it is a part of what the text says: it is not in a heading, a table's head or a footnote, nor struck out.
    pub(crate) said: bool,
}

/// What a stretch of running text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Words to be read.
    Prose,
    /// Code within a sentence.
    Code,
}

impl TextPiece {
    /// Raw HTML at a byte range of its block: as it was written, unless line beginnings were taken out of it.
    pub(super) fn raw(text: Range<usize>, source: Span) -> TextPiece {
        let text = Span::from(text);
        let verbatim = text.end - text.start == source.end - source.start;
        TextPiece { text, source, kind: TextKind::Prose, verbatim, said: true }
    }
}

impl Body {
    /// The digest of the text as it is shown, without the targets of links and claims on headings.
    pub(crate) fn shown_digest(&self) -> &[u8; 32] {
        self.resolved.as_deref().unwrap_or(&self.rendered)
    }

    /// Gives room back that lists took to grow: bodies are kept, one a document.
    pub(super) fn shrink_to_fit(&mut self) {
        if let Html::Whole(html) = &mut self.html.html {
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

    /// Lets the source hold the texts that stand in it as they are.
    pub(crate) fn share(&mut self, source: &Arc<SourceText>) {
        let whole = Span::from(0..source.as_str().len());
        self.summary.find_in(source, whole);
        self.headings.iter_mut().for_each(|heading| heading.text.find_in(source, heading.span));
        self.links.iter_mut().for_each(|link| link.target.find_in(source, link.target_span));
        self.code.iter_mut().for_each(|block| block.source.find_in(source, block.span));
    }

    /// Whether it has blocks that describe pictures.
    pub(crate) fn has_diagrams(&self) -> bool {
        self.code.iter().any(CodeBlock::is_diagram)
    }
}

/// Moves a list to where it just fits; an allocator leaves one where it is that uses half of its room.
pub(super) fn fit<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut fitting = Vec::with_capacity(list.len());
        fitting.append(list);
        *list = fitting;
    }
}

/// The same with a text.
pub(super) fn fit_text(text: &mut String) {
    if text.len() < text.capacity() {
        *text = text.as_str().to_owned();
    }
}

impl Fragment {
    /// The HTML around the gaps.
    pub fn html(&self) -> Cow<'_, str> {
        match &self.html {
            Html::Whole(html) => Cow::Borrowed(html),
            // It was made of the same source, which nothing changes.
            Html::Compact(html, source) => {
                Cow::Owned(html.text(source.as_str()).expect("the text that was made small"))
            }
        }
    }

    /// Makes the HTML small; `source` is the text that it was made of.
    pub(crate) fn compact(&mut self, source: &Arc<SourceText>) {
        if let Html::Whole(html) = &self.html
            && !html.is_empty()
        {
            self.html = Html::Compact(Compact::new(html, source.as_str()), source.clone());
        }
    }

    /// How many bytes the HTML has.
    pub(crate) fn len(&self) -> usize {
        match &self.html {
            Html::Whole(html) => html.len(),
            Html::Compact(html, _) => html.len(),
        }
    }

    /// How many gaps it has.
    pub(crate) fn gap_count(&self) -> usize {
        self.gaps.len()
    }

    /// Where they are in the HTML, in bytes.
    pub fn gap_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.gaps.iter().map(|gap| gap.at as usize)
    }

    /// Writes the HTML to `out`, asking `fill` to write what goes into each gap.
    pub fn render(&self, out: &mut String, fill: impl FnMut(&mut String, Fill)) {
        self.render_from((&self.html(), 0), out, fill);
    }

    /// Images that are all that their paragraph has in this fragment's HTML, by their numbers.
    pub(crate) fn lone_images(&self, html: &str) -> Vec<u32> {
        let is_alone = |at: usize| html[..at].ends_with("<p>") && html[at..].starts_with("</p>");
        let image = |gap: Gap| match gap.fill {
            Fill::Image(number) if is_alone(gap.at as usize) => Some(number),
            _ => None,
        };
        self.gaps.iter().filter_map(image).collect()
    }

    /// The same from a byte of this fragment's HTML on, which is not inside an element that is left out in part.
    pub(crate) fn render_from(
        &self,
        (html, start): (&str, usize),
        out: &mut String,
        mut fill: impl FnMut(&mut String, Fill),
    ) {
        let mut done = start;
        for gap in self.gaps.iter().filter(|gap| gap.at as usize >= start) {
            out.push_str(&html[done..gap.at as usize]);
            fill(out, gap.fill);
            done = gap.at as usize;
        }
        out.push_str(&html[done..]);
    }
}
