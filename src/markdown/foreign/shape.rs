//! Lines that look like table rows, list items, task boxes or headings. What Markdown reads as such leaves no markers
//! on the page, so lines with visible markers were only intended as such.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::construct::{ANCHOR, CAPTION, CHECKBOX, FENCE, HEADING, LIST, Sink, TABLE, UNPARSED_IN_HTML, WIKI};
use super::item::{ItemMarker, is_wide_space};
use crate::markdown::info::is_east_asian;

/// A line, and where its content starts after the markers of quotes and lists.
#[derive(Clone, Copy)]
pub(super) struct ContentLine<'t> {
    /// The whole line, without white space at its end.
    pub(super) line: &'t str,
    /// The position of the line in the text.
    pub(super) start: usize,
    /// The offset of its content in the line.
    pub(super) words: usize,
    /// Whether the end of the line is a line break on the page, too.
    pub(super) is_broken: bool,
}

impl<'t> ContentLine<'t> {
    pub(super) fn text(&self) -> &'t str {
        self.line.get(self.words..).unwrap_or_default()
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start + self.words..self.start + self.line.len()
    }
}

/// What is known about the lines above.
#[derive(Default)]
pub(super) struct Shapes {
    /// The line directly above, unless it is empty.
    above: Option<LineAbove>,
    /// The first row of the table directly above, and whether it has been reported.
    rows: Option<(Range<usize>, bool)>,
    /// Whether the last line before an empty one was a row.
    was_row: bool,
    /// Whether the lines belong to a table in another tool's syntax.
    is_drawn: bool,
    /// The last item in these lines.
    item: Option<ItemAbove>,
    /// The box at the start of the line directly above, and whether it has been reported.
    bare_box: Option<(Range<usize>, bool)>,
    /// The number of open colon fences.
    open: usize,
}

struct ItemAbove {
    marker: ItemMarker,
    /// The offset of the marker in its line.
    lead: usize,
    range: Range<usize>,
    /// Whether its list has been reported.
    is_reported: bool,
    /// The first item, if both may be the initials of people: `A. Meier` above `B. Ray`.
    initial: Option<Range<usize>>,
    /// Whether it is part of a sentence: `1 – low and` above `2 – high`.
    is_joined: bool,
}

struct LineAbove {
    range: Range<usize>,
    /// Whether it is the first line of a paragraph.
    is_first: bool,
    is_broken: bool,
}

impl Shapes {
    /// Reads the next line.
    pub(super) fn read(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        if text.is_empty() {
            if self.above.is_some() {
                self.was_row = self.rows.is_some();
            }
            (self.above, self.rows, self.item, self.bare_box, self.is_drawn) = (None, None, None, None, false);
            return;
        }
        self.row(line, sink);
        self.item(line, sink);
        self.checkbox(line, sink);
        self.bare_box(line, sink);
        unread(line, sink);
        match text.as_bytes()[0] {
            b'=' | 0xef => self.heading(line, sink),
            b'^' | b'"' | b'\'' | b'+' => self.underline(line, sink),
            b':' => self.colons(line, sink),
            b'{' if text.starts_with("{| ") || text == "{|" => sink(&WIKI, line.range()),
            _ => {}
        }
        self.above = Some(LineAbove { range: line.range(), is_first: self.above.is_none(), is_broken: line.is_broken });
    }

    fn row(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        self.is_drawn |= text.starts_with("{|") || text.starts_with("+-") || text.starts_with("||");
        let is_row = text.starts_with('|') && memchr::memchr(b'|', &text.as_bytes()[1..]).is_some();
        let is_rule = memchr::memchr(b'|', text.as_bytes()).is_some() && is_rule(text);
        if self.is_drawn || !(is_row || is_rule) {
            self.rows = None;
            return;
        }
        match &mut self.rows {
            Some((first, shown)) => {
                if !*shown {
                    sink(&TABLE, first.clone());
                }
                *shown = true;
            }
            None => {
                // A single line is a row if it is a delimiter row, or a spaced one below a table and an empty line.
                let is_alone = is_rule || self.above.is_none() && is_spaced_row(text) && self.was_row;
                if is_alone {
                    sink(&TABLE, line.range());
                }
                self.rows = Some((line.range(), is_alone));
            }
        }
    }

