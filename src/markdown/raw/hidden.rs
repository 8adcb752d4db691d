//! Hidden content: elements that are removed with their content, and comments that fail to hide theirs.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Parser};

use super::element::{REMOVED_HELP, is_opaque};
use super::misspelt::{cut_comment, misspelt_comment, opening_brackets};
use super::remark::remarks;
use super::source::{RawHtml, after_closing};
use crate::finding::reading;
use crate::html::{Tag, Token, token_at};
use crate::markdown::body::TextPiece;
use crate::markdown::foreign::is_in;
use crate::markdown::options::OPTIONS;
use crate::markdown::reader::Reader;
use crate::place::Span;

/// The closing tags of elements that are removed with their content, each with its end position.
pub(in crate::markdown) fn closing_tags(text: &str) -> Vec<(String, usize)> {
    if !memmem::find_iter(text.as_bytes(), "</").any(|at| is_opaque(name_at(text, at + 2))) {
        return Vec::new();
    }
    let mut tags = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        let start = range.end.saturating_sub(html.len());
        for at in memmem::find_iter(html.as_bytes(), "</") {
            let name = name_at(&html, at + 2);
            let end = html[at..].find('>').filter(|_| is_opaque(name));
            tags.extend(end.map(|end| (name.to_ascii_lowercase(), start + at + end + 1)));
        }
    }
    tags
}

/// The run of letters and digits at a position.
fn name_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest, |end| &rest[..end])
}

