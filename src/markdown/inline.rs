//! What stands in running text: words, links, images, code, emphasis.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::bare_url::find_urls;
use super::belonging::Belonging;
use super::body::{Fill, Link, LinkForm, Mention, source_span};
use super::dialect::Size;
use super::digest::Mark;
use super::mention::find_mentions;
use super::raw::Holds;
use super::reader::{Mode, Reader};
use super::target::find_destination;
use crate::id::ClauseRef;
use crate::place::Span;

/// A link that is open.
pub(super) struct OpenLink {
    number: usize,
    kind: LinkType,
    /// Where its text begins in the running text.
    text_start: u32,
    /// Alternative texts of images in it.
    alternative: String,
}

impl OpenLink {
    /// `[[ID]]` has no text of its own.
    fn is_bare(&self) -> bool {
        self.kind == LinkType::WikiLink { has_pothole: false }
    }
}

/// An image whose alternative text is being read.
pub(super) struct OpenImage {
    number: usize,
    kind: LinkType,
    alternative: String,
    /// Links and images in its alternative text that are open.
    depth: usize,
    last_end: u32,
}

/// What running text holds beside plain words.
enum Found {
    Address,
    Clause(ClauseRef),
}

impl Reader<'_> {
    /// Writes the words that have gathered.
    pub(super) fn write_run(&mut self) {
        if !self.running.has_run() {
            return;
        }
        self.leave_raw_parts();
        let run = self.running.take_run();
        let text = &self.running.text[run.clone()];
        if !self.headings.is_open() && text.contains(|letter: char| !letter.is_whitespace()) {
            self.substance += 1;
        }
        if self.links.last().is_some_and(OpenLink::is_bare) {
            return;
        }
        let found = if self.links.is_empty() { find(&self.running.text, &run) } else { Vec::new() };
        let mut done = run.start;
        for (range, found) in found {
            self.write_words(done..range.start);
            done = range.end;
            match found {
                Found::Address => self.write_address(range),
                Found::Clause(clause) => self.write_mention(range, clause),
            }
        }
        self.write_words(done..run.end);
    }

    fn write_words(&mut self, range: Range<usize>) {
        let text = &self.running.text[range];
        self.out.text(text);
        self.out.content.words(text);
    }

    fn write_address(&mut self, range: Range<usize>) {
        let target = self.running.text[range.clone()].to_owned();
        let span = source_span(&self.running.pieces, range.clone().into());
        let number = self.body.links.len();
        self.open_link_gap(number, &target);
        self.write_words(range);
        self.close_link_gap(number);
        let text = target.clone();
        let form = LinkForm::Inline;
        self.body.links.push(Link {
            form,
            target,
            text,
            title: String::new(),
            size: Size::default(),
            span,
            target_span: span,
        });
    }

    fn write_mention(&mut self, range: Range<usize>, clause: ClauseRef) {
        let number = Span::from(0..self.body.mentions.len()).end;
        let span = source_span(&self.running.pieces, range.clone().into());
        let at = Span::from(range.clone()).start;
        self.body.mentions.push(Mention { clause, span, at, belonging: Belonging::Main });
        self.out.gap(Fill::MentionOpen(number));
        self.write_words(range);
        self.out.gap(Fill::MentionClose(number));
    }

    /// Writes the beginning of a link, which is not within another.
    pub(super) fn open_link_gap(&mut self, number: usize, target: &str) {
        self.out.content.inline(Mark::Link);
        self.out.content.argument(target);
        self.add_title(number);
        self.out.gap(Fill::LinkOpen(Span::from(0..number).end));
    }

    /// Adds the words that a link or an image shows at hover to the content.
    pub(super) fn add_title(&mut self, number: usize) {
        if let Some(link) = self.body.links.get(number).filter(|link| !link.title.is_empty()) {
            self.out.content.argument(&link.title);
        }
    }

    /// Writes the end of a link.
    pub(super) fn close_link_gap(&mut self, number: usize) {
        self.out.gap(Fill::LinkClose(Span::from(0..number).end));
        self.out.content.inline(Mark::End);
    }

    /// Opens a link. One within another, which Markdown knows only of `<https://…>`, is recorded but not shown.
    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str, span: Span) {
        self.leave_raw_parts();
        let number = self.push_link(kind, destination, title, span, false);
        if self.links.is_empty() {
            let target = self.body.links[number].target.clone();
            self.open_link_gap(number, &target);
        }
        let text_start = self.running.len();
        // A link by id shows the title of what it leads to, and not the id.
        self.running.silence += u32::from(kind == LinkType::WikiLink { has_pothole: false });
        self.links.push(OpenLink { number, kind, text_start, alternative: String::new() });
        self.containers.push(Holds::Text);
    }

    /// Closes a link.
    pub(super) fn end_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        self.running.silence -= u32::from(open.is_bare()).min(self.running.silence);
        if self.links.is_empty() {
            if open.is_bare() {
                self.out.gap(Fill::LinkText(Span::from(0..open.number).end));
            }
            self.close_link_gap(open.number);
        }
        let text = match self.running.since(open.text_start) {
            _ if open.is_bare() => String::new(),
            text if text.is_empty() => open.alternative,
            text => text,
        };
        self.complete_link(open.number, open.kind, text, self.last_end);
    }

    /// Opens a link of raw HTML; one within another is recorded but not shown.
    pub(super) fn open_raw_link(&mut self, number: usize) {
        if self.links.is_empty() {
            let target = self.body.links[number].target.clone();
            self.open_link_gap(number, &target);
        }
        let text_start = self.running.len();
        self.links.push(OpenLink { number, kind: LinkType::Inline, text_start, alternative: String::new() });
    }

    /// Closes a link of raw HTML.
    pub(super) fn end_raw_link(&mut self) {
        let Some(open) = self.links.pop() else { return };
        if self.links.is_empty() {
            self.close_link_gap(open.number);
        }
        self.body.links[open.number].text = match self.running.since(open.text_start) {
            text if text.is_empty() => open.alternative,
            text => text,
        };
    }

    /// Adds the words of an image to what is open around it.
    pub(super) fn add_alternative(&mut self, text: &str) {
        if let Some(link) = self.links.last_mut() {
            link.alternative.push_str(text);
        }
        self.headings.add_alternative(text);
        self.substance += u32::from(!self.headings.is_open());
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
            target,
            text: String::new(),
            title,
            size: Size::default(),
            span,
            target_span: span,
        });
        self.body.links.len() - 1
    }

    fn complete_link(&mut self, number: usize, kind: LinkType, text: String, text_end: u32) {
        let span = self.body.links[number].span;
        let written = self.written(span);
        let text_end = text_end.saturating_sub(span.start).max(1) as usize;
        let link = &mut self.body.links[number];
        link.text = text;
        if let Some(range) = find_destination(written, kind, text_end, &link.target) {
            let start = span.start as usize;
            link.target_span = (start + range.start..start + range.end).into();
        }
    }

    /// Opens an image: all that it holds is its alternative text.
    pub(super) fn start_image(&mut self, kind: LinkType, destination: &str, title: &str, span: Span) {
        self.leave_raw_parts();
        let number = self.push_link(kind, destination, title, span, true);
        self.mode = Mode::Image(OpenImage { number, kind, alternative: String::new(), depth: 0, last_end: span.start });
    }

    /// Reads an event within an image.
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
        let text = if is_bare { String::new() } else { image.alternative.trim().to_owned() };
        self.out.content.inline(Mark::Image);
        self.out.content.argument(&self.body.links[image.number].target);
        self.add_title(image.number);
        if let Ok(at) = self.sizes.binary_search_by_key(&span.end, |(end, _)| *end) {
            self.body.links[image.number].size = self.sizes[at].1.clone();
        }
        self.out.content.words(&text);
        self.out.content.inline(Mark::End);
        self.out.gap(Fill::Image(Span::from(0..image.number).end));
        self.add_alternative(&text);
        self.complete_link(image.number, image.kind, text, image.last_end);
        self.last_end = span.end;
    }

    /// Writes code within a sentence.
    pub(super) fn inline_code(&mut self, code: &str, span: Span) {
        self.leave_raw_parts();
        self.out.raw("<code>");
        self.out.text(code);
        self.out.raw("</code>");
        self.out.content.inline(Mark::InlineCode);
        self.out.content.words(code);
        self.out.content.inline(Mark::End);
        self.substance += u32::from(!self.headings.is_open());
        let written = self.written(span);
        let inside = written.find(code).filter(|_| !code.is_empty()).map(|at| span.start + Span::from(0..at).end);
        let place = inside.map_or(span, |start| Span { start, end: start + Span::from(0..code.len()).end });
        self.running.code(code, place);
        self.running.take_run();
    }

    /// Writes a line break that is more than a wrapped line.
    pub(super) fn hard_break(&mut self, span: Span) {
        self.leave_raw_parts();
        self.out.raw("<br>\n");
        self.out.content.space();
        self.running.prose(" ", span);
        self.running.take_run();
    }

    /// Opens emphasis of any kind.
    pub(super) fn start_emphasis(&mut self, tag: &Tag<'_>) {
        self.leave_raw_parts();
        let markup = match tag {
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Superscript => "<sup>",
            Tag::Subscript => "<sub>",
            _ => "<em>",
        };
        if matches!(tag, Tag::Strikethrough) {
            self.running.silence += 1;
            self.out.content.inline(Mark::Strike);
        }
        self.open(markup, Holds::Text);
    }

    /// Closes emphasis of any kind.
    pub(super) fn end_emphasis(&mut self, tag: TagEnd) {
        self.out.raw(match tag {
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            _ => "</em>",
        });
        if tag == TagEnd::Strikethrough {
            self.running.silence = self.running.silence.saturating_sub(1);
            self.out.content.inline(Mark::End);
        }
    }
}

