//! Rows of tables, with cells rendered like the component `grid`, and rows of lists of documents.
//!
//! A register has thousands of cells, and templates take ten times as long per cell. Without custom templates, rows are
//! therefore rendered from the page's model in Rust, and so are facts about entries, lists of deadlines, and the
//! control block, table of contents and revision history of documents. Custom themes with templates receive values
//! instead: the filter `rows` renders rows of tables, `listed.html` and `related.html` those of lists, and the
//! components `facts`, `deadlines`, `control`, `toc` and `history` the rest.

mod control;
mod deadlines;
mod escape;
mod facts;
mod items;
mod layout;
mod lists;
mod model;
mod naming;
mod values;
mod words;

use std::borrow::Cow;
use std::fmt::Write;

use super::html::Html;

pub(super) use layout::BuiltInRenderer;
pub(super) use values::rows;

/// The escaped content of a cell; empty parts are omitted.
#[derive(Default)]
struct Cell<'v> {
    text: Cow<'v, str>,
    url: Cow<'v, str>,
    code: bool,
    /// The `<time>` element of the date; empty if the value is not a date.
    day: Option<Html>,
    until: Option<Html>,
    mark: Option<Mark<'v>>,
    links: Vec<Link<'v>>,
    note: Cow<'v, str>,
    remark: Cow<'v, str>,
    age: Option<Age<'v>>,
    line: Option<Line<'v>>,
}

struct Mark<'v> {
    tone: Cow<'v, str>,
    word: Cow<'v, str>,
}

struct Link<'v> {
    text: Cow<'v, str>,
    url: Cow<'v, str>,
}

struct Age<'v> {
    words: Cow<'v, str>,
    tone: Cow<'v, str>,
    given: i64,
    used: i64,
    /// The limit, if it is not 0.
    limit: Option<i64>,
}

struct Line<'v> {
    words: Cow<'v, str>,
    points: Cow<'v, str>,
    targets: Vec<i64>,
    /// The distances from the left and the top, and whether the value meets the target.
    values: Vec<(i64, i64, bool)>,
}

/// Rows being rendered.
struct RowWriter<'a> {
    /// The escaped relative path to the site's root, and the escaped word between two dates.
    root: &'a str,
    until: &'a str,
    /// The escaped column headings.
    columns: Vec<Cow<'a, str>>,
    out: String,
}

impl RowWriter<'_> {
    /// Writes a row; `show` writes each cell.
    fn row<C>(&mut self, id: &str, cells: &[C], show: impl Fn(&mut Self, &C)) {
        self.out.push_str("<tr");
        self.attribute("id", id);
        self.out.push('>');
        for (at, cell) in cells.iter().enumerate() {
            if at == 0 {
                self.out.push_str("<th scope=\"row\">");
            } else {
                let column = self.columns.get(at).map_or("", |column| &**column);
                self.out.extend(["<td data-label=\"", column, "\">"]);
            }
            show(self, cell);
            self.out.push_str(if at == 0 { "</th>" } else { "</td>" });
        }
        self.out.push_str("</tr>\n");
    }

    /// Writes a cell with text and a second line, both of which may be empty.
    fn text_cell(&mut self, text: &str, note: &str) {
        self.out.push_str(text);
        self.small(note);
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        self.words(cell);
        if let Some(mark) = &cell.mark {
            self.out.push_str("<span class=\"mark\"");
            self.attribute("data-state", &mark.tone);
            self.out.extend([">", &mark.word, "</span>"]);
        }
        self.period(cell);
        self.links(cell);
        self.small(&cell.note);
        // If a note is the only content of a cell, it is not a second line.
        match cell.text.is_empty() && cell.mark.is_none() && cell.day.is_none() && cell.links.is_empty() {
            true => self.out.push_str(&cell.remark),
            false => self.small(&cell.remark),
        }
        self.age(cell);
        self.line(cell);
    }

    fn attribute(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.out.extend([" ", name, "=\"", text, "\""]);
        }
    }

    /// Writes the text of a cell, which may be an identifier and may be linked.
    fn words(&mut self, cell: &Cell<'_>) {
        if cell.text.is_empty() {
            return;
        }
        let class = if cell.code { " class=\"id\"" } else { "" };
        let tag = match (cell.url.is_empty(), class) {
            (false, _) => "a",
            (true, "") => return self.out.push_str(&cell.text),
            (true, _) => "span",
        };
        self.out.extend(["<", tag, class]);
        if tag == "a" {
            self.out.extend([" href=\"", self.root, &cell.url, "\""]);
        }
        self.out.extend([">", &cell.text, "</", tag, ">"]);
    }

    fn period(&mut self, cell: &Cell<'_>) {
        let Some(first) = cell.day.as_ref().map(Html::as_str).filter(|first| !first.is_empty()) else { return };
        match cell.until.as_ref().map(Html::as_str).filter(|last| !last.is_empty() && *last != first) {
            Some(last) => self.out.extend(["<bdi>", first, " ", self.until, " ", last, "</bdi>"]),
            None => self.out.push_str(first),
        }
    }

    fn links(&mut self, cell: &Cell<'_>) {
        if !cell.links.is_empty() && (cell.mark.is_some() || !cell.text.is_empty()) {
            self.out.push_str("<br>");
        }
        for (at, link) in cell.links.iter().enumerate() {
            self.out.push_str(if at > 0 { ", " } else { "" });
            match link.url.is_empty() {
                true => self.out.push_str(&link.text),
                false => self.out.extend(["<a href=\"", self.root, &link.url, "\">", &link.text, "</a>"]),
            }
        }
    }

    fn small(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.extend(["<br><small>", text, "</small>"]);
        }
    }

    /// Writes the share of the allowed time that has been used, as a small picture.
    fn age(&mut self, cell: &Cell<'_>) {
        let Some(Age { words, tone, given, used, limit }) = &cell.age else { return };
        self.out.extend([
            "<br><small>",
            words,
            "</small><svg class=\"age\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\"",
        ]);
        self.attribute("data-state", tone);
        let _ = write!(
            self.out,
            " aria-hidden=\"true\"><rect class=\"bed\" width=\"{given}\" height=\"8\"/>\
             <rect class=\"run\" width=\"{used}\" height=\"8\"/>"
        );
        if let Some(limit) = limit {
            let _ = write!(self.out, "<path class=\"limit\" d=\"M{limit} 0V8\"/>");
        }
        self.out.push_str("</svg>");
    }

    /// Writes the values of an indicator as a small picture.
    fn line(&mut self, cell: &Cell<'_>) {
        let Some(Line { words, points, targets, values }) = &cell.line else { return };
        self.out.push_str("<svg class=\"values\" viewBox=\"0 0 120 32\" role=\"img\"");
        self.attribute("aria-label", words);
        self.out.extend(["><title>", words, "</title>"]);
        for y in targets {
            let _ = write!(self.out, "<path class=\"target\" d=\"M0 {y}H120\"/>");
        }
        self.out.push_str("<polyline");
        self.attribute("points", points);
        self.out.push_str("/>");
        for (x, y, is_met) in values {
            let _ = match is_met {
                true => write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"),
                false => write!(self.out, "<path class=\"missed\" d=\"M{} {}l6 6m0 -6l-6 6\"/>", x - 3, y - 3),
            };
        }
        self.out.push_str("</svg>");
    }
}
