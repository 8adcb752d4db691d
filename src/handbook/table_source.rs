//! Rows of tables as their source shows them, in Markdown and in HTML.

use std::ops::Range;

use crate::text::is_blank;

/// Maximum number of lines of a table that are read on each side of a row.
pub(super) const MAX_ROWS: usize = 60;
/// Maximum number of bytes of HTML that are read in each direction to find the row around a text.
const MAX_ROW_BYTES: usize = 2000;

/// A row of a table with several columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TableRow<'a> {
    /// The cells, trimmed; those at the end may be missing.
    pub(super) cells: Vec<String>,
    header: Header<'a>,
    /// Its place in the source.
    pub(super) span: Range<usize>,
}

/// The source of the header of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header<'a> {
    Markdown(&'a str),
    /// The HTML of the header row; in a table without one, of a row no longer than the others.
    Html(&'a str),
}

impl<'a> TableRow<'a> {
    /// A row of a Markdown table with the source line `header`, from its cells.
    pub(super) fn in_markdown<'c>(
        cells: impl Iterator<Item = &'c str>,
        header: &'a str,
        span: Range<usize>,
    ) -> TableRow<'a> {
        let cells = cells.map(|cell| cell.trim().to_owned()).collect();
        TableRow { cells, header: Header::Markdown(header), span }
    }

    /// The heads of its columns.
    pub(super) fn heads(&self) -> Vec<String> {
        match self.header {
            Header::Markdown(header) => markdown_cells(header).map(str::to_owned).collect(),
            Header::Html(header) => {
                let heads = html_cells(header);
                // The first row of a table without a header.
                if header.contains("<th") { heads } else { vec![String::new(); heads.len()] }
            }
        }
    }
}

/// The header of the table with several columns whose rows end a text.
pub(super) fn markdown_header(above: &str) -> Option<&str> {
    let mut lines = above.lines().rev().take(MAX_ROWS).take_while(|line| line.contains('|'));
    lines.find(|line| is_delimiter(line))?;
    lines.next().filter(|header| markdown_cells(header).count() > 1)
}

/// Whether a line is the delimiter row of a table: `| --- | :-: |`.
pub(super) fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| " \t|:->".contains(c))
}

/// The cells of a row in Markdown.
pub(super) fn markdown_cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim_matches(|c: char| c.is_whitespace() || c == '>');
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').filter(|cells| !cells.ends_with('\\')).unwrap_or(inner);
    let mut start = 0;
    unescaped_bars(inner).chain([inner.len()]).map(move |end| {
        let cell = &inner[start..end];
        start = end + 1;
        cell.trim()
    })
}

/// The offsets of the bars that separate cells: those that are not escaped.
pub(super) fn unescaped_bars(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'|', text.as_bytes()).filter(|at| !text[..*at].ends_with('\\'))
}

/// The row of an HTML table with several columns around the text at a position.
pub(super) fn html_row(source: &str, at: usize) -> Option<TableRow<'_>> {
    // Most texts do not follow a tag.
    source[..at].trim_end().ends_with('>').then_some(())?;
    let before = &source[source.ceil_char_boundary(at.saturating_sub(MAX_ROW_BYTES)).min(at)..at];
    let start = before.rfind("<tr")?;
    let rest = &source[at..source.floor_char_boundary(source.len().min(at + MAX_ROW_BYTES)).max(at)];
    let end = ["</tr", "<tr", "</table"].iter().filter_map(|tag| rest.find(tag)).min()?;
    let from = at - (before.len() - start);
    let row = &source[from..at + end];
    if before[start..].contains("</tr") || row.contains("colspan") || row.contains("rowspan") {
        return None;
    }
    let cells = html_cells(row);
    let header = html_header(&source[..from]).unwrap_or(row);
    (cells.len() > 1).then(|| TableRow { cells, header: Header::Html(header), span: from..at + end })
}

/// The first row of the HTML table that is open at the end of a text, if it has heads.
fn html_header(above: &str) -> Option<&str> {
    let above = &above[above.ceil_char_boundary(above.len().saturating_sub(4 * MAX_ROW_BYTES))..];
    let table = &above[above.rfind("<table")?..];
    let row = &table[table.find("<tr")?..];
    let row = &row[..row.find("</tr").unwrap_or(row.len())];
    row.contains("<th").then_some(row)
}

/// The texts of the cells of an HTML row.
fn html_cells(row: &str) -> Vec<String> {
    let starts: Vec<usize> = row.match_indices("<t").map(|(at, _)| at).filter(|at| is_cell(&row[*at..])).collect();
    let ends = starts.iter().skip(1).copied().chain([row.len()]);
    starts.iter().zip(ends).map(|(start, end)| without_tags(&row[*start..end])).collect()
}

fn is_cell(tag: &str) -> bool {
    ["<td", "<th"].iter().any(|name| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(['>', ' ', '\n'])))
}

/// The words in HTML, on one line.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    let text = text.replace("&nbsp;", " ").replace("&#160;", " ");
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_bars_belong_to_their_cell() {
        let cells = |row| markdown_cells(row).collect::<Vec<_>>();
        assert_eq!(cells("| a \\| b | c |"), ["a \\| b", "c"]);
        assert_eq!(cells("> a | | b \\|"), ["a", "", "b \\|"]);
        assert_eq!(cells("|  |"), [""]);
        assert!(is_delimiter("| --- | :-: |") && !is_delimiter("|  |  |"));
    }
}
