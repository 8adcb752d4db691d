//! HTML escaping.

/// Appends text, escaped for use in elements and in quoted attribute values.
pub(crate) fn escape(out: &mut String, text: &str) {
    escape_with(out, text, |byte| if byte == b'"' { Some("&quot;") } else { entity(byte) });
}

/// Appends text, escaped for use in elements only, so quotation marks stay as they are.
pub(crate) fn escape_text(out: &mut String, text: &str) {
    escape_with(out, text, entity);
}

/// The reference that replaces a byte with a special meaning in HTML.
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
    // Most texts contain neither quotation marks nor null bytes.
    let has_other = memchr::memchr2(b'"', 0, text.as_bytes()).is_some();
    let mut copied = 0;
    let mut put = |at: usize| {
        if let Some(entity) = entity(text.as_bytes()[at]) {
            out.push_str(&text[copied..at]);
            out.push_str(entity);
            copied = at + 1;
        }
    };
    if has_other {
        (0..text.len()).for_each(put);
    } else {
        memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()).for_each(&mut put);
    }
    out.push_str(&text[copied..]);
}
