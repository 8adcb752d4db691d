//! Detects unsupported markup of other tools, which stays on the page as text, and reports it to the author.

use std::collections::HashSet;
use std::ops::Range;

use super::body::TextKind;
use super::reader::Reader;
use crate::finding::{Problem, reading};
use crate::place::Span;
use crate::text::shorten;

mod alert_mark;
mod anchor;
mod backslash;
mod columns;
mod comment;
mod component;
mod construct;
mod delimited;
mod directive;
mod east_asian;
mod emphasis;
mod expression;
mod hidden;
mod hiding_marks;
mod item;
mod latex;
mod leftovers;
mod lines;
mod module;
mod reference;
mod shape;
mod spans;
mod tag;
mod tool_comment;
mod wiki;

use construct::{COMMENT, LINK, PATH, UNREAD_INCLUSION};

pub(super) use comment::is_remark;
pub(super) use construct::{
    ATTRIBUTES, BAR, COMPONENT, CONFLICT, COUNTED, Construct, DAY, DIRECTIVE, DOUBLE_UNDERLINE, DRAWING, EMPTY_ALERT,
    ForeignMarkup, GREATER, GRID, INCLUSION, INDENTED, MATH, NOTE_STAR, NUMBER, PLUS, QUOTE, ROW, RULE_ROW, STAR,
    UNDERLINE, WRAPPED_ROW, is_in,
};
pub(super) use directive::{is_directive, is_filled_directive};
pub(crate) use expression::template_mark;
pub(crate) use lines::is_include_line;
pub(super) use tool_comment::is_tool_comment;

/// Passes the ranges of all such markup to `sink`, including markup in code; `is_code` says which positions are code.
pub(super) fn marks(text: &str, is_code: &dyn Fn(usize) -> bool, sink: &mut dyn FnMut(Range<usize>)) {
    // Malformed markup is the author's own, not another tool's. Escaped characters may make words look like a path.
    let is_other = |construct: &Construct| construct.rule == reading::FOREIGN_SYNTAX || *construct == PATH;
    delimited::all(text, &mut |construct, range| {
        if is_other(construct) {
            sink(range);
        }
    });
    comment::comments(text, &|at| !is_code(at), is_code).into_iter().for_each(sink);
}

