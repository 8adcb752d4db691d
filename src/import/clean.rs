//! Takes out of the tree what Markdown has no word for, and keeps what it said: tracked changes, comments, pictures.

use serde_json::{Value, json};

use super::tree::{Node, attribute, class, content, list, name, node, part, plain};

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Noted {
    /// Insertions that nobody accepted yet; their text is kept.
    pub(super) insertions: usize,
    /// Deletions that nobody accepted yet, as remarks.
    pub(super) deletions: Vec<String>,
    /// Comments, as remarks.
    pub(super) comments: Vec<String>,
    /// Targets of pictures in the order of the text.
    pub(super) pictures: Vec<String>,
    /// Pictures that are linked from elsewhere and are not loaded.
    pub(super) linked: usize,
}

/// Cleans a list of blocks; remarks follow the block that they were in.
pub(super) fn blocks(blocks: &[Value], noted: &mut Noted, picture: &dyn Fn(&str) -> Option<String>) -> Vec<Node> {
    let mut out = Vec::new();
    for block in blocks {
        let (deletions, comments) = (noted.deletions.len(), noted.comments.len());
        let mut cleaned = Vec::new();
        Cleaner { noted, picture }.push(block, &mut cleaned);
        out.extend(cleaned.into_iter().filter(|block| !is_empty(block)));
        let remarks = noted.deletions[deletions..].iter().chain(&noted.comments[comments..]);
        out.extend(remarks.map(|remark| remark_block(remark)));
    }
    out
}

fn remark_block(remark: &str) -> Node {
    // Two hyphens would end a comment.
    node("RawBlock", json!(["html", format!("<!-- {} -->", remark.replace("--", "- -"))]))
}

fn is_empty(block: &Node) -> bool {
    matches!(name(block), "Para" | "Plain" | "Null")
        && list(content(block)).iter().all(|inline| matches!(name(inline), "Space" | "SoftBreak" | "LineBreak"))
}

/// How HTML calls the letters or numerals that a list is numbered with; nothing for digits.
fn numbering(list: &Node) -> Option<&'static str> {
    match part(list, 0).get(1).map_or("", name) {
        "LowerAlpha" => Some("a"),
        "UpperAlpha" => Some("A"),
        "LowerRoman" => Some("i"),
        "UpperRoman" => Some("I"),
        _ => None,
    }
}

struct Cleaner<'a> {
    noted: &'a mut Noted,
    /// The path that a picture is saved under, by its target.
    picture: &'a dyn Fn(&str) -> Option<String>,
}

impl Cleaner<'_> {
    /// Adds what a node becomes: nothing, itself, or what it holds.
    fn push(&mut self, node: &Node, out: &mut Vec<Node>) {
        match name(node) {
            "Span" => self.span(node, out),
            "Div" => self.push_all(part(node, 1), out),
            "Underline" | "SmallCaps" => self.push_all(content(node), out),
            "Image" => self.image(node, out),
            "Link" => self.link(node, out),
            "OrderedList" => match numbering(node) {
                Some(kind) => self.lettered(node, kind, out),
                None => out.push(self.rebuilt(node)),
            },
            "RawInline" => out.push(json!({"t": "Code", "c": [["", [], []], part(node, 1)]})),
            "RawBlock" => out.push(json!({"t": "CodeBlock", "c": [["", [], []], part(node, 1)]})),
            "Header" => out.push(super::tree::header(part(node, 0).as_u64().unwrap_or(1), self.rebuilt(part(node, 2)))),
            _ => out.push(self.rebuilt(node)),
        }
    }

    /// Writes a list with letters or Roman numerals as HTML, for other texts refer to them, and Markdown has digits alone.
    fn lettered(&mut self, node: &Node, kind: &str, out: &mut Vec<Node>) {
        let raw = |html: String| json!({"t": "RawBlock", "c": ["html", html]});
        let start = part(node, 0).get(0).and_then(Value::as_u64).filter(|start| *start != 1);
        let start = start.map_or_else(String::new, |start| format!(" start=\"{start}\""));
        out.push(raw(format!("<ol type=\"{kind}\"{start}>")));
        for item in list(part(node, 1)) {
            out.push(raw("<li>".to_owned()));
            // A line of an item would go on in the tag before it.
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

    /// A value with every list of nodes in it cleaned.
    fn rebuilt(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for item in items {
                    if name(item).is_empty() { out.push(self.rebuilt(item)) } else { self.push(item, &mut out) }
                }
                Value::Array(out)
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), self.rebuilt(value))).collect())
            }
            _ => value.clone(),
        }
    }

    fn span(&mut self, node: &Node, out: &mut Vec<Node>) {
        let who = || {
            let author = attribute(node, "author").unwrap_or("somebody");
            let day = attribute(node, "date")
                .and_then(|date| date.get(..10))
                .map_or_else(String::new, |day| format!(", {day}"));
            format!("{author}{day}")
        };
        match class(node) {
            "insertion" => {
                self.noted.insertions += 1;
                self.push_all(part(node, 1), out);
            }
            "deletion" => {
                let remark = format!("Deleted by {}, not accepted yet: {}", who(), plain(part(node, 1)));
                self.noted.deletions.push(remark);
            }
            "comment-start" => {
                let remark = format!("Comment by {}: {}", who(), plain(part(node, 1)));
                self.noted.comments.push(remark);
            }
            "paragraph-insertion" => self.noted.insertions += 1,
            "comment-end" | "paragraph-deletion" => {}
            _ => self.push_all(part(node, 1), out),
        }
    }

    fn image(&mut self, node: &Node, out: &mut Vec<Node>) {
        let target = part(node, 2).get(0).and_then(Value::as_str).unwrap_or_default();
        let words = self.rebuilt(part(node, 1));
        if target.starts_with("http://") || target.starts_with("https://") {
            self.noted.linked += 1;
            return out.push(json!({"t": "Image", "c": [["", [], []], words, [target, ""]]}));
        }
        match (self.picture)(target) {
            Some(path) => {
                self.noted.pictures.push(target.to_owned());
                out.push(json!({"t": "Image", "c": [["", [], []], words, [path, ""]]}));
            }
            None => {
                let remark = format!("Picture that could not be read: {target}");
                self.noted.comments.push(remark);
                out.extend(list(&words).iter().cloned());
            }
        }
    }

    /// A link that leads into somebody's disk is only text.
    fn link(&mut self, node: &Node, out: &mut Vec<Node>) {
        let target = part(node, 2).get(0).and_then(Value::as_str).unwrap_or_default();
        let words = self.rebuilt(part(node, 1));
        let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let is_bookmark = target.starts_with("#_") || target.is_empty();
        if is_bookmark || !matches!(scheme.as_str(), "" | "http" | "https" | "mailto" | "tel") {
            out.extend(list(&words).iter().cloned());
            if !is_bookmark {
                let target = inlines_of_target(target);
                out.push(json!({"t": "Space"}));
                out.push(target);
            }
            return;
        }
        out.push(json!({"t": "Link", "c": [["", [], []], words, [target, ""]]}));
    }
}

/// The target of a link that is not one any more, in brackets.
fn inlines_of_target(target: &str) -> Node {
    json!({"t": "Code", "c": [["", [], []], target]})
}
