//! Detects text that says nothing because it is only a placeholder for words still to be written.

mod answers;
mod fields;
mod instructions;
mod languages;
mod negative;
mod person;
mod phrases;
mod reason;
mod sentences;
mod unwritten;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use ahash::AHashMap;

use crate::name::case_folded;
use answers::NO_ANSWERS;
use fields::is_field_alone;
pub(crate) use fields::{angle_fields, fields, percent_field};
use instructions::{TEXT_PHRASES, is_instruction};
pub(crate) use negative::is_to_be_filled;
pub(crate) use person::{names_a_place, names_each, names_person_or_role};
use phrases::PHRASES;
pub(crate) use reason::is_reason;
pub(crate) use sentences::is_reminder_word;
use sentences::{is_filler, is_for_author, is_reminder, label, says_no, sentences};
use unwritten::{is_unwritten, may_begin};

/// Delimiters of fields to be filled in, regardless of letter case.
const FIELDS: [(&str, &str); 16] = [
    ("{{", "}}"),
    ("${", "}"),
    ("<%", "%>"),
    ("<<", ">>"),
    ("[^", "]"),
    ("[insert ", "]"),
    ("[enter ", "]"),
    ("[add ", "]"),
    ("[describe ", "]"),
    ("[your ", "]"),
    ("[fill ", "]"),
    ("[to be ", "]"),
    ("<insert ", ">"),
    ("<enter ", ">"),
    ("<your ", ">"),
    ("<describe ", ">"),
];

/// First words of reminders and filler text, in lower case.
const BEGINNINGS: [&str; 13] =
    ["todo", "todos", "tbd", "tbc", "fixme", "xxx", "to", "lorem", "this", "the", "is", "will", "still"];
/// Maximum length of a word that is checked by the fast path.
const MAX_WORD: usize = 24;

/// Languages in which `todo` is an ordinary word: Spanish and Portuguese, where it means *all*, and related ones.
const LANGUAGES_WITH_TODO: [&str; 9] = ["es", "pt", "gl", "ast", "an", "mwl", "lad", "cbk", "ext"];

/// Whether `TODO` in capitals is an ordinary word of a language, given as a BCP 47 tag.
pub(crate) fn is_ordinary_word(word: &str, lang: &str) -> bool {
    let language = || lang.split(['-', '_']).next().unwrap_or_default();
    let is_of = |known: &&str| known.eq_ignore_ascii_case(language());
    word.eq_ignore_ascii_case("todo") && LANGUAGES_WITH_TODO.iter().any(is_of)
}

static KNOWN: LazyLock<Placeholders> = LazyLock::new(|| Placeholders::of_values(NO_ANSWERS.iter().copied()));

/// Whether a whole text is in brackets, such as `<reason>`.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim();
    [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

/// Whether a text, as the value of a key, says anything apart from placeholders and statements that something is
/// unknown.
pub(crate) fn has_content(text: &str) -> bool {
    KNOWN.leave(1, text, "en")
}

/// The placeholder phrases of a handbook.
#[derive(Clone, Debug)]
pub(crate) struct Placeholders {
    /// Phrases by their first word, as lists of the remaining words, longest first.
    phrases: AHashMap<String, Vec<Vec<String>>>,
    /// Where the phrases are looked for.
    within: Within,
}

/// Where placeholders are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// The text of a page, where `Removed.` says nothing.
    Text,
    /// The value of a key, where it may state what was done.
    Value,
    /// A reason, which may be that a text is still to come.
    Reason,
}

