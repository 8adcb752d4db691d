//! What a web page shows in the fields of its forms, which pandoc leaves out: made text before it reads the page.

use std::ops::Range;

use crate::html::{Tag, Token, token_at};

/// Kinds of fields whose value is not shown.
const HIDDEN: [&str; 5] = ["hidden", "password", "file", "image", "color"];

/// A page with the words of its fields as words; nothing when there are none, or when it is not UTF-8.
pub(super) fn unfold(page: &[u8]) -> Option<Vec<u8>> {
    let html = std::str::from_utf8(page).ok()?;
    let mut out = String::with_capacity(html.len());
    let (mut at, mut done) = (0, 0);
    while at < html.len() {
        let (range, shown) = match token_at(html, at) {
            Token::Open(tag) => opened(html, tag),
            // Words of several choices are apart.
            Token::Close(tag) if is(html, &tag, "option") => {
                (tag.range.clone(), Some(format!("{} ", &html[tag.range])))
            }
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
    (done > 0).then(|| out.into_bytes())
}

fn is(html: &str, tag: &Tag, name: &str) -> bool {
    html[tag.name.clone()].eq_ignore_ascii_case(name)
}

/// How far an opening tag reaches, with all that it holds where that is no markup, and the words that it becomes.
fn opened(html: &str, tag: Tag) -> (Range<usize>, Option<String>) {
    if is(html, &tag, "input") {
        let words = field(html, &tag);
        return (tag.range, words);
    }
    let Some(name) = ["script", "style", "textarea"].into_iter().find(|name| is(html, &tag, name)) else {
        return (tag.range, None);
    };
    let rest = html[tag.range.end..].to_ascii_lowercase();
    let length = rest.find(&format!("</{name}")).unwrap_or(rest.len());
    let inside = tag.range.end..tag.range.end + length;
    let words = (name == "textarea").then(|| html[inside.clone()].trim().replace('<', "&lt;").replace('\n', "<br>"));
    (tag.range.start..inside.end, words)
}

/// What a field shows.
fn field(html: &str, tag: &Tag) -> Option<String> {
    let attribute = |name: &str| {
        let found = tag.attributes.iter().find(|one| html[one.name.clone()].eq_ignore_ascii_case(name));
        found.map(|one| &html[one.value.clone()])
    };
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
    fn fields_become_what_they_show() {
        let unfolded = |html: &str| unfold(html.as_bytes()).map(|page| String::from_utf8_lossy(&page).into_owned());
        for (html, expected) in [
            ("<p>a <textarea>1 &lt; <b>\n2</TEXTAREA> z", "<p>a 1 &lt; &lt;b><br>2</TEXTAREA> z"),
            ("<input value='a &amp; b'> <INPUT type=submit value=Go>", "a &amp; b Go"),
            ("<input type=checkbox checked> x <input type=radio>", "☑  x ☐ "),
            ("<option>a</option><option>b</option>", "<option>a</option> <option>b</option> "),
        ] {
            assert_eq!(unfolded(html).as_deref(), Some(expected), "{html}");
        }
        for html in [
            "<p>a</p>",
            "<input type=hidden value=x>",
            "<script>'<input value=x>'</script>",
            "<!-- <input value=x> -->",
        ] {
            assert_eq!(unfolded(html), None, "{html}");
        }
    }
}
