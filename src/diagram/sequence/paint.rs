//! Draws a sequence diagram as SVG, from top to bottom.

use super::super::geometry::{Area, Curve, Point, Size, Step};
use super::super::graph::LineStyle;
use super::super::label::{LINE_HEIGHT, Label};
use super::super::picture::MARGIN;
use super::super::svg::Svg;
use super::columns::{Columns, NOTE_GAP, NOTE_PADDING, SELF_MESSAGE_WIDTH, box_width};
use super::read::SHADE_FRAME;
use super::{Event, Message, NotePosition, Participant, Sequence};

/// Distance between two events, in pixels.
const GAP: f64 = 16.0;
/// Half the width of an activation bar, in pixels.
const ACTIVATION_HALF_WIDTH: f64 = 5.0;
/// Distance between a frame and its content, in pixels.
const FRAME_PADDING: f64 = 22.0;
/// Height above which a diagram repeats its participants at the bottom, in pixels.
const TALL_HEIGHT: f64 = 420.0;

/// Draws a diagram; returns its shapes and its size.
pub(super) fn paint(sequence: &Sequence) -> (String, Size) {
    let mut columns = Columns::new(sequence);
    columns.middles.iter_mut().for_each(|x| *x += MARGIN);
    columns.width += 2.0 * MARGIN;
    let head = sequence.participants.iter().map(head_height).fold(0.0, f64::max);
    let count = columns.middles.len();
    let boxed = sequence.boxes.iter().map(|(title, _)| title.size().height + 14.0).fold(0.0, f64::max);
    let y = MARGIN + boxed + head + GAP;
    let mut painter = SequencePainter {
        columns,
        y,
        box_title_height: boxed,
        number: 0,
        activations: vec![Vec::new(); count],
        ..SequencePainter::default()
    };
    painter.is_numbered = sequence.is_numbered;
    sequence.events.iter().for_each(|event| painter.event(event));
    painter.finish(sequence, head)
}

fn head_height(participant: &Participant) -> f64 {
    participant.label.size().height + 18.0 + if participant.is_person { 30.0 } else { 0.0 }
}

#[derive(Default)]
struct SequencePainter {
    columns: Columns,
    y: f64,
    /// Height reserved for titles of boxes.
    box_title_height: f64,
    is_numbered: bool,
    number: usize,
    /// For each participant, the start of each current activation.
    activations: Vec<Vec<f64>>,
    frames: Vec<Frame>,
    /// Layers: backgrounds, shapes behind messages, and everything in front.
    backgrounds: Svg,
    background: Svg,
    front: Svg,
}

/// An open frame.
struct Frame {
    kind: &'static str,
    label: Label,
    top: f64,
    /// Start and condition of each further section.
    sections: Vec<(f64, Label)>,
    /// The horizontal extent of the content.
    extent: Option<[f64; 2]>,
}

