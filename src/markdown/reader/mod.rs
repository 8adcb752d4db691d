//! A body under construction: the state shared by all passes, and the state of each pass.
//!
//! The passes are in the files beside this folder. They add methods to [`Reader`], which `events` calls.

mod alerts;
mod blocks;
mod code;
mod footnotes;
mod headings;
mod inline;
mod raw;
mod source_coverage;
mod tables;

use std::collections::HashMap;
use std::ops::Range;

use super::anchor::RawAnchor;
use super::body::{Body, Size, TextPiece};
use super::foreign::ForeignMarkup;
use super::raw::ContentModel;
use super::running_text::RunningText;
use super::stream::Stream;
use crate::finding::{Problem, RuleId};
use crate::place::{SourceText, Span};
use alerts::Alerts;
use blocks::Blocks;
use footnotes::Footnotes;
use headings::Headings;
use source_coverage::SourceCoverage;
use tables::{RawGrid, Tables};

pub(super) use blocks::Definitions;
pub(super) use code::{MissedEnd, OpenCode};
pub(super) use headings::{HeadingAnchor, OpenHeading, OpenSection};
pub(super) use inline::{OpenImage, OpenLink};
pub(super) use raw::{HiddenRanges, OpenTag, RawReport, RawReports};
pub(super) use source_coverage::LostLetters;
pub(super) use tables::OpenCell;

/// A body under construction.
pub(super) struct Reader<'s> {
    pub(crate) source: &'s SourceText,
    /// Start of the body in the file.
    pub(crate) base: usize,
    pub(crate) body: Body,
    pub(crate) running: RunningText<'s>,
    /// The HTML being written: the page, or the innermost open footnote.
    pub(crate) out: Stream,
    /// The allowed content of each open container, from the outermost to the innermost.
    pub(crate) containers: Vec<ContentModel>,
    /// Open raw tags.
    pub(crate) open_tags: Vec<OpenTag>,
    /// Number of removed tags for each name that is allowed elsewhere.
    pub(crate) dropped_tags: HashMap<&'static str, u32>,
    pub(crate) mode: Mode,
    pub(crate) links: Vec<OpenLink>,
    pub(crate) headings: Headings,
    pub(crate) tables: Tables,
    /// The open table of raw HTML.
    pub(crate) grid: RawGrid,
    pub(crate) footnotes: Footnotes,
    /// Open definition lists.
    pub(crate) definitions: Vec<Definitions>,
    pub(crate) block: Blocks,
    pub(crate) alerts: Alerts,
    pub(crate) coverage: SourceCoverage,
    /// Anchors set by raw HTML.
    pub(crate) raw_anchors: Vec<RawAnchor>,
    /// Constructs of other tools.
    pub(crate) foreign: ForeignMarkup,
    /// Sizes written after images, each with the end of its image.
    pub(crate) sizes: Vec<(u32, Size)>,
    /// End of the innermost inline event so far, in the file.
    pub(crate) last_end: u32,
    /// Amount of content outside headings, to detect empty sections.
    pub(crate) substance: u32,
    /// Pending reports about raw HTML.
    pub(crate) raw_reports: RawReports,
    /// Whether the tag of a block was removed after the last words.
    pub(crate) needs_separator: bool,
    /// Content that authors hide.
    pub(crate) hidden: HiddenRanges,
}

/// The element that events currently belong to.
#[derive(Default)]
pub(super) enum Mode {
    /// Running text and the blocks that contain it.
    #[default]
    Text,
    /// The alternative text of an image.
    Image(OpenImage),
    /// A code block.
    Code(OpenCode),
    /// A block of raw HTML, with the place of each line.
    Html(String, Vec<TextPiece>),
}

impl<'s> Reader<'s> {
    /// Creates a reader for a body that starts at byte `base` of its file.
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
            grid: RawGrid::default(),
            footnotes: Footnotes::default(),
            definitions: Vec::new(),
            block: Blocks::default(),
            alerts: Alerts::default(),
            coverage: SourceCoverage { position: Span::from(0..base).end, ..SourceCoverage::default() },
            raw_anchors: Vec::new(),
            foreign: ForeignMarkup::default(),
            sizes: Vec::new(),
            last_end: 0,
            substance: 0,
            raw_reports: RawReports::default(),
            needs_separator: false,
            hidden: HiddenRanges::default(),
        };
        reader.out.reserve(length);
        reader.running.reserve(length);
        reader
    }

    /// Maps a range of the body to the file.
    pub(super) fn file_span(&self, range: Range<usize>) -> Span {
        Span::from(self.base + range.start..self.base + range.end)
    }

    /// Opens a container.
    pub(super) fn open_container(&mut self, markup: &str, content: ContentModel) {
        self.out.push_markup(markup);
        self.containers.push(content);
    }

    /// Start of the body in the file.
    pub(super) fn body_start(&self) -> usize {
        self.base
    }

    /// The source text at a place.
    pub(super) fn source_text(&self, span: Span) -> &'s str {
        self.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Records a problem at a place.
    pub(super) fn add_problem(&mut self, rule: RuleId, span: Span, message: String, help: &str) {
        self.body.problems.push(Problem::new(rule, self.source.place(span), message).help(help));
    }
}
