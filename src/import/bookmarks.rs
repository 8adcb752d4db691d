//! Bookmarks in Word files and OpenDocument texts, and references to them.
//!
//! Pandoc drops most of them. Each is therefore written into the text before pandoc reads it, between characters that
//! do not occur in documents, and restored in pandoc's tree as an empty span with an id or as a link.

use quick_xml::events::Event;
use serde_json::{Value, json};

use super::anchors::GENERATED_MARK;
use super::tree::{Node, content, name, part};
use super::xml::{attribute, each_event, prefix, run};

/// Unicode noncharacters, reserved for internal use, that enclose the name of a bookmark.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';
/// Encloses the target of a reference, before its words.
const LINK: char = '\u{fdd2}';
/// Follows the words of a reference.
const END: char = '\u{fdd3}';
/// [`END`] as a string.
pub(super) const REFERENCE_END: &str = "\u{fdd3}";

/// Elements whose runs are not read as text.
const SKIPPED_ELEMENTS: [&str; 5] = ["del", "moveFrom", "oMath", "oMathPara", "pPr"];

/// Writes every bookmark and reference of a part into its text. Returns `None` if there are none, or if the part cannot
/// be read.
pub(super) fn write(xml: &str) -> Option<String> {
    let mut writer = Writer { out: String::with_capacity(xml.len()), ..Writer::default() };
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => writer.start(tag.local_name().as_ref(), raw),
            Event::Empty(tag) => {
                writer.start(tag.local_name().as_ref(), raw);
                writer.end_empty(tag.local_name().as_ref());
            }
            Event::End(tag) => writer.end(tag.local_name().as_ref(), raw),
            _ => writer.out.push_str(raw),
        }
        Some(())
    })?;
    writer.has_marks.then_some(writer.out)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Bookmarks to be written before the next run.
    pending: Vec<String>,
    /// Whether each open reference element has a target.
    references: Vec<bool>,
    /// The number of open elements whose runs are not text.
    skipped_depth: usize,
    has_marks: bool,
}

impl Writer {
    fn start(&mut self, element: &str, raw: &str) {
        if element == "r" {
            self.start_run(raw);
        }
        match element {
            "bookmark-ref" | "reference-ref" => self.open(raw),
            _ => self.out.push_str(raw),
        }
        self.skipped_depth += usize::from(SKIPPED_ELEMENTS.contains(&element));
        match element {
            "bookmarkStart" => {
                self.pending.extend(attribute(raw, "name").filter(|name| *name != "_GoBack").map(bookmark_mark))
            }
            "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                let mark = attribute(raw, "name").map(bookmark_mark).unwrap_or_default();
                self.has_marks |= !mark.is_empty();
                if raw.ends_with("/>") {
                    self.out.push_str(&mark);
                }
            }
            _ => {}
        }
    }

    /// Ends an empty element.
    fn end_empty(&mut self, element: &str) {
        self.skipped_depth -= usize::from(SKIPPED_ELEMENTS.contains(&element));
        match element {
            "bookmark-ref" | "reference-ref" => drop(self.references.pop()),
            _ => {}
        }
    }

    fn start_run(&mut self, raw: &str) {
        if self.skipped_depth == 0 {
            self.flush(prefix(raw));
        }
    }

    /// Opens a reference element, which may lack a target.
    fn open(&mut self, raw: &str) {
        self.out.push_str(raw);
        let name = attribute(raw, "ref-name").filter(|_| !raw.ends_with("/>"));
        if let Some(name) = name {
            self.out.push_str(&reference(&format!("#{name}")));
            self.has_marks = true;
        }
        self.references.push(name.is_some());
    }

    fn end(&mut self, element: &str, raw: &str) {
        self.skipped_depth = self.skipped_depth.saturating_sub(usize::from(SKIPPED_ELEMENTS.contains(&element)));
        let prefix = prefix(raw);
        match element {
            "bookmark-ref" | "reference-ref" if self.references.pop() == Some(true) => self.out.push(END),
            "p" if self.skipped_depth == 0 => self.flush(prefix),
            _ => {}
        }
        self.out.push_str(raw);
    }

    /// Writes the pending bookmarks as a run.
    fn flush(&mut self, prefix: &str) {
        if !self.pending.is_empty() {
            let marks = std::mem::take(&mut self.pending).concat();
            self.out += &run(prefix, &marks);
            self.has_marks = true;
        }
    }
}

