//! Findings for a person at a terminal: each with the line it is in, marked.

use std::collections::HashMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{plain, plain_lines};
use crate::finding::{Finding, Problem, Severity};
use crate::handbook::Reading;
use crate::place::{Place, SourceText};

/// Texts by their paths, from which lines are shown.
#[derive(Default)]
pub(crate) struct Sources<'a> {
    texts: HashMap<&'a str, &'a SourceText>,
}

impl<'a> Sources<'a> {
    /// Texts that were read.
    pub(crate) fn new(texts: impl IntoIterator<Item = &'a Arc<SourceText>>) -> Sources<'a> {
        Sources { texts: texts.into_iter().map(|text| (&**text.path(), &**text)).collect() }
    }

    /// Everything that was read of a handbook.
    pub(crate) fn of(reading: &'a Reading) -> Sources<'a> {
        let documents = reading.handbook.documents.iter().map(|document| &document.file.source);
        let registers = reading.handbook.registers.files.iter().map(|(register, _)| &register.source);
        Sources::new(documents.chain(registers).chain(&reading.sources))
    }

    /// One line of a file, when it was read and is not too long to be shown.
    pub(crate) fn line(&self, place: &Place) -> Option<&'a str> {
        line(self.texts.get(&*place.file)?, place)
    }
}

/// The line of a text that a place is in, when it is not too long to be shown.
pub(crate) fn line<'a>(text: &'a SourceText, place: &Place) -> Option<&'a str> {
    text.line(place.position?.line).filter(|line| line.len() <= LONGEST_LINE)
}

/// A longer line is not shown, only its place.
const LONGEST_LINE: usize = 2_000;

/// Findings as frames in the manner of a compiler, with colours; the caller strips these where they are not wanted.
pub(crate) fn render(reading: &Reading, findings: &[Finding]) -> String {
    let sources = Sources::of(reading);
    findings.iter().map(|finding| frame(&sources, &finding.problem, finding.severity)).collect()
}

/// Problems that keep a command from running, in the same manner.
pub(crate) fn render_problems(sources: &[Arc<SourceText>], problems: &[Problem]) -> String {
    let sources = Sources::new(sources);
    let frames: String = problems.iter().map(|problem| frame(&sources, problem, Severity::Error)).collect();
    frames.trim_end().to_owned()
}

/// One finding with its line and its help.
pub(crate) fn frame(sources: &Sources<'_>, problem: &Problem, severity: Severity) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let (written, problem) = (problem, &inert(problem));
    let title = level.primary_title(problem.message.as_str()).id(problem.rule.0);
    let primary = match sources.line(&written.place) {
        Some(line) => title.element(snippet(line, &problem.place, AnnotationKind::Primary)),
        None => title.element(origin(&problem.place)),
    };
    let mut report: Vec<Group<'_>> = vec![primary];
    for ((place, label), (at, _)) in problem.related.iter().zip(&written.related) {
        let note = Level::NOTE.secondary_title(label.as_str());
        report.push(match sources.line(at) {
            Some(line) => note.element(snippet(line, place, AnnotationKind::Context)),
            None => note.element(origin(place)),
        });
    }
    if let Some(help) = &problem.help {
        report.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    format!("{}\n\n", Renderer::styled().render(&report))
}

/// A finding whose texts are nothing but text.
fn inert(problem: &Problem) -> Problem {
    let place = |place: &Place| Place { file: plain(&place.file).into(), ..place.clone() };
    let related = problem.related.iter().map(|(at, label)| (place(at), plain_lines(label))).collect();
    Problem {
        message: plain_lines(&problem.message),
        help: problem.help.as_deref().map(plain_lines),
        place: place(&problem.place),
        related,
        ..problem.clone()
    }
}

fn origin(place: &Place) -> Origin<'_> {
    let origin = Origin::path(&*place.file);
    match place.position {
        Some(position) => origin.line(position.line as usize).char_column(position.column as usize),
        None => origin,
    }
}

fn snippet<'a>(
    line: &'a str,
    place: &'a Place,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let byte = |column: u32| line.char_indices().nth(column as usize - 1).map_or(line.len(), |(at, _)| at);
    let start = byte(place.column().max(1));
    let end = match place.end {
        Some(end) if end.line == place.line() => byte(end.column.max(1)),
        Some(_) => line.len(),
        None => start,
    };
    let end = if end > start { end } else { (start + 1).min(line.len()).max(start) };
    let end = line.ceil_char_boundary(end);
    Snippet::source(line).line_start(place.line() as usize).path(&*place.file).annotation(kind.span(start..end))
}
