//! Parses Gantt charts: settings, sections and tasks; resolves the times of tasks.

use std::collections::HashMap;

use super::calendar::{
    ExcludedDays, MAX_DAYS, MINUTES_PER_DAY, Minute, add_duration, is_supported_format, parse_minute as read_date,
};
use super::{GanttRow, Task, TaskTags};
use crate::diagram::source::{Line, Source};
use crate::diagram::{DiagramError, MAX_NODES, check_limit};
use crate::text::shorten;

const HELP: &str = "write `name : id, 2026-03-01, 10d`, or `name : after id, 10d`";

/// A parsed task.
struct ParsedTask<'a> {
    line: u32,
    name: &'a str,
    tags: TaskTags,
    id: Option<&'a str>,
    start: Option<&'a str>,
    end: &'a str,
}

enum ParsedRow<'a> {
    Section(&'a str),
    Task(ParsedTask<'a>),
}

/// Settings that affect dates.
struct GanttSettings<'a> {
    form: &'a str,
    excluded: ExcludedDays,
    /// Whether end dates are inclusive.
    is_inclusive: bool,
}

/// Settings that only affect the appearance or interaction in other programs.
const IGNORED_KEYWORDS: [&str; 8] =
    ["axisFormat", "tickInterval", "todayMarker", "weekday", "displayMode", "topAxis", "click", "dateRange"];

/// Parses the title and the rows of a chart.
pub(super) fn parse_chart(source: &Source<'_>) -> Result<(Option<String>, Vec<GanttRow>), DiagramError> {
    let mut settings = GanttSettings { form: "YYYY-MM-DD", excluded: ExcludedDays::default(), is_inclusive: false };
    let (mut title, mut rows) = (None, Vec::new());
    for line in source.lines.iter().skip(1) {
        // A comment may follow on the same line.
        let text = line.text.split(" %%").next().unwrap_or_default().trim_end();
        let line = &Line { text, ..*line };
        let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
        match word {
            "title" => title = Some(rest.trim().to_owned()),
            "section" => rows.push(ParsedRow::Section(rest.trim())),
            _ if IGNORED_KEYWORDS.contains(&word) && !rest.trim_start().starts_with(':') => {}
            _ if settings.read_setting(line, word, rest)? => {}
            _ => rows.push(ParsedRow::Task(task(line)?)),
        }
        check_limit(rows.len(), MAX_NODES, "tasks", line.number)?;
    }
    let rows = resolve_times(&settings, rows)?;
    if !rows.iter().any(|row| matches!(row, GanttRow::Task(_))) {
        return Err(DiagramError::new(0, "the diagram has no tasks").help(HELP));
    }
    Ok((title, rows))
}

impl<'a> GanttSettings<'a> {
    /// Parses a line of settings; returns false if it is something else.
    fn read_setting(&mut self, line: &Line<'a>, word: &str, rest: &'a str) -> Result<bool, DiagramError> {
        let rest = rest.trim();
        match word {
            "inclusiveEndDates" => self.is_inclusive = true,
            "dateFormat" if is_supported_format(rest) => self.form = rest,
            "dateFormat" => {
                let message = format!("dates of the form `{}` are not read", shorten(rest, 24).replace('`', "'"));
                return Err(DiagramError::new(line.number, message).help("write `dateFormat YYYY-MM-DD`"));
            }
            "excludes" if self.excluded.add(self.form, rest) => {}
            "includes" if self.excluded.include(self.form, rest) => {}
            "excludes" | "includes" => {
                let help = "write `excludes weekends`, days such as `sunday`, or dates";
                return Err(
                    DiagramError::new(line.number, format!("`{word}` contains something that is not a day")).help(help)
                );
            }
            "weekend" => self.excluded.set_weekend(rest),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn date(&self, text: &str) -> Option<Minute> {
        read_date(self.form, text)
    }
}

fn not_a_task(line: u32, text: &str) -> DiagramError {
    DiagramError::new(line, format!("`{}` is not a task", shorten(text, 32).replace('`', "'"))).help(HELP)
}

fn task<'a>(line: &Line<'a>) -> Result<ParsedTask<'a>, DiagramError> {
    let (name, rest) = line
        .text
        .rsplit_once(" :")
        .or_else(|| line.text.split_once(':'))
        .ok_or_else(|| not_a_task(line.number, line.text))?;
    // Times contain colons, too, so prefer the first colon that follows a space.
    let (name, rest) = line.text.split_once(" :").unwrap_or((name, rest));
    let mut marks = TaskTags::default();
    let mut items: Vec<&str> = rest.split(',').map(str::trim).collect();
    while let Some(first) = items.first() {
        match *first {
            "done" => marks.done = true,
            "active" => marks.active = true,
            "crit" => marks.critical = true,
            "milestone" | "vert" => marks.milestone = true,
            _ => break,
        }
        items.remove(0);
    }
    let (id, start, end) = match items.as_slice() {
        [end] => (None, None, *end),
        [start, end] => (None, Some(*start), *end),
        [id, start, end] => (Some(*id).filter(|id| !id.is_empty()), Some(*start), *end),
        _ => return Err(not_a_task(line.number, line.text)),
    };
    let name = name.trim();
    if name.is_empty() || end.is_empty() {
        return Err(not_a_task(line.number, line.text));
    }
    Ok(ParsedTask { line: line.number, name, tags: marks, id, start, end })
}

