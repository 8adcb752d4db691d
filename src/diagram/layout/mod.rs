//! Layered layout of a graph: links lead from each layer to the next as far as possible.
//!
//! Each group is laid out separately and is then a single item at its parent's level (`level`). A link out of a group
//! leaves through a port, a point on the border, so that every group is a rectangle without foreign links through it.
//! Within a level, links that close a cycle are reversed and items are assigned to ranks (`rank`), links over several
//! ranks get a bend in each, the items of each rank are ordered to minimize crossings (`order`) and positioned to keep
//! links straight (`place`). All of this runs downwards, and is rotated to the direction of the graph at the end.

mod level;
mod order;
mod place;
mod rank;
mod route;

use std::collections::HashMap;

use super::DiagramError;
use super::geometry::{Area, Curve, Point, Size};
use super::graph::{Graph, Item};
use super::picture::MARGIN;

/// Maximum number of items and bends in a level.
const MAX_VERTICES: usize = 3_000;

/// The positions of everything in a graph.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(crate) size: Size,
    pub(crate) nodes: Vec<(usize, Area)>,
    /// Groups; a group comes before its content.
    pub(crate) groups: Vec<(usize, Area)>,
    pub(crate) links: Vec<(usize, Curve)>,
    /// The labels of links.
    pub(crate) labels: Vec<LabelPosition>,
}

/// Computes the layout of a graph.
pub(super) fn lay_out(graph: &Graph) -> Result<Layout, DiagramError> {
    if graph.nodes.is_empty() && graph.groups.is_empty() {
        return Err(DiagramError::new(0, "the diagram has nothing in it").help("add a line such as `A --> B`"));
    }
    let mut sheet = level::lay_out(&level::LevelIndex::new(graph), None, graph.direction, &[])?;
    sheet.shift(Point::new(MARGIN, MARGIN));
    let mut layout = Layout {
        size: Size::new(sheet.size.width + 2.0 * MARGIN, sheet.size.height + 2.0 * MARGIN),
        ..Layout::default()
    };
    for (item, area) in sheet.areas {
        match item {
            Item::Node(node) => layout.nodes.push((node, area)),
            Item::Group(group) => layout.groups.push((group, area)),
        }
    }
    layout.links = join_pieces(sheet.pieces);
    layout.labels = sheet.labels;
    Ok(layout)
}

/// The part of a link within one level.
#[derive(Debug)]
struct LinkPiece {
    link: usize,
    /// Position among the pieces of the link.
    position: i32,
    curve: Curve,
}

/// The position of a link's label.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelPosition {
    pub(crate) link: usize,
    pub(crate) middle: Point,
    /// Whether the position is inside a group.
    pub(crate) is_grouped: bool,
}

/// The layout of a level, relative to its upper left corner.
#[derive(Debug, Default)]
struct LevelLayout {
    size: Size,
    areas: Vec<(Item, Area)>,
    pieces: Vec<LinkPiece>,
    labels: Vec<LabelPosition>,
    /// Points at which links cross the border, by link and whether the link leads out.
    ports: HashMap<(usize, bool), Point>,
}

impl LevelLayout {
    fn shift(&mut self, by: Point) {
        self.areas.iter_mut().for_each(|(_, area)| area.middle = area.middle.plus(by));
        self.labels.iter_mut().for_each(|words| words.middle = words.middle.plus(by));
        self.ports.values_mut().for_each(|point| *point = point.plus(by));
        for piece in &mut self.pieces {
            let curve = std::mem::replace(&mut piece.curve, Curve::starting_at(by));
            piece.curve = curve.map(|point| point.plus(by));
        }
    }

    /// Adds the content of another sheet, except its ports.
    fn add(&mut self, other: LevelLayout) {
        self.areas.extend(other.areas);
        self.pieces.extend(other.pieces);
        self.labels.extend(other.labels);
    }
}

/// Joins the pieces of each link.
fn join_pieces(mut pieces: Vec<LinkPiece>) -> Vec<(usize, Curve)> {
    pieces.sort_by_key(|piece| (piece.link, piece.position));
    let mut links: Vec<(usize, Curve)> = Vec::new();
    for piece in pieces {
        match links.last_mut() {
            Some((link, curve)) if *link == piece.link => curve.append(piece.curve),
            _ => links.push((piece.link, piece.curve)),
        }
    }
    links
}
