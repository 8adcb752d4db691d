//! JSON with one line for each top-level key and for each mapping in a list. It can be searched and compared by line,
//! and is a third shorter than with a line for each value.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A line break with enough spaces to indent most lines in a single write.
const INDENTED_LINE: &[u8; 33] = b"\n                                ";

/// Writes a value as JSON.
pub(super) fn write_pretty(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, PrettyFormatter::default()))?;
    Ok(())
}

#[derive(Default)]
struct PrettyFormatter {
    /// Whether the content of each open list or mapping is on separate lines.
    open: Vec<bool>,
    /// The indentation level.
    level: usize,
    /// Whether the next value is an item of a list.
    is_item: bool,
}

impl PrettyFormatter {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.is_item = false;
        self.open.push(false);
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.is_item = false;
        if self.open.pop() == Some(true) {
            self.level -= 1;
            self.break_line(writer)?;
        }
        writer.write_all(bracket)
    }

    /// Begins a new line in the innermost list or mapping.
    fn begin_line<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if let Some(in_lines @ false) = self.open.last_mut() {
            *in_lines = true;
            self.level += 1;
        }
        self.break_line(writer)
    }

    fn break_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        let end = 1 + 2 * self.level;
        writer.write_all(&INDENTED_LINE[..end.min(INDENTED_LINE.len())])?;
        (INDENTED_LINE.len()..end).step_by(2).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for PrettyFormatter {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.is_item = true;
        if first { Ok(()) } else { writer.write_all(b",") }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.is_item {
            self.begin_line(writer)?;
        }
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match (self.open.len(), first) {
            (1, true) => self.begin_line(writer),
            (1, false) => {
                writer.write_all(b",")?;
                self.begin_line(writer)
            }
            (_, true) => Ok(()),
            (_, false) => writer.write_all(b", "),
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.is_item = false;
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::write_pretty;

    fn written(value: &Value) -> String {
        let mut written = Vec::new();
        write_pretty(&mut written, value).expect("room in memory");
        String::from_utf8(written).expect("text")
    }

    #[test]
    fn each_mapping_in_a_list_has_a_line() {
        let value = json!({
            "a": [],
            "b": {},
            "c": { "d": 1, "e": ["f", "g"] },
            "h": [{ "i": [1, [2, { "j": 3 }]], "k": [{ "l": null }, {}] }, { "m": [[]] }],
        });
        let wanted = "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": {\"d\": 1, \"e\": [\"f\",\"g\"]},\n  \"h\": [\n    \
                      {\"i\": [1,[2,\n      {\"j\": 3}\n    ]], \"k\": [\n      {\"l\": null},\n      {}\n    ]},\n    \
                      {\"m\": [[]]}\n  ]\n}";
        assert_eq!(written(&value), wanted);
    }

    #[test]
    fn it_is_read_as_what_was_written() {
        let mut deep = json!([]);
        for depth in 0..40 {
            deep = json!({ "depth": depth, "next": [deep, [{}], depth] });
        }
        for value in [json!(null), json!([]), json!([{}, "\n", 1]), json!({ "a": { "b": [{ "c": [] }] } }), deep] {
            assert_eq!(serde_json::from_str::<Value>(&written(&value)).expect("JSON"), value);
        }
    }
}
