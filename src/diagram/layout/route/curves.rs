//! Converts the routes of links to curves once all positions are known.

use super::super::super::geometry::{Curve, Direction, Point, Size, Step};
use super::super::super::graph::Item;
use super::super::{LabelPosition, LevelLayout, LinkPiece, level};
use super::{LinkRoute, RankedVertices, SELF_LINK_WIDTH, SelfLink};

/// Offset of a backward link from the centres of its ends, in pixels.
const BACKWARD_OFFSET: f64 = 14.0;
/// Maximum offset that is straightened, in pixels.
const MAX_STRAIGHTENED: f64 = 4.0;

impl RankedVertices<'_> {
    /// Shifts the ends of backward links, to distinguish them from forward links.
    pub(super) fn shift_backward_ends(&mut self) {
        for way in self.routes.iter_mut().filter(|way| way.is_upwards && way.position == 0) {
            let ends = [way.chain[0], way.chain[way.chain.len() - 1]];
            let next = [way.chain[1], way.chain[way.chain.len() - 2]];
            for end in 0..2 {
                let vertex = &self.vertices[ends[end]];
                let offset = BACKWARD_OFFSET.min(vertex.width / 4.0);
                let side = if self.vertices[next[end]].x < vertex.x { -offset } else { offset };
                if way.end_offsets[end] == 0.0 {
                    way.end_offsets[end] = side;
                }
            }
        }
    }

    /// The curve of a route, from top to bottom.
    fn route_curve(&self, route: &LinkRoute, sizes: &[Size], ranks: &[usize]) -> Curve {
        let (first, last) = (route.chain[0], route.chain[route.chain.len() - 1]);
        let start = self.end_point(first, route.end_offsets[0], true, sizes, ranks);
        let mut curve = Curve::starting_at(start);
        curve.line_to(Point::new(start.x, self.bands[ranks[first]].1));
        for vertex in &route.chain[1..route.chain.len() - 1] {
            let (top, bottom) = self.bands[ranks[*vertex]];
            if top == bottom && !route.is_upwards {
                continue;
            }
            let x = snap_straight(curve.end().x, self.vertices[*vertex].x);
            curve.curve_to(Point::new(x, top));
            curve.line_to(Point::new(x, bottom));
        }
        let end = self.end_point(last, route.end_offsets[1], false, sizes, ranks);
        let x = snap_straight(curve.end().x, end.x);
        curve.curve_to(Point::new(x, self.bands[ranks[last]].0));
        curve.line_to(Point::new(x, end.y));
        curve
    }

    /// The point at which a route meets a vertex, from below or above.
    fn end_point(&self, vertex: usize, offset: f64, is_below: bool, sizes: &[Size], ranks: &[usize]) -> Point {
        let (top, bottom) = self.bands[ranks[vertex]];
        let middle = (top + bottom) / 2.0;
        let Some(item) = self.level.items.get(vertex) else { return Point::new(self.vertices[vertex].x, middle) };
        let size = sizes[vertex];
        let half = self.level.oriented(size).height / 2.0 - self.level.setback(*item, size, offset);
        Point::new(self.vertices[vertex].x + offset, if is_below { middle + half } else { middle - half })
    }

    /// The complete layout, rotated to the direction of the graph.
    pub(super) fn into_layout(self, sizes: &[Size], sheets: Vec<Option<LevelLayout>>) -> LevelLayout {
        let ranks = self.vertex_ranks();
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
        let words = |link, middle| LabelPosition { link, middle, is_grouped: self.level.depth > 0 };
        let mut sheet = LevelLayout { size: self.level.oriented(Size::new(width, height)), ..LevelLayout::default() };
        for (at, (item, inner)) in self.level.items.iter().zip(sheets).enumerate() {
            level::place_item(&mut sheet, *item, middle(at), sizes[at], inner);
        }
        for route in &self.routes {
            let curve = self.route_curve(route, sizes, &ranks).map(turn);
            let curve = if route.is_upwards { curve.reversed() } else { curve };
            if route.position != 0 {
                let port = if route.position < 0 { curve.end() } else { curve.start };
                sheet.ports.insert((route.link, route.position < 0), port);
            }
            sheet.pieces.push(LinkPiece { link: route.link, position: route.position, curve });
            sheet.labels.extend(route.label.map(|label| words(route.link, middle(label))));
        }
        for self_link in &self.level.self_links {
            let (curve, label) = self.self_link(*self_link, sizes, &ranks);
            sheet.pieces.push(LinkPiece { link: self_link.link, position: 0, curve: curve.map(turn) });
            if self.level.label_size(self_link.link).width > 0.0 {
                sheet.labels.push(words(self_link.link, turn(label)));
            }
        }
        sheet
    }

    /// The curve of a link from an item to itself, and the centre of its label.
    fn self_link(&self, self_link: SelfLink, sizes: &[Size], ranks: &[usize]) -> (Curve, Point) {
        let size = self.level.oriented(sizes[self_link.item]);
        let (top, bottom) = self.bands[ranks[self_link.item]];
        let middle = Point::new(self.vertices[self_link.item].x, (top + bottom) / 2.0);
        let distance = (size.height / 4.0).min(10.0);
        let across = if self.level.direction.is_horizontal() { Direction::Down } else { Direction::Right };
        let back = match self.level.items[self_link.item] {
            Item::Node(node) => {
                self.level.plan.graph.nodes[node].shape.setback(sizes[self_link.item], across, distance)
            }
            Item::Group(_) => 0.0,
        };
        let at = |x: f64, y: f64| middle.plus(Point::new(size.width / 2.0 + x, y));
        let mut curve = Curve::starting_at(at(-back, -distance));
        let reach = SELF_LINK_WIDTH * 4.0 / 3.0;
        curve.steps.push(Step {
            first: at(reach, -distance * 1.6),
            second: at(reach, distance * 1.6),
            to: at(-back, distance),
        });
        (curve, at(SELF_LINK_WIDTH + self.level.label_size(self_link.link).width / 2.0, 0.0))
    }
}

/// The next horizontal position of a curve; small deviations are straightened.
fn snap_straight(from: f64, to: f64) -> f64 {
    if (from - to).abs() < MAX_STRAIGHTENED { from } else { to }
}
