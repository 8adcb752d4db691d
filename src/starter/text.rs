//! Text helpers: quoting for YAML, escaping for Markdown, wrapping, and file names.

use deunicode::deunicode;

use crate::url::is_device;

/// The maximum width of lines.
const MAX_LINE_CHARS: usize = 116;
/// The maximum length of a file or folder name.
const MAX_NAME_CHARS: usize = 80;

/// Writes a string as a double-quoted YAML scalar.
pub(crate) fn quote_yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Writes a list of strings as YAML.
pub(super) fn yaml_list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quote_yaml).collect();
    format!("[{}]", texts.join(", "))
}

/// Escapes a text for Markdown.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let entity = c == '&' && rest.peek().is_some_and(|next| !next.is_whitespace());
        if entity || "\\`*_[]<>|{}#~$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Converts a text to a file name of lower-case letters and digits joined by `-`, or `fallback` if it has none; at most
/// `MAX_NAME_CHARS` characters, or a few more after a name that Windows keeps for a device.
pub(crate) fn file_name(text: &str, fallback: &str) -> String {
    let plain = deunicode(text).to_ascii_lowercase().replace('\'', "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-");
    name.truncate(MAX_NAME_CHARS);
    match name.trim_end_matches('-') {
        "" => fallback.to_owned(),
        name if is_device(name) => format!("{name}-{fallback}"),
        name => name.to_owned(),
    }
}

/// Wraps a text into lines that begin with `prefix`.
pub(super) fn wrap(text: &str, prefix: &str) -> String {
    crate::text::wrap(text, MAX_LINE_CHARS, prefix).join("\n") + "\n"
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn join_names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// The most frequent value; in a tie, the first one.
pub(super) fn most_frequent<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(counted, _)| *counted == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let max_count = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == max_count).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_safe_where_they_are_put() {
        assert_eq!(quote_yaml("a \"b\" \\c"), r#""a \"b\" \\c""#);
        assert_eq!(markdown("A|B & C &amp;"), "A\\|B & C \\&amp;");
        assert_eq!(file_name("Größe: it's 8.6 / new", "x"), "grosse-its-8-6-new");
        assert_eq!(file_name("…", "document"), "document");
        assert_eq!(file_name("Aux", "document"), "aux-document");
        assert_eq!(join_names(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(most_frequent(["b", "a", "a", "b"]), Some("b"));
    }

    #[test]
    fn lines_are_wrapped_within_the_width() {
        let text = wrap(&"word ".repeat(60), "> ");
        assert!(
            text.lines().count() > 2 && text.lines().all(|line| line.starts_with("> ") && line.len() <= MAX_LINE_CHARS)
        );
    }
}
