//! The ends of compound words, for languages that write compounds as one word: "Bearbeitung" finds
//! "Störungsbearbeitung".

use super::{for_each_term, is_letter, is_unspaced};

/// Languages that write compounds as one word. The search script has the same list.
const LANGUAGES: [&str; 6] = ["da", "de", "nb", "nl", "no", "sv"];
/// The shortest end of a word that is a term, in characters.
const MIN_END: usize = 5;
/// The shortest beginning before such an end, in characters.
const MIN_BEGINNING: usize = 3;
/// Longer words are rarely words: up to this many letters are considered.
const MAX_LETTERS: usize = 40;
/// Marks a term as the end of a word, so that it is not mistaken for a word of the handbook.
const MARK: char = '~';

/// Whether a language, given by its BCP 47 tag, writes compounds as one word.
pub(in crate::site::search) fn has_compounds(lang: &str) -> bool {
    LANGUAGES.contains(&lang.split('-').next().unwrap_or_default())
}

/// The ends of the long words in a folded text, each with its mark, separated by spaces.
pub(in crate::site::search) fn word_ends(folded: &str) -> String {
    let mut out = String::new();
    for_each_term(folded, &mut |term| {
        if term.len() < MIN_BEGINNING + MIN_END || !term.chars().all(is_letter) || is_unspaced(term) {
            return;
        }
        let starts: Vec<usize> = term.char_indices().map(|(at, _)| at).take(MAX_LETTERS).collect();
        let last = starts.len().saturating_sub(MIN_END - 1);
        for start in starts.get(MIN_BEGINNING..last).unwrap_or_default() {
            out.extend([if out.is_empty() { "" } else { " " }, MARK.encode_utf8(&mut [0; 4]), &term[*start..]]);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_have_ends_of_five_letters_or_more() {
        assert_eq!(word_ends("testplanung im kurzen pro-sto-001"), "~tplanung ~planung ~lanung ~anung");
        assert_eq!(word_ends("ämterplan"), "~erplan ~rplan");
        assert_eq!(word_ends("変更管理手順書変更"), "");
    }

    #[test]
    fn only_some_languages_write_compounds_as_one_word() {
        assert!(has_compounds("de-CH") && has_compounds("nl"));
        assert!(!has_compounds("en-GB") && !has_compounds("den"));
    }
}
