//! Open raw tags, and how they are closed.

use super::attributes::Attributes;
use super::element::{ContentModel, Element, ElementContext, LINK, Weight};
use crate::markdown::RawHeading;
use crate::markdown::anchor::{RawAnchor, slug};
use crate::markdown::digest::Mark;
use crate::markdown::reader::{OpenTag, Reader};
use crate::markdown::stream::Slot;
use crate::place::Span;

/// Maximum number of raw tags that may be open at once.
const MAX_OPEN_TAGS: usize = 64;

/// Whether the words of an element assert nothing, because they are struck out or only name what is beside or below
/// them.
fn is_silent(element: &Element) -> bool {
    element.is_heading()
        || matches!(element.name, "del" | "s" | "strike" | "summary" | "dt" | "th" | "thead" | "caption" | "figcaption")
}

/// Whether the words of an element are shown as code.
fn is_code(element: &Element) -> bool {
    matches!(element.name, "code" | "kbd" | "samp" | "tt")
}

impl Reader<'_> {
    /// The innermost raw tag that was opened in the current container.
    pub(super) fn innermost(&self) -> Option<&'static Element> {
        self.open_tags.last().filter(|tag| tag.depth == self.containers.len()).map(|tag| tag.element)
    }

    /// Whether a raw quote, list item or table cell is open, at any depth.
    pub(in crate::markdown) fn is_in_raw_item(&self) -> bool {
        self.open_tags.iter().any(|tag| matches!(tag.element.name, "blockquote" | "li" | "dd" | "td" | "th"))
    }

    /// Whether a heading here is inside a quote, an item or a cell, where it neither claims a clause nor ends a
    /// section.
    pub(in crate::markdown) fn is_in_item(&self) -> bool {
        !self.containers.is_empty() || self.is_in_raw_item()
    }

    /// The content allowed at this point.
    pub(super) fn allowed_content(&self) -> ContentModel {
        let container = self.containers.last().copied().unwrap_or(ContentModel::Blocks);
        self.innermost().map_or(container, |element| element.content)
    }

    /// Whether white space is displayed as written.
    pub(super) fn is_preformatted(&self) -> bool {
        let depth = self.containers.len();
        self.open_tags.iter().rev().take_while(|tag| tag.depth == depth).any(|tag| tag.element.name == "pre")
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.open_tags.len() >= MAX_OPEN_TAGS
    }

    /// Writes an opening tag and records it.
    pub(super) fn push_tag(&mut self, element: &'static Element, attributes: &Attributes, span: Span) {
        if element.breaks_lines() {
            self.running.end_line();
            self.out.content.trim_block_end();
        }
        let is_break = element.name == "br";
        let is_marked = !is_break && (element.weight != Weight::Layout || !attributes.meaningful.is_empty());
        if element.separates_words() {
            self.out.content.boundary();
        }
        match element.weight {
            _ if is_break => self.out.content.space(),
            _ if !is_marked => {}
            Weight::Strike => self.out.content.inline(Mark::Strike),
            Weight::Tag | Weight::Layout => {
                self.out.content.inline(Mark::RawTag);
                self.out.content.argument(element.name);
            }
        }
        for (name, value) in attributes.meaningful.iter().filter(|_| is_marked) {
            self.out.content.argument(&format!("{name}={value}"));
        }
        let anchor = self.write_opening(element, attributes, span);
        self.open_grid_part(element.name, |name| attributes.span(name));
        if element.name == "br" {
            self.running.separate_cells();
        }
        if element.content != ContentModel::Nothing {
            let is_silent = attributes.hides || attributes.strikes || is_silent(element);
            let is_struck = attributes.strikes || element.weight == Weight::Strike;
            self.running.silent_containers += u32::from(is_silent);
            self.running.struck_containers += u32::from(is_struck);
            self.running.code_elements += u32::from(is_code(element));
            let depth = self.containers.len();
            self.open_tags.push(OpenTag { element, depth, span, anchor, is_marked, is_silent, is_struck });
        }
    }

    /// Keeps words apart where the tag of a block is removed between them.
    pub(super) fn separate_words(&mut self) {
        if !self.running.text.is_empty() && !self.running.text.ends_with([' ', '\n']) {
            self.running.separate_cells();
            self.needs_separator = true;
            self.out.content.boundary();
        }
    }

    /// Writes an opening tag; returns the pending anchor of a heading.
    fn write_opening(&mut self, element: &Element, attributes: &Attributes, span: Span) -> Option<(usize, u32)> {
        if element.name == "table" {
            self.write_anchor_before(attributes);
            self.open_table_frame();
            return None;
        }
        if let Some(level) =
            element.name.strip_prefix('h').filter(|_| element.is_heading()).and_then(|level| level.parse().ok())
        {
            let text_start = self.running.len();
            let is_inside = self.is_in_item();
            self.body.raw_headings.push(RawHeading { level, text_start, span, is_nested: is_inside });
        }
        self.write_anchors_before(&[&attributes.name]);
        self.out.push_markup("<");
        self.out.push_markup(element.output_name);
        let mut anchor = None;
        if let Some((id, place)) = &attributes.id {
            self.set_anchor(id.clone(), *place);
        } else if element.is_heading() {
            anchor = Some((self.raw_anchors.len(), self.running.len()));
            self.set_anchor(String::new(), span);
        }
        if let Some(align) = attributes.align {
            self.out.push_markup(&format!(" class=\"{align}\""));
        }
        self.out.push_markup(&attributes.source);
        self.out.push_markup(">");
        anchor
    }

    /// Adds a slot for the anchor of the tag being written.
    pub(super) fn set_anchor(&mut self, wanted: String, span: Span) {
        let number = Span::from(0..self.raw_anchors.len()).end;
        let is_made = wanted.is_empty();
        self.raw_anchors.push(RawAnchor {
            requested: wanted,
            span,
            text: self.running.len(),
            is_generated: is_made,
            id: None,
        });
        self.out.push_slot(Slot::RawId(number));
    }

    /// Writes an empty element with an anchor before an element that cannot carry it.
    pub(super) fn write_anchor_before(&mut self, attributes: &Attributes) {
        self.write_anchors_before(&[&attributes.name, &attributes.id]);
    }

    fn write_anchors_before(&mut self, anchors: &[&Option<(String, Span)>]) {
        for (id, place) in anchors.iter().copied().flatten() {
            self.out.push_markup("<span");
            self.set_anchor(id.clone(), *place);
            self.out.push_markup("></span>");
        }
    }

    /// Records a link whose opening tag is a gap.
    pub(super) fn push_link_tag(&mut self, span: Span, attributes: &Attributes) {
        let is_silent = attributes.hides || attributes.strikes;
        self.running.silent_containers += u32::from(is_silent);
        self.running.struck_containers += u32::from(attributes.strikes);
        self.open_tags.push(OpenTag {
            element: &LINK,
            depth: self.containers.len(),
            span,
            anchor: None,
            is_marked: false,
            is_silent,
            is_struck: attributes.strikes,
        });
    }

    /// Closes the innermost raw tag.
    fn pop_tag(&mut self) -> Option<OpenTag> {
        let tag = self.open_tags.pop()?;
        let element = tag.element;
        self.running.silent_containers -= u32::from(tag.is_silent).min(self.running.silent_containers);
        self.running.struck_containers -= u32::from(tag.is_struck).min(self.running.struck_containers);
        self.running.code_elements -= u32::from(is_code(element)).min(self.running.code_elements);
        if element.name == "a" {
            self.end_raw_link();
            return Some(tag);
        }
        if let Some((number, start)) = tag.anchor
            && let Some(anchor) = self.raw_anchors.get_mut(number)
        {
            anchor.requested = slug(&self.running.text_since(start));
        }
        self.out.push_markup("</");
        self.out.push_markup(element.output_name);
        self.out.push_markup(if element.name == "table" { "></div>\n" } else { ">" });
        if element.name == "pre" {
            self.out.content.end_verbatim();
        }
        if tag.is_marked {
            self.out.content.inline(Mark::End);
        }
        self.close_grid_part(element.name);
        match element.name {
            // The element is closed because the pending words do not fit into it; they have already been read.
            _ if self.running.has_run() => {}
            "td" | "th" => self.running.separate_cells(),
            _ if element.breaks_lines() => self.running.end_line(),
            _ => {}
        }
        if element.separates_words() {
            self.out.content.boundary();
        }
        Some(tag)
    }

    /// Closes the innermost raw tag on behalf of the author, and reports it unless HTML allows the closing tag to be
    /// omitted.
    fn close_unclosed(&mut self, reason: &str) {
        if let Some(tag) = self.pop_tag().filter(|tag| !tag.element.has_optional_end_tag()) {
            if tag.element.weight == Weight::Strike {
                self.hidden.strike = Some(tag.span.start);
            }
            let name = tag.element.name;
            let help = format!("write `</{name}>` where it ends, within the same block as `<{name}>`");
            self.report_raw(tag.span, format!("`<{name}>` {reason}"), &help);
        }
    }

    /// Closes raw tags of the current container while `unfit` accepts them.
    fn close_while(&mut self, unfit: impl Fn(&Element) -> bool, reason: &str) {
        while self.innermost().is_some_and(&unfit) {
            self.close_unclosed(reason);
        }
    }

    /// Closes all raw tags of the current container, which is about to end.
    pub(in crate::markdown) fn close_raw_tags(&mut self) {
        self.close_while(|_| true, "is not closed before the block around it ends");
    }

    /// Closes raw tags that cannot contain a block.
    pub(in crate::markdown) fn close_tags_before_block(&mut self) {
        self.close_while(|element| element.content == ContentModel::Text, "is not closed before the next block begins");
        self.close_tags_before_text();
    }

    /// Closes raw tags that cannot contain text, such as a table outside its cells.
    pub(in crate::markdown) fn close_tags_before_text(&mut self) {
        if !self.open_tags.is_empty() {
            self.close_while(
                |element| element.content == ContentModel::Parts,
                "contains text where only its parts are allowed",
            );
        }
    }

    /// Whether a text is white space between the parts of a raw element, for example between the items of a list.
    pub(in crate::markdown) fn is_between_parts(&self, text: &str) -> bool {
        !self.open_tags.is_empty()
            && !self.running.has_run()
            && text.trim().is_empty()
            && self.innermost().is_some_and(|element| element.content == ContentModel::Parts)
    }

    /// Closes the elements that HTML implicitly closes before `next`, such as a cell before the next cell or row.
    pub(super) fn close_before(&mut self, next: &Element) {
        let ended: &[&str] = match next.name {
            "td" | "th" => &["td", "th", "p"],
            "tr" => &["td", "th", "tr", "caption", "p"],
            "thead" | "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody", "tfoot", "caption", "p"],
            "li" => &["li", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            "rt" | "rp" => &["rt", "rp"],
            _ if next.context == ElementContext::Block => &["p"],
            _ => return,
        };
        self.close_while(|element| ended.contains(&element.name), "is not closed");
    }

    /// Closes the innermost open tag of an element and all tags within it; returns false if there is none.
    pub(super) fn close_tag(&mut self, element: &Element) -> bool {
        let depth = self.containers.len();
        let mut open = self.open_tags.iter().rev().take_while(|tag| tag.depth == depth);
        let Some(open_count) = open.position(|tag| tag.element.name == element.name) else { return false };
        for _ in 0..open_count {
            self.close_unclosed("is not closed before the element around it ends");
        }
        self.pop_tag();
        true
    }
}
