//! Restricts definition lists to those that an author intended.

use super::outline::Outline;
use super::shortcode;
use crate::markdown::rewrite::Edits;

/// Escapes a colon at the start of a line that does not introduce a definition, because no white space follows it or
/// the text above is not a term.
pub(super) fn rewrite(text: &str, outline: &Outline, edits: &mut Edits) {
    for (term, definitions) in &outline.terms {
        let is_term = text.get(term.clone()).is_some_and(can_be_term);
        for colon in definitions.iter().filter_map(|at| colon(text, *at)) {
            let after = text.as_bytes().get(colon + 1);
            // A short code becomes an emoji, which does not introduce a definition.
            if (!is_term || !after.is_none_or(u8::is_ascii_whitespace)) && !shortcode::is_shortcode(text, colon) {
                edits.insert(colon, "\\");
            }
        }
    }
}

/// The colon of a definition that starts at a position, skipping white space.
fn colon(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest[colon..].starts_with(':').then_some(at + colon)
}

/// Maximum length of a term, in bytes.
const MAX_TERM_BYTES: usize = 160;

/// Whether a paragraph can be a term: a short line that is not a sentence, or several even shorter ones.
fn can_be_term(paragraph: &str) -> bool {
    let lines: Vec<&str> = paragraph.trim().lines().map(str::trim).collect();
    let most_words = if lines.len() > 1 { 6 } else { usize::MAX };
    lines.iter().all(|line| {
        let words = line.split_whitespace().count();
        let ends_sentence = line.ends_with(['!', ';', ',']) || (line.ends_with('.') && words > 2);
        line.len() <= MAX_TERM_BYTES && words <= most_words && !ends_sentence
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> String {
        let mut edits = Edits::default();
        rewrite(text, &Outline::parse(text), &mut edits);
        edits.apply(text).0
    }

    #[test]
    fn definitions_stay_definitions() {
        for text in ["incident\n: An interruption.\n", "a\n\n:   b\n", "etc.\n: b", "Term one\nTerm two\n: b\n: c"] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn other_colons_are_text() {
        assert_eq!(rewritten("Do it.\n\n:nosign: no"), "Do it.\n\n\\:nosign: no");
        assert_eq!(rewritten("Do it.\n:warning: no"), "Do it.\n:warning: no");
        assert_eq!(rewritten("Call before 8\n:30 or later"), "Call before 8\n\\:30 or later");
        assert_eq!(rewritten("This is a sentence.\n: no"), "This is a sentence.\n\\: no");
        assert_eq!(rewritten("- a\n  :b\n  :c"), "- a\n  \\:b\n  \\:c");
    }
}
