//! Checks whether a placeholder word is only mentioned, rather than marking text still to be written.

use std::ops::Range;

/// Words before a mentioned placeholder: "no TBD without a reason".
const WORDS_BEFORE: [&str; 30] = [
    "a",
    "an",
    "any",
    "each",
    "every",
    "the",
    "no",
    "not",
    "without",
    "never",
    "of",
    "with",
    "as",
    "marked",
    "say",
    "says",
    "word",
    "words",
    "term",
    "called",
    "than",
    "remaining",
    "unresolved",
    "open",
    "or",
    "all",
    "contain",
    "contains",
    "containing",
    "kein",
];
/// Words after a mentioned placeholder: "TODO lists".
const WORDS_AFTER: [&str; 22] = [
    "app",
    "column",
    "comment",
    "comments",
    "count",
    "entries",
    "entry",
    "item",
    "items",
    "label",
    "labels",
    "list",
    "lists",
    "marker",
    "markers",
    "note",
    "notes",
    "placeholder",
    "placeholders",
    "status",
    "tag",
    "tags",
];
/// The distance in bytes within which words before a field mark it as an example.
const MAX_EXAMPLE_DISTANCE: usize = 40;
/// The number of adjacent words in capitals that make it part of a sentence in capitals, such as Spanish "TODO EL
/// PERSONAL".
const MIN_CAPITAL_WORDS: usize = 3;
/// Words that follow the Spanish and Portuguese word for "all".
const WORDS_AFTER_TODO: [&str; 26] = [
    "EL",
    "LA",
    "LO",
    "LOS",
    "LAS",
    "UN",
    "UNA",
    "ELLO",
    "ESTE",
    "ESTO",
    "ESTA",
    "ESE",
    "ESO",
    "AQUEL",
    "O",
    "OS",
    "A",
    "AS",
    "TIPO",
    "USUARIO",
    "PERSONAL",
    "EMPLEADO",
    "TRABAJADOR",
    "COLABORADOR",
    "EQUIPO",
    "ACCESO",
];

/// The number of bytes to consider on either side of a word, because a line may be as long as a file.
const MAX_CONTEXT_BYTES: usize = 500;

/// The relevant text before and after a range in its line.
fn context_of<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let before =
        &text[text.ceil_char_boundary(range.start.saturating_sub(MAX_CONTEXT_BYTES)).min(range.start)..range.start];
    let after =
        &text[range.end..text.floor_char_boundary(text.len().min(range.end + MAX_CONTEXT_BYTES)).max(range.end)];
    (before.rsplit('\n').next().unwrap_or(before), after.split('\n').next().unwrap_or(after))
}

/// Whether the word at a range of a text is only mentioned.
pub(super) fn is_mentioned(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = context_of(text, range);
    before.ends_with('$')
        || is_quoted(before, after)
        || is_only_mentioned(before, after)
        || is_spelled_out(before, after)
        || is_masked_number(before, after)
        || is_in_all_caps_sentence(before, after, &text[range.clone()])
}

/// Whether a field at a range of a text is only mentioned: in quotation marks, as an example, or as part of a pattern.
pub(super) fn is_example(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = context_of(text, range);
    let odd = |mark: char| before.matches(mark).count() % 2 == 1 && after.contains(mark);
    let within = |open: char, close: char| before.rfind(open) > before.rfind(close) && after.contains(close);
    let preceding =
        before[before.ceil_char_boundary(before.len().saturating_sub(MAX_EXAMPLE_DISTANCE))..].to_lowercase();
    let is_named = ["placeholder", "e.g", "the field", "fields "].iter().any(|word| preceding.contains(word));
    odd('"')
        || before.rfind('“') > before.rfind('”')
        || within('«', '»')
        || within('„', '“')
        || is_named
        || is_part_of_pattern(before, after)
        || after.trim_start().starts_with("(http")
}

/// Whether a field is joined to an adjacent one, as in a version pattern: `[Major Number].[Minor Number]`.
fn is_part_of_pattern(before: &str, after: &str) -> bool {
    const PATTERN_JOINTS: [(&str, &str); 2] = [("].", ".["), ("]_", "_[")];
    PATTERN_JOINTS
        .iter()
        .any(|(previous_joint, next_joint)| before.ends_with(previous_joint) || after.starts_with(next_joint))
}

