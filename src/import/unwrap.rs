//! Moves content that pandoc would drop to where pandoc reads it.
//!
//! Content controls in tables and other elements around words are replaced by the words. A text box becomes paragraphs
//! after the paragraph that it belongs to. The rest of the file is unchanged.

use quick_xml::events::Event;

use super::grid::Grid;
use super::symbols::{convert_symbols, is_font, symbol};
use super::xml::{attribute, each_event, prefix, run};

/// The maximum nesting depth of text boxes and drawings. A part that exceeds it is left unchanged.
const MAX_DEPTH: usize = 32;

/// A rewritten part.
pub(super) struct UnwrappedPart {
    pub(super) xml: String,
    /// The number of text boxes with words that were moved.
    pub(super) moved_boxes: usize,
    /// The descriptions of drawings that are not pictures.
    pub(super) descriptions: Vec<String>,
}

/// Returns a part with everything moved, or `None` if there is nothing to move or it cannot be read.
pub(super) fn unwrap(xml: &str) -> Option<UnwrappedPart> {
    let mut writer = Writer { out: vec![String::with_capacity(xml.len())], ..Writer::default() };
    each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) => writer.start(tag.local_name().as_ref(), raw),
            Event::End(tag) => writer.end(tag.local_name().as_ref(), raw),
            Event::Empty(tag) => writer.empty(tag.local_name().as_ref(), raw),
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => writer.text(raw),
            _ => writer.write(raw),
        }
        (writer.open_boxes.len().max(writer.alternates.len()) <= MAX_DEPTH).then_some(())
    })?;
    let Writer { mut out, has_changed, moved_boxes: boxes, descriptions: described, .. } = writer;
    (has_changed || !described.is_empty()).then(|| UnwrappedPart {
        xml: out.swap_remove(0),
        moved_boxes: boxes,
        descriptions: described,
    })
}

#[derive(Default)]
struct Writer {
    /// A stack of output: the part itself, then the open text boxes, each inside the one before.
    out: Vec<String>,
    /// The open text boxes: whether each has words, and whether it duplicates another one.
    open_boxes: Vec<OpenTextBox>,
    /// The text boxes that follow each open paragraph.
    pending_boxes: Vec<String>,
    /// Text boxes that do not belong to a paragraph.
    unattached_boxes: String,
    alternates: Vec<Alternate>,
    /// The open tables.
    tables: Vec<Grid>,
    /// The annotation above the words of each open ruby.
    ruby_annotations: Vec<String>,
    /// The description of the open drawing.
    description: Option<String>,
    descriptions: Vec<String>,
    /// The font of the open run, if it is a symbol font.
    font: Option<String>,
    /// The number of open elements that are left out.
    skipped_depth: usize,
    has_changed: bool,
    moved_boxes: usize,
}

struct OpenTextBox {
    has_words: bool,
    is_duplicate: bool,
}

/// A drawing that is present twice: for newer and for older programs.
#[derive(Default)]
struct Alternate {
    has_box: bool,
    is_fallback: bool,
}

impl Writer {
    fn write(&mut self, raw: &str) {
        if self.skipped_depth == 0 {
            self.out.last_mut().into_iter().for_each(|out| out.push_str(raw));
        }
    }

    fn text(&mut self, raw: &str) {
        if let Some(open) = self.open_boxes.last_mut() {
            open.has_words |= !raw.trim().is_empty();
        }
        match &self.font {
            Some(font) => self.replace(&convert_symbols(font, raw)),
            None => self.write(raw),
        }
    }

