//! Emphasis that Markdown does not read, because a delimiter has a space on its inner side, or is between punctuation
//! and a word.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use super::construct::{
    Construct, EMPHASIS, HIGHLIGHT, STRUCK, Sink, UNCLOSED, UNDERSCORES, UNPARSED_IN_HTML, WIDE_TILDES,
};
use super::item::is_wide_space;
use super::lines::begins_content;
use super::spans::paired;
use crate::markdown::dialect::marks_length;
use crate::markdown::info::is_east_asian;

/// The longest stretch between two delimiters to look at, in bytes.
const MAX_EMPHASIS_BYTES: usize = 300;

/// Two full-width asterisks, as an East Asian keyboard writes `**`.
const WIDE_STARS: &str = "＊＊";

/// Passes all of it to `sink`; where the parser reads emphasis, the delimiters are not on the page.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    if contains(b'*') {
        let mut pairs = HashSet::new();
        let mut note = |construct: &'static Construct, range: Range<usize>| {
            pairs.insert(range.start);
            sink(construct, range);
        };
        paired(text, ("**", MAX_EMPHASIS_BYTES), &EMPHASIS, &mut note, is_strong);
        // Delimiters in a correct position are only on the page where no Markdown is read.
        paired(text, ("**", MAX_EMPHASIS_BYTES), &UNPARSED_IN_HTML, &mut note, |before, inner, after| {
            is_tight(before, inner, after, '*') && !inner.contains(['[', ']'])
        });
        unclosed(text, &pairs, sink);
    }
    if contains(b'_') {
        paired(text, ("__", MAX_EMPHASIS_BYTES), &UNDERSCORES, sink, is_underscored);
    }
    if contains(b'~') {
        paired(text, ("~~", MAX_EMPHASIS_BYTES), &STRUCK, sink, is_struck);
        paired(text, ("~~", MAX_EMPHASIS_BYTES), &UNPARSED_IN_HTML, sink, |before, inside, after| {
            is_tight(before, inside, after, '~')
        });
    }
    wide_stars(text, sink);
    wide_tildes(text, sink);
    if contains(b'`') {
        paired(text, ("`", MAX_EMPHASIS_BYTES), &UNPARSED_IN_HTML, sink, |before, inside, after| {
            let is_apart = !inside.is_empty() && inside.trim() == inside && !inside.contains(['\n', '|']);
            let touches = |c: char| c.is_alphanumeric() || "`\\".contains(c);
            is_apart
                && !before.ends_with(|c| touches(c) || ":}".contains(c))
                && !after.starts_with(|c| touches(c) || c == '_')
        });
    }
    if contains(b'\'') {
        paired(text, ("'''", MAX_EMPHASIS_BYTES), &HIGHLIGHT, sink, is_in_apostrophes);
    }
}

/// Whether words are in bold in the syntax of a wiki.
fn is_in_apostrophes(before: &str, inner: &str, after: &str) -> bool {
    let is_tight = !inner.starts_with(['\'', ' ']) && !inner.ends_with(['\'', ' ']) && has_words(inner);
    is_tight && !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
}

/// Passes words between full-width asterisks to `sink`.
fn wide_stars(text: &str, sink: &mut Sink<'_>) {
    let is_apart = |c: char| c == '＊' || c == '\u{3000}' || c == ' ';
    paired(text, (WIDE_STARS, MAX_EMPHASIS_BYTES), &EMPHASIS, sink, |before, inner, after| {
        has_words(inner)
            && !inner.contains('\n')
            && !inner.starts_with(is_apart)
            && !inner.ends_with(is_apart)
            && !before.ends_with('＊')
            && !after.starts_with('＊')
    });
}

/// Two tildes, as an East Asian keyboard writes them.
const WIDE_TILDES_SIGNS: [&str; 2] = ["～～", "〜〜"];

