//! A document's text with its links filled in.

use std::fmt::Write;

use super::portal::Portal;
use super::{chips, phrases, registers, telephone};
use crate::handbook::{Anchor, AssetIndex, Breakage, Destination, Document, DocumentIndex};
use crate::html::escape;
use crate::markdown::{Fill, Heading, Link, LinkForm};
use crate::url::{SitePath, escaped_fragment};

/// The text of a document as HTML, as it stands on the page at `page`.
fn render(portal: &Portal<'_>, index: DocumentIndex, page: &SitePath, among: Among<'_>) -> String {
    let document = portal.document(index);
    let fragment = &document.file.body.html;
    let mut out = String::with_capacity(fragment.html.len() + 48 * fragment.gaps.len());
    let filler = Filler { portal, index, document, page, among, alone: fragment.lone_images() };
    let start = repeated_title(document).map_or(0, |heading| {
        out.push_str("<span id=\"");
        out.push_str(among.prefix);
        escape(&mut out, &heading.id);
        out.push_str("\"></span>\n");
        fragment.lead as usize
    });
    fragment.render_from(start, &mut out, |out, fill| filler.fill(out, fill));
    registers::write_rest(portal, &mut out, (index, page), among.name);
    out
}

/// What keeps the anchors and names of a text apart from those of others on its page.
#[derive(Clone, Copy, Default)]
struct Among<'a> {
    /// What its anchors begin with.
    prefix: &'a str,
    /// What the names of its tables and notes begin with: two of one name could not be told apart by who hears them.
    name: &'a str,
}

/// The text of a document on a page with others, where all its anchors begin with a prefix.
pub(super) fn among_others(
    portal: &Portal<'_>,
    index: DocumentIndex,
    page: &SitePath,
    prefix: &str,
    id: &str,
) -> String {
    let mut name = String::new();
    escape(&mut name, id);
    name.push_str(": ");
    render(portal, index, page, Among { prefix, name: &name })
}

/// The same as it stands on a page of its own: the first use of each term of the glossary leads there.
pub(super) fn explained(portal: &Portal<'_>, index: DocumentIndex, page: &SitePath) -> String {
    portal.glossary.explain(
        &portal.reading.settings,
        telephone::link(render(portal, index, page, Among::default())),
        portal.document(index),
        page,
    )
}

/// Headings of a document as its page shows them: without one that only repeats the title.
pub(super) fn headings(document: &Document) -> &[Heading] {
    &document.file.body.headings[usize::from(repeated_title(document).is_some())..]
}

/// The heading that a text begins with when it says the document's title again. The page shows the title already; only
/// the anchor stays, for links that lead to it.
pub(super) fn repeated_title(document: &Document) -> Option<&Heading> {
    let body = &document.file.body;
    let is_title = |heading: &&Heading| heading.level == 1 && same_words(&heading.text, &document.title);
    body.headings.first().filter(is_title).filter(|_| body.html.lead > 0)
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// The id that an anchor lands on: it may be composed otherwise than the link writes it.
fn landing<'a>(document: &'a Document, anchor: &'a str) -> &'a str {
    if anchor.is_ascii() { anchor } else { document.anchor(anchor).unwrap_or(anchor) }
}

/// Writes the words that a link or an image shows at hover.
fn write_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str(" title=\"");
        escape(out, title);
        out.push('"');
    }
}

/// Writes an image with its size.
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

struct Filler<'a> {
    portal: &'a Portal<'a>,
    index: DocumentIndex,
    document: &'a Document,
    page: &'a SitePath,
    among: Among<'a>,
    /// Images that have a paragraph of their own.
    alone: Vec<u32>,
}

