//! Moves what pandoc would leave out of a file to where pandoc reads it.
//!
//! Fields, content controls in tables and other elements around words give way to the words. A text box becomes paragraphs after
//! the one that it belongs to. The rest of the file stays as it is.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::archive::{Archive, ArchiveError};
use super::bookmarks::{self, prefix};
use super::grid::Grid;
use super::sign::{Boxes, symbol};

/// A file as pandoc shall read it.
#[derive(Debug, Default)]
pub(super) struct Unwrapped {
    /// Its bytes; nothing when they are those of the file.
    pub(super) bytes: Option<Vec<u8>>,
    /// How many text boxes with words were moved.
    pub(super) boxes: usize,
}

/// How deep text boxes and drawings may nest; a part with more of them stays as it is.
const MAX_DEPTH: usize = 32;

/// Parts of a Word file that have running text, without `.xml` and a number.
const PARTS: [&str; 4] = ["word/document", "word/footnotes", "word/endnotes", "word/comments"];

/// Moves everything in a file.
///
/// # Errors
/// When the file cannot be written again.
pub(super) fn unwrap(archive: &mut Archive) -> Result<Unwrapped, ArchiveError> {
    let mut changed = BTreeMap::new();
    let mut boxes = 0;
    for part in archive.names().into_iter().filter(|name| is_text(name)) {
        let Some(text) = archive.text(&part) else { continue };
        let marked = bookmarks::write(&text);
        match unwrap_part(marked.as_deref().unwrap_or(&text)) {
            Some(unwrapped) => {
                boxes += unwrapped.boxes;
                changed.insert(part, unwrapped.xml);
            }
            None => changed.extend(marked.map(|xml| (part, xml))),
        }
    }
    let bytes = if changed.is_empty() { None } else { Some(archive.with(&changed)?) };
    Ok(Unwrapped { bytes, boxes })
}

fn is_text(part: &str) -> bool {
    let stem = part.strip_suffix(".xml").map(|stem| stem.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    stem.is_some_and(|stem| PARTS.contains(&stem)) || part == "content.xml"
}

/// A part as it is written again.
struct Part {
    xml: String,
    boxes: usize,
}

/// A part with everything moved; nothing when there is nothing to move, or it cannot be read.
fn unwrap_part(xml: &str) -> Option<Part> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer { out: vec![String::with_capacity(xml.len())], ..Writer::default() };
    let mut done = 0;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let raw = xml.get(done..end)?;
        done = end;
        match event {
            Event::Start(tag) => writer.start(tag.local_name().as_ref(), raw),
            Event::End(tag) => writer.end(tag.local_name().as_ref(), raw),
            Event::Empty(tag) => writer.empty(tag.local_name().as_ref(), raw),
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => writer.text(raw),
            Event::Eof => break,
            _ => writer.write(raw),
        }
        if writer.open_boxes.len().max(writer.alternates.len()) > MAX_DEPTH {
            return None;
        }
    }
    let Writer { mut out, has_changed, boxes, .. } = writer;
    has_changed.then(|| Part { xml: out.swap_remove(0), boxes })
}

#[derive(Default)]
struct Writer {
    /// What is written; below it the text boxes that are open, each inside the one before.
    out: Vec<String>,
    /// Whether each open text box has words, and whether it says what another one says already.
    open_boxes: Vec<OpenBox>,
    /// For each open paragraph the text boxes that follow it.
    waiting: Vec<String>,
    /// Text boxes that belong to no paragraph.
    loose: String,
    alternates: Vec<Alternate>,
    /// For each open field the name of a run, when it is a link.
    fields: Vec<Option<String>>,
    /// The tables that are open.
    tables: Vec<Grid>,
    boxes_of_forms: Boxes,
    /// How many elements are open that are left out.
    left_out: usize,
    has_changed: bool,
    boxes: usize,
}

struct OpenBox {
    has_words: bool,
    is_double: bool,
}

/// A drawing that is there twice: for new programs and for old ones.
#[derive(Default)]
struct Alternate {
    has_box: bool,
    is_fallback: bool,
}

impl Writer {
    fn write(&mut self, raw: &str) {
        if self.left_out == 0 {
            self.out.last_mut().into_iter().for_each(|out| out.push_str(raw));
        }
    }

    fn text(&mut self, raw: &str) {
        if let Some(open) = self.open_boxes.last_mut() {
            open.has_words |= !raw.trim().is_empty();
        }
        self.write(raw);
    }

