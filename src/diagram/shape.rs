//! Outlines of nodes.

use super::card;
use super::geometry::{Direction, Size};
use super::label::Label;

/// The outline of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Box,
    Rounded,
    Stadium,
    Subroutine,
    Cylinder,
    Circle,
    DoubleCircle,
    Diamond,
    Hexagon,
    /// Leaning to the right, for input and output.
    LeanRight,
    LeanLeft,
    /// Wider at the bottom.
    Trapezoid,
    /// Wider at the top.
    Funnel,
    Flag,
    Document,
    Note,
    /// A card with a name above rows: the number of lines of the name, and of the first of two lists of rows.
    Card {
        head: u8,
        first: u8,
    },
    /// Initial state.
    Start,
    /// Final state.
    End,
    /// Fork or join of states.
    Bar,
}

/// Names of shapes, as in `A@{ shape: diamond }`.
const SHAPE_NAMES: [(&str, Shape); 102] = [
    ("rect", Shape::Box),
    ("proc", Shape::Box),
    ("process", Shape::Box),
    ("rectangle", Shape::Box),
    ("rounded", Shape::Rounded),
    ("event", Shape::Rounded),
    ("stadium", Shape::Stadium),
    ("pill", Shape::Stadium),
    ("terminal", Shape::Stadium),
    ("subproc", Shape::Subroutine),
    ("subprocess", Shape::Subroutine),
    ("subroutine", Shape::Subroutine),
    ("fr-rect", Shape::Subroutine),
    ("cyl", Shape::Cylinder),
    ("cylinder", Shape::Cylinder),
    ("database", Shape::Cylinder),
    ("db", Shape::Cylinder),
    ("circle", Shape::Circle),
    ("circ", Shape::Circle),
    ("dbl-circ", Shape::DoubleCircle),
    ("double-circle", Shape::DoubleCircle),
    ("diam", Shape::Diamond),
    ("diamond", Shape::Diamond),
    ("decision", Shape::Diamond),
    ("question", Shape::Diamond),
    ("hex", Shape::Hexagon),
    ("hexagon", Shape::Hexagon),
    ("prepare", Shape::Hexagon),
    ("lean-r", Shape::LeanRight),
    ("in-out", Shape::LeanRight),
    ("lean-l", Shape::LeanLeft),
    ("out-in", Shape::LeanLeft),
    ("trap-b", Shape::Trapezoid),
    ("trap-t", Shape::Funnel),
    ("doc", Shape::Document),
    ("document", Shape::Document),
    // Shapes that are drawn as the most similar shape.
    ("odd", Shape::Flag),
    ("datastore", Shape::Cylinder),
    ("text", Shape::Box),
    ("card", Shape::Box),
    ("notch-rect", Shape::Box),
    ("lin-rect", Shape::Subroutine),
    ("lin-proc", Shape::Subroutine),
    ("sm-circ", Shape::Circle),
    ("small-circle", Shape::Circle),
    ("start", Shape::Circle),
    ("stop", Shape::DoubleCircle),
    ("framed-circle", Shape::DoubleCircle),
    ("fr-circ", Shape::DoubleCircle),
    ("fork", Shape::Box),
    ("join", Shape::Box),
    ("hourglass", Shape::Hexagon),
    ("collate", Shape::Hexagon),
    ("comment", Shape::Note),
    ("brace", Shape::Note),
    ("brace-l", Shape::Note),
    ("brace-r", Shape::Note),
    ("braces", Shape::Note),
    ("bolt", Shape::LeanRight),
    ("com-link", Shape::LeanRight),
    ("delay", Shape::Stadium),
    ("das", Shape::Cylinder),
    ("h-cyl", Shape::Cylinder),
    ("lin-cyl", Shape::Cylinder),
    ("disk", Shape::Cylinder),
    ("curv-trap", Shape::Hexagon),
    ("display", Shape::Hexagon),
    ("div-rect", Shape::Subroutine),
    ("div-proc", Shape::Subroutine),
    ("tri", Shape::Trapezoid),
    ("extract", Shape::Trapezoid),
    ("flip-tri", Shape::Funnel),
    ("manual-file", Shape::Funnel),
    ("win-pane", Shape::Subroutine),
    ("internal-storage", Shape::Subroutine),
    ("f-circ", Shape::Circle),
    ("junction", Shape::Circle),
    ("lin-doc", Shape::Document),
    ("docs", Shape::Document),
    ("documents", Shape::Document),
    ("st-doc", Shape::Document),
    ("tag-doc", Shape::Document),
    ("notch-pent", Shape::Hexagon),
    ("loop-limit", Shape::Hexagon),
    ("sl-rect", Shape::LeanRight),
    ("manual-input", Shape::LeanRight),
    ("manual", Shape::Funnel),
    ("priority", Shape::Trapezoid),
    ("processes", Shape::Box),
    ("procs", Shape::Box),
    ("st-rect", Shape::Box),
    ("flag", Shape::Document),
    ("paper-tape", Shape::Document),
    ("bow-rect", Shape::Cylinder),
    ("stored-data", Shape::Cylinder),
    ("cross-circ", Shape::Circle),
    ("summary", Shape::Circle),
    ("tag-rect", Shape::Box),
    ("tag-proc", Shape::Box),
    ("tagged-process", Shape::Box),
    ("lined-process", Shape::Subroutine),
    ("divided-process", Shape::Subroutine),
];

