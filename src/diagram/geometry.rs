//! Points, boxes and curves. Lengths are in pixels; x grows to the right and y downwards.

/// The direction in which a graph runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Direction {
    /// From top to bottom.
    #[default]
    Down,
    /// From bottom to top.
    Up,
    /// From left to right.
    Right,
    /// From right to left.
    Left,
}

impl Direction {
    /// Parses a direction in Mermaid's notation.
    pub(super) fn parse(word: &str) -> Option<Direction> {
        Some(match word {
            "TD" | "TB" => Direction::Down,
            "BT" => Direction::Up,
            "LR" => Direction::Right,
            "RL" => Direction::Left,
            _ => return None,
        })
    }

    /// Whether the graph runs horizontally.
    pub(super) fn is_horizontal(self) -> bool {
        matches!(self, Direction::Right | Direction::Left)
    }
}

/// A point or a vector.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(super) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(super) fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub(super) fn plus(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }

    /// The point at the fraction `part` of the distance to another point.
    pub(super) fn towards(self, other: Point, part: f64) -> Point {
        Point::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }

    pub(super) fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(super) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Size {
    pub(super) fn new(width: f64, height: f64) -> Size {
        Size { width, height }
    }

    /// The size with width and height swapped, if the drawing is turned on its side.
    pub(super) fn swapped_if(self, is_turned: bool) -> Size {
        if is_turned { Size::new(self.height, self.width) } else { self }
    }
}

/// A box, given by its centre.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(super) struct Area {
    pub(crate) middle: Point,
    pub(crate) size: Size,
}

/// A path of cubic Bézier curves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Curve {
    pub(crate) start: Point,
    pub(crate) steps: Vec<Step>,
}

/// A segment of a curve: two control points and the end point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(crate) first: Point,
    pub(crate) second: Point,
    pub(crate) to: Point,
}

impl Curve {
    /// An empty curve that starts at a point.
    pub(super) fn starting_at(start: Point) -> Curve {
        Curve { start, steps: Vec::new() }
    }

    pub(super) fn end(&self) -> Point {
        self.steps.last().map_or(self.start, |step| step.to)
    }

    /// Appends a straight line, unless it would be negligibly short.
    pub(super) fn line_to(&mut self, to: Point) {
        let from = self.end();
        if from.distance(to) > 0.05 {
            self.steps.push(Step { first: from.towards(to, 1.0 / 3.0), second: from.towards(to, 2.0 / 3.0), to });
        }
    }

    /// Appends an S-shaped segment that starts and ends vertically.
    pub(super) fn curve_to(&mut self, to: Point) {
        let from = self.end();
        if (from.x - to.x).abs() < 0.05 {
            return self.line_to(to);
        }
        let half = (from.y + to.y) / 2.0;
        self.steps.push(Step { first: Point::new(from.x, half), second: Point::new(to.x, half), to });
    }

    /// Appends another curve, joined by a straight line.
    pub(super) fn append(&mut self, other: Curve) {
        self.line_to(other.start);
        self.steps.extend(other.steps);
    }

    /// The curve in the opposite direction.
    pub(super) fn reversed(self) -> Curve {
        let mut curve = Curve::starting_at(self.end());
        for (at, step) in self.steps.iter().enumerate().rev() {
            let to = at.checked_sub(1).map_or(self.start, |before| self.steps[before].to);
            curve.steps.push(Step { first: step.second, second: step.first, to });
        }
        curve
    }

    /// Applies a mapping to each point of the curve.
    pub(super) fn map(mut self, map: impl Fn(Point) -> Point) -> Curve {
        self.start = map(self.start);
        for step in &mut self.steps {
            *step = Step { first: map(step.first), second: map(step.second), to: map(step.to) };
        }
        self
    }
}
