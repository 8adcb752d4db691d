//! Parses CSV into rows of cells with their spans. A broken row does not affect the others.

use crate::place::Span;

/// A row of a table.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Its span in the text.
    pub(super) span: Span,
    /// Its cells in order.
    pub(crate) cells: Vec<Cell>,
    /// Why the rest of it cannot be read, with the span.
    pub(crate) problem: Option<(Span, &'static str)>,
}

/// A cell of a row.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Its content, without quotation marks and surrounding white space.
    pub(crate) text: String,
    /// Its span, including quotation marks.
    pub(super) span: Span,
}

impl Row {
    /// Whether all its cells are empty.
    pub(super) fn is_empty(&self) -> bool {
        self.problem.is_none() && self.cells.iter().all(|cell| cell.text.is_empty())
    }
}

const UNCLOSED: &str = "this quotation mark is not closed";
const AFTER_QUOTE: &str = "text follows the quotation mark that closes this cell";
const MULTILINE_CELL: &str = "this cell goes over several lines, and one of them looks like a row";

/// What separates cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Separators {
    /// The sign, which is ASCII.
    pub(crate) sign: u8,
    /// The number of signs in a row. A line within a cell that has as many is taken for a row.
    pub(crate) count: usize,
}

impl Separators {
    /// The commas of rows with as many cells as `header`.
    pub(super) fn commas(header: Option<&Row>) -> Separators {
        let count = header.map_or(1, |row| row.cells.len().saturating_sub(1).max(1));
        Separators { sign: b',', count }
    }
}

/// The rows of a text.
pub(crate) fn parse_rows(text: &str, separators: Separators) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (row, next) = parse_row(text, at, separators);
        if !row.is_empty() {
            rows.push(row);
        }
        at = next;
    }
    rows
}

/// The first row that is not empty, with commas between its cells.
pub(super) fn parse_header(text: &str) -> Option<Row> {
    let mut at = 0;
    while at < text.len() {
        let (row, next) = parse_row(text, at, Separators { sign: b',', count: usize::MAX });
        if !row.is_empty() {
            return Some(row);
        }
        at = next;
    }
    None
}

/// The maximum number of cells for which a row has room from the start.
const MAX_EXPECTED_CELLS: usize = 32;

/// The row that starts at a byte, and the start of the next one.
fn parse_row(text: &str, start: usize, separators: Separators) -> (Row, usize) {
    let expected_cells = separators.count.saturating_add(1).min(MAX_EXPECTED_CELLS);
    let mut row = Row { cells: Vec::with_capacity(expected_cells), ..Row::default() };
    let mut at = start;
    let end = loop {
        match parse_cell(text, at, separators) {
            Ok((cell, end)) => {
                row.cells.push(cell);
                match text.as_bytes().get(end) {
                    Some(sign) if *sign == separators.sign => at = end + 1,
                    _ => break end,
                }
            }
            Err(problem) => {
                let end = line_end(text, at);
                row.problem = Some((Span::from(at..end), problem));
                break end;
            }
        }
    };
    row.span = Span::from(start..end);
    (row, end + 1)
}

/// The cell that starts at a byte, and its end: at a separator, a line ending or the end of the text.
fn parse_cell(text: &str, at: usize, separators: Separators) -> Result<(Cell, usize), &'static str> {
    let Separators { sign, count } = separators;
    let start = skip_blanks(text, at, sign);
    if text.as_bytes().get(start) != Some(&b'"') {
        let end = memchr::memchr2(sign, b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
        let content = text[at..end].trim();
        let start = if content.is_empty() { at } else { start };
        let cell = Cell { text: content.to_owned(), span: Span::from(start..start + content.len()) };
        return Ok((cell, end));
    }
    let mut content = String::new();
    let mut from = start + 1;
    let close = loop {
        let quote = text[from..].find('"').map(|length| from + length).ok_or(UNCLOSED)?;
        content.push_str(&text[from..quote]);
        if text.as_bytes().get(quote + 1) != Some(&b'"') {
            break quote + 1;
        }
        content.push('"');
        from = quote + 2;
    };
    let end = skip_blanks(text, close, sign);
    if text.as_bytes().get(end).is_some_and(|after| *after != sign && *after != b'\n') {
        return Err(AFTER_QUOTE);
    }
    if content.lines().skip(1).any(|line| line.matches(char::from(sign)).count() >= count) {
        return Err(MULTILINE_CELL);
    }
    Ok((Cell { text: content.trim().to_owned(), span: Span::from(start..close) }, end))
}

