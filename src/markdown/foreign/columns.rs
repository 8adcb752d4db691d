//! Lines in columns that Markdown reads as one paragraph: from a spreadsheet or CSV, aligned by spaces, or drawn.

use std::ops::Range;

use super::construct::{GRID, Sink, TABLE};
use super::shape::{ContentLine, is_rule};

/// How a line is divided into columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Division {
    /// By this number of tabs.
    Tabs(usize),
    /// By this number of bars, with none at its ends.
    Bars(usize),
    /// By this number of semicolons without spaces.
    Semicolons(usize),
    /// By spaces: the place of the second column, and the number of spaces before it.
    Spaces { column: usize, gap: usize },
    /// By characters for drawing boxes, or by full-width bars.
    Drawn,
}

impl Division {
    fn of(text: &str) -> Option<Division> {
        if text.starts_with(['│', '┃', '║', '├', '┌', '┏', '┣', '╔', '╠', '｜']) {
            return Some(Division::Drawn);
        }
        let tabs = memchr::memchr_iter(b'\t', text.as_bytes()).count();
        if tabs > 0 {
            return Some(Division::Tabs(tabs));
        }
        let bars = memchr::memchr_iter(b'|', text.as_bytes()).count();
        if bars > 0 {
            let is_spaced = text.matches(" | ").count() == bars && !text.starts_with('|');
            return is_spaced.then_some(Division::Bars(bars));
        }
        let semicolons = memchr::memchr_iter(b';', text.as_bytes()).count();
        if semicolons >= MIN_SEMICOLONS && is_csv_row(text) {
            return Some(Division::Semicolons(semicolons));
        }
        let start = memchr::memmem::find(text.as_bytes(), b"  ")?;
        let gap = text[start..].bytes().take_while(|byte| *byte == b' ').count();
        Some(Division::Spaces { column: text[..start].chars().count() + gap, gap })
    }

    /// Whether the next line is divided into the same columns.
    fn is_like(self, next: Division) -> bool {
        match (self, next) {
            (Division::Spaces { column, gap }, Division::Spaces { column: other, gap: other_gap }) => {
                column == other && gap.max(other_gap) > 2
            }
            _ => self == next,
        }
    }
}

/// The minimum number of semicolons in a line of a CSV file.
const MIN_SEMICOLONS: usize = 2;

/// Whether a line is one of a CSV file: `Prio;Target;Owner`. References to characters end in semicolons, too.
fn is_csv_row(text: &str) -> bool {
    !text.contains(['&', '{', '(', '=']) && text.split(';').skip(1).all(|cell| !cell.starts_with(char::is_whitespace))
}

/// What is known about the line above.
#[derive(Default)]
pub(super) struct Columns {
    above: Option<(Range<usize>, Division)>,
    /// Whether the lines belong to a table, or have been reported.
    is_done: bool,
}

impl Columns {
    /// Reads the next line.
    pub(super) fn read(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let marks = line.line.get(..line.words).unwrap_or_default().trim_matches([' ', '\t', '>']);
        // A heading, a tag or an item is no row, whatever is between its words.
        let is_no_row = text.starts_with(['#', '<']) || is_item(text);
        if text.is_empty() || !marks.is_empty() || is_no_row {
            *self = Columns::default();
        }
        if is_no_row {
            return;
        }
        self.is_done |= memchr::memchr(b'|', text.as_bytes()).is_some() && is_rule(text);
        if is_simple_rule(text) {
            sink(&GRID, line.range());
            self.is_done = true;
        }
        let division = Division::of(text).filter(|_| !line.is_broken);
        if let (Some((first, above)), Some(division)) = (self.above.take(), division)
            && !self.is_done
            && above.is_like(division)
        {
            sink(&TABLE, first);
            self.is_done = true;
        }
        let range = line.range();
        let start = if division == Some(Division::Drawn) { 0 } else { text.find(char::is_alphanumeric).unwrap_or(0) };
        self.above = division.map(|division| (range.start + start..range.end, division));
    }
}

/// Bullets that Markdown does not know.
const BULLETS: [char; 12] = ['•', '●', '○', '◦', '▪', '■', '□', '–', '►', '▶', '✓', '·'];

/// Whether a line begins with a bullet or a number that a tab or spaces set apart: `● Scope`, `a) Scope`.
fn is_item(text: &str) -> bool {
    const MAX_NUMBER_CHARS: usize = 4;
    let mark = text.split(['\t', ' ']).next().unwrap_or_default();
    text.starts_with(BULLETS) || mark.chars().count() <= MAX_NUMBER_CHARS && mark.ends_with([')', '.'])
}

/// Whether a line is drawn above or below the head of a table in reStructuredText: `====  ====`.
fn is_simple_rule(text: &str) -> bool {
    text.starts_with("===")
        && text.contains(' ')
        && text.split_whitespace().all(|rule| rule.len() > 2 && rule.bytes().all(|byte| byte == b'='))
}

#[cfg(test)]
mod tests {
    use super::super::{collected, lines};

    #[test]
    fn lines_in_columns_are_found() {
        for (text, mark) in [
            ("Prio\tTarget\n1\t4 hours\n2\t8 hours", "Prio\tTarget"),
            ("Priority    Target\nP1          4 hours", "Priority    Target"),
            ("Prio | Target\nP1 | 4 hours", "Prio | Target"),
            ("│ a │ b │\n├───┼───┤", "│ a │ b │"),
            ("｜優先度｜目標｜\n｜高｜四時間｜", "｜優先度｜目標｜"),
            ("Prio;Target;Owner\n1;4 hours;Desk", "Prio;Target;Owner"),
            ("====  ====\na     b\n====  ====", "====  ===="),
        ] {
            assert_eq!(collected(text, lines::all).first(), Some(&mark), "{text}");
        }
        for text in [
            "a\tb\n\nc\td",
            "One sentence.  Two.\nAnd three.  Four.",
            "Home | Desk",
            "a  \nb",
            "&lt;a&gt;&nbsp;\n&lt;b&gt;&nbsp;",
            "Call; write; go;\nwait; see; close;",
            "first;\nsecond;",
            "====",
            "## A | B\nC | D",
        ] {
            assert_eq!(collected(text, lines::all), [""; 0], "{text:?}");
        }
        // Items that run together are reported as such, not as a table.
        for text in ["●\tOne\n●\tTwo", "a)\tOne\nb)\tTwo"] {
            assert_eq!(collected(text, lines::all).len(), 1, "{text:?}");
        }
    }
}
