//! What pandoc leaves out of a web page, put where it reads it: the words in fields of forms, and names of places.

use std::ops::Range;

use crate::html::{Tag, Token, token_at};

/// Kinds of fields whose value is not shown.
const HIDDEN: [&str; 5] = ["hidden", "password", "file", "image", "color"];
/// Elements whose name is lost, and whose words may have it.
const OF_WORDS: [&str; 8] = ["p", "dt", "dd", "caption", "figcaption", "legend", "summary", "address"];
/// Elements whose name is lost, and that something may stand before.
const OF_BLOCKS: [&str; 10] =
    ["ul", "ol", "dl", "blockquote", "figure", "form", "fieldset", "details", "article", "aside"];

/// How much of a page is searched for its encoding, in bytes.
const HEAD: usize = 2048;

/// The encoding that a page names, in lower case.
pub(super) fn charset(page: &[u8]) -> Option<String> {
    let head: String = page.iter().take(HEAD).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    // Forms, scripts and links have an attribute of this name, too.
    let metas = head.split("<meta").skip(1).filter_map(|tag| tag.split('>').next());
    let (_, named) = metas.filter_map(|tag| tag.split_once("charset")).next()?;
    let named = named.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name: String = named.chars().take_while(|letter| is_name(*letter)).collect();
    (!name.is_empty()).then_some(name)
}

/// A page with all of that where pandoc reads it; nothing when there is none.
pub(super) fn unfold(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let (mut at, mut done) = (0, 0);
    while at < html.len() {
        let (range, shown) = match token_at(html, at) {
            // Words of several choices are apart.
            Token::Close(tag) if is(html, &tag, "option") => {
                (tag.range.clone(), Some(format!("{} ", &html[tag.range])))
            }
            // Pandoc cuts rows to the columns that a table declares.
            Token::Open(tag) | Token::Close(tag) if is_column(html, &tag) => (tag.range, Some(String::new())),
            Token::Open(tag) => opened(html, tag),
            Token::Close(tag) => (tag.range, None),
            Token::Text(range) | Token::Comment { range, .. } | Token::Declaration(range) => (range, None),
        };
        at = range.end.max(at + 1);
        if let Some(shown) = shown {
            out += &html[done..range.start];
            out += &shown;
            done = range.end;
        }
    }
    out += &html[done..];
    (done > 0).then_some(out)
}

fn is(html: &str, tag: &Tag, name: &str) -> bool {
    html[tag.name.clone()].eq_ignore_ascii_case(name)
}

fn is_column(html: &str, tag: &Tag) -> bool {
    is(html, tag, "col") || is(html, tag, "colgroup")
}

/// How far an opening tag reaches, with all that it holds where that is no markup, and the words that it becomes.
fn opened(html: &str, tag: Tag) -> (Range<usize>, Option<String>) {
    if is(html, &tag, "input") {
        let words = field(html, &tag);
        return (tag.range, words);
    }
    let Some(name) = ["script", "style", "textarea"].into_iter().find(|name| is(html, &tag, name)) else {
        let named = named(html, &tag);
        return (tag.range, named);
    };
    let rest = &html[tag.range.end..];
    let is_end = |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    let length = rest.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(rest.len());
    let inside = tag.range.end..tag.range.end + length;
    let words = (name == "textarea").then(|| html[inside.clone()].trim().replace('<', "&lt;").replace('\n', "<br>"));
    (tag.range.start..inside.end, words)
}

fn attribute<'h>(html: &'h str, tag: &Tag, name: &str) -> Option<&'h str> {
    let found = tag.attributes.iter().find(|one| html[one.name.clone()].eq_ignore_ascii_case(name));
    found.map(|one| &html[one.value.clone()])
}

/// A tag whose name is lost, with an element that keeps it.
fn named(html: &str, tag: &Tag) -> Option<String> {
    let id = attribute(html, tag, "id").filter(|id| !id.contains(['"', '<', '>']) && !id.is_empty())?;
    let mark = format!("<span id=\"{id}\"></span>");
    let written = &html[tag.range.clone()];
    if OF_WORDS.iter().any(|name| is(html, tag, name)) {
        return Some(format!("{written}{mark}"));
    }
    OF_BLOCKS.iter().any(|name| is(html, tag, name)).then(|| format!("{mark}{written}"))
}

/// What a field shows.
fn field(html: &str, tag: &Tag) -> Option<String> {
    let attribute = |name: &str| attribute(html, tag, name);
    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "checkbox" | "radio" => Some(if attribute("checked").is_some() { "☑ " } else { "☐ " }.to_owned()),
        kind if HIDDEN.contains(&kind) => None,
        _ => attribute("value").filter(|value| !value.trim().is_empty()).map(|value| value.replace('<', "&lt;")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_what_they_show_and_names_of_places_stay() {
        for (html, expected) in [
            ("<p>a <textarea>1 &lt; <b>\n2</TEXTAREA> z", "<p>a 1 &lt; &lt;b><br>2</TEXTAREA> z"),
            ("<input value='a &amp; b'> <INPUT type=submit value=Go>", "a &amp; b Go"),
            ("<input type=checkbox checked> x <input type=radio>", "☑  x ☐ "),
            ("<P ID=a>b", "<P ID=a><span id=\"a\"></span>b"),
            ("<ul id='a'><li id=b>", "<span id=\"a\"></span><ul id='a'><li id=b>"),
            ("<table><colgroup><COL span=2></colgroup><tr>", "<table><tr>"),
            ("<option>a</option><option>b</option>", "<option>a</option> <option>b</option> "),
        ] {
            assert_eq!(unfold(html).as_deref(), Some(expected), "{html}");
        }
        for html in [
            "<p>a</p>",
            "<input type=hidden value=x>",
            "<script>'<input value=x>'</script>",
            "<!-- <input value=x> -->",
        ] {
            assert_eq!(unfold(html), None, "{html}");
        }
    }
}
