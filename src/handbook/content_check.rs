//! Whether a document and its sections contain anything, as their readers see them.

use std::borrow::Cow;
use std::cell::{LazyCell, OnceCell};
use std::ops::Range;
use std::sync::Arc;

use ahash::AHashSet;

use super::DocumentIndex;
use super::document::{Document, ResolvedClaim};
use super::leftovers::Leftovers;
use super::link::Destination;
use super::revisions::Revisions;
use super::table_source::TableRow;
use super::text_line::{LineKind, TextLine, TextLines, joined};
use crate::diagram;
use crate::markdown::{Body, CodeBlock, Heading, Link, LinkForm, RawHeading, Words, is_include_line};
use crate::place::Span;
use crate::placeholder::{Placeholders, Row, is_choice, points_elsewhere};
use crate::register::{self, Block, BlockContent, ENTRY_COLUMN, Entry, Kind, STATE_COLUMN, Value, column_key};
use crate::source::front_matter::FrontMatter;
use crate::standard::Standards;
use crate::text::without_struck_letters;

/// The document under examination, and what counts as empty.
pub(super) struct ContentCheck<'a> {
    pub(super) document: &'a Document,
    /// Its index, if it has an ID.
    pub(super) index: Option<DocumentIndex>,
    pub(super) words: Arc<Words>,
    pub(super) placeholders: &'a Placeholders,
    pub(super) lang: &'a str,
    /// Whether an asset, by index, is a picture that a reader can see.
    pub(super) is_image: &'a (dyn Fn(usize) -> bool + Sync),
    /// The entries that the document owns.
    pub(super) entries: &'a [Arc<Entry>],
    pub(super) terms: register::Terms<'a>,
    pub(super) standards: &'a Standards,
}

/// A part of a document: a range of its running text, and the corresponding range of the source.
struct Part<'h> {
    text: Range<u32>,
    source: Range<u32>,
    /// The anchor of its heading; empty for a whole document.
    anchor: &'h str,
    /// The anchors of its heading and of those within it, collected when a link leads to one of them.
    anchors: OnceCell<AHashSet<&'h str>>,
}

impl<'h> Part<'h> {
    fn new(text: Range<u32>, source: Range<u32>, anchor: &'h str) -> Part<'h> {
        Part { text, source, anchor, anchors: OnceCell::new() }
    }
}

impl<'a> ContentCheck<'a> {
    /// Whether the document has content, or represents one that is kept elsewhere.
    pub(super) fn document_has_content(&self) -> bool {
        let elsewhere = self.document.front().is_some_and(FrontMatter::is_kept_elsewhere);
        elsewhere || self.has_substance(&Part::new(0..u32::MAX, 0..u32::MAX, "")) || self.shows_remaining_entries()
    }

    /// Whether the document owns an entry of a kind that none of its blocks shows: the page lists such entries at its
    /// end.
    fn shows_remaining_entries(&self) -> bool {
        let blocks = self.body().code.iter().filter(|code| code.is_register());
        let read = |code: &CodeBlock| register::read_block(&code.arguments, &code.source, self.terms).ok();
        let shown: Vec<BlockContent> =
            blocks.filter_map(read).filter(|block| block.owner.is_none()).map(|block| block.content).collect();
        self.entries.iter().any(|entry| !shown.contains(&BlockContent::Kind(entry.kind)))
    }

    /// Whether the section below a heading has content, including its subsections.
    pub(super) fn section_has_content(&self, number: u32) -> bool {
        let headings = &self.body().headings;
        let Some(heading) = headings.get(number as usize) else { return false };
        let is_next = |next: &&Heading| next.level <= heading.level && !next.is_nested;
        let next = headings[number as usize + 1..].iter().find(is_next);
        let next = next.map(|next| (next.text_start, next.span.start));
        let is_next =
            |raw: &&RawHeading| raw.level <= heading.level && !raw.is_nested && raw.span.start >= heading.span.end;
        let raw = self.body().raw_headings.iter().find(is_next).map(|raw| (raw.text_start, raw.span.start));
        let (text, source) = next.into_iter().chain(raw).min().unwrap_or((u32::MAX, u32::MAX));
        self.has_substance(&Part::new(heading.text_start..text, heading.span.end..source, &heading.id))
    }

