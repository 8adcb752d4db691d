//! Filters the tags of raw HTML.

use super::attributes::is_boolean;
use super::element::{
    ALIGNED_PARAGRAPH, ContentModel, Element, ElementContext, LINK, REMOVED_HELP, Weight, block_variant, find, is_html,
    is_opaque, is_removed_block,
};
use super::source::RawHtml;
use crate::html::{Attribute, Tag};
use crate::markdown::foreign::{COMPONENT, DRAWING};
use crate::markdown::reader::Reader;
use crate::place::Span;

/// Maximum number of bytes after a tag that are searched for its closing tag.
const MAX_CLOSING_DISTANCE: usize = 2_000;

/// Elements of wikis and generators; with an end tag, their names are not words in angle brackets.
const TOOL_ELEMENTS: [&str; 30] = [
    "admonition",
    "alert",
    "box",
    "callout",
    "card",
    "cards",
    "column",
    "columns",
    "danger",
    "expand",
    "gallery",
    "hidden",
    "hint",
    "important",
    "info",
    "note",
    "nowiki",
    "panel",
    "poem",
    "ref",
    "spoiler",
    "step",
    "steps",
    "syntaxhighlight",
    "tab",
    "tabs",
    "tip",
    "warn",
    "warning",
    "wrap",
];

