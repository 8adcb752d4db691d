//! Cards: nodes with a name above rows, used for entities and classes.

use super::geometry::{Area, Point, Size};
use super::label::{FONT_SIZE, LINE_HEIGHT, Label};
use super::shape::Shape;
use super::svg::Svg;

/// Maximum width of the name and of a row, in pixels.
const MAX_NAME_WIDTH: f64 = 200.0;
const MAX_ROW_WIDTH: f64 = 300.0;
/// Maximum number of rows; more would be a table and not a node.
const MAX_ROWS: usize = 60;
/// Padding above and below the name and each group of rows.
const PADDING: f64 = 7.0;

/// A card under construction.
#[derive(Debug, Default)]
pub(super) struct Card {
    /// The name to display.
    pub(crate) name: String,
    /// The kind of class, displayed above the name.
    pub(crate) kind: Option<String>,
    /// Two groups of rows below the name.
    pub(crate) rows: [Vec<String>; 2],
}

impl Card {
    /// The label and the outline of the node.
    pub(super) fn finish(&self) -> (Label, Shape) {
        let kind = self.kind.iter().map(|kind| format!("«{kind}»"));
        let mut lines: Vec<String> = kind.chain(Label::new(&self.name, MAX_NAME_WIDTH).lines).take(MAX_ROWS).collect();
        let head = lines.len();
        let mut counts = [0, 0];
        for (rows, count) in self.rows.iter().zip(&mut counts) {
            let before = lines.len();
            lines.extend(rows.iter().flat_map(|row| Label::new(row, MAX_ROW_WIDTH).lines).take(MAX_ROWS));
            *count = lines.len() - before;
        }
        let shape = Shape::Card { head: line_count(head), first: line_count(counts[0]) };
        (Label { lines }, shape)
    }
}

fn line_count(lines: usize) -> u8 {
    u8::try_from(lines).unwrap_or(u8::MAX)
}

/// The size of a card with this label; `head` and `first` are the numbers of lines in its first two parts.
pub(super) fn size(label: &Label, head: u8, first: u8) -> Size {
    let rest = label.lines.len().saturating_sub(usize::from(head) + usize::from(first));
    let parts = [usize::from(head), usize::from(first), rest].into_iter().filter(|count| *count > 0).count();
    let Size { width, height } = label.size();
    Size::new((width + 28.0).max(72.0), height + parts as f64 * 2.0 * PADDING)
}

/// Draws a card: its outline, the centred name and the left-aligned rows.
pub(super) fn draw(svg: &mut Svg, area: Area, label: &Label, head: u8, first: u8) {
    svg.rect("node card", area, 3.0);
    let (half, deep) = (area.size.width / 2.0, area.size.height / 2.0);
    let at = |x: f64, y: f64| area.middle.plus(Point::new(x, y));
    let mut y = -deep;
    let mut rest = &label.lines[..];
    for (part, count) in [usize::from(head), usize::from(first), usize::MAX].into_iter().enumerate() {
        let (lines, after) = rest.split_at(count.min(rest.len()));
        rest = after;
        if lines.is_empty() {
            continue;
        }
        if part > 0 {
            svg.line("inner", &[at(-half, y), at(half, y)]);
        }
        y += PADDING;
        for line in lines {
            let baseline = y + LINE_HEIGHT / 2.0 + FONT_SIZE * 0.35;
            let (class, x) = if part == 0 { ("card-name", 0.0) } else { ("card-row", 12.0 - half) };
            svg.words(class, line, at(x, baseline));
            y += LINE_HEIGHT;
        }
        y += PADDING;
    }
}
