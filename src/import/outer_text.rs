//! Text outside the body of a Word file or OpenDocument text: headers, footers, watermarks, charts and so on.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::archive::Archive;
use super::xml::attribute;

/// The name of a header in remarks.
pub(super) const HEADER: &str = "Header";
/// The name of a footer in remarks.
pub(super) const FOOTER: &str = "Footer";
/// The name of a diagram in remarks.
pub(super) const DIAGRAM: &str = "Diagram";
/// The name of a chart in remarks.
pub(super) const CHART: &str = "Chart";
/// The name of a watermark in remarks.
pub(super) const WATERMARK: &str = "Watermark";
/// The name of hidden text in remarks.
pub(super) const HIDDEN: &str = "Hidden text";
/// The name of text in an empty field in remarks.
pub(super) const PLACEHOLDER: &str = "Placeholder";
/// The name of words in list numbers in remarks.
pub(super) const LABEL: &str = "Label of a numbered list";
/// The name of a drawing's description in remarks.
pub(super) const DESCRIPTION_NAME: &str = "Description of a drawing";
/// The name of an included file in remarks.
pub(super) const CHUNK: &str = "Inserted file";
/// The name of a formula in remarks.
pub(super) const FORMULA: &str = "Formula";
/// The name of a form's label in remarks.
pub(super) const FORM: &str = "Label of a form";
/// The name of an embedded object or file in remarks.
pub(super) const EMBEDDED: &str = "Embedded object";
/// The name of a link around a picture in remarks.
pub(super) const PICTURE_LINK: &str = "Link of a picture";
/// The name of paragraphs with words that pandoc dropped in remarks.
pub(super) const MISSING: &str = "Paragraph with lost words";
/// Names that are counted, each with its singular and plural.
pub(super) const COUNTED: [(&str, &str, &str); 12] = [
    (HEADER, "header", "headers"),
    (FOOTER, "footer", "footers"),
    (DIAGRAM, "diagram", "diagrams"),
    (CHART, "chart", "charts"),
    (WATERMARK, "watermark", "watermarks"),
    (CHUNK, "inserted file", "inserted files"),
    (HIDDEN, "hidden text", "hidden texts"),
    (PLACEHOLDER, "placeholder", "placeholders"),
    (LABEL, "label of a numbered list", "labels of numbered lists"),
    (FORMULA, "formula", "formulas"),
    (EMBEDDED, "embedded object", "embedded objects"),
    (MISSING, "paragraph with lost words", "paragraphs with lost words"),
];

/// Text outside the body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OuterText {
    /// The name in remarks.
    pub(super) name: &'static str,
    /// The words, with semicolons between paragraphs.
    pub(super) words: String,
}

impl OuterText {
    /// Creates an edge from words that are escaped as in the file.
    pub(super) fn from_escaped(name: &'static str, words: &str) -> OuterText {
        OuterText { name, words: unescape_words(words) }
    }

    /// The remark that preserves it.
    pub(super) fn remark(&self) -> String {
        format!("{}: {}", self.name, self.words)
    }
}

/// Collects headers, footers and so on that contain words, and all charts, without duplicates.
pub(super) fn collect_outer_text(archive: &mut Archive) -> Vec<OuterText> {
    let mut edges = Vec::new();
    for part in archive.names().into_iter().filter(|name| may_have_outer_text(name)) {
        edges.extend(read(&archive.text(&part).unwrap_or_default()));
    }
    let mut seen = BTreeSet::new();
    edges.retain(|edge: &OuterText| seen.insert(edge.clone()));
    edges
}

/// Whether a part may contain edges: a header, footer, diagram or chart of Word, or the styles of an OpenDocument text.
fn may_have_outer_text(part: &str) -> bool {
    let starts = ["word/header", "word/footer", "word/diagrams/data", "word/charts/chart"];
    (starts.iter().any(|start| part.starts_with(start)) && part.ends_with(".xml")) || part == "styles.xml"
}

/// The kind of edge that an element contains.
fn outer_text_name(element: &str) -> Option<&'static str> {
    match element {
        "hdr" | "header" | "header-left" | "header-first" => Some(HEADER),
        "ftr" | "footer" | "footer-left" | "footer-first" => Some(FOOTER),
        "dataModel" => Some(DIAGRAM),
        "chartSpace" => Some(CHART),
        _ => None,
    }
}

