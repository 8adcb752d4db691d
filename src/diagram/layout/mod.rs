//! Places for everything in a graph, in layers: links lead from one layer to the next as far as they can.
//!
//! Each group is laid out by itself and is then one item among those around it (`level`). A link out of a group leaves
//! it at a port, a point of its border; so that every group is a box and no link of others runs through it. Within a
//! level, links that close a circle are turned (`rank`), items get ranks, ways over several ranks get a bend in each,
//! items of a rank are brought into an order with few crossings (`order`) and to places that keep ways straight
//! (`place`). All of that runs downwards, and is turned to the graph's direction at the end.

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

/// Most items and bends in a level.
const MAX_VERTICES: usize = 3_000;

/// Where everything in a graph is.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(crate) size: Size,
    pub(crate) nodes: Vec<(usize, Area)>,
    /// Groups, those before what stands in them.
    pub(crate) groups: Vec<(usize, Area)>,
    pub(crate) links: Vec<(usize, Curve)>,
    /// The links' words.
    pub(crate) labels: Vec<Words>,
}

/// Finds a place for everything.
pub(super) fn lay_out(graph: &Graph) -> Result<Layout, DiagramError> {
    if graph.nodes.is_empty() && graph.groups.is_empty() {
        return Err(DiagramError::new(0, "the diagram has nothing in it").help("add a line such as `A --> B`"));
    }
    let mut sheet = level::lay_out(&level::Plan::of(graph), None, graph.direction, &[])?;
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
    layout.links = joined(sheet.pieces);
    layout.labels = sheet.labels;
    Ok(layout)
}

/// A part of a link's way, within one level.
#[derive(Debug)]
struct Piece {
    link: usize,
    /// Its place among the pieces of its link.
    rank: i32,
    curve: Curve,
}

/// Where the words of a link stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(crate) link: usize,
    pub(crate) middle: Point,
    /// Whether that is in a group.
    pub(crate) is_grouped: bool,
}

/// What is laid out of a level, from its upper left corner.
#[derive(Debug, Default)]
struct Sheet {
    size: Size,
    areas: Vec<(Item, Area)>,
    pieces: Vec<Piece>,
    labels: Vec<Words>,
    /// Where links pass the border; by link, and whether it leads out.
    ports: HashMap<(usize, bool), Point>,
}

impl Sheet {
    fn shift(&mut self, by: Point) {
        self.areas.iter_mut().for_each(|(_, area)| area.middle = area.middle.plus(by));
        self.labels.iter_mut().for_each(|words| words.middle = words.middle.plus(by));
        self.ports.values_mut().for_each(|point| *point = point.plus(by));
        for piece in &mut self.pieces {
            let curve = std::mem::replace(&mut piece.curve, Curve::from(by));
            piece.curve = curve.mapped(|point| point.plus(by));
        }
    }

    /// Takes in what another sheet holds; ports are that sheet's own.
    fn add(&mut self, other: Sheet) {
        self.areas.extend(other.areas);
        self.pieces.extend(other.pieces);
        self.labels.extend(other.labels);
    }
}

/// Puts the pieces of each link together.
fn joined(mut pieces: Vec<Piece>) -> Vec<(usize, Curve)> {
    pieces.sort_by_key(|piece| (piece.link, piece.rank));
    let mut links: Vec<(usize, Curve)> = Vec::new();
    for piece in pieces {
        match links.last_mut() {
            Some((link, curve)) if *link == piece.link => curve.join(piece.curve),
            _ => links.push((piece.link, piece.curve)),
        }
    }
    links
}