/// Resolves the times of all tasks, which may depend on later tasks.
fn resolve_times(settings: &GanttSettings<'_>, rows: Vec<ParsedRow<'_>>) -> Result<Vec<GanttRow>, DiagramError> {
    let tasks: Vec<&ParsedTask<'_>> =
        rows.iter().filter_map(|row| if let ParsedRow::Task(task) = row { Some(task) } else { None }).collect();
    let mut known: Vec<Option<Task>> = vec![None; tasks.len()];
    let ids: HashMap<&str, usize> = tasks.iter().enumerate().filter_map(|(at, task)| Some((task.id?, at))).collect();
    loop {
        let before = known.iter().flatten().count();
        for (at, task) in tasks.iter().enumerate() {
            if known[at].is_none() {
                known[at] = times(settings, task, at, (&known, &ids))?;
            }
        }
        let after = known.iter().flatten().count();
        match known.iter().position(Option::is_none).and_then(|at| tasks.get(at)) {
            None => break,
            Some(task) if before == after => {
                return Err(DiagramError::new(task.line, "this task waits for one that waits for it").help(HELP));
            }
            Some(_) => {}
        }
    }
    let mut settled = known.into_iter().flatten();
    let row = |row| match row {
        ParsedRow::Section(words) => Some(GanttRow::Section(words.to_owned())),
        ParsedRow::Task(_) => settled.next().map(GanttRow::Task),
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

/// The tasks resolved so far, and the index of each task by id.
type KnownTasks<'k> = (&'k [Option<Task>], &'k HashMap<&'k str, usize>);

/// The times of a task; `None` while a task that it depends on is unresolved.
fn times(
    settings: &GanttSettings<'_>,
    task: &ParsedTask<'_>,
    at: usize,
    known_tasks: KnownTasks<'_>,
) -> Result<Option<Task>, DiagramError> {
    let Some(start) = start(settings, task, at, known_tasks)? else { return Ok(None) };
    let (end, last) = match task.end.strip_prefix("until ") {
        Some(names) => {
            let Some(others) = find_tasks(task, names, known_tasks)? else { return Ok(None) };
            let end = others.iter().map(|other| other.start).min().unwrap_or(start);
            (end, end)
        }
        None => end(settings, task, start)?,
    };
    if end < start || end - start > MAX_DAYS * MINUTES_PER_DAY {
        return Err(DiagramError::new(task.line, "this task ends before it begins, or lasts too long").help(HELP));
    }
    Ok(Some(Task { name: task.name.to_owned(), tags: task.tags, start, end, last_shown: last.max(start) }))
}

fn start(
    settings: &GanttSettings<'_>,
    task: &ParsedTask<'_>,
    at: usize,
    known_tasks: KnownTasks<'_>,
) -> Result<Option<Minute>, DiagramError> {
    let unread = |text: &str| {
        let message =
            format!("`{}` is not a date in the format `{}`", shorten(text, 24).replace('`', "'"), settings.form);
        DiagramError::new(task.line, message).help(HELP)
    };
    match task.start {
        Some(text) if text.starts_with("after ") => {
            let others = find_tasks(task, &text["after ".len()..], known_tasks)?;
            Ok(others.and_then(|others| others.iter().map(|other| other.end).max()))
        }
        Some(text) => settings.date(text).map(Some).ok_or_else(|| unread(text)),
        None => match at.checked_sub(1) {
            Some(before) => Ok(known_tasks.0.get(before).and_then(Option::as_ref).map(|before| before.end)),
            None => Err(DiagramError::new(task.line, "the first task does not say when it begins").help(HELP)),
        },
    }
}

/// The end of a task, and the last day to display.
fn end(settings: &GanttSettings<'_>, task: &ParsedTask<'_>, start: Minute) -> Result<(Minute, Minute), DiagramError> {
    if let Some(date) = settings.date(task.end) {
        return Ok((if settings.is_inclusive { date + MINUTES_PER_DAY } else { date }, date));
    }
    let Some(end) = add_duration(start, task.end) else {
        let message = format!("`{}` is neither a date nor a length of time", shorten(task.end, 24).replace('`', "'"));
        return Err(DiagramError::new(task.line, message).help(HELP));
    };
    let end = settings.excluded.extend_end(start, end);
    let is_whole = start.rem_euclid(MINUTES_PER_DAY) == 0 && end.rem_euclid(MINUTES_PER_DAY) == 0;
    Ok((end, if is_whole { end - MINUTES_PER_DAY } else { end }))
}

/// The tasks with these ids; `None` while one of them is unresolved.
fn find_tasks<'k>(
    task: &ParsedTask<'_>,
    names: &str,
    known_tasks: KnownTasks<'k>,
) -> Result<Option<Vec<&'k Task>>, DiagramError> {
    let mut tasks = Vec::new();
    for name in names.split_whitespace() {
        let Some(at) = known_tasks.1.get(name) else {
            let message = format!("no task has the id `{}`", shorten(name, 24).replace('`', "'"));
            return Err(DiagramError::new(task.line, message).help(HELP));
        };
        let Some(other) = known_tasks.0.get(*at).and_then(Option::as_ref) else { return Ok(None) };
        tasks.push(other);
    }
    Ok((!tasks.is_empty()).then_some(tasks))
}
