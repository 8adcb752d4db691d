//! A body under construction: the state that all passes share, and what each of them needs.
//!
//! The passes, which are the files beside this folder, add methods to [`Reader`]; `events` calls them.

mod alerts;
mod blocks;
mod code;
mod coverage;
mod footnotes;
mod headings;
mod inline;
mod raw;
mod tables;

use std::collections::HashMap;
use std::ops::Range;

use super::anchor::RawAnchor;
use super::body::{Body, Size, TextPiece};
use super::foreign::Foreign;
use super::raw::ContentModel;
use super::running::RunningText;
use super::stream::Stream;
use crate::finding::{Problem, RuleId};
use crate::place::{SourceText, Span};
use alerts::Alerts;
use blocks::Blocks;
use coverage::Coverage;
use footnotes::Footnotes;
use headings::Headings;
use tables::Tables;

pub(super) use blocks::Definitions;
pub(super) use code::{MissedEnd, OpenCode};
pub(super) use coverage::LostLetters;
pub(super) use headings::{HeadingAnchor, OpenHeading, OpenSection};
pub(super) use inline::{OpenImage, OpenLink};
pub(super) use raw::{HiddenRanges, OpenTag, RawReport, RawReports};

/// A body under construction.
pub(super) struct Reader<'s> {
    pub(crate) source: &'s SourceText,
    /// Where the body begins in the file.
    pub(crate) base: usize,
    pub(crate) body: Body,
    pub(crate) running: RunningText<'s>,
    /// What HTML is written to: the page, or the innermost open footnote.
    pub(crate) out: Stream,
    /// What is open, from the outermost to the innermost, by what it may hold.
    pub(crate) containers: Vec<ContentModel>,
    /// Raw tags that are open.
    pub(crate) open_tags: Vec<OpenTag>,
    /// How many tags of each name were removed although they may pass elsewhere.
    pub(crate) dropped_tags: HashMap<&'static str, u32>,
    pub(crate) mode: Mode,
    pub(crate) links: Vec<OpenLink>,
    pub(crate) headings: Headings,
    pub(crate) tables: Tables,
    pub(crate) footnotes: Footnotes,
    /// Open definition lists.
    pub(crate) definitions: Vec<Definitions>,
    pub(crate) block: Blocks,
    pub(crate) alerts: Alerts,
    pub(crate) coverage: Coverage,
    /// Anchors that raw HTML sets.
    pub(crate) raw_anchors: Vec<RawAnchor>,
    /// Constructs of other tools.
    pub(crate) foreign: Foreign,
    /// Sizes that are written behind images, with where each image ends.
    pub(crate) sizes: Vec<(u32, Size)>,
    /// Where the innermost inline event so far ended, in the file.
    pub(crate) last_end: u32,
    /// How much there is beside headings, to tell empty sections.
    pub(crate) substance: u32,
    /// What is to be reported of raw HTML.
    pub(crate) raw_reports: RawReports,
    /// Whether the tag of a block was removed after the last words.
    pub(crate) is_apart: bool,
    /// What authors hide.
    pub(crate) hidden: HiddenRanges,
}

/// What the events belong to.
#[derive(Default)]
pub(super) enum Mode {
    /// Running text and the blocks that hold it.
    #[default]
    Text,
    /// The alternative text of an image.
    Image(OpenImage),
    /// A code block.
    Code(OpenCode),
    /// A block of raw HTML, with the place of every line.
    Html(String, Vec<TextPiece>),
}

impl<'s> Reader<'s> {
    /// Begins with a body that starts at byte `base` of its file.
    pub(super) fn new(source: &'s SourceText, base: usize) -> Reader<'s> {
        let length = source.as_str().len() - base;
        let mut reader = Reader {
            source,
            base,
            body: Body::default(),
            running: RunningText::new(source.as_str()),
            out: Stream::default(),
            containers: Vec::new(),
            open_tags: Vec::new(),
            dropped_tags: HashMap::new(),
            mode: Mode::Text,
            links: Vec::new(),
            headings: Headings::default(),
            tables: Tables::default(),
            footnotes: Footnotes::default(),
            definitions: Vec::new(),
            block: Blocks::default(),
            alerts: Alerts::default(),
            coverage: Coverage { seen: Span::from(0..base).end, ..Coverage::default() },
            raw_anchors: Vec::new(),
            foreign: Foreign::default(),
            sizes: Vec::new(),
            last_end: 0,
            substance: 0,
            raw_reports: RawReports::default(),
            is_apart: false,
            hidden: HiddenRanges::default(),
        };
        reader.out.reserve(length);
        reader.running.reserve(length);
        reader
    }

    /// Where a stretch of the body stands in the file.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        Span::from(self.base + range.start..self.base + range.end)
    }

    /// Opens a container.
    pub(super) fn open(&mut self, markup: &str, holds: ContentModel) {
        self.out.raw(markup);
        self.containers.push(holds);
    }

    /// Where the body begins in the file.
    pub(super) fn body_start(&self) -> usize {
        self.base
    }

    /// What a place in the source reads.
    pub(super) fn written(&self, span: Span) -> &'s str {
        self.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Notes a problem at a place.
    pub(super) fn problem(&mut self, rule: RuleId, span: Span, message: String, help: &str) {
        self.body.problems.push(Problem::new(rule, self.source.place(span), message).help(help));
    }
}
