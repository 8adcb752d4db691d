//! Filters the attributes of raw tags.

use std::collections::BTreeMap;

use super::element::{Element, REMOVED_HELP, clean_attributes};
use super::source::{RawHtml, attribute_value};
use crate::finding::reading;
use crate::html::{Tag, decode_references};
use crate::markdown::claim::names_clauses;
use crate::markdown::reader::Reader;
use crate::place::Span;

/// The attributes of a tag that are kept.
#[derive(Default)]
pub(super) struct Attributes {
    /// Attributes that are written unchanged, each preceded by a space.
    pub(super) source: String,
    /// The anchor, and the place of its attribute.
    pub(super) id: Option<(String, Span)>,
    /// A second anchor in a `name` attribute, as in old pages, and the place of the attribute.
    pub(super) name: Option<(String, Span)>,
    /// The class for an alignment.
    pub(super) align: Option<&'static str>,
    /// Whether an attribute hides the element.
    pub(super) hides: bool,
    /// Whether an attribute strikes out the words of the element.
    pub(super) strikes: bool,
    /// Attributes that are meaningful to readers, such as the number of an item, by name.
    pub(super) meaningful: BTreeMap<String, String>,
}

impl Attributes {
    /// The value of `colspan` or `rowspan`.
    pub(super) fn span(&self, name: &str) -> u32 {
        self.meaningful.get(name).and_then(|value| value.parse().ok()).unwrap_or(1)
    }
}

impl Reader<'_> {
    /// Filters the attributes of a tag; reports those that would have had an effect.
    pub(super) fn filter_attributes(&mut self, raw: &RawHtml<'_>, tag: &Tag, element: &Element) -> Attributes {
        let mut attributes = self.anchor_attributes(raw, tag, element);
        let mut attribute_text = String::new();
        let mut seen: Vec<String> = Vec::new();
        for attribute in &tag.attributes {
            let name = raw.lowercase(&attribute.name);
            let value = decode_references(&raw.html[attribute.value.clone()]);
            if matches!(name.as_str(), "clauses" | "clause" | "data-clauses" | "data-clause") && names_clauses(&value) {
                let message = format!("`{name}` of `<{}>` looks like a claim but is not read as one", element.name);
                let help = "write the heading in Markdown, and end it in `{clauses=\"8.6.3\"}`";
                self.add_problem(reading::MISPLACED_CLAIM, raw.span(&attribute.range), message, help);
            } else if let Some(effect) = effect(&name, &value) {
                let (does, help) = match effect {
                    Effect::Hide => ("hides", "remove the text that readers must not see"),
                    Effect::Strike => ("strikes out", "remove the words, or write `~~` around them"),
                };
                attributes.hides |= effect == Effect::Hide;
                attributes.strikes |= effect == Effect::Strike;
                let message =
                    format!("`{name}` is removed from `<{}>`, so what it {does} is on the page", element.name);
                self.report_raw(raw.span(&attribute.range), message, help);
            } else if name == "align" {
                attributes.align = align_class(value.trim());
            } else if element.accepts(&name, &value) && !seen.contains(&name) {
                attribute_text.push(' ');
                attribute_text.push_str(&raw.html[attribute.range.clone()]);
                if is_meaningful(&name, value.trim()) {
                    attributes.meaningful.insert(name.clone(), value.trim().to_owned());
                }
                seen.push(name);
            } else if name != "id" && !is_layout(&name) {
                let message = format!("`{name}` is removed from `<{}>`", element.name);
                self.report_raw(raw.span(&attribute.range), message, REMOVED_HELP);
            }
        }
        self.report_text_direction(raw, tag, &attributes, element);
        if !attribute_text.is_empty() {
            clean_attributes(&mut attributes.source, &attribute_text);
        }
        attributes
    }

    /// The anchors that a tag sets.
    fn anchor_attributes(&self, raw: &RawHtml<'_>, tag: &Tag, element: &Element) -> Attributes {
        let anchor = |name: &str| {
            let (value, attribute) = attribute_value(raw, tag, name)?;
            let is_anchor = !value.is_empty() && !value.contains(char::is_whitespace);
            is_anchor.then(|| (value, raw.span(&attribute.range)))
        };
        let (id, name) = (anchor("id"), anchor("name").filter(|_| element.name == "a"));
        let is_other = |(name, _): &(String, Span)| id.as_ref().is_some_and(|(id, _)| id != name);
        let other = name.clone().filter(is_other);
        Attributes { id: id.or(name), name: other, ..Attributes::default() }
    }
}

