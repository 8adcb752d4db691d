//! Writes shapes and words as SVG, with classes, and numbers of at most one decimal place.

use std::fmt::Write;

use super::geometry::{Area, Curve, Point, Size};
use super::graph::{Arrowhead, LineStyle};
use super::label::{FONT_SIZE, LINE_HEIGHT, Label};
use super::shape::Shape;
use crate::html::escape_text;

/// A picture under construction.
#[derive(Debug, Default)]
pub(super) struct Svg {
    pub(crate) out: String,
}

/// A number that displays in its shortest form.
struct ShortNumber(f64);

impl std::fmt::Display for ShortNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        // Adding zero turns negative zero into zero.
        write!(f, "{}", tenths / 10.0 + 0.0)
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", ShortNumber(self.x), ShortNumber(self.y))
    }
}

impl Svg {
    /// Appends formatted text. Writing to a string cannot fail.
    fn append(&mut self, parts: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(parts);
    }

    /// A box with corners of radius `radius`.
    pub(super) fn rect(&mut self, class: &str, area: Area, radius: f64) {
        let Area { middle, size: Size { width, height } } = area;
        let (x, y) = (ShortNumber(middle.x - width / 2.0), ShortNumber(middle.y - height / 2.0));
        let (width, height) = (ShortNumber(width), ShortNumber(height));
        self.append(format_args!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""));
        if radius > 0.0 {
            self.append(format_args!(" rx=\"{}\"", ShortNumber(radius)));
        }
        self.out.push_str("/>");
    }

    pub(super) fn circle(&mut self, class: &str, middle: Point, radius: f64) {
        let (x, y) = (ShortNumber(middle.x), ShortNumber(middle.y));
        self.append(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", ShortNumber(radius)));
    }

    /// A closed polygon.
    pub(super) fn polygon(&mut self, class: &str, points: &[Point]) {
        self.append(format_args!("<path class=\"{class}\" d=\"M"));
        for (at, point) in points.iter().enumerate() {
            self.append(format_args!("{}{point}", if at == 0 { "" } else { "L" }));
        }
        self.out.push_str("z\"/>");
    }

    /// A polyline.
    pub(super) fn line(&mut self, class: &str, points: &[Point]) {
        self.append(format_args!("<path class=\"{class}\" d=\"M"));
        for (at, point) in points.iter().enumerate() {
            self.append(format_args!("{}{point}", if at == 0 { "" } else { "L" }));
        }
        self.out.push_str("\"/>");
    }

    /// A curve.
    pub(super) fn curve(&mut self, class: &str, curve: &Curve) {
        self.append(format_args!("<path class=\"{class}\" d=\"M{}", curve.start));
        let mut from = curve.start;
        for step in &curve.steps {
            let straight = [step.first, step.second].iter().all(|point| is_between(*point, from, step.to));
            match straight {
                true => self.append(format_args!("L{}", step.to)),
                false => self.append(format_args!("C{} {} {}", step.first, step.second, step.to)),
            }
            from = step.to;
        }
        self.out.push_str("\"/>");
    }

    /// A label centred on a point.
    pub(super) fn label(&mut self, class: &str, label: &Label, middle: Point) {
        if label.is_empty() {
            return;
        }
        let first = middle.y - (label.lines.len() as f64 - 1.0) / 2.0 * LINE_HEIGHT + FONT_SIZE * 0.35;
        self.append(format_args!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\">",
            ShortNumber(middle.x),
            ShortNumber(first)
        ));
        for (at, line) in label.lines.iter().enumerate() {
            if label.lines.len() == 1 {
                escape_text(&mut self.out, line);
                break;
            }
            let down = if at == 0 { 0.0 } else { LINE_HEIGHT };
            self.append(format_args!("<tspan x=\"{}\" dy=\"{}\">", ShortNumber(middle.x), ShortNumber(down)));
            escape_text(&mut self.out, line);
            self.out.push_str("</tspan>");
        }
        self.out.push_str("</text>");
    }

    /// A sector of a disc between two angles.
    pub(super) fn slice(&mut self, class: &str, middle: Point, radius: f64, [from, to]: [f64; 2]) {
        if to - from > std::f64::consts::TAU - 1e-6 {
            return self.circle(class, middle, radius);
        }
        let at = |angle: f64| middle.plus(Point::new(radius * angle.cos(), radius * angle.sin()));
        let is_large = u8::from(to - from > std::f64::consts::PI);
        let radius = ShortNumber(radius);
        self.append(format_args!(
            "<path class=\"{class}\" d=\"M{middle}L{}A{radius} {radius} 0 {is_large} 1 {}z\"/>",
            at(from),
            at(to)
        ));
    }

    /// Words on one line; the class determines their alignment relative to the point.
    pub(super) fn words(&mut self, class: &str, words: &str, at: Point) {
        self.append(format_args!("<text class=\"{class}\" x=\"{}\" y=\"{}\">", ShortNumber(at.x), ShortNumber(at.y)));
        escape_text(&mut self.out, words);
        self.out.push_str("</text>");
    }

    /// A label with a background, so that it is legible above lines.
    pub(super) fn label_on(&mut self, ground: &str, class: &str, label: &Label, middle: Point) {
        if label.is_empty() {
            return;
        }
        let Size { width, height } = label.size();
        self.rect(ground, Area { middle, size: Size::new(width + 8.0, height) }, 3.0);
        self.label(class, label, middle);
    }

    /// A link with its arrowheads.
    pub(super) fn link(&mut self, curve: &Curve, stroke: LineStyle, tips: [Arrowhead; 2]) {
        let class = match stroke {
            LineStyle::Hidden => return,
            LineStyle::Plain => "link",
            LineStyle::Dotted => "link dotted",
            LineStyle::Thick => "link thick",
        };
        let mut curve = curve.clone();
        tips[1].draw(self, &mut curve);
        let mut back = curve.reversed();
        tips[0].draw(self, &mut back);
        self.curve(class, &back.reversed());
    }

    /// The outline of a node.
    pub(super) fn node(&mut self, shape: Shape, area: Area) {
        let Area { middle, size: Size { width, height } } = area;
        let (half, deep) = (width / 2.0, height / 2.0);
        let class = shape.class();
        let at = |x: f64, y: f64| middle.plus(Point::new(x, y));
        let corners = |points: [(f64, f64); 4]| points.map(|(x, y)| at(x, y));
        match shape {
            Shape::Box | Shape::Card { .. } => self.rect(class, area, 3.0),
            Shape::Note => self.rect(class, area, 0.0),
            Shape::Rounded => self.rect(class, area, 10.0),
            Shape::Stadium => self.rect(class, area, half.min(deep)),
            Shape::Bar => self.rect(class, area, 2.0),
            Shape::Circle | Shape::Start => self.circle(class, middle, half),
            Shape::DoubleCircle => self.circles(middle, [(class, half), ("inner", half - 5.0)]),
            Shape::End => self.circles(middle, [("node ring", half), (class, half - 4.0)]),
            Shape::Diamond => self.polygon(class, &corners([(0.0, -deep), (half, 0.0), (0.0, deep), (-half, 0.0)])),
            Shape::LeanRight => self.slanted(class, area, [14.0, 0.0, -14.0, 0.0]),
            Shape::LeanLeft => self.slanted(class, area, [0.0, -14.0, 0.0, 14.0]),
            Shape::Trapezoid => self.slanted(class, area, [14.0, -14.0, 0.0, 0.0]),
            Shape::Funnel => self.slanted(class, area, [0.0, 0.0, -14.0, 14.0]),
            Shape::Hexagon => {
                let inner = half - 14.0;
                let right = [at(inner, -deep), at(half, 0.0), at(inner, deep)];
                let left = [at(-inner, deep), at(-half, 0.0), at(-inner, -deep)];
                self.polygon(class, &[right, left].concat());
            }
            Shape::Flag => {
                let back = at(14.0 - half, 0.0);
                let around = corners([(-half, -deep), (half, -deep), (half, deep), (-half, deep)]);
                self.polygon(class, &[&around[..], &[back]].concat());
            }
            Shape::Subroutine => self.subroutine(class, area),
            Shape::Cylinder => self.cylinder(class, area),
            Shape::Document => self.document(class, area),
        }
    }

    /// Two concentric circles.
    fn circles(&mut self, middle: Point, circles: [(&str, f64); 2]) {
        circles.into_iter().for_each(|(class, radius)| self.circle(class, middle, radius));
    }

    /// A box with an additional line along the left and right edge.
    fn subroutine(&mut self, class: &str, area: Area) {
        self.rect(class, area, 0.0);
        let (half, deep) = (area.size.width / 2.0, area.size.height / 2.0);
        for x in [7.0 - half, half - 7.0] {
            let ends = [-deep, deep].map(|y| area.middle.plus(Point::new(x, y)));
            self.line("inner", &ends);
        }
    }

    /// A box whose corners are moved horizontally, clockwise from the upper left.
    fn slanted(&mut self, class: &str, area: Area, shifts: [f64; 4]) {
        let (half, deep) = (area.size.width / 2.0, area.size.height / 2.0);
        let corners = [(-half, -deep), (half, -deep), (half, deep), (-half, deep)];
        let points: Vec<Point> =
            corners.iter().zip(shifts).map(|((x, y), by)| area.middle.plus(Point::new(x + by, *y))).collect();
        self.polygon(class, &points);
    }

    fn cylinder(&mut self, class: &str, Area { middle, size }: Area) {
        let (half, deep) = (size.width / 2.0, size.height / 2.0 - 7.0);
        let (left, right) = (ShortNumber(middle.x - half), ShortNumber(middle.x + half));
        let (top, bottom) = (ShortNumber(middle.y - deep), ShortNumber(middle.y + deep));
        let arc = format!("A{} 7 0 0", ShortNumber(half));
        self.append(format_args!(
            "<path class=\"{class}\" d=\"M{left} {top}{arc} 1 {right} {top}V{bottom}{arc} 1 {left} {bottom}z\"/>"
        ));
        self.append(format_args!("<path class=\"inner\" d=\"M{left} {top}{arc} 0 {right} {top}\"/>"));
    }

    fn document(&mut self, class: &str, Area { middle, size }: Area) {
        let (half, deep) = (size.width / 2.0, size.height / 2.0);
        let at = |x: f64, y: f64| middle.plus(Point::new(x, y));
        let (left, right) = (at(-half, -deep), at(half, -deep));
        let wave = [at(half / 2.0, deep - 16.0), at(-half / 2.0, deep + 8.0), at(-half, deep - 6.0)];
        let (one, two, three) = (wave[0], wave[1], wave[2]);
        let low = at(half, deep - 6.0);
        self.append(format_args!("<path class=\"{class}\" d=\"M{left}L{right}L{low}C{one} {two} {three}z\"/>"));
    }
}

