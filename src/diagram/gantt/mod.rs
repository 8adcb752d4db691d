//! Gantt charts: `gantt`, drawn with a bar per task along a time axis. The output never depends on the current date.

mod calendar;
mod paint;
mod read;

use super::source::Source;
use super::{DiagramError, Drawing};
use calendar::Minute;

/// The tags of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    done: bool,
    active: bool,
    critical: bool,
    milestone: bool,
}

/// A task with resolved times.
#[derive(Clone, Debug, PartialEq)]
struct Task {
    name: String,
    marks: Marks,
    start: Minute,
    /// The end of the task (exclusive).
    end: Minute,
    /// The last day to display.
    last: Minute,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    Section(String),
    Task(Task),
}

/// Draws a Gantt chart.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let (title, rows) = read::read(source)?;
    Ok(paint::paint(source.title.clone().or(title), &rows))
}
