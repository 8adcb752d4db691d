//! The elements of raw HTML that are allowed: those that GitHub allows, except scripts, forms and styles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use ContentModel::{Blocks, Nothing, Parts};

/// An allowed element.
pub(in crate::markdown) struct Element {
    /// The name in lower case.
    pub(crate) name: &'static str,
    /// The name used on the page.
    pub(crate) output_name: &'static str,
    /// The allowed context.
    pub(crate) context: ElementContext,
    /// The allowed content.
    pub(crate) content: ContentModel,
    /// Attributes allowed in addition to the global ones.
    pub(crate) attributes: &'static [&'static str],
    /// The significance for the digest.
    pub(crate) weight: Weight,
}

/// The significance of an element for the digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Weight {
    /// The element contributes to the meaning of the text.
    Tag,
    /// The element strikes out words.
    Strike,
    /// Emphasis or layout only, which does not affect meaning.
    Layout,
}

/// The context in which an element is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum ElementContext {
    /// Between blocks.
    Block,
    /// In running text.
    Text,
    /// Directly within one of these elements.
    In(&'static [&'static str]),
}

/// The content that an element may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum ContentModel {
    /// Nothing; the element has no closing tag.
    Nothing,
    /// Running text.
    Text,
    /// Blocks and running text.
    Blocks,
    /// Only certain elements, such as rows, cells or items.
    Parts,
}

/// An element of running text.
const fn inline(name: &'static str) -> Element {
    Element {
        name,
        output_name: name,
        context: ElementContext::Text,
        content: ContentModel::Text,
        attributes: &[],
        weight: Weight::Layout,
    }
}

/// A block-level element.
const fn block(name: &'static str, content: ContentModel) -> Element {
    Element { name, output_name: name, context: ElementContext::Block, content, attributes: &[], weight: Weight::Tag }
}

/// An element that must be directly within certain others.
const fn part(name: &'static str, parents: &'static [&'static str], content: ContentModel) -> Element {
    Element {
        name,
        output_name: name,
        context: ElementContext::In(parents),
        content,
        attributes: &[],
        weight: Weight::Tag,
    }
}

impl Element {
    const fn with_tag_weight(self) -> Element {
        Element { weight: Weight::Tag, ..self }
    }

    const fn with_strike_weight(self) -> Element {
        Element { weight: Weight::Strike, ..self }
    }

    const fn with_layout_weight(self) -> Element {
        Element { weight: Weight::Layout, ..self }
    }

    const fn empty(self) -> Element {
        Element { content: Nothing, ..self }
    }

    const fn with_output_name(self, output_name: &'static str) -> Element {
        Element { output_name, ..self }
    }

    const fn with_attributes(self, attributes: &'static [&'static str]) -> Element {
        Element { attributes, ..self }
    }
}

/// All allowed elements except links, images and media, which pages write themselves.
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
    inline("strike").with_strike_weight().with_output_name("s"),
    inline("strong"),
    inline("sub").with_tag_weight(),
    inline("sup").with_tag_weight(),
    inline("time").with_attributes(&["datetime"]),
    inline("tt").with_output_name("code"),
    inline("u"),
    inline("var"),
    inline("wbr").empty(),
    block("article", Blocks).with_layout_weight().with_output_name("div"),
    block("aside", Blocks).with_layout_weight().with_output_name("div"),
    block("blockquote", Blocks),
    block("details", Blocks).with_attributes(&["open"]),
    block("div", Blocks).with_layout_weight(),
    block("dl", Parts),
    block("figure", Blocks),
    block("footer", Blocks).with_layout_weight().with_output_name("div"),
    block("h1", ContentModel::Text).with_output_name("h2"),
    block("h2", ContentModel::Text),
    block("h3", ContentModel::Text),
    block("h4", ContentModel::Text),
    block("h5", ContentModel::Text),
    block("h6", ContentModel::Text),
    block("header", Blocks).with_layout_weight().with_output_name("div"),
    block("hr", Nothing),
    block("main", Blocks).with_layout_weight().with_output_name("div"),
    block("nav", Blocks).with_layout_weight().with_output_name("div"),
    block("ol", Parts).with_attributes(&["start", "reversed", "type"]),
    block("p", ContentModel::Text).with_layout_weight(),
    block("pre", ContentModel::Text),
    block("section", Blocks).with_layout_weight().with_output_name("div"),
    block("table", Parts),
    block("ul", Parts),
    part("caption", &["table"], Blocks),
    part("dd", &["dl"], Blocks),
    part("dt", &["dl"], ContentModel::Text),
    part("figcaption", &["figure"], Blocks),
    part("li", &["ul", "ol"], Blocks).with_attributes(&["value"]),
    part("summary", &["details"], ContentModel::Text),
    part("tbody", &["table"], Parts),
    part("td", &["tr"], Blocks).with_attributes(CELL_ATTRIBUTES),
    part("tfoot", &["table"], Parts),
    part("th", &["tr"], Blocks).with_attributes(CELL_ATTRIBUTES),
    part("thead", &["table"], Parts),
    part("tr", &["table", "thead", "tbody", "tfoot"], Parts),
    block("picture", Blocks).with_layout_weight(),
    inline("source").empty(),
    inline("track").empty(),
    inline("col").empty(),
    inline("colgroup"),
    inline("font"),
];

