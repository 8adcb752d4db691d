//! Removes from the tree what Markdown cannot express, and preserves its content: tracked changes, comments and
//! pictures.

use serde_json::{Value, json};

use super::anchors::{self, GENERATED_MARK};
use super::chunks::page_words;
use super::embedded;
use super::files::{Files, readable, scheme};
use super::tree::{Node, attribute, class, content, header, list, name, node, part, plain};
use crate::text::shorten;

/// The maximum length of a picture's address in a remark, in characters.
const MAX_TARGET: usize = 200;

/// The results of cleaning.
#[derive(Debug, Default)]
pub(super) struct CleanReport {
    /// The number of pending insertions, whose text is kept.
    pub(super) insertions: usize,
    /// Pending deletions, as remarks.
    pub(super) deletions: Vec<String>,
    /// Comments, as remarks.
    pub(super) comments: Vec<String>,
    /// The targets of pictures that could not be read.
    pub(super) unreadable_pictures: Vec<String>,
    /// The number of external pictures, which are not loaded.
    pub(super) external_pictures: usize,
    /// The number of equations.
    pub(super) equations: usize,
}

/// The inputs of cleaning.
pub(super) struct CleanOptions<'a> {
    /// The files that the document shows and links to.
    pub(super) files: &'a Files,
    /// Whether pandoc generated the names of headings.
    pub(super) has_generated_ids: bool,
}

/// Cleans a list of blocks. Remarks are placed after the block that they were in.
pub(super) fn clean_blocks(blocks: &[Value], report: &mut CleanReport, options: &CleanOptions<'_>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut pending = Vec::new();
    for block in blocks {
        let (deletions, comments, unread) =
            (report.deletions.len(), report.comments.len(), report.unreadable_pictures.len());
        let mut cleaned = Vec::new();
        Cleaner { report, options, pending_anchors: &mut pending }.push(block, &mut cleaned);
        out.extend(cleaned.into_iter().filter(|block| !is_empty(block)));
        let remarks = report.deletions[deletions..]
            .iter()
            .chain(&report.comments[comments..])
            .chain(&report.unreadable_pictures[unread..]);
        out.extend(remarks.map(|remark| remark_block(remark)));
    }
    let anchors: Vec<Node> = pending.iter().map(|id| anchors::anchor(id)).collect();
    out.extend((!anchors.is_empty()).then(|| node("Para", Value::Array(anchors))));
    out
}

fn remark_block(remark: &str) -> Node {
    // Two hyphens would end the HTML comment.
    node("RawBlock", json!(["html", format!("<!-- {} -->", remark.replace("--", "- -"))]))
}

fn is_empty(block: &Node) -> bool {
    matches!(name(block), "Para" | "Plain" | "Null")
        && list(content(block)).iter().all(|inline| matches!(name(inline), "Space" | "SoftBreak" | "LineBreak"))
}

/// The HTML list type for letters or Roman numerals, or `None` for digits.
fn numbering(list: &Node) -> Option<&'static str> {
    match part(list, 0).get(1).map_or("", name) {
        "LowerAlpha" => Some("a"),
        "UpperAlpha" => Some("A"),
        "LowerRoman" => Some("i"),
        "UpperRoman" => Some("I"),
        _ => None,
    }
}

/// The id in the attributes of a node, or `None` if the value does not have the form of attributes.
fn id(attributes: &Value) -> Option<&str> {
    let [id, classes, pairs] = list(attributes) else { return None };
    id.as_str().filter(|_| classes.is_array() && pairs.is_array())
}

struct Cleaner<'a> {
    report: &'a mut CleanReport,
    options: &'a CleanOptions<'a>,
    /// Anchors to be placed before the next words.
    pending_anchors: &'a mut Vec<String>,
}