impl Filler<'_> {
    fn fill(&self, out: &mut String, fill: Fill) {
        match fill {
            Fill::LinkOpen(link) => self.open(out, link as usize),
            Fill::LinkText(link) => self.text(out, link as usize),
            Fill::LinkClose(link) => out.push_str(match self.document.links[link as usize] {
                Destination::Broken(Breakage::NotAnId) => "]]</span>",
                Destination::Broken(_) | Destination::Withheld { .. } => "</span>",
                _ => "</a>",
            }),
            Fill::Image(link) => self.image(out, link as usize),
            Fill::Code(block) => self.code(out, block as usize),
            Fill::AnchorPrefix => out.push_str(self.among.prefix),
            Fill::NamePrefix => out.push_str(self.among.name),
            Fill::Phrase(phrase) => out.push_str(self.portal.phrases.escaped(phrase)),
            Fill::Claims(heading) => chips::write(self.portal, out, self.document, heading, self.page),
            Fill::MentionOpen(mention) => self.open_mention(out, mention as usize),
            Fill::MentionClose(mention) => {
                if self.document.mentions[mention as usize].is_some() {
                    out.push_str("</a>");
                }
            }
        }
    }

    fn code(&self, out: &mut String, block: usize) {
        let words = |phrase| self.portal.labels.text(phrases::label(phrase));
        let code = &self.document.file.body.code[block];
        if registers::write_block(self.portal, out, (self.index, self.page), (code, self.among.name)) {
            return;
        }
        code.write_html(out, self.portal.highlighter, &words);
    }

    fn open(&self, out: &mut String, link: usize) {
        let Link { target, title, .. } = &self.document.file.body.links[link];
        match &self.document.links[link] {
            Destination::Document { document, anchor, .. } => {
                let class = self.class_of(*document, &anchor.id);
                self.open_anchor(out, &self.to_document(*document, anchor), class, title);
                self.name_target(out, *document, link);
            }
            Destination::Here { anchor } => self.open_anchor(out, &self.here(anchor), "", title),
            Destination::Entry { entry, .. } => {
                let placed = self.portal.reading.handbook.registers.entry(*entry);
                let title = if title.is_empty() { placed.entry.title() } else { title };
                self.open_anchor(out, &self.portal.entry_url(*entry, self.page), "to-entry", title);
            }
            Destination::Asset { asset, fragment, .. } => {
                self.open_anchor(out, &self.to_asset(*asset, fragment), "asset", title);
            }
            Destination::Outside => {
                out.push_str("<a class=\"outside\" rel=\"noopener noreferrer\" href=\"");
                escape(out, target);
                out.push('"');
                write_title(out, title);
                out.push('>');
            }
            Destination::Withheld { .. } => out.push_str("<span class=\"withheld\">"),
            Destination::Broken(Breakage::NotAnId) => self.open_as_written(out, link),
            Destination::Broken(_) => {
                out.push_str("<span class=\"broken\" title=\"");
                escape(out, self.portal.labels.text("say.broken_link"));
                out.push_str("\">");
            }
        }
    }

    /// Names the document that a link leads to, for paper, unless the link's own words do.
    fn name_target(&self, out: &mut String, document: DocumentIndex, link: usize) {
        let Some(id) = self.portal.document(document).id().map(ToString::to_string) else { return };
        if !self.document.file.body.links[link].text.contains(&id) && out.ends_with('>') {
            out.pop();
            out.push_str(" data-id=\"");
            escape(out, &id);
            out.push_str("\">");
        }
    }

    /// Brackets that are no link, as their author wrote them.
    fn open_as_written(&self, out: &mut String, link: usize) {
        let Link { target, text, .. } = &self.document.file.body.links[link];
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

    fn here(&self, anchor: &Anchor) -> String {
        // On a page that shows several documents, the document's own page is meant.
        let id = landing(self.document, &anchor.id);
        self.document.url.fragment_relative_to(self.page, id) + &escaped_fragment(&anchor.directive)
    }

    fn to_document(&self, document: DocumentIndex, anchor: &Anchor) -> String {
        let document = self.portal.document(document);
        if *anchor == Anchor::default() {
            return document.url.relative_to(self.page);
        }
        let id = landing(document, &anchor.id);
        document.url.fragment_relative_to(self.page, id) + &escaped_fragment(&anchor.directive)
    }

    fn to_asset(&self, asset: AssetIndex, fragment: &str) -> String {
        let path = self.portal.reading.handbook.assets[asset.0 as usize].url.relative_to(self.page);
        if fragment.is_empty() { path } else { format!("{path}#{}", escaped_fragment(fragment)) }
    }

    /// What a link by id says when its author wrote no text: the document's title, the entry's id.
    fn text(&self, out: &mut String, link: usize) {
        match &self.document.links[link] {
            Destination::Document { document, .. } => escape(out, &self.portal.document(*document).title),
            _ => escape(out, &self.document.file.body.links[link].target),
        }
    }

    fn image(&self, out: &mut String, link: usize) {
        let image = &self.document.file.body.links[link];
        debug_assert!(matches!(image.form, LinkForm::Image | LinkForm::RawImage));
        match &self.document.links[link] {
            Destination::Asset { asset, fragment, .. } => {
                let source = self.to_asset(*asset, fragment);
                let is_alone = self.alone.iter().any(|alone| *alone as usize == link);
                if !is_alone || image.title.is_empty() {
                    return write_image(out, &source, image, &image.title);
                }
                // In a paragraph of its own the words behind the address are the caption.
                out.push_str("<span class=\"figure\">");
                write_image(out, &source, image, "");
                out.push_str("<span class=\"caption\">");
                escape(out, &image.title);
                out.push_str("</span></span>");
            }
            Destination::Outside => {
                self.open(out, link);
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

    fn open_mention(&self, out: &mut String, mention: usize) {
        if let Some(key) = self.document.mentions[mention] {
            self.open_anchor(out, &self.portal.clause_path(key).relative_to(self.page), "clause", "");
        }
    }
}
