//! Detects text that says nothing because it is only a placeholder for words still to be written.

mod answers;
mod columns;
mod fields;
mod instructions;
mod labels;
mod languages;
mod negative;
mod no_place;
mod nobody;
mod nothing;
mod office;
mod open_words;
mod outstanding;
mod person;
mod phrases;
mod place;
mod pointer;
mod quantities;
mod reason;
mod rows;
mod sentences;
mod signatories;
mod unwritten;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use ahash::AHashMap;

use crate::name::fold_case;
use answers::NO_ANSWERS;
use fields::is_field_alone;
pub(crate) use fields::{angle_fields, find_fields, percent_field};
use instructions::{TEXT_PHRASES, is_instruction};
use labels::{is_blank_form, is_caption, is_for_author, is_negative_answer};
pub(crate) use labels::{is_choice, label};
pub(crate) use negative::is_to_be_filled;
pub(crate) use nothing::says_nothing_exists;
use office::{PAGE_FURNITURE, PROMPTS, is_copyright, is_page_footer, is_page_number, is_page_origin};
pub(crate) use open_words::says_open;
pub(crate) use outstanding::{denies_effect, denies_reason, is_action, is_cause, is_correction, is_evidence, is_proof};
pub(crate) use person::{names_person_or_role, normalize_words};
use phrases::PHRASES;
pub(crate) use place::names_place;
pub(crate) use pointer::points_elsewhere;
pub(crate) use quantities::find_blank_amounts;
use quantities::is_blank_amount;
pub(crate) use reason::is_reason;
pub(crate) use rows::Row;
pub(crate) use sentences::is_reminder_word;
use sentences::{is_filler, is_reminder, is_request, sentences};
pub(crate) use signatories::names_only_persons_or_roles;
use unwritten::{is_unwritten, may_begin};