/// Passes words between tildes of which a pair is wide to `sink`. Around a whole line, they are an ornament.
fn wide_tildes(text: &str, sink: &mut Sink<'_>) {
    if WIDE_TILDES_SIGNS.iter().all(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_none()) {
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut marks: Vec<(usize, &str)> =
            WIDE_TILDES_SIGNS.iter().chain(&["~~"]).flat_map(|sign| line.match_indices(sign)).collect();
        marks.sort_unstable();
        for pair in marks.chunks_exact(2) {
            let ((open, sign), (close, other)) = (pair[0], pair[1]);
            let inner = line.get(open + sign.len()..close).unwrap_or_default();
            let is_tight = has_words(inner) && !inner.starts_with(is_gap) && !inner.ends_with(is_gap);
            let is_ornament = line.trim().len() == close + other.len() - open;
            if is_tight && !is_ornament && (sign != "~~" || other != "~~") {
                sink(&WIDE_TILDES, start + open..start + close + other.len());
            }
        }
        start += line.len();
    }
}

/// Whether two delimiters in one line are directly around words.
fn is_tight(before: &str, inside: &str, after: &str, mark: char) -> bool {
    let is_apart = |c: char| is_gap(c) || c == '/' || c == mark;
    let touches = |c: char| c.is_alphanumeric() || c == '/' || c == mark;
    let has_words = has_words(inside) && !inside.contains('\n');
    has_words
        && !inside.starts_with(is_apart)
        && !inside.ends_with(|c| is_apart(c) || c == '\\')
        && !before.ends_with(|c| touches(c) || c == '\\')
        && !after.starts_with(touches)
}

/// Passes `**` before a word to `found` that nothing closes in its paragraph, item or cell. Those at the beginning of
/// `pairs` are left out. Where a text has asterisks after words, they refer to notes, which begin with asterisks too.
fn unclosed(text: &str, pairs: &HashSet<usize>, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "**") {
        let before = &text[text.ceil_char_boundary(at.saturating_sub(MAX_EMPHASIS_BYTES))..at];
        let near = &text[at + 2..text.floor_char_boundary(at + 2 + MAX_EMPHASIS_BYTES)];
        let line = near.lines().next().unwrap_or_default();
        if before.ends_with(char::is_alphanumeric) && !line.starts_with(char::is_alphanumeric) && !is_closing(before) {
            return;
        }
        let is_apart = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "|>".contains(c));
        let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_sentence = line[word.len()..].starts_with([' ', ',', ':', '.']) && !PARAMETERS.contains(&word);
        let is_opening =
            is_apart && !word.is_empty() && is_sentence && line.trim_end().contains(' ') && !pairs.contains(&at);
        if is_opening && !scope(text, at + 2, before).contains("**") {
            found(&UNCLOSED, at..at + 2 + line.split('|').next().unwrap_or_default().trim_end().len());
        }
    }
}

/// The text from a position to the end of its cell, item or paragraph, or less; `before` precedes the position.
fn scope<'t>(text: &'t str, start: usize, before: &str) -> &'t str {
    let near = &text[start..text.floor_char_boundary(start + MAX_EMPHASIS_BYTES)];
    let line = near.lines().next().unwrap_or_default();
    if before.lines().next_back().unwrap_or_default().trim_start().starts_with('|') {
        return line.split('|').next().unwrap_or_default();
    }
    let goes_on = |line: &&str| !line.trim().is_empty() && marks_length(line) == 0;
    let end = near.split_inclusive('\n').skip(1).take_while(goes_on).map(str::len).sum::<usize>();
    &near[..near.floor_char_boundary(line.len() + 1 + end)]
}

/// Whether the text before `**` has opened emphasis, in this paragraph or the one before.
fn is_closing(before: &str) -> bool {
    before.rfind("**").is_some_and(|at| before[at + 2..].starts_with(char::is_alphanumeric))
}

/// Names of parameters that two asterisks collect.
const PARAMETERS: [&str; 6] = ["args", "kwargs", "options", "opts", "params", "props"];

