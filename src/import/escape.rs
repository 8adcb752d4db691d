//! Text that pandoc does not escape but that Markdown would interpret.
//!
//! Pandoc escapes whatever is markup in its own Markdown, apart from a few things that are escaped here: character
//! references, marks at the start of a line, and pipes in code within a table. Code is written in fences, because
//! indented code would be read as text after a list marker or at the start of the file.

use serde_json::{Value, json};

use super::emphasis;
use super::tree::{Node, content, list, name, part};
use crate::html::entity_at;

/// Prepares blocks so that pandoc writes their text correctly.
pub(super) fn escape(blocks: &[Node]) -> Vec<Node> {
    escape_nodes(blocks, false, false)
}

fn escape_value(value: &Value, is_in_table: bool) -> Value {
    match value {
        Value::Array(items) => Value::Array(escape_nodes(items, is_in_table, false)),
        Value::Object(_) if name(value) == "CodeBlock" => force_fences(value),
        Value::Object(_) if !is_in_table && matches!(name(value), "Para" | "Plain") => {
            json!({"t": name(value), "c": escape_nodes(list(content(value)), false, true)})
        }
        Value::Object(entries) => {
            let is_in_table = is_in_table || name(value) == "Table";
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), escape_value(value, is_in_table))).collect())
        }
        _ => value.clone(),
    }
}

/// Gives a code block an id so that pandoc writes it in fences.
fn force_fences(block: &Node) -> Node {
    let classes = part(block, 0).get(1).unwrap_or(&Value::Null);
    json!({"t": "CodeBlock", "c": [["code", list(classes), []], part(block, 1)]})
}

/// Escapes adjacent nodes. `is_line_start` says whether they are at the start of a line.
fn escape_nodes(items: &[Value], is_in_table: bool, is_line_start: bool) -> Vec<Value> {
    let items = emphasis::normalize_emphasis(items);
    let mut out: Vec<Value> = Vec::with_capacity(items.len());
    let mut items = items.iter().peekable();
    let mut is_after_break = is_line_start;
    while let Some(item) = items.next() {
        match name(item) {
            "Str" => split_word(content(item).as_str().unwrap_or_default(), is_after_break, &mut out),
            "Code" => {
                let mut text = part(item, 1).as_str().unwrap_or_default().to_owned();
                // Two adjacent code spans would be written as one with backticks inside.
                while let Some(next) = items.next_if(|next| name(next) == "Code") {
                    text.push_str(part(next, 1).as_str().unwrap_or_default());
                }
                out.push(code(&text, is_in_table));
            }
            _ => out.push(escape_value(item, is_in_table)),
        }
        is_after_break = name(item) == "LineBreak";
    }
    out
}

fn raw(markdown: String) -> Node {
    json!({"t": "RawInline", "c": ["markdown", markdown]})
}

/// Splits a word so that each character to be escaped is a separate node.
fn split_word(text: &str, is_after_break: bool, out: &mut Vec<Node>) {
    let marks = line_mark(text).filter(|_| is_after_break);
    let references = text.match_indices('&').map(|(at, _)| at).filter(|at| entity_at(&text[*at..]).is_some());
    let mut copied = 0;
    for at in marks.into_iter().chain(references) {
        if at > copied {
            out.push(json!({"t": "Str", "c": text[copied..at]}));
        }
        out.push(raw(format!("\\{}", &text[at..=at])));
        copied = at + 1;
    }
    if copied < text.len() {
        out.push(json!({"t": "Str", "c": text[copied..]}));
    }
}

/// The position of the character that would make a word at the start of a line a list item, heading or definition.
fn line_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '=' | '-' | '+' | ':' | '_') {
        return text.chars().all(|c| c == first).then_some(0);
    }
    let number = text.strip_suffix(['.', ')'])?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number.len())
}

/// A code span. In a table, its pipes are escaped, because they would end the cell.
fn code(text: &str, is_in_table: bool) -> Node {
    if !is_in_table || !text.contains('|') {
        return json!({"t": "Code", "c": [["", [], []], text]});
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let space = if longest > 0 || text.starts_with(' ') && text.ends_with(' ') { " " } else { "" };
    raw(format!("{ticks}{space}{}{space}{ticks}", text.replace('|', "\\|")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_where_they_would_mean_something() {
        let inlines = |items: Value| escape_value(&items, true);
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