/// What `[[…]]` names: one line, and without the backslash that keeps `\|` from ending a table's cell.
fn wiki_target(written: &str) -> String {
    written.trim_end_matches('\\').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs without which a text holds neither an address nor a mention; most texts have none of them.
struct Signs {
    colon: bool,
    digit: bool,
}

impl Signs {
    /// Looks at every byte without stopping, which is quicker than to stop.
    fn of(text: &str) -> Signs {
        text.bytes().fold(Signs { colon: false, digit: false }, |signs, byte| Signs {
            colon: signs.colon | (byte == b':'),
            digit: signs.digit | byte.is_ascii_digit(),
        })
    }
}

/// How far before a run the word `clause` may stand, as in `clause **8.6.1**`, in bytes.
const LOOK_BACK: usize = 24;

/// Addresses and mentions of a run, in order, as ranges of the whole text; an address hides what is in it.
fn find(text: &str, run: &Range<usize>) -> Vec<(Range<usize>, Found)> {
    let signs = Signs::of(&text[run.clone()]);
    let mut found: Vec<(Range<usize>, Found)> = Vec::new();
    let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    if signs.colon {
        let addresses = find_urls(&text[run.clone()]).into_iter();
        found.extend(addresses.map(|range| (moved(range, run.start), Found::Address)));
    }
    if !signs.digit {
        return found;
    }
    let addresses = found.len();
    let back = text.floor_char_boundary(run.start.saturating_sub(LOOK_BACK));
    let from = text[back..run.start].rfind('\n').map_or(back, |line| back + line + 1);
    for (range, clause) in find_mentions(&text[from..run.end]) {
        let range = moved(range, from);
        let next = found[..addresses].partition_point(|(address, _)| address.end <= range.start);
        let hidden = found[..addresses].get(next).is_some_and(|(address, _)| address.start < range.end);
        if range.start >= run.start && !hidden {
            found.push((range, Found::Clause(clause)));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}
