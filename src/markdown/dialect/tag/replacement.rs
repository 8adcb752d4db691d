//! Determines the replacement of a tag from its name and attributes.

use super::super::alert_style;
use super::parse::{Syntax, Tag, TagKind};

/// The Markdown equivalent of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TagReplacement {
    /// An alert: kind and title.
    Alert(String, Option<String>),
    /// A wrapper, whose content is kept below its title.
    Wrap(Option<String>),
    /// A link around its content, or else around its title, followed by an explanation.
    Link(String, Option<String>, Option<String>),
    /// An image: target, alternative text and caption.
    Image(String, String, Option<String>),
    /// A block of code in a language.
    Code(String),
    /// Nothing visible to readers.
    Invisible,
}

/// Wrappers; their title is the first attribute listed in [`TITLES`].
const WRAPPERS: [&str; 50] = [
    "accordion",
    "accordiongroup",
    "accordionitem",
    "accordions",
    "browseronly",
    "card",
    "cardgrid",
    "cardgroup",
    "cards",
    "center",
    "cover",
    "feature",
    "code",
    "codegroup",
    "codeblock",
    "col",
    "collapse",
    "collapsible",
    "column",
    "columns",
    "contentref",
    "details",
    "disclosure",
    "expand",
    "expandable",
    "filetree",
    "folder",
    "frame",
    "grid",
    "highlightbox",
    "lead",
    "linkcard",
    "pageinfo",
    "row",
    "section",
    "spoiler",
    "step",
    "stepper",
    "steps",
    "stepslist",
    "tab",
    "tabitem",
    "tabpane",
    "tabpanel",
    "tabs",
    "tabset",
    "toggle",
    "cardpane",
    "tablist",
    "tabs.tab",
];
/// Attributes that name the content of a wrapper.
const TITLES: [&str; 8] = ["title", "label", "header", "heading", "name", "summary", "tabname", "value"];
/// Wrappers whose positional values are settings, not titles.
const UNTITLED: [&str; 10] =
    ["tabs", "tabset", "columns", "tabpane", "cards", "steps", "stepper", "row", "grid", "code"];
/// Alerts whose kind is an attribute.
const ALERTS: [&str; 7] = ["notice", "hint", "callout", "admonition", "aside", "alert", "message"];
/// Alerts whose kind is the name of the tag.
const KINDS: [&str; 14] = [
    "note",
    "tip",
    "info",
    "warning",
    "danger",
    "caution",
    "important",
    "check",
    "success",
    "error",
    "attention",
    "example",
    "question",
    "warn",
];
/// Tags that become links.
const LINKS: [&str; 8] = ["link", "linkbutton", "button", "linkcard", "card", "embed", "file", "btn"];
/// Attributes for the target of a link.
const TARGETS: [&str; 7] = ["href", "to", "url", "link", "src", "relref", "page"];
/// Tags that only a generator can fill: lists of its own pages, icons, spacing.
const INVISIBLE_TAGS: [&str; 14] = [
    "children",
    "toc",
    "tocinline",
    "doccardlist",
    "icon",
    "raw",
    "clear",
    "clearfix",
    "br",
    "hr",
    "anchor",
    "link-cards",
    "spacer",
    "head",
];

/// Tags of Liquid and similar languages that control whether or how often their content is shown.
const CONTROL_TAGS: [&str; 18] = [
    "draft",
    "hidden",
    "hide",
    "private",
    "if",
    "unless",
    "for",
    "case",
    "capture",
    "comment",
    "raw",
    "verbatim",
    "schema",
    "style",
    "stylesheet",
    "javascript",
    "block",
    "macro",
];

/// The replacement of a tag, or `None` if it is unknown; `is_closed` says whether it has a closing tag.
pub(super) fn find_replacement(tag: &Tag<'_>, is_closed: bool) -> Option<TagReplacement> {
    let lower = tag.name.to_ascii_lowercase().replace(['-', '_'], "");
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    let is_component = tag.syntax == Syntax::Component;
    if is_component && !tag.name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let is_tag = is_closed || tag.kind == TagKind::Empty;
    // A single name in angle brackets is a placeholder for a word.
    if is_component && !is_tag {
        return None;
    }
    alert(name, tag, is_closed)
        .or_else(|| code(name, tag).filter(|_| is_closed))
        .or_else(|| link(name, tag, is_closed))
        .or_else(|| image(name, tag))
        .or_else(|| wrapper(name, tag).filter(|_| is_tag && !generates_text(tag)))
        .or_else(|| INVISIBLE_TAGS.contains(&name).then_some(TagReplacement::Invisible))
        .or_else(|| is_bare_wrapper(name, tag, is_closed).then_some(TagReplacement::Wrap(None)))
}

/// Whether a custom tag has no attributes, and so contributes nothing beyond its content.
fn is_bare_wrapper(name: &str, tag: &Tag<'_>, is_closed: bool) -> bool {
    let is_bare = is_closed && tag.kind == TagKind::Open && tag.attributes.is_empty();
    is_bare && tag.syntax != Syntax::Component && !CONTROL_TAGS.contains(&name)
}

fn alert(name: &str, tag: &Tag<'_>, is_closed: bool) -> Option<TagReplacement> {
    // `{% hint %}` is handled with the container alerts.
    if !is_closed || tag.syntax == Syntax::Liquid && name == "hint" {
        return None;
    }
    let mut words = tag.positional().peekable();
    let kind = match (ALERTS.contains(&name), KINDS.contains(&name)) {
        (true, _) => {
            let value = tag.value(&["type", "kind", "variant", "color", "context", "style", "severity", "icon"]);
            // Several words are not a kind but a title.
            let first = value.or_else(|| words.next_if(|word| !word.contains(' '))).unwrap_or("note");
            if alert_style::find(first).is_some() { first } else { "note" }
        }
        (false, true) => tag.name,
        _ => return None,
    };
    let title = tag.value(&["title", "heading", "header"]).or_else(|| words.next());
    let title = title.filter(|title| !matches!(*title, "true" | "false"));
    Some(TagReplacement::Alert(kind.to_owned(), title.map(escape_text)))
}

