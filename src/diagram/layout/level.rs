//! The layout of one level: the items directly in a group, or outside all groups.

use std::collections::{HashMap, HashSet};

use super::super::DiagramError;
use super::super::geometry::{Area, Direction, Point, Size};
use super::super::graph::{Graph, Item};
use super::rank::{self, Edge};
use super::route::{Level, SelfLink};
use super::{LevelLayout, route};

/// Distance between a group's border and its content, in pixels.
const PADDING: f64 = 16.0;

/// An index of a graph: the items of each group, and the level to which each link belongs.
pub(super) struct LevelIndex<'a> {
    pub(crate) graph: &'a Graph,
    items: HashMap<Option<usize>, Vec<Item>>,
    links: HashMap<Option<usize>, Vec<usize>>,
    /// For each link, the paths from the outermost group to its start and to its end.
    paths: Vec<[Vec<Item>; 2]>,
}

/// A point at which a link crosses the border of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port {
    pub(crate) link: usize,
    /// The item in the group at which the link starts or ends.
    pub(crate) item: Item,
    pub(crate) leads_out: bool,
    /// Whether the port is on the side towards which the graph runs.
    pub(crate) is_after: bool,
}

impl<'a> LevelIndex<'a> {
    pub(super) fn new(graph: &'a Graph) -> LevelIndex<'a> {
        let mut plan = LevelIndex { graph, items: HashMap::new(), links: HashMap::new(), paths: Vec::new() };
        for item in items_in_text_order(graph) {
            plan.items.entry(graph.parent(item)).or_default().push(item);
        }
        for (at, link) in graph.links.iter().enumerate() {
            let paths = [graph.path(link.from), graph.path(link.to)];
            let around = paths.iter().map(|path| path.len() - 1).min().unwrap_or(0);
            let common = paths[0].iter().zip(&paths[1]).take(around).take_while(|(a, b)| a == b).count();
            let group = common.checked_sub(1).and_then(|last| match paths[0][last] {
                Item::Group(group) => Some(group),
                Item::Node(_) => None,
            });
            plan.links.entry(group).or_default().push(at);
            plan.paths.push(paths);
        }
        plan
    }

    /// The nesting depth of a group's items.
    fn depth(&self, group: Option<usize>) -> usize {
        group.map_or(0, |group| self.graph.path(Item::Group(group)).len())
    }
}

/// All items, in text order; a group takes the position of its first node.
fn items_in_text_order(graph: &Graph) -> Vec<Item> {
    let mut first = vec![usize::MAX; graph.groups.len()];
    for (at, node) in graph.nodes.iter().enumerate().rev() {
        let mut around = node.group;
        while let Some(group) = around {
            first[group] = at;
            around = graph.groups[group].parent;
        }
    }
    let nodes = (0..graph.nodes.len()).map(|node| (node, Item::Node(node)));
    let groups = first.iter().enumerate().map(|(group, first)| (*first, Item::Group(group)));
    let mut items: Vec<(usize, Item)> = nodes.chain(groups).collect();
    items.sort_by_key(|(at, _)| *at);
    items.into_iter().map(|(_, item)| item).collect()
}

/// Lays out the content of a group, without its frame.
pub(super) fn lay_out(
    plan: &LevelIndex<'_>,
    group: Option<usize>,
    direction: Direction,
    ports: &[Port],
) -> Result<LevelLayout, DiagramError> {
    let items = plan.items.get(&group).map_or(&[][..], Vec::as_slice);
    let places: HashMap<Item, usize> = items.iter().enumerate().map(|(at, item)| (*item, at)).collect();
    let depth = plan.depth(group);
    let (mut edges, loops) = collect_edges(plan, group, depth, &places);
    rank::break_cycles(items.len(), &mut edges);
    let mut sheets = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        sheets.push(match item {
            Item::Node(_) => None,
            Item::Group(inner) => {
                let ports = ports_within(plan, at, *item, depth, &edges, ports);
                Some(lay_out_group(plan, *inner, direction, &ports)?)
            }
        });
    }
    let level = Level {
        plan,
        direction,
        depth,
        items,
        item_indexes: places,
        edges,
        self_links: loops,
        ports,
        inner_layouts: sheets,
    };
    route::route_links(level)
}

