//! Days in figures at the start of a text, compared with another day.

use super::{Date, YEARS_IN_TEXTS};

/// A day in a text that is later than another one; of a day in words, the year is enough.
pub(crate) fn later_day(text: &str, start: Date) -> Option<Option<Date>> {
    match written_day(text) {
        Some(day) => (day > start).then_some(Some(day)),
        None => year_in(text).filter(|year| *year > start.year_month_day().0).map(|_| None),
    }
}

/// A day at the start of a text, as `2027-01-01` or `01.01.2027`.
pub(crate) fn written_day(text: &str) -> Option<Date> {
    let word = text.split_whitespace().next()?.trim_end_matches(',');
    let mut parts = word.trim_end_matches('.').split('.');
    let (day, month, year) = (parts.next()?, parts.next(), parts.next());
    match (month, year) {
        (Some(month), Some(year)) => format!("{year}-{month:0>2}-{day:0>2}").parse().ok(),
        _ => word.parse().ok(),
    }
}

/// The year in a text such as `1. januar 2027`; a sentence such as `measures from 2027 on` has none.
pub(crate) fn year_in(text: &str) -> Option<i16> {
    const MAX_WORDS_BEFORE: usize = 7;
    const PREPOSITIONS: [&str; 8] = ["from", "since", "until", "by", "in", "for", "ab", "bis"];
    let words =
        text.split(|c: char| !c.is_alphanumeric() || c == '年').filter(|word| !word.is_empty()).take(MAX_WORDS_BEFORE);
    let mut words = words.take_while(|word| !PREPOSITIONS.contains(word));
    let year = |word: &str| if word.len() == 4 { word.parse().ok() } else { None };
    words.find_map(|word| year(word).filter(|year| YEARS_IN_TEXTS.contains(year)))
}
