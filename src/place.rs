//! Positions in source files, which every finding refers to.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A value together with its location in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Byte range in the text, as stored in [`SourceText`].
    pub span: Span,
}

impl<T> Located<T> {
    /// Combines a value with its location.
    pub fn new(value: T, span: impl Into<Span>) -> Self {
        Located { value, span: span.into() }
    }
}

/// A half-open byte range in a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span { start: offset(range.start), end: offset(range.end) }
    }
}

/// Offsets are 32 bits wide; a source file is rejected long before it gets that large.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The location of a finding: a file of the handbook and, unless the finding concerns the whole file, a position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path relative to the handbook's folder, separated by `/`.
    pub(crate) file: Arc<str>,
    /// Position in the file; `None` means the whole file.
    pub position: Option<Position>,
    /// End of the marked text (exclusive), if it is more than a point.
    pub end: Option<Position>,
}

impl Place {
    /// The whole of a file.
    pub(crate) fn file(file: impl Into<Arc<str>>) -> Place {
        Place { file: file.into(), position: None, end: None }
    }

    /// The line; 1 if the place is a whole file.
    pub fn line(&self) -> u32 {
        self.position.map_or(1, |position| position.line)
    }

    /// The column; 1 if the place is a whole file.
    pub fn column(&self) -> u32 {
        self.position.map_or(1, |position| position.column)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match self.position {
            Some(Position { line, column }) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

/// The text and path of one source file; converts byte offsets to places.
///
/// The text has no byte order mark and all its lines end with `\n`, so lines and columns match those in an editor.
#[derive(Debug)]
pub struct SourceText {
    path: Arc<str>,
    text: Box<str>,
    /// Line counts at the start of each block of the text, and at its end.
    lines: OnceLock<Box<[LineInfo]>>,
    /// Number of characters before each block of the text; computed only if a line is longer than a block.
    counts: OnceLock<Vec<u32>>,
    /// Origin of each piece of the text, if it was assembled from several.
    origin: Option<Box<Origin>>,
}

/// Maps a text assembled from a file and insertions back to that file.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The text of the file itself.
    pub(crate) text: Arc<SourceText>,
    /// The insertions in order: each range in the assembled text, and the range of the file that it replaces.
    pub(crate) inserted: Vec<(Span, Span)>,
}

impl Origin {
    /// Maps a range of the assembled text to the file; a range inside an insertion maps to all that the insertion
    /// replaces.
    pub(crate) fn span(&self, span: Span) -> Span {
        let start = match self.last_where(|new| new.start <= span.start) {
            None => span.start,
            Some((new, old)) if span.start < new.end => old.start,
            Some((new, old)) => old.end + (span.start - new.end),
        };
        let end = match self.last_where(|new| new.start < span.end) {
            None => span.end,
            Some((new, old)) if span.end <= new.end => old.end,
            Some((new, old)) => old.end + (span.end - new.end),
        };
        Span { start, end: end.max(start) }
    }

    /// The last insertion that satisfies `is_before`.
    fn last_where(&self, is_before: impl Fn(&Span) -> bool) -> Option<&(Span, Span)> {
        self.inserted.partition_point(|(new, _)| is_before(new)).checked_sub(1).and_then(|last| self.inserted.get(last))
    }

    /// Whether a range of the assembled text overlaps an insertion.
    pub(crate) fn is_inserted(&self, span: Span) -> bool {
        let next = self.inserted.partition_point(|(new, _)| new.end <= span.start);
        self.inserted.get(next).is_some_and(|(new, _)| new.start < span.end || new.start <= span.start)
    }
}

/// Line information at one byte of a text.
#[derive(Clone, Copy, Debug, Default)]
struct LineInfo {
    /// Number of lines that end before the byte.
    before: u32,
    /// Start of the line that contains the byte.
    start: u32,
}

/// Size of a block in bytes, the most that is scanned for a position, however long its line is.
const BLOCK_BYTES: usize = 1024;

impl SourceText {
    /// Takes a text as read from disk: removes a byte order mark, and converts CR LF and bare CR to LF.
    pub fn new(path: impl Into<Arc<str>>, raw: &str) -> SourceText {
        let text = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        let text: Box<str> =
            if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() };
        SourceText { path: path.into(), text, lines: OnceLock::new(), counts: OnceLock::new(), origin: None }
    }

    /// A file's text with insertions; its places refer to the original file.
    pub(crate) fn with_origin(text: &str, origin: Origin) -> SourceText {
        let text = SourceText::new(origin.text.path.clone(), text);
        SourceText { origin: Some(Box::new(origin)), ..text }
    }

    /// The origin of the text's pieces, if it was assembled.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_deref()
    }

