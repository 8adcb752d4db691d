//! Writes links and images to the page and the digest, for both Markdown and raw HTML.

use pulldown_cmark::LinkType;

use super::body::Fill;
use super::digest::Mark;
use super::reader::{OpenLink, Reader};
use crate::place::Span;

impl Reader<'_> {
    /// Writes the start of a link that is not nested in another.
    pub(super) fn open_link_gap(&mut self, number: usize, target: &str) {
        self.out.content.inline(Mark::Link);
        self.out.content.target(number, target);
        self.add_title(number);
        self.out.push_gap(Fill::LinkOpen(Span::from(0..number).end));
    }

    /// Adds the title of a link or image, which is shown on hover, to the content.
    pub(super) fn add_title(&mut self, number: usize) {
        if let Some(link) = self.body.links.get(number).filter(|link| !link.title.is_empty()) {
            self.out.content.argument(&link.title);
        }
    }

    /// Writes the end of a link.
    pub(super) fn close_link_gap(&mut self, number: usize) {
        self.out.push_gap(Fill::LinkClose(Span::from(0..number).end));
        self.out.content.inline(Mark::End);
    }

    /// Opens a link of raw HTML. A nested link is recorded but not shown.
    pub(super) fn open_raw_link(&mut self, number: usize) {
        if self.links.is_empty() {
            let target = self.body.links[number].target.clone();
            self.open_link_gap(number, &target);
        }
        let text_start = self.running.len();
        self.links.push(OpenLink { number, kind: LinkType::Inline, text_start, alternative: String::new() });
    }

    /// Closes a link of raw HTML.
    pub(super) fn end_raw_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        if self.links.is_empty() {
            self.close_link_gap(open.number);
        }
        self.body.links[open.number].text = match self.running.text_since(open.text_start) {
            text if text.is_empty() => open.alternative.into(),
            text => text.into(),
        };
    }

    /// Adds the alternative text of an image to the enclosing link or heading.
    pub(super) fn add_alternative(&mut self, text: &str) {
        if let Some(link) = self.links.last_mut() {
            link.alternative.push_str(text);
        }
        self.headings.add_alternative(text);
        self.substance += u32::from(!self.headings.is_open());
    }
}
