//! Attributes that other dialects place after links, images and code, or on a line of their own: `{:target="_blank"}`,
//! `{width=300}`, `{: .no_toc }`.

use std::ops::Range;

use super::alert_style;
use super::line::Line;
use super::outline::Outline;
use crate::markdown::attributes::{limits, read_block};
use crate::markdown::body::Size;
use crate::markdown::rewrite::Edits;

/// Attributes without significance for readers.
const LAYOUT: [&str; 9] = ["style", "target", "rel", "loading", "align", "class", "width", "height", "type"];

/// Attributes that were removed from a text.
#[derive(Debug, PartialEq)]
pub(super) struct ParsedAttributes {
    /// Their former range, in the text of this round.
    pub(crate) range: Range<usize>,
    /// Size of the preceding image, if the attributes contain nothing else.
    pub(crate) size: Option<Size>,
    /// End of the image with this size.
    pub(crate) end: usize,
    /// Whether they only affect appearance or how a link opens.
    pub(crate) is_layout: bool,
    /// Whether they are on a line of their own and may limit the claims of a heading beside it.
    pub(crate) may_limit: bool,
}

/// Removes attributes from a text.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) -> Vec<ParsedAttributes> {
    let mut parsed = Vec::new();
    for (span, is_image) in &outline.spans {
        if let Some(length) = text.get(span.end..).and_then(list_length).filter(|_| !outline.is_heading(span.start)) {
            let range = span.end..span.end + length;
            let size = size(&text[range.clone()]).filter(|_| *is_image);
            let says_nothing = is_layout(&text[range.clone()]);
            let (anchor, rest) = anchor(&text[range.clone()]);
            edits.replace(range.clone(), anchor);
            if size.is_some() || !(says_nothing || rest) {
                parsed.push(ParsedAttributes { range, size, end: span.end, is_layout: false, may_limit: false });
            }
        }
    }
    let is_list = |line: &Line| {
        let line_text = line.text(text);
        line_text.starts_with('{') && list_length(line_text) == Some(line_text.len()) && !is_remark(line_text)
    };
    // The underlined last line of a heading is part of the heading.
    let is_read = |line: &Line| !outline.is_opaque(line.content) && !outline.is_heading(line.content);
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| is_list(line) && is_read(line)) {
        if items(line.text(text)).is_some_and(|items| items.contains(&"toc")) {
            take_contents(text, lines, number, edits);
        } else {
            parsed.extend(take_line(text, lines, number, edits));
        }
    }
    parsed
}

/// Removes a line of attributes; returns them if the author must be informed.
fn take_line(text: &str, lines: &[Line], number: usize, edits: &mut Edits) -> Option<ParsedAttributes> {
    let line = &lines[number];
    let line_text = line.text(text);
    // Removing the line end as well avoids a blank line that would split a paragraph.
    let start = if line.marks(text).trim().is_empty() { line.start } else { line.content };
    let end = lines.get(number + 1).filter(|_| start == line.start).map_or(line.end, |next| next.start);
    let (anchor, rest) = anchor(line_text);
    match anchor.is_empty() {
        true => edits.delete(start..end),
        false => edits.replace(line.content..line.end, anchor),
    }
    let (is_layout, may_limit) = (is_layout(line_text) || rest, may_limit(line_text));
    let range = line.content..line.end;
    (may_limit || !is_layout).then_some(ParsedAttributes { range, size: None, end: 0, is_layout, may_limit })
}

/// Removes a line that requests a table of contents, together with a placeholder list item directly above it.
fn take_contents(text: &str, lines: &[Line], number: usize, edits: &mut Edits) {
    let end = |number: usize| lines.get(number + 1).map_or(text.len(), |next| next.start);
    let above = number.checked_sub(1).filter(|above| !lines[*above].marks(text).trim().is_empty());
    let first = above.filter(|_| lines[number].marks(text).trim().is_empty()).unwrap_or(number);
    edits.delete(lines[first].start..end(number));
}

/// The anchor set by an attribute list, as HTML, and whether the rest of the list is only layout.
fn anchor(list: &str) -> (String, bool) {
    let items = items(list).unwrap_or_default();
    let Some(id) = items.iter().find_map(|item| item.strip_prefix('#')) else { return (String::new(), false) };
    let rest = items.iter().filter(|item| !item.starts_with('#')).all(is_layout_item);
    (format!("<a id=\"{id}\"></a>"), rest)
}

/// Whether a line opens or closes a comment of kramdown.
fn is_remark(line: &str) -> bool {
    ["{::comment}", "{:/comment}", "{:/}"].contains(&line.trim_end())
}

/// Length of the attribute list at the start of a text.
pub(in crate::markdown) fn list_length(text: &str) -> Option<usize> {
    let length = text.strip_prefix('{')?.find(['}', '\n'])? + 2;
    items(text.get(..length)?).map(|_| length)
}

/// The attributes of a list in braces; `None` if it contains anything else.
fn items(list: &str) -> Option<Vec<&str>> {
    // `{::comment}` is an extension of kramdown.
    let inside = list.strip_prefix('{')?.strip_suffix('}').filter(|inside| !inside.starts_with("::"))?;
    let marked = inside.starts_with(':');
    let mut rest = inside.strip_prefix(':').unwrap_or(inside).trim();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let length = item_length(rest, marked)?;
        items.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    (!items.is_empty()).then_some(items)
}

