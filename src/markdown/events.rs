//! The single pass over the parser's events, which dispatches each event to its handler.

use std::mem;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::anchor::Anchors;
use super::attributes::looks_like_claim;
use super::clause_owner;
use super::dialect::{Remark, RewrittenText};
use super::foreign::ATTRIBUTES;
use super::lost_text::Definition;
use super::parsed::ParsedText;
use super::reader::{Mode, Reader};
use super::running_text::{count_dense, count_words};
use super::words::Words;
use crate::finding::reading;
use crate::place::Span;
use crate::text::clip;

impl Reader<'_> {
    /// Handles one event at its place in the file.
    pub(super) fn event(&mut self, event: Event<'_>, span: Span) {
        self.cover(&event, span);
        if self.is_removed(span) {
            self.last_end = self.last_end.max(span.end);
            return;
        }
        if matches!(self.mode, Mode::Text) {
            return self.text_event(event, span);
        }
        match mem::take(&mut self.mode) {
            Mode::Text => {}
            Mode::Image(image) => self.image_event(image, event, span),
            Mode::Code(code) => self.code_event(code, event, span),
            Mode::Html(html, pieces) => self.read_html_event(html, pieces, event, span),
        }
    }

    /// Handles an event in running text.
    pub(super) fn text_event(&mut self, event: Event<'_>, span: Span) {
        // The span of a container includes its content, which has not been read yet.
        let end = if matches!(event, Event::Start(_)) { span.start } else { span.end };
        match event {
            Event::Text(text) if self.is_between_parts(&text) => {}
            Event::Text(text) => self.running.push_prose(&text, span),
            Event::SoftBreak if self.is_between_parts(" ") => {}
            // Line breaks in the source are not significant, so the page does not show them.
            Event::SoftBreak => self.running.push_prose(" ", span),
            other => {
                self.write_run();
                self.markup_event(other, span);
            }
        }
        self.last_end = end;
    }

    fn markup_event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => self.inline_code(&code, span),
            Event::Html(html) | Event::InlineHtml(html) => self.read_inline_html(&html, span),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::HardBreak => self.hard_break(span),
            Event::Rule => self.write_rule(span),
            Event::TaskListMarker(done) => self.task_marker(done),
            Event::Text(_) | Event::SoftBreak => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.find_lost_characters(&tag, span);
                self.start_emphasis(&tag);
            }
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, span),
            Tag::Image { link_type, dest_url, title, .. } => self.start_image(link_type, &dest_url, &title, span),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, span),
            Tag::HtmlBlock => {
                self.leave_table();
                self.mode = Mode::Html(String::new(), Vec::new());
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.find_false_row(&tag, span);
                self.start_table_part(&tag);
            }
            block => {
                self.leave_table();
                self.close_tags_before_block();
                self.running.end_line();
                self.start_block(block, span);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        self.close_raw_tags();
        self.containers.pop();
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.end_emphasis(tag);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.end_table_part(tag),
            block => self.end_block(block, span),
        }
    }

    /// Reports lines whose lists and quotes are nested too deeply to be parsed.
    pub(super) fn report_nesting(&mut self, places: &[usize]) {
        for &place in places.iter().take(20) {
            let at = self.base + place;
            let message = "lists or quotes are nested too deeply here; the rest of the line is shown as text";
            self.add_problem(
                reading::UNREADABLE_SOURCE,
                (at..at + 1).into(),
                message.to_owned(),
                "nest at most 64 levels",
            );
        }
    }

    /// Ends the last run and reports problems that only the whole text reveals.
    pub(super) fn end_text(&mut self, definitions: &[Definition]) {
        self.write_run();
        self.close_raw_tags();
        self.running.end_line();
        self.report_raw_html();
        self.find_foreign_comments();
        self.report_visible_comments();
        self.report_foreign();
        self.report_lost(definitions);
    }

    /// Takes over the findings about markup of other dialects.
    pub(super) fn record_dialect_marks(&mut self, rewritten: &mut RewrittenText) {
        let base = self.base;
        self.alerts.expect(mem::take(&mut rewritten.alerts), base);
        self.record_removed_marks(rewritten.removed_ranges().into_iter().map(|range| self.file_span(range)).collect());
        let sizes = mem::take(&mut rewritten.sizes).into_iter();
        self.sizes = sizes.map(|(end, size)| (Span::from(0..base + end).end, size)).collect();
        for (remark, range) in mem::take(&mut rewritten.remarks) {
            let span = self.file_span(range);
            match remark {
                Remark::Unclosed => {
                    let message = format!("`{}` is never closed", self.source_text(span));
                    self.add_problem(
                        reading::UNCLOSED_BLOCK,
                        span,
                        message,
                        "write the closing line where the alert ends",
                    );
                }
                Remark::Attributes if looks_like_claim(self.source_text(span)) => {
                    let message =
                        format!("`{}` looks like a claim but is not read as one", self.source_text(span).trim());
                    let help = "write the claim at the very end of the heading itself";
                    self.add_problem(reading::MISPLACED_CLAIM, span, message, help);
                }
                Remark::Words => {
                    let message = format!(
                        "`{}` is not on the page: what replaces this tag does not show it",
                        clip(self.source_text(span))
                    );
                    let help = "write it as text within the tag or beside it";
                    self.add_problem(reading::LOST_TEXT, span, message, help);
                }
                Remark::Limit => self.headings.limits.push(span),
                Remark::Label => self.foreign.tags.push(span),
                Remark::Attributes => self.foreign.record(&ATTRIBUTES, span),
            }
        }
    }

    /// Completes the body.
    pub(super) fn finish(mut self) -> ParsedText {
        let mut anchors = Anchors::default();
        self.assign_chosen(&mut anchors);
        let mut footnotes = self.finish_footnotes(&mut anchors);
        self.finish_headings(&mut anchors);
        for term in &mut self.body.terms {
            term.id = anchors.unique(&term.id);
        }
        let Reader { mut body, running, mut out, raw_anchors, .. } = self;
        out.content.trim_block_end();
        footnotes.iter_mut().for_each(|footnote| footnote.content.trim_block_end());
        let digests = out.content.digests(footnotes.iter().map(|footnote| &footnote.content));
        (body.digest, body.rendered_digest, body.targets) = (digests.source, digests.rendered, digests.links);
        body.resolved_digest = digests.resolved;
        body.html = out.into_fragment(&body.headings, &body.terms, &raw_anchors);
        body.sort_anchors();
        body.words = count_words(&running.text);
        body.cjk_chars = count_dense(&running.text);
        clause_owner::resolve_mentions(&running.text, &running.cells, &mut body.mentions);
        body.shrink_to_fit();
        let mut words = Words { text: running.text, pieces: running.pieces };
        words.shrink_to_fit();
        ParsedText { body, words }
    }
}
