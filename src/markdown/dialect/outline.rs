//! The structure of a text according to the parser, as far as the dialects need it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::markdown::options::OPTIONS;

/// Byte ranges of code, quotes, definitions and links in a text, each list in order.
#[derive(Default)]
pub(in crate::markdown) struct Outline {
    /// Inline code, code blocks and raw HTML, which cannot contain markup of a dialect.
    opaque: Vec<Range<usize>>,
    /// Code and comments only.
    code: Vec<Range<usize>>,
    /// Start of each quote that is not an alert yet.
    pub(crate) quotes: Vec<usize>,
    /// Terms of definition lists, each with the start of its definitions.
    pub(crate) terms: Vec<(Range<usize>, Vec<usize>)>,
    /// Links, images and code, which attributes may follow; the flag marks images.
    pub(crate) spans: Vec<(Range<usize>, bool)>,
    headings: Vec<Range<usize>>,
    /// Start of each block, including nested ones.
    blocks: Vec<usize>,
    /// Labels of link definitions, in lower case.
    labels: Vec<String>,
}

impl Outline {
    /// Parses a text.
    pub(crate) fn parse(text: &str) -> Outline {
        let mut outline = Outline::default();
        let events = Parser::new_ext(text, OPTIONS).into_offset_iter();
        outline.labels.extend(events.reference_definitions().iter().map(|(label, _)| label.to_lowercase()));
        let mut images = 0;
        for (event, range) in events {
            match event {
                Event::Start(Tag::HtmlBlock) if is_not_markdown(&text[range.clone()]) => outline.code.push(range),
                Event::Start(tag) => {
                    images += usize::from(matches!(tag, Tag::Image { .. }));
                    outline.open(&tag, range);
                }
                Event::End(TagEnd::Link | TagEnd::Strong | TagEnd::Emphasis) => outline.spans.push((range, false)),
                Event::End(TagEnd::Image) => {
                    images -= 1;
                    outline.spans.push((range, images == 0));
                }
                Event::Code(_) => {
                    outline.spans.push((range.clone(), false));
                    outline.code.push(range.clone());
                    outline.opaque.push(range);
                }
                Event::Html(_) => outline.opaque.push(range),
                Event::InlineHtml(_) => {
                    if is_not_markdown(&text[range.clone()]) {
                        outline.code.push(range.clone());
                    }
                    outline.opaque.push(range);
                }
                _ => {}
            }
        }
        outline
    }

    fn open(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let is_inline =
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript)
                || matches!(tag, Tag::Link { .. } | Tag::Image { .. });
        self.blocks.extend((!is_inline).then_some(range.start));
        match tag {
            Tag::CodeBlock(_) => {
                self.code.push(range.clone());
                self.opaque.push(range);
            }
            Tag::BlockQuote(None) => self.quotes.push(range.start),
            Tag::DefinitionListTitle => self.terms.push((range, Vec::new())),
            Tag::DefinitionListDefinition => {
                if let Some((_, definitions)) = self.terms.last_mut() {
                    definitions.push(range.start);
                }
            }
            Tag::Heading { .. } => self.headings.push(range),
            _ => {}
        }
    }

    /// Whether a position is within code or raw HTML.
    pub(crate) fn is_opaque(&self, at: usize) -> bool {
        is_in(&self.opaque, at)
    }

    /// Whether a position is within code, or within raw HTML that is not text: a comment, a script or a style.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        is_in(&self.code, at)
    }

    /// All headings, in order.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &Range<usize>> {
        self.headings.iter()
    }

    /// Whether a position is within a heading.
    pub(crate) fn is_heading(&self, at: usize) -> bool {
        is_in(&self.headings, at)
    }

    /// Start of the first block after a position.
    pub(crate) fn next_block(&self, at: usize) -> usize {
        let next = self.blocks.partition_point(|start| *start <= at);
        self.blocks.get(next).copied().unwrap_or(usize::MAX)
    }

    /// Whether a link definition has this label.
    pub(crate) fn defines(&self, label: &str) -> bool {
        self.labels.contains(&label.to_lowercase())
    }
}

/// Whether a position is within one of these ranges, which must be in ascending order.
fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next.checked_sub(1).is_some_and(|last| at < ranges[last].end)
}

/// Whether raw HTML is a comment or an element whose content is not Markdown text.
fn is_not_markdown(html: &str) -> bool {
    let html = html.trim_start();
    let begins = |name: &&str| html.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    ["<!--", "<script", "<style", "<pre", "<code", "<textarea"].iter().any(begins)
}
