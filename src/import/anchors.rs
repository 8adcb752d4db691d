//! Places in a text that links lead to, and the links within it.
//!
//! While a file is read nobody knows which of its anchors a link of another file names. So every anchor is kept in its tree, between
//! letters that no text has, until all files are read; then those that something links to become anchors of Markdown.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::tree::{Node, content, header, level, list, name, part, plain};
use crate::handbook::percent_decode;
use crate::html::escape;
use crate::markdown::slug;
use crate::rules::encoded;

/// Letters that Unicode keeps for programs: around the name of an anchor.
const OPEN: char = '\u{fdd4}';
const CLOSE: char = '\u{fdd5}';
/// Before the name of an anchor that no person chose.
pub(super) const HIDDEN: char = '\u{fdd6}';

/// An anchor among words.
pub(super) fn anchor(id: &str) -> Node {
    json!({"t": "Str", "c": format!("{OPEN}{id}{CLOSE}")})
}

/// The name of an anchor among words.
pub(super) fn id(node: &Node) -> Option<&str> {
    content(node).as_str().filter(|_| name(node) == "Str")?.strip_prefix(OPEN)?.strip_suffix(CLOSE)
}

/// Every anchor in a value.
fn all(value: &Value, found: &mut BTreeSet<String>) {
    found.extend(id(value).map(str::to_owned));
    match value {
        Value::Array(items) => items.iter().for_each(|item| all(item, found)),
        Value::Object(entries) => entries.values().for_each(|value| all(value, found)),
        _ => {}
    }
}

/// The links of a text to places in it.
pub(super) struct Settled {
    /// The text.
    pub(super) blocks: Vec<Node>,
    /// The anchors that it links to.
    pub(super) wanted: BTreeSet<String>,
}

/// Leads the links within a text to places that are in it; `before` is the text while all of it was there.
///
/// What was taken out is now at the top of the page. A hidden bookmark that is not there was a link to Word alone.
pub(super) fn settle(before: &[Node], mut blocks: Vec<Node>) -> Settled {
    let (mut known, mut gone) = (BTreeSet::new(), BTreeSet::new());
    let aliases = aliases(&mut blocks);
    blocks.iter().for_each(|block| all(block, &mut known));
    before.iter().for_each(|block| all(block, &mut gone));
    let mut links = Links { aliases, known, gone, wanted: BTreeSet::new() };
    let blocks = blocks.iter().map(|block| links.led(block)).collect();
    Settled { blocks, wanted: links.wanted }
}

struct Links {
    aliases: BTreeMap<String, String>,
    known: BTreeSet<String>,
    gone: BTreeSet<String>,
    wanted: BTreeSet<String>,
}

impl Links {
    fn led(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                items.iter().for_each(|item| self.push(item, &mut out));
                Value::Array(out)
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), self.led(value))).collect())
            }
            _ => value.clone(),
        }
    }

    fn push(&mut self, item: &Value, out: &mut Vec<Value>) {
        let target = part(item, 2).get(0).and_then(Value::as_str).filter(|_| name(item) == "Link");
        let Some(written) = target.and_then(|target| target.strip_prefix('#')) else {
            return out.push(self.led(item));
        };
        let words = self.led(part(item, 1));
        let names = names(written);
        let known = names.iter().find(|id| self.aliases.contains_key(*id) || self.known.contains(*id));
        let known = known.map(|id| self.aliases.get(id).unwrap_or(id).clone());
        let target = match known {
            Some(id) => {
                let target = format!("#{}", encoded(id.trim_start_matches(HIDDEN)));
                self.wanted.insert(id);
                target
            }
            None if names.iter().any(|id| self.gone.contains(id)) => "#top".to_owned(),
            None if written.starts_with('_') => return out.extend(list(&words).iter().cloned()),
            None => format!("#{written}"),
        };
        out.push(json!({"t": "Link", "c": [["", [], []], words, [target, ""]]}));
    }
}

/// The anchors that a fragment may mean.
pub(super) fn names(fragment: &str) -> [String; 3] {
    let decoded = percent_decode(fragment);
    [fragment.to_owned(), decoded.to_string(), format!("{HIDDEN}{decoded}")]
}