    /// Finds items that run together, because the parser does not read them and no line break separates them. What it
    /// reads has no marker on the page.
    fn item(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let is_lead = |c: char| matches!(c, ' ' | '\t' | '>') || is_wide_space(c);
        let lead = line.line.len() - line.line.trim_start_matches(is_lead).len();
        let Some((offset, mut marker)) = ItemMarker::read_marked(&line.line[lead..]) else { return };
        let range = line.start + lead + offset..line.start + line.line.len();
        // Markdown knows only spaces and tabs.
        let is_wide = line.line[..lead].contains(is_wide_space);
        marker.is_markdown &= !is_wide;
        let is_apart = self.above.as_ref().is_none_or(|above| above.is_broken);
        let (mut is_reported, mut initial) = (false, None);
        if let Some(last) = self.item.take().filter(|last| !is_apart && !last.is_joined) {
            let is_next = last.marker.is_before(&marker);
            is_reported = is_next && last.is_reported && last.marker.is_first();
            let is_second = last.initial.is_none();
            let first = if last.marker.is_first() { Some(last.range) } else { last.initial };
            match first.filter(|_| is_next && !is_reported) {
                Some(first) if is_second && last.marker.may_be_initials(&marker) => initial = Some(first),
                Some(first) => {
                    sink(&LIST, first);
                    is_reported = true;
                }
                None => {}
            }
            // A wrapped line may begin with an option of a command: `-v`.
            let begins = |c: char| c.is_alphabetic() && !c.is_lowercase();
            let is_title = line.line[lead..].trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(begins);
            let is_item = is_next && (is_title || is_wide || lead <= last.lead) || marker.is_sure_bullet();
            // Markdown continues the item above instead, if this one is indented too far.
            let is_too_deep = marker.is_markdown && lead > last.lead;
            if last.marker.is_markdown && (!marker.is_markdown && is_item || is_too_deep) {
                sink(&LIST, range.clone());
                is_reported = true;
            }
        }
        let is_joined = !marker.is_markdown && !is_apart && ends_with_conjunction(line.line);
        self.item = Some(ItemAbove { marker, lead, range, is_reported, initial, is_joined });
    }

    /// Finds boxes that begin lines without the marker of an item, so that the lines run together.
    fn bare_box(&mut self, line: ContentLine<'_>, found: &mut Sink<'_>) {
        let before = line.line.get(..line.words).unwrap_or_default();
        let lead = before.trim_start_matches([' ', '\t', '>']);
        let is_box =
            lead.starts_with('[') && lead.trim_end().ends_with(']') || lead.is_empty() && escaped_box(line.text()) > 0;
        let above = self.bare_box.take();
        if !is_box {
            return;
        }
        let start = line.start + before.len() - lead.len();
        let is_apart = self.above.as_ref().is_none_or(|above| above.is_broken);
        let is_reported = match above {
            Some((first, false)) if !is_apart => {
                found(&CHECKBOX, first);
                true
            }
            Some((_, is_reported)) => is_reported,
            None => false,
        };
        let length = escaped_box(line.text()).max("[ ]".len());
        self.bare_box = Some((start..start + length, is_reported));
    }

    /// Finds task boxes in a wrong form: `- [] words`, `- [ ]words`, `- [-] words`.
    fn checkbox(&self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let escaped = escaped_box(text);
        if escaped > 0 && line.words > 0 {
            sink(&CHECKBOX, line.range().start..line.range().start + escaped);
            return;
        }
        let Some(inner) = text.strip_prefix(['[', '［']) else { return };
        let is_item = line.line[..line.words].trim_end().ends_with(['-', '*', '+', '.', ')']);
        let Some((sign, after)) =
            inner.split_once([']', '］']).filter(|(sign, _)| is_item && sign.chars().count() <= 1)
        else {
            return;
        };
        let is_meant = match sign {
            "" => after.starts_with(' '),
            "x" | "X" if text.starts_with('［') => true,
            " " | "x" | "X" => after.starts_with(|c: char| c.is_alphanumeric() || is_wide_space(c)),
            "\u{a0}" | "\u{3000}" => true,
            "ｘ" | "Ｘ" | "○" | "〇" | "◯" | "●" | "レ" | "済" | "未" | "✕" | "☑" => {
                after.starts_with(|c: char| c == ' ' || is_wide_space(c))
            }
            "-" | "~" | "/" | ">" | "<" | "!" | "?" | "*" | "v" | "V" | "✓" | "✔" | "✗" | "✘" => {
                after.starts_with(' ')
            }
            _ => false,
        };
        if is_meant {
            let range = line.range();
            let brackets = text.len() - after.len() - sign.len();
            sink(&CHECKBOX, range.start..range.start + sign.len() + brackets);
        }
    }

