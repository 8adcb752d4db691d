//! A document's content with its gaps filled in.

use super::inline::InlineLinks;
use super::portal::Portal;
use super::{chips, phrases, registers, telephone};
use crate::handbook::{Document, DocumentIndex};
use crate::html::escape;
use crate::markdown::{Fill, Heading, Link};
use crate::url::SitePath;

/// Renders the content of a document as HTML for the page at `page`.
fn render(portal: &Portal<'_>, index: DocumentIndex, page: &SitePath, anchor_prefix: AnchorPrefix<'_>) -> String {
    let document = portal.document(index);
    let fragment = &document.file.body.html;
    let html = fragment.html();
    let mut out = String::with_capacity(html.len() + 48 * fragment.gap_count());
    let has_images = document.file.body.links.iter().any(Link::is_image);
    let inline = InlineLinks {
        portal,
        page,
        links: &document.file.body.links,
        destinations: &document.links,
        mentions: &document.mentions,
        document: Some(document),
        standalone_images: if has_images { fragment.lone_images(&html) } else { Vec::new() },
    };
    let filler = Filler { portal, index, document, page, anchor_prefix, inline };
    let start = repeated_title(document).map_or(0, |heading| {
        out.push_str("<span id=\"");
        out.push_str(anchor_prefix.prefix);
        escape(&mut out, &heading.id);
        out.push_str("\"></span>\n");
        fragment.heading_end as usize
    });
    fragment.render_from(&html, start, &mut out, |out, fill| filler.fill(out, fill));
    registers::write_unshown(portal, &mut out, index, page, anchor_prefix.name);
    out
}

/// Keeps the anchors and names of a document apart from those of other documents on the same page.
#[derive(Clone, Copy, Default)]
struct AnchorPrefix<'a> {
    /// The prefix of its anchors.
    prefix: &'a str,
    /// The prefix of the names of its tables and notes, so that screen readers do not announce the same name twice.
    name: &'a str,
}

/// The content of a document on a page with other documents. All its anchors begin with `prefix`.
pub(super) fn render_prefixed(
    portal: &Portal<'_>,
    index: DocumentIndex,
    page: &SitePath,
    prefix: &str,
    id: &str,
) -> String {
    let mut name = String::new();
    // A page without an ID goes by its title.
    escape(&mut name, if id.is_empty() { &portal.document(index).title } else { id });
    name.push_str(": ");
    render(portal, index, page, AnchorPrefix { prefix, name: &name })
}

/// The content of a document on its own page, where the first use of each glossary term links to the glossary.
pub(super) fn render_explained(portal: &Portal<'_>, index: DocumentIndex, page: &SitePath) -> String {
    portal.glossary.explain(
        &portal.reading.settings,
        telephone::link_numbers(render(portal, index, page, AnchorPrefix::default())),
        portal.document(index),
        page,
    )
}

/// The headings that a document's page shows: all except one that only repeats the title.
pub(super) fn headings(document: &Document) -> &[Heading] {
    &document.file.body.headings[usize::from(repeated_title(document).is_some())..]
}

/// The first heading of a document if it repeats the title and has nothing but words. The page shows the title already,
/// so only the anchor is kept, for links to it.
pub(super) fn repeated_title(document: &Document) -> Option<&Heading> {
    let body = &document.file.body;
    let is_title = |heading: &&Heading| heading.level == 1 && has_same_words(&heading.text, &document.title);
    let has_link = |heading: &Heading| {
        body.links.iter().any(|link| (heading.span.start..heading.span.end).contains(&link.span.start))
    };
    let has_marks = |heading: &Heading| {
        let source = document.file.source.as_str();
        let written = source.get(heading.span.start as usize..heading.span.end as usize).unwrap_or_default();
        ["[^", "~~", "<del", "<s>"].iter().any(|mark| written.contains(mark))
    };
    let has_more = |heading: &&Heading| !has_link(heading) && !has_marks(heading);
    body.headings.first().filter(is_title).filter(|_| body.html.heading_end > 0).filter(has_more)
}

fn has_same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

struct Filler<'a> {
    portal: &'a Portal<'a>,
    index: DocumentIndex,
    document: &'a Document,
    page: &'a SitePath,
    anchor_prefix: AnchorPrefix<'a>,
    inline: InlineLinks<'a>,
}

impl Filler<'_> {
    fn fill(&self, out: &mut String, fill: Fill) {
        match fill {
            Fill::Code(block) => self.code(out, block as usize),
            Fill::AnchorPrefix => out.push_str(self.anchor_prefix.prefix),
            Fill::NamePrefix => out.push_str(self.anchor_prefix.name),
            Fill::Phrase(phrase) => out.push_str(self.portal.phrases.escaped(phrase)),
            Fill::Claims(heading) => chips::write(self.portal, out, self.document, heading, self.page),
            other => self.inline.fill(out, other),
        }
    }

    fn code(&self, out: &mut String, block: usize) {
        let words = |phrase| self.portal.labels.text(phrases::label(phrase));
        let code = &self.document.file.body.code[block];
        if registers::write_block(self.portal, out, self.index, self.page, code, self.anchor_prefix.name) {
            return;
        }
        code.write_html(out, self.portal.highlighter, &words);
    }
}
