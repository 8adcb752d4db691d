//! Where text that begins with a mark of another tool ends: template tags, shortcodes, tags and commands.

use memchr::memmem;

/// Names of shortcodes that hide what is between them.
const HIDING_NAMES: [&str; 6] = ["hidden", "hide", "comment", "private", "draft", "if"];

/// The name of a shortcode that hides its content: `{{% hidden %}}`, `{{< if draft >}}`.
pub(super) fn hiding_shortcode(text: &str) -> Option<&str> {
    let name = shortcode_name(text)?;
    HIDING_NAMES.contains(&name).then_some(name)
}

/// The longest name to look at with the spaces before it, in bytes.
const MAX_NAME_BYTES: usize = 40;

fn shortcode_name(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("{{%").or_else(|| text.strip_prefix("{{<"))?;
    let inside = inside[..inside.floor_char_boundary(MAX_NAME_BYTES)].trim_start();
    let end = inside.find(|c: char| c.is_whitespace() || c == '%' || c == '>').unwrap_or(inside.len());
    Some(&inside[..end])
}

/// The length of such a shortcode with its content.
pub(super) fn shortcode(text: &str) -> Option<usize> {
    let name = hiding_shortcode(text)?;
    let mut depth = 0_usize;
    for at in memmem::find_iter(text.as_bytes(), "{{") {
        match shortcode_name(&text[at..]) {
            Some(found) if found == name => depth += 1,
            Some(found) if found.strip_prefix('/') == Some(name) || found == "/" => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return text[at..].find("}}").map(|length| at + length + 2);
        }
    }
    None
}

/// Whether a tag of a template, `<% … %>`, begins a condition.
pub(super) fn is_condition_of_tags(text: &str) -> bool {
    matches!(tag_word(text, "<%"), Some("if" | "unless"))
}

/// The length of `<% if … %>` to its `<% end %>`, or to `<% } %>`.
pub(super) fn condition_of_tags(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for at in memmem::find_iter(text.as_bytes(), "<%") {
        match tag_word(&text[at..], "<%") {
            Some("if" | "unless") => depth += 1,
            Some("end" | "endif") => depth = depth.saturating_sub(1),
            Some("") if is_closing_brace(&text[at..]) => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return text[at..].find("%>").map(|length| at + length + 2);
        }
    }
    None
}

/// The first word in a tag that begins with `open`, as `{%` or `<%`; empty if it begins with a sign.
pub(super) fn tag_word<'t>(text: &'t str, open: &str) -> Option<&'t str> {
    let inside = text.strip_prefix(open)?.trim_start_matches(['-', ' ', '\t']);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    Some(&inside[..end])
}

/// Whether a tag contains only a brace, which ends a condition, and not `} else {`.
fn is_closing_brace(text: &str) -> bool {
    let inside = text.split_once("%>").map_or("", |(inside, _)| inside);
    inside.trim_start_matches("<%").trim_matches(['-', ' ', '\t']) == "}"
}

/// The length from an opening brace to the one that closes it.
pub(super) fn braces(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The length up to the end of a closing mark.
pub(super) fn through(text: &str, close: &str) -> Option<usize> {
    text.find(close).map(|at| at + close.len())
}

/// Whether `/*` begins a line, and a comment rather than emphasis.
pub(super) fn is_comment_of_code(before: &str, text: &str) -> bool {
    let after = text.as_bytes().get(2);
    (before.is_empty() || before.ends_with('\n')) && after.is_some_and(u8::is_ascii_whitespace)
}

/// The length of `/* … */`, which must end a line.
pub(super) fn comment_of_code(text: &str) -> Option<usize> {
    let end = through(text, "*/")?;
    text[end..].lines().next().unwrap_or_default().trim().is_empty().then_some(end)
}

/// Whether `.. ` begins a comment of reStructuredText and no directive or target.
pub(super) fn is_comment_of_rst(before: &str, text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let words = line.trim_start_matches(['.', ' ']);
    (before.is_empty() || before.ends_with('\n'))
        && words.starts_with(char::is_alphanumeric)
        && !line.contains("::")
        && !line.ends_with(':')
}

/// The length of a paragraph.
pub(super) fn paragraph(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
        at += line.len();
    }
    Some(at)
}
