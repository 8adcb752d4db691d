//! Everything that a text holds as YAML, for tests that read any bytes.

use super::{Limits, Node, Reader, Rules, Value};
use crate::finding::{Problem, reading};
use crate::place::{SourceText, Span};

const RULES: Rules = Rules {
    invalid: reading::INVALID_SETTINGS,
    unknown_key: reading::UNKNOWN_KEY,
    date: reading::INVALID_DATE,
    interval: reading::INVALID_INTERVAL,
    turned_text: true,
};

/// What a text holds.
#[derive(Debug, Default)]
pub struct Scan {
    /// Scalars and keys with their places, in order; with quotation marks or as a block when `true`.
    pub scalars: Vec<(Span, String, bool)>,
    /// Places of lists and mappings.
    pub others: Vec<Span>,
    /// Whether all of it was read.
    pub complete: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a whole text.
pub fn scan(source: &SourceText) -> Scan {
    let mut reader = Reader::new(source, RULES);
    let tree = reader.parse(0..source.as_str().len(), Limits::FILE);
    let mut scan = Scan { complete: tree.complete, ..Scan::default() };
    tree.root.iter().for_each(|root| scan.add(root));
    scan.problems = reader.finish();
    scan
}

impl Scan {
    fn add(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(scalar) => self.scalars.push((node.span, scalar.text.clone(), scalar.quoted)),
            Value::List(items) => {
                self.others.push(node.span);
                items.iter().for_each(|item| self.add(item));
            }
            Value::Map(entries) => {
                self.others.push(node.span);
                for entry in entries {
                    self.scalars.push((entry.key.span, entry.key.value.clone(), true));
                    self.add(&entry.value);
                }
            }
            Value::Refused => self.others.push(node.span),
        }
    }
}
