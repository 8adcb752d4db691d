//! Finds clauses mentioned in running text: `clause 8.6.1`, `clauses 8.6.1 and 8.6.2`, `iso27001:A.5.24`.

use std::ops::Range;

use crate::id::ClauseRef;
use crate::text::is_one_word;

/// A mention, with the byte range of its number including the prefix.
pub(super) type MentionMatch = (Range<usize>, ClauseRef);

/// Finds all mentions in a text, in order.
pub(super) fn find_mentions(text: &str) -> Vec<MentionMatch> {
    let mut mentions = Vec::new();
    if text.contains("lause") || text.contains("LAUSE") {
        find_after_keywords(text, &mut mentions);
    }
    if text.contains(':') {
        find_prefixed(text, &mut mentions);
        mentions.sort_by_key(|(range, _)| range.start);
        mentions.dedup_by(|next, first| next.0.start < first.0.end);
    }
    mentions
}

/// Finds numbers after the word `clause`.
fn find_after_keywords(text: &str, mentions: &mut Vec<MentionMatch>) {
    let mut at = 0;
    while let Some(keyword) = next_keyword(text, at) {
        at = numbers_after(text, &keyword, mentions);
    }
}

/// A word `clause` with the numbers after it.
pub(super) struct ClauseList {
    /// Start of the word.
    pub(super) keyword: usize,
    /// The numbers, in order.
    pub(super) numbers: Vec<Range<usize>>,
}

/// Every word `clause` of a text with the numbers after it, in order.
pub(super) fn lists(text: &str) -> Vec<ClauseList> {
    let mut lists = Vec::new();
    let mut at = 0;
    while let Some(keyword) = next_keyword(text, at) {
        let mut mentions = Vec::new();
        at = numbers_after(text, &keyword, &mut mentions);
        lists.push(ClauseList {
            keyword: keyword.start,
            numbers: mentions.into_iter().map(|(range, _)| range).collect(),
        });
    }
    lists
}

struct Keyword {
    start: usize,
    end: usize,
    plural: bool,
}

/// The next separate word `clause` or `clauses` that is followed by white space.
fn next_keyword(text: &str, from: usize) -> Option<Keyword> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let start = at + bytes.get(at..)?.windows(6).position(|word| word.eq_ignore_ascii_case(b"clause"))?;
        at = start + 6;
        let plural = bytes.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&b's'));
        let end = at + usize::from(plural);
        let is_word_start = !text[..start].ends_with(|c: char| is_one_word(c, 'c'));
        if is_word_start && text[end..].starts_with(char::is_whitespace) {
            return Some(Keyword { start, end, plural });
        }
    }
}

/// Reads the list of numbers after a keyword, and returns the position at which to continue.
fn numbers_after(text: &str, keyword: &Keyword, mentions: &mut Vec<MentionMatch>) -> usize {
    let mut at = skip_space(text, keyword.end);
    let mut first = true;
    while let Some((range, clause)) = reference_at(text, at) {
        if !first && !may_follow(&text[range.clone()], keyword) {
            break;
        }
        // In `clauses iso27001:9.2 and 9.3`, both belong to the same standard.
        let before = mentions.last().filter(|_| !first).and_then(|(_, before)| before.standard.clone());
        let clause = ClauseRef { standard: clause.standard.or(before), ..clause };
        first = false;
        let end = range.end;
        mentions.push((range, clause));
        match separator_at(text, end) {
            Some(next) => at = next,
            None => return end,
        }
    }
    at
}

/// Whether a further number continues the list: neither the 3 in `clause 8.6.1 and 3 people` nor the year in `clauses
/// 8.6.1, 2026` is a clause.
fn may_follow(number: &str, keyword: &Keyword) -> bool {
    number.contains('.') || (keyword.plural && number.len() <= 2)
}

fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Words and characters that join the numbers of a list, longest first.
const SEPARATORS: [&str; 10] = [", and ", ", or ", ",", "and ", "or ", "to ", "& ", "–", "-", "/"];

/// Start of the next number of a list, if a separator follows.
fn separator_at(text: &str, at: usize) -> Option<usize> {
    let start = skip_space(text, at);
    let rest = &text[start..];
    let separator = SEPARATORS.iter().find(|separator| rest.starts_with(**separator))?;
    // `8.6.1and` is not a list.
    let is_word = separator.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_word && start == at { None } else { Some(skip_space(text, start + separator.len())) }
}

/// The clause reference that starts at a position, with or without a prefix.
fn reference_at(text: &str, at: usize) -> Option<MentionMatch> {
    let prefix = text[at..].bytes().take_while(is_name_byte).count();
    let number = match text.as_bytes().get(at + prefix) {
        Some(b':') if text.as_bytes()[at].is_ascii_lowercase() => at + prefix + 1,
        _ => at,
    };
    let end = number_end(text, number)?;
    let clause = text[at..end].parse().ok()?;
    Some((at..end, clause))
}

