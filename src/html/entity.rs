//! Character references in raw HTML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Maximum length of an HTML reference, in bytes.
const MAX_REFERENCE_BYTES: usize = 40;

/// The reference at the start of a text: its length in bytes and its value.
pub(crate) fn entity_at(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let rest = text.strip_prefix('&')?;
    let length = rest.bytes().take(MAX_REFERENCE_BYTES).position(|byte| byte == b';')?;
    let name = &rest[..length];
    let value = match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "nbsp" => "\u{a0}".into(),
        _ => look_up(name, &text[..length + 2])?.into(),
    };
    Some((length + 2, value))
}

/// Looks up a reference through the Markdown parser, which knows all names.
fn look_up(name: &str, reference: &str) -> Option<String> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let value: String = Parser::new(reference)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (value != reference).then_some(value)
}

/// The text with all references replaced by their values.
pub(crate) fn decode_references(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (length, value) = entity_at(&rest[at..]).unwrap_or((1, "&".into()));
        decoded.push_str(&value);
        rest = &rest[at + length..];
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_html_has_them() {
        assert_eq!(decode_references("a&amp;b&#x6a;&#106;&eacute;&nosuch;&;&"), "a&bjjé&nosuch;&;&");
        assert_eq!(decode_references("&#0;"), "\u{fffd}");
    }
}
