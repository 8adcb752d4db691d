//! Splits HTML into tags, comments and text, for raw HTML in Markdown and for the pages of a site.

use std::ops::Range;

/// A token of HTML; all ranges are byte ranges in the whole string.
#[derive(Debug, PartialEq)]
pub(crate) enum Token {
    /// Anything that is not markup.
    Text(Range<usize>),
    /// `<name …>` or `<name …/>`.
    Open(Tag),
    /// `</name>`.
    Close(Tag),
    /// `<!-- … -->`; `closed` is false if the comment runs to the end.
    Comment { range: Range<usize>, closed: bool },
    /// `<!…>`, `<?…>` or `<![CDATA[…]]>`.
    Declaration(Range<usize>),
}

/// A tag.
#[derive(Debug, PartialEq)]
pub(crate) struct Tag {
    /// The whole tag.
    pub(crate) range: Range<usize>,
    /// The name as written.
    pub(crate) name: Range<usize>,
    /// The attributes in order.
    pub(crate) attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq)]
pub(crate) struct Attribute {
    /// The whole attribute, quotation marks included.
    pub(crate) range: Range<usize>,
    /// The name as written.
    pub(crate) name: Range<usize>,
    /// The value without quotation marks; if there is none, the empty range at the end of the name.
    pub(crate) value: Range<usize>,
}

/// The token that starts at `at`, which must be inside the string.
///
/// An unfinished tag turns everything after it into text, so that the whole string is read in one pass.
pub(crate) fn token_at(html: &str, at: usize) -> Token {
    let rest = &html[at..];
    if !rest.starts_with('<') {
        return Token::Text(at..at + next_markup(rest));
    }
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment_at(at, comment);
    }
    match rest.as_bytes().get(1) {
        Some(b'!' | b'?') => Token::Declaration(at..declaration_end(html, at)),
        Some(b'/') if starts_name(rest, 2) => tag_at(html, at, 2).map_or_else(|| rest_of(html, at), Token::Close),
        Some(_) if starts_name(rest, 1) => tag_at(html, at, 1).map_or_else(|| rest_of(html, at), Token::Open),
        _ => Token::Text(at..at + 1 + next_markup(&rest[1..])),
    }
}

fn rest_of(html: &str, at: usize) -> Token {
    Token::Text(at..html.len())
}

fn next_markup(text: &str) -> usize {
    text.find('<').unwrap_or(text.len())
}

fn starts_name(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic)
}

/// A comment; `inside` is the string after `<!--`. As in browsers, `<!-->` and `<!--->` are complete comments.
fn comment_at(at: usize, inside: &str) -> Token {
    let opening = at + 4;
    if let Some(short) = [">", "->"].iter().find(|short| inside.starts_with(**short)) {
        return Token::Comment { range: at..opening + short.len(), closed: true };
    }
    match inside.find("-->") {
        Some(end) => Token::Comment { range: at..opening + end + 3, closed: true },
        None => Token::Comment { range: at..opening + inside.len(), closed: false },
    }
}

fn declaration_end(html: &str, at: usize) -> usize {
    let rest = &html[at..];
    let closing = if rest.starts_with("<![CDATA[") { "]]>" } else { ">" };
    rest.find(closing).map_or(html.len(), |end| at + end + closing.len())
}

/// A tag whose name starts `lead` bytes after `at`; `None` if it never ends.
fn tag_at(html: &str, at: usize, lead: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    let name = at + lead..scan(bytes, at + lead, |byte| !ends_name(byte) && byte != b'=');
    let mut attributes = Vec::new();
    let mut position = name.end;
    loop {
        position = scan(bytes, position, |byte| byte.is_ascii_whitespace() || byte == b'/');
        match bytes.get(position)? {
            b'>' => return Some(Tag { range: at..position + 1, name, attributes }),
            _ => {
                let attribute = attribute_at(bytes, position)?;
                position = attribute.range.end;
                attributes.push(attribute);
            }
        }
    }
}

fn attribute_at(bytes: &[u8], at: usize) -> Option<Attribute> {
    // As in browsers, a leading equals sign belongs to the name.
    let name = at..scan(bytes, at + 1, |byte| !ends_name(byte) && byte != b'=');
    let equals = scan(bytes, name.end, |byte| byte.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(Attribute { range: name.clone(), value: name.end..name.end, name });
    }
    let start = scan(bytes, equals + 1, |byte| byte.is_ascii_whitespace());
    let value = match bytes.get(start)? {
        quote @ (b'"' | b'\'') => start + 1..scan(bytes, start + 1, |byte| byte != *quote),
        _ => start..scan(bytes, start, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
    };
    let quoted = usize::from(value.start > start);
    Some(Attribute { range: at..(value.end + quoted).min(bytes.len()), name, value })
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

fn scan(bytes: &[u8], from: usize, accept: impl Fn(u8) -> bool) -> usize {
    bytes
        .get(from..)
        .map_or(bytes.len(), |rest| from + rest.iter().position(|byte| !accept(*byte)).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token as text, attributes as `name=value`.
    fn shown(html: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < html.len() {
            let token = token_at(html, at);
            let (range, label) = match token {
                Token::Text(range) => (range.clone(), format!("text {}", &html[range])),
                Token::Comment { range, closed } => (range, format!("comment {closed}")),
                Token::Declaration(range) => (range.clone(), format!("declaration {}", &html[range])),
                Token::Close(tag) => (tag.range.clone(), format!("close {}", &html[tag.name])),
                Token::Open(tag) => {
                    let attributes: String = tag
                        .attributes
                        .iter()
                        .map(|one| format!(" {}={}", &html[one.name.clone()], &html[one.value.clone()]))
                        .collect();
                    (tag.range.clone(), format!("open {}{attributes}", &html[tag.name]))
                }
            };
            assert!(range.start == at && range.end > at, "{html}");
            at = range.end;
            all.push(label);
        }
        all
    }

    #[test]
    fn tags_and_attributes_are_distinguished() {
        assert_eq!(
            shown("a<b c d='>' E=\"f g\" h=i/>j</B >"),
            ["text a", "open b c= d=> E=f g h=i/", "text j", "close B"]
        );
        assert_eq!(shown("<td/colspan = 2>"), ["open td colspan=2"]);
        assert_eq!(shown("1 < 2 <3 <>"), ["text 1 ", "text < 2 ", "text <3 ", "text <>"]);
    }

    #[test]
    fn comments_end_at_their_first_end() {
        assert_eq!(shown("<!-- a <!-- b --> c -->"), ["comment true", "text  c -->"]);
        assert_eq!(shown("<!-->x<!--->y<!--"), ["comment true", "text x", "comment true", "text y", "comment false"]);
        assert_eq!(shown("<!doctype html><?php ?>"), ["declaration <!doctype html>", "declaration <?php ?>"]);
        assert_eq!(shown("<![CDATA[<b>]]>x"), ["declaration <![CDATA[<b>]]>", "text x"]);
    }

    #[test]
    fn unfinished_markup_is_text_to_the_end() {
        assert_eq!(shown("<a href=\"x>y<b>"), ["text <a href=\"x>y<b>"]);
        assert_eq!(shown("x<a b"), ["text x", "text <a b"]);
        assert_eq!(shown("<a b="), ["text <a b="]);
        assert_eq!(shown("</a"), ["text </a"]);
    }
}
