//! The raw HTML that may pass.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// An element that may pass.
pub(super) struct Element {
    /// Its name, in lower case.
    pub(crate) name: &'static str,
    /// Where it may stand.
    pub(crate) place: Place,
    /// What it may hold.
    pub(crate) holds: Holds,
    /// Attributes that pass.
    pub(crate) attributes: &'static [&'static str],
}

/// Where an element may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between blocks.
    Block,
    /// In running text.
    Text,
    /// Directly in one of these elements.
    In(&'static [&'static str]),
}

/// What an element may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Holds {
    /// Nothing: it has no closing tag.
    Nothing,
    /// Running text.
    Text,
    /// Blocks and running text.
    Blocks,
    /// Only certain elements: rows, cells.
    Parts,
}

/// Every element that may pass.
const ELEMENTS: [Element; 15] = [
    Element { name: "abbr", place: Place::Text, holds: Holds::Text, attributes: &["title"] },
    Element { name: "br", place: Place::Text, holds: Holds::Nothing, attributes: &[] },
    Element { name: "caption", place: Place::In(&["table"]), holds: Holds::Blocks, attributes: &[] },
    Element { name: "details", place: Place::Block, holds: Holds::Blocks, attributes: &["open"] },
    Element { name: "kbd", place: Place::Text, holds: Holds::Text, attributes: &[] },
    Element { name: "sub", place: Place::Text, holds: Holds::Text, attributes: &[] },
    Element { name: "summary", place: Place::In(&["details"]), holds: Holds::Text, attributes: &[] },
    Element { name: "sup", place: Place::Text, holds: Holds::Text, attributes: &[] },
    Element { name: "table", place: Place::Block, holds: Holds::Parts, attributes: &[] },
    Element { name: "tbody", place: Place::In(&["table"]), holds: Holds::Parts, attributes: &[] },
    Element { name: "td", place: Place::In(&["tr"]), holds: Holds::Blocks, attributes: CELL_ATTRIBUTES },
    Element { name: "tfoot", place: Place::In(&["table"]), holds: Holds::Parts, attributes: &[] },
    Element { name: "th", place: Place::In(&["tr"]), holds: Holds::Blocks, attributes: CELL_ATTRIBUTES },
    Element { name: "thead", place: Place::In(&["table"]), holds: Holds::Parts, attributes: &[] },
    Element {
        name: "tr",
        place: Place::In(&["table", "thead", "tbody", "tfoot"]),
        holds: Holds::Parts,
        attributes: &[],
    },
];

const CELL_ATTRIBUTES: &[&str] = &["colspan", "rowspan", "scope"];

/// What an author is told when something else was removed.
pub(super) const ALLOWED: &str =
    "of raw HTML only details, summary, br, kbd, sub, sup, abbr and tables are kept; write the rest in Markdown";

/// Elements whose content is no text for readers, so that it goes with them.
const OPAQUE: [&str; 21] = [
    "applet",
    "audio",
    "canvas",
    "frameset",
    "head",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// The element of a name, in any letter case, if it may pass.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    static TABLE: &[Element] = &ELEMENTS;
    TABLE.iter().find(|element| element.name.eq_ignore_ascii_case(name))
}

/// Whether an element is removed together with its content.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.iter().any(|opaque| opaque.eq_ignore_ascii_case(name))
}

impl Element {
    /// Whether HTML lets the closing tag be left out.
    pub(super) fn closes_itself(&self) -> bool {
        matches!(self.name, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption")
    }

    /// Whether an attribute passes with this value.
    pub(super) fn accepts(&self, name: &str, value: &str) -> bool {
        let known = self.attributes.iter().find(|known| known.eq_ignore_ascii_case(name));
        known.is_some_and(|known| match *known {
            "colspan" | "rowspan" => value.parse::<u16>().is_ok_and(|span| (1..=1000).contains(&span)),
            "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
            _ => true,
        })
    }
}

/// Writes attributes, given as in their source, as they may stand on a page, with a space before each.
pub(super) fn clean_attributes(out: &mut String, written: &str) {
    let cleaned = CLEANER.clean(&format!("<span{written}></span>")).to_string();
    if let Some(attributes) = cleaned.strip_prefix("<span").and_then(|rest| rest.strip_suffix("></span>")) {
        out.push_str(attributes);
    }
}

/// Reads attributes on an element that may stand anywhere, for a cell outside a table would be dropped.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashSet<&str> = ELEMENTS.iter().flat_map(|element| element.attributes).copied().collect();
    let mut builder = Builder::empty();
    builder.tags(HashSet::from(["span"])).tag_attributes(HashMap::from([("span", attributes)])).link_rel(None);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_written_anew() {
        let clean = |written| {
            let mut out = String::new();
            clean_attributes(&mut out, written);
            out
        };
        assert_eq!(clean(" colspan=2"), " colspan=\"2\"");
        assert_eq!(clean(" title='a\"<b>&amp;' onclick=x"), " title=\"a&quot;&lt;b&gt;&amp;\"");
        assert_eq!(clean(" open"), " open=\"\"");
        assert_eq!(clean(" onload=\"x\" style=\"y\""), "");
        assert_eq!(clean(" title=\"></span><script>x</script>"), "");
    }

    #[test]
    fn values_are_looked_at() {
        let cell = find("TD").expect("td may pass");
        assert!(cell.accepts("colspan", "2") && cell.accepts("SCOPE", "row"));
        assert!(!cell.accepts("colspan", "0") && !cell.accepts("colspan", "9999") && !cell.accepts("scope", "x"));
        assert!(!cell.accepts("onclick", "x"));
    }
}