impl Reader<'_> {
    /// Handles an opening tag; returns the position at which to continue, which is after the content of an element
    /// removed with it.
    pub(super) fn read_opening_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag) -> usize {
        let name = raw.lowercase(&tag.name);
        match name.as_str() {
            _ if self.is_field(raw, tag, &name) => self.read_raw_text(raw, tag.range.clone()),
            "a" => self.write_link_tag(raw, tag),
            "img" => self.write_image_tag(raw, tag),
            _ if is_opaque(&name) => return self.remove_opaque_tag(raw, tag, &name),
            _ => match find(&name) {
                Some(element) => self.write_allowed_tag(raw, tag, element),
                None if name == "input" && self.write_checkbox(raw, tag) => {}
                None if is_html(&name) => {
                    let message = format!("`<{name}>` is removed from the page");
                    self.report_raw(raw.span(&tag.range), message, REMOVED_HELP);
                    if is_removed_block(&name) {
                        self.separate_words();
                    }
                }
                None => self.keep_unknown_tag(raw, tag),
            },
        }
        tag.range.end
    }

    /// Whether a tag was meant as text, such as `<source of the alert>`, because a word after its name lacks the value
    /// that HTML requires. Parts of a table or list may have any attribute in their proper context.
    fn is_field(&mut self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> bool {
        let is_alone = |attribute: &Attribute| attribute.range == attribute.name;
        let is_word = |attribute: &Attribute| {
            let word = &raw.html[attribute.name.clone()];
            word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !is_boolean(&word.to_ascii_lowercase())
        };
        if tag.attributes.is_empty() {
            return self.is_word_in_brackets(raw, tag, name);
        }
        if TOOL_ELEMENTS.contains(&name) && self.is_closed_nearby(raw, tag, &raw.html[tag.name.clone()]) {
            return false;
        }
        let is_phrase = tag.attributes.iter().all(is_alone) && tag.attributes.iter().any(is_word);
        is_phrase
            && find(name).is_none_or(|element| {
                !matches!(element.context, ElementContext::In(_)) || self.context_help(element).is_some()
            })
    }

    /// Whether the name of a layout element is used as a word, such as `<header>` of an email: it is within a sentence
    /// and never closed.
    fn is_word_in_brackets(&mut self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> bool {
        let lays_out = |element: &Element| element.is_layout() && element.context == ElementContext::Block;
        let is_word = find(name).is_some_and(|element| element.is_dropped_silently() || lays_out(element));
        if raw.is_block || !is_word || matches!(name, "p" | "rp") {
            return false;
        }
        let end = raw.span(&tag.range).end as usize;
        let text = self.source.as_str();
        let last = *self.hidden.last_closers.entry(name.to_owned()).or_insert_with(|| {
            let closer = format!("</{name}");
            text.to_ascii_lowercase().rfind(&closer)
        });
        last.is_none_or(|last| last < end)
    }

    /// Keeps a tag that is not HTML as text; it was meant as text, or is a component of another tool.
    fn keep_unknown_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag) {
        let name = &raw.html[tag.name.clone()];
        let is_component = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
        let has_values = tag.attributes.iter().any(|attribute| !attribute.value.is_empty());
        // `<x-note>` and `<Enter>` alone may be a field or a key; with an end tag, or closed at once, they are
        // components.
        let closes = || {
            let is_tool_element = TOOL_ELEMENTS.contains(&&*name.to_ascii_lowercase());
            let may_close = name.contains('-') || is_component || is_tool_element;
            raw.html[tag.range.clone()].ends_with("/>") || may_close && self.is_closed_nearby(raw, tag, name)
        };
        if has_values || closes() {
            self.foreign.record(&COMPONENT, raw.span(&tag.range));
            self.foreign.tags.push(raw.span(&tag.range));
        }
        self.read_raw_text(raw, tag.range.clone());
    }

    /// Whether the closing tag of an element follows within a short distance.
    fn is_closed_nearby(&self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> bool {
        let text = self.source.as_str();
        let start = (raw.span(&tag.range).end as usize).min(text.len());
        let rest = text.get(start..text.floor_char_boundary(start + MAX_CLOSING_DISTANCE)).unwrap_or_default();
        memchr::memmem::find(rest.as_bytes(), format!("</{name}>").as_bytes()).is_some()
    }

    /// Writes an allowed tag if its context permits it.
    fn write_allowed_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag, element: &'static Element) {
        let span = raw.span(&tag.range);
        // HTML allows groups of definitions to be wrapped in `div`.
        if element.name == "div" && self.innermost().is_some_and(|parent| parent.name == "dl") {
            return self.drop_silently(element);
        }
        self.close_before(element);
        if !matches!(element.context, ElementContext::In(_)) && !element.is_dropped_silently() {
            self.close_tags_before_text();
        }
        if element.is_dropped_silently() {
            return self.drop_silently(element);
        }
        if let Some(help) = self.context_help(element) {
            if element.context == ElementContext::Block {
                self.separate_words();
            }
            if element.is_layout() {
                return self.drop_silently(element);
            }
            return self.drop_tag(element, span, "it is not allowed here", &help);
        }
        if self.is_too_deep() {
            return self.drop_tag(element, span, "too many tags are open", "close tags before opening more");
        }
        if is_drawing(raw, tag) {
            self.foreign.record(&DRAWING, span);
        }
        let attributes = self.filter_attributes(raw, tag, element);
        let is_aligned = element.name == "p" && attributes.align.is_some();
        let element = if is_aligned { &ALIGNED_PARAGRAPH } else { self.as_block(raw, tag, element) };
        self.push_tag(element, &attributes, span);
    }

    /// The block-level variant of an inline element that is alone on its line: `<del>`, then a blank line.
    fn as_block(&self, raw: &RawHtml<'_>, tag: &Tag, element: &'static Element) -> &'static Element {
        let is_alone = || raw.html[tag.range.end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        let block = block_variant(element.name)
            .filter(|_| raw.is_block && self.allowed_content() == ContentModel::Blocks && is_alone());
        block.unwrap_or(element)
    }

    /// The correction to suggest for an element in a wrong context.
    fn context_help(&self, element: &Element) -> Option<String> {
        let name = element.name;
        match element.context {
            ElementContext::Text => None,
            ElementContext::Block => (self.allowed_content() != ContentModel::Blocks)
                .then(|| format!("begin a line with `<{name}>`, after an empty line, outside any paragraph")),
            ElementContext::In(parents) => (!self.innermost().is_some_and(|parent| parents.contains(&parent.name)))
                .then(|| format!("`<{name}>` is directly inside `<{}>`", parents.join(">` or `<"))),
        }
    }

    /// Handles a closing tag.
    pub(super) fn read_closing_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag) {
        let name = raw.lowercase(&tag.name);
        let element = match name.as_str() {
            "a" => &LINK,
            _ => match find(&name) {
                Some(element) => element,
                // An element whose opening tag was removed is not reported again.
                None if is_removed_block(&name) => return self.separate_words(),
                None if is_html(&name) => return,
                None => return self.read_raw_text(raw, tag.range.clone()),
            },
        };
        if self.close_tag(element) {
            return;
        }
        if let Some(count) = self.dropped_tags.get_mut(element.name).filter(|count| **count > 0) {
            *count -= 1;
            if element.context == ElementContext::Block && !element.is_dropped_silently() {
                self.separate_words();
            }
            return;
        }
        if element.weight == Weight::Strike
            && let Some(start) = self.hidden.strike.take()
        {
            self.hidden.visible.push(Span { start, end: raw.span(&tag.range).end });
        }
        if !element.has_optional_end_tag() && !self.is_closing_br(raw, tag) {
            let message = format!("`</{name}>` closes nothing here");
            let help = format!("remove it, or open `<{name}>` in the same block");
            self.report_raw(raw.span(&tag.range), message, &help);
        }
    }

    /// Whether a tag is the second half of `<br></br>`, a style used by components of other programs.
    fn is_closing_br(&self, raw: &RawHtml<'_>, tag: &Tag) -> bool {
        let before = self.source.as_str().get(..raw.span(&tag.range).start as usize).unwrap_or_default().trim_end();
        raw.lowercase(&tag.name) == "br" && ["<br>", "<br/>", "<br />"].iter().any(|open| before.ends_with(open))
    }
}

/// Whether a script of another tool would draw the content of an element.
fn is_drawing(raw: &RawHtml<'_>, tag: &Tag) -> bool {
    let value = |attribute: &Attribute| &raw.html[attribute.value.clone()];
    let is_class = |attribute: &&Attribute| raw.html[attribute.name.clone()].eq_ignore_ascii_case("class");
    let classes = tag.attributes.iter().filter(is_class).flat_map(|attribute| value(attribute).split_whitespace());
    classes.into_iter().any(|class| matches!(class, "mermaid" | "plantuml"))
}