/// The links between the items of a level, and those from an item to itself.
fn collect_edges(
    plan: &LevelIndex<'_>,
    group: Option<usize>,
    depth: usize,
    places: &HashMap<Item, usize>,
) -> (Vec<Edge>, Vec<SelfLink>) {
    let links = plan.links.get(&group).map_or(&[][..], Vec::as_slice);
    let (mut edges, mut loops) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let mut is_spread = false;
    for link in links {
        let place = |end: usize| plan.paths[*link][end].get(depth).and_then(|item| places.get(item)).copied();
        let (Some(from), Some(to)) = (place(0), place(1)) else { continue };
        let length = plan.graph.links[*link].length.max(1);
        if from == to {
            loops.push(SelfLink { link: *link, item: from });
        } else {
            is_spread |= !plan.graph.links[*link].label.is_empty() || !seen.insert((from.min(to), from.max(to)));
            edges.push(Edge { link: *link, from, to, is_reversed: false, length });
        }
    }
    if is_spread {
        // An additional rank between any two leaves space for labels, and for several links between the same items.
        edges.iter_mut().for_each(|edge| edge.length *= 2);
    }
    (edges, loops)
}

/// The ports through which links cross the border of an item.
fn ports_within(
    plan: &LevelIndex<'_>,
    at: usize,
    item: Item,
    depth: usize,
    edges: &[Edge],
    ports: &[Port],
) -> Vec<Port> {
    let mut list = Vec::new();
    let mut add = |link: usize, leads_out: bool, is_after: bool| {
        let path = &plan.paths[link][usize::from(!leads_out)];
        if let Some(inner) = path.get(depth + 1) {
            list.push(Port { link, item: *inner, leads_out, is_after });
        }
    };
    for edge in edges {
        // An edge leads from the earlier to the later item, whatever the direction in which the link is drawn.
        if edge.from == at {
            add(edge.link, !edge.is_reversed, true);
        }
        if edge.to == at {
            add(edge.link, edge.is_reversed, false);
        }
    }
    ports.iter().filter(|port| port.item == item).for_each(|port| add(port.link, port.leads_out, port.is_after));
    list
}

/// Lays out a group, and adds a frame with its name.
fn lay_out_group(
    plan: &LevelIndex<'_>,
    group: usize,
    around: Direction,
    ports: &[Port],
) -> Result<LevelLayout, DiagramError> {
    let own_direction = plan.graph.groups[group].direction.filter(|_| ports.is_empty());
    let direction = own_direction.unwrap_or(around);
    let mut sheet = lay_out(plan, Some(group), direction, ports)?;
    let name = plan.graph.groups[group].label.size();
    let top = if name.height > 0.0 { name.height + 14.0 } else { PADDING };
    let width = (sheet.size.width + 2.0 * PADDING).max(name.width + 24.0);
    sheet.shift(Point::new((width - sheet.size.width) / 2.0, top));
    sheet.size = Size::new(width, top + sheet.size.height + PADDING);
    for port in ports {
        extend_to_border(&mut sheet, *port, direction);
    }
    Ok(sheet)
}

/// Extends a link to the frame.
fn extend_to_border(sheet: &mut LevelLayout, port: Port, direction: Direction) {
    let Some(point) = sheet.ports.get_mut(&(port.link, port.leads_out)) else { return };
    let Size { width, height } = sheet.size;
    match (direction, port.is_after) {
        (Direction::Down, true) | (Direction::Up, false) => point.y = height,
        (Direction::Down, false) | (Direction::Up, true) => point.y = 0.0,
        (Direction::Right, true) | (Direction::Left, false) => point.x = width,
        (Direction::Right, false) | (Direction::Left, true) => point.x = 0.0,
    }
    let border = *point;
    let pieces = sheet.pieces.iter_mut().filter(|piece| piece.link == port.link);
    let piece = if port.leads_out {
        pieces.max_by_key(|piece| piece.position)
    } else {
        pieces.min_by_key(|piece| piece.position)
    };
    let Some(piece) = piece else { return };
    if port.leads_out {
        piece.curve.line_to(border);
    } else {
        let curve = std::mem::replace(&mut piece.curve, super::Curve::starting_at(border));
        piece.curve.append(curve);
    }
}

/// Positions an item together with its content.
pub(super) fn place_item(sheet: &mut LevelLayout, item: Item, middle: Point, size: Size, inner: Option<LevelLayout>) {
    sheet.areas.push((item, Area { middle, size }));
    if let Some(mut inner) = inner {
        inner.shift(Point::new(middle.x - size.width / 2.0, middle.y - size.height / 2.0));
        sheet.add(inner);
    }
}
