//! Splits text into sentences, and recognizes those that are only reminders for the author.

use super::is_ordinary_word;

/// Words in capitals that start a reminder for the author; the rest of the sentence belongs to the reminder.
pub(super) const REMINDERS: [&str; 5] = ["TODO", "TBD", "TBC", "FIXME", "XXX"];

/// Reminders that are not a word in any language and therefore also count in lower case.
const REMINDERS_IN_ANY_CASE: [&str; 3] = ["tbd", "tbc", "fixme"];

/// Whether a word only reminds the author of something.
pub(crate) fn is_reminder_word(word: &str) -> bool {
    REMINDERS.iter().any(|reminder| reminder.eq_ignore_ascii_case(word))
}

/// Starts of a sentence that is a note for its author.
const NOTE_STARTS: [&str; 5] = ["todo:", "todos:", "to do:", "to-do:", "to-dos:"];

/// Verbs of a sentence that only says that a text is still to be written, and by whom or when.
const TO_BE_VERBS: [&str; 14] = [
    "written",
    "drafted",
    "defined",
    "determined",
    "decided",
    "added",
    "detailed",
    "described",
    "supplied",
    "completed",
    "clarified",
    "finalized",
    "finalised",
    "elaborated",
];

/// Verbs that apply only to texts: `Will be completed by the requester`, in contrast, describes a process.
const TEXT_ONLY_VERBS: [&str; 5] = ["written", "drafted", "detailed", "described", "elaborated"];

/// Subjects of such a sentence, which denote the text itself.
const TEXT_NOUNS: [&str; 6] = ["chapter", "content", "page", "part", "section", "text"];

/// Words that continue such a sentence without adding content.
const TO_BE_CONTINUATIONS: [&str; 12] =
    ["by", "with", "in", "until", "later", "once", "after", "soon", "shortly", "when", "at", "here"];

/// Starts of meaningless text that fills a whole paragraph.
const FILLERS: [&str; 2] = ["lorem ipsum", "sed ut perspiciatis"];

/// Characters that end a sentence.
const STOPS: [char; 9] = ['.', '!', '?', ';', '。', '！', '？', '।', '؟'];

