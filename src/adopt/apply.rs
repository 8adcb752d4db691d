//! Writes ids and titles that come from names and headings into the files, and leaves every other byte.

use crate::handbook::Document;
use crate::source::front_matter::FrontMatter;
use crate::source::{Notation, front_block};
use crate::starter::yaml;
use crate::yaml::toml_text;

/// A file's text with the id and the title that the document has; nothing when it says them itself, or when its front matter
/// cannot be told apart from its text. `raw` is the text as it is on disk.
pub(crate) fn with_identity(raw: &str, document: &Document) -> Option<String> {
    let front = document.front().filter(|front| !front.torn && (front.has_derived_id || front.has_derived_title))?;
    let mark = raw.len() - raw.strip_prefix('\u{feff}').unwrap_or(raw).len();
    let line_end = match raw.find(['\r', '\n']) {
        Some(at) if raw[at..].starts_with("\r\n") => "\r\n",
        Some(at) if raw[at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    let (at, added) = match front_block(&raw[mark..]) {
        Some((start, notation)) => (mark + start, lines(front, notation)),
        None => (mark, format!("---\n{}---\n\n", lines(front, Notation::Yaml))),
    };
    Some(format!("{}{}{}", &raw[..at], added.replace('\n', line_end), &raw[at..]))
}

/// What a file is to say that only its name and its headings say so far.
fn lines(front: &FrontMatter, notation: Notation) -> String {
    let id = front.id.as_ref().filter(|_| front.has_derived_id).map(|id| id.value.to_string());
    let title = front.title.as_ref().filter(|_| front.has_derived_title).map(|title| title.value.as_str());
    match notation {
        Notation::Yaml => {
            // An id needs no quotation marks, except the one that is nothing in YAML.
            let id = id.map(|id| if id.eq_ignore_ascii_case("null") { yaml(&id) } else { id });
            let id = id.map(|id| format!("id: {id}\n"));
            id.into_iter().chain(title.map(|title| format!("title: {}\n", yaml(title)))).collect()
        }
        Notation::Json => {
            let json = |key: &str, value: &str| format!("  \"{key}\": {},\n", serde_json::Value::from(value));
            let id = id.map(|id| json("id", &id));
            id.into_iter().chain(title.map(|title| json("title", title))).collect()
        }
        Notation::Toml => {
            let id = id.map(|id| format!("id = {}\n", toml_text(&id)));
            id.into_iter().chain(title.map(|title| format!("title = {}\n", toml_text(title)))).collect()
        }
    }
}
