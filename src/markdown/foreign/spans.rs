//! Marks of other tools within a line.

use memchr::memmem;

use super::construct::{
    CITATION, COMMENT, Construct, HIGHLIGHT, ICON, KEYS, LONGEST, NOTE, OFFICE, ROLE, SHORTCODE, SPAN, STRIKE, Sink,
};

/// Shows all of them to `found`.
pub(super) fn all(text: &str, found: &mut Sink<'_>) {
    let has = |sign: u8| memchr::memchr(sign, text.as_bytes()).is_some();
    short_codes(text, found);
    if has(b'{') {
        roles(text, found);
        expressions(text, found);
        attributes(text, found);
    }
    if has(b'<') && has(b':') {
        office_tags(text, found);
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
    if has(b'~') {
        strikes(text, found);
    }
    if has(b'[') {
        brackets(text, found);
    }
    if has(b'_') {
        contents(text, found);
    }
}

/// Names before the colon of tags that office programs and Confluence write.
const SPACES: [&str; 8] = ["ac", "at", "m", "o", "ri", "st1", "v", "w"];

/// `<o:p>`, `</w:sdt>`, `<ac:structured-macro ac:name="toc"/>`.
fn office_tags(text: &str, found: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text[at..text.floor_char_boundary(at + LONGEST_NAME * 4)];
        let name = rest[1..].trim_start_matches('/');
        let is_office = name.split_once(':').is_some_and(|(space, _)| SPACES.contains(&space));
        let end = rest.find('>').filter(|_| is_office);
        end.into_iter().for_each(|end| found(&OFFICE, at..at + end + 1));
    }
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

/// Shows what stands between two equal signs, as far apart as `longest` bytes at most and told by what is before, inside and
/// behind them.
fn paired(
    text: &str,
    (sign, longest): (&str, usize),
    construct: &'static Construct,
    found: &mut Sink<'_>,
    is_meant: impl Fn(&str, &str, &str) -> bool,
) {
    let mut signs = memmem::find_iter(text.as_bytes(), sign).peekable();
    while let Some(at) = signs.next() {
        let Some(&end) = signs.peek().filter(|end| **end - at <= longest) else { continue };
        if is_meant(&text[..at], &text[at + sign.len()..end], &text[end + sign.len()..]) {
            found(construct, at..end + sign.len());
            signs.next();
        }
    }
}

/// `==words==`.
fn highlights(text: &str, found: &mut Sink<'_>) {
    let is_word = |letter: char| !letter.is_whitespace() && letter != '=';
    let touches = |letter: char| letter.is_alphanumeric() || letter == '=';
    paired(text, ("==", 200), &HIGHLIGHT, found, |before, inside, after| {
        let tight = inside.starts_with(is_word) && inside.ends_with(is_word) && !inside.contains('\n');
        tight && !before.ends_with(touches) && !after.starts_with(touches)
    });
}

/// `++ctrl+c++`.
fn keys(text: &str, found: &mut Sink<'_>) {
    paired(text, ("++", LONGEST_NAME), &KEYS, found, |before, inside, after| {
        let is_keys = inside.starts_with(|letter: char| letter.is_ascii_lowercase())
            && inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
        // `{++words++}` is a mark of a review.
        let touches = |letter: char| letter.is_alphanumeric() || letter == '{';
        is_keys && !before.ends_with(touches) && !after.starts_with(char::is_alphanumeric)
    });
}

/// `{{ site.name }}`, `{{ name | filter }}`, `{{ macro("x") }}`, `{{> part}}`; a name alone is a field to be filled in.
fn expressions(text: &str, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "{{") {
        let rest = &text[at + 2..text.floor_char_boundary((at + LONGEST).max(at + 2))];
        let Some(length) = rest.find("}}") else { continue };
        if is_expression(rest[..length].trim_matches('-').trim()) {
            found(&SHORTCODE, at..at + length + 4);
        }
    }
}