    /// Path relative to the handbook's folder.
    pub(crate) fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The position of a byte. An offset beyond the end gives the end; one inside a character gives that character.
    pub(crate) fn position(&self, byte: u32) -> Position {
        let byte = self.text.floor_char_boundary(byte as usize);
        let block = byte / BLOCK_BYTES;
        let (line_info, rest) = (self.lines()[block], &self.text.as_bytes()[block * BLOCK_BYTES..byte]);
        let line = line_info.before as usize + memchr::memchr_iter(b'\n', rest).count();
        let start = memchr::memrchr(b'\n', rest).map_or(line_info.start as usize, |end| block * BLOCK_BYTES + end + 1);
        let column = self.characters(start, byte);
        Position { line: offset(line + 1), column: offset(column + 1) }
    }

    /// The number of the line in which a byte range starts. In an assembled text, this is the line in the original
    /// file.
    pub(crate) fn line_number(&self, span: Span) -> u32 {
        if let Some(origin) = &self.origin {
            return origin.text.line_number(origin.span(span));
        }
        let byte = self.text.floor_char_boundary(span.start as usize);
        let block = byte / BLOCK_BYTES;
        let rest = &self.text.as_bytes()[block * BLOCK_BYTES..byte];
        offset(self.lines()[block].before as usize + memchr::memchr_iter(b'\n', rest).count() + 1)
    }

    /// The place of a byte range. In an assembled text, this is the place in the original file.
    pub fn place(&self, span: Span) -> Place {
        if let Some(origin) = &self.origin {
            return origin.text.place(origin.span(span));
        }
        Place {
            file: self.path.clone(),
            position: Some(self.position(span.start)),
            end: (span.end > span.start).then(|| self.position(span.end)),
        }
    }

    /// The text between two positions; empty if they do not delimit a range of this text.
    pub(crate) fn text_between(&self, start: Position, end: Position) -> &str {
        self.text.get(self.byte(start)..self.byte(end)).unwrap_or_default()
    }

    /// The byte offset of a position, or of the end of its line if that is shorter.
    fn byte(&self, position: Position) -> usize {
        let last = self.lines().last().map_or(0, |end| end.before as usize);
        let line = (position.line as usize).saturating_sub(1).min(last);
        let start = self.line_start(line).unwrap_or_default();
        let end = self.line_end(line);
        let column = position.column.saturating_sub(1) as usize;
        let (mut from, mut left) = (start, column);
        if column > BLOCK_BYTES {
            let target = self.characters(0, start) + column;
            let block = self.counts().partition_point(|count| *count as usize <= target).saturating_sub(1);
            if block * BLOCK_BYTES > start {
                from = self.text.ceil_char_boundary(block * BLOCK_BYTES);
                left = target - self.counts()[block] as usize;
            }
        }
        let from = from.min(end);
        self.text[from..end].char_indices().nth(left).map_or(end, |(at, _)| from + at)
    }

    /// A line without its line feed; `None` beyond the last line.
    pub fn line(&self, line: u32) -> Option<&str> {
        let at = (line as usize).checked_sub(1)?;
        Some(&self.text[self.line_start(at)?..self.line_end(at)])
    }

    /// Number of characters that start in a byte range.
    fn characters(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        if end - start <= BLOCK_BYTES {
            return count_characters(&bytes[start..end]);
        }
        let before = |byte: usize| {
            let block = byte / BLOCK_BYTES;
            self.counts()[block] as usize + count_characters(&bytes[block * BLOCK_BYTES..byte])
        };
        before(end) - before(start)
    }

    fn counts(&self) -> &[u32] {
        self.counts.get_or_init(|| {
            let sum = |total: &mut usize, block: &[u8]| {
                *total += count_characters(block);
                Some(offset(*total))
            };
            std::iter::once(0).chain(self.text.as_bytes().chunks(BLOCK_BYTES).scan(0, sum)).collect()
        })
    }

    /// Byte offset at which a line starts, counting lines from 0; `None` beyond the last line.
    fn line_start(&self, line: usize) -> Option<usize> {
        let Some(ends) = line.checked_sub(1) else { return Some(0) };
        let lines = self.lines();
        let block = lines.partition_point(|info| (info.before as usize) < line).checked_sub(1)?;
        let rest = self.text.as_bytes().get(block * BLOCK_BYTES..)?;
        let end = memchr::memchr_iter(b'\n', rest).nth(ends - lines[block].before as usize)?;
        Some(block * BLOCK_BYTES + end + 1)
    }

