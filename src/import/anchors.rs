//! Anchors: places in a document that links point to, and the links within it.
//!
//! While a file is read, it is not known which of its anchors other files link to. Every anchor is therefore kept in
//! the tree, between characters that do not occur in documents, until all files have been read; then those with a link
//! become Markdown anchors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::tree::{Node, content, header, level, list, name, part, plain};
use crate::handbook::percent_decode;
use crate::html::escape;
use crate::markdown::slug;
use crate::rules::encode_path;

/// Unicode noncharacters, reserved for internal use, that enclose the name of an anchor.
const OPEN: char = '\u{fdd4}';
const CLOSE: char = '\u{fdd5}';
/// Precedes the name of a generated anchor.
pub(super) const GENERATED_MARK: char = '\u{fdd6}';

/// An anchor node among inlines.
pub(super) fn anchor(id: &str) -> Node {
    json!({"t": "Str", "c": format!("{OPEN}{id}{CLOSE}")})
}

/// The name of an anchor node.
pub(super) fn id(node: &Node) -> Option<&str> {
    content(node).as_str().filter(|_| name(node) == "Str")?.strip_prefix(OPEN)?.strip_suffix(CLOSE)
}

/// Collects every anchor in a value.
fn collect_anchors(value: &Value, anchors: &mut BTreeSet<String>) {
    anchors.extend(id(value).map(str::to_owned));
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_anchors(item, anchors)),
        Value::Object(entries) => entries.values().for_each(|value| collect_anchors(value, anchors)),
        _ => {}
    }
}

/// The internal links of a document.
pub(super) struct ResolvedLinks {
    /// The blocks of the document.
    pub(super) blocks: Vec<Node>,
    /// The anchors that it links to itself.
    pub(super) linked_anchors: BTreeSet<String>,
    /// All anchors that it had before anything was removed.
    pub(super) original: BTreeSet<String>,
}

/// Resolves the internal links of a document. `before` is the document before anything was removed.
///
/// Links to removed parts point to the top of the page. A missing hidden bookmark only had a meaning in Word.
pub(super) fn resolve_links(before: &[Node], mut blocks: Vec<Node>) -> ResolvedLinks {
    let (mut known, mut original) = (BTreeSet::new(), BTreeSet::new());
    let aliases = alias_headings(&mut blocks);
    blocks.iter().for_each(|block| collect_anchors(block, &mut known));
    before.iter().for_each(|block| collect_anchors(block, &mut original));
    let mut links = LinkResolver { aliases, known_anchors: known, original, linked_anchors: BTreeSet::new() };
    let blocks = blocks.iter().map(|block| links.resolve(block)).collect();
    ResolvedLinks { blocks, linked_anchors: links.linked_anchors, original: links.original }
}

struct LinkResolver {
    aliases: BTreeMap<String, String>,
    known_anchors: BTreeSet<String>,
    original: BTreeSet<String>,
    linked_anchors: BTreeSet<String>,
}

impl LinkResolver {
    fn resolve(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                items.iter().for_each(|item| self.push(item, &mut out));
                Value::Array(out)
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), self.resolve(value))).collect())
            }
            _ => value.clone(),
        }
    }

    fn push(&mut self, item: &Value, out: &mut Vec<Value>) {
        let target = part(item, 2).get(0).and_then(Value::as_str).filter(|_| name(item) == "Link");
        let Some(fragment) = target.and_then(|target| target.strip_prefix('#')) else {
            return out.push(self.resolve(item));
        };
        let words = self.resolve(part(item, 1));
        let names = names(fragment);
        let known_name = names.iter().find(|id| self.aliases.contains_key(*id) || self.known_anchors.contains(*id));
        let target_id = known_name.map(|id| self.aliases.get(id).unwrap_or(id).clone());
        let target = match target_id {
            Some(id) => {
                let target = format!("#{}", encode_path(id.trim_start_matches(GENERATED_MARK)));
                self.linked_anchors.insert(id);
                target
            }
            None if names.iter().any(|id| self.original.contains(id)) => "#top".to_owned(),
            None if fragment.starts_with('_') => return out.extend(list(&words).iter().cloned()),
            None => format!("#{fragment}"),
        };
        out.push(json!({"t": "Link", "c": [["", [], []], words, [target, ""]]}));
    }
}

