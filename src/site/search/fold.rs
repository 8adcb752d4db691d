//! Normalizes text for search and splits it into terms.
//!
//! `fold.js` does the same with queries; a test compares the two.

mod compounds;
mod spellings;

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use unicode_normalization::UnicodeNormalization;

pub(super) use compounds::{has_compounds, word_ends};
pub use spellings::spellings;

/// Characters that decomposition does not reduce to plain letters.
const FOLDS: &[(char, &str)] = &[
    ('\u{2010}', "-"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Accents of Latin, Greek and Cyrillic letters, and points of Hebrew and Arabic. Vowel signs of other scripts are
/// kept, since words would change their meaning without them.
const ACCENTS: &[(char, char)] =
    &[('\u{300}', '\u{36f}'), ('\u{591}', '\u{5bd}'), ('\u{64b}', '\u{65f}'), ('\u{670}', '\u{670}')];

/// Scripts without spaces between words, and Korean, whose particles are attached to words: Thai and Lao, Burmese,
/// Korean letters, Khmer, Chinese characters and kana, Korean syllables.
const UNSPACED: &[(char, char)] = &[
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1100}', '\u{11ff}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{2e80}', '\u{9fff}'),
    ('\u{a960}', '\u{a97f}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Characters that are invisible and not typed: soft hyphen, zero-width space, word joiner and byte order mark.
const SILENT: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// The maximum length of a term in bytes; longer ones are truncated.
const MAX_TERM_BYTES: usize = 64;
/// Runs of up to this many letters that are joined by `/` or `&` are also a single term: I/O, R&D.
const MAX_JOINED_LETTERS: usize = 3;

/// The text in the form in which terms are compared.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
    }
    let plain = text.nfkd().filter(|c| !is_in(ACCENTS, *c) && !is_silent(*c));
    let mut folded = String::with_capacity(text.len());
    for c in plain.flat_map(char::to_lowercase) {
        match FOLDS.iter().find(|(from, _)| *from == c) {
            Some((_, to)) if !c.is_ascii() => folded.push_str(to),
            _ => folded.push(c),
        }
    }
    Cow::Owned(folded.nfc().collect())
}

/// Appends the text in the form in which terms are compared.
pub(super) fn push_folded(out: &mut String, text: &str) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        out.push_str(&fold(text));
    }
}

/// Calls `emit` with every term of a folded text, as often as it occurs.
///
/// A term is a run of letters and digits. Runs joined by single `-`, `_` or `.` are also a term as a whole if they
/// contain a digit; if they consist only of numbers (`8.6.1`), the parts are not terms. Runs followed by a sign (`C++`,
/// `C#`) and short runs with a sign between them (`I/O`, `R&D`) are also terms. Single letters and digits are not. In
/// scripts without spaces, every pair of adjacent characters is a term, and so is the last character of a run.
pub fn for_each_term<'t>(folded: &'t str, emit: &mut impl FnMut(&'t str)) {
    let mut rest = folded;
    loop {
        if let Some((run, after)) = simple_run(rest) {
            rest = after;
            if run.len() > 1 {
                emit_cut(run, emit);
            }
            continue;
        }
        let Some(JoinedRun { text, join, rest: after }) = next_joined(rest) else { return };
        rest = after;
        match join {
            Join::None => {
                emit_run(text, emit);
                continue;
            }
            Join::Sign => emit_cut(text, emit),
            Join::Mark if text.bytes().any(|byte| byte.is_ascii_digit()) => emit_cut(text, emit),
            Join::Mark => {}
        }
        if !is_number(text) {
            text.split(['-', '_', '.', '/', '&', '+', '#']).for_each(|run| emit_run(run, emit));
        }
    }
}

/// Whether a term consists of digits and joining characters.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || b"-_.".contains(&byte))
}

/// A run of letters and digits, or several joined runs.
struct JoinedRun<'t> {
    text: &'t str,
    join: Join,
    /// The remaining text.
    rest: &'t str,
}

/// How runs are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// A single run.
    None,
    /// `-`, `_` or `.`.
    Mark,
    /// `/` or `&` between two short runs, or `++` or `#` after a run.
    Sign,
}

