//! Splits HTML of our own making into pieces: each text with the tag that follows it.
//!
//! Our own HTML has no comments and no bare `<`, so a tag is everything from `<` to the next `>` outside quotation
//! marks. That is
//! faster to find than everything that HTML allows (see `tags`).

use memchr::memchr;

/// Iterates over pairs of a text and the tag that follows it; the last tag is empty.
pub(crate) struct Pieces<'h> {
    rest: Option<&'h str>,
}

/// Splits HTML into pieces.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: Some(html) }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<(&'h str, &'h str)> {
        let rest = self.rest.take()?;
        let Some(start) = memchr(b'<', rest.as_bytes()) else { return Some((rest, "")) };
        let (text, from_tag) = rest.split_at(start);
        let (tag, after) = from_tag.split_at(tag_length(from_tag));
        self.rest = Some(after);
        Some((text, tag))
    }
}

impl Pieces<'_> {
    /// Skips everything up to the end of a closing tag, or to the end of the text if there is none.
    pub(crate) fn skip_past(&mut self, closing: &str) {
        self.rest = self.rest.and_then(|rest| Some(&rest[rest.find(closing)? + closing.len()..]));
    }
}

/// Length of the tag at the start of a text; a `>` in a quoted value does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_tags_together_are_the_whole() {
        for html in ["", "a", "<p>", "a<b c=\"1 > 0\">d</b>", "<a title='>\"'>x", "x<a b=\"", "a < b"] {
            assert_eq!(pieces(html).map(|(text, tag)| text.to_owned() + tag).collect::<String>(), html);
        }
        assert_eq!(pieces("a<b c=\">\">d").collect::<Vec<_>>(), [("a", "<b c=\">\">"), ("d", "")]);
    }

    #[test]
    fn skipped_parts_are_omitted() {
        let mut rest = pieces("<script>if (a < b) {}</script>x<p>");
        rest.next();
        rest.skip_past("</script>");
        assert_eq!(rest.collect::<Vec<_>>(), [("x", "<p>"), ("", "")]);
        let mut rest = pieces("<script>x");
        rest.next();
        rest.skip_past("</script>");
        assert_eq!(rest.next(), None);
    }
}
