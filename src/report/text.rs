//! Findings for a person at a terminal, each with its source line marked.

use std::collections::HashMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{lines_without_controls, without_controls};
use crate::finding::{Finding, Problem, Severity};
use crate::handbook::Reading;
use crate::place::{Place, SourceText};

/// Source texts by path, from which lines are shown.
#[derive(Default)]
pub(crate) struct Sources<'a> {
    texts: HashMap<&'a str, &'a SourceText>,
}

impl<'a> Sources<'a> {
    /// Creates sources from the given texts.
    pub(crate) fn new(texts: impl IntoIterator<Item = &'a Arc<SourceText>>) -> Sources<'a> {
        Sources { texts: texts.into_iter().map(|text| (&**text.path(), &**text)).collect() }
    }

    /// Creates sources from everything that was read for a handbook.
    pub(crate) fn from_reading(reading: &'a Reading) -> Sources<'a> {
        let documents = reading.handbook.documents.iter().map(|document| &document.file.source);
        let registers = reading.handbook.registers.files.iter().map(|(register, _)| &register.source);
        Sources::new(documents.chain(registers).chain(&reading.sources))
    }

    /// Returns the line of a place, if its file was read and the line is not too long to show.
    pub(crate) fn line(&self, place: &Place) -> Option<&'a str> {
        line(self.texts.get(&*place.file)?, place)
    }
}

/// Returns the line of a text that contains a place, if it is not too long to show.
pub(crate) fn line<'a>(text: &'a SourceText, place: &Place) -> Option<&'a str> {
    text.line(place.position?.line).filter(|line| line.len() <= MAX_LINE_BYTES)
}

/// The maximum length in bytes of a line that is shown.
const MAX_LINE_BYTES: usize = 2_000;

/// Renders findings as compiler-style frames with colours, which the caller strips if they are not wanted.
pub(crate) fn render(reading: &Reading, findings: &[Finding]) -> String {
    let sources = Sources::from_reading(reading);
    findings.iter().map(|finding| render_frame(&sources, &finding.problem, finding.severity)).collect()
}

/// Renders problems that keep a command from running, in the same style.
pub(crate) fn render_problems(sources: &[Arc<SourceText>], problems: &[Problem]) -> String {
    let sources = Sources::new(sources);
    let frames: String = problems.iter().map(|problem| render_frame(&sources, problem, Severity::Error)).collect();
    frames.trim_end().to_owned()
}

/// Renders one finding with its source line and its help.
pub(crate) fn render_frame(sources: &Sources<'_>, problem: &Problem, severity: Severity) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let (original, problem) = (problem, &problem_without_controls(problem));
    let title = level.primary_title(problem.message.as_str()).id(problem.rule.0);
    let primary = match sources.line(&original.place) {
        Some(line) => title.element(snippet(line, &problem.place, AnnotationKind::Primary)),
        None => title.element(origin(&problem.place)),
    };
    let mut report: Vec<Group<'_>> = vec![primary];
    for ((place, label), (at, _)) in problem.related.iter().zip(&original.related) {
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

/// A copy of a finding without control characters in its texts.
fn problem_without_controls(problem: &Problem) -> Problem {
    let place = |place: &Place| Place { file: without_controls(&place.file).into(), ..place.clone() };
    let related = problem.related.iter().map(|(at, label)| (place(at), lines_without_controls(label))).collect();
    Problem {
        message: lines_without_controls(&problem.message),
        help: problem.help.as_deref().map(lines_without_controls),
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