/// Whether there are words between two delimiters, all in one paragraph.
fn has_words(inner: &str) -> bool {
    inner.contains(char::is_alphabetic) && !inner.contains("\n\n") && !inner.contains(['*', '`', '|'])
}

fn is_strong(before: &str, inner: &str, after: &str) -> bool {
    let touches = |text: Option<char>| text.is_some_and(char::is_alphanumeric);
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return false };
    if [left, right, Some(first), Some(last)].contains(&Some('*')) || left == Some('\\') {
        return false;
    }
    if is_cut_by_punctuation(before, inner, after) {
        return true;
    }
    // An inflected amount: `**30 %**ige`.
    let is_amount = inner.ends_with('%') && first.is_ascii_digit() && !inner.contains(['*', '\n', '`', '|']);
    if !has_words(inner) && !is_amount {
        return false;
    }
    match (is_gap(first), is_gap(last)) {
        // Delimiters with spaces on both sides are an operator, unless the content of a line begins with them, or words
        // are on both sides.
        (true, true) => !touches(right) && (begins_content(before) || is_among_words(before, inner)),
        (false, true) => !touches(left) && !touches(right) && !is_code(inner),
        (true, false) => !touches(left) && !touches(right) && !is_code(inner),
        // `**Note:**text`, or punctuation directly after an opening delimiter that follows a word.
        (false, false) => {
            let is_stop = |c: char| is_punctuation(c) && !"/.*<>_$".contains(c);
            let is_quote = |sign: char| is_stop(sign) && (!sign.is_ascii() || sign == '"');
            let is_link = first == '[' && inner.contains("](");
            let is_label = is_stop(last) && (touches(Some(first)) || is_link) && !touches(left);
            touches(right) && (is_label || is_quote(last)) || touches(left) && is_quote(first)
        }
    }
}

/// Whether a delimiter is between punctuation and a letter of a script without spaces, where it is not one:
/// `**99.9%**以上`, ``**`relay`**を``. Nobody writes an operator there.
fn is_cut_by_punctuation(before: &str, inner: &str, after: &str) -> bool {
    let has_content = inner.contains(char::is_alphanumeric) && !inner.contains(['*', '|', '\n']);
    // Between two words in bold, a full stop or a comma comes first, or an opening bracket last.
    let opens = |c: char| is_punctuation(c) && !is_closing_sign(c);
    let closes = |c: char| is_punctuation(c) && !is_opening_sign(c);
    has_content
        && !inner.starts_with(is_gap)
        && !inner.ends_with(is_gap)
        && (before.ends_with(is_east_asian) && inner.starts_with(opens)
            || after.starts_with(is_east_asian) && inner.ends_with(closes))
}

/// Whether a character is a space or looks like one.
fn is_gap(c: char) -> bool {
    c == ' ' || is_wide_space(c)
}

/// Whether two underscores on each side were meant as emphasis, although a space is on the inner side of one pair, or a
/// letter of a script without spaces on the outer side.
fn is_underscored(before: &str, inner: &str, after: &str) -> bool {
    let touches = |c: char| c.is_alphanumeric() || c == '_' || c == '\\';
    let (starts, ends) = (inner.starts_with(char::is_alphanumeric), inner.ends_with(|c: char| !is_gap(c)));
    if !has_words(inner) || inner.contains(['_', '\n']) || before.ends_with(['_', '\\']) || after.starts_with('_') {
        return false;
    }
    let is_dense_word = starts && ends && inner.chars().any(is_east_asian);
    if is_dense_word && (before.ends_with(is_east_asian) || after.starts_with(is_east_asian)) {
        return true;
    }
    let has_one_gap = starts && inner.ends_with(is_gap) || inner.starts_with(is_gap) && ends;
    has_one_gap && !is_code(inner) && !before.ends_with(touches) && !after.starts_with(touches)
}

