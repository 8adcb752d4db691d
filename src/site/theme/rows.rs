//! Rows of tables of entries: what the component `grid` shows of each cell.
//!
//! A register has thousands of cells, and a template takes ten times as long for one. A handbook's theme that replaces
//! the component gets the same rows.

use std::fmt::Write;

use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::days::Days;

/// The rows of a table as markup; `root` leads to the site's root, and `until` is the word between two days.
pub(super) fn rows(days: &Days, grid: &Value, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let (root, until) = (kwargs.must_get::<&str>("root")?, kwargs.must_get::<&str>("until")?);
    let mut cells = Cells { days, root: state.escape(root)?, until: state.escape(until)?, state, out: String::new() };
    let columns = list(grid, "columns").iter().map(|column| state.escape_if_needed(column));
    let columns: Vec<String> = columns.collect::<TeraResult<_>>()?;
    for row in list(grid, "rows") {
        cells.row(row, &columns)?;
    }
    Ok(Value::safe_string(&cells.out))
}

struct Cells<'a, 's> {
    days: &'a Days,
    root: String,
    until: String,
    state: &'a State<'s>,
    out: String,
}

/// What a value says under a key, unless that is nothing.
fn get<'v>(value: &'v Value, key: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::Str(key)).filter(|value| value.is_truthy())
}

fn list<'v>(value: &'v Value, key: &'static str) -> &'v [Value] {
    get(value, key).and_then(Value::as_array).unwrap_or_default()
}

/// What a cell says: most say little, and to run through that costs less than to look every key up.
#[derive(Default)]
struct Cell<'v> {
    text: Option<&'v Value>,
    url: Option<&'v Value>,
    code: Option<&'v Value>,
    day: Option<&'v Value>,
    until: Option<&'v Value>,
    mark: Option<&'v Value>,
    links: Option<&'v Value>,
    note: Option<&'v Value>,
    remark: Option<&'v Value>,
    age: Option<&'v Value>,
    line: Option<&'v Value>,
}

impl<'v> Cell<'v> {
    fn of(value: &'v Value) -> Cell<'v> {
        let mut cell = Cell::default();
        for (key, value) in value.as_map().into_iter().flatten().filter(|(_, value)| value.is_truthy()) {
            let place = match key.as_str() {
                Some("text") => &mut cell.text,
                Some("url") => &mut cell.url,
                Some("code") => &mut cell.code,
                Some("day") => &mut cell.day,
                Some("until") => &mut cell.until,
                Some("mark") => &mut cell.mark,
                Some("links") => &mut cell.links,
                Some("note") => &mut cell.note,
                Some("remark") => &mut cell.remark,
                Some("age") => &mut cell.age,
                Some("line") => &mut cell.line,
                _ => continue,
            };
            *place = Some(value);
        }
        cell
    }
}

/// Whether a text stays as it is when it is escaped.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''))
}

impl Cells<'_, '_> {
    fn row(&mut self, row: &Value, columns: &[String]) -> TeraResult<()> {
        self.out.push_str("<tr");
        self.attribute("id", get(row, "id"))?;
        self.out.push('>');
        for (at, cell) in list(row, "cells").iter().enumerate() {
            if at == 0 {
                self.out.push_str("<th scope=\"row\">");
            } else {
                let column = columns.get(at).map_or("", String::as_str);
                self.out.extend(["<td data-label=\"", column, "\">"]);
            }
            self.cell(&Cell::of(cell))?;
            self.out.push_str(if at == 0 { "</th>" } else { "</td>" });
        }
        self.out.push_str("</tr>\n");
        Ok(())
    }

    fn cell(&mut self, cell: &Cell<'_>) -> TeraResult<()> {
        self.words(cell)?;
        if let Some(mark) = cell.mark {
            self.out.push_str("<span class=\"mark\"");
            self.attribute("data-state", get(mark, "tone"))?;
            self.out.push('>');
            self.text(get(mark, "word"))?;
            self.out.push_str("</span>");
        }
        self.period(cell);
        self.links(cell)?;
        self.small(cell.note)?;
        // A remark that is all that a cell has is no second line.
        match [cell.text, cell.mark, cell.day, cell.links].iter().any(Option::is_some) {
            true => self.small(cell.remark)?,
            false => self.text(cell.remark)?,
        }
        self.age(cell)?;
        self.line(cell)
    }

