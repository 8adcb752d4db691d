//! Diagrams that cannot be drawn.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{FileView, ParsedFile};
use crate::markdown::CodeBlock;
use crate::place::{Place, Position};

pub(super) const RULE: Rule = Rule {
    id: RuleId("diagram-not-drawn"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A `mermaid` diagram cannot be rendered because its type is not supported or a line contains an error.",
    why: "The page shows the source of the diagram instead, which few readers can follow, least of all under pressure.",
    fix: "Fix the line shown. Supported types: flow charts, state, sequence, entity and class diagrams, pie charts, Gantt \
          charts and timelines.",
    example: "flowchart TD, and below it: A[Report --> B[Close]",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    for block in file.body.code.iter().filter(|block| block.is_diagram()) {
        if let Err(failure) = block.drawing() {
            let problem = Problem::new(RULE.id, place(file, block, Some(failure.line)), failure.message.clone());
            problems.push(match failure.help {
                Some(help) => problem.help(help),
                None => problem,
            });
        }
    }
}

/// The place of a line in a block, or of its fence, without surrounding white space.
pub(super) fn place(file: &ParsedFile, block: &CodeBlock, within: Option<u32>) -> Place {
    let opening = file.place(block.span);
    let (line, last) = (opening.line() + within.map_or(0, |line| 1 + line), opening.end.map_or(0, |end| end.line));
    let text = file.source.line(line).filter(|text| line < last && !text.trim().is_empty());
    let Some(text) = text else { return opening };
    let column = |bytes: usize| u32::try_from(text[..bytes].chars().count()).unwrap_or(u32::MAX).saturating_add(1);
    let start = text.len() - text.trim_start().len();
    let at = |bytes| Some(Position { line, column: column(bytes) });
    Place { position: at(start), end: at(text.trim_end().len()), ..opening }
}
