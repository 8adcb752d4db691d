//! Checks whether a placeholder word is only mentioned, rather than marking text still to be written.

mod named;

use std::ops::Range;

use named::{is_abbreviation, is_allowed_or_not, is_column, is_enumerated, is_forbidden, is_in_form, is_searched};

use crate::placeholder::is_to_be_filled;

/// Words before a mentioned placeholder: "no TBD without a reason".
const WORDS_BEFORE: [&str; 73] = [
    "a",
    "an",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einem",
    "einen",
    "einer",
    "eines",
    "le",
    "la",
    "les",
    "un",
    "une",
    "el",
    "los",
    "las",
    "una",
    "il",
    "gli",
    "het",
    "een",
    "entry",
    "eintrag",
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
    "saying",
    "read",
    "reads",
    "show",
    "shows",
    "leave",
    "leaves",
    "replace",
    "replaces",
    "replacing",
    "abbreviation",
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
    "titled",
    "entitled",
    "labelled",
    "labeled",
    "betitelt",
];
/// Words after a mentioned placeholder: "TODO lists".
const WORDS_AFTER: [&str; 31] = [
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
    "mean",
    "means",
    "bedeutet",
    "signifie",
    "significa",
    "betekent",
    "oznacza",
    "note",
    "notes",
    "placeholder",
    "placeholders",
    "status",
    "tag",
    "tags",
    "marks",
    "texts",
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
        || is_enumerated(after)
        || is_allowed_or_not(before)
        || is_column(text, range)
        || is_searched(before)
        || is_forbidden(after)
        || is_abbreviation(&text[range.clone()], after)
        || is_spelled_out(before, after)
        || is_translated(before, after, &text[range.clone()])
        || is_masked_number(before, after, &text[range.clone()])
        || is_spanish(after, &text[range.clone()])
        || is_in_all_caps_sentence(before, after, &text[range.clone()])
}

/// Whether a blank amount at a range of a text is the form of an amount, or part of a form.
pub(super) fn is_form(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = context_of(text, range);
    let blank = &text[range.clone()];
    named::is_notation(before, after, blank) || blank.starts_with('_') && is_in_form(before, after)
}

/// Whether a field at a range of a text is only mentioned: in quotation marks, as an example, or as part of a pattern.
pub(super) fn is_example(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = context_of(text, range);
    let preceding =
        before[before.ceil_char_boundary(before.len().saturating_sub(MAX_EXAMPLE_DISTANCE))..].to_lowercase();
    let is_named = ["placeholder", "e.g", "the field", "fields "].iter().any(|word| preceding.contains(word));
    is_in_quotation(before, after)
        || before.rfind('“') > before.rfind('”')
        || is_named
        || is_listed(before, after)
        || is_input(before, &text[range.clone()])
        || is_part_of_pattern(before, after)
        || after.trim_start().starts_with("(http")
}

/// Whether a field is one of several that something shows: `The certificate shows [Name], [Date] and [Signature]`.
fn is_listed(before: &str, after: &str) -> bool {
    const VERBS: [&str; 9] = ["show", "shows", "contain", "contains", "include", "includes", "has", "have", "displays"];
    const SEPARATORS: [&str; 4] = [",", " and", " or", " und"];
    let mut rest = before.trim_end();
    let mut has_others = SEPARATORS.iter().any(|joint| after.trim_start().starts_with(joint.trim_start()));
    while let Some(start) = SEPARATORS.iter().find_map(|joint| rest.strip_suffix(joint)) {
        let Some((start, _)) = start.trim_end().strip_suffix(']').and_then(|start| start.rsplit_once('[')) else {
            break;
        };
        rest = start.trim_end();
        has_others = true;
    }
    let last = rest.rsplit(' ').next().unwrap_or_default();
    has_others && VERBS.contains(&last)
}

/// Whether a field stands for what a reader types: `Enter <your name> and <your password>`.
fn is_input(before: &str, field: &str) -> bool {
    const VERBS: [&str; 8] = ["enter", "type", "input", "log in", "sign in", "provide", "fill in", "submit"];
    let sentence = before.rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    field.starts_with("<your ") && VERBS.iter().any(|verb| sentence.starts_with(verb))
}