    /// Finds `== Hours ==`, a heading in wikis and AsciiDoc, and headings with full-width number signs.
    fn heading(&self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let rest = text.trim_start_matches('=');
        let wide = text.trim_start_matches('\u{ff03}');
        let is_equals = (2..=6).contains(&(text.len() - rest.len()))
            && rest.strip_prefix(' ').is_some_and(|title| title.starts_with(char::is_alphanumeric));
        let is_wide = text.len() - wide.len() >= 2 * '\u{ff03}'.len_utf8()
            || text.len() > wide.len() && (wide.starts_with([' ', '\u{3000}']) || is_short_title(wide));
        let is_title = wide.trim_start().starts_with(char::is_alphanumeric);
        if self.above.is_none() && (is_equals || is_wide && is_title) {
            sink(&HEADING, line.range());
        }
    }

    /// Finds titles underlined with characters that Markdown does not know, as in reStructuredText, and names of
    /// blocks.
    fn underline(&self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let first = text.as_bytes()[0];
        let is_line = text.len() >= 3 && text.bytes().all(|byte| byte == first);
        match &self.above {
            Some(above) if is_line && above.is_first && text.len() >= above.range.len().min(MIN_UNDERLINE_CHARS) => {
                sink(&HEADING, above.range.clone());
            }
            None if first == b'^' && is_block_name(&text[1..]) => sink(&ANCHOR, line.range()),
            _ => {}
        }
    }

    /// Finds `:::` that closes nothing, and `: words`, a table caption in Pandoc.
    fn colons(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let rest = text.trim_start_matches(':');
        match text.len() - rest.len() {
            1 if self.above.is_none() && rest.starts_with(' ') => sink(&CAPTION, line.range()),
            0..3 => {}
            _ if !rest.trim().is_empty() => self.open += 1,
            _ if self.open > 0 => self.open -= 1,
            _ => sink(&FENCE, line.range()),
        }
    }
}

/// Whether a text is a title in a script without spaces, and no sentence: `目的`.
fn is_short_title(text: &str) -> bool {
    const MAX_CHARS: usize = 20;
    text.starts_with(is_east_asian)
        && text.chars().take(MAX_CHARS + 1).count() <= MAX_CHARS
        && text.chars().all(char::is_alphanumeric)
}

/// The length of a box whose brackets a converter escaped, at the start of a text: `\[ \] words`.
fn escaped_box(text: &str) -> usize {
    const BOXES: [&str; 9] =
        ["\\[ \\] ", "\\[x\\] ", "\\[X\\] ", "[ \\] ", "[x\\] ", "[X\\] ", "\\[ ] ", "\\[x] ", "\\[X] "];
    BOXES.iter().find(|mark| text.starts_with(**mark)).map_or(0, |mark| mark.trim_end().len())
}

/// Whether a line without other punctuation ends with *and* or *or*.
fn ends_with_conjunction(line: &str) -> bool {
    let (words, last) = line.rsplit_once(' ').unwrap_or_default();
    CONJUNCTIONS.contains(&last) && !words.ends_with([',', ';', '.'])
}

const CONJUNCTIONS: [&str; 10] = ["and", "or", "und", "oder", "et", "ou", "y", "e", "en", "of"];

/// Passes what begins a quote or a code block, which is on the page only in a block of HTML.
fn unread(line: ContentLine<'_>, found: &mut Sink<'_>) {
    let text = line.line.trim_start_matches([' ', '\t']);
    let start = line.start + line.line.len() - text.len();
    let is_quote = text.strip_prefix('>').is_some_and(|rest| rest.starts_with(' ') && rest.len() > 1);
    if is_quote || text.starts_with("```") || text.starts_with("~~~") {
        found(&UNPARSED_IN_HTML, start..line.start + line.line.len());
    }
}

/// An underline of this length counts, however long the title above it is.
const MIN_UNDERLINE_CHARS: usize = 8;

/// Whether a line is the delimiter row of a table, `| --- | :-: |`, or an imitation: `|===|===|`, `|—|—|`.
pub(super) fn is_rule(text: &str) -> bool {
    let mut dashes = 0;
    let is_rule_char = |c: char| {
        dashes += match c {
            '-' | '=' => 1,
            '–' | '—' | '―' => 3,
            _ => 0,
        };
        matches!(c, '|' | ' ' | '\t' | ':' | '+' | '-' | '=' | '–' | '—' | '―')
    };
    text.chars().all(is_rule_char) && dashes >= 3
}

/// Whether a line is a row with spaces inside its outer bars: `| 3 | 4 |`, but not `|x|`.
fn is_spaced_row(text: &str) -> bool {
    text.starts_with("| ") && text.ends_with(" |") && memchr::memchr_iter(b'|', text.as_bytes()).count() >= 3
}

/// Whether a name has the form of a block name in Obsidian: `table-1`.
fn is_block_name(name: &str) -> bool {
    name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
