//! Marks of other tools that are not supported: they stay on the page as text, and their author is told.

use std::ops::Range;

use super::body::TextKind;
use super::reader::Reader;
use crate::finding::{Problem, reading};
use crate::place::Span;
use crate::text::shortened;

mod anchor;
mod construct;
mod directive;
mod find;
mod spans;

use construct::Construct;

pub(super) use construct::{ATTRIBUTES, COMPONENT, DIRECTIVE, Foreign, INCLUSION, MATH};
pub(super) use directive::{is_directive, is_filled};
pub(crate) use find::is_include_line;

/// Shows the places of all marks to `found`, code or not.
pub(super) fn marks(text: &str, found: &mut dyn FnMut(Range<usize>)) {
    find::all(text, &mut |_, range| found(range));
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
        let marks: Vec<Span> = found.iter().filter(|(construct, _)| construct.is_mark).map(|(_, at)| *at).collect();
        self.take_out(marks);
        let mut tags = std::mem::take(&mut self.foreign.tags);
        tags.sort_by_key(|at| at.start);
        self.running.remove(&tags);
        for (construct, span) in found {
            self.foreign.note(construct, span);
        }
        self.foreign.list.sort_by_key(|(_, span, _)| span.start);
        for (construct, span, count) in std::mem::take(&mut self.foreign.list) {
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
    pub(super) fn is_prose(&self, at: u32) -> bool {
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
    shortened(&line, LONGEST).into_owned()
}
