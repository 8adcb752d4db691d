//! Parses the text of a sequence diagram.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::graph::Arrowhead;
use super::super::label::Label;
use super::super::source::{Line, Source};
use super::super::{DiagramError, MAX_EDGES, MAX_NODES, check_limit};
use super::{Event, Message, NotePosition, Participant, Sequence};

/// Maximum widths of a participant's name, a message and a note, in pixels.
const MAX_NAME_WIDTH: f64 = 130.0;
const MAX_MESSAGE_WIDTH: f64 = 220.0;
const MAX_NOTE_WIDTH: f64 = 170.0;
/// Maximum nesting depth of frames.
const MAX_NESTING: usize = 12;

/// Kinds of frames, each with the keyword for a further section.
const FRAMES: [(&str, Option<&str>); 7] = [
    ("loop", None),
    ("alt", Some("else")),
    ("opt", None),
    ("par", Some("and")),
    ("critical", Some("option")),
    ("break", None),
    (SHADE_FRAME, None),
];
/// A frame without a name that only has a background colour.
pub(super) const SHADE_FRAME: &str = "rect";

/// Arrows; an arrow comes before any that it contains.
const ARROWS: [(&str, bool, [Arrowhead; 2]); 10] = [
    ("<<-->>", true, [Arrowhead::Arrow, Arrowhead::Arrow]),
    ("<<->>", false, [Arrowhead::Arrow, Arrowhead::Arrow]),
    ("-->>", true, [Arrowhead::None, Arrowhead::Arrow]),
    ("->>", false, [Arrowhead::None, Arrowhead::Arrow]),
    ("--x", true, [Arrowhead::None, Arrowhead::Cross]),
    ("-x", false, [Arrowhead::None, Arrowhead::Cross]),
    ("--)", true, [Arrowhead::None, Arrowhead::Open]),
    ("-)", false, [Arrowhead::None, Arrowhead::Open]),
    ("-->", true, [Arrowhead::None, Arrowhead::None]),
    ("->", false, [Arrowhead::None, Arrowhead::None]),
];

/// Keywords that only link elsewhere.
const IGNORED_KEYWORDS: [&str; 4] = ["link", "links", "properties", "details"];

/// Parses a diagram.
pub(super) fn parse_sequence(source: &Source<'_>) -> Result<Sequence, DiagramError> {
    let mut reader = SequenceReader::default();
    for line in source.lines.iter().skip(1) {
        let text = line.text.split("%%").next().unwrap_or_default().trim_end_matches(';').trim();
        reader.statement(Line { text, ..*line })?;
    }
    if let Some((kind, line)) = reader.open_frames.last() {
        return Err(DiagramError::new(*line, format!("this `{kind}` has no `end`")).help("close it with a line `end`"));
    }
    if let Some((_, _, line)) = reader.current_box {
        return Err(DiagramError::new(line, "this `box` has no `end`").help("close it with a line `end`"));
    }
    if reader.sequence.participants.is_empty() {
        return Err(DiagramError::new(0, "the diagram has no participants").help("add a line such as `A->>B: words`"));
    }
    Ok(reader.sequence)
}

/// Strips `rgb(…)`, `transparent`, `#abc` or a colour name before a title.
fn strip_colour(text: &str) -> &str {
    const COLOUR_NAMES: [&str; 24] = [
        "transparent",
        "aqua",
        "aliceblue",
        "beige",
        "black",
        "blue",
        "brown",
        "cyan",
        "gold",
        "gray",
        "grey",
        "green",
        "ivory",
        "lavender",
        "lightblue",
        "lightgray",
        "lightgreen",
        "lightgrey",
        "lightyellow",
        "orange",
        "pink",
        "purple",
        "red",
        "yellow",
    ];
    if ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|start| text.starts_with(start)) {
        return text.split_once(')').map_or("", |(_, title)| title.trim());
    }
    let (first, title) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let is_colour =
        first.starts_with('#') || COLOUR_NAMES.contains(&first.to_ascii_lowercase().as_str()) || first == "white";
    if is_colour { title.trim() } else { text }
}

