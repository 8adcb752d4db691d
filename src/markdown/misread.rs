//! Text that Markdown reads differently from what its author intended: a paragraph underlined as a heading, words as a
//! row of a table, an amount as a quotation.

use pulldown_cmark::Tag;

use super::announcement::announces_quotation;
use super::comparison::{QuotePosition, is_comparison, is_increase, is_sentence, is_telephone};
use super::foreign::{
    BAR, CONFLICT, COUNTED, Construct, DAY, DOUBLE_UNDERLINE, GREATER, GRID, NOTE_STAR, NUMBER, PLUS, QUOTE, ROW,
    RULE_ROW, UNDERLINE, WRAPPED_ROW,
};
use super::ordinal_day::{begins_with_counted, begins_with_month};
use super::reader::Reader;
use crate::place::Span;

/// The longest quote marker to look at, in bytes: quotes may be nested as deeply as their marker is long.
const MAX_QUOTE_BYTES: usize = 300;
/// The maximum number of words in a title that ends like a sentence.
const MAX_TITLE_WORDS: usize = 4;
/// The longest block above a note to look at, in bytes.
const MAX_NOTED_BYTES: usize = 4_000;

impl Reader<'_> {
    /// Finds `4.` after `2.`, which the page shows as 3; authors may also write `1.` before each item, unless it counts
    /// days or periods.
    pub(super) fn find_changed_number(&mut self, span: Span) {
        let source_text = self.source_text(span).trim_start();
        let start = span.end - Span::from(0..source_text.len()).end;
        let length = source_text.bytes().take_while(u8::is_ascii_digit).count();
        let Some(Some((next, last))) = self.block.numbers.last_mut() else { return };
        let Ok(number) = source_text[..length].parse::<u64>() else { return };
        let words = source_text[length..].strip_prefix('.').unwrap_or_default();
        let (is_day, is_counted) = (begins_with_month(words), begins_with_counted(words));
        let is_habit = number == *last && number <= 1 && !is_day && !is_counted;
        let is_shown = number == *next || is_habit;
        (*next, *last) = (next.saturating_add(1), number);
        match is_shown {
            true => {}
            false if is_day => self.note_first_line(&DAY, Span { start, end: span.end }),
            false if is_counted => self.note_first_line(&COUNTED, Span { start, end: span.end }),
            false => self.foreign.record(&NUMBER, Span { start, end: start + Span::from(0..length + 1).end }),
        }
    }

    /// Finds a bar in code, which ends a table cell all the same.
    fn find_cut_code(&mut self, source_text: &str, span: Span) {
        let cells: Vec<&str> = source_text.trim_matches('|').split('|').collect();
        let is_half = |cell: &&str| cell.matches('`').count() % 2 == 1 && !cell.ends_with('\\');
        if cells.len() <= self.tables.alignments.len() && cells.windows(2).any(|pair| pair.iter().all(is_half)) {
            self.note_first_line(&BAR, span);
        }
    }

    /// Finds words directly below a table: without any bar, they were not intended as a row.
    pub(super) fn find_false_row(&mut self, tag: &Tag<'_>, span: Span) {
        let source_text = self.source_text(span).trim_end();
        let is_no_row = !source_text.contains('|') && !source_text.trim().is_empty();
        if matches!(tag, Tag::TableRow) && self.tables.alignments.len() > 1 && is_no_row {
            self.note_first_line(&ROW, span);
        }
        if matches!(tag, Tag::TableRow) && memchr::memchr(b'`', source_text.as_bytes()).is_some() {
            self.find_cut_code(source_text, span);
        }
        if matches!(tag, Tag::TableRow) && is_rule_row(source_text) {
            self.note_first_line(&RULE_ROW, span);
        }
        if matches!(tag, Tag::TableRow) && source_text.ends_with('|') && !source_text.starts_with('|') {
            self.find_wrapped_row(span);
        }
    }

    /// Finds the rest of a row that an editor wrapped: only the row above has a bar at its start, and only this one has
    /// a bar at its end.
    fn find_wrapped_row(&mut self, span: Span) {
        let before = self.source.as_str().get(self.body_start()..span.start as usize).unwrap_or_default();
        let above = before.trim_end().rsplit('\n').next().unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        if above.starts_with('|') && !above.ends_with('|') && above.len() > 1 {
            self.note_first_line(&WRAPPED_ROW, span);
        }
    }

    /// Finds a paragraph that becomes a heading because of a line `---` or `===` below it.
    pub(super) fn find_underline(&mut self, span: Span) {
        let source_text = self.source_text(span).trim_end();
        let Some((text, line)) = source_text.rsplit_once('\n') else { return };
        let line = line.trim_start_matches([' ', '\t', '>']);
        let construct = match line.bytes().next() {
            Some(b'-') if line.bytes().all(|byte| byte == b'-') => &UNDERLINE,
            Some(b'=') if line.bytes().all(|byte| byte == b'=') => &DOUBLE_UNDERLINE,
            _ => return,
        };
        let text = text.trim_end();
        // The marks of a merge are reported where they begin.
        if text.starts_with("<<<<<<<") {
            return;
        }
        let end = span.start + Span::from(0..source_text.len()).end;
        if line == "=======" && self.is_between_versions(text, Span { start: span.start, end }) {
            self.foreign.record(&CONFLICT, Span { start: end - Span::from(0..line.len()).end, end });
            return;
        }
        let is_sentence = text.ends_with('。')
            || text.ends_with(['.', ';', ',', ':']) && text.split_whitespace().count() > MAX_TITLE_WORDS;
        if is_sentence || text.contains('\n') {
            self.note_first_line(construct, span);
        }
    }

    /// Whether a line of seven equals signs below a text separates two versions: it is not the underline of a title,
    /// which is as long as the title or has an empty line below it.
    fn is_between_versions(&self, text: &str, span: Span) -> bool {
        let source = self.source.as_str();
        let below = source.get(span.end as usize..).unwrap_or_default().trim_start_matches('\r');
        let below = below.strip_prefix('\n').unwrap_or(below);
        let is_followed = below.lines().next().is_some_and(|line| !line.trim().is_empty());
        let above = source.get(self.body_start()..span.start as usize).unwrap_or_default();
        is_followed && text.chars().count() != "=======".len() && !above.trim().is_empty()
    }

    /// Finds `>>>` around a quote, which is GitLab's syntax for long ones.
    pub(super) fn find_long_quote(&mut self, span: Span) {
        let source_text = self.source_text(span).trim();
        if (3..MAX_QUOTE_BYTES).contains(&source_text.len()) && source_text.bytes().all(|byte| byte == b'>') {
            self.foreign.record(&QUOTE, span);
        }
    }

    /// Finds `> 30 minutes`, which loses its sign because a quotation begins with it.
    pub(super) fn find_comparison(&mut self, span: Span) {
        let source_text = self.source_text(span);
        let before = self.source.as_str().get(self.body_start()..span.start as usize).unwrap_or_default();
        let is_quotation = || announces_quotation(before, is_sentence(source_text));
        if is_comparison(source_text, quote_position(before)) && !is_quotation() {
            self.note_first_line(&GREATER, span);
        }
    }

    /// Finds `+ 10 %` on a line that continues the one above, and a telephone number that begins with `+`.
    pub(super) fn find_increase(&mut self, span: Span) {
        let source_text = self.source_text(span);
        if !source_text.trim_start().starts_with('+') {
            return;
        }
        let is_telephone = is_telephone(source_text);
        if !is_telephone && !is_increase(source_text) {
            return;
        }
        let source = self.source.as_str();
        let before = source.get(self.body_start()..span.start as usize).unwrap_or_default();
        let next = source.get(span.end as usize..).unwrap_or_default().trim_start();
        let last = before.trim_end().lines().next_back().unwrap_or_default().trim_start();
        let is_list = last.starts_with('+') || next.starts_with('+');
        if (is_telephone || quote_position(before) == QuotePosition::Sentence) && !is_list {
            self.note_first_line(&PLUS, span);
        }
    }

    /// Finds `* measured monthly`, a note to the one star in the text above, which is read as a list item.
    pub(super) fn find_note_with_star(&mut self, span: Span) {
        let source_text = self.source_text(span);
        let source = self.source.as_str();
        let before = source.get(self.body_start()..span.start as usize).unwrap_or_default();
        let is_alone = before.ends_with('\n')
            && !source.get(span.end as usize..).unwrap_or_default().trim_start().starts_with('*');
        if source_text.starts_with("* ") && is_alone && has_note_mark(before.trim_end()) {
            self.note_first_line(&NOTE_STAR, span);
        }
    }

    /// Finds `-----   -----` below the header of a Pandoc table, which has no bars.
    pub(super) fn find_drawn_table(&mut self, span: Span) {
        let source_text = self.source_text(span).trim();
        let mut rules = source_text.split_whitespace();
        let is_drawn = rules.clone().count() > 1 && rules.all(|rule| rule.len() >= 3 && rule.starts_with('-'));
        if is_drawn {
            self.foreign.record(&GRID, span);
        }
    }

    pub(super) fn note_first_line(&mut self, construct: &'static Construct, span: Span) {
        let length = self.source_text(span).lines().next().unwrap_or_default().trim_end().len();
        self.foreign.record(construct, Span { start: span.start, end: span.start + Span::from(0..length).end });
    }
}

