//! What the tests of the Markdown room share.

use clausebook::testing::highlight::Highlighter;
use clausebook::testing::markdown::{Body, Fill, Phrase, parse};
use clausebook::testing::place::{Place, SourceText, Span};

/// Parses a text without front matter.
pub fn parsed(text: &str) -> Body {
    parse(&SourceText::new("content/x.md", text), 0)
}

/// The part of a text that a span marks.
pub fn at(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

/// The part of a text of ASCII that a place marks, as far as it stands on the first of its lines.
pub fn marked(text: &str, place: &Place) -> String {
    let position = place.position.expect("a position");
    let end = place.end.unwrap_or(position);
    let line = text.lines().nth(position.line as usize - 1).unwrap_or_default();
    let length = if end.line == position.line { (end.column - position.column) as usize } else { line.len() };
    line.chars().skip(position.column as usize - 1).take(length).collect()
}

/// The HTML with gaps filled so that one can read it: links as `<a href>` and images as `<img src>`.
pub fn shown(body: &Body) -> String {
    let mut out = String::new();
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    body.html.render(&mut out, |out, fill| match fill {
        Fill::LinkOpen(number) => {
            let link = &body.links[number as usize];
            *out += &format!("<a href=\"{}\"{}>", escaped(&link.target), title(&escaped(&link.title)));
        }
        Fill::LinkText(number) => *out += &format!("(title of {})", escaped(&body.links[number as usize].target)),
        Fill::LinkClose(_) => *out += "</a>",
        Fill::Image(number) => {
            let link = &body.links[number as usize];
            let (target, text) = (escaped(&link.target), escaped(&link.text));
            *out += &format!("<img src=\"{target}\" alt=\"{text}\"{}>", title(&escaped(&link.title)));
        }
        Fill::MentionOpen(number) => *out += &format!("<a href=\"clause {}\">", body.mentions[number as usize].clause),
        Fill::MentionClose(_) => *out += "</a>",
        Fill::Code(number) => body.code[number as usize].write_html(out, &Highlighter::default(), &Phrase::english),
        Fill::Phrase(phrase) => *out += phrase.english(),
    });
    out
}

fn title(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{title}\"") }
}