/// The first run and the remaining text, if the run is ASCII and nothing can join it to another, as is usual.
fn simple_run(text: &str) -> Option<(&str, &str)> {
    let class = |byte: &u8| BYTE_CLASSES[usize::from(*byte)];
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| matches!(class(byte), ByteClass::Word | ByteClass::Other))?;
    let end =
        bytes[start..].iter().position(|byte| class(byte) != ByteClass::Word).map_or(bytes.len(), |run| start + run);
    let is_alone = end > start && bytes.get(end).is_none_or(|byte| class(byte) == ByteClass::Between);
    is_alone.then(|| (&text[start..end], &text[end..]))
}

/// The first run, or the first sequence of joined runs.
fn next_joined(text: &str) -> Option<JoinedRun<'_>> {
    let start = match text
        .bytes()
        .position(|byte| matches!(BYTE_CLASSES[usize::from(byte)], ByteClass::Word | ByteClass::Other))?
    {
        start if text.as_bytes()[start].is_ascii() => start,
        start => start + text[start..].find(is_word)?,
    };
    let text = &text[start..];
    let first = run_end(text);
    if let Some(end) = suffix_sign_end(text, first) {
        let (text, after) = text.split_at(end);
        return Some(JoinedRun { text, join: Join::Sign, rest: after });
    }
    let mut end = first;
    while let Some(b'-' | b'_' | b'.') = text.as_bytes().get(end) {
        match run_end(&text[end + 1..]) {
            0 => break,
            more => end += 1 + more,
        }
    }
    let (text, after) = text.split_at(end);
    Some(JoinedRun { text, join: if end > first { Join::Mark } else { Join::None }, rest: after })
}

/// The end of a run including the sign that belongs to it.
fn suffix_sign_end(text: &str, run: usize) -> Option<usize> {
    let goes_on = |at: usize, marks: &[u8]| {
        let next = text.as_bytes().get(at).is_some_and(|byte| marks.contains(byte));
        next || run_end(&text[at..]) > 0
    };
    match text.as_bytes().get(run)? {
        b'+' if text.as_bytes().get(run + 1) == Some(&b'+') => Some(run + 2).filter(|end| !goes_on(*end, b"+#")),
        b'#' => Some(run + 1).filter(|end| !goes_on(*end, b"+#")),
        b'/' | b'&' => {
            let end = run + 1 + run_end(&text[run + 1..]);
            let is_joined = text.as_bytes().get(end).is_some_and(|byte| b"-_./&".contains(byte));
            let joins_on = is_joined && run_end(&text[end + 1..]) > 0;
            (end > run + 1 && is_short(&text[..run]) && is_short(&text[run + 1..end]) && !joins_on).then_some(end)
        }
        _ => None,
    }
}

fn is_short(run: &str) -> bool {
    run.chars().nth(MAX_JOINED_LETTERS).is_none()
}

/// The role of a byte in words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    /// An ASCII letter or digit.
    Word,
    /// Part of a non-ASCII character, which must be looked up.
    Other,
    /// Not part of a word, but may join two words.
    Joiner,
    /// Not part of a word.
    Between,
}

/// The class of every byte, which is sufficient for most text.
static BYTE_CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => ByteClass::Word,
            b'-' | b'_' | b'.' | b'/' | b'&' | b'+' | b'#' => ByteClass::Joiner,
            _ => ByteClass::Between,
        };
        byte += 1;
    }
    classes
};

fn run_end(text: &str) -> usize {
    let Some(end) = text.bytes().position(|byte| BYTE_CLASSES[usize::from(byte)] != ByteClass::Word) else {
        return text.len();
    };
    if text.as_bytes()[end].is_ascii() {
        return end;
    }
    text[end..].find(|c| !is_word(c)).map_or(text.len(), |length| end + length)
}

fn emit_run<'t>(run: &'t str, emit: &mut impl FnMut(&'t str)) {
    if run.is_ascii() {
        return emit_long(run, emit);
    }
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_in(UNSPACED, first);
        let end = rest.find(|c| is_in(UNSPACED, c) != unspaced).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if unspaced { emit_pairs(part, emit) } else { emit_long(part, emit) }
    }
}

