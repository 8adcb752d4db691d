//! Builds a tree with positions from the parser's events, within limits.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Mark};

use super::node::{Entry, Node, Scalar, Value};
use super::offsets::Offsets;
use super::simple;
use super::syntax::{self, SyntaxError};
use crate::place::{Located, Span};

/// Size limits for a YAML text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Maximum length in bytes.
    pub(crate) bytes: usize,
    /// Maximum nesting depth of lists and mappings.
    pub(crate) depth: usize,
    /// Maximum number of scalars, lists and mappings.
    pub(crate) nodes: usize,
}

impl Limits {
    /// Limits for the front matter of a document.
    pub(crate) const FRONT_MATTER: Limits = Limits { bytes: 64 * 1024, depth: 32, nodes: 20_000 };
    /// Limits for settings and catalogues.
    pub(crate) const FILE: Limits = Limits { bytes: 4 * 1024 * 1024, depth: 32, nodes: 200_000 };
    /// Limits for registers with tens of thousands of entries.
    pub(crate) const REGISTER: Limits = Limits { bytes: 8 * 1024 * 1024, depth: 32, nodes: 2_000_000 };
}

/// The reason why a text was not read to its end.
pub(super) enum Failure {
    /// A syntax error; the text after it may be valid.
    Syntax(SyntaxError),
    /// The text exceeds a limit.
    TooLarge(SyntaxError),
}

/// The state of reading one file.
pub(super) struct Progress<'p> {
    pub(crate) limits: Limits,
    /// Number of nodes built so far.
    pub(crate) nodes: usize,
    pub(crate) syntax_errors: &'p mut Vec<SyntaxError>,
    /// Entries of the outermost mapping that repeat an earlier key.
    pub(crate) duplicates: &'p mut Vec<Entry>,
}

/// Parses one piece of a file into a tree; `None` if the piece is empty.
pub(super) fn build(offsets: Offsets<'_>, progress: &mut Progress<'_>) -> Result<Option<Node>, Failure> {
    match simple::read(offsets.text(), offsets.base(), progress.limits, &mut progress.nodes) {
        Some(root) => Ok(Some(root)),
        None => build_by_events(offsets, progress),
    }
}

/// Like [`build`], through the parser's events and therefore for any YAML.
pub(super) fn build_by_events(offsets: Offsets<'_>, progress: &mut Progress<'_>) -> Result<Option<Node>, Failure> {
    let parser = Parser::new_from_str(offsets.text());
    let mut builder = Builder { offsets, progress, open: Vec::new(), root: None, documents: 0 };
    for event in parser {
        match event {
            Ok((Event::DocumentStart(_), mark)) if builder.documents > 0 => {
                builder.refuse_document(mark);
                break;
            }
            Ok((event, mark)) => builder.take(event, mark)?,
            Err(error) => return Err(builder.failure(&error)),
        }
    }
    Ok(builder.root)
}

/// A list or mapping that is being read.
struct OpenCollection {
    /// Start in bytes of the piece.
    start: usize,
    refused: bool,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(Vec<Entry>, KeyState),
}

/// The state of a mapping between key and value.
enum KeyState {
    /// A key is expected.
    Awaited,
    /// The value of this key is expected.
    Read(Located<String>),
    /// The value of a rejected key is expected.
    Refused,
}

struct Builder<'t, 'a, 'p> {
    offsets: Offsets<'t>,
    progress: &'a mut Progress<'p>,
    open: Vec<OpenCollection>,
    root: Option<Node>,
    documents: usize,
}