#[derive(Default)]
struct SequenceReader {
    sequence: Sequence,
    names: HashMap<String, usize>,
    /// The open frames, each with the line that opened it.
    open_frames: Vec<(&'static str, u32)>,
    /// The open box: its title, the number of participants before it, and the line that opened it.
    current_box: Option<(Label, usize, u32)>,
}

impl SequenceReader {
    fn statement(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        let word = line.text.split_whitespace().next().unwrap_or_default();
        let rest = line.text[word.len()..].trim();
        match word {
            "" => Ok(()),
            "box" => self.open_box(rest, line.number),
            "end" if rest.is_empty() && self.current_box.is_some() => {
                self.close_box();
                Ok(())
            }
            "create" => self.statement(Line { text: rest, ..line }),
            "destroy" => Ok(()),
            "participant" | "actor" => self.parse_participant(rest, word == "actor", line.number),
            "autonumber" => {
                self.sequence.is_numbered = rest != "off";
                Ok(())
            }
            "title" | "title:" => {
                self.sequence.title = Some(rest.trim_start_matches(':').trim().to_owned());
                Ok(())
            }
            "activate" => self.activate(rest, true, line.number),
            "deactivate" => self.activate(rest, false, line.number),
            "end" if rest.is_empty() => self.close(line.number),
            "Note" | "note" => self.note(rest, line.number),
            _ if IGNORED_KEYWORDS.contains(&word) => Ok(()),
            _ => self.parse_frame(word, rest, line),
        }
    }

    fn parse_frame(&mut self, word: &str, rest: &str, line: Line<'_>) -> Result<(), DiagramError> {
        // The colour after `rect` is ignored in favour of the theme.
        let label = Label::new(if word == SHADE_FRAME { "" } else { rest }, MAX_MESSAGE_WIDTH);
        if let Some((kind, _)) = FRAMES.iter().find(|(kind, _)| *kind == word) {
            check_limit(self.open_frames.len() + 1, MAX_NESTING, "frames in one another", line.number)?;
            self.open_frames.push((kind, line.number));
            return self.push(Event::Open { kind, label }, line.number);
        }
        if FRAMES.iter().any(|(_, further)| *further == Some(word)) {
            let open = self.open_frames.last().and_then(|(kind, _)| FRAMES.iter().find(|(frame, _)| frame == kind));
            if open.is_some_and(|(_, further)| *further == Some(word)) {
                return self.push(Event::Else(label), line.number);
            }
            return Err(DiagramError::new(line.number, format!("`{word}` does not belong to any open frame")));
        }
        self.message(line)
    }

    /// Parses the text after `box`: a colour, which is ignored in favour of the theme, and a title.
    fn open_box(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        if self.current_box.is_some() {
            return Err(
                DiagramError::new(line, "a box cannot contain another box").help("close the first with a line `end`")
            );
        }
        let title = Label::new(strip_colour(text), MAX_NOTE_WIDTH);
        self.current_box = Some((title, self.sequence.participants.len(), line));
        Ok(())
    }

    fn close_box(&mut self) {
        let Some((title, first, _)) = self.current_box.take() else { return };
        if let Some(last) = self.sequence.participants.len().checked_sub(1).filter(|last| *last >= first) {
            self.sequence.boxes.push((title, [first, last]));
        }
    }

    fn push(&mut self, event: Event, line: u32) -> Result<(), DiagramError> {
        check_limit(self.sequence.events.len() + 1, MAX_EDGES, "lines", line)?;
        self.sequence.events.push(event);
        Ok(())
    }

    fn close(&mut self, line: u32) -> Result<(), DiagramError> {
        match self.open_frames.pop() {
            Some(_) => self.push(Event::Close, line),
            None => Err(DiagramError::new(line, "`end` closes nothing").help("remove it")),
        }
    }