/// The sentences of a line, including their full stops. A full stop followed by a lower-case letter belongs to an
/// abbreviation.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = &str> {
    // The last four are first bytes of sentence-ending characters in other scripts.
    let may_end = |byte: u8| matches!(byte, b'.' | b'!' | b'?' | b';' | 0xd8 | 0xe0 | 0xe3 | 0xef);
    let is_one = !line.bytes().fold(false, |found, byte| found | may_end(byte));
    let mut rest = line;
    std::iter::from_fn(move || {
        if is_one {
            return Some(std::mem::take(&mut rest)).filter(|line| !line.is_empty());
        }
        let ends = |(at, stop): &(usize, &str)| {
            let next = rest[at + stop.len()..].trim_start().chars().next();
            let is_end = rest[at + stop.len()..].starts_with(' ') && !next.is_some_and(char::is_lowercase);
            *stop != "." || (is_end && !ends_with_one_letter(&rest[..*at]))
        };
        let end = rest.match_indices(STOPS).find(ends).map_or(rest.len(), |(at, stop)| at + stop.len());
        let (sentence, after) = rest.split_at(end);
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// Whether the last word of a text is a single letter, as in `T. B. D.`
fn ends_with_one_letter(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next().is_some_and(char::is_alphabetic) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// Whether a line starts meaningless filler text.
pub(super) fn is_filler(line: &str) -> bool {
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |filler: &&str| start.get(..filler.len()).is_some_and(|start| start.eq_ignore_ascii_case(filler));
    FILLERS.iter().any(begins)
}

/// Whether a sentence is an author's note to themselves: `TODO: ask the supplier`.
pub(super) fn is_reminder(sentence: &str, lang: &str) -> bool {
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_word = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let begins_exactly = |word: &&str| sentence.strip_prefix(*word).is_some_and(is_word);
    let begins = |word: &&&str| {
        let start = sentence.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word));
        start.is_some_and(|start| is_word(&sentence[start.len()..]))
    };
    if is_about_reminders(sentence) {
        return false;
    }
    let is_ordinary = |word: &str| is_ordinary_word(word, lang) || is_spanish_todo(sentence);
    REMINDERS.iter().any(|word| begins_exactly(word) && !is_ordinary(word))
        || REMINDERS_IN_ANY_CASE.iter().any(|word| begins(&word))
        || is_note(sentence, lang)
        || is_to_be_defined(sentence)
        || is_to_be_agreed(sentence)
}

/// Whether the second word of a sentence makes reminders its subject:
/// `TBD entries in the tool are completed on Mondays`.
fn is_about_reminders(sentence: &str) -> bool {
    const NOUNS: [&str; 12] = [
        "column:",
        "entries",
        "fields",
        "items",
        "list",
        "lists",
        "markers",
        "marks",
        "notes",
        "placeholders",
        "values",
        "einträge",
    ];
    const MIN_WORDS: usize = 5;
    let second = sentence.split(' ').nth(1);
    second.is_some_and(|word| is_one(&NOUNS, word)) && sentence.split_whitespace().count() >= MIN_WORDS
}

/// Whether a sentence asks somebody for their part of the text: `@Anna please fill in`.
pub(super) fn is_request(sentence: &str) -> bool {
    const ASKING_WORDS: [&str; 9] = ["please", "pls", "can", "could", "bitte", "kannst", "svp", "graag", "todo"];
    let mut words =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@'));
    words.next().is_some_and(|name| name.len() > 1 && name.starts_with('@'))
        && words.next().is_some_and(|word| is_one(&ASKING_WORDS, word))
}

/// Whether a sentence says no more than `To be confirmed with the supplier`. With a time limit, it would be a rule.
fn is_to_be_agreed(sentence: &str) -> bool {
    const MAX_OTHER_WORDS: usize = 3;
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut is_next = |candidates: &[&str]| words.next().is_some_and(|word| is_one(candidates, word));
    is_next(&["to"])
        && is_next(&["be"])
        && is_next(&["confirmed", "agreed", "discussed", "clarified"])
        && is_next(&["with"])
        && words.nth(MAX_OTHER_WORDS).is_none()
}

/// Whether a sentence in capitals starts with the Spanish or Portuguese word for *all*, as in `TODO EL PERSONAL`,
/// whatever the language of the surrounding text. Values in settings, front matter and registers do not declare their
/// language.
fn is_spanish_todo(sentence: &str) -> bool {
    let mut words = sentence.split_whitespace();
    words.next() == Some("TODO") && words.next().is_some_and(|next| WORDS_AFTER_TODO.contains(&next))
}

/// Words in capitals after that word which rule out a reminder.
const WORDS_AFTER_TODO: [&str; 18] = [
    "EL", "LO", "SE", "ESTO", "ESO", "ESTE", "ESE", "AQUEL", "AQUELLO", "SU", "O", "ISTO", "ISSO", "AQUILO", "ESTÁ",
    "ESTABA", "FUE", "ERA",
];

/// Whether a sentence starts like a note for its author.
fn is_note(sentence: &str, lang: &str) -> bool {
    let begins = |note: &&str| {
        let start = sentence.get(..note.len()).filter(|start| start.eq_ignore_ascii_case(note));
        start.is_some_and(|start| !is_limit(&sentence[start.len()..]))
    };
    NOTE_STARTS.iter().any(|note| begins(note) && !(note.starts_with("todo") && is_ordinary_word("todo", lang)))
}

/// Whether a text is a limit on the work in a column of a board: `To do: at most ten`.
fn is_limit(text: &str) -> bool {
    const LIMITS: [&str; 8] =
        ["at most ", "max ", "max. ", "maximum ", "no more than ", "up to ", "höchstens ", "maximal "];
    let text = text.trim_start().to_lowercase();
    LIMITS.iter().any(|limit| text.starts_with(limit))
}

/// Whether a sentence says no more than `To be defined by the owner` or `This section will be written later`.
fn is_to_be_defined(sentence: &str) -> bool {
    let mut words =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).peekable();
    let mut is_about_text = words.next_if(|word| is_one(&["this", "the"], word)).is_some();
    if is_about_text && words.next_if(|word| is_one(&TEXT_NOUNS, word)).is_none() {
        return false;
    }
    is_about_text |= words.next_if(|word| is_one(&["is", "will"], word)).is_some();
    if words.next_if(|word| is_one(&["todo"], word)).is_some() {
        return words.next().is_some_and(|word| is_one(&TO_BE_CONTINUATIONS, word));
    }
    words.next_if(|word| is_one(&["still"], word));
    words.next_if(|word| is_one(&["to"], word));
    let is_passive = words.next().is_some_and(|word| is_one(&["be"], word));
    let done: &[&str] = if is_about_text { &TEXT_ONLY_VERBS } else { &TO_BE_VERBS };
    let is_done = words.next().is_some_and(|word| is_one(done, word));
    is_passive && is_done && words.next().map_or(is_about_text, |word| is_one(&TO_BE_CONTINUATIONS, word))
}

fn is_one(words: &[&str], word: &str) -> bool {
    words.iter().any(|candidate| candidate.eq_ignore_ascii_case(word))
}
