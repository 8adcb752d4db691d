//! Routes the links of a level.

mod curves;

use std::collections::HashMap;

use super::super::DiagramError;
use super::super::geometry::{Direction, Point, Size};
use super::super::graph::Item;
use super::level::{LevelIndex, Port};
use super::order::Ranks;
use super::place::{self, Joint, Vertex};
use super::rank::{self, Edge};
use super::{LevelLayout, MAX_VERTICES};

/// Distance between two items in a rank, in pixels.
const GAP: f64 = 28.0;
/// Distance between a link and its neighbours, in pixels.
const ROUTE_GAP: f64 = 14.0;
/// Distance between two adjacent ranks, in pixels.
const RANK_GAP: f64 = 42.0;
/// Distance between a rank and the labels on links from it, in pixels.
const LABEL_GAP: f64 = 24.0;
/// Width of a link from an item to itself, in pixels.
const SELF_LINK_WIDTH: f64 = 22.0;

/// A level with its items and links.
pub(super) struct Level<'a> {
    pub(crate) plan: &'a LevelIndex<'a>,
    pub(crate) direction: Direction,
    pub(crate) depth: usize,
    pub(crate) items: &'a [Item],
    pub(crate) item_indexes: HashMap<Item, usize>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) self_links: Vec<SelfLink>,
    pub(crate) ports: &'a [Port],
    /// The layout of each item that is a group.
    pub(crate) inner_layouts: Vec<Option<LevelLayout>>,
}

/// A link from an item to itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct SelfLink {
    pub(crate) link: usize,
    pub(crate) item: usize,
}

/// The route of a link from an upper rank to a lower one.
struct LinkRoute {
    link: usize,
    position: i32,
    /// The vertices on the route, from top to bottom.
    chain: Vec<usize>,
    /// The vertex of the label.
    label: Option<usize>,
    /// Whether the link is drawn from bottom to top.
    is_upwards: bool,
    /// Offsets from the centres of the two end vertices.
    end_offsets: [f64; 2],
}

/// The vertices by rank during layout. Everything runs downwards at this stage.
struct RankedVertices<'a> {
    level: &'a Level<'a>,
    vertices: Vec<Vertex>,
    heights: Vec<f64>,
    rows: Vec<Vec<usize>>,
    /// The top and bottom of each rank.
    bands: Vec<(f64, f64)>,
    routes: Vec<LinkRoute>,
}

/// Positions the items of a level and routes the links between them.
pub(super) fn route_links(mut level: Level<'_>) -> Result<LevelLayout, DiagramError> {
    let mut sheets = std::mem::take(&mut level.inner_layouts);
    let ports: Vec<HashMap<(usize, bool), Point>> = sheets
        .iter_mut()
        .map(|sheet| sheet.as_mut().map(|sheet| std::mem::take(&mut sheet.ports)).unwrap_or_default())
        .collect();
    let sizes: Vec<Size> =
        level.items.iter().zip(&sheets).map(|(item, sheet)| level.size(*item, sheet.as_ref())).collect();
    let mut field = RankedVertices::new(&level, &sizes)?;
    field.add_routes(&ports, &sizes)?;
    field.arrange();
    Ok(field.into_layout(&sizes, sheets))
}

