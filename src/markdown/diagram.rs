//! Writes diagrams to a page: the picture, and below it the source that it is drawn from.

use std::fmt::Write;

use super::body::{CodeBlock, Phrase};
use crate::diagram::{DiagramKind, Drawing};
use crate::html::{escape, escape_text};

/// Maximum number of nodes that the accessible name of a diagram lists.
const MAX_NAMES: usize = 30;

/// Size names for the theme, each with a maximum width in pixels; wider diagrams shrink less before they scroll.
const WIDTHS: [(u32, &str); 6] =
    [(340, "s"), (640, "m"), (900, "l"), (1_150, "xl"), (1_600, "xxl"), (u32::MAX, "vast")];

/// Writes a diagram; if it cannot be drawn, its source is shown instead.
pub(super) fn write<'w>(out: &mut String, block: &CodeBlock, words: &dyn Fn(Phrase) -> &'w str) {
    let source = &block.source;
    match block.drawing() {
        Ok(drawing) => write_drawing(out, drawing, source, words),
        Err(_) => {
            out.push_str(
                "<figure class=\"diagram undrawn\"><pre dir=\"ltr\" class=\"mermaid-source\" tabindex=\"0\"><code>",
            );
            escape_text(out, source);
            out.push_str("</code></pre><figcaption>");
            escape_text(out, words(Phrase::NotDrawn));
            out.push_str("</figcaption></figure>\n");
        }
    }
}

fn write_drawing<'w>(out: &mut String, drawing: &Drawing, source: &str, words: &dyn Fn(Phrase) -> &'w str) {
    let Drawing { width, height, shapes, .. } = drawing;
    let kind = words(match drawing.kind {
        DiagramKind::Flowchart => Phrase::Flowchart,
        DiagramKind::States => Phrase::States,
        DiagramKind::Sequence => Phrase::Sequence,
        DiagramKind::Entities => Phrase::Entities,
        DiagramKind::Classes => Phrase::Classes,
        DiagramKind::Pie => Phrase::Pie,
        DiagramKind::Gantt => Phrase::Gantt,
        DiagramKind::Timeline => Phrase::Timeline,
    });
    let size = WIDTHS.iter().find(|(max, _)| width <= max).map_or("", |(_, size)| size);
    out.push_str(
        "<figure class=\"diagram\"><div class=\"drawing\" dir=\"ltr\" tabindex=\"0\" role=\"group\" aria-label=\"",
    );
    escape(out, drawing.title.as_deref().unwrap_or(kind));
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "\"><svg role=\"img\" data-size=\"{size}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" aria-label=\""
    );
    escape(out, &name(drawing, kind));
    let _ = write!(out, "\">{shapes}</svg></div>");
    if let Some(title) = &drawing.title {
        out.push_str("<figcaption>");
        escape_text(out, title);
        out.push_str("</figcaption>");
    }
    out.push_str("<details class=\"diagram-source\"><summary>");
    escape_text(out, words(Phrase::DiagramSource));
    out.push_str("</summary><pre dir=\"ltr\" tabindex=\"0\"><code>");
    escape_text(out, source);
    out.push_str("</code></pre></details></figure>\n");
}

/// The accessible name of the picture, for screen readers.
fn name(drawing: &Drawing, kind: &str) -> String {
    let mut name = drawing.title.as_ref().map_or_else(|| kind.to_owned(), |title| format!("{title} ({kind})"));
    let names = &drawing.names;
    for (at, label) in names.iter().take(MAX_NAMES).enumerate() {
        name += if at == 0 { ": " } else { "; " };
        name += label;
    }
    if names.len() > MAX_NAMES {
        name += "; …";
    }
    name
}
