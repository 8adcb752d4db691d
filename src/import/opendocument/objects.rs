//! Objects that a text embeds, such as charts and spreadsheets, which pandoc drops. It reads formulas.

use super::super::archive::Archive;
use super::super::outer_text::{CHART, EMBEDDED, OuterText};
use super::super::xml::each_tag;
use super::CONTENT;
use super::words::words;

/// The words of all embedded objects.
pub(super) fn texts(archive: &mut Archive) -> Vec<OuterText> {
    let names = archive.names();
    let parts = names.iter().filter(|name| name.strip_suffix(CONTENT).is_some_and(|folder| folder.ends_with('/')));
    parts.filter_map(|part| object(&archive.text(part)?)).collect()
}

/// The words of an object that is not a formula.
fn object(xml: &str) -> Option<OuterText> {
    let (mut is_formula, mut is_chart) = (false, false);
    each_tag(xml, |element, _| {
        is_formula |= element == "math";
        is_chart |= element == "chart";
    });
    if is_formula {
        return None;
    }
    let body = xml.find("<office:body").map_or(xml, |at| &xml[at..]);
    let body = body.find("</office:body>").map_or(body, |end| &body[..end + "</office:body>".len()]);
    let text = OuterText::from_escaped(if is_chart { CHART } else { EMBEDDED }, &words(body));
    Some(if text.words.is_empty() { OuterText { words: "without words".to_owned(), ..text } } else { text })
}
