//! Reads raw HTML token by token and decides what passes.

use std::ops::Range;

use pulldown_cmark::Event;

use super::element::{ALLOWED, Holds, is_opaque};
use crate::finding::reading;
use crate::html::{Token, decode_references, entity_at, token_at};
use crate::markdown::body::{TextPiece, source_span};
use crate::markdown::reader::{Mode, Reader};
use crate::place::Span;

/// An element in a sentence that is removed with its content.
pub(in crate::markdown) struct Swallowed {
    name: String,
    /// Containers of Markdown that were opened within it.
    inside: usize,
}

/// Raw HTML and where each stretch of it was written.
pub(super) struct Raw<'h> {
    pub(super) html: &'h str,
    pieces: &'h [TextPiece],
    /// Whether it stands on lines of its own, rather than being a tag in a sentence.
    pub(super) is_block: bool,
}

impl Raw<'_> {
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        source_span(self.pieces, range.clone().into())
    }

    pub(super) fn lower(&self, range: &Range<usize>) -> String {
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
    pub(super) fn report_unclosed(&mut self, raw: &Raw<'_>, range: &Range<usize>, what: &str, closing: &str) {
        let message = format!("the {what} is never closed, so nothing that follows in it is on the page");
        let help = format!("write `{closing}` where it ends");
        let line = raw.html[range.clone()].lines().next().unwrap_or_default().trim_end().len();
        self.problem(reading::UNCLOSED_BLOCK, raw.span(&(range.start..range.start + line)), message, &help);
    }

    /// Text between tags: words, white space and character references, each with its place.
    pub(super) fn raw_text(&mut self, raw: &Raw<'_>, range: Range<usize>) {
        let text = &raw.html[range.clone()];
        if self.holds() == Holds::Parts && text.trim().is_empty() {
            return;
        }
        if self.is_preformatted() {
            return self.preformatted(raw, &range);
        }
        let mut at = range.start;
        while at < range.end {
            at += self.raw_word(raw, at..range.end);
        }
        self.write_run();
    }

    /// Text whose white space is shown as it was written.
    fn preformatted(&mut self, raw: &Raw<'_>, range: &Range<usize>) {
        let text = decode_references(&raw.html[range.clone()]);
        self.out.text(&text);
        self.out.content.words(&text);
        self.substance += u32::from(!text.trim().is_empty());
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.running.code(&words, raw.span(range));
        self.running.separate();
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
}

fn token_at_start(html: &str) -> Token {
    if html.is_empty() { Token::Text(0..0) } else { token_at(html, 0) }
}

/// Where an element that is removed with its content ends, which is after its closing tag; `None` when it has none.
pub(super) fn after_closing(html: &str, from: usize, name: &str) -> Option<usize> {
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