impl Shape {
    /// The shape with a name.
    pub(super) fn from_name(name: &str) -> Option<Shape> {
        SHAPE_NAMES.iter().find(|(shape_name, _)| *shape_name == name).map(|(_, shape)| *shape)
    }

    /// The size of a node with this shape and label.
    pub(super) fn size(self, label: &Label) -> Size {
        if let Shape::Card { head, first } = self {
            return card::size(label, head, first);
        }
        let Size { width, height } = label.size();
        let (width, height) = (width + 28.0, height + 18.0);
        let across = width.max(height);
        match self {
            Shape::Start | Shape::End => Size::new(18.0, 18.0),
            Shape::Bar => Size::new(72.0, 8.0),
            Shape::Diamond if label.is_empty() => Size::new(32.0, 32.0),
            // Text of half a diamond's width fits only up to half of its height.
            Shape::Diamond => Size::new(width * 1.3 + 16.0, height * 1.5 + 14.0),
            Shape::Circle => Size::new(across, across),
            Shape::DoubleCircle => Size::new(across + 10.0, across + 10.0),
            Shape::Cylinder => Size::new(width, height + 22.0),
            Shape::Hexagon | Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::Funnel => {
                Size::new(width + 28.0, height)
            }
            Shape::Flag | Shape::Subroutine => Size::new(width + 14.0, height),
            Shape::Document => Size::new(width, height + 10.0),
            Shape::Box | Shape::Rounded | Shape::Stadium | Shape::Note | Shape::Card { .. } => {
                Size::new(width.max(44.0), height)
            }
        }
    }

    /// The distance between the bounding box and the outline where a link meets it; the link runs along `direction`, at
    /// a distance of `offset` from the centre.
    pub(super) fn setback(self, size: Size, direction: Direction, offset: f64) -> f64 {
        let size = size.swapped_if(direction.is_horizontal());
        let (half, deep) = (size.width / 2.0, size.height / 2.0);
        if half <= 0.0 {
            return 0.0;
        }
        let share = (offset.abs() / half).min(1.0);
        match self {
            Shape::Diamond => deep * share,
            Shape::Circle | Shape::DoubleCircle | Shape::Start | Shape::End => {
                deep * (1.0 - (1.0 - share * share).sqrt())
            }
            Shape::Stadium if direction.is_horizontal() => half.min(deep) * (1.0 - (1.0 - share * share).sqrt()),
            Shape::Hexagon if direction.is_horizontal() => 14.0 * share,
            Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::Funnel if direction.is_horizontal() => 7.0,
            _ => 0.0,
        }
    }

    /// The vertical offset of the label from the centre of the node, in pixels.
    pub(super) fn label_offset(self) -> f64 {
        match self {
            Shape::Cylinder => 5.0,
            Shape::Document => -4.0,
            _ => 0.0,
        }
    }

    /// The class that tells the theme the meaning of the shape.
    pub(super) fn class(self) -> &'static str {
        match self {
            Shape::Diamond | Shape::Hexagon => "node choice",
            Shape::Stadium | Shape::Circle | Shape::DoubleCircle => "node end",
            Shape::Start | Shape::End | Shape::Bar => "node point",
            Shape::Cylinder | Shape::Document | Shape::LeanRight | Shape::LeanLeft => "node thing",
            Shape::Note => "node note",
            _ => "node",
        }
    }
}
