//! The model shared by flow charts, state diagrams and the like: nodes, links between them, and groups around them.

use super::geometry::Direction;
use super::label::Label;
use super::shape::Shape;

/// A graph.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(crate) direction: Direction,
    pub(crate) nodes: Vec<Node>,
    pub(crate) groups: Vec<Group>,
    pub(crate) links: Vec<Link>,
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(crate) label: Label,
    pub(crate) shape: Shape,
    /// The group that contains the node.
    pub(crate) group: Option<usize>,
}

/// A group of nodes; groups are never nested in themselves.
#[derive(Debug)]
pub(super) struct Group {
    pub(crate) label: Label,
    pub(crate) parent: Option<usize>,
    pub(crate) direction: Option<Direction>,
}

/// Either end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Node(usize),
    Group(usize),
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    pub(crate) from: Item,
    pub(crate) to: Item,
    pub(crate) label: Label,
    pub(crate) stroke: LineStyle,
    /// The arrowheads at the start and at the end.
    pub(crate) tips: [Arrowhead; 2],
    /// The minimum number of ranks that the link spans.
    pub(crate) length: usize,
    /// The line of the text that defines the link.
    pub(crate) line: u32,
}

/// The line style of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStyle {
    Plain,
    Dotted,
    Thick,
    /// Invisible; the link only affects the layout.
    Hidden,
}

/// The symbol at an end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrowhead {
    None,
    Arrow,
    Open,
    Cross,
    Dot,
    Triangle,
    Diamond,
    HollowDiamond,
    Ring,
    /// Cardinalities: exactly one, zero or one, one or more, and any number.
    One,
    NoneOrOne,
    Some,
    Any,
}

impl Graph {
    /// The group that directly contains an item.
    pub(super) fn parent(&self, item: Item) -> Option<usize> {
        match item {
            Item::Node(node) => self.nodes[node].group,
            Item::Group(group) => self.groups[group].parent,
        }
    }

    /// The groups around an item from the outermost inwards, followed by the item itself.
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
