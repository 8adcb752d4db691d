//! Template expressions, `{{ expression }}` and `${NAME}`, which another program would replace by a value.

use std::ops::Range;

use memchr::memmem;

use super::comment::begins_line;
use super::construct::{MAX_CONSTRUCT_BYTES, SHORTCODE, Sink};

/// Common environment variables: `${PATH}` in a text is meant literally.
const ENVIRONMENT: [&str; 10] =
    ["APPDATA", "HOME", "HOSTNAME", "JAVA_HOME", "LANG", "PATH", "SHELL", "TEMP", "TMP", "USER"];

/// Maximum length of a variable with its braces, in bytes.
const MAX_VARIABLE_BYTES: usize = 80;

/// Finds `{{ site.name }}`, `{{ name | filter }}`, `{{ macro("x") }}` and `{{> part}}`; a name alone is a field to be
/// filled in.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "{{") {
        let rest = &text[at + 2..text.floor_char_boundary((at + MAX_CONSTRUCT_BYTES).max(at + 2))];
        let Some(length) = rest.find("}}") else { continue };
        let is_line = || rest.starts_with(['#', 'i']) && begins_line(&text[..at]);
        if is_expression(&rest[..length]) && !is_line() {
            sink(&SHORTCODE, at..at + length + 4);
        }
    }
}

/// Finds `${COMPANY_NAME}`, `${company.name}` and `#{company}`. A name of one letter is more likely mathematics.
pub(super) fn variables(text: &str, found: &mut Sink<'_>) {
    for open in ["${", "#{"] {
        for at in memmem::find_iter(text.as_bytes(), open) {
            let rest = &text[at + 2..text.floor_char_boundary(at + MAX_VARIABLE_BYTES)];
            let Some((name, _)) = rest.split_once('}') else { continue };
            let is_variable = name.len() > 1
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name.chars().all(|c| is_name(c) || c == '.');
            if is_variable
                && !ENVIRONMENT.contains(&name)
                && !name.eq_ignore_ascii_case("toc")
                && !text[..at].ends_with(['\\', '$', '#'])
            {
                found(&SHORTCODE, at..at + name.len() + 3);
            }
        }
    }
}

/// The first template expression or tag in a text of one line.
pub(crate) fn template_mark(text: &str) -> Option<Range<usize>> {
    if !text.contains(['{', '<']) {
        return None;
    }
    let mut first: Option<Range<usize>> = None;
    all(text, &mut |_, range| first = first.take().or(Some(range)));
    let tag = |(open, close): &(&str, &str)| {
        let at = text.find(open)?;
        Some(at..at + text[at..].find(close)? + close.len())
    };
    first.or_else(|| [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("<%", "%>")].iter().find_map(tag))
}

/// Whether the text in braces is not just the name of a field, but something that a program computes.
pub(super) fn is_expression(text: &str) -> bool {
    let is_trimmed = text.starts_with("- ") || text.ends_with(" -");
    let inner = text.trim_matches('-').trim();
    let name = &inner[..inner.find(|c| !is_name(c)).unwrap_or(inner.len())];
    let after = inner[name.len()..].trim_start();
    match inner.as_bytes().first() {
        Some(b'>') => begins(inner[1..].trim_start().trim_start_matches(['"', '\''])) && !inner.contains('\n'),
        Some(b'.' | b'$') => begins(&inner[1..]) && is_value(inner),
        Some(b'"' | b'\'') => inner.contains(" | "),
        Some(b'#' | b'/' | b'^' | b'&') => begins(&inner[1..]),
        _ if !begins(name) => false,
        _ if after.is_empty() => is_trimmed || matches!(name, "end" | "else") || name.eq_ignore_ascii_case("toc"),
        _ => is_computed(name, after, &inner[name.len()..]),
    }
}

/// Whether the text after a name means that a program computes the value.
fn is_computed(name: &str, after: &str, direct: &str) -> bool {
    match after.as_bytes().first() {
        Some(b'.') if direct.starts_with('.') => !after.contains(' ') && begins(&after[1..]) || after.contains(" | "),
        Some(b'|') => begins(after[1..].trim_start()),
        Some(b'(') => after.ends_with(')'),
        Some(b'[') => direct.starts_with('[') && after.contains(']') && after.contains(['"', '\'']),
        Some(b'>') => direct.starts_with('>') && begins(&after[1..]),
        Some(b'"' | b'\'' | b'`') => TEMPLATE_FUNCTIONS.contains(&name),
        Some(b'.' | b'$') => TEMPLATE_FUNCTIONS.contains(&name),
        _ => false,
    }
}

/// Functions and statements of Hugo, Jinja, Twig and Handlebars.
const TEMPLATE_FUNCTIONS: [&str; 14] = [
    "include", "partial", "template", "block", "define", "i18n", "T", "t", "trans", "ref", "relref", "range", "if",
    "with",
];

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn begins(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Recognizes `.Site.Title` and `$page.title`, with or without filters.
fn is_value(text: &str) -> bool {
    let first = text.split(" | ").next().unwrap_or_default();
    first.chars().all(|c| is_name(c) || ".$".contains(c))
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn values_and_calls_are_expressions() {
        for inside in [
            " site.name ",
            "page.version | default: \"1\"",
            " read_csv(\"x\") ",
            "> contact",
            "> \"contact\"",
            " .Site.Params.x ",
            " .Page.Title | upper ",
            "- x -",
            " $x ",
            " $page.title ",
            " i18n \"x\" ",
            " end ",
            " \"x\" | t ",
            " site[\"x\"] ",
            "page>contact",
            " include \"x\" ",
            " partial \"x\" . ",
            " toc ",
            "/if",
        ] {
            assert!(is_expression(inside), "{inside}");
        }
        for inside in [
            " name ",
            "",
            " e.g. the name ",
            "name | ",
            " name of the customer ",
            " if applicable ",
            " $5 ",
            " .5 ",
            " name (short) or none ",
            " the \"name\" ",
        ] {
            assert!(!is_expression(inside), "{inside}");
        }
    }
}