fn emit_long<'t>(term: &'t str, emit: &mut impl FnMut(&'t str)) {
    if term.len() > 4 || term.chars().nth(1).is_some() {
        emit_cut(term, emit);
    }
}

fn emit_cut<'t>(term: &'t str, emit: &mut impl FnMut(&'t str)) {
    emit(if term.len() <= MAX_TERM_BYTES { term } else { &term[..term.floor_char_boundary(MAX_TERM_BYTES)] });
}

fn emit_pairs<'t>(text: &'t str, emit: &mut impl FnMut(&'t str)) {
    let mut ends = text.char_indices().map(|(at, c)| (at, at + c.len_utf8())).peekable();
    while let Some((start, end)) = ends.next() {
        emit(&text[start..ends.peek().map_or(end, |(_, end)| *end)]);
    }
}

/// Whether a character is a letter rather than a number or mark.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    GeneralCategoryGroup::Letter.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

/// Whether a character is part of a word: a letter, number or mark.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Letter.contains(category)
        || GeneralCategoryGroup::Number.contains(category)
        || GeneralCategoryGroup::Mark.contains(category)
}

/// Whether a character is invisible and ignored.
pub(super) fn is_silent(c: char) -> bool {
    SILENT.contains(&c)
}

/// Whether a term contains characters of scripts without spaces.
pub(super) fn is_unspaced(term: &str) -> bool {
    term.chars().any(|c| is_in(UNSPACED, c))
}

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    // All ranges in these tables start at or after the first accent.
    c >= '\u{300}' && ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let folded = fold(text);
        let mut list = Vec::new();
        for_each_term(&folded, &mut |term| list.push(term.to_owned()));
        list
    }

    #[test]
    fn diacritics_case_and_width_do_not_matter() {
        assert_eq!(fold("Größe ÆØŁ Ｗｉｄｅ ΟΔΟΣ İstanbul"), "grosse aeol wide οδοσ istanbul");
        assert_eq!(fold("한국 が ｶﾞ"), "한국 が ガ");
    }

    #[test]
    fn ids_and_numbers_are_terms_as_a_whole() {
        assert_eq!(all("See POL-CHG-001, 8.6.1."), ["see", "pol-chg-001", "pol", "chg", "001", "8.6.1"]);
        assert_eq!(all("follow-up a.8.3 x"), ["follow", "up", "a.8.3"]);
        assert_eq!(all("8.1 8.10 -- ... 12_"), ["8.1", "8.10", "12"]);
    }

    #[test]
    fn writing_without_spaces_is_cut_into_pairs() {
        assert_eq!(all("変更管理"), ["変更", "更管", "管理", "理"]);
        assert_eq!(all("ITサービスv2"), ["it", "サー", "ービ", "ビス", "ス", "v2"]);
    }

    #[test]
    fn signs_belong_to_short_names() {
        assert_eq!(all("C++, C# and notepad++"), ["c++", "c#", "and", "notepad++", "notepad"]);
        assert_eq!(all("I/O, R&D; TCP/IP"), ["i/o", "r&d", "tcp/ip", "tcp", "ip"]);
        assert_eq!(all("yes/maybe 1/2/2026 a+++ c#x"), ["yes", "maybe", "2026"]);
    }

    #[test]
    fn invisible_characters_are_not_part_of_a_term() {
        assert_eq!(all("con\u{ad}ti\u{200b}nuity e\u{2011}mail"), ["continuity", "mail"]);
        assert_eq!(spellings(&fold("e\u{2011}mail")), "email");
    }

    #[test]
    fn long_words_are_indexed_by_prefix() {
        assert_eq!(all(&"x".repeat(65)), ["x".repeat(64)]);
        assert_eq!(all(&"é".repeat(65)), ["e".repeat(64)]);
        assert_eq!(all(&"ж".repeat(65)), ["ж".repeat(32)]);
        assert_eq!(all("\u{301}\u{301} \u{fe0f}"), Vec::<String>::new());
    }
}
