//! Builds the graph of a flow chart.

use std::collections::{HashMap, HashSet};

use super::super::geometry::Direction;
use super::super::graph::{Graph, Group, Item, Link, Node};
use super::super::label::Label;
use super::super::picture::is_nested;
use super::super::shape::Shape;
use super::super::{DiagramError, MAX_EDGES, MAX_NODES, check_limit};
use super::node::ParsedNode;

/// Maximum width of a node's label, in pixels; it is lower in charts that run horizontally.
const MAX_LABEL_WIDTH: f64 = 170.0;
const MAX_HORIZONTAL_LABEL_WIDTH: f64 = 112.0;
/// Maximum width of the title of a group, in pixels.
const MAX_GROUP_TITLE_WIDTH: f64 = 320.0;
/// Maximum nesting depth of groups.
const MAX_NESTING: usize = 12;

/// A flow chart under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(crate) graph: Graph,
    nodes: HashMap<String, usize>,
    groups: HashMap<String, usize>,
    /// Names of links, which are not nodes.
    pub(crate) link_names: HashSet<String>,
    /// The open groups, each with the line that opened it.
    open_groups: Vec<(usize, u32)>,
    /// The most recent label of each node.
    labels: Vec<String>,
}

impl Builder {
    /// Opens a group: `id`, `id [title]`, or only a title.
    pub(super) fn open(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        check_limit(self.open_groups.len() + 1, MAX_NESTING, "groups in one another", line)?;
        check_limit(self.graph.groups.len() + 1, MAX_NODES, "groups", line)?;
        let (id, title) = match text.split_once('[') {
            Some((id, title)) => (id.trim(), title.trim().trim_end_matches(']')),
            None => (text.trim_matches('"'), text),
        };
        let parent = self.open_groups.last().map(|(group, _)| *group);
        let group = Group { label: Label::new(title, MAX_GROUP_TITLE_WIDTH), parent, direction: None };
        self.graph.groups.push(group);
        let at = self.graph.groups.len() - 1;
        let is_title = !text.contains('[');
        if is_title && self.groups.contains_key(id) {
            // Several groups may have the same title; a link to it refers to the first one.
        } else if !id.is_empty() && self.groups.insert(id.to_owned(), at).is_some() {
            return Err(DiagramError::new(line, format!("there are two groups `{id}`")).help("give each its own name"));
        }
        self.open_groups.push((at, line));
        Ok(())
    }

    /// Closes the group that was opened last.
    pub(super) fn close(&mut self, line: u32) -> Result<(), DiagramError> {
        match self.open_groups.pop() {
            Some(_) => Ok(()),
            None => Err(DiagramError::new(line, "`end` closes no `subgraph`").help("remove it")),
        }
    }

    /// Sets the direction of the open group, or of the whole chart.
    pub(super) fn set_direction(&mut self, direction: Direction) {
        match self.open_groups.last() {
            Some((group, _)) => self.graph.groups[*group].direction = Some(direction),
            None => self.graph.direction = direction,
        }
    }

    /// The node or group with a name; a new name creates a node in the open group.
    pub(super) fn find_or_add_item(&mut self, parsed: &ParsedNode<'_>, line: u32) -> Result<Item, DiagramError> {
        if let Some(group) = self.groups.get(parsed.id).filter(|_| parsed.words.is_none()) {
            return Ok(Item::Group(*group));
        }
        let at = match self.nodes.get(parsed.id) {
            Some(node) => *node,
            None => self.add(parsed.id, line)?,
        };
        if let Some(words) = parsed.words {
            self.labels[at] = words.to_owned();
        }
        if let Some(shape) = parsed.shape {
            self.graph.nodes[at].shape = shape;
        }
        Ok(Item::Node(at))
    }

    fn add(&mut self, id: &str, line: u32) -> Result<usize, DiagramError> {
        let at = self.graph.nodes.len();
        check_limit(at + 1, MAX_NODES, "nodes", line)?;
        let group = self.open_groups.last().map(|(group, _)| *group);
        self.graph.nodes.push(Node { label: Label::default(), shape: Shape::Box, group });
        self.labels.push(id.to_owned());
        self.nodes.insert(id.to_owned(), at);
        Ok(at)
    }

    /// Adds a link.
    pub(super) fn link(&mut self, link: Link) -> Result<(), DiagramError> {
        check_limit(self.graph.links.len() + 1, MAX_EDGES, "links", link.line)?;
        self.graph.links.push(link);
        Ok(())
    }

    /// Completes the chart; fails if a group is still open.
    pub(super) fn finish(mut self) -> Result<Graph, DiagramError> {
        if let Some((_, line)) = self.open_groups.last() {
            return Err(DiagramError::new(*line, "this `subgraph` has no `end`").help("close it with a line `end`"));
        }
        self.resolve_groups();
        let is_across = self.graph.direction.is_horizontal();
        let measure = if is_across { MAX_HORIZONTAL_LABEL_WIDTH } else { MAX_LABEL_WIDTH };
        for (node, words) in self.graph.nodes.iter_mut().zip(&self.labels) {
            node.label = Label::new(words, measure);
        }
        let nested = self.graph.links.iter().find(|link| is_nested(&self.graph, link.from, link.to));
        match nested {
            None => Ok(self.graph),
            Some(link) => Err(DiagramError::new(link.line, "a link leads from a group to something in it")
                .help("let it lead to or from something outside the group")),
        }
    }

    /// Replaces nodes by groups whose names were used before the groups were opened.
    fn resolve_groups(&mut self) {
        let early: HashMap<usize, usize> =
            self.groups.iter().filter_map(|(id, group)| Some((*self.nodes.get(id)?, *group))).collect();
        if early.is_empty() {
            return;
        }
        let mut places = Vec::new();
        let mut kept_count = 0;
        for node in 0..self.graph.nodes.len() {
            let is_kept = !early.contains_key(&node);
            places.push(if is_kept { Item::Node(kept_count) } else { Item::Group(early[&node]) });
            kept_count += usize::from(is_kept);
        }
        let is_kept = |at: &mut usize| {
            *at += 1;
            !early.contains_key(&(*at - 1))
        };
        let (mut node, mut word) = (0, 0);
        self.graph.nodes.retain(|_| is_kept(&mut node));
        self.labels.retain(|_| is_kept(&mut word));
        let settled = |item: &mut Item| {
            if let Item::Node(node) = *item {
                *item = places[node];
            }
        };
        for link in &mut self.graph.links {
            settled(&mut link.from);
            settled(&mut link.to);
        }
    }
}
