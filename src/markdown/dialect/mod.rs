//! Rewrites Markdown of other dialects so that the parser reads it as the author meant it.
//!
//! Teams bring texts from MkDocs, Docusaurus, GitBook, Obsidian and GitHub. Their alerts become quotes marked as
//! alerts, a colon starts a definition only where one is meant, and links by ID work inside tables. A text is rewritten
//! in rounds: the parser determines what is code, then the outermost markup outside code is rewritten, and the markup
//! inside that follows in the next round. All positions can be mapped back. A text without such markup, which is almost
//! every text, is not even copied.

mod alert;
mod alert_style;
mod attributes;
mod brace;
mod definition;
mod fence;
mod label;
mod line;
mod opening;
mod outline;
mod quote;
mod shortcode;
mod tabs;
mod tag;
mod wiki;

use std::ops::Range;

use super::body::Size;
use super::rewrite::{Edits, Shifts};

pub(super) use alert::{Alert, Title};
pub(super) use alert_style::{AlertStyle, is_alert};
pub(super) use attributes::list_length;
pub(super) use fence::fences;
pub(super) use line::{ContainerPrefix, Line, lines, marks_length};
pub(super) use opening::Fold;
pub(super) use outline::Outline;
pub(super) use tag::{component_at, parse_import};

/// A text rewritten for the parser.
pub(super) struct RewrittenText {
    pub(crate) text: String,
    shifts: Vec<Shifts>,
    /// Quotes that are alerts, in order of their start.
    pub(crate) alerts: Vec<Alert>,
    /// Image sizes, each with the position at the end of the image.
    pub(crate) sizes: Vec<(usize, Size)>,
    /// Information for the author, each with its range.
    pub(crate) remarks: Vec<(Remark, Range<usize>)>,
}

/// A reason to inform the author about markup of another dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// An alert is never closed.
    Unclosed,
    /// A tag has words in its attributes that do not appear on the page.
    Words,
    /// Attributes were dropped.
    Attributes,
    /// Attributes on a line of their own may limit the claims of a heading beside them.
    Limit,
    /// Words only label what is below them: the label of a tab, the title of a component, the caption of an image.
    Label,
}

/// Maximum number of rounds, and therefore the maximum nesting depth of alerts.
const MAX_ROUNDS: usize = 16;

/// Rewrites a text; `None` if there is nothing to rewrite.
pub(super) fn rewrite(text: &str) -> Option<RewrittenText> {
    if !may_hold_marks(text) {
        return None;
    }
    let mut rewritten = RewrittenText {
        text: text.to_owned(),
        shifts: Vec::new(),
        alerts: Vec::new(),
        sizes: Vec::new(),
        remarks: Vec::new(),
    };
    for _ in 0..MAX_ROUNDS {
        if !rewritten.rewrite_round() {
            break;
        }
    }
    rewritten.alerts.sort_by_key(|alert| alert.at);
    (!rewritten.shifts.is_empty()).then_some(rewritten)
}

impl RewrittenText {
    /// Maps a range of the rewritten text to the original text.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        let end = self.shifts.iter().rev().fold(range.end, |at, shifts| shifts.original_end(at));
        start..end.max(start)
    }

    /// The ranges of the original text that were removed or replaced, in order.
    pub(crate) fn removed_ranges(&self) -> Vec<Range<usize>> {
        let before = |rounds: usize, range: &Range<usize>| {
            let shifts = self.shifts.get(..rounds).unwrap_or_default();
            let start = shifts.iter().rev().fold(range.start, |at, shifts| shifts.original_start(at));
            start..shifts.iter().rev().fold(range.end, |at, shifts| shifts.original_end(at))
        };
        let rounds = self.shifts.iter().enumerate();
        let mut marks: Vec<Range<usize>> =
            rounds.flat_map(|(round, shifts)| shifts.removed().map(move |range| before(round, range))).collect();
        marks.sort_by_key(|mark| mark.start);
        // If two ranges touch, one round removed what an earlier one had written.
        marks.dedup_by(|next, mark| {
            let do_meet = next.start <= mark.end;
            mark.end = mark.end.max(if do_meet { next.end } else { 0 });
            do_meet
        });
        marks
    }

    fn source_start(&self, at: usize) -> usize {
        self.shifts.iter().rev().fold(at, |at, shifts| shifts.original_start(at))
    }

    /// Rewrites the outermost markup; returns false if there was none.
    fn rewrite_round(&mut self) -> bool {
        if self.open_fences() {
            return true;
        }
        let lines = line::lines(&self.text);
        let outline = Outline::parse(&self.text);
        let mut edits = Edits::default();
        let scan = alert::rewrite(&self.text, &lines, &outline, &mut edits);
        let (mut parsed_attributes, mut labels, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        if scan.blocks.is_empty() {
            // The content of an alert follows in the next round, when the alert is a quote.
            wiki::rewrite(&self.text, &lines, &outline, &mut edits);
            definition::rewrite(&self.text, &outline, &mut edits);
            parsed_attributes = attributes::rewrite(&self.text, &lines, &outline, &mut edits);
            labels = tabs::rewrite(&self.text, &lines, &outline, &mut edits);
            shortcode::rewrite(&self.text, &lines, &outline, &mut edits);
            label::rewrite(&self.text, &outline, &mut edits);
            brace::rewrite(&self.text, &lines, &outline, &mut edits);
            let tags = tag::rewrite(&self.text, &lines, &outline, &mut edits);
            labels.extend(tags.labels);
            lost = tags.lost_words;
        }
        if edits.is_empty() {
            return false;
        }
        self.store_findings(scan, parsed_attributes);
        for label in labels {
            self.remarks.push((Remark::Label, self.source(label)));
        }
        let lost: Vec<Range<usize>> = lost.into_iter().map(|range| self.source(range)).collect();
        let is_new = |range: &Range<usize>| !self.remarks.contains(&(Remark::Words, range.clone()));
        let new: Vec<Range<usize>> = lost.into_iter().filter(is_new).collect();
        self.remarks.extend(new.into_iter().map(|range| (Remark::Words, range)));
        let (text, shifts) = edits.apply(&self.text);
        self.text = text;
        self.shifts.push(shifts);
        true
    }

    /// Removes fences that do not delimit code; returns false if there are none.
    fn open_fences(&mut self) -> bool {
        let mut edits = Edits::default();
        fences(&self.text).into_iter().for_each(|fence| edits.delete(fence));
        if edits.is_empty() {
            return false;
        }
        let (text, shifts) = edits.apply(&self.text);
        self.text = text;
        self.shifts.push(shifts);
        true
    }

    /// Stores the findings of a round, mapped to the original text.
    fn store_findings(&mut self, scan: alert::AlertScan, parsed_attributes: Vec<attributes::ParsedAttributes>) {
        for alert in scan.alerts {
            let at = self.source_start(alert.at);
            self.alerts.push(Alert { at, ..alert });
        }
        for range in scan.unclosed {
            self.remarks.push((Remark::Unclosed, self.source(range)));
        }
        for attributes::ParsedAttributes { range, size, end, is_layout, may_limit } in parsed_attributes {
            if let Some(size) = size {
                self.sizes.push((self.source(end..end).end, size));
                continue;
            }
            let range = self.source(range);
            self.remarks.extend(may_limit.then(|| (Remark::Limit, range.clone())));
            self.remarks.extend((!is_layout).then_some((Remark::Attributes, range)));
        }
    }
}

