//! Rewrites templates so that their loops are counted.
//!
//! The template engine has no step limit. Therefore `{% for x in list %}` becomes
//! `{% for x in (list)|clausebook_steps %}`, also in list comprehensions, and each component begins with a step, since
//! it may call itself. Templates are parsed only as far as needed to find these places: strings, comments, raw blocks
//! and brackets.

use std::ops::Range;

/// The name of the counting filter, and of an unused variable.
pub(super) const STEPS_FILTER: &str = "clausebook_steps";

/// Returns a template with counted loops. Everything else stays the same, including line breaks.
pub(super) fn count_loops(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + template.len() / 8);
    let mut rest = template;
    while let Some(at) = find_tag(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match rest.as_bytes()[1] {
            b'#' => rest[2..].find("#}").map_or(rest.len(), |end| end + 4),
            b'%' => raw_block(rest).unwrap_or(0),
            _ => 0,
        };
        if end > 0 {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            let tag = Tag::read(rest);
            tag.write(&mut out);
            rest = &rest[tag.text.len()..];
        }
    }
    out + rest
}

/// The start of the next tag, expression or comment.
fn find_tag(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| pair[0] == b'{' && matches!(pair[1], b'{' | b'%' | b'#'))
}

/// The length of the raw block at the start of a text.
fn raw_block(text: &str) -> Option<usize> {
    let mut at = marker(text, "raw")?;
    loop {
        at += text[at..].find("{%")?;
        match marker(&text[at..], "endraw") {
            Some(length) => return Some(at + length),
            None => at += 2,
        }
    }
}

/// The length of a tag with a single word at the start of a text.
fn marker(text: &str, word: &str) -> Option<usize> {
    let rest = text.strip_prefix("{%")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_ascii_start().strip_prefix(word)?.trim_ascii_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

/// The kinds of tokens in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    Word,
    Open,
    Close,
    Other,
}

/// A tag or expression, including its delimiters.
struct Tag<'a> {
    text: &'a str,
    tokens: Vec<(TokenKind, Range<usize>)>,
    /// The start of the closing delimiter.
    inner_end: usize,
}

impl<'a> Tag<'a> {
    /// Parses the tag at the start of a text. An unclosed tag extends to the end of the text.
    fn read(text: &'a str) -> Tag<'a> {
        let bytes = text.as_bytes();
        let close: &[u8] = if bytes[1] == b'%' { b"%}" } else { b"}}" };
        let mut pieces = Vec::new();
        let mut at = 2 + usize::from(bytes.get(2) == Some(&b'-'));
        while at < bytes.len() {
            let dash = usize::from(bytes[at] == b'-');
            if bytes[at + dash..].starts_with(close) {
                return Tag { text: &text[..at + dash + 2], tokens: pieces, inner_end: at };
            }
            let (kind, length) = next_token(&bytes[at..]);
            if !bytes[at].is_ascii_whitespace() {
                pieces.push((kind, at..at + length));
            }
            at += length;
        }
        Tag { text, tokens: pieces, inner_end: text.len() }
    }

    fn word(&self, index: usize) -> Option<&str> {
        let (kind, range) = self.tokens.get(index)?;
        (*kind == TokenKind::Word).then(|| &self.text[range.clone()])
    }

    fn is(&self, index: usize, token: &str) -> bool {
        self.tokens.get(index).is_some_and(|(_, range)| &self.text[range.clone()] == token)
    }

    /// If `for x in` or `for x, y in` starts at an index, the index after it.
    fn loop_target_start(&self, index: usize) -> Option<usize> {
        (self.word(index)? == "for" && !self.is(index.wrapping_sub(1), ".")).then_some(())?;
        self.word(index + 1)?;
        let at = if self.is(index + 2, ",") { index + 4 } else { index + 2 };
        (self.word(at)? == "in").then_some(at + 1)
    }

    /// The iterated expressions of all loops.
    fn targets(&self) -> Vec<Range<usize>> {
        let starts = (0..self.tokens.len()).filter_map(|index| self.loop_target_start(index));
        starts.map(|first| self.target(first)).collect()
    }

    /// The iterated expression of a loop, from the token after `in` to the end of the tag, the condition or the closing
    /// bracket.
    fn target(&self, first: usize) -> Range<usize> {
        let start = self.tokens[first - 1].1.end;
        let is_loop = self.text.as_bytes()[1] == b'%' && first <= 5 && self.word(0) == Some("for");
        let mut depth = 0_usize;
        for (index, (kind, range)) in self.tokens.iter().enumerate().skip(first) {
            match kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close if depth == 0 => return start..range.start,
                TokenKind::Close => depth -= 1,
                TokenKind::Word if depth == 0 && !is_loop && self.is(index, "if") => return start..range.start,
                _ => {}
            }
        }
        start..self.inner_end
    }

