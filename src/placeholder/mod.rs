//! Whether a text says something, or only holds the place of words that are still to be written.

mod answers;
mod fields;
mod person;
mod phrases;
mod reason;
mod sentences;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use ahash::AHashMap;

use crate::name::case_folded;
use answers::NO_ANSWERS;
use fields::is_field_alone;
pub(crate) use fields::{angle_fields, fields};
pub(crate) use person::{names_a_place, names_each, names_person_or_role};
use phrases::PHRASES;
pub(crate) use reason::is_reason;
use sentences::{is_filler, is_reminder, sentences};

/// How fields to be filled in begin and end; letter case does not count.
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

/// First words of reminders and of text without meaning, in small letters.
const BEGINNINGS: [&str; 13] =
    ["todo", "todos", "tbd", "tbc", "fixme", "xxx", "to", "lorem", "this", "the", "is", "will", "still"];
/// A longer word is not looked up at once.
const MAX_WORD: usize = 24;

/// Languages in which `todo` is an ordinary word: Spanish and Portuguese for *all*, and others near them.
const LANGUAGES_WITH_TODO: [&str; 9] = ["es", "pt", "gl", "ast", "an", "mwl", "lad", "cbk", "ext"];

/// Whether `TODO` in capitals is an ordinary word of a language, given as a BCP 47 tag.
pub(crate) fn is_ordinary_word(word: &str, lang: &str) -> bool {
    let language = || lang.split(['-', '_']).next().unwrap_or_default();
    let is_of = |known: &&str| known.eq_ignore_ascii_case(language());
    word.eq_ignore_ascii_case("todo") && LANGUAGES_WITH_TODO.iter().any(is_of)
}

static KNOWN: LazyLock<Placeholders> = LazyLock::new(|| Placeholders::new(NO_ANSWERS.iter().copied()));

/// Whether a text consists of nothing but something in brackets, such as `<reason>`.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim();
    [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

/// Whether a text, as the value of a key, says anything beside placeholders and that something is still to be found out.
pub(crate) fn has_content(text: &str) -> bool {
    KNOWN.leave(1, text, "en")
}

/// The placeholders of a handbook.
#[derive(Clone, Debug)]
pub(crate) struct Placeholders {
    /// Phrases by their first word, each as its further words; the longest first.
    phrases: AHashMap<String, Vec<Vec<String>>>,
}

impl Placeholders {
    /// The phrases that Clausebook knows, and a handbook's own.
    pub(crate) fn new<'w>(own: impl IntoIterator<Item = &'w str>) -> Placeholders {
        let mut phrases: AHashMap<String, Vec<Vec<String>>> = AHashMap::new();
        for phrase in PHRASES.iter().copied().chain(own) {
            let mut words = words(phrase);
            if let Some(first) = words.next() {
                phrases.entry(first).or_default().push(words.collect());
            }
        }
        phrases.values_mut().for_each(|rests| rests.sort_by_key(|rest| std::cmp::Reverse(rest.len())));
        Placeholders { phrases }
    }

    /// Whether at least `least` words of a text in a language remain after its placeholders are taken out.
    ///
    /// A line of the text is a paragraph, a cell or an item: no sentence goes beyond it.
    pub(crate) fn leave(&self, least: usize, text: &str, lang: &str) -> bool {
        least < 2 && self.start_with_plain_word(text) || self.leaves_sentences(least, text, lang)
    }

    fn leaves_sentences(&self, least: usize, text: &str, lang: &str) -> bool {
        let mut left = least;
        let lines = text.lines().filter(|line| !is_filler(line) && !is_field_alone(line));
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

    /// Whether a text certainly begins with a word that begins no placeholder, as most texts do: then it says something.
    fn start_with_plain_word(&self, text: &str) -> bool {
        let word = first_word(text);
        let is_plain = word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && text.is_ascii();
        let mut folded = [0; MAX_WORD];
        let Some(folded) = folded.get_mut(..word.len()).filter(|_| is_plain && !has_brackets(text)) else {
            return false;
        };
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        let folded = std::str::from_utf8(folded).unwrap_or_default();
        !BEGINNINGS.contains(&folded) && !self.phrases.contains_key(folded)
    }

    /// How many words of a sentence belong to no placeholder, counted no further than to `most`.
    fn count(&self, sentence: &str, most: usize) -> usize {
        let folded = case_folded(sentence);
        let mut words = words_of(&folded);
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

    /// How many more words belong to the longest placeholder that begins with a word; nothing when none does.
    fn more_words<'w>(&self, first: &str, rest: &(impl Iterator<Item = &'w str> + Clone)) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| rest.clone().take(phrase.len()).eq(phrase.iter().map(String::as_str));
        self.phrases.get(first)?.iter().find(begins).map(Vec::len)
    }
}