    /// Writes a text, escaped unless it is markup.
    fn text(&mut self, text: Option<&Value>) -> TeraResult<()> {
        match text.map(|value| (value, value.as_str())) {
            None => {}
            Some((value, Some(text))) if value.is_safe() || is_plain(text) => self.out.push_str(text),
            Some((value, _)) => self.out.push_str(&self.state.escape_if_needed(value)?),
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, text: Option<&Value>) -> TeraResult<()> {
        if text.is_some() {
            self.out.extend([" ", name, "=\""]);
            self.text(text)?;
            self.out.push('"');
        }
        Ok(())
    }

    /// The words of a cell, which may be a code and may lead somewhere.
    fn words(&mut self, cell: &Cell<'_>) -> TeraResult<()> {
        if cell.text.is_none() {
            return Ok(());
        }
        let class = cell.code.map_or("", |_| " class=\"id\"");
        let tag = match (cell.url, class) {
            (Some(_), _) => "a",
            (None, "") => return self.text(cell.text),
            (None, _) => "span",
        };
        self.out.extend(["<", tag, class]);
        if tag == "a" {
            self.out.extend([" href=\"", self.root.as_str()]);
            self.text(cell.url)?;
            self.out.push('"');
        }
        self.out.push('>');
        self.text(cell.text)?;
        self.out.extend(["</", tag, ">"]);
        Ok(())
    }

    fn period(&mut self, cell: &Cell<'_>) {
        let day = |value: Option<&Value>| self.days.element(value?.as_str()?);
        let Some(first) = day(cell.day) else { return };
        self.out.push_str(first.as_str());
        if let Some(last) = day(cell.until).filter(|last| last.as_str() != first.as_str()) {
            self.out.extend([" ", self.until.as_str(), " ", last.as_str()]);
        }
    }

    fn links(&mut self, cell: &Cell<'_>) -> TeraResult<()> {
        let links = cell.links.and_then(Value::as_array).unwrap_or_default();
        if !links.is_empty() && (cell.mark.is_some() || cell.text.is_some()) {
            self.out.push_str("<br>");
        }
        for (at, link) in links.iter().enumerate() {
            self.out.push_str(if at > 0 { ", " } else { "" });
            let url = get(link, "url");
            if url.is_some() {
                self.out.extend(["<a href=\"", self.root.as_str()]);
                self.text(url)?;
                self.out.push_str("\">");
            }
            self.text(get(link, "text"))?;
            self.out.push_str(if url.is_some() { "</a>" } else { "" });
        }
        Ok(())
    }

    fn small(&mut self, text: Option<&Value>) -> TeraResult<()> {
        if text.is_some() {
            self.out.push_str("<br><small>");
            self.text(text)?;
            self.out.push_str("</small>");
        }
        Ok(())
    }

    /// How much of the time has been used, as a small picture.
    fn age(&mut self, cell: &Cell<'_>) -> TeraResult<()> {
        let Some(age) = cell.age else { return Ok(()) };
        let number = |key: &'static str| get(age, key).and_then(Value::as_i64).unwrap_or_default();
        self.out.push_str("<br><small>");
        self.text(get(age, "words"))?;
        self.out.push_str("</small><svg class=\"age\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\"");
        self.attribute("data-state", get(age, "tone"))?;
        let (given, used) = (number("given"), number("used"));
        let _ = write!(
            self.out,
            " aria-hidden=\"true\"><rect class=\"bed\" width=\"{given}\" height=\"8\"/>\
             <rect class=\"run\" width=\"{used}\" height=\"8\"/>"
        );
        if get(age, "limit").is_some() {
            let _ = write!(self.out, "<path class=\"limit\" d=\"M{} 0V8\"/>", number("limit"));
        }
        self.out.push_str("</svg>");
        Ok(())
    }

    /// The values of an indicator, as a small picture.
    fn line(&mut self, cell: &Cell<'_>) -> TeraResult<()> {
        let Some(line) = cell.line else { return Ok(()) };
        let number = |value: &Value, key: &'static str| get(value, key).and_then(Value::as_i64).unwrap_or_default();
        self.out.push_str("<svg class=\"values\" viewBox=\"0 0 120 32\" role=\"img\"");
        self.attribute("aria-label", get(line, "words"))?;
        self.out.push_str("><title>");
        self.text(get(line, "words"))?;
        self.out.push_str("</title>");
        for y in list(line, "targets").iter().filter_map(Value::as_i64) {
            let _ = write!(self.out, "<path class=\"target\" d=\"M0 {y}H120\"/>");
        }
        self.out.push_str("<polyline");
        self.attribute("points", get(line, "points"))?;
        self.out.push_str("/>");
        for value in list(line, "values") {
            let (x, y) = (number(value, "x"), number(value, "y"));
            let _ = match get(value, "met") {
                Some(_) => write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"),
                None => write!(self.out, "<path class=\"missed\" d=\"M{} {}l6 6m0 -6l-6 6\"/>", x - 3, y - 3),
            };
        }
        self.out.push_str("</svg>");
        Ok(())
    }
}