    fn write(&self, out: &mut String) {
        let mut insertions: Vec<(usize, String)> = Vec::new();
        for target in self.targets() {
            insertions.push((target.start, " (".to_owned()));
            insertions.push((target.end, format!(")|{STEPS_FILTER} ")));
        }
        insertions.sort_by_key(|(at, _)| *at);
        let mut last_end = 0;
        for (at, text) in insertions {
            out.push_str(&self.text[last_end..at]);
            out.push_str(&text);
            last_end = at;
        }
        out.push_str(&self.text[last_end..]);
        if self.text.starts_with("{%") && self.word(0) == Some("component") {
            out.push_str(&format!("{{% set {STEPS_FILTER} = 1|{STEPS_FILTER} {}", &self.text[self.inner_end..]));
        }
    }
}

/// The kind and length of the token at the start of a non-empty text.
fn next_token(bytes: &[u8]) -> (TokenKind, usize) {
    match bytes[0] {
        quote @ (b'"' | b'\'' | b'`') => (TokenKind::Other, string(bytes, quote)),
        b'(' | b'[' | b'{' => (TokenKind::Open, 1),
        b')' | b']' | b'}' => (TokenKind::Close, 1),
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
            let length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            (TokenKind::Word, length)
        }
        // Skip multi-byte characters as a whole.
        byte if byte >= 0xc0 => {
            (TokenKind::Other, 1 + bytes[1..].iter().take_while(|byte| **byte & 0xc0 == 0x80).count())
        }
        _ => (TokenKind::Other, 1),
    }
}

/// The length of a string including its quotes. An unclosed string extends to the end of the text.
fn string(bytes: &[u8], quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if *byte == quote => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_loop_is_counted_and_nothing_else_changes() {
        for (template, expected) in [
            ("{% for x in a %}b{% endfor %}", "{% for x in ( a )|S %}b{% endfor %}"),
            ("{%- for k,v in a.b[0] -%} b", "{%- for k,v in ( a.b[0] )|S -%} b"),
            ("{% for x in f(a=\"%}\") if %}", "{% for x in ( f(a=\"%}\") if )|S %}"),
            ("{{ [x + 1 for x in a if x in b] }}", "{{ [x + 1 for x in ( a )|S if x in b] }}"),
            ("{% set l = [x for k, x in {\"a\": [1]}] %}", "{% set l = [x for k, x in ( {\"a\": [1]})|S ] %}"),
            ("{% for x in [y for y in a] %}{% endfor %}", "{% for x in ( [y for y in ( a)|S ] )|S %}{% endfor %}"),
            ("{{ [[y for y in x] for x in a] | length }}", "{{ [[y for y in ( x)|S ] for x in ( a)|S ] | length }}"),
            (
                "{% component c(x) -%} b {% endcomponent %}",
                "{% component c(x) -%}{% set S = 1|S -%} b {% endcomponent %}",
            ),
            ("{% component c() {\"a\": 1} %}", "{% component c() {\"a\": 1} %}{% set S = 1|S %}"),
            ("{{ \"{% for x in a %}\" }}", "{{ \"{% for x in a %}\" }}"),
            ("{# {% for x in a %} #}{% if a.for in b %}", "{# {% for x in a %} #}{% if a.for in b %}"),
            (
                "{% raw %}{% for x in a %}{% rawish %}{%- endraw -%}{{ a }}",
                "{% raw %}{% for x in a %}{% rawish %}{%- endraw -%}{{ a }}",
            ),
            ("é { % {{ 'ü\\'}}' ~ é }}\n{% for x in 'é'", "é { % {{ 'ü\\'}}' ~ é }}\n{% for x in ( 'é')|S "),
            ("{% for", "{% for"),
            ("{{", "{{"),
            ("{#", "{#"),
            ("{", "{"),
        ] {
            // Spaces around brackets have no effect.
            let found = count_loops(template).replace(STEPS_FILTER, "S");
            assert_eq!(found, expected, "{template}");
        }
    }
}