fn is_name_byte(byte: &u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-'
}

/// End of the clause number that starts at `at`, excluding a full stop after it.
fn number_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let annex = bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let mut end = at + usize::from(annex);
    let mut first = !annex;
    loop {
        let dot = usize::from(!first && bytes.get(end) == Some(&b'.'));
        if !first && dot == 0 {
            break;
        }
        let digits = bytes[end + dot..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            break;
        }
        end += dot + digits;
        first = false;
    }
    let long_enough = end > at + usize::from(annex);
    (long_enough && ends_cleanly(&text[end..])).then_some(end)
}

/// Whether a clause number may end before `rest`: `8.6.1a`, `8-bit`, `5%` and `8:30` do not contain one.
fn ends_cleanly(rest: &str) -> bool {
    let mut letters = rest.chars();
    match letters.next() {
        None => true,
        Some('-') => !letters.next().is_some_and(char::is_alphabetic),
        Some('.' | ':') => !letters.next().is_some_and(char::is_alphanumeric),
        Some(c) => !is_one_word('1', c) && !matches!(c, '%' | '°' | '@'),
    }
}

/// Finds references whose prefix identifies them without a keyword. The prefix must contain letters and a digit, and
/// the number a dot, which excludes `localhost:8080` and `note:5`.
fn find_prefixed(text: &str, mentions: &mut Vec<MentionMatch>) {
    let bytes = text.as_bytes();
    for (colon, _) in text.match_indices(':') {
        let length = bytes[..colon].iter().rev().take(80).take_while(|byte| is_name_byte(byte)).count();
        let prefix = &text[colon - length..colon];
        let is_standard =
            prefix.starts_with(|c: char| c.is_ascii_lowercase()) && prefix.contains(|c: char| c.is_ascii_digit());
        let is_word_start = !text[..colon - length].ends_with(|c: char| is_one_word(c, 'i') || "./:@#".contains(c));
        if !is_standard || !is_word_start {
            continue;
        }
        if let Some(reference) = reference_at(text, colon - length)
            && text[colon..reference.0.end].contains('.')
        {
            mentions.push(reference);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentioned(text: &str) -> Vec<&str> {
        find_mentions(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn a_clause_is_mentioned_with_the_word_before_it() {
        assert_eq!(mentioned("See clause 8.6.1. Clause 9.2, too; CLAUSE 10"), ["8.6.1", "9.2", "10"]);
        assert_eq!(mentioned("clause\u{a0}8.6.1(b) of clause  A.8.32"), ["8.6.1", "A.8.32"]);
        assert_eq!(mentioned("under clause iso9001:9.2 and (clause 8)"), ["iso9001:9.2", "8"]);
    }

    #[test]
    fn lists_of_clauses_are_read_to_their_end() {
        assert_eq!(mentioned("clauses 8.6.1 and 8.6.2"), ["8.6.1", "8.6.2"]);
        assert_eq!(mentioned("clauses 4, 5, and 8.6.2 to 8.6.3"), ["4", "5", "8.6.2", "8.6.3"]);
        assert_eq!(mentioned("clauses 8.6.1–8.6.3, which"), ["8.6.1", "8.6.3"]);
        assert_eq!(mentioned("clause 8.6.1 and 3 people, clause 8.6.2 or 8.6.3"), ["8.6.1", "8.6.2", "8.6.3"]);
        assert_eq!(mentioned("clauses 8.6.1 and clause 8.6.2"), ["8.6.1", "8.6.2"]);
        let clauses = find_mentions("clauses iso27001:9.2 and 9.3").into_iter().map(|(_, clause)| clause.to_string());
        assert_eq!(clauses.collect::<Vec<_>>(), ["iso27001:9.2", "iso27001:9.3"]);
    }

    #[test]
    fn text_that_only_resembles_a_mention_is_ignored() {
        for text in [
            "subclause 8.6.1",
            "clause8.6.1",
            "clause 8.6.1a",
            "clause 08.1",
            "clause 8-bit",
            "clause 8:30",
            "clause 50%",
            "clauses",
            "clause ",
            "a clause about 8.6.1",
            "8.6.1",
            "localhost:8080 note:5 host:10.0.0.1 10:30",
            "https://iso27001:A.5.24",
            "clause A",
        ] {
            assert!(mentioned(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_prefix_with_a_digit_needs_no_word() {
        assert_eq!(mentioned("(iso27001:A.5.24) and iso9001:9.2."), ["iso27001:A.5.24", "iso9001:9.2"]);
        assert_eq!(mentioned("依据iso27001:A.5.24的要求"), ["iso27001:A.5.24"]);
    }
}