impl Arrowhead {
    /// Draws an arrowhead at the end of a curve, and shortens the curve so that it does not show through.
    fn draw(self, svg: &mut Svg, curve: &mut Curve) {
        let Some(last) = curve.steps.last_mut() else { return };
        let tip = last.to;
        let back = last.second;
        let length = back.distance(tip);
        if length < 0.05 || self == Arrowhead::None {
            return;
        }
        let along = Point::new((tip.x - back.x) / length, (tip.y - back.y) / length);
        let at = |by: f64, offset: f64| {
            Point::new(tip.x - along.x * by - along.y * offset, tip.y - along.y * by + along.x * offset)
        };
        match self {
            Arrowhead::Arrow => svg.polygon("tip", &[tip, at(9.0, 4.5), at(9.0, -4.5)]),
            Arrowhead::Open => svg.line("link", &[at(8.0, 5.0), tip, at(8.0, -5.0)]),
            Arrowhead::Dot => svg.circle("tip", at(4.5, 0.0), 4.5),
            Arrowhead::Cross => {
                svg.line("link", &[at(3.0, 4.5), at(12.0, -4.5)]);
                svg.line("link", &[at(3.0, -4.5), at(12.0, 4.5)]);
            }
            Arrowhead::Triangle => svg.polygon("tip hollow", &[tip, at(13.0, 7.0), at(13.0, -7.0)]),
            Arrowhead::Diamond => svg.polygon("tip", &[tip, at(8.0, 5.0), at(16.0, 0.0), at(8.0, -5.0)]),
            Arrowhead::HollowDiamond => svg.polygon("tip hollow", &[tip, at(8.0, 5.0), at(16.0, 0.0), at(8.0, -5.0)]),
            Arrowhead::Ring => svg.circle("tip hollow", at(5.0, 0.0), 5.0),
            Arrowhead::One => [6.0, 11.0].iter().for_each(|by| svg.line("link", &[at(*by, 6.0), at(*by, -6.0)])),
            Arrowhead::NoneOrOne | Arrowhead::Some | Arrowhead::Any => self.draw_foot(svg, &at),
            Arrowhead::None => {}
        }
        let shortening = self.curve_shortening();
        if shortening > 0.0 && length > shortening + 1.0 {
            last.to = at(shortening, 0.0);
        }
    }
}