    /// Parses `name` or `name as words`.
    fn parse_participant(&mut self, text: &str, is_person: bool, line: u32) -> Result<(), DiagramError> {
        let (name, words) = text.split_once(" as ").map_or((text, text), |(name, words)| (name.trim(), words));
        let at = self.participant(name.trim(), line)?;
        let participant = &mut self.sequence.participants[at];
        (participant.label, participant.is_person) = (Label::new(words, MAX_NAME_WIDTH), is_person);
        Ok(())
    }

    /// The participant with a name; creates it if the name is new.
    fn participant(&mut self, name: &str, line: u32) -> Result<usize, DiagramError> {
        if let Some(at) = self.names.get(name) {
            return Ok(*at);
        }
        if name.is_empty() {
            return Err(DiagramError::new(line, "a participant is missing").help("write `A->>B: words`"));
        }
        let at = self.sequence.participants.len();
        check_limit(at + 1, MAX_NODES, "participants", line)?;
        self.sequence.participants.push(Participant { label: Label::new(name, MAX_NAME_WIDTH), is_person: false });
        self.names.insert(name.to_owned(), at);
        Ok(at)
    }

    fn activate(&mut self, name: &str, is_active: bool, line: u32) -> Result<(), DiagramError> {
        let at = self.participant(name, line)?;
        self.push(if is_active { Event::Activate(at) } else { Event::Deactivate(at) }, line)
    }

    /// Parses `left of A: words`, `right of A: words` or `over A,B: words`.
    fn note(&mut self, rest: &str, line: u32) -> Result<(), DiagramError> {
        let problem = || {
            DiagramError::new(line, "this note has no place or no words")
                .help("write `Note over A,B: words`, `Note left of A: words` or `Note right of A: words`")
        };
        let (place, words) = rest.split_once(':').ok_or_else(problem)?;
        let sides = [("left of", NotePosition::Left), ("right of", NotePosition::Right), ("over", NotePosition::Over)];
        let side = sides.iter().find_map(|(word, side)| Some((*side, place.trim().strip_prefix(word)?)));
        let (side, names) = side.ok_or_else(problem)?;
        let (first, second) = names.split_once(',').unwrap_or((names, names));
        let (first, second) = (self.participant(first.trim(), line)?, self.participant(second.trim(), line)?);
        let label = Label::new(words, MAX_NOTE_WIDTH);
        self.push(Event::Note { side, columns: [first.min(second), first.max(second)], label }, line)
    }

    /// Parses `A->>+B: words`.
    fn message(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        let (path, words) = line.text.split_once(':').unwrap_or((line.text, ""));
        let arrow = ARROWS.iter().filter_map(|arrow| Some((path.find(arrow.0)?, arrow)));
        // A name may contain a hyphen before an x, but never an arrow with a `>`.
        let order = |(at, arrow): &(usize, &(&str, bool, [Arrowhead; 2]))| {
            (!arrow.0.contains('>'), *at, Reverse(arrow.0.len()))
        };
        let Some((at, (symbol, is_dotted, tips))) = arrow.min_by_key(order) else {
            let start: String = line.text.chars().take(24).collect();
            let message = format!("`{}` is not drawn", start.replace('`', "'"));
            return Err(DiagramError::new(line.number, message).help("a message is written `A->>B: words`"));
        };
        let to = path[at + symbol.len()..].trim();
        let (to, change) = match (to.strip_prefix('+'), to.strip_prefix('-')) {
            (Some(to), _) => (to, Some(true)),
            (_, Some(to)) => (to, Some(false)),
            _ => (to, None),
        };
        let (from, to) = (self.participant(path[..at].trim(), line.number)?, self.participant(to.trim(), line.number)?);
        let label = Label::new(words, MAX_MESSAGE_WIDTH);
        self.push(Event::Message(Message { from, to, label, is_dotted: *is_dotted, tips: *tips }), line.number)?;
        match change {
            Some(true) => self.push(Event::Activate(to), line.number),
            Some(false) => self.push(Event::Deactivate(from), line.number),
            None => Ok(()),
        }
    }
}
