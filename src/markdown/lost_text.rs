//! Detects source text that does not reach the page: each letter belongs to an event, to known markup, or is lost.
//!
//! Events arrive in source order. Anything between the end of one and the start of the next is markup; if it contains
//! letters or digits that no known markup explains, the parser has dropped something that the author wrote.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, RefDefs, Tag, TagEnd};

use super::attributes::{find_block, find_stray_words, read_block};
use super::claim::assigns_clauses;
use super::foreign::{INCLUSION, is_include_comment, is_tool_comment};
use super::info::is_unspaced_script;
use super::reader::{LostLetters, Reader};
use crate::finding::{Problem, Severity, reading};
use crate::html::{Token, decode_references, token_at};
use crate::place::Span;
use crate::text::is_invisible;

/// A link definition: its label and its place in the file.
pub(super) struct Definition {
    label: String,
    span: Span,
    /// Whether the target can only be an address.
    is_address: bool,
    /// Whether the target is empty, as in definitions used as comments.
    is_blank: bool,
}

/// The link definitions of a text, in order; `place` maps a range of the text to the file.
pub(super) fn definitions(all: &RefDefs<'_>, place: impl Fn(Range<usize>) -> Span) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = all
        .iter()
        .map(|(label, definition)| Definition {
            label: fold_label(label),
            span: place(definition.span.clone()),
            is_address: is_address(&definition.dest) && definition.title.is_none(),
            is_blank: matches!(&*definition.dest, "" | "#"),
        })
        .collect();
    definitions.sort_by_key(|definition| definition.span.start);
    definitions
}

/// Whether the target of a definition can only be an address, not a word of a sentence.
fn is_address(target: &str) -> bool {
    let ending = target.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    target.contains('/') || target.starts_with('#') || target.contains('@') || is_file
}