    fn start(&mut self, element: &str, raw: &str) {
        if self.left_out > 0 {
            self.left_out += 1;
            return;
        }
        match element {
            "fldSimple" => return self.start_field(raw),
            "txbxContent" | "text-box" => return self.start_box(),
            "sdtPr" | "sdtEndPr" if !self.tables.is_empty() => {
                self.left_out = 1;
                return;
            }
            _ if self.gives_way(element) => {
                self.has_changed = true;
                return;
            }
            "p" | "h" => {
                self.write_loose();
                self.waiting.push(String::new());
            }
            "AlternateContent" => self.alternates.push(Alternate::default()),
            "Fallback" => self.alternates.last_mut().into_iter().for_each(|one| one.is_fallback = true),
            _ => {}
        }
        self.write(raw);
        self.count(element, raw);
        self.boxes_of_forms.read(element, raw);
    }

    /// An element that holds nothing.
    fn empty(&mut self, element: &str, raw: &str) {
        match element {
            "fldSimple" => {}
            // One that declares nothing; another one may be written.
            "tblGrid" => self.has_changed = true,
            "cr" => self.replace(&format!("<{}br/>", prefix(raw))),
            "sym" => match symbol(raw) {
                Some(text) => self.replace(&text),
                None => self.write(raw),
            },
            _ => {
                self.write(raw);
                if element != "tbl" {
                    self.count(element, raw);
                }
                self.boxes_of_forms.read(element, raw);
            }
        }
    }

    fn replace(&mut self, xml: &str) {
        self.has_changed = true;
        self.write(xml);
    }

    /// Counts what a table has.
    fn count(&mut self, element: &str, raw: &str) {
        if self.left_out > 0 {
            return;
        }
        if element == "tbl" {
            self.tables.push(Grid::of(raw, self.written()));
        } else if let Some(table) = self.tables.last_mut() {
            table.count(element, raw);
        }
    }

    /// How much is written.
    fn written(&self) -> usize {
        self.out.last().map_or(0, String::len)
    }

    fn end_table(&mut self) {
        let missing = self.tables.pop().and_then(|table| table.missing());
        if let (Some((at, columns)), Some(out)) = (missing, self.out.last_mut()) {
            out.insert_str(at, &columns);
            self.has_changed = true;
        }
    }

    fn end_grid(&mut self) {
        let end = self.written();
        self.tables.last_mut().into_iter().for_each(|table| table.end(end));
    }

    fn end(&mut self, element: &str, raw: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match element {
            "fldSimple" => return self.end_field(),
            "txbxContent" | "text-box" => return self.end_box(),
            _ if self.gives_way(element) => return,
            "tbl" => self.end_table(),
            "tblGrid" => self.end_grid(),
            "AlternateContent" => drop(self.alternates.pop()),
            "Fallback" => self.alternates.last_mut().into_iter().for_each(|one| one.is_fallback = false),
            "text" | "body" => self.write_loose(),
            _ => {}
        }
        self.write(raw);
        if let Some(shown) = (element == "r").then(|| self.boxes_of_forms.take(raw)).flatten() {
            self.replace(&shown);
        }
        if matches!(element, "p" | "h") {
            let boxes = self.waiting.pop().unwrap_or_default();
            self.write(&boxes);
        }
    }

    /// Whether an element is left out and what it holds is kept. Content controls need that in tables alone.
    fn gives_way(&self, element: &str) -> bool {
        matches!(element, "customXml" | "dir" | "bdo")
            || (!self.tables.is_empty() && matches!(element, "sdt" | "sdtContent"))
    }

    /// A field gives way to its words, a link to the longer form that pandoc reads.
    fn start_field(&mut self, raw: &str) {
        self.has_changed = true;
        let instruction = raw.split_once("instr=").and_then(|(_, rest)| {
            let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            rest[1..].split(quote).next()
        });
        let link = instruction.filter(|instruction| instruction.trim_start().starts_with("HYPERLINK"));
        let prefix = raw.strip_prefix('<').and_then(|tag| tag.split("fldSimple").next()).unwrap_or_default().to_owned();
        if let Some(instruction) = link {
            let word = format!("<{prefix}instrText>{instruction}</{prefix}instrText>");
            let runs = mark(&prefix, "begin") + &run(&prefix, &word) + &mark(&prefix, "separate");
            self.write(&runs);
        }
        self.fields.push(link.map(|_| prefix));
    }

    fn end_field(&mut self) {
        if let Some(prefix) = self.fields.pop().flatten() {
            self.write(&mark(&prefix, "end"));
        }
    }

    fn start_box(&mut self) {
        let is_double = self.alternates.iter().any(|one| one.is_fallback && one.has_box);
        // What stands in a choice says the same again in its fallback.
        self.alternates.iter_mut().filter(|one| !one.is_fallback).for_each(|one| one.has_box = true);
        self.open_boxes.push(OpenBox { has_words: false, is_double });
        self.out.push(String::new());
        self.has_changed = true;
    }

