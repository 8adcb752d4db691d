//! Pages of a pack: plain HTML with embedded styles, to be read from a folder and printed.

use std::fmt::Write;

use crate::html::{escape, escape_text};
use crate::language::direction;
use crate::site::portal::Portal;
use crate::site::theme::code_span;

/// The path of the first page.
pub(super) const READ_ME: &str = "read-me.html";

/// The styles of every page. They are embedded, so that a single page can be passed on.
const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 Georgia,'Liberation Serif',serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}.wide{max-width:84rem}.nb{white-space:nowrap}\
h1,h2,h3,h4{line-height:1.25;break-after:avoid}table{border-collapse:collapse;width:100%;font-size:.875rem;margin:1rem 0}\
th,td{border:1px solid #b5b5b5;padding:.3rem .5rem;text-align:start;vertical-align:top;overflow-wrap:break-word}thead{display:table-header-group}tr{break-inside:avoid}\
th{background:#efefef}a{color:#0a4a6b}nav,.fine{font-size:.875rem}.mark{font-weight:bold}.warn{border:2px solid #9b1c1c;padding:.5rem 1rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}\
code,pre{font:.875em/1.4 'DejaVu Sans Mono',monospace}pre{white-space:pre-wrap;background:#f5f5f5;padding:.5rem}img,svg{max-width:100%;height:auto}\
del{color:#9b1c1c}ins{color:#14532d;font-weight:bold;text-decoration:underline}.redline-heading{font-weight:bold}.redline-item{margin-inline-start:1.5rem}.sec{font-size:.8125rem;font-weight:normal;margin-inline-start:.6rem}.when{white-space:nowrap}.alert{border-inline-start:4px solid #777;padding:.1rem 1rem;margin:1rem 0}.alert-title{font-weight:bold}\
.hush{position:absolute;clip-path:inset(50%)}.anchor{display:none}@page wide{size:A4 landscape}\
@media print{:root{color-scheme:light}.drawing svg{max-width:100%!important}nav{display:none}a{color:inherit}body{margin:0;max-width:none;font-size:11pt}.wide{page:wide}.wide table{font-size:8.5pt}}\
@media screen{.table,.table-wrap{overflow-x:auto}}@media screen and (max-width:40rem){dl{display:block}}\
@media screen and (prefers-color-scheme:dark){body{color:#e4e4e4;background:#16191d}a{color:#8cc4e8}th{background:#272c32}th,td{border-color:#50555b}\
pre{background:#22262b}.warn{border-color:#e58b8b}del{color:#f2a6a6}ins{color:#8fd6a8}}";

/// What a page begins with.
pub(super) struct PageHead<'a> {
    /// Its path in the pack.
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) lang: &'a str,
    /// Additional styles.
    pub(super) style: &'a str,
    /// Whether its tables need a wide page.
    pub(super) is_wide: bool,
    /// The text of the link to the first page.
    pub(super) contents: &'a str,
}

/// A page under construction.
pub(super) struct PackPage {
    html: String,
    /// The relative path to the top of the pack.
    root: String,
}

impl PackPage {
    /// Starts a page in the handbook's language; `path` is its path in the pack.
    pub(super) fn new(path: &str, title: &str, portal: &Portal<'_>) -> PackPage {
        PackPage::begin(PageHead {
            path,
            title,
            lang: &portal.reading.settings.lang,
            style: "",
            is_wide: true,
            contents: portal.labels.text("pack.contents_of"),
        })
    }

    /// Starts a page.
    pub(super) fn begin(head: PageHead<'_>) -> PackPage {
        let PageHead { path, title, lang, style, is_wide, contents } = head;
        let root = "../".repeat(path.matches('/').count());
        let mut page = PackPage { html: String::from("<!doctype html>\n<html lang=\""), root };
        page.attribute(lang);
        page.raw(if direction(lang) == "rtl" { "\" dir=\"rtl" } else { "" });
        page.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        page.text(title);
        page.raw("</title>\n<style>");
        page.raw(STYLE);
        page.raw(style);
        page.raw("</style>\n</head>\n<body");
        page.raw(if is_wide { " class=\"wide\"" } else { "" });
        page.raw(">\n");
        if path != READ_ME {
            page.raw("<nav>");
            page.link(READ_ME, contents);
            page.raw("</nav>\n");
        }
        page.raw("<main>\n<h1>");
        page.text(title);
        page.raw("</h1>\n");
        page
    }

    /// Appends markup.
    pub(super) fn raw(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Appends escaped text.
    pub(super) fn text(&mut self, text: &str) {
        escape_text(&mut self.html, text);
    }

    /// Appends text in which backticks mark code.
    fn quoted(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, code, after)) = code_span(rest) {
            self.unbroken_text(before);
            self.raw("<code>");
            self.text(code);
            self.raw("</code>");
            rest = after;
        }
        self.unbroken_text(rest);
    }

    /// Appends text in which dates and IDs do not wrap.
    fn unbroken_text(&mut self, text: &str) {
        const MAX_UNBROKEN_BYTES: usize = 20;
        for word in text.split_inclusive(' ') {
            let (word, space) = word.strip_suffix(' ').map_or((word, ""), |word| (word, " "));
            let is_unbroken =
                word.len() <= MAX_UNBROKEN_BYTES && word.contains('-') && word.contains(|c: char| c.is_ascii_digit());
            self.raw(if is_unbroken { "<span class=\"nb\">" } else { "" });
            self.text(word);
            self.raw(if is_unbroken { "</span>" } else { "" });
            self.raw(space);
        }
    }

    fn attribute(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Appends a highlighted warning.
    pub(super) fn warn(&mut self, text: &str) {
        self.raw("<p class=\"warn\">");
        self.text(text);
        self.raw("</p>\n");
    }

    /// Appends a paragraph of text.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.raw("<p>");
        self.text(text);
        self.raw("</p>\n");
    }

    /// Appends a heading with an anchor.
    pub(super) fn heading(&mut self, level: u8, anchor: &str, text: &str) {
        let _ = write!(self.html, "<h{level} id=\"");
        self.attribute(anchor);
        self.raw("\">");
        self.text(text);
        let _ = writeln!(self.html, "</h{level}>");
    }

    /// Appends a link to a place in the pack.
    pub(super) fn link(&mut self, to: &str, text: &str) {
        let href = format!("{}{to}", self.root);
        self.raw("<a href=\"");
        self.attribute(&href);
        self.raw("\">");
        self.unbroken_text(text);
        self.raw("</a>");
    }

    /// Appends a list of facts, without those that have no value.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        self.raw("<dl>\n");
        for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
            self.raw("<dt>");
            self.text(name);
            self.raw("</dt><dd>");
            self.text(value);
            self.raw("</dd>\n");
        }
        self.raw("</dl>\n");
    }

    /// Appends a table, or a sentence if there are no rows.
    pub(super) fn table(&mut self, headings: &[impl AsRef<str>], rows: &[PageRow], empty_text: &str) {
        if rows.is_empty() {
            return self.paragraph(empty_text);
        }
        self.raw("<div class=\"table\" tabindex=\"0\"><table><thead><tr>");
        for head in headings {
            self.raw("<th scope=\"col\">");
            self.text(head.as_ref());
            self.raw("</th>");
        }
        self.raw("</tr></thead><tbody>\n");
        rows.iter().for_each(|row| self.row(row));
        self.raw("</tbody></table></div>\n");
    }

    fn row(&mut self, row: &PageRow) {
        self.raw("<tr");
        if !row.anchor.is_empty() {
            self.raw(" id=\"");
            self.attribute(&row.anchor);
            self.raw("\"");
        }
        self.raw(">");
        for cell in &row.cells {
            self.raw("<td>");
            for (at, piece) in cell.0.iter().enumerate() {
                if at > 0 {
                    self.raw("<br>");
                }
                match &piece.target {
                    Some(to) => self.link(to, &piece.text),
                    None => self.quoted(&piece.text),
                }
            }
            self.raw("</td>");
        }
        self.raw("</tr>\n");
    }

    /// Finishes the page.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.raw("</main>\n</body>\n</html>\n");
        self.html.into_bytes()
    }
}

/// A row of a table.
pub(super) struct PageRow {
    /// The row's anchor; empty if it has none.
    pub(super) anchor: String,
    pub(super) cells: Vec<PageCell>,
}

impl PageRow {
    /// A row without an anchor.
    pub(super) fn new(cells: Vec<PageCell>) -> PageRow {
        PageRow { anchor: String::new(), cells }
    }

    /// A row with an anchor.
    pub(super) fn with_anchor(anchor: &str, cells: Vec<PageCell>) -> PageRow {
        PageRow { anchor: anchor.to_owned(), cells }
    }
}

/// A cell: lines of text, each with an optional link to a place in the pack.
pub(super) struct PageCell(pub(super) Vec<CellLine>);

/// A line of a cell.
pub(super) struct CellLine {
    pub(super) text: String,
    pub(super) target: Option<String>,
}

impl CellLine {
    /// Text without a link.
    pub(super) fn plain(text: String) -> CellLine {
        CellLine { text, target: None }
    }
}

impl PageCell {
    /// A cell with text.
    pub(super) fn text(text: impl Into<String>) -> PageCell {
        PageCell(vec![CellLine { text: text.into(), target: None }])
    }

    /// A cell with the message of a finding, capitalized.
    pub(super) fn message(text: &str) -> PageCell {
        let mut chars = text.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        PageCell::text(first.chain(chars).collect::<String>())
    }

    /// A cell with a link.
    pub(super) fn link(text: impl Into<String>, to: impl Into<String>) -> PageCell {
        PageCell(vec![CellLine { text: text.into(), target: Some(to.into()) }])
    }
}
