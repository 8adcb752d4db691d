//! What flow charts and diagrams of states have in common: nodes, links between them, and groups around them.

use super::geometry::Direction;
use super::shape::Shape;
use super::text::Label;

/// A graph.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub direction: Direction,
    pub nodes: Vec<Node>,
    pub groups: Vec<Group>,
    pub links: Vec<Link>,
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub label: Label,
    pub shape: Shape,
    /// The group that it stands in.
    pub group: Option<usize>,
}

/// A group; no group stands in itself.
#[derive(Debug)]
pub(super) struct Group {
    pub label: Label,
    pub parent: Option<usize>,
    pub direction: Option<Direction>,
}

/// Where a link begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Node(usize),
    Group(usize),
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    pub from: Item,
    pub to: Item,
    pub label: Label,
    pub stroke: Stroke,
    /// What is drawn at its beginning and at its end.
    pub tips: [Tip; 2],
    /// Over how many ranks it goes at least.
    pub length: usize,
    /// The line of the text that it stands in.
    pub line: u32,
}

/// How a link is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Plain,
    Dotted,
    Thick,
    /// It only keeps things in order.
    Hidden,
}

/// What is drawn at an end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    None,
    Arrow,
    Open,
    Cross,
    Dot,
}

impl Graph {
    /// The group that an item stands in.
    pub(super) fn parent(&self, item: Item) -> Option<usize> {
        match item {
            Item::Node(node) => self.nodes[node].group,
            Item::Group(group) => self.groups[group].parent,
        }
    }

    /// The groups around an item, the outermost first, and the item itself.
    pub(super) fn path(&self, item: Item) -> Vec<Item> {
        let mut path = vec![item];
        let mut around = self.parent(item);
        while let Some(group) = around {
            path.push(Item::Group(group));
            around = self.groups[group].parent;
        }
        path.reverse();
        path
    }
}
