//! Flow collections: lists and mappings in brackets.

use super::super::node::{Entry, Node, Value};
use super::super::parse::has_duplicates;
use super::SimpleParser;
use crate::place::Located;

impl SimpleParser<'_> {
    /// A list or mapping in brackets, in a list or mapping at the given column.
    pub(super) fn flow(&mut self, column: usize) -> Option<Node> {
        let (start, is_map) = (self.at, self.peek(0)? == b'{');
        let closing = if is_map { b'}' } else { b']' };
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        let length = self.open()?;
        if is_map {
            entries.reserve(length);
        } else {
            items.reserve(length);
        }
        self.at += 1;
        self.skip_flow_gap(column)?;
        while self.peek(0)? != closing {
            if is_map {
                let key = self.flow_key()?;
                self.skip_flow_gap(column)?;
                let value = self.flow_value(column)?;
                entries.push(Entry { key, value });
            } else {
                items.push(self.flow_value(column)?);
            }
            self.skip_flow_gap(column)?;
            match self.peek(0)? {
                b',' => {
                    self.at += 1;
                    self.skip_flow_gap(column)?;
                    // A comma before the closing bracket is left to the parser.
                    (self.peek(0)? != closing).then_some(())?;
                }
                byte => (byte == closing).then_some(())?,
            }
        }
        if has_duplicates(&entries) {
            return None;
        }
        self.at += 1;
        self.close(items.len() + entries.len());
        let value = if is_map { Value::Map(entries) } else { Value::List(items) };
        Some(self.node(start, self.at, value))
    }

    /// Skips spaces and line ends between the parts of a flow collection.
    fn skip_flow_gap(&mut self, column: usize) -> Option<()> {
        self.skip_spaces();
        while self.peek(0)? == b'\n' {
            self.at += 1;
            let line = self.at;
            self.skip_spaces();
            (self.peek(0)? == b'\n' || self.at - line > column).then_some(())?;
        }
        (self.peek(0)? != b'#').then_some(())
    }

    fn flow_key(&mut self) -> Option<Located<String>> {
        let start = self.at;
        let end = self.flow_plain_end()?;
        // A space must follow the colon, otherwise it might be part of the word.
        if self.bytes.get(end) != Some(&b':') || self.bytes.get(end + 1) != Some(&b' ') {
            return None;
        }
        self.at = end + 1;
        self.named(start, end)
    }

    fn flow_value(&mut self, column: usize) -> Option<Node> {
        match self.peek(0)? {
            b'[' | b'{' => self.flow(column),
            b'"' | b'\'' => {
                let quoted = self.quoted()?;
                (self.peek(0)? != b':').then_some(quoted)
            }
            _ => {
                let start = self.at;
                let end = self.flow_plain_end()?;
                if !matches!(self.bytes.get(end), Some(b',' | b']' | b'}')) {
                    return None;
                }
                self.at = end;
                let text = self.text[start..end].trim_end_matches(' ');
                self.scalar(start, start + text.len(), text.to_owned(), false)
            }
        }
    }

    /// End of the plain scalar that starts here, within brackets.
    fn flow_plain_end(&self) -> Option<usize> {
        if !Self::begins_plain(self.peek(0)?) {
            return None;
        }
        let mut at = self.at;
        loop {
            at += self.bytes[at..].iter().position(|byte| MAY_END_FLOW[usize::from(*byte)])?;
            match self.bytes[at] {
                b':' if !matches!(self.bytes.get(at + 1)?, b' ' | b'\n' | b',' | b'[' | b']' | b'{' | b'}') => at += 1,
                b'#' if self.bytes[at - 1] == b' ' => return None,
                b'#' => at += 1,
                b'\n' => return None,
                _ => return Some(at),
            }
        }
    }
}

/// The bytes that may end a plain scalar within brackets.
const MAY_END_FLOW: [bool; 256] = {
    let mut table = [false; 256];
    let mut bytes: &[u8] = b",[]{}:#\n";
    while let [first, rest @ ..] = bytes {
        table[*first as usize] = true;
        bytes = rest;
    }
    table
};