/// Delimiters of fields to be filled in, regardless of letter case.
const FIELD_DELIMITERS: [(&str, &str); 16] = [
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
const FIRST_WORDS: [&str; 16] = [
    "copyright",
    "created",
    "todo",
    "todos",
    "tbd",
    "tbc",
    "fixme",
    "xxx",
    "to",
    "lorem",
    "sed",
    "this",
    "the",
    "is",
    "will",
    "still",
];
/// Maximum length of a word that is checked by the fast path.
const MAX_WORD_BYTES: usize = 24;

/// Languages in which `todo` is an ordinary word: Spanish and Portuguese, where it means *all*, and related ones.
const LANGUAGES_WITH_TODO: [&str; 9] = ["es", "pt", "gl", "ast", "an", "mwl", "lad", "cbk", "ext"];

/// Whether `TODO` in capitals is an ordinary word of a language, given as a BCP 47 tag.
pub(crate) fn is_ordinary_word(word: &str, lang: &str) -> bool {
    let language = || lang.split(['-', '_']).next().unwrap_or_default();
    let is_language = |known: &&str| known.eq_ignore_ascii_case(language());
    word.eq_ignore_ascii_case("todo") && LANGUAGES_WITH_TODO.iter().any(is_language)
}

static VALUE_PLACEHOLDERS: LazyLock<Placeholders> =
    LazyLock::new(|| Placeholders::for_values(NO_ANSWERS.iter().copied()));

/// Whether a whole text is in brackets, such as `<reason>`.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim();
    [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

/// Whether a text, as the value of a key, says anything apart from placeholders and statements that something is
/// unknown.
pub(crate) fn has_content(text: &str) -> bool {
    VALUE_PLACEHOLDERS.has_enough_words(1, text, "en")
}

/// The placeholder phrases of a handbook.
#[derive(Clone, Debug)]
pub(crate) struct Placeholders {
    /// Phrases by their first word, as lists of the remaining words, longest first.
    phrases: AHashMap<String, Vec<Vec<String>>>,
    /// Where the phrases are looked for.
    context: PlaceholderContext,
}

/// Where placeholders are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PlaceholderContext {
    /// The text of a page, where `Removed.` says nothing.
    Text,
    /// The value of a key, where it may state what was done.
    Value,
    /// A reason, which may be that a text is still to come.
    Reason,
}

impl Placeholders {
    /// Combines the built-in phrases with those of a handbook.
    pub(crate) fn new<'w>(phrases: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::with_context(
            PlaceholderContext::Text,
            phrases.into_iter().chain(TEXT_PHRASES.iter().chain(PAGE_FURNITURE).copied()),
        )
    }

    /// Like [`Placeholders::new`], for values of keys.
    fn for_values<'w>(phrases: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::with_context(PlaceholderContext::Value, phrases)
    }

    /// Like [`Placeholders::new`], for reasons.
    fn for_reasons<'w>(phrases: impl IntoIterator<Item = &'w str>) -> Placeholders {
        Placeholders::with_context(PlaceholderContext::Reason, phrases)
    }

    fn with_context<'w>(context: PlaceholderContext, extra_phrases: impl IntoIterator<Item = &'w str>) -> Placeholders {
        let mut phrases: AHashMap<String, Vec<Vec<String>>> = AHashMap::new();
        for phrase in PHRASES.iter().chain(PROMPTS).copied().chain(extra_phrases) {
            let mut words = words(phrase);
            if let Some(first) = words.next() {
                phrases.entry(first).or_default().push(words.collect());
            }
        }
        phrases.values_mut().for_each(|rests| rests.sort_by_key(|rest| std::cmp::Reverse(rest.len())));
        Placeholders { phrases, context }
    }

    /// Whether at least `min_words` words of a text in language `lang` remain without its placeholders.
    ///
    /// Each line of the text is a paragraph, a cell or an item, so no sentence extends beyond it.
    pub(crate) fn has_enough_words(&self, min_words: usize, text: &str, lang: &str) -> bool {
        min_words < 2 && self.starts_with_plain_word(text) || self.has_enough_in_sentences(min_words, text, lang)
    }

    fn has_enough_in_sentences(&self, min_words: usize, text: &str, lang: &str) -> bool {
        let mut left = min_words;
        let has_words =
            |line: &&str| !is_filler(line) && !is_field_alone(line) && !is_request(line) && !self.is_label(line, lang);
        let is_text = self.context == PlaceholderContext::Text;
        let has_words = |line: &&str| !(is_text && is_only_a_label(line)) && has_words(line);
        let lines = text.lines().filter(has_words);
        for sentence in lines.flat_map(sentences) {
            if left == 0 {
                break;
            }
            if !is_reminder(sentence, lang) {
                left = left.saturating_sub(self.count_words(&without_fields(sentence), left));
            }
        }
        left == 0
    }

    /// Whether a line is a label for the author, or one with nothing or only a placeholder after it: `Owner: TBD`.
    fn is_label(&self, line: &str, lang: &str) -> bool {
        if self.context != PlaceholderContext::Text {
            return false;
        }
        let Some(after) = label(line) else { return is_blank_form(line) };
        let has_words = |sentence| !is_reminder(sentence, lang) && self.count_words(&without_fields(sentence), 1) > 0;
        let is_open = || is_field_alone(after) || is_blank_amount(after) || !sentences(after).any(has_words);
        let is_unanswered = || !is_answer(after) && is_open();
        is_for_author(line) || is_caption(line) || after.is_empty() || is_blank_form(line) || is_unanswered()
    }

    /// Whether a text starts with a word that cannot start a placeholder, as most texts do, so that it certainly has
    /// content.
    fn starts_with_plain_word(&self, text: &str) -> bool {
        let word = first_word(text);
        let is_plain = word.starts_with(|c: char| c.is_ascii_alphabetic()) && text.is_ascii() && !is_only_a_label(text);
        let is_open = has_brackets(text) || memchr::memchr2(b':', b'_', text.as_bytes()).is_some();
        let mut folded = [0; MAX_WORD_BYTES];
        let Some(folded) = folded.get_mut(..word.len()).filter(|_| is_plain && !is_open) else {
            return false;
        };
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        let folded = std::str::from_utf8(folded).unwrap_or_default();
        !FIRST_WORDS.contains(&folded) && !self.phrases.contains_key(folded) && !may_begin(folded)
    }

    /// Number of words in a sentence outside placeholders, counted up to `max_words`.
    fn count_words(&self, sentence: &str, max_words: usize) -> usize {
        // `To be defined (Anna)`: a name in brackets does not say what is still to be written.
        let aside = sentence.split_once('(').filter(|_| self.context == PlaceholderContext::Text);
        let aside = aside.and_then(|(before, rest)| Some((before, rest.split_once(')')?)));
        match aside {
            Some((before, (inside, ""))) if is_short_aside(before, inside) => self.count_plain_words(before, max_words),
            _ => self.count_plain_words(sentence, max_words),
        }
    }

    fn count_plain_words(&self, sentence: &str, max_words: usize) -> usize {
        let folded = fold_case(sentence);
        let mut words = words_of(&folded);
        let says_nothing = match self.context {
            PlaceholderContext::Text => {
                is_unwritten(words.clone(), false)
                    || is_instruction(words.clone())
                    || is_page_number(words.clone())
                    || is_copyright(sentence)
                    || is_page_footer(sentence)
                    || is_page_origin(sentence)
            }
            PlaceholderContext::Value => is_unwritten(words.clone(), true),
            PlaceholderContext::Reason => false,
        };
        if says_nothing {
            return 0;
        }
        let mut count = 0;
        while count < max_words
            && let Some(first) = words.next()
        {
            match self.longest_match(first, &words) {
                None => count += 1,
                Some(0) => {}
                Some(skipped) => drop(words.nth(skipped - 1)),
            }
        }
        count
    }

    /// Number of further words of the longest placeholder that starts with `first`; `None` if there is none.
    fn longest_match<'w>(&self, first: &str, rest: &(impl Iterator<Item = &'w str> + Clone)) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| rest.clone().take(phrase.len()).eq(phrase.iter().map(String::as_str));
        self.phrases.get(first)?.iter().find(begins).map(Vec::len)
    }
}

