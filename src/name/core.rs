//! Names without what stands beside them: titles, articles, days and marks of signature.

use super::offices::{ABSENCES, AFTER_NAMES, ARTICLES, BEFORE_NAMES, DEFINITE_ARTICLES, SIGNED_FOR, is_office_word};

/// A name without titles, articles, days and marks of signature; empty if nothing else is left: `gez. Dr. Ann Lee`,
/// `Ann Lee i. V.`, `Ann Lee am 05.10.2026`.
pub(super) fn core_of(text: &str) -> &str {
    // The full stop belongs to the mark in `Ann Lee i. V.`.
    let is_edge = |c: char| !c.is_alphanumeric() && !matches!(c, '@' | '.');
    let mut name = without_day(text.trim_start_matches("/s/").trim_matches(is_edge));
    loop {
        let shorter = without_mark_after(without_mark_before(name)).trim_matches(is_edge);
        if shorter.len() == name.len() {
            return name;
        }
        name = shorter;
    }
}

fn without_mark_before(name: &str) -> &str {
    let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let word = plain_word(first);
    let is_article = DEFINITE_ARTICLES.contains(&word.as_str()) && !rest.is_empty()
        || ARTICLES.contains(&word.as_str()) && words(rest).any(|word| is_office_word(&word));
    if is_article || BEFORE_NAMES.contains(&word.as_str()) { rest.trim_start() } else { name }
}

fn without_mark_after(name: &str) -> &str {
    let mark = SIGNED_FOR.iter().find_map(|mark| {
        let start = name.len().checked_sub(mark.len())?;
        let is_mark = name.get(start..)?.eq_ignore_ascii_case(mark) && name[..start].ends_with(char::is_whitespace);
        is_mark.then_some(start)
    });
    if let Some(start) = mark {
        return name[..start].trim_end();
    }
    let (rest, last) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    if AFTER_NAMES.contains(&plain_word(last).as_str()) { rest.trim_end() } else { name }
}

/// A text before the day at its end: `Ann Lee 2026-10-05`, `Ann Lee, 5 October 2026`. A number alone is no day:
/// `Service Desk 2`.
fn without_day(text: &str) -> &str {
    const MAX_WORDS: usize = 5;
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic);
    let is_date = |word: &str| is_number(word) && word.trim_end_matches('.').contains(['-', '.', '/', ':']);
    let is_year = |word: &str| is_number(word) && word.trim_matches('.').len() == 4;
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let rest = &text[at..];
        let is_day = || {
            let has_year = rest.split_whitespace().next_back().is_some_and(is_year);
            has_year && (2..=MAX_WORDS).contains(&rest.split_whitespace().take(MAX_WORDS + 1).count())
        };
        if is_date(word) || is_number(word) && is_day() {
            return &text[..at];
        }
    }
    text
}

/// A word in lower case without full stops and commas at its end: `Dr.-Ing.` is `dr`.
fn plain_word(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.split_once(".-").map_or(&*word, |(title, _)| title);
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The words of a text in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Whether a remark says that somebody was not there: `absent`, `represented by Ann Lee`.
pub(super) fn is_absence(remark: &str) -> bool {
    words(remark).next().is_some_and(|word| ABSENCES.contains(&&*word))
}