impl Reader<'_> {
    /// Whether a place is within an element that is removed with its content.
    pub(in crate::markdown) fn is_removed(&self, span: Span) -> bool {
        let removed = self.hidden.removed;
        removed.start <= span.start && span.start < removed.end && span.end <= removed.end
    }

    /// The part of a text after an element that is removed with its content.
    pub(super) fn skip_removed<'t>(&self, text: &'t str, span: Span) -> (&'t str, Span) {
        let removed = self.hidden.removed;
        let is_inside = removed.start <= span.start && span.start < removed.end;
        let rest = span.end.saturating_sub(removed.end) as usize;
        match text.len().checked_sub(rest).and_then(|start| text.get(start..)).filter(|_| is_inside) {
            Some(text) => (text, Span { start: removed.end.min(span.end), end: span.end }),
            None => (text, span),
        }
    }

    /// Removes an element with its content; a video or sound is replaced by a link. Returns the position at which to
    /// continue.
    pub(super) fn remove_opaque_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> usize {
        if let Some(end) = after_closing(raw.html, tag.range.end, name) {
            self.remove_element(raw, tag, end);
            return end;
        }
        let open = raw.span(&tag.range);
        let mut closing = self.hidden.closing.iter().filter(|(closed, end)| *end > open.end && closed == name);
        let Some(end) = closing.next().map(|(_, end)| *end) else {
            return self.handle_unclosed_element(raw, tag, name);
        };
        let span = Span { start: open.start, end };
        let html = self.source_text(span);
        if let Token::Open(tag) = token_at(html, 0) {
            let pieces = [TextPiece::raw(0..html.len(), span)];
            self.remove_element(&RawHtml { html, pieces: &pieces, is_block: raw.is_block }, &tag, html.len());
        }
        self.hidden.removed = Span { start: open.end, end };
        raw.html.len()
    }

    /// Writes the replacement of an element that is removed up to a position, or reports its removal.
    fn remove_element(&mut self, raw: &RawHtml<'_>, tag: &Tag, end: usize) {
        let name = raw.lowercase(&tag.name);
        let is_about_page = name == "head" && has_only_metadata(raw, tag.range.end..end);
        if !is_about_page && !self.write_media_tag(raw, tag, end) {
            let span = raw.span(&(tag.range.start..end));
            self.report_raw(span, format!("`<{name}>` and its content are removed from the page"), REMOVED_HELP);
        }
    }

    /// Handles an element that is never closed: within a sentence only its tag is removed, otherwise the rest of the
    /// block too.
    fn handle_unclosed_element(&mut self, raw: &RawHtml<'_>, tag: &Tag, name: &str) -> usize {
        let takes_rest = raw.is_block && !raw.html[tag.range.end..].trim().is_empty();
        // The text after an unclosed frame is removed with it.
        if (name == "iframe" && takes_rest) || !self.write_media_tag(raw, tag, raw.html.len()) {
            let message = match takes_rest {
                true => format!("`<{name}>` and its content are removed from the page"),
                false => format!("`<{name}>` is removed from the page, and is never closed"),
            };
            self.report_raw(raw.span(&tag.range), message, REMOVED_HELP);
        }
        if takes_rest {
            let all = tag.range.start..raw.html.len();
            self.report_unclosed(raw, &all, &format!("element `<{name}>`"), &format!("</{name}>"));
        }
        if raw.is_block { raw.html.len() } else { tag.range.end }
    }

    /// Reports a comment that is not closed within its block, so that the text after the block is visible.
    pub(super) fn report_unclosed_comment(&mut self, raw: &RawHtml<'_>, range: &Range<usize>) {
        let span = raw.span(range);
        let rest = self.source.as_str().get(span.end as usize..).unwrap_or_default();
        if rest.trim().is_empty() {
            self.report_unclosed(raw, range, "comment", "-->");
        } else {
            self.report_comment(span.start);
        }
    }

    /// Reports a comment that Markdown does not read as one; returns the end that its author intended.
    fn report_comment(&mut self, start: u32) -> usize {
        let text = self.source.as_str();
        let content_start = start as usize + COMMENT_START.len();
        let rest = text.get(content_start..).unwrap_or_default();
        let end = rest.find("-->").map_or(text.len(), |end| content_start + end + "-->".len());
        let line = rest.lines().next().unwrap_or_default().trim_end().len();
        let message = "this comment is not read as one, so what follows in it is on the page".to_owned();
        let help = "begin a line with `<!--`, outside any other block, and end it with `-->`; or remove the text";
        let span = Span::from(start as usize..(content_start + line).min(end));
        self.add_problem(reading::PUBLISHED_COMMENT, span, message, help);
        self.hidden.visible.push(Span::from(start as usize..end));
        end
    }

    /// Finds comments that were read as text. Their content asserts nothing, and claims in them are uncertain.
    pub(in crate::markdown) fn report_visible_comments(&mut self) {
        let text = self.source.as_str();
        let mut at = self.body_start();
        while let Some(offset) = text.get(at..).and_then(|rest| rest.find(COMMENT_START)) {
            let start = at + offset;
            at = start + COMMENT_START.len();
            let place = Span::from(start..at);
            let visible_range =
                self.hidden.visible.iter().find(|range| range.start <= place.start && place.start < range.end);
            match visible_range {
                Some(range) => at = at.max(range.end as usize),
                None if self.foreign.is_in_comment(place.start) => {}
                None if self.is_prose(place.start) && !text[..start].ends_with('\\') => {
                    at = self.report_comment(place.start)
                }
                None => {}
            }
        }
        self.report_misspelt_comments();
        self.report_visible_remarks();
        let mut visible = std::mem::take(&mut self.hidden.visible);
        visible.extend(&self.foreign.comments);
        self.exclude_places(visible);
    }

    /// Finds comments whose delimiters are misspelt.
    fn report_misspelt_comments(&mut self) {
        let (start, text) = (self.body_start(), self.source.as_str());
        let body = text.get(start..).unwrap_or_default();
        let help = "write `<!--` and `-->`, each with two hyphens and without a space; or remove the text";
        let mut resume_at = 0;
        for at in opening_brackets(body) {
            let is_tag = || self.kind_at(Span::from(start + at..start + at).start).is_none();
            let cut = cut_comment(body, at).filter(|_| is_tag());
            let Some(range) = cut.or_else(|| misspelt_comment(body, at)).filter(|_| at >= resume_at) else { continue };
            let span = Span::from(start + range.start..start + range.end);
            if self.report_visible(span, help) {
                resume_at = range.end;
            }
        }
    }

    /// Finds comments in the form of a link's definition that define nothing.
    fn report_visible_remarks(&mut self) {
        let (start, text) = (self.body_start(), self.source.as_str());
        let help =
            "put an empty line above it and no further bracket between `[//]: # (` and `)`, or write `<!-- … -->`";
        for range in remarks(text.get(start..).unwrap_or_default()) {
            self.report_visible(Span::from(start + range.start..start + range.end), help);
        }
    }

    /// Reports a comment if it is on the page, at its first line; returns whether it is.
    fn report_visible(&mut self, span: Span, help: &str) -> bool {
        if !self.is_prose(span.start) || self.foreign.is_in_comment(span.start) {
            return false;
        }
        let length = self.source_text(span).lines().next().unwrap_or_default().trim_end().len();
        let line = Span { start: span.start, end: span.start + Span::from(0..length).end };
        let message = "this comment is not read as one, so it is on the page".to_owned();
        self.add_problem(reading::PUBLISHED_COMMENT, line, message, help);
        self.hidden.visible.push(span);
        true
    }

    /// Excludes places from what the text asserts: words, links and code in them assert nothing, and claims of headings
    /// in them become uncertain.
    pub(in crate::markdown) fn exclude_places(&mut self, mut places: Vec<Span>) {
        if places.is_empty() {
            return;
        }
        places.sort_by_key(|place| place.start);
        let places = merge_overlapping(places);
        self.running.exclude(&places);
        let is_out = |span: Span| is_in(&places, span.start);
        self.body.links.iter_mut().for_each(|link| link.is_asserted &= !is_out(link.span));
        self.body.code.iter_mut().for_each(|code| code.is_asserted &= !is_out(code.span));
        for heading in self.body.headings.iter_mut().filter(|heading| is_out(heading.span)) {
            heading.claims.iter_mut().for_each(|claim| claim.is_certain = false);
        }
    }
}

/// Merges overlapping spans, which must be in ascending order.
fn merge_overlapping(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    joined
}

/// The start of a comment.
const COMMENT_START: &str = "<!--";

/// Whether the `head` of a page contains only metadata, none of which a reader would see.
fn has_only_metadata(raw: &RawHtml<'_>, content: Range<usize>) -> bool {
    let mut at = content.start;
    while at < content.end {
        at = match token_at(raw.html, at) {
            Token::Text(range) if raw.html[range.clone()].trim().is_empty() => range.end,
            Token::Open(tag) if matches!(raw.lowercase(&tag.name).as_str(), "meta" | "link" | "base") => tag.range.end,
            Token::Close(tag) if raw.lowercase(&tag.name) == "head" => tag.range.end,
            _ => return false,
        };
    }
    true
}
