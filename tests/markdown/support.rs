//! Helpers shared by the tests of the Markdown module.

use clausebook::testing::highlight::Highlighter;
use clausebook::testing::markdown::{Body, Fill, Phrase, Words, parse};
use clausebook::testing::place::{Place, SourceText, Span};

/// Parses a text without front matter.
pub fn parse_body(text: &str) -> Body {
    parse(&SourceText::new("content/x.md", text), 0).body
}

/// The words of a text without front matter.
pub fn words(text: &str) -> Words {
    parse(&SourceText::new("content/x.md", text), 0).words
}

/// The part of a text that a span marks.
pub fn text_at(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

/// The part of an ASCII text that a place marks, on its first line.
pub fn marked_text(text: &str, place: &Place) -> String {
    let position = place.position.expect("a position");
    let end = place.end.unwrap_or(position);
    let line = text.lines().nth(position.line as usize - 1).unwrap_or_default();
    let length = if end.line == position.line { (end.column - position.column) as usize } else { line.len() };
    line.chars().skip(position.column as usize - 1).take(length).collect()
}

/// The HTML with its gaps filled: links as `<a href>` and images as `<img src>`.
pub fn render(body: &Body) -> String {
    render_with(body, &str::to_owned)
}

/// The HTML with its gaps filled, where `target` maps the target of a link or an image.
pub fn render_with(body: &Body, target: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let (link, escaped) = (|number: u32| &body.links[number as usize], escape);
    body.html.render(&mut out, |out, fill| match fill {
        Fill::LinkOpen(number) => {
            *out += &format!("<a href=\"{}\"{}>", escaped(&target(&link(number).target)), title(&link(number).title));
        }
        Fill::LinkText(number) => *out += &format!("(title of {})", escaped(&link(number).target)),
        Fill::LinkClose(_) | Fill::MentionClose(_) => *out += "</a>",
        Fill::Image(number) => {
            let image = link(number);
            let (source, text) = (escaped(&target(&image.target)), escaped(&image.text));
            *out += &format!("<img src=\"{source}\" alt=\"{text}\"{}", title(&image.title));
            for (name, length) in [("width", &image.size.width), ("height", &image.size.height)] {
                *out += &length.as_ref().map_or_else(String::new, |length| format!(" {name}=\"{length}\""));
            }
            *out += ">";
        }
        Fill::MentionOpen(number) => {
            let clause = format!("clause {}", body.mentions[number as usize].clause);
            *out += &format!("<a href=\"{}\">", target(&clause));
        }
        Fill::Code(number) => body.code[number as usize].write_html(out, &Highlighter::default(), &Phrase::english),
        Fill::Phrase(phrase) => *out += phrase.english(),
        Fill::AnchorPrefix | Fill::NamePrefix | Fill::Claims(_) => {}
    });
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

fn title(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) }
}
