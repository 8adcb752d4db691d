//! Character references in raw HTML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Longest reference that HTML knows, in bytes.
const LONGEST: usize = 40;

/// The reference at the beginning of a text: its length and what it stands for.
pub(crate) fn entity_at(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let inside = text.strip_prefix('&')?;
    let length = inside.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &inside[..length];
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

/// The Markdown parser knows all the names.
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

/// A text with its references replaced.
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