impl SequencePainter {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Message(message) => self.message(message),
            Event::Note { side, columns, label } => self.note(*side, *columns, label),
            Event::Activate(at) => self.activations[*at].push(self.y - GAP),
            Event::Deactivate(at) => self.draw_activation(*at),
            Event::Open { kind: SHADE_FRAME, label } => {
                self.frames.push(Frame {
                    kind: SHADE_FRAME,
                    label: label.clone(),
                    top: self.y - GAP / 2.0,
                    sections: Vec::new(),
                    extent: None,
                });
                self.y += GAP / 4.0;
            }
            Event::Open { kind, label } => {
                let frame = Frame { kind, label: label.clone(), top: self.y, sections: Vec::new(), extent: None };
                self.frames.push(frame);
                self.y += label.size().height.max(LINE_HEIGHT) + GAP;
            }
            Event::Else(label) => {
                let y = self.y;
                if let Some(frame) = self.frames.last_mut() {
                    frame.sections.push((y, label.clone()));
                }
                self.y += label.size().height.max(LINE_HEIGHT) + GAP;
            }
            Event::Close => self.close(),
        }
    }

    /// Extends all open frames to include a horizontal range.
    fn extend_frames(&mut self, left: f64, right: f64) {
        for frame in &mut self.frames {
            let [from, to] = frame.extent.unwrap_or([left, right]);
            frame.extent = Some([from.min(left), to.max(right)]);
        }
    }

    /// The point at which a message meets a participant: the lifeline, or the edge of an activation bar.
    fn lifeline_edge(&self, at: usize, towards: f64) -> f64 {
        let x = self.columns.middles[at];
        match self.activations[at].is_empty() {
            true => x,
            false => x + ACTIVATION_HALF_WIDTH.copysign(towards - x),
        }
    }

    fn message(&mut self, message: &Message) {
        let label = if self.is_numbered { self.number_label(&message.label) } else { message.label.clone() };
        let height = label.size().height;
        let (from, to) = (self.columns.middles[message.from], self.columns.middles[message.to]);
        let stroke = if message.is_dotted { LineStyle::Dotted } else { LineStyle::Plain };
        let y = self.y + height + 4.0;
        if message.from == message.to {
            return self.self_message(message, &label, stroke);
        }
        self.front.label_on("paper", "link-name", &label, Point::new((from + to) / 2.0, self.y + height / 2.0));
        let mut curve = Curve::starting_at(Point::new(self.lifeline_edge(message.from, to), y));
        curve.line_to(Point::new(self.lifeline_edge(message.to, from), y));
        self.front.link(&curve, stroke, message.tips);
        self.extend_frames(from.min(to), from.max(to));
        self.y = y + GAP;
    }

    fn self_message(&mut self, message: &Message, label: &Label, stroke: LineStyle) {
        let x = self.lifeline_edge(message.from, f64::INFINITY);
        let Size { width, height } = label.size();
        let deep = height.max(24.0);
        let at = |x: f64, y: f64| Point::new(x, y);
        let (top, bottom) = (self.y + 4.0, self.y + 4.0 + deep);
        let reach = x + SELF_MESSAGE_WIDTH * 1.1;
        let mut curve = Curve::starting_at(at(x, top));
        curve.steps.push(Step { first: at(reach, top), second: at(reach, bottom), to: at(x, bottom) });
        self.front.link(&curve, stroke, message.tips);
        self.front.label_on(
            "paper",
            "link-name",
            label,
            at(x + SELF_MESSAGE_WIDTH + width / 2.0, (top + bottom) / 2.0),
        );
        self.extend_frames(x, x + SELF_MESSAGE_WIDTH + width);
        self.y = bottom + GAP;
    }

    fn number_label(&mut self, label: &Label) -> Label {
        self.number += 1;
        let mut label = label.clone();
        match label.lines.first_mut() {
            Some(line) => *line = format!("{}. {line}", self.number),
            None => label.lines.push(format!("{}.", self.number)),
        }
        label
    }

    fn note(&mut self, side: NotePosition, [one, other]: [usize; 2], label: &Label) {
        let words = label.size();
        let (left, right) = (self.columns.middles[one], self.columns.middles[other]);
        let width = words.width + 2.0 * NOTE_PADDING;
        let size = Size::new(
            if side == NotePosition::Over { width.max(right - left + 40.0) } else { width },
            words.height + 12.0,
        );
        let x = match side {
            NotePosition::Left => left - NOTE_GAP - size.width / 2.0,
            NotePosition::Right => left + NOTE_GAP + size.width / 2.0,
            NotePosition::Over => (left + right) / 2.0,
        };
        let middle = Point::new(x, self.y + size.height / 2.0);
        self.front.rect("node note", Area { middle, size }, 0.0);
        self.front.label("", label, middle);
        self.extend_frames(x - size.width / 2.0, x + size.width / 2.0);
        self.y += size.height + GAP;
    }

    fn draw_activation(&mut self, at: usize) {
        if let Some(top) = self.activations[at].pop() {
            let bottom = self.y - GAP;
            let x = self.columns.middles[at] + self.activations[at].len() as f64 * ACTIVATION_HALF_WIDTH;
            let area = Area {
                middle: Point::new(x, (top + bottom) / 2.0),
                size: Size::new(2.0 * ACTIVATION_HALF_WIDTH, (bottom - top).max(4.0)),
            };
            self.background.rect("active", area, 0.0);
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let all = [self.columns.middles.first(), self.columns.middles.last()].map(|x| x.copied().unwrap_or(0.0));
        let reach = frame.extent.unwrap_or(all);
        if frame.kind == SHADE_FRAME {
            return self.draw_shade(&frame, reach);
        }
        let kind = Label { lines: vec![frame.kind.to_owned()] };
        let tag = kind.size().width + 16.0;
        let words = frame.sections.iter().map(|(_, label)| label.size().width).fold(frame.label.size().width, f64::max);
        // A nested frame is slightly narrower than its parent.
        let beyond = FRAME_PADDING - (self.frames.len() as f64 * 5.0).min(FRAME_PADDING - 8.0);
        let left = (reach[0] - beyond).max(2.0);
        let right = (reach[1] + beyond).max(left + tag + words + 24.0).min(self.columns.width - 2.0);
        let (top, bottom) = (frame.top, self.y - 2.0);
        let middle = Point::new((left + right) / 2.0, (top + bottom) / 2.0);
        self.background.rect("frame", Area { middle, size: Size::new(right - left, bottom - top) }, 3.0);
        let name = Area { middle: Point::new(left + tag / 2.0, top + 11.0), size: Size::new(tag, 22.0) };
        self.background.rect("tag", name, 3.0);
        self.front.label("tag-name", &kind, name.middle);
        self.condition(&frame.label, left + tag, top + 3.0);
        for (y, label) in &frame.sections {
            self.background.line("frame-part", &[Point::new(left, *y), Point::new(right, *y)]);
            self.condition(label, left + 4.0, y + 4.0);
        }
        self.extend_frames(left, right);
        self.y += GAP;
    }

    /// Draws a background for a part of the diagram.
    fn draw_shade(&mut self, frame: &Frame, reach: [f64; 2]) {
        let (left, right) =
            ((reach[0] - FRAME_PADDING).max(2.0), (reach[1] + FRAME_PADDING).min(self.columns.width - 2.0));
        let (top, bottom) = (frame.top, self.y - GAP / 4.0);
        let middle = Point::new((left + right) / 2.0, (top + bottom) / 2.0);
        let size = Size::new(right - left, (bottom - top).max(4.0));
        // Backgrounds drawn earlier are inside this one and must stay in front of it.
        let mut ground = Svg::default();
        ground.rect("shade", Area { middle, size }, 3.0);
        self.backgrounds.out.insert_str(0, &ground.out);
        self.extend_frames(left, right);
        self.y += GAP / 2.0;
    }

    /// Draws the boxes behind groups of participants.
    fn boxes(&self, svg: &mut Svg, sequence: &Sequence, height: f64) {
        let half = |at: usize| {
            sequence.participants.get(at).map_or(36.0, |participant| box_width(participant.label.size().width) / 2.0)
        };
        for (title, [first, last]) in &sequence.boxes {
            let words = title.size();
            let left = self.columns.middles[*first] - half(*first) - 9.0;
            let right = (self.columns.middles[*last] + half(*last) + 9.0).max(left + words.width + 12.0);
            let middle = Point::new((left + right) / 2.0, height / 2.0);
            svg.rect("group", Area { middle, size: Size::new(right - left, height - 4.0) }, 4.0);
            svg.label("group-name", title, Point::new((left + right) / 2.0, MARGIN + words.height / 2.0));
        }
    }

    fn condition(&mut self, label: &Label, left: f64, top: f64) {
        let Size { width, height } = label.size();
        self.front.label_on("paper", "link-name", label, Point::new(left + 8.0 + width / 2.0, top + height / 2.0));
    }

    fn finish(mut self, sequence: &Sequence, head: f64) -> (String, Size) {
        // Activations that are never ended extend to the end.
        for at in 0..self.activations.len() {
            while !self.activations[at].is_empty() {
                self.draw_activation(at);
            }
        }
        let foot = self.y;
        let is_tall = foot > TALL_HEIGHT;
        let mut svg = Svg::default();
        let top = MARGIN + self.box_title_height;
        let height = foot + if is_tall { head } else { 0.0 } + MARGIN;
        self.boxes(&mut svg, sequence, height);
        svg.out.push_str(&self.backgrounds.out);
        for (participant, x) in sequence.participants.iter().zip(&self.columns.middles) {
            svg.line("lifeline", &[Point::new(*x, top + head_height(participant)), Point::new(*x, foot)]);
        }
        svg.out.push_str(&self.background.out);
        svg.out.push_str(&self.front.out);
        for (participant, x) in sequence.participants.iter().zip(&self.columns.middles) {
            draw_head(&mut svg, participant, Point::new(*x, top + head - head_height(participant)));
            if is_tall {
                draw_head(&mut svg, participant, Point::new(*x, foot));
            }
        }
        (svg.out.replace("<text class=\"\"", "<text"), Size::new(self.columns.width, height))
    }
}

/// A participant's box, with a figure above it if it is a person; `top` is the centre of the upper edge.
fn draw_head(svg: &mut Svg, participant: &Participant, top: Point) {
    let words = participant.label.size();
    let size = Size::new(box_width(words.width), words.height + 18.0);
    let at = |x: f64, y: f64| top.plus(Point::new(x, y));
    let down = if participant.is_person { 30.0 } else { 0.0 };
    if participant.is_person {
        svg.circle("node", at(0.0, 8.0), 7.0);
        let shoulders = [at(-13.0, 32.0), at(-9.0, 20.0), at(9.0, 20.0), at(13.0, 32.0)];
        svg.polygon("node", &shoulders);
    }
    let middle = at(0.0, down + size.height / 2.0);
    svg.rect("node", Area { middle, size }, 3.0);
    svg.label("", &participant.label, middle);
}