/// A label normalized for comparison.
fn fold_label(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    /// Records the markup of other dialects that has been removed.
    pub(super) fn record_removed_marks(&mut self, marks: Vec<Span>) {
        self.coverage.marks = marks;
    }

    /// Checks the source before an event, and marks the range that the event accounts for.
    pub(super) fn cover(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => {
                self.record_gap(span.start, false);
                let end = self.opening_end(tag, span);
                self.coverage.position = self.coverage.position.max(end);
            }
            Event::End(tag) => self.cover_end(*tag, span),
            _ => {
                self.record_gap(span.start, false);
                self.coverage.position = self.coverage.position.max(span.end);
            }
        }
    }

    /// Records letters before a position that nothing accounts for.
    fn record_gap(&mut self, to: u32, is_cell: bool) {
        let from = self.coverage.position;
        if to <= from {
            return;
        }
        let gap = &self.source.as_str().as_bytes()[from as usize..to as usize];
        let is_significant =
            |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80 || is_cell && is_cell_symbol(char::from(*byte));
        if gap.iter().any(is_significant) {
            self.coverage.gaps.push(LostLetters { span: Span { start: from, end: to }, is_cell });
        }
        self.coverage.position = to;
    }

    /// End of the markup at the start of a container.
    fn opening_end(&mut self, tag: &Tag<'_>, span: Span) -> u32 {
        let source_text = self.source_text(span);
        let length = match tag {
            Tag::Item => Some(item_marker_length(source_text)),
            Tag::FootnoteDefinition(_) => source_text.find("]:"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => Some(source_text.find('\n').unwrap_or(source_text.len())),
            Tag::BlockQuote(Some(_)) => source_text.find(']'),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, .. }
            | Tag::Image { link_type: LinkType::WikiLink { has_pothole }, .. } => {
                source_text.find('|').filter(|_| *has_pothole)
            }
            Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => {
                let by_name = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                if by_name {
                    self.coverage.used_labels.insert(fold_label(id));
                }
                None
            }
            _ => None,
        };
        span.start + Span::from(0..length.unwrap_or(0)).end
    }

    fn cover_end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::TableRow | TagEnd::TableHead => self.record_gap(span.end, true),
            TagEnd::Heading(_) => {
                self.cover_braces(span);
                self.coverage.position = self.coverage.position.max(span.end);
            }
            TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock => {
                self.coverage.position = self.coverage.position.max(span.end);
            }
            _ => {}
        }
    }

    /// Records words in the braces of a heading that are not attributes, if at least one other word is.
    fn cover_braces(&mut self, heading: Span) {
        let source_text = self.source_text(heading).trim_end();
        let Some(block) = find_block(source_text) else { return };
        let start = heading.start + Span::from(0..block.start).end;
        let block_text = &source_text[block];
        if start <= self.coverage.position || !read_block(block_text).has_attributes {
            return;
        }
        if let Some(stray_words) = find_stray_words(block_text) {
            let at = |offset: usize| start + Span::from(0..offset).end;
            self.coverage.gaps.push(LostLetters {
                span: Span { start: at(stray_words.start), end: at(stray_words.end) },
                is_cell: false,
            });
        }
    }

    /// Reports everything that did not reach the page.
    pub(super) fn report_lost(&mut self, definitions: &[Definition]) {
        self.record_gap(Span::from(0..self.source.as_str().len()).end, false);
        let gaps = std::mem::take(&mut self.coverage.gaps);
        if gaps.is_empty() {
            return;
        }
        self.coverage.definitions =
            definitions.iter().map(|definition| self.source_text(definition.span).trim().to_owned()).collect();
        for gap in gaps {
            let definitions_in_gap = self.definitions_in(definitions, gap.span);
            let mut start = gap.span.start;
            for definition in definitions_in_gap {
                self.report_gap(Span { start, end: definition.span.start }, gap.is_cell);
                start = definition.span.end;
                if !self.coverage.used_labels.contains(&definition.label) {
                    self.report_definition(definition);
                }
            }
            self.report_gap(Span { start: start.min(gap.span.end), end: gap.span.end }, gap.is_cell);
        }
    }

    fn definitions_in<'d>(&self, definitions: &'d [Definition], gap: Span) -> &'d [Definition] {
        let from = definitions.partition_point(|definition| definition.span.start < gap.start);
        let to = definitions.partition_point(|definition| definition.span.start < gap.end);
        definitions.get(from..to).unwrap_or_default()
    }

    fn report_definition(&mut self, definition: &Definition) {
        let span = self.trimmed(definition.span);
        if is_comment(definition) {
            return self.record_comment(span);
        }
        let source_text = self.source_text(span);
        let name = source_text.find("]:").map_or(source_text, |end| &source_text[..end + 2]);
        let message = format!("`{name}` defines a link that is used nowhere, so this line is not on the page");
        let problem = Problem::new(reading::LOST_TEXT, self.source.place(span), message)
            .help("write `\\[` instead of `[` to show the line, or remove it");
        self.body.problems.push(if definition.is_address {
            problem.with_max_severity(Severity::Note)
        } else {
            problem
        });
    }

    /// Reports an unexplained range line by line, unless it has no letters or only those of markup.
    fn report_gap(&mut self, gap: Span, is_cell: bool) {
        if let Some(comment) = self.remark(gap).filter(|_| !is_cell) {
            self.record_comment(comment);
            self.report_gap(Span { start: gap.start, end: comment.start }, false);
            return self.report_gap(Span { start: comment.end, end: gap.end }, false);
        }
        let Some(span) = self.letters(gap, is_cell).filter(|span| !is_cell || has_content(self.source_text(*span)))
        else {
            return;
        };
        // A cell may begin with a bracket, too: `| [to be agreed] |`.
        if !is_cell && self.source_text(span).starts_with('[') {
            return self.report_duplicates(span);
        }
        let (message, help) = if is_cell {
            (
                format!(
                    "`{}` is not on the page: the row has more cells than the table's head",
                    self.source_text(span).trim()
                ),
                "add a column to the head, or remove the cell; a bar within a cell is written `\\|`, also in code",
            )
        } else {
            ("this text is not on the page".to_owned(), "write it differently, for example as a separate paragraph")
        };
        self.add_lost_text(span, message, help);
    }

    /// The first line of a stretch that is a comment, `[//]: # (words)`; its label repeats that of the comments above
    /// it.
    fn remark(&self, gap: Span) -> Option<Span> {
        let source_text = self.source_text(gap);
        let mut start = 0;
        for line in source_text.split_inclusive('\n') {
            let label = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
            let is_remark = label.is_some_and(|(label, target)| {
                let target = target.trim_start();
                label.trim() == "//"
                    || is_remark_name(&fold_label(label)) && (target.starts_with('#') || target.starts_with("<>"))
            });
            if is_remark {
                let end = start + line.trim_end().len();
                return Some(Span {
                    start: gap.start + Span::from(0..start).end,
                    end: gap.start + Span::from(0..end).end,
                });
            }
            start += line.len();
        }
        None
    }

    /// Reports repeated link definitions line by line, except identical ones, which lose nothing.
    fn report_duplicates(&mut self, span: Span) {
        let mut start = span.start;
        for line in self.source_text(span).split_inclusive('\n') {
            let place = self.trimmed(Span { start, end: start + Span::from(0..line.len()).end });
            start += Span::from(0..line.len()).end;
            let target = line.split_once("]:").map_or(line, |(_, target)| target).trim();
            if target.is_empty() || self.coverage.definitions.contains(line.trim()) {
                continue;
            }
            let message = "this line defines a link a second time, so it is not on the page";
            let problem = Problem::new(reading::LOST_TEXT, self.source.place(place), message)
                .help("give each definition its own name, or write `\\[` instead of `[` to show the line");
            self.body.problems.push(if is_address(target) {
                problem.with_max_severity(Severity::Note)
            } else {
                problem
            });
        }
    }

    fn add_lost_text(&mut self, span: Span, message: String, help: &str) {
        self.add_problem(reading::LOST_TEXT, span, message, help);
    }

    /// The range from the first to the last letter outside markup of another dialect, with the characters around it. In
    /// a cell, symbols also count.
    fn letters(&self, gap: Span, is_cell: bool) -> Option<Span> {
        let source_text = self.source_text(gap);
        let is_mark = |at: u32| self.is_mark(at);
        let mut letters = source_text
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric() || is_cell && is_cell_symbol(*c))
            .map(|(at, c)| gap.start + Span::from(0..at).end..gap.start + Span::from(0..at + c.len_utf8()).end)
            .filter(|place| is_cell || !is_mark(place.start));
        let first = letters.next()?;
        let end = letters.next_back().map_or(first.end, |last| last.end);
        let before = self.source_text(Span { start: gap.start, end: first.start });
        let leading = before.len() - before.trim_end_matches(|c: char| !c.is_whitespace() && c != '|').len();
        let after = self.source_text(Span { start: end, end: gap.end });
        let trailing = after.find(|c: char| c.is_whitespace() || c == '|').unwrap_or(after.len());
        Some(Span { start: first.start - Span::from(0..leading).end, end: end + Span::from(0..trailing).end })
    }

    fn is_mark(&self, at: u32) -> bool {
        let next = self.coverage.marks.partition_point(|mark| mark.start <= at);
        next.checked_sub(1).and_then(|last| self.coverage.marks.get(last)).is_some_and(|mark| at < mark.end)
    }

    fn trimmed(&self, span: Span) -> Span {
        let length = self.source_text(span).trim_end().len();
        Span { start: span.start, end: span.start + Span::from(0..length).end }
    }

    /// Records a comment that has content.
    pub(super) fn record_comment(&mut self, span: Span) {
        let comment = self.source_text(span);
        if is_include_comment(comment) {
            return self.foreign.record(&INCLUSION, span);
        }
        if assigns_clauses(comment.trim_start_matches("<!--").trim_end_matches("-->")) {
            let message = "a claim in a comment is not read".to_owned();
            return self.add_problem(
                reading::MISPLACED_CLAIM,
                span,
                message,
                "end the heading in `{clauses=\"8.6.3\"}`",
            );
        }
        let words = comment.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
        // Some scripts have no spaces between words.
        let dense = comment.chars().filter(|c| is_unspaced_script(*c)).count();
        if words + dense / 2 >= MIN_COMMENT_WORDS && !is_tool_comment(comment) {
            self.body.comments.push(span);
        }
    }
}

