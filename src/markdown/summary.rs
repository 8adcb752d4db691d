//! Extracts the first sentences of a text.

/// Maximum length of a summary, in characters.
const MAX_CHARACTERS: usize = 200;

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 16] =
    ["e.g", "i.e", "cf", "vs", "etc", "no", "nos", "approx", "incl", "dr", "mr", "mrs", "ms", "st", "inc", "ltd"];

/// The first sentence of a paragraph; a long one is cut after a word and ends with `…`.
pub(super) fn first_sentence(paragraph: &str) -> String {
    let text = paragraph.trim();
    let sentence = &text[..sentence_end(text)];
    match sentence.char_indices().nth(MAX_CHARACTERS) {
        None => sentence.to_owned(),
        Some((limit, _)) => {
            let cut = &sentence[..limit];
            let words = cut.rfind(char::is_whitespace).map_or(cut, |space| &cut[..space]);
            format!("{}…", words.trim_end_matches(|c: char| c.is_whitespace() || ",;:–-".contains(c)))
        }
    }
}

/// As many sentences from the start of a text as fit into `max_chars` characters, but at least one. A very long one is
/// cut after a word and ends with `…`.
pub(crate) fn leading_sentences(text: &str, max_chars: usize) -> String {
    let text = text.trim();
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let next = end + (rest.len() - rest.trim_start().len()) + sentence_end(rest.trim_start());
        if next == end || text[..next].chars().take(max_chars + 1).count() > max_chars {
            break;
        }
        end = next;
    }
    if end == 0 { first_sentence(text) } else { text[..end].to_owned() }
}

/// Offset after the first sentence; text beyond the limit is not examined.
fn sentence_end(text: &str) -> usize {
    for (at, c) in text.char_indices().take(MAX_CHARACTERS + 1) {
        let end = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' => true,
            '!' | '?' => text[end..].starts_with(char::is_whitespace),
            '.' => ends_with_stop(&text[..at], &text[end..]),
            _ => false,
        };
        if ends {
            return end;
        }
    }
    text.len()
}

fn ends_with_stop(before: &str, after: &str) -> bool {
    let next = after.trim_start();
    if next.len() == after.len() || next.starts_with(char::is_lowercase) {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(before);
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !is_initial && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_at_its_full_stop() {
        for (text, expected) in [
            ("Changes are planned. Then made.", "Changes are planned."),
            ("See clause 8.6.1 for it, e.g. Section 2. More.", "See clause 8.6.1 for it, e.g. Section 2."),
            ("Why? Because.", "Why?"),
            ("No stop", "No stop"),
            ("変更は計画される。次に。", "変更は計画される。"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), expected);
        }
    }

    #[test]
    fn an_opening_has_as_many_whole_sentences_as_fit() {
        let text = "Change advisory board. It meets on Tuesdays. It is chaired by the Change Manager.";
        assert_eq!(leading_sentences(text, 50), "Change advisory board. It meets on Tuesdays.");
        assert_eq!(leading_sentences(text, 1000), text);
        assert_eq!(leading_sentences(text, 3), "Change advisory board.");
        assert_eq!(leading_sentences("  ", 10), "");
        assert!(leading_sentences(&"word ".repeat(1000), 100).chars().count() <= MAX_CHARACTERS + 1);
    }

    #[test]
    fn a_long_sentence_is_cut_after_a_word() {
        let summary = first_sentence(&"word, ".repeat(100));
        assert!(summary.ends_with("word…") && summary.chars().count() <= MAX_CHARACTERS + 1, "{summary}");
        assert_eq!(first_sentence(&"é".repeat(500)).chars().count(), MAX_CHARACTERS + 1);
    }
}