    fn body(&self) -> &'a Body {
        &self.document.file.body
    }

    fn has_substance(&self, part: &Part<'a>) -> bool {
        self.has_words(part) || self.has_code(part) || self.has_picture(part) || self.has_link_by_id(part)
    }

    fn has_words(&self, part: &Part<'a>) -> bool {
        let words = &self.words;
        let from = words.pieces.partition_point(|piece| piece.text.end <= part.text.start);
        let to = words.pieces.partition_point(|piece| piece.text.start < part.text.end);
        let own_links: Vec<Span> =
            self.links_of(part).filter(|link| self.links_to_itself(link.1, part)).map(|link| link.0.span).collect();
        let leftovers = LazyCell::new(|| self.leftovers(part));
        let mut lines = TextLines::new(words, self.document.file.source.as_str());
        let mut bold_labels = 0;
        for piece in words.pieces[from..to].iter().filter(|piece| piece.is_asserted) {
            if is_within(piece.source, &own_links) {
                continue;
            }
            let Some(line) = lines.push(piece) else { continue };
            match self.line_has_content(&line, part, &leftovers) {
                true if line.is_bold_label() => bold_labels += 1,
                true => return true,
                false => {}
            }
        }
        match lines.finish() {
            Some(line) if self.line_has_content(&line, part, &leftovers) => !line.is_bold_label() || bold_labels == 0,
            // A line in bold may be a heading, but several of them without a word between them are.
            _ => bold_labels == 1,
        }
    }

    /// Whether a line says more than a placeholder, and more than the headings and the front matter do.
    fn line_has_content(&self, line: &TextLine<'_>, part: &Part<'a>, leftovers: &Leftovers<'_>) -> bool {
        if let LineKind::Row(row) = &line.kind {
            return self.row_has_content(row, leftovers) || self.row_has_link(row, part);
        }
        let text = without_struck_letters(&line.text);
        let text = without_broken_images(&text);
        let whole = joined(&text);
        let is_open_choice = || line.kind == LineKind::OpenBox && is_choice(&whole);
        let repeats =
            || leftovers.repeats(&whole) || text.contains('\n') && text.lines().all(|line| leftovers.repeats(line));
        self.placeholders.has_enough_words(1, &whole, self.lang)
            && !is_open_choice()
            && !repeats()
            && (!points_elsewhere(&whole) || self.has_link_beside(line.start))
            && !leftovers.revisions.as_ref().is_some_and(|revisions| revisions.contain_item(&whole, line.start))
    }

    /// Whether a link is near a position in its line of the source.
    fn has_link_beside(&self, at: usize) -> bool {
        const MAX_BYTES: usize = 500;
        let source = self.document.file.source.as_str();
        let window = source.ceil_char_boundary(at.saturating_sub(MAX_BYTES));
        let start = source[window..at].rfind('\n').map_or(window, |end| window + end + 1);
        let rest = &source[at..source.floor_char_boundary(at + MAX_BYTES)];
        let end = at + rest.find('\n').unwrap_or(rest.len());
        let links = &self.body().links;
        let next = links.partition_point(|link| (link.span.start as usize) < start);
        links.get(next).is_some_and(|link| (link.span.start as usize) < end)
    }

    fn row_has_content(&self, row: &TableRow<'_>, leftovers: &Leftovers<'_>) -> bool {
        let heads = row.heads();
        let texts: Vec<String> = row.cells.iter().map(|cell| shown_text(cell)).collect();
        let cells: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut row_texts = Row { cells, heads: heads.iter().map(String::as_str).collect(), repeats_data: false };
        let label_index = row_texts.label_index();
        let label = row_texts.cells.get(label_index).copied().unwrap_or_default();
        for cell in row_texts.cells.iter_mut().skip(label_index + 1).filter(|cell| !cell.is_empty()) {
            if leftovers.repeats_answer(label, cell) {
                *cell = "";
                row_texts.repeats_data = true;
            }
        }
        self.placeholders.row_has_content(&row_texts, self.lang)
            && !leftovers.is_sign_off(row_texts.heads.iter().copied())
            && !leftovers.revisions.as_ref().is_some_and(|revisions| revisions.contain_row(row))
    }