    fn end_box(&mut self) {
        let (Some(OpenBox { has_words, is_double }), Some(inside)) = (self.open_boxes.pop(), self.out.pop()) else {
            return;
        };
        if !is_double {
            self.boxes += usize::from(has_words);
            self.waiting.last_mut().unwrap_or(&mut self.loose).push_str(&inside);
        }
    }

    /// Writes the text boxes that belong to no paragraph, where paragraphs may be.
    fn write_loose(&mut self) {
        if self.waiting.is_empty() && self.open_boxes.is_empty() {
            let loose = std::mem::take(&mut self.loose);
            self.write(&loose);
        }
    }
}

/// A run of a Word file.
fn run(prefix: &str, inside: &str) -> String {
    format!("<{prefix}r>{inside}</{prefix}r>")
}

/// A mark of a field in its long form.
fn mark(prefix: &str, kind: &str) -> String {
    run(prefix, &format!("<{prefix}fldChar {prefix}fldCharType=\"{kind}\"/>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwrapped(xml: &str) -> (String, usize) {
        unwrap_part(xml).map_or_else(|| (xml.to_owned(), 0), |part| (part.xml, part.boxes))
    }

    #[test]
    fn fields_and_controls_give_way_to_their_words() {
        for (written, expected) in [
            ("<w:p><w:fldSimple w:instr=\"DATE\"><w:r>1</w:r></w:fldSimple></w:p>", "<w:p><w:r>1</w:r></w:p>"),
            ("<w:p><w:fldSimple w:instr=\"DATE\"/></w:p>", "<w:p><w:fldSimple w:instr=\"DATE\"/></w:p>"),
            ("<w:p><w:bdo><w:r>1</w:r></w:bdo></w:p>", "<w:p><w:r>1</w:r></w:p>"),
            (
                "<w:tbl><w:sdt><w:sdtPr><w:id/><w:b>x</w:b></w:sdtPr><w:sdtContent><w:tr/></w:sdtContent></w:sdt></w:tbl>",
                "<w:tbl><w:tr/></w:tbl>",
            ),
            (
                "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
                "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
            ),
            ("<w:p><w:fldSimple></w:p>", "<w:p><w:fldSimple></w:p>"),
        ] {
            assert_eq!(unwrapped(written), (expected.to_owned(), 0), "{written}");
        }
        let link = "<w:fldSimple w:instr=' HYPERLINK &quot;a&quot; '><w:r>x</w:r></w:fldSimple>";
        let link = unwrapped(link).0;
        assert!(link.contains("<w:instrText> HYPERLINK &quot;a&quot; </w:instrText>"), "{link}");
        assert!(link.ends_with("<w:r>x</w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"), "{link}");
    }

    #[test]
    fn text_boxes_become_paragraphs_once() {
        let boxed = |inside: &str| format!("<w:txbxContent>{inside}</w:txbxContent>");
        let drawn = |inside: &str| {
            let inside = boxed(inside);
            format!(
                "<mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
            )
        };
        let empty = "<mc:AlternateContent><mc:Choice></mc:Choice><mc:Fallback></mc:Fallback></mc:AlternateContent>";
        assert_eq!(
            unwrapped(&format!("<w:p>a{}b</w:p><w:p>c</w:p>", drawn("<w:p>in</w:p>"))),
            (format!("<w:p>a{empty}b</w:p><w:p>in</w:p><w:p>c</w:p>"), 1)
        );
        let old = format!(
            "<mc:AlternateContent><mc:Choice/><mc:Fallback>{}{}</mc:Fallback></mc:AlternateContent>",
            boxed("<w:p>one</w:p>"),
            boxed("<w:p>two</w:p>")
        );
        let (text, boxes) = unwrapped(&format!("<w:p>{old}</w:p>"));
        assert!(boxes == 2 && text.contains("one") && text.contains("two"), "{text}");
        assert_eq!(
            unwrapped(&format!("<w:p>{}{}</w:p>", boxed("<w:p>one</w:p>"), boxed("<w:p> </w:p>"))),
            ("<w:p></w:p><w:p>one</w:p><w:p> </w:p>".to_owned(), 1)
        );
        let deep = boxed(&format!("<w:p>out{}</w:p>", boxed("<w:p>in</w:p>")));
        assert_eq!(unwrapped(&format!("<w:p>{deep}</w:p>")).0, "<w:p></w:p><w:p>out</w:p><w:p>in</w:p>");
        let page = "<o:text><d:frame><d:text-box><t:p>in</t:p></d:text-box></d:frame><t:p>a</t:p></o:text>";
        let deepest = format!("{}x{}", "<w:txbxContent>".repeat(40_000), "</w:txbxContent>".repeat(40_000));
        assert_eq!(unwrapped(&deepest), (deepest.clone(), 0));
        assert_eq!(unwrapped(page), ("<o:text><d:frame></d:frame><t:p>in</t:p><t:p>a</t:p></o:text>".to_owned(), 1));
    }
}