/// Marks a bookmark.
pub(super) fn bookmark_mark(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// Marks the following words, up to [`REFERENCE_END`], as a link. The target must not contain white space.
pub(super) fn reference(target: &str) -> String {
    format!("{LINK}{target}{LINK}")
}

/// Restores the bookmarks and references that were written into the text of a tree.
pub(super) fn restore_marks(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut out = Vec::with_capacity(items.len());
            for item in items {
                match content(item).as_str().filter(|text| name(item) == "Str" && text.contains(is_mark)) {
                    Some(text) => split(text, &mut out),
                    None => out.push(restore_marks(item)),
                }
            }
            Value::Array(build_link(out))
        }
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), restore_marks(value))).collect())
        }
        Value::String(text) if text.contains(is_mark) => Value::String(strip_marks(text)),
        _ => value.clone(),
    }
}

/// The names of the bookmarks in a restored tree.
pub(super) fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        Value::Object(entries) if name(value) == "Span" => {
            let id = part(value, 0).get(0).and_then(Value::as_str).filter(|id| !id.is_empty());
            id.map(str::to_owned).into_iter().chain(entries.values().flat_map(ids)).collect()
        }
        Value::Object(entries) => entries.values().flat_map(ids).collect(),
        _ => Vec::new(),
    }
}

/// Whether a character is one of our marks, here or in [`anchors`](super::anchors).
fn is_mark(c: char) -> bool {
    (OPEN..=GENERATED_MARK).contains(&c)
}

/// Returns a text without marks and the names that they enclose.
fn strip_marks(text: &str) -> String {
    let mut out = Vec::new();
    split(text, &mut out);
    out.iter().filter(|node| name(node) == "Str").filter_map(|node| content(node).as_str()).collect()
}

/// Splits a text into its words, bookmarks, and starts and ends of references.
fn split(text: &str, out: &mut Vec<Node>) {
    let mut rest = text;
    while let Some(at) = rest.find(is_mark) {
        if at > 0 {
            out.push(json!({"t": "Str", "c": rest[..at]}));
        }
        let mark = rest[at..].chars().next().unwrap_or(END);
        rest = &rest[at + mark.len_utf8()..];
        let closing = if mark == OPEN { CLOSE } else { LINK };
        match (mark, rest.split_once(closing)) {
            (OPEN, Some((id, after))) => {
                out.push(json!({"t": "Span", "c": [[id, [], []], []]}));
                rest = after;
            }
            (LINK, Some((target, after))) => {
                out.push(json!({"t": "ReferenceStart", "c": target}));
                rest = after;
            }
            (END, _) => out.push(json!({"t": "ReferenceEnd"})),
            _ => {}
        }
    }
    if !rest.is_empty() {
        out.push(json!({"t": "Str", "c": rest}));
    }
}

/// Turns the inlines between the start and end of a reference into a link.
fn build_link(inlines: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(inlines.len());
    let mut open: Option<(usize, String)> = None;
    for inline in inlines {
        match name(&inline) {
            "ReferenceStart" => open = Some((out.len(), content(&inline).as_str().unwrap_or_default().to_owned())),
            "ReferenceEnd" => {
                if let Some((at, target)) = open.take() {
                    let words: Vec<Node> = out.drain(at..).collect();
                    if words.is_empty() {
                        continue;
                    }
                    out.push(json!({"t": "Link", "c": [["", [], []], words, [target, ""]]}));
                }
            }
            _ => out.push(inline),
        }
    }
    out
}
