//! Text as readers see it, regardless of invisible characters and of how letters are composed.

mod reveal;

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub(crate) use reveal::reveal;

/// Whether a character is invisible: it joins, breaks or directs text, or marks the start of a file.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character overrides or isolates the direction of the text after it.
pub(crate) fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text in Unicode isolates: it runs in the direction of its first letter, whatever surrounds it.
pub(crate) fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// Whether a text starts with an isolate.
pub(crate) fn is_isolated(text: &str) -> bool {
    text.starts_with('\u{2068}')
}

/// The text without [isolates](isolate), for files that other programs read.
pub(crate) fn without_isolates(text: Cow<'_, str>) -> Cow<'_, str> {
    const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];
    /// The first byte of both.
    const FIRST_BYTE: u8 = 0xe2;
    let may_contain = memchr::memchr(FIRST_BYTE, text.as_bytes()).is_some();
    if may_contain && text.contains(ISOLATES) { text.replace(ISOLATES, "").into() } else { text }
}

/// Whether a list of words or phrases, separated by commas, contains one.
pub(crate) fn is_listed(list: &str, phrase: &str) -> bool {
    list.split(',').any(|listed| listed == phrase)
}

/// Whether a character is a hyphen, a dash or the minus sign.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether `c` and `next` belong to the same word. In scripts without spaces, a word may start at any character,
/// except that
/// a run of katakana, the script for foreign words, stays together.
pub(crate) fn is_one_word(c: char, next: char) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let is_katakana =
        |c: char| matches!(c, '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}');
    match (is_unspaced(c), is_unspaced(next)) {
        (_, true) if is_combining_mark(next) => true,
        (true, true) => is_katakana(c) && is_katakana(next),
        (false, false) => is_letter(c) && is_letter(next),
        _ => false,
    }
}

/// Whether a character belongs to a script without spaces between words: Chinese, Japanese, Thai, Lao, Burmese or
/// Khmer.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}'
    )
}

/// Whether a non-empty range is not part of a longer word.
pub(crate) fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let joins = |one: Option<char>, next: Option<char>| one.zip(next).is_some_and(|(one, next)| is_one_word(one, next));
    !joins(before.chars().next_back(), word.chars().next()) && !joins(word.chars().next_back(), after.chars().next())
}

/// The text on one line: each run of white space becomes one space, or is removed between characters of unspaced
/// scripts.
pub(crate) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let needs_space = |last: char| !(is_unspaced(last) && word.starts_with(is_unspaced));
        if line.chars().next_back().is_some_and(needs_space) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a character leaves only blank space on the page, or no trace at all.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}' || is_invisible(c)
}

/// A name as readers see it: composed (NFC), without invisible characters, and with plain hyphens and spaces.
pub(crate) fn as_seen(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let seen = |c: char| match c {
        '\u{2010}' | '\u{2011}' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    Cow::Owned(name.chars().filter(|c| !is_invisible(*c)).map(seen).nfc().collect())
}

/// Whether two spellings look the same to a reader.
pub(crate) fn look_alike(a: &str, b: &str) -> bool {
    a == b || !(a.is_ascii() && b.is_ascii()) && as_seen(a) == as_seen(b)
}

/// The text in composed form (NFC), so that canonically equivalent strings compare equal.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// The text without combining strokes and the characters that they strike out.
pub(crate) fn without_struck_letters(text: &str) -> Cow<'_, str> {
    let is_stroke = |c: char| matches!(c, '\u{335}'..='\u{338}');
    // In UTF-8, the encoding of a stroke starts with this byte, which is rare elsewhere.
    if memchr::memchr(0xcc, text.as_bytes()).is_none() || !text.contains(is_stroke) {
        return Cow::Borrowed(text);
    }
    let mut valid = String::with_capacity(text.len());
    for c in text.chars() {
        match is_stroke(c) {
            true => drop(valid.pop()),
            false => valid.push(c),
        }
    }
    Cow::Owned(valid)
}

/// The text in decomposed form (NFD), as some systems and keyboards produce it.
pub(crate) fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// Maximum number of characters of an author's text that a message quotes.
const MAX_QUOTED_CHARS: usize = 60;

/// An author's text for quoting in a message: on one line, without control characters, and shortened to
/// `MAX_QUOTED_CHARS` characters.
pub(crate) fn clip(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_QUOTED_CHARS && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Cow::Owned(shorten(&line, MAX_QUOTED_CHARS).into_owned())
}

/// The first `max` characters of a text, with an ellipsis if it was shortened.
pub(crate) fn shorten(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// Wraps the words of a text into lines of at most `width` characters, each starting with `prefix`. A longer word gets
/// a line to
/// itself. A text without words gives one line.
pub(crate) fn wrap(text: &str, width: usize, prefix: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut length) = (prefix.to_owned(), prefix.chars().count());
    let (empty, start) = (line.len(), length);
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if line.len() > empty {
            if length + 1 + word_length > width {
                lines.push(std::mem::replace(&mut line, prefix.to_owned()));
                length = start;
            } else {
                line.push(' ');
                length += 1;
            }
        }
        line.push_str(word);
        length += word_length;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_a_script_sets_no_spaces() {
        let whole = |text: &str, word: &str| {
            let at = text.find(word).expect("the word");
            is_whole_word(text, &(at..at + word.len()))
        };
        for (text, word) in [
            ("本节内容TODO请补充。", "TODO"),
            ("経理适时检查", "适时"),
            ("提供されるメールサービスと", "メールサービス"),
            ("หมายเลขTODOเพิ่ม", "TODO"),
            ("a TODO.", "TODO"),
        ] {
            assert!(whole(text, word), "{text}");
        }
        for (text, word) in [("TODOS", "TODO"), ("Änderungen", "Änderung"), ("サーバー", "サーバ"), ("x_TODO", "TODO")]
        {
            assert!(!whole(text, word), "{text}");
        }
        assert_eq!(on_one_line("適用範囲は\n 東京  から\nmail only\n"), "適用範囲は東京から mail only");
    }

    #[test]
    fn lines_are_wrapped_within_the_width() {
        assert_eq!(wrap("a bc  def\n\u{e4}\u{e4} g", 6, ""), ["a bc", "def \u{e4}\u{e4}", "g"]);
        assert_eq!(wrap("too-long-a-word x", 4, "> "), ["> too-long-a-word", "> x"]);
        assert_eq!(wrap(" ", 4, "> "), ["> "]);
    }

    #[test]
    fn names_that_look_alike_are_one() {
        for (one, other) in [
            ("POL-INC-001\u{200b}", "POL-INC-001"),
            ("POL\u{2011}INC\u{2010}001", "POL-INC-001"),
            ("gro\u{308}\u{df}e", "gr\u{f6}\u{df}e"),
            ("a\u{a0}b", "a b"),
        ] {
            assert_eq!(as_seen(one), as_seen(other), "{one:?}");
        }
        assert_ne!(as_seen("POL-INC-001"), as_seen("POL-INC-O01"));
    }
}
