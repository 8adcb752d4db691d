//! Sequence diagrams: `sequenceDiagram`, its participants, messages, notes and frames.

mod columns;
mod paint;
mod read;

use super::label::Label;
use super::source::Source;
use super::{DiagramError, DiagramKind, Drawing};
use crate::diagram::graph::Arrowhead;

/// A parsed sequence diagram.
#[derive(Debug, Default)]
struct Sequence {
    participants: Vec<Participant>,
    events: Vec<Event>,
    is_numbered: bool,
    title: Option<String>,
    /// Groups of participants: title, and the indexes of the first and the last one.
    boxes: Vec<(Label, [usize; 2])>,
}

/// A participant, either a person or a system.
#[derive(Debug)]
struct Participant {
    label: Label,
    is_person: bool,
}

/// An event, in text order; participants are given by index.
#[derive(Debug)]
enum Event {
    Message(Message),
    /// A note over a range of participants, or beside one.
    Note {
        side: NotePosition,
        columns: [usize; 2],
        label: Label,
    },
    Activate(usize),
    Deactivate(usize),
    /// The start of a frame: its kind and its condition.
    Open {
        kind: &'static str,
        label: Label,
    },
    /// The start of another section of the frame.
    Else(Label),
    Close,
}

/// The position of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotePosition {
    Left,
    Right,
    Over,
}

/// A message.
#[derive(Debug)]
struct Message {
    from: usize,
    to: usize,
    label: Label,
    is_dotted: bool,
    tips: [Arrowhead; 2],
}

/// Draws a sequence diagram.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let sequence = read::parse_sequence(source)?;
    let names = sequence.participants.iter().map(|participant| participant.label.words()).collect();
    let (shapes, size) = paint::paint(&sequence);
    Ok(Drawing {
        kind: DiagramKind::Sequence,
        title: source.title.clone().or(sequence.title),
        names,
        shapes,
        width: size.width.ceil() as u32,
        height: size.height.ceil() as u32,
    })
}
