//! Editing of front matter that preserves the order of keys, comments and everything else.

use std::ops::Range;

use crate::finding::reading;
use crate::place::SourceText;
use crate::yaml::{Entry, Limits, Node, Reader, ReaderRules, Value};

/// The line before and after front matter.
const FENCE: &str = "---\n";

/// Front matter under edit.
pub(super) struct FrontEditor<'s> {
    text: &'s str,
    /// The range of the YAML in the file.
    yaml: Range<usize>,
    entries: Vec<Entry>,
    edits: Vec<(Range<usize>, String)>,
}

impl<'s> FrontEditor<'s> {
    /// Creates an editor for the front matter of a file, or returns `None` if there is none or it is not a readable
    /// mapping.
    pub(super) fn new(source: &'s SourceText) -> Option<FrontEditor<'s>> {
        let text = source.as_str();
        let after_fence = text.strip_prefix(FENCE)?;
        let end = FENCE.len() + after_fence.find("\n---\n")? + 1;
        let yaml = FENCE.len()..end;
        let mut reader = Reader::new(source, ReaderRules::all(reading::INVALID_FRONT_MATTER));
        let tree = reader.parse(yaml.clone(), Limits::FRONT_MATTER);
        let Value::Map(entries) = tree.root.filter(|_| tree.is_complete)?.value else { return None };
        Some(FrontEditor { text, yaml, entries, edits: Vec::new() })
    }

    /// The value under a key.
    pub(super) fn value(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// Removes a key with its value, but keeps comments before the next key.
    pub(super) fn remove(&mut self, key: &str) {
        let Some(at) = self.entries.iter().position(|entry| entry.key.value == key) else { return };
        let start = self.line_start(at);
        let next = if at + 1 < self.entries.len() { self.line_start(at + 1) } else { self.yaml.end };
        let mut end = next;
        while let Some(line) = self.line_before(end).filter(|line| line.start > start && self.is_comment(line)) {
            end = line.start;
        }
        self.edits.push((start..end, String::new()));
    }

    /// Replaces the value under a key by other YAML. Does nothing if the key is missing.
    pub(super) fn set(&mut self, key: &str, yaml: &str) {
        if let Some(span) = self.value(key).map(place) {
            self.edits.push((span, yaml.to_owned()));
        }
    }

    /// Replaces every string for which `change` returns another. Keys that are removed or set are not affected.
    pub(super) fn change_texts(&mut self, change: impl Fn(&str) -> Option<String>) {
        let mut changes = Vec::new();
        for entry in &self.entries {
            collect(&entry.value, &change, &mut changes);
        }
        let free = |range: &Range<usize>| {
            !self.edits.iter().any(|(edited, _)| range.start < edited.end && edited.start < range.end)
        };
        changes.retain(|(range, _)| free(range));
        self.edits.extend(changes);
    }

    /// Applies the edits, and returns the front matter with its fences, and the body after it.
    pub(super) fn finish(mut self) -> (String, &'s str) {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::from(FENCE);
        let mut at = self.yaml.start;
        for (range, text) in &self.edits {
            out.push_str(&self.text[at..range.start]);
            out.push_str(text);
            at = range.end;
        }
        out.push_str(&self.text[at..self.yaml.end]);
        out.push_str(FENCE);
        (out, &self.text[self.yaml.end + FENCE.len()..])
    }

    fn line_start(&self, entry: usize) -> usize {
        let key = self.entries[entry].key.span.start as usize;
        self.text[..key].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_before(&self, end: usize) -> Option<Range<usize>> {
        let line = self.text[..end].strip_suffix('\n')?;
        Some(line.rfind('\n').map_or(0, |at| at + 1)..end)
    }

    fn is_comment(&self, line: &Range<usize>) -> bool {
        let line = self.text[line.clone()].trim();
        line.is_empty() || line.starts_with('#')
    }
}

fn place(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

fn collect(node: &Node, change: &impl Fn(&str) -> Option<String>, changes: &mut Vec<(Range<usize>, String)>) {
    match &node.value {
        Value::Scalar(scalar) => {
            if let Some(text) = change(&scalar.text) {
                changes.push((place(node), super::text::quote_yaml(&text)));
            }
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, change, changes)),
        Value::Map(entries) => entries.iter().for_each(|entry| collect(&entry.value, change, changes)),
        Value::Refused => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nid: A-1 # for ever\ntitle: \"Old: name\"\n\nreviews:\n- on: 2026-01-01\n  by: Old\n# who\n\
                        owner: Old\nlast: x\n---\nBody\n";

    fn edited(edit: impl FnOnce(&mut FrontEditor<'_>)) -> String {
        let source = SourceText::new("a.md", TEXT);
        let mut editor = FrontEditor::new(&source).expect("front matter");
        edit(&mut editor);
        let (front, body) = editor.finish();
        assert_eq!(body, "Body\n");
        front
    }

    #[test]
    fn without_an_edit_nothing_changes() {
        assert_eq!(edited(|_| ()) + "Body\n", TEXT);
    }

    #[test]
    fn keys_go_and_values_change_while_comments_stay() {
        let front = edited(|editor| {
            editor.remove("reviews");
            editor.remove("last");
            editor.remove("absent");
            editor.set("id", "B-2");
            editor.change_texts(|text| text.contains("Old").then(|| text.replace("Old", "New")));
        });
        assert_eq!(front, "---\nid: B-2 # for ever\ntitle: \"New: name\"\n\n# who\nowner: \"New\"\n---\n");
    }

    #[test]
    fn front_matter_that_is_not_a_mapping_is_rejected() {
        for text in ["", "---\n", "---\n- a\n---\n", "no front matter\n", "---\na: [\n---\n"] {
            assert!(FrontEditor::new(&SourceText::new("a.md", text)).is_none(), "{text:?}");
        }
    }
}
