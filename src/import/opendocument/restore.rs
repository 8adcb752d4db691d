//! Returns moved blocks, heads of tables and remarks to their places in pandoc's tree.

use serde_json::{Map, Value, json};

use super::super::tree::{list, name, part};
use super::marks::{Mark, Remark};

/// Returns everything to its place. Remarks whose marks pandoc dropped follow the text.
pub(super) fn restore(mut tree: Value, remarks: Vec<Remark>) -> Value {
    let Some(Value::Array(blocks)) = tree.get_mut("blocks").map(Value::take) else { return tree };
    let (blocks, moved) = split(blocks);
    let mut restorer = Restorer { moved, remarks: remarks.into_iter().map(Some).collect() };
    let mut restored = restorer.list(blocks);
    // Blocks whose places pandoc dropped follow the text, too.
    for number in 0..restorer.moved.len() {
        restored.extend(restorer.blocks(number));
    }
    let left: Vec<Value> = restorer.remarks.iter().flatten().map(Remark::span).collect();
    restored.extend((!left.is_empty()).then(|| json!({"t": "Para", "c": left})));
    if let Some(place) = tree.get_mut("blocks") {
        *place = Value::Array(restored);
    }
    tree
}

/// Splits the blocks of a document into its text and the moved blocks by number.
fn split(mut blocks: Vec<Value>) -> (Vec<Value>, Vec<Vec<Value>>) {
    let at = blocks.iter().rposition(|block| Mark::of_paragraph(block) == Some(Mark::End));
    let Some(at) = at else { return (blocks, Vec::new()) };
    let mut moved: Vec<Vec<Value>> = Vec::new();
    for block in blocks.split_off(at).into_iter().skip(1) {
        match Mark::of_paragraph(&block) {
            Some(Mark::Blocks(number)) if number == moved.len() => moved.push(Vec::new()),
            _ => moved.last_mut().into_iter().for_each(|blocks| blocks.push(block.clone())),
        }
    }
    (blocks, moved)
}

struct Restorer {
    /// The moved blocks by number; empty once they are back.
    moved: Vec<Vec<Value>>,
    /// The remarks by number; `None` once they are back.
    remarks: Vec<Option<Remark>>,
}

impl Restorer {
    fn blocks(&mut self, number: usize) -> Vec<Value> {
        let blocks = self.moved.get_mut(number).map(std::mem::take).unwrap_or_default();
        self.list(blocks)
    }

    fn list(&mut self, items: Vec<Value>) -> Vec<Value> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            match (Mark::of_paragraph(&item), Mark::of(&item)) {
                (Some(Mark::Blocks(number)), _) => out.extend(self.blocks(number)),
                (Some(Mark::Head | Mark::End), _) => {}
                (_, Some(Mark::Remark(number))) => {
                    let remark = self.remarks.get_mut(number).and_then(Option::take);
                    out.extend(remark.map(|remark| remark.span()));
                }
                (_, Some(_)) => {}
                _ => out.push(self.value(item)),
            }
        }
        out
    }

    fn value(&mut self, value: Value) -> Value {
        match value {
            Value::Array(items) => Value::Array(self.list(items)),
            Value::Object(_) if name(&value) == "Table" => self.entries(with_head(value)),
            Value::Object(entries) => self.entries(entries),
            _ => value,
        }
    }

    fn entries(&mut self, entries: Map<String, Value>) -> Value {
        entries.into_iter().map(|(key, value)| (key, self.value(value))).collect()
    }
}

/// A table whose marked rows are its head, in place of the empty row that pandoc makes up.
fn with_head(mut table: Value) -> Map<String, Value> {
    let blocks = |cell: &Value| list(cell.get(4).unwrap_or(&Value::Null)).to_vec();
    let is_head = |row: &Value| {
        let first = row.get(1).and_then(|cells| cells.get(0)).map(blocks).unwrap_or_default();
        first.first().and_then(Mark::of_paragraph) == Some(Mark::Head)
    };
    let is_empty = |row: &Value| list(row.get(1).unwrap_or(&Value::Null)).iter().all(|cell| blocks(cell).is_empty());
    let rows = list(part(&table, 4).get(0).and_then(|body| body.get(3)).unwrap_or(&Value::Null));
    let (head, body): (Vec<Value>, Vec<Value>) = rows.iter().cloned().partition(is_head);
    let is_made_up = list(part(&table, 3).get(1).unwrap_or(&Value::Null)).iter().all(is_empty);
    if is_made_up && let Some(content) = table.get_mut("c") {
        content[3][1] = Value::Array(head);
        content[4][0][3] = Value::Array(body);
    }
    if let Value::Object(entries) = table { entries } else { Map::new() }
}
