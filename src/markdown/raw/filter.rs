//! Reads raw HTML token by token and filters it.

use std::ops::Range;

use pulldown_cmark::Event;

use super::element::{ContentModel, REMOVED_HELP};
use super::source::RawHtml;
use crate::finding::reading;
use crate::html::{Token, token_at};
use crate::markdown::attributes::looks_like_claim;
use crate::markdown::body::TextPiece;
use crate::markdown::reader::{Mode, Reader};
use crate::place::Span;

impl Reader<'_> {
    /// Handles an event within a block of raw HTML.
    pub(in crate::markdown) fn read_html_event(
        &mut self,
        mut html: String,
        mut pieces: Vec<TextPiece>,
        event: Event<'_>,
        span: Span,
    ) {
        match event {
            Event::Html(text) | Event::Text(text) => {
                let start = html.len();
                let (text, span) = self.skip_removed(&text, span);
                html.push_str(text);
                pieces.push(TextPiece::raw(start..html.len(), span));
                self.mode = Mode::Html(html, pieces);
            }
            Event::End(_) => {
                self.running.end_line();
                self.read_raw(&RawHtml { html: &html, pieces: &pieces, is_block: true });
                self.close_text_tags();
                self.running.end_line();
                self.out.push_markup("\n");
            }
            _ => self.mode = Mode::Html(html, pieces),
        }
    }

    /// Closes tags with inline content at the end of a block of raw HTML.
    fn close_text_tags(&mut self) {
        if self.allowed_content() == ContentModel::Text && self.innermost().is_some() {
            self.close_tags_before_block();
        }
    }

    /// Reads a tag within a sentence.
    pub(in crate::markdown) fn read_inline_html(&mut self, html: &str, span: Span) {
        self.read_raw(&RawHtml { html, pieces: &[TextPiece::raw(0..html.len(), span)], is_block: false });
    }

    fn read_raw(&mut self, raw: &RawHtml<'_>) {
        let mut at = 0;
        while at < raw.html.len() {
            at = match token_at(raw.html, at) {
                Token::Text(range) => {
                    self.read_raw_text(raw, range.clone());
                    range.end
                }
                Token::Open(tag) => self.read_opening_tag(raw, &tag),
                Token::Close(tag) => {
                    self.read_closing_tag(raw, &tag);
                    tag.range.end
                }
                Token::Comment { range, closed } => {
                    let span = raw.span(&range);
                    if closed {
                        self.report_claim_in_comment(span);
                        self.record_comment(span);
                    } else {
                        self.report_unclosed_comment(raw, &range);
                    }
                    range.end
                }
                Token::Declaration(range) => self.read_declaration(raw, range),
            };
        }
    }

    /// Reports a claim in an MDX comment at the end of a heading, where other tools expect the heading's anchor.
    fn report_claim_in_comment(&mut self, span: Span) {
        let comment = self.source_text(span);
        if self.headings.is_open() && comment.starts_with("{/*") && looks_like_claim(comment) {
            let message = format!("`{comment}` looks like a claim but is not read as one");
            let help = "end the heading in `{#anchor clauses=\"8.6.3\"}`, without `/*` and `*/`";
            self.add_problem(reading::MISPLACED_CLAIM, span, message, help);
        }
    }

    /// Handles a declaration, a CDATA section or a processing instruction; returns the position at which to continue.
    fn read_declaration(&mut self, raw: &RawHtml<'_>, range: Range<usize>) -> usize {
        let declaration = &raw.html[range.clone()];
        let (what, closing) = match declaration.as_bytes().get(1..3) {
            Some(b"![") => ("CDATA section", "]]>"),
            Some([b'?', _]) => ("processing instruction", "?>"),
            _ => ("declaration", ">"),
        };
        if declaration.ends_with(closing) {
            self.report_raw(raw.span(&range), format!("the {what} is removed from the page"), REMOVED_HELP);
        } else {
            self.report_unclosed(raw, &range, what, closing);
        }
        range.end
    }
}
