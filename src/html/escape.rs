//! Texts as HTML takes them.

/// Appends text escaped for elements and for quoted attribute values.
pub(crate) fn escape(out: &mut String, text: &str) {
    escape_with(out, text, |byte| if byte == b'"' { Some("&quot;") } else { entity(byte) });
}

/// Appends text escaped for elements alone, where quotation marks need not be.
pub(crate) fn escape_text(out: &mut String, text: &str) {
    escape_with(out, text, entity);
}

/// What stands for a byte that HTML does not take as it is.
fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        0 => Some("\u{fffd}"),
        _ => None,
    }
}

fn escape_with(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    // Most texts need nothing; to look at every byte without stopping is the quickest way to know.
    let is_special = |byte: u8| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == 0);
    if !text.bytes().fold(false, |found, byte| found | is_special(byte)) {
        return out.push_str(text);
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[done..at]);
            out.push_str(entity);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}
