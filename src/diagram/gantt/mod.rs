//! Gantt charts: `gantt`, drawn with a bar per task along a time axis. The output never depends on the current date.

mod calendar;
mod paint;
mod read;

use super::source::Source;
use super::{DiagramError, Drawing};
use calendar::Minute;

/// The tags of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct TaskTags {
    done: bool,
    active: bool,
    critical: bool,
    milestone: bool,
}

/// A task with resolved times.
#[derive(Clone, Debug, PartialEq)]
struct Task {
    name: String,
    tags: TaskTags,
    start: Minute,
    /// The end of the task (exclusive).
    end: Minute,
    /// The last day to display.
    last_shown: Minute,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq)]
enum GanttRow {
    Section(String),
    Task(Task),
}

/// Draws a Gantt chart.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let (title, rows) = read::parse_chart(source)?;
    Ok(paint::paint(source.title.clone().or(title), &rows))
}