/// The length of an item's number and task box, which precede its first paragraph.
fn item_marker_length(item: &str) -> usize {
    let number = item.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(0);
    let after_marker = item[number..].trim_start_matches(['-', '+', '*', '.', ')']).trim_start();
    let is_task = ["[x]", "[X]"]
        .iter()
        .any(|tick| after_marker.strip_prefix(tick).is_some_and(|rest| rest.starts_with(char::is_whitespace)));
    if is_task { item.len() - after_marker.len() + "[x]".len() } else { number }
}

/// Whether a cell contains more than line breaks, comments and spaces written as HTML.
fn has_content(cell: &str) -> bool {
    let mut at = 0;
    while at < cell.len() {
        at = match token_at(cell, at) {
            Token::Text(range) if decode_references(&cell[range.clone()]).chars().any(is_cell_symbol_or_letter) => {
                return true;
            }
            Token::Open(tag) if !tag.name.is_empty() && !cell[tag.name.clone()].eq_ignore_ascii_case("br") => {
                return true;
            }
            Token::Open(tag) | Token::Close(tag) => tag.range.end,
            Token::Text(range) | Token::Declaration(range) | Token::Comment { range, .. } => range.end,
        };
    }
    false
}

fn is_cell_symbol_or_letter(c: char) -> bool {
    c.is_alphanumeric() || is_cell_symbol(c)
}

/// Whether a symbol in a cell is content, like `✔` and `?`: not white space, a line or a delimiter of emphasis.
fn is_cell_symbol(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c) && !"|-–—:.>\\*_~".contains(c)
}

/// Minimum number of words of a comment for human readers; comments for tools, such as `prettier-ignore` or `toc`, are
/// shorter.
const MIN_COMMENT_WORDS: usize = 3;

/// Whether a link definition is a comment, judging by its label.
fn is_comment(Definition { label, is_blank, .. }: &Definition) -> bool {
    label == "//" || *is_blank && is_remark_name(label)
}

fn is_remark_name(label: &str) -> bool {
    matches!(label, "#" | "comment" | "comments" | "_" | "-" | "")
}
