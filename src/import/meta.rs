//! Paragraphs that pandoc extracts as metadata: those in Word's styles *Title*, *Subtitle*, *Author*, *Date* and
//! *Abstract*.

use serde_json::{Value, json};

use super::headings::is_same_title;
use super::tree::{Node, content, list, name, plain};

/// Values without a key in the draft, with their names in remarks.
const REMARKS: [(&str, &str); 4] =
    [("title", "Title"), ("subtitle", "Subtitle"), ("author", "Author"), ("date", "Date")];

/// The words of a metadata value.
pub(super) fn value(tree: &Value, key: &str) -> Option<String> {
    let value = tree.get("meta")?.get(key)?;
    let words = match name(value) {
        "MetaString" => content(value).as_str().unwrap_or_default().to_owned(),
        "MetaList" => list(content(value)).iter().map(|item| plain(content(item))).collect::<Vec<_>>().join(", "),
        _ => plain(content(value)),
    };
    Some(words).filter(|words| !words.is_empty())
}

/// The metadata other than the draft's title, as remarks.
pub(super) fn remarks(tree: &Value, title: Option<&str>) -> Vec<String> {
    let fields = REMARKS.iter().filter_map(|(key, label)| Some((*key, *label, value(tree, key)?)));
    let is_new = |(key, _, words): &(&str, &str, String)| {
        *key != "title" || title.is_none_or(|title| !is_same_title(title, words))
    };
    fields.filter(is_new).map(|(_, label, words)| format!("{label}: {words}")).collect()
}

/// Adds the anchors of the metadata to the blocks of a document.
pub(super) fn add_anchors(tree: &Value, mut blocks: Vec<Node>) -> Vec<Node> {
    let ids = super::bookmarks::ids(tree.get("meta").unwrap_or(&Value::Null));
    blocks.extend(ids.iter().map(|id| super::anchors::anchor(id)));
    blocks
}

/// The abstract as blocks, which precede the text.
pub(super) fn summary(tree: &Value) -> Vec<Node> {
    let Some(value) = tree.get("meta").and_then(|meta| meta.get("abstract")) else { return Vec::new() };
    match name(value) {
        "MetaBlocks" => list(content(value)).to_vec(),
        "MetaInlines" => vec![json!({"t": "Para", "c": content(value)})],
        _ => Vec::new(),
    }
}
