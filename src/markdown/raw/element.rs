//! The raw HTML that may pass: what GitHub lets pass, as far as it is no program, no form and no style.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use ContentModel::{Blocks, Nothing, Parts};

/// An element that may pass.
pub(in crate::markdown) struct Element {
    /// Its name, in lower case.
    pub(crate) name: &'static str,
    /// The name that it has on the page.
    pub(crate) shown: &'static str,
    /// Where it may stand.
    pub(crate) place: Place,
    /// What it may hold.
    pub(crate) holds: ContentModel,
    /// Attributes that pass beside those that pass everywhere.
    pub(crate) attributes: &'static [&'static str],
    /// What it is for the digest.
    pub(crate) weight: Weight,
}

/// What an element is for the digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Weight {
    /// A part of what the text says.
    Tag,
    /// It strikes words out.
    Strike,
    /// Emphasis or layout alone, which changes nothing that is said.
    Layout,
}

/// Where an element may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Place {
    /// Between blocks.
    Block,
    /// In running text.
    Text,
    /// Directly in one of these elements.
    In(&'static [&'static str]),
}

/// What an element may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum ContentModel {
    /// Nothing: it has no closing tag.
    Nothing,
    /// Running text.
    Text,
    /// Blocks and running text.
    Blocks,
    /// Only certain elements: rows, cells, items.
    Parts,
}

/// An element in running text.
const fn inline(name: &'static str) -> Element {
    Element {
        name,
        shown: name,
        place: Place::Text,
        holds: ContentModel::Text,
        attributes: &[],
        weight: Weight::Layout,
    }
}

/// An element that holds blocks and stands between them.
const fn block(name: &'static str, holds: ContentModel) -> Element {
    Element { name, shown: name, place: Place::Block, holds, attributes: &[], weight: Weight::Tag }
}

/// An element that stands directly in certain others.
const fn part(name: &'static str, parents: &'static [&'static str], holds: ContentModel) -> Element {
    Element { name, shown: name, place: Place::In(parents), holds, attributes: &[], weight: Weight::Tag }
}

impl Element {
    const fn with_tag_weight(self) -> Element {
        Element { weight: Weight::Tag, ..self }
    }

    const fn with_strike_weight(self) -> Element {
        Element { weight: Weight::Strike, ..self }
    }

    const fn layout(self) -> Element {
        Element { weight: Weight::Layout, ..self }
    }

    const fn empty(self) -> Element {
        Element { holds: Nothing, ..self }
    }

    const fn shown_as(self, shown: &'static str) -> Element {
        Element { shown, ..self }
    }

    const fn with(self, attributes: &'static [&'static str]) -> Element {
        Element { attributes, ..self }
    }
}

/// Every element that may pass, but for links, images and media, which pages write themselves.
static ELEMENTS: [Element; 74] = [
    inline("abbr").with_tag_weight(),
    inline("b"),
    inline("bdi"),
    inline("bdo"),
    inline("br").empty(),
    inline("cite"),
    inline("code"),
    inline("del").with_strike_weight(),
    inline("dfn"),
    inline("em"),
    inline("i"),
    inline("ins"),
    inline("kbd").with_tag_weight(),
    inline("label"),
    inline("mark"),
    inline("q").with_tag_weight(),
    inline("rp"),
    inline("rt").with_tag_weight(),
    inline("ruby").with_tag_weight(),
    inline("s").with_strike_weight(),
    inline("samp"),
    inline("small"),
    inline("span"),
    inline("strike").with_strike_weight().shown_as("s"),
    inline("strong"),
    inline("sub").with_tag_weight(),
    inline("sup").with_tag_weight(),
    inline("time").with(&["datetime"]),
    inline("tt").shown_as("code"),
    inline("u"),
    inline("var"),
    inline("wbr").empty(),
    block("article", Blocks).layout().shown_as("div"),
    block("aside", Blocks).layout().shown_as("div"),
    block("blockquote", Blocks),
    block("details", Blocks).with(&["open"]),
    block("div", Blocks).layout(),
    block("dl", Parts),
    block("figure", Blocks),
    block("footer", Blocks).layout().shown_as("div"),
    block("h1", ContentModel::Text).shown_as("h2"),
    block("h2", ContentModel::Text),
    block("h3", ContentModel::Text),
    block("h4", ContentModel::Text),
    block("h5", ContentModel::Text),
    block("h6", ContentModel::Text),
    block("header", Blocks).layout().shown_as("div"),
    block("hr", Nothing),
    block("main", Blocks).layout().shown_as("div"),
    block("nav", Blocks).layout().shown_as("div"),
    block("ol", Parts).with(&["start", "reversed", "type"]),
    block("p", ContentModel::Text).layout(),
    block("pre", ContentModel::Text),
    block("section", Blocks).layout().shown_as("div"),
    block("table", Parts),
    block("ul", Parts),
    part("caption", &["table"], Blocks),
    part("dd", &["dl"], Blocks),
    part("dt", &["dl"], ContentModel::Text),
    part("figcaption", &["figure"], Blocks),
    part("li", &["ul", "ol"], Blocks).with(&["value"]),
    part("summary", &["details"], ContentModel::Text),
    part("tbody", &["table"], Parts),
    part("td", &["tr"], Blocks).with(CELL_ATTRIBUTES),
    part("tfoot", &["table"], Parts),
    part("th", &["tr"], Blocks).with(CELL_ATTRIBUTES),
    part("thead", &["table"], Parts),
    part("tr", &["table", "thead", "tbody", "tfoot"], Parts),
    block("picture", Blocks).layout(),
    inline("source").empty(),
    inline("track").empty(),
    inline("col").empty(),
    inline("colgroup"),
    inline("font"),
];

