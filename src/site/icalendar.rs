//! Writing iCalendar files (RFC 5545).

/// The maximum length of a line in bytes, without its line break.
const MAX_LINE_BYTES: usize = 75;

/// The lines of a file under construction.
#[derive(Default)]
pub(super) struct CalendarLines(String);

impl CalendarLines {
    /// Appends a line made of parts verbatim, folding it if it is too long.
    pub(super) fn push_raw(&mut self, parts: &[&str]) {
        let start = self.0.len();
        self.0.extend(parts.iter().copied());
        self.end_line(start);
    }

    /// Appends a property with a text value.
    pub(super) fn push_text(&mut self, name: &str, text: &str) {
        let start = self.0.len();
        self.0.extend([name, ":"]);
        escape(&mut self.0, text);
        self.end_line(start);
    }

    /// Ends the line that starts at `start`.
    fn end_line(&mut self, start: usize) {
        if self.0.len() - start > MAX_LINE_BYTES {
            let line = self.0.split_off(start);
            self.push_folded(&line);
        }
        self.0.push_str("\r\n");
    }

    fn push_folded(&mut self, line: &str) {
        let mut rest = line;
        let mut max_bytes = MAX_LINE_BYTES;
        while rest.len() > max_bytes {
            let (part, after) = rest.split_at(rest.floor_char_boundary(max_bytes));
            self.0.extend([part, "\r\n "]);
            rest = after;
            // The space at the start of a continuation line counts.
            max_bytes = MAX_LINE_BYTES - 1;
        }
        self.0.push_str(rest);
    }

    /// Lines with room for a typical event.
    pub(super) fn for_event() -> CalendarLines {
        CalendarLines(String::with_capacity(512))
    }

    /// Appends all lines of another file.
    pub(super) fn append(&mut self, lines: &CalendarLines) {
        self.0.push_str(&lines.0);
    }

    /// The finished file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Appends an escaped text value. Control characters other than line breaks and tabs are removed, since values must not
/// contain them.
fn escape(out: &mut String, text: &str) {
    // Most texts need no escapes. The controls beyond ASCII start with 0xc2, as other characters do.
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'\\' | b';' | b',' | 0x7f | 0xc2);
    if text.bytes().all(is_plain) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut lines = CalendarLines::default();
        lines.push_text("SUMMARY", text);
        String::from_utf8(lines.into_bytes()).expect("UTF-8")
    }

    /// Unfolds and unescapes the value, as a calendar application would.
    fn read(file: &str) -> String {
        let line = file.replace("\r\n ", "");
        let value = line.strip_suffix("\r\n").and_then(|line| line.strip_prefix("SUMMARY:")).expect("one property");
        let mut out = String::new();
        let mut letters = value.chars();
        while let Some(c) = letters.next() {
            match c {
                '\\' => out.push(match letters.next().expect("an escaped letter") {
                    'n' => '\n',
                    other => other,
                }),
                ';' | ',' => panic!("{c} would split the value"),
                letter => out.push(letter),
            }
        }
        out
    }

    #[test]
    fn a_text_is_escaped_and_folded() {
        assert_eq!(written("a;b, c\\d\ne\r\u{7}"), "SUMMARY:a\\;b\\, c\\\\d\\ne\r\n");
        let long = written(&"ä".repeat(80));
        assert_eq!(long.lines().map(str::len).collect::<Vec<_>>(), [74, 75, 21]);
    }

    proptest! {
        #[test]
        fn written_text_round_trips_in_short_lines(text in "(\\PC|[\n,;\\\\ ]){0,300}") {
            let file = written(&text);
            prop_assert!(file.split("\r\n").all(|line| line.len() <= MAX_LINE_BYTES && !line.contains(['\r', '\n'])));
            let kept: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(read(&file), kept);
        }
    }
}
