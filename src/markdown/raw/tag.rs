//! Tags of raw HTML: which pass.

use std::ops::Range;

use super::element::{ALIGNED, ALLOWED, Element, Holds, LINK, Place, around_blocks, find, is_html, is_opaque};
use super::source::{Raw, after_closing};
use crate::html::{Tag, Token, token_at};
use crate::markdown::foreign::COMPONENT;
use crate::markdown::reader::Reader;

impl Reader<'_> {
    /// Reads an opening tag; returns where to go on, which is after the content of an element removed with it.
    pub(super) fn opening_tag(&mut self, raw: &Raw<'_>, tag: &Tag) -> usize {
        let name = raw.lower(&tag.name);
        match name.as_str() {
            "a" => self.link_tag(raw, tag),
            "img" => self.image_tag(raw, tag),
            _ if is_opaque(&name) => return self.opaque_tag(raw, tag, &name),
            _ => match find(&name) {
                Some(element) => self.allowed_tag(raw, tag, element),
                None if name == "input" && self.checkbox(raw, tag) => {}
                None if is_html(&name) => {
                    let message = format!("`<{name}>` is removed from the page");
                    self.report_raw(raw.span(&tag.range), message, ALLOWED);
                }
                None => self.unknown_tag(raw, tag),
            },
        }
        tag.range.end
    }

    /// What is no element of HTML was meant as text, or is a component of another tool; it stays as text.
    fn unknown_tag(&mut self, raw: &Raw<'_>, tag: &Tag) {
        let name = &raw.html[tag.name.clone()];
        let is_component = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
        let has_values = tag.attributes.iter().any(|attribute| !attribute.value.is_empty());
        if has_values || is_component && tag.attributes.is_empty() {
            self.foreign.note(&COMPONENT, raw.span(&tag.range));
        }
        self.raw_text(raw, tag.range.clone());
    }

    /// Removes an element with its content; a video or a sound leaves a link.
    fn opaque_tag(&mut self, raw: &Raw<'_>, tag: &Tag, name: &str) -> usize {
        let end = after_closing(raw.html, tag.range.end, name);
        let span = raw.span(&(tag.range.start..end.unwrap_or(tag.range.end)));
        let is_about_page = name == "head" && end.is_some_and(|end| holds_no_text(raw, tag.range.end..end));
        // What stands behind a frame that is never closed goes with it.
        let is_open = name == "iframe" && end.is_none();
        if !is_about_page && (is_open || !self.media_tag(raw, tag, end.unwrap_or(raw.html.len()))) {
            self.report_raw(span, format!("`<{name}>` and its content are removed from the page"), ALLOWED);
        }
        end.unwrap_or_else(|| {
            if raw.is_block {
                let all = tag.range.start..raw.html.len();
                self.report_unclosed(raw, &all, &format!("element `<{name}>`"), &format!("</{name}>"));
            }
            raw.html.len()
        })
    }

    /// Lets a tag of the safe set pass where it may stand.
    fn allowed_tag(&mut self, raw: &Raw<'_>, tag: &Tag, element: &'static Element) {
        let span = raw.span(&tag.range);
        self.close_before(element);
        if !matches!(element.place, Place::In(_)) && !element.is_silent() {
            self.leave_raw_parts();
        }
        if element.is_silent() {
            return self.drop_silently(element);
        }
        if let Some(help) = self.misplaced(element) {
            if element.is_layout() {
                return self.drop_silently(element);
            }
            return self.drop_tag(element, span, "it is not allowed here", &help);
        }
        if self.is_too_deep() {
            return self.drop_tag(element, span, "too many tags are open", "close tags before opening more");
        }
        let attributes = self.attributes(raw, tag, element);
        let is_aligned = element.name == "p" && attributes.align.is_some();
        let element = if is_aligned { &ALIGNED } else { self.as_block(raw, tag, element) };
        self.push_tag(element, &attributes, span);
    }

    /// An element of running text as one around blocks, where it is alone on its line: `<del>`, then an empty line.
    fn as_block(&self, raw: &Raw<'_>, tag: &Tag, element: &'static Element) -> &'static Element {
        let is_alone = || raw.html[tag.range.end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        let block = around_blocks(element.name).filter(|_| raw.is_block && self.holds() == Holds::Blocks && is_alone());
        block.unwrap_or(element)
    }

    /// What to do about an element that cannot stand here.
    fn misplaced(&self, element: &Element) -> Option<String> {
        let name = element.name;
        match element.place {
            Place::Text => None,
            Place::Block => (self.holds() != Holds::Blocks)
                .then(|| format!("begin a line with `<{name}>`, after an empty line, outside any paragraph")),
            Place::In(parents) => (!self.innermost().is_some_and(|parent| parents.contains(&parent.name)))
                .then(|| format!("`<{name}>` stands directly in `<{}>`", parents.join(">` or `<"))),
        }
    }

    /// Reads a closing tag.
    pub(super) fn closing_tag(&mut self, raw: &Raw<'_>, tag: &Tag) {
        let name = raw.lower(&tag.name);
        let element = match name.as_str() {
            "a" => &LINK,
            _ => match find(&name) {
                Some(element) => element,
                // What was not let in needs no second report when it ends.
                None if is_html(&name) => return,
                None => return self.raw_text(raw, tag.range.clone()),
            },
        };
        if self.close_tag(element) {
            return;
        }
        if let Some(count) = self.dropped_tags.get_mut(element.name).filter(|count| **count > 0) {
            *count -= 1;
        } else if !element.closes_itself() && !self.ends_a_break(raw, tag) {
            let message = format!("`</{name}>` closes nothing here");
            let help = format!("remove it, or open `<{name}>` in the same block");
            self.report_raw(raw.span(&tag.range), message, &help);
        }
    }

    /// Whether a tag is the second half of `<br></br>`, as components of other programs are written.
    fn ends_a_break(&self, raw: &Raw<'_>, tag: &Tag) -> bool {
        let before = self.source.as_str().get(..raw.span(&tag.range).start as usize).unwrap_or_default().trim_end();
        raw.lower(&tag.name) == "br" && ["<br>", "<br/>", "<br />"].iter().any(|open| before.ends_with(open))
    }
}

/// Whether a page's head names nothing but what is about the page, so that no reader would see any of it.
fn holds_no_text(raw: &Raw<'_>, inside: Range<usize>) -> bool {
    let mut at = inside.start;
    while at < inside.end {
        at = match token_at(raw.html, at) {
            Token::Text(range) if raw.html[range.clone()].trim().is_empty() => range.end,
            Token::Open(tag) if matches!(raw.lower(&tag.name).as_str(), "meta" | "link" | "base") => tag.range.end,
            Token::Close(tag) if raw.lower(&tag.name) == "head" => tag.range.end,
            _ => return false,
        };
    }
    true
}