fn skip_blanks(text: &str, at: usize, separator: u8) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t') && **byte != separator;
    at + text.as_bytes()[at..].iter().take_while(is_blank).count()
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// The individual values in a cell, each with its span if it can be found in the source text.
pub(super) fn split_values(cell: &Cell, text: &str) -> Vec<Cell> {
    let source_text = &text[cell.span.start as usize..cell.span.end as usize];
    let base = source_text.find(cell.text.as_str()).map(|offset| cell.span.start as usize + offset);
    let mut at = 0;
    let mut pieces = Vec::new();
    for piece in cell.text.split(';') {
        let content = piece.trim();
        let offset = at + (piece.len() - piece.trim_start().len());
        at += piece.len() + 1;
        if !content.is_empty() {
            let span = base.map_or(cell.span, |base| Span::from(base + offset..base + offset + content.len()));
            pieces.push(Cell { text: content.to_owned(), span });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Separators = Separators { sign: b',', count: 1 };

    /// The cells of each row, with its problem.
    fn read(text: &str) -> Vec<(Vec<String>, Option<&'static str>)> {
        let rows = parse_rows(text, COMMAS);
        let cells = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
        rows.iter().map(|row| (cells(row), row.problem.map(|(_, problem)| problem))).collect()
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let text = "id, title \n\n a ,\"one, \"\"two\"\"\"\nb , \"x\ny\" \n,\nc,5\" disk,\n";
        let wanted: Vec<Vec<&str>> =
            vec![vec!["id", "title"], vec!["a", "one, \"two\""], vec!["b", "x\ny"], vec!["c", "5\" disk", ""]];
        assert_eq!(
            read(text),
            wanted.iter().map(|row| (row.iter().map(|&cell| cell.to_owned()).collect(), None)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_broken_row_costs_no_other() {
        for (row, problem) in [("b,\"open", UNCLOSED), ("b,\"open\" more", AFTER_QUOTE), ("b,\"\"open", AFTER_QUOTE)] {
            for after in ["c,d\n", "c,\"d\"\n", "c,\"\"\n"] {
                let rows = read(&format!("id,title\n{row}\n{after}"));
                assert_eq!(rows.len(), 3, "{row:?} {after:?}: {rows:?}");
                assert_eq!(rows[1].0, ["b"]);
                assert!(rows[1].1.is_some(), "{row:?} {after:?} {problem}");
                assert_eq!((rows[2].0[0].as_str(), rows[2].1), ("c", None), "{row:?} {after:?}");
            }
        }
        let rows = read("id,title\nb,\"open\nc,swallowed\nd,\"e\n");
        assert!(rows[1].1.is_some() && rows[2] == (vec!["c".to_owned(), "swallowed".to_owned()], None), "{rows:?}");
        let rows = read("id,title\nb,\"open\nc,swallowed\nd,more\"\n");
        assert_eq!(rows[1].1, Some(MULTILINE_CELL));
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "id,services\na, \"x; y ;z\" \n";
        let rows = parse_rows(text, COMMAS);
        let pieces = split_values(&rows[1].cells[1], text);
        let said = |cell: &Cell| text[cell.span.start as usize..cell.span.end as usize].to_owned();
        assert_eq!(pieces.iter().map(said).collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(said(&rows[1].cells[1]), "\"x; y ;z\"");
    }
}
