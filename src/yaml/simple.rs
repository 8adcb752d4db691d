//! A fast path for most registers and front matter: block mappings and lists, scalars and flow collections, without
//! anchors, tags, escapes and block scalars. It builds the same tree as the parser, ten times as fast.
//!
//! Anything that the parser might interpret differently is left to the parser; nothing is then read or reported here.

mod flow;

use super::node::{Entry, Node, Scalar, Value};
use super::parse::{Limits, has_duplicates};
use crate::place::{Located, Span};

/// Maximum length of a key, in bytes.
const MAX_KEY: usize = 256;

/// Reads a text; `None` if it is not simple. `base` is the offset of its first byte in the file, and `nodes` the number
/// of nodes already read from the same file.
pub(super) fn read(text: &str, base: usize, limits: Limits, nodes: &mut usize) -> Option<Node> {
    if !is_plain(text) {
        return None;
    }
    let (bytes, lengths) = (text.as_bytes(), Vec::new());
    let mut simple = SimpleParser { text, bytes, base, at: 0, column: None, depth: 0, nodes: *nodes, limits, lengths };
    simple.next_content()?;
    let column = simple.column?;
    let root = simple.block(column)?;
    *nodes = simple.nodes;
    (simple.column.is_none()).then_some(root)
}

/// Whether a text contains no control characters except line feeds, and no byte order mark or Unicode line separator.
fn is_plain(text: &str) -> bool {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0x7f);
    let is_letter = |c: char| !c.is_control() && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}');
    // A loop over all bytes is faster than one with an early exit.
    !text.bytes().fold(false, |found, byte| found | is_control(byte))
        && (text.is_ascii() || text.chars().all(|c| c == '\n' || is_letter(c)))
}

struct SimpleParser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    base: usize,
    /// Position of the next byte to read.
    at: usize,
    /// Column of the content that starts at `at`, once a whole line has been read; `None` at the end of the text.
    column: Option<usize>,
    /// Number of open lists and mappings.
    depth: usize,
    nodes: usize,
    limits: Limits,
    /// At each depth, the number of items or entries of the last list or mapping: the next one is mostly as long.
    lengths: Vec<usize>,
}

/// The maximum number of items for which a list has room from the start.
const MAX_EXPECTED_ITEMS: usize = 32;

/// The end of a plain scalar.
enum End {
    /// A colon, so the scalar is a key.
    Key,
    /// The end of the line.
    Line,
    /// A comment.
    Comment,
}

impl<'t> SimpleParser<'t> {
    fn peek(&self, offset: usize) -> Option<u8> {
        self.bytes.get(self.at + offset).copied()
    }