/// Words for what should be in the place of a text, and words that only lead to another place.
const EMPTY_WORDS: [&str; 13] = [
    "description",
    "nan",
    "null",
    "beschreibung",
    "inhalt",
    "see",
    "see also",
    "siehe",
    "siehe auch",
    "voir",
    "véase",
    "vedi",
    "zie",
];

/// Whether a line is only a word for a text, such as `Description.`, or what remains of a reference: `See`.
fn is_only_a_label(line: &str) -> bool {
    const MAX_BYTES: usize = 24;
    line.len() <= MAX_BYTES && {
        let word = line.trim_matches(|c: char| !c.is_alphanumeric());
        EMPTY_WORDS.contains(&fold_case(word).as_str())
    }
}

/// Whether a text before brackets has words, and that in them is as short as a name or a day.
fn is_short_aside(before: &str, inside: &str) -> bool {
    before.contains(char::is_alphanumeric) && (1..=2).contains(&inside.split_whitespace().count())
}

/// Whether the text after a label says that there is nothing, and not that it is still to be filled in.
fn is_answer(text: &str) -> bool {
    is_negative_answer(text) && !is_to_be_filled(text)
}

/// The words of a text, case-folded and without punctuation and invisible characters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold_case(text);
    let words: Vec<String> = words_of(&folded).map(str::to_owned).collect();
    words.into_iter()
}

/// The words of a case-folded text.
fn words_of(folded: &str) -> impl Iterator<Item = &str> + Clone {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
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
    let mut found: Vec<Range<usize>> = find_fields(text).collect();
    found.dedup_by(|inner, outer| inner.start < outer.end);
    let mut text = with_spaces(text, found);
    for (opening, closing) in FIELD_DELIMITERS {
        let lower = text.to_ascii_lowercase();
        let mut fields = Vec::new();
        let mut at = 0;
        while let Some(start) = lower[at..].find(opening).map(|start| at + start) {
            let Some(end) = text[start..].find(closing) else { break };
            at = start + end + closing.len();
            fields.push(start..at);
        }
        text = with_spaces(&text, fields);
    }
    Cow::Owned(text)
}

/// A text with a space in place of each range; the ranges are in order and do not overlap.
fn with_spaces(text: &str, ranges: Vec<Range<usize>>) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        replaced.push_str(text.get(at..range.start).unwrap_or_default());
        replaced.push(' ');
        at = range.end;
    }
    replaced.push_str(text.get(at..).unwrap_or_default());
    replaced
}

#[cfg(test)]
mod tests;