/// The anchor names that a fragment may refer to.
pub(super) fn names(fragment: &str) -> [String; 3] {
    let decoded = percent_decode(fragment);
    [fragment.to_owned(), decoded.to_string(), format!("{GENERATED_MARK}{decoded}")]
}

/// Gives headings with only generated names a name based on their words, and returns the mapping. The generated names
/// stay, because another file may link to them.
fn alias_headings(blocks: &mut [Node]) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    let mut unique_names = UniqueNames::default();
    blocks.iter().for_each(|block| collect_anchors(block, &mut unique_names.used_names));
    for block in blocks.iter_mut() {
        let Some(level) = level(block) else { continue };
        let is_hidden = |node: &&Node| id(node).is_some_and(|id| id.starts_with(GENERATED_MARK));
        let (hidden, words): (Vec<&Node>, Vec<&Node>) = list(part(block, 2)).iter().partition(is_hidden);
        if hidden.is_empty() {
            continue;
        }
        let own_id = words.iter().find_map(|word| id(word)).map(str::to_owned);
        let name = own_id.unwrap_or_else(|| unique_names.make_unique(&slug(&plain(part(block, 2)))));
        aliases.extend(hidden.iter().filter_map(|node| id(node)).map(|id| (id.to_owned(), name.clone())));
        let has_own = words.iter().any(|word| id(word).is_some());
        let mut all: Vec<Node> = if has_own { Vec::new() } else { vec![anchor(&name)] };
        all.extend(words.into_iter().chain(hidden).cloned());
        *block = header(level, Value::Array(all));
    }
    aliases
}

/// Unique anchor names.
#[derive(Default)]
struct UniqueNames {
    used_names: BTreeSet<String>,
    /// The last number appended to each name.
    numbers: BTreeMap<String, usize>,
}

impl UniqueNames {
    /// Returns the name, with a number appended if it is taken.
    fn make_unique(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        while !self.used_names.insert(free.clone()) {
            let number = self.numbers.entry(name.to_owned()).or_default();
            *number += 1;
            free = format!("{name}-{number}");
        }
        free
    }
}

/// Keeps the anchors that a document links to itself and those of the given fragments. Anchors of headings are left for
/// [`finish`].
///
/// A removed anchor is placed at the start of the document.
pub(super) fn keep<'f>(
    blocks: &Value,
    mut wanted: BTreeSet<String>,
    fragments: impl Iterator<Item = &'f str>,
    gone: &BTreeSet<String>,
) -> Vec<Node> {
    let mut anchors = BTreeSet::new();
    collect_anchors(blocks, &mut anchors);
    let mut first = BTreeSet::new();
    for names in fragments.map(names) {
        match names.iter().find(|name| anchors.contains(*name)) {
            Some(name) => wanted.extend([name.clone()]),
            None => first.extend(names.into_iter().find(|name| gone.contains(name))),
        }
    }
    let first: Vec<Node> = first.iter().map(|name| tag(name)).collect();
    let mut out: Vec<Node> = if first.is_empty() { Vec::new() } else { vec![json!({"t": "Para", "c": first})] };
    let mut keeper = AnchorKeeper { pending_anchors: wanted, slugs: UniqueNames::default() };
    out.extend(list(&keeper.keep_anchors(blocks)).iter().cloned());
    out
}

/// Keeps each wanted anchor once.
struct AnchorKeeper {
    /// The anchors still to be kept.
    pending_anchors: BTreeSet<String>,
    /// The anchors that headings get from their words.
    slugs: UniqueNames,
}

