//! Where a text holds marks of other tools.

use std::ops::Range;

use memchr::memmem;

use super::anchor::anchors;
use super::construct::{
    ABBREVIATION, COMMENT, CONTAINER, Construct, GRID, HIGHLIGHT, ICON, INCLUSION, KEYS, MATH, MODULE, ROLE, SHORTCODE,
    TABS,
};

/// Takes a construct and its byte range.
type Sink<'s> = dyn FnMut(&'static Construct, Range<usize>) + 's;

/// Shows all marks of a text to `found`; what is code is for the caller to know.
pub(super) fn all(text: &str, found: &mut Sink<'_>) {
    let has = |sign: u8| memchr::memchr(sign, text.as_bytes()).is_some();
    at_line_starts(text, found);
    let braces = has(b'{');
    if braces || has(b'\\') {
        enclosed(text, found);
    }
    short_codes(text, found);
    formulas(text, found);
    if braces {
        anchors(text, found);
        roles(text, found);
    }
    if has(b'=') {
        highlights(text, found);
    }
    if has(b'+') {
        keys(text, found);
    }
    if has(b'%') {
        comments(text, found);
    }
}

/// `%%words%%` of Obsidian, on one line or on several.
fn comments(text: &str, found: &mut Sink<'_>) {
    let signs: Vec<usize> = memmem::find_iter(text.as_bytes(), "%%").collect();
    let mut done = 0;
    for (at, next) in signs.iter().zip(signs.iter().skip(1)) {
        let inside = text.get(at + 2..*next).unwrap_or_default();
        // A percent sign belongs to the number before it.
        let is_open = *at >= done && !text[..*at].ends_with(|letter: char| letter.is_ascii_digit() || letter == '%');
        let is_line = text[..*at].ends_with('\n') || *at == 0;
        let is_whole = !inside.trim().is_empty() && inside.len() <= LONGEST && !text[next + 2..].starts_with('%');
        if is_open && is_whole && (is_line || !inside.contains('\n')) {
            found(&COMMENT, *at..next + 2);
            done = next + 2;
        }
    }
}

/// Marks that a line begins with.
const LINES: [(&str, &Construct); 17] = [
    ("*[", &ABBREVIATION),
    ("=== \"", &TABS),
    ("=== '", &TABS),
    ("===! \"", &TABS),
    ("===+ \"", &TABS),
    ("--8<--", &INCLUSION),
    ("@include", &INCLUSION),
    ("@import", &INCLUSION),
    ("!include", &INCLUSION),
    ("!!!include", &INCLUSION),
    ("[!include", &INCLUSION),
    ("[!INCLUDE", &INCLUSION),
    ("{{#", &INCLUSION),
    ("{{include", &INCLUSION),
    (".. ", &ROLE),
    ("+--", &GRID),
    ("+==", &GRID),
];

fn at_line_starts(text: &str, found: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let lead = bytes[start..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        let first = bytes.get(start + lead).copied().unwrap_or(b'\n');
        if matches!(first, b'=' | b'-' | b'@' | b'!' | b'[' | b'{' | b'.' | b'$' | b'+' | b':' | b'i' | b'e' | b'*') {
            at_line_start(&text[start + lead..end], start + lead, found);
        }
        start = end + 1;
    }
}

fn at_line_start(line: &str, at: usize, found: &mut Sink<'_>) {
    let bare = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line).trim_start();
    let at = at + line.len() - bare.len();
    let line = bare.trim_end();
    let range = at..at + line.len();
    if let Some((mark, construct)) = LINES.iter().find(|(mark, _)| line.starts_with(mark)) {
        if is_whole(line, mark) {
            found(construct, range);
        }
    } else if line.starts_with(":::")
        && line.trim_start_matches(':').trim_start().starts_with(|letter: char| letter.is_alphabetic() || letter == '{')
    {
        found(&CONTAINER, range);
    } else if is_module(line) {
        found(&MODULE, range);
    }
}

/// Whether a line that begins with a mark is what the mark stands for.
fn is_whole(line: &str, mark: &str) -> bool {
    let rest = &line[mark.len()..];
    match mark {
        "@include" | "@import" | "!include" => rest.starts_with(['(', ' ', '"', '\'']),
        ".. " => rest
            .split_once("::")
            .is_some_and(|(name, _)| name.chars().all(|letter| letter.is_alphanumeric() || "-_:".contains(letter))),
        "*[" => rest.contains("]: "),
        "+--" | "+==" => line.ends_with('+') && line.bytes().all(|byte| b"+-=:".contains(&byte)),
        _ => true,
    }
}