impl Reader<'_> {
    /// Finds comments of other tools, and text that they would hide, which appear on the page but assert nothing.
    pub(super) fn find_foreign_comments(&mut self) {
        let start = self.body_start();
        let text = self.source.as_str().get(start..).unwrap_or_default();
        let place = |at: usize| Span::from(start + at..start + at).start;
        let is_code = |at: usize| self.kind_at(place(at)) == Some(TextKind::Code);
        let comments = comment::comments(text, &|at| self.is_prose(place(at)), &is_code);
        // Tags are not prose.
        let is_tag = |at: usize| text.as_bytes().get(at) == Some(&b'<') && !is_code(at);
        let hidden = hidden::hidden_texts(text, &|at| self.is_prose(place(at)) || is_tag(at));
        let mut found: Vec<(&'static Construct, Range<usize>)> =
            comments.into_iter().map(|range| (&COMMENT, range)).chain(hidden).collect();
        found.sort_by_key(|(_, range)| range.start);
        let mut done = 0;
        for (construct, range) in found.into_iter().filter(|(_, range)| !range.is_empty()) {
            // What is hidden twice is reported once.
            if range.start < done {
                continue;
            }
            done = range.end;
            let span = Span::from(start + range.start..start + range.end);
            self.foreign.record(construct, span);
            self.foreign.comments.push(span);
        }
    }

    /// Finds markup that other tools would have processed, and reports each kind once.
    pub(super) fn report_foreign(&mut self) {
        let start = self.body_start();
        let text = self.source.as_str().get(start..).unwrap_or_default();
        let mut constructs = Vec::new();
        // A link by ID in brackets has no text piece of its own.
        let links: HashSet<u32> = match text.contains("[[") {
            true => self.body.links.iter().map(|link| link.span.start).collect(),
            false => HashSet::new(),
        };
        delimited::all(text, &mut |construct, range: Range<usize>| {
            let at = Span::from(start + range.start..start + range.end);
            let is_end = || [&LINK, &CONFLICT].contains(&construct) && self.is_prose(at.end.saturating_sub(1));
            // Of a backslash before punctuation, only the punctuation is on the page.
            let is_escaped = || self.source_text(at).starts_with('\\') && self.is_prose(at.start + 1);
            let is_link = || self.source_text(at).starts_with("[[") && links.contains(&at.start);
            let is_text = self.is_prose(at.start) || is_link() || is_end() || is_escaped();
            if is_text && !self.foreign.is_in_comment(at.start) {
                constructs.push((construct, at));
            }
        });
        let is_out = |construct: &Construct| construct.is_mark || *construct == COMPONENT;
        let marks: Vec<Span> =
            constructs.iter().filter(|(construct, _)| is_out(construct)).map(|(_, at)| *at).collect();
        self.exclude_places(marks);
        let mut tags = std::mem::take(&mut self.foreign.tags);
        tags.sort_by_key(|at| at.start);
        self.running.exclude(&tags);
        for (construct, span) in constructs {
            self.foreign.record(construct, span);
        }
        self.foreign.list.sort_by_key(|(_, span, _)| span.start);
        for (construct, span, count) in std::mem::take(&mut self.foreign.list) {
            let problem = self.foreign_problem(construct, span, count);
            self.body.problems.push(problem);
        }
    }

    fn foreign_problem(&self, construct: &Construct, span: Span, count: usize) -> Problem {
        let is_allowed = *construct == INCLUSION && self.foreign.allows_inclusions;
        let construct = if is_allowed { &UNREAD_INCLUSION } else { construct };
        let repeat_note = match count {
            1 => String::new(),
            2 => " (and once more in this document)".to_owned(),
            _ => format!(" (and {} more times in this document)", count - 1),
        };
        let message = format!("`{}` {}{repeat_note}", excerpt(self.source_text(span)), construct.description);
        let problem = Problem::new(construct.rule, self.source.place(span), message).help(construct.help);
        match construct.at_most {
            Some(severity) => problem.with_max_severity(severity),
            None => problem,
        }
    }

    /// Whether a position in the file appears as prose on the page.
    pub(super) fn is_prose(&self, at: u32) -> bool {
        self.kind_at(at) == Some(TextKind::Prose)
    }

    /// The kind of text that a position in the file appears as, if it appears at all; prose takes precedence.
    pub(super) fn kind_at(&self, at: u32) -> Option<TextKind> {
        let pieces = &self.running.pieces;
        let next = pieces.partition_point(|piece| piece.source.start <= at);
        let candidates = pieces[next.saturating_sub(3)..next].iter().rev().take(3);
        let mut kinds = candidates.filter(|piece| at < piece.source.end).map(|piece| piece.kind);
        let first = kinds.next()?;
        if kinds.any(|kind| kind == TextKind::Prose) { Some(TextKind::Prose) } else { Some(first) }
    }
}

/// Whether an HTML comment inserts a file, as `<!-- include: contact.md -->` does.
pub(super) fn is_include_comment(comment: &str) -> bool {
    let inner = comment.trim_start_matches("<!--").trim_end_matches("-->").trim();
    let inner = inner.trim_start_matches(['@', '#', '!']);
    let Some(rest) = inner.get(..7).filter(|word| word.eq_ignore_ascii_case("include")).map(|_| &inner[7..]) else {
        return false;
    };
    let rest = rest.trim_start_matches(':').trim_start();
    let name = rest.split('{').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    rest.starts_with("file=") || rest.starts_with("virtual=") || lines::names_file(name)
}

/// Maximum number of characters of the markup that a message quotes.
const MAX_QUOTED_CHARS: usize = 60;

/// The first line of the markup, shortened.
fn excerpt(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().replace('`', "'");
    shorten(&line, MAX_QUOTED_CHARS).into_owned()
}

/// What a search finds in a text, in its order.
#[cfg(test)]
fn collected(text: &str, search: fn(&str, &mut construct::Sink<'_>)) -> Vec<&str> {
    let mut found = Vec::new();
    search(text, &mut |_, range| found.push(&text[range]));
    found
}
