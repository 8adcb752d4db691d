//! Converts the routes of links to curves once all positions are known.

use super::super::super::geometry::{Curve, Direction, Point, Size, Step};
use super::super::super::graph::Item;
use super::super::{Piece, Sheet, Words, level};
use super::{Field, LOOP, LinkRoute, SelfLink};

/// Offset of a backward link from the centres of its ends, in pixels.
const ASIDE: f64 = 14.0;
/// Maximum offset that is straightened, in pixels.
const STRAIGHT: f64 = 4.0;

impl Field<'_> {
    /// Shifts the ends of backward links, to distinguish them from forward links.
    pub(super) fn set_aside(&mut self) {
        for way in self.ways.iter_mut().filter(|way| way.is_upwards && way.rank == 0) {
            let ends = [way.chain[0], way.chain[way.chain.len() - 1]];
            let next = [way.chain[1], way.chain[way.chain.len() - 2]];
            for end in 0..2 {
                let vertex = &self.vertices[ends[end]];
                let room = ASIDE.min(vertex.width / 4.0);
                let side = if self.vertices[next[end]].x < vertex.x { -room } else { room };
                if way.aside[end] == 0.0 {
                    way.aside[end] = side;
                }
            }
        }
    }

    /// The curve of a route, from top to bottom.
    fn curve(&self, way: &LinkRoute, sizes: &[Size], ranks: &[usize]) -> Curve {
        let (first, last) = (way.chain[0], way.chain[way.chain.len() - 1]);
        let start = self.end(first, way.aside[0], true, sizes, ranks);
        let mut curve = Curve::from(start);
        curve.line(Point::new(start.x, self.bands[ranks[first]].1));
        for vertex in &way.chain[1..way.chain.len() - 1] {
            let (top, bottom) = self.bands[ranks[*vertex]];
            if top == bottom && !way.is_upwards {
                continue;
            }
            let x = snap_straight(curve.end().x, self.vertices[*vertex].x);
            curve.step_over(Point::new(x, top));
            curve.line(Point::new(x, bottom));
        }
        let end = self.end(last, way.aside[1], false, sizes, ranks);
        let x = snap_straight(curve.end().x, end.x);
        curve.step_over(Point::new(x, self.bands[ranks[last]].0));
        curve.line(Point::new(x, end.y));
        curve
    }

    /// The point at which a route meets a vertex, from below or above.
    fn end(&self, vertex: usize, aside: f64, is_below: bool, sizes: &[Size], ranks: &[usize]) -> Point {
        let (top, bottom) = self.bands[ranks[vertex]];
        let middle = (top + bottom) / 2.0;
        let Some(item) = self.level.items.get(vertex) else { return Point::new(self.vertices[vertex].x, middle) };
        let size = sizes[vertex];
        let half = self.level.turned(size).height / 2.0 - self.level.setback(*item, size, aside);
        Point::new(self.vertices[vertex].x + aside, if is_below { middle + half } else { middle - half })
    }

    /// The complete layout, rotated to the direction of the graph.
    pub(super) fn sheet(self, sizes: &[Size], sheets: Vec<Option<Sheet>>) -> Sheet {
        let ranks = self.rank_of();
        let width = self.vertices.iter().map(|vertex| vertex.x + vertex.width / 2.0).fold(0.0, f64::max);
        let height = self.bands.last().map_or(0.0, |band| band.1);
        let direction = self.level.direction;
        let turn = move |Point { x, y }: Point| match direction {
            Direction::Down => Point::new(x, y),
            Direction::Up => Point::new(x, height - y),
            Direction::Right => Point::new(y, x),
            Direction::Left => Point::new(height - y, x),
        };
        let middle = |vertex: usize| {
            let (top, bottom) = self.bands[ranks[vertex]];
            turn(Point::new(self.vertices[vertex].x, (top + bottom) / 2.0))
        };
        let words = |link, middle| Words { link, middle, is_grouped: self.level.depth > 0 };
        let mut sheet = Sheet { size: self.level.turned(Size::new(width, height)), ..Sheet::default() };
        for (at, (item, inner)) in self.level.items.iter().zip(sheets).enumerate() {
            level::place_item(&mut sheet, *item, middle(at), sizes[at], inner);
        }
        for way in &self.ways {
            let curve = self.curve(way, sizes, &ranks).mapped(turn);
            let curve = if way.is_upwards { curve.reversed() } else { curve };
            if way.rank != 0 {
                let port = if way.rank < 0 { curve.end() } else { curve.start };
                sheet.ports.insert((way.link, way.rank < 0), port);
            }
            sheet.pieces.push(Piece { link: way.link, rank: way.rank, curve });
            sheet.labels.extend(way.label.map(|label| words(way.link, middle(label))));
        }
        for own in &self.level.loops {
            let (curve, label) = self.self_link(*own, sizes, &ranks);
            sheet.pieces.push(Piece { link: own.link, rank: 0, curve: curve.mapped(turn) });
            if self.level.label_size(own.link).width > 0.0 {
                sheet.labels.push(words(own.link, turn(label)));
            }
        }
        sheet
    }

    /// The curve of a link from an item to itself, and the centre of its label.
    fn self_link(&self, own: SelfLink, sizes: &[Size], ranks: &[usize]) -> (Curve, Point) {
        let size = self.level.turned(sizes[own.item]);
        let (top, bottom) = self.bands[ranks[own.item]];
        let middle = Point::new(self.vertices[own.item].x, (top + bottom) / 2.0);
        let apart = (size.height / 4.0).min(10.0);
        let across = if self.level.direction.is_horizontal() { Direction::Down } else { Direction::Right };
        let back = match self.level.items[own.item] {
            Item::Node(node) => self.level.plan.graph.nodes[node].shape.setback(sizes[own.item], across, apart),
            Item::Group(_) => 0.0,
        };
        let at = |x: f64, y: f64| middle.plus(Point::new(size.width / 2.0 + x, y));
        let mut curve = Curve::from(at(-back, -apart));
        let reach = LOOP * 4.0 / 3.0;
        curve.steps.push(Step { first: at(reach, -apart * 1.6), second: at(reach, apart * 1.6), to: at(-back, apart) });
        (curve, at(LOOP + self.level.label_size(own.link).width / 2.0, 0.0))
    }
}

/// The next horizontal position of a curve; small deviations are straightened.
fn snap_straight(from: f64, to: f64) -> f64 {
    if (from - to).abs() < STRAIGHT { from } else { to }
}
