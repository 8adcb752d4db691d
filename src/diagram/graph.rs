//! What flow charts and diagrams of states have in common: nodes, links between them, and groups around them.

use super::geometry::Direction;
use super::shape::Shape;
use super::text::Label;

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
    /// The group that it stands in.
    pub(crate) group: Option<usize>,
}

/// A group; no group stands in itself.
#[derive(Debug)]
pub(super) struct Group {
    pub(crate) label: Label,
    pub(crate) parent: Option<usize>,
    pub(crate) direction: Option<Direction>,
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
    pub(crate) from: Item,
    pub(crate) to: Item,
    pub(crate) label: Label,
    pub(crate) stroke: LineStyle,
    /// What is drawn at its beginning and at its end.
    pub(crate) tips: [Arrowhead; 2],
    /// Over how many ranks it goes at least.
    pub(crate) length: usize,
    /// The line of the text that it stands in.
    pub(crate) line: u32,
}

/// How a link is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStyle {
    Plain,
    Dotted,
    Thick,
    /// It only keeps things in order.
    Hidden,
}

/// What is drawn at an end of a link.
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
    /// One and no other, none or one, one or several, any number.
    One,
    NoneOrOne,
    Some,
    Any,
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
