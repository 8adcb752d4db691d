//! Whole files that Word includes in a document, which pandoc drops.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::archive::Archive;
use super::comments::read_relationships;
use super::outer_text::{CHUNK, OuterText};
use crate::html::{Token, token_at};

/// The included files, each with its words if these can be read.
pub(super) fn chunks(archive: &mut Archive) -> Vec<OuterText> {
    let inserted = read_relationships(archive, "word/document.xml")
        .into_iter()
        .filter(|relationship| relationship.kind.ends_with("/aFChunk"));
    let parts: Vec<String> = inserted.map(|relationship| relationship.target).collect();
    let edge = |part: String| {
        let name = part.rsplit('/').next().unwrap_or(&part);
        let words = words(archive, &part).split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { name.to_owned() } else { format!("{name}, which says: {words}") };
        OuterText { name: CHUNK, words }
    };
    parts.into_iter().map(edge).collect()
}

/// The words of a file in an archive; empty if its format is not supported.
fn words(archive: &mut Archive, part: &str) -> String {
    let ending = part.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => archive.text(part).map(|html| page_words(&html)).unwrap_or_default(),
        "txt" => archive.text(part).unwrap_or_default(),
        "docx" => {
            let inner = archive.file(part).and_then(|bytes| Archive::open(bytes).ok());
            inner
                .and_then(|mut inner| inner.text("word/document.xml"))
                .map(|xml| word_file_words(&xml))
                .unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The words of a page.
pub(super) fn page_words(html: &str) -> String {
    let mut words = String::new();
    let (mut at, mut is_code) = (0, false);
    while at < html.len() {
        let range = match token_at(html, at) {
            Token::Text(range) if is_code => range,
            Token::Text(range) => {
                words += &crate::html::decode_references(&html[range.clone()]);
                range
            }
            Token::Open(tag) => {
                is_code = ["script", "style"].iter().any(|name| html[tag.name.clone()].eq_ignore_ascii_case(name));
                tag.range
            }
            Token::Close(tag) => {
                is_code = false;
                words.push(' ');
                tag.range
            }
            Token::Comment { range, .. } | Token::Declaration(range) => range,
        };
        at = range.end.max(at + 1);
    }
    words
}

fn word_file_words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut words, mut is_text) = (String::new(), false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => is_text = tag.local_name().as_ref() == "t",
            Event::End(tag) => {
                is_text = false;
                if tag.local_name().as_ref() == "p" {
                    words.push(' ');
                }
            }
            Event::Text(text) if is_text => words += &text,
            Event::GeneralRef(name) if is_text => words += &crate::html::decode_references(&format!("&{};", &*name)),
            Event::Eof => break,
            _ => {}
        }
    }
    words
}
