//! Rewrites alerts of other dialects as quotes that the reader recognizes as alerts.

use std::ops::Range;

use super::alert_style::{self, AlertStyle};
use super::line::{ContainerPrefix, Line, indented};
use super::opening::{AlertTitle, End, Fold, Opening, is_hint_end, opening, signs};
use super::outline::Outline;
use super::quote::quote_mark;
use crate::markdown::rewrite::Edits;

/// An alert that the parser reads as a quote.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::markdown) struct Alert {
    /// Start of the quote in the original text.
    pub(crate) at: usize,
    pub(crate) style: AlertStyle,
    pub(crate) title: Title,
    pub(crate) fold: Fold,
}

/// The title above an alert.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::markdown) enum Title {
    /// The name of its style, in the language of the interface.
    Style,
    /// The name of its kind, which differs from that of the style.
    Kind(String),
    /// Its own title, which is the heading at the start of the quote.
    Own,
    /// No title.
    None,
}

/// Prefix that turns an alert's own title into a heading in the rewritten text.
const TITLE_PREFIX: &str = "###### ";

/// The alerts found in one round over a text.
#[derive(Default)]
pub(super) struct AlertScan {
    /// The alerts, with positions in the text of this round.
    pub(crate) alerts: Vec<Alert>,
    /// The opening lines of alerts that are never closed.
    pub(crate) unclosed: Vec<Range<usize>>,
    /// The blocks that were rewritten, in order.
    pub(crate) blocks: Vec<Range<usize>>,
}

/// Rewrites the outermost alerts of a text.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) -> AlertScan {
    let mut scan = AlertScan::default();
    rewrite_quotes(text, lines, outline, edits, &mut scan);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(opening) = opening(line.text(text)).filter(|_| !outline.is_opaque(line.content)) else { continue };
        let block =
            Block { text, lines, outline, first: at - 1, prefix: ContainerPrefix::from_markers(line.marks(text)) };
        at = block.rewrite(&opening, edits, &mut scan).unwrap_or(at);
    }
    scan
}

/// Rewrites quotes that start with an alert marker unknown to the parser.
fn rewrite_quotes(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits, scan: &mut AlertScan) {
    for &at in &outline.quotes {
        let Some(line) = lines.get(lines.partition_point(|line| line.start <= at).saturating_sub(1)) else { continue };
        // The marker belongs to the innermost quote on its line.
        if text.get(at..line.content).is_none_or(|marks| marks.trim_end() != ">") {
            continue;
        }
        let Some((name, title, fold)) = quote_mark(line.text(text)) else { continue };
        scan.alerts.push(alert(at, name, &title, fold));
        write_title(text, line.content..line.end, &title, edits);
    }
}

fn alert(at: usize, name: &str, title: &AlertTitle, fold: Fold) -> Alert {
    let (style, kind) =
        alert_style::find(name).unwrap_or_else(|| (AlertStyle::Note, Some(alert_style::capitalised(name))));
    let title = match (title, kind) {
        (AlertTitle::At(_), _) => Title::Own,
        (AlertTitle::Empty, _) if fold == Fold::Never => Title::None,
        (_, Some(kind)) => Title::Kind(kind),
        (_, None) => Title::Style,
    };
    Alert { at, style, title, fold }
}

/// Reduces the opening line of an alert to its title.
fn write_title(text: &str, line: Range<usize>, title: &AlertTitle, edits: &mut Edits) {
    match title {
        AlertTitle::At(title) => {
            let end = line.start + title.end;
            edits.replace(line.start..line.start + title.start, TITLE_PREFIX);
            if text[..end].ends_with('}') {
                // Braces at the end of a heading would become its attributes.
                edits.insert(end - 1, "\\");
            }
            edits.delete(end..line.end);
        }
        _ => edits.delete(line),
    }
}

/// A block of lines that becomes an alert.
struct Block<'t> {
    text: &'t str,
    lines: &'t [Line],
    outline: &'t Outline,
    /// Index of the opening line.
    first: usize,
    prefix: ContainerPrefix,
}

/// The end of a block.
struct BlockExtent {
    /// Index of the line after the block.
    end: usize,
    /// Whether the last line is a closing line and not part of the content.
    has_closer: bool,
}

