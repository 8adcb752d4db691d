//! Writes ids and titles that come from names and headings into the files, and leaves every other byte.

use crate::handbook::Document;
use crate::source::front_block;
use crate::starter::yaml;

/// A file's text with the id and the title that the document has; nothing when it says them itself, or when its front matter
/// cannot be told apart from its text. `raw` is the text as it is on disk.
pub(crate) fn with_identity(raw: &str, document: &Document) -> Option<String> {
    let front = document.front().filter(|front| !front.torn && (front.has_derived_id || front.has_derived_title))?;
    let id = front.id.as_ref().filter(|_| front.has_derived_id).map(|id| format!("id: {}\n", id.value));
    let title = front.title.as_ref().filter(|_| front.has_derived_title);
    let title = title.map(|title| format!("title: {}\n", yaml(&title.value)));
    let lines: String = id.into_iter().chain(title).collect();
    let mark = raw.len() - raw.strip_prefix('\u{feff}').unwrap_or(raw).len();
    let line_end = match raw.find(['\r', '\n']) {
        Some(at) if raw[at..].starts_with("\r\n") => "\r\n",
        Some(at) if raw[at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    let (at, added) = match front_block(&raw[mark..]) {
        Some(start) => (mark + start, lines),
        None => (mark, format!("---\n{lines}---\n\n")),
    };
    Some(format!("{}{}{}", &raw[..at], added.replace('\n', line_end), &raw[at..]))
}
