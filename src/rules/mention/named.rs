//! Placeholder words that name something, such as the column of a board, an abbreviation, what a search looks for or
//! the form of a date, and those that a text has a rule for.

use std::ops::Range;

/// The number of bytes on either side of a word in which other columns of its board are named.
const MAX_BOARD_BYTES: usize = 300;
/// Other columns of a board.
const COLUMNS: [&str; 5] = ["DOING", "DONE", "IN PROGRESS", "WIP", "BACKLOG"];
/// What is in a column of a board.
const TASKS: [&str; 14] = [
    "card", "cards", "issue", "issues", "item", "items", "stories", "story", "task", "tasks", "ticket", "tickets",
    "aufgabe", "aufgaben",
];

/// Whether `TODO` is the column of a board: others are named near it, or tasks are in it.
pub(super) fn is_column(text: &str, range: &Range<usize>) -> bool {
    if &text[range.clone()] != "TODO" {
        return false;
    }
    let start = text.ceil_char_boundary(range.start.saturating_sub(MAX_BOARD_BYTES));
    let end = text.floor_char_boundary((range.end + MAX_BOARD_BYTES).min(text.len()));
    let (before, after) = (&text[start.min(range.start)..range.start], &text[range.end..end.max(range.end)]);
    let is_label = after.starts_with(':');
    let is_named = |part: &str, column: &str| {
        part.match_indices(column).any(|(at, _)| {
            let rest = &part[at + column.len()..];
            let is_apart = |c: char| c.is_alphanumeric() || c == '_';
            !part[..at].ends_with(is_apart) && !rest.starts_with(is_apart) && rest.starts_with(':') == is_label
        })
    };
    let mut words = before.split_whitespace().rev();
    let is_in =
        words.next() == Some("in") && words.next().is_some_and(|word| TASKS.contains(&word.to_lowercase().as_str()));
    is_in || COLUMNS.iter().any(|column| is_named(before, column) || is_named(after, column))
}

/// Whether a search or a check looks for the word: `Code reviews look for FIXME`.
pub(super) fn is_searched(before: &str) -> bool {
    const SEARCHES: [&str; 10] = [
        "check for ",
        "checks for ",
        "look for ",
        "looks for ",
        "looking for ",
        "scan for ",
        "scans for ",
        "search for ",
        "searches for ",
        "sucht nach ",
    ];
    let before = before.to_lowercase();
    SEARCHES.iter().any(|search| before.ends_with(search))
}

/// Whether a list of words ends with a name for them: `TBD, TODO and similar placeholders`.
pub(super) fn is_enumerated(after: &str) -> bool {
    const ENDS: [&str; 8] = [
        "similar placeholder",
        "other placeholder",
        "and placeholder",
        "or placeholder",
        "ähnliche platzhalter",
        "andere platzhalter",
        "similar mark",
        "other mark",
    ];
    let sentence = after.split(['.', '!', '?', ';', ':']).next().unwrap_or_default();
    sentence.starts_with([',', ' ']) && {
        let folded = sentence.to_lowercase();
        ENDS.iter().any(|end| folded.contains(end))
    }
}

/// Whether a text says that something may or may not be a placeholder:
/// `Targets may be TBD until the service is designed`.
pub(super) fn is_allowed_or_not(before: &str) -> bool {
    const VERBS: [&str; 6] = ["may", "can", "cannot", "not", "never", "longer"];
    let Some(rest) = before.strip_suffix(" be ") else { return false };
    let last = rest.rsplit(' ').next().unwrap_or_default();
    VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(last))
}

/// Whether a text forbids the word: `An RTO of TBD is not allowed`.
pub(super) fn is_forbidden(after: &str) -> bool {
    const FORBIDDEN: [&str; 8] = [
        " is not allowed",
        " is not permitted",
        " is not accepted",
        " is forbidden",
        " is rejected",
        " is no valid",
        " is not a valid",
        " ist nicht erlaubt",
    ];
    FORBIDDEN.iter().any(|words| after.starts_with(words))
}

/// Whether brackets behind the word explain it as the abbreviation of a name: `TBA (Technische Betriebsanweisung)`.
pub(super) fn is_abbreviation(word: &str, after: &str) -> bool {
    let Some((name, _)) = after.strip_prefix(" (").and_then(|rest| rest.split_once(')')) else { return false };
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    let is_name =
        word.len() < 5 && name.starts_with(char::is_uppercase) && name.chars().next() == letters.peek().copied();
    for letter in name.chars() {
        letters.next_if(|wanted| wanted.eq_ignore_ascii_case(&letter));
    }
    is_name && letters.peek().is_none() && !name.to_lowercase().starts_with("to be")
}

/// Whether a text says how something is written: `Dates have the form xx.xx.2026`, `Write amounts as EUR xx`.
pub(super) fn is_notation(before: &str, after: &str, field: &str) -> bool {
    const FORMS: [&str; 6] = ["has the form", "have the form", "of the form", "format", "notation", "schreibweise"];
    let sentence = before.rsplit(['!', '?', '\n']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default().to_lowercase();
    let is_written = ["write ", "written ", "schreib"].iter().any(|verb| sentence.contains(verb));
    let is_manner = sentence.split_whitespace().rev().take(2).any(|word| ["as", "als", "so"].contains(&word));
    let explains = ["where ", "wobei ", "with ", "mit "]
        .iter()
        .any(|word| sentence.ends_with(word) || after.contains(&format!("{word}{field}")));
    FORMS.iter().any(|form| sentence.contains(form)) || is_written && is_manner || field.starts_with('<') && explains
}

/// Whether a blank is in a form that readers fill in by hand: another blank in its line is for a name.
pub(super) fn is_in_form(before: &str, after: &str) -> bool {
    let is_name = |(at, _): (usize, &str), line: &str| {
        let rest = line[at..].trim_start_matches('_').trim_start_matches([' ', '\\']);
        rest.starts_with('(')
    };
    [before, after].iter().any(|line| line.match_indices("____").any(|at| is_name(at, line)))
}
