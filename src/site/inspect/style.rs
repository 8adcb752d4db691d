//! Extracts the references in style sheets.

/// The references in a style sheet or `style` attribute, in order.
///
/// `url(#name)` refers to an element of the page that uses the style, and is left out.
pub(super) fn references(css: &str) -> Vec<&str> {
    let mut addresses = Vec::new();
    let mut rest = css;
    while let Some(at) = rest.find(['/', 'u', 'U', '@']) {
        let tail = &rest[at..];
        let (reference, length) = if let Some(comment) = tail.strip_prefix("/*") {
            (None, 2 + comment.find("*/").map_or(comment.len(), |end| end + 2))
        } else if starts(tail, "url(") {
            let (address, length) = url_address(&tail[4..]);
            (address, 4 + length)
        } else if starts(tail, "@import") {
            let (address, length) = import_address(&tail[7..]);
            (address, 7 + length)
        } else {
            (None, 1)
        };
        addresses.extend(reference.filter(|reference| !reference.is_empty() && !reference.starts_with('#')));
        rest = &tail[length..];
    }
    addresses
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The address in `url(…)`, and the number of bytes up to its end.
fn url_address(text: &str) -> (Option<&str>, usize) {
    let start = text.len() - text.trim_start().len();
    match quoted_text(&text[start..]) {
        Some((inside, length)) => (Some(inside), start + length),
        None => {
            let end = text.find(')').unwrap_or(text.len());
            (Some(text[..end].trim()), end)
        }
    }
}

/// The address after `@import` if it is not in `url(…)`, and the number of bytes up to its end.
fn import_address(text: &str) -> (Option<&str>, usize) {
    let start = text.len() - text.trim_start().len();
    match quoted_text(&text[start..]) {
        Some((inside, length)) => (Some(inside), start + length),
        None => (None, 0),
    }
}

/// The quoted text at the start of `text`, and its length including the quotation marks.
fn quoted_text(text: &str) -> Option<(&str, usize)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inner = &text[1..];
    let end = inner.find(mark).unwrap_or(inner.len());
    Some((&inner[..end], (end + 2).min(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_every_spelling_and_not_in_comments() {
        let css = "@import 'a.css';@import url(\"b.css\") print;/* url(no.png) */\
                   a{background:URL( c.png ),url('d e.png');mask:url(#m)}b{src:url(f.woff2)format('x')}";
        assert_eq!(references(css), ["a.css", "b.css", "c.png", "d e.png", "f.woff2"]);
    }

    #[test]
    fn unfinished_markup_ends_with_the_text() {
        for css in ["url(", "url('", "url('a", "@import", "@import \"", "/*", "u", "url(é", "/* é"] {
            assert!(references(css).len() <= 1, "{css}");
        }
    }
}
