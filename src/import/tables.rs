//! Simplification of tables for Markdown: one header row, one line per cell, no merged cells.

use serde_json::{Value, json};

use super::tree::{Node, content, list, name, node, part, plain};

/// A row of a table: the blocks of each cell.
pub(super) type Row = Vec<Vec<Node>>;

/// The rows of a table, header rows first, and the number of header rows. Rows of header cells at the beginning of the
/// first body are header rows if there are no others. A cell that spans others is followed by empty
/// cells.
pub(super) fn rows(table: &Node) -> (Vec<Row>, usize) {
    let head = list(part(table, 3).get(1).unwrap_or(&Value::Null));
    let bodies = list(part(table, 4)).iter();
    let of_bodies =
        bodies.flat_map(|body| [2, 3].into_iter().flat_map(|at| list(body.get(at).unwrap_or(&Value::Null))));
    let foot = list(part(table, 5).get(1).unwrap_or(&Value::Null));
    let width = list(part(table, 2)).len();
    let mut spans = vec![0; width];
    let all: Vec<Row> = head.iter().chain(of_bodies).chain(foot).map(|row| fill_row(row, &mut spans)).collect();
    let of_first_body = || list(part(table, 4).get(0).and_then(|body| body.get(2)).unwrap_or(&Value::Null)).len();
    (all, if head.is_empty() { of_first_body() } else { head.len() })
}

/// Fills a row with empty cells where a cell above or before spans it. `spans` is the number of rows for which each
/// column is still spanned.
fn fill_row(row: &Value, spans: &mut Vec<u64>) -> Row {
    let mut cells = Vec::with_capacity(spans.len());
    let skip = |cells: &mut Row, spans: &mut Vec<u64>| {
        while spans.get(cells.len()).is_some_and(|left| *left > 0) {
            spans[cells.len()] -= 1;
            cells.push(Vec::new());
        }
    };
    for cell in list(row.get(1).unwrap_or(&Value::Null)) {
        skip(&mut cells, spans);
        let span = |at: usize| cell.get(at).and_then(Value::as_u64).unwrap_or(1).clamp(1, 1000);
        let (down, across) = (span(2), span(3));
        cells.push(list(cell.get(4).unwrap_or(&Value::Null)).to_vec());
        (1..across).for_each(|_| cells.push(Vec::new()));
        spans.resize(spans.len().max(cells.len()), 0);
        let first = cells.len() - across as usize;
        spans[first..cells.len()].iter_mut().for_each(|left| *left = down - 1);
    }
    skip(&mut cells, spans);
    cells
}

/// Simplifies every table, including those inside lists and quotes.
pub(super) fn simplify(blocks: Vec<Node>) -> Vec<Node> {
    blocks
        .into_iter()
        .flat_map(|block| if name(&block) == "Table" { simplify_table(&block) } else { vec![simplify_inside(block)] })
        .collect()
}

/// Simplifies the tables inside a block.
fn simplify_inside(block: Node) -> Node {
    match name(&block) {
        "BlockQuote" => node("BlockQuote", Value::Array(simplify(list(content(&block)).to_vec()))),
        "BulletList" => node("BulletList", simplify_items(content(&block))),
        "OrderedList" => node("OrderedList", json!([part(&block, 0), simplify_items(part(&block, 1))])),
        _ => block,
    }
}

fn simplify_items(items: &Value) -> Value {
    list(items).iter().map(|item| Value::Array(simplify(list(item).to_vec()))).collect()
}

/// Simplifies a table, with its caption as a paragraph before it.
fn simplify_table(table: &Node) -> Vec<Node> {
    let (rows, heads) = rows(table);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let caption = list(part(table, 1).get(1).unwrap_or(&Value::Null)).iter().cloned();
    let mut out: Vec<Node> = caption.map(as_paragraph).collect();
    if width == 0 {
        return out;
    }
    let row = |cells: &Row| -> Value {
        let cells = (0..width).map(|at| cell(cells.get(at).map_or(&[], Vec::as_slice)));
        json!([["", [], []], cells.collect::<Vec<_>>()])
    };
    let head: Vec<Value> = rows.iter().take(heads.min(1)).map(row).collect();
    let body: Vec<Value> = rows.iter().skip(heads.min(1)).map(row).collect();
    let columns: Vec<Value> = (0..width).map(|_| json!([{"t": "AlignDefault"}, {"t": "ColWidthDefault"}])).collect();
    let no_attributes = json!(["", [], []]);
    out.push(node(
        "Table",
        json!([
            no_attributes,
            [null, []],
            columns,
            [no_attributes, head],
            [[no_attributes, 0, [], body]],
            [no_attributes, []]
        ]),
    ));
    out
}

