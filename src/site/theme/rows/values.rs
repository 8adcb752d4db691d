//! Renders rows of tables from template values, for the filter `rows`.

use std::borrow::Cow;

use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::{Age, Cell, Line, Link, Mark, RowWriter};
use crate::site::theme::dates::DateFormatter;
use crate::site::theme::html::Html;

/// The rows of a table as markup. The arguments are `root`, the relative path to the site's root, and `until`, the word
/// between two dates.
pub(crate) fn rows(days: &DateFormatter, grid: &Value, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    // The rows have already been rendered.
    if let Some(laid_out) = get(grid, "rows").filter(|rows| rows.as_str().is_some()) {
        return Ok(laid_out.clone());
    }
    let (root, until) = (kwargs.must_get::<&str>("root")?, kwargs.must_get::<&str>("until")?);
    let (root, until) = (state.escape(root)?, state.escape(until)?);
    let values = ValueContext { days, state };
    let columns = list(grid, "columns").iter().map(|column| values.text(Some(column))).collect::<TeraResult<_>>()?;
    let mut rows = RowWriter { root: &root, until: &until, columns, out: String::new() };
    for row in list(grid, "rows") {
        let cells = list(row, "cells").iter().map(|cell| values.cell(cell));
        rows.row(&values.text(get(row, "id"))?, &cells.collect::<TeraResult<Vec<_>>>()?, RowWriter::cell);
    }
    Ok(Value::safe_string(&rows.out))
}

/// The value of a key, if it is truthy.
fn get<'v>(value: &'v Value, key: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::Str(key)).filter(|value| value.is_truthy())
}

fn list<'v>(value: &'v Value, key: &'static str) -> &'v [Value] {
    get(value, key).and_then(Value::as_array).unwrap_or_default()
}

fn number(value: &Value, key: &'static str) -> i64 {
    get(value, key).and_then(Value::as_i64).unwrap_or_default()
}

/// Reads template values.
struct ValueContext<'a, 's> {
    days: &'a DateFormatter,
    state: &'a State<'s>,
}

impl ValueContext<'_, '_> {
    /// A text, escaped unless it is markup.
    fn text<'v>(&self, text: Option<&'v Value>) -> TeraResult<Cow<'v, str>> {
        match text.map(|value| (value, value.as_str())) {
            None => Ok(Cow::default()),
            Some((value, Some(text))) if value.is_safe() => Ok(Cow::Borrowed(text)),
            Some((value, _)) => self.state.escape_if_needed(value).map(Cow::Owned),
        }
    }

    /// The content of a cell. Most cells have few keys, so iterating is faster than looking up every possible key.
    fn cell<'v>(&self, value: &'v Value) -> TeraResult<Cell<'v>> {
        let mut cell = Cell::default();
        for (key, value) in value.as_map().into_iter().flatten().filter(|(_, value)| value.is_truthy()) {
            match key.as_str() {
                Some("text") => cell.text = self.text(Some(value))?,
                Some("url") => cell.url = self.text(Some(value))?,
                Some("code") => cell.code = true,
                Some("day") => cell.day = Some(self.day(value)),
                Some("until") => cell.until = Some(self.day(value)),
                Some("mark") => cell.mark = Some(self.mark(value)?),
                Some("links") => cell.links = self.links(value)?,
                Some("note") => cell.note = self.text(Some(value))?,
                Some("remark") => cell.remark = self.text(Some(value))?,
                Some("age") => cell.age = Some(self.age(value)?),
                Some("line") => cell.line = Some(self.line(value)?),
                _ => {}
            }
        }
        Ok(cell)
    }

    fn day(&self, value: &Value) -> Html {
        value.as_str().and_then(|text| self.days.text_element(text)).unwrap_or_default()
    }

    fn mark<'v>(&self, value: &'v Value) -> TeraResult<Mark<'v>> {
        Ok(Mark { tone: self.text(get(value, "tone"))?, word: self.text(get(value, "word"))? })
    }

    fn links<'v>(&self, value: &'v Value) -> TeraResult<Vec<Link<'v>>> {
        let link = |link| Ok(Link { text: self.text(get(link, "text"))?, url: self.text(get(link, "url"))? });
        value.as_array().unwrap_or_default().iter().map(link).collect()
    }

    fn age<'v>(&self, value: &'v Value) -> TeraResult<Age<'v>> {
        Ok(Age {
            words: self.text(get(value, "words"))?,
            tone: self.text(get(value, "tone"))?,
            given: number(value, "given"),
            used: number(value, "used"),
            limit: get(value, "limit").and_then(Value::as_i64),
        })
    }

    fn line<'v>(&self, value: &'v Value) -> TeraResult<Line<'v>> {
        let point = |value: &Value| (number(value, "x"), number(value, "y"), get(value, "met").is_some());
        Ok(Line {
            words: self.text(get(value, "words"))?,
            points: self.text(get(value, "points"))?,
            targets: list(value, "targets").iter().filter_map(Value::as_i64).collect(),
            values: list(value, "values").iter().map(point).collect(),
        })
    }
}
