//! Sequence diagrams: `sequenceDiagram`, its participants, messages, notes and frames.

mod columns;
mod paint;
mod read;

use super::source::Source;
use super::text::Label;
use super::{DiagramError, Drawing, Kind};
use crate::diagram::graph::Arrowhead;

/// A diagram as it was read.
#[derive(Debug, Default)]
struct Sequence {
    participants: Vec<Participant>,
    events: Vec<Event>,
    is_numbered: bool,
    title: Option<String>,
    /// Participants that belong together: a title, the first and the last of them.
    boxes: Vec<(Label, [usize; 2])>,
}

/// Someone, or something, that sends messages.
#[derive(Debug)]
struct Participant {
    label: Label,
    is_person: bool,
}

/// What happens, in the order of the text; participants are given by their numbers.
#[derive(Debug)]
enum Event {
    Message(Message),
    /// Words about the participants from one to another, or beside one.
    Note {
        side: NotePosition,
        columns: [usize; 2],
        label: Label,
    },
    Activate(usize),
    Deactivate(usize),
    /// A frame opens: its kind, and on what condition it applies.
    Open {
        kind: &'static str,
        label: Label,
    },
    /// A further part of the frame.
    Else(Label),
    Close,
}

/// Where a note stands.
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
    let sequence = read::read(source)?;
    let names = sequence.participants.iter().map(|participant| participant.label.words()).collect();
    let (shapes, size) = paint::paint(&sequence);
    Ok(Drawing {
        kind: Kind::Sequence,
        title: source.title.clone().or(sequence.title),
        names,
        shapes,
        width: size.width.ceil() as u32,
        height: size.height.ceil() as u32,
    })
}
