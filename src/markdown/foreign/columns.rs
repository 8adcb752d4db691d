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

/// A line that is divided into columns.
struct ColumnLine {
    range: Range<usize>,
    division: Division,
    /// Whether it is the start of a sentence, rather than the head of a table.
    begins_sentence: bool,
    /// Whether a cell of it says how to reach somebody.
    names_contact: bool,
    /// Whether it consists of links.
    is_navigation: bool,
}

/// What is known about the line above.
#[derive(Default)]
pub(super) struct Columns {
    above: Option<ColumnLine>,
    /// Whether the lines belong to a table, or have been reported.
    is_done: bool,
}

impl Columns {
    /// Reads the next line.
    pub(super) fn read(&mut self, line: ContentLine<'_>, sink: &mut Sink<'_>) {
        let text = line.text();
        let marks = line.line.get(..line.words).unwrap_or_default().trim_matches([' ', '\t', '>']);
        // A heading, a tag or an item is not a row, whatever is between its words.
        let is_not_row = text.starts_with(['#', '<']) || is_item(text);
        if text.is_empty() || !marks.is_empty() || is_not_row {
            *self = Columns::default();
        }
        if is_not_row {
            return;
        }
        self.is_done |= memchr::memchr(b'|', text.as_bytes()).is_some() && is_rule(text);
        if is_simple_rule(text) {
            sink(&GRID, line.range());
            self.is_done = true;
        }
        let division = Division::of(text).filter(|_| !line.is_broken);
        let Some(division) = division else {
            self.above = None;
            return;
        };
        let (names_contact, is_navigation) = (names_contact(text), is_navigation(text));
        if let Some(above) = self.above.take()
            && !self.is_done
            && above.division.is_like(division)
            && !(above.begins_sentence && ends_sentence(text))
            && !(above.is_navigation && is_navigation)
            && !above.names_contact
            && !names_contact
        {
            sink(&TABLE, above.range);
            self.is_done = true;
        }
        let start = if division == Division::Drawn { 0 } else { text.find(char::is_alphanumeric).unwrap_or(0) };
        let range = line.start + line.words + start..line.range().end;
        self.above =
            Some(ColumnLine { range, division, begins_sentence: begins_sentence(text), names_contact, is_navigation });
    }
}

/// Whether a line begins a sentence that goes on below: a later column begins with a small letter, or a comma is in it.
fn begins_sentence(text: &str) -> bool {
    let mut columns = text.split(['|', '\t']).skip(1).map(str::trim_start);
    text.starts_with(char::is_uppercase)
        && (text.contains(", ") || columns.any(|words| words.starts_with(char::is_lowercase)))
}

/// Whether a line goes on from the sentence above and ends it.
fn ends_sentence(text: &str) -> bool {
    text.starts_with(char::is_lowercase) && text.ends_with(['.', '!', '?'])
}

/// Words before a telephone number.
const CONTACTS: [&str; 12] =
    ["phone", "telephone", "tel", "fon", "telefon", "fax", "telefax", "mobile", "mobil", "hotline", "tél", "tel/fax"];

/// Whether a line has a cell that says itself what its number is: `Fax 0113 496 0001`. A table says so in its head.
fn names_contact(text: &str) -> bool {
    let mut cells = text.split(['|', '\t']).map(str::trim);
    cells.any(|cell| {
        let (word, number) = cell.split_once(' ').unwrap_or_default();
        let word = word.trim_end_matches(['.', ':']).to_lowercase();
        CONTACTS.contains(&word.as_str()) && number.starts_with(|c: char| c.is_ascii_digit() || "+(".contains(c))
    })
}

/// Whether a line consists of links.
fn is_navigation(text: &str) -> bool {
    text.split(" | ").all(|cell| cell.starts_with('[') && cell.ends_with([')', ']']))
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
            ("State | Meaning\nopen | Nobody works on it.", "State | Meaning"),
            ("Name | Phone | Policy\nAnna | 0113 | [x](x.md)", "Name | Phone | Policy"),
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
            "Click File | Save, then\nclick Edit | Undo.",
            "Either a | b\nor c | d.",
            "Text in a line\twith a tab by accident\nand another\tone here.",
            "[Home](a.md) | [Desk](b.md)\n[News](c.md) | [Help](d.md)",
            "Example Ltd | Registered in England | No. 123456\nPhone 0113 | Fax 0114 | www.example.org",
        ] {
            assert_eq!(collected(text, lines::all), [""; 0], "{text:?}");
        }
        // Items that run together are reported as such, not as a table.
        for text in ["●\tOne\n●\tTwo", "a)\tOne\nb)\tTwo"] {
            assert_eq!(collected(text, lines::all).len(), 1, "{text:?}");
        }
    }
}