/// The headers, footers and so on in a part, as far as it can be read.
fn read(xml: &str) -> Vec<OuterText> {
    let mut reader = Reader::from_str(xml);
    let (mut finder, mut start) = (OuterTextFinder::default(), 0);
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let raw = xml.get(start..end).unwrap_or_default();
        start = end;
        match event {
            Ok(Event::Start(tag)) => finder.start(tag.local_name().as_ref(), raw),
            Ok(Event::End(tag)) => finder.end(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => finder.empty(tag.local_name().as_ref(), raw),
            Ok(Event::Text(text)) => finder.text(&text),
            Ok(Event::GeneralRef(name)) => finder.text(&format!("&{};", &*name)),
            Ok(Event::Eof) | Err(_) => return finder.outer_texts,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct OuterTextFinder {
    outer_texts: Vec<OuterText>,
    /// The open edge, with the element that it began with.
    open: Option<(&'static str, String)>,
    /// The paragraphs so far, escaped as in the file; the last one is incomplete.
    paragraphs: Vec<String>,
    /// The number of open elements with visible text.
    visible_depth: usize,
    /// The number of open elements that repeat a drawing for older programs.
    fallbacks: usize,
}

impl OuterTextFinder {
    fn start(&mut self, element: &str, raw: &str) {
        self.add_drawn_words(element, raw);
        if let (None, Some(name)) = (&self.open, outer_text_name(element)) {
            self.open = Some((name, element.to_owned()));
        }
        match element {
            "p" | "h" | "pt" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks += 1,
            _ => {}
        }
        self.visible_depth += usize::from(self.is_text(element));
    }

    fn end(&mut self, element: &str) {
        self.visible_depth = self.visible_depth.saturating_sub(usize::from(self.is_text(element)));
        match element {
            "p" | "h" | "pt" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ => {}
        }
        if let Some((name, _)) = self.open.take_if(|(_, start_element)| start_element == element) {
            self.close(name);
        }
    }

    fn empty(&mut self, element: &str, raw: &str) {
        self.add_drawn_words(element, raw);
        if matches!(element, "tab" | "br" | "cr" | "s" | "line-break") {
            self.push(" ");
        }
    }

    /// Records words that are drawn.
    fn add_drawn_words(&mut self, element: &str, raw: &str) {
        let words = attribute(raw, "string").filter(|_| element == "textpath");
        self.outer_texts.extend(words.map(|words| OuterText::from_escaped(WATERMARK, words)));
    }

    fn text(&mut self, text: &str) {
        if self.visible_depth > 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.fallbacks == 0 && self.open.is_some() {
            self.paragraphs.last_mut().into_iter().for_each(|last| last.push_str(text));
        }
    }

    /// Whether an element contains visible text: a paragraph in OpenDocument, a part of one in Word.
    fn is_text(&self, element: &str) -> bool {
        match self.open.as_ref().map(|(_, start_element)| start_element.as_str()) {
            Some("hdr" | "ftr" | "dataModel") => element == "t",
            Some("chartSpace") => matches!(element, "t" | "v"),
            _ => matches!(element, "p" | "h"),
        }
    }

    /// Records the open edge if it contains words.
    fn close(&mut self, name: &'static str) {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let paragraphs = paragraphs.iter().map(|text| unescape_words(text)).filter(|text| !text.is_empty());
        let words = paragraphs.collect::<Vec<_>>().join("; ");
        if words.contains(char::is_alphabetic) {
            self.outer_texts.push(OuterText { name, words });
        } else if name == CHART {
            self.outer_texts.push(OuterText { name, words: "without words".to_owned() });
        }
    }
}

/// Unescapes a text, with one space between words.
pub(super) fn unescape_words(text: &str) -> String {
    let text = unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(xml: &str) -> Vec<String> {
        read(xml).iter().map(OuterText::remark).collect()
    }

    #[test]
    fn headers_and_footers_are_their_words() {
        let word = |inside: &str| found(&format!("<w:hdr><w:p>{inside}</w:p></w:hdr>"));
        assert_eq!(word("<w:r><w:t>R&amp;D</w:t><w:tab/><w:t>page</w:t></w:r>"), ["Header: R&D page"]);
        assert_eq!(
            word("<w:r><w:t>in</w:t></w:r><w:r><w:t>ternal</w:t></w:r></w:p><w:p><w:r><w:t>Draft</w:t></w:r>"),
            ["Header: internal; Draft"]
        );
        assert_eq!(word("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>"), Vec::<String>::new());
        let drawn = "<mc:Choice><w:t>Seal</w:t></mc:Choice><mc:Fallback><w:t>Seal</w:t></mc:Fallback>";
        assert_eq!(word(drawn), ["Header: Seal"]);
        let open = "<s><style:header><text:p>Left <text:span>and</text:span></text:p></style:header><style:footer><text:h>End</text:h></style:footer></s>";
        assert_eq!(found(open), ["Header: Left and", "Footer: End"]);
        assert_eq!(found("<w:ftr><w:p><w:r><w:t>cut"), Vec::<String>::new());
        let mark = "<w:r><w:pict><v:shape><v:textpath string=\"TOP &amp; SECRET\"/></v:shape></w:pict></w:r>";
        assert_eq!(word(mark), ["Watermark: TOP & SECRET"]);
        let point = |value: &str| format!("<c:pt><c:v>{value}</c:v></c:pt>");
        let chart = |inside: &str| found(&format!("<c:chartSpace>{inside}</c:chartSpace>"));
        assert_eq!(
            chart(&format!("<a:p><a:r><a:t>Calls</a:t></a:r></a:p>{}{}", point("May"), point("4"))),
            ["Chart: Calls; May; 4"]
        );
        assert_eq!(chart(""), ["Chart: without words"]);
    }
}
