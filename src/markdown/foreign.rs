//! Marks of other tools that are not supported: they stay on the page as text, and their author is told.

use std::ops::Range;

use super::body::TextKind;
use super::reader::Reader;
use crate::finding::{Problem, Severity, reading};
use crate::place::Span;

mod find;

pub(super) use find::is_directive;

/// A construct of another tool.
#[derive(Debug, PartialEq)]
pub(super) struct Construct {
    /// What it is, after the words that are quoted from the text.
    what: &'static str,
    /// What to write instead.
    help: &'static str,
    /// The most that it weighs, when nothing is lost by it.
    at_most: Option<Severity>,
}

/// A construct whose debris readers see.
const fn visible(what: &'static str, help: &'static str) -> Construct {
    Construct { what, help, at_most: None }
}

/// A construct that is dropped without a loss.
const fn dropped(what: &'static str, help: &'static str) -> Construct {
    Construct { what, help, at_most: Some(Severity::Note) }
}

pub(super) static TABS: Construct =
    visible("opens a tab; tabs are not supported", "write a heading for each tab, for example `### Windows`");
pub(super) static INCLUSION: Construct = visible(
    "includes another file, which is not supported",
    "write the text here, or link to the document that contains it",
);
pub(super) static CONTAINER: Construct = visible(
    "opens a block that is not supported",
    "write headings or lists; for an alert, write `> [!NOTE]` above its quoted lines",
);
pub(super) static CONTENTS: Construct =
    visible("asks for a table of contents", "remove it: every page has its own table of contents");
pub(super) static MATH: Construct =
    visible("is mathematics, which is not typeset", "write the formula in words or as code, or show it as an image");
pub(super) static SHORT_CODE: Construct =
    visible("is the short code of an emoji, which is not replaced", "write the sign itself, such as ⚠️, or a word");
pub(super) static ICON: Construct =
    visible("is the short code of an icon, which is not replaced", "remove it, or write a word");
pub(super) static SHORTCODE: Construct =
    visible("is a shortcode or template tag of another tool", "write in Markdown what it would insert");
pub(super) static MODULE: Construct =
    visible("is code of MDX, which is not run", "remove it, and write in Markdown what its components show");
pub(super) static COMPONENT: Construct =
    visible("is a component of another tool", "write in Markdown what it would show");
pub(super) static DIRECTIVE: Construct = visible(
    "is a directive of another tool; its block is shown as code",
    "write an alert as `> [!WARNING]` above its quoted lines, and anything else in plain Markdown",
);
pub(super) static ROLE: Construct =
    visible("is a role of another tool", "write a link as `[text](file.md)`, and anything else in plain Markdown");
pub(super) static GRID: Construct = visible(
    "draws a table of Pandoc's kind, which is not supported",
    "write the table with `|` and a line `| --- | --- |` below its head",
);
pub(super) static HIGHLIGHT: Construct = visible("marks words in a way that is not supported", "write `**words**`");
pub(super) static ABBREVIATION: Construct =
    visible("defines an abbreviation, which is not supported", "explain it where it is used first, or in a glossary");
pub(super) static KEYS: Construct = visible("names keys in a way that is not supported", "write `<kbd>Ctrl</kbd>`");
pub(super) static ATTRIBUTES: Construct = dropped(
    "gives attributes that are dropped",
    "remove them; only the anchor of a heading, and the width and height of an image, are read",
);

/// Constructs that were found, each with its first place and how often it was found.
#[derive(Default)]
pub(super) struct Foreign(Vec<(&'static Construct, Span, usize)>);

impl Foreign {
    /// Notes that a construct was found.
    pub(super) fn note(&mut self, construct: &'static Construct, span: Span) {
        match self.0.iter_mut().find(|(known, ..)| *known == construct) {
            Some((_, first, count)) => {
                *count += 1;
                *first = if span.start < first.start { span } else { *first };
            }
            None => self.0.push((construct, span, 1)),
        }
    }
}

impl Reader<'_> {
    /// Looks for what other tools would have read, and reports each kind once.
    pub(super) fn report_foreign(&mut self) {
        let start = self.body_start();
        let text = self.source.as_str().get(start..).unwrap_or_default();
        let mut found = Vec::new();
        find::all(text, &mut |construct, range: Range<usize>| {
            let at = Span::from(start + range.start..start + range.end);
            if self.is_prose(at.start) {
                found.push((construct, at));
            }
        });
        for (construct, span) in found {
            self.foreign.note(construct, span);
        }
        self.foreign.0.sort_by_key(|(_, span, _)| span.start);
        for (construct, span, count) in std::mem::take(&mut self.foreign.0) {
            let problem = self.foreign_problem(construct, span, count);
            self.body.problems.push(problem);
        }
    }

    fn foreign_problem(&self, construct: &Construct, span: Span, count: usize) -> Problem {
        let more = match count {
            1 => String::new(),
            2 => " (and once more in this document)".to_owned(),
            _ => format!(" (and {} more times in this document)", count - 1),
        };
        let message = format!("`{}` {}{more}", excerpt(self.written(span)), construct.what);
        let problem = Problem::new(reading::FOREIGN_SYNTAX, self.source.place(span), message).help(construct.help);
        match construct.at_most {
            Some(severity) => problem.at_most(severity),
            None => problem,
        }
    }

    /// Whether a place in the file reads as words on the page.
    fn is_prose(&self, at: u32) -> bool {
        let pieces = &self.running.pieces;
        let next = pieces.partition_point(|piece| piece.source.start <= at);
        let near = pieces[next.saturating_sub(3)..next].iter().rev();
        near.take(3).any(|piece| piece.kind == TextKind::Prose && piece.source.start <= at && at < piece.source.end)
    }
}

/// Most characters of a mark that a message quotes.
const LONGEST: usize = 60;

/// The first line of a mark, shortened.
fn excerpt(written: &str) -> String {
    let line = written.trim().lines().next().unwrap_or_default().replace('`', "'");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}
