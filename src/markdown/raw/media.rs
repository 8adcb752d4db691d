//! Links, images, videos and sounds of raw HTML, which pages write like those of Markdown.

use std::ops::Range;

use super::element::{IMAGE, LINK};
use super::source::{RawHtml, attribute_value};
use crate::finding::reading;
use crate::html::{Tag, Token, is_fallback_notice, token_at};
use crate::markdown::body::{Fill, Link, LinkForm, Size};
use crate::markdown::digest::Mark;
use crate::markdown::reader::Reader;
use crate::place::Span;
use crate::text::clip;

impl Reader<'_> {
    /// Opens a link, or sets an anchor.
    pub(super) fn write_link_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag) {
        self.close_tags_before_text();
        let attributes = self.filter_attributes(raw, tag, &LINK);
        self.write_anchor_before(&attributes);
        let span = raw.span(&tag.range);
        if self.is_too_deep() {
            return self.drop_tag(&LINK, span, "too many tags are open", "close tags before opening more");
        }
        let Some(number) = self.record_target(raw, tag, LinkForm::RawLink, "href") else {
            *self.dropped_tags.entry(LINK.name).or_default() += 1;
            if attributes.id.is_none() || attribute_value(raw, tag, "href").is_some() {
                let message = "`<a>` is removed from the page: it names no target".to_owned();
                self.report_raw(
                    span,
                    message,
                    "write the link as `[text](target)`, or an anchor as `<a id=\"name\"></a>`",
                );
            }
            return;
        };
        self.open_raw_link(number);
        self.push_link_tag(span, &attributes);
    }

    /// Writes an image.
    pub(super) fn write_image_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag) {
        self.close_tags_before_text();
        let attributes = self.filter_attributes(raw, tag, &IMAGE);
        self.write_anchor_before(&attributes);
        let Some(number) = self.record_target(raw, tag, LinkForm::RawImage, "src") else {
            let message = "`<img>` is removed from the page: it names no picture".to_owned();
            return self.report_raw(raw.span(&tag.range), message, "write the image as `![what it shows](target)`");
        };
        self.body.links[number].is_asserted &= !attributes.hides;
        self.write_image(number);
    }

    /// Writes a link to a video, a sound or an embedded page; returns false if the tag is something else, or names no
    /// file.
    pub(super) fn write_media_tag(&mut self, raw: &RawHtml<'_>, tag: &Tag, end: usize) -> bool {
        let name = raw.lowercase(&tag.name);
        let is_page = name == "iframe";
        if !(is_page || name == "video" || name == "audio") {
            return false;
        }
        self.close_tags_before_text();
        let source = || find_source(raw, tag.range.end, end);
        let number = self.record_target(raw, tag, LinkForm::RawLink, "src");
        let Some(number) = number.or_else(|| self.record_target(raw, &source()?, LinkForm::RawLink, "src")) else {
            return false;
        };
        let link = &mut self.body.links[number];
        if is_page && link.target.starts_with("//") {
            link.target = format!("https:{}", link.target).into();
        }
        let file = link.target.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let file = if is_page { &*link.target } else { file };
        let text = if link.title.is_empty() { file.into() } else { std::mem::take(&mut link.title) };
        link.text.clone_from(&text);
        let is_outermost = self.links.is_empty();
        if is_outermost {
            let target = self.body.links[number].target.clone();
            self.open_link_gap(number, &target);
        }
        self.out.push_text(&text);
        self.out.content.words(&text);
        if is_outermost {
            self.close_link_gap(number);
        }
        self.report_fallback(raw, tag.range.end..end);
        true
    }

    /// Reports the fallback text of a video or sound, which its replacement by a link loses, unless the text is about
    /// browsers.
    fn report_fallback(&mut self, raw: &RawHtml<'_>, content: Range<usize>) {
        let mut at = content.start;
        let mut words: Option<Range<usize>> = None;
        while at < content.end {
            at = match token_at(raw.html, at) {
                Token::Text(range) => {
                    let text = raw.html[range.clone()].trim();
                    if text.contains(char::is_alphabetic) {
                        let start = range.start + raw.html[range.clone()].find(text).unwrap_or_default();
                        words = Some(words.map_or(start, |words| words.start)..start + text.len());
                    }
                    range.end
                }
                Token::Open(tag) | Token::Close(tag) => tag.range.end,
                Token::Declaration(range) | Token::Comment { range, .. } => range.end,
            };
        }
        let Some(words) = words.filter(|words| words.end <= content.end) else { return };
        if !is_fallback_notice(&raw.html[words.clone()]) {
            let message =
                format!("`{}` is not on the page: the tag around it becomes a link", clip(&raw.html[words.clone()]));
            self.add_problem(reading::LOST_TEXT, raw.span(&words), message, "write it as a sentence beside the tag");
        }
    }

    /// Writes a checkbox as a character; returns false if the form field is something else.
    pub(super) fn write_checkbox(&mut self, raw: &RawHtml<'_>, tag: &Tag) -> bool {
        let is_box = attribute_value(raw, tag, "type").is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("checkbox"));
        if is_box {
            self.close_tags_before_text();
            let symbol = if attribute_value(raw, tag, "checked").is_some() { "\u{2611}" } else { "\u{2610}" };
            self.out.push_text(symbol);
            self.out.content.words(symbol);
        }
        is_box
    }

    /// Records the target of a link or an image; `None` if there is no target.
    fn record_target(&mut self, raw: &RawHtml<'_>, tag: &Tag, form: LinkForm, key: &str) -> Option<usize> {
        let (target, attribute) = attribute_value(raw, tag, key).filter(|(target, _)| !target.is_empty())?;
        let text_of = |key: &str| attribute_value(raw, tag, key).map(|(text, _)| text).unwrap_or_default();
        let mut size = Size::default();
        for key in ["width", "height"] {
            size.read(key, &text_of(key));
        }
        let text = if form == LinkForm::RawImage { text_of("alt") } else { String::new() };
        let (span, target_span): (Span, Span) = (raw.span(&tag.range), raw.span(&attribute.value));
        self.body.links.push(Link {
            form,
            target: target.into(),
            text: text.into(),
            title: text_of("title").into(),
            size,
            span,
            target_span,
            is_asserted: self.running.silent_containers == 0,
        });
        Some(self.body.links.len() - 1)
    }

    fn write_image(&mut self, number: usize) {
        let Link { target, text, .. } = self.body.links[number].clone();
        self.out.content.inline(Mark::Image);
        self.out.content.target(number, &target);
        self.add_title(number);
        self.out.content.words(&text);
        self.out.content.inline(Mark::End);
        self.out.push_gap(Fill::Image(Span::from(0..number).end));
        self.add_alternative(&text);
    }
}

/// The first `source` within a video or a sound.
fn find_source(raw: &RawHtml<'_>, from: usize, to: usize) -> Option<Tag> {
    let mut at = from;
    while at < to {
        at = match token_at(raw.html, at) {
            Token::Open(tag) if raw.lowercase(&tag.name) == "source" => return Some(tag),
            Token::Open(tag) | Token::Close(tag) => tag.range.end,
            Token::Text(range) | Token::Declaration(range) | Token::Comment { range, .. } => range.end,
        };
    }
    None
}
