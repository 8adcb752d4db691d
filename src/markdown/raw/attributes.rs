//! Attributes of raw tags: which pass.

use std::collections::BTreeMap;

use super::element::{ALLOWED, Element, clean_attributes};
use super::source::{Raw, value};
use crate::html::{Tag, decode_references};
use crate::markdown::reader::Reader;
use crate::place::Span;

/// The attributes of a tag that pass.
#[derive(Default)]
pub(super) struct Attributes {
    /// Those that are written as they are, each with a space before it.
    pub(super) written: String,
    /// The anchor, and the place of its attribute.
    pub(super) id: Option<(String, Span)>,
    /// The class that stands for an alignment.
    pub(super) align: Option<&'static str>,
    /// Whether one was to hide the element.
    pub(super) hides: bool,
    /// Those that say something to readers, such as the number of an item, each with its value, by their names.
    pub(super) said: BTreeMap<String, String>,
}

impl Reader<'_> {
    /// The attributes of a tag that pass; those that could do anything are reported.
    pub(super) fn attributes(&mut self, raw: &Raw<'_>, tag: &Tag, element: &Element) -> Attributes {
        let mut attributes = Attributes { id: self.anchor_of(raw, tag, element), ..Attributes::default() };
        let mut written = String::new();
        let mut seen: Vec<String> = Vec::new();
        for attribute in &tag.attributes {
            let name = raw.lower(&attribute.name);
            let value = decode_references(&raw.html[attribute.value.clone()]);
            if hides(&name, &value) {
                attributes.hides = true;
                let message = format!("`{name}` is removed from `<{}>`, so what it hides is on the page", element.name);
                self.report_raw(raw.span(&attribute.range), message, "remove the text that nobody is to read");
            } else if name == "align" {
                attributes.align = align(value.trim());
            } else if element.accepts(&name, &value) && !seen.contains(&name) {
                written.push(' ');
                written.push_str(&raw.html[attribute.range.clone()]);
                if is_meaningful(&name, value.trim()) {
                    attributes.said.insert(name.clone(), value.trim().to_owned());
                }
                seen.push(name);
            } else if name != "id" && !is_layout(&name) {
                let message = format!("`{name}` is removed from `<{}>`", element.name);
                self.report_raw(raw.span(&attribute.range), message, ALLOWED);
            }
        }
        if !written.is_empty() {
            clean_attributes(&mut attributes.written, &written);
        }
        attributes
    }

    /// The anchor that a tag sets.
    fn anchor_of(&self, raw: &Raw<'_>, tag: &Tag, element: &Element) -> Option<(String, Span)> {
        let named = || value(raw, tag, "name").filter(|_| element.name == "a");
        let (wanted, attribute) = value(raw, tag, "id").or_else(named)?;
        let is_anchor = !wanted.is_empty() && !wanted.contains(char::is_whitespace);
        is_anchor.then(|| (wanted, raw.span(&attribute.range)))
    }
}

/// Whether an attribute hides its element from readers.
fn hides(name: &str, value: &str) -> bool {
    let style = || value.to_ascii_lowercase().split_whitespace().collect::<String>();
    match name {
        "hidden" => true,
        "style" => ["display:none", "visibility:hidden"].iter().any(|hidden| style().contains(hidden)),
        _ => false,
    }
}

/// The class that stands for an alignment.
fn align(value: &str) -> Option<&'static str> {
    ["left", "center", "right"].into_iter().find(|known| known.eq_ignore_ascii_case(value))
}

/// Whether an attribute that passes changes what readers are told: words, a number, the order in which they are read, or which
/// cells a heading is above.
fn is_meaningful(name: &str, value: &str) -> bool {
    match name {
        "title" => !value.is_empty(),
        "dir" => !value.eq_ignore_ascii_case("ltr"),
        "colspan" | "rowspan" => value != "1",
        _ => matches!(name, "reversed" | "start" | "type" | "value"),
    }
}

/// Attributes that HTML writes without a value.
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

/// Whether an attribute stands without a value.
pub(super) fn stands_alone(name: &str) -> bool {
    BOOLEAN_ATTRIBUTES.contains(&name)
}

/// Attributes of layout, which are dropped without a finding.
const LAYOUT: [&str; 58] = [
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

/// Whether an attribute goes without a finding.
fn is_layout(name: &str) -> bool {
    LAYOUT.contains(&name) || name.starts_with("data-") || name.starts_with("aria-")
}
