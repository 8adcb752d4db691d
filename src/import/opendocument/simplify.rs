//! Replaces every element that pandoc does not read by its content, and takes out what is not part of the text.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::super::outer_text::{EMBEDDED, FORM, HIDDEN, OuterText, PICTURE_LINK, unescape_words};
use super::super::xml::{attribute, each_event};
use super::elements::{Content, READ, READ_EMPTY, SHAPES, taken};
use super::marks::{Mark, Remark};
use super::words::words;

/// The maximum number of cells that all repeated cells of a text become.
const MAX_REPEATED: usize = 10_000;

/// The maximum length of a repeated cell's content. A longer one is followed by empty cells.
const MAX_REPEATED_BYTES: usize = 500;

/// A simplified text.
#[derive(Default)]
pub(super) struct SimpleText {
    pub(super) xml: String,
    pub(super) outer_texts: Vec<OuterText>,
    /// Comments and tracked changes, by the numbers of their marks.
    pub(super) remarks: Vec<Remark>,
    /// The number of contents and indexes left out.
    pub(super) indexes: usize,
}

/// Simplifies the part with the text; `None` if it cannot be read.
pub(super) fn simplify(xml: &str, hidden_styles: &BTreeSet<String>) -> Option<SimpleText> {
    let mut writer = Writer::new(hidden_styles);
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => writer.start(tag.name().as_ref(), raw),
            Event::Empty(tag) => writer.empty(tag.name().as_ref(), raw),
            Event::End(_) => writer.end(raw),
            _ => writer.text.xml.push_str(raw),
        }
        Some(())
    })?;
    Some(writer.text)
}

/// What happens at the end of an open element.
enum End {
    /// Its tag is written.
    Keep,
    /// Its tag is left out.
    Unwrap,
    /// Another tag is written.
    Replace(&'static str),
    /// A paragraph ends; whether it is hidden.
    Paragraph(bool),
    /// A cell ends, which occurs this many times.
    Cell(usize),
    /// The content is taken out.
    Take(Content),
}

struct Writer<'s> {
    text: SimpleText,
    hidden_styles: &'s BTreeSet<String>,
    /// The open elements, each with the length of the output before its content.
    open: Vec<(End, usize)>,
    /// The number of open elements of the text, with the text itself.
    text_depth: usize,
    paragraphs: usize,
    /// The number of cells that repeated cells may still become.
    repeated_cells_left: usize,
    numbered_paragraphs: usize,
    /// Whether each open frame shows a picture.
    frames: Vec<bool>,
    author: String,
    date: String,
    /// The id of the open tracked change.
    change: String,
    /// Tracked changes by their ids.
    changes: BTreeMap<String, Remark>,
    /// Marks to be written at the beginning of the next paragraph.
    pending_marks: String,
}

