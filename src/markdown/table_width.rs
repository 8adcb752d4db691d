//! Estimates the paper width that a table needs, and passes it to the print style sheet as a class.

use crate::html::pieces;

/// Maximum width of a word before it may break in a table cell, in twentieths of the font size like all widths here.
const MAX_WORD_WIDTH: usize = 9 * 20;
/// Maximum length of a one-word cell that is kept on one line: an ID, a date, a number with its unit.
const MAX_UNBROKEN_CHARS: usize = 16;
/// Horizontal padding of each column.
const COLUMN_PADDING: usize = 14;
/// Maximum number of columns; each row of a wider table is printed as a block.
pub(super) const MAX_COLUMNS: usize = 20;

/// The classes, each with the line width available at its font size.
const STEPS: [(usize, &str); 4] = [(47 * 20, " fit-1"), (66 * 20, " fit-2"), (98 * 20, " fit-3"), (115 * 20, " fit-4")];
/// Class of a table in which some words have to break.
const TIGHT: &str = " fit-5";
/// Class of a table whose rows are printed as blocks.
const BLOCKS: &str = " fit-6";
/// Minimum number of columns that calls for landscape, however short the words are.
const LANDSCAPE_COLUMNS: usize = 12;

/// Measurements of a cell's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Width of the widest part that must not break.
    pub(super) min_width: usize,
    /// The class for the tag of the cell.
    pub(super) class: Option<&'static str>,
}

/// Measures a cell from its HTML.
pub(super) fn measure(html: &str) -> Cell {
    let text: String = pieces(html).map(|(text, _)| text).collect();
    let text = text.trim();
    let is_one_word = !text.contains(char::is_whitespace);
    if is_one_word && text.contains('-') && text.chars().count() <= MAX_UNBROKEN_CHARS {
        return Cell { min_width: width(text), class: Some("solid") };
    }
    let widest = text.split_inclusive(may_break).map(width).max().unwrap_or_default();
    let class = (widest > MAX_WORD_WIDTH).then_some("long");
    Cell { min_width: widest.min(MAX_WORD_WIDTH), class }
}

/// Approximate width of a text in a common sans-serif typeface.
fn width(text: &str) -> usize {
    let of = |c| match c {
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => 18,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' '..='/' | ':' | ';' | '[' | ']' | '|' => 7,
        '\u{2e80}'.. => 20,
        _ if c.is_uppercase() => 15,
        _ => 11,
    };
    text.chars().map(of).sum()
}

/// Whether a browser may break a line here: between words, at hyphens, and anywhere in Chinese and Japanese.
fn may_break(c: char) -> bool {
    c.is_whitespace() || c == '-' || c >= '\u{2e80}'
}

/// The class of a table with the given minimum column widths.
pub(super) fn class(columns: &[usize]) -> &'static str {
    if columns.len() > MAX_COLUMNS {
        return BLOCKS;
    }
    let least: usize = columns.iter().map(|width| width + COLUMN_PADDING).sum();
    let first = if columns.len() >= LANDSCAPE_COLUMNS { 2 } else { 0 };
    STEPS[first..].iter().find(|(max_width, _)| least <= *max_width).map_or(TIGHT, |(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_days_stay_whole() {
        for html in ["RQ-HOS-03", "2029-03-31", "<a href=\"x y\">POL-INC-001</a>"] {
            assert_eq!(measure(html).class, Some("solid"), "{html}");
        }
        for html in ["", "word", "two words-here", "a-part-of-an-id-that-is-long"] {
            assert_ne!(measure(html).class, Some("solid"), "{html}");
        }
    }

    #[test]
    fn long_words_may_break() {
        let cell = measure("see https://h.example/a/path/that/is/long");
        assert_eq!(cell, Cell { min_width: MAX_WORD_WIDTH, class: Some("long") });
        assert_eq!(measure("words of usual length").class, None);
    }

    #[test]
    fn capitals_take_more_room() {
        assert!(measure("AVAILABILITY").min_width > measure("availability").min_width);
    }

    #[test]
    fn more_and_wider_columns_take_more_paper() {
        assert_eq!(class(&[120; 4]), " fit-1");
        assert_eq!(class(&[120; 8]), " fit-2");
        assert_eq!(class(&[40; 13]), " fit-3");
        assert_eq!(class(&[120; 16]), " fit-4");
        assert_eq!(class(&[MAX_WORD_WIDTH; 16]), TIGHT);
        assert_eq!(class(&[10; 21]), BLOCKS);
    }
}
