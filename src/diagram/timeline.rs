//! Timelines: `timeline`, drawn from top to bottom with periods on the left and their events on the right.

use super::geometry::{Area, Point, Size};
use super::label::{FONT_SIZE, LINE_HEIGHT, Label};
use super::picture::MARGIN;
use super::source::Source;
use super::svg::Svg;
use super::{DiagramError, DiagramKind, Drawing, MAX_NODES, check_limit};

/// Maximum widths of a period and of an event, in pixels.
const MAX_PERIOD_WIDTH: f64 = 150.0;
const MAX_EVENT_WIDTH: f64 = 380.0;
const HELP: &str = "write `period : event`, or `section words`";

enum TimelineRow {
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
            rows.push(TimelineRow::Section(Label::new(words, MAX_PERIOD_WIDTH + MAX_EVENT_WIDTH)));
        } else {
            count += parse_row(line.text, line.number, &mut rows)?;
        }
        check_limit(rows.len() + count, MAX_NODES, "events", line.number)?;
    }
    if !rows.iter().any(|row| matches!(row, TimelineRow::Period(..))) {
        return Err(DiagramError::new(0, "the diagram has no periods").help(HELP));
    }
    Ok(paint(source.title.clone().or(title), &rows))
}

/// Parses a line with a period, or with further events of the last one; returns the number of events in it.
fn parse_row(text: &str, line: u32, rows: &mut Vec<TimelineRow>) -> Result<usize, DiagramError> {
    let mut parts = split_at_colons(text).into_iter();
    let period = Label::new(parts.next().unwrap_or_default(), MAX_PERIOD_WIDTH);
    let events: Vec<Label> =
        parts.map(|words| Label::new(words, MAX_EVENT_WIDTH)).filter(|label| !label.is_empty()).collect();
    let count = events.len();
    match (period.is_empty(), rows.last_mut()) {
        (false, _) => rows.push(TimelineRow::Period(period, events)),
        (true, Some(TimelineRow::Period(_, known))) => known.extend(events),
        (true, _) => return Err(DiagramError::new(line, "this event does not belong to a period").help(HELP)),
    }
    Ok(count)
}

/// Splits a text at colons with adjacent white space, so that `10:30` and URLs stay intact.
fn split_at_colons(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_space = |at: Option<usize>| at.is_none_or(|at| bytes.get(at).is_none_or(u8::is_ascii_whitespace));
    let is_separator = |at: &usize| is_space(at.checked_sub(1)) || is_space(Some(at + 1));
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, _) in text.match_indices(':').filter(|(at, _)| is_separator(at)) {
        parts.push(text[from..at].trim());
        from = at + 1;
    }
    parts.push(text[from..].trim());
    parts
}

fn paint(title: Option<String>, rows: &[TimelineRow]) -> Drawing {
    let widest = |row: &TimelineRow| match row {
        TimelineRow::Section(_) => 0.0,
        TimelineRow::Period(label, _) => label.size().width,
    };
    let wide = rows.iter().map(widest).fold(60.0, f64::max) + 24.0;
    let line = MARGIN + wide + 18.0;
    let mut painter = TimelinePainter {
        svg: Svg::default(),
        names: Vec::new(),
        y: MARGIN,
        right: line + 20.0,
        period_width: wide,
        axis_x: line,
    };
    rows.iter().for_each(|row| painter.row(row));
    let (width, height) = ((painter.right + MARGIN).ceil() as u32, (painter.y + MARGIN).ceil() as u32);
    Drawing { kind: DiagramKind::Timeline, title, names: painter.names, shapes: painter.svg.out, width, height }
}

struct TimelinePainter {
    svg: Svg,
    names: Vec<String>,
    y: f64,
    right: f64,
    /// Width of the boxes for periods.
    period_width: f64,
    /// Horizontal position of the time axis.
    axis_x: f64,
}

impl TimelinePainter {
    fn row(&mut self, row: &TimelineRow) {
        match row {
            TimelineRow::Section(label) => {
                self.y += 6.0;
                for words in &label.lines {
                    self.svg.words(
                        "row-group",
                        words,
                        Point::new(MARGIN, self.y + LINE_HEIGHT / 2.0 + FONT_SIZE * 0.35),
                    );
                    self.y += LINE_HEIGHT;
                }
                self.right = self.right.max(MARGIN + label.size().width * 1.1);
                self.names.push(label.words());
                self.y += 4.0;
            }
            TimelineRow::Period(period, events) => self.period(period, events),
        }
    }

    fn period(&mut self, period: &Label, events: &[Label]) {
        let high = period.size().height + 12.0;
        let lines: f64 = events.iter().map(|event| event.size().height + 6.0).sum();
        let height = high.max(lines + 6.0);
        let middle = Point::new(MARGIN + self.period_width / 2.0, self.y + high / 2.0);
        self.svg.line("lifeline", &[Point::new(self.axis_x, self.y), Point::new(self.axis_x, self.y + height + 8.0)]);
        self.svg.rect("node", Area { middle, size: Size::new(self.period_width, high) }, 4.0);
        self.svg.label("", period, middle);
        self.svg.circle("point", Point::new(self.axis_x, middle.y), 4.0);
        let mut y = self.y + 6.0;
        for event in events {
            for words in &event.lines {
                let at = Point::new(self.axis_x + 16.0, y + LINE_HEIGHT / 2.0 + FONT_SIZE * 0.35);
                self.svg.words("card-row", words, at);
                y += LINE_HEIGHT;
            }
            y += 6.0;
            self.right = self.right.max(self.axis_x + 16.0 + event.size().width);
        }
        let words: Vec<String> = events.iter().map(Label::words).collect();
        let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
        self.names.push(format!("{}{words}", period.words()));
        self.y += height + 8.0;
    }
}
