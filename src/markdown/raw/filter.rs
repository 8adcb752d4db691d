//! Reads raw HTML token by token and decides what passes.

use std::ops::Range;

use pulldown_cmark::Event;

use super::element::{ALLOWED, Element, Holds, Place, clean_attributes, find, is_opaque};
use crate::finding::reading;
use crate::html::{Attribute, Tag, Token, decode_references, entity_at, token_at};
use crate::markdown::body::{Link, LinkForm, TextPiece, source_span};
use crate::markdown::dialect::Size;
use crate::markdown::digest::Mark;
use crate::markdown::reader::{Mode, Reader};
use crate::place::Span;

/// Most findings about raw HTML in one document that are listed one by one.
const MOST_FAULTS: usize = 1_000;

/// An element in a sentence that is removed with its content.
pub(in crate::markdown) struct Swallowed {
    name: String,
    /// Containers of Markdown that were opened within it.
    inside: usize,
}

/// Raw HTML and where each stretch of it was written.
struct Raw<'h> {
    html: &'h str,
    pieces: &'h [TextPiece],
    /// Whether it stands on lines of its own, rather than being a tag in a sentence.
    is_block: bool,
}

impl Raw<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        source_span(self.pieces, range.clone().into())
    }

    fn lower(&self, range: &Range<usize>) -> String {
        self.html[range.clone()].to_ascii_lowercase()
    }
}