/// Whether a line is code of MDX that loads or defines something.
fn is_module(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_end_matches(';').trim_end();
        let is_quoted = rest.ends_with(['"', '\'']);
        return is_quoted && (rest.starts_with(['"', '\'']) || rest.contains(" from "));
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "let ", "function ", "async function "].iter().any(|word| rest.starts_with(word))
            || rest.starts_with("default ")
    })
}

/// Marks that have an opening and a closing sign.
const ENCLOSED: [(&str, &str, &Construct); 5] = [
    ("{{<", ">}}", &SHORTCODE),
    ("{{%", "%}}", &SHORTCODE),
    ("{%", "%}", &SHORTCODE),
    ("{/*", "*/}", &MODULE),
    ("\\[", "\\]", &MATH),
];

/// Longest mark with an opening and a closing sign, in bytes.
const LONGEST: usize = 2_000;

fn enclosed(text: &str, found: &mut Sink<'_>) {
    for (open, close, construct) in ENCLOSED.iter().chain(&[("\\(", "\\)", &MATH)]) {
        let mut done = 0;
        for at in memmem::find_iter(text.as_bytes(), open) {
            let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
            let Some(length) = rest.find(close).filter(|_| at >= done) else { continue };
            let end = at + length + close.len();
            if !open.starts_with('\\') || is_formula(&rest[open.len()..length]) {
                found(construct, at..end);
                done = end;
            }
        }
    }
}

/// Whether what stands between two signs can only be a formula.
fn is_formula(inside: &str) -> bool {
    let commands = inside
        .match_indices('\\')
        .any(|(at, _)| inside[at + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic()));
    commands || ["^{", "_{", "^2", "^n"].iter().any(|sign| inside.contains(sign))
}

/// `$$…$$`, and `$…$` with a command within.
fn formulas(text: &str, found: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < done {
            continue;
        }
        let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
        done = at + 1;
        let length = match rest.as_bytes() {
            [b'$', b'$', b'$', ..] => None,
            [b'$', b'$', ..] => {
                rest[2..].find("$$").filter(|length| !rest[2..2 + length].trim().is_empty()).map(|length| length + 4)
            }
            _ => one_sign(rest),
        };
        if let Some(length) = length {
            found(&MATH, at..at + length);
            done = at + length;
        }
    }
}

/// Length of a formula between single signs.
fn one_sign(rest: &str) -> Option<usize> {
    let line = rest[1..].lines().next()?;
    let inside = &line[..line.find('$')?];
    let is_tight = !inside.is_empty() && inside.trim() == inside;
    (is_tight && is_formula(inside)).then_some(inside.len() + 2)
}

/// Prefixes of the icons that MkDocs Material has.
const ICONS: [&str; 4] = ["material-", "fontawesome-", "octicons-", "simple-"];

/// `:material-account:`, and roles such as `` :ref:`label` ``.
fn short_codes(text: &str, found: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut colons = memchr::memchr_iter(b':', bytes).peekable();
    while let Some(at) = colons.next() {
        let Some(&end) = colons.peek().filter(|end| **end - at <= LONGEST_NAME) else { continue };
        let name = &text[at + 1..end];
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
        let starts = !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == ':');
        if name.is_empty() || !starts || !name.bytes().all(is_name) {
            continue;
        }
        let construct = match bytes.get(end + 1) {
            Some(b'`') => &ROLE,
            Some(byte) if byte.is_ascii_alphanumeric() => continue,
            _ if ICONS.iter().any(|icon| name.starts_with(icon)) => &ICON,
            _ => continue,
        };
        found(construct, at..end + 1);
        colons.next();
    }
}

/// Roles of MyST, such as `` {doc}`page` ``.
fn roles(text: &str, found: &mut Sink<'_>) {
    for end in memmem::find_iter(text.as_bytes(), "}`") {
        let before = &text[text.floor_char_boundary(end.saturating_sub(LONGEST_NAME))..end];
        let name = before.rsplit('{').next().unwrap_or_default();
        let is_name =
            name.len() < before.len() && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_:".contains(&byte));
        if is_name && !name.is_empty() {
            found(&ROLE, end - name.len() - 1..end + 1);
        }
    }
}

/// Longest name of a role or a short code, in bytes.
const LONGEST_NAME: usize = 60;

/// `==words==`.
fn highlights(text: &str, found: &mut Sink<'_>) {
    let mut signs = memmem::find_iter(text.as_bytes(), "==").peekable();
    while let Some(at) = signs.next() {
        let Some(&end) = signs.peek().filter(|end| **end - at <= 200) else { continue };
        let inside = &text[at + 2..end];
        let is_word = |letter: char| !letter.is_whitespace() && letter != '=';
        let tight = inside.starts_with(is_word) && inside.ends_with(is_word) && !inside.contains('\n');
        let apart = !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '=')
            && !text[end + 2..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '=');
        if tight && apart {
            found(&HIGHLIGHT, at..end + 2);
            signs.next();
        }
    }
}