impl AnchorKeeper {
    fn keep_anchors(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for item in items {
                    match id(item) {
                        Some(id) => out.extend(self.pending_anchors.remove(id).then(|| tag(id))),
                        None if level(item).is_some() => out.push(self.heading(item)),
                        None => out.push(self.keep_anchors(item)),
                    }
                }
                let is_bare = |block: &Value| name(block) == "Para" && list(content(block)).is_empty();
                out.retain(|block| !is_bare(block));
                Value::Array(out)
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), self.keep_anchors(value))).collect())
            }
            _ => value.clone(),
        }
    }

    /// Moves the first wanted anchor of a heading that Markdown can write there to its end, or drops it if it follows
    /// from the words.
    fn heading(&mut self, heading: &Node) -> Node {
        let words = list(part(heading, 2));
        let text = plain(part(heading, 2));
        let by_words = slug(&text);
        let unique = self.slugs.make_unique(&by_words);
        let is_simple = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
            && words.iter().all(|word| matches!(name(word), "Str" | "Space" | "SoftBreak"));
        let is_plain = |id: &str| {
            let id = id.trim_start_matches(GENERATED_MARK);
            id.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
        };
        let first = words
            .iter()
            .filter_map(id)
            .find(|id| self.pending_anchors.contains(*id) && is_plain(id))
            .map(str::to_owned);
        let is_given = first.as_ref().is_some_and(|first| is_simple && unique == by_words && *first == unique);
        if let Some(first) = &first {
            self.pending_anchors.remove(first);
        }
        let mut content = list(&self.keep_anchors(part(heading, 2))).to_vec();
        content.extend(first.as_deref().filter(|_| !is_given).map(anchor));
        header(level(heading).unwrap_or(2), Value::Array(content))
    }
}

fn tag(id: &str) -> Node {
    let mut escaped = String::new();
    escape(&mut escaped, id.trim_start_matches(GENERATED_MARK));
    json!({"t": "RawInline", "c": ["html", format!("<a id=\"{escaped}\"></a>")]})
}

/// Writes the anchors of headings as attributes.
pub(super) fn finish(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, tail)) = rest.split_once(OPEN) {
        let (id, after) = tail.split_once(CLOSE).unwrap_or((tail, ""));
        // Names of headings do not need the backslashes that pandoc adds.
        let id = id.trim_start_matches(GENERATED_MARK).replace('\\', "");
        out += &format!("{before} {{#{id}}}");
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The anchor that a heading with these words gets for each of `ids`, if all are wanted.
    fn written(words: &[Node], ids: &[&str]) -> Vec<Option<String>> {
        let mut keeper = AnchorKeeper {
            pending_anchors: ids.iter().map(|id| (*id).to_owned()).collect(),
            slugs: UniqueNames::default(),
        };
        let heading = |id: &&str| {
            let words = [&[anchor(id)], words].concat();
            let kept = keeper.heading(&header(2, Value::Array(words)));
            list(part(&kept, 2)).last().and_then(super::id).map(str::to_owned)
        };
        ids.iter().map(heading).collect()
    }

    #[test]
    fn headings_have_anchors_only_where_their_words_do_not_give_them() {
        let text = json!({"t": "Str", "c": "Fees"});
        let link = json!({"t": "Link", "c": [["", [], []], [text], ["https://example.org", ""]]});
        let some = |id: &str| Some(id.to_owned());
        assert_eq!(written(std::slice::from_ref(&text), &["fees"]), [None]);
        assert_eq!(written(&[text], &["costs", "fees"]), [some("costs"), some("fees")]);
        assert_eq!(written(&[link], &["fees"]), [some("fees")]);
        assert_eq!(finish(&format!("## Fees{OPEN}\\_a{CLOSE}\n\nText.\n")), "## Fees {#_a}\n\nText.\n");
    }
}