/// Whether each cell of a row is a line of hyphens.
fn is_rule_row(row: &str) -> bool {
    let is_line = |cell: &str| {
        let line = cell.trim().trim_matches(':');
        line.len() > 2 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='))
    };
    row.contains('|') && row.trim().trim_matches('|').split('|').all(is_line)
}

/// Whether the last block of a text has exactly one star, behind a word or an amount, as the mark of a note.
fn has_note_mark(text: &str) -> bool {
    let window = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_NOTED_BYTES))..];
    let block = window.rsplit("\n\n").next().unwrap_or_default();
    let Some((word, rest)) = block.split_once('*') else { return false };
    let is_mark = word.ends_with(|c: char| c.is_alphanumeric() || ")%\\".contains(c));
    is_mark && !rest.contains('*') && rest.chars().next().is_none_or(|c| c.is_whitespace() || "|.,;".contains(c))
}

/// Where a block begins after `before`, the text up to it.
fn quote_position(before: &str) -> QuotePosition {
    let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let (above, marks) = before.split_at(line_start);
    let marker = marks.trim().rsplit(' ').next().unwrap_or_default();
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if matches!(marker, "-" | "*" | "+" | ":") || marker.strip_suffix(['.', ')']).is_some_and(is_number) {
        return QuotePosition::Item;
    }
    let line = above.lines().next_back().unwrap_or_default().trim();
    let is_open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '(' | '–' | '—'));
    if is_open && !line.starts_with('#') { QuotePosition::Sentence } else { QuotePosition::Alone }
}