fn is_quoted(before: &str, after: &str) -> bool {
    let opens = before.ends_with(['"', '\'', '“', '‘', '«', '„', '`']);
    opens && after.starts_with(['"', '\'', '”', '’', '»', '“', '`'])
}

fn is_only_mentioned(before: &str, after: &str) -> bool {
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_joined = before.ends_with(' ') && !last.is_empty();
    let next = after.strip_prefix([' ', '-']).map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let next = next.flatten().unwrap_or_default();
    (is_joined && WORDS_BEFORE.iter().any(|word| word.eq_ignore_ascii_case(last)))
        || WORDS_AFTER.iter().any(|word| word.eq_ignore_ascii_case(next))
}

/// Whether the abbreviation is explained, as in a list of abbreviations: `TBD: to be determined`.
fn is_spelled_out(before: &str, after: &str) -> bool {
    let mut words = after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_meaning = ["to", "be"].iter().all(|word| words.next().is_some_and(|next| next.eq_ignore_ascii_case(word)));
    is_meaning && words.count() == 1 && !before.contains(char::is_alphanumeric)
}

/// Whether it stands for digits of a number: `0800 XXX XXX`.
fn is_masked_number(before: &str, after: &str) -> bool {
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_mask = |word: &&str| *word == "XXX" || *word == "XXXX";
    let last = before.rsplit([' ', '-', '/']).filter(|word| !word.is_empty()).find(|word| !is_mask(word));
    let next = after.split([' ', '-', '/']).filter(|word| !word.is_empty()).find(|word| !is_mask(word));
    before.ends_with([' ', '-', '/']) && last.is_some_and(|word| is_digits(word.trim_matches(['+', '(', ')'])))
        || after.starts_with([' ', '-', '/']) && next.is_some_and(is_digits)
}

/// Whether it is the word `TODO` in a sentence in capitals.
fn is_in_all_caps_sentence(before: &str, after: &str, word: &str) -> bool {
    if word != "TODO" {
        return false;
    }
    let is_capital = |word: &&str| word.len() > 1 && word.chars().all(char::is_uppercase);
    let split = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (left, right) = (split(before), split(after));
    let next = right.first().map(String::as_str).filter(|_| after.starts_with(' '));
    if next.is_some_and(|next| WORDS_AFTER_TODO.contains(&next)) {
        return true;
    }
    let is_loud = |words: &[String]| words.iter().filter(|word| is_capital(&word.as_str())).count();
    let words = left.len() + right.len();
    after.starts_with(' ')
        && is_loud(&left) + is_loud(&right) >= MIN_CAPITAL_WORDS
        && words < 3 * MIN_CAPITAL_WORDS + words / 2
}

#[cfg(test)]
mod tests {
    use super::is_mentioned;

    fn mentioned(text: &str) -> bool {
        let word = ["TODO", "TBD", "TBC"].into_iter().find(|word| text.contains(word)).expect("a word");
        let at = text.find(word).expect("a place");
        is_mentioned(text, &(at..at + word.len()))
    }

    #[test]
    fn masked_numbers_are_distinguished_from_placeholders() {
        assert!(super::is_masked_number("Phone: 0800 ", " XXX") && super::is_masked_number("0800 XXX ", ""));
        assert!(!super::is_masked_number("Call ", " now") && !super::is_masked_number("4 hours. ", ""));
    }

    #[test]
    fn a_quoted_placeholder_word_is_not_a_placeholder() {
        for text in [
            "There is no TBD without justification.",
            "Do not leave a TODO in a policy.",
            "TODO EL PERSONAL debe cumplir.",
            "Replace every \"TBD\" before approval.",
            "Sort the TODO list.",
            "A text with TBC is not approved.",
            "No document contains TODO or TBD when it is approved.",
            "TBD to be determined",
        ] {
            assert!(mentioned(text), "{text}");
        }
        for text in
            ["TODO", "TODO: write this", "The RTO is TBD.", "Owner: TBC", "TODO link to partners", "RTO TBD, RPO 4 h"]
        {
            assert!(!mentioned(text), "{text}");
        }
    }
}