impl Builder<'_, '_, '_> {
    fn take(&mut self, event: Event<'_>, mark: Mark) -> Result<(), Failure> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.documents += 1;
                Ok(())
            }
            Event::Alias(_) => {
                let refused = self.refuse(mark, "*");
                self.attach(refused)
            }
            Event::Scalar(text, style, anchor, tag) => {
                let node = match marker(anchor, tag.is_some()) {
                    Some(marker) => self.refuse(mark, marker),
                    None => self.scalar(text.into_owned(), style, mark),
                };
                self.attach(node)
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(mark, marker(anchor, tag.is_some()), Content::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.start(mark, marker(anchor, tag.is_some()), Content::Map(Vec::new(), KeyState::Awaited))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(mark),
        }
    }

    fn refuse_document(&mut self, mark: Mark) {
        let start = self.offsets.within(mark.start.index());
        let end = self.offsets.within(mark.end.index());
        let span = self.offsets.span(start, end);
        let help = "keep one document, and remove this line";
        self.progress.syntax_errors.push(SyntaxError::new(span, "a second YAML document begins here", help));
    }

    fn failure(&mut self, error: &ScanError) -> Failure {
        let open = self.open_bracket();
        Failure::Syntax(syntax::syntax_error(error, &mut self.offsets, open))
    }

    /// Reports an anchor, an alias or a tag.
    fn refuse(&mut self, mark: Mark, marker: &str) -> Node {
        let start = self.offsets.within(mark.start.index());
        let word = self.offsets.text()[start..].split(|c: char| c.is_whitespace() || ",]}".contains(c)).next();
        let span = self.offsets.span(start, start + word.map_or(0, str::len));
        let message = match marker {
            "!" => "tags such as `!name` are not supported",
            _ => "anchors and aliases such as `&name` and `*name` are not supported",
        };
        let help = format!("write the value out; put it in quotes if it begins with `{marker}`");
        self.progress.syntax_errors.push(SyntaxError::new(span, message, &help));
        Node { span, value: Value::Refused }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, mark: Mark) -> Node {
        let start = self.offsets.within(mark.start.index());
        let end = self.offsets.within(mark.end.index());
        let piece = self.offsets.text();
        let (start, end) = match style {
            ScalarStyle::Plain if text.is_empty() => empty_place(piece, start),
            ScalarStyle::Plain => (start, end),
            ScalarStyle::SingleQuoted => (start, closing_quote(piece, start, b'\'')),
            ScalarStyle::DoubleQuoted => (start, closing_quote(piece, start, b'"')),
            ScalarStyle::Literal | ScalarStyle::Folded => (start, start + piece[start..end].trim_end().len()),
        };
        let quoted = style != ScalarStyle::Plain;
        Node { span: self.offsets.span(start, end), value: Value::Scalar(Scalar { text, quoted }) }
    }

    fn start(&mut self, mark: Mark, marker: Option<&str>, content: Content) -> Result<(), Failure> {
        if let Some(marker) = marker {
            self.refuse(mark, marker);
        }
        let start = self.offsets.within(mark.start.index());
        let span = self.offsets.span(start, start);
        self.count(span)?;
        if self.open.len() >= self.progress.limits.depth {
            let levels = self.progress.limits.depth;
            let message = format!("this is nested more than {levels} levels deep");
            return Err(Failure::Syntax(SyntaxError::new(span, message, "")));
        }
        self.open.push(OpenCollection { start, refused: marker.is_some(), content });
        Ok(())
    }

    fn end(&mut self, mark: Mark) -> Result<(), Failure> {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let end = self.offsets.within(mark.start.index());
        let span = self.container_span(&frame, end);
        let value = match frame.content {
            _ if frame.refused => Value::Refused,
            Content::List(items) => Value::List(items),
            Content::Map(mut entries, _) => {
                let duplicates = remove_duplicates(&mut entries, self.progress.syntax_errors);
                if self.open.is_empty() {
                    self.progress.duplicates.extend(duplicates);
                }
                Value::Map(entries)
            }
        };
        self.attach_counted(Node { span, value });
        Ok(())
    }

    /// The span of a list or mapping. In flow style it ends with the bracket, otherwise with the last value.
    fn container_span(&self, frame: &OpenCollection, end: usize) -> Span {
        let bytes = self.offsets.text().as_bytes();
        let (opening, closing, last) = match &frame.content {
            Content::List(items) => (b'[', b']', items.last().map(|item| item.span)),
            Content::Map(entries, _) => (b'{', b'}', entries.last().map(|entry| entry.value.span)),
        };
        if bytes.get(frame.start) == Some(&opening) && bytes.get(end) == Some(&closing) {
            return self.offsets.span(frame.start, end + 1);
        }
        let start = self.offsets.span(frame.start, frame.start);
        let last = last.map_or(start.end, |last| last.end.max(start.end));
        // After a comma before the bracket, the parser's mark is not at the bracket.
        let value_end = frame.start + (last - start.start) as usize;
        let is_between = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b',');
        let close = value_end + bytes.iter().skip(value_end).take_while(|byte| is_between(byte)).count();
        match bytes.get(frame.start) == Some(&opening) && bytes.get(close) == Some(&closing) {
            true => self.offsets.span(frame.start, close + 1),
            false => Span { start: start.start, end: last },
        }
    }

    fn attach(&mut self, node: Node) -> Result<(), Failure> {
        self.count(node.span)?;
        self.attach_counted(node);
        Ok(())
    }

    fn attach_counted(&mut self, node: Node) {
        match self.open.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map(entries, key)) => match std::mem::replace(key, KeyState::Awaited) {
                KeyState::Awaited => *key = as_key(node, self.progress.syntax_errors),
                KeyState::Read(key) => entries.push(entry(key, node)),
                KeyState::Refused => {}
            },
        }
    }

    fn count(&mut self, span: Span) -> Result<(), Failure> {
        self.progress.nodes += 1;
        let max_nodes = self.progress.limits.nodes;
        if self.progress.nodes <= max_nodes {
            return Ok(());
        }
        Err(Failure::TooLarge(SyntaxError::new(span, format!("there are more than {max_nodes} values up to here"), "")))
    }

    /// Position of the innermost open bracket.
    fn open_bracket(&self) -> Option<usize> {
        let bytes = self.offsets.text().as_bytes();
        self.open.iter().rev().map(|frame| frame.start).find(|&start| matches!(bytes.get(start), Some(b'[' | b'{')))
    }
}

