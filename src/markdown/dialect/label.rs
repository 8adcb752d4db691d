//! Labels of footnotes and links in two Unicode forms that look alike: the parser compares them character by character.

use super::outline::Outline;
use crate::markdown::rewrite::Edits;
use crate::text::composed;

/// The longest label to look at, in bytes.
const MAX_LABEL_BYTES: usize = 200;

/// Composes the labels of a text that are decomposed: `[^größe]`, `[words][größe]`, `[größe]: file.md`.
pub(super) fn rewrite(text: &str, outline: &Outline, edits: &mut Edits) {
    if !may_hold_labels(text.as_bytes()) {
        return;
    }
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let inner = &text[at + 1..text.floor_char_boundary(at + 1 + MAX_LABEL_BYTES)];
        let Some(length) = memchr::memchr3(b']', b'[', b'\n', inner.as_bytes()) else { continue };
        let is_label = inner[length..].starts_with(']')
            && (inner.starts_with('^') || text[..at].ends_with(']') || inner[length + 1..].starts_with(':'));
        let label = &inner[..length];
        let composed = composed(label);
        if is_label && *composed != *label && !outline.is_opaque(at) {
            edits.replace(at + 1..at + 1 + length, composed.into_owned());
        }
    }
}

/// Whether a text may contain such a label: in UTF-8, combining accents start with one of these bytes.
pub(super) fn may_hold_labels(bytes: &[u8]) -> bool {
    memchr::memchr2(0xcc, 0xcd, bytes).is_some() && memchr::memchr(b'[', bytes).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed_and_words_are_not() {
        let rewritten = |text: &str| {
            let mut edits = Edits::default();
            rewrite(text, &Outline::parse(text), &mut edits);
            edits.apply(text).0
        };
        assert_eq!(rewritten("A.[^o\u{308}]\n\n[^ö]: B"), "A.[^ö]\n\n[^ö]: B");
        assert_eq!(rewritten("[o\u{308}][o\u{308}]\n\n[o\u{308}]: b.md"), "[o\u{308}][ö]\n\n[ö]: b.md");
        assert_eq!(rewritten("`[^o\u{308}]` [o\u{308}] o\u{308}"), "`[^o\u{308}]` [o\u{308}] o\u{308}");
    }
}