impl Level<'_> {
    /// The size of an item as drawn.
    fn size(&self, item: Item, sheet: Option<&LevelLayout>) -> Size {
        match (item, sheet) {
            (Item::Node(node), _) => {
                let node = &self.plan.graph.nodes[node];
                node.shape.size(&node.label)
            }
            (Item::Group(_), Some(sheet)) => sheet.size,
            (Item::Group(_), None) => Size::default(),
        }
    }

    fn oriented(&self, size: Size) -> Size {
        size.swapped_if(self.direction.is_horizontal())
    }

    /// Distance between the bounding box and the outline of an item at its upper or lower side.
    fn setback(&self, item: Item, size: Size, offset: f64) -> f64 {
        match item {
            Item::Node(node) => self.plan.graph.nodes[node].shape.setback(size, self.direction, offset),
            Item::Group(_) => 0.0,
        }
    }

    fn label_size(&self, link: usize) -> Size {
        let Size { width, height } = self.plan.graph.links[link].label.size();
        if width > 0.0 { self.oriented(Size::new(width + 8.0, height + 2.0)) } else { Size::default() }
    }

    /// Additional width of an item for links from it to itself.
    fn self_loop_width(&self, item: usize) -> f64 {
        let own = self.self_links.iter().filter(|own| own.item == item);
        own.map(|own| SELF_LINK_WIDTH + 4.0 + self.label_size(own.link).width).fold(0.0, f64::max)
    }
}