/// The effect of an attribute on the words of its element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Hide,
    Strike,
}

/// Style declarations that hide an element.
const HIDING_STYLES: [(&str, &str); 6] = [
    ("display", "none"),
    ("visibility", "hidden"),
    ("visibility", "collapse"),
    ("opacity", "0"),
    ("font-size", "0"),
    ("color", "transparent"),
];
/// Classes that hide an element in common style sheets.
const HIDING_CLASSES: [&str; 5] = ["d-none", "hidden", "invisible", "is-hidden", "visually-hidden"];

/// The effect of an attribute, if it hides the words of its element or strikes them out.
fn effect(name: &str, value: &str) -> Option<Effect> {
    match name {
        "hidden" | "v-if" | "v-else" | "v-else-if" | "v-show" | "x-if" | "x-show" | "*ngif" => Some(Effect::Hide),
        "class" => value.split_whitespace().any(|class| HIDING_CLASSES.contains(&class)).then_some(Effect::Hide),
        "style" => value.to_ascii_lowercase().split(';').find_map(effect_of_style),
        _ => None,
    }
}

/// The effect of a single style declaration.
fn effect_of_style(declaration: &str) -> Option<Effect> {
    let (property, value) = declaration.split_once(':')?;
    let (property, value) = (property.trim(), value.split('!').next().unwrap_or_default().trim());
    if property.starts_with("text-decoration") && value.contains("line-through") {
        return Some(Effect::Strike);
    }
    let is_zero = || {
        value.starts_with('0')
            && value.trim_end_matches(|unit: char| unit.is_alphabetic() || unit == '%').parse() == Ok(0.0)
    };
    let hides = |(name, hidden): &(&str, &str)| *name == property && (*hidden == value || *hidden == "0" && is_zero());
    HIDING_STYLES.iter().any(hides).then_some(Effect::Hide)
}

/// The class for an alignment.
fn align_class(value: &str) -> Option<&'static str> {
    ["left", "center", "right"].into_iter().find(|alignment| alignment.eq_ignore_ascii_case(value))
}

/// Whether an attribute that is kept affects meaning: words, a number, the reading order, or the cells that a header
/// applies to.
fn is_meaningful(name: &str, value: &str) -> bool {
    match name {
        "title" => !value.is_empty(),
        "dir" => !value.eq_ignore_ascii_case("ltr"),
        "colspan" | "rowspan" => value != "1",
        _ => matches!(name, "reversed" | "start" | "type" | "value"),
    }
}

/// Attributes that HTML allows without a value.
const BOOLEAN_ATTRIBUTES: [&str; 34] = [
    "allowfullscreen",
    "alt",
    "async",
    "autofocus",
    "autoplay",
    "checked",
    "compact",
    "controls",
    "default",
    "defer",
    "disabled",
    "download",
    "formnovalidate",
    "hidden",
    "inert",
    "ismap",
    "itemscope",
    "loop",
    "markdown",
    "multiple",
    "muted",
    "nomodule",
    "noresize",
    "noshade",
    "novalidate",
    "nowrap",
    "open",
    "playsinline",
    "readonly",
    "required",
    "reversed",
    "sandbox",
    "selected",
    "allowpaymentrequest",
];

/// Whether an attribute may be written without a value.
pub(super) fn is_boolean(name: &str) -> bool {
    BOOLEAN_ATTRIBUTES.contains(&name)
}

/// Attributes of layout, which are dropped without a finding.
const LAYOUT_ATTRIBUTES: [&str; 58] = [
    "href",
    "src",
    "cite",
    "poster",
    "autoplay",
    "loop",
    "muted",
    "preload",
    "playsinline",
    "decoding",
    "align",
    "alt",
    "axis",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "char",
    "charoff",
    "class",
    "clear",
    "color",
    "compact",
    "controls",
    "download",
    "face",
    "frame",
    "headers",
    "height",
    "hidden",
    "hreflang",
    "hspace",
    "itemprop",
    "itemscope",
    "itemtype",
    "loading",
    "markdown",
    "media",
    "name",
    "noshade",
    "nowrap",
    "rel",
    "role",
    "rules",
    "size",
    "sizes",
    "slot",
    "span",
    "srcset",
    "style",
    "summary",
    "tabindex",
    "target",
    "translate",
    "type",
    "valign",
    "vspace",
    "width",
];

/// Whether an attribute is dropped without a finding.
fn is_layout(name: &str) -> bool {
    LAYOUT_ATTRIBUTES.contains(&name) || name.starts_with("data-") || name.starts_with("aria-")
}
