//! Raw tags that are open, and how they come to be closed.

use super::element::{Element, Holds};
use crate::markdown::digest::Mark;
use crate::markdown::reader::Reader;
use crate::place::Span;

/// A raw tag that is open.
pub(in crate::markdown) struct OpenTag {
    element: &'static Element,
    /// How many containers of Markdown were open around it.
    depth: usize,
    span: Span,
}

/// Most raw tags that may be open at once.
const MOST_OPEN: usize = 64;

impl Reader<'_> {
    /// The innermost raw tag that was opened in the container that is open now.
    pub(super) fn innermost(&self) -> Option<&'static Element> {
        self.open_tags.last().filter(|tag| tag.depth == self.containers.len()).map(|tag| tag.element)
    }

    /// What may be written here.
    pub(super) fn holds(&self) -> Holds {
        let container = self.containers.last().copied().unwrap_or(Holds::Blocks);
        self.innermost().map_or(container, |element| element.holds)
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.open_tags.len() >= MOST_OPEN
    }

    /// Writes an opening tag and remembers it.
    pub(super) fn push_tag(&mut self, element: &'static Element, attributes: &str, span: Span) {
        match element.name {
            "br" => self.out.content.space(),
            name => {
                self.out.content.inline(Mark::RawTag);
                self.out.content.argument(name);
            }
        }
        if element.name == "table" {
            self.open_table_frame();
        } else {
            self.out.raw("<");
            self.out.raw(element.name);
            self.out.raw(attributes);
            self.out.raw(">");
        }
        if element.holds != Holds::Nothing {
            self.open_tags.push(OpenTag { element, depth: self.containers.len(), span });
        }
        match element.name {
            "br" => self.running.separate(),
            "details" | "summary" | "table" | "caption" | "tr" => self.running.end_line(),
            _ => {}
        }
    }

    /// Closes the innermost raw tag.
    fn pop_tag(&mut self) -> Option<OpenTag> {
        let tag = self.open_tags.pop()?;
        let name = tag.element.name;
        self.out.raw("</");
        self.out.raw(name);
        self.out.raw(if name == "table" { "></div>\n" } else { ">" });
        self.out.content.inline(Mark::End);
        match name {
            // The words that do not fit in have been read already.
            _ if self.running.has_run() => {}
            "td" | "th" => self.running.separate(),
            "details" | "summary" | "table" | "caption" | "tr" => self.running.end_line(),
            _ => {}
        }
        Some(tag)
    }

    /// Closes the innermost raw tag for its author, who is told unless HTML lets its closing tag be left out.
    fn close_for_author(&mut self, why: &str) {
        if let Some(tag) = self.pop_tag().filter(|tag| !tag.element.closes_itself()) {
            let name = tag.element.name;
            let help = format!("write `</{name}>` where it ends, within the same block as `<{name}>`");
            self.report_raw(tag.span, format!("`<{name}>` {why}"), &help);
        }
    }

    /// Closes raw tags of the open container while `unfit` says so.
    fn close_while(&mut self, unfit: impl Fn(&Element) -> bool, why: &str) {
        while self.innermost().is_some_and(&unfit) {
            self.close_for_author(why);
        }
    }

    /// Closes all raw tags of the open container, which ends.
    pub(in crate::markdown) fn close_raw_tags(&mut self) {
        self.close_while(|_| true, "is not closed before the block around it ends");
    }

    /// Closes raw tags that cannot hold a block.
    pub(in crate::markdown) fn leave_raw_text(&mut self) {
        self.close_while(|element| element.holds == Holds::Text, "is not closed before the next block begins");
        self.leave_raw_parts();
    }

    /// Closes raw tags that cannot hold text: a table outside its cells.
    pub(in crate::markdown) fn leave_raw_parts(&mut self) {
        if !self.open_tags.is_empty() {
            self.close_while(|element| element.holds == Holds::Parts, "holds text outside its cells");
        }
    }

    /// Closes what HTML closes by itself when an element follows: a cell before the next one, a row before the next.
    pub(super) fn close_before(&mut self, next: &str) {
        let ended: &[&str] = match next {
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr", "caption"],
            "thead" | "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody", "tfoot", "caption"],
            _ => return,
        };
        self.close_while(|element| ended.contains(&element.name), "is not closed");
    }

    /// Closes the innermost open tag of an element, and those within it; false when there is none.
    pub(super) fn close_tag(&mut self, element: &Element) -> bool {
        let depth = self.containers.len();
        let mut open = self.open_tags.iter().rev().take_while(|tag| tag.depth == depth);
        let Some(inside) = open.position(|tag| tag.element.name == element.name) else { return false };
        for _ in 0..inside {
            self.close_for_author("is not closed before the element around it ends");
        }
        self.pop_tag();
        true
    }
}