/// Whether attributes may limit the extent to which a clause is addressed.
fn may_limit(list: &str) -> bool {
    let inner = list.trim_matches(['{', '}']).trim_start_matches(':');
    limits(inner) || !is_layout(list) && read_block(inner).doubtful
}

/// Whether attributes only affect appearance or how a link opens; a class named like an alert does more.
fn is_layout(list: &str) -> bool {
    items(list).is_some_and(|items| items.iter().all(is_layout_item))
}

fn is_layout_item(item: &&str) -> bool {
    match (item.strip_prefix('.'), item.split_once('=')) {
        (Some(class), _) => alert_style::find(class).is_none(),
        (None, Some((key, value))) => LAYOUT.contains(&key) && is_layout_value(key, value.trim_matches(['"', '\''])),
        (None, None) => false,
    }
}

/// Whether a value is plausible for a layout attribute: `target=4h` is not.
fn is_layout_value(key: &str, value: &str) -> bool {
    match key {
        "target" => value.starts_with('_'),
        "loading" => matches!(value, "lazy" | "eager"),
        "style" => value.contains(':'),
        "width" | "height" => value == "auto" || value.starts_with(|c: char| c.is_ascii_digit() || c == '.'),
        "align" => matches!(value, "left" | "right" | "center" | "middle" | "top" | "bottom" | "justify"),
        _ => true,
    }
}

/// Length of the attribute at the start of a text: `#id`, `.class`, `key=value`, or in a `marked` list also `toc`.
fn item_length(text: &str, marked: bool) -> Option<usize> {
    let name = |from: usize| {
        let end = text[from..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')));
        end.map_or(text.len(), |end| from + end)
    };
    let is_end = |at: usize| text[at..].chars().next().is_none_or(char::is_whitespace);
    if text.starts_with(['#', '.']) {
        let end = name(1);
        return (end > 1 && is_end(end)).then_some(end);
    }
    let key = name(0);
    if key == 0 {
        return None;
    }
    // `{info:title=Hours}` is a Confluence macro.
    if !marked && text[..key].contains(':') && !text.starts_with("xml:") {
        return None;
    }
    let Some(value) = text[key..].strip_prefix('=') else {
        return (marked && is_end(key)).then_some(key);
    };
    let end = match value.chars().next()? {
        quote @ ('"' | '\'') => key + 3 + value[1..].find(quote)?,
        _ => key + 1 + value.find(char::is_whitespace).unwrap_or(value.len()),
    };
    (end > key + 1 && is_end(end)).then_some(end)
}

/// The size given by an attribute list, if the list contains nothing else.
fn size(list: &str) -> Option<Size> {
    let mut size = Size::default();
    for item in items(list)? {
        let (name, value) = item.split_once('=')?;
        if !size.read(name, value.trim_matches(['"', '\''])) {
            return None;
        }
    }
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn rewritten(text: &str) -> (String, usize) {
        let mut edits = Edits::default();
        let taken = rewrite(text, &lines(text), &Outline::parse(text), &mut edits);
        (edits.apply(text).0, taken.len())
    }

    #[test]
    fn attributes_are_taken_out() {
        for (text, without, told) in [
            ("[a](b){:target=\"_blank\"} c", "[a](b) c", 0),
            ("[a](b){ target=_blank rel='x y' } c", "[a](b) c", 0),
            ("[a](b){ title=\"x\" } c", "[a](b) c", 1),
            ("**a**{.red}", "**a**", 0),
            ("text\n{: .note #x}\nmore", "text\n<a id=\"x\"></a>\nmore", 1),
            ("text\n{: .red #x}\nmore", "text\n<a id=\"x\"></a>\nmore", 0),
            ("**a**{ #a-b } c", "**a**<a id=\"a-b\"></a> c", 0),
            ("* TOC\n{:toc}\n\n## A", "\n## A", 0),
            ("text\n{: .note }\nmore", "text\nmore", 1),
            ("{:toc}\n\n## A", "\n## A", 0),
            ("> text\n> {:.x}\n", "> text\n> \n", 0),
            ("`a`{.js}", "`a`", 0),
        ] {
            assert_eq!(rewritten(text), (without.to_owned(), told), "{text}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "[a](b){to do}",
            "[a](b){}",
            "## [a](b){#x}",
            "{name}",
            "{{ name }}",
            "a {.b} c",
            "`[a](b){.c}`",
            "    {:toc}",
            "{% x %}",
            "[a](b){=x}",
        ] {
            assert_eq!(rewritten(text), (text.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn the_size_of_an_image_is_read() {
        let text = "![a](b.png){ width=300 height=\"50%\"} [a](b){width=3} ![a](b){width=3 .c}";
        let taken = rewrite(text, &lines(text), &Outline::parse(text), &mut Edits::default());
        let sizes: Vec<Option<Size>> = taken.into_iter().map(|one| one.size).collect();
        let mut size = Size::default();
        assert!(size.read("width", "300") && size.read("height", "50%") && !size.read("height", "5em"));
        assert_eq!(size.height.map(|height| height.to_string()).as_deref(), Some("50%"));
        assert_eq!(sizes, [Some(size)]);
    }
}
