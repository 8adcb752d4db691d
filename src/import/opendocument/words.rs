//! The words of a piece of OpenDocument XML.

use quick_xml::events::Event;

use super::super::xml::each_event;

/// The words of a piece, escaped as in the file, without tags. Each element that ends a line is a space.
pub(super) fn words(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let read = each_event(&format!("<x>{xml}</x>"), |event, raw| {
        match event {
            Event::Text(_) | Event::GeneralRef(_) => out.push_str(raw),
            Event::CData(text) => out.push_str(&quick_xml::escape::escape(&*text)),
            Event::End(tag) if is_break(tag.local_name().as_ref()) => out.push(' '),
            Event::Empty(tag) if is_break(tag.local_name().as_ref()) => out.push(' '),
            _ => {}
        }
        Some(())
    });
    if read.is_some() { without_marks(&out) } else { without_marks(xml) }
}

/// Whether an element separates words.
pub(super) fn is_break(element: &str) -> bool {
    matches!(element, "p" | "h" | "tab" | "s" | "line-break" | "table-cell" | "list-item")
}

/// A text without the names of marks and bookmarks.
pub(super) fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_name = false;
    for c in text.chars() {
        match c {
            '\u{fdd0}' => is_name = true,
            '\u{fdd1}' => is_name = false,
            _ if is_name => {}
            _ => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
