//! Marks in the text that pandoc reads. Each is a bookmark as in [`bookmarks`](super::super::bookmarks), with a name
//! that no bookmark of a document has.

use serde_json::{Value, json};

use super::super::bookmarks::bookmark_mark;
use super::super::tree::{content, list, name, part};

/// Begins the names of marks. It is a Unicode noncharacter, reserved for internal use.
const SIGN: char = '\u{fdd7}';

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A comment or tracked change, by its number.
    Remark(usize),
    /// Blocks that were moved to the end, by their number.
    Blocks(usize),
    /// A cell of a header row.
    Head,
    /// The beginning of the moved blocks.
    End,
}

/// A comment or tracked change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    /// The class of the span that pandoc makes of one in a Word file.
    pub(super) class: &'static str,
    pub(super) author: String,
    pub(super) date: String,
    pub(super) words: String,
}

impl Mark {
    /// The mark as text.
    pub(super) fn text(self) -> String {
        bookmark_mark(&match self {
            Mark::Remark(number) => format!("{SIGN}r{number}"),
            Mark::Blocks(number) => format!("{SIGN}b{number}"),
            Mark::Head => format!("{SIGN}h"),
            Mark::End => format!("{SIGN}e"),
        })
    }

    /// The mark as a paragraph.
    pub(super) fn paragraph(self) -> String {
        format!("<text:p>{}</text:p>", self.text())
    }

    /// The mark that a node is.
    pub(super) fn of(node: &Value) -> Option<Mark> {
        let id = part(node, 0).get(0).and_then(Value::as_str).filter(|_| name(node) == "Span")?.strip_prefix(SIGN)?;
        let number = || id.get(1..)?.parse().ok();
        match id.chars().next()? {
            'r' => number().map(Mark::Remark),
            'b' => number().map(Mark::Blocks),
            'h' => Some(Mark::Head),
            'e' => Some(Mark::End),
            _ => None,
        }
    }

    /// The mark that is all of a paragraph.
    pub(super) fn of_paragraph(block: &Value) -> Option<Mark> {
        match list(content(block)) {
            [mark] if matches!(name(block), "Para" | "Plain") => Mark::of(mark),
            _ => None,
        }
    }
}

impl Remark {
    /// The span that pandoc would make of it.
    pub(super) fn span(&self) -> Value {
        let words: Vec<Value> =
            if self.words.is_empty() { Vec::new() } else { vec![json!({"t": "Str", "c": self.words})] };
        let pairs = [("author", &self.author), ("date", &self.date)];
        let pairs: Vec<Value> =
            pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| json!([key, value])).collect();
        json!({"t": "Span", "c": [["", [self.class], pairs], words]})
    }
}
