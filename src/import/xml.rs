//! Raw tags in the parts of Word files.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The prefix of a tag's name.
pub(super) fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
    name[..end].rfind(':').map_or("", |at| &name[..=at])
}

/// A Word run with these words.
pub(super) fn run(prefix: &str, words: &str) -> String {
    format!("<{prefix}r><{prefix}t>{words}</{prefix}t></{prefix}r>")
}

/// The raw value of an attribute, unless it is empty.
pub(super) fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let is_whole = tag[..at].ends_with(|c: char| c == ':' || c.is_whitespace());
        let value = tag[at + name.len()..].trim_start().strip_prefix('=').filter(|_| is_whole)?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split(quote).next().filter(|value| !value.is_empty())
    })
}

/// Calls a function with each event and its raw text. Returns `None` if the XML is invalid or the function returns
/// `None`.
pub(super) fn each_event<'x>(xml: &'x str, mut read: impl FnMut(Event<'x>, &'x str) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let mut start = 0;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let raw = xml.get(start..end)?;
        start = end;
        if matches!(event, Event::Eof) {
            return Some(());
        }
        read(event, raw)?;
    }
}

/// Calls a function with the name and raw text of each opening tag, as far as the XML can be parsed.
pub(super) fn each_tag<'x>(xml: &'x str, mut read: impl FnMut(&str, &'x str)) {
    let mut reader = Reader::from_str(xml);
    let mut start = 0;
    while let Ok(event) = reader.read_event() {
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let raw = xml.get(start..end).unwrap_or_default();
        start = end;
        match event {
            Event::Start(tag) | Event::Empty(tag) => read(tag.local_name().as_ref(), raw),
            Event::Eof => break,
            _ => {}
        }
    }
}
