//! Words of a Word file or OpenDocument text that are outside its running text: headers, footers, watermarks, charts and the like.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::archive::Archive;
use super::xml::attribute;

/// What a header is called in remarks.
pub(super) const HEADER: &str = "Header";
/// What a footer is called in remarks.
pub(super) const FOOTER: &str = "Footer";
/// What a diagram is called in remarks.
pub(super) const DIAGRAM: &str = "Diagram";
/// What a chart is called in remarks.
pub(super) const CHART: &str = "Chart";
/// What words drawn across a page are called in remarks.
pub(super) const WATERMARK: &str = "Watermark";
/// What words that nobody sees are called in remarks.
pub(super) const HIDDEN: &str = "Hidden text";
/// What words in a field that nobody has filled in are called in remarks.
pub(super) const PLACEHOLDER: &str = "Placeholder";
/// What words in the numbers of a list are called in remarks.
pub(super) const LABEL: &str = "Label of a numbered list";
/// What is said of a drawing is called so in remarks.
pub(super) const DESCRIPTION: &str = "Description of a drawing";
/// What a file within a text is called in remarks.
pub(super) const CHUNK: &str = "Inserted file";
/// What is counted, with the word for one and for several.
pub(super) const COUNTED: [(&str, &str, &str); 9] = [
    (HEADER, "header", "headers"),
    (FOOTER, "footer", "footers"),
    (DIAGRAM, "diagram", "diagrams"),
    (CHART, "chart", "charts"),
    (WATERMARK, "watermark", "watermarks"),
    (CHUNK, "inserted file", "inserted files"),
    (HIDDEN, "hidden text", "hidden texts"),
    (PLACEHOLDER, "placeholder", "placeholders"),
    (LABEL, "label of a numbered list", "labels of numbered lists"),
];

/// Words outside of the running text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    /// What it is called in remarks.
    pub(super) name: &'static str,
    /// Its words, with a semicolon between paragraphs.
    pub(super) words: String,
}

impl Edge {
    /// One whose words are escaped as in the file.
    pub(super) fn escaped(name: &'static str, words: &str) -> Edge {
        Edge { name, words: plain(words) }
    }

    /// The remark that keeps it.
    pub(super) fn remark(&self) -> String {
        format!("{}: {}", self.name, self.words)
    }
}

/// Headers, footers and the like with words in them, and all charts; those that say the same once.
pub(super) fn edges(archive: &mut Archive) -> Vec<Edge> {
    let mut edges = Vec::new();
    for part in archive.names().into_iter().filter(|name| is_edge(name)) {
        edges.extend(read(&archive.text(&part).unwrap_or_default()));
    }
    let mut seen = BTreeSet::new();
    edges.retain(|edge: &Edge| seen.insert(edge.clone()));
    edges
}

/// Whether a part may hold them: a header, footer, diagram or chart of Word, or the styles of an OpenDocument text.
fn is_edge(part: &str) -> bool {
    let starts = ["word/header", "word/footer", "word/diagrams/data", "word/charts/chart"];
    (starts.iter().any(|start| part.starts_with(start)) && part.ends_with(".xml")) || part == "styles.xml"
}

/// What an element is that words of this kind are in.
fn kind(element: &str) -> Option<&'static str> {
    match element {
        "hdr" | "header" | "header-left" | "header-first" => Some(HEADER),
        "ftr" | "footer" | "footer-left" | "footer-first" => Some(FOOTER),
        "dataModel" => Some(DIAGRAM),
        "chartSpace" => Some(CHART),
        _ => None,
    }
}

/// The headers, footers and the like of a part, as far as it can be read.
fn read(xml: &str) -> Vec<Edge> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut done) = (Finder::default(), 0);
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let raw = xml.get(done..end).unwrap_or_default();
        done = end;
        match event {
            Ok(Event::Start(tag)) => found.start(tag.local_name().as_ref(), raw),
            Ok(Event::End(tag)) => found.end(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => found.empty(tag.local_name().as_ref(), raw),
            Ok(Event::Text(text)) => found.text(&text),
            Ok(Event::GeneralRef(name)) => found.text(&format!("&{};", &*name)),
            Ok(Event::Eof) | Err(_) => return found.edges,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Finder {
    edges: Vec<Edge>,
    /// What is open, with the element that it began with.
    open: Option<(&'static str, String)>,
    /// Its paragraphs, the last one still growing; as in the file, escapes included.
    paragraphs: Vec<String>,
    /// How many elements are open in which text is what readers see.
    texts: usize,
    /// How many elements are open that repeat a drawing for old programs.
    fallbacks: usize,
}

impl Finder {
    fn start(&mut self, element: &str, raw: &str) {
        self.draw(element, raw);
        if let (None, Some(name)) = (&self.open, kind(element)) {
            self.open = Some((name, element.to_owned()));
        }
        match element {
            "p" | "h" | "pt" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks += 1,
            _ => {}
        }
        self.texts += usize::from(self.is_text(element));
    }

    fn end(&mut self, element: &str) {
        self.texts = self.texts.saturating_sub(usize::from(self.is_text(element)));
        match element {
            "p" | "h" | "pt" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ => {}
        }
        if let Some((name, _)) = self.open.take_if(|(_, began)| began == element) {
            self.close(name);
        }
    }

    fn empty(&mut self, element: &str, raw: &str) {
        self.draw(element, raw);
        if matches!(element, "tab" | "br" | "cr" | "s" | "line-break") {
            self.push(" ");
        }
    }

    /// Keeps words that are drawn.
    fn draw(&mut self, element: &str, raw: &str) {
        let words = attribute(raw, "string").filter(|_| element == "textpath");
        self.edges.extend(words.map(|words| Edge::escaped(WATERMARK, words)));
    }

    fn text(&mut self, text: &str) {
        if self.texts > 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.fallbacks == 0 && self.open.is_some() {
            self.paragraphs.last_mut().into_iter().for_each(|last| last.push_str(text));
        }
    }

    /// Whether an element holds text that readers see: in OpenDocument a paragraph, in Word a part of one.
    fn is_text(&self, element: &str) -> bool {
        match self.open.as_ref().map(|(_, began)| began.as_str()) {
            Some("hdr" | "ftr" | "dataModel") => element == "t",
            Some("chartSpace") => matches!(element, "t" | "v"),
            _ => matches!(element, "p" | "h"),
        }
    }

    /// Keeps what was open when it says anything.
    fn close(&mut self, name: &'static str) {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let paragraphs = paragraphs.iter().map(|text| plain(text)).filter(|text| !text.is_empty());
        let words = paragraphs.collect::<Vec<_>>().join("; ");
        if words.contains(char::is_alphabetic) {
            self.edges.push(Edge { name, words });
        } else if name == CHART {
            self.edges.push(Edge { name, words: "without words".to_owned() });
        }
    }
}

/// The text that an escaped one stands for, with one space between words.
fn plain(text: &str) -> String {
    let text = unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(xml: &str) -> Vec<String> {
        read(xml).iter().map(Edge::remark).collect()
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