fn is_expression(inside: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let begins = |text: &str| text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if let Some(part) = inside.strip_prefix('>') {
        return begins(part.trim_start()) && !part.contains('\n');
    }
    let name = inside.find(|letter| !is_name(letter)).map_or(inside, |end| &inside[..end]);
    let behind = inside[name.len()..].trim_start();
    begins(name)
        && match behind.as_bytes().first() {
            Some(b'.') => !behind.contains(' ') && begins(&behind[1..]) || behind.contains(" | "),
            Some(b'|') => begins(behind[1..].trim_start()),
            Some(b'(') => behind.ends_with(')'),
            _ => false,
        }
}

/// `[words]{.class}`: the attributes of a span of Pandoc.
fn attributes(text: &str, found: &mut Sink<'_>) {
    for end in memmem::find_iter(text.as_bytes(), "]{") {
        let inside = text[end + 2..].split(['}', '\n']).next().unwrap_or_default();
        let is_list = inside.split(' ').all(|item| item.strip_prefix(['.', '#']).is_some_and(is_label));
        if is_list && text[end + 2 + inside.len()..].starts_with('}') {
            found(&SPAN, end + 1..end + 3 + inside.len());
        }
    }
}

fn is_label(name: &str) -> bool {
    let is_sign = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':');
    name.starts_with(char::is_alphabetic) && name.chars().all(is_sign)
}

/// `%%comment%%` of Obsidian, on one line or on several.
fn comments(text: &str, found: &mut Sink<'_>) {
    let is_word = |letter: char| !letter.is_whitespace() && letter != '%';
    paired(text, ("%%", LONGEST), &COMMENT, found, |before, inside, _| {
        let tight = inside.starts_with(is_word) && inside.ends_with(is_word);
        let is_block = inside.starts_with('\n') && inside.ends_with('\n') && !inside.trim().is_empty();
        let is_apart = inside.starts_with(' ') && inside.trim().contains(char::is_whitespace);
        let is_amount = before.trim_end_matches(' ').ends_with(|letter: char| letter.is_ascii_digit());
        (tight || is_block || is_apart && !is_amount)
            && !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '%')
    });
}

/// `~~words~~` around the end of a paragraph, which strikes nothing out.
fn strikes(text: &str, found: &mut Sink<'_>) {
    let mut signs = memmem::find_iter(text.as_bytes(), "~~").peekable();
    while let Some(at) = signs.next() {
        let Some(&end) = signs.peek().filter(|end| **end - at <= LONGEST) else { continue };
        let inside = &text[at + 2..end];
        let tight = !inside.starts_with(['~', ' ', '\n']) && !inside.ends_with(['~', ' ']);
        if tight && inside.lines().any(|line| line.trim().is_empty()) {
            found(&STRIKE, at..end + 2);
        }
        if !inside.is_empty() {
            signs.next();
        }
    }
}

/// `[@key]` and `^[words]` of Pandoc.
fn brackets(text: &str, found: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let line = text[at + 1..].lines().next().unwrap_or_default();
        let Some(end) = line.find(']').filter(|end| !line[end + 1..].starts_with(['(', '[', ':'])) else { continue };
        let inside = &line[..end];
        let key = inside.strip_prefix('@').map(|rest| rest.split([',', ';', ' ']).next().unwrap_or_default());
        // A key has a digit, as names of people and rooms have not.
        let is_key = |key: &str| is_label(key) && key.contains(|letter: char| letter.is_ascii_digit());
        if key.is_some_and(is_key) {
            found(&CITATION, at..at + end + 2);
        } else if text[..at].ends_with('^') && inside.contains(' ') && inside.starts_with(char::is_alphabetic) {
            found(&NOTE, at - 1..at + end + 2);
        }
    }
}

/// `__TOC__` of MediaWiki.
fn contents(text: &str, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "__") {
        let name = ["TOC__", "NOTOC__", "FORCETOC__"].iter().find(|name| text[at + 2..].starts_with(**name));
        if let Some(name) = name {
            found(&SHORTCODE, at + 2..at + name.len());
        }
    }
}
