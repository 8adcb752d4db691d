//! Links, images and mentions of clauses in the content of a document or the note of an entry.

use std::fmt::Write;

use super::layout;
use super::portal::Portal;
use crate::handbook::{Anchor, AssetIndex, Breakage, Destination, Document, DocumentIndex};
use crate::html::escape;
use crate::id::ClauseKey;
use crate::markdown::{Fill, Link, LinkForm};
use crate::url::{SitePath, escaped_fragment};

/// The ID of the element that an anchor leads to; the link may spell it differently or name a heading instead.
fn target_id<'a>(document: &'a Document, anchor: &'a Anchor) -> &'a str {
    document.target_anchor(anchor).unwrap_or(&anchor.id)
}

/// Writes the tooltip of a link or image.
fn write_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str(" title=\"");
        escape(out, title);
        out.push('"');
    }
}

/// The part of an address that readers recognize: without `mailto:`, `https://`, `http://` or a trailing slash.
fn display_address(address: &str) -> &str {
    let schemes = ["mailto:", "https://", "http://"];
    let rest = schemes.iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    rest.trim_end_matches('/')
}

/// Opens an external link. Printed pages show its address unless the link's text does.
fn open_external_link(out: &mut String, address: &str, words: &str, title: &str) {
    let class = if display_address(words) == display_address(address) { "outside bare" } else { "outside" };
    let _ = write!(out, "<a class=\"{class}\" rel=\"noopener noreferrer\" href=\"");
    escape(out, address);
    out.push('"');
    write_title(out, title);
    out.push('>');
}

/// Writes an image with its size, if the author gave one.
fn write_image(out: &mut String, source: &str, image: &Link, title: &str) {
    out.push_str("<img loading=\"lazy\" src=\"");
    escape(out, source);
    out.push_str("\" alt=\"");
    escape(out, &image.text);
    out.push('"');
    write_title(out, title);
    for (name, length) in [("width", &image.size.width), ("height", &image.size.height)] {
        if let Some(length) = length {
            let _ = write!(out, " {name}=\"{length}\"");
        }
    }
    out.push('>');
}

/// The links in some content with their destinations, on the page at `page`.
pub(super) struct InlineLinks<'a> {
    pub(super) portal: &'a Portal<'a>,
    pub(super) page: &'a SitePath,
    /// The links as written.
    pub(super) links: &'a [Link],
    /// The destination of each link, in the same order.
    pub(super) destinations: &'a [Destination],
    /// The clauses that the content mentions.
    pub(super) mentions: &'a [Option<ClauseKey>],
    /// The document that contains the content; `None` for the note of an entry.
    pub(super) document: Option<&'a Document>,
    /// Images that are alone in their paragraph.
    pub(super) standalone_images: Vec<u32>,
}

