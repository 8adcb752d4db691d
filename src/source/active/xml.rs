//! Detects active content in XML: elements and attributes that contain programs, addresses that are programs, embedded
//! documents, entities and style sheets that may bring in any of these, and addresses encoded so that they cannot be
//! checked here.
//!
//! Drawings are long and consist mainly of numbers, so only the characters with which active content starts or ends are
//! examined. Letter case never matters.

/// Elements that run, or that contain something that does.
const ELEMENTS: [&[u8]; 10] = [
    b"script",
    b"handler",
    b"listener",
    b"foreignObject",
    b"iframe",
    b"object",
    b"embed",
    b"html",
    b"body",
    b"template",
];

/// Whether a text contains active content.
pub(super) fn has_active_content(text: &[u8]) -> bool {
    let mut checked = 0;
    memchr::memchr_iter(b'<', text).any(|at| is_active_element(&text[at + 1..]))
        || memchr::memchr_iter(b'=', text).any(|at| is_active_attribute(text, at, &mut checked))
        || memchr::memchr_iter(b':', text).any(|at| is_active_scheme(&text[..at]))
        || memchr::memchr_iter(b'@', text).any(|at| starts_with(&text[at + 1..], b"import"))
}

/// Whether the text after `<` starts an active element, with or without a namespace prefix.
fn is_active_element(tag_text: &[u8]) -> bool {
    if starts_with(tag_text, b"!ENTITY") || starts_with(tag_text, b"?xml-stylesheet") {
        return true;
    }
    let name = trim_start(tag_text);
    let prefix = name.iter().take_while(|byte| is_word(byte) || matches!(byte, b'.' | b'-')).count();
    let local_name = name.get(prefix..).and_then(|rest| rest.strip_prefix(b":")).filter(|_| prefix > 0);
    is_element(name) || local_name.is_some_and(is_element)
}

fn is_element(name: &[u8]) -> bool {
    ELEMENTS.iter().any(|element| starts_with(name, element) && !name.get(element.len()).is_some_and(is_word))
}

/// Whether the attribute before the `=` at `at` is active. Addresses up to `checked` contain no character references.
fn is_active_attribute(text: &[u8], at: usize, checked: &mut usize) -> bool {
    let name = trim_end(&text[..at]);
    if is_event(name) {
        return true;
    }
    if ends_with(name, b"href") {
        return starts_with(value(&text[at + 1..]), b"data:") || has_references(text, at + 1, checked);
    }
    ends_with(name, b"attributeName") && is_active_name(value(&text[at + 1..]))
}

/// Whether a text ends with the name of an event attribute, such as `onload`.
fn is_event(text: &[u8]) -> bool {
    let letters = text.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (before, name) = text.split_at(text.len() - letters);
    let is_separated = before.last().is_some_and(|byte| is_space(byte) || matches!(byte, b'"' | b'\'' | b'/'));
    is_separated && letters > 2 && starts_with(name, b"on")
}

/// Whether a value, up to its quotation mark or the end of its tag, contains a character reference.
fn has_references(text: &[u8], from: usize, checked: &mut usize) -> bool {
    let start = text.len() - value(&text[from..]).len();
    if start < *checked {
        return false;
    }
    let rest = &text[start..];
    let end = memchr::memchr3(b'"', b'\'', b'>', rest).unwrap_or(rest.len());
    *checked = start + end;
    memchr::memmem::find(&rest[..end], b"&#").is_some()
}

/// Whether an animation changes an address or an event attribute.
fn is_active_name(value: &[u8]) -> bool {
    let prefix = value.iter().take_while(|byte| is_word(byte)).count();
    let local_name = value.get(prefix..).and_then(|rest| rest.strip_prefix(b":")).filter(|_| prefix > 0);
    starts_with(value, b"href")
        || starts_with(value, b"on")
        || local_name.is_some_and(|after| starts_with(after, b"href"))
}

/// Whether the text before a colon ends with the name of a scheme that runs code.
fn is_active_scheme(before: &[u8]) -> bool {
    let name = trim_end(before);
    ends_with(name, b"javascript") || ends_with(name, b"vbscript")
}

/// The value after `=`, without leading white space and quotation mark.
fn value(text: &[u8]) -> &[u8] {
    let text = trim_start(text);
    match text.first() {
        Some(b'"' | b'\'') => trim_start(&text[1..]),
        _ => text,
    }
}

fn trim_start(text: &[u8]) -> &[u8] {
    &text[text.iter().take_while(|byte| is_space(byte)).count()..]
}

fn trim_end(text: &[u8]) -> &[u8] {
    &text[..text.len() - text.iter().rev().take_while(|byte| is_space(byte)).count()]
}

/// Whether a byte is white space, including the vertical tab.
fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}

fn starts_with(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn ends_with(text: &[u8], word: &[u8]) -> bool {
    text.len().checked_sub(word.len()).is_some_and(|at| text[at..].eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_lite::Regex;

    use super::*;

    /// The same detection as a regular expression.
    fn pattern() -> Regex {
        let elements =
            r"<\s*(?:[\w.-]+:)?(?:script|handler|listener|foreignObject|iframe|object|embed|html|body|template)\b";
        let attributes = r#"[\s"'/]on[a-z]+\s*="#;
        let addresses = r#"(?:java|vb)script\s*:|href\s*=\s*["']?\s*(?:data:|[^"'>]*&#)"#;
        let animated = r#"attributeName\s*=\s*["']?\s*(?:(?:\w+:)?href|on)"#;
        let others = r"<!ENTITY|<\?xml-stylesheet|@import";
        Regex::new(&format!("(?i)(?:{elements}|{attributes}|{addresses}|{animated}|{others})")).unwrap()
    }

    const PARTS: &[&str] = &[
        "<",
        "</",
        "<!",
        "<?",
        ">",
        "=",
        ":",
        "\"",
        "'",
        "/",
        " ",
        "\n",
        "\u{b}",
        "\u{a0}",
        "&#",
        "&",
        "#",
        "@",
        "-",
        ".",
        "_",
        "é",
        "on",
        "ON",
        "load",
        "x",
        "script",
        "Script",
        "java",
        "vb",
        "href",
        "HREF",
        "xlink",
        "data",
        "import",
        "ENTITY",
        "xml-stylesheet",
        "attributeName",
        "handler",
        "foreignobject",
        "object",
        "svg",
        "html",
        "bodyx",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn detection_agrees_with_the_pattern(parts in prop::collection::vec(prop::sample::select(PARTS), 0..12)) {
            let text = parts.concat();
            prop_assert_eq!(has_active_content(text.as_bytes()), pattern().is_match(&text), "{:?}", text);
        }
    }

    #[test]
    fn long_drawings_are_read_in_one_pass() {
        for part in ["href=", "href= ", "<", "= ", "on=", "a:", "<a:", "href='&"] {
            assert!(!has_active_content(part.repeat(200_000).as_bytes()), "{part}");
        }
    }
}
