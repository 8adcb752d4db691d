//! Draws a graph as SVG once its layout is known.

use super::card;
use super::geometry::{Point, Size};
use super::graph::{Graph, Item, Node};
use super::layout::{self, Layout};
use super::shape::Shape;
use super::source::Source;
use super::svg::Svg;
use super::{DiagramError, DiagramKind, Drawing};

/// The margin around a picture.
pub(super) const MARGIN: f64 = 8.0;

/// Draws a graph.
pub(super) fn draw(graph: &Graph, kind: DiagramKind, source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let layout = layout::lay_out(graph)?;
    let mut svg = Svg::default();
    layout.groups.iter().for_each(|(_, area)| svg.rect("group", *area, 6.0));
    for (link, curve) in &layout.links {
        let link = &graph.links[*link];
        svg.link(curve, link.stroke, link.tips);
    }
    for (group, area) in &layout.groups {
        let label = &graph.groups[*group].label;
        let Size { width, height } = label.size();
        let left = area.middle.x - area.size.width / 2.0 + 12.0 + width / 2.0;
        let top = area.middle.y - area.size.height / 2.0 + 8.0 + height / 2.0;
        svg.label("group-name", label, Point::new(left, top));
    }
    for (node, area) in &layout.nodes {
        let node = &graph.nodes[*node];
        if let Shape::Card { head, first } = node.shape {
            card::draw(&mut svg, *area, &node.label, head, first);
            continue;
        }
        svg.node(node.shape, *area);
        svg.label("", &node.label, area.middle.plus(Point::new(0.0, node.shape.label_offset())));
    }
    for words in &layout.labels {
        let paper = if words.is_grouped { "paper grouped" } else { "paper" };
        svg.label_on(paper, "link-name", &graph.links[words.link].label, words.middle);
    }
    Ok(finish(svg, kind, source, &layout, names(graph)))
}

fn names(graph: &Graph) -> Vec<String> {
    let words = |node: &Node| match node.shape {
        // A card is identified by its name only.
        Shape::Card { head, .. } => {
            node.label.lines.iter().take(usize::from(head)).cloned().collect::<Vec<_>>().join(" ")
        }
        _ => node.label.words(),
    };
    graph.nodes.iter().filter(|node| !node.label.is_empty()).map(words).collect()
}

fn finish(svg: Svg, kind: DiagramKind, source: &Source<'_>, layout: &Layout, names: Vec<String>) -> Drawing {
    let shapes = svg.out.replace("<text class=\"\"", "<text");
    let (width, height) = (layout.size.width.ceil() as u32, layout.size.height.ceil() as u32);
    Drawing { kind, title: source.title.clone(), names, shapes, width, height }
}

/// Whether one of two items contains the other.
pub(super) fn is_nested(graph: &Graph, a: Item, b: Item) -> bool {
    a != b && (graph.path(a).contains(&b) || graph.path(b).contains(&a))
}