/// Gives headings with names that only a program chose a name of their words, and returns what it stands for.
fn aliases(blocks: &mut [Node]) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    let mut taken = BTreeSet::new();
    blocks.iter().for_each(|block| all(block, &mut taken));
    for block in blocks.iter_mut() {
        let Some(level) = level(block) else { continue };
        let is_hidden = |node: &&Node| id(node).is_some_and(|id| id.starts_with(HIDDEN));
        let (hidden, mut words): (Vec<&Node>, Vec<&Node>) = list(part(block, 2)).iter().partition(is_hidden);
        if hidden.is_empty() {
            continue;
        }
        let own = words.iter().find_map(|word| id(word)).map(str::to_owned);
        let chosen = own.is_none().then(|| free(&slug(&plain(part(block, 2))), &taken));
        let chosen_anchor = chosen.as_deref().map(anchor);
        words.splice(0..0, &chosen_anchor);
        let name = own.or(chosen).unwrap_or_default();
        aliases.extend(hidden.into_iter().filter_map(id).map(|id| (id.to_owned(), name.clone())));
        *block = header(level, words.into_iter().cloned().collect());
        taken.insert(name);
    }
    aliases
}

/// A name that no other place has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (1..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// A text with the anchors that something links to, each once. The one of a heading is left for [`finish`].
pub(super) fn keep(value: &Value, wanted: &mut BTreeSet<String>) -> Value {
    match value {
        Value::Array(items) => {
            let mut out = Vec::with_capacity(items.len());
            for item in items {
                match id(item) {
                    Some(id) => out.extend(wanted.remove(id).then(|| tag(id))),
                    None if level(item).is_some() => out.push(keep_in_heading(item, wanted)),
                    None => out.push(keep(item, wanted)),
                }
            }
            let is_bare = |block: &Value| name(block) == "Para" && list(content(block)).is_empty();
            out.retain(|block| !is_bare(block));
            Value::Array(out)
        }
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), keep(value, wanted))).collect())
        }
        _ => value.clone(),
    }
}

/// A heading whose first anchor is at its end, if Markdown can write it there.
fn keep_in_heading(heading: &Node, wanted: &mut BTreeSet<String>) -> Node {
    let words = list(part(heading, 2));
    let is_plain = |id: &str| id.chars().all(|letter| letter.is_alphanumeric() || "-_.:".contains(letter));
    let first = words.iter().filter_map(id).find(|id| wanted.contains(*id) && is_plain(id)).map(str::to_owned);
    if let Some(first) = &first {
        wanted.remove(first);
    }
    let mut kept = list(&keep(part(heading, 2), wanted)).to_vec();
    kept.extend(first.as_deref().map(anchor));
    header(level(heading).unwrap_or(2), Value::Array(kept))
}

fn tag(id: &str) -> Node {
    let mut written = String::new();
    escape(&mut written, id.trim_start_matches(HIDDEN));
    json!({"t": "RawInline", "c": ["html", format!("<a id=\"{written}\"></a>")]})
}

/// Markdown with the anchors of its headings, unless their words give the same.
pub(super) fn finish(markdown: &str) -> String {
    let mut slugs = BTreeSet::new();
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let (words, id) = line.split_once(OPEN).unwrap_or((line, ""));
        let id = id.trim_end().trim_end_matches(CLOSE).trim_start_matches(HIDDEN);
        let heading = words.trim_start_matches('#').trim();
        let own = slug(heading);
        let is_new = !words.starts_with('#') || slugs.insert(own.clone());
        out.push_str(words);
        let is_simple = heading.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-'));
        if !(id.is_empty() || is_new && is_simple && own == id) {
            out += &format!(" {{#{id}}}");
        }
        out.push_str(if words.len() < line.len() { "\n" } else { "" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_anchors_only_where_their_words_do_not_give_them() {
        let written = |heading: &str, id: &str| finish(&format!("{heading}{OPEN}{id}{CLOSE}\n\nText.\n"));
        assert_eq!(written("## Fees and charges", "fees-and-charges"), "## Fees and charges\n\nText.\n");
        assert_eq!(written("## Fees", "costs"), "## Fees {#costs}\n\nText.\n");
        assert_eq!(written("## Fees\n\n## Fees", "fees"), "## Fees\n\n## Fees {#fees}\n\nText.\n");
        assert_eq!(written("## *Fees*", "fees"), "## *Fees* {#fees}\n\nText.\n");
    }
}