impl Reader<'_> {
    /// Reads an event within a block of raw HTML.
    pub(in crate::markdown) fn html_event(
        &mut self,
        mut html: String,
        mut pieces: Vec<TextPiece>,
        event: Event<'_>,
        span: Span,
    ) {
        match event {
            Event::Html(text) | Event::Text(text) => {
                let start = html.len();
                html.push_str(&text);
                pieces.push(TextPiece::raw(start..html.len(), span));
                self.mode = Mode::Html(html, pieces);
            }
            Event::End(_) => {
                self.running.end_line();
                self.read_raw(&Raw { html: &html, pieces: &pieces, is_block: true });
                self.close_text_tags();
                self.running.end_line();
                self.out.raw("\n");
            }
            _ => self.mode = Mode::Html(html, pieces),
        }
    }

    /// A block of raw HTML ends: a tag that holds running text ends with it.
    fn close_text_tags(&mut self) {
        if self.holds() == Holds::Text && self.innermost().is_some() {
            self.leave_raw_text();
        }
    }

    /// Reads a tag in a sentence.
    pub(in crate::markdown) fn inline_html(&mut self, html: &str, span: Span) {
        self.read_raw(&Raw { html, pieces: &[TextPiece::raw(0..html.len(), span)], is_block: false });
        if let Token::Open(tag) = token_at_start(html) {
            let name = html[tag.name].to_ascii_lowercase();
            if is_opaque(&name) {
                self.mode = Mode::Swallow(Swallowed { name, inside: 0 });
            }
        }
    }

    /// Reads an event within an element that is removed with its content: up to its closing tag, or to the end of
    /// what it stands in.
    pub(in crate::markdown) fn swallow_event(&mut self, mut swallowed: Swallowed, event: Event<'_>, span: Span) {
        match event {
            Event::Start(_) => swallowed.inside += 1,
            Event::End(_) if swallowed.inside == 0 => return self.text_event(event, span),
            Event::End(_) => swallowed.inside -= 1,
            Event::InlineHtml(html) if swallowed.inside == 0 => {
                self.last_end = span.end;
                if let Token::Close(tag) = token_at_start(&html)
                    && html[tag.name].eq_ignore_ascii_case(&swallowed.name)
                {
                    return;
                }
            }
            _ => self.last_end = span.end,
        }
        self.mode = Mode::Swallow(swallowed);
    }

    fn read_raw(&mut self, raw: &Raw<'_>) {
        let mut at = 0;
        while at < raw.html.len() {
            at = match token_at(raw.html, at) {
                Token::Text(range) => {
                    self.raw_text(raw, range.clone());
                    range.end
                }
                Token::Open(tag) => self.opening_tag(raw, &tag),
                Token::Close(tag) => {
                    self.closing_tag(raw, &tag);
                    tag.range.end
                }
                Token::Comment { range, closed } => {
                    let span = raw.span(&range);
                    if closed {
                        self.keep_comment(span);
                    } else {
                        self.report_unclosed(raw, &range, "comment", "-->");
                    }
                    range.end
                }
                Token::Declaration(range) => self.declaration(raw, range),
            };
        }
    }

    /// Reads a declaration, a section of characters or a processing instruction; returns where to go on.
    fn declaration(&mut self, raw: &Raw<'_>, range: Range<usize>) -> usize {
        let written = &raw.html[range.clone()];
        let (what, closing) = match written.as_bytes().get(1..3) {
            Some(b"![") => ("section of characters", "]]>"),
            Some([b'?', _]) => ("processing instruction", "?>"),
            _ => ("declaration", ">"),
        };
        if written.ends_with(closing) {
            self.report_raw(raw.span(&range), format!("the {what} is removed from the page"), ALLOWED);
        } else {
            self.report_unclosed(raw, &range, what, closing);
        }
        range.end
    }

    /// Reports that something is never closed, so that it takes all that follows with it.
    fn report_unclosed(&mut self, raw: &Raw<'_>, range: &Range<usize>, what: &str, closing: &str) {
        let message = format!("the {what} is never closed, so nothing that follows in it is on the page");
        let help = format!("write `{closing}` where it ends");
        let line = raw.html[range.clone()].lines().next().unwrap_or_default().trim_end().len();
        self.fault(reading::UNCLOSED_BLOCK, raw.span(&(range.start..range.start + line)), message, &help);
    }

    /// Text between tags: words, white space and character references, each with its place.
    fn raw_text(&mut self, raw: &Raw<'_>, range: Range<usize>) {
        let text = &raw.html[range.clone()];
        if self.holds() == Holds::Parts && text.trim().is_empty() {
            return;
        }
        let mut at = range.start;
        while at < range.end {
            at += self.raw_word(raw, at..range.end);
        }
        self.write_run();
    }

    /// Reads white space, a character reference or plain letters at the start of a range; returns its length.
    fn raw_word(&mut self, raw: &Raw<'_>, range: Range<usize>) -> usize {
        let rest = &raw.html[range.clone()];
        let blank = rest.len() - rest.trim_ascii_start().len();
        if blank > 0 {
            self.raw_blank(raw.span(&(range.start..range.start + blank)));
            return blank;
        }
        if let Some((length, value)) = entity_at(rest) {
            self.running.prose(&value, raw.span(&(range.start..range.start + length)));
            return length;
        }
        let stops =
            |(at, letter): (usize, char)| (at > 0 && (letter == '&' || letter.is_ascii_whitespace())).then_some(at);
        let length = rest.char_indices().find_map(stops).unwrap_or(rest.len());
        self.running.prose(&rest[..length], raw.span(&(range.start..range.start + length)));
        length
    }

    fn raw_blank(&mut self, span: Span) {
        if !self.running.text.is_empty() && !self.running.text.ends_with([' ', '\n']) {
            self.running.prose(" ", span);
        }
    }

    /// Reads an opening tag; returns where to go on, which is after the content of an element removed with it.
    fn opening_tag(&mut self, raw: &Raw<'_>, tag: &Tag) -> usize {
        let name = raw.lower(&tag.name);
        let span = raw.span(&tag.range);
        if let Some(element) = find(&name) {
            self.allowed_tag(raw, tag, element);
            return tag.range.end;
        }
        match name.as_str() {
            "a" => self.raw_link(raw, tag, LinkForm::RawLink, "href"),
            "img" => self.raw_link(raw, tag, LinkForm::RawImage, "src"),
            _ => {}
        }
        let opaque = is_opaque(&name);
        let what = if opaque { " and its content are" } else { " is" };
        let help = match name.as_str() {
            "a" => "write the link as `[text](target)`",
            "img" => "write the image as `![what it shows](target)`",
            _ => ALLOWED,
        };
        self.report_raw(span, format!("`<{name}>`{what} removed from the page"), help);
        if !opaque {
            return tag.range.end;
        }
        after_closing(raw.html, tag.range.end, &name).unwrap_or_else(|| {
            if raw.is_block {
                self.report_unclosed(
                    raw,
                    &(tag.range.start..raw.html.len()),
                    &format!("element `<{name}>`"),
                    &format!("</{name}>"),
                );
            }
            raw.html.len()
        })
    }

    /// Lets a tag of the safe set pass where it may stand.
    fn allowed_tag(&mut self, raw: &Raw<'_>, tag: &Tag, element: &'static Element) {
        let span = raw.span(&tag.range);
        let name = element.name;
        self.close_before(name);
        if !matches!(element.place, Place::In(_)) {
            self.leave_raw_parts();
        }
        let misplaced = match element.place {
            Place::Text => None,
            Place::Block => (self.holds() != Holds::Blocks)
                .then(|| format!("begin a line with `<{name}>`, after an empty line, outside any paragraph")),
            Place::In(parents) => (!self.innermost().is_some_and(|parent| parents.contains(&parent.name)))
                .then(|| format!("`<{name}>` stands directly in `<{}>`", parents.join(">` or `<"))),
        };
        if let Some(help) = misplaced {
            return self.drop_tag(element, span, "it cannot stand here", &help);
        }
        if self.is_too_deep() {
            return self.drop_tag(element, span, "too many tags are open", "close tags before opening more");
        }
        let attributes = self.attributes(raw, tag, element);
        self.push_tag(element, &attributes, span);
    }

    /// Removes a tag of the safe set from where it cannot stand; its closing tag will go without a second report.
    fn drop_tag(&mut self, element: &'static Element, span: Span, why: &str, help: &str) {
        if element.holds != Holds::Nothing {
            *self.dropped_tags.entry(element.name).or_default() += 1;
        }
        self.report_raw(span, format!("`<{}>` is removed from the page: {why}", element.name), help);
    }

    /// The attributes of a tag that may pass, each with a space before it; the others are reported.
    fn attributes(&mut self, raw: &Raw<'_>, tag: &Tag, element: &Element) -> String {
        let mut written = String::new();
        let mut seen: Vec<String> = Vec::new();
        for attribute in &tag.attributes {
            let name = raw.lower(&attribute.name);
            let value = decode_references(&raw.html[attribute.value.clone()]);
            if element.accepts(&name, &value) && !seen.contains(&name) {
                written.push(' ');
                written.push_str(&raw.html[attribute.range.clone()]);
                seen.push(name);
            } else {
                let message = format!("`{name}` is removed from `<{}>`", element.name);
                self.report_raw(raw.span(&attribute.range), message, ALLOWED);
            }
        }
        let mut cleaned = String::new();
        if !written.is_empty() {
            clean_attributes(&mut cleaned, &written);
        }
        cleaned
    }

    fn closing_tag(&mut self, raw: &Raw<'_>, tag: &Tag) {
        let name = raw.lower(&tag.name);
        // What was not let in needs no second report when it ends.
        let Some(element) = find(&name) else { return };
        if self.close_tag(element) {
            return;
        }
        if let Some(count) = self.dropped_tags.get_mut(element.name).filter(|count| **count > 0) {
            *count -= 1;
        } else {
            let message = format!("`</{name}>` closes nothing here");
            let help = format!("remove it, or open `<{name}>` in the same block");
            self.report_raw(raw.span(&tag.range), message, &help);
        }
    }

    /// Records where a removed link or image leads, so that it is checked all the same.
    fn raw_link(&mut self, raw: &Raw<'_>, tag: &Tag, form: LinkForm, key: &str) {
        let value = |key: &str| tag.attributes.iter().find(|one| raw.html[one.name.clone()].eq_ignore_ascii_case(key));
        let Some(Attribute { value: place, .. }) = value(key) else { return };
        let text_of = |range: &Range<usize>| decode_references(&raw.html[range.clone()]).trim().to_owned();
        let target = text_of(place);
        let text = value("alt").filter(|_| form == LinkForm::RawImage).map(|alt| text_of(&alt.value));
        let title = value("title").map(|title| text_of(&title.value)).unwrap_or_default();
        self.out.content.inline(Mark::Link);
        self.out.content.argument(&target);
        let (span, target_span) = (raw.span(&tag.range), raw.span(place));
        self.body.links.push(Link {
            form,
            target,
            text: text.unwrap_or_default(),
            title,
            size: Size::default(),
            span,
            target_span,
        });
    }

    /// Reports something about raw HTML.
    pub(super) fn report_raw(&mut self, span: Span, message: String, help: &str) {
        self.raw_faults += 1;
        if self.raw_faults <= MOST_FAULTS {
            self.fault(reading::RAW_HTML_REMOVED, span, message, help);
        }
    }

    /// Says how much was not listed one by one.
    pub(in crate::markdown) fn report_more_raw(&mut self) {
        if let Some(more) = self.raw_faults.checked_sub(MOST_FAULTS).filter(|more| *more > 0) {
            let message = format!("{more} more findings about raw HTML follow in this document");
            let end = Span::from(0..self.source.as_str().len()).end;
            self.fault(reading::RAW_HTML_REMOVED, Span { start: end, end }, message, ALLOWED);
        }
    }
}

fn token_at_start(html: &str) -> Token {
    if html.is_empty() { Token::Text(0..0) } else { token_at(html, 0) }
}

/// Where an element that is removed with its content ends, which is after its closing tag; `None` when it has none.
fn after_closing(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found + 2;
        let rest = &html[start..];
        let named = rest.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
        if named && !rest[name.len()..].starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            return rest.find('>').map(|end| start + end + 1);
        }
        at = start;
    }
    None
}
