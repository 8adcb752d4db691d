//! Draws a Gantt chart: names on the left, bars over time on the right.

use super::calendar::{MINUTES_PER_DAY, Minute, day, format_minute, parts};
use super::{GanttRow, Task, TaskTags};
use crate::diagram::geometry::{Area, Point, Size};
use crate::diagram::label::{FONT_SIZE, LINE_HEIGHT, Label, width};
use crate::diagram::picture::MARGIN;
use crate::diagram::svg::Svg;
use crate::diagram::{DiagramKind, Drawing};

/// Maximum width of a task's name, and the width of the time axis, in pixels.
const MAX_NAME_WIDTH: f64 = 220.0;
const AXIS_WIDTH: f64 = 460.0;
/// Maximum number of ticks on the time axis.
const MAX_TICKS: usize = 6;

/// Draws the rows of a chart.
pub(super) fn paint(title: Option<String>, rows: &[GanttRow]) -> Drawing {
    let tasks = || rows.iter().filter_map(|row| if let GanttRow::Task(task) = row { Some(task) } else { None });
    let from = tasks().map(|task| task.start).min().unwrap_or_default();
    let until = tasks().map(|task| task.end).max().unwrap_or_default().max(from + 1);
    let names: Vec<Label> = rows.iter().map(label).collect();
    let wide = names.iter().map(|label| label.size().width).fold(40.0, f64::max);
    let left = MARGIN + wide + 16.0;
    let mut painter =
        GanttPainter { svg: Svg::default(), names: Vec::new(), y: MARGIN + LINE_HEIGHT + 8.0, left, from, until };
    let height = painter.y + names.iter().map(height).sum::<f64>();
    painter.draw_ticks(height);
    for (row, label) in rows.iter().zip(&names) {
        painter.row(row, label);
    }
    let (width, height) = ((left + AXIS_WIDTH + MARGIN + 40.0).ceil() as u32, (height + MARGIN).ceil() as u32);
    Drawing { kind: DiagramKind::Gantt, title, names: painter.names, shapes: painter.svg.out, width, height }
}

fn label(row: &GanttRow) -> Label {
    match row {
        GanttRow::Section(words) => Label::new(words, MAX_NAME_WIDTH),
        GanttRow::Task(task) => Label::new(&task.name, MAX_NAME_WIDTH),
    }
}

fn height(label: &Label) -> f64 {
    label.size().height.max(LINE_HEIGHT) + 9.0
}

struct GanttPainter {
    svg: Svg,
    names: Vec<String>,
    y: f64,
    left: f64,
    from: Minute,
    until: Minute,
}

impl GanttPainter {
    fn x(&self, at: Minute) -> f64 {
        self.left + AXIS_WIDTH * (at - self.from) as f64 / (self.until - self.from) as f64
    }

    /// Draws the ticks of the time axis.
    fn draw_ticks(&mut self, bottom: f64) {
        let mut free = f64::MIN;
        for (at, words) in time_ticks(self.from, self.until) {
            let x = self.x(at);
            self.svg.line("frame-part", &[Point::new(x, MARGIN + LINE_HEIGHT), Point::new(x, bottom)]);
            let half = width(&words) / 2.0;
            if x - half > free {
                self.svg.words("link-name", &words, Point::new(x, MARGIN + FONT_SIZE));
                free = x + half + 8.0;
            }
        }
    }

    fn row(&mut self, row: &GanttRow, label: &Label) {
        let class = if matches!(row, GanttRow::Section(_)) { "row-group" } else { "card-row" };
        let mut y = self.y + (height(label) - label.size().height) / 2.0 + LINE_HEIGHT / 2.0 + FONT_SIZE * 0.35;
        for words in &label.lines {
            self.svg.words(class, words, Point::new(MARGIN, y));
            y += LINE_HEIGHT;
        }
        match row {
            GanttRow::Section(_) => self.names.push(label.words()),
            GanttRow::Task(task) => self.task(task, label),
        }
        self.y += height(label);
    }

    fn task(&mut self, task: &Task, label: &Label) {
        let middle = self.y + height(label) / 2.0;
        let (start, end) = (self.x(task.start), self.x(task.end));
        let TaskTags { done, active, critical, milestone } = task.tags;
        let class = match () {
            () if critical => "slice s2",
            () if done => "slice s4",
            () if active => "slice s3",
            () => "slice s1",
        };
        if milestone {
            let x = (start + end) / 2.0;
            let corners = [(0.0, -8.0), (8.0, 0.0), (0.0, 8.0), (-8.0, 0.0)];
            let corners = corners.map(|(dx, dy)| Point::new(x + dx, middle + dy));
            self.svg.polygon(class, &corners);
        } else {
            let wide = (end - start).max(3.0);
            let area = Area { middle: Point::new(start + wide / 2.0, middle), size: Size::new(wide, 14.0) };
            self.svg.rect(class, area, 2.0);
        }
        let marks = [(done, "done"), (active, "active"), (critical, "crit"), (milestone, "milestone")];
        let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let end =
            if task.last_shown > task.start { format!(" – {}", format_time(task.last_shown)) } else { String::new() };
        self.names.push(format!("{}: {}{end}{marks}", label.words(), format_time(task.start)));
    }
}

/// The ticks between two points in time, each with its label.
fn time_ticks(from: Minute, until: Minute) -> Vec<(Minute, String)> {
    let fits = |step: Minute| ((until - from) / step) as usize <= MAX_TICKS;
    let short =
        [1, 5, 15, 60, 180, 360, 720, MINUTES_PER_DAY, 2 * MINUTES_PER_DAY, 7 * MINUTES_PER_DAY, 14 * MINUTES_PER_DAY];
    if let Some(step) = short.into_iter().find(|step| fits(*step)) {
        // Weeks start on Mondays, and 1 January 1970 was a Thursday.
        let shift = if step % (7 * MINUTES_PER_DAY) == 0 { 3 * MINUTES_PER_DAY } else { 0 };
        let first = (from + shift).div_euclid(step) * step - shift;
        let moments = (0..).map(|count| first + count * step).skip_while(|at| *at < from).take_while(|at| *at <= until);
        let words = |at: Minute| if step < MINUTES_PER_DAY { time(at) } else { format_minute(at) };
        return moments.map(|at| (at, words(at))).collect();
    }
    let months = [1, 2, 3, 6, 12, 24, 60, 120];
    let step = months.into_iter().find(|step| fits(step * 30 * MINUTES_PER_DAY)).unwrap_or(120);
    let (year, month, _) = parts(from);
    let first = if step < 12 { (year * 12 + month - 1) / step * step } else { year * 12 / step * step };
    let month_start = |month: i64| day(month.div_euclid(12), month.rem_euclid(12) + 1, 1);
    let name = |month: i64| match step < 12 {
        true => format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1),
        false => format!("{:04}", month.div_euclid(12)),
    };
    let all = (0..60).map(|count| first + count * step).filter_map(|month| Some((month_start(month)?, name(month))));
    all.filter(|(at, _)| (from..=until).contains(at)).collect()
}

/// A point in time as text; on 1 January 1970, as in a chart with times only, the date is omitted.
fn format_time(at: Minute) -> String {
    if (1..MINUTES_PER_DAY).contains(&at) { time(at) } else { format_minute(at) }
}

/// The time of day.
fn time(at: Minute) -> String {
    let time = at.rem_euclid(MINUTES_PER_DAY);
    format!("{:02}:{:02}", time / 60, time % 60)
}
