//! Bold, italic and struck-out words whose Markdown delimiters would not work in their position: `**Owner:**Jane` is
//! written with HTML tags.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::tree::{Node, content, list, name, node};

/// The node names of such words, each with its tag.
const TAGS: [(&str, &str); 3] = [("Strong", "strong"), ("Emph", "em"), ("Strikeout", "del")];

/// Rewrites adjacent inlines so that all delimiters work.
pub(super) fn normalize_emphasis(inlines: &[Node]) -> Cow<'_, [Node]> {
    if inlines.iter().all(|inline| tag(inline).is_none()) {
        return Cow::Borrowed(inlines);
    }
    let mut separated = Vec::with_capacity(inlines.len());
    for inline in inlines {
        if tag(inline).is_some() { move_spaces_out(inline, &mut separated) } else { separated.push(inline.clone()) }
    }
    let mut out = Vec::with_capacity(separated.len());
    for (at, inline) in separated.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &separated[before]);
        match tag(inline).filter(|_| !can_delimit(before, inline, separated.get(at + 1))) {
            Some(tag) => {
                out.push(raw(format!("<{tag}>")));
                out.extend(list(content(inline)).iter().cloned());
                out.push(raw(format!("</{tag}>")));
            }
            None => out.push(inline.clone()),
        }
    }
    Cow::Owned(out)
}

fn tag(inline: &Node) -> Option<&'static str> {
    TAGS.iter().find(|(kind, _)| *kind == name(inline)).map(|(_, tag)| *tag)
}

fn raw(html: String) -> Node {
    json!({"t": "RawInline", "c": ["html", html]})
}

/// Moves spaces and breaks at the ends of emphasized words, including no-break spaces, outside the delimiters.
fn move_spaces_out(inline: &Node, out: &mut Vec<Node>) {
    let is_space = |word: &Node| matches!(name(word), "Space" | "SoftBreak" | "LineBreak");
    let all = list(content(inline));
    let first = all.iter().position(|word| !is_space(word)).unwrap_or(all.len());
    let end = all.iter().rposition(|word| !is_space(word)).map_or(all.len(), |last| last + 1);
    let mut words = all[first..end].to_vec();
    out.extend_from_slice(&all[..first]);
    let (mut before, mut after) = (String::new(), String::new());
    if let Some(first) = words.first_mut() {
        let text = text(first).to_owned();
        let rest = text.trim_start();
        before.push_str(&text[..text.len() - rest.len()]);
        if !before.is_empty() {
            *first = json!({"t": "Str", "c": rest});
        }
    }
    if let Some(last) = words.last_mut() {
        let text = text(last).to_owned();
        let rest = text.trim_end();
        after.push_str(&text[rest.len()..]);
        if !after.is_empty() {
            *last = json!({"t": "Str", "c": rest});
        }
    }
    words.retain(|word| name(word) != "Str" || !text(word).is_empty());
    let space = |space: String| (!space.is_empty()).then(|| json!({"t": "Str", "c": space}));
    out.extend(space(before));
    out.extend((!words.is_empty()).then(|| node(name(inline), Value::Array(words))));
    out.extend(space(after));
    out.extend_from_slice(&all[end..]);
}

/// The text of a word, or an empty string for other nodes.
fn text(word: &Node) -> &str {
    content(word).as_str().filter(|_| name(word) == "Str").unwrap_or_default()
}

/// Whether the delimiters around words work between their neighbours according to CommonMark.
fn can_delimit(before: Option<&Node>, inline: &Node, after: Option<&Node>) -> bool {
    let is_beside_signs = |other: Option<&Node>| other.is_some_and(|other| tag(other).is_some());
    let outside = |other: Option<&Node>, end: End| other.map_or(CharacterClass::Space, |other| class_at(other, end));
    let can_be = |inside: CharacterClass, outside: CharacterClass| match inside {
        CharacterClass::Space => false,
        CharacterClass::Punctuation => outside != CharacterClass::Letter,
        CharacterClass::Letter => true,
    };
    let inside = |end: End| {
        let words = list(content(inline));
        let word = if end == End::First { words.first() } else { words.last() };
        word.map_or(CharacterClass::Space, |word| class_at(word, end))
    };
    !is_beside_signs(before)
        && !is_beside_signs(after)
        && can_be(inside(End::First), outside(before, End::Last))
        && can_be(inside(End::Last), outside(after, End::First))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// The class of a character next to a delimiter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharacterClass {
    Space,
    Punctuation,
    Letter,
}

/// The class of the character at an end of an inline.
fn class_at(inline: &Node, end: End) -> CharacterClass {
    match name(inline) {
        "Str" => {
            let mut letters = content(inline).as_str().unwrap_or_default().chars();
            match if end == End::First { letters.next() } else { letters.next_back() } {
                Some(c) if c.is_whitespace() => CharacterClass::Space,
                Some(c) if c.is_alphanumeric() => CharacterClass::Letter,
                Some(_) => CharacterClass::Punctuation,
                None => CharacterClass::Space,
            }
        }
        "Space" | "SoftBreak" | "LineBreak" => CharacterClass::Space,
        "Strong" | "Emph" => {
            let words = list(content(inline));
            let word = if end == End::First { words.first() } else { words.last() };
            word.map_or(CharacterClass::Space, |word| class_at(word, end))
        }
        _ => CharacterClass::Punctuation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Node {
        json!({"t": "Str", "c": text})
    }

    fn bold(inside: &str) -> Node {
        node("Strong", json!([word(inside)]))
    }

    #[test]
    fn words_get_tags_only_where_signs_would_be_text() {
        let tagged = |inside: &str| vec![raw("<strong>".to_owned()), word(inside), raw("</strong>".to_owned())];
        let join = |before: &[Node], after: &[Node]| [before, after].concat();
        for (inlines, expected) in [
            (vec![bold("Owner:"), word("Jane")], join(&tagged("Owner:"), &[word("Jane")])),
            (vec![bold("Owner:\u{a0}"), word("Jane")], vec![bold("Owner:"), word("\u{a0}"), word("Jane")]),
            (vec![word("a"), bold("(b)")], join(&[word("a")], &tagged("(b)"))),
            (vec![bold("a"), node("Emph", json!([word("b")]))], join(&tagged("a"), &tagged_em("b"))),
            (vec![bold("\u{a0}")], vec![word("\u{a0}")]),
            (
                vec![node("Strong", json!([word("Owner:"), {"t": "LineBreak"}])), word("Jane")],
                vec![bold("Owner:"), json!({"t": "LineBreak"}), word("Jane")],
            ),
            (vec![node("Strong", json!([{"t": "LineBreak"}]))], vec![json!({"t": "LineBreak"})]),
        ] {
            assert_eq!(normalize_emphasis(&inlines).into_owned(), expected);
        }
        for inlines in [
            vec![bold("Owner:"), json!({"t": "Space"}), word("Jane")],
            vec![word("a"), bold("b"), word("c")],
            vec![word("("), bold("b."), word(")")],
            vec![bold("b.")],
        ] {
            assert_eq!(normalize_emphasis(&inlines).into_owned(), inlines);
        }
    }

    fn tagged_em(inside: &str) -> Vec<Node> {
        vec![raw("<em>".to_owned()), word(inside), raw("</em>".to_owned())]
    }
}