/// The words of a text without letter case, punctuation and what is not shown.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = case_folded(text);
    let words: Vec<String> = words_of(&folded).map(str::to_owned).collect();
    words.into_iter()
}

/// The words of a text whose letter case is folded.
fn words_of(folded: &str) -> impl Iterator<Item = &str> + Clone {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The letters and digits of ASCII that a text begins with.
fn first_word(text: &str) -> &str {
    text.find(|letter: char| !letter.is_ascii_alphanumeric()).map_or(text, |end| &text[..end])
}

/// Whether a text has brackets as fields have them.
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
mod tests {
    use super::sentences::REMINDERS;
    use super::*;

    fn says(text: &str, lang: &str) -> bool {
        Placeholders::new(["fnord"]).leave(1, text, lang)
    }

    #[test]
    fn placeholders_in_any_form_say_nothing() {
        for text in [
            "",
            " ",
            "...",
            "…",
            "—",
            "- - -",
            "TODO",
            "todo",
            "ToDo:",
            "TBD.",
            "(TBC)",
            "T.B.D.",
            "N/A",
            "n. a.",
            "n.a.",
            "Not applicable.",
            "To be written",
            "To be defined, to be confirmed",
            "[insert text here]",
            "[insert <your name> here]",
            "<your [Name]> [Date]",
            "{{owner}}",
            "<your text>",
            "TODO: ask the supplier",
            "TODO describe the process",
            "FIXME (TM): which?",
            "Todo: describe the process",
            "ToDos: everything",
            "Siehe unten.",
            "Voir ci-dessous.",
            "Nicht relevant.",
            "Wird noch beschrieben.",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
            "\u{200b}",
            "\u{2060} \u{a0}",
            "\u{301}",
            "\u{3164}",
            "ＴＯＤＯ",
            "T\u{200b}BD",
            "fnord",
            "Fnord!",
            "entfällt",
            "Noch zu ergänzen",
            "à compléter",
            "S.O.",
            "pendiente",
            "n.v.t.",
            "待定",
            "該当なし",
            "☐",
            "?",
            "xxx",
            "TBD\nTBD\nn/a",
            "This section is intentionally left blank.",
            "Coming soon!",
            "To be completed by the owner.",
            "To be defined in the next version.",
            "tbd by the third quarter",
            "To do: everything",
            "${text}",
            "<%= title %>",
            "<<text>>",
            "[^1]",
            "[Name], [Date]",
            "See below.",
            "ditto",
            "🚧",
            "T. B. D.",
            "N. A.",
            "k. A.",
            "S. O.",
            "Not applicable to us.",
            "This clause does not apply.",
            "Does not apply to us",
            "Out of scope.",
            "Not in scope.",
            "Not needed.",
            "Not required.",
            "Excluded",
            "TODOs",
            "todo later",
            "Will be written by May.",
            "is to be written",
            "This section will be written later.",
            "This section is to be described by the owner.",
            "Content to follow.",
            "Reserved.",
            "Stub",
            "Text folgt.",
            "keine Angabe",
            "未完成",
            "작성중",
            "ТОДО",
            "A compléter",
            "Click or tap here to enter text.",
            "[Provide a description of the process.]",
            "[List the roles here]",
            "[insert]",
            "<Company Name>",
            "[name]",
            "[date]",
            "<role>",
            "{Describe the process}",
        ] {
            assert!(!says(text, "en"), "{text}");
        }
    }

    #[test]
    fn a_text_that_certainly_says_something_does() {
        let known = Placeholders::new(["fnord"]);
        let firsts =
            PHRASES.iter().chain(&REMINDERS).chain(&BEGINNINGS).chain(&["fnord", "Server", "No", "N", "Lorem"]);
        for (first, rest) in firsts.flat_map(|first| {
            let rests =
                ["", ": x", " be defined by", " ipsum", "_x", ". [x]", "\nx", " <your name>", "é", "\u{301}", ";"];
            rests.map(|rest| (first, rest))
        }) {
            let text = format!("{first}{rest}");
            for text in [text.to_uppercase(), text.replace(' ', "-"), text] {
                let is_certain = known.start_with_plain_word(&text);
                assert!(!is_certain || known.leaves_sentences(1, &text, "en"), "{text}");
                assert!(!is_certain || known.leaves_sentences(1, &text, "es"), "{text}");
            }
        }
        assert!(known.start_with_plain_word("Servers are patched. TODO"));
    }

    #[test]
    fn a_sentence_says_something_even_beside_a_placeholder() {
        for text in [
            "The desk restores the service within four hours.",
            "Not applicable to email; the desk restores everything else.",
            "TODO: ask the supplier. The desk restores the service.",
            "Rollback",
            "4 hours",
            "P1: 4",
            "恢复服务",
            "هل",
            "See the incident procedure.",
            "To be written down within a day: each call.",
            "To be approved by the Change Manager.",
            "To do this, call the desk.",
            "Tbdx is a tool.",
            "Will be completed by the requester within a day.",
            "The form is to be completed by the requester.",
            "This section is described in the plan.",
            "The service will be written off after five years.",
            "The change will be described in the ticket by the requester.",
            "Reserved seats are kept for visitors.",
            "[The server is restarted by night]",
            "[Listed] parts",
            "Plan B. Call the carrier.",
            "Excluded parties are listed by the desk.",
        ] {
            assert!(says(text, "en"), "{text}");
        }
        assert!(says("TODO EL PERSONAL registra las llamadas.", "es"));
        assert!(!says("TODO", "es-MX"));
        assert!(has_content("TODO EL PERSONAL ESTABA DE VACACIONES.") && has_content("TODO SE REGISTRA DE NUEVO."));
        assert!(names_each("TODO EL EQUIPO") && is_reason("TODO EL ARCHIVO ESTÁ EN EL SISTEMA"));
        assert!(!has_content("TODO ASK THE SUPPLIER") && !has_content("TODO: EL"));
    }

    #[test]
    fn a_value_that_is_still_to_be_found_out_says_nothing() {
        for text in [
            "open",
            "Open.",
            "not yet known",
            "Under investigation",
            "The root cause is still under investigation.",
            "Cause not yet known",
            "wird noch ermittelt",
            "Die Ursache wird noch untersucht.",
            "Ursache: unklar",
        ] {
            assert!(!has_content(text), "{text}");
        }
        for text in [
            "The list showed open changes only.",
            "Open door",
            "Investigation found a loose plug",
            "Die Ursache ist ein loser Stecker",
            "Root cause: no test after the change",
        ] {
            assert!(has_content(text), "{text}");
        }
    }

    #[test]
    fn a_reason_can_be_asked_for_more_than_one_word() {
        let reason = |text| Placeholders::new([]).leave(2, text, "en");
        assert!(reason("No plan has been invoked."));
        for text in ["unnecessary", "TBD", "n/a because", "not applicable", "x y"] {
            assert!(!reason(text), "{text}");
        }
    }
}