fn marker(anchor: usize, tagged: bool) -> Option<&'static str> {
    if tagged { Some("!") } else { (anchor > 0).then_some("&") }
}

/// Creates an entry; an empty value gets the place of its key.
fn entry(key: Located<String>, mut value: Node) -> Entry {
    if matches!(&value.value, Value::Scalar(scalar) if scalar.is_null() && scalar.text.is_empty()) {
        value.span = key.span;
    }
    Entry { key, value }
}

fn as_key(node: Node, syntax_errors: &mut Vec<SyntaxError>) -> KeyState {
    let span = node.span;
    match node.value {
        Value::Scalar(scalar) if !scalar.text.is_empty() => KeyState::Read(Located { value: scalar.text, span }),
        Value::Refused => KeyState::Refused,
        Value::Scalar(_) => {
            syntax_errors.push(SyntaxError::new(span, "there is no key before this `:`", "write `key: value`"));
            KeyState::Refused
        }
        Value::List(_) | Value::Map(_) => {
            let help = "put a value that begins with `{` or `[` in quotes";
            syntax_errors.push(SyntaxError::new(span, "a key must be a text", help));
            KeyState::Refused
        }
    }
}

/// Removes each entry whose key appeared before, and reports it.
pub(super) fn remove_duplicates(entries: &mut Vec<Entry>, syntax_errors: &mut Vec<SyntaxError>) -> Vec<Entry> {
    let duplicate_pairs = find_duplicates(entries);
    for (first, second) in &duplicate_pairs {
        syntax_errors.push(SyntaxError::duplicate_key(&entries[*second].key, entries[*first].key.span));
    }
    let mut duplicate_positions = duplicate_pairs.iter().map(|(_, second)| *second).peekable();
    let mut at = 0..;
    entries.extract_if(.., |_| duplicate_positions.next_if_eq(&at.next().unwrap_or(usize::MAX)).is_some()).collect()
}

/// Whether any key appears twice.
pub(super) fn has_duplicates(entries: &[Entry]) -> bool {
    !are_certainly_distinct(entries) && !find_duplicates(entries).is_empty()
}

/// A cheap hash of a key as one of 64 bits; `None` for keys of fewer than two bytes. The factors were chosen so that
/// the keys of front matter and registers rarely share a bit.
#[inline]
pub(crate) fn key_bit(key: &str) -> Option<u64> {
    let [first, .., last] = key.as_bytes() else { return None };
    Some(1 << ((key.len() + 18 * usize::from(*first) + 13 * usize::from(*last)) % 64))
}

/// Whether all keys differ in a simple hash, as those of most mappings do.
fn are_certainly_distinct(entries: &[Entry]) -> bool {
    let mut seen = 0_u64;
    entries.iter().all(|entry| {
        let bit = key_bit(&entry.key.value).unwrap_or(1);
        let is_new = seen & bit == 0;
        seen |= bit;
        is_new
    })
}

fn find_duplicates(entries: &[Entry]) -> Vec<(usize, usize)> {
    if entries.len() <= MAX_PAIRWISE_KEYS { doubled_few(entries) } else { doubled_many(entries) }
}

/// Maximum number of keys for which pairwise comparison is cheaper than hashing.
const MAX_PAIRWISE_KEYS: usize = 32;

fn doubled_few(entries: &[Entry]) -> Vec<(usize, usize)> {
    let key = |at: usize| entries[at].key.value.as_str();
    let first_of = |second: usize| (0..second).find(|&first| key(first) == key(second));
    (1..entries.len()).filter_map(|second| Some((first_of(second)?, second))).collect()
}

fn doubled_many(entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut first_positions = HashMap::with_capacity(entries.len());
    let mut duplicates = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        match first_positions.get(entry.key.value.as_str()) {
            Some(&first) => duplicates.push((first, at)),
            None => {
                first_positions.insert(entry.key.value.as_str(), at);
            }
        }
    }
    duplicates
}

/// The place of an empty value: the `-` of an empty item, or the position where the value would be.
fn empty_place(piece: &str, at: usize) -> (usize, usize) {
    let before = piece[..at].trim_end_matches([' ', '\t']);
    if before.ends_with('-') { (before.len() - 1, before.len()) } else { (at, at) }
}

/// End of a quoted scalar that starts at `start`; the parser's own mark is after the comment that follows it.
fn closing_quote(piece: &str, start: usize, quote: u8) -> usize {
    let bytes = piece.as_bytes();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        let is_doubled = quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        match byte {
            b'\\' if quote == b'"' => at += 2,
            _ if byte == quote && is_doubled => at += 2,
            _ if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    piece.len()
}
