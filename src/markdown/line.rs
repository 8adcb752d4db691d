//! Recognizes texts that fit on a single line of a table or list.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::options::OPTIONS;

/// Whether a text is one paragraph of words, code, emphasis and links only, without headings, lists, tables, images,
/// footnotes or HTML.
pub(crate) fn is_line(text: &str) -> bool {
    let mut events = Parser::new_ext(text, OPTIONS);
    let begins = matches!(events.next(), Some(Event::Start(Tag::Paragraph)));
    let mut within = events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph)));
    begins && within.all(|event| is_inline(&event)) && events.next().is_none()
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. }
            )
        }
        Event::End(_) | Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_contains_no_blocks() {
        for text in ["One", "*One* `two` [three](a.md) [[NC-1]] <https://example.org>", "two\nlines", "~~No~~ 5 < 6"] {
            assert!(is_line(text), "{text}");
        }
        for text in [
            "",
            "# One",
            "- one",
            "1. one",
            "a\n\nb",
            "> a",
            "```\na\n```",
            "![a](b.png)",
            "a<br>b",
            "|a|\n|-|\n|b|",
            "a[^1]\n\n[^1]: b",
        ] {
            assert!(!is_line(text), "{text}");
        }
    }
}