    /// Byte offset at which a line ends, not counting its line feed.
    fn line_end(&self, line: usize) -> usize {
        self.line_start(line + 1).map_or(self.text.len(), |next| next - 1)
    }

    fn lines(&self) -> &[LineInfo] {
        self.lines.get_or_init(|| {
            let mut line_info = LineInfo::default();
            let blocks = self.text.as_bytes().chunks(BLOCK_BYTES).enumerate().map(|(number, block)| {
                line_info.before += offset(memchr::memchr_iter(b'\n', block).count());
                let last = memchr::memrchr(b'\n', block);
                line_info.start = last.map_or(line_info.start, |end| offset(number * BLOCK_BYTES + end + 1));
                line_info
            });
            std::iter::once(LineInfo::default()).chain(blocks).collect()
        })
    }
}

/// Number of characters that start in these bytes of UTF-8, that is, of bytes that are not continuation bytes.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_are_those_that_counting_gives() {
        let text = SourceText::new("content/a.md", &format!("first\n{}\nlast", "aé\u{1f600}ü\u{4e2d}".repeat(1_000)));
        for (byte, _) in text.as_str().char_indices().step_by(7) {
            let before = &text.as_str()[..byte];
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let line = before.matches('\n').count() + 1;
            assert_eq!(text.position(byte as u32), Position { line: line as u32, column: column as u32 }, "{byte}");
            assert_eq!(text.line_number(Span { start: byte as u32, end: byte as u32 }), line as u32, "{byte}");
            assert_eq!(text.byte(text.position(byte as u32)), byte);
        }
        assert_eq!(text.line(2).map(|line| line.chars().count()), Some(5_000));
        assert_eq!((text.line(1), text.line(3), text.line(0), text.line(4)), (Some("first"), Some("last"), None, None));
    }

    #[test]
    fn lines_are_found_on_both_sides_of_every_block() {
        for (line, count) in [
            ("x\n", 3 * BLOCK_BYTES),
            ("\n", 2 * BLOCK_BYTES),
            (&*format!("{}\n", "é".repeat(700)), 5),
            ("x", BLOCK_BYTES),
        ] {
            let whole = line.repeat(count);
            let text = SourceText::new("content/a.md", &whole);
            for (at, expected) in whole.split('\n').enumerate() {
                assert_eq!(text.line(at as u32 + 1), Some(expected), "{at}");
                let begin = text.position(text.byte(Position { line: at as u32 + 1, column: 1 }) as u32);
                assert_eq!((begin.line, begin.column), (at as u32 + 1, 1), "{at}");
            }
            assert_eq!(text.line(whole.split('\n').count() as u32 + 1), None);
            assert_eq!(text.position(u32::MAX).line as usize, whole.split('\n').count());
        }
    }

    #[test]
    fn included_text_is_at_its_directive() {
        let file = Arc::new(SourceText::new("content/a.md", "one\nINSERT two"));
        let span = |start: u32, end: u32| Span { start, end };
        let origin = Origin { text: file, inserted: vec![(span(4, 14), span(4, 10))] };
        let whole = SourceText::with_origin("one\nother text two", origin);
        let origin = whole.origin().unwrap();
        for (new, old, is_inserted) in [
            (span(0, 3), span(0, 3), false),
            (span(4, 9), span(4, 10), true),
            (span(10, 14), span(4, 10), true),
            (span(15, 18), span(11, 14), false),
            (span(0, 18), span(0, 14), true),
            (span(8, 8), span(4, 10), true),
        ] {
            assert_eq!((origin.span(new), origin.is_inserted(new)), (old, is_inserted), "{new:?}");
        }
        assert_eq!(whole.place(span(15, 18)).to_string(), "content/a.md:2:8");
        assert_eq!(whole.line_number(span(15, 18)), 2);
    }

    #[test]
    fn many_positions_in_one_huge_line_take_no_longer_than_many_lines_would() {
        let text = SourceText::new("content/a.md", &"é".repeat(4 << 20));
        let far = (0..200_000).map(|at| text.position((8 << 20) - 2 * at).column).min();
        assert_eq!(far, Some((4 << 20) - 199_999 + 1));
    }

    #[test]
    fn columns_count_characters_and_line_ends_of_every_kind_end_a_line() {
        let text = SourceText::new("content/a.md", "\u{feff}é: 1\r\nünï: 2\rlast");
        let at = |byte| {
            let Position { line, column } = text.position(byte);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 2));
        let second = text.as_str().find("2").unwrap() as u32;
        assert_eq!(at(second), (2, 6));
        assert_eq!(at(9_999), (3, 5));
        assert_eq!(text.line(3), Some("last"));
    }
}
