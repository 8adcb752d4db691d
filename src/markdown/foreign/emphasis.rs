//! Emphasis that Markdown does not read, because a delimiter has a space on its inner side, or is between punctuation
//! and a word.

use super::construct::{EMPHASIS, HIGHLIGHT, STRUCK, Sink, UNPARSED_IN_HTML};
use super::lines::begins_content;
use super::spans::paired;

/// The longest stretch between two delimiters to look at, in bytes.
const MAX_EMPHASIS_BYTES: usize = 300;

/// Passes all of it to `found`; where the parser reads emphasis, the delimiters are not on the page.
pub(super) fn all(text: &str, found: &mut Sink<'_>) {
    let has = |sign: u8| memchr::memchr(sign, text.as_bytes()).is_some();
    if has(b'*') {
        paired(text, ("**", MAX_EMPHASIS_BYTES), &EMPHASIS, found, is_strong);
        // Delimiters in a correct position are only on the page where no Markdown is read.
        paired(text, ("**", MAX_EMPHASIS_BYTES), &UNPARSED_IN_HTML, found, |before, inside, after| {
            let is_tight =
                !inside.starts_with([' ', '*', '/']) && !inside.ends_with([' ', '*', '/']) && has_words(inside);
            let touches = |letter: char| letter.is_alphanumeric() || letter == '*' || letter == '/';
            is_tight && !inside.contains(['\n', '[', ']']) && !before.ends_with(touches) && !after.starts_with(touches)
        });
    }
    if has(b'~') {
        paired(text, ("~~", MAX_EMPHASIS_BYTES), &STRUCK, found, is_struck);
    }
    if has(b'\'') {
        paired(text, ("'''", MAX_EMPHASIS_BYTES), &HIGHLIGHT, found, |before, inside, after| {
            let is_tight = !inside.starts_with(['\'', ' ']) && !inside.ends_with(['\'', ' ']) && has_words(inside);
            is_tight && !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        });
    }
}

/// Whether there are words between two delimiters, all in one paragraph.
fn has_words(inside: &str) -> bool {
    inside.contains(char::is_alphabetic) && !inside.contains("\n\n") && !inside.contains(['*', '`', '|'])
}

fn is_strong(before: &str, inside: &str, after: &str) -> bool {
    let touches = |text: Option<char>| text.is_some_and(char::is_alphanumeric);
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let (Some(first), Some(last)) = (inside.chars().next(), inside.chars().next_back()) else { return false };
    if !has_words(inside) || [left, right, Some(first), Some(last)].contains(&Some('*')) || left == Some('\\') {
        return false;
    }
    match (first == ' ', last == ' ') {
        // Delimiters with spaces on both sides are an operator, unless the content of a line begins with them.
        (true, true) => begins_content(before) && !touches(right),
        (false, true) => !touches(left) && !touches(right) && !is_code(inside),
        (true, false) => !touches(left) && !touches(right) && !is_code(inside),
        // `**Note:**text`, or punctuation directly after an opening delimiter that follows a word.
        (false, false) => {
            let is_stop = |sign: char| is_punctuation(sign) && !"/.*<>_$".contains(sign);
            touches(right) && !touches(left) && is_stop(last) && touches(Some(first))
                || touches(left) && !touches(right) && is_stop(first) && !first.is_ascii()
        }
    }
}

/// Whether a stretch contains characters that are typical of code.
fn is_code(inside: &str) -> bool {
    inside.contains(['(', '=', '/', '_', '{'])
}

fn is_struck(before: &str, inside: &str, after: &str) -> bool {
    let is_apart = inside.starts_with(' ') || inside.ends_with(' ');
    is_apart && has_words(inside) && !inside.contains('~') && !before.ends_with('~') && !after.starts_with('~')
}

fn is_punctuation(sign: char) -> bool {
    sign.is_ascii_punctuation() || "：；，。、！？）」』】》”’…".contains(sign) || "（「『【《“‘".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        collected(text, all)
    }

    #[test]
    fn emphasis_that_is_none_is_found() {
        for (text, mark) in [
            ("so **bold ** it", "**bold **"),
            ("so ** bold** it", "** bold**"),
            ("** Note ** it", "** Note **"),
            ("**注意：**再起動", "**注意：**"),
            ("これは**「重要」**、", "**「重要」**"),
            ("**Note:**text", "**Note:**"),
            ("so ~~gone ~~ it", "~~gone ~~"),
            ("so '''bold''' it", "'''bold'''"),
        ] {
            assert_eq!(found(text).first(), Some(&mark), "{text}");
        }
    }

    #[test]
    fn operators_and_sound_emphasis_are_left_alone() {
        for text in [
            "2 ** 3 and 4 ** 5",
            "x ** y and a ** b",
            "f(**kwargs, **more)",
            "src/**/*.md and docs/**/*.md",
            "**kwargs and *args. 2 ** 3",
            "a~~b~~c",
            "'it's'",
            "rock ''n'' roll",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