/// An aligned paragraph may contain blocks, because authors put blank lines and Markdown into it.
pub(super) static ALIGNED_PARAGRAPH: Element = block("p", Blocks).with_layout_weight().with_output_name("div");

/// Inline elements that may also surround blocks if they start a block of raw HTML.
static BLOCK_VARIANTS: [Element; 4] = [
    block("del", Blocks).with_strike_weight(),
    block("ins", Blocks).with_layout_weight(),
    block("s", Blocks).with_strike_weight().with_output_name("del"),
    block("strike", Blocks).with_strike_weight().with_output_name("del"),
];

/// A link; its tags are written by the page.
pub(super) static LINK: Element = inline("a");
/// An image; its tag is written by the page.
pub(super) static IMAGE: Element = inline("img");

const CELL_ATTRIBUTES: &[&str] = &["colspan", "rowspan", "scope"];

/// Attributes allowed on every element.
const GLOBAL_ATTRIBUTES: [&str; 3] = ["title", "lang", "dir"];

/// Elements without significance for readers, whose tags are removed without a finding while their content is kept.
const DROPPED_SILENTLY: [&str; 6] = ["label", "picture", "source", "track", "col", "colgroup"];

/// Help text for anything else that was removed.
pub(super) const REMOVED_HELP: &str = "only HTML that GitHub allows is kept; write this in Markdown, or remove it";

/// Elements whose content is not text for readers, so that it is removed with them.
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

/// Other HTML elements, whose tags are removed while their content is kept.
const REMOVED: [&str; 35] = [
    "acronym", "address", "area", "base", "basefont", "bgsound", "big", "blink", "body", "button", "center", "data",
    "datalist", "dialog", "dir", "embed", "fieldset", "form", "frame", "hgroup", "html", "image", "input", "isindex",
    "legend", "link", "listing", "map", "marquee", "menu", "meta", "meter", "nobr", "optgroup", "param",
];

/// Removed elements that are blocks, whose words stay separated from those around them.
const REMOVED_BLOCKS: [&str; 14] = [
    "address", "center", "dialog", "dir", "fieldset", "form", "hgroup", "legend", "listing", "menu", "optgroup",
    "option", "search", "marquee",
];

/// Whether a removed element is a block.
pub(super) fn is_removed_block(name: &str) -> bool {
    REMOVED_BLOCKS.contains(&name)
}

/// The allowed element with this name, in any letter case.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| element.name.eq_ignore_ascii_case(name))
}

/// The block-level variant of an inline element, if it has one.
pub(super) fn block_variant(name: &str) -> Option<&'static Element> {
    BLOCK_VARIANTS.iter().find(|element| element.name == name)
}

/// Whether an element is removed together with its content.
pub(super) fn is_opaque(name: &str) -> bool {
    OPAQUE.iter().any(|opaque| opaque.eq_ignore_ascii_case(name))
}

/// Whether a name belongs to HTML at all; other tags, such as `<your name>`, were meant as text.
pub(super) fn is_html(name: &str) -> bool {
    REMOVED.contains(&name)
        || matches!(name, "option" | "output" | "progress" | "slot" | "rb" | "rtc" | "search")
        || is_opaque(name)
}

impl Element {
    /// Whether HTML allows the closing tag to be omitted.
    pub(super) fn has_optional_end_tag(&self) -> bool {
        matches!(
            self.name,
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" | "p" | "li" | "dt" | "dd" | "rt" | "rp"
        )
    }

    /// Whether the tags are removed without a finding.
    pub(super) fn is_dropped_silently(&self) -> bool {
        DROPPED_SILENTLY.contains(&self.name) || self.name == "font"
    }

    /// Whether the tags can be removed from a wrong context without loss.
    pub(super) fn is_layout(&self) -> bool {
        self.weight == Weight::Layout || self.is_heading()
    }

    /// Whether the element is a heading.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    /// Whether the element is a block for layout only, which merely separates its words from those around them.
    pub(super) fn separates_words(&self) -> bool {
        self.context == ElementContext::Block && self.weight == Weight::Layout
    }

    /// Whether lines end before and after the element.
    pub(super) fn breaks_lines(&self) -> bool {
        !matches!(self.context, ElementContext::Text) && !matches!(self.name, "td" | "th")
    }

    /// Whether an attribute is allowed with this value.
    pub(super) fn accepts(&self, name: &str, value: &str) -> bool {
        let mut attributes = self.attributes.iter().chain(&GLOBAL_ATTRIBUTES);
        attributes.any(|known| known.eq_ignore_ascii_case(name))
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

/// Sanitizes attributes given in source form, and writes them with a preceding space each.
pub(super) fn clean_attributes(out: &mut String, attribute_text: &str) {
    let cleaned = CLEANER.clean(&format!("<span{attribute_text}></span>")).to_string();
    if let Some(attributes) = cleaned.strip_prefix("<span").and_then(|rest| rest.strip_suffix("></span>")) {
        out.push_str(attributes);
    }
}

/// Sanitizes attributes on a `span`, which is valid anywhere; a table cell outside a table would be dropped.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let element_attributes = ELEMENTS.iter().flat_map(|element| element.attributes);
    let attributes: HashSet<&str> = element_attributes.chain(&GLOBAL_ATTRIBUTES).copied().collect();
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