fn code(name: &str, tag: &Tag<'_>) -> Option<TagReplacement> {
    let language = match name {
        "mermaid" => "mermaid",
        "highlight" => tag.positional().next().unwrap_or("text"),
        _ => return None,
    };
    let is_plain = language.chars().all(|c| c.is_alphanumeric() || "+-#_".contains(c));
    (is_plain && tag.syntax != Syntax::Component).then(|| TagReplacement::Code(language.to_owned()))
}

fn link(name: &str, tag: &Tag<'_>, is_closed: bool) -> Option<TagReplacement> {
    let first = || tag.positional().next();
    let argument = |key: &str, rank: usize| tag.value(&[key]).or_else(|| tag.positional().nth(rank));
    let video = match name {
        "youtube" => first().or(tag.value(&["id"])).map(|id| format!("https://www.youtube.com/watch?v={id}")),
        "vimeo" => first().or(tag.value(&["id"])).map(|id| format!("https://vimeo.com/{id}")),
        "tweet" | "x" | "twitter" => {
            argument("user", 0).zip(argument("id", 1)).map(|(user, id)| format!("https://x.com/{user}/status/{id}"))
        }
        "gist" => {
            argument("user", 0).zip(argument("id", 1)).map(|(user, id)| format!("https://gist.github.com/{user}/{id}"))
        }
        "instagram" => argument("id", 0).map(|id| format!("https://www.instagram.com/p/{id}/")),
        _ => None,
    };
    if let Some(video) = video {
        return Some(TagReplacement::Link(escape_target(&video), tag.value(&["title"]).map(escape_text), None));
    }
    let target = tag.value(&TARGETS).filter(|_| LINKS.contains(&name))?;
    let title = tag.value(&["title", "label", "text", "caption"]).map(escape_text);
    let explains = tag.value(&["description", "subtitle"]).map(escape_text);
    let holds_blocks = name.contains("card") || tag.syntax == Syntax::Liquid;
    match is_closed && holds_blocks {
        // The content of a card stays below its link.
        true if title.is_some() => {
            let link = title.map(|title| format!("[{title}]({})", escape_target(target)));
            Some(TagReplacement::Wrap(join_title(link, explains)))
        }
        _ => Some(TagReplacement::Link(escape_target(target), title, explains)),
    }
}

fn image(name: &str, tag: &Tag<'_>) -> Option<TagReplacement> {
    if !["figure", "image", "img"].contains(&name) {
        return None;
    }
    let target = tag.value(&["src"]).or_else(|| tag.positional().next())?;
    let caption = [tag.value(&["title"]), tag.value(&["caption"]), tag.value(&["attr"])].into_iter().flatten();
    let caption: Vec<String> = caption.map(escape_text).collect();
    // Some sites write the alternative text after the path, without a name; a value without a space is a size or a
    // class.
    let words = || tag.positional().skip(1).find(|value| value.contains(' '));
    let words = words().filter(|_| caption.is_empty() && tag.value(&["src"]).is_none());
    let alternative = tag.value(&["alt"]).or(words).map(escape_text).unwrap_or_else(|| caption.join(" "));
    Some(TagReplacement::Image(
        escape_target(target),
        alternative,
        Some(caption.join(" ")).filter(|caption| !caption.is_empty()),
    ))
}

fn wrapper(name: &str, tag: &Tag<'_>) -> Option<TagReplacement> {
    if !WRAPPERS.contains(&name) {
        return None;
    }
    let first = || tag.positional().next().filter(|_| !UNTITLED.contains(&name));
    let title = tag.value(&TITLES).or_else(first).map(bold);
    // A card of Docsy has a header above its title.
    let header = tag.value(&["header"]).filter(|_| tag.value(&["title"]).is_some()).map(bold);
    let title = header.into_iter().chain(title).reduce(|header, title| format!("{header} {title}"));
    let explains = tag.value(&["description", "subtitle", "text", "caption"]).map(escape_text);
    Some(TagReplacement::Wrap(join_title(title, explains)))
}

/// Words in bold, whether or not they are written so.
fn bold(words: &str) -> String {
    format!("**{}**", escape_text(words.trim_matches('*')))
}

/// Combines a title and an explanation into the words before the content of a tag.
fn join_title(title: Option<String>, explains: Option<String>) -> Option<String> {
    match (title, explains) {
        (Some(title), Some(explains)) => Some(format!("{title} {explains}")),
        (title, explains) => title.or(explains),
    }
}

/// Whether a program computes words for a tag, which would be lost with the tag.
fn generates_text(tag: &Tag<'_>) -> bool {
    let is_text =
        |name: &str| TITLES.contains(&name) || matches!(name, "" | "items" | "values" | "description" | "text");
    tag.attributes.iter().any(|attribute| attribute.is_code && is_text(&attribute.name.to_ascii_lowercase()))
}

/// Escapes a text for use in Markdown.
pub(super) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, '[' | ']' | '*' | '_' | '<' | '\\' | '`') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// Escapes a text for use as the target of a link.
pub(super) fn escape_target(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => out += "%20",
            '(' => out += "%28",
            ')' => out += "%29",
            '<' => out += "%3C",
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
