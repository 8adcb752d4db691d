//! Finds words of a file that are not in pandoc's tree.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use serde_json::Value;

use super::super::outer_text::{MISSING, OuterText, unescape_words};
use super::super::tree::{class, content, name, part};
use super::super::xml::each_event;
use super::words::{is_break, without_marks};
use crate::text::shorten;

/// The maximum length of a heading in a remark, in characters.
const MAX_HEADING: usize = 60;

/// The classes of spans that are comments and tracked changes.
const REMARKS: [&str; 3] = ["comment-start", "deletion", "insertion"];

/// The maximum number of paragraphs with missing words that are searched for as a whole.
const MAX_SEARCHED: usize = 500;

/// A paragraph of a file.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// The heading above it; empty at the beginning.
    heading: String,
    words: String,
}

/// All paragraphs of a simplified text.
pub(super) fn paragraphs(xml: &str) -> Vec<Paragraph> {
    let mut finder = MissingFinder::default();
    // What cannot be read here is refused by pandoc.
    let _ = each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => finder.start(tag.name().as_ref()),
            Event::End(tag) => finder.end(tag.name().as_ref()),
            Event::Empty(tag) if is_break(tag.local_name().as_ref()) => finder.text(" "),
            Event::Text(_) | Event::GeneralRef(_) => finder.text(raw),
            Event::CData(text) => finder.text(&quick_xml::escape::escape(&*text)),
            _ => {}
        }
        Some(())
    });
    finder.found
}

#[derive(Default)]
struct MissingFinder {
    found: Vec<Paragraph>,
    /// The words of the open paragraphs, each inside the one before.
    open: Vec<String>,
    heading: String,
    /// The number of open elements whose text is not part of a paragraph.
    skipped_depth: usize,
}

impl MissingFinder {
    fn start(&mut self, element: &str) {
        match element {
            "text:p" | "text:h" => self.open.push(String::new()),
            _ => self.skipped_depth += usize::from(is_skipped(element)),
        }
    }

    fn end(&mut self, element: &str) {
        if !matches!(element, "text:p" | "text:h") {
            self.skipped_depth = self.skipped_depth.saturating_sub(usize::from(is_skipped(element)));
            return;
        }
        let words = unescape_words(&without_marks(&self.open.pop().unwrap_or_default()));
        if element == "text:h" {
            self.heading.clone_from(&words);
        }
        if !words.is_empty() {
            self.found.push(Paragraph { heading: self.heading.clone(), words });
        }
    }

    fn text(&mut self, raw: &str) {
        if self.skipped_depth == 0 {
            self.open.last_mut().into_iter().for_each(|open| open.push_str(raw));
        }
    }
}

/// Whether the text of an element is shown otherwise: numbers of notes, and descriptions of pictures.
fn is_skipped(element: &str) -> bool {
    matches!(element, "text:note-citation" | "svg:title" | "svg:desc")
}

/// The paragraphs with words that are not in a tree, as remarks.
pub(super) fn find(paragraphs: &[Paragraph], tree: &Value) -> Vec<OuterText> {
    let mut buffers = vec![String::new()];
    collect(tree, &mut buffers);
    let text = buffers.join(" ");
    let mut missing = count_missing(paragraphs, &text);
    if missing.is_empty() {
        return Vec::new();
    }
    // A word may be missing in one paragraph and present in others, so those that are there as a whole come last.
    let known: String = tokens(&text).flat_map(|token| [token, " "]).collect();
    let is_whole = |(at, paragraph): &(usize, &Paragraph)| {
        let words: String = tokens(&paragraph.words).flat_map(|token| [token, " "]).collect();
        *at < MAX_SEARCHED && memchr::memmem::find(known.as_bytes(), words.as_bytes()).is_some()
    };
    let suspects =
        paragraphs.iter().filter(|paragraph| tokens(&paragraph.words).any(|token| missing.contains_key(token)));
    let (whole, partial): (Vec<_>, Vec<_>) = suspects.enumerate().partition(is_whole);
    let mut found = Vec::new();
    for (_, paragraph) in partial.into_iter().chain(whole) {
        let mut is_missing = false;
        for token in tokens(&paragraph.words) {
            if let Some(left) = missing.get_mut(token).filter(|left| **left > 0) {
                (*left, is_missing) = (*left - 1, true);
            }
        }
        found.extend(is_missing.then(|| paragraph.remark()));
    }
    found
}

/// The words of paragraphs that are not in a text, with how many of them are missing.
fn count_missing<'p>(paragraphs: &'p [Paragraph], text: &str) -> BTreeMap<&'p str, usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    tokens(text).for_each(|token| *known.entry(token).or_default() += 1);
    let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
    for token in paragraphs.iter().flat_map(|paragraph| tokens(&paragraph.words)) {
        match known.get_mut(token).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => *missing.entry(token).or_default() += 1,
        }
    }
    missing
}

impl Paragraph {
    fn remark(&self) -> OuterText {
        let Paragraph { heading, words } = self;
        let place = if heading.is_empty() || heading == words {
            "at the beginning".to_owned()
        } else {
            format!("below \"{}\"", shorten(heading, MAX_HEADING))
        };
        OuterText { name: MISSING, words: format!("{place}: {words}") }
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// Collects the words of a tree. Each note has its own buffer, because it is within the words of its paragraph.
fn collect(value: &Value, buffers: &mut Vec<String>) {
    let mut push = |text: &str| buffers.last_mut().into_iter().for_each(|last| last.push_str(text));
    match name(value) {
        "Str" => return push(content(value).as_str().unwrap_or_default()),
        "Space" | "SoftBreak" | "LineBreak" => return push(" "),
        "Code" | "CodeBlock" | "Math" | "RawInline" | "RawBlock" => {
            return push(part(value, 1).as_str().unwrap_or_default());
        }
        "Note" => {
            buffers.push(String::new());
            collect(content(value), buffers);
            let note = buffers.pop().unwrap_or_default();
            buffers.insert(0, note);
            return;
        }
        // Remarks are within the words of the text, not words of it.
        "Span" if REMARKS.contains(&class(value)) => return,
        "Span" | "Link" | "Image" => return collect(part(value, 1), buffers),
        "Para" | "Plain" | "Header" => push(" "),
        _ => {}
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, buffers)),
        Value::Object(entries) => entries.values().for_each(|value| collect(value, buffers)),
        _ => {}
    }
    if matches!(name(value), "Para" | "Plain" | "Header") {
        buffers.last_mut().into_iter().for_each(|last| last.push(' '));
    }
}
