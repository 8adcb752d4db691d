//! Compression of strings by what they have in common with another string that is in memory anyway, and with
//! themselves.
//!
//! HTML rendered from a source repeats much of it in the same order, and the same tags. Compressing and decompressing
//! cost a small part of rendering the HTML.

use lz4_flex::block::{compress_with_dict, decompress_with_dict};

/// A compressed string.
#[derive(Clone, Debug)]
pub(crate) struct CompressedText {
    bytes: Box<[u8]>,
    length: usize,
}

impl CompressedText {
    /// Compresses a string relative to a base.
    pub(crate) fn new(text: &str, base: &str) -> CompressedText {
        // Copied, because the output buffer is larger than necessary.
        let bytes = compress_with_dict(text.as_bytes(), base.as_bytes()).as_slice().into();
        CompressedText { bytes, length: text.len() }
    }

    /// The length of the original string in bytes.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Restores the string with the same base. With another base, the result is `None` or a different string of the
    /// same length.
    pub(crate) fn decompress(&self, base: &str) -> Option<String> {
        let bytes = decompress_with_dict(&self.bytes, self.length, base.as_bytes()).ok()?;
        String::from_utf8(bytes).ok().filter(|text| text.len() == self.length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn html_of_a_text_takes_a_part_of_its_room() {
        let source =
            "A sentence of the source that says something, and more of it.\n\n".repeat(3) + "| a | b |\n| c | d |\n";
        let html = "<p>A sentence of the source that says something, and more of it.</p>\n".repeat(3)
            + "<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n";
        let compact = CompressedText::new(&html, &source);
        assert_eq!((compact.decompress(&source).as_ref(), compact.len()), (Some(&html), html.len()));
        assert!(compact.bytes.len() < html.len() / 2, "{} of {}", compact.bytes.len(), html.len());
    }

    #[test]
    fn a_long_base_and_torn_bytes_are_read() {
        let long = (0..40_000).map(|number| format!("{number} ")).collect::<String>();
        assert_eq!(CompressedText::new(&long, &long).decompress(&long), Some(long));
        assert_eq!(CompressedText::new("", "").decompress("").as_deref(), Some(""));
        let compact = CompressedText::new(&"<td>abc</td>é".repeat(40), "abc");
        for length in 0..compact.bytes.len() {
            let torn = CompressedText { bytes: compact.bytes[..length].into(), length: compact.length };
            assert_eq!(torn.decompress("abc"), None, "{length}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_returned_unchanged(
            parts in prop::collection::vec(select(&["word ", "é", "<td>", "</td>\n", "a longer stretch of words", "xxxxxxxx"][..]), 0..200),
            base in prop::collection::vec(select(&["word ", "é", "a longer stretch ", "of words", "x"][..]), 0..50),
            rest in any::<String>(),
        ) {
            let (text, base) = (format!("{}{rest}", parts.concat()), format!("{}{rest}", base.concat()));
            prop_assert_eq!(CompressedText::new(&text, &base).decompress(&base), Some(text));
        }
    }
}