/// `++ctrl+c++`.
fn keys(text: &str, found: &mut Sink<'_>) {
    let mut signs = memmem::find_iter(text.as_bytes(), "++").peekable();
    while let Some(at) = signs.next() {
        let Some(&end) = signs.peek().filter(|end| **end - at <= LONGEST_NAME) else { continue };
        let inside = &text[at + 2..end];
        let is_keys = inside.starts_with(|letter: char| letter.is_ascii_lowercase())
            && inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
        let apart = !text[..at].ends_with(char::is_alphanumeric) && !text[end + 2..].starts_with(char::is_alphanumeric);
        if is_keys && apart {
            found(&KEYS, at..end + 2);
            signs.next();
        }
    }
}

/// Names of directives that MyST has beside those of alerts.
const DIRECTIVES: [&str; 30] = [
    "admonition",
    "attention",
    "card",
    "caution",
    "code-block",
    "contents",
    "csv-table",
    "danger",
    "dropdown",
    "error",
    "eval-rst",
    "figure",
    "glossary",
    "grid",
    "hint",
    "image",
    "important",
    "include",
    "list-table",
    "literalinclude",
    "margin",
    "math",
    "note",
    "seealso",
    "sidebar",
    "tab-set",
    "tab-item",
    "tip",
    "toctree",
    "warning",
];

/// Whether what stands behind a fence names a directive, as `{warning}` does.
pub(in crate::markdown) fn is_directive(info: &str) -> bool {
    let name = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    name.is_some_and(|name| DIRECTIVES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::foreign::construct::*;

    fn found(text: &str) -> Vec<(&'static Construct, &str)> {
        let mut found = Vec::new();
        all(text, &mut |construct, range| found.push((construct, &text[range])));
        found
    }

    #[test]
    fn marks_of_other_tools_are_found() {
        for (text, construct, mark) in [
            ("=== \"Windows\"", &TABS, "=== \"Windows\""),
            ("- === \"Windows\"", &TABS, "=== \"Windows\""),
            ("--8<-- \"a.md\"", &INCLUSION, "--8<-- \"a.md\""),
            ("> @include(a.md)\r", &INCLUSION, "@include(a.md)"),
            ("{{#include a.md}}", &INCLUSION, "{{#include a.md}}"),
            (":::tabs", &CONTAINER, ":::tabs"),
            ("a {{< figure src=\"x\" >}} b", &SHORTCODE, "{{< figure src=\"x\" >}}"),
            ("{% raw %}", &SHORTCODE, "{% raw %}"),
            ("import Tabs from '@theme/Tabs';", &MODULE, "import Tabs from '@theme/Tabs';"),
            ("export const a = 1", &MODULE, "export const a = 1"),
            ("{/* no */}", &MODULE, "{/* no */}"),
            ("so $$a = b$$.", &MATH, "$$a = b$$"),
            ("$$\na\n$$", &MATH, "$$\na\n$$"),
            ("so $\\alpha$.", &MATH, "$\\alpha$"),
            ("\\(x^{2}\\)", &MATH, "\\(x^{2}\\)"),
            (":material-account:", &ICON, ":material-account:"),
            ("see :ref:`x`", &ROLE, ":ref:"),
            ("see {doc}`x`", &ROLE, "{doc}"),
            (".. note:: x", &ROLE, ".. note:: x"),
            ("+----+---+", &GRID, "+----+---+"),
            ("*[SLA]: Service level agreement", &ABBREVIATION, "*[SLA]: Service level agreement"),
            ("press ++ctrl+c++.", &KEYS, "++ctrl+c++"),
            ("so ==this word== is", &HIGHLIGHT, "==this word=="),
        ] {
            assert_eq!(found(text), [(construct, mark)], "{text}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "=== ",
            "===",
            "--8<",
            "@includes all",
            "[TOC](x.md)",
            ":::",
            "{{ name }}",
            "import goods from abroad",
            "export documents are kept",
            "costs $5 and $6, or $$$",
            "\\(not a link\\) and \\[none\\]",
            "at 10:30:45, key:value:more and :nosuchcode:",
            "*[one] and [two]",
            "C++ and D++, i++ + j++",
            "a == b and c == d, x==1 && y==2",
            "+1 for this + that",
            "... and so on",
            "e.g. i.e.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn directives_are_no_languages() {
        assert!(is_directive("{warning}") && is_directive("{note} Title"));
        assert!(!is_directive("{python}") && !is_directive("{.yaml}") && !is_directive("yaml {1}"));
    }
}