/// Whether a field is joined to an adjacent one, as in a version pattern: `[Major Number].[Minor Number]`.
fn is_part_of_pattern(before: &str, after: &str) -> bool {
    const PATTERN_SEPARATORS: [(&str, &str); 2] = [("].", ".["), ("]_", "_[")];
    PATTERN_SEPARATORS
        .iter()
        .any(|(previous_joint, next_joint)| before.ends_with(previous_joint) || after.starts_with(next_joint))
}

fn is_quoted(before: &str, after: &str) -> bool {
    let opens = before.ends_with(['"', '\'', '“', '‘', '«', '„', '`']);
    opens && after.starts_with(['"', '\'', '”', '’', '»', '“', '`'])
        // `The pager shows "CALL XXX"`
        || after.starts_with(['"', '”', '»', '“']) && is_in_quotation(before, after)
}

/// Whether quotation marks are open before a place and closed after it.
fn is_in_quotation(before: &str, after: &str) -> bool {
    let within = |open: char, close: char| before.rfind(open) > before.rfind(close) && after.contains(close);
    before.matches('"').count() % 2 == 1 && after.contains('"')
        || within('“', '”')
        || within('«', '»')
        || within('„', '“')
}

/// Whether the abbreviation is explained in another language, as in a list of abbreviations: `TBD noch festzulegen`.
fn is_translated(before: &str, after: &str, word: &str) -> bool {
    let meaning = after.trim_start_matches([' ', ':', '=', '–', '-']);
    matches!(word, "TBD" | "TBC")
        && !before.contains(char::is_alphanumeric)
        && meaning.len() < after.len()
        && meaning.split_whitespace().count() > 1
        && is_to_be_filled(meaning)
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
fn is_masked_number(before: &str, after: &str, word: &str) -> bool {
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_mask = |word: &&str| *word == "XXX" || *word == "XXXX";
    let last = before.rsplit([' ', '-', '/']).filter(|word| !word.is_empty()).find(|word| !is_mask(word));
    let next = after.split([' ', '-', '/']).filter(|word| !word.is_empty()).find(|word| !is_mask(word));
    let is_after =
        before.ends_with([' ', '-', '/']) && last.is_some_and(|word| is_digits(word.trim_matches(['+', '(', ')'])));
    word == "XXX" && (is_after || after.starts_with([' ', '-', '/']) && next.is_some_and(is_digits))
}

/// Whether it is the Spanish word for *all*, in capitals for emphasis: `TODO el equipo`.
fn is_spanish(after: &str, word: &str) -> bool {
    const ARTICLES: [&str; 4] = [" el ", " lo que ", " este ", " esto "];
    word == "TODO" && ARTICLES.iter().any(|article| after.starts_with(article))
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
        assert!(
            super::is_masked_number("Phone: 0800 ", " XXX", "XXX") && super::is_masked_number("0800 XXX ", "", "XXX")
        );
        assert!(!super::is_masked_number("Call ", " now", "XXX") && !super::is_masked_number("4 hours. ", "", "XXX"));
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
            "TBD noch festzulegen",
            "TBD: à déterminer",
            "TBD means \"to be determined\".",
            "A target that reads TBD is not approved.",
            "Targets may be TBD until the service is designed.",
            "The page shows \"RTO TBD\" until then.",
            "The state is TODO, DOING or DONE.",
            "TODO\nnot started\nDONE\nfinished",
            "TODO: not started\nDONE: finished",
            "A task in TODO is not started.",
            "Le tableau des TODO est revu.",
            "Code reviews look for TODO.",
            "TBC (Technische Betriebs-Checkliste)",
            "Die TBC regelt den Betrieb.",
            "An entry TBD is bad.",
            "Targets: TBD is not allowed.",
        ] {
            assert!(mentioned(text), "{text}");
        }
        for text in [
            "TODO",
            "TODO: write this",
            "The RTO is TBD.",
            "The RTO will be TBD.",
            "TBD, noch offen",
            "TODO: noch zu klären",
            "Owner: TBC",
            "TODO link to partners",
            "RTO TBD, RPO 4 h",
            "RTO TBD 4 hours",
            "Owner: TBC (to be confirmed by the Board)",
            "Owner: TBC (Anna)",
            "TODO: ask. Done is done.",
            "The owner is described in TODO.",
        ] {
            assert!(!mentioned(text), "{text}");
        }
    }
}
