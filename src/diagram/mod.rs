//! Diagrams: a fenced `mermaid` block is drawn as a picture when the handbook is built.
//!
//! A reader (`flowchart`, `state`, `sequence`, `entities`, `classes`, `pie`, `gantt`, `timeline`) converts the text to
//! a typed model, `layout` positions everything in a graph, and `svg` writes shapes and words. A picture has no style
//! itself: it uses class names that the theme styles, so that it works in dark and light mode and under a strict
//! content security policy. It has no ids either, so that a page can contain any number of pictures.
//!
//! Drawing is bounded: a diagram with more than `MAX_NODES` nodes or `MAX_EDGES` links is not drawn, and neither is one
//! that its reader does not understand. The error then gives the reason and the line.

mod card;
mod classes;
mod entities;
mod flowchart;
mod gantt;
mod geometry;
mod graph;
mod label;
mod layout;
mod multiline;
mod picture;
mod pie;
mod sequence;
mod shape;
mod source;
mod state;
mod svg;
mod timeline;

use source::Source;

/// Maximum number of nodes, states or participants in a diagram.
const MAX_NODES: usize = 300;
/// Maximum number of links or messages in a diagram.
const MAX_EDGES: usize = 500;
/// Maximum length of the text of a diagram, in bytes.
const MAX_BYTES: usize = 50_000;

/// The kind of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DiagramKind {
    /// Steps and the links between them.
    Flowchart,
    /// States and the transitions between them.
    States,
    /// Messages between participants over time.
    Sequence,
    /// Entities and the cardinality of their relationships.
    Entities,
    /// Classes and their relationships.
    Classes,
    /// Shares of a whole.
    Pie,
    /// Tasks over time.
    Gantt,
    /// Events by period.
    Timeline,
}

/// The picture of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// The kind of diagram.
    pub(crate) kind: DiagramKind,
    /// The title given by the author.
    pub(crate) title: Option<String>,
    /// The labels of the nodes, in text order.
    pub(crate) names: Vec<String>,
    /// The shapes: the content and the closing tag of the `svg` element.
    pub(crate) shapes: String,
    /// Width in pixels, for text 14 pixels high.
    pub(crate) width: u32,
    /// Height in pixels, for text 14 pixels high.
    pub(crate) height: u32,
}

/// The reason why a diagram could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiagramError {
    /// The zero-based line in the text.
    pub(crate) line: u32,
    /// The message, without a full stop at the end.
    pub(crate) message: String,
    /// The correction to suggest.
    pub(crate) help: Option<&'static str>,
}

impl DiagramError {
    fn new(line: u32, message: impl Into<String>) -> DiagramError {
        DiagramError { line, message: message.into(), help: None }
    }

    fn help(self, help: &'static str) -> DiagramError {
        DiagramError { help: Some(help), ..self }
    }
}

/// Parses the lines of a diagram and draws it.
type DrawFunction = fn(&Source<'_>) -> Result<Drawing, DiagramError>;

/// The first word of each kind of diagram, with the function that draws it.
const DRAW_FUNCTIONS: [(&str, DrawFunction); 11] = [
    ("flowchart", flowchart::draw),
    ("graph", flowchart::draw),
    ("stateDiagram-v2", state::draw),
    ("stateDiagram", state::draw),
    ("sequenceDiagram", sequence::draw),
    ("erDiagram", entities::draw),
    ("classDiagram-v2", classes::draw),
    ("classDiagram", classes::draw),
    ("pie", pie::draw),
    ("gantt", gantt::draw),
    ("timeline", timeline::draw),
];

/// Draws a diagram.
///
/// # Errors
/// If the text cannot be parsed, or is too large.
pub(crate) fn draw(text: &str) -> Result<Drawing, DiagramError> {
    if text.len() > MAX_BYTES {
        let message = format!("the diagram has more than {MAX_BYTES} bytes");
        return Err(DiagramError::new(0, message).help("draw it in several diagrams"));
    }
    let source = Source::new(text);
    let Some(first) = source.lines.first() else {
        return Err(DiagramError::new(0, "the diagram is empty").help("begin with a line such as `flowchart TD`"));
    };
    let word = first.text.split([' ', '\t', ';']).next().unwrap_or_default();
    let Some((_, reader)) = DRAW_FUNCTIONS.iter().find(|(name, _)| *name == word) else {
        return Err(DiagramError::new(first.number, format!("diagrams of the kind `{word}` are not drawn")).help(
            "begin with `flowchart`, `stateDiagram-v2`, `sequenceDiagram`, `erDiagram`, `classDiagram`, `pie`, `gantt` or `timeline`",
        ));
    };
    reader(&source)
}

/// Rejects a diagram that is too large to draw, or to be legible.
fn check_limit(count: usize, max: usize, what: &str, line: u32) -> Result<(), DiagramError> {
    if count <= max {
        return Ok(());
    }
    Err(DiagramError::new(line, format!("the diagram has more than {max} {what}")).help("draw it in several diagrams"))
}

#[cfg(test)]
mod tests;