fn as_paragraph(block: Node) -> Node {
    if name(&block) == "Plain" { node("Para", content(&block).clone()) } else { block }
}

fn cell(blocks: &[Node]) -> Value {
    let mut inlines = Vec::new();
    flatten(blocks, &mut inlines);
    json!([["", [], []], {"t": "AlignDefault"}, 1, 1, [node("Plain", Value::Array(inlines))]])
}

/// A line break for cells of a Markdown table.
fn line_break() -> Node {
    json!({"t": "RawInline", "c": ["html", "<br>"]})
}

/// Replaces line breaks in inlines by breaks for cells.
fn convert_breaks(inlines: &Value) -> impl Iterator<Item = Node> + '_ {
    list(inlines).iter().map(|inline| if name(inline) == "LineBreak" { line_break() } else { inline.clone() })
}

/// Flattens blocks to one line with breaks.
fn flatten(blocks: &[Node], out: &mut Vec<Node>) {
    for block in blocks {
        if !out.is_empty() && !list(content(block)).is_empty() {
            out.push(line_break());
        }
        match name(block) {
            "Para" | "Plain" => out.extend(convert_breaks(content(block))),
            "Header" => out.push(node("Strong", part(block, 2).clone())),
            "BulletList" => flatten_items(list(content(block)), |_| "•".to_owned(), out),
            "OrderedList" => {
                let start = part(block, 0).get(0).and_then(Value::as_u64).unwrap_or(1);
                flatten_items(list(part(block, 1)), |at| format!("{}.", start + at as u64), out);
            }
            "DefinitionList" => flatten_terms(list(content(block)), out),
            "CodeBlock" => flatten_code(part(block, 1).as_str().unwrap_or_default(), out),
            // The break before the next block is all that a cell can show of it.
            "HorizontalRule" => {}
            "BlockQuote" => flatten(list(content(block)), out),
            "Table" => flatten_rows(&rows(block).0, out),
            "RawBlock" => out.push(json!({"t": "RawInline", "c": content(block)})),
            _ => out.push(json!({"t": "Code", "c": [["", [], []], plain(block)]})),
        }
    }
}

fn flatten_items(items: &[Value], mark: impl Fn(usize) -> String, out: &mut Vec<Node>) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(line_break());
        }
        out.push(json!({"t": "Str", "c": mark(at)}));
        out.push(json!({"t": "Space"}));
        let mut content = Vec::new();
        flatten(list(item), &mut content);
        out.extend(content);
    }
}

/// Writes each line of code as a separate code span.
fn flatten_code(code: &str, out: &mut Vec<Node>) {
    for (at, line) in code.lines().enumerate() {
        if at > 0 {
            out.push(line_break());
        }
        if !line.trim().is_empty() {
            out.push(json!({"t": "Code", "c": [["", [], []], line]}));
        }
    }
}

/// Writes terms in bold, each with its definitions below it.
fn flatten_terms(terms: &[Value], out: &mut Vec<Node>) {
    for (at, term) in terms.iter().enumerate() {
        if at > 0 {
            out.push(line_break());
        }
        out.push(node("Strong", term.get(0).cloned().unwrap_or_default()));
        for definition in list(term.get(1).unwrap_or(&Value::Null)) {
            out.push(line_break());
            let mut content = Vec::new();
            flatten(list(definition), &mut content);
            out.extend(content);
        }
    }
}

fn flatten_rows(rows: &[Row], out: &mut Vec<Node>) {
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(line_break());
        }
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                out.push(json!({"t": "Str", "c": " / "}));
            }
            let mut content = Vec::new();
            flatten(cell, &mut content);
            out.extend(content);
        }
    }
}