impl Placeholders {
    /// Combines the built-in phrases with those of a handbook.
    pub(crate) fn new<'w>(own: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::within(Within::Text, own.into_iter().chain(TEXT_PHRASES))
    }

    /// Like [`Placeholders::new`], for values of keys.
    fn of_values<'w>(own: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::within(Within::Value, own)
    }

    /// Like [`Placeholders::new`], for reasons.
    fn of_reasons<'w>(own: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::within(Within::Reason, own)
    }

    fn within<'w>(within: Within, own: impl IntoIterator<Item = &'w str>) -> Placeholders {
        let mut phrases: AHashMap<String, Vec<Vec<String>>> = AHashMap::new();
        for phrase in PHRASES.iter().copied().chain(own) {
            let mut words = words(phrase);
            if let Some(first) = words.next() {
                phrases.entry(first).or_default().push(words.collect());
            }
        }
        phrases.values_mut().for_each(|rests| rests.sort_by_key(|rest| std::cmp::Reverse(rest.len())));
        Placeholders { phrases, within }
    }

    /// Whether at least `least` words of a text in language `lang` remain without its placeholders.
    ///
    /// Each line of the text is a paragraph, a cell or an item, so no sentence extends beyond it.
    pub(crate) fn leave(&self, least: usize, text: &str, lang: &str) -> bool {
        least < 2 && self.start_with_plain_word(text) || self.leaves_sentences(least, text, lang)
    }

    fn leaves_sentences(&self, least: usize, text: &str, lang: &str) -> bool {
        let mut left = least;
        let says = |line: &&str| !is_filler(line) && !is_field_alone(line) && !self.is_label(line, lang);
        let lines = text.lines().filter(says);
        for sentence in lines.flat_map(sentences) {
            if left == 0 {
                break;
            }
            if !is_reminder(sentence, lang) {
                left = left.saturating_sub(self.count(&without_fields(sentence), left));
            }
        }
        left == 0
    }

    /// Whether a line is a label for the author, or one with nothing or only a placeholder after it: `Owner: TBD`.
    fn is_label(&self, line: &str, lang: &str) -> bool {
        let Some(behind) = label(line).filter(|_| self.within == Within::Text) else { return false };
        let says = |sentence| !is_reminder(sentence, lang) && self.count(&without_fields(sentence), 1) > 0;
        is_for_author(line) || behind.is_empty() || !says_no(behind) && !sentences(behind).any(says)
    }

    /// Whether a text starts with a word that cannot start a placeholder, as most texts do, so that it certainly has
    /// content.
    fn start_with_plain_word(&self, text: &str) -> bool {
        let word = first_word(text);
        let is_plain = word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && text.is_ascii();
        let is_open = has_brackets(text) || memchr::memchr(b':', text.as_bytes()).is_some();
        let mut folded = [0; MAX_WORD];
        let Some(folded) = folded.get_mut(..word.len()).filter(|_| is_plain && !is_open) else {
            return false;
        };
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        let folded = std::str::from_utf8(folded).unwrap_or_default();
        !BEGINNINGS.contains(&folded) && !self.phrases.contains_key(folded) && !may_begin(folded)
    }

    /// Number of words in a sentence outside placeholders, counted up to `most`.
    fn count(&self, sentence: &str, most: usize) -> usize {
        let folded = case_folded(sentence);
        let mut words = words_of(&folded);
        let says_nothing = match self.within {
            Within::Text => is_unwritten(words.clone(), false) || is_instruction(words.clone()),
            Within::Value => is_unwritten(words.clone(), true),
            Within::Reason => false,
        };
        if says_nothing {
            return 0;
        }
        let mut count = 0;
        while count < most
            && let Some(first) = words.next()
        {
            match self.more_words(first, &words) {
                None => count += 1,
                Some(0) => {}
                Some(more) => drop(words.nth(more - 1)),
            }
        }
        count
    }

    /// Number of further words of the longest placeholder that starts with `first`; `None` if there is none.
    fn more_words<'w>(&self, first: &str, rest: &(impl Iterator<Item = &'w str> + Clone)) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| rest.clone().take(phrase.len()).eq(phrase.iter().map(String::as_str));
        self.phrases.get(first)?.iter().find(begins).map(Vec::len)
    }
}

/// The words of a text, case-folded and without punctuation and invisible characters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = case_folded(text);
    let words: Vec<String> = words_of(&folded).map(str::to_owned).collect();
    words.into_iter()
}

/// The words of a case-folded text.
fn words_of(folded: &str) -> impl Iterator<Item = &str> + Clone {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The run of ASCII letters and digits at the start of a text.
fn first_word(text: &str) -> &str {
    text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).map_or(text, |end| &text[..end])
}

/// Whether a text contains brackets of the kinds used for fields.
fn has_brackets(text: &str) -> bool {
    memchr::memchr3(b'{', b'[', b'<', text.as_bytes()).is_some()
}

fn without_fields(text: &str) -> Cow<'_, str> {
    if !has_brackets(text) {
        return Cow::Borrowed(text);
    }
    let mut found: Vec<Range<usize>> = fields(text).collect();
    found.dedup_by(|inner, outer| inner.start < outer.end);
    let mut text = text.to_owned();
    found.into_iter().rev().for_each(|field| text.replace_range(field, " "));
    for (opening, closing) in FIELDS {
        while let Some(start) = text.to_ascii_lowercase().find(opening) {
            let Some(end) = text[start..].find(closing) else { break };
            text.replace_range(start..start + end + closing.len(), " ");
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests;