/// A paragraph that is aligned can hold blocks, for authors put empty lines and Markdown into it.
pub(super) static ALIGNED: Element = block("p", Blocks).layout().shown_as("div");

/// Elements of running text that can stand around blocks, too, where they begin a block of raw HTML.
static AROUND_BLOCKS: [Element; 4] = [
    block("del", Blocks).with_strike_weight(),
    block("ins", Blocks).layout(),
    block("s", Blocks).with_strike_weight().shown_as("del"),
    block("strike", Blocks).with_strike_weight().shown_as("del"),
];

/// A link, whose tags the page writes.
pub(super) static LINK: Element = inline("a");

const CELL_ATTRIBUTES: &[&str] = &["colspan", "rowspan", "scope"];

/// Attributes that pass on every element.
const GLOBAL_ATTRIBUTES: [&str; 3] = ["title", "lang", "dir"];

/// Elements that say nothing to readers, so that their tags go without a finding; what they hold stays.
const SILENT: [&str; 6] = ["label", "picture", "source", "track", "col", "colgroup"];

/// What an author is told when something else was removed.
pub(super) const ALLOWED: &str = "HTML passes as on GitHub; write this in Markdown, or remove it";

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

/// Other elements of HTML, whose tags are removed while what they hold stays.
const REMOVED: [&str; 35] = [
    "acronym", "address", "area", "base", "basefont", "bgsound", "big", "blink", "body", "button", "center", "data",
    "datalist", "dialog", "dir", "embed", "fieldset", "form", "frame", "hgroup", "html", "image", "input", "isindex",
    "legend", "link", "listing", "map", "marquee", "menu", "meta", "meter", "nobr", "optgroup", "param",
];

/// Those of them that are blocks, whose words stay apart from those around them.
const REMOVED_BLOCKS: [&str; 14] = [
    "address", "center", "dialog", "dir", "fieldset", "form", "hgroup", "legend", "listing", "menu", "optgroup",
    "option", "search", "marquee",
];

/// Whether an element whose tags are removed is a block.
pub(super) fn is_removed_block(name: &str) -> bool {
    REMOVED_BLOCKS.contains(&name)
}

/// The element of a name, in any letter case, if it may pass.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.name.eq_ignore_ascii_case(name))
}

/// The element of a name that stands around blocks although it is one of running text.
pub(super) fn around_blocks(name: &str) -> Option<&'static Element> {
    AROUND_BLOCKS.iter().find(|element| element.name == name)
}

/// Whether an element is removed together with its content.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.iter().any(|opaque| opaque.eq_ignore_ascii_case(name))
}

/// Whether a name is one of HTML at all; what is not was meant as text, such as `<your name>`.
pub(super) fn is_html(name: &str) -> bool {
    REMOVED.contains(&name)
        || matches!(name, "option" | "output" | "progress" | "slot" | "rb" | "rtc" | "search")
        || is_opaque(name)
}

impl Element {
    /// Whether HTML lets the closing tag be left out.
    pub(super) fn closes_itself(&self) -> bool {
        matches!(
            self.name,
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" | "p" | "li" | "dt" | "dd" | "rt" | "rp"
        )
    }

    /// Whether its tags are removed without a finding.
    pub(super) fn is_silent(&self) -> bool {
        SILENT.contains(&self.name) || self.name == "font"
    }

    /// Whether nothing is lost when its tags are removed where they cannot stand.
    pub(super) fn is_layout(&self) -> bool {
        self.weight == Weight::Layout || self.is_heading()
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    /// Whether it is a block of layout alone, which says nothing but keeps its words apart from those around it.
    pub(super) fn keeps_apart(&self) -> bool {
        self.place == Place::Block && self.weight == Weight::Layout
    }

    /// Whether lines end before and after it.
    pub(super) fn has_lines(&self) -> bool {
        !matches!(self.place, Place::Text) && !matches!(self.name, "td" | "th")
    }

    /// Whether an attribute passes with this value.
    pub(super) fn accepts(&self, name: &str, value: &str) -> bool {
        let mut known = self.attributes.iter().chain(&GLOBAL_ATTRIBUTES);
        known.any(|known| known.eq_ignore_ascii_case(name))
            && match name.to_ascii_lowercase().as_str() {
                "colspan" | "rowspan" => value.parse::<u16>().is_ok_and(|span| (1..=1000).contains(&span)),
                "start" | "value" => value.parse::<i32>().is_ok(),
                "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
                "dir" => matches!(value, "ltr" | "rtl" | "auto"),
                "type" => matches!(value, "1" | "a" | "A" | "i" | "I"),
                _ => true,
            }
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
    let own = ELEMENTS.iter().flat_map(|element| element.attributes);
    let attributes: HashSet<&str> = own.chain(&GLOBAL_ATTRIBUTES).copied().collect();
    let mut builder = Builder::empty();
    builder.tags(HashSet::from(["span"])).tag_attributes(HashMap::from([("span", attributes)])).link_rel(None);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_rewritten() {
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
    fn attribute_values_are_checked() {
        let cell = find("TD").expect("td may pass");
        assert!(cell.accepts("colspan", "2") && cell.accepts("SCOPE", "row"));
        assert!(!cell.accepts("colspan", "0") && !cell.accepts("colspan", "9999") && !cell.accepts("scope", "x"));
        assert!(!cell.accepts("onclick", "x"));
    }
}
