//! A text on a page with others.

use memchr::memchr;

use crate::html::escape;

/// Roles of parts of a text that are named; two of one name on a page could not be told apart by who hears it.
const NAMED: [&str; 2] = ["region", "doc-endnotes"];

/// Makes a text fit on a page with others: a prefix stands before every anchor and every link to one, and the name of
/// the text before the names of its tables and notes. Words of the text stay as they are, also those that look like markup.
pub(super) fn among_others(html: &str, prefix: &str, name: &str) -> String {
    let mut named = String::with_capacity(name.len() + 2);
    escape(&mut named, name);
    named.push_str(": ");
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    let mut put = |at: usize, what: &str| {
        out.push_str(&html[done..at]);
        out.push_str(what);
        done = at;
    };
    let mut role = "";
    for Attribute { name, value, at } in (Attributes { html, at: 0, inside: false }) {
        match name {
            _ if name.is_empty() => role = "",
            "id" => put(at, prefix),
            "href" if value.starts_with('#') => put(at + 1, prefix),
            "role" => role = value,
            "aria-label" if NAMED.contains(&role) => put(at, &named),
            _ => {}
        }
    }
    put(html.len(), "");
    out
}

/// An attribute of a tag, or with no name the beginning of one.
struct Attribute<'h> {
    name: &'h str,
    value: &'h str,
    /// Where the value begins.
    at: usize,
}

/// Attributes of our HTML, in which values are in double quotation marks and a `<` begins a tag.
struct Attributes<'h> {
    html: &'h str,
    at: usize,
    /// Whether `at` is inside a tag.
    inside: bool,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        let bytes = self.html.as_bytes();
        if !self.inside {
            self.at += memchr(b'<', bytes.get(self.at..)?)? + 1;
            self.inside = true;
            return Some(Attribute { name: "", value: "", at: self.at });
        }
        let end = self.at + bytes.get(self.at..)?.iter().position(|byte| matches!(byte, b'"' | b'>'))?;
        self.inside = bytes[end] == b'"';
        if !self.inside {
            self.at = end + 1;
            return self.next();
        }
        let start =
            bytes[self.at..end].iter().rposition(|byte| *byte == b' ').map_or(self.at, |space| self.at + space + 1);
        let value = end + 1;
        self.at = value + memchr(b'"', &bytes[value..])? + 1;
        let name = self.html.get(start..end - 1).unwrap_or_default();
        Some(Attribute { name, value: &self.html[value..self.at - 1], at: value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_and_names_are_told_apart_and_words_are_left() {
        let html = "<h2 id=\"a\">A <a class=\"x\" href=\"#a\">#</a></h2><p>Write id=\"5\" or  href=\"#y\"\n\
            <a href=\"b.html#c\" title=\"1 > 0\">b</a> &lt;a id=\"q\"</p><div role=\"region\" aria-label=\"Table 1\">\
            </div><svg role=\"img\" aria-label=\"A\"></svg><section role=\"doc-endnotes\" aria-label=\"Notes\">";
        assert_eq!(
            among_others(html, "d1-", "A & B"),
            "<h2 id=\"d1-a\">A <a class=\"x\" href=\"#d1-a\">#</a></h2><p>Write id=\"5\" or  href=\"#y\"\n\
            <a href=\"b.html#c\" title=\"1 > 0\">b</a> &lt;a id=\"q\"</p>\
            <div role=\"region\" aria-label=\"A &amp; B: Table 1\"></div><svg role=\"img\" aria-label=\"A\"></svg>\
            <section role=\"doc-endnotes\" aria-label=\"A &amp; B: Notes\">"
        );
        for broken in ["", "<", "a<b id=\"", "<b id=", "<b =\"x\">", "a < b"] {
            assert_eq!(among_others(broken, "d1-", "A"), broken);
        }
    }
}
