//! Parses nodes: `A`, `A[words]`, `A{words}:::class`, `A@{ shape: diamond, label: "words" }`.

use super::super::DiagramError;
use super::super::shape::Shape;
use super::excerpt;

/// A parsed node.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ParsedNode<'a> {
    pub(crate) id: &'a str,
    /// The label and the shape, if given.
    pub(crate) words: Option<&'a str>,
    pub(crate) shape: Option<Shape>,
}

/// Delimiters of labels, with the shapes that they stand for; a delimiter comes before any that is its prefix.
const DELIMITERS: [(&str, &str, Shape); 16] = [
    ("(((", ")))", Shape::DoubleCircle),
    ("((", "))", Shape::Circle),
    ("([", "])", Shape::Stadium),
    ("(", ")", Shape::Rounded),
    ("[[", "]]", Shape::Subroutine),
    ("[(", ")]", Shape::Cylinder),
    ("[/", "/]", Shape::LeanRight),
    ("[/", "\\]", Shape::Trapezoid),
    ("[\\", "\\]", Shape::LeanLeft),
    ("[\\", "/]", Shape::Funnel),
    ("[", "]", Shape::Box),
    ("{{", "}}", Shape::Hexagon),
    ("{", "}", Shape::Diamond),
    (">", "]", Shape::Flag),
    ("(-", "-)", Shape::Stadium),
    ("<", ">", Shape::Diamond),
];

/// Parses a node at the start of a text; returns it with the rest of the text.
pub(super) fn parse_node(text: &str, line: u32) -> Result<(ParsedNode<'_>, &str), DiagramError> {
    let (id, rest) = text.split_at(id_length(text));
    if id.is_empty() {
        let message = if text.is_empty() {
            "a node is missing at the end of the line".to_owned()
        } else {
            format!("`{}` is not a node", excerpt(text))
        };
        return Err(
            DiagramError::new(line, message).help("a node is a name, or a name with words: `A[Check the request]`")
        );
    }
    let mut node = ParsedNode { id, words: None, shape: None };
    let mut rest = rest;
    if rest.starts_with(['(', '[', '{', '>']) {
        rest = read_enclosed(&mut node, rest, line)?;
    }
    if let Some(properties) = rest.strip_prefix("@{") {
        rest = read_properties(&mut node, properties, line)?;
    }
    if let Some(class) = rest.strip_prefix(":::") {
        rest = &class[id_length(class)..];
    }
    Ok((node, rest))
}

/// The length of the name at the start of a text, in bytes.
fn id_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match c {
            '-' | '.' => !next.is_some_and(|next| next.is_alphanumeric() || next == '_'),
            ':' => next == Some(':'),
            _ => !(c.is_alphanumeric() || matches!(c, '_' | '/' | '*' | '!' | '?' | '+' | '\'' | '$' | '#')),
        };
        // A name cannot start with the first character of a link.
        if ends || (at == 0 && matches!(c, '-' | '.')) {
            return at;
        }
    }
    text.len()
}

fn read_enclosed<'a>(node: &mut ParsedNode<'a>, text: &'a str, line: u32) -> Result<&'a str, DiagramError> {
    // If several shapes have the same opening delimiter, the one whose closing delimiter comes first applies.
    let ways = DELIMITERS.iter().filter(|(open, ..)| text.starts_with(open));
    let longest = ways.clone().map(|(open, ..)| open.len()).max().unwrap_or(0);
    let fitting = ways.clone().filter(|(open, ..)| open.len() == longest);
    let ends = fitting.filter_map(|(open, close, shape)| {
        let content = &text[open.len()..];
        closing_position(content, close).map(|end| (end, close.len(), content, *shape))
    });
    let Some((end, close, content, shape)) = ends.min_by_key(|(end, ..)| *end) else {
        let close = ways.map(|(_, close, _)| *close).next().unwrap_or("]");
        let message = format!("the label of `{}` is never closed", node.id);
        return Err(DiagramError::new(line, message).help(match close {
            "]" | "]]" => "close them with `]`",
            _ => "close them with the sign that belongs to their opening; put words that have brackets in quotes",
        }));
    };
    (node.words, node.shape) = (Some(&content[..end]), Some(shape));
    Ok(&content[end + close..])
}

/// The position of the closing delimiter, after a quoted label if there is one.
fn closing_position(content: &str, close: &str) -> Option<usize> {
    let lead = content.len() - content.trim_start().len();
    let from = match content[lead..].strip_prefix('"') {
        Some(quoted) => lead + 1 + quoted.find('"')? + 1,
        None => 0,
    };
    Some(from + content[from..].find(close)?)
}

/// Parses `shape: diamond, label: "words" }`.
fn read_properties<'a>(node: &mut ParsedNode<'a>, content: &'a str, line: u32) -> Result<&'a str, DiagramError> {
    let mut quoted = false;
    let end = content.find(|c| {
        quoted ^= c == '"';
        c == '}' && !quoted
    });
    let Some(end) = end else {
        return Err(DiagramError::new(line, format!("the attributes of `{}` are never closed", node.id))
            .help("close it with `}`"));
    };
    let mut quoted = false;
    let properties = content[..end].split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    for (key, value) in properties.filter_map(|property| property.split_once(':')) {
        match (key.trim(), value.trim()) {
            ("label", words) => node.words = Some(words),
            ("shape", name) => {
                let unknown = || DiagramError::new(line, format!("the shape `{}` is not drawn", excerpt(name)));
                node.shape = Some(Shape::from_name(name.trim_matches('"')).ok_or_else(unknown)?);
            }
            _ => {}
        }
    }
    Ok(&content[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> (&str, Option<&str>, Option<Shape>, &str) {
        let (written, rest) = parse_node(text, 0).unwrap();
        (written.id, written.words, written.shape, rest)
    }

    #[test]
    fn each_way_to_enclose_words_is_a_shape() {
        for (open, close, shape) in &DELIMITERS[..14] {
            let text = format!("A-1{open}some words{close}:::late --> B");
            assert_eq!(words(&text), ("A-1", Some("some words"), Some(*shape), " --> B"), "{text}");
        }
    }

    #[test]
    fn quoted_text_may_contain_terminators() {
        assert_eq!(words("A[\"P1 (major) [x]\"]-->B").1, Some("\"P1 (major) [x]\""));
        assert_eq!(words("A@{ shape: diam, label: \"Is it, }?\" } --> B").1, Some("\"Is it, }?\""));
    }

    #[test]
    fn a_name_ends_where_a_link_begins() {
        for text in ["A-->B", "A---B", "A-.->B", "A==>B", "A --> B", "A~~~B", "A<-->B", "A;B"] {
            assert_eq!(words(text).0, "A", "{text}");
        }
        assert_eq!(words("6.1-a/b-->B").0, "6.1-a/b");
        assert_eq!(words("A:::late-night-->B").3, "-->B");
        assert_eq!(words("A[the queue]@{ shape: cyl } --> B").3, " --> B");
    }

    #[test]
    fn unterminated_nodes_are_reported() {
        for text in ["A[words", "A(\"words)", "A@{ shape: x", "", "-->", "A@{ shape: no-such-shape }"] {
            assert!(parse_node(text, 3).is_err_and(|failure| failure.line == 3), "{text}");
        }
    }
}