    /// Whether a byte ends a word: a space, a line feed, or the end of the text.
    fn is_word_end(byte: Option<u8>) -> bool {
        matches!(byte, None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        while self.peek(0) == Some(b' ') {
            self.at += 1;
        }
    }

    fn count(&mut self) -> Option<()> {
        self.nodes += 1;
        (self.nodes <= self.limits.nodes).then_some(())
    }

    /// Opens a list or mapping, and returns its expected length.
    fn open(&mut self) -> Option<usize> {
        self.count()?;
        self.depth += 1;
        (self.depth <= self.limits.depth).then(|| self.lengths.get(self.depth).map_or(0, |length| *length))
    }

    /// Closes a list or mapping of some length.
    fn close(&mut self, length: usize) {
        if self.lengths.len() <= self.depth {
            self.lengths.resize(self.depth + 1, 0);
        }
        self.lengths[self.depth] = length.min(MAX_EXPECTED_ITEMS);
        self.depth -= 1;
    }

    fn node(&self, start: usize, end: usize, value: Value) -> Node {
        Node { span: Span::from(self.base + start..self.base + end), value }
    }

    fn scalar(&mut self, start: usize, end: usize, text: String, quoted: bool) -> Option<Node> {
        self.count()?;
        Some(self.node(start, end, Value::Scalar(Scalar { text, quoted })))
    }

    /// Ends a line that contains nothing further but spaces or a comment, and advances to the next content.
    fn end_line(&mut self) -> Option<()> {
        let before = self.at;
        self.skip_spaces();
        match self.peek(0) {
            Some(b'#') if self.at > before => self.skip_line(),
            Some(b'\n') => self.at += 1,
            None => {}
            Some(_) => return None,
        }
        self.next_content()
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    }

    /// Advances from the start of a line to the next content, skipping blank lines and comments.
    fn next_content(&mut self) -> Option<()> {
        loop {
            let line = self.at;
            self.skip_spaces();
            match self.peek(0) {
                None => {
                    self.column = None;
                    return Some(());
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                Some(_) => {
                    let is_marker = self.at == line && matches!(self.bytes.get(line..line + 3), Some(b"---" | b"..."));
                    self.column = Some(self.at - line);
                    return (!is_marker).then_some(());
                }
            }
        }
    }

    fn is_dash(&self) -> bool {
        self.peek(0) == Some(b'-') && Self::is_word_end(self.peek(1))
    }

    /// A list or mapping that starts here, at the given column.
    fn block(&mut self, column: usize) -> Option<Node> {
        if self.is_dash() { self.list(column, self.at) } else { self.map(column) }
    }

    fn list(&mut self, column: usize, start: usize) -> Option<Node> {
        let mut items = Vec::with_capacity(self.open()?);
        while self.column == Some(column) && self.is_dash() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            items.push(self.item(column, column + self.at - dash)?);
        }
        self.close(items.len());
        let end = items.last().map_or(start, |item| item.span.end as usize - self.base);
        Some(self.node(start, end, Value::List(items)))
    }

    /// An item of a list whose dash is at `column`; the item itself starts at column `inner`.
    fn item(&mut self, column: usize, inner: usize) -> Option<Node> {
        let is_key = matches!(self.plain_end(self.at)?, (_, End::Key));
        if is_key && Self::begins_plain(self.peek(0)?) {
            self.column = Some(inner);
            return self.map(inner);
        }
        self.value(column)
    }

    fn map(&mut self, column: usize) -> Option<Node> {
        let (start, mut entries) = (self.at, Vec::with_capacity(self.open()?));
        while self.column == Some(column) {
            let key = self.key()?;
            self.skip_spaces();
            let value = match self.peek(0)? {
                b'\n' | b'#' => self.below(column)?,
                _ => self.value(column)?,
            };
            entries.push(Entry { key, value });
        }
        if has_duplicates(&entries) {
            return None;
        }
        if self.column.is_some_and(|next| next > column) {
            return None;
        }
        self.close(entries.len());
        let end = entries.last().map_or(start, |entry: &Entry| entry.value.span.end as usize - self.base);
        Some(self.node(start, end, Value::Map(entries)))
    }

    /// A key and its colon.
    fn key(&mut self) -> Option<Located<String>> {
        let start = self.at;
        if !Self::begins_plain(self.peek(0)?) {
            return None;
        }
        let (end, End::Key) = self.plain_end(start)? else { return None };
        self.at = end + 1;
        self.named(start, end)
    }

    fn named(&mut self, start: usize, end: usize) -> Option<Located<String>> {
        let name = &self.text[start..end];
        self.count()?;
        let span = Span::from(self.base + start..self.base + end);
        (name.len() <= MAX_KEY && !name.ends_with(' ')).then(|| Located { value: name.to_owned(), span })
    }

    /// The value of a key whose own line is otherwise empty.
    fn below(&mut self, column: usize) -> Option<Node> {
        // A comment must follow a space, but the preceding character is the colon.
        if self.peek(0) == Some(b'#') && self.bytes[self.at - 1] != b' ' {
            return None;
        }
        self.skip_line();
        self.next_content()?;
        match self.column? {
            next if next > column => self.block(next),
            // For the parser, a list at the column of its key starts at its first item.
            next if next == column && self.is_dash() => {
                let spaces = self.bytes[self.at + 1..].iter().take_while(|byte| **byte == b' ').count();
                self.list(column, self.at + 1 + spaces)
            }
            _ => None,
        }
    }

    /// A value that starts on the current line, in a list or mapping at the given column.
    fn value(&mut self, column: usize) -> Option<Node> {
        let value = match self.peek(0)? {
            b'[' | b'{' => self.flow(column)?,
            b'"' | b'\'' => self.quoted()?,
            _ => return self.plain(column),
        };
        self.end_line()?;
        self.ends_within(column).then_some(value)
    }

    /// Whether the next content does not continue the value of a list or mapping at the given column.
    fn ends_within(&self, column: usize) -> bool {
        self.column.is_none_or(|next| next <= column)
    }

    /// Whether a byte always starts a plain scalar, regardless of the next byte.
    fn begins_plain(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte >= 0x80 || b"(<=+$_/.;^".contains(&byte)
    }

    /// End of the plain scalar that starts at `start`, and what ends it.
    fn plain_end(&self, start: usize) -> Option<(usize, End)> {
        let mut at = start;
        loop {
            let rest = self.bytes.get(at..)?;
            at += memchr::memchr3(b'\n', b':', b'#', rest).unwrap_or(rest.len());
            match self.bytes.get(at) {
                None | Some(b'\n') => return Some((at, End::Line)),
                Some(b':') if Self::is_word_end(self.bytes.get(at + 1).copied()) => return Some((at, End::Key)),
                Some(b'#') if at > start && self.bytes[at - 1] == b' ' => return Some((at, End::Comment)),
                Some(_) => at += 1,
            }
        }
    }

    /// A plain scalar, including its continuation lines.
    fn plain(&mut self, column: usize) -> Option<Node> {
        let start = self.at;
        let (first, mut continues) = self.plain_line(column)?;
        let (mut end, mut text) = (start + first.len(), first.to_owned());
        while continues {
            let line_start = self.at;
            let (line, is_continued) = self.plain_line(column)?;
            text.push(' ');
            text.push_str(line);
            (end, continues) = (end.max(line_start + line.len()), is_continued);
        }
        self.scalar(start, end, text, false)
    }

    /// A line of a plain scalar, and whether the next line continues it.
    fn plain_line(&mut self, column: usize) -> Option<(&'t str, bool)> {
        if !Self::begins_plain(self.peek(0)?) {
            return None;
        }
        let (stop, end_kind) = self.plain_end(self.at)?;
        let line = self.text[self.at..stop].trim_end_matches(' ');
        self.at = stop;
        match end_kind {
            End::Key => return None,
            End::Comment => self.skip_line(),
            End::Line => self.at = (stop + 1).min(self.bytes.len()),
        }
        let next_line = self.at;
        self.next_content()?;
        if self.ends_within(column) {
            return Some((line, false));
        }
        // Only a directly following line certainly continues the scalar.
        let is_next =
            !matches!(end_kind, End::Comment) && self.bytes[next_line..self.at].iter().all(|byte| *byte == b' ');
        is_next.then_some((line, true))
    }

    /// A quoted scalar on one line and without escapes.
    fn quoted(&mut self) -> Option<Node> {
        let (start, quote) = (self.at, self.peek(0)?);
        let mut at = start + 1;
        let mut is_doubled = false;
        loop {
            match *self.bytes.get(at)? {
                b'\n' => return None,
                b'\\' if quote == b'"' => return None,
                byte if byte != quote => at += 1,
                _ if quote == b'\'' && self.bytes.get(at + 1) == Some(&quote) => {
                    is_doubled = true;
                    at += 2;
                }
                _ => break,
            }
        }
        let inner = &self.text[start + 1..at];
        self.at = at + 1;
        let text = if is_doubled { inner.replace("''", "'") } else { inner.to_owned() };
        self.scalar(start, at + 1, text, true)
    }
}

#[cfg(test)]
mod tests;