impl InlineLinks<'_> {
    /// Fills a gap if it belongs to a link, an image or a mention.
    pub(super) fn fill(&self, out: &mut String, fill: Fill) {
        match fill {
            Fill::LinkOpen(link) => self.open_link(out, link as usize),
            Fill::LinkText(link) => self.write_text(out, link as usize),
            Fill::LinkClose(link) => out.push_str(match self.destinations[link as usize] {
                Destination::Broken(Breakage::NotAnId) => "]]</span>",
                Destination::Broken(_) | Destination::Withheld { .. } => "</span>",
                _ => "</a>",
            }),
            Fill::Image(link) => self.fill_image(out, link as usize),
            Fill::MentionOpen(mention) => self.open_mention(out, mention as usize),
            Fill::MentionClose(mention) if self.mentions[mention as usize].is_some() => out.push_str("</a>"),
            _ => {}
        }
    }

    fn open_link(&self, out: &mut String, link: usize) {
        let Link { target, text, title, .. } = &self.links[link];
        match &self.destinations[link] {
            Destination::Document { document, anchor, .. } => {
                let class = self.class_of(*document, &anchor.id);
                self.open_anchor(out, &self.document_href(*document, anchor), class, title);
                self.write_document_id(out, *document, link);
            }
            Destination::SamePage { anchor } => self.open_anchor(out, &self.local_href(anchor), "", title),
            Destination::Entry { entry, .. } => {
                let placed_entry = self.portal.reading.handbook.registers.entry(*entry);
                let title = if title.is_empty() { placed_entry.entry.title() } else { title };
                self.open_anchor(out, &self.portal.entry_url(*entry, self.page), "to-entry", title);
            }
            Destination::Asset { asset, fragment, .. } => {
                self.open_anchor(out, &self.asset_href(*asset, fragment), "asset", title);
            }
            Destination::Home => self.open_anchor(out, &layout::home().relative_to(self.page), "", title),
            Destination::External => open_external_link(out, target, text, title),
            Destination::FormerSite { address } => open_external_link(out, address, text, title),
            Destination::Withheld { .. } => out.push_str("<span class=\"withheld\">"),
            Destination::Broken(Breakage::NotAnId) => self.write_opening_bracket(out, link),
            Destination::Broken(_) => {
                out.push_str("<span class=\"broken\" title=\"");
                escape(out, self.portal.labels.text("say.broken_link"));
                out.push_str("\">");
            }
        }
    }

    /// Adds the target document's ID for printed pages, unless the link's text contains it.
    fn write_document_id(&self, out: &mut String, document: DocumentIndex, link: usize) {
        let Some(id) = self.portal.document(document).id().map(ToString::to_string) else { return };
        if !self.links[link].text.contains(&id) && out.ends_with('>') {
            out.pop();
            out.push_str(" data-id=\"");
            escape(out, &id);
            out.push_str("\">");
        }
    }

    /// Writes the opening of bracketed text that is not a link, as the author wrote it.
    fn write_opening_bracket(&self, out: &mut String, link: usize) {
        let Link { target, text, .. } = &self.links[link];
        out.push_str("<span>[[");
        if !text.is_empty() {
            escape(out, target);
            out.push('|');
        }
    }

    fn class_of(&self, document: DocumentIndex, anchor: &str) -> &'static str {
        if !anchor.is_empty() && self.portal.glossary.explains(document, anchor) {
            return "to-term";
        }
        match self.portal.assessment.state(document) {
            _ if !self.portal.document(document).is_controlled() => "",
            crate::assess::State::Retired => "to-retired",
            crate::assess::State::Draft | crate::assess::State::InReview => "to-draft",
            _ => "to-document",
        }
    }

    fn open_anchor(&self, out: &mut String, href: &str, class: &str, title: &str) {
        out.push_str("<a");
        if !class.is_empty() {
            let _ = write!(out, " class=\"{class}\"");
        }
        out.push_str(" href=\"");
        escape(out, href);
        out.push('"');
        write_title(out, title);
        out.push('>');
    }

    fn local_href(&self, anchor: &Anchor) -> String {
        // On a page with several documents, the link leads to the document's own page.
        let Some(document) = self.document else { return String::new() };
        let id = target_id(document, anchor);
        document.url.fragment_relative_to(self.page, id) + &escaped_fragment(&anchor.directive)
    }

    fn open_mention(&self, out: &mut String, mention: usize) {
        if let Some(key) = self.mentions[mention] {
            self.open_anchor(out, &self.portal.clause_path(key).relative_to(self.page), "clause", "");
        }
    }

    fn document_href(&self, document: DocumentIndex, anchor: &Anchor) -> String {
        let document = self.portal.document(document);
        if *anchor == Anchor::default() {
            return document.url.relative_to(self.page);
        }
        let id = target_id(document, anchor);
        document.url.fragment_relative_to(self.page, id) + &escaped_fragment(&anchor.directive)
    }

    fn asset_href(&self, asset: AssetIndex, fragment: &str) -> String {
        let path = self.portal.reading.handbook.assets[asset.0 as usize].url.relative_to(self.page);
        if fragment.is_empty() { path } else { format!("{path}#{}", escaped_fragment(fragment)) }
    }

    /// The text of a link by ID without text of its own: the document's title, the heading's text or the entry's ID.
    fn write_text(&self, out: &mut String, link: usize) {
        match &self.destinations[link] {
            Destination::Document { document, .. } => escape(out, &self.portal.document(*document).title),
            Destination::SamePage { anchor } => escape(out, self.heading(anchor)),
            _ => escape(out, &self.links[link].target),
        }
    }

    /// The text of a heading in the same document, or the anchor itself if there is none.
    fn heading<'t>(&'t self, anchor: &'t Anchor) -> &'t str {
        let Some(document) = self.document else { return &anchor.id };
        let id = target_id(document, anchor);
        let heading = document.file.body.headings.iter().find(|heading| heading.id == id);
        heading.map_or(&*anchor.id, |heading| heading.text.as_str())
    }

    fn fill_image(&self, out: &mut String, link: usize) {
        let image = &self.links[link];
        debug_assert!(matches!(image.form, LinkForm::Image | LinkForm::RawImage));
        match &self.destinations[link] {
            Destination::Asset { asset, fragment, .. } => {
                let source = self.asset_href(*asset, fragment);
                let is_alone = self.standalone_images.iter().any(|standalone| *standalone as usize == link);
                if !is_alone || image.title.is_empty() {
                    return write_image(out, &source, image, &image.title);
                }
                // If the image is alone in its paragraph, its title becomes the caption.
                out.push_str("<span class=\"figure\">");
                write_image(out, &source, image, "");
                out.push_str("<span class=\"caption\">");
                escape(out, &image.title);
                out.push_str("</span></span>");
            }
            Destination::External | Destination::FormerSite { .. } => {
                self.open_link(out, link);
                escape(out, if image.text.is_empty() { &image.target } else { &image.text });
                out.push_str("</a>");
            }
            _ => {
                out.push_str("<span class=\"broken\">");
                escape(out, if image.text.is_empty() { &image.target } else { &image.text });
                out.push_str("</span>");
            }
        }
    }
}
