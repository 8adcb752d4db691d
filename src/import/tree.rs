//! Access to pandoc's document tree: its nodes and their words.
//!
//! A node is `{"t": name, "c": content}`. Lists of nodes may contain spans and divisions, which have no meaning in
//! Markdown and are replaced by their content.

use serde_json::{Value, json};

/// A node of the tree.
pub(super) type Node = Value;

/// The name of a node, or an empty string for any other value.
pub(super) fn name(node: &Node) -> &str {
    node.get("t").and_then(Value::as_str).unwrap_or_default()
}

/// The content of a node.
pub(super) fn content(node: &Node) -> &Value {
    node.get("c").unwrap_or(&Value::Null)
}

/// An element of a node's content, by index.
pub(super) fn part(node: &Node, at: usize) -> &Value {
    content(node).get(at).unwrap_or(&Value::Null)
}

/// The items of a list; empty for any other value.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Creates a node.
pub(super) fn node(name: &str, content: Value) -> Node {
    json!({"t": name, "c": content})
}

/// The words of a node or of a list of nodes, without notes, separated by single spaces.
pub(super) fn plain(value: &Value) -> String {
    let mut text = String::new();
    collect(value, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(value: &Value, text: &mut String) {
    match name(value) {
        "" => {}
        "Str" if super::anchors::id(value).is_some() => return,
        "Str" => return text.push_str(content(value).as_str().unwrap_or_default()),
        "Space" | "SoftBreak" | "LineBreak" => return text.push(' '),
        "Code" | "CodeBlock" | "Math" | "RawInline" | "RawBlock" => {
            return text.push_str(part(value, 1).as_str().unwrap_or_default());
        }
        "Note" => return,
        "Link" | "Image" | "Span" => return collect(part(value, 1), text),
        _ => collect(content(value), text),
    }
    for item in list(value) {
        // Blocks are separated by a space; styled letters within a word are not.
        let is_block =
            matches!(name(item), "Para" | "Plain" | "Header" | "Table" | "BulletList" | "OrderedList" | "CodeBlock");
        collect(item, text);
        if is_block || item.is_array() {
            text.push(' ');
        }
    }
}

/// Whether a value contains a node with one of these names, at any depth.
pub(super) fn contains_node(value: &Value, names: &[&str]) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if names.contains(&name(value)) {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => open.extend(entries.values()),
            _ => {}
        }
    }
    false
}

/// The first class of a span or division.
pub(super) fn class(node: &Node) -> &str {
    part(node, 0).get(1).and_then(|classes| classes.get(0)).and_then(Value::as_str).unwrap_or_default()
}

/// An attribute of a span or division.
pub(super) fn attribute<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    let pairs = list(part(node, 0).get(2)?).iter();
    pairs.filter(|pair| pair.get(0).and_then(Value::as_str) == Some(key)).find_map(|pair| pair.get(1)?.as_str())
}

/// The level of a heading.
pub(super) fn level(node: &Node) -> Option<u64> {
    (name(node) == "Header").then(|| part(node, 0).as_u64()).flatten()
}

/// Creates a heading.
pub(super) fn header(level: u64, inlines: Value) -> Node {
    node("Header", json!([level.clamp(1, 6), ["", [], []], inlines]))
}