impl<'a> RankedVertices<'a> {
    /// Assigns the items to ranks.
    fn new(level: &'a Level<'a>, sizes: &[Size]) -> Result<RankedVertices<'a>, DiagramError> {
        let mut ranks = rank::assign_ranks(level.items.len(), &level.edges);
        let before = usize::from(level.ports.iter().any(|port| !port.is_after));
        let after = usize::from(level.ports.iter().any(|port| port.is_after));
        ranks.iter_mut().for_each(|rank| *rank += before);
        let count = ranks.iter().max().map_or(0, |last| last + 1 + after);
        let mut field = RankedVertices {
            level,
            vertices: Vec::new(),
            heights: Vec::new(),
            rows: vec![Vec::new(); count],
            bands: Vec::new(),
            routes: Vec::new(),
        };
        for (at, (size, rank)) in sizes.iter().zip(&ranks).enumerate() {
            let size = level.oriented(*size);
            // Reserve space on both sides, so that the item stays in the centre of its vertex.
            field.add_vertex(*rank, Size::new(size.width + 2.0 * level.self_loop_width(at), size.height), GAP)?;
        }
        Ok(field)
    }

    fn add_vertex(&mut self, rank: usize, size: Size, gap: f64) -> Result<usize, DiagramError> {
        let at = self.vertices.len();
        if at >= MAX_VERTICES {
            let message = "the links are too many and too long for a picture that can be followed";
            return Err(DiagramError::new(0, message).help("draw it in several diagrams"));
        }
        self.vertices.push(Vertex { width: size.width, gap, x: 0.0 });
        self.heights.push(size.height);
        self.rows[rank].push(at);
        Ok(at)
    }

    fn vertex_ranks(&self) -> Vec<usize> {
        let mut ranks = vec![0; self.vertices.len()];
        for (rank, row) in self.rows.iter().enumerate() {
            row.iter().for_each(|vertex| ranks[*vertex] = rank);
        }
        ranks
    }

    /// Adds routes for the links of the level, and for links that leave or enter it.
    fn add_routes(&mut self, inner: &[HashMap<(usize, bool), Point>], sizes: &[Size]) -> Result<(), DiagramError> {
        let ranks = self.vertex_ranks();
        let level = self.level;
        // Offset from the centre of an item at which a link meets it, which is at the port if the link leads into a
        // group.
        let port_offset = |item: usize, link: usize, leads_out: bool| {
            let size = sizes[item];
            let port = inner[item].get(&(link, leads_out))?;
            Some(if level.direction.is_horizontal() { port.y - size.height / 2.0 } else { port.x - size.width / 2.0 })
        };
        for edge in &level.edges {
            let (upper, lower) = (edge.from, edge.to);
            let mut route = self.build_route(edge.link, [upper, lower], [ranks[upper], ranks[lower]])?;
            route.is_upwards = edge.is_reversed;
            route.end_offsets = [
                port_offset(upper, edge.link, !edge.is_reversed).unwrap_or(0.0),
                port_offset(lower, edge.link, edge.is_reversed).unwrap_or(0.0),
            ];
            self.routes.push(route);
        }
        let last = self.rows.len().saturating_sub(1);
        for port in level.ports {
            let Some(item) = level.item_indexes.get(&port.item).copied() else { continue };
            let end = self.add_vertex(if port.is_after { last } else { 0 }, Size::default(), ROUTE_GAP)?;
            let offset = port_offset(item, port.link, port.leads_out).unwrap_or(0.0);
            let mut route = if port.is_after {
                LinkRoute {
                    end_offsets: [offset, 0.0],
                    ..self.build_route(port.link, [item, end], [ranks[item], last])?
                }
            } else {
                LinkRoute { end_offsets: [0.0, offset], ..self.build_route(port.link, [end, item], [0, ranks[item]])? }
            };
            route.is_upwards = port.leads_out != port.is_after;
            route.position = if port.leads_out { -(level.depth as i32) } else { level.depth as i32 };
            self.routes.push(route);
        }
        Ok(())
    }

    /// A route between two vertices, with a bend in each rank in between and the label in the middle one.
    fn build_route(&mut self, link: usize, ends: [usize; 2], ranks: [usize; 2]) -> Result<LinkRoute, DiagramError> {
        let size = self.level.label_size(link);
        let is_own = !self.level.ports.iter().any(|port| port.link == link);
        let middle = (ranks[0] + ranks[1]) / 2;
        let mut chain = vec![ends[0]];
        let mut label = None;
        for rank in ranks[0] + 1..ranks[1] {
            let is_label = is_own && rank == middle && size.width > 0.0;
            let vertex = self.add_vertex(rank, if is_label { size } else { Size::default() }, ROUTE_GAP)?;
            label = label.or(is_label.then_some(vertex));
            chain.push(vertex);
        }
        chain.push(ends[1]);
        Ok(LinkRoute { link, position: 0, chain, label, is_upwards: false, end_offsets: [0.0; 2] })
    }

    /// Computes the positions of all vertices.
    fn arrange(&mut self) {
        let mut ranks = Ranks {
            rows: std::mem::take(&mut self.rows),
            above: vec![Vec::new(); self.vertices.len()],
            below: vec![Vec::new(); self.vertices.len()],
        };
        let items = self.level.items.len();
        let mut joints = Vec::new();
        for route in &self.routes {
            let last = route.chain.len() - 2;
            for (at, pair) in route.chain.windows(2).enumerate() {
                let (above, below) = (pair[0], pair[1]);
                ranks.below[above].push(below);
                ranks.above[below].push(above);
                let aside = [
                    if at == 0 { route.end_offsets[0] } else { 0.0 },
                    if at == last { route.end_offsets[1] } else { 0.0 },
                ];
                let weight = [1.0, 2.0, 8.0][usize::from(above >= items) + usize::from(below >= items)];
                joints.push(Joint { above, below, aside, weight });
            }
        }
        ranks.arrange();
        self.rows = ranks.rows;
        place::place_vertices(&mut self.vertices, &self.rows, &joints);
        self.set_bands();
        self.shift_backward_ends();
    }

    fn set_bands(&mut self) {
        let is_spread = self.routes.iter().any(|route| route.label.is_some());
        let mut y = 0.0;
        let mut bands: Vec<(f64, f64)> = Vec::with_capacity(self.rows.len());
        for (rank, row) in self.rows.iter().enumerate() {
            let height = row.iter().map(|vertex| self.heights[*vertex]).fold(0.0, f64::max);
            // A rank without height contains only bends.
            let is_thin = height == 0.0 || bands.last().is_some_and(|(top, bottom)| top == bottom);
            if rank > 0 {
                y += match (is_thin, is_spread) {
                    (true, _) => RANK_GAP / 2.0,
                    (false, true) => LABEL_GAP,
                    (false, false) => RANK_GAP,
                };
            }
            bands.push((y, y + height));
            y += height;
        }
        self.bands = bands;
    }
}