impl<'s> Writer<'s> {
    fn new(hidden_styles: &'s BTreeSet<String>) -> Writer<'s> {
        Writer {
            text: SimpleText::default(),
            hidden_styles,
            open: Vec::new(),
            text_depth: 0,
            paragraphs: 0,
            repeated_cells_left: MAX_REPEATED,
            numbered_paragraphs: 0,
            frames: Vec::new(),
            author: String::new(),
            date: String::new(),
            change: String::new(),
            changes: BTreeMap::new(),
            pending_marks: String::new(),
        }
    }

    fn start(&mut self, element: &str, raw: &str) {
        let is_inside = self.text_depth > 0;
        self.text_depth += usize::from(is_inside || element == "office:text");
        let end = if is_inside { self.plan(element, raw) } else { End::Keep };
        match &end {
            End::Keep => self.text.xml.push_str(raw),
            End::Paragraph(_) => {
                self.paragraphs += 1;
                self.text.xml.push_str(raw);
                let marks = std::mem::take(&mut self.pending_marks);
                self.text.xml.push_str(&marks);
            }
            End::Replace(_) => self.text.xml.push_str("<draw:text-box>"),
            // Its attributes say that it is joined with others, which are written as cells of their own.
            End::Cell(_) => self.text.xml.push_str("<table:table-cell>"),
            // Pandoc reads both as the description of a picture.
            End::Unwrap if element == "svg:desc" && !self.text.xml.trim_end().ends_with('>') => {
                self.text.xml.push_str(": ");
            }
            End::Unwrap | End::Take(_) => {}
        }
        self.open.push((end, self.text.xml.len()));
    }

    /// What becomes of an element of the text.
    fn plan(&mut self, element: &str, raw: &str) -> End {
        let has_hidden_style = || attribute(raw, "style-name").is_some_and(|style| self.hidden_styles.contains(style));
        match element {
            "text:p" | "text:h" => End::Paragraph(has_hidden_style()),
            "text:span" if has_hidden_style() => End::Take(Content::Outer(HIDDEN)),
            "text:span" => End::Keep,
            "draw:frame" => {
                self.frames.push(false);
                End::Keep
            }
            "draw:image" => {
                self.frames.last_mut().into_iter().for_each(|frame| *frame = true);
                End::Keep
            }
            "table:table-cell" => End::Cell(self.cells(raw)),
            "text:changed-region" => {
                self.change = attribute(raw, "id").unwrap_or_default().to_owned();
                End::Unwrap
            }
            "text:numbered-paragraph" => {
                self.numbered_paragraphs += 1;
                End::Unwrap
            }
            "text:number" if self.numbered_paragraphs > 0 => End::Unwrap,
            _ if READ.contains(&element) => End::Keep,
            _ if SHAPES.contains(&element) => End::Replace("</draw:text-box>"),
            _ => {
                self.read_attributes(element, raw);
                taken(element, raw, self.frames.last() == Some(&true)).map_or(End::Unwrap, End::Take)
            }
        }
    }

    /// The number of cells that a cell stands for.
    fn cells(&mut self, raw: &str) -> usize {
        let repeated = attribute(raw, "number-columns-repeated").and_then(|count| count.parse().ok());
        let more = repeated.unwrap_or(1_usize).saturating_sub(1).min(self.repeated_cells_left);
        self.repeated_cells_left -= more;
        more + 1
    }

    /// Records words and addresses that are attributes.
    fn read_attributes(&mut self, element: &str, raw: &str) {
        let (name, key) = match element {
            "draw:a" => (PICTURE_LINK, "href"),
            "draw:plugin" | "draw:floating-frame" | "draw:applet" => (EMBEDDED, "href"),
            _ if element.starts_with("form:") => (FORM, "label"),
            _ => return,
        };
        self.text.outer_texts.extend(attribute(raw, key).map(|words| OuterText::from_escaped(name, words)));
    }

    fn empty(&mut self, element: &str, raw: &str) {
        if self.text_depth == 0 {
            return self.text.xml.push_str(raw);
        }
        match element {
            "table:table-cell" | "table:covered-table-cell" => {
                let cells = self.cells(raw);
                self.text.xml.push_str(&"<table:table-cell/>".repeat(cells));
            }
            "text:hidden-paragraph" if attribute(raw, "is-hidden") != Some("false") => {
                let paragraph = self.open.iter_mut().rev().find(|(end, _)| matches!(end, End::Paragraph(_)));
                paragraph.into_iter().for_each(|(end, _)| *end = End::Paragraph(true));
            }
            "text:change" | "text:change-start" => self.mark_change(attribute(raw, "change-id").unwrap_or_default()),
            _ if READ_EMPTY.contains(&element) => {
                if element == "draw:image" {
                    self.frames.last_mut().into_iter().for_each(|frame| *frame = true);
                }
                self.text.xml.push_str(raw);
            }
            _ => self.read_attributes(element, raw),
        }
    }

    fn end(&mut self, raw: &str) {
        let Some((end, start)) = self.open.pop() else { return self.text.xml.push_str(raw) };
        if self.text_depth == 1 {
            self.write_unplaced_changes();
        }
        self.text_depth = self.text_depth.saturating_sub(1);
        match end {
            End::Keep => {
                if raw.starts_with("</draw:frame") {
                    self.frames.pop();
                }
                self.text.xml.push_str(raw);
            }
            End::Unwrap => {
                if raw.starts_with("</text:numbered-paragraph") {
                    self.numbered_paragraphs = self.numbered_paragraphs.saturating_sub(1);
                }
            }
            End::Replace(tag) => self.text.xml.push_str(tag),
            End::Paragraph(is_hidden) => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if is_hidden {
                    self.take_out(Content::Outer(HIDDEN), start);
                }
                self.text.xml.push_str(raw);
            }
            End::Cell(count) => {
                self.text.xml.push_str("</table:table-cell>");
                let cell = &self.text.xml[start..];
                let is_short = count > 1 && cell.len() <= MAX_REPEATED_BYTES;
                let more =
                    if is_short { format!("<table:table-cell>{cell}") } else { "<table:table-cell/>".to_owned() };
                self.text.xml += &more.repeat(count - 1);
            }
            End::Take(content) => self.take_out(content, start),
        }
    }

