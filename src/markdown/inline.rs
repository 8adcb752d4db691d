//! Inline elements of running text: links, images, code and emphasis.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::anchor::slug;
use super::body::{Fill, Link, LinkForm, Size};
use super::digest::Mark;
use super::raw::ContentModel;
use super::reader::{Mode, OpenImage, OpenLink, Reader};
use super::target::find_destination;
use crate::place::Span;

impl Reader<'_> {
    /// Opens a link. A nested link, which Markdown allows only as `<https://…>`, is recorded but not shown.
    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str, span: Span) {
        self.close_tags_before_text();
        let is_heading = matches!(kind, LinkType::WikiLink { .. }) && destination.starts_with('#');
        // A link to a heading of the same page has no document title to show.
        let kind = if is_heading { LinkType::WikiLink { has_pothole: true } } else { kind };
        let number = self.push_link(kind, destination, title, span, false);
        if self.links.is_empty() {
            let target = self.body.links[number].target.to_string();
            let target = if is_heading { format!("#{}", slug(&destination[1..])) } else { target };
            self.open_link_gap(number, &target);
        }
        let text_start = self.running.len();
        // A link by ID shows the title of its target instead of the ID.
        self.running.silent_containers += u32::from(kind == LinkType::WikiLink { has_pothole: false });
        self.links.push(OpenLink { number, kind, text_start, alternative: String::new() });
        self.containers.push(ContentModel::Text);
    }

    /// Closes a link.
    pub(super) fn end_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        self.running.silent_containers -= u32::from(open.is_bare()).min(self.running.silent_containers);
        if self.links.is_empty() {
            if open.is_bare() {
                self.out.push_gap(Fill::LinkText(Span::from(0..open.number).end));
            }
            self.close_link_gap(open.number);
        }
        let text = match self.running.text_since(open.text_start) {
            _ if open.is_bare() => String::new(),
            text if text.is_empty() => open.alternative,
            text => text,
        };
        self.complete_link(open.number, open.kind, text, self.last_end);
    }

    fn push_link(&mut self, kind: LinkType, destination: &str, title: &str, span: Span, image: bool) -> usize {
        let (form, target) = match kind {
            LinkType::Email => (LinkForm::Inline, format!("mailto:{destination}")),
            LinkType::WikiLink { .. } => (LinkForm::Wiki, wiki_target(destination)),
            _ => (LinkForm::Inline, destination.to_owned()),
        };
        let form = if image { LinkForm::Image } else { form };
        let title = title.to_owned();
        self.body.links.push(Link {
            form,
            target: target.into(),
            text: Box::default(),
            title: title.into(),
            size: Size::default(),
            span,
            target_span: span,
            is_asserted: self.running.silent_containers == 0,
        });
        self.body.links.len() - 1
    }

    fn complete_link(&mut self, number: usize, kind: LinkType, text: String, text_end: u32) {
        let span = self.body.links[number].span;
        let source_text = self.source_text(span);
        let text_end = text_end.saturating_sub(span.start).max(1) as usize;
        let link = &mut self.body.links[number];
        link.text = text.into();
        if let Some(range) = find_destination(source_text, kind, text_end, &link.target) {
            let start = span.start as usize;
            link.target_span = (start + range.start..start + range.end).into();
        }
    }

    /// Opens an image; its entire content is alternative text.
    pub(super) fn start_image(&mut self, kind: LinkType, destination: &str, title: &str, span: Span) {
        self.close_tags_before_text();
        let number = self.push_link(kind, destination, title, span, true);
        self.mode = Mode::Image(OpenImage { number, kind, alternative: String::new(), depth: 0, last_end: span.start });
    }

    /// Handles an event within an image.
    pub(super) fn image_event(&mut self, mut image: OpenImage, event: Event<'_>, span: Span) {
        match event {
            Event::Text(text) | Event::Code(text) => image.alternative.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alternative.push(' '),
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth == 0 => return self.end_image(image, span),
            Event::End(_) => image.depth -= 1,
            _ => {}
        }
        image.last_end = image.last_end.max(if image.depth == 0 { span.end } else { span.start });
        self.mode = Mode::Image(image);
    }

    fn end_image(&mut self, image: OpenImage, span: Span) {
        let is_bare = image.kind == LinkType::WikiLink { has_pothole: false };
        let alternative = if is_bare { String::new() } else { image.alternative.trim().to_owned() };
        let is_wiki = matches!(image.kind, LinkType::WikiLink { .. });
        let (text, size) = without_size(&alternative, is_wiki);
        self.out.content.inline(Mark::Image);
        self.out.content.target(image.number, &self.body.links[image.number].target);
        self.add_title(image.number);
        if let Ok(at) = self.sizes.binary_search_by_key(&span.end, |(end, _)| *end) {
            self.body.links[image.number].size = self.sizes[at].1;
        } else if let Some(size) = size {
            self.body.links[image.number].size = size;
        }
        self.out.content.words(&alternative);
        self.out.content.inline(Mark::End);
        self.out.push_gap(Fill::Image(Span::from(0..image.number).end));
        self.add_alternative(text);
        self.complete_link(image.number, image.kind, text.to_owned(), image.last_end);
        self.last_end = span.end;
    }

    /// Writes inline code.
    pub(super) fn inline_code(&mut self, code: &str, span: Span) {
        self.close_tags_before_text();
        self.out.push_markup("<code>");
        self.out.push_text(code);
        self.out.push_markup("</code>");
        self.out.content.inline(Mark::InlineCode);
        self.out.content.words(code);
        self.out.content.inline(Mark::End);
        self.substance += u32::from(!self.headings.is_open());
        let source_text = self.source_text(span);
        let code_start =
            source_text.find(code).filter(|_| !code.is_empty()).map(|at| span.start + Span::from(0..at).end);
        let place = code_start.map_or(span, |start| Span { start, end: start + Span::from(0..code.len()).end });
        self.running.push_code(code, place);
        self.running.take_run();
    }

    /// Writes a hard line break.
    pub(super) fn hard_break(&mut self, span: Span) {
        self.close_tags_before_text();
        self.out.push_markup("<br>\n");
        self.out.content.space();
        self.running.push_prose(" ", span);
        self.running.take_run();
    }

    /// Opens emphasis of any kind.
    pub(super) fn start_emphasis(&mut self, tag: &Tag<'_>) {
        self.close_tags_before_text();
        let markup = match tag {
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Superscript => "<sup>",
            Tag::Subscript => "<sub>",
            _ => "<em>",
        };
        if matches!(tag, Tag::Strikethrough) {
            self.running.silent_containers += 1;
            self.running.struck_containers += 1;
            self.out.content.inline(Mark::Strike);
        }
        self.open_container(markup, ContentModel::Text);
    }

    /// Closes emphasis of any kind.
    pub(super) fn end_emphasis(&mut self, tag: TagEnd) {
        self.out.push_markup(match tag {
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            _ => "</em>",
        });
        if tag == TagEnd::Strikethrough {
            self.running.silent_containers = self.running.silent_containers.saturating_sub(1);
            self.running.struck_containers = self.running.struck_containers.saturating_sub(1);
            self.out.content.inline(Mark::End);
        }
    }
}

/// Splits the alternative text of an image, `words|300`, into the words and the size that Obsidian writes after them;
/// in `![[plan.png|300]]`, the text is the size alone.
fn without_size(text: &str, is_wiki: bool) -> (&str, Option<Size>) {
    let (words, size) = text.rsplit_once('|').unwrap_or(if is_wiki { ("", text) } else { (text, "") });
    let (width, height) = size.split_once('x').unwrap_or((size, ""));
    let mut image_size = Size::default();
    let is_size = image_size.read("width", width) && (height.is_empty() || image_size.read("height", height));
    if is_size { (words.trim_end(), Some(image_size)) } else { (text, None) }
}

/// The target of `[[…]]`: on one line, and without the backslash that escapes `|` in a table cell.
fn wiki_target(target: &str) -> String {
    target.trim_end_matches('\\').split_whitespace().collect::<Vec<_>>().join(" ")
}