/// Whether words, not names of variables, are before two delimiters and between them.
fn is_among_words(before: &str, inner: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let last = before.trim_end_matches(' ').rsplit([' ', '\n']).next().unwrap_or_default();
    let mut words = inner.split_whitespace();
    let is_before = before.ends_with(' ') && (is_word(last) || last.ends_with([':', ',', ';', '–', '—']));
    is_before && words.next().is_some_and(is_word) && words.next_back().is_none_or(is_word) && !is_code(inner)
}

/// Whether a stretch contains characters that are typical of code.
fn is_code(inner: &str) -> bool {
    inner.contains(['(', '=', '/', '_', '{'])
}

fn is_struck(before: &str, inner: &str, after: &str) -> bool {
    let is_apart = inner.starts_with(is_gap) || inner.ends_with(is_gap);
    (is_apart || is_cut_by_punctuation(before, inner, after))
        && has_words(inner)
        && !inner.contains('~')
        && !before.ends_with('~')
        && !after.starts_with('~')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || is_closing_sign(c) || is_opening_sign(c)
}

/// Whether a sign ends words: a bracket, a quotation mark or a stop.
fn is_closing_sign(c: char) -> bool {
    ",.:;!?)]}%：；，。、！？）」』】》〉”’…»›".contains(c)
}

/// Whether a sign begins words: a bracket or a quotation mark.
fn is_opening_sign(c: char) -> bool {
    "([{（「『【《〈“‘„‚«‹".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        collected(text, all)
    }

    #[test]
    fn emphasis_that_is_not_read_is_found() {
        for (text, mark) in [
            ("so **bold ** it", "**bold **"),
            ("so ** bold** it", "** bold**"),
            ("** Note ** it", "** Note **"),
            ("Das ist ** sehr wichtig ** für alle.", "** sehr wichtig **"),
            ("Note : ** do not restart **", "** do not restart **"),
            ("The ** bold ** text", "** bold **"),
            ("**注意：**再起動", "**注意：**"),
            ("これは**「重要」**、", "**「重要」**"),
            ("**Note:**text", "**Note:**"),
            ("これは**「重要」**です。", "**「重要」**"),
            ("変更は**緊急（レベル1）**の場合のみ。", "**緊急（レベル1）**"),
            ("중요한 것은 **\"변경\"**입니다.", "**\"변경\"**"),
            ("Das ist **„wichtig“**e Sache", "**„wichtig“**"),
            ("C'est une**« urgence »** pour tous.", "**« urgence »**"),
            ("so **bold text", "**bold text"),
            ("これは＊＊重要＊＊です。", "＊＊重要＊＊"),
            ("| **x y | z** |", "**x y"),
            ("**Over two\n\nparagraphs**", "**Over two"),
            ("so ~~gone ~~ it", "~~gone ~~"),
            ("~~「旧」~~は廃止", "~~「旧」~~"),
            ("目標は**99.9%**以上", "**99.9%**"),
            ("まず**`relay`**を再起動する。", "**`relay`**"),
            ("詳細は**[規程](https://e.org)**を参照", "**[規程](https://e.org)**"),
            ("**(중요)**은", "**(중요)**"),
            ("Rund **30 %**ige Auslastung", "**30 %**"),
            ("die **[Richtlinie](a.md)**en", "**[Richtlinie](a.md)**"),
            ("**\u{a0}Note**: x", "**\u{a0}Note**"),
            ("**願い**: 翻訳ではなく**「候補」として**提案", "**「候補」として**"),
            ("__Note: __ call", "__Note: __"),
            ("__ Note:__ call", "__ Note:__"),
            ("Do __not __ restart", "__not __"),
            ("これは__重要__です", "__重要__"),
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
            "The fee** applies.\n\n**Without taxes and duties.",
            "**options may follow",
            "**single",
            "氏名：＊＊＊＊",
            "page __ of __ and __:__",
            "Name: ____ Date: ____",
            "a __init__ b",
            "__x\\__",
            "**x\\**",
            "目標は **99.9%** 以上",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
