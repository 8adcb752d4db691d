//! JSON with a line for each value, as `serde_json` writes it; each line end is written with its indent in one go.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// What stands before a value: a comma, a line end, and the indent of the deepest line that is written in one go.
const LINE: &[u8; 66] = b",\n                                                                ";

/// Writes a value as JSON text.
pub(super) fn write_pretty(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Pretty { depth: 0, has_value: false }))?;
    Ok(())
}

struct Pretty {
    depth: usize,
    /// Whether the list or mapping that ends has a value in it.
    has_value: bool,
}

impl Pretty {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(sign)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.line(writer, true)?;
        }
        writer.write_all(sign)
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W, is_first: bool) -> io::Result<()> {
        let (start, end) = (usize::from(is_first), 2 + 2 * self.depth);
        writer.write_all(&LINE[start..end.min(LINE.len())])?;
        (LINE.len()..end).step_by(2).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Pretty {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::write_pretty;

    #[test]
    fn it_is_what_the_library_writes() {
        let mut deep = json!([]);
        for depth in 0..40 {
            deep = json!({ "depth": depth, "next": deep });
        }
        let values: [Value; 4] = [json!(null), json!([]), json!({"a": [], "b": {}, "c": [[1, "\n"], {"d": []}]}), deep];
        for value in values {
            let mut written = Vec::new();
            write_pretty(&mut written, &value).expect("room in memory");
            assert_eq!(written, serde_json::to_vec_pretty(&value).expect("a value"));
        }
    }
}
