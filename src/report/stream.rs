//! Streamed reports, so that a large one is never in memory as a whole.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::pretty::write_pretty;
use super::words::{escape_json, printable};

/// The number of bytes to buffer before whole lines are passed on.
const BUFFER_SIZE: usize = 64 * 1024;

/// A writer that buffers whole lines and passes them on after a transformation that works within single lines.
pub(crate) struct LineFilter<W: Write> {
    out: W,
    buffer: Vec<u8>,
    transform: fn(&str) -> Cow<'_, str>,
}

impl<W: Write> LineFilter<W> {
    /// Creates a writer that passes on printable text only.
    pub(crate) fn printable(out: W) -> LineFilter<W> {
        LineFilter { out, buffer: Vec::new(), transform: printable }
    }

    /// Passes on a last line without a line break.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.write_lines(self.buffer.len())?;
        self.out.flush()
    }

    fn write_lines(&mut self, end: usize) -> io::Result<()> {
        let bytes = &self.buffer[..end];
        // Faster than a lossy conversion right away.
        let text = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        self.out.write_all((self.transform)(&text).as_bytes())?;
        self.buffer.drain(..end);
        Ok(())
    }
}

impl<W: Write> Write for LineFilter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER_SIZE
            && let Some(end) = memchr::memrchr(b'\n', &self.buffer)
        {
            self.write_lines(end + 1)?;
        }
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    /// Does nothing, because a line is passed on only when it is complete.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes data as JSON without harmful control characters or commands, with a final line break.
///
/// # Errors
/// If writing to `out` fails.
pub(crate) fn write_json(out: &mut dyn Write, data: &impl Serialize) -> io::Result<()> {
    let mut lines = LineFilter { out, buffer: Vec::with_capacity(BUFFER_SIZE), transform: escape_json };
    write_pretty(&mut lines, data)?;
    lines.write_all(b"\n")?;
    lines.finish()
}

/// Formats a short report as JSON with a line for each value, likewise without harmful characters.
pub(super) fn json_text(data: &impl Serialize) -> String {
    // Our own data can always be serialized.
    escape_json(&serde_json::to_string_pretty(data).unwrap_or_default()).into_owned() + "\n"
}

/// Returns data as [`write_json`] writes it, in a buffer with this initial capacity. Unused capacity costs no memory,
/// but growing a large buffer copies it.
pub(crate) fn json_bytes(data: &impl Serialize, capacity: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(capacity);
    // Our own data can always be serialized, and writing to memory cannot fail.
    let _ = write_pretty(&mut bytes, data);
    bytes.push(b'\n');
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let changed = match escape_json(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(inert) => Some(inert),
    };
    changed.unwrap_or(text).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_parts_is_what_one_text_would_be() {
        let data: Vec<_> =
            (0..20_000).map(|at| serde_json::json!({ "said": format!("é \u{202e} ##[ {at}") })).collect();
        let (mut whole, mut parts) = (Vec::new(), Vec::new());
        write_pretty(&mut whole, &data).unwrap();
        let whole = escape_json(&String::from_utf8(whole).unwrap()).into_owned() + "\n";
        write_json(&mut parts, &data).unwrap();
        assert_eq!(String::from_utf8(parts).unwrap(), whole);
        assert_eq!(String::from_utf8(json_bytes(&data, 0)).unwrap(), whole);
        let (mut out, text) = (Vec::new(), "a \u{202e}\n##[b\nlast \u{1b}[1mé".repeat(9_000));
        let mut lines = LineFilter::printable(&mut out);
        text.as_bytes().chunks(7).for_each(|part| lines.write_all(part).unwrap());
        lines.finish().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), printable(&text));
    }
}