impl Arrowhead {
    /// Draws a cardinality in crow's foot notation: the foot means many, the bar one, and the ring zero.
    fn draw_foot(self, svg: &mut Svg, at: &dyn Fn(f64, f64) -> Point) {
        if self != Arrowhead::NoneOrOne {
            svg.line("link", &[at(0.0, 6.0), at(11.0, 0.0), at(0.0, -6.0)]);
        }
        match self {
            Arrowhead::NoneOrOne => {
                svg.line("link", &[at(6.0, 6.0), at(6.0, -6.0)]);
                svg.circle("tip hollow", at(14.0, 0.0), 4.0);
            }
            Arrowhead::Any => svg.circle("tip hollow", at(15.0, 0.0), 4.0),
            _ => svg.line("link", &[at(14.0, 6.0), at(14.0, -6.0)]),
        }
    }

    /// The length by which an arrowhead shortens its curve.
    fn curve_shortening(self) -> f64 {
        match self {
            Arrowhead::Arrow | Arrowhead::Dot => 7.0,
            Arrowhead::Triangle => 13.0,
            Arrowhead::Diamond | Arrowhead::HollowDiamond => 15.0,
            Arrowhead::Ring => 10.0,
            _ => 0.0,
        }
    }
}

/// Whether a point is on the line between two others.
fn is_between(point: Point, from: Point, to: Point) -> bool {
    (from.distance(point) + point.distance(to) - from.distance(to)).abs() < 0.01
}
