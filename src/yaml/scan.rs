//! Lists the complete YAML content of a text, for tests with arbitrary input.

use super::{Limits, Node, Reader, ReaderRules, Value};
use crate::finding::{Problem, reading};
use crate::place::{SourceText, Span};

const RULES: ReaderRules = ReaderRules {
    invalid: reading::INVALID_SETTINGS,
    unknown_key: reading::UNKNOWN_KEY,
    date: reading::INVALID_DATE,
    interval: reading::INVALID_INTERVAL,
    allows_direction_changes: true,
};

/// The content of a text.
#[derive(Debug, Default)]
pub struct YamlScan {
    /// Scalars and keys with their places, in order; the flag says whether they are quoted or a block.
    pub scalars: Vec<(Span, String, bool)>,
    /// Places of lists and mappings.
    pub collections: Vec<Span>,
    /// Whether the whole text was read.
    pub complete: bool,
    /// The problems found.
    pub problems: Vec<Problem>,
}

/// Scans a whole text.
pub fn scan(source: &SourceText) -> YamlScan {
    let mut reader = Reader::new(source, RULES);
    let tree = reader.parse(0..source.as_str().len(), Limits::FILE);
    let mut scan = YamlScan { complete: tree.is_complete, ..YamlScan::default() };
    tree.root.iter().for_each(|root| scan.add(root));
    scan.problems = reader.finish();
    scan
}

impl YamlScan {
    fn add(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(scalar) => self.scalars.push((node.span, scalar.text.clone(), scalar.quoted)),
            Value::List(items) => {
                self.collections.push(node.span);
                items.iter().for_each(|item| self.add(item));
            }
            Value::Map(entries) => {
                self.collections.push(node.span);
                for entry in entries {
                    self.scalars.push((entry.key.span, entry.key.value.clone(), true));
                    self.add(&entry.value);
                }
            }
            Value::Refused => self.collections.push(node.span),
        }
    }
}