/// Whether a text may contain markup to be rewritten. This is a quick test that allows false positives, but no false
/// negatives.
fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).any(|at| follows_markup(bytes, at) || begins_line_of_braces(bytes, at))
        || memchr::memchr_iter(b':', bytes).any(|at| begins_line(bytes, at))
        || begins_admonition(bytes, b"!!!")
        || begins_admonition(bytes, b"???")
        || begins_admonition(bytes, b"///")
        || wiki::may_mislead(bytes)
        || memchr::memmem::find_iter(bytes, b"[!").any(|at| !is_known_alert(&bytes[at..]))
        || memchr::memmem::find_iter(bytes, b"[[").any(|at| is_in_brackets(bytes, at))
        || has_links_among_bars(bytes)
        || memchr::memmem::find(bytes, b"===").is_some()
        || shortcode::may_have_shortcodes(text)
        || tag::may_hold_tags(bytes)
        || fence::may_hold_fences(bytes)
        || label::may_hold_labels(bytes)
        || brace::may_escape_braces(bytes)
}

/// Whether a brace directly follows a link, code or emphasis.
fn follows_markup(bytes: &[u8], at: usize) -> bool {
    bytes[..at].last().is_some_and(|before| matches!(before, b']' | b')' | b'`' | b'*' | b'_'))
}

/// Whether a line consists of text in braces, after white space and markers of quotes and lists.
fn begins_line_of_braces(bytes: &[u8], at: usize) -> bool {
    begins_line(bytes, at) && line_end(bytes, at).trim_ascii_end().ends_with(b"}")
}

fn begins_admonition(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, mark).any(|at| begins_line(bytes, at))
}

/// Whether only white space and markers of quotes and lists precede a position in its line.
fn begins_line(bytes: &[u8], at: usize) -> bool {
    let is_outer = |byte: &u8| byte.is_ascii_whitespace() || b">-*+.)".contains(byte) || byte.is_ascii_digit();
    let mut before = bytes[..at].iter().rev().take_while(|byte| **byte != b'\n');
    before.all(is_outer)
}

/// Whether a link by ID is on a line with two vertical bars: one of a table row and one of a label.
fn has_links_among_bars(bytes: &[u8]) -> bool {
    let mut resume_at = 0;
    while let Some(at) = memchr::memmem::find(&bytes[resume_at..], b"[[").map(|at| resume_at + at) {
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        resume_at = at + line_end(bytes, at).len();
        if memchr::memchr_iter(b'|', &bytes[start..resume_at]).nth(1).is_some() {
            return true;
        }
    }
    false
}

/// Whether a link by ID is inside another link, that is, after a bracket that is still open on its line.
fn is_in_brackets(bytes: &[u8], at: usize) -> bool {
    let mut before = bytes[..at].iter().rev().take_while(|byte| **byte != b'\n');
    before.find(|byte| matches!(byte, b'[' | b']')) == Some(&b'[')
}

/// The rest of a line, starting at a position in it.
fn line_end(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]
}

/// Whether the parser recognizes the marker of an alert.
fn is_known_alert(mark: &[u8]) -> bool {
    [&b"[!NOTE]"[..], b"[!TIP]", b"[!IMPORTANT]", b"[!WARNING]", b"[!CAUTION]"]
        .iter()
        .any(|name| mark.strip_prefix(*name).is_some_and(|rest| matches!(rest.first(), None | Some(b'\n' | b'\r'))))
}

/// Returns the text as rewritten by a single rewriter.
#[cfg(test)]
fn rewritten_by<T>(text: &str, rewrite: fn(&str, &[line::Line], &Outline, &mut Edits) -> T) -> String {
    let mut edits = Edits::default();
    rewrite(text, &line::lines(text), &Outline::parse(text), &mut edits);
    edits.apply(text).0
}
