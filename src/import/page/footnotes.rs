//! Anchors of footnotes in Python-Markdown and PHP Markdown Extra, whose names a portal keeps for its own footnotes.

/// The starts of attributes with such names, and what to write instead.
const NAMES: [(&str, &str); 4] =
    [("\"#fnref:", "\"#noteref-"), ("\"#fn:", "\"#note-"), ("\"fnref:", "\"noteref-"), ("\"fn:", "\"note-")];

/// The page with other names; `None` if it has none of them.
pub(super) fn rename(html: &str) -> Option<String> {
    let is_named = NAMES.iter().any(|(name, _)| html.contains(name));
    is_named.then(|| NAMES.iter().fold(html.to_owned(), |html, (name, instead)| html.replace(name, instead)))
}