    /// Whether a row without other words has a link that leads elsewhere, as in a list of documents.
    fn row_has_link(&self, row: &TableRow<'_>, part: &Part<'a>) -> bool {
        let links = &self.body().links;
        let first = links.partition_point(|link| (link.span.start as usize) < row.span.start);
        let links = links.iter().zip(&self.document.links).skip(first);
        let links = links.take_while(|(link, _)| (link.span.start as usize) < row.span.end);
        links.filter(|(link, _)| link.is_asserted && !link.is_image()).any(|(link, leads)| {
            let leads_elsewhere = match leads {
                Destination::Document { .. } => !self.links_to_itself(leads, part),
                Destination::Entry { .. } | Destination::Asset { .. } | Destination::External => true,
                _ => false,
            };
            leads_elsewhere && self.leaves_words(&link.text)
        })
    }

    /// What a line of a part may repeat without saying anything.
    fn leftovers(&self, part: &Part<'a>) -> Leftovers<'a> {
        let headings = self.body().headings.iter();
        let inside = headings.filter(|heading| heading.id == part.anchor || is_inside(heading.span, part));
        let is_own = |claim: &&ResolvedClaim| {
            claim.heading.is_none_or(|at| self.body().headings.get(at as usize).is_some_and(|by| by.id == part.anchor))
        };
        let clauses = self.document.claims.iter().filter(is_own);
        let clauses = clauses.filter_map(|claim| self.standards.clause(claim.clause).title.as_deref());
        let titles = inside.map(|heading| &*heading.text).chain([&*self.document.title]).chain(clauses);
        let front = self.document.front().filter(|_| part.anchor.is_empty());
        let source = self.document.file.source.as_str();
        let revisions = front.and_then(|front| Revisions::new(front, &self.body().headings, source));
        Leftovers::new(titles, self.document.id().map(|id| id.as_str()), front, revisions)
    }

    fn leaves_words(&self, text: &str) -> bool {
        let text = without_struck_letters(text);
        self.placeholders.has_enough_words(1, &without_broken_images(&text), self.lang)
    }

    /// Whether a link leads to the very part that contains it, or to a heading in it.
    fn links_to_itself(&self, leads: &Destination, part: &Part<'a>) -> bool {
        match leads {
            Destination::SamePage { anchor } => self.is_heading_of(&anchor.id, part),
            Destination::Document { document, anchor, .. } => {
                Some(*document) == self.index && (anchor.id.is_empty() || self.is_heading_of(&anchor.id, part))
            }
            _ => false,
        }
    }

    /// Whether an anchor is that of a part's heading, or of a heading within the part.
    fn is_heading_of(&self, anchor: &str, part: &Part<'a>) -> bool {
        let inside = || self.body().headings.iter().filter(|heading| is_inside(heading.span, part));
        let anchors = || inside().map(|heading| heading.id.as_str()).chain([part.anchor]).collect();
        part.anchors.get_or_init(anchors).contains(anchor)
    }

    fn has_code(&self, part: &Part<'a>) -> bool {
        let blocks = self.body().code.iter().filter(|code| code.is_asserted && is_inside(code.span, part));
        blocks.into_iter().any(|code| self.shows(code))
    }

    /// Whether a block of code shows something: a picture, or words.
    fn shows(&self, code: &CodeBlock) -> bool {
        if code.is_diagram() {
            let is_said = |name: &String| self.leaves_words(name);
            return diagram::draw(&code.source)
                .as_ref()
                .as_ref()
                .is_ok_and(|drawing| drawing.names.iter().any(is_said));
        }
        if code.is_register() {
            return self.shows_entry(code);
        }
        self.leaves_words(&without_inclusions(&code.source))
    }

    /// Whether a block shows an entry that this document owns; entries of other documents are not its content.
    fn shows_entry(&self, code: &CodeBlock) -> bool {
        register::read_block(&code.arguments, &code.source, self.terms).is_ok_and(|block| {
            block.owner.is_none()
                && self.entries.iter().any(|entry| is_of_kind(entry, block.content) && may_fit(entry, &block))
        })
    }

    fn has_picture(&self, part: &Part<'a>) -> bool {
        self.links_of(part).any(|(link, leads)| match leads {
            Destination::Asset { asset, .. } => {
                link.is_image() && !link.size.is_invisible() && (self.is_image)(asset.0 as usize)
            }
            _ => false,
        })
    }

    /// Whether there is a link by ID without text, which displays the title of another document.
    fn has_link_by_id(&self, part: &Part<'a>) -> bool {
        let is_bare = |link: &Link| link.form == LinkForm::Wiki && link.text.is_empty();
        let is_other =
            |leads: &Destination| matches!(leads, Destination::Document { .. }) && !self.links_to_itself(leads, part);
        self.links_of(part).any(|(link, leads)| is_bare(link) && is_other(leads))
    }

    fn links_of(&self, part: &Part<'a>) -> impl Iterator<Item = (&'a Link, &'a Destination)> {
        let links = self.body().links.iter().zip(&self.document.links);
        links.filter(|(link, _)| link.is_asserted && is_inside(link.span, part)).collect::<Vec<_>>().into_iter()
    }
}

/// Whether a block of this kind may contain rows of an entry.
fn is_of_kind(entry: &Entry, content: BlockContent) -> bool {
    match content {
        BlockContent::Kind(kind) => entry.kind == kind,
        BlockContent::Actions => true,
        BlockContent::Decisions => entry.kind == Kind::ManagementReviews,
    }
}

/// Whether the conditions of a block may let an entry through on some day. States change with the day, and names may
/// belong to another entry.
fn may_fit(entry: &Entry, block: &Block) -> bool {
    let is_own = matches!(block.content, BlockContent::Kind(_));
    block.conditions.iter().all(|condition| match condition.column {
        ENTRY_COLUMN => condition.values().any(|expected| expected == entry.id.value.as_str()),
        "id" if is_own => condition.values().any(|expected| expected == entry.id.value.as_str()),
        STATE_COLUMN | "due" => true,
        column if is_own => match entry.record.get(column_key(column)).map(|value| &value.value) {
            None => false,
            Some(Value::Clauses(_) | Value::Names(_)) => true,
            Some(value) => {
                value.texts().iter().any(|text| condition.values().any(|expected| expected == text.as_str()))
            }
        },
        _ => true,
    })
}

/// The lines of a code block except include directives: any that remain were not resolved.
fn without_inclusions(source: &str) -> String {
    source.split_inclusive('\n').filter(|line| !is_include_line(line)).collect()
}

/// Whether a span is within one of several spans, which are sorted.
fn is_within(place: Span, spans: &[Span]) -> bool {
    let next = spans.partition_point(|span| span.start <= place.start);
    next.checked_sub(1).is_some_and(|last| place.end <= spans[last].end)
}

/// A text as readers see it: without struck-out letters and broken images.
fn shown_text(text: &str) -> String {
    without_broken_images(&without_struck_letters(text)).into_owned()
}

/// A text without images whose target was not found and that therefore appear as written: `![what](gone`.
fn without_broken_images(text: &str) -> Cow<'_, str> {
    if !text.contains("![") {
        return Cow::Borrowed(text);
    }
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("![") {
        left.push_str(before);
        let Some((_, target)) = after.split_once(']') else { return Cow::Owned(left + after) };
        let closing = match target.as_bytes().first() {
            Some(b'[') => ']',
            Some(b'(') => ')',
            _ => '!',
        };
        rest = target.split_once(closing).filter(|_| closing != '!').map_or(target, |(_, rest)| rest);
    }
    Cow::Owned(left + rest)
}

fn is_inside(span: Span, part: &Part<'_>) -> bool {
    part.source.start <= span.start && span.end <= part.source.end
}
