//! Plans: `gantt`, drawn as a bar for each task along a line of time. What day it is today never shows.

mod calendar;
mod paint;
mod read;

use super::source::Source;
use super::{DiagramError, Drawing};
use calendar::Minute;

/// What an author writes of a task beside its times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    done: bool,
    active: bool,
    critical: bool,
    milestone: bool,
}

/// A task whose times are known.
#[derive(Clone, Debug, PartialEq)]
struct Task {
    name: String,
    marks: Marks,
    start: Minute,
    /// When it is over.
    end: Minute,
    /// The day that is written as its last one.
    last: Minute,
}

/// A row of a plan.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    Section(String),
    Task(Task),
}

/// Draws a plan.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let (title, rows) = read::read(source)?;
    Ok(paint::paint(source.title.clone().or(title), &rows))
}
