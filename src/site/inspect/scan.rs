//! Extracts the references on a page and their possible targets.

use std::borrow::Cow;

use super::style;
use crate::html::decode_references;
use crate::html::{Tag, Token, token_at};

/// The result of scanning a page.
#[derive(Debug, Default)]
pub(super) struct PageScan<'h> {
    /// All references, in page order.
    pub(super) references: Vec<PageReference<'h>>,
    /// The IDs of elements.
    pub(super) ids: Vec<Cow<'h, str>>,
    /// The base of all references, if it is not the page itself.
    pub(super) base: Option<Cow<'h, str>>,
}

/// A reference as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PageReference<'h> {
    pub(super) text: Cow<'h, str>,
    pub(super) kind: ReferenceKind,
}

/// The purpose of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ReferenceKind {
    /// A link to follow.
    Link,
    /// A file to show or use on the page.
    Load,
}

/// The kinds of attribute values.
#[derive(Clone, Copy)]
enum ValueKind {
    Address,
    /// Several addresses with widths or densities.
    Addresses,
    Style,
    Id,
    /// A delay in seconds and an address.
    Refresh,
}

/// The kind of an attribute's value, if it matters. Both names are in lower case.
fn value_kind(element: &str, attribute: &str) -> Option<ValueKind> {
    match (element, attribute) {
        (_, "href" | "xlink:href" | "src" | "poster" | "action" | "formaction") | ("object", "data") => {
            Some(ValueKind::Address)
        }
        (_, "srcset" | "imagesrcset") => Some(ValueKind::Addresses),
        (_, "style") => Some(ValueKind::Style),
        (_, "id") | ("a", "name") => Some(ValueKind::Id),
        ("meta", "content") => Some(ValueKind::Refresh),
        _ => None,
    }
}

/// Elements whose content is plain text.
const RAW_TEXT_ELEMENTS: [&str; 4] = ["script", "style", "textarea", "title"];

/// Elements whose address is a link to follow.
const LINK_ELEMENTS: [&str; 6] = ["a", "area", "form", "button", "input", "meta"];

/// Scans a page.
pub(super) fn scan_page(html: &str) -> PageScan<'_> {
    let mut scan = PageScan::default();
    let mut at = 0;
    while at < html.len() {
        at = match token_at(html, at) {
            Token::Text(range) | Token::Declaration(range) | Token::Comment { range, .. } => range.end,
            Token::Close(tag) => tag.range.end,
            Token::Open(tag) => {
                scan.scan_tag(html, &tag);
                scan.scan_raw_text(html, &tag)
            }
        };
    }
    scan
}

impl<'h> PageScan<'h> {
    fn scan_tag(&mut self, html: &'h str, tag: &Tag) {
        let element = lowercase(&html[tag.name.clone()]);
        for attribute in &tag.attributes {
            if let Some(value) = value_kind(&element, &lowercase(&html[attribute.name.clone()])) {
                self.add_value(value, &element, unescape(&html[attribute.value.clone()]));
            }
        }
    }

    fn add_value(&mut self, value: ValueKind, element: &str, text: Cow<'h, str>) {
        let how = if LINK_ELEMENTS.contains(&element) { ReferenceKind::Link } else { ReferenceKind::Load };
        match value {
            ValueKind::Address if element == "base" => self.base = self.base.take().or(Some(text)),
            ValueKind::Address => self.references.push(PageReference { text, kind: how }),
            ValueKind::Addresses => self.add_loads(srcset_addresses(&text)),
            ValueKind::Style => self.add_loads(style::references(&text)),
            ValueKind::Id => self.ids.push(text),
            ValueKind::Refresh => {
                let address =
                    refresh_address(&text).map(|address| PageReference { text: address.to_owned().into(), kind: how });
                self.references.extend(address);
            }
        }
    }

    fn add_loads(&mut self, texts: Vec<&str>) {
        let reference = |text: &str| PageReference { text: text.to_owned().into(), kind: ReferenceKind::Load };
        self.references.extend(texts.into_iter().map(reference));
    }

    /// Scans the content of an element that contains plain text. Returns the position at which to continue.
    fn scan_raw_text(&mut self, html: &'h str, tag: &Tag) -> usize {
        let name = lowercase(&html[tag.name.clone()]);
        if !RAW_TEXT_ELEMENTS.contains(&&*name) {
            return tag.range.end;
        }
        let content = &html[tag.range.end..];
        let end = find_closing_tag(content, &name);
        if name == "style" {
            self.add_loads(style::references(&content[..end]));
        }
        tag.range.end + end
    }
}

/// Converts a name to lower case; most already are.
fn lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Decodes character references in a value; most contain none.
fn unescape(text: &str) -> Cow<'_, str> {
    if text.contains('&') { decode_references(text).into() } else { text.into() }
}

/// The position of the tag that closes an element.
fn find_closing_tag(content: &str, name: &str) -> usize {
    let is_closing = |at: &usize| {
        let tag = content.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    content.match_indices("</").map(|(at, _)| at).find(is_closing).unwrap_or(content.len())
}

/// The addresses in a `srcset`.
fn srcset_addresses(text: &str) -> Vec<&str> {
    let mut addresses = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return addresses;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        addresses.push(address.trim_end_matches(','));
        // If the address ends with a comma, no width follows.
        rest = if address.ends_with(',') { after } else { after.split_once(',').map_or("", |(_, next)| next) };
    }
}

/// The address in `5; url=page.html`; `None` if the page only reloads itself or the value has another meaning.
fn refresh_address(text: &str) -> Option<&str> {
    let (seconds, rest) = text.split_once([';', ','])?;
    let seconds = seconds.trim();
    if seconds.is_empty() || !seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let (name, address) = rest.split_once('=')?;
    let address = address.trim().trim_matches(['"', '\'']);
    name.trim().eq_ignore_ascii_case("url").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(html: &str) -> Vec<String> {
        scan_page(html).references.iter().map(|one| format!("{:?} {}", one.kind, one.text)).collect()
    }

    #[test]
    fn every_reference_is_found_in_every_spelling() {
        assert_eq!(references("<A HREF=a.html?x=1&amp;y>x</A><area href='b'>"), ["Link a.html?x=1&y", "Link b"]);
        assert_eq!(
            references("<link href=\"c.css\"><script src=d.js></script><img srcset='e.png 1x, f.png 2x,g.png, h.png'>"),
            ["Load c.css", "Load d.js", "Load e.png", "Load f.png", "Load g.png", "Load h.png"]
        );
        assert_eq!(
            references("<form action=i><object data=j></object><p data=no><b style='background: url(&quot;k&quot;)'>"),
            ["Link i", "Load j", "Load k"]
        );
        assert_eq!(
            references("<meta http-equiv=refresh content='0; url=l.html'><meta name=x content='1; no url=m'>"),
            ["Link l.html"]
        );
        assert_eq!(references("<style>@import 'n';</style><svg><use xlink:href='#o'/></svg>"), ["Load n", "Load #o"]);
    }

    #[test]
    fn comments_scripts_and_texts_refer_to_nothing() {
        let html = "<!-- <a href=a> --><script>'<a href=b>'</script><title><a href=c></title><textarea><a href=d>";
        assert_eq!(references(html), Vec::<String>::new());
        assert_eq!(references("<script src=x>"), ["Load x"]);
    }

    #[test]
    fn ids_and_a_base_are_found() {
        let scan = scan_page("<base href=../><p id=a><a name='b&amp;c'></a><input name=d><base href=x>");
        assert_eq!(scan.ids, ["a", "b&c"]);
        assert_eq!(scan.base.as_deref(), Some("../"));
    }
}
