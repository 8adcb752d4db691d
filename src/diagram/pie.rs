//! Pie charts: `pie`, drawn as slices with a legend beside them.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::geometry::{Area, Point, Size};
use super::label::{FONT_SIZE, LINE_HEIGHT, Label};
use super::picture::MARGIN;
use super::source::Source;
use super::svg::Svg;
use super::{DiagramError, DiagramKind, Drawing, check_limit};

/// Maximum number of slices; more could not be told apart.
const MAX_SLICES: usize = 12;
const RADIUS: f64 = 90.0;
/// Maximum width of the words of a slice, in pixels.
const MAX_LABEL_WIDTH: f64 = 260.0;
const HELP: &str = "write `\"words\" : 42`, with a number above 0";

struct Slice {
    name: String,
    value: f64,
}

/// Draws a pie chart.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let (mut title, mut slices, mut shows_values) = (None, Vec::new(), false);
    let first = source.lines.first().map_or("", |line| line.text);
    let first = first.strip_prefix("pie").unwrap_or(first).trim();
    shows_values |= first.starts_with("showData");
    let lines = source.lines.iter().skip(1).map(|line| (line.number, line.text));
    let head = first.trim_start_matches("showData").trim();
    for (number, text) in source.lines.first().map(|line| (line.number, head)).into_iter().chain(lines) {
        match text {
            "" => {}
            "showData" => shows_values = true,
            _ => match text.strip_prefix("title ") {
                Some(words) => title = Some(words.trim().to_owned()),
                None => slices.push(slice(text, number)?),
            },
        }
        check_limit(slices.len(), MAX_SLICES, "slices", number)?;
    }
    if slices.is_empty() {
        return Err(DiagramError::new(0, "the diagram has no slices").help(HELP));
    }
    Ok(paint(source.title.clone().or(title), &slices, shows_values))
}

fn slice(text: &str, line: u32) -> Result<Slice, DiagramError> {
    let problem = || {
        DiagramError::new(line, format!("`{}` is not a slice", crate::text::shorten(text, 24).replace('`', "'")))
            .help(HELP)
    };
    let (name, value) = text.rsplit_once(':').ok_or_else(problem)?;
    let value: f64 = value.trim().parse().map_err(|_| problem())?;
    if !(value > 0.0 && value < 1e12) {
        return Err(problem());
    }
    Ok(Slice { name: name.trim().trim_matches('"').to_owned(), value })
}

fn paint(title: Option<String>, slices: &[Slice], shows_values: bool) -> Drawing {
    let total: f64 = slices.iter().map(|slice| slice.value).sum();
    let middle = Point::new(MARGIN + RADIUS, MARGIN + RADIUS);
    let mut svg = Svg::default();
    let mut from = 0.0;
    let mut names = Vec::new();
    let left = MARGIN + 2.0 * RADIUS + 28.0;
    let mut y = MARGIN + 8.0;
    let mut right: f64 = left;
    for (at, Slice { name, value }) in slices.iter().enumerate() {
        let class = format!("slice s{}", at % 6 + 1);
        let share = value / total;
        svg.slice(&class, middle, RADIUS, [from, from + share].map(|share| share * TAU - FRAC_PI_2));
        from += share;
        let number = if shows_values { format!(" ({value})") } else { String::new() };
        let label = Label::new(&format!("{name}: {:.0}%{number}", share * 100.0), MAX_LABEL_WIDTH);
        svg.rect(&class, Area { middle: Point::new(left, y + LINE_HEIGHT / 2.0), size: Size::new(14.0, 14.0) }, 2.0);
        for line in &label.lines {
            svg.words("card-row", line, Point::new(left + 16.0, y + LINE_HEIGHT / 2.0 + FONT_SIZE * 0.35));
            y += LINE_HEIGHT;
        }
        y += 6.0;
        right = right.max(left + 16.0 + label.size().width);
        names.push(label.words());
    }
    let height = (2.0 * RADIUS + 2.0 * MARGIN).max(y + MARGIN);
    let (width, height) = ((right + MARGIN).ceil() as u32, height.ceil() as u32);
    Drawing { kind: DiagramKind::Pie, title, names, shapes: svg.out, width, height }
}
