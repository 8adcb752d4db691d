//! Words of a Word file or OpenDocument text that are outside its running text: headers, footers, and diagrams made of shapes.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::archive::Archive;

/// What a header is called in remarks.
pub(super) const HEADER: &str = "Header";
/// What a footer is called in remarks.
pub(super) const FOOTER: &str = "Footer";
/// What a diagram is called in remarks.
pub(super) const DIAGRAM: &str = "Diagram";

/// A header, footer or diagram.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    /// What it is called in remarks.
    pub(super) name: &'static str,
    /// Its words, with a semicolon between paragraphs.
    pub(super) words: String,
}

impl Edge {
    /// The remark that keeps it.
    pub(super) fn remark(&self) -> String {
        format!("{}: {}", self.name, self.words)
    }
}

/// Headers, footers and diagrams with words in them; those that say the same once.
pub(super) fn edges(archive: &mut Archive) -> Vec<Edge> {
    let mut edges = Vec::new();
    for part in archive.names().into_iter().filter(|name| is_edge(name)) {
        edges.extend(read(&archive.text(&part).unwrap_or_default()));
    }
    let mut seen = BTreeSet::new();
    edges.retain(|edge: &Edge| seen.insert(edge.clone()));
    edges
}

/// Whether a part may hold them: a header, footer or diagram of Word, or the styles of an OpenDocument text.
fn is_edge(part: &str) -> bool {
    let is_in_word = ["word/header", "word/footer", "word/diagrams/data"].iter().any(|start| part.starts_with(start));
    (is_in_word && part.ends_with(".xml")) || part == "styles.xml"
}

/// What an element is that words of this kind are in.
fn kind(element: &str) -> Option<&'static str> {
    match element {
        "hdr" | "header" | "header-left" | "header-first" => Some(HEADER),
        "ftr" | "footer" | "footer-left" | "footer-first" => Some(FOOTER),
        "dataModel" => Some(DIAGRAM),
        _ => None,
    }
}

/// The headers, footers and diagrams of a part, as far as it can be read.
fn read(xml: &str) -> Vec<Edge> {
    let mut reader = Reader::from_str(xml);
    let mut found = Finder::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => found.start(tag.local_name().as_ref()),
            Ok(Event::End(tag)) => found.end(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => found.empty(tag.local_name().as_ref()),
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
    fn start(&mut self, element: &str) {
        if let (None, Some(name)) = (&self.open, kind(element)) {
            self.open = Some((name, element.to_owned()));
        }
        match element {
            "p" | "h" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks += 1,
            _ => {}
        }
        self.texts += usize::from(self.is_text(element));
    }

    fn end(&mut self, element: &str) {
        self.texts = self.texts.saturating_sub(usize::from(self.is_text(element)));
        match element {
            "p" | "h" => self.paragraphs.push(String::new()),
            "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ => {}
        }
        if let Some((name, _)) = self.open.take_if(|(_, began)| began == element) {
            self.close(name);
        }
    }

    fn empty(&mut self, element: &str) {
        if matches!(element, "tab" | "br" | "cr" | "s" | "line-break") {
            self.push(" ");
        }
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
        let is_word =
            self.open.as_ref().is_some_and(|(_, began)| matches!(began.as_str(), "hdr" | "ftr" | "dataModel"));
        if is_word { element == "t" } else { matches!(element, "p" | "h") }
    }

    /// Keeps what was open when it says anything.
    fn close(&mut self, name: &'static str) {
        let plain = |text: &String| {
            let text = unescape(text).map_or_else(|_| text.clone(), std::borrow::Cow::into_owned);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let paragraphs: Vec<String> = paragraphs.iter().map(plain).filter(|text| !text.is_empty()).collect();
        let words = paragraphs.join("; ");
        if words.contains(char::is_alphabetic) {
            self.edges.push(Edge { name, words });
        }
    }
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
    }
}
