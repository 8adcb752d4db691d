//! Positions the participants side by side, with space for the text between them.

use super::{Event, NotePosition, Sequence};

/// Distance between the boxes of two participants, in pixels.
const GAP: f64 = 28.0;
/// Horizontal padding of a message's label, in pixels.
const LABEL_PADDING: f64 = 26.0;
/// Width of a message to the sender itself, in pixels.
pub(super) const SELF_MESSAGE_WIDTH: f64 = 30.0;
/// Distance between the lifeline of a participant and a note beside it, in pixels.
pub(super) const NOTE_GAP: f64 = 12.0;
/// Padding of a note, in pixels.
pub(super) const NOTE_PADDING: f64 = 10.0;

/// The columns of a diagram.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The horizontal centre of each participant.
    pub(crate) middles: Vec<f64>,
    pub(crate) width: f64,
}

impl Columns {
    pub(super) fn new(sequence: &Sequence) -> Columns {
        let widths: Vec<f64> =
            sequence.participants.iter().map(|participant| box_width(participant.label.size().width)).collect();
        let count = widths.len();
        // The space before the first participant, between two, and after the last.
        let mut gaps = vec![0.0_f64; count + 1];
        for (at, space) in gaps.iter_mut().enumerate() {
            let left = at.checked_sub(1).map_or(0.0, |before| widths[before] / 2.0 + GAP / 2.0);
            let right = widths.get(at).map_or(0.0, |width| width / 2.0 + GAP / 2.0);
            *space = left + right;
        }
        for (from, to, width) in required_gaps(sequence) {
            widen(&mut gaps, from, to, width);
        }
        let mut middles = Vec::with_capacity(count);
        let mut x = 0.0;
        for space in &gaps[..count] {
            x += space;
            middles.push(x);
        }
        Columns { middles, width: x + gaps[count] }
    }
}

/// The width of a participant's box.
pub(super) fn box_width(words: f64) -> f64 {
    (words + 28.0).max(72.0)
}

/// Minimum widths between borders: 0 is the left border, 1 the first participant, and so on.
fn required_gaps(sequence: &Sequence) -> Vec<(usize, usize, f64)> {
    let mut demands: Vec<(usize, usize, f64)> = Vec::new();
    for event in &sequence.events {
        match event {
            Event::Message(message) => {
                let width = message.label.size().width + LABEL_PADDING;
                let (left, right) = (message.from.min(message.to), message.from.max(message.to));
                demands.push(if left == right {
                    (left + 1, left + 2, width + SELF_MESSAGE_WIDTH)
                } else {
                    (left + 1, right + 1, width)
                });
            }
            Event::Note { side, columns, label } => {
                let width = label.size().width + 2.0 * NOTE_PADDING + 2.0 * NOTE_GAP;
                match side {
                    NotePosition::Left => demands.push((columns[0], columns[0] + 1, width)),
                    NotePosition::Right => demands.push((columns[0] + 1, columns[0] + 2, width)),
                    NotePosition::Over if columns[0] == columns[1] => {
                        demands.push((columns[0], columns[0] + 1, width / 2.0));
                        demands.push((columns[0] + 1, columns[0] + 2, width / 2.0));
                    }
                    NotePosition::Over => demands.push((columns[0] + 1, columns[1] + 1, width - 40.0)),
                }
            }
            _ => {}
        }
    }
    // Short distances first, because the space that they get also serves the long ones.
    demands.sort_by(|a, b| (a.1 - a.0).cmp(&(b.1 - b.0)).then(a.2.total_cmp(&b.2)));
    demands
}

/// Widens the spaces between two borders to a minimum total width.
fn widen(gaps: &mut [f64], from: usize, to: usize, width: f64) {
    let to = to.min(gaps.len());
    let Some(between) = gaps.get_mut(from..to) else { return };
    let missing = width - between.iter().sum::<f64>();
    if missing > 0.0 && !between.is_empty() {
        let each = missing / between.len() as f64;
        between.iter_mut().for_each(|space| *space += each);
    }
}