impl Cleaner<'_> {
    /// Adds what a node becomes: nothing, the node itself, or its content.
    fn push(&mut self, node: &Node, out: &mut Vec<Node>) {
        match name(node) {
            "Span" => {
                self.anchor(node, out);
                self.span(node, out);
            }
            "Div" => {
                self.pending_anchors.extend(id(part(node, 0)).filter(|id| !id.is_empty()).map(str::to_owned));
                self.push_all(part(node, 1), out);
            }
            "Underline" | "SmallCaps" => self.push_all(content(node), out),
            "Image" => self.image(node, out),
            "Link" => self.link(node, out),
            "OrderedList" => match numbering(node) {
                Some(kind) => self.lettered_list(node, kind, out),
                None => out.push(self.clean_nested(node)),
            },
            "Math" => {
                self.report.equations += 1;
                out.push(node.clone());
            }
            "RawInline" => out.push(json!({"t": "Code", "c": [["", [], []], part(node, 1)]})),
            "RawBlock" => out.push(json!({"t": "CodeBlock", "c": [["", [], []], part(node, 1)]})),
            "Header" => self.heading(node, out),
            "Para" | "Plain" => self.paragraph(node, out),
            "CodeBlock" => self.code_block(node, out),
            _ => out.push(self.clean_nested(node)),
        }
    }

    fn heading(&mut self, node: &Node, out: &mut Vec<Node>) {
        let id = id(part(node, 1)).filter(|id| !id.is_empty());
        let hidden = if self.options.has_generated_ids { GENERATED_MARK.to_string() } else { String::new() };
        self.pending_anchors.extend(id.map(|id| format!("{hidden}{id}")));
        let words = self.words(part(node, 2));
        out.push(header(part(node, 0).as_u64().unwrap_or(1), Value::Array(words)));
    }

    /// Adds a paragraph. If it contains only anchors, they move to the next block.
    fn paragraph(&mut self, node: &Node, out: &mut Vec<Node>) {
        let words = self.words(content(node));
        if !words.is_empty() && words.iter().all(|word| anchors::id(word).is_some()) {
            self.pending_anchors.extend(words.iter().filter_map(anchors::id).map(str::to_owned));
        } else {
            out.push(json!({"t": name(node), "c": words}));
        }
    }

    fn code_block(&mut self, node: &Node, out: &mut Vec<Node>) {
        self.pending_anchors.extend(id(part(node, 0)).filter(|id| !id.is_empty()).map(str::to_owned));
        let anchors: Vec<Node> = self.pending_anchors.drain(..).map(|id| anchors::anchor(&id)).collect();
        out.extend((!anchors.is_empty()).then(|| json!({"t": "Para", "c": anchors})));
        out.push(node.clone());
    }

    /// Returns inlines with the pending anchors in front.
    fn words(&mut self, inlines: &Value) -> Vec<Node> {
        let mut words: Vec<Node> = self.pending_anchors.drain(..).map(|id| anchors::anchor(&id)).collect();
        words.extend(list(&self.clean_nested(inlines)).iter().cloned());
        words
    }

    /// Adds the anchor of an inline.
    fn anchor(&self, node: &Node, out: &mut Vec<Node>) {
        let Some(id) = id(part(node, 0)).filter(|id| !id.is_empty()) else { return };
        let is_hidden = self.options.has_generated_ids && id.starts_with('_');
        out.push(anchors::anchor(&if is_hidden { format!("{GENERATED_MARK}{id}") } else { id.to_owned() }));
    }

    /// Writes a list with letters or Roman numerals as HTML, because other documents may refer to them and Markdown
    /// only has digits.
    fn lettered_list(&mut self, node: &Node, kind: &str, out: &mut Vec<Node>) {
        let raw = |html: String| json!({"t": "RawBlock", "c": ["html", html]});
        let start = part(node, 0).get(0).and_then(Value::as_u64).filter(|start| *start != 1);
        let start = start.map_or_else(String::new, |start| format!(" start=\"{start}\""));
        out.push(raw(format!("<ol type=\"{kind}\"{start}>")));
        for item in list(part(node, 1)) {
            out.push(raw("<li>".to_owned()));
            // A plain line would continue on the line of the tag before it.
            let paragraph = |block: &Node| match name(block) {
                "Plain" => json!({"t": "Para", "c": content(block)}),
                _ => block.clone(),
            };
            let blocks = list(item).iter().map(paragraph).collect();
            self.push_all(&Value::Array(blocks), out);
            out.push(raw("</li>".to_owned()));
        }
        out.push(raw("</ol>".to_owned()));
    }

    fn push_all(&mut self, nodes: &Value, out: &mut Vec<Node>) {
        list(nodes).iter().for_each(|node| self.push(node, out));
    }

    /// Cleans every list of nodes in a value.
    fn clean_nested(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                self.pending_anchors.extend(items.first().and_then(id).filter(|id| !id.is_empty()).map(str::to_owned));
                for item in items {
                    if name(item).is_empty() { out.push(self.clean_nested(item)) } else { self.push(item, &mut out) }
                }
                Value::Array(out)
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), self.clean_nested(value))).collect())
            }
            _ => value.clone(),
        }
    }

    fn span(&mut self, node: &Node, out: &mut Vec<Node>) {
        let attribution = || {
            let author = attribute(node, "author").unwrap_or("somebody");
            let day = attribute(node, "date")
                .and_then(|date| date.get(..10))
                .map_or_else(String::new, |day| format!(", {day}"));
            format!("{author}{day}")
        };
        match class(node) {
            "insertion" => {
                self.report.insertions += 1;
                self.push_all(part(node, 1), out);
            }
            "deletion" => {
                let words = Some(plain(part(node, 1))).filter(|words| !words.is_empty());
                let holds_picture = super::tree::contains_node(part(node, 1), &["Image"]);
                let words = words.or_else(|| holds_picture.then(|| "a picture".to_owned()));
                let remark = |words| format!("Deleted by {}, not accepted yet: {words}", attribution());
                self.report.deletions.extend(words.map(remark));
            }
            "comment-start" => {
                let remark = format!("Comment by {}: {}", attribution(), plain(part(node, 1)));
                self.report.comments.push(remark);
            }
            "paragraph-insertion" => self.report.insertions += 1,
            "comment-end" | "paragraph-deletion" => {}
            _ => self.push_all(part(node, 1), out),
        }
    }

    fn image(&mut self, node: &Node, out: &mut Vec<Node>) {
        self.anchor(node, out);
        let target = part(node, 2).get(0).and_then(Value::as_str).unwrap_or_default();
        let words = self.clean_nested(part(node, 1));
        if target.starts_with("http://") || target.starts_with("https://") {
            self.report.external_pictures += 1;
            return out.push(json!({"t": "Image", "c": [["", [], []], words, [readable(target), ""]]}));
        }
        match self.options.files.picture(target) {
            Some(path) => {
                let drawn = || drawn_words(target).map(|drawn| json!([{"t": "Str", "c": drawn}]));
                let words = if list(&words).is_empty() { drawn().unwrap_or(words) } else { words };
                out.push(json!({"t": "Image", "c": [["", [], []], words, [path, ""]]}));
            }
            None => {
                let target = shorten(target, MAX_TARGET);
                self.report.unreadable_pictures.push(format!("Picture that could not be read: {target}"));
                out.extend(list(&words).iter().cloned());
            }
        }
    }

    /// Adds a link. A link to a local disk or with an unsupported scheme becomes text.
    fn link(&mut self, node: &Node, out: &mut Vec<Node>) {
        let target = part(node, 2).get(0).and_then(Value::as_str).unwrap_or_default();
        self.anchor(node, out);
        let words = self.clean_nested(part(node, 1));
        let target = self.options.files.target(target).unwrap_or(target);
        let scheme = scheme(target).unwrap_or_default().to_ascii_lowercase();
        // The content may contain a link already.
        let is_none = target.is_empty() || super::tree::contains_node(&words, &["Link"]);
        let is_on_disk = target.starts_with('\\');
        if is_none || is_on_disk || !matches!(scheme.as_str(), "" | "http" | "https" | "mailto" | "tel") {
            out.extend(list(&words).iter().cloned());
            if !is_none {
                let target = inlines_of_target(target);
                out.push(json!({"t": "Space"}));
                out.push(target);
            }
            return;
        }
        out.push(json!({"t": "Link", "c": [["", [], []], words, [readable(target), ""]]}));
    }
}

/// The words of a drawing that a page contains, which describe it.
fn drawn_words(target: &str) -> Option<String> {
    let drawing = embedded::decode(target).filter(|picture| picture.extension == "svg")?;
    let words = page_words(&String::from_utf8_lossy(&drawing.bytes));
    Some(words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
}

/// The target of a removed link, as code.
fn inlines_of_target(target: &str) -> Node {
    json!({"t": "Code", "c": [["", [], []], target]})
}
