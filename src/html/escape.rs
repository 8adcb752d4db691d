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
    // Most texts need nothing, or no more than signs of markup; to look at every byte without stopping is the quickest way
    // to know.
    let is_markup = |byte: u8| (byte == b'&') | (byte == b'<') | (byte == b'>');
    let is_other = |byte: u8| (byte == b'"') | (byte == 0);
    let look = |(markup, other), byte| (markup | is_markup(byte), other | is_other(byte));
    let (has_markup, has_other) = text.bytes().fold((false, false), look);
    let mut done = 0;
    let mut put = |at: usize| {
        if let Some(entity) = entity(text.as_bytes()[at]) {
            out.push_str(&text[done..at]);
            out.push_str(entity);
            done = at + 1;
        }
    };
    match (has_markup, has_other) {
        (_, true) => (0..text.len()).for_each(put),
        (true, false) => memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()).for_each(&mut put),
        (false, false) => {}
    }
    out.push_str(&text[done..]);
}