impl Block<'_> {
    /// Rewrites the block; returns the index of the line after it, or `None` if it is not an alert.
    fn rewrite(&self, opening: &Opening<'_>, edits: &mut Edits, scan: &mut AlertScan) -> Option<usize> {
        let line = self.lines[self.first];
        let is_known = alert_style::find(opening.name).is_some();
        if !is_known && opening.end != End::Indentation || self.has_options(opening) {
            return None;
        }
        let extent = self.extent(opening.end);
        let has_body = extent.end > self.first + 1;
        if !(has_body || is_known && opening.is_certain) {
            return None;
        }
        if opening.end != End::Indentation && !extent.has_closer {
            scan.unclosed.push(line.content..line.end);
        }
        scan.alerts.push(alert(line.content, opening.name, &opening.title, opening.fold));
        self.separate_from_quote(edits);
        edits.insert(line.content, "> ");
        match &opening.rest {
            None => write_title(self.text, line.content..line.end, &opening.title, edits),
            Some(rest) => {
                let start = line.content + rest.start;
                write_title(self.text, line.content..start, &opening.title, edits);
                self.split_rest(&opening.title, start..line.end, edits);
            }
        }
        self.quote_body(opening.end, &extent, edits);
        scan.blocks.push(line.start..self.lines[extent.end - 1].end);
        Some(extent.end)
    }

    /// Whether options, which are not supported, follow an opening line of slashes.
    fn has_options(&self, opening: &Opening<'_>) -> bool {
        let next = self.lines.get(self.first + 1).filter(|_| matches!(opening.end, End::Slashes(_)));
        next.is_some_and(|next| next.marks(self.text).ends_with("    ") && next.text(self.text).contains(": "))
    }

    /// Makes a separate paragraph of the words after a title.
    fn split_rest(&self, title: &AlertTitle, rest: Range<usize>, edits: &mut Edits) {
        let blank = self.prefix.blank();
        if matches!(title, AlertTitle::At(_)) {
            edits.insert(rest.start, format!("\n{blank}> "));
        }
        edits.insert(rest.end, format!("\n{blank}>"));
    }

    /// Separates the block from a quote directly before it, which would otherwise continue into the block.
    fn separate_from_quote(&self, edits: &mut Edits) {
        let before = self.first.checked_sub(1).and_then(|before| self.lines.get(before));
        if before.is_some_and(|before| before.marks(self.text).contains('>')) && !self.prefix.is_quote() {
            edits.insert(self.lines[self.first].start, "\n");
        }
    }

    fn quote_body(&self, end: End, extent: &BlockExtent, edits: &mut Edits) {
        let last = extent.end - usize::from(extent.has_closer);
        for line in &self.lines[self.first + 1..last] {
            let Some(at) = self.prefix.enter(self.text, line) else { continue };
            let missing = self.prefix.missing(self.text, line, at);
            edits.insert(at, missing + "> ");
            if let Some(columns) = indented(self.text, at, line.end).filter(|_| end == End::Indentation) {
                edits.delete(columns);
            }
        }
        match self.lines.get(last).filter(|_| extent.has_closer) {
            Some(closer) => edits.delete(closer.content..closer.end),
            None => self.end_quote(last, edits),
        }
    }

    /// Adds a blank line after a block without a closing line, so that the following text is not drawn into it.
    fn end_quote(&self, last: usize, edits: &mut Edits) {
        if let Some(next) = self.lines.get(last).filter(|next| !next.is_blank()) {
            edits.insert(next.start, self.prefix.blank().trim_end().to_owned() + "\n");
        }
    }

    fn extent(&self, end: End) -> BlockExtent {
        match end {
            End::Colons(count) => self.extent_until(&mut DelimiterCloser::new(':', count)),
            End::Slashes(count) => self.extent_until(&mut DelimiterCloser::new('/', count)),
            End::Tag => self.extent_until(&mut HintCloser(1)),
            End::Indentation => self.indented_extent(),
        }
    }

    fn extent_until(&self, closing: &mut dyn BlockCloser) -> BlockExtent {
        for (number, line) in self.lines.iter().enumerate().skip(self.first + 1) {
            let Some(at) = self.prefix.enter(self.text, line) else {
                return BlockExtent { end: number, has_closer: false };
            };
            if at < line.end && !self.outline.is_opaque(line.content) && closing.closes(line.text(self.text)) {
                return BlockExtent { end: number + 1, has_closer: true };
            }
        }
        BlockExtent { end: self.lines.len(), has_closer: false }
    }

    fn indented_extent(&self) -> BlockExtent {
        let mut end = self.first + 1;
        for (number, line) in self.lines.iter().enumerate().skip(end) {
            match self.prefix.enter(self.text, line) {
                Some(at) if at >= line.end => {}
                Some(at) if indented(self.text, at, line.end).is_some() => end = number + 1,
                _ => break,
            }
        }
        BlockExtent { end, has_closer: false }
    }
}

/// Recognizes the line that closes a block.
trait BlockCloser {
    /// Whether a line closes the block; must be called for each line in order.
    fn closes(&mut self, line: &str) -> bool;
}

/// The open containers delimited by a character, starting with the outermost.
struct DelimiterCloser {
    delimiter: char,
    open: Vec<usize>,
}

impl DelimiterCloser {
    fn new(delimiter: char, count: usize) -> DelimiterCloser {
        DelimiterCloser { delimiter, open: vec![count] }
    }
}

impl BlockCloser for DelimiterCloser {
    fn closes(&mut self, line: &str) -> bool {
        let Some((count, rest)) = signs(line, self.delimiter) else { return false };
        if !rest.is_empty() {
            self.open.push(count);
            return false;
        }
        let exact = self.open.iter().rposition(|open| *open == count);
        let closed = exact.or_else(|| self.open.iter().rposition(|open| *open <= count));
        self.open.truncate(closed.unwrap_or(self.open.len()));
        self.open.is_empty()
    }
}

/// The number of open hints.
struct HintCloser(usize);

impl BlockCloser for HintCloser {
    fn closes(&mut self, line: &str) -> bool {
        if is_hint_end(line) {
            self.0 -= 1;
        } else if opening(line).is_some_and(|opening| opening.end == End::Tag) {
            self.0 += 1;
        }
        self.0 == 0
    }
}
