//! Finds URLs that are written in running text without any markup.

use std::ops::Range;

/// The byte ranges of all URLs in a text, in order.
pub(super) fn find_urls(text: &str) -> Vec<Range<usize>> {
    let mut urls = Vec::new();
    let mut done = 0;
    for (colon, _) in text.match_indices("://") {
        let Some(before) = text.get(done..colon) else { continue };
        if let Some(start) = scheme_start(before).map(|start| start + done) {
            let end = address_end(text, colon + 3);
            if end > colon + 3 {
                urls.push(start..end);
                done = end;
            }
        }
    }
    urls
}

/// Start of the scheme `http` or `https` at the end of a text, if it is a separate word.
fn scheme_start(before: &str) -> Option<usize> {
    let bytes = before.as_bytes();
    let length = ["https", "http"].iter().map(|scheme| scheme.len()).find(|&length| {
        let start = bytes.len().checked_sub(length);
        start.is_some_and(|start| bytes[start..].eq_ignore_ascii_case(&b"https"[..length]))
    })?;
    let start = bytes.len() - length;
    (!before[..start].ends_with(|c: char| c.is_ascii_alphanumeric())).then_some(start)
}

/// End of a URL: before white space, quotation marks and unmatched closing brackets, and before punctuation that
/// belongs to the sentence.
fn address_end(text: &str, host: usize) -> usize {
    if !text[host..].starts_with(char::is_alphanumeric) && !text[host..].starts_with('[') {
        return host;
    }
    let mut open = Vec::new();
    let mut end = host;
    for (offset, c) in text[host..].char_indices() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            ')' | ']' if open.pop() != Some(c) => break,
            _ if ends_address(c) => break,
            _ => {}
        }
        if !is_sentence_mark(c) {
            end = host + offset + c.len_utf8();
        }
    }
    end
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"`{}|\\^「」『』《》【】（）。、，；".contains(c)
}

fn is_sentence_mark(c: char) -> bool {
    "?!.,:;*_~'([".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<&str> {
        find_urls(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn an_address_ends_before_the_sentence_continues() {
        for (text, expected) in [
            ("See https://example.org/a_b?x=1&y=2.", "https://example.org/a_b?x=1&y=2"),
            ("(http://example.org/a(b)c)", "http://example.org/a(b)c"),
            ("[https://example.org]", "https://example.org"),
            ("HTTPS://Example.org, and", "HTTPS://Example.org"),
            ("\"https://example.org/\"!", "https://example.org/"),
            ("詳細はhttps://example.org/。", "https://example.org/"),
            ("https://[::1]/x", "https://[::1]/x"),
            ("https://example.org/a…", "https://example.org/a…"),
        ] {
            assert_eq!(urls(text).first().copied().unwrap_or_default(), expected, "{text}");
        }
        assert_eq!(urls("http://a.b http://c.d"), ["http://a.b", "http://c.d"]);
    }

    #[test]
    fn urls_without_a_host_or_with_another_scheme_are_rejected() {
        for text in ["http://", "https:// x", "ftp://example.org", "xhttp://a.b", "://", "javascript://a", "http:///a"]
        {
            assert!(urls(text).is_empty(), "{text}");
        }
    }
}
