//! Diagrams: the text of a fenced `mermaid` block becomes a picture while the handbook is built.
//!
//! A reader (`flowchart`, `state`, `sequence`, `entities`, `classes`, `pie`, `gantt`, `timeline`) turns the text into a typed model, `layout` finds a place for everything
//! in a graph, and `svg` writes shapes and words. A picture has no style of its own: it names classes, and the theme
//! gives them colours, so that it is right in dark and light and under a strict content security policy. It has no ids
//! either, so that any number of pictures may stand on one page.
//!
//! Drawing is bounded: what has more than `MAX_NODES` nodes or `MAX_EDGES` links is not drawn, nor what the
//! readers do not understand; then it is said why, and at which line.

mod card;
mod classes;
mod entities;
mod flowchart;
mod gantt;
mod geometry;
mod graph;
mod layout;
mod picture;
mod pie;
mod sequence;
mod shape;
mod source;
mod state;
mod svg;
mod text;
mod timeline;
mod whole;

use source::Source;

/// Most nodes, states or participants in a diagram.
const MAX_NODES: usize = 300;
/// Most links or messages in a diagram.
const MAX_EDGES: usize = 500;
/// Longest text of a diagram, in bytes.
const MAX_BYTES: usize = 50_000;

/// What a diagram shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Steps and the ways between them.
    Flowchart,
    /// States and what leads from one to another.
    States,
    /// Messages between participants, in time.
    Sequence,
    /// Entities, and how many of one belong to how many of another.
    Entities,
    /// Classes, and how they are related.
    Classes,
    /// Shares of a whole.
    Pie,
    /// Tasks along time.
    Gantt,
    /// What happened when.
    Timeline,
}

/// A picture of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// What kind of diagram it is.
    pub(crate) kind: Kind,
    /// The title that its author gave it.
    pub(crate) title: Option<String>,
    /// What stands in its nodes, in the order of the text.
    pub(crate) names: Vec<String>,
    /// The shapes: an `svg` element without its opening tag.
    pub(crate) shapes: String,
    /// Width in pixels at the size in which its words are 14 pixels high.
    pub(crate) width: u32,
    /// Height, likewise.
    pub(crate) height: u32,
}

/// Why a diagram could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiagramError {
    /// The line in its text, from 0.
    pub(crate) line: u32,
    /// What is wrong there, without a final full stop.
    pub(crate) message: String,
    /// What to write instead.
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

/// Reads the lines of a diagram and draws it.
type Reader = fn(&Source<'_>) -> Result<Drawing, DiagramError>;

/// The first word of a diagram, and what reads it.
const READERS: [(&str, Reader); 11] = [
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
/// When it cannot be read, or is too large.
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
    let Some((_, reader)) = READERS.iter().find(|(name, _)| *name == word) else {
        return Err(DiagramError::new(first.number, format!("diagrams of the kind `{word}` are not drawn")).help(
            "begin with `flowchart`, `stateDiagram-v2`, `sequenceDiagram`, `erDiagram`, `classDiagram`, `pie`, `gantt` or `timeline`",
        ));
    };
    reader(&source)
}

/// Refuses what is too large to be drawn, or to be read when it is drawn.
fn within(count: usize, most: usize, what: &str, line: u32) -> Result<(), DiagramError> {
    if count <= most {
        return Ok(());
    }
    Err(DiagramError::new(line, format!("the diagram has more than {most} {what}")).help("draw it in several diagrams"))
}

#[cfg(test)]
mod tests;
