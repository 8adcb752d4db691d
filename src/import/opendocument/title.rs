//! The title of an OpenDocument text.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::super::outer_text::unescape_words;
use super::super::xml::{attribute, each_event};
use super::words::without_marks;

/// The style of titles; programs translate only the name that they show.
const TITLE: &str = "Title";

/// The words of the first paragraph with words, if it is in the style *Title* or in one based on it.
pub(super) fn title_paragraph(xml: &str) -> Option<String> {
    let mut title_styles = BTreeSet::from([TITLE.to_owned()]);
    let (mut style, mut words, mut title) = (None, String::new(), None);
    // The reading ends with the first paragraph that has words.
    let _ = each_event(xml, |event, raw| {
        match event {
            Event::Start(tag) | Event::Empty(tag)
                if tag.name().as_ref() == "style:style"
                    && attribute(raw, "parent-style-name").is_some_and(|parent| title_styles.contains(parent)) =>
            {
                title_styles.extend(attribute(raw, "name").map(str::to_owned));
            }
            Event::Start(tag) if matches!(tag.name().as_ref(), "text:p" | "text:h") => {
                style = attribute(raw, "style-name").map(str::to_owned);
            }
            Event::End(tag) if matches!(tag.name().as_ref(), "text:p" | "text:h") => {
                let text = unescape_words(&without_marks(&words));
                if !text.is_empty() {
                    title = style.take().filter(|style| title_styles.contains(style)).map(|_| text);
                    return None;
                }
            }
            Event::Text(_) | Event::GeneralRef(_) => words.push_str(raw),
            _ => {}
        }
        Some(())
    });
    title
}

/// The title in the properties of a text.
pub(super) fn title_property(meta: &str) -> Option<String> {
    let (mut words, mut is_inside) = (String::new(), false);
    // The reading ends with the title.
    let _ = each_event(meta, |event, raw| {
        match event {
            Event::Start(tag) if tag.name().as_ref() == "dc:title" => is_inside = true,
            Event::End(tag) if tag.name().as_ref() == "dc:title" => return None,
            Event::Text(_) | Event::GeneralRef(_) if is_inside => words.push_str(raw),
            _ => {}
        }
        Some(())
    });
    Some(unescape_words(&words)).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_paragraph_is_a_title() {
        let text = |body: &str| {
            format!(
                "<o><s><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/></s><office:text>{body}</office:text></o>"
            )
        };
        let title = "<text:p text:style-name=\"P1\">R&amp;D <text:span>keys</text:span></text:p>";
        for (body, expected) in [
            (title.to_owned(), Some("R&D keys")),
            (format!("<text:p/><text:p> </text:p>{title}"), Some("R&D keys")),
            (title.replace("P1", "Title"), Some("R&D keys")),
            (title.replace("P1", "P2"), None),
            (format!("<text:h>Scope</text:h>{title}"), None),
        ] {
            assert_eq!(title_paragraph(&text(&body)).as_deref(), expected, "{body}");
        }
        assert_eq!(title_property("<m><dc:title>A &amp; B</dc:title></m>").as_deref(), Some("A & B"));
        assert_eq!(
            title_property("<m><dc:title xml:lang=\"de\">A &amp; B</dc:title><x>C</x></m>").as_deref(),
            Some("A & B")
        );
        assert_eq!(title_property("<m><dc:title></dc:title><x>C</x></m>"), None);
        assert_eq!(title_property("<m><dc:title/><x>C</x></m>"), None);
    }
}
