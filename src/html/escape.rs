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
    // Most texts need nothing, or no more than signs of markup.
    let has_other = memchr::memchr2(b'"', 0, text.as_bytes()).is_some();
    let mut done = 0;
    let mut put = |at: usize| {
        if let Some(entity) = entity(text.as_bytes()[at]) {
            out.push_str(&text[done..at]);
            out.push_str(entity);
            done = at + 1;
        }
    };
    if has_other {
        (0..text.len()).for_each(put);
    } else {
        memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()).for_each(&mut put);
    }
    out.push_str(&text[done..]);
}
