//! Timelines: `timeline`, drawn from top to bottom with periods on the left and their events on the right.

use super::geometry::{Area, Point, Size};
use super::picture::MARGIN;
use super::source::Source;
use super::svg::Svg;
use super::text::{LEADING, LETTERS, Label};
use super::{DiagramError, Drawing, Kind, MAX_NODES, within};

/// Maximum widths of a period and of an event, in pixels.
const PERIOD: f64 = 150.0;
const EVENT: f64 = 380.0;
const HELP: &str = "write `period : event`, or `section words`";

enum Row {
    Section(Label),
    Period(Label, Vec<Label>),
}

/// Draws a timeline.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let (mut title, mut rows, mut count) = (None, Vec::new(), 0);
    for line in source.lines.iter().skip(1) {
        if let Some(words) = line.text.strip_prefix("title ") {
            title = Some(words.trim().to_owned());
        } else if let Some(words) = line.text.strip_prefix("section ") {
            rows.push(Row::Section(Label::new(words, PERIOD + EVENT)));
        } else {
            count += add(line.text, line.number, &mut rows)?;
        }
        within(rows.len() + count, MAX_NODES, "events", line.number)?;
    }
    if !rows.iter().any(|row| matches!(row, Row::Period(..))) {
        return Err(DiagramError::new(0, "the diagram has no periods").help(HELP));
    }
    Ok(paint(source.title.clone().or(title), &rows))
}

/// Parses a line with a period, or with further events of the last one; returns the number of events in it.
fn add(text: &str, line: u32, rows: &mut Vec<Row>) -> Result<usize, DiagramError> {
    let mut parts = parts(text).into_iter();
    let period = Label::new(parts.next().unwrap_or_default(), PERIOD);
    let events: Vec<Label> = parts.map(|words| Label::new(words, EVENT)).filter(|label| !label.is_empty()).collect();
    let count = events.len();
    match (period.is_empty(), rows.last_mut()) {
        (false, _) => rows.push(Row::Period(period, events)),
        (true, Some(Row::Period(_, known))) => known.extend(events),
        (true, _) => return Err(DiagramError::new(line, "this event belongs to no period").help(HELP)),
    }
    Ok(count)
}

/// Splits a text at colons with adjacent white space, so that `10:30` and URLs stay intact.
fn parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_space = |at: Option<usize>| at.is_none_or(|at| bytes.get(at).is_none_or(u8::is_ascii_whitespace));
    let is_sign = |at: &usize| is_space(at.checked_sub(1)) || is_space(Some(at + 1));
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, _) in text.match_indices(':').filter(|(at, _)| is_sign(at)) {
        parts.push(text[from..at].trim());
        from = at + 1;
    }
    parts.push(text[from..].trim());
    parts
}

fn paint(title: Option<String>, rows: &[Row]) -> Drawing {
    let widest = |row: &Row| match row {
        Row::Section(_) => 0.0,
        Row::Period(label, _) => label.size().width,
    };
    let wide = rows.iter().map(widest).fold(60.0, f64::max) + 24.0;
    let line = MARGIN + wide + 18.0;
    let mut painter = Painter { svg: Svg::default(), names: Vec::new(), y: MARGIN, right: line + 20.0, wide, line };
    rows.iter().for_each(|row| painter.row(row));
    let (width, height) = ((painter.right + MARGIN).ceil() as u32, (painter.y + MARGIN).ceil() as u32);
    Drawing { kind: Kind::Timeline, title, names: painter.names, shapes: painter.svg.out, width, height }
}

struct Painter {
    svg: Svg,
    names: Vec<String>,
    y: f64,
    right: f64,
    /// Width of the boxes for periods.
    wide: f64,
    /// Horizontal position of the time axis.
    line: f64,
}

impl Painter {
    fn row(&mut self, row: &Row) {
        match row {
            Row::Section(label) => {
                self.y += 6.0;
                for words in &label.lines {
                    self.svg.words("row-group", words, Point::new(MARGIN, self.y + LEADING / 2.0 + LETTERS * 0.35));
                    self.y += LEADING;
                }
                self.right = self.right.max(MARGIN + label.size().width * 1.1);
                self.names.push(label.words());
                self.y += 4.0;
            }
            Row::Period(period, events) => self.period(period, events),
        }
    }

    fn period(&mut self, period: &Label, events: &[Label]) {
        let high = period.size().height + 12.0;
        let lines: f64 = events.iter().map(|event| event.size().height + 6.0).sum();
        let whole = high.max(lines + 6.0);
        let middle = Point::new(MARGIN + self.wide / 2.0, self.y + high / 2.0);
        self.svg.line("lifeline", &[Point::new(self.line, self.y), Point::new(self.line, self.y + whole + 8.0)]);
        self.svg.rect("node", Area { middle, size: Size::new(self.wide, high) }, 4.0);
        self.svg.label("", period, middle);
        self.svg.circle("point", Point::new(self.line, middle.y), 4.0);
        let mut y = self.y + 6.0;
        for event in events {
            for words in &event.lines {
                let at = Point::new(self.line + 16.0, y + LEADING / 2.0 + LETTERS * 0.35);
                self.svg.words("card-row", words, at);
                y += LEADING;
            }
            y += 6.0;
            self.right = self.right.max(self.line + 16.0 + event.size().width);
        }
        let words: Vec<String> = events.iter().map(Label::words).collect();
        let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
        self.names.push(format!("{}{words}", period.words()));
        self.y += whole + 8.0;
    }
}
