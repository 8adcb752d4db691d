//! URLs that other generators compute: `{{< ref "a.md" >}}`, `{{ site.baseurl }}/a`, `require('@site/static/a.png')`.

use super::super::outline::Outline;
use super::module::{Modules, site_path};
use super::parse::Tag;
use super::replacement::escape_target;
use crate::markdown::rewrite::Edits;
use crate::url::is_web;

/// Replaces computed URLs by plain ones.
pub(super) fn rewrite(text: &str, outline: &Outline, edits: &mut Edits) {
    let mut resume_at = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "{") {
        if at < resume_at || outline.is_code(at) || !is_target(&text[..at]) {
            continue;
        }
        if let Some((length, target)) = expression(&text[at..]) {
            resume_at = at + length;
            edits.replace(at..resume_at, target);
        }
    }
    for prefix in ["@site/static/", "@site/", "pathname:///"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), prefix) {
            let is_longer = prefix == "@site/" && text[at..].starts_with("@site/static/");
            if !is_longer && !outline.is_code(at) && is_target(&text[..at]) {
                edits.replace(at..at + prefix.len(), "/");
            }
        }
    }
}

/// Whether a link or image target follows, either after `](`, `]: ` or `href="`, or after another expression in such a
/// position.
fn is_target(before: &str) -> bool {
    let before = before.strip_suffix("}}").and_then(|before| Some(&before[..before.rfind("{{")?])).unwrap_or(before);
    let before = before.trim_end_matches(['<', ' ']);
    ["](", "]:", "href=\"", "src=\"", "href='", "src='"].iter().any(|opening| before.ends_with(opening))
}

/// Length and value of the expression at the start of a text.
fn expression(text: &str) -> Option<(usize, String)> {
    let delimiters = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
    let (open, close) = delimiters.into_iter().find(|(open, _)| text.starts_with(open))?;
    let line = text.lines().next()?;
    let inner = line[open.len()..].split_once(close)?.0;
    let length = open.len() + inner.len() + close.len();
    let inner = inner.trim_matches('-').trim();
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let unquoted = |text: &str| text.trim().trim_matches(['"', '\'', '`']).to_owned();
    let target = match name {
        _ if open != "{{" && is_rooted(rest) => unquoted(rest),
        "ref" | "relref" if open.starts_with("{{") => unquoted(rest.split("\" \"").next()?),
        "link" | "page" | "url" | "path" if open == "{%" && is_web(&unquoted(rest)) => unquoted(rest),
        "link" if open == "{%" => format!("/{}", unquoted(rest)),
        _ if is_base(name) => String::new(),
        _ if open == "{{" && name.starts_with(['"', '\'']) && inner.contains('|') => unquoted(inner.split_once('|')?.0),
        "page" | "url" | "path" | "post_url" if open == "{%" && is_single_value(rest) => format!("/{}", unquoted(rest)),
        _ => return None,
    };
    Some((length, escape_target(&target)))
}

/// Whether a name denotes the base URL of the site.
fn is_base(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    ["baseurl", "base_url", "siteurl", "url"].contains(&last.as_str()) && (name.contains('.') || last != "url")
}

/// Whether a text is a single word or quoted string without white space.
fn is_single_value(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Whether a text is a single quoted URL that starts at the root.
fn is_rooted(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2 && (text.starts_with("\"/") || text.starts_with("'/")) && !text.contains(char::is_whitespace)
}

/// Converts the attributes of an element to HTML: files that a program would load become paths, and styles are removed.
pub(super) fn attributes(text: &str, tag: &Tag<'_>, modules: &Modules<'_>, edits: &mut Edits) {
    if tag.name.starts_with(|c: char| c.is_ascii_uppercase()) || !tag.is_component_element() {
        return;
    }
    for attribute in &tag.attributes {
        if matches!(attribute.name, "style" | "className" | "class" | "key" | "ref") {
            edits.delete(attribute.range.clone());
        } else if let Some(value) = file(attribute.value, modules).filter(|_| attribute.is_code) {
            let begin = attribute.range.start + attribute.name.len() + 1;
            debug_assert!(text.get(begin..attribute.range.end).is_some_and(|value| value.starts_with('{')));
            edits.replace(begin..attribute.range.end, format!("\"{}\"", value.replace('"', "%22")));
        }
    }
}

/// The file or string that an expression of a program evaluates to.
fn file(code: &str, modules: &Modules<'_>) -> Option<String> {
    let code = code.trim();
    if let Some(path) = modules.path(code) {
        return Some(path.to_owned());
    }
    let literal = ["require(", "useBaseUrl(", ""].iter().find_map(|call| {
        let rest = code.strip_prefix(call)?;
        let inner = if call.is_empty() { rest } else { rest.split_once(')')?.0 };
        let inner = inner.trim();
        let mark = inner.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
        inner.strip_prefix(mark)?.strip_suffix(mark)
    })?;
    let is_plain = !literal.contains(['"', '\'', '`', '$']);
    is_plain.then(|| site_path(literal))
}
