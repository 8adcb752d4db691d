//! Words that pandoc writes as they are, and that Markdown would read as something else.
//!
//! Pandoc escapes what its own Markdown gives a meaning, apart from a few things that are escaped here: character references, marks
//! at the beginning of a line, and bars in code within a table. Code is written between fences, for indented code would be Markdown
//! where the marks of a list or the beginning of the file stand before it.

use serde_json::{Value, json};

use super::emphasis;
use super::tree::{Node, content, list, name, part};
use crate::html::entity_at;

/// Blocks that pandoc writes as the text that they are.
pub(super) fn escape(blocks: &[Node]) -> Vec<Node> {
    escaped_list(blocks, false, false)
}

fn escaped(value: &Value, is_in_table: bool) -> Value {
    match value {
        Value::Array(items) => Value::Array(escaped_list(items, is_in_table, false)),
        Value::Object(_) if name(value) == "CodeBlock" => fenced(value),
        Value::Object(_) if !is_in_table && matches!(name(value), "Para" | "Plain") => {
            json!({"t": name(value), "c": escaped_list(list(content(value)), false, true)})
        }
        Value::Object(entries) => {
            let is_in_table = is_in_table || name(value) == "Table";
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), escaped(value, is_in_table))).collect())
        }
        _ => value.clone(),
    }
}

/// Code that pandoc writes between fences, as it does for code with a name.
fn fenced(block: &Node) -> Node {
    let classes = part(block, 0).get(1).unwrap_or(&Value::Null);
    json!({"t": "CodeBlock", "c": [["code", list(classes), []], part(block, 1)]})
}

/// Nodes side by side; `is_line_start` tells whether a line begins with them.
fn escaped_list(items: &[Value], is_in_table: bool, is_line_start: bool) -> Vec<Value> {
    let items = emphasis::normalize_emphasis(items);
    let mut out: Vec<Value> = Vec::with_capacity(items.len());
    let mut items = items.iter().peekable();
    let mut is_after_break = is_line_start;
    while let Some(item) = items.next() {
        match name(item) {
            "Str" => words(content(item).as_str().unwrap_or_default(), is_after_break, &mut out),
            "Code" => {
                let mut text = part(item, 1).as_str().unwrap_or_default().to_owned();
                // Two pieces of code side by side would be written as one with backticks in it.
                while let Some(next) = items.next_if(|next| name(next) == "Code") {
                    text.push_str(part(next, 1).as_str().unwrap_or_default());
                }
                out.push(code(&text, is_in_table));
            }
            _ => out.push(escaped(item, is_in_table)),
        }
        is_after_break = name(item) == "LineBreak";
    }
    out
}

fn raw(markdown: String) -> Node {
    json!({"t": "RawInline", "c": ["markdown", markdown]})
}

/// A word, with each sign that would mean something else apart from the rest.
fn words(text: &str, is_after_break: bool, out: &mut Vec<Node>) {
    let marks = line_mark(text).filter(|_| is_after_break);
    let references = text.match_indices('&').map(|(at, _)| at).filter(|at| entity_at(&text[*at..]).is_some());
    let mut done = 0;
    for at in marks.into_iter().chain(references) {
        if at > done {
            out.push(json!({"t": "Str", "c": text[done..at]}));
        }
        out.push(raw(format!("\\{}", &text[at..=at])));
        done = at + 1;
    }
    if done < text.len() {
        out.push(json!({"t": "Str", "c": text[done..]}));
    }
}

/// Where a word has the sign by which it would begin a list, a heading or a definition if it began a line.
fn line_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '=' | '-' | '+' | ':' | '_') {
        return text.chars().all(|letter| letter == first).then_some(0);
    }
    let number = text.strip_suffix(['.', ')'])?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number.len())
}

/// Code, with its bars escaped in a table, whose cells they would end.
fn code(text: &str, is_in_table: bool) -> Node {
    if !is_in_table || !text.contains('|') {
        return json!({"t": "Code", "c": [["", [], []], text]});
    }
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let space = if longest > 0 || text.starts_with(' ') && text.ends_with(' ') { " " } else { "" };
    raw(format!("{ticks}{space}{}{space}{ticks}", text.replace('|', "\\|")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_where_they_would_mean_something() {
        let inlines = |items: Value| escaped(&items, true);
        let text = |text: &str| json!({"t": "Str", "c": text});
        assert_eq!(
            inlines(json!([text("R&D&amp;"), {"t": "LineBreak"}, text("1."), text("--")])),
            json!([text("R&D"), raw("\\&".to_owned()), text("amp;"), {"t": "LineBreak"}, text("1"), raw("\\.".to_owned()), text("--")])
        );
        let code = |text: &str| json!({"t": "Code", "c": [["", [], []], text]});
        assert_eq!(inlines(json!([code("a"), code("b")])), json!([code("ab")]));
        assert_eq!(inlines(json!([code("ps | `x`")])), json!([raw("`` ps \\| `x` ``".to_owned())]));
    }
}