    /// Takes out the content of an element.
    fn take_out(&mut self, content: Content, start: usize) {
        let inside = self.text.xml.split_off(start);
        let words = words(&inside);
        match content {
            Content::Nothing => {}
            Content::Creator => self.author = unescape_words(&words),
            Content::Date => self.date = unescape_words(&words),
            Content::Comment => {
                let remark = self.remark("comment-start", &words);
                self.mark(remark);
            }
            Content::Deletion | Content::Insertion => {
                let is_deletion = matches!(content, Content::Deletion);
                let class = if is_deletion { "deletion" } else { "insertion" };
                let remark = self.remark(class, if is_deletion { &words } else { "" });
                self.changes.insert(std::mem::take(&mut self.change), remark);
            }
            Content::CoveredCell => {
                self.add_outer(HIDDEN, &words);
                self.text.xml.push_str("<table:table-cell/>");
            }
            Content::RubyText if words.is_empty() => {}
            Content::RubyText => self.text.xml.push_str(&format!(" ({words})")),
            Content::Index => self.text.indexes += 1,
            Content::Outer(name) => self.add_outer(name, &words),
        }
    }

    fn add_outer(&mut self, name: &'static str, words: &str) {
        if !words.is_empty() {
            self.text.outer_texts.push(OuterText::from_escaped(name, words));
        }
    }

    fn remark(&mut self, class: &'static str, words: &str) -> Remark {
        let (author, date) = (std::mem::take(&mut self.author), std::mem::take(&mut self.date));
        Remark { class, author, date, words: unescape_words(words) }
    }

    /// Marks the place of a remark, or of the next paragraph.
    fn mark(&mut self, remark: Remark) {
        let mark = Mark::Remark(self.text.remarks.len()).text();
        self.text.remarks.push(remark);
        if self.paragraphs > 0 { self.text.xml.push_str(&mark) } else { self.pending_marks.push_str(&mark) }
    }

    fn mark_change(&mut self, id: &str) {
        if let Some(remark) = self.changes.remove(id) {
            self.mark(remark);
        }
    }

    /// Writes the changes whose places are not in the text.
    fn write_unplaced_changes(&mut self) {
        let left: Vec<Remark> = std::mem::take(&mut self.changes).into_values().collect();
        left.into_iter().filter(|remark| !remark.words.is_empty()).for_each(|remark| self.mark(remark));
        if !self.pending_marks.is_empty() {
            let marks = std::mem::take(&mut self.pending_marks);
            self.text.xml.push_str(&format!("<text:p>{marks}</text:p>"));
        }
    }
}