    fn start(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return;
        }
        match element {
            "txbxContent" | "text-box" => return self.start_box(),
            "sdtPr" | "sdtEndPr" if !self.tables.is_empty() => {
                self.skipped_depth = 1;
                return;
            }
            _ if self.is_unwrapped(element) => {
                self.has_changed = true;
                return;
            }
            "ruby" | "rubyPr" | "rt" | "rubyBase" => return self.start_ruby(element, raw),
            "p" | "h" => {
                self.write_unattached_boxes();
                self.pending_boxes.push(String::new());
            }
            "AlternateContent" => self.alternates.push(Alternate::default()),
            "Fallback" => self.alternates.last_mut().into_iter().for_each(|alternate| alternate.is_fallback = true),
            _ => {}
        }
        self.write(raw);
        self.count(element, raw);
        self.read_description(element, raw);
    }

    /// Reads an empty element.
    fn empty(&mut self, element: &str, raw: &str) {
        match element {
            // It does not declare any columns; a new grid may be written.
            "tblGrid" => self.has_changed = true,
            "cr" => self.replace(&format!("<{}br/>", prefix(raw))),
            "sym" => match symbol(raw) {
                Some(text) => self.replace(&text),
                None => self.write(raw),
            },
            "gridBefore" => {
                self.count(element, raw);
                self.has_changed = true;
            }
            _ => {
                self.write(raw);
                if element != "tbl" {
                    self.count(element, raw);
                }
                self.read_description(element, raw);
            }
        }
    }

    fn replace(&mut self, xml: &str) {
        self.has_changed = true;
        self.write(xml);
    }

    /// Counts the rows, cells and columns of a table.
    fn count(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            return;
        }
        if element == "tbl" {
            self.tables.push(Grid::new(raw, self.output_length()));
        } else if let Some(table) = self.tables.last_mut() {
            table.count(element, raw);
        }
    }

    /// The length of the current output.
    fn output_length(&self) -> usize {
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
        let end = self.output_length();
        self.tables.last_mut().into_iter().for_each(|table| table.set_declaration_end(end));
    }

    fn end(&mut self, element: &str, raw: &str) {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return;
        }
        match element {
            "txbxContent" | "text-box" => return self.end_box(),
            _ if self.is_unwrapped(element) => return,
            "ruby" | "rt" | "rubyBase" => return self.end_ruby(element, raw),
            "drawing" => self.descriptions.extend(self.description.take()),
            "r" | "p" => self.font = None,
            "tbl" => self.end_table(),
            "tblGrid" => self.end_grid(),
            "AlternateContent" => drop(self.alternates.pop()),
            "Fallback" => self.alternates.last_mut().into_iter().for_each(|alternate| alternate.is_fallback = false),
            "text" | "body" => self.write_unattached_boxes(),
            _ => {}
        }
        self.write(raw);
        if element == "trPr" {
            let skipped = self.tables.last_mut().map(Grid::skipped_cells).unwrap_or_default();
            self.write(&skipped);
        }
        if matches!(element, "p" | "h") {
            let boxes = self.pending_boxes.pop().unwrap_or_default();
            self.write(&boxes);
        }
    }

    /// Whether an element is dropped but its content kept. Content controls need this only in tables.
    fn is_unwrapped(&self, element: &str) -> bool {
        matches!(element, "customXml" | "dir" | "bdo")
            || (!self.tables.is_empty() && matches!(element, "sdt" | "sdtContent"))
    }

    /// Reads the description of a drawing, and words that are drawn.
    fn read_description(&mut self, element: &str, raw: &str) {
        match element {
            "r" => self.font = None,
            "rFonts" => {
                let font = attribute(raw, "ascii").or_else(|| attribute(raw, "hAnsi"));
                self.font = font.map(str::to_lowercase).filter(|font| is_font(font));
            }
            "drawing" => self.description = None,
            "docPr" => self.description = attribute(raw, "descr").map(str::to_owned),
            // Pandoc already handles the description of a picture.
            "blip" => self.description = None,
            "textpath" => {
                let is_double = self.alternates.iter().any(|alternate| alternate.is_fallback && alternate.has_box);
                let Some(words) = attribute(raw, "string").filter(|_| !is_double) else { return };
                let paragraph = format!("<w:p>{}</w:p>", run("w:", words));
                self.moved_boxes += 1;
                self.has_changed = true;
                self.pending_boxes.last_mut().unwrap_or(&mut self.unattached_boxes).push_str(&paragraph);
            }
            _ => {}
        }
    }

    /// The words of a ruby are separated from the run around them.
    fn start_ruby(&mut self, element: &str, raw: &str) {
        self.has_changed = true;
        match element {
            "ruby" => self.write(&format!("</{}r>", prefix(raw))),
            "rubyPr" => self.skipped_depth = 1,
            "rt" => self.out.push(String::new()),
            _ => {}
        }
    }

    /// The annotation of a ruby follows its words in brackets.
    fn end_ruby(&mut self, element: &str, raw: &str) {
        let prefix = prefix(raw);
        match element {
            "ruby" => self.write(&format!("<{prefix}r>")),
            "rt" => {
                if self.out.len() > 1 {
                    self.ruby_annotations.extend(self.out.pop());
                }
            }
            _ => {
                if let Some(above) = self.ruby_annotations.pop() {
                    self.write(&format!("{}{above}{}", run(prefix, " ("), run(prefix, ")")));
                }
            }
        }
    }

    fn start_box(&mut self) {
        let is_double = self.alternates.iter().any(|alternate| alternate.is_fallback && alternate.has_box);
        // The content of a choice is repeated in its fallback.
        self.alternates.iter_mut().filter(|one| !one.is_fallback).for_each(|one| one.has_box = true);
        self.open_boxes.push(OpenTextBox { has_words: false, is_duplicate: is_double });
        self.out.push(String::new());
        self.has_changed = true;
    }

    fn end_box(&mut self) {
        let (Some(OpenTextBox { has_words, is_duplicate: is_double }), Some(content)) =
            (self.open_boxes.pop(), self.out.pop())
        else {
            return;
        };
        if !is_double {
            self.moved_boxes += usize::from(has_words);
            self.pending_boxes.last_mut().unwrap_or(&mut self.unattached_boxes).push_str(&content);
        }
    }

    /// Writes the text boxes that do not belong to a paragraph, where paragraphs are allowed.
    fn write_unattached_boxes(&mut self) {
        if self.pending_boxes.is_empty() && self.open_boxes.is_empty() {
            let loose = std::mem::take(&mut self.unattached_boxes);
            self.write(&loose);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwrapped(xml: &str) -> (String, usize) {
        unwrap(xml).map_or_else(|| (xml.to_owned(), 0), |part| (part.xml, part.moved_boxes))
    }

    #[test]
    fn content_controls_are_replaced_by_their_text() {
        for (written, expected) in [
            ("<w:p><w:bdo><w:r>1</w:r></w:bdo></w:p>", "<w:p><w:r>1</w:r></w:p>"),
            (
                "<w:tbl><w:sdt><w:sdtPr><w:id/><w:b>x</w:b></w:sdtPr><w:sdtContent><w:tr/></w:sdtContent></w:sdt></w:tbl>",
                "<w:tbl><w:tr/></w:tbl>",
            ),
            (
                "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
                "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
            ),
            (
                "<w:r><w:ruby><w:rubyPr><w:x/></w:rubyPr><w:rt><w:r>up</w:r></w:rt><w:rubyBase><w:r>base</w:r></w:rubyBase></w:ruby></w:r>",
                "<w:r></w:r><w:r>base</w:r><w:r><w:t> (</w:t></w:r><w:r>up</w:r><w:r><w:t>)</w:t></w:r><w:r></w:r>",
            ),
            (
                "<w:tbl><w:tblGrid><w:gridCol w:w=\"1\"/><w:gridCol w:w=\"1\"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc/></w:tr></w:tbl>",
                "<w:tbl><w:tblGrid><w:gridCol w:w=\"1\"/><w:gridCol w:w=\"1\"/></w:tblGrid><w:tr><w:trPr></w:trPr><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>",
            ),
        ] {
            assert_eq!(unwrapped(written), (expected.to_owned(), 0), "{written}");
        }
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
