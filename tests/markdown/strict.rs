//! A strict HTML checker for tests: every tag is closed properly and in a permitted place.

/// Elements without content.
const VOID_ELEMENTS: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Elements that end an open paragraph in a browser, so that they cannot be in running text.
const BLOCKS: [&str; 21] = [
    "figure",
    "figcaption",
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "pre",
    "details",
    "section",
    "dl",
    "dt",
    "dd",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// Elements that may contain only running text.
const TEXT_ONLY: [&str; 33] = [
    "p", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "a", "kbd", "sub", "sup", "abbr", "summary", "dt", "b",
    "i", "u", "s", "ins", "code", "samp", "var", "q", "cite", "dfn", "small", "mark", "span", "ruby", "rt", "time",
];

/// Elements with their required parents.
const PARENTS: [(&str, &[&str]); 11] = [
    ("dd", &["dl"]),
    ("figcaption", &["figure"]),
    ("tr", &["table", "thead", "tbody", "tfoot"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("caption", &["table"]),
    ("li", &["ul", "ol"]),
    ("dt", &["dl"]),
    ("summary", &["details"]),
];

/// Elements that may contain only certain others.
const PARTS_ONLY: [&str; 8] = ["table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"];

/// Checks HTML, and returns the problem if it is not valid.
pub fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at], &open)?;
        rest = read_tag(&rest[at + 1..], &mut open)?;
    }
    check_text(rest, &open)?;
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn check_text(text: &str, open: &[String]) -> Result<(), String> {
    let parent = open.last().map_or("", String::as_str);
    if text.contains('>') || (PARTS_ONLY.contains(&parent) && !text.trim().is_empty()) {
        return Err(format!("`{text}` stands in <{parent}>"));
    }
    Ok(())
}

/// Reads a tag after its `<`, and returns the rest.
fn read_tag<'h>(html: &'h str, open: &mut Vec<String>) -> Result<&'h str, String> {
    if let Some(closing) = html.strip_prefix('/') {
        let (name, rest) = closing.split_once('>').ok_or("unfinished closing tag")?;
        let last = open.pop().ok_or(format!("</{name}> closes nothing"))?;
        return if last == name { Ok(rest) } else { Err(format!("</{name}> closes <{last}>")) };
    }
    let end = html.find(|c: char| !c.is_ascii_alphanumeric()).ok_or("unfinished tag")?;
    let name = &html[..end];
    if name.is_empty() {
        return Err(format!("a bare `<` before {html:.20}"));
    }
    check_place(name, open)?;
    let rest = read_attributes(&html[end..])?;
    if !VOID_ELEMENTS.contains(&name) {
        open.push(name.to_owned());
    }
    Ok(rest)
}

fn check_place(name: &str, open: &[String]) -> Result<(), String> {
    let parent = open.last().map_or("", String::as_str);
    if let Some((_, parents)) = PARENTS.iter().find(|(child, _)| *child == name) {
        return if parents.contains(&parent) { Ok(()) } else { Err(format!("<{name}> in <{parent}>")) };
    }
    if PARTS_ONLY.contains(&parent) && name != "dd" {
        return Err(format!("<{name}> in <{parent}>"));
    }
    // Struck-out or inserted content may contain whatever its parent may.
    let ancestor = open.iter().rev().find(|element| !matches!(element.as_str(), "del" | "ins"));
    if BLOCKS.contains(&name) && name != "dd" && ancestor.is_some_and(|around| TEXT_ONLY.contains(&around.as_str())) {
        return Err(format!("<{name}> in <{parent}>"));
    }
    if name == "a" && open.iter().any(|element| element == "a") {
        return Err("a link in a link".to_owned());
    }
    Ok(())
}

/// Attributes that a page may have.
pub const ATTRIBUTES: [&str; 28] = [
    "dir",
    "datetime",
    "reversed",
    "value",
    "id",
    "class",
    "data-label",
    "href",
    "src",
    "alt",
    "title",
    "aria-label",
    "aria-hidden",
    "role",
    "tabindex",
    "scope",
    "colspan",
    "rowspan",
    "start",
    "type",
    "disabled",
    "checked",
    "data-lang",
    "open",
    "width",
    "height",
    "lang",
    "rel",
];

fn read_attributes(mut html: &str) -> Result<&str, String> {
    loop {
        html = html.trim_start();
        if let Some(rest) = html.strip_prefix('>') {
            return Ok(rest);
        }
        let end = html.find(['=', '>', ' ']).ok_or("unfinished attribute")?;
        let name = &html[..end];
        if !ATTRIBUTES.contains(&name) {
            return Err(format!("attribute `{name}`"));
        }
        html = &html[end..];
        if let Some(value) = html.strip_prefix("=\"") {
            html = value.split_once('"').ok_or("unfinished value")?.1;
        }
    }
}
